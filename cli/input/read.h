/* read.h: the bytes of a draft. Knows files, not what a draft says. */
#ifndef CLI_INPUT_READ_H
#define CLI_INPUT_READ_H

#include "../memory.h"
#include "files.h"

enum cli_read_status {
    CLI_READ_OK,
    CLI_READ_FAILED,   /* missing, unreadable, or not a file */
    CLI_READ_TOO_LARGE /* over POSTVET_TEXT_MAX */
};

/* Reads a draft into `text`, which is emptied first. When that fails, `problem` says why, in words
 * that follow the draft's name: "could not be read: No such file or directory". */
enum cli_read_status cli_read(
    const struct cli_input *input, struct cli_buf *text, struct cli_buf *problem);

#endif
