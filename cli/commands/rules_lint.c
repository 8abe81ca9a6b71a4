/* rules_lint.c: what is weak in packs that load, as FILE: rule ID: SENTENCE. The library knows
 * packs and no files; but those given come last in a ruleset, a pack each, in the order of their
 * files. */
#include <string.h>

#include "../output/escape.h"
#include "../output/stream.h"
#include "../output/words.h"
#include "../ruleset.h"
#include "rules.h"

/* The packs whose warnings are told, by file: those named, or else all. */
struct lint_report {
    struct cli_buf *out;
    const postvet_ruleset *ruleset;
    struct cli_list files; /* in the order of the ruleset's last packs */
    bool named;            /* only the packs of `files` */
    size_t count;
};

/* The file that a pack came from; NULL for one that comes with postvet. */
static const char *file_of_pack(const struct lint_report *report, const char *pack)
{
    const size_t packs = postvet_ruleset_pack_count(report->ruleset);
    for (size_t i = 0; i < report->files.count; i++) {
        const size_t index = packs - report->files.count + i;
        if (strcmp(postvet_ruleset_pack_at(report->ruleset, index)->id, pack) == 0)
            return report->files.items[i];
    }
    return NULL;
}

static void add_warning(const postvet_lint_warning *warning, void *user)
{
    struct lint_report *const report = user;
    const char *const file = file_of_pack(report, warning->pack);
    if (!file && report->named)
        return;
    report->count++;
    cli_buf_show(report->out, file ? file : warning->pack);
    cli_buf_puts(report->out, warning->rule ? ": rule " : ": cue ");
    cli_buf_show(report->out, warning->rule ? warning->rule : warning->cue);
    cli_buf_puts(report->out, ": ");
    cli_buf_show(report->out, warning->message);
    cli_buf_puts(report->out, "\n");
}

/* "1 pack with 4 rules, no errors, 2 warnings" */
static void add_sum(const struct lint_report *report)
{
    size_t packs = report->files.count, rules = 0;
    if (!report->named)
        packs = postvet_ruleset_pack_count(report->ruleset);
    for (size_t i = 0; i < postvet_ruleset_rule_count(report->ruleset); i++)
        rules += !report->named
                 || file_of_pack(report, postvet_ruleset_rule_at(report->ruleset, i)->pack);
    cli_buf_count(report->out, packs, "pack");
    cli_buf_puts(report->out, " with ");
    cli_buf_count(report->out, rules, "rule");
    cli_buf_puts(report->out, ", no errors, ");
    cli_buf_count(report->out, report->count, "warning");
    cli_buf_puts(report->out, "\n");
}

enum cli_exit cli_rules_lint(const struct cli_options *options, const postvet_ruleset *ruleset,
    const char *const *words, size_t count)
{
    struct cli_buf out = { 0 };
    struct lint_report report = { .out = &out, .ruleset = ruleset, .named = count > 0 };
    postvet_error error = { 0 };
    enum cli_exit status = CLI_EXIT_ERROR;
    if (!cli_ruleset_files(&report.files, options, words, count))
        goto cleanup;
    if (postvet_ruleset_lint(ruleset, add_warning, &report, NULL, &error) != POSTVET_OK) {
        cli_complain("the rules could not be looked at: %s", error.message);
        goto cleanup;
    }
    add_sum(&report);
    cli_print(&out);
    status = report.count ? CLI_EXIT_FINDINGS : CLI_EXIT_CLEAR;
cleanup:
    cli_list_release(&report.files);
    cli_buf_release(&out);
    return status;
}
