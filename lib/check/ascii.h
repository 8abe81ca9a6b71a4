/* ascii.h: letters and digits of ASCII, whatever the locale. Everything else, every byte of a
 * character beyond ASCII too, counts as a separator for the checks. */
#ifndef PV_CHECK_ASCII_H
#define PV_CHECK_ASCII_H

#include <stdbool.h>

static inline bool pv_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char pv_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static inline bool pv_is_letter(char c)
{
    const char upper = pv_upper(c);
    return upper >= 'A' && upper <= 'Z';
}

#endif
