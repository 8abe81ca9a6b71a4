/* ascii.h: classes of bytes, whatever the locale. Pure. */
#ifndef PV_TEXT_ASCII_H
#define PV_TEXT_ASCII_H

#include <stdbool.h>

static inline bool pv_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool pv_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool pv_is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool pv_is_alnum(char c)
{
    return pv_is_letter(c) || pv_is_digit(c);
}

/* Part of a multibyte sequence, or not text at all. */
static inline bool pv_is_high(char c)
{
    return (unsigned char)c >= 0x80;
}

static inline bool pv_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool pv_is_hex(char c)
{
    return pv_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* What a digit of base 16 stands for; -1 for anything else. */
static inline int pv_hex_value(char c)
{
    if (pv_is_digit(c))
        return c - '0';
    return pv_is_hex(c) ? (c | 0x20) - 'a' + 10 : -1;
}

static inline bool pv_is_punct(char c)
{
    return c > ' ' && c < 0x7F && !pv_is_alnum(c);
}

#endif
