/* files.h: files of configuration, read, with all that they extend. Each file is read once, however
 * many others extend it, and its errors are told once, on standard error. */
#ifndef CLI_CONFIG_FILES_H
#define CLI_CONFIG_FILES_H

#include <stdbool.h>

#include <postvet/postvet.h>

#include "table.h"

/* {0} is ready. */
struct cli_config_files {
    struct cli_table read; /* struct read_file, by the file's real path */
};

/* A file and what it extends, the base first. */
struct cli_chain {
    const postvet_config_file **files;
    size_t count;
};

/* Reads a file, and what it extends. False when something is wrong, which has been told. To be
 * released in any case; the files belong to `files`. */
bool cli_chain_read(struct cli_config_files *files, const char *path, struct cli_chain *chain);
void cli_chain_release(struct cli_chain *chain);

void cli_config_files_release(struct cli_config_files *files);

#endif
