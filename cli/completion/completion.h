/* completion.h: scripts that complete command lines, one for each shell. All that they offer comes
 * from the tables of commands and options, the profiles and the rules. */
#ifndef CLI_COMPLETION_COMPLETION_H
#define CLI_COMPLETION_COMPLETION_H

#include <postvet/postvet.h>

#include "../command.h"
#include "../memory.h"

void cli_buf_bash_completion(struct cli_buf *out, const postvet_ruleset *ruleset);
void cli_buf_zsh_completion(struct cli_buf *out, const postvet_ruleset *ruleset);
void cli_buf_fish_completion(struct cli_buf *out, const postvet_ruleset *ruleset);

/* Whether an option belongs to a command. */
bool cli_completion_fits(const struct cli_option *option, const struct cli_command *command);

/* What a word behind the options of a command may name: enum cli_word_kind, of all its forms. */
unsigned cli_completion_kinds(const struct cli_command *command);

/* Adds lists of words with `between` between them. */
void cli_buf_commands(struct cli_buf *out, const char *between);
void cli_buf_profiles(struct cli_buf *out, const char *between);
void cli_buf_choices(struct cli_buf *out, const struct cli_option *option, const char *between);
void cli_buf_rules(struct cli_buf *out, const postvet_ruleset *ruleset, const char *between);

/* The actions of a command; nothing when it has none. */
void cli_buf_actions(struct cli_buf *out, const struct cli_command *command, const char *between);

/* The options that take the next word for their value, with their dashes. */
void cli_buf_value_options(struct cli_buf *out, const char *between);

/* Adds text with each byte of `special` behind the string `escape`. */
void cli_buf_escaped(
    struct cli_buf *out, const char *text, const char *special, const char *escape);

/* Adds text for a string between single quotes of a shell; a quote in it ends and resumes it. */
void cli_buf_in_quotes(struct cli_buf *out, const char *text);

#endif
