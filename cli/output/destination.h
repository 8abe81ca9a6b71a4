/* destination.h: where a report goes that --output names a file for. It is standard output all the
 * same, so nobody who prints need know; the file is there in whole or not at all, and what it held
 * before stays until then. */
#ifndef CLI_OUTPUT_DESTINATION_H
#define CLI_OUTPUT_DESTINATION_H

#include <stdbool.h>

/* Makes standard output a new file beside `path`, or `path` itself where it is a device or a pipe.
 * False after a sentence on standard error. */
bool cli_destination_open(const char *path);

/* Gives what was printed its name, after cli_print_finish(). False after a sentence on standard
 * error; then nothing is left of it. */
bool cli_destination_close(void);

/* Removes what was printed so far, if it has no name yet: for whoever must end the program. Can be
 * called by a signal handler. */
void cli_destination_discard(void);

/* What to call it in a sentence: "standard output" or the path. */
const char *cli_destination_name(void);

/* The directory in which a file is still to be renamed; NULL when there is none. */
const char *cli_destination_directory(void);

#endif
