/* explain.c: a rule in plain words, for who wants to know why: what is wrong, what to do, what the
 * pack is there for, the sections, examples, and how to let it stand. */
#include <string.h>

#include "../command.h"
#include "../config/settings.h"
#include "../output/escape.h"
#include "../output/snippet.h"
#include "../output/stream.h"
#include "../output/words.h"
#include "../ruleset.h"

enum { INDENT = 2, COLUMN = 19, MOST_EXAMPLES = 3 };

/* Adds an example of the pack, its place between [[ and ]] underlined instead. */
static void add_example(
    struct cli_buf *out, const struct cli_terminal *terminal, const char *example)
{
    const char *const open = strstr(example, "[[");
    const char *const close = open ? strstr(open, "]]") : NULL;
    cli_buf_fill(out, ' ', INDENT);
    if (!close) {
        cli_buf_wrap(out, terminal, INDENT, example);
        return;
    }
    struct cli_buf text = { 0 };
    cli_buf_add(&text, example, (size_t)(open - example));
    const size_t start = text.len;
    cli_buf_add(&text, open + 2, (size_t)(close - open - 2));
    const size_t end = text.len;
    cli_buf_puts(&text, close + 2);
    out->len -= INDENT; /* the snippet indents by itself */
    const struct cli_excerpted source = { text.data, text.len, NULL, 0 };
    cli_buf_snippet(out, terminal, INDENT, &source, (struct cli_span){ start, end });
    cli_buf_release(&text);
}

static void add_examples(
    struct cli_buf *out, const struct cli_terminal *terminal, const postvet_rule_info *rule)
{
    cli_buf_puts(out, "\nIt finds, for example:\n");
    for (size_t i = 0; i < rule->example_count && i < MOST_EXAMPLES; i++)
        add_example(out, terminal, rule->examples[i]);
    cli_buf_puts(out, "\nIt leaves alone, for example:\n");
    for (size_t i = 0; i < rule->counter_example_count && i < MOST_EXAMPLES; i++) {
        cli_buf_fill(out, ' ', INDENT);
        cli_buf_wrap(out, terminal, INDENT, rule->counter_examples[i]);
    }
}

/* Adds what the pack of a rule is there for, if it says so. */
static void add_background(struct cli_buf *out, const struct cli_terminal *terminal,
    const postvet_ruleset *ruleset, const char *pack_id)
{
    for (size_t i = 0; i < postvet_ruleset_pack_count(ruleset); i++) {
        const postvet_pack_info *const pack = postvet_ruleset_pack_at(ruleset, i);
        if (strcmp(pack->id, pack_id) == 0 && *pack->description)
            cli_buf_labelled(out, terminal, 0, COLUMN, "Background", pack->description);
    }
}

/* Adds how an author sets a finding of the rule aside. */
static void add_suppression(
    struct cli_buf *out, const struct cli_terminal *terminal, const postvet_rule_info *rule)
{
    if (rule->suppressible == POSTVET_SUPPRESS_NEVER)
        return;
    cli_buf_puts(out, "\nTo let it stand, give your reason on the line before:\n");
    cli_buf_printf(out, "  <!-- postvet-disable-next-line %s -- your reason -->\n\n", rule->id);
    cli_buf_wrap(out, terminal, 0,
        "With -disable-file instead of -disable-next-line it holds for the whole draft; what is "
        "missing from a draft needs that. `postvet clean` takes such lines out of what you "
        "publish. A Word document or an e-mail has no "
        "place for them: `postvet help check` explains --allow-file.");
}

static const char *severity_meaning(postvet_severity severity)
{
    switch (severity) {
    case POSTVET_ERROR:
        return "it must not be published as it is";
    case POSTVET_WARNING:
        return "a person must look before it is published";
    case POSTVET_NOTE:
        break;
    }
    return "advice, which does not change the verdict";
}

static void add_rule(struct cli_buf *out, const struct cli_terminal *terminal,
    const postvet_ruleset *ruleset, const postvet_rule_info *rule)
{
    struct cli_buf text = { 0 };
    const bool never = rule->suppressible == POSTVET_SUPPRESS_NEVER;
    cli_buf_styled(out, terminal, CLI_BOLD, rule->title);
    cli_buf_printf(out, "\nRule %s of the pack %s\n\n", rule->id, rule->pack);
    cli_buf_labelled(out, terminal, 0, COLUMN, "What is wrong", rule->message);
    cli_buf_labelled(out, terminal, 0, COLUMN, "What to do", rule->advice);
    add_background(out, terminal, ruleset, rule->pack);
    cli_buf_printf(&text, "%s [%s]: %s", cli_severity_words(rule->severity).word,
        postvet_severity_name(rule->severity), severity_meaning(rule->severity));
    cli_buf_labelled(out, terminal, 0, COLUMN, "How grave", text.data);
    cli_buf_labelled(
        out, terminal, 0, COLUMN, "How sure", postvet_confidence_name(rule->confidence));
    cli_buf_labelled(out, terminal, 0, COLUMN, "May it stay?",
        never ? "Never: no reason makes this fit to publish."
              : "Only for a good reason, which the author can state.");
    cli_buf_clear(&text);
    cli_buf_citations(&text, rule->citations, rule->citation_count);
    if (text.len)
        cli_buf_labelled(out, terminal, 0, COLUMN, "Policy", text.data);
    add_examples(out, terminal, rule);
    add_suppression(out, terminal, rule);
    cli_buf_release(&text);
}

enum cli_exit cli_explain(const struct cli_options *options, const char **words, size_t count)
{
    if (count != 1) {
        cli_complain(
            "`postvet explain` needs the name of one rule; `postvet rules list` lists them");
        return CLI_EXIT_ERROR;
    }
    struct cli_configs configs = { 0 };
    /* What a check of drafts here would say. */
    const postvet_ruleset *const ruleset =
        cli_configs_open(&configs, options) ? cli_configs_for(&configs, NULL)->ruleset : NULL;
    const postvet_rule_info *const rule = ruleset ? cli_ruleset_find(ruleset, words[0]) : NULL;
    if (rule) {
        const struct cli_terminal terminal = cli_terminal_look(options->color);
        struct cli_buf out = { 0 };
        add_rule(&out, &terminal, ruleset, rule);
        cli_print(&out);
        cli_buf_release(&out);
    }
    cli_configs_close(&configs);
    return rule ? CLI_EXIT_CLEAR : CLI_EXIT_ERROR;
}
