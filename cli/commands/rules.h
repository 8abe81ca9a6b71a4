/* rules.h: the larger actions of `postvet rules`. Each prints, and returns how the program ends. */
#ifndef CLI_COMMANDS_RULES_H
#define CLI_COMMANDS_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include <postvet/postvet.h>

#include "../exit.h"
#include "../memory.h"
#include "../options.h"

/* The weaknesses of the packs named by `words` (files and directories), or of all. */
enum cli_exit cli_rules_lint(const struct cli_options *options, const postvet_ruleset *ruleset,
    const char *const *words, size_t count);

/* Precision and recall over the labelled drafts of options->corpus. */
enum cli_exit cli_rules_corpus(const struct cli_options *options, const postvet_ruleset *ruleset);

/* Adds how many of the rules' tests hold in each disguise. False after a sentence. */
bool cli_rules_disguises(struct cli_buf *out, const postvet_ruleset *ruleset);

#endif
