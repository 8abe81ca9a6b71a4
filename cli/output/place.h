/* place.h: where a finding is, in the words of programs that read reports. */
#ifndef CLI_OUTPUT_PLACE_H
#define CLI_OUTPUT_PLACE_H

#include "report.h"

/* Whether a finding is about the draft as a whole; then its place is 1:1. */
bool cli_is_about_the_whole(const postvet_finding *finding);

/* Adds where it is, for people: "line 3", "lines 3 to 4", of a document "paragraph 12", or "the
 * draft as a whole". */
void cli_buf_where(
    struct cli_buf *where, const struct cli_draft *draft, const postvet_finding *finding);

/* The place in the file itself, for programs that look there: the start of it for a document, whose
 * lines are not those of its text; what they show must then hold cli_buf_where(). */
postvet_position cli_place_in_file(const struct cli_draft *draft, postvet_position place);

/* Adds what is wrong, with the place before it if that is in a document: "paragraph 12: This …". */
void cli_buf_message(
    struct cli_buf *message, const struct cli_draft *draft, const postvet_finding *finding);

/* Adds what people call a draft: its path, or the id or line of a record. */
void cli_buf_name(struct cli_buf *name, const struct cli_draft *draft);

/* Adds what stands for a draft's path: of a record its id or "line-17", of standard input without
 * a name "stdin"; a "./" before the rest is left out. It may be bytes that are not UTF-8. */
void cli_buf_path(struct cli_buf *buf, const struct cli_draft *draft);

/* Adds the same as a URI reference, percent-encoded: relative, or "file:///…" for an absolute
 * path. */
void cli_buf_uri(struct cli_buf *buf, const struct cli_draft *draft);

#endif
