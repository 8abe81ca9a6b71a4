/* draft.h: one draft in hand, wherever it came from. */
#ifndef CLI_INPUT_DRAFT_H
#define CLI_INPUT_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>
#include <postvet/document.h>
#include <postvet/postvet.h>

#include "input.h"

/* Its strings belong to the loader and the input that it was made from. */
struct cli_draft {
    const char *path;      /* how reports name it: "-" for standard input without a name */
    const char *file_name; /* whose ending tells the markup; NULL when there is none */
    bool is_record;
    json_t *id; /* of a record: a string, an integer, or NULL when it has none */
    postvet_voice voice;
    postvet_kind kind;
    postvet_markup markup;
    const char *text; /* in UTF-8; NULL when `status` is not OK */
    size_t len;
    const char *shown; /* as long as `text`, and what people see of it: of a document its words
                          alone, each line by itself, and line ends in the place of all else */
    const char *converted_from; /* what it was written in, if not UTF-8; places are in `text` */
    const postvet_document *document; /* what it was made text of, or NULL; see reader.h */
    enum cli_read_status status;
    const char *problem; /* why it cannot be checked, in words that follow "It": "could not be …" */
    size_t line, column; /* of a record with a problem: where, from 1; the column may be 0 */
};

#endif
