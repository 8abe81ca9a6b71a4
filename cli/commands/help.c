/* help.c: all help is made from the tables of commands and options, so that it cannot be wrong. */
#include <stdio.h>
#include <string.h>

#include "../command.h"
#include "../output/stream.h"
#include "../output/terminal.h"
#include "../suggest.h"

enum { INDENT = 2, COLUMN = 26, COMMAND_COLUMN = 14 };

static void add_usage(struct cli_buf *out, const struct cli_command *command, const char *start)
{
    for (const char *form = command->usage; *form;) {
        const size_t len = strcspn(form, "\n");
        cli_buf_puts(out, start);
        cli_buf_puts(out, "postvet ");
        cli_buf_add(out, form, len);
        cli_buf_puts(out, "\n");
        start = "       ";
        form += len + (form[len] == '\n');
    }
}

static void add_option(
    struct cli_buf *out, const struct cli_terminal *terminal, const struct cli_option *option)
{
    struct cli_buf label = { 0 };
    if (option->letter)
        cli_buf_printf(&label, "-%c, ", option->letter);
    cli_buf_printf(&label, "--%s", option->name);
    if (option->value_name)
        cli_buf_printf(&label, " %s", option->value_name);
    if (label.len + INDENT + 2 > COLUMN) { /* too long to stand beside its help */
        cli_buf_printf(out, "%*s%s\n", INDENT, "", label.data);
        cli_buf_fill(out, ' ', COLUMN);
    } else {
        cli_buf_printf(out, "%*s%-*s", INDENT, "", COLUMN - INDENT, label.data);
    }
    cli_buf_wrap(out, terminal, COLUMN, option->help);
    cli_buf_release(&label);
}

static void add_options(
    struct cli_buf *out, const struct cli_terminal *terminal, enum cli_command_bit command)
{
    cli_buf_puts(out, "\nOptions:\n");
    for (size_t i = 0; i < cli_option_count; i++)
        if (cli_option_table[i].commands & (command | CLI_FOR_ALL))
            add_option(out, terminal, &cli_option_table[i]);
}

static void add_exit_statuses(struct cli_buf *out)
{
    cli_buf_puts(out, "\nExit status:\n"
                      "  0  clear: nothing as grave as --fail-on says\n"
                      "  1  something that grave was found\n"
                      "  2  wrong use, broken rules, or a file that could not be read\n"
                      "  3  some draft was not fully checked\n"
                      "The greatest wins, in the order 2, 3, 1, 0.\n");
}

static void add_profiles(struct cli_buf *out)
{
    cli_buf_puts(out, "\nProfiles:\n");
    for (size_t i = 0; i < postvet_profile_count(); i++)
        cli_buf_printf(out, "  %-*s  %s\n", COLUMN - 2 * INDENT, postvet_profile_name(i),
            postvet_profile_title(i));
}

static void print(struct cli_buf *out)
{
    cli_print(out);
    cli_buf_release(out);
}

enum cli_exit cli_help_command(const struct cli_command *command)
{
    const struct cli_terminal terminal = cli_terminal_look(CLI_COLOR_NEVER);
    struct cli_buf out = { 0 }, sentence = { 0 };
    add_usage(&out, command, "Usage: ");
    cli_buf_printf(&sentence, "%s.", command->summary);
    cli_buf_puts(&out, "\n");
    cli_buf_wrap(&out, &terminal, 0, sentence.data);
    cli_buf_release(&sentence);
    if (command->bit == CLI_FOR_CHECK)
        cli_buf_wrap(&out, &terminal, 0,
            "A directory stands for the .md, .markdown, .html, .htm and .txt files in it, and - "
            "for standard input.");
    add_options(&out, &terminal, command->bit);
    if (command->bit == CLI_FOR_CHECK) {
        add_profiles(&out);
        add_exit_statuses(&out);
    }
    print(&out);
    return CLI_EXIT_CLEAR;
}

/* Whether an option says the same as a command: then the short list goes without the command. */
static bool is_an_option_too(const struct cli_command *command)
{
    for (size_t i = 0; i < cli_option_count; i++)
        if (strcmp(cli_option_table[i].name, command->name) == 0)
            return command->bit == CLI_FOR_ALL;
    return false;
}

/* Fits a screen of 24 lines, one of them for the prompt, as long as each summary fits its line. */
static enum cli_exit help_on_everything(void)
{
    const struct cli_terminal terminal = cli_terminal_look(CLI_COLOR_NEVER);
    struct cli_buf out = { 0 };
    cli_buf_puts(&out, "Usage: postvet [OPTION]... FILE|DIR|-...\n"
                       "       postvet COMMAND [OPTION]...\n\n");
    cli_buf_wrap(&out, &terminal, 0,
        "Checks a draft post against NHS Trusts' social media policies before it is published. "
        "Nothing leaves this computer.");
    cli_buf_puts(&out, "\nCommands:\n");
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command *const command = &cli_command_table[i];
        if (is_an_option_too(command))
            continue;
        cli_buf_printf(&out, "%*s%-*s", INDENT, "", COMMAND_COLUMN - INDENT, command->name);
        cli_buf_wrap(&out, &terminal, COMMAND_COLUMN, command->summary);
    }
    cli_buf_puts(&out, "\n");
    cli_buf_wrap(&out, &terminal, 0,
        "Try `postvet draft.md`. `postvet help check` tells every option, the Trusts that "
        "--profile knows, and the exit status; `postvet help COMMAND` tells the same of the "
        "others.");
    print(&out);
    return CLI_EXIT_CLEAR;
}

enum cli_exit cli_help(const struct cli_options *options, const char **words, size_t count)
{
    (void)options;
    if (count == 0)
        return help_on_everything();
    const struct cli_command *const command = cli_command_find(words[0]);
    if (command)
        return cli_help_command(command);
    struct cli_suggestion suggestion = { .word = words[0] };
    for (size_t i = 0; i < cli_command_count; i++)
        cli_suggest(&suggestion, cli_command_table[i].name);
    if (suggestion.nearest)
        cli_complain("unknown command \"%s\"; did you mean \"%s\"?", words[0], suggestion.nearest);
    else
        cli_complain("unknown command \"%s\"; `postvet help` lists them", words[0]);
    return CLI_EXIT_ERROR;
}

void cli_help_short(void)
{
    cli_complain("no draft given");
    fputs("Usage: postvet [OPTION]... FILE|DIR|-...\n"
          "Try `postvet draft.md`, or `postvet --help` for more.\n",
        stderr);
}
