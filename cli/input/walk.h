/* walk.h: the drafts in a directory, however deep, one after the other. Knows names and links, not
 * what is in a file. */
#ifndef CLI_INPUT_WALK_H
#define CLI_INPUT_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "input.h"

/* The endings that a draft has in a directory, for sentences. */
#define CLI_DRAFT_ENDINGS ".md .markdown .html .htm .txt .docx .odt .eml"

/* A walk under way; {0} is none. */
struct cli_walk {
    struct cli_walk_entry *stack; /* what is still to be looked at, the next on top */
    size_t count, capacity;
    struct cli_walk_set *entered; /* the directories entered */
    size_t drafts;                /* handed out, with those directories that could not be read */
    size_t other_documents;       /* .doc, .pdf and their like, which may be drafts all the same */
};

/* Starts a walk through a directory. A file in it is a draft when it has the ending of one, in any
 * case. Names that begin with a dot are left out. Links are followed, but no directory is entered
 * twice. */
void cli_walk_begin(struct cli_walk *walk, const char *directory);

/* The next draft, in sorted order; or a directory that cannot be read, as an input that says so.
 * False at the end. */
bool cli_walk_next(struct cli_walk *walk, struct cli_input *input);

/* Ends the walk, early or not; its counts stay. */
void cli_walk_end(struct cli_walk *walk);

#endif
