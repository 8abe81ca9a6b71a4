/* save.h: a file that is there in whole or not at all. */
#ifndef CLI_OUTPUT_SAVE_H
#define CLI_OUTPUT_SAVE_H

#include <stdbool.h>
#include <sys/types.h>

#include "../memory.h"

/* Makes a file beside `path`, for its owner alone, and adds its name to `name`. What it holds can
 * then take the name `path` in one step. The descriptor, or -1 with errno set. */
int cli_make_beside(const char *path, struct cli_buf *name);

/* The permissions that a new file gets. */
mode_t cli_new_mode(void);

/* Writes a new file; false after a sentence on standard error, also when there is one already:
 * then it ends with `advice`. */
bool cli_save_new(const char *path, const struct cli_buf *bytes, const char *advice);

/* Writes a file in the place of one that is there, whose permissions it gets. A link stays, and
 * what it leads to is replaced. False after a sentence on standard error; the file is then as it
 * was. */
bool cli_save_over(const char *path, const struct cli_buf *bytes);

#endif
