/* scan.h: one draft from bytes to a result: where the rooms meet. The public functions check their
 * arguments and call this. */
#ifndef PV_SCAN_H
#define PV_SCAN_H

#include <postvet/postvet.h>

#include "config/allowance.h"
#include "engine/scanner.h"
#include "report/baseline.h"
#include "report/cut.h"
#include "report/suppress.h"

/* Which of the findings in the text that the scanner has read are to be gathered. */
enum pv_part {
    PV_PART_ALL,
    PV_PART_CUTS, /* those about what directives say, whose parts are to be cut */
    PV_PART_REST  /* all: the parts have been cut, and places are put back */
};

/* What a rule found, in the arena of the gathering. */
struct pv_found {
    struct pv_rule_hit hit;
    const char *excerpt;
    enum pv_part part;
    struct pv_suppression *grant;             /* that a configuration allows it, or NULL */
    struct pv_suppression *suppression;       /* what sets it aside, or NULL */
    const struct pv_baseline_entry *accepted; /* the same; at most one of the two */
    const char *fingerprint;                  /* or NULL: not made yet */
};

/* What a configuration allows in a draft. */
struct pv_grant {
    const struct pv_allowance *allowance;
    struct pv_suppression suppression; /* of what it allows */
    bool gave_up;                      /* a limit was reached */
};
struct pv_grants {
    struct pv_grant *items;
    size_t count;
};

/* What the rules find in a draft, before those are chosen that stand. */
struct pv_gathering {
    const struct postvet_ruleset *ruleset;
    const postvet_scan_options *options;
    struct pv_arena *arena;
    struct pv_buf candidates; /* struct pv_candidate */
    struct pv_buf found;      /* struct pv_found, by candidate */
    struct pv_grants grants;
    bool full;     /* there is more than a result may hold */
    bool is_spent; /* the work that a draft may take was done before all of it was */
};

/* Whether a rule is tried on such a draft. */
bool pv_rule_is_tried(
    const struct postvet_ruleset *ruleset, uint32_t rule, const postvet_scan_options *options);

/* Adds to a gathering; `suppressions` know the directives, and are NULL for PV_PART_ALL. False when
 * out of memory. */
bool pv_gather(struct pv_gathering *g, struct postvet_scanner *scanner, enum pv_part part,
    const struct pv_suppressions *suppressions);

/* The names of a ruleset's rules. */
struct pv_rule_names pv_rule_names_of(const struct postvet_ruleset *ruleset);

/* Marks the candidates that do not stand. */
void pv_gathering_resolve(struct pv_gathering *g);

void pv_gathering_release(struct pv_gathering *g);

/* Scans a draft; NULL when out of memory. The options are valid. */
struct postvet_result *pv_scan(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options);

#endif
