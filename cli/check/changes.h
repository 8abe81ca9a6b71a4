/* changes.h: which lines of which drafts have changed, by git or by a diff that was handed in.
 * Every line that the diff puts into a draft is held against the draft itself: a diff of other
 * contents would point at other lines. */
#ifndef CLI_CHECK_CHANGES_H
#define CLI_CHECK_CHANGES_H

#include <postvet/postvet.h>

#include "../input/diff.h"
#include "../options.h"

enum cli_change {
    CLI_CHANGE_NONE,  /* the draft is as it was */
    CLI_CHANGE_LINES, /* those that the diff names */
    CLI_CHANGE_ALL,   /* git does not know it: all of it is new */
    CLI_CHANGE_UNKNOWN
};

struct cli_changes {
    struct cli_diff diff;
    struct located *files; /* of the diff, by where they are */
    size_t count;
    char *top;               /* of git's working tree; NULL for a diff that was handed in */
    struct cli_list tracked; /* files that git vouches for, from `top`, sorted */
};

/* How much of --diff's revision is its name: "main..." is where this branch left main, as git has
 * it. */
size_t cli_changes_name_len(const char *base, bool *is_fork);

/* Asks git, or reads standard input. False after a sentence on standard error. To be closed in any
 * case. */
bool cli_changes_open(struct cli_changes *changes, const struct cli_options *options);

/* What has become of the file of that path. With CLI_CHANGE_LINES *file is set; with
 * CLI_CHANGE_UNKNOWN `problem` says why, in words that follow the path. */
enum cli_change cli_changes_find(const struct cli_changes *changes, const char *path,
    const struct cli_diff_file **file, struct cli_buf *problem);

/* The lines of a draft that have changed, as the library counts lines: adds postvet_lines to `out`.
 * False, with `problem`, when the draft does not have them. */
bool cli_changes_map(const struct cli_changes *changes, const struct cli_diff_file *file,
    const char *text, size_t len, struct cli_buf *out, struct cli_buf *problem);

void cli_changes_close(struct cli_changes *changes);

#endif
