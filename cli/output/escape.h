/* escape.h: text from drafts, paths and rules made safe to show. Control characters (C0, DEL, C1),
 * line separators and bidirectional controls, which could drive a terminal or turn a line round,
 * become visible escapes, as do bytes that are not UTF-8. */
#ifndef CLI_OUTPUT_ESCAPE_H
#define CLI_OUTPUT_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "../memory.h"

/* One character of text, as it is shown. */
struct cli_char {
    size_t len; /* its bytes in the text, at least 1 */
    unsigned
        width; /* columns that it takes on a terminal: 0 for a combining mark, 2 for a wide one */
    char shown[12]; /* what to show, ends with NUL; a tab is a space */
    size_t shown_len;
    bool is_space; /* a space, tab or other blank: nothing to mask */
};

/* Reads the character at text[0]; `len` must not be 0. */
struct cli_char cli_char_at(const char *text, size_t len);

/* The columns that a string takes when it is shown. */
size_t cli_width(const char *text);

/* Adds text as it is shown. */
void cli_buf_show(struct cli_buf *buf, const char *text);

/* The same for several lines of `len` bytes, whose ends stay. */
void cli_buf_show_lines(struct cli_buf *buf, const char *text, size_t len);

/* Turns what must be escaped into JSON's \uXXXX, in JSON that stands in `buf` from `start` on. */
void cli_buf_escape_json(struct cli_buf *buf, size_t start);

/* Adds text as valid UTF-8: bytes that are none become U+FFFD; nothing else is changed. */
void cli_buf_utf8(struct cli_buf *buf, const char *text);

#endif
