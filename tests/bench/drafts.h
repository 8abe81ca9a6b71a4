/* drafts.h: the drafts of one measure. Knows where they come from: a file of drafts with a NUL byte
 * between them, or a folder of small files, which are read one by one each time they are asked for.
 * Knows nothing of what is done with them. */
#ifndef BENCH_DRAFTS_H
#define BENCH_DRAFTS_H

#include <stdbool.h>
#include <stddef.h>

struct draft {
    const char *text; /* NULL: in a file */
    size_t len;
    char *path; /* NULL: in memory */
};

struct drafts {
    struct draft *items;
    size_t count;
    char *text;   /* of the whole file */
    char *buffer; /* of the small file at hand */
};

/* Loads a file, or lists a folder and the folders in it. A draft of a file that is longer than
 * `cut` bytes becomes several (0: stays whole), each of whole characters. False after a word on
 * standard error. */
bool drafts_load(struct drafts *drafts, const char *path, size_t cut);
void drafts_release(struct drafts *drafts);

/* The text of a draft, until the next one is asked for. False after a word on standard error. */
bool drafts_read(struct drafts *drafts, size_t index, const char **text, size_t *len);

#endif
