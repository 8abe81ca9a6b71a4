/* baseline.h: a baseline: what was found in drafts before and is accepted, so that what is new
 * stands out. Knows its lines, and which entry fits a finding; nothing of drafts.
 *
 *     postvet-baseline 1
 *     # What stood on the site when we began.
 *     posts/march.md gardener warning 2 5f0c3a9b1e7d2846 -- He wrote it himself.
 *
 * One slip refuses the whole file, as in an allow-list. The order of the lines does not matter, and
 * of two entries for the same finding the one that accepts more holds: both sides of a merge may
 * have added it. */
#ifndef PV_REPORT_BASELINE_H
#define PV_REPORT_BASELINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "pack/pack.h"
#include "report/allow.h"
#include "report/result.h"

struct pv_baseline_entry {
    postvet_baseline_entry told;
    postvet_position start, end; /* of its line */
};

struct postvet_baseline {
    const char *name;
    struct pv_buf entries; /* struct pv_baseline_entry, by path, rule and fingerprint */
    struct pv_arena arena;
};

/* Reads an empty baseline. Each error goes to `report`; the first is returned. */
postvet_status pv_baseline_read(
    struct postvet_baseline *baseline, const postvet_source *source, struct pv_report *report);

/* Adds the line that stands for an entry, with its end. False when out of memory. */
bool pv_baseline_write(const postvet_baseline_entry *entry, struct pv_buf *out);

/* The entries for one draft, and how much of each is taken up. {0} accepts nothing. */
struct pv_acceptance {
    const struct postvet_baseline *baseline;
    const struct pv_baseline_entry *entries;
    size_t count;
    size_t *used; /* by entry */
};

/* Looks up a draft by the path that baselines know it by; `used` is in the arena. False when out of
 * memory. */
bool pv_acceptance_begin(struct pv_acceptance *acceptance, const struct postvet_baseline *baseline,
    const char *path, struct pv_arena *arena);

/* The entry that accepts one more finding, which is taken up; or NULL. */
const struct pv_baseline_entry *pv_acceptance_take(struct pv_acceptance *acceptance,
    const postvet_rule_info *rule, const char *fingerprint, postvet_severity severity);

/* Fills all of `out` but the finding. False when out of memory. */
bool pv_acceptance_tell(const struct pv_acceptance *acceptance,
    const struct pv_baseline_entry *entry, struct pv_arena *arena, postvet_suppression *out);

/* Notices about entries that cannot hold and, unless part of the draft could not be checked, those
 * that accept more than there is. False when out of memory. */
bool pv_acceptance_finish(const struct pv_acceptance *acceptance, const struct pv_rule_names *names,
    bool is_complete, struct postvet_result *result);

#endif
