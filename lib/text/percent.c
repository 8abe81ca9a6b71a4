/* percent.c: the stretch without a blank round each sign is looked at: only one that an address
 * gives away is read, since "50%20" may well be prose. */
#include "text/percent.h"

#include <string.h>

#include "text/ascii.h"

/* How far an address is followed back. */
#define ADDRESS_MAX 512u

/* Whether what stands before `at`, without a blank, is the beginning of an address. */
static bool is_in_address(const char *s, size_t from, size_t at)
{
    for (size_t i = at; i > from && at - i < ADDRESS_MAX && !pv_is_space(s[i - 1]); i--)
        if (s[i - 1] == '=' || s[i - 1] == '?'
            || (s[i - 1] == '/' && i - 1 > from && s[i - 2] == '/'))
            return true;
    return false;
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
    for (size_t at = from; at < to && (sign = memchr(s + at, '%', to - at)) != NULL;) {
        at = (size_t)(sign - s);
        const size_t text = edits->replacements->len;
        const char c = decode(s, at, to);
        const bool beside = c != '\0'
                            && (pv_is_digit(c) || (at > from && pv_is_digit(s[at - 1]))
                                || (at + 3 < to && pv_is_digit(s[at + 3])));
        if (beside && is_in_address(s, from, at)) {
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
