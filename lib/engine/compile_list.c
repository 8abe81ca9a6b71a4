/* compile_list.c: where lists come from (the pack's own, the profiles', files) and what {{...}} in
 * a pattern stands for: a fragment of this pack or another, or all entries of a list. */
#include <stdlib.h>
#include <string.h>

#include "engine/compiler.h"

/* Calls `each` for every entry of a list's text. */
static void pv_each_entry(const char *text, size_t len, pv_entry_fn *each, void *user)
{
    for (size_t at = 0; at < len;) {
        const char *const newline = memchr(text + at, '\n', len - at);
        const size_t next = newline ? (size_t)(newline - text) + 1 : len;
        size_t start = at, end = next;
        while (start < end && strchr(" \t\r\n", text[start]))
            start++;
        while (end > start && strchr(" \t\r\n", text[end - 1]))
            end--;
        if (end > start && text[start] != '#')
            each(user, text + start, end - start);
        at = next;
    }
}

static const struct pv_list *pv_own_list(const struct pv_pack *pack, const char *name)
{
    for (unsigned i = 0; i < pack->lists.count; i++)
        if (strcmp(pack->lists.items[i].id, name) == 0)
            return &pack->lists.items[i];
    return NULL;
}

bool pv_walk_list(const struct pv_scope_of *s, const char *name, const void *field,
    pv_entry_fn *each, void *user, const void **origin)
{
    const struct pv_compile_input *const input = s->c->input;
    const struct pv_list *const own = pv_own_list(s->pack, name);
    postvet_status status = own ? POSTVET_OK : POSTVET_ERR_FILE;
    const char *text;
    size_t len;
    if (own) {
        *origin = own;
        for (unsigned i = 0; each && i < own->entries.count; i++)
            each(user, own->entries.items[i], strlen(own->entries.items[i]));
    } else if (strncmp(name, "trust-", 6) == 0) {
        for (size_t p = 0; p < input->profile_count; p++) {
            const struct pv_lists *const lists = &pv_profile_file_model(input->profiles[p])->lists;
            for (unsigned i = 0; i < lists->count; i++) {
                if (strcmp(lists->items[i].id, name + 6) != 0)
                    continue;
                if (status != POSTVET_OK)
                    *origin = &lists->items[i];
                status = POSTVET_OK;
                const struct pv_strings *const entries = &lists->items[i].entries;
                for (unsigned k = 0; each && k < entries->count; k++)
                    each(user, entries->items[k], strlen(entries->items[k]));
            }
        }
    } else {
        status = input->list(input->user, s->index, name, &text, &len);
        if (status == POSTVET_OK) {
            *origin = text;
            if (each)
                pv_each_entry(text, len, each, user);
        }
    }
    if (status == POSTVET_ERR_NOMEM)
        s->c->writer.nomem = true;
    else if (!field)
        return status == POSTVET_OK;
    else if (status == POSTVET_ERR_LIMIT)
        pv_compile_error(s, field, status, "The file of the list \"%s\" is too large.", name);
    else if (status != POSTVET_OK)
        pv_compile_error(s, field, POSTVET_ERR_RULE, "No list is called \"%s\".", name);
    return status == POSTVET_OK;
}

/* --------------------------------------------------------------- fragments */

static const struct pv_fragment *pv_fragment_in(
    const struct pv_pack *pack, const char *name, size_t len)
{
    for (unsigned i = 0; i < pack->fragments.count; i++) {
        const struct pv_fragment *const f = &pack->fragments.items[i];
        if (strlen(f->id) == len && memcmp(f->id, name, len) == 0)
            return f;
    }
    return NULL;
}

/* The text kept until all packs are compiled; NULL, remembered, when out of memory. */
static const char *pv_keep_text(struct pv_compiler *c, const struct pv_buf *text)
{
    const char *const kept = pv_arena_strndup(&c->texts, text->data, text->len);
    c->writer.nomem = c->writer.nomem || !kept;
    return kept;
}

/* The pattern of another pack's fragment: what it calls {{id}} is {{pack/id}} over here. */
static const char *pv_foreign_pattern(
    struct pv_compiler *c, const struct pv_pack *pack, const char *pattern)
{
    struct pv_buf text = { 0 };
    bool ok = true;
    for (const char *at = pattern; *at && ok; at++) {
        ok = pv_buf_append_byte(&text, *at);
        if (at == pattern || at[-1] != '{' || at[0] != '{' || !strstr(at, "}}"))
            continue;
        const size_t len = (size_t)(strstr(at, "}}") - at - 1);
        if (!memchr(at + 1, '/', len) && !memchr(at + 1, ':', len))
            ok = ok && pv_buf_append_str(&text, pack->id) && pv_buf_append_byte(&text, '/');
    }
    const char *const kept = ok ? pv_keep_text(c, &text) : NULL;
    c->writer.nomem = c->writer.nomem || !ok;
    pv_buf_release(&text);
    return kept;
}

/* The entries of a list while they become alternatives. */
struct pv_alternatives {
    struct pv_buf entries; /* struct pv_alternative */
    bool nomem;
};
struct pv_alternative {
    const char *text;
    size_t len;
};

static void pv_add_alternative(void *user, const char *entry, size_t len)
{
    struct pv_alternatives *const a = user;
    const struct pv_alternative alternative = { entry, len };
    a->nomem = a->nomem || !pv_buf_append(&a->entries, &alternative, sizeof(alternative));
}

static int pv_longer_first(const void *left, const void *right)
{
    const struct pv_alternative *const a = left, *const b = right;
    if (a->len != b->len)
        return a->len > b->len ? -1 : 1;
    return memcmp(a->text, b->text, a->len);
}

/* One entry as a pattern: every mark stands for itself, an apostrophe may be left out. */
static bool pv_append_quoted(struct pv_buf *out, const struct pv_alternative *entry)
{
    for (size_t i = 0; i < entry->len; i++) {
        const char c = entry->text[i];
        if (strchr("\\^$.|?*+()[]{}", c) && !pv_buf_append_byte(out, '\\'))
            return false;
        if (!pv_buf_append_byte(out, c) || (c == '\'' && !pv_buf_append_byte(out, '?')))
            return false;
    }
    return true;
}

/* The list as alternatives, the longer first, so that none hides behind its own beginning. */
static const char *pv_list_pattern(const struct pv_scope_of *s, const char *name)
{
    struct pv_alternatives a = { .nomem = false };
    struct pv_buf text = { 0 };
    const void *origin = NULL;
    const char *kept = NULL;
    if (pv_walk_list(s, name, NULL, pv_add_alternative, &a, &origin) && a.entries.len) {
        const size_t count = PV_BUF_COUNT(&a.entries, struct pv_alternative);
        struct pv_alternative *const entries = PV_BUF_ITEMS(&a.entries, struct pv_alternative);
        qsort(entries, count, sizeof(*entries), pv_longer_first);
        for (size_t i = 0; i < count && !a.nomem; i++)
            a.nomem =
                (i && !pv_buf_append_byte(&text, '|')) || !pv_append_quoted(&text, &entries[i]);
        kept = a.nomem ? NULL : pv_keep_text(s->c, &text);
    }
    s->c->writer.nomem = s->c->writer.nomem || a.nomem;
    pv_buf_release(&a.entries);
    pv_buf_release(&text);
    return kept;
}

const char *pv_find_fragment(void *user, const char *name, size_t len)
{
    const struct pv_scope_of *const s = *(const struct pv_scope_of *const *)user;
    const char *const slash = memchr(name, '/', len);
    if (len > 5 && memcmp(name, "list:", 5) == 0) {
        char *const list = pv_arena_strndup(&s->c->texts, name + 5, len - 5);
        s->c->writer.nomem = s->c->writer.nomem || !list;
        return list ? pv_list_pattern(s, list) : NULL;
    }
    if (!slash) {
        const struct pv_fragment *const own = pv_fragment_in(s->pack, name, len);
        return own ? own->pattern : NULL;
    }
    const size_t pack_len = (size_t)(slash - name);
    for (size_t i = 0; i < s->c->input->pack_count; i++) {
        const struct pv_pack *const pack = pv_pack_file_model(s->c->input->packs[i]);
        if (strlen(pack->id) != pack_len || memcmp(pack->id, name, pack_len) != 0)
            continue;
        const struct pv_fragment *const f = pv_fragment_in(pack, slash + 1, len - pack_len - 1);
        return f ? pv_foreign_pattern(s->c, pack, f->pattern) : NULL;
    }
    return NULL;
}
