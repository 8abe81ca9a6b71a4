/* suppress.h: which findings an author has set aside, and what is wrong with how it was said. Knows
 * directives, allow-lists and the names of rules; nothing of why a rule found something.
 *
 * A suppression is for one rule, and holds where a finding starts between two bytes of the source,
 * or for the whole draft. What a directive itself says is published with it, and no directive sets
 * that aside. */
#ifndef PV_REPORT_SUPPRESS_H
#define PV_REPORT_SUPPRESS_H

#include "report/allow.h"
#include "report/cut.h"
#include "report/directive.h"
#include "report/result.h"

/* A draft names at most this many rules in its directives; the rest suppresses nothing. */
#define PV_SUPPRESSIONS_MAX 1000u

struct pv_suppression {
    uint32_t rule;
    struct pv_span where; /* of the source */
    bool everywhere;
    struct pv_span reason;            /* of the source */
    const struct pv_allowed *allowed; /* of another file; then no reason stands in the source */
    struct pv_span name;              /* of the source: where the rule is named */
    bool is_used;
    const char *told; /* the reason as it is told, once it was */
};

/* {0} is empty. */
struct pv_suppressions {
    struct pv_buf directives; /* struct pv_directive */
    struct pv_cuts cuts;      /* what goes with them */
    struct pv_cuts names;     /* where they name rules that there are, and nothing else */
    struct pv_buf items;      /* struct pv_suppression */
};

/* Finds the directives of a draft. False when out of memory. */
bool pv_suppressions_find(
    struct pv_suppressions *s, const struct pv_text *text, const struct pv_rule_names *names);

/* Whether a finding is about what a directive says, beside the names of rules. */
bool pv_suppressions_are_about(const struct pv_suppressions *s, struct pv_span source);

/* Makes suppressions of the directives, and of those entries of `allowlist` (may be NULL) that are
 * for a file of that name (may be NULL); notices go to `result`. False when out of memory. */
bool pv_suppressions_make(struct pv_suppressions *s, const char *source, size_t len,
    const struct postvet_allowlist *allowlist, const char *file_name,
    const struct pv_rule_names *names, struct postvet_result *result);

/* What sets aside a finding of `rule` that starts at `start`, or is about the whole draft; or NULL.
 * It is used from then on. */
struct pv_suppression *pv_suppressions_match(
    struct pv_suppressions *s, uint32_t rule, struct pv_span source);

/* A reason is told up to this many bytes. */
#define PV_REASON_MAX 400u

/* Fills all of `out` but the finding. Of the reason, what touches one of `hide` (struct pv_span) is
 * masked. False when out of memory. */
bool pv_suppression_tell(struct pv_suppression *item, const char *source, const struct pv_buf *hide,
    struct pv_arena *arena, postvet_suppression *out);

/* Notices about what was not used, unless part of the draft could not be checked, and one that the
 * directives would be published. False when out of memory. */
bool pv_suppressions_finish(struct pv_suppressions *s, const struct pv_rule_names *names,
    bool is_complete, struct postvet_result *result);

void pv_suppressions_release(struct pv_suppressions *s);

#endif
