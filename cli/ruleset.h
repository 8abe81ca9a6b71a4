/* ruleset.h: from --rules, --no-default-rules and --profile to a ruleset. */
#ifndef CLI_RULESET_H
#define CLI_RULESET_H

#include <stddef.h>

#include <postvet/postvet.h>

#include "memory.h"
#include "options.h"

/* The rule packs that --rules and `more` (files and directories) name, in order, each directory
 * spread out. False after a sentence on standard error. */
bool cli_ruleset_files(struct cli_list *files, const struct cli_options *options,
    const char *const *more, size_t more_count);

/* Makes the ruleset that the options and `more` (files and directories, as for --rules) ask for.
 * NULL after a sentence on standard error for each error, as FILE:LINE:COLUMN: SENTENCE. */
postvet_ruleset *cli_ruleset_make(
    const struct cli_options *options, const char *const *more, size_t more_count);

/* The same of a configuration, and for drafts: what the options say stands above it. */
postvet_ruleset *cli_ruleset_make_for(
    const struct cli_options *options, const postvet_config *config);

/* Prints an error in rules or configuration where editors look for it, FILE:LINE:COLUMN: SENTENCE,
 * and counts it; a postvet_error_fn. `user` is a size_t. */
void cli_ruleset_error(const postvet_error *error, void *user);

/* Whether --profile names a profile or a file; false after a sentence on standard error. */
bool cli_profile_is_known(const char *profile);

/* The rule of that name, or NULL after a sentence on standard error. */
const postvet_rule_info *cli_ruleset_find(const postvet_ruleset *ruleset, const char *id);

#endif
