/* stream.h: the two streams. Results go to standard output alone, everything else to standard
 * error. A result that cannot be written is an error, never a silence. */
#ifndef CLI_OUTPUT_STREAM_H
#define CLI_OUTPUT_STREAM_H

#include <postvet/postvet.h>

#include "../exit.h"
#include "../memory.h"

/* Writes the buffer to standard output and empties it. Ends the program when that fails: with a
 * sentence, or quietly when the reader has gone away. */
void cli_print(struct cli_buf *buf);

/* Writes out what is still waiting; call it last. */
void cli_print_finish(void);

/* One sentence on standard error, after "postvet: ". Text is shown with controls escaped. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 1, 2)))
#endif
void cli_complain(const char *format, ...);

/* The library's report of a mistake in a file, as such a sentence; `user` is not looked at. */
void cli_complain_error(const postvet_error *error, void *user);

#endif
