/* compile_find.c: what rules and cues look for: patterns, terms, lists, and the predicates on
 * their groups. */
#include <string.h>

#include "base/hash.h"
#include "base/limit.h"
#include "check/check.h"
#include "engine/compiler.h"
#include "engine/expand.h"
#include "engine/list.h"
#include "engine/pattern.h"
#include "engine/terms.h"
#include "text/text.h"

/* ------------------------------------------------------------------ scopes */

static uint32_t pv_compile_scopes(const struct pv_scope_of *s, const struct pv_strings *names)
{
    uint32_t bits = 0;
    for (unsigned i = 0; i < names->count; i++) {
        enum pv_scope scope;
        if (pv_scope_find(names->items[i], &scope))
            bits |= 1u << scope;
        else
            pv_compile_error(s, &names->items[i], POSTVET_ERR_RULE,
                "\"%s\" is no scope; docs/rules.md lists them.", names->items[i]);
    }
    return bits;
}

/* ---------------------------------------------------------------- patterns */

static void pv_pattern_error(const struct pv_scope_of *s, char *const *field, const char *expanded,
    size_t len, int error, size_t offset)
{
    PCRE2_UCHAR message[160];
    if (pcre2_get_error_message(error, message, sizeof(message)) < 0)
        message[0] = '\0';
    const size_t from = offset < len ? offset : len;
    const size_t show = len - from < 24 ? len - from : 24;
    if (show)
        pv_compile_error(s, field, POSTVET_ERR_PATTERN,
            "The pattern does not compile: %s, before \"%.*s\".", (const char *)message, (int)show,
            expanded + from);
    else
        pv_compile_error(s, field, POSTVET_ERR_PATTERN,
            "The pattern does not compile: %s, at its end.", (const char *)message);
}

/* Whether each group that a predicate names is in the pattern. */
static void pv_check_groups(
    const struct pv_scope_of *s, const pcre2_code *code, const struct pv_wheres *wheres)
{
    for (unsigned i = 0; i < wheres->count; i++) {
        char *const *const group = &wheres->items[i].group;
        if (*group
            && pcre2_substring_nametable_scan(code, (PCRE2_SPTR)*group, NULL, NULL)
                   == PCRE2_ERROR_NOSUBSTRING)
            pv_compile_error(s, group, POSTVET_ERR_RULE,
                "The pattern has no group called \"%s\"; write (?<%s>...).", *group, *group);
    }
}

static void pv_check_code(const struct pv_scope_of *s, char *const *field, const pcre2_code *code,
    const struct pv_wheres *wheres)
{
    uint32_t groups = 0, empty = 0;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
    if (groups + 1 > PV_PATTERN_GROUPS_MAX)
        pv_compile_error(s, field, POSTVET_ERR_LIMIT,
            "The pattern has more than %u groups; use (?:...) where no name is needed.",
            PV_PATTERN_GROUPS_MAX - 1);
    if (empty)
        pv_compile_error(s, field, POSTVET_ERR_PATTERN, "The pattern can match nothing at all.");
    pv_check_groups(s, code, wheres);
}

/* Looks whether a large pattern of somebody else's can be counted; any other can. */
static void pv_check_counted(const struct pv_scope_of *s, char *const *field,
    const struct pv_buf *text, const pcre2_code *code)
{
    size_t size = 0, offset = 0;
    int error = 0;
    pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size);
    if (!pv_is_foreign(s) || size <= PV_PATTERN_LARGE)
        return;
    pcre2_code *const counted =
        pv_pattern_compile(text->data, text->len, PV_PATTERN_COUNTED, &error, &offset);
    if (!counted && error == PCRE2_ERROR_HEAP_FAILED)
        s->c->writer.nomem = true;
    else if (!counted)
        pv_compile_error(s, field, POSTVET_ERR_LIMIT,
            "The pattern is too long for its steps to be counted; make several shorter ones of it, "
            "under `patterns`.");
    pcre2_code_free(counted);
}

static void pv_compile_pattern(
    const struct pv_scope_of *s, char *const *field, const struct pv_wheres *wheres)
{
    struct pv_compiler *const c = s->c;
    const struct pv_scope_of *search = s;
    const size_t pattern_max =
        pv_limit(pv_is_foreign(s) ? c->input->pattern_max : 0, POSTVET_PATTERN_MAX);
    struct pv_buf text = { 0 };
    const char *bad = "";
    size_t bad_len = 0;
    const enum pv_expand_status status =
        pv_expand(*field, pv_find_fragment, &search, &text, &bad, &bad_len);
    if (strncmp(*field, "(*", 2) == 0) {
        pv_compile_error(s, field, POSTVET_ERR_PATTERN,
            "A pattern may not set PCRE2's own options with (*...).");
    } else if (status == PV_EXPAND_NOMEM || c->writer.nomem) {
        c->writer.nomem = true;
    } else if (status == PV_EXPAND_UNKNOWN) {
        pv_compile_error(s, field, POSTVET_ERR_RULE, "No fragment is called \"%.*s\".",
            (int)(bad_len < 60 ? bad_len : 60), bad);
    } else if (status == PV_EXPAND_UNKNOWN_INSIDE) {
        pv_compile_error(s, field, POSTVET_ERR_RULE,
            "A fragment of this pattern names a fragment that is not there.");
    } else if (status == PV_EXPAND_TOO_DEEP) {
        pv_compile_error(s, field, POSTVET_ERR_LIMIT,
            "Fragments stand in one another more than %d deep.", PV_EXPAND_DEPTH_MAX);
    } else if (status == PV_EXPAND_TOO_LONG || text.len > pattern_max) {
        pv_compile_error(s, field, POSTVET_ERR_LIMIT,
            "With its fragments the pattern is longer than %zu bytes.", pattern_max);
    } else {
        int error = 0;
        size_t offset = 0;
        pcre2_code *const code = pv_pattern_compile(text.data, text.len, 0, &error, &offset);
        if (code) {
            pv_check_code(s, field, code, wheres);
            pv_check_counted(s, field, &text, code);
        } else if (error == PCRE2_ERROR_HEAP_FAILED) {
            c->writer.nomem = true;
        } else {
            pv_pattern_error(s, field, text.data, text.len, error, offset);
        }
        pcre2_code_free(code);
        struct pv_image_pattern record = {
            .text = pv_writer_string_len(&c->writer, text.data, text.len),
            .len = (uint32_t)text.len,
            .is_foreign = pv_is_foreign(s),
        };
        pv_gate_add(&c->writer, &c->gates,
            (uint32_t)PV_BUF_COUNT(&c->patterns, struct pv_image_pattern), &record);
        *PV_WRITER_PUSH(&c->writer, &c->patterns, struct pv_image_pattern) = record;
    }
    pv_buf_release(&text);
}

/* ------------------------------------------------------------------- lists */

static void pv_add_entry(
    struct pv_compiler *c, struct pv_buf *entries, const char *text, size_t len)
{
    struct pv_buf key = { 0 };
    if (!pv_list_key(text, len, &key))
        c->writer.nomem = true;
    else if (key.len)
        *PV_WRITER_PUSH(&c->writer, entries, pv_ref) =
            pv_writer_string_len(&c->writer, key.data, key.len);
    pv_buf_release(&key);
}

struct pv_set_builder {
    struct pv_compiler *c;
    struct pv_buf entries; /* pv_ref */
};

static void pv_set_entry(void *user, const char *entry, size_t len)
{
    struct pv_set_builder *const b = user;
    pv_add_entry(b->c, &b->entries, entry, len);
}

/* Writes the set as a hash table of strings. */
static uint32_t pv_finish_set(struct pv_set_builder *b, const char *name, const void *origin)
{
    struct pv_writer *const w = &b->c->writer;
    const size_t count = PV_BUF_COUNT(&b->entries, pv_ref);
    struct pv_buf slots = { 0 };
    size_t slot_count = 8;
    while (slot_count < count * 2)
        slot_count *= 2;
    if (w->nomem || !pv_buf_push(&slots, slot_count * sizeof(pv_ref))) {
        w->nomem = true;
        pv_buf_release(&slots);
        return 0;
    }
    pv_ref *const table = PV_BUF_ITEMS(&slots, pv_ref);
    for (size_t i = 0; i < count; i++) {
        const pv_ref ref = PV_BUF_ITEMS(&b->entries, pv_ref)[i];
        const char *const text = w->image.data + ref;
        size_t k = pv_hash(text, strlen(text)) & (slot_count - 1);
        while (table[k] && table[k] != ref) /* equal strings are stored once */
            k = (k + 1) & (slot_count - 1);
        table[k] = ref;
    }
    const uint32_t index = (uint32_t)PV_BUF_COUNT(&b->c->lists, struct pv_image_list);
    struct pv_image_list *const list = PV_WRITER_PUSH(w, &b->c->lists, struct pv_image_list);
    list->name = pv_writer_string(w, name);
    const struct pv_range range = pv_writer_array(w, &slots, sizeof(pv_ref));
    list->slots = range.at;
    list->slot_count = range.count;
    *PV_WRITER_PUSH(w, &b->c->list_origins, const void *) = origin;
    pv_buf_release(&slots);
    return index;
}

/* The index of a list as a set, PV_NONE with an error when there is none. */
static uint32_t pv_compile_list(const struct pv_scope_of *s, char *const *field)
{
    struct pv_compiler *const c = s->c;
    struct pv_set_builder builder = { c, { 0 } };
    const void *origin = NULL;
    if (!pv_walk_list(s, *field, field, NULL, NULL, &origin))
        return PV_NONE;
    const size_t known = PV_BUF_COUNT(&c->list_origins, const void *);
    for (size_t i = 0; i < known; i++)
        if (PV_BUF_ITEMS(&c->list_origins, const void *)[i] == origin)
            return (uint32_t)i;
    (void)pv_walk_list(s, *field, field, pv_set_entry, &builder, &origin); /* there is one */
    const uint32_t index = pv_finish_set(&builder, *field, origin);
    pv_buf_release(&builder.entries);
    return index;
}

/* ------------------------------------------------------------------- terms */

struct pv_term_builder {
    const struct pv_scope_of *s;
    const void *field; /* where errors point */
    uint32_t matcher, flags;
};

/* One space for each run of spaces, none at the ends. */
static size_t pv_squeeze(char *text, size_t len)
{
    size_t kept = 0;
    for (size_t i = 0; i < len; i++)
        if (text[i] != ' ' || (kept && text[kept - 1] != ' '))
            text[kept++] = text[i];
    return kept && text[kept - 1] == ' ' ? kept - 1 : kept;
}

bool pv_has_term_room(const struct pv_scope_of *s, const void *field)
{
    struct pv_compiler *const c = s->c;
    const size_t most = pv_limit(c->input->terms_max, POSTVET_TERMS_MAX);
    if (!pv_is_foreign(s) || c->foreign_terms++ < most)
        return true;
    if (c->foreign_terms == most + 1)
        pv_compile_error(
            s, field, POSTVET_ERR_LIMIT, "With this one the packs have more than %zu terms.", most);
    return false;
}

static void pv_add_term(void *user, const char *entry, size_t len)
{
    const struct pv_term_builder *const b = user;
    struct pv_compiler *const c = b->s->c;
    struct pv_buf folded = { 0 };
    uint32_t flags = b->flags;
    size_t folded_len, lead = 0;
    if (len && entry[len - 1] == '*') {
        flags |= PV_TERM_PREFIX;
        len--;
    }
    if (!pv_has_term_room(b->s, b->field))
        return;
    if (!pv_text_fold(entry, len, &folded)) {
        c->writer.nomem = true;
        return;
    }
    folded_len = folded.len ? pv_squeeze(folded.data, folded.len) : 0;
    while (lead < folded_len && !pv_is_word_at(folded.data, folded_len, lead))
        lead++;
    if (lead == folded_len) {
        pv_compile_error(b->s, b->field, POSTVET_ERR_RULE,
            "The term \"%.*s\" has no letter or digit.", (int)(len < 60 ? len : 60), entry);
    } else if (folded_len > PV_TERM_MAX) {
        pv_compile_error(
            b->s, b->field, POSTVET_ERR_LIMIT, "A term is longer than %d bytes.", PV_TERM_MAX);
    } else {
        struct pv_image_term *const term =
            PV_WRITER_PUSH(&c->writer, &c->terms, struct pv_image_term);
        term->text = pv_writer_string_len(&c->writer, folded.data, folded_len);
        term->original = pv_writer_string_len(&c->writer, entry, len);
        term->len = (uint32_t)folded_len;
        term->lead = (uint32_t)lead;
        term->flags = flags;
        term->matcher = b->matcher;
    }
    pv_buf_release(&folded);
}

static bool pv_says(const char *value, const char *word)
{
    return value && strcmp(value, word) == 0;
}

static void pv_compile_terms(
    const struct pv_scope_of *s, const struct pv_find *find, uint32_t matcher)
{
    struct pv_term_builder b = { .s = s, .matcher = matcher };
    b.flags = (pv_says(find->match_case, "exact") ? (uint32_t)PV_TERM_EXACT_CASE : 0)
              | (pv_says(find->inflect, "no") ? 0 : (uint32_t)PV_TERM_INFLECT)
              | (pv_says(find->disguised, "yes") ? (uint32_t)PV_TERM_DISGUISED : 0);
    for (unsigned i = 0; i < find->terms.count; i++) {
        b.field = &find->terms.items[i];
        pv_add_term(&b, find->terms.items[i], strlen(find->terms.items[i]));
    }
    if (find->list) {
        const void *origin;
        b.field = &find->list;
        (void)pv_walk_list(s, find->list, &find->list, pv_add_term, &b, &origin);
    }
}

/* ---------------------------------------------------------------- matchers */

static uint32_t pv_compile_check(const struct pv_scope_of *s, char *const *field)
{
    for (size_t i = 0; i < pv_check_count(); i++)
        if (strcmp(pv_check_at(i)->name, *field) == 0)
            return (uint32_t)i;
    pv_compile_error(s, field, POSTVET_ERR_RULE, "No check is called \"%s\".", *field);
    return PV_NONE;
}

static void pv_compile_where(
    const struct pv_scope_of *s, const struct pv_where *where, struct pv_image_where *record)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_image_where made = { .group = pv_writer_string(w, where->group) };
    if (where->check || where->not_check) {
        made.kind = where->check ? PV_WHERE_CHECK : PV_WHERE_NOT_CHECK;
        made.index = pv_compile_check(s, where->check ? &where->check : &where->not_check);
    } else {
        made.kind = where->in_list ? PV_WHERE_IN_LIST : PV_WHERE_NOT_IN_LIST;
        made.index = pv_compile_list(s, where->in_list ? &where->in_list : &where->not_in_list);
    }
    *record = made;
}

struct pv_range pv_compile_wheres(const struct pv_scope_of *s, const struct pv_wheres *wheres)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_buf records = { 0 };
    for (unsigned i = 0; i < wheres->count; i++) {
        struct pv_image_where record;
        pv_compile_where(s, &wheres->items[i], &record);
        *PV_WRITER_PUSH(w, &records, struct pv_image_where) = record;
    }
    const struct pv_range range = pv_writer_array(w, &records, sizeof(struct pv_image_where));
    pv_buf_release(&records);
    return range;
}

struct pv_range pv_compile_members(const struct pv_scope_of *s, const struct pv_strings *cues)
{
    struct pv_writer *const w = &s->c->writer;
    struct pv_buf members = { 0 };
    for (unsigned i = 0; i < cues->count; i++) {
        const uint32_t matcher = pv_compile_cue(s, &cues->items[i]);
        *PV_WRITER_PUSH(w, &members, uint32_t) = matcher;
    }
    const struct pv_range range = pv_writer_array(w, &members, sizeof(uint32_t));
    pv_buf_release(&members);
    return range;
}

static void pv_set_members(
    const struct pv_scope_of *s, const struct pv_strings *cues, struct pv_image_matcher *matcher)
{
    struct pv_compiler *const c = s->c;
    matcher->kind = PV_MATCHER_ANY;
    matcher->first = (uint32_t)PV_BUF_COUNT(&c->members, uint32_t);
    matcher->count = cues->count;
    for (unsigned i = 0; i < cues->count; i++) {
        const uint32_t member = pv_compile_cue(s, &cues->items[i]);
        *PV_WRITER_PUSH(&c->writer, &c->members, uint32_t) = member;
    }
}

uint32_t pv_compile_any(const struct pv_scope_of *s, const struct pv_strings *cues)
{
    struct pv_compiler *const c = s->c;
    struct pv_image_matcher made = { 0 };
    const uint32_t index = (uint32_t)PV_BUF_COUNT(&c->matchers, struct pv_image_matcher);
    pv_set_members(s, cues, &made);
    *PV_WRITER_PUSH(&c->writer, &c->matchers, struct pv_image_matcher) = made;
    return index;
}

/* Only patterns have groups. */
static void pv_refuse_groups(const struct pv_scope_of *s, const struct pv_find *find)
{
    for (unsigned i = 0; i < find->where.count; i++)
        if (find->where.items[i].group)
            pv_compile_error(s, &find->where.items[i].group, POSTVET_ERR_RULE,
                "Only patterns have groups; leave `group` out.");
}

void pv_compile_find(const struct pv_scope_of *s, const struct pv_find *find, uint32_t index,
    const struct pv_strings *skip, const struct pv_strings *only)
{
    struct pv_compiler *const c = s->c;
    struct pv_image_matcher made = { 0 };
    if (!c->writer.nomem)
        made = PV_BUF_ITEMS(&c->matchers, struct pv_image_matcher)[index];
    made.view = pv_says(find->view, "folded") ? PV_VIEW_FOLDED : PV_VIEW_PLAIN;
    made.skip = pv_compile_scopes(s, &find->skip) | pv_compile_scopes(s, skip);
    made.only = pv_compile_scopes(s, &find->only) | pv_compile_scopes(s, only);
    made.where = pv_compile_wheres(s, &find->where);
    if (find->any.count) {
        pv_set_members(s, &find->any, &made);
    } else if (find->weigh) {
        if (find->at_least && find->at_most)
            pv_compile_error(
                s, &find->at_most, POSTVET_ERR_RULE, "Give `at-least` or `at-most`, not both.");
        made.kind = PV_MATCHER_WEIGHED;
        made.first =
            pv_compile_weigh(s, &find->weigh, find->at_least ? find->at_least : find->at_most);
        made.count = 1;
        pv_refuse_groups(s, find);
    } else if (find->terms.count || find->list) {
        made.kind = PV_MATCHER_TERMS;
        pv_refuse_groups(s, find);
        pv_compile_terms(s, find, index);
    } else {
        made.kind = PV_MATCHER_PATTERNS;
        made.first = (uint32_t)PV_BUF_COUNT(&c->patterns, struct pv_image_pattern);
        if (find->pattern)
            pv_compile_pattern(s, &find->pattern, &find->where);
        for (unsigned i = 0; i < find->patterns.count; i++)
            pv_compile_pattern(s, &find->patterns.items[i], &find->where);
        made.count = (uint32_t)PV_BUF_COUNT(&c->patterns, struct pv_image_pattern) - made.first;
    }
    if (!c->writer.nomem)
        PV_BUF_ITEMS(&c->matchers, struct pv_image_matcher)[index] = made;
}
