/* test_scan.c: the rule language through the public interface: one small pack a case, one draft,
 * and what is found, written as "rule@start-end severity confidence" in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <postvet/postvet.h>

#define HEAD "pack: t\ntitle: Test\nversion: 1.0.0\n"
#define TAIL                                                                                       \
    "    message: m\n    advice: a\n    cites: [A 5.15]\n    tests: {match: [x], no-match: [y]}\n"
#define RULE(id, body)                                                                             \
    "  - id: " id "\n    title: " id "\n    severity: warning\n    confidence: medium\n" body TAIL

/* Eight words and fewer need 283 for an `at-least` of 100, forty 633. */
#define WEIGHTS                                                                                    \
    "lists: [{id: l, entries: [smoke 150, stairs 150, drill -50, fire alarm 100, fire _ off 100, " \
    "ambul* 50, \"00 50\", \"don't 300\"]}]\n"
#define WEIGH "    find: {weigh: l, at-least: 100}\n"
#define WEIGH_LITTLE "    find: {weigh: l, at-least: 40}\n"
#define TEN "One a.\nb c d e f g h i.\n\n"

static struct scan_case {
    const char *name, *pack, *text, *found;
    postvet_scan_options options;
} cases[] = {
    { "pattern", HEAD "rules:\n" RULE("r", "    find: {pattern: 'ab+c'}\n"), "x ABBC abc",
        "r@2-6 warning medium; r@7-10 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "the group span", HEAD "rules:\n" RULE("r", "    find: {pattern: 'no (?<span>\\d+) now'}\n"),
        "no 12 now", "r@3-5 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "a space is any gap", HEAD "rules:\n" RULE("r", "    find: {pattern: 'date of birth'}\n"),
        "date\nof  birth", "r@0-14 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "not across a paragraph", HEAD "rules:\n" RULE("r", "    find: {pattern: 'a\\s+b'}\n"),
        "a\n\nb", "", POSTVET_SCAN_OPTIONS_INIT },
    { "fragments",
        HEAD "fragments: [{id: n, pattern: '\\d{2}'}]\nrules:\n" RULE(
            "r", "    find: {pattern: '{{n}}-{{n}}'}\n"),
        "12-34", "r@0-5 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "fragments of a pack by its name, with fragments in them",
        HEAD
        "fragments: [{id: n, pattern: '\\d'}, {id: two, pattern: '{{n}}{{n}}'}]\nrules:\n" RULE(
            "r", "    find: {pattern: 'x{{t/two}}'}\n"),
        "x12", "r@0-3 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "a list in a pattern, the longer entry first",
        HEAD "lists: [{id: l, entries: [St Peter, \"St Peter's\", A.B]}]\nrules:\n" RULE(
            "r", "    find: {pattern: 'at (?<span>{{list:l}})'}\n"),
        "at st  peters, at St Peter, at a.b, at axb",
        "r@3-13 warning medium; r@18-26 warning medium; r@31-34 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "terms: whole words, endings, any case",
        HEAD "rules:\n" RULE("r", "    find: {terms: [bed blocker, whistleblow*]}\n"),
        "Bed-blockers bedblocker bed\nBLOCKER whistleblowing",
        "r@0-12 warning medium; r@24-35 warning medium; r@36-50 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "terms: no endings", HEAD "rules:\n" RULE("r", "    find: {terms: [cow], inflect: \"no\"}\n"),
        "cows cow", "r@5-8 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "terms: the very capitals",
        HEAD "rules:\n" RULE("r", "    find: {terms: [the Trust], case: exact}\n"),
        "trust the trust, the Trust", "r@17-26 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "terms: optional apostrophes", HEAD "rules:\n" RULE("r", "    find: {terms: [\"don't\"]}\n"),
        "don't dont don", "r@0-5 warning medium; r@6-10 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "terms: in disguise",
        HEAD "rules:\n" RULE("r", "    find: {terms: [wanker], disguised: \"yes\"}\n"),
        "w4nker w a n k e r w@nk3r",
        "r@0-6 warning medium; r@7-18 warning medium; "
        "r@19-25 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "a list as terms",
        HEAD
        "lists: [{id: l, entries: [apple, pear]}]\nrules:\n" RULE("r", "    find: {list: l}\n"),
        "Pears", "r@0-5 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: what adds up, as far as its sentences reach",
        HEAD WEIGHTS "rules:\n" RULE("r", WEIGH), "Lovely day. Smoke on the stairs! Tea now.",
        "r@12-32 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: one alone is not enough", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH),
        "Smoke over the hill.", "", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: what speaks against it", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH),
        "Smoke on the stairs. A drill.", "", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: two words, with one between them, a beginning, a number",
        HEAD WEIGHTS "rules:\n" RULE("r", WEIGH),
        "The FIRE  alarm. Fire goes off.\n\nAmbulances. 2024", "r@0-49 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: no word but those", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH),
        "The alarm, a fire. Fire off. Ambul. 24", "", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: an apostrophe or none, look-alike letters", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH),
        "d\xD0\xBEnt", "r@0-5 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: more words need more", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH),
        "Smoke on the stairs of a house by the sea.", "", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: not over more than forty words", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH_LITTLE),
        "Smoke " TEN TEN TEN TEN "stairs.", "", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: forty words of more, each once", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH_LITTLE),
        TEN TEN TEN "Smoke on the stairs. " TEN TEN TEN TEN TEN "Stairs. Smoke.",
        "r@75-95 warning medium; r@221-235 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: what is said again says nothing more", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH),
        "Smoke, smoke, smoke, smoke, smoke.", "", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: forty words on it says so again",
        HEAD WEIGHTS "rules:\n" RULE("r", "    find: {weigh: l, at-least: 20}\n"),
        "Smoke.\n\n" TEN TEN TEN "a b c d e f g h i.\n\nSmoke.\n\n" TEN TEN TEN
        "b c d e f g h i.\n\nSmoke.",
        "r@0-6 warning medium; r@103-109 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: what nobody reads is not weighed", HEAD WEIGHTS "rules:\n" RULE("r", WEIGH),
        "[Smoke](http://stairs.example)", "", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: at most, for what speaks against it",
        HEAD WEIGHTS "cues: [{id: c, weigh: l, at-most: -10}]\nrules:\n" RULE("r",
            "    find: {terms: [smoke]}\n    unless-near: [{cue: c, within: paragraph, side: "
            "anywhere}]\n"),
        "Smoke.", "r@0-5 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: at most, found",
        HEAD WEIGHTS "rules:\n" RULE("r", "    find: {weigh: l, at-most: -10}\n"),
        "Tea. A drill! Cake.", "r@5-13 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: what speaks against it may stand inside",
        HEAD WEIGHTS "cues: [{id: c, terms: [stairs]}]\nrules:\n" RULE(
            "r", "    find: {weigh: l, at-least: 10}\n    unless-near: [{cue: c}]\n"),
        "Smoke on the stairs.", "", POSTVET_SCAN_OPTIONS_INIT },
    { "weigh: in a cue",
        HEAD WEIGHTS "cues: [{id: c, weigh: l, at-least: 100}]\nrules:\n" RULE(
            "r", "    find: {terms: [picture]}\n    near: [{cue: c, within: paragraph}]\n"),
        "A picture. Smoke on the stairs.\n\nA picture.", "r@2-9 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "where: a check",
        HEAD "rules:\n" RULE(
            "r", "    find: {pattern: '(?<n>\\d{10})', where: [{group: n, check: nhs-number}]}\n"),
        "9434765919 9434765918", "r@0-10 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "where: goes on one character behind a refusal",
        HEAD "lists: [{id: l, entries: [b c]}]\nrules:\n" RULE(
            "r", "    find: {pattern: '\\w \\w', where: [{in-list: l}]}\n"),
        "a b c", "r@2-5 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "where: not in a list, by letters alone",
        HEAD "lists: [{id: l, entries: [FY3 8NR]}]\nrules:\n" RULE(
            "r", "    find: {pattern: '[a-z]{2}\\d ?\\d[a-z]{2}', where: [{not-in-list: l}]}\n"),
        "fy38nr FY4 3ZP", "r@7-14 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "near: words before",
        HEAD "cues: [{id: c, terms: [label]}]\nrules:\n" RULE("r",
            "    find: {pattern: '\\d+'}\n    near: [{cue: c, within: 2 words, side: before}]\n"),
        "label one 12 label. 34 label", "r@10-12 warning medium; r@20-22 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "near: in the sentence",
        HEAD "cues: [{id: c, terms: [label]}]\nrules:\n" RULE(
            "r", "    find: {pattern: '\\d+'}\n    near: [{cue: c}]\n"),
        "A label. Then 12. And 34 label.", "r@22-24 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "near: in the paragraph, after",
        HEAD "cues: [{id: c, terms: [label]}]\nrules:\n" RULE("r",
            "    find: {pattern: '\\d+'}\n    near: [{cue: c, within: paragraph, side: after}]\n"),
        "12. label.\n\n34", "r@0-2 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "near: any of several, by pattern, and in other packs' form",
        HEAD "cues: [{id: a, terms: [no]}, {id: b, pattern: 'l.bel'}, {id: c, any: [a, t/b]}]\n"
             "rules:\n" RULE("r", "    find: {pattern: '\\d+'}\n    near: [{any: [a, c]}]\n"),
        "lubel 12", "r@6-8 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "near: what another rule finds",
        HEAD "rules:\n" RULE("a", "    find: {terms: [mrs]}\n")
            RULE("r", "    find: {pattern: '\\d+'}\n    near: [{rule: a}]\n"),
        "Mrs 12", "a@0-3 warning medium; r@4-6 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "unless-near",
        HEAD "cues: [{id: c, terms: [isbn]}]\nrules:\n" RULE(
            "r", "    find: {pattern: '\\d+'}\n    unless-near: [{cue: c, within: document}]\n"),
        "12.\n\nISBN", "", POSTVET_SCAN_OPTIONS_INIT },
    { "near: not inside, unless anywhere",
        HEAD "cues: [{id: c, terms: [free]}]\nrules:\n" RULE(
            "q", "    find: {pattern: 'got \\w+ pens'}\n    near: [{cue: c}]\n")
            RULE("r", "    find: {pattern: 'got \\w+ pens?'}\n"
                      "    near: [{cue: c, within: 2 words, side: anywhere}]\n"),
        "I got free pens. Bob got blue pens free. As for Sue, she got six pens.",
        "r@2-15 warning medium; q@21-34 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "unless-near: over it",
        HEAD "cues: [{id: c, terms: [peter kay]}]\nrules:\n" RULE(
            "q", "    find: {pattern: 'kay'}\n    unless-near: [{cue: c}]\n")
            RULE("r", "    find: {pattern: 'kay'}\n    unless-near: [{cue: c, side: anywhere}]\n"),
        "Peter Kay", "q@6-9 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "unless-near: anywhere",
        HEAD "cues: [{id: c, terms: [free]}]\nrules:\n" RULE("r",
            "    find: {pattern: 'got \\w+ pens'}\n    unless-near: [{cue: c, side: anywhere}]\n"),
        "I got free pens. Bob got blue pens.", "r@21-34 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "unless-near of a pack",
        HEAD "cues: [{id: c, terms: [isbn]}, {id: d, terms: [views my own]}, "
             "{id: e, terms: [nhs]}]\n"
             "unless-near: [{cue: c, within: document}]\nrules:\n" RULE("q",
                 "    find: {pattern: '\\d+'}\n") RULE("r", "    missing: {have: [c], lack: [e]}\n")
                 RULE("s", "    together: {cues: [c, d], at-least: 2}\n"),
        "12.\n\nISBN, views my own", "r@0-0 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "adjust",
        HEAD "cues: [{id: c, terms: [patient]}]\nrules:\n" RULE("r",
            "    find: {pattern: '(?<n>\\d+)'}\n    adjust:\n"
            "      - {near: [{cue: c}], severity: error}\n"
            "      - {where: [{group: n, not-check: nhs-number}], confidence: low}\n"),
        "patient 12. A 9434765919.", "r@8-10 error low; r@14-24 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "adjust: in a draft of so many words",
        HEAD "rules:\n" RULE(
            "r", "    find: {pattern: '12'}\n    adjust: [{up-to: 3 words, severity: error}]\n"),
        "12 of us", "r@0-2 error medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "adjust: not in a longer one",
        HEAD "rules:\n" RULE(
            "r", "    find: {pattern: '12'}\n    adjust: [{up-to: 3 words, severity: error}]\n"),
        "12 of us,\n\nhere", "r@0-2 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "adjust of a pack, behind the rule's own",
        HEAD
        "cues: [{id: c, terms: [tea]}]\n"
        "adjust: [{near: [{cue: c, within: paragraph}], severity: note}]\nrules:\n" RULE("q",
            "    find: {pattern: '\\w+ time'}\n    adjust: [{up-to: 99 words, severity: error}]\n"),
        "Tea time.\n\nHigh time.", "q@0-8 note medium; q@11-20 error medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "adjust of a pack, which a rule does without",
        HEAD "cues: [{id: c, terms: [tea]}]\n"
             "adjust: [{near: [{cue: c, within: paragraph}], severity: note}]\nrules:\n" RULE(
                 "q", "    find: {pattern: '\\w+ time'}\n    pack-adjust: no\n")
                 RULE("r", "    find: {pattern: 'noon'}\n    pack-adjust: yes\n"),
        "Tea time at noon.", "q@0-8 warning medium; r@12-16 note medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "missing",
        HEAD "cues: [{id: a, terms: [trust]}, {id: d, terms: [views my own]}]\nrules:\n" RULE(
            "r", "    missing: {have: [a], lack: [d]}\n"),
        "I work for the Trust.", "r@0-0 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "not missing",
        HEAD "cues: [{id: a, terms: [trust]}, {id: d, terms: [views my own]}]\nrules:\n" RULE(
            "r", "    missing: {have: [a], lack: [d]}\n"),
        "I work for the Trust. Views my own.", "", POSTVET_SCAN_OPTIONS_INIT },
    { "together",
        HEAD "cues: [{id: a, terms: [aged]}, {id: b, terms: [village]}, {id: c, terms: [farmer]}]\n"
             "rules:\n" RULE("r", "    together: {cues: [a, b, c], at-least: 2}\n"),
        "A farmer. A farmer.\n\nAged 9, one farmer. Our village.", "r@21-52 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "together: in the sentence, and a cue inside",
        HEAD "cues: [{id: a, terms: [aged]}, {id: b, terms: [village]}, {id: p, terms: [lady]}]\n"
             "rules:\n" RULE("r", "    together: {cues: [a, b], at-least: 2, within: sentence}\n"
                                  "    near: [{cue: p}]\n"),
        "Aged 9. Our village. A lady aged 9 of our village. Aged 9 of our village.",
        "r@28-49 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "together: as far as the sentences reach",
        HEAD "cues: [{id: a, terms: [aged]}, {id: b, terms: [village]}]\n"
             "rules:\n" RULE("r", "    together: {cues: [a, b], at-least: 2, reach: sentence}\n"),
        "A farmer. She is aged 9. She lives in a village here. She is well.",
        "r@10-53 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "words in disguise are spelled out",
        HEAD "rules:\n" RULE("r", "    find: {terms: [manager]}\n"),
        "My m@nager, a m.a.n.a.g.e.r, is no m\xD0\xB0nager of fy43bl.",
        "r@3-10 warning medium; r@14-27 warning medium; r@35-43 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "words in disguise are found as they are, too, and once",
        HEAD "cues: [{id: c, terms: [tea]}]\nrules:\n" RULE("q", "    find: {pattern: 't@a'}\n")
            RULE("r", "    find: {terms: [mug, nobody]}\n    unless-near: [{cue: c}]\n"),
        "A mug of t@a. N0body.",
        "r@2-5 warning medium; q@9-12 warning medium; r@14-20 warning medium; ",
        POSTVET_SCAN_OPTIONS_INIT },
    { "when: another voice",
        HEAD "rules:\n" RULE("r", "    when: {voice: [personal]}\n    find: {terms: [x]}\n"), "x",
        "", { .version = POSTVET_SCAN_OPTIONS_VERSION, .voice = POSTVET_CORPORATE } },
    { "when: this kind",
        HEAD "rules:\n" RULE("r", "    when: {kind: [reply]}\n    find: {terms: [x]}\n"), "x",
        "r@0-1 warning medium; ",
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .kind = POSTVET_REPLY } },
    { "yields",
        HEAD "rules:\n" RULE("a", "    find: {terms: [one two]}\n    yields: [b]\n")
            RULE("b", "    find: {terms: [two]}\n"),
        "one two", "b@4-7 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "the longer of two in one pack",
        HEAD "rules:\n" RULE("a", "    find: {terms: [two]}\n")
            RULE("b", "    find: {terms: [one two]}\n"),
        "one two", "b@0-7 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "the folded view",
        HEAD "rules:\n" RULE("r", "    find: {pattern: 'cafe\\w', view: folded}\n"),
        "\xC3\xA9 caf\xC3\xA9s", "r@3-9 warning medium; ", POSTVET_SCAN_OPTIONS_INIT },
    { "a scope to skip", HEAD "rules:\n" RULE("r", "    find: {terms: [x]}\n    skip: [code]\n"),
        "`x` x", "r@4-5 warning medium; ",
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .markup = POSTVET_MARKUP_MARKDOWN } },
    { "only one scope", HEAD "rules:\n" RULE("r", "    find: {terms: [x]}\n    only: [code]\n"),
        "`x` x", "r@1-2 warning medium; ",
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .markup = POSTVET_MARKUP_MARKDOWN } },
    { "an empty draft", HEAD "rules:\n" RULE("r", "    find: {terms: [x]}\n"), "", "",
        POSTVET_SCAN_OPTIONS_INIT },
};

static postvet_ruleset *ruleset_of(const char *pack)
{
    const postvet_source source = { "t.yaml", pack, strlen(pack) };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_error err = { .message = "" };
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    if (postvet_ruleset_new(&options, &ruleset, &err) != POSTVET_OK)
        fail_msg("%s:%zu:%zu: %s", err.file, err.line, err.column, err.message);
    return ruleset;
}

static void finds(void **state)
{
    const struct scan_case *const c = *state;
    postvet_ruleset *const ruleset = ruleset_of(c->pack);
    postvet_scanner *scanner = NULL;
    char found[512] = "";

    assert_int_equal(postvet_scanner_new(ruleset, &scanner, NULL), POSTVET_OK);
    /* Twice: the second draft must not see the first. */
    for (int i = 0; i < 2; i++) {
        postvet_result *result = NULL;
        found[0] = '\0';
        assert_int_equal(
            postvet_scan(scanner, c->text, strlen(c->text), &c->options, &result, NULL),
            POSTVET_OK);
        assert_true(postvet_result_complete(result));
        for (size_t k = 0; k < postvet_result_count(result); k++) {
            const postvet_finding *const f = postvet_result_at(result, k);
            const size_t used = strlen(found);
            snprintf(found + used, sizeof(found) - used, "%s@%zu-%zu %s %s; ", f->rule,
                f->start.byte, f->end.byte, postvet_severity_name(f->severity),
                postvet_confidence_name(f->confidence));
        }
        assert_string_equal(found, c->found);
        postvet_result_free(result);
    }
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

/* The heaviest words of the list first, each once, and never more than three. */
static void names_the_heaviest(void **state)
{
    static const struct {
        const char *text, *reason;
    } drafts[] = {
        { "Don't!", "words such as 'dont'" },
        { "Stairs, stairs, smoke", "words such as 'stairs' and 'smoke'" },
        { "Smoke. Fire alarm. Stairs. 2024", "words such as 'smoke', 'stairs' and 'fire alarm'" },
    };
    postvet_ruleset *const ruleset = ruleset_of(HEAD WEIGHTS "rules:\n" RULE("r", WEIGH));
    postvet_scanner *scanner = NULL;
    (void)state;
    assert_int_equal(postvet_scanner_new(ruleset, &scanner, NULL), POSTVET_OK);
    for (size_t i = 0; i < sizeof(drafts) / sizeof(*drafts); i++) {
        postvet_result *result = NULL;
        assert_int_equal(
            postvet_scan(scanner, drafts[i].text, strlen(drafts[i].text), NULL, &result, NULL),
            POSTVET_OK);
        assert_int_equal(postvet_result_count(result), 1);
        assert_int_equal(postvet_result_at(result, 0)->reason_count, 1);
        assert_string_equal(postvet_result_at(result, 0)->reasons[0], drafts[i].reason);
        postvet_result_free(result);
    }
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

static void gives_reasons(void **state)
{
    static const char pack[] = HEAD "cues: [{id: c, terms: [nhs no]}]\nrules:\n" RULE("r",
        "    find: {pattern: '(?<n>\\d{10})', where: [{group: n, check: nhs-number}]}\n"
        "    near: [{cue: c, within: 6 words}]\n");
    static const char text[] = "NHS no is 9434765919";
    postvet_ruleset *const ruleset = ruleset_of(pack);
    postvet_scanner *scanner = NULL;
    postvet_result *result = NULL;
    (void)state;
    assert_int_equal(postvet_scanner_new(ruleset, &scanner, NULL), POSTVET_OK);
    assert_int_equal(postvet_scan(scanner, text, strlen(text), NULL, &result, NULL), POSTVET_OK);
    const postvet_finding *const f = postvet_result_at(result, 0);
    assert_int_equal(f->reason_count, 2);
    assert_string_equal(f->reasons[0], "the check digit holds");
    assert_string_equal(f->reasons[1], "'nhs no' 2 words before");
    assert_string_equal(f->excerpt, "943*******");
    assert_string_equal(f->category, "t");
    assert_int_equal(f->citation_count, 1);
    assert_string_equal(f->citations[0].trust, "ashford-st-peters");
    assert_string_equal(f->citations[0].section, "5.15");
    assert_int_equal(postvet_result_verdict(result), POSTVET_REVIEW);
    postvet_result_free(result);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

static void says_what_was_not_read(void **state)
{
    static const char pack[] = HEAD "rules:\n" RULE("r", "    find: {terms: [x]}\n");
    postvet_ruleset *const ruleset = ruleset_of(pack);
    postvet_scanner *scanner = NULL;
    postvet_result *result = NULL;
    (void)state;
    assert_int_equal(postvet_scanner_new(ruleset, &scanner, NULL), POSTVET_OK);
    assert_int_equal(postvet_scan(scanner, "a\n\xC3(", 4, NULL, &result, NULL), POSTVET_OK);
    assert_false(postvet_result_complete(result));
    assert_int_equal(postvet_result_verdict(result), POSTVET_INCOMPLETE);
    assert_string_equal(postvet_result_incomplete_at(result, 0),
        "Some bytes are not UTF-8 text, the first in line 2, column 1 (byte 2); they could not be "
        "read.");
    assert_null(postvet_result_incomplete_at(result, 1));
    postvet_result_free(result);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

int main(void)
{
    enum { COUNT = sizeof(cases) / sizeof(cases[0]) };
    struct CMUnitTest tests[COUNT + 3];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, finds, NULL, NULL, &cases[i] };
    tests[COUNT] = (struct CMUnitTest)cmocka_unit_test(gives_reasons);
    tests[COUNT + 2] = (struct CMUnitTest)cmocka_unit_test(names_the_heaviest);
    tests[COUNT + 1] = (struct CMUnitTest)cmocka_unit_test(says_what_was_not_read);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
