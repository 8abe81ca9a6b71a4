/* ruleset.h: an image, the profile in force, and what both say in words. Immutable once made. */
#ifndef PV_ENGINE_RULESET_H
#define PV_ENGINE_RULESET_H

#include <stdbool.h>
#include <stdint.h>

#include <postvet/postvet.h>

#include "base/arena.h"
#include "base/buf.h"
#include "engine/codes.h"
#include "engine/image.h"
#include "pack/pack.h"

struct pv_allowances; /* config/allowance.h */

struct postvet_ruleset {
    const struct pv_image *image;
    struct pv_buf owned;                    /* the image, when it was made at run time */
    const struct pv_image_profile *profile; /* NULL: the general wording */
    struct pv_codes *codes;                 /* its patterns, compiled when needed */
    struct pv_arena arena;                  /* everything below */
    postvet_pack_info *packs;
    postvet_rule_info *rules; /* severity 0: left out by the profile */
    bool *applies;            /* by rule: whether it is on */
    const char *const *locks; /* by rule: where a configuration locks it, or NULL; NULL: nowhere */
    const struct pv_allowances *allowances; /* of a configuration, or NULL */
};

/* Words the infos of the image's packs and rules as `profile` (an id; NULL for general) fills
 * them. `ruleset->image` is set. POSTVET_ERR_PROFILE when there is no such profile. */
postvet_status pv_ruleset_word(
    struct postvet_ruleset *ruleset, const char *profile, struct pv_report *report);

/* Whether a rule is meant for the profile in force. */
bool pv_ruleset_rule_is_for(const struct postvet_ruleset *ruleset, size_t index);

static inline const struct pv_image_rule *pv_ruleset_rule(
    const struct postvet_ruleset *ruleset, size_t index)
{
    return PV_IMAGE_ITEM(ruleset->image, struct pv_image_rule, ruleset->image->rules, index);
}

/* Whether a rule finds what weighs enough (see weigh.h). */
static inline bool pv_ruleset_rule_weighs(const struct postvet_ruleset *ruleset, size_t index)
{
    const struct pv_image *const image = ruleset->image;
    const uint32_t matcher = pv_ruleset_rule(ruleset, index)->matcher;
    return matcher != PV_NONE
           && PV_IMAGE_ITEM(image, struct pv_image_matcher, image->matchers, matcher)->kind
                  == PV_MATCHER_WEIGHED;
}

#endif
