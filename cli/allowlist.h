/* allowlist.h: from --allow-file to an allow-list. */
#ifndef CLI_ALLOWLIST_H
#define CLI_ALLOWLIST_H

#include <postvet/postvet.h>

/* Reads an allow-list. NULL after a sentence on standard error for each error in it, as
 * FILE:LINE:COLUMN: SENTENCE. */
postvet_allowlist *cli_allowlist_make(const char *path, const postvet_ruleset *ruleset);

#endif
