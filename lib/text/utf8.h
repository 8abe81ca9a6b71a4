/* utf8.h: one code point at a time. Pure. */
#ifndef PV_TEXT_UTF8_H
#define PV_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PV_UTF8_MAX 4
#define PV_REPLACEMENT 0xFFFDu

/* Bytes of the well-formed sequence at `s`, 0 when there is none; sets *code when there is one.
 * Source: The Unicode Standard 15.0, table 3-7. */
static inline size_t pv_utf8_decode(const char *s, size_t len, uint32_t *code)
{
    const unsigned char *const b = (const unsigned char *)s;
    if (len == 0)
        return 0;
    if (b[0] < 0x80) {
        *code = b[0];
        return 1;
    }
    const size_t need = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : 2;
    if (b[0] < 0xC2 || b[0] > 0xF4 || len < need)
        return 0;
    uint32_t c = b[0] & (0x7Fu >> need);
    for (size_t i = 1; i < need; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (b[i] & 0x3Fu);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (c < least[need] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *code = c;
    return need;
}

/* Writes a scalar value and returns its length. */
static inline size_t pv_utf8_encode(uint32_t c, char out[PV_UTF8_MAX])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    const size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t i = len; i-- > 1; c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[len] | c);
    return len;
}

/* Whether `byte` is the second or a later one of a sequence. */
static inline bool pv_utf8_continues(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Bytes of the byte order mark that `s` starts with: 0 or 3. */
static inline size_t pv_utf8_bom(const char *s, size_t len)
{
    return len >= 3 && s[0] == '\xEF' && s[1] == '\xBB' && s[2] == '\xBF' ? 3 : 0;
}

#endif
