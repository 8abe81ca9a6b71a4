/* settings.h: what applies to a draft: its configuration, and the rules and defaults that follow
 * from it. Drafts with the same files of configuration share one, made when the first of them comes
 * along. For the one thread that hands out drafts; what is handed out is constant. */
#ifndef CLI_CONFIG_SETTINGS_H
#define CLI_CONFIG_SETTINGS_H

#include <postvet/postvet.h>

#include "../options.h"
#include "files.h"
#include "find.h"

struct cli_settings {
    size_t index; /* from 0, in the order in which they were made */
    postvet_config *config;
    postvet_ruleset *ruleset;     /* NULL: there are errors, which have been told */
    postvet_allowlist *allowlist; /* of --allow-file, or NULL */
    struct cli_options options;   /* those of the command line, with what a configuration says */
};

/* {0} is empty. */
struct cli_configs {
    const struct cli_options *options;
    struct cli_finder finder;
    struct cli_config_files files;
    struct cli_chain system, environment, named; /* of the computer, POSTVET_CONFIG, --config */
    struct cli_found user;
    bool knows_user;          /* `user` has been looked for */
    struct cli_table by_file; /* struct cli_settings, by the file that is nearest */
    size_t count;             /* of settings */
};

/* Reads what applies to all drafts. False after sentences on standard error; to be closed in any
 * case. */
bool cli_configs_open(struct cli_configs *configs, const struct cli_options *options);

/* What applies to a draft of that path; NULL for one without a name, in the current directory. */
const struct cli_settings *cli_configs_for(struct cli_configs *configs, const char *path);

/* Adds a draft's absolute path, which the paths of configurations are about. */
void cli_configs_path(struct cli_configs *configs, const char *path, struct cli_buf *out);

void cli_configs_close(struct cli_configs *configs);

#endif
