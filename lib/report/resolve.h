/* resolve.h: which of several findings at one place stands. Knows spans and ranks, not rules. */
#ifndef PV_REPORT_RESOLVE_H
#define PV_REPORT_RESOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/text.h"

struct pv_candidate {
    struct pv_span source; /* 0..0: the whole draft */
    uint32_t rule, pack;
    uint32_t severity, confidence;
    bool weighed; /* found by the sum of its words: another of its rank says better what it is */
    bool
        spelled; /* found where words in disguise are spelled out: the draft as it is comes first */
    uint32_t order; /* of the record that the caller keeps for it */
    bool dropped;
};

/* Whether a finding of `rule` gives way to one of `other`, of pack `other_pack`. */
typedef bool pv_yields_fn(const void *user, uint32_t rule, uint32_t other, uint32_t other_pack);

/* Orders the candidates by start, end and rule, and marks those that do not stand: first those
 * that give way to another, then, within a pack, of those that overlap all but the best: the
 * graver, then the surer, then what is not weighed, then what is not spelled out, then the
 * longer, then the rule that comes first. */
void pv_resolve(
    struct pv_candidate *candidates, size_t count, pv_yields_fn *yields, const void *user);

#endif
