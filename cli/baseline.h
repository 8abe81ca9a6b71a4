/* baseline.h: a baseline file, and what it calls the drafts. */
#ifndef CLI_BASELINE_H
#define CLI_BASELINE_H

#include <stdbool.h>

#include <postvet/postvet.h>

#include "memory.h"

/* Where a baseline is when no option says so. */
#define CLI_BASELINE_USUAL ".postvet-baseline"

/* {0} is none. */
struct cli_baseline {
    const char *path;       /* as given */
    char *directory;        /* that paths in it are relative to */
    postvet_baseline *list; /* NULL when it is not made yet */
    struct cli_buf text;    /* of the file */
};

/* A baseline that is to be at that path. */
void cli_baseline_begin(struct cli_baseline *baseline, const char *path);

/* Reads it. False after a sentence on standard error for each error in it, as FILE:LINE:COLUMN:
 * SENTENCE. */
bool cli_baseline_read(struct cli_baseline *baseline);

/* Adds what a baseline calls a draft. */
void cli_baseline_name(
    const struct cli_baseline *baseline, const char *draft_path, struct cli_buf *out);

void cli_baseline_close(struct cli_baseline *baseline);

#endif
