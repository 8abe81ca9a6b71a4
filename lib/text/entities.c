/* entities.c: numeric references by arithmetic, named ones by binary search. Source: HTML Living
 * Standard, 13.2.5.72 to 13.2.5.80. */
#include "text/entities.h"

#include <string.h>

#include "text/ascii.h"
#include "text/utf8.h"

/* No name is longer. */
#define NAME_MAX_LEN 31

/* A length in the table that has this bit may go without a semicolon. */
#define BARE 64u

/* What 0x80 to 0x9F mean: they are Windows-1252 there, whatever the document's encoding. */
static const uint16_t windows_1252[] = { 0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020,
    0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C,
    0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178 };

static uint32_t digit_value(char c)
{
    return (uint32_t)(pv_is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
}

static size_t decode_number(const char *s, size_t len, bool lenient, char *out, size_t *out_len)
{
    const bool hex = len > 2 && (s[2] | 0x20) == 'x';
    const size_t first = hex ? 3 : 2;
    size_t at = first;
    uint32_t c = 0;
    for (; at < len && (hex ? pv_is_hex(s[at]) : pv_is_digit(s[at])); at++)
        if (c <= 0x10FFFF)
            c = c * (hex ? 16u : 10u) + digit_value(s[at]);
    if (at == first)
        return 0;
    const bool closed = at < len && s[at] == ';';
    if (!closed && !lenient)
        return 0;
    if (c >= 0x80 && c <= 0x9F)
        c = windows_1252[c - 0x80];
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = PV_REPLACEMENT;
    *out_len = pv_utf8_encode(c, out);
    return at + closed;
}

/* Orders a name against entry `index` of the table. */
static int compare(const char *name, size_t len, const unsigned char *entry)
{
    const size_t entry_len = entry[0] & (BARE - 1);
    const int order = memcmp(name, entry + 1, len < entry_len ? len : entry_len);
    return order != 0 ? order : (len > entry_len) - (len < entry_len);
}

static const unsigned char *find_name(const char *name, size_t len)
{
    size_t low = 0, high = pv_entity_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const unsigned char *const entry = pv_entity_bytes + pv_entity_offsets[middle];
        const int order = compare(name, len, entry);
        if (order == 0)
            return entry;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static void copy_value(const unsigned char *entry, char *out, size_t *out_len)
{
    const size_t name_len = entry[0] & (BARE - 1);
    *out_len = entry[1 + name_len];
    memcpy(out, entry + 2 + name_len, *out_len);
}

size_t pv_entity_decode(
    const char *s, size_t len, bool lenient, char out[PV_ENTITY_MAX], size_t *out_len)
{
    if (len > 2 && s[1] == '#')
        return decode_number(s, len, lenient, out, out_len);
    size_t name_len = 0;
    while (name_len < NAME_MAX_LEN + 1 && 1 + name_len < len && pv_is_alnum(s[1 + name_len]))
        name_len++;
    if (1 + name_len < len && s[1 + name_len] == ';') {
        const unsigned char *const entry = find_name(s + 1, name_len);
        if (entry) {
            copy_value(entry, out, out_len);
            return name_len + 2;
        }
    }
    for (; lenient && name_len >= 2; name_len--) {
        const unsigned char *const entry = find_name(s + 1, name_len);
        if (entry && (entry[0] & BARE)) {
            copy_value(entry, out, out_len);
            return name_len + 1;
        }
    }
    return 0;
}
