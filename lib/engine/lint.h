/* lint.h: what is weak in rules that load. Knows rules and their tests; nothing here is an error,
 * and whether the tests hold is selftest.h's affair. */
#ifndef PV_ENGINE_LINT_H
#define PV_ENGINE_LINT_H

#include <postvet/postvet.h>

#include "engine/ruleset.h"

/* Fewer tests of either sort say little about a rule. */
#define PV_LINT_TESTS_MIN 3u

/* A pattern is slow that takes more steps than this from one place of the text: hundreds are
 * usual, and at a million a scan gives up (pattern.h). The texts are made of a rule's own tests,
 * repeated up to this many bytes. */
#define PV_LINT_STEPS_MAX 20000u
#define PV_LINT_TEXT_BYTES ((size_t)4096)

/* Tells every weakness; see postvet_ruleset_lint(). False when out of memory. */
bool pv_lint(
    const struct postvet_ruleset *ruleset, postvet_lint_fn *on_warning, void *user, size_t *count);

#endif
