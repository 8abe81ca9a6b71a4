/* matcher.h: where the cues and rules of an image match in the draft. */
#ifndef PV_ENGINE_MATCHER_H
#define PV_ENGINE_MATCHER_H

#include "engine/scanner.h"

static inline const struct pv_image_matcher *pv_matcher_at(
    const struct postvet_scanner *s, uint32_t index)
{
    return PV_IMAGE_ITEM(
        s->ruleset->image, struct pv_image_matcher, s->ruleset->image->matchers, index);
}

/* The matchers of terms, patterns and weights that a matcher stands for: itself, or those of a cue
 * of cues.
 */
struct pv_leaves {
    uint32_t index; /* itself, or PV_NONE */
    uint32_t next, end;
};

static inline struct pv_leaves pv_leaves_of(const struct postvet_scanner *s, uint32_t index)
{
    const struct pv_image_matcher *const m = pv_matcher_at(s, index);
    if (m->kind == PV_MATCHER_ANY)
        return (struct pv_leaves){ PV_NONE, m->first, m->first + m->count };
    return (struct pv_leaves){ index, 0, 0 };
}

static inline bool pv_next_leaf(
    const struct pv_image *image, struct pv_leaves *leaves, uint32_t *leaf)
{
    if (leaves->index != PV_NONE) {
        *leaf = leaves->index;
        leaves->index = PV_NONE;
        return true;
    }
    if (leaves->next == leaves->end)
        return false;
    *leaf = *PV_IMAGE_ITEM(image, uint32_t, image->members, leaves->next++);
    return true;
}

/* Finds the terms of all matchers. To be called once a draft. */
void pv_matcher_terms(struct postvet_scanner *s);

/* How much may be done to find out where a matcher matches: look which cells have what it needs,
 * look for its windows in them, run it. The first two say "perhaps", the last says "yes". */
enum pv_effort { PV_BY_CELLS, PV_BY_WINDOWS, PV_BY_RUNNING };

/* Those of the cells where a matcher, also one that stands for others, matches. */
pv_cells pv_matcher_cells(
    struct postvet_scanner *s, uint32_t index, pv_cells cells, enum pv_effort effort);

/* What it costs, roughly, to run a matcher in the windows that were found since it last ran. */
uint64_t pv_matcher_cost(const struct postvet_scanner *s, uint32_t index);

/* The hits of a matcher of terms, patterns or weights, by start: all in the cells, and perhaps
 * others. They stay until the matcher is asked about other cells. Not for one that stands for
 * others. */
const struct pv_hits *pv_matcher_hits(struct postvet_scanner *s, uint32_t index, pv_cells cells);

/* Whether a matcher, also one that stands for others, matches at all. */
bool pv_matcher_any(struct postvet_scanner *s, uint32_t index);

/* Told each step of a pattern that is counted; `user` is the scanner. */
int pv_matcher_step(pcre2_callout_block *block, void *user);

/* Whether the predicates hold for a hit. */
bool pv_wheres_hold(struct postvet_scanner *s, struct pv_range wheres, const struct pv_hit *hit);

#endif
