/* test_memory.c: every public call that allocates, with one allocation after another failing. Each
 * time it says POSTVET_ERR_NOMEM and leaves what it would have made alone, or it succeeds all the
 * same and then its result is that of an undisturbed call, to the last reason. What it worked on
 * works again afterwards, and AddressSanitizer sees that nothing leaks.
 *
 * Two ways of failing: one allocation alone (a call that passes over it shows in its result), and
 * that one and all that follow (whatever frees and reports must not need memory). */
#include "fail_alloc.h"
#include "scan_support.h"

#define EVERYTHING POSTVET_TESTS "/unit/packs/everything.yaml"

static struct scan_case {
    const char *name, *text;
    postvet_scan_options options;
} drafts[] = {
    { "plain", "Skipper, label one A, number 12x and 13-x: seven.", POSTVET_SCAN_OPTIONS_INIT },
    { "Markdown",
        "---\ntitle: number 4x\n---\n# Label\n\n* one **two** ![seven](http://example.org/7x)\n"
        "* [nota bene](u \"12x\") &amp; `3x`\n\n| no | 5x |\n|---|---|\n| a | 6x |\n\n> label\n",
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .markup = POSTVET_MARKUP_MARKDOWN } },
    { "HTML",
        "<p>Label <b>seven</b> one &#65;B&eacute; <img alt='12x number'><!-- 8x no --><script>9x"
        "</script><ul><li>no<li>10x</ul>",
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .markup = POSTVET_MARKUP_HTML } },
    { "beyond ASCII",
        "Caf\xC3\xA9 \xEF\xBC\x97x l\xCC\x81"
        "abel \xD9\xA1\xD9\xA2x, s\xE2\x80\x8B"
        "even CAFE\xCC\x81 bar "
        "number \xF0\x9D\x9F\x8Fx \xFF label",
        POSTVET_SCAN_OPTIONS_INIT },
    { "disguised", "s3v3n s-e-v-e-n $even can't seeeven label s*ven", POSTVET_SCAN_OPTIONS_INIT },
    { "directives",
        "seven label <!-- postvet-disable-line listed, patern -- seven is no secret -->\n\n"
        "<!-- postvet-disable pattern -- why -->\nnumber 12x\n\n<!-- postvet-enable -->\n\n"
        "<!-- postvet-disable-file folded -- no --> <!-- postvet-disable-line -->",
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .markup = POSTVET_MARKUP_MARKDOWN } },
    { "nothing", "", POSTVET_SCAN_OPTIONS_INIT },
    { "shown, for another day", "number 12x label 13x",
        { .version = POSTVET_SCAN_OPTIONS_VERSION,
            .show_matches = true,
            .today = 20250601,
            .file_name = "a.txt",
            .voice = POSTVET_CORPORATE,
            .kind = POSTVET_REPLY } },
    { "ungated", "number 12x label 13x seven",
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .ungated = true } },
};

/* Calls `once` with each allocation failing that is worth it: the first `all`, and after them about
 * `sampled` more, spread evenly over the rest. `once` says how many allocations it asked for. */
typedef size_t attempt_fn(void *user, size_t nth, size_t count);

static void survives(attempt_fn *once, void *user, size_t all, size_t sampled)
{
    const size_t needed = once(user, 0, 0);
    const size_t stride = needed > all && sampled ? (needed - all) / sampled + 1 : 1;
    const size_t end = sampled || needed < all ? needed : all;
    assert_true(needed > 0);
    for (size_t nth = 1; nth <= end; nth += nth < all ? 1 : stride) {
        once(user, nth, 1);
        once(user, nth, SIZE_MAX);
    }
}

static void assert_nomem(postvet_status status, const postvet_error *err)
{
    assert_int_equal(status, POSTVET_ERR_NOMEM);
    assert_int_equal(err->status, POSTVET_ERR_NOMEM);
    assert_string_equal(err->message, "There is not enough memory.");
}

/* ---------------------------------------------------------------- rulesets */

static void append_rules(struct pv_buf *out, const postvet_ruleset *ruleset)
{
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++) {
        const postvet_rule_info *const r = postvet_ruleset_rule_at(ruleset, i);
        const char *const words[] = { r->id, r->pack, r->title, r->message, r->advice,
            postvet_severity_name(r->severity), "\n" };
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
            assert_true(pv_buf_append_str(out, words[k]));
        for (size_t k = 0; k < r->citation_count; k++)
            assert_true(pv_buf_append_str(out, r->citations[k].trust)
                        && pv_buf_append_str(out, r->citations[k].section));
        for (size_t k = 0; k < r->example_count; k++)
            assert_true(pv_buf_append_str(out, r->examples[k]));
    }
}

static postvet_scanner *make_scanner(const postvet_ruleset *ruleset)
{
    postvet_scanner *scanner = NULL;
    postvet_error err;
    assert_int_equal(postvet_scanner_new(ruleset, &scanner, &err), POSTVET_OK);
    return scanner;
}

/* What a ruleset says, and what it finds in the first draft; to be freed. */
static char *describe_ruleset(const postvet_ruleset *ruleset)
{
    struct pv_buf out = { 0 };
    postvet_scanner *const scanner = make_scanner(ruleset);
    char *const found =
        describe_scan(scanner, drafts[0].text, strlen(drafts[0].text), &drafts[0].options);
    append_rules(&out, ruleset);
    assert_true(pv_buf_append_str(&out, found) && pv_buf_append_byte(&out, '\0'));
    free(found);
    postvet_scanner_free(scanner);
    return out.data;
}

struct ruleset_attempt {
    postvet_ruleset_options options;
    char *expected; /* NULL until the undisturbed run */
    size_t errors;
};

static void count_error(const postvet_error *error, void *user)
{
    struct ruleset_attempt *const a = user;
    assert_int_equal(error->status, POSTVET_ERR_NOMEM);
    a->errors++;
}

static size_t make_ruleset_once(void *user, size_t nth, size_t count)
{
    struct ruleset_attempt *const a = user;
    postvet_ruleset *ruleset = NULL;
    postvet_error err = { .status = POSTVET_OK };
    a->errors = 0;
    fail_alloc_start(nth, count);
    const postvet_status status = postvet_ruleset_new(&a->options, &ruleset, &err);
    const size_t asked = fail_alloc_stop();
    if (status == POSTVET_OK) {
        char *const described = describe_ruleset(ruleset);
        assert_int_equal(a->errors, 0);
        if (nth > 0)
            assert_string_equal(described, a->expected);
        free(a->expected);
        a->expected = described;
    } else {
        assert_true(nth > 0);
        assert_nomem(status, &err);
        assert_null(ruleset);
        assert_int_equal(a->errors, 1);
    }
    postvet_ruleset_free(ruleset);
    return asked;
}

static void ruleset_survives(postvet_ruleset_options options, size_t all, size_t sampled)
{
    struct ruleset_attempt attempt = { .options = options };
    attempt.options.on_error = count_error;
    attempt.options.user = &attempt;
    survives(make_ruleset_once, &attempt, all, sampled);
    free(attempt.expected);
}

static void default_packs(void **state)
{
    const postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    (void)state;
    ruleset_survives(options, 200, 50);
}

static void profile(void **state)
{
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    (void)state;
    options.profile = "blackpool";
    ruleset_survives(options, 50, 50);
}

static void profile_file(void **state)
{
    static const char pack[] =
        "pack: t\ntitle: T\nversion: 1.0.0\nrules:\n  - id: r\n    title: r\n    severity: note\n"
        "    confidence: low\n    find: {list: trust-names}\n    message: '{trust}'\n    advice: "
        "a\n"
        "    cites: [A 1]\n    tests: {match: [x], no-match: [y]}\n";
    const postvet_source source = { "t", pack, sizeof(pack) - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    (void)state;
    options.profile_file = POSTVET_TESTS "/unit/profiles/seaside.yaml";
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    ruleset_survives(options, 100, 100);
}

static void pack_in_memory(void **state)
{
    struct pv_buf pack = read_file(EVERYTHING);
    const postvet_source source = { "t", pack.data, pack.len };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    (void)state;
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    ruleset_survives(options, 30, 70);
    pv_buf_release(&pack);
}

/* Densely where the pack is compiled, in the end. Where a list of one's own cannot be read, the
 * library's of the same name must not take its place. */
static void pack_file(void **state)
{
    static const char *const paths[] = { EVERYTHING };
    struct ruleset_attempt attempt = { .options = POSTVET_RULESET_OPTIONS_INIT };
    (void)state;
    attempt.options.without_default_packs = true;
    attempt.options.pack_files = paths;
    attempt.options.pack_file_count = 1;
    attempt.options.on_error = count_error;
    attempt.options.user = &attempt;
    const size_t needed = make_ruleset_once(&attempt, 0, 0);
    assert_true(needed > 1500);
    for (size_t nth = needed - 1500; nth <= needed; nth += 5)
        make_ruleset_once(&attempt, nth, 1);
    free(attempt.expected);
}

static void pack_files(void **state)
{
    static const char *const paths[] = { POSTVET_TESTS "/../rules/packs/incident.yaml",
        POSTVET_TESTS "/../rules/packs/boundary.yaml",
        POSTVET_TESTS "/../rules/packs/register.yaml" };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    (void)state;
    options.without_default_packs = true;
    options.pack_files = paths;
    options.pack_file_count = sizeof(paths) / sizeof(paths[0]);
    ruleset_survives(options, 3, 10);
}

/* With the default packs beside one's own all of them are compiled anew, which takes long: the
 * beginning must do. */
static void pack_beside_the_default_ones(void **state)
{
    static const char *const paths[] = { EVERYTHING };
    struct ruleset_attempt attempt = { .options = POSTVET_RULESET_OPTIONS_INIT };
    (void)state;
    attempt.options.pack_files = paths;
    attempt.options.pack_file_count = 1;
    attempt.options.on_error = count_error;
    attempt.options.user = &attempt;
    for (size_t nth = 1; nth <= 3001; nth += 150)
        make_ruleset_once(&attempt, nth, 1);
}

/* ---------------------------------------------------------------- scanning */

static postvet_ruleset *ruleset_of(const char *path)
{
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_error err;
    options.pack_files = &path;
    options.pack_file_count = 1;
    options.without_default_packs = true;
    assert_int_equal(postvet_ruleset_new(path ? &options : NULL, &ruleset, &err), POSTVET_OK);
    return ruleset;
}

static size_t make_scanner_once(void *user, size_t nth, size_t count)
{
    postvet_scanner *scanner = NULL;
    postvet_error err = { .status = POSTVET_OK };
    fail_alloc_start(nth, count);
    const postvet_status status = postvet_scanner_new(user, &scanner, &err);
    const size_t asked = fail_alloc_stop();
    if (nth == 0)
        assert_int_equal(status, POSTVET_OK);
    else
        assert_nomem(status, &err);
    assert_int_equal(scanner != NULL, status == POSTVET_OK);
    postvet_scanner_free(scanner);
    return asked;
}

static void scanner(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(NULL);
    (void)state;
    survives(make_scanner_once, ruleset, SIZE_MAX, 0);
    postvet_ruleset_free(ruleset);
}

struct scan_attempt {
    const postvet_ruleset *ruleset;
    const char *text;
    size_t len;
    postvet_scan_options options;
    char *expected; /* NULL until the undisturbed run */
};

/* A new scanner fails, then does the same draft undisturbed: nothing of the failure stays. */
static size_t scan_once(void *user, size_t nth, size_t count)
{
    struct scan_attempt *const a = user;
    postvet_scanner *const s = make_scanner(a->ruleset);
    postvet_result *result = NULL;
    postvet_error err = { .status = POSTVET_OK };
    fail_alloc_start(nth, count);
    const postvet_status status = postvet_scan(s, a->text, a->len, &a->options, &result, &err);
    const size_t asked = fail_alloc_stop();
    if (status == POSTVET_OK && nth > 0) {
        char *const described = describe_result(result);
        assert_string_equal(described, a->expected);
        free(described);
    } else if (status != POSTVET_OK) {
        assert_true(nth > 0);
        assert_nomem(status, &err);
        assert_null(result);
    }
    postvet_result_free(result);
    char *const again = describe_scan(s, a->text, a->len, &a->options);
    if (a->expected)
        assert_string_equal(again, a->expected);
    free(a->expected);
    a->expected = again;
    postvet_scanner_free(s);
    return asked;
}

static void scan_survives(const postvet_ruleset *ruleset, const struct scan_case *draft, size_t len,
    size_t all, size_t sampled)
{
    struct scan_attempt attempt = {
        .ruleset = ruleset, .text = draft->text, .len = len, .options = draft->options
    };
    survives(scan_once, &attempt, all, sampled);
    free(attempt.expected);
}

static void scan(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(EVERYTHING);
    const struct scan_case *const draft = *state;
    scan_survives(ruleset, draft, strlen(draft->text), SIZE_MAX, 0);
    postvet_ruleset_free(ruleset);
}

/* Long enough for patterns to be compiled to machine code. */
static void long_scan(void **state)
{
    enum { SENTENCES = 2500 };
    postvet_ruleset *const ruleset = ruleset_of(EVERYTHING);
    struct pv_buf text = { 0 };
    (void)state;
    for (size_t i = 0; i < SENTENCES; i++)
        assert_true(pv_buf_append_str(&text,
            i % 500 ? "The tea urn is on again today. " : "\n\nLabel: captain caf\xC3\xA9 8x\n\n"));
    const struct scan_case draft = { "long", text.data, POSTVET_SCAN_OPTIONS_INIT };
    scan_survives(ruleset, &draft, text.len, 3, 6);
    pv_buf_release(&text);
    postvet_ruleset_free(ruleset);
}

static void scan_with_default_packs(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(NULL);
    struct pv_buf text = read_file(POSTVET_TESTS "/drafts/ward-story.md");
    const struct scan_case draft = { "story", text.data,
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .file_name = "ward-story.md" } };
    (void)state;
    scan_survives(ruleset, &draft, text.len, 6, 12);
    pv_buf_release(&text);
    postvet_ruleset_free(ruleset);
}

/* -------------------------------------------------------------- allow-lists */

static size_t make_allowlist_once(void *user, size_t nth, size_t count)
{
    static const char text[] = "a.md: listed, pattern -- a reason\n*.txt: listed -- another\n";
    const postvet_source source = { "allowed", text, sizeof(text) - 1 };
    postvet_allowlist *list = NULL;
    postvet_error err = { .status = POSTVET_OK };
    fail_alloc_start(nth, count);
    const postvet_status status = postvet_allowlist_new(user, &source, NULL, NULL, &list, &err);
    const size_t asked = fail_alloc_stop();
    assert_int_equal(list != NULL, status == POSTVET_OK);
    if (status != POSTVET_OK)
        assert_nomem(status, &err);
    postvet_allowlist_free(list);
    return asked;
}

/* A list with errors in it may tell them, or that there is no memory, but never passes. */
static size_t refuse_allowlist_once(void *user, size_t nth, size_t count)
{
    static const char text[] = "a.md: lsted -- a reason\n*.txt: folded -- another\nb\n";
    const postvet_source source = { "allowed", text, sizeof(text) - 1 };
    postvet_allowlist *list = NULL;
    fail_alloc_start(nth, count);
    const postvet_status status = postvet_allowlist_new(user, &source, NULL, NULL, &list, NULL);
    const size_t asked = fail_alloc_stop();
    assert_true(status == POSTVET_ERR_NOMEM || status == POSTVET_ERR_SYNTAX);
    assert_null(list);
    return asked;
}

static void allowlists(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(EVERYTHING);
    static const char text[] = "a.md: listed -- a reason\na.md: pattern -- another\n";
    const postvet_source source = { "allowed", text, sizeof(text) - 1 };
    postvet_allowlist *list = NULL;
    (void)state;
    survives(make_allowlist_once, ruleset, SIZE_MAX, 0);
    survives(refuse_allowlist_once, ruleset, SIZE_MAX, 0);

    assert_int_equal(postvet_allowlist_new(ruleset, &source, NULL, NULL, &list, NULL), POSTVET_OK);
    const struct scan_case draft = { "allowed", "seven label",
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .file_name = "a.md", .allowlist = list } };
    scan_survives(ruleset, &draft, strlen(draft.text), SIZE_MAX, 0);
    postvet_allowlist_free(list);
    postvet_ruleset_free(ruleset);
}

/* ---------------------------------------------------------------- baselines */

#define BASELINE                                                                                   \
    POSTVET_BASELINE_HEADER                                                                        \
    "a.md listed error 2 0123456789abcdef -- a reason\n"                                           \
    "a.md pattern error 1 0123456789abcdef\nb.md listed note 1 0123456789abcdef\n"

static size_t make_baseline_once(void *user, size_t nth, size_t count)
{
    static const char text[] = BASELINE;
    const postvet_source source = { "base", text, sizeof(text) - 1 };
    postvet_baseline *baseline = NULL;
    postvet_error err = { .status = POSTVET_OK };
    (void)user;
    fail_alloc_start(nth, count);
    const postvet_status status = postvet_baseline_new(&source, NULL, NULL, &baseline, &err);
    const size_t asked = fail_alloc_stop();
    assert_int_equal(baseline != NULL, status == POSTVET_OK);
    if (status != POSTVET_OK)
        assert_nomem(status, &err);
    postvet_baseline_free(baseline);
    return asked;
}

static size_t write_entry_once(void *user, size_t nth, size_t count)
{
    char line[128] = "";
    postvet_error err = { .status = POSTVET_OK };
    fail_alloc_start(nth, count);
    const postvet_status status =
        postvet_baseline_line(postvet_baseline_at(user, 0), line, sizeof(line), NULL, &err);
    const size_t asked = fail_alloc_stop();
    if (status != POSTVET_OK)
        assert_nomem(status, &err);
    else
        assert_string_equal(line, "a.md listed error 2 0123456789abcdef -- a reason\n");
    return asked;
}

/* Accepted findings, stale entries, and fingerprints for all the rest. */
static void baselines(void **state)
{
    static const char text[] = BASELINE;
    static const char words[] = "seven label, and then one number 12x of them";
    const postvet_source source = { "base", text, sizeof(text) - 1 };
    postvet_ruleset *const ruleset = ruleset_of(EVERYTHING);
    postvet_scanner *const scanner = make_scanner(ruleset);
    struct scan_case draft = { "accepted", words,
        { .version = POSTVET_SCAN_OPTIONS_VERSION, .file_name = "a.md", .fingerprints = true } };
    postvet_baseline *baseline = NULL;
    postvet_result *result = NULL;
    struct pv_buf lines = { 0 };
    (void)state;
    survives(make_baseline_once, NULL, SIZE_MAX, 0);
    assert_int_equal(postvet_baseline_new(&source, NULL, NULL, &baseline, NULL), POSTVET_OK);
    survives(write_entry_once, baseline, SIZE_MAX, 0);
    postvet_baseline_free(baseline);

    assert_int_equal(
        postvet_scan(scanner, words, strlen(words), &draft.options, &result, NULL), POSTVET_OK);
    assert_true(postvet_result_count(result) > 1);
    assert_true(pv_buf_append_str(&lines, BASELINE));
    const postvet_finding *const finding = postvet_result_at(result, 0);
    const postvet_baseline_entry entry = { "a.md", finding->rule, finding->severity, 2,
        finding->fingerprint, "why", 0 };
    char line[256];
    assert_int_equal(postvet_baseline_line(&entry, line, sizeof(line), NULL, NULL), POSTVET_OK);
    assert_true(pv_buf_append_str(&lines, line));
    const postvet_source all = { "base", lines.data, lines.len };
    assert_int_equal(postvet_baseline_new(&all, NULL, NULL, &baseline, NULL), POSTVET_OK);
    draft.options.baseline = baseline;
    scan_survives(ruleset, &draft, strlen(draft.text), SIZE_MAX, 0);
    postvet_baseline_free(baseline);
    postvet_result_free(result);
    pv_buf_release(&lines);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
}

/* ------------------------------------------------------------------- copies */

typedef postvet_status copy_fn(postvet_scanner *, const char *, size_t,
    const postvet_scan_options *, postvet_copy **, postvet_error *);

struct copy_attempt {
    const postvet_ruleset *ruleset;
    copy_fn *make;
    struct pv_buf expected; /* empty until the undisturbed run */
};

static size_t copy_once(void *user, size_t nth, size_t count)
{
    static const char text[] =
        "*seven* label one\n**TO** <!-- postvet-disable-line listed -- seven -->\n12x";
    struct copy_attempt *const a = user;
    postvet_scanner *const s = make_scanner(a->ruleset);
    postvet_copy *copy = NULL;
    postvet_error err = { .status = POSTVET_OK };
    fail_alloc_start(nth, count);
    const postvet_status status = a->make(s, text, sizeof(text) - 1, NULL, &copy, &err);
    const size_t asked = fail_alloc_stop();
    assert_int_equal(copy != NULL, status == POSTVET_OK);
    if (status != POSTVET_OK)
        assert_nomem(status, &err);
    else if (a->expected.len)
        assert_string_equal(postvet_copy_text(copy), a->expected.data);
    else
        assert_true(
            pv_buf_append(&a->expected, postvet_copy_text(copy), postvet_copy_len(copy) + 1));
    postvet_copy_free(copy);
    postvet_scanner_free(s);
    return asked;
}

static void copies(void **state)
{
    static const char *const path = EVERYTHING;
    static copy_fn *const make[] = { postvet_redact, postvet_clean };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    (void)state;
    options.pack_files = &path;
    options.pack_file_count = 1;
    options.without_default_packs = true;
    options.profile_file = POSTVET_TESTS "/unit/profiles/house.yaml";
    assert_int_equal(postvet_ruleset_new(&options, &ruleset, NULL), POSTVET_OK);
    for (size_t i = 0; i < sizeof(make) / sizeof(*make); i++) {
        struct copy_attempt a = { .ruleset = ruleset, .make = make[i] };
        survives(copy_once, &a, SIZE_MAX, 0);
        assert_non_null(strstr(a.expected.data, i ? "seven" : "[object]"));
        pv_buf_release(&a.expected);
    }
    postvet_ruleset_free(ruleset);
}

/* ------------------------------------------------------------------- views */

struct view_attempt {
    const struct scan_case *draft;
    bool folded;
    struct pv_buf expected; /* empty until the undisturbed run */
};

static size_t view_once(void *user, size_t nth, size_t count)
{
    struct view_attempt *const a = user;
    postvet_view *view = NULL;
    postvet_error err = { .status = POSTVET_OK };
    fail_alloc_start(nth, count);
    const postvet_status status = postvet_view_new(
        a->draft->text, strlen(a->draft->text), &a->draft->options, a->folded, &view, &err);
    const size_t asked = fail_alloc_stop();
    assert_int_equal(view != NULL, status == POSTVET_OK);
    if (status != POSTVET_OK) {
        assert_true(nth > 0);
        assert_nomem(status, &err);
        return asked;
    }
    struct pv_buf words = { 0 };
    for (size_t i = 0; i < postvet_view_count(view); i++) {
        const postvet_stretch *const stretch = postvet_view_at(view, i);
        assert_true(pv_buf_append_str(&words, stretch->scope));
        assert_true(pv_buf_append(&words, stretch->text, stretch->len));
        assert_true(pv_buf_append(&words, &stretch->start, sizeof(stretch->start)));
    }
    assert_true(pv_buf_append_byte(&words, '\0'));
    if (nth == 0) {
        a->expected = words;
    } else {
        assert_int_equal(words.len, a->expected.len);
        assert_memory_equal(words.data, a->expected.data, words.len);
        pv_buf_release(&words);
    }
    postvet_view_free(view);
    return asked;
}

static void views(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(drafts) / sizeof(*drafts); i++)
        for (int folded = 0; folded < 2; folded++) {
            struct view_attempt a = { .draft = &drafts[i], .folded = folded };
            survives(view_once, &a, SIZE_MAX, 0);
            pv_buf_release(&a.expected);
        }
}

/* --------------------------------------------------------------- the tests */

/* The rules' own tests. */
static size_t test_once(void *user, size_t nth, size_t count)
{
    size_t run = SIZE_MAX, failed = SIZE_MAX;
    postvet_error err = { .status = POSTVET_OK };
    fail_alloc_start(nth, count);
    const postvet_status status = postvet_ruleset_test(user, NULL, NULL, &run, &failed, &err);
    const size_t asked = fail_alloc_stop();
    if (status == POSTVET_OK) {
        assert_int_equal(failed, 0);
        assert_in_range(run, 10, SIZE_MAX - 1);
    } else {
        assert_true(nth > 0);
        assert_nomem(status, &err);
        assert_true(run == SIZE_MAX && failed == SIZE_MAX);
    }
    return asked;
}

static void tests_of_rules(void **state)
{
    postvet_ruleset *const ruleset = ruleset_of(EVERYTHING);
    (void)state;
    survives(test_once, ruleset, SIZE_MAX, 0);
    postvet_ruleset_free(ruleset);
}

/* What lint tells, in memory that cannot fail. */
struct lint_words {
    char text[8192];
    size_t len;
};

static void keep_warning(const postvet_lint_warning *warning, void *user)
{
    struct lint_words *const words = user;
    const int len = snprintf(words->text + words->len, sizeof(words->text) - words->len, "%s %s\n",
        warning->rule ? warning->rule : warning->cue, warning->message);
    assert_in_range(len, 1, sizeof(words->text) - words->len - 1);
    words->len += (size_t)len;
}

struct lint_attempt {
    postvet_ruleset *ruleset;
    struct lint_words expected; /* of the undisturbed run */
};

static size_t lint_once(void *user, size_t nth, size_t count)
{
    struct lint_attempt *const a = user;
    struct lint_words words = { .len = 0 };
    size_t warnings = SIZE_MAX;
    postvet_error err = { .status = POSTVET_OK };
    fail_alloc_start(nth, count);
    const postvet_status status =
        postvet_ruleset_lint(a->ruleset, keep_warning, &words, &warnings, &err);
    const size_t asked = fail_alloc_stop();
    if (nth == 0)
        a->expected = words;
    if (status == POSTVET_OK) {
        assert_string_equal(words.text, a->expected.text);
    } else {
        assert_true(nth > 0);
        assert_nomem(status, &err);
        assert_true(warnings == SIZE_MAX);
    }
    return asked;
}

static void lint_of_rules(void **state)
{
    struct lint_attempt a = { .ruleset = ruleset_of(EVERYTHING) };
    (void)state;
    survives(lint_once, &a, 100, 50);
    assert_true(a.expected.len > 0);
    postvet_ruleset_free(a.ruleset);
}

int main(void)
{
    enum { SCANS = sizeof(drafts) / sizeof(drafts[0]) };
    struct CMUnitTest scans[SCANS];
    const struct CMUnitTest rulesets[] = {
        cmocka_unit_test(default_packs),
        cmocka_unit_test(profile),
        cmocka_unit_test(profile_file),
        cmocka_unit_test(pack_in_memory),
        cmocka_unit_test(pack_file),
        cmocka_unit_test(pack_files),
        cmocka_unit_test(pack_beside_the_default_ones),
        cmocka_unit_test(tests_of_rules),
        cmocka_unit_test(allowlists),
        cmocka_unit_test(baselines),
        cmocka_unit_test(copies),
        cmocka_unit_test(views),
        cmocka_unit_test(lint_of_rules),
        cmocka_unit_test(scanner),
        cmocka_unit_test(long_scan),
        cmocka_unit_test(scan_with_default_packs),
    };
    for (size_t i = 0; i < SCANS; i++)
        scans[i] = (struct CMUnitTest){ drafts[i].name, scan, NULL, NULL, &drafts[i] };
    const int failed = cmocka_run_group_tests(rulesets, NULL, NULL);
    return failed + cmocka_run_group_tests(scans, NULL, NULL);
}
