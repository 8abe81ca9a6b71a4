/* test_threads.c: the thread rules. Threads with a scanner each share one ruleset and scan the same
 * drafts in different orders; every result is the one that a single thread gets. ThreadSanitizer
 * (preset tsan) sees whether they touch what they should not. */
#include <pthread.h>

#include "random.h"
#include "scan_support.h"

/* Drafts enough for patterns to be turned into machine code while all threads run. */
enum { THREADS = 8, MADE = 60, DRAFTS = MADE + 2 };

struct shared {
    const postvet_ruleset *ruleset;
    struct pv_buf drafts[DRAFTS];
    char *expected[DRAFTS];
};

struct worker {
    pthread_t thread;
    const struct shared *shared;
    size_t number;
    size_t wrong, scans;
};

/* Sentences out of pieces that rules look for, and some that they do not. */
static struct pv_buf make_draft(uint64_t *seed)
{
    static const char *const pieces[] = { "My NHS number is 943 476 5919. ",
        "The ward was busy today. ", "Mrs Ada Fairbrass, 84, of FY3 8NR, ",
        "date of birth 03/02/1961 ", "\n\n", "# Heading\n", "I work for the Trust and ",
        "caf\xC3\xA9 ", "\xEF\xBC\x99\xEF\xBC\x94\xEF\xBC\x93 476 5919 ", "the patient in bed 4 ",
        "<b>photo</b> of the bay ", "views are my own. ", "w4nk3r ",
        "| a | b |\n|---|---|\n| 943 | 476 |\n", "[link](http://example.org/9434765919) ",
        "raise a concern " };
    struct pv_buf draft = { 0 };
    for (size_t i = 0, count = 3 + random_below(seed, 20); i < count; i++)
        assert_true(pv_buf_append_str(
            &draft, pieces[random_below(seed, sizeof(pieces) / sizeof(pieces[0]))]));
    return draft;
}

/* cmocka's assertions are for its own thread: here what is wrong is only counted. */
static char *scan_quietly(postvet_scanner *scanner, const struct pv_buf *draft)
{
    postvet_result *result = NULL;
    if (postvet_scan(scanner, draft->data, draft->len, NULL, &result, NULL) != POSTVET_OK)
        return NULL;
    char *const described = describe_result(result);
    postvet_result_free(result);
    return described;
}

static void *work(void *user)
{
    struct worker *const w = user;
    postvet_scanner *scanner = NULL;
    if (postvet_scanner_new(w->shared->ruleset, &scanner, NULL) != POSTVET_OK) {
        w->wrong++;
        return NULL;
    }
    for (size_t i = 0; i < DRAFTS; i++) {
        const size_t k = (i * (2 * w->number + 1) + w->number) % DRAFTS;
        char *const got = scan_quietly(scanner, &w->shared->drafts[k]);
        w->wrong += !got || strcmp(got, w->shared->expected[k]) != 0;
        w->scans++;
        free(got);
    }
    postvet_scanner_free(scanner);
    return NULL;
}

static void scan_alone(struct shared *shared)
{
    postvet_scanner *scanner = NULL;
    size_t found = 0;
    assert_int_equal(postvet_scanner_new(shared->ruleset, &scanner, NULL), POSTVET_OK);
    for (size_t i = 0; i < DRAFTS; i++) {
        shared->expected[i] = scan_quietly(scanner, &shared->drafts[i]);
        assert_non_null(shared->expected[i]);
        found += shared->expected[i][0] != '\0';
    }
    assert_true(found > DRAFTS / 2);
    postvet_scanner_free(scanner);
}

static void scan_together(const struct shared *shared)
{
    struct worker workers[THREADS] = { { .shared = NULL } };
    for (size_t i = 0; i < THREADS; i++) {
        workers[i].shared = shared;
        workers[i].number = i;
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(workers[i].wrong, 0);
        assert_int_equal(workers[i].scans, DRAFTS);
    }
}

static void share_a_ruleset(const postvet_ruleset_options *options)
{
    static const char *const files[] = { "/drafts/ward-story.md", "/drafts/garden-news.md" };
    struct shared shared = { .ruleset = NULL };
    postvet_ruleset *ruleset = NULL;
    uint64_t seed = 20250601;
    for (size_t i = 0; i < MADE; i++)
        shared.drafts[i] = make_draft(&seed);
    for (size_t i = MADE; i < DRAFTS; i++) {
        char path[512];
        snprintf(path, sizeof(path), "%s%s", POSTVET_TESTS, files[i - MADE]);
        shared.drafts[i] = read_file(path);
    }
    assert_int_equal(postvet_ruleset_new(options, &ruleset, NULL), POSTVET_OK);
    shared.ruleset = ruleset;
    scan_alone(&shared);
    /* A new one, so that the threads are the first to need each of its patterns. */
    postvet_ruleset_free(ruleset);
    assert_int_equal(postvet_ruleset_new(options, &ruleset, NULL), POSTVET_OK);
    shared.ruleset = ruleset;
    scan_together(&shared);
    for (size_t i = 0; i < DRAFTS; i++) {
        pv_buf_release(&shared.drafts[i]);
        free(shared.expected[i]);
    }
    postvet_ruleset_free(ruleset);
}

static void embedded_image(void **state)
{
    (void)state;
    share_a_ruleset(NULL);
}

/* An image made at run time is shared memory, too. */
static void own_image(void **state)
{
    static const char *const packs[] = { POSTVET_TESTS "/../rules/packs/date-of-birth.yaml",
        POSTVET_TESTS "/../rules/packs/postcode.yaml",
        POSTVET_TESTS "/../rules/packs/nhs-number.yaml",
        POSTVET_TESTS "/../rules/packs/register.yaml" };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    (void)state;
    options.without_default_packs = true;
    options.pack_files = packs;
    options.pack_file_count = sizeof(packs) / sizeof(packs[0]);
    share_a_ruleset(&options);
}

/* Rulesets are made, and results outlive their scanners, on any thread. */
static void *make_and_free(void *user)
{
    size_t *const wrong = user;
    postvet_ruleset *ruleset = NULL;
    postvet_scanner *scanner = NULL;
    postvet_result *result = NULL;
    static const char draft[] = "My NHS number is 943 476 5919.";
    if (postvet_ruleset_new(NULL, &ruleset, NULL) != POSTVET_OK
        || postvet_scanner_new(ruleset, &scanner, NULL) != POSTVET_OK
        || postvet_scan(scanner, draft, sizeof(draft) - 1, NULL, &result, NULL) != POSTVET_OK)
        (*wrong)++;
    postvet_scanner_free(scanner);
    *wrong += !result || postvet_result_verdict(result) != POSTVET_BLOCK;
    postvet_result_free(result);
    postvet_ruleset_free(ruleset);
    return NULL;
}

static void rulesets_of_their_own(void **state)
{
    pthread_t threads[THREADS];
    size_t wrong[THREADS] = { 0 };
    (void)state;
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_and_free, &wrong[i]), 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(wrong[i], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(embedded_image),
        cmocka_unit_test(own_image),
        cmocka_unit_test(rulesets_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
