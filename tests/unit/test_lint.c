/* test_lint.c: each weakness that postvet_ruleset_lint() tells, and the nearest rule that has not
 * got it: one small pack a case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <postvet/postvet.h>

#define HEAD "pack: t\ntitle: Test\nversion: 1.0.0\n"
#define RULE_OF(id, severity, confidence, body)                                                    \
    "  - id: " id "\n    title: " id "\n    severity: " severity "\n    confidence: " confidence   \
    "\n" body "    message: m\n    advice: a\n    cites: [A 5.15]\n"
#define RULE(id, body) RULE_OF(id, "warning", "medium", body)
#define TESTS "    tests: {match: [x one, x two, x three], no-match: [y, z, '0']}\n"
#define X "    find: {terms: [x]}\n"

static struct lint_case {
    const char *name, *pack, *warnings;
} cases[] = {
    { "nothing", HEAD "rules:\n" RULE("r", X TESTS), "" },
    { "few tests", HEAD "rules:\n" RULE("r", X "    tests: {match: [x, x x], no-match: [y]}\n"),
        "t r -: only 2 of its tests must match; write at least 3.\n"
        "t r -: only 1 of its tests must not match; write at least 3.\n" },
    { "more-tests count",
        HEAD "rules:\n" RULE("r",
            X "    tests: {match: [x], no-match: [y]}\n"
              "    more-tests: [{voice: corporate, match: [x x, x x x], no-match: [z, '0']}]\n"),
        "" },
    { "skip takes away only",
        HEAD "rules:\n" RULE(
            "r", "    find: {terms: [x]}\n    only: [code, url]\n    skip: [url, code]\n" TESTS),
        "t r -: it can never match: skip names every scope that only does.\n" },
    { "skip leaves some of only",
        HEAD "rules:\n" RULE(
            "r", "    find: {terms: [x]}\n    only: [code, url]\n    skip: [url]\n" TESTS),
        "" },
    { "no gate", HEAD "rules:\n" RULE("r", "    find: {patterns: ['x', '\\p{L} \\p{L}+']}\n" TESTS),
        "t r -: pattern 2 has no gate: it runs over every draft from end to end, since no word or "
        "character stands in all that it matches.\n" },
    { "no gate, but a cue in the passage",
        HEAD "cues: [{id: c, terms: [x]}]\nrules:\n" RULE(
            "r", "    find: {pattern: '\\p{L} \\p{L}+'}\n    near: [{cue: c}]\n" TESTS),
        "" },
    { "no gate, and a cue in the draft",
        HEAD "cues: [{id: c, terms: [x]}]\nrules:\n" RULE("r",
            "    find: {pattern: '\\p{L} \\p{L}+'}\n    near: [{cue: c, within: "
            "document}]\n" TESTS),
        "t r -: pattern 1 has no gate: it runs over every draft from end to end, since no word or "
        "character stands in all that it matches.\n" },
    { "a cue without a gate",
        HEAD "cues: [{id: c, pattern: '\\p{L} \\p{L}+'}]\nrules:\n" RULE(
            "r", X "    unless-near: [{cue: c}]\n" TESTS),
        "t - c: pattern 1 has no gate: it runs over every draft from end to end, since no word or "
        "character stands in all that it matches.\n" },
    { "a cue that nothing leans on",
        HEAD "cues: [{id: c, terms: [x]}, {id: d, terms: [x]}, {id: e, terms: [x]}, "
             "{id: f, any: [e]}]\nrules:\n" RULE(
                 "r", X "    adjust: [{unless-near: [{cue: d}], severity: note}]\n" TESTS),
        "t - c: no rule or cue leans on it.\n" },
    { "a pack of cues alone", HEAD "cues: [{id: c, terms: [x]}]\n", "" },
    { "another rule finds the same",
        HEAD "rules:\n" RULE("r", "    find: {pattern: 'x (?:one|two|three)'}\n" TESTS)
            RULE_OF("s", "error", "low",
                "    find: {pattern: 'x \\w{3,5}'}\n"
                "    tests: {match: [x one, x four, x five], no-match: [y, z, '0']}\n"),
        "t r -: all that its tests find the rule s finds, too, as gravely and as surely.\n" },
    { "another rule finds the same, less surely",
        HEAD "rules:\n" RULE("r", "    find: {pattern: 'x (?:one|two|three)'}\n" TESTS)
            RULE_OF("s", "warning", "low",
                "    find: {pattern: 'x \\w{3,5}'}\n"
                "    tests: {match: [x one, x four, x five], no-match: [y, z, '0']}\n"),
        "" },
    { "another rule finds more",
        HEAD "rules:\n" RULE("r", X TESTS)
            RULE_OF("s", "error", "high", "    find: {pattern: 'x \\w{3,5}'}\n" TESTS),
        "" },
    { "slow",
        HEAD "rules:\n" RULE("r",
            "    find: {pattern: '\\b(?:\\w{1,3}){1,15}!'}\n"
            "    tests: {match: [x!, xy!, xyz!], no-match: [a, b, \"xxxxxxxxxxxxxxxxxxxx-! \"]}\n"),
        "t r -: it is slow: on a text made of the tests PCRE2 takes more than 20000 steps from one "
        "place.\n" },
};

static void keep_warning(const postvet_lint_warning *warning, void *user)
{
    char *const text = user;
    const size_t used = strlen(text);
    snprintf(text + used, 1024 - used, "%s %s %s: %s\n", warning->pack,
        warning->rule ? warning->rule : "-", warning->cue ? warning->cue : "-", warning->message);
}

static void tells(void **state)
{
    const struct lint_case *const c = *state;
    const postvet_source source = { "t.yaml", c->pack, strlen(c->pack) };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_error error = { .message = "" };
    char warnings[1024] = "";
    size_t count = 99, lines = 0;
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    if (postvet_ruleset_new(&options, &ruleset, &error) != POSTVET_OK)
        fail_msg("%zu:%zu: %s", error.line, error.column, error.message);
    assert_int_equal(
        postvet_ruleset_lint(ruleset, keep_warning, warnings, &count, &error), POSTVET_OK);
    assert_string_equal(warnings, c->warnings);
    for (const char *line = warnings; (line = strchr(line, '\n')); line++)
        lines++;
    assert_int_equal(count, lines);
    assert_int_equal(postvet_ruleset_lint(ruleset, NULL, NULL, NULL, NULL), POSTVET_OK);
    postvet_ruleset_free(ruleset);
}

int main(void)
{
    enum { COUNT = sizeof(cases) / sizeof(cases[0]) };
    struct CMUnitTest tests[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, tells, NULL, NULL, &cases[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
