/* diff.h: a unified diff, as git, diff -u and others write it: which lines of which files it puts
 * there. Knows its grammar; reads no file. */
#ifndef CLI_INPUT_DIFF_H
#define CLI_INPUT_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "../memory.h"

/* A line of the new side, without its newline. */
struct cli_diff_line {
    size_t number;  /* from 1; a newline alone ends a line */
    size_t at, len; /* in the diff's text */
    bool is_added;  /* it was not there before, or was another */
};

struct cli_diff_file {
    char *path; /* of the new side, without the a/ and b/ that git puts before paths */
    char *full; /* the same with what the diff has before it; NULL when that is nothing */
    bool is_deleted, is_binary;
    struct cli_diff_line *lines; /* ascending */
    size_t count, capacity;
};

/* {0} is empty. */
struct cli_diff {
    struct cli_buf text;
    struct cli_diff_file *files;
    size_t count, capacity;
};

/* Reads what stands in `text`. False, with the reason and its line in `problem`, when it is not a
 * diff whose lines can be told: "line 7: …". */
bool cli_diff_read(struct cli_diff *diff, struct cli_buf *problem);

void cli_diff_release(struct cli_diff *diff);

#endif
