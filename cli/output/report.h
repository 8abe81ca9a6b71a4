/* report.h: what is reported: a draft and its result, and the sum of all of them. */
#ifndef CLI_OUTPUT_REPORT_H
#define CLI_OUTPUT_REPORT_H

#include <postvet/postvet.h>

#include "../exit.h"
#include "../input/draft.h"
#include "terminal.h"

/* What every part of a report is laid out by. Constant, and shared by all threads. */
struct cli_layout {
    const struct cli_options *options;
    const postvet_ruleset *ruleset;
    struct cli_terminal terminal;
};

/* One draft and what became of it. */
struct cli_document {
    const struct cli_draft *draft;
    const postvet_result *result; /* NULL when the draft was not checked */
    const char *problem;          /* then why not, in words that follow "It": "could not be …" */
};

/* What stays of a draft when it is reported: its own part of the report, and what is counted. {0}
 * is empty; one may be filled again and again. */
struct cli_outcome {
    struct cli_buf out;
    struct cli_buf aside;     /* its part of the end of the report */
    struct cli_buf complaint; /* for standard error; empty when there is none */
    postvet_verdict verdict;
    bool complete;
    bool has_suppressions;              /* or notices about them */
    bool is_unchanged;                  /* with --diff: it was not checked, and says nothing else */
    size_t findings[POSTVET_ERROR + 1]; /* by postvet_severity */
    size_t bytes;                       /* of the draft */
    enum cli_exit status;               /* what it makes of the whole run */
};

/* Empties one, for the next draft; frees one. */
void cli_outcome_clear(struct cli_outcome *outcome);
void cli_outcome_release(struct cli_outcome *outcome);

struct cli_summary {
    size_t documents;
    size_t unchanged; /* with --diff: drafts that were not checked, beside those */
    size_t verdicts[POSTVET_BLOCK + 1]; /* by postvet_verdict */
    size_t incomplete;                  /* not fully checked, whatever the verdict */
    size_t findings[POSTVET_ERROR + 1]; /* by postvet_severity */
    size_t bytes;
};

/* A report that is being printed. One thread's. */
struct cli_report {
    const struct cli_format *format;
    const struct cli_layout *layout;
    struct cli_summary summary; /* of the drafts in it */
    bool spaced;                /* text: the last line printed was blank */
    bool has_items;             /* formats that list items: one was printed */
    struct cli_buf aside;       /* what drafts have to say at the end */
    struct cli_buf out;         /* to be printed next */
};

/* The verdict on a draft: incomplete when it was not checked at all. */
postvet_verdict cli_document_verdict(const struct cli_document *document);
bool cli_document_complete(const struct cli_document *document);

/* How many findings there are: none when the draft was not checked. */
size_t cli_document_finding_count(const struct cli_document *document);

/* Why a draft is not complete: how many sentences, none when it is; and adds one of them. */
size_t cli_document_reason_count(const struct cli_document *document);
void cli_buf_reason(struct cli_buf *buf, const struct cli_document *document, size_t index);

/* Prints the beginning of a report. */
void cli_report_begin(struct cli_report *report);

/* Prints a draft's part, which is emptied, and counts it in. */
void cli_report_add(struct cli_report *report, struct cli_outcome *outcome);

/* Prints the end, and lets the report go. */
void cli_report_end(struct cli_report *report);

#endif
