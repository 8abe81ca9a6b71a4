/* tally.h: what a draft's result says to a baseline, in a line each, as a format that is read and
 * not printed. So drafts are examined for a baseline exactly as they are for a report.
 *
 *     found RULE SEVERITY COUNT FINGERPRINT    findings that stand and may be accepted
 *     locked RULE                              one that never may
 *     used LINE                                one that the baseline accepts, there
 *     stale LINE                               that entry accepts more than there is
 *     never LINE                               that entry cannot hold
 *     incomplete REASON                        not all of the draft was checked
 */
#ifndef CLI_CHECK_TALLY_H
#define CLI_CHECK_TALLY_H

#include "../output/format.h"

extern const struct cli_format cli_tally_format;

/* One line of a tally. */
struct cli_tally_line {
    char *word;  /* the first word of the line */
    char *rest;  /* what follows it */
    size_t line; /* of an entry; else 0 */
};

/* Takes the next line from *at on, which moves behind it; false at the end. The text is parted by
 * NUL bytes on the way. */
bool cli_tally_next(char **at, struct cli_tally_line *out);

/* Reads a "found" line; its strings are of the line, its path is not set. */
postvet_baseline_entry cli_tally_entry(const struct cli_tally_line *line);

#endif
