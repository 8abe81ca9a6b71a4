/* git.h: asks git. Knows how it is started, by words and never by a shell, and nothing of what it
 * answers. */
#ifndef CLI_INPUT_GIT_H
#define CLI_INPUT_GIT_H

#include <stdbool.h>

#include "../memory.h"

/* Runs git with words, the last of which is NULL, in a directory (NULL: here), and adds what it
 * prints to `out`. False when it cannot be started or fails; `problem` then says why, in words that
 * follow "git ". */
bool cli_git(
    const char *directory, const char *const *words, struct cli_buf *out, struct cli_buf *problem);

#endif
