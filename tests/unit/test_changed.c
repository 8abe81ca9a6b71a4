/* test_changed.c: a result that is restricted to some lines of the draft. */
#include "scan_support.h"

#define PACK                                                                                       \
    "pack: fruit\ntitle: Fruit\nversion: 1.0.0\n"                                                  \
    "cues:\n  - {id: basket, terms: [basket]}\n  - {id: lid, terms: [lid]}\nrules:\n" RULE(        \
        "plum", "find: {terms: [plum]}") RULE("three", "find: {pattern: 'a\\s+big\\s+pear'}")      \
        RULE("open-basket", "missing: {have: [basket], lack: [lid]}")
#define RULE(id, what)                                                                             \
    "  - id: " id "\n    title: T\n    severity: error\n    confidence: medium\n    " what         \
    "\n    message: m\n    advice: a\n    cites: [A 1]\n    suppressible: with-reason"             \
    "\n    tests: {match: [x], no-match: [y]}\n"
#define NEXT "<!-- postvet-disable-next-line "

#define LINES(...)                                                                                 \
    (const postvet_lines[]){ __VA_ARGS__ },                                                        \
        sizeof((const postvet_lines[]){ __VA_ARGS__ }) / sizeof(postvet_lines)

static const postvet_lines nothing;

static struct changed_case {
    const char *name, *text;
    const postvet_lines *lines;
    size_t count;
    const char *expected;
    size_t elsewhere;
} cases[] = {
    { "all", "plum\n\nplum", NULL, 0, "plum 1\nplum 3\n", 0 },
    { "the first line", "plum\n\nplum", LINES({ 1, 1 }), "plum 1\n", 1 },
    { "the last line", "plum\n\nplum", LINES({ 3, 3 }), "plum 3\n", 1 },
    { "a line between", "plum\n\nplum", LINES({ 2, 2 }), "", 2 },
    { "several", "plum\nplum\nplum\nplum\nplum", LINES({ 1, 2 }, { 5, 9 }),
        "plum 1\nplum 2\nplum 5\n", 2 },
    { "behind the end", "plum", LINES({ 7, 9 }), "", 1 },
    { "what starts on the line before", "a\nbig pear\nplum", LINES({ 2, 2 }), "three 1\n", 1 },
    { "what ends on the line behind", "a\nbig\npear", LINES({ 1, 1 }), "three 1\n", 0 },
    { "what goes across", "a\nbig\npear", LINES({ 2, 2 }), "three 1\n", 0 },
    { "other ends of lines", "plum\r\nplum\rplum\nplum", LINES({ 3, 3 }), "plum 3\n", 3 },
    { "the draft as a whole", "basket\n\nplum", LINES({ 2, 2 }), "open-basket 1\n", 1 },
    { "no line", "basket\n\nplum", &nothing, 0, "open-basket 1\n", 1 },
    { "suppressed", NEXT "plum -- a -->\nplum\n\n" NEXT "plum -- b -->\nplum\n", LINES({ 4, 5 }),
        "suppressed 5\npublished-directive 1\n", 1 },
    { "notices", NEXT "plum -- a -->\nx\n\n" NEXT "plum -- b -->\nx\n", LINES({ 4, 5 }),
        "published-directive 1\nunused-suppression 4\n", 0 },
};

static postvet_scanner *make_scanner(postvet_ruleset **ruleset)
{
    const postvet_source pack = { "fruit.yaml", PACK, sizeof(PACK) - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_scanner *scanner = NULL;
    postvet_error err = { 0 };
    options.without_default_packs = true;
    options.packs = &pack;
    options.pack_count = 1;
    if (postvet_ruleset_new(&options, ruleset, &err) != POSTVET_OK)
        fail_msg("%zu:%zu %s", err.line, err.column, err.message);
    assert_int_equal(postvet_scanner_new(*ruleset, &scanner, NULL), POSTVET_OK);
    return scanner;
}

static void add(struct pv_buf *out, const char *word, size_t line)
{
    char text[128];
    snprintf(text, sizeof(text), "%s %zu\n", word, line);
    assert_true(pv_buf_append_str(out, text));
}

static void restricts(void **state)
{
    const struct changed_case *const c = *state;
    postvet_ruleset *ruleset = NULL;
    postvet_scanner *const scanner = make_scanner(&ruleset);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_result *result = NULL;
    struct pv_buf out = { 0 };
    options.markup = strstr(c->text, "<!--") ? POSTVET_MARKUP_MARKDOWN : POSTVET_MARKUP_PLAIN;
    options.changed = c->lines;
    options.changed_count = c->count;
    assert_int_equal(
        postvet_scan(scanner, c->text, strlen(c->text), &options, &result, NULL), POSTVET_OK);
    for (size_t i = 0; i < postvet_result_count(result); i++)
        add(&out, postvet_result_at(result, i)->rule, postvet_result_at(result, i)->start.line);
    for (size_t i = 0; i < postvet_result_suppressed_count(result); i++) {
        const postvet_suppression *const s = postvet_result_suppressed_at(result, i);
        assert_int_equal(s->kind, POSTVET_SUPPRESSED_IN_DRAFT);
        assert_string_equal(s->finding->rule, "plum");
        add(&out, "suppressed", s->finding->start.line);
    }
    for (size_t i = 0; i < postvet_result_notice_count(result); i++)
        add(&out, postvet_result_notice_at(result, i)->kind,
            postvet_result_notice_at(result, i)->start.line);
    assert_true(pv_buf_append_byte(&out, '\0'));
    assert_string_equal(out.data, c->expected);
    assert_int_equal(postvet_result_elsewhere_count(result), c->elsewhere);
    assert_int_equal(postvet_result_verdict(result),
        postvet_result_count(result) ? POSTVET_BLOCK : POSTVET_CLEAR);
    pv_buf_release(&out);
    postvet_result_free(result);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

static void refuses_lines_out_of_order(void **state)
{
    static const postvet_lines lines[][2] = { { { 0, 1 }, { 3, 3 } }, { { 2, 1 }, { 3, 3 } },
        { { 1, 3 }, { 3, 4 } }, { { 5, 6 }, { 3, 4 } } };
    postvet_ruleset *ruleset = NULL;
    postvet_scanner *const scanner = make_scanner(&ruleset);
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
        postvet_result *result = NULL;
        postvet_error err = { 0 };
        options.changed = lines[i];
        options.changed_count = 2;
        assert_int_equal(
            postvet_scan(scanner, "plum", 4, &options, &result, &err), POSTVET_ERR_ARGUMENT);
        assert_string_equal(err.message, "The lines that have changed are not in order.");
        assert_null(result);
    }
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

/* A copy is made of all of a draft. */
static void copies_all(void **state)
{
    static const postvet_lines last = { 3, 3 };
    postvet_ruleset *ruleset = NULL;
    postvet_scanner *const scanner = make_scanner(&ruleset);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_copy *copy = NULL;
    (void)state;
    options.changed = &last;
    options.changed_count = 1;
    assert_int_equal(postvet_clean(scanner, "plum", 4, &options, &copy, NULL), POSTVET_OK);
    assert_int_equal(postvet_result_count(postvet_copy_result(copy)), 1);
    postvet_copy_free(copy);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

int main(void)
{
    enum { COUNT = sizeof(cases) / sizeof(*cases) };
    struct CMUnitTest tests[COUNT + 2];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, restricts, NULL, NULL, &cases[i] };
    tests[COUNT] = (struct CMUnitTest)cmocka_unit_test(refuses_lines_out_of_order);
    tests[COUNT + 1] = (struct CMUnitTest)cmocka_unit_test(copies_all);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
