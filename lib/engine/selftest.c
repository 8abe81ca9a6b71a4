/* selftest.c: a test's text loses its marks [[ and ]], which say where the rule must find
 * something; then the one rule is asked what it finds. */
#include "engine/selftest.h"

#include <stdio.h>
#include <string.h>

bool pv_expectation_read(
    struct pv_expectation *e, const struct pv_image *image, const struct pv_image_test *test)
{
    const char *const marked = pv_image_string(image, test->text);
    pv_buf_clear(&e->text);
    pv_buf_clear(&e->spans);
    struct pv_span span = { 0, 0 };
    for (const char *c = marked; *c;) {
        bool ok = true;
        if (strncmp(c, "[[", 2) == 0) {
            span.start = e->text.len;
            c += 2;
        } else if (strncmp(c, "]]", 2) == 0) {
            span.end = e->text.len;
            c += 2;
            struct pv_span *const slot = PV_BUF_PUSH(&e->spans, struct pv_span);
            ok = slot != NULL;
            if (slot)
                *slot = span;
        } else {
            ok = pv_buf_append_byte(&e->text, *c++);
        }
        if (!ok)
            return false;
    }
    return true;
}

void pv_expectation_release(struct pv_expectation *e)
{
    pv_buf_release(&e->text);
    pv_buf_release(&e->spans);
}

postvet_scan_options pv_test_options(const struct pv_image_test *test)
{
    return (postvet_scan_options){ .version = POSTVET_SCAN_OPTIONS_VERSION,
        .voice = (postvet_voice)test->voice,
        .kind = (postvet_kind)test->kind,
        .markup = (postvet_markup)test->markup };
}

bool pv_test_applies(const struct pv_image_rule *rule, const struct pv_image_test *test)
{
    return (rule->voices >> test->voice & 1) && (rule->kinds >> test->kind & 1);
}

static struct pv_span pv_hit_source(const struct postvet_scanner *s, const struct pv_rule_hit *hit)
{
    const struct pv_span plain = { hit->start, hit->end };
    return hit->whole ? (struct pv_span){ 0, 0 } : pv_text_source_span(&s->text, plain);
}

static bool pv_is_found(const struct postvet_scanner *s, const struct pv_rule_hit *hits,
    size_t count, struct pv_span want)
{
    for (size_t i = 0; i < count; i++) {
        const struct pv_span got = pv_hit_source(s, &hits[i]);
        if (got.start == want.start && got.end == want.end)
            return true;
    }
    return false;
}

static void pv_describe(const struct postvet_scanner *s, const struct pv_rule_hit *hits,
    size_t count, char *out, size_t size)
{
    if (!count) {
        snprintf(out, size, "no finding");
        return;
    }
    const struct pv_span got = pv_hit_source(s, &hits[0]);
    if (hits[0].whole)
        snprintf(out, size, "a finding about the whole draft");
    else
        snprintf(out, size, "%zu finding%s, the first at bytes %zu..%zu", count,
            count == 1 ? "" : "s", got.start, got.end);
}

/* Whether the test holds; otherwise what was expected and what came, in words. */
static bool pv_test_holds(const struct postvet_scanner *s, const struct pv_image_test *test,
    const struct pv_expectation *e, const struct pv_rule_hit *hits, size_t count, char expected[64])
{
    if (!test->must_match) {
        snprintf(expected, 64, "no finding");
        return count == 0;
    }
    const size_t spans = PV_BUF_COUNT(&e->spans, struct pv_span);
    for (size_t i = 0; i < spans; i++) {
        const struct pv_span want = PV_BUF_ITEMS(&e->spans, struct pv_span)[i];
        snprintf(expected, 64, "a finding at bytes %zu..%zu", want.start, want.end);
        if (!pv_is_found(s, hits, count, want))
            return false;
    }
    snprintf(expected, 64, "a finding");
    return count > 0;
}

/* False when out of memory. */
static bool pv_run_test(struct postvet_scanner *s, uint32_t rule, const struct pv_image_test *test,
    struct pv_expectation *e, postvet_test_fn *on_failure, void *user, size_t *failed)
{
    const postvet_scan_options options = pv_test_options(test);
    const struct pv_image_rule *const r = pv_ruleset_rule(s->ruleset, rule);
    const struct pv_rule_hit *hits = NULL;
    size_t count = 0;
    char expected[64], actual[96];
    if (!pv_expectation_read(e, s->ruleset->image, test)
        || !pv_scanner_read(s, e->text.data ? e->text.data : "", e->text.len, &options))
        return false;
    if (pv_test_applies(r, test) && !pv_scanner_rule(s, rule, &hits, &count))
        return false;
    if (pv_test_holds(s, test, e, hits, count, expected))
        return true;
    (*failed)++;
    pv_describe(s, hits, count, actual, sizeof(actual));
    const postvet_test_failure failure = { pv_image_string(s->ruleset->image, r->id),
        pv_image_string(s->ruleset->image, test->text), expected, actual };
    if (on_failure)
        on_failure(&failure, user);
    return true;
}

bool pv_selftest(const struct postvet_ruleset *ruleset, postvet_test_fn *on_failure, void *user,
    size_t *run, size_t *failed)
{
    const struct pv_image *const image = ruleset->image;
    struct postvet_scanner scanner;
    struct pv_expectation e = { { 0 }, { 0 } };
    bool ok = pv_scanner_init(&scanner, ruleset);
    for (uint32_t i = 0; ok && i < image->rules.count; i++) {
        const struct pv_range tests = pv_ruleset_rule(ruleset, i)->tests;
        for (uint32_t k = 0; ok && k < tests.count; k++, (*run)++)
            ok = pv_run_test(&scanner, i, PV_IMAGE_ITEM(image, struct pv_image_test, tests, k), &e,
                on_failure, user, failed);
    }
    pv_expectation_release(&e);
    pv_scanner_release(&scanner);
    return ok;
}
