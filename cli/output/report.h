/* report.h: what a format is: three calls, with each draft reported as soon as it is checked, so
 * that a whole archive needs no more memory than its largest draft. */
#ifndef CLI_OUTPUT_REPORT_H
#define CLI_OUTPUT_REPORT_H

#include <postvet/postvet.h>

#include "terminal.h"

/* One draft and what became of it. */
struct cli_document {
    const char *path; /* "-" for standard input without a name */
    const char *text;
    size_t len;
    const char *converted_from;   /* what it was written in, if not UTF-8; places are in `text` */
    const postvet_result *result; /* NULL when the draft was not checked */
    const char *problem;          /* then why not, in words that follow "It": "could not be …" */
};

struct cli_summary {
    size_t documents;
    size_t verdicts[POSTVET_BLOCK + 1]; /* by postvet_verdict */
    size_t incomplete;                  /* not fully checked, whatever the verdict */
    size_t findings[POSTVET_ERROR + 1]; /* by postvet_severity */
};

/* What is being printed. */
struct cli_report {
    const struct cli_options *options;
    const postvet_ruleset *ruleset;
    struct cli_terminal terminal;
    bool spaced; /* text: the last line printed was blank */
    struct cli_summary summary;
    struct cli_buf out;
};

struct cli_reporter {
    void (*begin)(struct cli_report *report);
    void (*document)(struct cli_report *report, const struct cli_document *document);
    void (*end)(struct cli_report *report);
};

extern const struct cli_reporter cli_text_reporter, cli_json_reporter;

/* The verdict on a draft: incomplete when it was not checked at all. */
postvet_verdict cli_document_verdict(const struct cli_document *document);
bool cli_document_complete(const struct cli_document *document);

/* Counts a draft in. */
void cli_summary_add(struct cli_summary *summary, const struct cli_document *document);

#endif
