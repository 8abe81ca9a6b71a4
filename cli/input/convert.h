/* convert.h: a draft in UTF-8, whatever it was written in. Knows encodings, not what a draft says.
 */
#ifndef CLI_INPUT_CONVERT_H
#define CLI_INPUT_CONVERT_H

#include <stdbool.h>

#include "../memory.h"

/* Whether a draft can be read in this encoding, or NULL; false after a sentence on standard error.
 */
bool cli_encoding_fits(const char *encoding);

/* Converts a draft to UTF-8 in place. A byte order mark says what it is in; without one `encoding`
 * does, and NULL is UTF-8. What cannot be decoded becomes the byte 0xFF, which no UTF-8 text holds:
 * the library then reads U+FFFD there, and says that the draft was not fully checked, and where.
 * Returns the name of the encoding it was in, or NULL where it was UTF-8 and is as it was. */
const char *cli_convert(struct cli_buf *text, const char *encoding);

/* Whether the bytes begin with a byte order mark. */
bool cli_has_bom(const struct cli_buf *text);

#endif
