/* init.h: what the templates of `postvet init` share. */
#ifndef CLI_COMMANDS_INIT_H
#define CLI_COMMANDS_INIT_H

#include "../exit.h"

/* Writes a file that must not be there yet, and never touches one that is. What is wrong is said on
 * standard error; `advice` then says what to do about a file that is there. */
enum cli_exit cli_init_write(const char *path, const char *text, const char *advice);

/* Writes a file of configuration in the current directory. */
enum cli_exit cli_init_config(void);

/* Writes the file that has a code host check drafts: enum cli_ci. */
enum cli_exit cli_init_ci(int ci);

#endif
