/* terminal.h: what standard output is: how wide, whether a person is watching, whether to colour.
 */
#ifndef CLI_OUTPUT_TERMINAL_H
#define CLI_OUTPUT_TERMINAL_H

#include <stdbool.h>

#include "../memory.h"
#include "../options.h"

struct cli_terminal {
    bool interactive; /* standard output is a terminal */
    bool color;
    unsigned width; /* columns, at least CLI_NARROWEST */
};

enum { CLI_NARROWEST = 40 };

/* How a piece of text is to stand out. */
enum cli_style { CLI_PLAIN, CLI_BOLD, CLI_RED, CLI_YELLOW, CLI_BLUE, CLI_GREEN };

/* Looks at standard output and at COLUMNS, NO_COLOR and TERM; `color` is what --color says. */
struct cli_terminal cli_terminal_look(int color);

/* Adds text in a style, without colour if the terminal has none. */
void cli_buf_styled(struct cli_buf *buf, const struct cli_terminal *terminal, enum cli_style style,
    const char *text);

/* Adds a paragraph, broken between words to fit the terminal. The first line goes on at column
 * `indent`, where the caller has brought it; the others are indented that far. Ends the line. */
void cli_buf_wrap(
    struct cli_buf *buf, const struct cli_terminal *terminal, unsigned indent, const char *text);

/* Adds "LABEL  paragraph", the label at column `indent` and the paragraph at `column`. */
void cli_buf_labelled(struct cli_buf *buf, const struct cli_terminal *terminal, unsigned indent,
    unsigned column, const char *label, const char *text);

#endif
