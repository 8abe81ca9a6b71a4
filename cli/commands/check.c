/* check.c: drafts go from the source into the pool, and come out of it, in the same order, into the
 * report. Before it waits for whoever feeds it, the program prints all it knows, so that another
 * can talk with it a line at a time. */
#include <string.h>
#include <sys/stat.h>

#include <postvet/postvet.h>

#include "../check/pool.h"
#include "../clock.h"
#include "../command.h"
#include "../config/settings.h"
#include "../input/convert.h"
#include "../input/source.h"
#include "../output/progress.h"
#include "../output/stream.h"
#include "../today.h"

/* Seconds that a result waits at most to be written out, if others follow it. */
static const double patience = 0.2;

/* What one run works with. */
struct check {
    struct cli_run run;
    struct cli_configs configs;
    struct cli_source source;
    size_t excluded; /* drafts in directories that configurations leave out */
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

/* What is known of a draft by its name: what applies to it, and whether it is to be left out. */
static bool settle(struct check *check, struct cli_input *input)
{
    const bool is_walked = check->source.directory != NULL;
    const char *const path = input->kind == CLI_INPUT_FILE ? input->bytes.data
                             : input->kind == CLI_INPUT_STDIN
                                 ? check->configs.options->stdin_filename
                                 : NULL;
    input->settings = cli_configs_for(&check->configs, path);
    if (!input->settings->ruleset && input->status == CLI_READ_OK) {
        input->status = CLI_READ_FAILED;
        cli_buf_puts(&input->problem, "was not checked: there are errors in its configuration");
    }
    if (!input->settings->ruleset || postvet_config_setting_count(input->settings->config) == 0)
        return true;
    cli_configs_path(&check->configs, path, &input->path);
    const postvet_setting *const why =
        postvet_config_excludes(input->settings->config, input->path.data);
    if (why && !is_walked && path) {
        cli_progress_erase(&check->progress);
        cli_complain("%s: is excluded by %s:%zu:%zu, but was named, so it is checked", path,
            why->file, why->line, why->column);
    }
    check->excluded += why && is_walked;
    return !why || !is_walked;
}

/* The next draft that is not to be left out. */
static bool next(struct check *check, struct cli_input *input)
{
    while (cli_source_next(&check->source, input))
        if (settle(check, input))
            return true;
    return false;
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
        if (!next(check, &blank->input))
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
    if (check->excluded)
        cli_complain("%zu draft%s left out, as the configuration says; `postvet config show` tells "
                     "where",
            check->excluded, check->excluded == 1 ? " was" : "s were");
    if ((source->empty || (check->excluded && check->report.summary.documents == 0))
        && !allow_empty)
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

/* What applies to the first draft, as far as it can be known beforehand: the report as a whole is
 * laid out by it. */
static const struct cli_settings *first_settings(
    struct check *check, const struct cli_options *options, const char **words, size_t count)
{
    struct cli_buf path = { 0 };
    struct stat info;
    if (count == 0 || strcmp(words[0], "-") == 0)
        return cli_configs_for(&check->configs, options->stdin_filename);
    cli_buf_puts(&path, words[0]);
    if (stat(words[0], &info) == 0 && S_ISDIR(info.st_mode))
        cli_buf_puts(&path, "/-");
    const struct cli_settings *const settings = cli_configs_for(&check->configs, path.data);
    cli_buf_release(&path);
    return settings;
}

enum cli_exit cli_check(const struct cli_options *options, const char **words, size_t count)
{
    struct check check = { .status = CLI_EXIT_CLEAR, .run.layout.options = options };
    if (count == 0 && !cli_options_name_drafts(options)) {
        cli_help_short();
        return CLI_EXIT_ERROR;
    }
    const bool fine = cli_encoding_fits(options->encoding)
                      && cli_source_open(&check.source, options, words, count)
                      && cli_configs_open(&check.configs, options);
    if (fine)
        check.run.layout.ruleset = first_settings(&check, options, words, count)->ruleset;
    if (check.run.layout.ruleset)
        run(&check, options);
    else
        check.status = CLI_EXIT_ERROR;
    cli_source_close(&check.source);
    cli_configs_close(&check.configs);
    return check.status;
}
