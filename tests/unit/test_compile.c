/* test_compile.c: what the compiler of packs refuses, and where it says so. Each pack is wrong in
 * the way its row says; every error must be told, in order, as "line:column: sentence". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <postvet/postvet.h>

#define HEAD "pack: t\ntitle: Test\nversion: 1.0.0\n"
#define RULE(id, body)                                                                             \
    "  - id: " id "\n    title: t\n    severity: note\n    confidence: low\n" body                 \
    "    message: m\n    advice: a\n    cites: [A 5.15]\n    tests: {match: [x], no-match: [y]}\n"

static struct refusal {
    const char *name, *pack, *errors;
    postvet_status status;
} refusals[] = {
    { "unknown cue", HEAD "rules:\n" RULE("r", "    find: {terms: [x]}\n    near: [{cue: c}]\n"),
        "10:18: No cue is called \"c\".\n", POSTVET_ERR_RULE },
    { "unknown pack of a cue",
        HEAD "rules:\n" RULE("r", "    find: {terms: [x]}\n    near: [{cue: no/c}]\n"),
        "10:18: No cue is called \"no/c\".\n", POSTVET_ERR_RULE },
    { "unknown rule", HEAD "rules:\n" RULE("r", "    find: {terms: [x]}\n    near: [{rule: q}]\n"),
        "10:19: No rule is called \"q\".\n", POSTVET_ERR_RULE },
    { "unknown check",
        HEAD "rules:\n" RULE("r", "    find: {pattern: x, where: [{check: nope}]}\n"),
        "9:40: No check is called \"nope\".\n", POSTVET_ERR_RULE },
    { "unknown list",
        HEAD "rules:\n" RULE("r", "    find: {pattern: x, where: [{in-list: nope}]}\n"),
        "9:42: No list is called \"nope\".\n", POSTVET_ERR_RULE },
    { "unknown list of weights",
        HEAD "rules:\n" RULE("r", "    find: {weigh: nope, at-least: 1}\n"),
        "9:19: No list is called \"nope\".\n", POSTVET_ERR_RULE },
    { "two bounds of what is weighed",
        HEAD "lists: [{id: l, entries: [fire 7]}]\nrules:\n" RULE(
            "r", "    find: {weigh: l, at-least: 1, at-most: -1}\n"),
        "10:44: Give `at-least` or `at-most`, not both.\n", POSTVET_ERR_RULE },
    { "no weight, told once a list",
        HEAD "lists: [{id: l, entries: [fire -7, fire alarm, drill x]}]\nrules:\n" RULE(
            "r", "    find: {weigh: l, at-least: 1}\n"),
        "10:19: \"fire alarm\" in the list \"l\" is no word, two words (\"fire alarm\", \"fire _ "
        "off\") or beginning of 5 letters (\"ambul*\") with a weight from -9999 to 9999 behind "
        "it.\n",
        POSTVET_ERR_RULE },
    { "three words have no weight",
        HEAD "lists: [{id: l, entries: [the fire alarm 5]}]\nrules:\n" RULE(
            "r", "    find: {weigh: l, at-least: 1}\n"),
        "10:19: \"the fire alarm 5\" in the list \"l\" is no word, two words (\"fire alarm\", "
        "\"fire _ "
        "off\") or beginning of 5 letters (\"ambul*\") with a weight from -9999 to 9999 behind "
        "it.\n",
        POSTVET_ERR_RULE },
    { "a beginning of another length has no weight",
        HEAD "lists: [{id: l, entries: [fire* 5]}]\nrules:\n" RULE(
            "r", "    find: {weigh: l, at-least: 1}\n"),
        "10:19: \"fire* 5\" in the list \"l\" is no word, two words (\"fire alarm\", \"fire _ "
        "off\") or beginning of 5 letters (\"ambul*\") with a weight from -9999 to 9999 behind "
        "it.\n",
        POSTVET_ERR_RULE },
    { "unknown fragment", HEAD "rules:\n" RULE("r", "    find: {pattern: 'x{{nope}}'}\n"),
        "9:21: No fragment is called \"nope\".\n", POSTVET_ERR_RULE },
    { "unknown group",
        HEAD "rules:\n" RULE("r", "    find: {pattern: x, where: [{group: g, check: date}]}\n"),
        "9:40: The pattern has no group called \"g\"; write (?<g>...).\n", POSTVET_ERR_RULE },
    { "a bad pattern", HEAD "rules:\n" RULE("r", "    find: {pattern: 'x(y'}\n"),
        "9:21: The pattern does not compile: missing closing parenthesis, at its end.\n",
        POSTVET_ERR_PATTERN },
    { "an empty match", HEAD "rules:\n" RULE("r", "    find: {pattern: 'x*'}\n"),
        "9:21: The pattern can match nothing at all.\n", POSTVET_ERR_PATTERN },
    { "options of PCRE2", HEAD "rules:\n" RULE("r", "    find: {pattern: '(*NO_JIT)x'}\n"),
        "9:21: A pattern may not set PCRE2's own options with (*...).\n", POSTVET_ERR_PATTERN },
    { "a term of marks alone", HEAD "rules:\n" RULE("r", "    find: {terms: ['?!']}\n"),
        "9:20: The term \"?!\" has no letter or digit.\n", POSTVET_ERR_RULE },
    { "the same rule twice",
        HEAD "rules:\n" RULE("r", "    find: {terms: [x]}\n") RULE("r", "    find: {terms: [y]}\n"),
        "14:9: Another rule is called \"r\" too.\n", POSTVET_ERR_RULE },
    { "the same cue twice",
        HEAD "cues: [{id: c, terms: [a]}, {id: c, terms: [b]}]\nrules:\n" RULE(
            "r", "    find: {terms: [x]}\n"),
        "4:34: The cue \"c\" stands twice in this pack.\n", POSTVET_ERR_RULE },
    { "cues in a circle",
        HEAD "cues: [{id: c, any: [d]}, {id: d, any: [c]}]\nrules:\n" RULE(
            "r", "    find: {terms: [x]}\n"),
        "4:32: The cue \"d\" leads back to itself.\n", POSTVET_ERR_RULE },
    { "rules in a circle, through what they adjust",
        HEAD "rules:\n" RULE("r",
            "    find: {terms: [x]}\n    adjust: [{near: [{rule: s}], severity: note}]\n") RULE("s",
            "    find: {terms: [y]}\n    adjust: [{unless-near: [{rule: r}], severity: note}]\n"),
        "5:9: The rule \"r\" leans on rules that lead back to it.\n", POSTVET_ERR_RULE },
    { "words that no profile has",
        HEAD "rules:\n  - id: r\n    title: t\n    severity: note\n    confidence: low\n"
             "    find: {terms: [x]}\n    message: Ask {nobody}.\n    advice: a\n"
             "    cites: [A 5.15]\n    tests: {match: [x], no-match: [y]}\n",
        "10:14: No profile has words for {nobody}.\n", POSTVET_ERR_RULE },
    { "two things at once",
        HEAD "rules:\n" RULE("r", "    find: {pattern: '('}\n    near: [{cue: c}]\n"),
        "9:21: The pattern does not compile: missing closing parenthesis, at its end.\n"
        "10:18: No cue is called \"c\".\n",
        POSTVET_ERR_PATTERN },
};

static void keep_error(const postvet_error *error, void *user)
{
    char *const text = user;
    const size_t used = strlen(text);
    snprintf(text + used, 1024 - used, "%zu:%zu: %s\n", error->line, error->column, error->message);
}

static void refuses(void **state)
{
    const struct refusal *const c = *state;
    const postvet_source source = { "t.yaml", c->pack, strlen(c->pack) };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_error first = { .message = "" };
    char errors[1024] = "";
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    options.on_error = keep_error;
    options.user = errors;
    assert_int_equal(postvet_ruleset_new(&options, &ruleset, &first), c->status);
    assert_null(ruleset);
    assert_string_equal(errors, c->errors);
    assert_string_equal(first.file, "t.yaml");
    assert_int_equal(first.status, c->status);
}

int main(void)
{
    enum { COUNT = sizeof(refusals) / sizeof(refusals[0]) };
    struct CMUnitTest tests[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ refusals[i].name, refuses, NULL, NULL, &refusals[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
