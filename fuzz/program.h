/* program.h: what the harnesses of the program's own parts share: a small rule pack, so that not
 * the rules take the time, with words in it that no format must take for its own; and standard
 * input and output that are files which nobody else sees. */
#ifndef FUZZ_PROGRAM_H
#define FUZZ_PROGRAM_H

#include <postvet/postvet.h>

#include "check/examine.h"
#include "config/settings.h"
#include "fuzz.h"

/* Makes standard input and output such files, and memory of jansson that is wiped, as the program
 * has it. Call it once. */
void fuzz_program_begin(void);

/* The pack, made when it is first asked for: "plum" (warning) and "pear" (note) may be suppressed,
 * a valid NHS number (error) may not. */
postvet_ruleset *fuzz_program_ruleset(void);

/* What a draft is checked by, with these options. */
struct cli_settings fuzz_program_settings(const struct cli_options *options);

/* Puts bytes into standard input, to be read from the start. */
void fuzz_program_feed(const void *data, size_t len);

/* Takes all that was printed, with a NUL behind it, and empties standard output; to be freed. */
char *fuzz_program_take(size_t *len);

#endif
