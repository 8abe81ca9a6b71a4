/* encode.h: the way back from UTF-8, for copies of drafts that were written in something else. */
#ifndef CLI_OUTPUT_ENCODE_H
#define CLI_OUTPUT_ENCODE_H

#include <stdbool.h>

#include "../memory.h"

/* Converts text to `encoding`, with a byte order mark before it if `with_bom`. False when something
 * in it has no place there, or is not UTF-8. */
bool cli_encode(struct cli_buf *text, const char *encoding, bool with_bom);

#endif
