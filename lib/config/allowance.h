/* allowance.h: a phrase that a configuration allows, held against what a rule has found. Knows the
 * words of a finding, not how it came about. */
#ifndef PV_CONFIG_ALLOWANCE_H
#define PV_CONFIG_ALLOWANCE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "config/path.h"
#include "report/allow.h"

struct pv_allowance {
    const char *phrase;                  /* as pv_allowance_fold() makes it, or NULL */
    const pcre2_code *code;              /* or NULL */
    const bool *rules;                   /* by rule: whether it holds for its findings */
    const struct pv_path_pattern *paths; /* none: all */
    size_t path_count;
    struct pv_allowed told; /* its reason, and where it stands */
};

/* Those of a ruleset, the strongest first. */
struct pv_allowances {
    const struct pv_allowance *items;
    size_t count;
};

/* The words of a finding in the forms that are compared. {0} is empty. */
struct pv_words {
    struct pv_buf text;   /* in one line */
    struct pv_buf folded; /* and folded */
};

enum pv_allowance_answer {
    PV_ALLOWANCE_NO,
    PV_ALLOWANCE_YES,
    PV_ALLOWANCE_GAVE_UP /* a limit was reached */
};

/* Adds to `out` the text as phrases are compared: folded, each run of blanks one space. False when
 * out of memory. */
bool pv_allowance_fold(const char *text, size_t len, struct pv_buf *out);

/* False when out of memory. Release in any case. */
bool pv_words_init(struct pv_words *words, const char *text, size_t len);
void pv_words_release(struct pv_words *words);

/* Whether an allowance holds for a draft of that path (may be NULL). */
bool pv_allowance_is_for(const struct pv_allowance *allowance, const char *path);

/* Whether the words are just those that are allowed. */
enum pv_allowance_answer pv_allowance_matches(const struct pv_allowance *allowance,
    const struct pv_words *words, pcre2_match_data *data, pcre2_match_context *context);

#endif
