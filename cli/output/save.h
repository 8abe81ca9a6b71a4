/* save.h: a file that is there in whole or not at all. */
#ifndef CLI_OUTPUT_SAVE_H
#define CLI_OUTPUT_SAVE_H

#include <stdbool.h>

#include "../memory.h"

/* Writes a new file; false after a sentence on standard error, also when there is one already:
 * then it ends with `advice`. */
bool cli_save_new(const char *path, const struct cli_buf *bytes, const char *advice);

/* Writes a file in the place of one that is there, whose permissions it gets. A link stays, and
 * what it leads to is replaced. False after a sentence on standard error; the file is then as it
 * was. */
bool cli_save_over(const char *path, const struct cli_buf *bytes);

#endif
