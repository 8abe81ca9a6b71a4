/* check.c: the drafts named are read, scanned and reported one after the other. A draft that could
 * not be read or scanned is reported like the others, as not fully checked, so that no draft is
 * ever missing from a report without a word. */
#include <stdint.h>
#include <string.h>

#include <postvet/postvet.h>

#include "../command.h"
#include "../input/convert.h"
#include "../input/files.h"
#include "../input/read.h"
#include "../output/report.h"
#include "../output/stream.h"
#include "../ruleset.h"
#include "../today.h"

/* What one run works with. */
struct check {
    const struct cli_options *options;
    const struct cli_reporter *reporter;
    struct cli_report report;
    postvet_scanner *scanner;
    uint32_t today;
    struct cli_buf text, problem;
    enum cli_exit status;
};

static enum cli_exit status_of(
    const struct cli_options *options, const struct cli_document *document)
{
    if (!cli_document_complete(document))
        return CLI_EXIT_INCOMPLETE;
    for (size_t i = 0; i < postvet_result_count(document->result); i++)
        if ((int)postvet_result_at(document->result, i)->severity >= options->fail_on)
            return options->exit_zero ? CLI_EXIT_CLEAR : CLI_EXIT_FINDINGS;
    return CLI_EXIT_CLEAR;
}

static void report_document(struct check *check, const struct cli_document *document)
{
    check->status = cli_exit_graver(check->status, status_of(check->options, document));
    cli_summary_add(&check->report.summary, document);
    check->reporter->document(&check->report, document);
    cli_print(&check->report.out);
}

static postvet_result *scan(struct check *check, const char *file_name, postvet_error *error)
{
    postvet_result *result = NULL;
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    options.voice = (postvet_voice)check->options->voice;
    options.kind = (postvet_kind)check->options->kind;
    options.file_name = file_name;
    options.today = check->today;
    options.show_matches = check->options->show_matches;
    const char *const text = check->text.data ? check->text.data : "";
    if (postvet_scan(check->scanner, text, check->text.len, &options, &result, error) != POSTVET_OK)
        return NULL;
    return result;
}

static void check_input(struct check *check, const struct cli_input *input)
{
    const char *const stdin_name = check->options->stdin_filename;
    const char *const file_name = input->is_stdin ? stdin_name : input->path;
    struct cli_document document = { .path = file_name ? file_name : "-" };
    const enum cli_read_status read = cli_read(input, &check->text, &check->problem);
    postvet_result *result = NULL;
    postvet_error error = { 0 };
    if (read == CLI_READ_FAILED)
        check->status = cli_exit_graver(check->status, CLI_EXIT_ERROR);
    if (read == CLI_READ_OK) {
        document.converted_from = cli_convert(&check->text, check->options->encoding);
        result = scan(check, file_name, &error);
        if (!result)
            cli_buf_printf(&check->problem, "could not be checked: %s", error.message);
    }
    if (result) {
        document.text = check->text.data ? check->text.data : "";
        document.len = check->text.len;
        document.result = result;
    } else {
        document.problem = check->problem.data;
        cli_complain("%s: %s", input->is_stdin && !file_name ? "standard input" : document.path,
            document.problem);
    }
    report_document(check, &document);
    postvet_result_free(result);
}

/* Standard input can be read but once. */
static bool reads_stdin_twice(const struct cli_inputs *inputs)
{
    size_t count = 0;
    for (size_t i = 0; i < inputs->count; i++)
        count += inputs->items[i].is_stdin;
    return count > 1;
}

static enum cli_exit check_inputs(const struct cli_options *options, const postvet_ruleset *ruleset,
    const struct cli_inputs *inputs)
{
    struct check check = { .options = options, .today = cli_today() };
    postvet_error error = { 0 };
    if (postvet_scanner_new(ruleset, &check.scanner, &error) != POSTVET_OK) {
        cli_complain("%s", error.message);
        return CLI_EXIT_ERROR;
    }
    check.reporter = options->format == CLI_FORMAT_JSON ? &cli_json_reporter : &cli_text_reporter;
    check.report = (struct cli_report){
        .options = options, .ruleset = ruleset, .terminal = cli_terminal_look(options->color)
    };
    check.reporter->begin(&check.report);
    for (size_t i = 0; i < inputs->count; i++)
        check_input(&check, &inputs->items[i]);
    check.reporter->end(&check.report);
    cli_print(&check.report.out);
    postvet_scanner_free(check.scanner);
    cli_buf_release(&check.report.out);
    cli_buf_release(&check.problem);
    cli_buf_release(&check.text);
    return check.status;
}

enum cli_exit cli_check(const struct cli_options *options, const char **words, size_t count)
{
    enum cli_exit status = CLI_EXIT_ERROR;
    struct cli_inputs inputs = { 0 };
    postvet_ruleset *ruleset = NULL;
    if (count == 0) {
        cli_help_short();
        return CLI_EXIT_ERROR;
    }
    if (cli_encoding_fits(options->encoding))
        ruleset = cli_ruleset_make(options, NULL, 0);
    if (!ruleset)
        return CLI_EXIT_ERROR;
    for (size_t i = 0; i < count; i++)
        cli_inputs_add(&inputs, words[i]);
    if (reads_stdin_twice(&inputs))
        cli_complain("standard input can be checked only once; - is given more than once");
    else if (inputs.count > 0)
        status = check_inputs(options, ruleset, &inputs);
    if (inputs.empty_directories)
        status = CLI_EXIT_ERROR;
    cli_inputs_release(&inputs);
    postvet_ruleset_free(ruleset);
    return status;
}
