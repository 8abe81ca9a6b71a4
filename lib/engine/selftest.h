/* selftest.h: runs the tests that rules carry. */
#ifndef PV_ENGINE_SELFTEST_H
#define PV_ENGINE_SELFTEST_H

#include "engine/scanner.h"

/* Runs every test of every rule; see postvet_ruleset_test(). False when out of memory. */
bool pv_selftest(const struct postvet_ruleset *ruleset, postvet_test_fn *on_failure, void *user,
    size_t *run, size_t *failed);

#endif
