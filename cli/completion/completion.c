/* completion.c: the lists that all three scripts are made of. */
#include "completion.h"

#include <string.h>

#include "usage.h"

bool cli_completion_fits(const struct cli_option *option, const struct cli_command *command)
{
    return (option->commands & (command->bit | CLI_FOR_ALL)) != 0;
}

unsigned cli_completion_kinds(const struct cli_command *command)
{
    struct cli_form form;
    unsigned kinds = 0;
    for (size_t i = 0; cli_form_at(command->usage, i, &form); i++)
        kinds |= form.kinds;
    return kinds;
}

/* Adds a word of a list, and what stands between it and the one before. */
static void add_word(struct cli_buf *out, bool *is_first, const char *between, const char *word)
{
    cli_buf_puts(out, *is_first ? "" : between);
    cli_buf_puts(out, word);
    *is_first = false;
}

void cli_buf_commands(struct cli_buf *out, const char *between)
{
    bool is_first = true;
    for (size_t i = 0; i < cli_command_count; i++)
        add_word(out, &is_first, between, cli_command_table[i].name);
}

void cli_buf_profiles(struct cli_buf *out, const char *between)
{
    bool is_first = true;
    for (size_t i = 0; i < postvet_profile_count(); i++)
        add_word(out, &is_first, between, postvet_profile_name(i));
}

void cli_buf_choices(struct cli_buf *out, const struct cli_option *option, const char *between)
{
    bool is_first = true;
    for (const struct cli_choice *choice = option->choices; choice->name; choice++)
        add_word(out, &is_first, between, choice->name);
}

void cli_buf_rules(struct cli_buf *out, const postvet_ruleset *ruleset, const char *between)
{
    bool is_first = true;
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++)
        add_word(out, &is_first, between, postvet_ruleset_rule_at(ruleset, i)->id);
}

void cli_buf_actions(struct cli_buf *out, const struct cli_command *command, const char *between)
{
    const size_t before = out->len;
    struct cli_form form;
    for (size_t i = 0; cli_form_at(command->usage, i, &form); i++) {
        if (form.action_len && out->len > before)
            cli_buf_puts(out, between);
        cli_buf_add(out, form.action, form.action_len);
    }
}

/* Whether an earlier row of the table has the same name. */
static bool is_repeated(size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (strcmp(cli_option_table[i].name, cli_option_table[row].name) == 0)
            return true;
    return false;
}

void cli_buf_value_options(struct cli_buf *out, const char *between)
{
    bool is_first = true;
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *const option = &cli_option_table[i];
        if (option->type == CLI_FLAG || is_repeated(i))
            continue;
        const char short_name[] = { '-', option->letter, '\0' };
        if (option->letter)
            add_word(out, &is_first, between, short_name);
        add_word(out, &is_first, between, "--");
        cli_buf_puts(out, option->name);
    }
}

void cli_buf_escaped(struct cli_buf *out, const char *text, const char *special, const char *escape)
{
    while (*text) {
        const size_t len = strcspn(text, special);
        cli_buf_add(out, text, len);
        text += len;
        if (*text) {
            cli_buf_puts(out, escape);
            cli_buf_add(out, text++, 1);
        }
    }
}

void cli_buf_in_quotes(struct cli_buf *out, const char *text)
{
    cli_buf_escaped(out, text, "'", "'\\'");
}
