/* counted.c: from left to right, an item at a time: an escape, a class, the opening of a group, its
 * end, or any other character. Between two calls lies no repeat and no group, so only what fits
 * into the pattern; calls at every step, which PCRE2 makes by itself, would take six bytes for each
 * letter. */
#include "engine/counted.h"

#include <string.h>

#define PV_CALL "(?C)"

/* The length of what begins at `at` and ends with `close`, or of all the rest. */
static size_t pv_through(const char *at, const char *end, const char *close)
{
    const size_t len = strlen(close);
    for (const char *c = at; (size_t)(end - c) >= len; c++)
        if (memcmp(c, close, len) == 0)
            return (size_t)(c - at) + len;
    return (size_t)(end - at);
}

/* At a backslash. What stands in braces behind some escapes does no harm where it is read as other
 * characters. */
static size_t pv_escape_len(const char *at, const char *end)
{
    const size_t left = (size_t)(end - at);
    if (left > 1 && at[1] == 'Q')
        return pv_through(at, end, "\\E");
    const size_t len = left > 1 && at[1] == 'c' ? 3 : 2;
    return len < left ? len : left;
}

/* [:name:] inside a class; 0 where it is just a bracket. */
static size_t pv_posix_len(const char *at, const char *end)
{
    const char *c = at + 1;
    if (c >= end || *c++ != ':')
        return 0;
    while (c < end && ((*c >= 'a' && *c <= 'z') || *c == '^'))
        c++;
    return end - c >= 2 && c[0] == ':' && c[1] == ']' ? (size_t)(c + 2 - at) : 0;
}

/* At an opening bracket. */
static size_t pv_class_len(const char *at, const char *end)
{
    const char *c = at + 1;
    c += c < end && *c == '^';
    c += c < end && *c == ']';
    while (c < end && *c != ']') {
        const size_t posix = *c == '[' ? pv_posix_len(c, end) : 0;
        c += posix ? posix : *c == '\\' ? pv_escape_len(c, end) : 1;
    }
    return (size_t)(c - at) + (c < end);
}

/* At an opening parenthesis: what no repeat can be in. `*understood` is false for (?x). */
static size_t pv_opening_len(const char *at, const char *end, bool *understood)
{
    const size_t left = (size_t)(end - at);
    if (left < 3 || (at[1] != '?' && at[1] != '*'))
        return 1;
    if (at[1] == '?' && at[2] == '#')
        return pv_through(at, end, ")");
    const char *c = at + 2;
    bool extended = false;
    for (; c < end && ((*c >= 'a' && *c <= 'z') || *c == '^' || *c == '-' || *c == 'J'); c++)
        extended = extended || *c == 'x';
    if (extended && c < end && (*c == ')' || *c == ':'))
        *understood = false;
    if (at[2] == '(' && left > 4 && (at[3] == '?' || at[3] == '+')) /* (?(?=...) and (?(+1)...) */
        return 5;
    return 3;
}

/* A quantifier at `at`, or 0. */
static size_t pv_repeat_len(const char *at, const char *end)
{
    const char *c = at;
    if (c >= end)
        return 0;
    if (*c == '{') {
        c++;
        while (c < end && ((*c >= '0' && *c <= '9') || *c == ','))
            c++;
        if (c >= end || *c != '}' || c == at + 1 || at[1] == ',')
            return 0;
    } else if (*c != '*' && *c != '+' && *c != '?') {
        return 0;
    }
    c++;
    c += c < end && (*c == '?' || *c == '+'); /* lazy, possessive */
    return (size_t)(c - at);
}

/* Whether a group ends at `at`, and nothing is repeated there: the call behind it does for two. */
static bool pv_call_follows(const char *at, const char *end)
{
    return at < end && *at == ')' && pv_repeat_len(at + 1, end) == 0;
}

bool pv_counted_text(const char *text, size_t len, struct pv_buf *out, bool *understood)
{
    const char *const end = text + len;
    bool ok = true;
    *understood = true;
    for (const char *at = text; at < end && ok && *understood;) {
        const bool opens = *at == '(';
        size_t item = *at == '\\'  ? pv_escape_len(at, end)
                      : *at == '[' ? pv_class_len(at, end)
                      : opens      ? pv_opening_len(at, end, understood)
                                   : 1;
        const bool ends_group = *at == ')';
        /* A comment may stand before a quantifier, which then comes by itself. */
        const bool is_repeat = pv_repeat_len(at, end) != 0;
        const size_t repeat = pv_repeat_len(is_repeat ? at : at + item, end);
        item = is_repeat ? repeat : item + (opens ? 0 : repeat);
        ok = pv_buf_append(out, at, item);
        at += item;
        if ((is_repeat || ends_group || (repeat && !opens)) && !pv_call_follows(at, end))
            ok = ok && pv_buf_append_str(out, PV_CALL);
    }
    return ok;
}
