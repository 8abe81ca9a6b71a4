/* record.h: a draft as one line of JSON, for programs that hand postvet many:
 *     {"id": "post-17", "text": "…", "voice": "personal", "kind": "post", "markup": "markdown"}
 * "text" alone is needed; "id" is a string or an integer; other keys are passed over. Knows the
 * form of a record, not what its draft says. */
#ifndef CLI_INPUT_RECORD_H
#define CLI_INPUT_RECORD_H

#include "draft.h"

/* The bytes that a line may have: the longest draft, and room for the other keys. */
#define CLI_RECORD_MAX (POSTVET_TEXT_MAX + (size_t)1024 * 1024)

/* Reads a record into `draft`, which holds the voice and kind of a record that names none. Its
 * strings belong to the JSON returned, NULL where the line is none. A line that is wrong gives the
 * draft a status, a place and a problem, of which `problem` holds the words; never any of the
 * draft's. */
json_t *cli_record_read(
    const struct cli_buf *line, struct cli_draft *draft, struct cli_buf *problem);

#endif
