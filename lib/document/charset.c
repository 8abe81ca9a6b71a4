/* charset.c: iconv(3) decodes characters; what it stops at becomes U+FFFD, a byte at a time. */
#include "document/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "text/ascii.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* What iconv_open() returns for an encoding that it does not know. */
static iconv_t no_decoder(void)
{
    return (iconv_t)(-1); /* NOLINT(performance-no-int-to-ptr): POSIX has it so */
}

/* gcc takes what iconv_open() returns for memory, which the -1 of its failure is not. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

/* Opens a decoder. US-ASCII is a part of UTF-8, and is what programs say that do not know. */
static iconv_t open_decoder(const char *charset)
{
    char name[64];
    const size_t len = strlen(charset);
    if (len >= sizeof name)
        return no_decoder();
    if (len == 0)
        return iconv_open("UTF-8", "UTF-8");
    for (size_t i = 0; i <= len; i++)
        name[i] = pv_is_upper(charset[i]) ? (char)(charset[i] | 0x20) : charset[i];
    for (size_t i = 0; i < len; i++) /* iconv takes "//" for orders */
        if (!pv_is_alnum(name[i]) && !strchr("-_.:+()", name[i]))
            return no_decoder();
    if (strcmp(name, "us-ascii") == 0 || strcmp(name, "ascii") == 0)
        return iconv_open("UTF-8", "UTF-8");
    return iconv_open("UTF-8", name);
}

static bool decode(iconv_t decoder, const char *bytes, size_t len, struct pv_buf *out, bool *lossy)
{
    char *in = NULL;
    size_t left = len;
    memcpy(&in, &bytes, sizeof in); /* iconv() does not write there, though its type says so */
    while (left > 0) {
        if (!pv_buf_reserve(out, left + 16))
            return false;
        char *place = out->data + out->len;
        size_t room = out->capacity - out->len;
        const size_t had = room;
        const size_t done = iconv(decoder, &in, &left, &place, &room);
        const int error = done == (size_t)-1 ? errno : 0;
        out->len += had - room;
        if (error != EILSEQ && error != EINVAL)
            continue;
        *lossy = true;
        if (!pv_buf_append_str(out, REPLACEMENT))
            return false;
        in++;
        left--;
    }
    return true;
}

bool pv_charset_decode(
    const char *charset, const char *bytes, size_t len, struct pv_buf *out, bool *lossy)
{
    iconv_t decoder = open_decoder(charset);
    if (decoder == no_decoder()) {
        *lossy = *lossy || len > 0;
        return len == 0 || pv_buf_append_str(out, REPLACEMENT);
    }
    const bool ok = decode(decoder, bytes, len, out, lossy);
    iconv_close(decoder);
    return ok;
}

static int base64_digit(char c)
{
    if (pv_is_upper(c))
        return c - 'A';
    if (pv_is_letter(c))
        return c - 'a' + 26;
    if (pv_is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool pv_base64_decode(const char *bytes, size_t len, struct pv_buf *out)
{
    unsigned held = 0, bits = 0;
    if (!pv_buf_reserve(out, len))
        return false;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == '=') { /* what follows begins anew */
            held = bits = 0;
            continue;
        }
        const int digit = base64_digit(bytes[i]);
        if (digit < 0)
            continue;
        held = (held << 6 | (unsigned)digit) & 0xFFFFFu;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out->data[out->len++] = (char)(unsigned char)(held >> bits);
        }
    }
    return true;
}

/* Where the line ends if nothing but blanks stands before its end, or `at`. */
static size_t soft_break(const char *bytes, size_t len, size_t at)
{
    size_t end = at;
    while (end < len && (bytes[end] == ' ' || bytes[end] == '\t'))
        end++;
    if (end < len && bytes[end] == '\r')
        end++;
    if (end < len && bytes[end] == '\n')
        return end + 1;
    return end == len ? end : at;
}

bool pv_quoted_decode(const char *bytes, size_t len, bool in_header, struct pv_buf *out)
{
    if (!pv_buf_reserve(out, len))
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        if (c == '_' && in_header)
            c = ' ';
        if (c == '=') {
            const int high = i + 2 < len ? pv_hex_value(bytes[i + 1]) : -1;
            const int low = high >= 0 ? pv_hex_value(bytes[i + 2]) : -1;
            const size_t next = low < 0 && !in_header ? soft_break(bytes, len, i + 1) : i + 1;
            if (low >= 0) {
                c = (char)(unsigned char)(high * 16 + low);
                i += 2;
            } else if (next > i + 1 || next == len) {
                i = next - 1;
                continue;
            }
        }
        out->data[out->len++] = c;
    }
    return true;
}
