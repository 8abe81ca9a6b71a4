/* rules_corpus.c: precision and recall over labelled drafts, counted as tests/corpus/score.py does,
 * which a test holds it to. Only warnings and errors count. An expectation is met by findings of
 * its categories that overlap its match, anywhere in the draft when it has none; what belongs to
 * no category that is expected or allowed is a false alarm. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../input/corpus.h"
#include "../output/escape.h"
#include "../output/stream.h"
#include "../today.h"
#include "rules.h"

/* What is counted of one category. */
struct tally {
    const char *category;
    size_t expected, found;
    size_t note;         /* met by notes alone, and so not found */
    size_t false_alarms; /* in drafts where nothing of the category is expected or allowed */
    size_t stray;        /* where it is expected, but elsewhere: for information */
};

struct score {
    struct cli_buf rows; /* struct tally: the packs' first, in their order */
    size_t clean, kept, incomplete;
};

static struct tally *rows_of(const struct score *score)
{
    return (struct tally *)(void *)score->rows.data;
}

static size_t row_count(const struct score *score)
{
    return score->rows.len / sizeof(struct tally);
}

static struct tally *row_of(struct score *score, const char *category)
{
    for (size_t i = 0; i < row_count(score); i++)
        if (strcmp(rows_of(score)[i].category, category) == 0)
            return &rows_of(score)[i];
    const struct tally row = { .category = category };
    cli_buf_add(&score->rows, (const char *)&row, sizeof row);
    return &rows_of(score)[row_count(score) - 1];
}

/* ---------------------------------------------------------------- counting */

static bool is_loud(const postvet_finding *finding)
{
    return finding->severity != POSTVET_NOTE;
}

static bool any_label_has(const json_t *labels, const char *category)
{
    for (size_t i = 0; i < json_array_size(labels); i++)
        if (cli_label_has(json_array_get(labels, i), category))
            return true;
    return false;
}

/* Whether a finding overlaps any of the places where the match stands. */
static bool overlaps(
    const struct cli_case *labelled, const json_t *match, const postvet_finding *finding)
{
    const size_t len = json_string_length(match);
    for (size_t at = cli_case_find(labelled, match, 0); at != SIZE_MAX;
         at = cli_case_find(labelled, match, at + 1))
        if (finding->start.byte < at + len && at < finding->end.byte
            && finding->start.byte < finding->end.byte)
            return true;
    return false;
}

/* Counts one expectation, and marks in `used` the findings that speak of it. */
static void count_expectation(struct score *score, const struct cli_case *labelled,
    const json_t *label, const postvet_result *result, bool *used)
{
    const json_t *const match = json_object_get(label, "match");
    const json_t *const wanted = json_object_get(label, "count");
    const json_int_t needed = wanted ? json_integer_value(wanted) : 1;
    json_int_t hits = 0, loud = 0;
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const finding = postvet_result_at(result, i);
        if (!cli_label_has(label, finding->category)
            || (match && !overlaps(labelled, match, finding)))
            continue;
        used[i] = true;
        hits++;
        loud += is_loud(finding);
    }
    struct tally *const row = row_of(score, cli_label_category(label));
    row->expected++;
    row->found += loud > 0 && loud >= needed;
    row->note += hits > 0 && loud == 0;
}

static void count_draft(
    struct score *score, const struct cli_case *labelled, const postvet_result *result)
{
    const size_t count = postvet_result_count(result);
    bool *const used = cli_alloc(count + 1, sizeof *used);
    bool quiet = true;
    for (size_t i = 0; i < json_array_size(labelled->expect); i++)
        count_expectation(score, labelled, json_array_get(labelled->expect, i), result, used);
    for (size_t i = 0; i < count; i++) {
        const postvet_finding *const finding = postvet_result_at(result, i);
        const bool allowed = any_label_has(labelled->may, finding->category);
        if (!is_loud(finding))
            continue;
        quiet = false;
        if (!any_label_has(labelled->expect, finding->category))
            row_of(score, finding->category)->false_alarms += !allowed;
        else
            row_of(score, finding->category)->stray += !used[i] && !allowed;
    }
    score->clean += labelled->clean;
    score->kept += labelled->clean && quiet;
    free(used);
}

/* Scans the drafts as `check` would read them from files that end in .md. */
static bool count_corpus(
    struct score *score, const struct cli_corpus *corpus, const postvet_ruleset *ruleset)
{
    postvet_scanner *scanner = NULL;
    postvet_error error = { 0 };
    postvet_status status = postvet_scanner_new(ruleset, &scanner, &error);
    for (size_t i = 0; status == POSTVET_OK && i < corpus->count; i++) {
        const struct cli_case *const labelled = &corpus->cases[i];
        postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
        postvet_result *result = NULL;
        options.voice = labelled->voice;
        options.kind = labelled->kind;
        options.file_name = "draft.md";
        options.today = cli_today();
        status = postvet_scan(scanner, labelled->text, labelled->len, &options, &result, &error);
        if (status != POSTVET_OK)
            break;
        count_draft(score, labelled, result);
        if (!postvet_result_complete(result)) {
            cli_complain("%s was not fully checked", labelled->id);
            score->incomplete++;
        }
        postvet_result_free(result);
    }
    postvet_scanner_free(scanner);
    if (status != POSTVET_OK)
        cli_complain("the drafts could not be checked: %s", error.message);
    return status == POSTVET_OK;
}

/* ---------------------------------------------------------------- printing */

/* A share in `width` columns, or a dash where there is nothing to share. */
static void add_ratio(struct cli_buf *out, int width, size_t part, size_t whole)
{
    if (whole)
        cli_buf_printf(out, " %*.3f", width, (double)part / (double)whole);
    else
        cli_buf_printf(out, " %*s", width, "-");
}

static void add_row(struct cli_buf *out, const struct tally *row)
{
    const size_t width = cli_width(row->category);
    cli_buf_show(out, row->category);
    cli_buf_fill(out, ' ', width < 22 ? 22 - width : 0);
    cli_buf_printf(out, " %8zu %6zu %5zu", row->expected, row->found, row->note);
    add_ratio(out, 7, row->found, row->expected);
    cli_buf_printf(out, " %12zu %6zu", row->false_alarms, row->stray);
    add_ratio(out, 9, row->found, row->found + row->false_alarms);
    cli_buf_puts(out, "\n");
}

static void add_score(struct cli_buf *out, const struct score *score, size_t cases)
{
    struct tally total = { .category = "TOTAL" };
    cli_buf_printf(out, "%-22s %8s %6s %5s %7s %12s %6s %9s\n", "category", "expected", "found",
        "note", "recall", "false alarms", "stray", "precision");
    for (size_t i = 0; i < row_count(score); i++) {
        const struct tally *const row = &rows_of(score)[i];
        if (row->expected || row->false_alarms || row->stray)
            add_row(out, row);
        total.expected += row->expected;
        total.found += row->found;
        total.note += row->note;
        total.false_alarms += row->false_alarms;
        total.stray += row->stray;
    }
    add_row(out, &total);
    cli_buf_printf(
        out, "\n%zu drafts; clean left clean: %zu of %zu\n", cases, score->kept, score->clean);
}

enum cli_exit cli_rules_corpus(const struct cli_options *options, const postvet_ruleset *ruleset)
{
    struct cli_corpus corpus = { 0 };
    struct score score = { 0 };
    struct cli_buf out = { 0 };
    enum cli_exit status = CLI_EXIT_ERROR;
    for (size_t i = 0; i < postvet_ruleset_pack_count(ruleset); i++)
        (void)row_of(&score, postvet_ruleset_pack_at(ruleset, i)->id);
    if (cli_corpus_read(&corpus, options->corpus) && count_corpus(&score, &corpus, ruleset)) {
        add_score(&out, &score, corpus.count);
        cli_print(&out);
        status = score.incomplete ? CLI_EXIT_INCOMPLETE : CLI_EXIT_CLEAR;
    }
    cli_buf_release(&out);
    cli_buf_release(&score.rows);
    cli_corpus_release(&corpus);
    return status;
}
