/* check.c: drafts go from the source into the pool, and come out of it, in the same order, into the
 * report. Before it waits for whoever feeds it, the program prints all it knows, so that another
 * can talk with it a line at a time. */
#include <postvet/postvet.h>

#include "../allowlist.h"
#include "../check/pool.h"
#include "../clock.h"
#include "../command.h"
#include "../input/convert.h"
#include "../input/source.h"
#include "../output/progress.h"
#include "../output/stream.h"
#include "../ruleset.h"
#include "../today.h"

/* Seconds that a result waits at most to be written out, if others follow it. */
static const double patience = 0.2;

/* What one run works with. */
struct check {
    struct cli_run run;
    struct cli_source source;
    struct cli_pool *pool;
    struct cli_report report;
    struct cli_progress progress;
    double flushed; /* when standard output was written out last */
    enum cli_exit status;
};

static void report_job(struct check *check, struct cli_job *job)
{
    const double now = cli_seconds();
    check->status = cli_exit_graver(check->status, job->outcome.status);
    if (job->outcome.complaint.len) {
        cli_progress_erase(&check->progress);
        cli_complain("%s", job->outcome.complaint.data);
    }
    cli_report_add(&check->report, &job->outcome);
    if (now - check->flushed > patience) {
        cli_print_finish();
        check->flushed = now;
    }
    cli_progress_update(&check->progress, &check->report.summary, now);
}

/* Waits for all that is in the pool. */
static void report_all(struct check *check)
{
    struct cli_job *job;
    while ((job = cli_pool_next(check->pool, true)))
        report_job(check, job);
}

static void check_all(struct check *check)
{
    for (;;) {
        struct cli_job *blank, *done;
        if (!cli_source_ready(&check->source)) {
            report_all(check);
            cli_print_finish();
        }
        while (!(blank = cli_pool_blank(check->pool)))
            report_job(check, cli_pool_next(check->pool, true));
        if (!cli_source_next(&check->source, &blank->input))
            break;
        cli_pool_submit(check->pool);
        while ((done = cli_pool_next(check->pool, false)))
            report_job(check, done);
    }
    report_all(check);
}

/* What is to be said of the source when all is done. */
static void tell_notices(struct check *check, bool allow_empty)
{
    const struct cli_source *const source = &check->source;
    cli_progress_erase(&check->progress);
    for (size_t i = 0; i < source->notices.count; i++)
        cli_complain("%s", source->notices.items[i]);
    if (source->empty && !allow_empty)
        check->status = CLI_EXIT_ERROR;
}

static void run(struct check *check, const struct cli_options *options)
{
    check->run.format = cli_format_choose(options);
    check->run.layout.terminal = cli_terminal_look(options->color);
    check->run.today = cli_today();
    check->report =
        (struct cli_report){ .format = check->run.format, .layout = &check->run.layout };
    check->pool = cli_pool_new(&check->run, (size_t)options->jobs);
    check->flushed = cli_seconds();
    cli_progress_begin(&check->progress, options);
    cli_report_begin(&check->report);
    check_all(check);
    cli_report_end(&check->report);
    tell_notices(check, options->allow_empty);
    cli_pool_free(check->pool);
}

enum cli_exit cli_check(const struct cli_options *options, const char **words, size_t count)
{
    struct check check = { .status = CLI_EXIT_CLEAR, .run.layout.options = options };
    postvet_ruleset *ruleset = NULL;
    postvet_allowlist *allowlist = NULL;
    if (count == 0 && !cli_options_name_drafts(options)) {
        cli_help_short();
        return CLI_EXIT_ERROR;
    }
    if (cli_encoding_fits(options->encoding)
        && cli_source_open(&check.source, options, words, count))
        ruleset = cli_ruleset_make(options, NULL, 0);
    if (ruleset && options->allow_file)
        allowlist = cli_allowlist_make(options->allow_file, ruleset);
    check.run.layout.ruleset = ruleset;
    check.run.allowlist = allowlist;
    if (ruleset && (allowlist || !options->allow_file))
        run(&check, options);
    else
        check.status = CLI_EXIT_ERROR;
    cli_source_close(&check.source);
    postvet_allowlist_free(allowlist);
    postvet_ruleset_free(ruleset);
    return check.status;
}
