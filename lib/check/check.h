/* check.h: pure validators that rule packs call by name. A check takes a stretch of the plain
 * view as it was matched, separators and all; it allocates nothing and knows no context. */
#ifndef PV_CHECK_CHECK_H
#define PV_CHECK_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The day of the scan as YYYYMMDD; 0 when not known: no date then counts as being in the future
 * that is not after 31 December 2099. */
typedef uint32_t pv_today;

typedef bool pv_check_fn(const char *text, size_t len, pv_today today);

struct pv_check {
    const char *name;  /* as packs write it: "nhs-number" */
    const char *what;  /* one sentence for docs/rules.md: what it accepts, and by which source */
    const char *holds; /* reason shown to people when it holds: "the check digit holds" */
    const char *fails; /* … and when it does not: "the check digit does not hold" */
    pv_check_fn *fn;
};

/* The check with this name, or NULL. */
const struct pv_check *pv_check_find(const char *name);

/* All of them, by name; NULL past the end. The index is stable within one build. */
size_t pv_check_count(void);
const struct pv_check *pv_check_at(size_t index);

#endif
