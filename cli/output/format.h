/* format.h: what a format is, and which there are. A new one is a file of its own, an enumerator
 * in options.h, and a row in format.c. */
#ifndef CLI_OUTPUT_FORMAT_H
#define CLI_OUTPUT_FORMAT_H

#include "report.h"

/* A report is begun, has each draft put in, in order, and is ended; what is due is added to
 * `report->out` and printed at once, so that a report needs no more memory than its largest draft.
 * A draft's own part is laid out before, apart from the others and by any thread. */
struct cli_format {
    const char *name;
    void (*begin)(struct cli_report *report);
    /* Adds a draft's own part, and looks at nothing but its arguments. */
    void (*document)(
        struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document);
    /* Adds what goes between those drafts that the report has and this one. */
    void (*join)(struct cli_report *report, const struct cli_outcome *outcome);
    void (*end)(struct cli_report *report);
    /* Like document(), but adds what must wait for the end: it is gathered in `report->aside`. */
    void (*aside)(
        struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document);
};

/* The format that the options ask for. */
const struct cli_format *cli_format_choose(const struct cli_options *options);

extern const struct cli_format cli_text_format, cli_json_format, cli_ndjson_format;
extern const struct cli_format cli_gcc_format, cli_github_format, cli_gitlab_format,
    cli_junit_format, cli_sarif_format, cli_html_format;

#endif
