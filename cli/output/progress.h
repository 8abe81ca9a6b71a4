/* progress.h: one line on standard error that tells whoever waits how far a long run is. Only for
 * a person: standard error is a terminal, and results do not pass over the same screen. */
#ifndef CLI_OUTPUT_PROGRESS_H
#define CLI_OUTPUT_PROGRESS_H

#include <stdbool.h>

#include "report.h"

struct cli_progress {
    bool is_on, is_shown;
    double started, drawn;
};

/* Looks whether there is anybody to tell. */
void cli_progress_begin(struct cli_progress *progress, const struct cli_options *options);

/* Draws the line anew, if it is time to; `now` is what cli_seconds() says. */
void cli_progress_update(
    struct cli_progress *progress, const struct cli_summary *summary, double now);

/* Takes the line away: before anything else goes to standard error, and at the end. */
void cli_progress_erase(struct cli_progress *progress);

#endif
