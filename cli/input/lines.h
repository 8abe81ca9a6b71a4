/* lines.h: a stream of lines, or of any pieces that end with one certain byte, in bounded memory.
 * Knows nothing of what is in them. */
#ifndef CLI_INPUT_LINES_H
#define CLI_INPUT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "../memory.h"

/* {0}, then cli_lines_open(). */
struct cli_lines {
    int fd;
    char end;       /* what ends a line */
    size_t longest; /* the bytes that a line may have */
    size_t number;  /* of the line read last, from 1 */
    struct cli_buf buf;
    size_t at;        /* where in `buf` the next line begins */
    size_t searched;  /* up to where no `end` stands */
    bool has_ended;   /* there is nothing more to read */
    bool is_skipping; /* a line that was too long: its rest is thrown away */
};

enum cli_line {
    CLI_LINE,
    CLI_LINE_TOO_LONG, /* it is passed over; the lines behind it can be read */
    CLI_LINE_NONE,     /* the stream has ended */
    CLI_LINE_FAILED    /* it cannot be read any further; errno says why */
};

/* Opens a file, or standard input for "-". False, with errno set, when it cannot be opened. */
bool cli_lines_open(struct cli_lines *lines, const char *path, char end, size_t longest);

/* Whether cli_lines_next() has an answer at once: it may be read without waiting for anybody. */
bool cli_lines_ready(struct cli_lines *lines);

/* Reads a line, without the byte that ends it, into `line`, which is emptied first. */
enum cli_line cli_lines_next(struct cli_lines *lines, struct cli_buf *line);

void cli_lines_close(struct cli_lines *lines);

#endif
