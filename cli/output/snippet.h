/* snippet.h: the author's own line with a place in it underlined. Knows bytes, columns and masks;
 * nothing of rules. */
#ifndef CLI_OUTPUT_SNIPPET_H
#define CLI_OUTPUT_SNIPPET_H

#include <stddef.h>

#include "terminal.h"

/* A run of bytes of a text, half-open. */
struct cli_span {
    size_t start, end;
};

/* A text, and what of it must not be shown. */
struct cli_excerpted {
    const char *text;
    size_t len;
    const struct cli_span *masked; /* in order, none touching another */
    size_t masked_count;
};

/* Adds the lines that hold `place`, at most three, each with its part of the place underlined on a
 * line below. A line too long for the terminal is cut round the place, with "…" where it is cut. */
void cli_buf_snippet(struct cli_buf *buf, const struct cli_terminal *terminal, unsigned indent,
    const struct cli_excerpted *source, struct cli_span place);

#endif
