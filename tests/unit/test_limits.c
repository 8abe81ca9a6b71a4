/* test_limits.c: what is too much for one draft. Each limit makes the result incomplete, with the
 * reason in words; none can be passed over in silence, and none depends on what the scanner has
 * read before. */
#include "scan_support.h"

#include "engine/counted.h"
#include "engine/pattern.h"
#include "engine/ruleset.h"

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
            if (ungated) /* else an automaton may see that there is no place to try */
                assert_non_null(strstr(said,
                    "incomplete: 'slow' could not be checked to the end: a limit was reached.\n"));
            assert_null(strstr(said, "slow "));
            free(said);
        }
        postvet_scanner_free(scanner);
        postvet_ruleset_free(ruleset);
    }
    pv_buf_release(&text);
}

/* So long that there is no room for a call at every step. */
static struct pv_buf long_pattern(const char *behind)
{
    struct pv_buf text = { 0 };
    assert_true(pv_buf_append_str(&text, PACK "  - id: slow\n    title: T\n    severity: note\n"
                                              "    confidence: low\n    find: {pattern: '(?:"));
    for (int i = 0; i < 1200; i++) {
        char word[24];
        snprintf(word, sizeof(word), "word%04d|", i);
        assert_true(pv_buf_append_str(&text, word));
    }
    assert_true(pv_buf_append_str(&text, "a)"));
    assert_true(pv_buf_append_str(&text, behind));
    assert_true(
        pv_buf_append_str(&text, "'}\n    message: m\n    advice: a\n    cites: [A 1]\n"
                                 "    tests: {match: [x], no-match: [y]}\n" RULE("quick", "plum")));
    assert_true(pv_buf_append_byte(&text, '\0'));
    text.len--; /* it ends the string, and is no part of the pack */
    return text;
}

static void catastrophic_long_pattern(void **state)
{
    static const char *const ends[] = { "(?:a|aa)+#", "(?:\\w?){12}\\w{12}#", "(?:a+)+#",
        "a*a*a*a*a*#", "(?:.*a.*a)*#", "(?:a|b|ab)(?:(?#)a)+(?(?=a)a+|b+)*#" };
    struct pv_buf text = repeat("b z = plum ", "aaaaaaaaaaaaaaaaaaaaaaa-# b; ", 4000);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    (void)state;
    options.work_max = 20 * 1000 * 1000;
    options.ungated = true; /* else an automaton may see that there is no place to try */
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        struct pv_buf pack = long_pattern(ends[i]);
        postvet_ruleset *const ruleset = ruleset_of(pack.data);
        postvet_scanner *const scanner = make_scanner(ruleset);
        char *const said = describe_scan(scanner, text.data, text.len, &options);
        assert_non_null(strstr(said, "quick 6(1:7)-10(1:11) note low"));
        assert_non_null(strstr(
            said, "incomplete: 'slow' could not be checked to the end: a limit was reached.\n"));
        free(said);
        postvet_scanner_free(scanner);
        postvet_ruleset_free(ruleset);
        pv_buf_release(&pack);
    }
    pv_buf_release(&text);
}

/* What could hide repeats from them is refused where the pack is read; so is what is too long even
 * for calls behind groups and repeats. */
static void pattern_that_cannot_be_counted(void **state)
{
    struct pv_buf pack = long_pattern("(?x: b )");
    struct pv_buf repeats = repeat("", "a+b", 8000);
    const postvet_source source = { "p.yaml", pack.data, pack.len };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_error err = { .status = POSTVET_OK };
    int error = 0;
    size_t offset = 0;
    (void)state;
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    assert_int_equal(postvet_ruleset_new(&options, &ruleset, &err), POSTVET_ERR_LIMIT);
    assert_string_equal(err.message, "The pattern is too long for its steps to be counted; make "
                                     "several shorter ones of it, under `patterns`.");
    pcre2_code *const plain = pv_pattern_compile(repeats.data, repeats.len, 0, &error, &offset);
    assert_non_null(plain);
    assert_null(pv_pattern_compile(repeats.data, repeats.len, PV_PATTERN_COUNTED, &error, &offset));
    assert_int_equal(error, PCRE2_ERROR_PATTERN_TOO_LARGE);
    pcre2_code_free(plain);
    pv_buf_release(&pack);
    pv_buf_release(&repeats);
}

/* The first examples of all rules. */
static struct pv_buf examples_of(const postvet_ruleset *ruleset)
{
    struct pv_buf text = { 0 };
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++) {
        const postvet_rule_info *const rule = postvet_ruleset_rule_at(ruleset, i);
        assert_true(rule->example_count > 0 && pv_buf_append_str(&text, rule->examples[0])
                    && pv_buf_append_str(&text, "\n"));
    }
    return text;
}

static int count_call(pcre2_callout_block *block, void *user)
{
    ++*(size_t *)user;
    return block->version == 2 ? 0 : PCRE2_ERROR_CALLOUT;
}

/* Whether two codes match the same, groups and all, wherever they match. */
static bool match_alike(const pcre2_code *a, const pcre2_code *b, pcre2_match_context *context,
    const struct pv_buf *text)
{
    pcre2_match_data *const of_a = pcre2_match_data_create(PV_PATTERN_GROUPS_MAX, NULL);
    pcre2_match_data *const of_b = pcre2_match_data_create(PV_PATTERN_GROUPS_MAX, NULL);
    const size_t *const pairs_a = pcre2_get_ovector_pointer(of_a);
    const size_t *const pairs_b = pcre2_get_ovector_pointer(of_b);
    const PCRE2_SPTR subject = (PCRE2_SPTR)text->data;
    bool alike = true;
    int rc = 1;
    for (size_t at = 0; alike && rc > 0 && at < text->len; at = pairs_a[1]) {
        rc = pcre2_match(a, subject, text->len, at, PCRE2_NOTEMPTY, of_a, NULL);
        alike = rc == pcre2_match(b, subject, text->len, at, PCRE2_NOTEMPTY, of_b, context)
                && (rc < 0 || memcmp(pairs_a, pairs_b, 2 * (size_t)rc * sizeof(size_t)) == 0);
    }
    pcre2_match_data_free(of_a);
    pcre2_match_data_free(of_b);
    return alike;
}

/* Counting changes no match: the library's own long patterns, which anybody may copy into a pack.
 */
static void counted_patterns_match_the_same(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(NULL);
    struct pv_buf text = examples_of(ruleset);
    pcre2_match_context *const context = pcre2_match_context_create(NULL);
    size_t calls = 0, tried = 0;
    (void)state;
    pcre2_set_callout(context, count_call, &calls);
    for (uint32_t i = 0; i < ruleset->image->patterns.count; i++) {
        const struct pv_image_pattern *const p =
            PV_IMAGE_ITEM(ruleset->image, struct pv_image_pattern, ruleset->image->patterns, i);
        int error;
        size_t offset;
        if (p->len < 6000)
            continue;
        struct pv_buf written = { 0 };
        bool understood;
        const char *const pattern = pv_image_string(ruleset->image, p->text);
        assert_true(pv_counted_text(pattern, p->len, &written, &understood) && understood);
        pcre2_code *const a = pv_pattern_compile(pattern, p->len, 0, &error, &offset);
        pcre2_code *const b = pv_pattern_compile(written.data, written.len, 0, &error, &offset);
        assert_true(a && b && match_alike(a, b, context, &text));
        pcre2_code_free(a);
        pcre2_code_free(b);
        pv_buf_release(&written);
        tried++;
    }
    assert_true(tried > 0 && calls > 0);
    pcre2_match_context_free(context);
    pv_buf_release(&text);
    postvet_ruleset_free(ruleset);
}

/* Calls stand behind groups and repeats, and nowhere inside an item. */
static void counted_text(void **state)
{
    static const char *const cases[][2] = {
        { "abc", "abc" },
        { "ab+c?d", "ab+(?C)c?(?C)d" },
        { "a*+b+?c{2}+", "a*+(?C)b+?(?C)c{2}+(?C)" },
        { "a{,2}b{x}c{2,}", "a{,2}b{x}c{2,}(?C)" },
        { "(a|b)(?:c){2,3}?d", "(a|b)(?C)(?:c){2,3}?(?C)d" },
        { "(?<n>a)(?'m'b)(?P=n)", "(?<n>a)(?C)(?'m'b)(?C)(?P=n)(?C)" },
        { "(?<=a)b(?!c)", "(?<=a)(?C)b(?!c)(?C)" },
        { "(?(?=a)b|c)(?(+1)d)", "(?(?=a)(?C)b|c)(?C)(?(+1)(?C)d)(?C)" },
        { "(?+1)(a)", "(?+1)(?C)(a)(?C)" },
        { "\\(\\)\\[\\++", "\\(\\)\\[\\++(?C)" },
        { "\\c(\\c[a+", "\\c(\\c[a+(?C)" },
        { "\\p{L}+\\x{41}", "\\p{L}+(?C)\\x{41}(?C)" },
        { "\\Q(a)+\\E(b)", "\\Q(a)+\\E(b)(?C)" },
        { "[)(+*]+[]a)]*[^]a)]?", "[)(+*]+(?C)[]a)]*(?C)[^]a)]?(?C)" },
        { "[[:alpha:])][[:])]", "[[:alpha:])][[:])(?C)]" },
        { "[\\Q])\\E]+[\\])]", "[\\Q])\\E]+(?C)[\\])]" },
        { "a(?#(b+)+", "a(?#(b+)+(?C)" },
        { "(?i-s:a)(?i)b", "(?i-s:a)(?C)(?i)(?C)b" },
        { "(*atomic:a+)", "(*atomic:a+)(?C)" },
        { "((a)|(?:b+)+)", "((a)(?C)|(?:b+(?C))+)(?C)" },
    };
    bool understood;
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct pv_buf out = { 0 };
        assert_true(pv_counted_text(cases[i][0], strlen(cases[i][0]), &out, &understood));
        assert_true(understood);
        assert_int_equal(out.len, strlen(cases[i][1]));
        assert_memory_equal(out.data, cases[i][1], out.len);
        pv_buf_release(&out);
    }
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
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    options.text_max = 4;
    free(describe_scan(scanner, "plum", 4, &options));
    assert_int_equal(postvet_scan(scanner, "plums", 5, &options, &result, &err), POSTVET_ERR_LIMIT);
    assert_string_equal(err.message, "The draft is longer than 4 bytes.");
    options.text_max = SIZE_MAX; /* lowers only */
    assert_int_equal(postvet_scan(scanner, "", len, &options, &result, &err), POSTVET_ERR_LIMIT);
    assert_null(result);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

/* What is nested too deep is read as words, and the result says so. */
static void nesting(void **state)
{
    static const struct {
        const char *head, *unit;
    } drafts[] = { { "", "> " }, { "", "1. > " }, { "> - ", "+ " } };
    postvet_ruleset *const ruleset = ruleset_of(PACK RULE("plum", "plum"));
    postvet_scanner *const scanner = make_scanner(ruleset);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    (void)state;
    options.markup = POSTVET_MARKUP_MARKDOWN;
    for (size_t i = 0; i < sizeof(drafts) / sizeof(*drafts); i++) {
        struct pv_buf text = repeat(drafts[i].head, drafts[i].unit, POSTVET_NESTING_MAX + 1);
        assert_true(pv_buf_append_str(&text, "plum"));
        char *const said = describe_scan(scanner, text.data, text.len, &options);
        assert_non_null(strstr(said, "plum "));
        assert_non_null(strstr(said, "incomplete: Its markup is nested more than 64 deep; what is "
                                     "deeper was read as words.\n"));
        free(said);
        pv_buf_release(&text);
    }
    options.nesting_max = 2;
    char *const two = describe_scan(scanner, "> > plum\n> - plum", 17, &options);
    char *const three = describe_scan(scanner, "> > plum\n> - > plum", 19, &options);
    assert_null(strstr(two, "incomplete"));
    assert_non_null(strstr(three, "nested more than 2 deep"));
    free(two);
    free(three);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

/* Makes a ruleset of a pack that is over a limit. */
static void refuse(const char *pack, postvet_ruleset_options options, size_t line, size_t column,
    const char *message)
{
    const postvet_source source = { "p.yaml", pack, strlen(pack) };
    postvet_ruleset *ruleset = NULL;
    postvet_error err = { .status = POSTVET_OK };
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    assert_int_equal(postvet_ruleset_new(&options, &ruleset, &err), POSTVET_ERR_LIMIT);
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
    assert_string_equal(err.message, message);
    assert_null(ruleset);
}

/* Of a caller's packs alone: the library's own are far above these. */
static void packs(void **state)
{
    static const char pack[] = PACK RULE("plum", "plum or pear")
        RULE("fig", "fig") "lists:\n"
                           "  - {id: l, entries: [a, b]}\ncues:\n  - {id: c, title: C, terms: "
                           "[fig, date, quince]}\n";
    const postvet_source source = { "p.yaml", pack, sizeof(pack) - 1 };
    const postvet_ruleset_options none = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset_options options = none;
    postvet_ruleset *ruleset = NULL;
    (void)state;
    options.pack_max = sizeof(pack) - 2;
    refuse(pack, options, 0, 0, "The file is larger than 492 bytes.");
    options = none;
    options.pack_depth_max = 3;
    refuse(pack, options, 9, 11, "Mappings and lists are nested too deeply here.");
    options = none;
    options.terms_max = 2;
    refuse(pack, options, 26, 42, "With this one the packs have more than 2 terms.");
    options = none;
    options.pattern_max = 27;
    refuse(pack, options, 9, 21, "With its fragments the pattern is longer than 27 bytes.");
    options = none;
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    options.pack_max = sizeof(pack) - 1;
    options.pack_depth_max = 5;
    options.terms_max = 3;
    options.pattern_max = 40;
    assert_int_equal(postvet_ruleset_new(&options, &ruleset, NULL), POSTVET_OK);
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
        cmocka_unit_test(catastrophic_long_pattern),
        cmocka_unit_test(pattern_that_cannot_be_counted),
        cmocka_unit_test(counted_patterns_match_the_same),
        cmocka_unit_test(counted_text),
        cmocka_unit_test(findings),
        cmocka_unit_test(length),
        cmocka_unit_test(nesting),
        cmocka_unit_test(packs),
        cmocka_unit_test(redacting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
