/* exit.c: the order of the exit statuses is not that of their numbers, so it is a table. */
#include "exit.h"

enum cli_exit cli_exit_graver(enum cli_exit a, enum cli_exit b)
{
    static const int gravity[] = {
        [CLI_EXIT_CLEAR] = 0,
        [CLI_EXIT_FINDINGS] = 1,
        [CLI_EXIT_INCOMPLETE] = 2,
        [CLI_EXIT_ERROR] = 3,
    };
    return gravity[a] >= gravity[b] ? a : b;
}
