/* source.h: which drafts a run is about, one after the other: the words of the command line, a list
 * of files, or records on standard input. Nothing is gathered first, so that a run over any number
 * of drafts begins at once and needs no memory for their names. */
#ifndef CLI_INPUT_SOURCE_H
#define CLI_INPUT_SOURCE_H

#include "../options.h"
#include "input.h"
#include "lines.h"
#include "walk.h"

struct cli_source {
    const char **words; /* what is left of them */
    size_t word_count;
    const char *list_name;  /* --files-from, or NULL */
    struct cli_lines lines; /* of the list, or the records */
    bool has_lines, are_records;
    struct cli_buf line;
    struct cli_walk walk;
    const char *directory; /* that the walk goes through, or NULL; a word, or in `line` */
    size_t list_entries;
    size_t empty;            /* directories and lists that hold no draft */
    struct cli_list notices; /* sentences for the end of the run */
};

/* Starts. False after a sentence on standard error when the options and words do not go together,
 * or the list cannot be opened; to be closed all the same. */
bool cli_source_open(
    struct cli_source *source, const struct cli_options *options, const char **words, size_t count);

/* Whether cli_source_next() has an answer at once, without waiting for whoever feeds us. */
bool cli_source_ready(struct cli_source *source);

/* The next draft; false when there are no more. */
bool cli_source_next(struct cli_source *source, struct cli_input *input);

void cli_source_close(struct cli_source *source);

#endif
