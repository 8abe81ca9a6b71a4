/* fish.c: one line an option and a word, each under the condition that the words before the cursor
 * name its command. */
#include "completion.h"
#include "usage.h"

static const char head[] =
    "# Completes command lines of postvet in fish. Made by `postvet completion fish`.\n"
    "\n"
    "# Whether the words before the cursor are the command, and the action, given; \"\" is none.\n"
    "function __postvet_at\n"
    "    set -l found\n"
    "    set -l is_value no\n"
    "    for word in (commandline -opc)[2..-1]\n"
    "        if test $is_value = yes\n"
    "            set is_value no\n"
    "            continue\n"
    "        end\n"
    "        switch $word\n"
    "            case --\n"
    "                set -q found[1]; or set found check\n"
    "                break\n"
    "            case ";

static const char walk_on[] = "\n"
                              "                set is_value yes\n"
                              "            case '-?*'\n"
                              "            case '*'\n"
                              "                set -a found $word\n"
                              "        end\n"
                              "    end\n"
                              "    set -q found[1]; and not contains -- $found[1] ";

static const char walk_end[] = "; and set found check\n"
                               "    set -q found[1]; or set found ''\n"
                               "    test \"$argv[1]\" = \"$found[1]\"; or return 1\n"
                               "    set -q argv[2]; or return 0\n"
                               "    set -q found[2]; or set -a found ''\n"
                               "    test \"$argv[2]\" = \"$found[2]\"\n"
                               "end\n"
                               "\n";

/* Adds a function that prints words with their meanings, a line each. */
static void begin_list(struct cli_buf *out, const char *name)
{
    cli_buf_printf(out, "function __postvet_%s\n    printf '%%s\\t%%s\\n'", name);
}

static void add_described(struct cli_buf *out, const char *name, const char *meaning)
{
    struct cli_buf text = { 0 };
    cli_buf_escaped(&text, meaning, "\\'", "\\");
    cli_buf_printf(out, " \\\n        %s '%s'", name, text.data);
    cli_buf_release(&text);
}

static void end_list(struct cli_buf *out)
{
    cli_buf_puts(out, "\nend\n\n");
}

static void add_lists(struct cli_buf *out, const postvet_ruleset *ruleset)
{
    begin_list(out, "commands");
    for (size_t i = 0; i < cli_command_count; i++)
        add_described(out, cli_command_table[i].name, cli_command_table[i].summary);
    end_list(out);
    begin_list(out, "profiles");
    for (size_t i = 0; i < postvet_profile_count(); i++)
        add_described(out, postvet_profile_name(i), postvet_profile_title(i));
    end_list(out);
    begin_list(out, "rules");
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++) {
        const postvet_rule_info *const rule = postvet_ruleset_rule_at(ruleset, i);
        add_described(out, rule->id, rule->title);
    }
    end_list(out);
}

/* Adds the words of these kinds for the end of a line; files come by themselves, unless -f. */
static void add_kinds(struct cli_buf *out, unsigned kinds)
{
    if (!(kinds & CLI_WORD_FILE))
        cli_buf_puts(out, " -f");
    cli_buf_puts(out, kinds & CLI_WORD_COMMAND   ? " -a '(__postvet_commands)'"
                      : kinds & CLI_WORD_RULE    ? " -a '(__postvet_rules)'"
                      : kinds & CLI_WORD_PROFILE ? " -a '(__postvet_profiles)'"
                                                 : "");
    cli_buf_puts(out, "\n");
}

static void add_option(struct cli_buf *out, const struct cli_option *option, const char *command)
{
    struct cli_buf help = { 0 };
    const unsigned kinds = cli_value_kinds(option->value_name);
    cli_buf_escaped(&help, option->help, "\\'", "\\");
    cli_buf_printf(out, "complete -c postvet -n '__postvet_at \"%s\"'", command);
    if (option->letter)
        cli_buf_printf(out, " -s %c", option->letter);
    cli_buf_printf(out, " -l %s -d '%s'", option->name, help.data);
    cli_buf_release(&help);
    if (option->type != CLI_FLAG)
        cli_buf_puts(out, " -r");
    if (option->choices) {
        cli_buf_puts(out, " -f -a '");
        cli_buf_choices(out, option, " ");
        cli_buf_puts(out, "'\n");
    } else if (option->type == CLI_FLAG) {
        cli_buf_puts(out, "\n");
    } else {
        add_kinds(out, kinds);
    }
}

/* Adds the options of a command under its name, or under that of none. */
static void add_options(struct cli_buf *out, const struct cli_command *command, const char *name)
{
    for (size_t i = 0; i < cli_option_count; i++)
        if (cli_completion_fits(&cli_option_table[i], command))
            add_option(out, &cli_option_table[i], name);
}

static void add_operands(struct cli_buf *out, const struct cli_command *command)
{
    struct cli_buf actions = { 0 };
    struct cli_form form;
    cli_buf_actions(&actions, command, " ");
    if (actions.len == 0) {
        cli_buf_printf(out, "complete -c postvet -n '__postvet_at %s'", command->name);
        add_kinds(out, cli_completion_kinds(command));
        cli_buf_release(&actions);
        return;
    }
    cli_buf_printf(out, "complete -c postvet -n '__postvet_at %s \"\"' -f -a '%s'\n", command->name,
        actions.data);
    cli_buf_release(&actions);
    for (size_t i = 0; cli_form_at(command->usage, i, &form); i++) {
        cli_buf_printf(out, "complete -c postvet -n '__postvet_at %s %.*s'", command->name,
            (int)form.action_len, form.action);
        add_kinds(out, form.kinds);
    }
}

void cli_buf_fish_completion(struct cli_buf *out, const postvet_ruleset *ruleset)
{
    cli_buf_puts(out, head);
    cli_buf_value_options(out, " ");
    cli_buf_puts(out, walk_on);
    cli_buf_commands(out, " ");
    cli_buf_puts(out, walk_end);
    add_lists(out, ruleset);
    cli_buf_puts(out, "complete -c postvet -n '__postvet_at \"\"' -a '(__postvet_commands)'\n");
    add_options(out, cli_command_find("check"), "");
    for (size_t i = 0; i < cli_command_count; i++) {
        add_options(out, &cli_command_table[i], cli_command_table[i].name);
        add_operands(out, &cli_command_table[i]);
    }
}
