/* terminal.c: COLUMNS is believed before the terminal itself, so that a user can choose a width. */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "escape.h"

enum { USUAL_WIDTH = 80, WIDEST = 10000 };

static unsigned terminal_width(void)
{
    unsigned long width = 0;
    const char *const columns = getenv("COLUMNS");
    if (columns)
        width = strtoul(columns, NULL, 10);
    struct winsize size;
    if ((width == 0 || width > WIDEST) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0 || width > WIDEST)
        width = USUAL_WIDTH;
    return width < CLI_NARROWEST ? CLI_NARROWEST : (unsigned)width;
}

static bool wants_color(int color, bool interactive)
{
    if (color != CLI_COLOR_AUTO)
        return color == CLI_COLOR_ALWAYS;
    const char *const no_color = getenv("NO_COLOR"), *const term = getenv("TERM");
    if (no_color && *no_color)
        return false;
    return interactive && term && strcmp(term, "dumb") != 0;
}

struct cli_terminal cli_terminal_look(int color)
{
    struct cli_terminal terminal = { .interactive = isatty(STDOUT_FILENO) == 1 };
    terminal.color = wants_color(color, terminal.interactive);
    terminal.width = terminal_width();
    return terminal;
}

void cli_buf_styled(struct cli_buf *buf, const struct cli_terminal *terminal, enum cli_style style,
    const char *text)
{
    static const char *const sequences[] = {
        [CLI_BOLD] = "\x1B[1m",
        [CLI_RED] = "\x1B[1;31m",
        [CLI_YELLOW] = "\x1B[1;33m",
        [CLI_BLUE] = "\x1B[1;34m",
        [CLI_GREEN] = "\x1B[1;32m",
    };
    const bool plain = !terminal->color || style == CLI_PLAIN;
    if (!plain)
        cli_buf_puts(buf, sequences[style]);
    cli_buf_show(buf, text);
    if (!plain)
        cli_buf_puts(buf, "\x1B[0m");
}

/* The next word of `text`, shown: its characters up to a space. Moves `text` past it. */
static void next_word(struct cli_buf *word, unsigned *width, const char **text)
{
    cli_buf_clear(word);
    *width = 0;
    size_t left = strlen(*text);
    while (left > 0 && **text != ' ' && **text != '\n') {
        const struct cli_char c = cli_char_at(*text, left);
        cli_buf_add(word, c.shown, c.shown_len);
        *width += c.width;
        *text += c.len;
        left -= c.len;
    }
}

void cli_buf_wrap(
    struct cli_buf *buf, const struct cli_terminal *terminal, unsigned indent, const char *text)
{
    struct cli_buf word = { 0 };
    unsigned column = indent, width;
    for (;;) {
        text += strspn(text, " \n");
        if (*text == '\0')
            break;
        next_word(&word, &width, &text);
        const bool first = column == indent;
        if (!first && column + 1 + width > terminal->width) {
            cli_buf_puts(buf, "\n");
            cli_buf_fill(buf, ' ', indent);
            column = indent;
        } else if (!first) {
            cli_buf_puts(buf, " ");
            column++;
        }
        cli_buf_add(buf, word.data, word.len);
        column += width;
    }
    cli_buf_puts(buf, "\n");
    cli_buf_release(&word);
}

void cli_buf_labelled(struct cli_buf *buf, const struct cli_terminal *terminal, unsigned indent,
    unsigned column, const char *label, const char *text)
{
    const unsigned used = indent + (unsigned)cli_width(label);
    cli_buf_fill(buf, ' ', indent);
    cli_buf_styled(buf, terminal, CLI_BOLD, label);
    cli_buf_fill(buf, ' ', used < column ? column - used : 1);
    cli_buf_wrap(buf, terminal, column, text);
}
