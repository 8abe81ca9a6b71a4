/* bash.c: one function that walks over the words before the cursor, finds the command and its
 * action among them, and then looks up what may stand there. "--format=js" comes as three words. */
#include "completion.h"
#include "usage.h"

static const char head[] =
    "# Completes command lines of postvet in bash. Made by `postvet completion bash`.\n"
    "\n"
    "_postvet_words()\n"
    "{\n"
    "    local word\n"
    "    while IFS= read -r word; do\n"
    "        [[ -z $word ]] || COMPREPLY+=(\"$word\")\n"
    "    done <<<\"$(compgen -W \"$1\" -- \"$cur\")\"\n"
    "}\n"
    "\n"
    "# Files, beside the words that there are; without any, readline does it better.\n"
    "_postvet_files()\n"
    "{\n"
    "    local file\n"
    "    if [[ ${#COMPREPLY[@]} == 0 ]]; then\n"
    "        compopt -o default\n"
    "        return\n"
    "    fi\n"
    "    compopt -o filenames\n"
    "    while IFS= read -r file; do\n"
    "        [[ -z $file ]] || COMPREPLY+=(\"$file\")\n"
    "    done <<<\"$(compgen -f -- \"$cur\")\"\n"
    "}\n"
    "\n"
    "_postvet()\n"
    "{\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local command='' action='' may_be_option=yes options i\n";

static const char walk[] = "    COMPREPLY=()\n"
                           "    [[ $cur == = ]] && cur=''\n"
                           "    [[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
                           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                           "        case ${COMP_WORDS[i]} in\n"
                           "        --)\n"
                           "            may_be_option='' prev=''\n"
                           "            command=${command:-check}\n"
                           "            break\n"
                           "            ;;\n"
                           "        =)\n"
                           "            ((i++))\n"
                           "            ;;\n";

static const char walk_on[] = "            [[ ${COMP_WORDS[i + 1]} == = ]] || ((i++))\n"
                              "            ;;\n"
                              "        -?*) ;;\n"
                              "        *)\n"
                              "            if [[ -z $command ]]; then\n"
                              "                command=${COMP_WORDS[i]}\n"
                              "            elif [[ -z $action ]]; then\n"
                              "                action=${COMP_WORDS[i]}\n"
                              "            fi\n"
                              "            ;;\n"
                              "        esac\n"
                              "    done\n"
                              "    case $command:$prev in\n";

static const char options_to_operands[] = "    esac\n"
                                          "    if [[ $cur == -* && -n $may_be_option ]]; then\n"
                                          "        _postvet_words \"$options\"\n"
                                          "        return\n"
                                          "    fi\n"
                                          "    case $command/$action in\n"
                                          "    /)\n"
                                          "        _postvet_words \"$commands\"\n"
                                          "        _postvet_files\n"
                                          "        ;;\n";

static const char foot[] = "    *)\n"
                           "        _postvet_files\n"
                           "        ;;\n"
                           "    esac\n"
                           "}\n"
                           "\n"
                           "complete -F _postvet postvet\n";

/* Adds what completes words of these kinds, a line each. */
static void add_kinds(struct cli_buf *out, unsigned kinds)
{
    if (kinds & CLI_WORD_COMMAND)
        cli_buf_puts(out, "        _postvet_words \"$commands\"\n");
    if (kinds & CLI_WORD_RULE)
        cli_buf_puts(out, "        _postvet_words \"$rules\"\n");
    if (kinds & CLI_WORD_PROFILE)
        cli_buf_puts(out, "        _postvet_words \"$profiles\"\n");
    if (kinds & CLI_WORD_FILE)
        cli_buf_puts(out, "        _postvet_files\n");
}

/* Adds the pattern of an option behind any of its commands: "redact:-o | redact:--output". `check`
 * stands for whatever else goes before. */
static void add_value_pattern(struct cli_buf *out, const struct cli_option *option)
{
    const char *between = "";
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command *const command = &cli_command_table[i];
        const bool is_check = command->bit == CLI_FOR_CHECK;
        const char *const name = is_check ? "*" : command->name;
        if (!cli_completion_fits(option, command)
            || (!is_check && option->commands & CLI_FOR_CHECK))
            continue;
        if (option->letter)
            cli_buf_printf(out, "%s%s:-%c | ", between, name, option->letter);
        cli_buf_printf(out, "%s%s:--%s", option->letter ? "" : between, name, option->name);
        between = " | ";
    }
}

/* Adds the cases of a word that is an option's value: those that `check` lacks go first. */
static void add_values(struct cli_buf *out, bool of_check)
{
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *const option = &cli_option_table[i];
        if (option->type == CLI_FLAG || ((option->commands & CLI_FOR_CHECK) != 0) != of_check)
            continue;
        cli_buf_puts(out, "    ");
        add_value_pattern(out, option);
        cli_buf_puts(out, ")\n");
        if (option->choices) {
            cli_buf_puts(out, "        _postvet_words '");
            cli_buf_choices(out, option, " ");
            cli_buf_puts(out, "'\n");
        } else {
            add_kinds(out, cli_value_kinds(option->value_name));
        }
        cli_buf_puts(out, "        return\n"
                          "        ;;\n");
    }
}

/* Adds the options of a command; those of `check` are also those of a draft without a command. */
static void add_options(struct cli_buf *out, const struct cli_command *command)
{
    const char *between = "";
    cli_buf_printf(out, "    %s) options='", command->bit == CLI_FOR_CHECK ? "*" : command->name);
    for (size_t i = 0; i < cli_option_count; i++) {
        const struct cli_option *const option = &cli_option_table[i];
        if (!cli_completion_fits(option, command))
            continue;
        if (option->letter)
            cli_buf_printf(out, "%s-%c", between, option->letter);
        cli_buf_printf(out, "%s--%s", option->letter ? " " : between, option->name);
        between = " ";
    }
    cli_buf_puts(out, "' ;;\n");
}

/* Adds the cases of what may stand behind a command: its actions, "rules/", and then words for
 * each, "rules/show"; or just words, "explain/" and whatever. */
static void add_operands(struct cli_buf *out, const struct cli_command *command)
{
    struct cli_buf actions = { 0 };
    struct cli_form form;
    cli_buf_actions(&actions, command, " ");
    if (actions.len == 0) {
        cli_buf_printf(out, "    %s/*)\n", command->name);
        add_kinds(out, cli_completion_kinds(command));
        cli_buf_puts(out, "        ;;\n");
        cli_buf_release(&actions);
        return;
    }
    cli_buf_printf(
        out, "    %s/)\n        _postvet_words '%s'\n        ;;\n", command->name, actions.data);
    cli_buf_release(&actions);
    for (size_t i = 0; cli_form_at(command->usage, i, &form); i++) {
        cli_buf_printf(out, "    %s/%.*s)\n", command->name, (int)form.action_len, form.action);
        add_kinds(out, form.kinds);
        cli_buf_puts(out, "        ;;\n");
    }
}

void cli_buf_bash_completion(struct cli_buf *out, const postvet_ruleset *ruleset)
{
    cli_buf_puts(out, head);
    cli_buf_puts(out, "    local commands='");
    cli_buf_commands(out, " ");
    cli_buf_puts(out, "'\n    local profiles='");
    cli_buf_profiles(out, " ");
    cli_buf_puts(out, "'\n    local rules='");
    cli_buf_rules(out, ruleset, " ");
    cli_buf_puts(out, "'\n");
    cli_buf_puts(out, walk);
    cli_buf_puts(out, "        ");
    cli_buf_value_options(out, " | ");
    cli_buf_puts(out, ")\n");
    cli_buf_puts(out, walk_on);
    add_values(out, false);
    add_values(out, true);
    cli_buf_puts(out, "    esac\n"
                      "    case $command in\n");
    for (size_t i = 0; i < cli_command_count; i++)
        if (cli_command_table[i].bit != CLI_FOR_CHECK)
            add_options(out, &cli_command_table[i]);
    add_options(out, cli_command_find("check"));
    cli_buf_puts(out, options_to_operands);
    for (size_t i = 0; i < cli_command_count; i++)
        add_operands(out, &cli_command_table[i]);
    cli_buf_puts(out, foot);
}
