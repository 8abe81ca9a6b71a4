/* main.c: the table of commands, and the choice among them. A first word that names no command is
 * a draft: `postvet draft.md` is `postvet check draft.md`. */
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "command.h"
#include "guard.h"
#include "memory.h"
#include "output/stream.h"
#include "suggest.h"

const struct cli_command cli_command_table[] = {
    { "check", CLI_FOR_CHECK, cli_check,
        "[check] [OPTION]... FILE|DIR|-...\n"
        "[check] [OPTION]... --files-from LIST\n"
        "[check] [OPTION]... --ndjson-input",
        "Check drafts, and say what would break the policy" },
    { "redact", CLI_FOR_REDACT, cli_redact, "redact [OPTION]... FILE|-",
        "Copy a draft with placeholders for names, numbers and the like" },
    { "clean", CLI_FOR_CLEAN, cli_clean, "clean [OPTION]... FILE|-",
        "Copy a draft without its postvet directives, to publish it" },
    { "baseline", CLI_FOR_BASELINE, cli_baseline,
        "baseline create [OPTION]... FILE|DIR...\n"
        "baseline update [OPTION]... [FILE|DIR]...\n"
        "baseline audit [OPTION]... [FILE|DIR]...",
        "Accept what is found today, so that checks show what is new" },
    { "rules", CLI_FOR_RULES, cli_rules,
        "rules list [OPTION]...\n"
        "rules show RULE [OPTION]...\n"
        "rules test [FILE|DIR]... [OPTION]...\n"
        "rules lint [FILE|DIR]... [OPTION]...",
        "List the rules, show one, test them, or look for weak ones" },
    { "config", CLI_FOR_CONFIG, cli_config, "config show [OPTION]... [FILE]",
        "Show the configuration of a draft, and where it comes from" },
    { "view", CLI_FOR_VIEW, cli_view, "view [OPTION]... FILE|-",
        "Show a draft as the rules see it, for people who write rules" },
    { "explain", CLI_FOR_EXPLAIN, cli_explain, "explain RULE [OPTION]...",
        "Explain a rule in plain words, with examples" },
    { "init", CLI_FOR_INIT, cli_init, "init\ninit --profile [FILE]\ninit --ci github|gitlab",
        "Write a configuration, a Trust's own profile, or a file for CI" },
    { "completion", CLI_FOR_ALL, cli_completion, "completion bash|zsh|fish",
        "Print a script that completes command lines in a shell" },
    { "help", CLI_FOR_ALL, cli_help, "help [COMMAND]", "Print help on postvet or on a command" },
    { "version", CLI_FOR_ALL, cli_version, "version", "Print the version" },
};
const size_t cli_command_count = sizeof cli_command_table / sizeof cli_command_table[0];

const struct cli_command *cli_command_find(const char *name)
{
    for (size_t i = 0; i < cli_command_count; i++)
        if (strcmp(cli_command_table[i].name, name) == 0)
            return &cli_command_table[i];
    return NULL;
}

/* Whether a first word, which names no command, names no file either and looks like a command with
 * a slip of the finger; then after a sentence on standard error. */
static bool is_mistyped_command(const char *word)
{
    struct cli_suggestion suggestion = { .word = word };
    if (strpbrk(word, "./") || access(word, F_OK) == 0)
        return false;
    for (size_t i = 0; i < cli_command_count; i++)
        cli_suggest(&suggestion, cli_command_table[i].name);
    if (suggestion.nearest)
        cli_complain("\"%s\" is neither a command nor a file; did you mean `postvet %s`?", word,
            suggestion.nearest);
    return suggestion.nearest != NULL;
}

static enum cli_exit dispatch(const struct cli_options *options)
{
    const char **words = options->words;
    size_t count = options->word_count;
    const struct cli_command *command = NULL;
    if (count && options->may_name_command)
        command = cli_command_find(words[0]);
    if (command) {
        words++;
        count--;
    }
    if (options->version)
        return cli_version(options, NULL, 0);
    if (options->help)
        return command ? cli_help_command(command) : cli_help(options, NULL, 0);
    if (!command) {
        if (count == 0 && !cli_options_name_drafts(options)) {
            cli_help_short();
            return CLI_EXIT_ERROR;
        }
        if (count > 0 && options->may_name_command && is_mistyped_command(words[0]))
            return CLI_EXIT_ERROR;
        command = cli_command_find("check");
    }
    if (!cli_options_fit(options, command->bit, command->name))
        return CLI_EXIT_ERROR;
    return command->run(options, words, count);
}

int main(int argc, char **argv)
{
    struct cli_options options;
    enum cli_exit status = CLI_EXIT_ERROR;
    cli_guard();
    json_set_alloc_funcs(cli_wiped_alloc, cli_wiped_free);
    if (cli_options_parse(&options, argc, argv))
        status = dispatch(&options);
    cli_options_release(&options);
    cli_print_finish();
    return (int)status;
}
