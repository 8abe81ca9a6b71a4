/* mask.c: counts the letters and digits first, then writes. One output byte or one copied
 * character for each character read, so the room needed is known. */
#include "report/mask.h"

#include <string.h>

static bool pv_is_space_or_control(unsigned char c)
{
    return c <= ' ' || c == 0x7F;
}

/* Letters, digits and everything beyond ASCII. */
static bool pv_is_secret(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t pv_char_len(const char *text, size_t len, size_t at)
{
    size_t n = 1;
    while (at + n < len && ((unsigned char)text[at + n] & 0xC0) == 0x80)
        n++;
    return n;
}

static size_t pv_count_secrets(const char *text, size_t len)
{
    size_t count = 0;
    for (size_t at = 0; at < len; at += pv_char_len(text, len, at))
        count += pv_is_secret((unsigned char)text[at]);
    return count;
}

const char *pv_mask(struct pv_arena *arena, const char *text, size_t len, bool show)
{
    const size_t secrets = pv_count_secrets(text, len);
    size_t visible = secrets / 3 < PV_EXCERPT_SHOWN ? secrets / 3 : PV_EXCERPT_SHOWN;
    char *const out = pv_arena_alloc(arena, (size_t)PV_EXCERPT_MAX * 4 + 4);
    size_t used = 0, chars = 0;
    if (!out)
        return NULL;
    for (size_t at = 0; at < len; chars++) {
        const size_t n = pv_char_len(text, len, at);
        const unsigned char c = (unsigned char)text[at];
        if (chars == PV_EXCERPT_MAX) {
            memcpy(out + used, "...", 3);
            used += 3;
            break;
        }
        if (pv_is_space_or_control(c)) {
            out[used++] = ' ';
        } else if (!pv_is_secret(c) || show || visible) {
            visible -= pv_is_secret(c) && visible;
            memcpy(out + used, text + at, n < 4 ? n : 4);
            used += n < 4 ? n : 4;
        } else {
            out[used++] = '*';
        }
        at += n;
    }
    out[used] = '\0';
    return out;
}
