/* words.h: how severities, counts and policies are put into words for people. */
#ifndef CLI_OUTPUT_WORDS_H
#define CLI_OUTPUT_WORDS_H

#include <postvet/postvet.h>

#include "terminal.h"

/* What a severity asks of the author, and its colour: "Stop", "Look again", "Tip". */
struct cli_severity_words {
    const char *word;
    enum cli_style style;
};

struct cli_severity_words cli_severity_words(postvet_severity severity);

/* "Stop", "Look again", "Not fully checked" or "Clear". */
const char *cli_verdict_word(postvet_verdict verdict);

/* Adds "1 draft" or "3 drafts": the plural is the noun and an s. */
void cli_buf_count(struct cli_buf *buf, size_t count, const char *noun);

/* Adds the sections on one line: "Blackpool CORP/POL/220 §3.5, §4.1; Hillingdon …". */
void cli_buf_citations(struct cli_buf *buf, const postvet_citation *citations, size_t count);

/* Adds the name of a Trust's profile as a person writes it: "james-paget" is "James Paget". */
void cli_buf_trust(struct cli_buf *buf, const char *trust);

#endif
