/* zsh.c: one function that walks over the words before the cursor, finds the command and its action
 * among them, and hands the options of that command to _arguments, with what each stands for.
 * Functions of zsh see the variables of those that call them, so ours need names that _arguments
 * does not have. */
#include "completion.h"
#include "usage.h"

static const char head[] =
    "#compdef postvet\n"
    "# Completes command lines of postvet in zsh. Made by `postvet completion zsh`.\n"
    "\n";

static const char walk[] = "    local postvet_command= postvet_action= i\n"
                           "    for ((i = 2; i < CURRENT; i++)); do\n"
                           "        case ${(Q)words[i]} in\n"
                           "        (--)\n"
                           "            postvet_command=${postvet_command:-check}\n"
                           "            break\n"
                           "            ;;\n";

static const char walk_on[] = "            ((i++))\n"
                              "            ;;\n"
                              "        (-?*) ;;\n"
                              "        (*)\n"
                              "            if [[ -z $postvet_command ]]; then\n"
                              "                postvet_command=${(Q)words[i]}\n"
                              "            elif [[ -z $postvet_action ]]; then\n"
                              "                postvet_action=${(Q)words[i]}\n"
                              "            fi\n"
                              "            ;;\n"
                              "        esac\n"
                              "    done\n"
                              "    case $postvet_command in\n";

static const char foot[] = "    esac\n"
                           "}\n"
                           "\n"
                           "_postvet \"$@\"\n";

/* Adds "'name:meaning'" for a list of _describe. */
static void add_described(struct cli_buf *out, const char *name, const char *meaning)
{
    struct cli_buf text = { 0 };
    cli_buf_escaped(&text, meaning, ":", "\\");
    cli_buf_printf(out, "        '%s:", name);
    cli_buf_in_quotes(out, text.data);
    cli_buf_puts(out, "'\n");
    cli_buf_release(&text);
}

/* Adds functions that offer commands, profiles and rules, and commands or files. */
static void add_lists(struct cli_buf *out, const postvet_ruleset *ruleset)
{
    cli_buf_puts(out, "_postvet_commands() {\n    local -a commands=(\n");
    for (size_t i = 0; i < cli_command_count; i++)
        add_described(out, cli_command_table[i].name, cli_command_table[i].summary);
    cli_buf_puts(out, "    )\n"
                      "    _describe -t commands command commands\n}\n\n"
                      "_postvet_profiles() {\n    local -a profiles=(\n");
    for (size_t i = 0; i < postvet_profile_count(); i++)
        add_described(out, postvet_profile_name(i), postvet_profile_title(i));
    cli_buf_puts(out, "    )\n"
                      "    _describe -t profiles profile profiles\n}\n\n"
                      "_postvet_rules() {\n    local -a rules=(\n");
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++) {
        const postvet_rule_info *const rule = postvet_ruleset_rule_at(ruleset, i);
        add_described(out, rule->id, rule->title);
    }
    cli_buf_puts(out, "    )\n"
                      "    _describe -t rules rule rules\n}\n\n");
}

/* Adds a call that offers words of these kinds; `escape` goes before the colons in it. */
static void add_kinds(struct cli_buf *out, unsigned kinds, const char *escape)
{
    static const struct {
        enum cli_word_kind kind;
        const char *name, *function;
    } offers[] = { { CLI_WORD_COMMAND, "commands", "_postvet_commands" },
        { CLI_WORD_RULE, "rules", "_postvet_rules" },
        { CLI_WORD_PROFILE, "profiles", "_postvet_profiles" },
        { CLI_WORD_FILE, "files", "_files" } };
    cli_buf_puts(out, kinds ? "_alternative" : "_message 'nothing more'");
    for (size_t i = 0; i < sizeof offers / sizeof offers[0]; i++)
        if (kinds & offers[i].kind)
            cli_buf_printf(out, " %s%s:%s%s:%s", offers[i].name, escape, offers[i].name, escape,
                offers[i].function);
}

/* Adds one spelling of an option with its help and its value. */
static void add_spelling(struct cli_buf *out, const struct cli_option *option, bool is_short)
{
    struct cli_buf help = { 0 };
    const bool has_value = option->type != CLI_FLAG;
    cli_buf_escaped(&help, option->help, "[]:\\", "\\");
    cli_buf_puts(out, "            '");
    if (option->type == CLI_STRINGS)
        cli_buf_puts(out, "*");
    else if (option->letter)
        cli_buf_printf(out, "(-%c --%s)", option->letter, option->name);
    if (is_short)
        cli_buf_printf(out, "-%c%s[", option->letter, has_value ? "+" : "");
    else
        cli_buf_printf(out, "--%s%s[", option->name, has_value ? "=" : "");
    cli_buf_in_quotes(out, help.data);
    cli_buf_puts(out, "]");
    if (has_value) {
        cli_buf_printf(out, "%s%s:", option->type == CLI_OPTIONAL ? "::" : ":", option->name);
        if (option->choices) {
            cli_buf_puts(out, "(");
            cli_buf_choices(out, option, " ");
            cli_buf_puts(out, ")");
        } else if (cli_value_kinds(option->value_name)) {
            add_kinds(out, cli_value_kinds(option->value_name), "\\");
        } else {
            cli_buf_puts(out, " "); /* some word */
        }
    }
    cli_buf_puts(out, "' \\\n");
    cli_buf_release(&help);
}

static void add_options(struct cli_buf *out, const struct cli_command *command)
{
    cli_buf_printf(out,
        "    (%s)\n"
        "        _arguments -s -S : \\\n",
        command->bit == CLI_FOR_CHECK ? "*" : command->name);
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *const option = &cli_option_table[i];
        if (!cli_completion_fits(option, command))
            continue;
        if (option->letter)
            add_spelling(out, option, true);
        add_spelling(out, option, false);
    }
    cli_buf_puts(out, "            '*: :_postvet_operands'\n"
                      "        ;;\n");
}

/* Adds the cases of what may stand behind a command: its actions, "rules/", and then words for
 * each, "rules/show"; or just words, "explain/" and whatever. */
static void add_operands(struct cli_buf *out, const struct cli_command *command)
{
    struct cli_buf actions = { 0 };
    struct cli_form form;
    cli_buf_actions(&actions, command, " ");
    if (actions.len == 0) {
        cli_buf_printf(out, "    (%s/*) ", command->name);
        add_kinds(out, cli_completion_kinds(command), "");
        cli_buf_puts(out, " ;;\n");
        cli_buf_release(&actions);
        return;
    }
    cli_buf_printf(out, "    (%s/) _values action %s ;;\n", command->name, actions.data);
    cli_buf_release(&actions);
    for (size_t i = 0; cli_form_at(command->usage, i, &form); i++) {
        cli_buf_printf(out, "    (%s/%.*s) ", command->name, (int)form.action_len, form.action);
        add_kinds(out, form.kinds, "");
        cli_buf_puts(out, " ;;\n");
    }
}

void cli_buf_zsh_completion(struct cli_buf *out, const postvet_ruleset *ruleset)
{
    cli_buf_puts(out, head);
    add_lists(out, ruleset);
    cli_buf_puts(out,
        "# What is neither an option nor the value of one.\n"
        "_postvet_operands() {\n"
        "    case $postvet_command/$postvet_action in\n"
        "    (/) _alternative commands:command:_postvet_commands files:draft:_files ;;\n");
    for (size_t i = 0; i < cli_command_count; i++)
        add_operands(out, &cli_command_table[i]);
    cli_buf_puts(out, "    (*) _files ;;\n"
                      "    esac\n"
                      "}\n\n"
                      "_postvet() {\n");
    cli_buf_puts(out, walk);
    cli_buf_puts(out, "        (");
    cli_buf_value_options(out, "|");
    cli_buf_puts(out, ")\n");
    cli_buf_puts(out, walk_on);
    for (size_t i = 0; i < cli_command_count; i++)
        if (cli_command_table[i].bit != CLI_FOR_CHECK)
            add_options(out, &cli_command_table[i]);
    add_options(out, cli_command_find("check"));
    cli_buf_puts(out, foot);
}
