/* links.c: the parts of links that have a grammar of their own: targets, titles, labels. Labels are
 * gathered before anything else is read, since a reference may stand before its definition; a
 * sorted list of hashes is enough to know whether there is one. */
#include "text/markdown.h"

#include <stdlib.h>

#include "base/hash.h"
#include "text/ascii.h"
#include "text/lines.h"

/* CommonMark's own limits. */
#define LABEL_MAX 999
#define PARENTHESES_MAX 32

static size_t skip_space(const char *s, size_t at, size_t to)
{
    while (at < to && pv_is_space(s[at]))
        at++;
    return at;
}

/* ------------------------------------------------------------------- targets */

static size_t bare_target_end(const char *s, size_t at, size_t to)
{
    unsigned depth = 0;
    while (at < to && (unsigned char)s[at] > ' ') {
        if (s[at] == '\\' && at + 1 < to && pv_is_punct(s[at + 1]))
            at++;
        else if (s[at] == '(' && ++depth > PARENTHESES_MAX)
            break;
        else if (s[at] == ')' && depth-- == 0)
            break;
        at++;
    }
    return at;
}

static bool read_target(const char *s, size_t *at, size_t to, struct pv_span *target)
{
    if (*at < to && s[*at] == '<') {
        size_t end = *at + 1;
        while (end < to && s[end] != '>' && s[end] != '<' && s[end] != '\n')
            end += s[end] == '\\' && end + 1 < to && s[end + 1] != '\n' ? 2 : 1;
        if (end >= to || s[end] != '>')
            return false;
        *target = (struct pv_span){ *at + 1, end };
        *at = end + 1;
        return true;
    }
    const size_t end = bare_target_end(s, *at, to);
    *target = (struct pv_span){ *at, end };
    *at = end;
    return true;
}

/* Where the title that starts at `at` ends, or 0. */
static size_t title_end(const char *s, size_t at, size_t to)
{
    const char close = s[at] == '(' ? ')' : s[at];
    for (size_t i = at + 1; i < to; i++) {
        if (s[i] == '\\')
            i++;
        else if (s[i] == close)
            return i;
        else if (s[i] == '(' && close == ')')
            return 0;
    }
    return 0;
}

bool pv_link_parts_read(const char *s, size_t at, size_t to, struct pv_link_parts *parts)
{
    *parts = (struct pv_link_parts){ 0 };
    at = skip_space(s, at, to);
    if (!read_target(s, &at, to, &parts->target))
        return false;
    parts->end = at;
    parts->title = (struct pv_span){ at, at };
    const size_t title = skip_space(s, at, to);
    if (title > at && title < to && (s[title] == '"' || s[title] == '\'' || s[title] == '(')) {
        const size_t end = title_end(s, title, to);
        if (end) {
            parts->title = (struct pv_span){ title + 1, end };
            parts->end = end + 1;
        }
    }
    return true;
}

/* -------------------------------------------------------------------- labels */

/* In any case, with white space as one space. */
static uint32_t hash_label(const char *label, size_t len)
{
    char folded[LABEL_MAX];
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        const bool space = pv_is_space(label[i]);
        if (space && (count == 0 || folded[count - 1] == ' '))
            continue;
        folded[count++] = space ? ' ' : pv_fold_ascii(label[i]);
    }
    while (count > 0 && folded[count - 1] == ' ')
        count--;
    return pv_hash(folded, count);
}

static int compare_hashes(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Where the label that opens at `at` closes, if a colon follows; or 0. */
static size_t definition_label_end(const char *s, size_t at, size_t to)
{
    for (size_t i = at + 1; i < to && i - at <= LABEL_MAX; i++) {
        if (s[i] == '\\')
            i++;
        else if (s[i] == '[')
            return 0;
        else if (s[i] == ']')
            return i > at + 1 && i + 1 < to && s[i + 1] == ':' ? i : 0;
    }
    return 0;
}

bool pv_labels_find(const char *s, size_t len, struct pv_buf *labels)
{
    pv_buf_clear(labels);
    for (struct pv_line line = { 0 }; line.next < len;) {
        line = pv_line_at(s, len, line.next);
        size_t at = line.start;
        while (at < line.end && (s[at] == ' ' || s[at] == '\t' || s[at] == '>'))
            at++;
        const size_t end =
            at < line.end && s[at] == '[' ? definition_label_end(s, at, line.end) : 0;
        if (end == 0)
            continue;
        uint32_t *const hash = PV_BUF_PUSH(labels, uint32_t);
        if (!hash)
            return false;
        *hash = hash_label(s + at + 1, end - at - 1);
    }
    if (labels->len > 0)
        qsort(labels->data, PV_BUF_COUNT(labels, uint32_t), sizeof(uint32_t), compare_hashes);
    return true;
}

bool pv_labels_have(const struct pv_buf *labels, const char *label, size_t len)
{
    if (labels->len == 0 || len == 0 || len > LABEL_MAX)
        return false;
    const uint32_t hash = hash_label(label, len);
    return bsearch(&hash, labels->data, PV_BUF_COUNT(labels, uint32_t), sizeof hash, compare_hashes)
           != NULL;
}
