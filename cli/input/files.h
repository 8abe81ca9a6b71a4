/* files.h: which drafts are meant. Knows paths and directories, not what is in a file. */
#ifndef CLI_INPUT_FILES_H
#define CLI_INPUT_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* One draft to check. */
struct cli_input {
    char *path;
    bool is_stdin;
    char *problem; /* why a directory could not be read, as cli_read() says it; or NULL */
};

/* {0} is an empty list. */
struct cli_inputs {
    struct cli_input *items;
    size_t count, capacity;
    size_t empty_directories; /* directories named that hold no draft; each was complained of */
};

/* Adds the drafts that a word of the command line means: standard input for "-"; for a directory
 * every file in it, however deep, that is named like a draft, in sorted order; else the file
 * itself, whatever its name. Names that begin with a dot are left out of directories. Links are
 * followed, but no directory is entered twice. */
void cli_inputs_add(struct cli_inputs *inputs, const char *word);

void cli_inputs_release(struct cli_inputs *inputs);

#endif
