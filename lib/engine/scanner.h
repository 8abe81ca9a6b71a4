/* scanner.h: one draft against one ruleset. Finds what each rule finds; which of the findings stand
 * beside one another, and how they are shown, is the report room's affair.
 *
 * All spans here are of the plain view. A scanner is made once and reads draft after draft; what
 * it learns of a draft (hits of cues, findings of rules) is worked out when first asked for and
 * kept until the next one. */
#ifndef PV_ENGINE_SCANNER_H
#define PV_ENGINE_SCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <postvet/postvet.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/work.h"
#include "check/check.h"
#include "engine/cells.h"
#include "engine/pattern.h"
#include "engine/ruleset.h"
#include "engine/weigh.h"
#include "engine/windows.h"
#include "text/text.h"

/* No cue or rule is followed further in one draft; at the limit the result is incomplete. */
#define PV_HITS_MAX 1000000u

/* A pattern is compiled to machine code when a scanner has run it so often: below that the
 * compiling costs more than it saves. */
#define PV_JIT_AFTER 100u

/* One place where a matcher matched. */
struct pv_hit {
    uint32_t start, end;
    uint32_t term;     /* or PV_NONE */
    uint32_t pattern;  /* or PV_NONE */
    uint32_t captures; /* first of `groups` pairs in postvet_scanner.captures */
    uint32_t groups;
};

struct pv_hits {
    struct pv_buf items;  /* struct pv_hit, by start */
    pv_cells cells;       /* where the matcher may match, once it is `known` */
    pv_cells looked, run; /* where its windows were looked for, and where it has run */
    uint64_t cost;        /* of running it in the windows that it has not run in */
    bool known;
    bool gave_up; /* a limit was reached: there may be more */
};

/* One place where a rule found something. */
struct pv_rule_hit {
    uint32_t start, end; /* both 0 where the finding is about the whole draft */
    bool whole;
    postvet_severity severity;
    postvet_confidence confidence;
    const char *const *reasons; /* in the scanner's arena */
    size_t reason_count;
};

enum pv_rule_state { PV_RULE_NEW, PV_RULE_BUSY, PV_RULE_DONE };
struct pv_rule_hits {
    struct pv_buf items; /* struct pv_rule_hit, by start */
    enum pv_rule_state state;
};

struct postvet_scanner {
    const struct postvet_ruleset *ruleset;
    struct pv_text text;
    pv_today today;
    bool gated;           /* patterns run only where their gates stand */
    bool lowered;         /* PCRE2's limits, which machine code takes less exactly: there is none */
    struct pv_work work;  /* what may be done about this draft, whoever reads it first sets it */
    struct pv_work share; /* of it, what the pattern at work may take */
    size_t step_at;       /* where that one was at its last step */
    struct pv_arena arena; /* reasons; until the next draft */

    uint32_t *runs; /* by pattern: how often it has run, up to PV_JIT_AFTER */
    pcre2_match_data *match_data;
    pcre2_match_context *match_context;

    struct pv_cell_map map;         /* of the draft's blocks */
    struct pv_gates gates[2];       /* by enum pv_view_kind; one where the views are the same */
    struct pv_hits *hits;           /* by matcher; those of terms are found together, first */
    struct pv_buf captures;         /* uint32_t */
    struct pv_rule_hits *rule_hits; /* by rule */
    size_t words;                   /* of the draft; SIZE_MAX: not yet counted */
    struct pv_span sentence, sentence_of; /* the last one asked for, and of which span */
    struct pv_windows windows;            /* where patterns are to be tried */
    struct pv_weighing weighing;          /* the words and what they say */
    bool nomem;
};

/* False when out of memory; the scanner is then to be released all the same. */
bool pv_scanner_init(struct postvet_scanner *scanner, const struct postvet_ruleset *ruleset);
void pv_scanner_release(struct postvet_scanner *scanner);

/* Takes up a draft, which must stay until the next one or the release. False when out of memory. */
bool pv_scanner_read(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options);

/* Takes up the same draft once more, with the words in disguise spelled out
 * (leet.h, latin.h). False when out of memory. */
bool pv_scanner_spell(struct postvet_scanner *scanner, const postvet_scan_options *options);

/* What a rule finds in the draft, as *count records; false when out of memory. */
bool pv_scanner_rule(
    struct postvet_scanner *scanner, uint32_t rule, const struct pv_rule_hit **hits, size_t *count);

#endif
