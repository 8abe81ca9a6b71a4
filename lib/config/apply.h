/* apply.h: a configuration put upon a ruleset: which rules are on, how grave they are, which are
 * locked, and what is allowed. The one place where names in a configuration meet rules. */
#ifndef PV_CONFIG_APPLY_H
#define PV_CONFIG_APPLY_H

#include "config/config.h"
#include "engine/ruleset.h"

/* `ruleset` has its words (pv_ruleset_word()), and so what packs and profile say; `options` made
 * it, and `embedded` is the image of the default packs. Nothing is compiled anew. Tells every error
 * and returns the first. */
postvet_status pv_config_apply(const struct postvet_config *config,
    const postvet_ruleset_options *options, const struct pv_image *embedded,
    struct postvet_ruleset *ruleset, struct pv_report *report);

#endif
