/* selftest.h: runs the tests that rules carry. */
#ifndef PV_ENGINE_SELFTEST_H
#define PV_ENGINE_SELFTEST_H

#include "base/buf.h"
#include "engine/scanner.h"

/* A test's text without its marks, and where they stood. {0} is empty; to be released. */
struct pv_expectation {
    struct pv_buf text;  /* without marks */
    struct pv_buf spans; /* struct pv_span of that text */
};

/* Reads the text of a test of the image. False when out of memory. */
bool pv_expectation_read(
    struct pv_expectation *e, const struct pv_image *image, const struct pv_image_test *test);
void pv_expectation_release(struct pv_expectation *e);

/* What a test says of its draft. */
postvet_scan_options pv_test_options(const struct pv_image_test *test);

/* Whether a rule speaks of drafts of the test's voice and kind. */
bool pv_test_applies(const struct pv_image_rule *rule, const struct pv_image_test *test);

/* Runs every test of every rule; see postvet_ruleset_test(). False when out of memory. */
bool pv_selftest(const struct postvet_ruleset *ruleset, postvet_test_fn *on_failure, void *user,
    size_t *run, size_t *failed);

#endif
