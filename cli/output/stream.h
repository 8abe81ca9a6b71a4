/* stream.h: the two streams. Results go to standard output alone, everything else to standard
 * error. A result that cannot be written is an error, never a silence. */
#ifndef CLI_OUTPUT_STREAM_H
#define CLI_OUTPUT_STREAM_H

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

#endif
