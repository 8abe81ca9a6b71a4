/* read.h: the bytes of a file or of standard input. Knows files, not what is in them. */
#ifndef CLI_INPUT_READ_H
#define CLI_INPUT_READ_H

#include "input.h"

/* Reads an input that is no record, and has no more than `most` bytes, into `text`, which is
 * emptied first. When that fails, `problem` says why, in words that follow the name: "could not be
 * read: No such file or directory". */
enum cli_read_status cli_read(
    const struct cli_input *input, size_t most, struct cli_buf *text, struct cli_buf *problem);

#endif
