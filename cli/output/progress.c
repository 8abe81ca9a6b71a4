/* progress.c: the line is drawn over itself, and never before a run has lasted a second. */
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../clock.h"
#include "words.h"

static const double patience = 1.0, interval = 0.2; /* seconds */

/* Back to the start of the line, and clear it. */
#define ERASE "\r\x1B[K"

void cli_progress_begin(struct cli_progress *progress, const struct cli_options *options)
{
    const char *const term = getenv("TERM");
    *progress = (struct cli_progress){ .started = cli_seconds() };
    progress->is_on = !options->quiet && isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) != 1
                      && term && *term && strcmp(term, "dumb") != 0;
}

/* "1234 drafts, 56.7 MB: 3 Stop, 12 Look again", short enough for any terminal. */
static void draw(const struct cli_summary *summary)
{
    struct cli_buf line = { 0 };
    cli_buf_puts(&line, ERASE "postvet: ");
    cli_buf_count(&line, summary->documents, "draft");
    cli_buf_printf(&line, ", %.1f MB: %zu Stop, %zu Look again", (double)summary->bytes / 1e6,
        summary->verdicts[POSTVET_BLOCK], summary->verdicts[POSTVET_REVIEW]);
    fwrite(line.data, 1, line.len, stderr);
    cli_buf_release(&line);
}

void cli_progress_update(
    struct cli_progress *progress, const struct cli_summary *summary, double now)
{
    if (!progress->is_on || now - progress->started < patience || now - progress->drawn < interval)
        return;
    draw(summary);
    progress->drawn = now;
    progress->is_shown = true;
}

void cli_progress_erase(struct cli_progress *progress)
{
    if (progress->is_shown)
        fputs(ERASE, stderr);
    progress->is_shown = false;
}
