/* examine.c: load, scan, lay out, count. */
#include "examine.h"

#include "../config/settings.h"
#include "../output/suppressions.h"

#include <stdlib.h>
#include <string.h>

void cli_examiner_open(struct cli_examiner *examiner, const struct cli_run *run)
{
    *examiner = (struct cli_examiner){ .run = run };
}

void cli_examiner_close(struct cli_examiner *examiner)
{
    for (size_t i = 0; i < examiner->scanner_count; i++)
        postvet_scanner_free(examiner->scanners[i]);
    free(examiner->scanners);
    cli_loader_release(&examiner->loader);
}

/* This thread's scanner for a draft with these settings. */
static postvet_scanner *scanner_for(
    struct cli_examiner *examiner, const struct cli_settings *settings)
{
    if (settings->index >= examiner->scanner_count) {
        const size_t count = settings->index + 1;
        postvet_scanner **const more = cli_alloc(count, sizeof(*more));
        if (examiner->scanner_count)
            memcpy(more, examiner->scanners, examiner->scanner_count * sizeof(*more));
        free(examiner->scanners);
        examiner->scanners = more;
        examiner->scanner_count = count;
    }
    postvet_scanner **const slot = &examiner->scanners[settings->index];
    if (!*slot && postvet_scanner_new(settings->ruleset, slot, NULL) != POSTVET_OK)
        cli_out_of_memory(); /* the one way in which it fails */
    return *slot;
}

/* The result, or NULL with the reason in `error`. */
static postvet_result *scan(struct cli_examiner *examiner, const struct cli_input *input,
    const struct cli_draft *draft, const struct cli_buf *lines, postvet_error *error)
{
    const struct cli_settings *const settings = input->settings;
    postvet_result *result = NULL;
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    const struct cli_baseline *const baseline = examiner->run->baseline;
    struct cli_buf name = { 0 };
    options.voice = draft->voice;
    options.kind = draft->kind;
    options.markup = draft->markup;
    options.file_name = draft->file_name;
    options.today = examiner->run->today;
    options.show_matches = settings->options.show_matches;
    options.no_suppressions = settings->options.ignore_suppressions;
    options.allowlist = settings->allowlist;
    cli_options_limit(examiner->run->layout.options, &options);
    if (draft->document)
        options.text_max = 0; /* the file is what has a size */
    options.path = input->path.len ? input->path.data : NULL;
    options.fingerprints = examiner->run->fingerprints;
    if (lines) {
        static const postvet_lines none;
        options.changed = lines->len ? (const postvet_lines *)(const void *)lines->data : &none;
        options.changed_count = lines->len / sizeof(postvet_lines);
    }
    if (baseline && draft->file_name) {
        cli_baseline_name(baseline, draft->file_name, &name);
        options.baseline = baseline->list;
        options.baseline_path = name.data;
    }
    if (postvet_scan(
            scanner_for(examiner, settings), draft->text, draft->len, &options, &result, error)
        != POSTVET_OK)
        result = NULL;
    cli_buf_release(&name);
    return result;
}

static enum cli_exit status_of(
    const struct cli_options *options, const struct cli_document *document)
{
    if (document->draft->status == CLI_READ_FAILED)
        return CLI_EXIT_ERROR;
    if (!cli_document_complete(document))
        return CLI_EXIT_INCOMPLETE;
    for (size_t i = 0; i < postvet_result_count(document->result); i++)
        if ((int)postvet_result_at(document->result, i)->severity >= options->fail_on)
            return options->exit_zero ? CLI_EXIT_CLEAR : CLI_EXIT_FINDINGS;
    return CLI_EXIT_CLEAR;
}

/* "drafts/a.md: could not be read: …", and of a record its line and column in what was read. */
static void add_complaint(struct cli_buf *out, const struct cli_document *document)
{
    const struct cli_draft *const draft = document->draft;
    const bool is_named = draft->is_record || draft->file_name;
    cli_buf_puts(out, draft->is_record || !is_named ? "standard input" : draft->path);
    if (draft->is_record)
        cli_buf_printf(out, ":%zu", draft->line);
    if (draft->column)
        cli_buf_printf(out, ":%zu", draft->column);
    cli_buf_printf(out, ": %s", document->problem);
}

/* Everything that outlives the draft. */
static void fill(struct cli_outcome *outcome, const struct cli_run *run,
    const struct cli_options *options, const struct cli_document *document)
{
    struct cli_layout layout = run->layout;
    layout.options = options;
    const size_t count = document->result ? postvet_result_count(document->result) : 0;
    outcome->verdict = cli_document_verdict(document);
    outcome->complete = cli_document_complete(document);
    outcome->bytes = document->draft->len;
    outcome->has_suppressions = cli_has_suppressions(document);
    outcome->status = status_of(options, document);
    for (size_t i = 0; i < count; i++)
        outcome->findings[postvet_result_at(document->result, i)->severity]++;
    if (document->problem)
        add_complaint(&outcome->complaint, document);
    run->format->document(&outcome->out, &layout, document);
    if (run->format->aside)
        run->format->aside(&outcome->aside, &layout, document);
}

/* Loads a draft of which some lines have changed, and finds them; a draft that is not what the diff
 * is about cannot be checked. */
static void load(struct cli_examiner *examiner, const struct cli_input *input,
    const struct cli_diff_file *file, struct cli_draft *draft, struct cli_buf *lines,
    struct cli_buf *problem)
{
    cli_load(&examiner->loader, input, &input->settings->options, draft);
    if (!file || draft->status != CLI_READ_OK)
        return;
    if (draft->converted_from)
        cli_buf_printf(problem,
            "is no UTF-8 text but %s, so it is not known which of its lines have changed; check it "
            "without --diff",
            draft->converted_from);
    else if (cli_changes_map(examiner->run->changes, file, draft->text, draft->len, lines, problem))
        return;
    draft->status = CLI_READ_FAILED;
    draft->problem = problem->data;
}

/* What has become of a draft since; what cannot be told is its problem. */
static enum cli_change find_change(
    const struct cli_run *run, struct cli_input *input, const struct cli_diff_file **file)
{
    *file = NULL;
    if (!run->changes || input->status != CLI_READ_OK)
        return CLI_CHANGE_ALL;
    const enum cli_change change =
        cli_changes_find(run->changes, input->bytes.data, file, &input->problem);
    if (change == CLI_CHANGE_UNKNOWN)
        input->status = CLI_READ_FAILED;
    return change;
}

void cli_examine(
    struct cli_examiner *examiner, struct cli_input *input, struct cli_outcome *outcome)
{
    const struct cli_options *const options = &input->settings->options;
    const struct cli_diff_file *file;
    struct cli_draft draft;
    struct cli_buf problem = { 0 }, lines = { 0 };
    postvet_error error = { 0 };
    if (find_change(examiner->run, input, &file) == CLI_CHANGE_NONE) {
        outcome->is_unchanged = true;
        return;
    }
    load(examiner, input, file, &draft, &lines, &problem);
    struct cli_document document = { .draft = &draft, .problem = draft.problem };
    postvet_result *const result = draft.status == CLI_READ_OK
                                       ? scan(examiner, input, &draft, file ? &lines : NULL, &error)
                                       : NULL;
    document.result = result;
    if (!result && draft.status == CLI_READ_OK) {
        cli_buf_printf(&problem, "could not be checked: %s", error.message);
        if (problem.len && problem.data[problem.len - 1] == '.')
            problem.data[--problem.len] = '\0'; /* it goes on to be part of a sentence */
        document.problem = problem.data;
    }
    fill(outcome, examiner->run, options, &document);
    postvet_result_free(result);
    cli_buf_release(&problem);
    cli_buf_release(&lines);
}
