/* escape.c: one character at a time, since draft lines are shown a hundred characters at most.
 * Widths are those of UAX #11 as libunistring has them. */
#include "escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unictype.h>
#include <unistr.h>
#include <uniwidth.h>

/* Characters that change what a terminal does, or the order in which a line reads. */
static bool must_escape(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F)        /* C0, DEL, C1 */
           || c == 0x61C || c == 0x200E || c == 0x200F /* marks: Arabic letter, LTR, RTL */
           || (c >= 0x2028 && c <= 0x202E)             /* separators, embeddings, overrides */
           || (c >= 0x2066 && c <= 0x2069);            /* isolates */
}

struct cli_char cli_char_at(const char *text, size_t len)
{
    const uint8_t *const bytes = (const uint8_t *)text;
    struct cli_char shown = { .len = 1 };
    ucs4_t c = 0;
    const int read = u8_mbtoucr(&c, bytes, len);
    if (read <= 0) {
        snprintf(shown.shown, sizeof shown.shown, "\\x%02x", bytes[0]);
    } else if (c == '\t') {
        shown.shown[0] = ' ';
        shown.is_space = true;
    } else if (must_escape(c)) {
        shown.len = (size_t)read;
        snprintf(shown.shown, sizeof shown.shown, c < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)c);
    } else {
        shown.len = (size_t)read;
        memcpy(shown.shown, text, shown.len);
        shown.is_space = uc_is_property_white_space(c);
        const int width = uc_width(c, "UTF-8");
        shown.width = width > 0 ? (unsigned)width : 0;
        shown.shown_len = shown.len;
        return shown;
    }
    shown.shown_len = strlen(shown.shown);
    shown.width = (unsigned)shown.shown_len;
    return shown;
}

size_t cli_width(const char *text)
{
    size_t width = 0;
    for (size_t left = strlen(text); left > 0;) {
        const struct cli_char c = cli_char_at(text, left);
        width += c.width;
        text += c.len;
        left -= c.len;
    }
    return width;
}

void cli_buf_show(struct cli_buf *buf, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        const struct cli_char c = cli_char_at(text, left);
        cli_buf_add(buf, c.shown, c.shown_len);
        text += c.len;
        left -= c.len;
    }
}

void cli_buf_show_lines(struct cli_buf *buf, const char *text, size_t len)
{
    while (len > 0) {
        const size_t end = text[0] == '\n' ? 1 : len > 1 && memcmp(text, "\r\n", 2) == 0 ? 2 : 0;
        const struct cli_char c = cli_char_at(text, len);
        cli_buf_add(buf, end ? text : c.shown, end ? end : c.shown_len);
        text += end ? end : c.len;
        len -= end ? end : c.len;
    }
}

/* Where text[at..] has a character that must be escaped; `len` when there is none. */
static size_t find_escapable(const char *text, size_t at, size_t len, ucs4_t *c, size_t *size)
{
    for (*size = 1; at < len; at += *size) {
        *c = (unsigned char)text[at];
        const int read = *c < 0x80 ? 1 : u8_mbtoucr(c, (const uint8_t *)text + at, len - at);
        *size = read > 0 ? (size_t)read : 1;
        if (read > 0 && *c != '\n' && must_escape(*c))
            return at;
    }
    return len;
}

void cli_buf_escape_json(struct cli_buf *buf, size_t start)
{
    ucs4_t c = 0;
    size_t size, at = find_escapable(buf->data, start, buf->len, &c, &size);
    struct cli_buf rest = { 0 };
    if (at == buf->len)
        return;
    cli_buf_add(&rest, buf->data + at, buf->len - at);
    buf->len = at;
    for (at = 0; at < rest.len;) {
        const size_t next = find_escapable(rest.data, at, rest.len, &c, &size);
        cli_buf_add(buf, rest.data + at, next - at);
        if (next < rest.len)
            cli_buf_printf(buf, "\\u%04X", (unsigned)c);
        at = next < rest.len ? next + size : next;
    }
    cli_buf_release(&rest);
}

void cli_buf_utf8(struct cli_buf *buf, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        ucs4_t c = 0;
        const int read = u8_mbtoucr(&c, (const uint8_t *)text, left);
        if (read > 0)
            cli_buf_add(buf, text, (size_t)read);
        else
            cli_buf_puts(buf, "\xEF\xBF\xBD");
        const size_t len = read > 0 ? (size_t)read : 1;
        text += len;
        left -= len;
    }
}
