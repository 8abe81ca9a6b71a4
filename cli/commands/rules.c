/* rules.c: for those who write or choose rules: list them, show one, run their tests, look for
 * errors and weaknesses in packs. */
#include <string.h>

#include "../command.h"
#include "../output/escape.h"
#include "../output/stream.h"
#include "../output/words.h"
#include "../ruleset.h"
#include "../suggest.h"
#include "rules.h"

static void add_pack(
    struct cli_buf *out, const struct cli_terminal *terminal, const postvet_pack_info *pack)
{
    cli_buf_styled(out, terminal, CLI_BOLD, pack->id);
    cli_buf_puts(out, " ");
    cli_buf_show(out, pack->version);
    cli_buf_puts(out, ": ");
    cli_buf_show(out, pack->title);
    cli_buf_puts(out, "\n");
}

/* "  warning  nhs-number-bare            NHS number without a label" */
static void add_rule_line(struct cli_buf *out, const postvet_rule_info *rule, size_t column)
{
    cli_buf_printf(out, "  %-7s  ", postvet_severity_name(rule->severity));
    cli_buf_show(out, rule->id);
    cli_buf_fill(out, ' ', column - cli_width(rule->id));
    cli_buf_show(out, rule->title);
    cli_buf_puts(out, "\n");
}

static enum cli_exit list(const struct cli_options *options, const postvet_ruleset *ruleset)
{
    const struct cli_terminal terminal = cli_terminal_look(options->color);
    const size_t rules = postvet_ruleset_rule_count(ruleset);
    struct cli_buf out = { 0 };
    size_t column = 0;
    for (size_t i = 0; i < rules; i++) {
        const size_t width = cli_width(postvet_ruleset_rule_at(ruleset, i)->id);
        column = width + 2 > column ? width + 2 : column;
    }
    size_t next = 0;
    for (size_t i = 0; i < postvet_ruleset_pack_count(ruleset); i++) {
        const postvet_pack_info *const pack = postvet_ruleset_pack_at(ruleset, i);
        add_pack(&out, &terminal, pack);
        for (; next < rules; next++) { /* rules come in the order of their packs */
            const postvet_rule_info *const rule = postvet_ruleset_rule_at(ruleset, next);
            if (strcmp(rule->pack, pack->id) != 0)
                break;
            add_rule_line(&out, rule, column);
        }
    }
    cli_print(&out);
    cli_buf_release(&out);
    return CLI_EXIT_CLEAR;
}

static void add_field(struct cli_buf *out, const char *name, const char *value)
{
    cli_buf_printf(out, "%-14s", name);
    cli_buf_show(out, value);
    cli_buf_puts(out, "\n");
}

static void add_texts(struct cli_buf *out, const char *name, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_field(out, name, texts[i]);
}

static enum cli_exit show(const postvet_ruleset *ruleset, const char *id)
{
    const postvet_rule_info *const rule = cli_ruleset_find(ruleset, id);
    if (!rule)
        return CLI_EXIT_ERROR;
    struct cli_buf out = { 0 }, text = { 0 };
    const bool never = rule->suppressible == POSTVET_SUPPRESS_NEVER;
    add_field(&out, "rule", rule->id);
    add_field(&out, "pack", rule->pack);
    add_field(&out, "title", rule->title);
    add_field(&out, "severity", postvet_severity_name(rule->severity));
    add_field(&out, "confidence", postvet_confidence_name(rule->confidence));
    add_field(&out, "suppressible", never ? "never" : "with-reason");
    add_field(&out, "message", rule->message);
    add_field(&out, "advice", rule->advice);
    for (size_t i = 0; i < rule->citation_count; i++) {
        cli_buf_clear(&text);
        cli_buf_citations(&text, &rule->citations[i], 1);
        add_field(&out, "cites", text.data);
    }
    add_texts(&out, "match", rule->examples, rule->example_count);
    add_texts(&out, "no-match", rule->counter_examples, rule->counter_example_count);
    cli_print(&out);
    cli_buf_release(&text);
    cli_buf_release(&out);
    return CLI_EXIT_CLEAR;
}

static void add_failure(const postvet_test_failure *failure, void *user)
{
    struct cli_buf *const out = user;
    cli_buf_puts(out, "FAILED ");
    cli_buf_show(out, failure->rule);
    cli_buf_puts(out, ": ");
    cli_buf_show(out, failure->text);
    cli_buf_puts(out, "\n  expected ");
    cli_buf_show(out, failure->expected);
    cli_buf_puts(out, "\n  got      ");
    cli_buf_show(out, failure->actual);
    cli_buf_puts(out, "\n");
}

static enum cli_exit test(const struct cli_options *options, const postvet_ruleset *ruleset)
{
    if (options->corpus)
        return cli_rules_corpus(options, ruleset);
    size_t run = 0, failed = 0;
    postvet_error error = { 0 };
    struct cli_buf out = { 0 };
    bool done =
        postvet_ruleset_test(ruleset, add_failure, &out, &run, &failed, &error) == POSTVET_OK;
    if (done)
        cli_buf_printf(&out, "%zu passed, %zu failed\n", run - failed, failed);
    else
        cli_complain("the tests could not be run: %s", error.message);
    if (done && options->disguises)
        done = cli_rules_disguises(&out, ruleset);
    cli_print(&out);
    cli_buf_release(&out);
    if (!done)
        return CLI_EXIT_ERROR;
    return failed ? CLI_EXIT_FINDINGS : CLI_EXIT_CLEAR;
}

static const char *const actions[] = { "list", "show", "test", "lint" };
enum { ACTION_COUNT = sizeof actions / sizeof actions[0] };
enum action { LIST, SHOW, TEST, LINT, NO_ACTION };

static enum action find_action(const char *word)
{
    struct cli_suggestion suggestion = { .word = word };
    for (int i = 0; i < ACTION_COUNT; i++) {
        if (strcmp(actions[i], word) == 0)
            return (enum action)i;
        cli_suggest(&suggestion, actions[i]);
    }
    if (suggestion.nearest)
        cli_complain("unknown command `postvet rules %s`; did you mean `postvet rules %s`?", word,
            suggestion.nearest);
    else
        cli_complain("unknown command `postvet rules %s`; it is list, show, test or lint", word);
    return NO_ACTION;
}

/* Whether the words after the action, and the options, are what it takes; false after a sentence.
 */
static bool words_fit(const struct cli_options *options, enum action action, size_t count)
{
    if (action != TEST && (options->corpus || options->disguises)) {
        cli_complain("--%s is an option of `postvet rules test` alone",
            options->corpus ? "corpus" : "disguises");
        return false;
    }
    if (action == LIST && count > 0)
        cli_complain("`postvet rules list` takes no words; name rule packs with --rules");
    else if (action == SHOW && count != 1)
        cli_complain("`postvet rules show` needs the name of one rule");
    else
        return true;
    return false;
}

enum cli_exit cli_rules(const struct cli_options *options, const char **words, size_t count)
{
    if (count == 0) {
        cli_complain("`postvet rules` needs to know what to do: list, show, test or lint");
        return CLI_EXIT_ERROR;
    }
    const enum action action = find_action(words[0]);
    if (action == NO_ACTION || !words_fit(options, action, count - 1))
        return CLI_EXIT_ERROR;
    const bool takes_packs = action == TEST || action == LINT;
    postvet_ruleset *const ruleset =
        cli_ruleset_make(options, words + 1, takes_packs ? count - 1 : 0);
    if (!ruleset)
        return CLI_EXIT_ERROR;
    enum cli_exit status = CLI_EXIT_ERROR;
    switch (action) {
    case LIST:
        status = list(options, ruleset);
        break;
    case SHOW:
        status = show(ruleset, words[1]);
        break;
    case TEST:
        status = test(options, ruleset);
        break;
    case LINT:
        status = cli_rules_lint(options, ruleset, words + 1, count - 1);
        break;
    case NO_ACTION:
        break;
    }
    postvet_ruleset_free(ruleset);
    return status;
}
