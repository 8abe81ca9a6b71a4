/* find.h: which file of configuration is nearest to a draft. Knows names and directories, not what
 * is in a file. Each directory is looked into once. */
#ifndef CLI_CONFIG_FIND_H
#define CLI_CONFIG_FIND_H

#include "../memory.h"
#include "table.h"

/* What there is in a directory, or else in the nearest one above it that has any. */
struct cli_found {
    char *file;  /* absolute; NULL when there is none up to the root */
    char *other; /* a second one in the same directory: nobody can tell which one counts; or NULL */
};

/* {0} is ready. */
struct cli_finder {
    struct cli_table directories; /* struct cli_found, by absolute path */
    struct cli_table given;       /* char *: absolute paths of directories as they were given */
};

/* The absolute path of the directory that a draft is in, as far as there is one; of the current one
 * for NULL. The finder's. */
const char *cli_find_directory(struct cli_finder *finder, const char *draft);

/* What is nearest to a directory, an absolute path. The finder's. */
const struct cli_found *cli_find_nearest(struct cli_finder *finder, const char *directory);

/* The computer's configuration and the user's, by the XDG base directories. To be released. */
struct cli_found cli_find_system(void);
struct cli_found cli_find_user(void);
void cli_found_release(struct cli_found *found);

void cli_finder_release(struct cli_finder *finder);

/* A path as people know it: without the current directory before it. */
const char *cli_path_shown(const char *path);

#endif
