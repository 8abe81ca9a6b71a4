/* location.h: where a file is, whatever path led there: its directory with no links, no "." and no
 * ".." in it. Knows nothing of what is in it. */
#ifndef CLI_INPUT_LOCATION_H
#define CLI_INPUT_LOCATION_H

#include "../memory.h"

/* Adds the absolute path of a file, which need not be there. A link stays one where it is the file
 * itself. */
void cli_buf_location(struct cli_buf *out, const char *path);

/* How many bytes of a path are its directory: "a" of "a/b", "/" of "/b"; 0 where none is given. */
size_t cli_directory_len(const char *path);

/* Adds the way from a directory to a file, both as cli_buf_location() has them: "posts/a.md",
 * "../a.md". */
void cli_buf_way(struct cli_buf *out, const char *directory, const char *location);

#endif
