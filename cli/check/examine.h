/* examine.h: from an input to its part of the report: the one place where a draft becomes a result.
 * Knows drafts, rules and formats; prints nothing. */
#ifndef CLI_CHECK_EXAMINE_H
#define CLI_CHECK_EXAMINE_H

#include <stdint.h>

#include "../baseline.h"
#include "../input/load.h"
#include "../output/format.h"
#include "changes.h"

/* What a run checks by, whatever applies to a draft. Constant, and shared by all threads. */
struct cli_run {
    const struct cli_format *format;
    struct cli_layout layout;            /* with the options and ruleset of the first draft */
    uint32_t today;                      /* as postvet_scan_options has it */
    const struct cli_baseline *baseline; /* of --baseline, or NULL */
    bool fingerprints;                   /* findings are to have one */
    const struct cli_changes *changes;   /* of --diff, or NULL */
};

/* What one thread works with. */
struct cli_examiner {
    const struct cli_run *run;
    postvet_scanner **scanners; /* by cli_settings.index; NULL: not needed yet */
    size_t scanner_count;
    struct cli_loader loader;
};

void cli_examiner_open(struct cli_examiner *examiner, const struct cli_run *run);

/* Checks a draft, whose settings are known, and fills `outcome`, which must be empty; of one that
 * is as it was, only that it is. A draft that could not be read or scanned has an outcome like any
 * other, and is not complete. */
void cli_examine(
    struct cli_examiner *examiner, struct cli_input *input, struct cli_outcome *outcome);

void cli_examiner_close(struct cli_examiner *examiner);

#endif
