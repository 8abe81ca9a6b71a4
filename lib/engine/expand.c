/* expand.c: two passes. The first replaces {{name}} by (?:its pattern), again and again until none
 * is left; each round is one level of nesting. The second widens spaces:
 *
 *   outside a class            (?:[ \n]{1,3}+)   what is typed as one gap: a wrap, a double space
 *   inside a class             " \n"
 *   inside a look-behind       [ \n]             PCRE2 asks for a fixed length there
 *
 * The possessive repeat keeps a run of widened spaces linear. */
#include "engine/expand.h"

#include <string.h>

static enum pv_expand_status pv_replace_fragments(const char *in, size_t len,
    pv_fragment_fn *fragment, void *user, struct pv_buf *out, bool *replaced, const char **bad,
    size_t *bad_len)
{
    size_t i = 0;
    while (i < len) {
        const char *const close =
            in[i] == '{' && i + 1 < len && in[i + 1] == '{' ? strstr(in + i + 2, "}}") : NULL;
        if (!close) {
            if (!pv_buf_append_byte(out, in[i++]))
                return PV_EXPAND_NOMEM;
            continue;
        }
        const char *const name = in + i + 2;
        const char *const text = fragment(user, name, (size_t)(close - name));
        if (!text) {
            *bad = name;
            *bad_len = (size_t)(close - name);
            return PV_EXPAND_UNKNOWN;
        }
        if (!pv_buf_append_str(out, "(?:") || !pv_buf_append_str(out, text)
            || !pv_buf_append_byte(out, ')'))
            return PV_EXPAND_NOMEM;
        if (out->len > POSTVET_PATTERN_MAX)
            return PV_EXPAND_TOO_LONG;
        *replaced = true;
        i = (size_t)(close - in) + 2;
    }
    return pv_buf_append_byte(out, '\0') ? PV_EXPAND_OK : PV_EXPAND_NOMEM;
}

/* Groups open at once; a deeper look-behind is taken for an ordinary group, which PCRE2 refuses
 * with a message of its own. */
#define PV_GROUPS_MAX 64

struct pv_widener {
    const char *class_first; /* inside a class: where its first member stands; else NULL */
    bool in_lookbehind;
    bool was_lookbehind[PV_GROUPS_MAX];
    size_t depth;
};

static void pv_open_group(struct pv_widener *w, const char *at)
{
    if (w->depth < PV_GROUPS_MAX)
        w->was_lookbehind[w->depth] = w->in_lookbehind;
    w->depth++;
    if (strncmp(at, "(?<=", 4) == 0 || strncmp(at, "(?<!", 4) == 0)
        w->in_lookbehind = true;
}

static void pv_close_group(struct pv_widener *w)
{
    if (!w->depth)
        return;
    w->depth--;
    if (w->depth < PV_GROUPS_MAX)
        w->in_lookbehind = w->was_lookbehind[w->depth];
}

/* Follows one byte of a pattern that is not escaped. */
static void pv_widener_step(struct pv_widener *w, const char *at)
{
    if (w->class_first) {
        if (*at == ']' && at != w->class_first) /* as the first member it stands for itself */
            w->class_first = NULL;
    } else if (*at == '[') {
        w->class_first = at[1] == '^' ? at + 2 : at + 1;
    } else if (*at == '(') {
        pv_open_group(w, at);
    } else if (*at == ')') {
        pv_close_group(w);
    }
}

static enum pv_expand_status pv_widen_spaces(const char *in, struct pv_buf *out)
{
    struct pv_widener w = { 0 };
    for (const char *c = in; *c; c++) {
        bool ok;
        if (*c == '\\' && c[1]) {
            ok = pv_buf_append(out, c, 2);
            c++;
        } else if (w.class_first && c[0] == '[' && c[1] == ':' && strstr(c, ":]")) {
            const char *const end = strstr(c, ":]") + 2;
            ok = pv_buf_append(out, c, (size_t)(end - c));
            c = end - 1;
        } else if (*c == ' ') {
            ok = pv_buf_append_str(out, w.class_first     ? " \\n"
                                        : w.in_lookbehind ? "[ \\n]"
                                                          : "(?:[ \\n]{1,3}+)");
        } else {
            pv_widener_step(&w, c);
            ok = pv_buf_append_byte(out, *c);
        }
        if (!ok)
            return PV_EXPAND_NOMEM;
        if (out->len > POSTVET_PATTERN_MAX)
            return PV_EXPAND_TOO_LONG;
    }
    return PV_EXPAND_OK;
}

enum pv_expand_status pv_expand(const char *pattern, pv_fragment_fn *fragment, void *user,
    struct pv_buf *out, const char **bad, size_t *bad_len)
{
    struct pv_buf texts[2] = { { 0 }, { 0 } };
    enum pv_expand_status status = PV_EXPAND_NOMEM;
    bool replaced = true;

    if (!pv_buf_append(&texts[0], pattern, strlen(pattern) + 1))
        goto cleanup;
    for (size_t round = 0; replaced; round++) {
        struct pv_buf *const from = &texts[round % 2], *const to = &texts[(round + 1) % 2];
        replaced = false;
        pv_buf_clear(to);
        status = pv_replace_fragments(
            from->data, from->len - 1, fragment, user, to, &replaced, bad, bad_len);
        if (status == PV_EXPAND_UNKNOWN && round == 0) {
            *bad = pattern + (*bad - from->data); /* the buffers go, the pattern stays */
        } else if (status == PV_EXPAND_UNKNOWN) {
            status = PV_EXPAND_UNKNOWN_INSIDE;
            *bad = NULL;
        }
        if (status == PV_EXPAND_OK && round == PV_EXPAND_DEPTH_MAX)
            status = PV_EXPAND_TOO_DEEP;
        if (status != PV_EXPAND_OK)
            goto cleanup;
    }
    /* The last round copied a text without fragments: both buffers hold it. */
    status = pv_widen_spaces(texts[0].data, out);
cleanup:
    pv_buf_release(&texts[0]);
    pv_buf_release(&texts[1]);
    return status;
}
