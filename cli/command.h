/* command.h: the commands of the program. main.c holds their table. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "exit.h"
#include "options.h"

struct cli_command {
    const char *name;
    enum cli_command_bit bit; /* which options it takes */
    /* `words` are what follows the command's name. */
    enum cli_exit (*run)(const struct cli_options *options, const char **words, size_t count);
    const char *usage;   /* after "postvet ", a line for each form */
    const char *summary; /* one line */
};

extern const struct cli_command cli_command_table[];
extern const size_t cli_command_count;

/* The command of that name, or NULL. */
const struct cli_command *cli_command_find(const char *name);

enum cli_exit cli_check(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_baseline(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_rules(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_config(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_view(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_redact(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_clean(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_explain(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_completion(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_init(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_help(const struct cli_options *options, const char **words, size_t count);
enum cli_exit cli_version(const struct cli_options *options, const char **words, size_t count);

/* Prints the help of a command to standard output. */
enum cli_exit cli_help_command(const struct cli_command *command);

/* A few lines on standard error, for a command line without a command or a draft. */
void cli_help_short(void);

#endif
