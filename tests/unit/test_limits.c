/* test_limits.c: what is too much for one draft. Each limit makes the result incomplete, with the
 * reason in words; none can be passed over in silence, and none depends on what the scanner has
 * read before. */
#include "scan_support.h"

#define RULE(id, pattern)                                                                          \
    "  - id: " id                                                                                  \
    "\n    title: T\n    severity: note\n    confidence: low\n    find: {pattern: '" pattern       \
    "'}\n    message: m\n    advice: a\n    cites: [A 1]\n"                                        \
    "    tests: {match: [x], no-match: [y]}\n"
#define PACK "pack: p\ntitle: P\nversion: 1.0.0\nrules:\n"

static postvet_ruleset *ruleset_of(const char *pack)
{
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    const postvet_source source = { "p.yaml", pack, pack ? strlen(pack) : 0 };
    postvet_ruleset *ruleset = NULL;
    postvet_error err = { .status = POSTVET_OK };
    options.without_default_packs = pack != NULL;
    options.packs = &source;
    options.pack_count = pack != NULL;
    if (postvet_ruleset_new(&options, &ruleset, &err) != POSTVET_OK)
        print_error("%s:%zu: %s\n", err.file, err.line, err.message);
    assert_non_null(ruleset);
    return ruleset;
}

static postvet_scanner *make_scanner(const postvet_ruleset *ruleset)
{
    postvet_scanner *scanner = NULL;
    assert_int_equal(postvet_scanner_new(ruleset, &scanner, NULL), POSTVET_OK);
    return scanner;
}

/* `unit` so often, behind `head`; to be released. */
static struct pv_buf repeat(const char *head, const char *unit, size_t times)
{
    struct pv_buf text = { 0 };
    assert_true(pv_buf_append_str(&text, head));
    for (size_t i = 0; i < times; i++)
        assert_true(pv_buf_append_str(&text, unit));
    return text;
}

static const char spent[] =
    "incomplete: Checking it takes more work than a draft may; not all rules were tried on all of "
    "it.\n";

static void work(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(NULL);
    postvet_scanner *const scanner = make_scanner(ruleset);
    struct pv_buf text = repeat("", "Saw a patient, NHS number 943 476 5919, in bay 4. ", 200);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    (void)state;
    char *const all = describe_scan(scanner, text.data, text.len, &options);
    assert_null(strstr(all, "incomplete"));
    bool found_some = false;
    for (options.work_max = 1; options.work_max < 8u << 20; options.work_max *= 4) {
        char *const some = describe_scan(scanner, text.data, text.len, &options);
        assert_int_equal(strcmp(some, all) == 0, strstr(some, spent) == NULL);
        found_some = found_some || (strstr(some, "nhs-number") && strstr(some, spent));
        free(some);
    }
    assert_true(found_some); /* what was found before is told */
    options.work_max = 1;
    char *const none = describe_scan(scanner, text.data, text.len, &options);
    assert_string_equal(none, spent);
    free(none);
    free(all);
    pv_buf_release(&text);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

/* The same draft, the same work: also when its patterns have become machine code. */
static void work_is_the_same_for_every_scanner(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(NULL);
    postvet_scanner *const used = make_scanner(ruleset), *const fresh = make_scanner(ruleset);
    struct pv_buf text = repeat("", "Saw a patient, NHS number 943 476 5919, in bay 4. ", 400);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    (void)state;
    free(describe_scan(used, text.data, text.len, &options));
    options.work_max = 1000000;
    char *const a = describe_scan(used, text.data, text.len, &options);
    char *const b = describe_scan(fresh, text.data, text.len, &options);
    assert_non_null(strstr(a, spent));
    assert_string_equal(a, b);
    free(a);
    free(b);
    pv_buf_release(&text);
    postvet_scanner_free(used);
    postvet_scanner_free(fresh);
    postvet_ruleset_free(ruleset);
}

/* A pattern that backtracks at every place is given up by itself; others are still tried. */
static void catastrophic_pattern(void **state)
{
    static const char *const patterns[] = {
        PACK RULE("slow", "(?:\\w?){12}\\w{12}#") RULE("quick", "plum"),
        PACK RULE("slow", "(?:a|aa)+#") RULE("quick", "plum"),
        PACK RULE("slow", "a.*a.*a.*b(?!;)") RULE("quick", "plum"),
        PACK RULE("slow", "(?:a+)+#") RULE("quick", "plum"),
    };
    struct pv_buf text = repeat("b z = plum ", "aaaaaaaaaaaaaaaaaaaaaaa-# b; ", 4000);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    (void)state;
    options.work_max = 20 * 1000 * 1000;
    for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
        postvet_ruleset *const ruleset = ruleset_of(patterns[i]);
        postvet_scanner *const scanner = make_scanner(ruleset);
        for (int ungated = 0; ungated < 2; ungated++) {
            options.ungated = ungated;
            char *const said = describe_scan(scanner, text.data, text.len, &options);
            assert_non_null(strstr(said, "quick 6(1:7)-10(1:11) note low"));
            assert_non_null(strstr(said,
                "incomplete: 'slow' could not be checked to the end: a limit was reached.\n"));
            free(said);
        }
        postvet_scanner_free(scanner);
        postvet_ruleset_free(ruleset);
    }
    pv_buf_release(&text);
}

static void findings(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(PACK RULE("plum", "plum"));
    postvet_scanner *const scanner = make_scanner(ruleset);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    struct pv_buf many = repeat("", "plum ", POSTVET_FINDINGS_MAX + 1);
    postvet_result *result = NULL;
    (void)state;
    options.findings_max = 2;
    char *const two = describe_scan(scanner, "plum plum", 9, &options);
    char *const three = describe_scan(scanner, "plum plum plum", 14, &options);
    assert_null(strstr(two, "incomplete"));
    assert_non_null(
        strstr(three, "incomplete: There are more than 2 findings; the rest was left out.\n"));
    assert_int_equal(postvet_scan(scanner, many.data, many.len, NULL, &result, NULL), POSTVET_OK);
    assert_int_equal(postvet_result_count(result), POSTVET_FINDINGS_MAX);
    assert_string_equal(postvet_result_incomplete_at(result, 0),
        "There are more than 10000 findings; the rest was left out.");
    assert_int_equal(postvet_result_verdict(result), POSTVET_INCOMPLETE);
    postvet_result_free(result);
    free(two);
    free(three);
    pv_buf_release(&many);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

/* A draft that is too long is not read at all; its memory may not even be there. */
static void length(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(PACK RULE("plum", "plum"));
    postvet_scanner *const scanner = make_scanner(ruleset);
    postvet_result *result = NULL;
    postvet_copy *copy = NULL;
    postvet_view *view = NULL;
    postvet_error err;
    const size_t len = POSTVET_TEXT_MAX + 1;
    (void)state;
    assert_int_equal(postvet_scan(scanner, "", len, NULL, &result, &err), POSTVET_ERR_LIMIT);
    assert_int_equal(err.status, POSTVET_ERR_LIMIT);
    assert_int_equal(postvet_redact(scanner, "", len, NULL, &copy, &err), POSTVET_ERR_LIMIT);
    assert_int_equal(postvet_clean(scanner, "", len, NULL, &copy, &err), POSTVET_ERR_LIMIT);
    assert_int_equal(postvet_view_new("", len, NULL, false, &view, &err), POSTVET_ERR_LIMIT);
    assert_true(!result && !copy && !view);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

/* A copy of what could not be fully checked says so. */
static void redacting(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(NULL);
    postvet_scanner *const scanner = make_scanner(ruleset);
    struct pv_buf text = repeat("", "Saw a patient, NHS number 943 476 5919, in bay 4. ", 50);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_copy *copy = NULL;
    (void)state;
    options.work_max = 10000;
    assert_int_equal(
        postvet_redact(scanner, text.data, text.len, &options, &copy, NULL), POSTVET_OK);
    assert_false(postvet_result_complete(postvet_copy_result(copy)));
    postvet_copy_free(copy);
    pv_buf_release(&text);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work),
        cmocka_unit_test(work_is_the_same_for_every_scanner),
        cmocka_unit_test(catastrophic_pattern),
        cmocka_unit_test(findings),
        cmocka_unit_test(length),
        cmocka_unit_test(redacting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
