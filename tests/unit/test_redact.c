/* test_redact.c: redacted copies through the public interface: placeholders among markup with a
 * pack of our own, and then the default rules over the corpus: in a copy they find no identifier.
 */
#include "scan_support.h"

#include <jansson.h>

#define HEAD(id) "pack: " id "\ntitle: T\nversion: 1.0.0\n"
#define THINGS                                                                                     \
    HEAD("things")                                                                                 \
    "cues: [{id: lost, terms: [lost]}]\nrules:\n" RULE(                                            \
        "number", "find: {pattern: '\\d{3}[ -]?\\d{3}[ -]?\\d{4}'}") RULE("name",                  \
        "find: {pattern: 'Ada(?: Smith)?'}") RULE("rude", "find: {terms: [twit]}") RULE("silent",  \
        "find: {pattern: 'secret'}\n    unless-near: [{cue: lost, within: document}]")
#define TITLES HEAD("titles") "rules:\n" RULE("long-name", "find: {pattern: '(?:Dame|Mrs) Ada'}")
#define RULE(id, what)                                                                             \
    "  - id: " id "\n    title: T\n    severity: error\n    confidence: high\n    " what           \
    "\n    message: m\n    advice: a\n    cites: [A 1]\n    tests: {match: [x], no-match: [y]}\n"

static struct redact_case {
    const char *text, *redacted;
    postvet_markup markup;
} cases[] = {
    { "", "", POSTVET_MARKUP_PLAIN },
    { "Nothing here, twit.", "Nothing here, twit.", POSTVET_MARKUP_PLAIN },
    { "\xEF\xBB\xBFIt is 943 476 5919.\r\n", "\xEF\xBB\xBFIt is [long number].\r\n",
        POSTVET_MARKUP_PLAIN },
    { "943 476\n5919 and 943 476\r\n5919", "[long number]\n and [long number]\r\n",
        POSTVET_MARKUP_PLAIN },
    { "Mrs Ada, Mrs Ada Smith.", "[full name], [name].", POSTVET_MARKUP_PLAIN },
    { "Ada, Ada", "[name], [name]", POSTVET_MARKUP_PLAIN },
    { "Ada9434765919", "[name][long number]", POSTVET_MARKUP_PLAIN },
    { "\xF0\x9F\x98\x80 Ada \xFF", "\xF0\x9F\x98\x80 [name] \xFF", POSTVET_MARKUP_PLAIN },

    /* emphasis */
    { "**943 476** 5919.", "**[long number]**.", POSTVET_MARKUP_MARKDOWN },
    { "**943** 476 **5919**.", "**[long number]**.", POSTVET_MARKUP_MARKDOWN },
    { "**It is 943** 476 **5919 now**.", "**It is [long number] now**.", POSTVET_MARKUP_MARKDOWN },
    { "943 *476* 5919.", "[long number].", POSTVET_MARKUP_MARKDOWN },
    { "*943 **476** 5919*.", "*[long number]*.", POSTVET_MARKUP_MARKDOWN },
    { "943\\-476\\-5919.", "[long number].", POSTVET_MARKUP_MARKDOWN },
    { "943\xE2\x80\x8B 476 5919", "[long number]", POSTVET_MARKUP_MARKDOWN },
    { "943&nbsp;476&#32;5919", "[long number]", POSTVET_MARKUP_MARKDOWN },

    /* structure */
    { "> It is 943\n> 476 5919 now.", "> It is [long number]\n>  now.", POSTVET_MARKUP_MARKDOWN },
    { "| Ada | 9434765919 |\n|---|---|\n| Ada | x |",
        "| [name] | [long number] |\n|---|---|\n| [name] | x |", POSTVET_MARKUP_MARKDOWN },
    { "# Ada\n\n* Ada\n", "# [name]\n\n* [name]\n", POSTVET_MARKUP_MARKDOWN },
    { "`9434765919`", "`[long number]`", POSTVET_MARKUP_MARKDOWN },
    { "---\nwho: Ada\nid: 9434765919\n---\nx", "---\nwho: (name)\nid: (long number)\n---\nx",
        POSTVET_MARKUP_MARKDOWN },

    /* links and what stands aside */
    { "[943 476](http://a.org/9434765919) 5919", "[[long number]](http://a.org/[long-number])",
        POSTVET_MARKUP_MARKDOWN },
    { "![Ada](9434765919.jpg \"Ada\")", "![[name]]([long-number].jpg \"[name]\")",
        POSTVET_MARKUP_MARKDOWN },
    { "<!-- Ada -->", "<!-- [name] -->", POSTVET_MARKUP_MARKDOWN },

    /* HTML */
    { "<p>It is <b>943</b> 476 5919.</p>", "<p>It is <b>[long number]</b>.</p>",
        POSTVET_MARKUP_HTML },
    { "<i>943 476</i> <b>5919</b>", "<i>[long number]</i><b></b>", POSTVET_MARKUP_HTML },
    { "<p data-id=9434765919 title='Ada'>x", "<p data-id=[long-number] title='[name]'>x",
        POSTVET_MARKUP_HTML },

    /* directives: they stay, are redacted themselves, set nothing aside, and change nothing */
    { "Ada. <!-- postvet-disable-line name -- Ada agreed -->",
        "[name]. <!-- postvet-disable-line name -- [name] agreed -->", POSTVET_MARKUP_MARKDOWN },
    { "943 <!-- postvet-disable-line name -- x --> 476 5919",
        "[long number]<!-- postvet-disable-line name -- x --> ", POSTVET_MARKUP_MARKDOWN },
    { "postvet-disable-file name -- lost\nsecret", "postvet-disable-file name -- lost\n[thing]",
        POSTVET_MARKUP_PLAIN },
};

struct fixture {
    postvet_ruleset *ruleset;
    postvet_scanner *scanner;
};

static int set_up(void **state)
{
    static struct fixture f;
    const postvet_source packs[] = { { "things.yaml", THINGS, strlen(THINGS) },
        { "titles.yaml", TITLES, strlen(TITLES) } };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_error err = { 0 };
    options.without_default_packs = true;
    options.packs = packs;
    options.pack_count = 2;
    options.profile_file = POSTVET_TESTS "/unit/profiles/house.yaml";
    *state = &f;
    if (postvet_ruleset_new(&options, &f.ruleset, &err) == POSTVET_OK
        && postvet_scanner_new(f.ruleset, &f.scanner, &err) == POSTVET_OK)
        return 0;
    print_error("%s:%zu:%zu: %s\n", err.file, err.line, err.column, err.message);
    return -1;
}

static int set_up_default(void **state)
{
    static struct fixture f;
    *state = &f;
    return postvet_ruleset_new(NULL, &f.ruleset, NULL) == POSTVET_OK
                   && postvet_scanner_new(f.ruleset, &f.scanner, NULL) == POSTVET_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    struct fixture *const f = *state;
    postvet_scanner_free(f->scanner);
    postvet_ruleset_free(f->ruleset);
    return 0;
}

static void redacts(void **state)
{
    const struct fixture *const f = *state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
        postvet_copy *copy = NULL;
        options.markup = cases[i].markup;
        assert_int_equal(
            postvet_redact(f->scanner, cases[i].text, strlen(cases[i].text), &options, &copy, NULL),
            POSTVET_OK);
        assert_string_equal(postvet_copy_text(copy), cases[i].redacted);
        assert_int_equal(postvet_copy_len(copy), strlen(cases[i].redacted));
        assert_int_equal(
            postvet_copy_changes(copy) > 0, strcmp(cases[i].text, cases[i].redacted) != 0);
        postvet_copy_free(copy);
    }
}

/* A draft that could not be read to the end may hold more. */
static void says_that_it_is_incomplete(void **state)
{
    const struct fixture *const f = *state;
    postvet_copy *copy = NULL;
    assert_int_equal(postvet_redact(f->scanner, "Ada \xFF", 5, NULL, &copy, NULL), POSTVET_OK);
    assert_false(postvet_result_complete(postvet_copy_result(copy)));
    postvet_copy_free(copy);
    postvet_copy_free(NULL);
}

/* ------------------------------------------------------------------ corpus */

/* The packs whose findings have placeholders in the general wording. */
static bool is_identifier(const char *category)
{
    static const char *const packs[] = { "nhs-number", "postcode", "date-of-birth",
        "patient-identifier", "personal-data" };
    for (size_t i = 0; i < sizeof(packs) / sizeof(*packs); i++)
        if (strcmp(category, packs[i]) == 0)
            return true;
    return false;
}

static size_t count_identifiers(const postvet_result *result, const char *id)
{
    size_t count = 0;
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const finding = postvet_result_at(result, i);
        if (!is_identifier(finding->category) || finding->end.byte == 0)
            continue;
        count++;
        if (id)
            print_error("%s: %s finds '%s'\n", id, finding->rule, finding->excerpt);
    }
    return count;
}

/* Redacts a draft; returns whether there was something to redact. */
static bool redact_draft(const struct fixture *f, const char *id, const char *text, size_t len,
    postvet_scan_options options)
{
    postvet_copy *copy = NULL;
    postvet_result *before = NULL, *after = NULL;
    options.show_matches = true;
    assert_int_equal(postvet_scan(f->scanner, text, len, &options, &before, NULL), POSTVET_OK);
    assert_int_equal(postvet_redact(f->scanner, text, len, &options, &copy, NULL), POSTVET_OK);
    assert_int_equal(postvet_scan(f->scanner, postvet_copy_text(copy), postvet_copy_len(copy),
                         &options, &after, NULL),
        POSTVET_OK);
    const size_t found = count_identifiers(before, NULL), left = count_identifiers(after, id);
    if (left)
        print_error("%s: %s\n", id, postvet_copy_text(copy));
    assert_int_equal(left, 0);
    assert_int_equal(postvet_copy_changes(copy) > 0, found > 0);
    assert_int_equal(postvet_result_complete(after), postvet_result_complete(before));
    postvet_result_free(before);
    postvet_result_free(after);
    postvet_copy_free(copy);
    return found > 0;
}

static void redacts_the_corpus(void **state)
{
    static const char *const files[] = { "posts", "more", "held" };
    const struct fixture *const f = *state;
    size_t redacted = 0;
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        char path[512];
        snprintf(path, sizeof(path), "%s/corpus/%s.jsonl", POSTVET_TESTS, files[i]);
        struct pv_buf file = read_file(path);
        for (char *line = file.data; *line;) {
            char *const end = strchr(line, '\n');
            json_error_t error;
            json_t *const draft =
                json_loadb(line, end ? (size_t)(end - line) : strlen(line), JSON_ALLOW_NUL, &error);
            const json_t *const text = json_object_get(draft, "text");
            const postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
            assert_non_null(text);
            redacted += redact_draft(f, json_string_value(json_object_get(draft, "id")),
                json_string_value(text), json_string_length(text), options);
            json_decref(draft);
            line = end ? end + 1 : line + strlen(line);
        }
        pv_buf_release(&file);
    }
    assert_true(redacted > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(redacts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(says_that_it_is_incomplete, set_up, tear_down),
        cmocka_unit_test_setup_teardown(redacts_the_corpus, set_up_default, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
