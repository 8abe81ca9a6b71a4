/* check.c: drafts go from the source into the pool, and come out of it, in the same order, into the
 * report. Before it waits for whoever feeds it, the program prints all it knows, so that another
 * can talk with it a line at a time. */
#include <string.h>
#include <sys/stat.h>

#include <postvet/postvet.h>

#include "../baseline.h"
#include "../check/drafts.h"
#include "../check/pool.h"
#include "../clock.h"
#include "../command.h"
#include "../guard.h"
#include "../output/destination.h"
#include "../output/progress.h"
#include "../output/stream.h"
#include "../output/words.h"
#include "../today.h"

/* Seconds that a result waits at most to be written out, if others follow it. */
static const double patience = 0.2;

/* What one run works with. */
struct check {
    struct cli_run run;
    struct cli_drafts drafts;
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
        if (!cli_source_ready(&check->drafts.source)) {
            report_all(check);
            cli_print_finish();
        }
        while (!(blank = cli_pool_blank(check->pool)))
            report_job(check, cli_pool_next(check->pool, true));
        if (!cli_drafts_next(&check->drafts, &blank->input))
            break;
        cli_pool_submit(check->pool);
        while ((done = cli_pool_next(check->pool, false)))
            report_job(check, done);
    }
    report_all(check);
}

/* Nobody is to think that all was checked. */
static void tell_unchanged(struct check *check, const char *base)
{
    const size_t unchanged = check->report.summary.unchanged;
    bool is_fork;
    const size_t len = cli_changes_name_len(base, &is_fork);
    struct cli_buf text = { 0 };
    cli_progress_erase(&check->progress);
    cli_buf_count(&text, unchanged, "draft");
    if (!unchanged)
        cli_buf_clear(&text);
    else if (strcmp(base, "-") == 0)
        cli_buf_printf(&text, " %s not in the diff, and %s not checked",
            unchanged == 1 ? "is" : "are", unchanged == 1 ? "was" : "were");
    else
        cli_buf_printf(&text, " %s not changed since %s%.*s, and %s not checked",
            unchanged == 1 ? "has" : "have", is_fork ? "this branch left " : "", (int)len, base,
            unchanged == 1 ? "was" : "were");
    if (text.len)
        cli_complain("%s", text.data);
    cli_buf_release(&text);
}

/* Checks, where standard output is what it is to be. */
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
    check->drafts.progress = &check->progress;
    cli_guard_files(cli_destination_directory());
    cli_report_begin(&check->report);
    check_all(check);
    cli_report_end(&check->report);
    if (options->diff)
        tell_unchanged(check, options->diff);
    if (!cli_drafts_finish(&check->drafts) && !options->allow_empty)
        check->status = CLI_EXIT_ERROR;
    cli_pool_free(check->pool);
}

/* Whether a report would take the place of a draft that it is about; then after a sentence. */
static bool is_draft(const char *output, const char **words, size_t count)
{
    struct stat file, word;
    if (stat(output, &file) != 0 || !S_ISREG(file.st_mode))
        return false;
    for (size_t i = 0; i < count; i++)
        if (stat(words[i], &word) == 0 && word.st_dev == file.st_dev
            && word.st_ino == file.st_ino) {
            cli_complain("%s: is one of the drafts; the report needs a file of its own", output);
            return true;
        }
    return false;
}

/* Checks, with the report where --output wants it. */
static void run_to(
    struct check *check, const struct cli_options *options, const char **words, size_t count)
{
    if (!options->output) {
        run(check, options);
        return;
    }
    if (is_draft(options->output, words, count) || !cli_destination_open(options->output)) {
        check->status = CLI_EXIT_ERROR;
        return;
    }
    run(check, options);
    cli_print_finish();
    if (!cli_destination_close())
        check->status = CLI_EXIT_ERROR;
}

enum cli_exit cli_check(const struct cli_options *options, const char **words, size_t count)
{
    struct check check = { .status = CLI_EXIT_CLEAR, .run.layout.options = options };
    struct cli_baseline baseline = { 0 };
    struct cli_changes changes = { 0 };
    if (count == 0 && !cli_options_name_drafts(options)) {
        cli_help_short();
        return CLI_EXIT_ERROR;
    }
    if (options->baseline) {
        cli_baseline_begin(&baseline, options->baseline);
        check.run.baseline = &baseline;
    }
    if (cli_drafts_open(&check.drafts, options, words, count)
        && (!options->baseline || cli_baseline_read(&baseline))
        && (!options->diff || cli_changes_open(&changes, options))) {
        if (options->diff)
            check.run.changes = &changes;
        check.run.layout.ruleset = check.drafts.ruleset;
        run_to(&check, options, words, count);
    } else {
        check.status = CLI_EXIT_ERROR;
    }
    cli_drafts_close(&check.drafts);
    cli_baseline_close(&baseline);
    cli_changes_close(&changes);
    return check.status;
}
