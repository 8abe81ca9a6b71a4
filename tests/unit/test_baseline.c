/* test_baseline.c: baselines through the public interface: which files are refused, and where; what
 * an entry accepts and what it does not; and that a fingerprint says nothing of what was found:
 * every date, postcode and NHS number that could stand in a sentence gives the same one. */
#include "scan_support.h"

#include <stdbool.h>

#include "base/sha256.h"
#include "report/fingerprint.h"
#include "report/fingerprint_words.h"
#include "text/ascii.h"

#define RULE(id, severity, what, suppressible)                                                     \
    "  - id: " id "\n    title: T\n    severity: " severity "\n    confidence: medium\n    " what  \
    "\n    message: m\n    advice: a\n    cites: [A 1]\n    suppressible: " suppressible           \
    "\n    tests: {match: [x], no-match: [y]}\n"
#define PACK                                                                                       \
    "pack: fruit\ntitle: Fruit\nversion: 1.0.0\n"                                                  \
    "cues:\n  - {id: rotten, terms: [rotten]}\n  - {id: basket, terms: [basket]}\n"                \
    "  - {id: lid, terms: [lid]}\nrules:\n" RULE("plum", "warning",                                \
        "find: {terms: [plum]}\n"                                                                  \
        "    adjust: [{near: [{cue: rotten, within: document}], severity: error}]",                \
        "with-reason") RULE("number", "warning", "find: {pattern: 'number \\d+'}", "with-reason")  \
        RULE("key", "error", "find: {pattern: 'key \\d{4}'}", "never")                             \
            RULE("long-key", "error", "find: {pattern: 'the key \\d{4}'}", "with-reason") RULE(    \
                "open-basket", "note", "missing: {have: [basket], lack: [lid]}", "with-reason")

struct fruit {
    postvet_ruleset *ruleset;
    postvet_scanner *scanner;
};

static int set_up(void **state)
{
    static struct fruit fruit;
    const postvet_source pack = { "fruit.yaml", PACK, sizeof(PACK) - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_error err = { 0 };
    options.without_default_packs = true;
    options.packs = &pack;
    options.pack_count = 1;
    if (postvet_ruleset_new(&options, &fruit.ruleset, &err) != POSTVET_OK)
        fail_msg("%zu:%zu %s", err.line, err.column, err.message);
    assert_int_equal(postvet_scanner_new(fruit.ruleset, &fruit.scanner, NULL), POSTVET_OK);
    *state = &fruit;
    return 0;
}

static int tear_down(void **state)
{
    const struct fruit *const fruit = *state;
    postvet_scanner_free(fruit->scanner);
    postvet_ruleset_free(fruit->ruleset);
    return 0;
}

/* ------------------------------------------------------------------ reading */

#define TITLE "postvet-baseline 1\n"
#define PRINT "0123456789abcdef"

static void note_error(const postvet_error *error, void *user)
{
    char line[1024];
    snprintf(line, sizeof(line), "%s:%zu:%zu: %s\n", error->file, error->line, error->column,
        error->message);
    assert_true(pv_buf_append_str(user, line));
}

static struct reading_case {
    const char *name, *text, *errors;
} readings[] = {
    { "nothing", "",
        "base:1:1: This is no baseline: its first line is not \"postvet-baseline 1\".\n" },
    { "something else", "# A list.\na.md: plum -- no\nb",
        "base:2:1: This is no baseline: its first line is not \"postvet-baseline 1\".\n" },
    { "a title without a number", "postvet-baseline one\n",
        "base:1:1: This is no baseline: its first line is not \"postvet-baseline 1\".\n" },
    { "a newer one", "postvet-baseline 2\nwhat is not known here\n",
        "base:1:18: This baseline has format 2; this postvet reads format 1. A newer postvet wrote "
        "it: update postvet, or make the baseline again.\n" },
    { "a word too few", TITLE "a.md plum warning " PRINT "\n",
        "base:2:1: This line is not of the form \"PATH RULE SEVERITY COUNT FINGERPRINT\", with or "
        "without \" -- REASON\".\n" },
    { "a word too many", TITLE "a.md plum warning 1 " PRINT " old\n",
        "base:2:1: This line is not of the form \"PATH RULE SEVERITY COUNT FINGERPRINT\", with or "
        "without \" -- REASON\".\n" },
    { "a reason that is none", TITLE "a.md plum warning 1 " PRINT " -- \n",
        "base:2:1: This line is not of the form \"PATH RULE SEVERITY COUNT FINGERPRINT\", with or "
        "without \" -- REASON\".\n" },
    { "every word wrong", TITLE "\n  a%2.md plum grave 0 " PRINT "0\n",
        "base:3:3: In this path a % is not followed by two digits or letters a to f; a % itself is "
        "written %25.\n"
        "base:3:15: This severity is none of error, warning and note.\n"
        "base:3:21: This is no number from 1 to 10000.\n"
        "base:3:23: A fingerprint is 16 digits and letters a to f.\n" },
    { "a number too large, a capital", TITLE "a.md plum note 10001 0123456789ABCDEF\n",
        "base:2:16: This is no number from 1 to 10000.\n"
        "base:2:22: A fingerprint is 16 digits and letters a to f.\n" },
    { "a number beyond all", TITLE "a.md plum note 18446744073709551617 " PRINT "\n",
        "base:2:16: This is no number from 1 to 10000.\n" },
    { "a NUL byte in a path", TITLE "a%00.md plum note 1 " PRINT "\n",
        "base:2:1: In this path a % is not followed by two digits or letters a to f; a % itself is "
        "written %25.\n" },
    { "a merge that is not finished", TITLE "<<<<<<< HEAD\n=======\n>>>>>>> other\n",
        "base:2:1: This line is left over from a merge: keep the entries of both sides, and take "
        "it out.\n"
        "base:3:1: This line is left over from a merge: keep the entries of both sides, and take "
        "it out.\n"
        "base:4:1: This line is left over from a merge: keep the entries of both sides, and take "
        "it out.\n" },
};

static void refuses(void **state)
{
    const struct reading_case *const c = *state;
    const postvet_source source = { "base", c->text, strlen(c->text) };
    struct pv_buf errors = { 0 };
    postvet_baseline *baseline = NULL;
    postvet_error first = { 0 };
    assert_int_equal(
        postvet_baseline_new(&source, note_error, &errors, &baseline, &first), POSTVET_ERR_SYNTAX);
    assert_null(baseline);
    assert_true(pv_buf_append_byte(&errors, '\0'));
    assert_string_equal(errors.data, c->errors);
    assert_int_equal(first.status, POSTVET_ERR_SYNTAX);
    pv_buf_release(&errors);
}

static postvet_baseline *read_baseline(const char *text)
{
    const postvet_source source = { "base", text, strlen(text) };
    struct pv_buf errors = { 0 };
    postvet_baseline *baseline = NULL;
    if (postvet_baseline_new(&source, note_error, &errors, &baseline, NULL) != POSTVET_OK)
        fail_msg("%s", errors.data);
    return baseline;
}

/* Order, comments, a byte order mark, CRLF and entries that both sides of a merge have. */
static void reads(void **state)
{
    (void)state;
    postvet_baseline *const baseline =
        read_baseline("\xEF\xBB\xBF# by hand\r\n" TITLE "\r\n"
                      "b.md plum note 2 " PRINT " -- Why not, 100% -- sure\r\n"
                      "./a%20b%25.md plum error 1 " PRINT "\n"
                      "#\n"
                      "b.md plum error 1 " PRINT " -- other\n"
                      "b.md key note 1 " PRINT "\n");
    const postvet_baseline_entry *e = postvet_baseline_at(baseline, 0);
    assert_int_equal(postvet_baseline_count(baseline), 3);
    assert_string_equal(e->path, "a b%.md");
    assert_string_equal(e->rule, "plum");
    assert_int_equal(e->severity, POSTVET_ERROR);
    assert_int_equal(e->count, 1);
    assert_string_equal(e->fingerprint, PRINT);
    assert_string_equal(e->reason, "");
    assert_int_equal(e->line, 5);
    e = postvet_baseline_at(baseline, 1);
    assert_string_equal(e->rule, "key");
    e = postvet_baseline_at(baseline, 2);
    assert_string_equal(e->rule, "plum");
    assert_int_equal(e->severity, POSTVET_ERROR);
    assert_int_equal(e->count, 2);
    assert_string_equal(e->reason, "Why not, 100% -- sure");
    assert_int_equal(e->line, 4);
    assert_null(postvet_baseline_at(baseline, 3));
    postvet_baseline_free(baseline);
}

/* What is written is read again, whatever the path. */
static void writes(void **state)
{
    static const struct {
        const char *path, *written;
    } paths[] = { { "a.md", "a.md" }, { "our posts/50%.md", "our%20posts/50%25.md" },
        { "#1.md", "%231.md" }, { "<<<<<<< HEAD", "%3C<<<<<<%20HEAD" },
        { "caf\xC3\xA9.md", "caf\xC3\xA9.md" }, { "caf\xE9.md", "caf%E9.md" },
        { "a\nb\x7F\t.md", "a%0Ab%7F%09.md" }, { "c\xC2\x85.md", "c%C2%85.md" },
        { "../b.md", "../b.md" } };
    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        const postvet_baseline_entry entry = { paths[i].path, "plum", POSTVET_WARNING, 3, PRINT,
            i % 2 ? "why" : "", 0 };
        char line[256] = TITLE, expected[256];
        size_t len = 0;
        assert_int_equal(postvet_baseline_line(&entry, line + sizeof(TITLE) - 1,
                             sizeof(line) - sizeof(TITLE), &len, NULL),
            POSTVET_OK);
        snprintf(expected, sizeof(expected), TITLE "%s plum warning 3 " PRINT "%s\n",
            paths[i].written, i % 2 ? " -- why" : "");
        assert_string_equal(line, expected);
        assert_int_equal(len, strlen(line) - (sizeof(TITLE) - 1));
        postvet_baseline *const baseline = read_baseline(line);
        assert_string_equal(postvet_baseline_at(baseline, 0)->path, paths[i].path);
        assert_string_equal(postvet_baseline_at(baseline, 0)->reason, entry.reason);
        postvet_baseline_free(baseline);
        char cut[4];
        assert_int_equal(postvet_baseline_line(&entry, cut, sizeof(cut), NULL, NULL), POSTVET_OK);
        assert_memory_equal(cut, expected + sizeof(TITLE) - 1, 3);
        assert_int_equal(cut[3], '\0');
        assert_int_equal(postvet_baseline_line(&entry, NULL, 0, NULL, NULL), POSTVET_OK);
    }
}

/* ---------------------------------------------------------------- accepting */

/* A baseline of all that is found in a draft; to be freed. */
static postvet_baseline *baseline_of(postvet_scanner *scanner, const char *text)
{
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_result *result = NULL;
    struct pv_buf lines = { 0 };
    options.markup = POSTVET_MARKUP_MARKDOWN;
    options.fingerprints = true;
    assert_true(pv_buf_append_str(&lines, TITLE));
    assert_int_equal(
        postvet_scan(scanner, text, strlen(text), &options, &result, NULL), POSTVET_OK);
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const f = postvet_result_at(result, i);
        const bool is_locked = strcmp(f->rule, "key") == 0;
        assert_int_equal(*f->fingerprint == '\0', is_locked);
        const postvet_baseline_entry entry = { "a.md", f->rule, f->severity, 0,
            is_locked ? PRINT : f->fingerprint, "", 0 };
        size_t same = 0;
        for (size_t k = 0; k < postvet_result_count(result); k++)
            same += strcmp(postvet_result_at(result, k)->fingerprint, f->fingerprint) == 0;
        postvet_baseline_entry counted = entry;
        char line[256];
        counted.count = same;
        assert_int_equal(
            postvet_baseline_line(&counted, line, sizeof(line), NULL, NULL), POSTVET_OK);
        assert_true(pv_buf_append_str(&lines, line));
    }
    assert_true(pv_buf_append_byte(&lines, '\0'));
    postvet_baseline *const baseline = read_baseline(lines.data);
    postvet_result_free(result);
    pv_buf_release(&lines);
    return baseline;
}

#define OLD "We do not have a plum here, they said."
#define MORE "\n\nAnd there is number 7 of all things."
#define NEXT "<!-- postvet-disable-next-line "

/* The baseline is made of `before`; then `after` is checked with it. */
static struct accept_case {
    const char *name, *before, *after, *expected;
} accepts[] = {
    { "the same draft", OLD, OLD, "(plum 1:18)\n" },
    { "a draft that had nothing", "", OLD, "plum 1:18\n" },
    { "something new", OLD, OLD MORE, "number 3:14\n(plum 1:18)\n" },
    { "a paragraph before it", OLD, "# New\n\nAll is well.\n\n" OLD, "(plum 5:18)\n" },
    { "two paragraphs change places", OLD MORE, "And there is number 7 of all things.\n\n" OLD,
        "(number 1:14)\n(plum 3:18)\n" },
    { "new wraps, blanks and marks", OLD, "  We do *not* have\na **plum** here,\nthey   said.",
        "(plum 2:5)\n" },
    { "words that are no common ones", "Mary Jones does not have a plum in Ward 7.",
        "John does not have a plum in Wards 12 and 13, he says.",
        "plum 1:22\nstale-entry base:2\n" },
    { "names and numbers come and go", "Mary Jones, 43, does not have a plum in Ward 7.",
        "He does not have a plum in Blackpool.", "(plum 1:20)\n" },
    { "another common word beside it", OLD, "We do have a plum here, they said.",
        "plum 1:14\nstale-entry base:2\n" },
    { "one paragraph more of the same", OLD, OLD "\n\n" OLD, "plum 3:18\n(plum 1:18)\n" },
    { "as many as before", OLD "\n\n" OLD, OLD "\n\nYes.\n\n" OLD, "(plum 1:18)\n(plum 5:18)\n" },
    { "another number in the same words", "And there is number 7 of all things.",
        "And there is number 8 of all things.", "(number 1:14)\n" },
    { "graver than it was", OLD, OLD "\n\nIt is rotten.", "plum 1:18\nstale-entry base:2\n" },
    { "less grave than it was", OLD "\n\nIt is rotten.", OLD, "(plum 1:18)\n" },
    { "the draft as a whole", "A basket.", "There is a basket.", "(open-basket 1:1)\n" },
    { "what can never be suppressed", "There is key 1234 for all of you.",
        "There is key 1234 for all of you.", "key 1:10\nlocked-rule base:2\n" },
    { "what hid a finding that can never be suppressed", "It is the key 1234 for all of you.",
        "It is the key 1234 for all of you.", "key 1:11\n(long-key 1:7)\n" },
    { "gone", OLD MORE, OLD, "(plum 1:18)\nstale-entry base:3\n" },
    { "fewer", OLD "\n\n" OLD, OLD, "(plum 1:18)\nstale-entry base:2\n" },
    { "gone, but not all was read", OLD, "Caf\xE9.", "incomplete\n" },
    { "a directive comes first", OLD, NEXT "plum -- new -->\n" OLD,
        "(plum 2:18: new)\npublished-directive\nstale-entry base:2\n" },
    { "beside a directive", OLD, NEXT "number -- new -->\nnumber 1\n\n" OLD,
        "(number 2:1: new)\n(plum 4:18)\npublished-directive\n" },
    { "in a directive", "", NEXT "number -- a plum -->\nnumber 1",
        "plum 1:44\n(number 2:1: a ****)\npublished-directive\n" },
    { "in a directive that was there", NEXT "number -- a plum -->\nnumber 1",
        NEXT "number -- plum it is -->\nnumber 1",
        "(plum 1:42)\n(number 2:1: **** it is)\npublished-directive\n" },
    { "in one word with others", "We said: plum-like, it was.", "We said: plum-red, it was.",
        "(plum 1:10)\n" },
    { "a list, where there is nothing round it", "* plum\n* plum\n",
        "* x\n* plum\n* plum\n* plum\n", "plum 4:3\n(plum 2:3)\n(plum 3:3)\n" },
};

#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 3)))
#endif
static void
add(struct pv_buf *out, const char *format, ...)
{
    char line[256];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    assert_true(pv_buf_append_str(out, line));
}

/* Each thing that the result says on a line, as the tables have it; to be freed. */
static char *describe(const postvet_result *result)
{
    struct pv_buf out = { 0 };
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const f = postvet_result_at(result, i);
        add(&out, "%s %zu:%zu\n", f->rule, f->start.line, f->start.column);
        assert_string_equal(f->fingerprint, "");
    }
    for (size_t i = 0; i < postvet_result_suppressed_count(result); i++) {
        const postvet_suppression *const s = postvet_result_suppressed_at(result, i);
        add(&out, "(%s %zu:%zu%s%s)\n", s->finding->rule, s->finding->start.line,
            s->finding->start.column, *s->reason ? ": " : "", s->reason);
        if (s->kind == POSTVET_SUPPRESSED_BY_BASELINE)
            assert_string_equal(s->file, "base");
        else
            assert_int_equal(s->kind, POSTVET_SUPPRESSED_IN_DRAFT);
    }
    for (size_t i = 0; i < postvet_result_notice_count(result); i++) {
        const postvet_notice *const n = postvet_result_notice_at(result, i);
        add(&out, *n->file ? "%s %s:%zu\n" : "%s\n", n->kind, n->file, n->start.line);
    }
    if (!postvet_result_complete(result))
        add(&out, "incomplete\n");
    assert_true(pv_buf_append_byte(&out, '\0'));
    return out.data;
}

static void accepts_what_was_there(void **state)
{
    static struct fruit fruit;
    void *set = &fruit;
    const struct accept_case *const c = *state;
    set_up(&set);
    const struct fruit *const f = set;
    postvet_baseline *const baseline = baseline_of(f->scanner, c->before);
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_result *result = NULL;
    options.markup = POSTVET_MARKUP_MARKDOWN;
    options.baseline = baseline;
    options.baseline_path = "./a.md";
    options.file_name = "/elsewhere/a.md";
    assert_int_equal(
        postvet_scan(f->scanner, c->after, strlen(c->after), &options, &result, NULL), POSTVET_OK);
    postvet_baseline_free(baseline); /* a result does not need it */
    char *const described = describe(result);
    assert_string_equal(described, c->expected);
    free(described);
    postvet_result_free(result);
    tear_down(&set);
}

/* Another path, no path, and --ignore-suppressions. */
static void accepts_nothing_else(void **state)
{
    const struct fruit *const fruit = *state;
    postvet_baseline *const baseline = baseline_of(fruit->scanner, OLD);
    const struct {
        const char *path, *file_name;
        bool no_suppressions;
        size_t findings;
    } cases[] = { { "a.md", NULL, false, 0 }, { NULL, "a.md", false, 0 },
        { "b.md", "a.md", false, 1 }, { "a.mdx", NULL, false, 1 }, { "x/a.md", NULL, false, 1 },
        { NULL, NULL, false, 1 }, { "a.md", NULL, true, 1 } };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
        postvet_result *result = NULL;
        options.baseline = baseline;
        options.baseline_path = cases[i].path;
        options.file_name = cases[i].file_name;
        options.no_suppressions = cases[i].no_suppressions;
        assert_int_equal(
            postvet_scan(fruit->scanner, OLD, strlen(OLD), &options, &result, NULL), POSTVET_OK);
        assert_int_equal(postvet_result_count(result), cases[i].findings);
        assert_int_equal(postvet_result_notice_count(result), 0);
        postvet_result_free(result);
    }
    postvet_baseline_free(baseline);
}

/* An entry for a rule that the ruleset does not have is no news about the draft. */
static void passes_over_other_rules(void **state)
{
    const struct fruit *const fruit = *state;
    postvet_baseline *const baseline = read_baseline(TITLE "a.md quince note 1 " PRINT "\n");
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    options.baseline = baseline;
    options.file_name = "a.md";
    char *const described = describe_scan(fruit->scanner, "Nothing.", 8, &options);
    assert_string_equal(described, "");
    free(described);
    postvet_baseline_free(baseline);
}

/* ------------------------------------------------------------- fingerprints */

/* The examples of FIPS 180-4, and one that needs a second block for its length. */
static void hashes(void **state)
{
    static const struct {
        const char *text, *hash;
    } cases[] = {
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
        { "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          "lmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct pv_sha256 sha;
        unsigned char hash[PV_SHA256_LEN];
        char hex[2 * PV_SHA256_LEN + 1];
        pv_sha256_init(&sha);
        for (size_t k = 0; k < strlen(cases[i].text); k++) /* in pieces */
            pv_sha256_add(&sha, cases[i].text + k, 1);
        pv_sha256_finish(&sha, hash);
        for (size_t k = 0; k < PV_SHA256_LEN; k++)
            snprintf(hex + 2 * k, 3, "%02x", hash[k]);
        assert_string_equal(hex, cases[i].hash);
    }
}

/* Fails for each word of a file (but its comments) that may go into a fingerprint. */
static void has_none_of(const char *file)
{
    char path[512];
    snprintf(path, sizeof(path), POSTVET_RULES "/lists/%s.txt", file);
    struct pv_buf list = read_file(path);
    size_t words = 0;
    for (size_t at = 0; at < list.len;) {
        size_t end = at;
        while (end < list.len && list.data[end] != '\n')
            end++;
        for (size_t from = at; from < end && list.data[at] != '#';) {
            size_t to = from;
            while (to < end && pv_is_letter(list.data[to]))
                to++;
            words += to > from;
            if (pv_fingerprint_takes(list.data + from, to - from))
                fail_msg("%s: %.*s", file, (int)(to - from), list.data + from);
            from = to + 1;
        }
        at = end + 1;
    }
    assert_true(words > 10);
    pv_buf_release(&list);
}

/* No name, place, number, day, month or part of a postcode; sorted, small and three letters long.
 */
static void takes_only_harmless_words(void **state)
{
    static const char *const lists[] = { "given-names", "surnames", "ambiguous-names", "titles",
        "ambiguous-places", "outward-codes", "eponyms" };
    static const char *const others[] = { "zero", "nought", "oh", "one", "two", "three", "four",
        "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "twenty",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
        "first", "second", "third", "half", "double", "triple", "once", "twice", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "today", "yesterday", "tomorrow", "he", "she", "him", "her", "his", "hers",
        "mother", "father", "son", "daughter", "brother", "sister", "wife", "husband", "patient" };
    const size_t count = sizeof(pv_fingerprint_words) / sizeof(*pv_fingerprint_words);
    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
        has_none_of(lists[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        assert_false(pv_fingerprint_takes(others[i], strlen(others[i])));
    assert_true(pv_fingerprint_takes("because", 7));
    for (size_t i = 0; i < count; i++) {
        const char *const word = pv_fingerprint_words[i];
        assert_true(strlen(word) >= 3);
        assert_true(pv_fingerprint_takes(word, strlen(word)));
        assert_true(i == 0 || strcmp(pv_fingerprint_words[i - 1], word) < 0);
    }
}

/* Every candidate in the same sentence, a paragraph each, some thousand to a draft: how many
 * findings there were, and the one fingerprint that each rule gave them all. */
struct attack {
    postvet_scanner *scanner;
    const char *before, *after;
    struct pv_buf draft;
    size_t candidates, paragraphs, findings;
    char rule[64][64], fingerprint[64][PV_FINGERPRINT_LEN + 1];
    size_t rules;
};

static void compare(struct attack *a, const postvet_finding *finding)
{
    size_t i = 0;
    while (i < a->rules && strcmp(a->rule[i], finding->rule) != 0)
        i++;
    if (i == a->rules) {
        assert_true(a->rules < 64);
        snprintf(a->rule[i], sizeof(a->rule[i]), "%s", finding->rule);
        snprintf(a->fingerprint[i], sizeof(a->fingerprint[i]), "%s", finding->fingerprint);
        a->rules++;
    } else if (strcmp(a->fingerprint[i], finding->fingerprint) != 0) {
        fail_msg("%s: two fingerprints; line %zu of\n%s", finding->rule, finding->start.line,
            a->draft.data);
    }
}

static void scan_candidates(struct attack *a)
{
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_result *result = NULL;
    options.fingerprints = true;
    options.today = 20260101;
    assert_true(pv_buf_append_byte(&a->draft, '\0'));
    assert_int_equal(
        postvet_scan(a->scanner, a->draft.data, a->draft.len - 1, &options, &result, NULL),
        POSTVET_OK);
    if (!postvet_result_complete(result))
        fail_msg("%s", postvet_result_incomplete_at(result, 0));
    a->findings += postvet_result_count(result);
    for (size_t i = 0; i < postvet_result_count(result); i++)
        if (postvet_result_at(result, i)->end.byte && *postvet_result_at(result, i)->fingerprint)
            compare(a, postvet_result_at(result, i));
    postvet_result_free(result);
    pv_buf_clear(&a->draft);
}

static void try_candidate(struct attack *a, const char *candidate)
{
    assert_true(pv_buf_append_str(&a->draft, a->before));
    assert_true(pv_buf_append_str(&a->draft, candidate));
    assert_true(pv_buf_append_str(&a->draft, a->after));
    assert_true(pv_buf_append_str(&a->draft, "\n\n"));
    if (++a->paragraphs % 500 == 0)
        scan_candidates(a);
}

/* One of many: PV_TEST_STRIDE in the environment asks for every so many of them. */
static void try_one_of_all(struct attack *a, const char *candidate)
{
    const char *const stride = getenv("PV_TEST_STRIDE");
    if (a->candidates++ % (stride ? strtoul(stride, NULL, 10) : 1) == 0)
        try_candidate(a, candidate);
}

/* All candidates were found, or nearly all, and gave nothing away. */
static void finish_attack(struct attack *a, size_t least)
{
    if (a->draft.len)
        scan_candidates(a);
    if (a->findings < least)
        fail_msg("%zu findings of %zu", a->findings, a->paragraphs);
    assert_true(a->rules > 0);
    pv_buf_release(&a->draft);
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0));
}

/* In figures every date of the last hundred years or so, in words every ninth. */
static void try_all_dates(struct attack *a, const char *form)
{
    static const char *const months[] = { "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December" };
    char date[64];
    for (int year = 1926; year <= 2025; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= days_in(year, month); day += *form == 'n' ? 1 : 9) {
                if (*form == 'n')
                    snprintf(date, sizeof(date), "%02d/%02d/%d", day, month, year);
                else
                    snprintf(date, sizeof(date), "%d %s %d", day, months[month - 1], year);
                try_one_of_all(a, date);
            }
}

static void all_dates_look_alike(void **state)
{
    for (const char *form = "nm"; *form; form++) {
        struct attack a = { .scanner = ((const struct fruit *)*state)->scanner,
            .before = "We know that the patient was born on ",
            .after = ", and they told us why they came here." };
        try_all_dates(&a, form);
        finish_attack(&a, a.paragraphs);
    }
}

static void all_postcodes_look_alike(void **state)
{
    static const char letters[] = "ABDEFGHJLNPQRSTUWXYZ";
    struct attack a = { .scanner = ((const struct fruit *)*state)->scanner,
        .before = "They said that the patient lives at ",
        .after = " with all of their things, which is where we went." };
    struct pv_buf list = read_file(POSTVET_RULES "/lists/outward-codes.txt");
    char code[32];
    size_t len;
    for (const char *line = list.data; *line; line += len + (line[len] != '\0')) {
        len = strcspn(line, "\n");
        if (len == 0 || *line == '#')
            continue;
        snprintf(code, sizeof(code), "%.*s %zuZZ", (int)len, line, len);
        for (size_t i = 0; code[i]; i++)
            code[i] = (char)(code[i] >= 'a' && code[i] <= 'z' ? code[i] - 32 : code[i]);
        try_one_of_all(&a, code);
    }
    for (int digit = 0; digit <= 9; digit++)
        for (const char *one = letters; *one; one++)
            for (const char *two = letters; *two; two++) {
                snprintf(code, sizeof(code), "FY3 %d%c%c", digit, *one, *two);
                try_one_of_all(&a, code);
            }
    pv_buf_release(&list);
    finish_attack(&a, a.paragraphs * 9 / 10);
}

static void nhs_numbers_look_alike(void **state)
{
    struct attack a = { .scanner = ((const struct fruit *)*state)->scanner,
        .before = "Please look at the patient with NHS number ",
        .after = " and tell them what they should have known." };
    for (unsigned long number = 400000000; number < 400002000; number++) {
        char text[16];
        unsigned long rest = number, sum = 0;
        for (unsigned long weight = 2; weight <= 10; weight++, rest /= 10)
            sum += rest % 10 * weight;
        const unsigned long check = (11 - sum % 11) % 11;
        if (check == 10)
            continue;
        snprintf(text, sizeof(text), "%03lu %03lu %03lu%lu", number / 1000000, number / 1000 % 1000,
            number % 1000, check);
        try_one_of_all(&a, text);
    }
    finish_attack(&a, a.paragraphs);
}

/* And yet a fingerprint is more than the rule's name. */
static void contexts_differ(void **state)
{
    struct attack a = { .scanner = ((const struct fruit *)*state)->scanner };
    a.before = "We know that the patient was born on ";
    a.after = ", and they told us why they came here.";
    try_candidate(&a, "14/05/1961");
    scan_candidates(&a);
    char first[PV_FINGERPRINT_LEN + 1];
    snprintf(first, sizeof(first), "%s", a.fingerprint[0]);
    a.rules = 0;
    a.after = ", and they told you why they came here.";
    try_candidate(&a, "14/05/1961");
    scan_candidates(&a);
    a.rules = 0;
    a.after = ", and they told us why they come here.";
    try_candidate(&a, "14/05/1961");
    scan_candidates(&a);
    assert_string_not_equal(first, a.fingerprint[0]);
    pv_buf_release(&a.draft);
}

/* The default rules, and one that finds NHS numbers and lets them be accepted. */
/* The default packs and one more: made once, since that takes seconds. */
static int set_up_defaults(void **state)
{
    static const char text[] = "pack: own\ntitle: Own\nversion: 1.0.0\nrules:\n" RULE(
        "own-number", "note", "find: {pattern: '\\d{3} \\d{3} \\d{4}'}", "with-reason");
    static struct fruit defaults;
    const postvet_source pack = { "own.yaml", text, sizeof(text) - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    options.packs = &pack;
    options.pack_count = 1;
    if (postvet_ruleset_new(&options, &defaults.ruleset, NULL) != POSTVET_OK
        || postvet_scanner_new(defaults.ruleset, &defaults.scanner, NULL) != POSTVET_OK)
        return 1;
    *state = &defaults;
    return 0;
}

static int tear_down_defaults(void **state)
{
    const struct fruit *const defaults = *state;
    postvet_scanner_free(defaults->scanner);
    postvet_ruleset_free(defaults->ruleset);
    return 0;
}

int main(void)
{
    enum {
        REFUSED = sizeof(readings) / sizeof(*readings),
        ACCEPTED = sizeof(accepts) / sizeof(*accepts)
    };
    struct CMUnitTest tests[REFUSED + ACCEPTED];
    const struct CMUnitTest others[] = {
        cmocka_unit_test(reads),
        cmocka_unit_test(writes),
        cmocka_unit_test_setup_teardown(accepts_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(passes_over_other_rules, set_up, tear_down),
        cmocka_unit_test(hashes),
        cmocka_unit_test(takes_only_harmless_words),
    };
    const struct CMUnitTest attacks[] = {
        cmocka_unit_test(all_dates_look_alike),
        cmocka_unit_test(all_postcodes_look_alike),
        cmocka_unit_test(nhs_numbers_look_alike),
        cmocka_unit_test(contexts_differ),
    };
    for (size_t i = 0; i < REFUSED; i++)
        tests[i] = (struct CMUnitTest){ readings[i].name, refuses, NULL, NULL, &readings[i] };
    for (size_t i = 0; i < ACCEPTED; i++)
        tests[REFUSED + i] =
            (struct CMUnitTest){ accepts[i].name, accepts_what_was_there, NULL, NULL, &accepts[i] };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed + cmocka_run_group_tests(others, NULL, NULL)
           + cmocka_run_group_tests(attacks, set_up_defaults, tear_down_defaults);
}
