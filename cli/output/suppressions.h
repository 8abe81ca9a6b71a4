/* suppressions.h: what the report for people says of what is not in it: what an author has set
 * aside, and what --diff leaves out. */
#ifndef CLI_OUTPUT_SUPPRESSIONS_H
#define CLI_OUTPUT_SUPPRESSIONS_H

#include "report.h"

/* Whether there is anything to say. */
bool cli_has_suppressions(const struct cli_document *document);

/* Adds how much is set aside, with --report-suppressed each with its reason, and the notices. */
void cli_buf_suppressions(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document);

#endif
