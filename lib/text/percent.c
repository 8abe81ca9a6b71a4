/* percent.c: only what an address gives away is read, since "50%20" may well be prose. The text is
 * followed once, from one sign to the next, for the last mark of an address: a draft may be nothing
 * but signs. */
#include "text/percent.h"

#include <string.h>

#include "text/ascii.h"

/* A sign further behind the last mark is none of the address. */
#define ADDRESS_MAX 512u

/* How far the text has been followed. */
struct following {
    size_t at;
    size_t mark; /* behind the last mark of an address, with no blank since; 0: there is none */
};

/* Whether what stands before `at`, without a blank, is the beginning of an address. */
static bool is_in_address(struct following *f, const char *s, size_t from, size_t at)
{
    for (; f->at < at; f->at++) {
        const char c = s[f->at];
        if (pv_is_space(c))
            f->mark = 0;
        else if (c == '=' || c == '?' || (c == '/' && f->at > from && s[f->at - 1] == '/'))
            f->mark = f->at + 1;
    }
    return f->mark && at - f->mark < ADDRESS_MAX;
}

/* The character that is encoded at `at`, or a NUL. */
static char decode(const char *s, size_t at, size_t to)
{
    if (to - at < 3 || s[at] != '%' || !pv_is_hex(s[at + 1]) || !pv_is_hex(s[at + 2]))
        return '\0';
    const int value = pv_hex_value(s[at + 1]) * 16 + pv_hex_value(s[at + 2]);
    return value >= ' ' && value < 0x7F ? (char)value : '\0';
}

bool pv_percent_find(const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    const char *sign;
    struct following f = { from, 0 };
    for (size_t at = from; at < to && (sign = memchr(s + at, '%', to - at)) != NULL;) {
        at = (size_t)(sign - s);
        const size_t text = edits->replacements->len;
        const char c = decode(s, at, to);
        const bool beside = c != '\0'
                            && (pv_is_digit(c) || (at > from && pv_is_digit(s[at - 1]))
                                || (at + 3 < to && pv_is_digit(s[at + 3])));
        if (beside && is_in_address(&f, s, from, at)) {
            if (!pv_buf_append_byte(edits->replacements, c)
                || !pv_edits_add(edits, at, at + 3, text))
                return false;
            at += 3;
        } else {
            at++;
        }
    }
    return true;
}
