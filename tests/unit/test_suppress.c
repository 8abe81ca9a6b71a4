/* test_suppress.c: directives and allow-lists through the public interface: one draft a case, and
 * all that the result says of it, each on a line:
 *
 *     rule LINE:COLUMN                       a finding that stands
 *     (rule LINE:COLUMN; why LINE:COLUMN)    one that is set aside, and where the rule is named
 *     kind LINE:COLUMN                       a notice
 */
#include "scan_support.h"

#define PACK                                                                                       \
    "pack: fruit\ntitle: Fruit\nversion: 1.0.0\n"                                                  \
    "cues:\n  - {id: basket, terms: [basket]}\n  - {id: lid, terms: [lid]}\n"                      \
    "  - {id: made-up, terms: [made up]}\nrules:\n" RULE(                                          \
        "plum", "warning", "find: {terms: [plum]}", "with-reason") RULE("pear", "warning",         \
        "find: {terms: [pear]}\n"                                                                  \
        "    unless-near: [{cue: made-up, within: document}]",                                     \
        "with-reason") RULE("key", "error", "find: {pattern: 'key \\d{4}'}", "never")              \
        RULE("long-key", "error", "find: {pattern: 'the key \\d{4}'}", "with-reason")              \
            RULE("open-basket", "note", "missing: {have: [basket], lack: [lid]}", "with-reason")
#define RULE(id, severity, what, suppressible)                                                     \
    "  - id: " id "\n    title: T\n    severity: " severity "\n    confidence: medium\n    " what  \
    "\n    message: m\n    advice: a\n    cites: [A 1]\n    suppressible: " suppressible           \
    "\n    tests: {match: [x], no-match: [y]}\n"

#define NEXT "<!-- postvet-disable-next-line "
#define LINE "<!-- postvet-disable-line "
#define FROM "<!-- postvet-disable "
#define FILE_ "<!-- postvet-disable-file "

static struct suppress_case {
    const char *name, *text, *expected;
    postvet_markup markup;
} cases[] = {
    { "nothing to suppress", "A plum.", "plum 1:3\n", POSTVET_MARKUP_MARKDOWN },
    { "the next line", NEXT "plum -- I like it -->\nA plum.\nA plum.",
        "plum 3:3\n"
        "(plum 2:3; I like it 1:32)\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "the next line is neither blank nor a directive",
        NEXT "plum -- a -->\n\n" NEXT "pear -- b -->\n \nA plum and a pear.",
        "(plum 5:3; a 1:32)\n"
        "(pear 5:14; b 3:32)\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "several rules", NEXT "plum , pear -- a -->\nA plum and a pear.",
        "(plum 2:3; a 1:32)\n"
        "(pear 2:14; a 1:39)\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "the same line", "A plum. " LINE "plum -- a -->\nA plum.",
        "plum 2:3\n"
        "(plum 1:3; a 1:35)\n"
        "published-directive 1:9\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a dash that an editor made", "A plum. " LINE "plum \xE2\x80\x94 a -->\n",
        "(plum 1:3; a 1:35)\n"
        "published-directive 1:9\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a range",
        "A plum.\n\n" FROM "plum -- a -->\n\nA plum.\n\n<!-- postvet-enable plum -->\n\nA plum.",
        "plum 1:3\n"
        "plum 9:3\n"
        "(plum 5:3; a 3:22)\n"
        "published-directive 3:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "an end for all ranges",
        FROM "plum,pear -- a -->\nA plum, a pear.\n\n<!-- postvet-enable -->\nA plum, a pear.",
        "plum 5:3\n"
        "pear 5:11\n"
        "(plum 2:3; a 1:22)\n"
        "(pear 2:11; a 1:27)\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a range without an end", FROM "plum -- a -->\nA plum.",
        "plum 2:3\n"
        "published-directive 1:1\n"
        "unclosed-directive 1:22\n",
        POSTVET_MARKUP_MARKDOWN },
    { "an end without a range", "A plum.\n\n<!-- postvet-enable plum -->\n",
        "plum 1:3\n"
        "published-directive 3:1\n"
        "unused-suppression 3:21\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a range in a range",
        FROM "plum -- a -->\n" FROM "plum -- b -->\nA plum.\n\n<!-- postvet-enable -->",
        "(plum 3:3; a 1:22)\n"
        "published-directive 1:1\n"
        "malformed-directive 2:22\n",
        POSTVET_MARKUP_MARKDOWN },
    { "the whole file, from its end, and what is about the draft as a whole",
        "A plum in a basket.\n\n" FILE_ "plum, open-basket -- a -->",
        "(open-basket 1:1; a 3:33)\n"
        "(plum 1:3; a 3:27)\n"
        "published-directive 3:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a line is not about the draft as a whole", "A basket. " LINE "open-basket -- a -->",
        "open-basket 1:1\n"
        "published-directive 1:11\n"
        "unused-suppression 1:37\n",
        POSTVET_MARKUP_MARKDOWN },
    { "no reason", NEXT "plum -->\nA plum.",
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "an empty reason", NEXT "plum -- -->\nA plum.",
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a reason that nobody can read", NEXT "plum -- \x0E\x01 -->\nA plum.",
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "no rule", NEXT "-- a -->\nA plum.",
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "rules without a comma", NEXT "plum pear -- a -->\nA plum.",
        "plum 1:32\n"
        "pear 1:37\n"
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "two commas", NEXT "plum,,pear -- a -->\nA plum.",
        "plum 1:32\n"
        "pear 1:38\n"
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a last comma", NEXT "plum, -- a -->\nA plum.",
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "no such directive", "<!-- postvet-disable-nextline plum -- a -->\nA plum.",
        "plum 1:31\n"
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "capitals", "<!-- Postvet-Disable-File plum -- a -->\n\nA plum.",
        "plum 1:27\n"
        "plum 3:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "an unknown rule beside a known one", NEXT "plumm, plum -- a -->\nA plum.",
        "(plum 2:3; a 1:39)\n"
        "published-directive 1:1\n"
        "unknown-rule 1:32\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a pack", NEXT "fruit -- a -->\nA plum.",
        "plum 2:3\n"
        "published-directive 1:1\n"
        "unknown-rule 1:32\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a rule that cannot be suppressed", FILE_ "key -- a -->\nA key 1234.",
        "key 2:3\n"
        "published-directive 1:1\n"
        "locked-rule 1:27\n",
        POSTVET_MARKUP_MARKDOWN },
    { "one that was hidden by another", FILE_ "long-key -- a -->\nIt is the key 1234.",
        "key 2:11\n"
        "(long-key 2:7; a 1:27)\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "unused", FILE_ "pear -- a -->\nA plum.",
        "plum 2:3\n"
        "published-directive 1:1\n"
        "unused-suppression 1:27\n",
        POSTVET_MARKUP_MARKDOWN },
    { "what a directive says itself stands", "A plum. " LINE "plum -- a ripe plum -->",
        "plum 1:50\n"
        "(plum 1:3; a ripe **** 1:35)\n"
        "published-directive 1:9\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a reason changes nothing elsewhere", "A pear, a plum. " LINE "plum -- it is made up -->",
        "pear 1:3\n"
        "(plum 1:11; it is made up 1:43)\n"
        "published-directive 1:17\n",
        POSTVET_MARKUP_MARKDOWN },
    { "a directive in the midst of a match",
        "It is key <!-- postvet-disable-file plum -- a --> 1234.",
        "key 1:7\n"
        "published-directive 1:11\n"
        "unused-suppression 1:37\n",
        POSTVET_MARKUP_MARKDOWN },
    { "in code it is a mention", "`" FILE_ "plum -- a -->` A plum.",
        "plum 1:28\n"
        "plum 1:45\n",
        POSTVET_MARKUP_MARKDOWN },
    { "behind other words of a comment it is a mention",
        "A plum. <!-- Use postvet-disable-file plum -- a -->",
        "plum 1:3\n"
        "plum 1:39\n",
        POSTVET_MARKUP_MARKDOWN },
    { "inside a comment it is a mention",
        "A plum. <!-- Use <!-- postvet-disable-file plum -- a -->",
        "plum 1:3\n"
        "plum 1:44\n",
        POSTVET_MARKUP_MARKDOWN },
    { "several lines in one comment", "<!-- postvet-disable-file\nplum -- a\nb -->\n\nA plum.",
        "(plum 5:3; a b 2:1)\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "front matter", "---\nfruit: plum\n# postvet-disable-file plum -- a\n---\nA plum.",
        "(plum 2:8; a 3:24)\n"
        "(plum 5:3; a 3:24)\n"
        "published-directive 3:1\n",
        POSTVET_MARKUP_MARKDOWN },
    { "HTML", "<p>A plum.</p>\n" FILE_ "plum -- a --><p>A plum.</p>",
        "(plum 1:6; a 2:27)\n"
        "(plum 2:45; a 2:27)\n"
        "published-directive 2:1\n",
        POSTVET_MARKUP_HTML },
    { "an attribute is no comment", "<p title='" FILE_ "plum -- a -->'>A plum.</p>",
        "plum 1:37\n"
        "plum 1:54\n",
        POSTVET_MARKUP_HTML },
    { "a comment that never ends", "A plum. " FILE_ "plum -- a",
        "plum 1:3\n"
        "plum 1:35\n"
        "malformed-directive 1:9\n"
        "published-directive 1:9\n",
        POSTVET_MARKUP_HTML },
    { "lines of text", "A plum.\npostvet-disable-next-line plum -- a\nA plum.\n",
        "plum 1:3\n"
        "(plum 3:3; a 2:27)\n"
        "published-directive 2:1\n",
        POSTVET_MARKUP_PLAIN },
    { "lines of text with marks",
        "\xEF\xBB\xBF# postvet-disable-file plum -- a\r\n"
        "// postvet-disable-file pear -- b\r\nA plum, a pear.",
        "(plum 3:3; a 1:24)\n"
        "(pear 3:11; b 2:25)\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_PLAIN },
    { "the end of a line of text", "A plum. // postvet-disable-line plum -- a\nA plum.",
        "plum 2:3\n"
        "(plum 1:3; a 1:33)\n"
        "published-directive 1:9\n",
        POSTVET_MARKUP_PLAIN },
    { "a comment in text", "A plum. " LINE "plum -- a -->\nA plum.",
        "plum 2:3\n"
        "(plum 1:3; a 1:35)\n"
        "published-directive 1:9\n",
        POSTVET_MARKUP_PLAIN },
    { "a mention in text", "A plum, see postvet-disable-line plum -- a\n",
        "plum 1:3\n"
        "plum 1:34\n",
        POSTVET_MARKUP_PLAIN },
    { "a malformed line of text stays a line of text", "postvet-disable-file plum\nA plum.",
        "plum 1:22\n"
        "plum 2:3\n"
        "malformed-directive 1:1\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_PLAIN },
    { "a reason in text changes nothing elsewhere",
        "postvet-disable-next-line plum -- made up\nA pear, a plum.",
        "pear 2:3\n"
        "(plum 2:11; made up 1:27)\n"
        "published-directive 1:1\n",
        POSTVET_MARKUP_PLAIN },
};

static void append(struct pv_buf *out, const char *before, const char *name, postvet_position at,
    const char *after)
{
    char line[600];
    snprintf(line, sizeof(line), "%s%s %zu:%zu%s", before, name, at.line, at.column, after);
    assert_true(pv_buf_append_str(out, line));
}

static char *describe(const postvet_result *result)
{
    struct pv_buf out = { 0 };
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const f = postvet_result_at(result, i);
        append(&out, "", f->rule, f->start, "\n");
    }
    for (size_t i = 0; i < postvet_result_suppressed_count(result); i++) {
        const postvet_suppression *const s = postvet_result_suppressed_at(result, i);
        append(&out, "(", s->finding->rule, s->finding->start, "; ");
        append(&out, "", s->reason, s->start, ")\n");
    }
    for (size_t i = 0; i < postvet_result_notice_count(result); i++) {
        const postvet_notice *const n = postvet_result_notice_at(result, i);
        append(&out, "", n->kind, n->start, "\n");
        assert_true(*n->message);
        assert_int_equal(
            n->severity, strcmp(n->kind, "published-directive") ? POSTVET_WARNING : POSTVET_NOTE);
    }
    assert_null(postvet_result_suppressed_at(result, postvet_result_suppressed_count(result)));
    assert_null(postvet_result_notice_at(result, postvet_result_notice_count(result)));
    assert_true(pv_buf_append_byte(&out, '\0'));
    return out.data;
}

/* What all tests work with. */
static struct {
    postvet_ruleset *ruleset;
    postvet_scanner *scanner;
} shared;

static int set_up(void **state)
{
    static const char pack[] = PACK;
    const postvet_source source = { "fruit.yaml", pack, sizeof(pack) - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_error err = { 0 };
    (void)state;
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    if (postvet_ruleset_new(&options, &shared.ruleset, &err) != POSTVET_OK
        || postvet_scanner_new(shared.ruleset, &shared.scanner, &err) != POSTVET_OK) {
        print_error("%zu:%zu: %s\n", err.line, err.column, err.message);
        return -1;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    postvet_scanner_free(shared.scanner);
    postvet_ruleset_free(shared.ruleset);
    return 0;
}

static postvet_result *scan(const char *text, const postvet_scan_options *options)
{
    postvet_result *result = NULL;
    assert_int_equal(
        postvet_scan(shared.scanner, text, strlen(text), options, &result, NULL), POSTVET_OK);
    return result;
}

static void suppresses(void **state)
{
    const struct suppress_case *const c = *state;
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    options.markup = c->markup;
    postvet_result *const result = scan(c->text, &options);
    char *const described = describe(result);
    assert_string_equal(described, c->expected);
    free(described);
    postvet_result_free(result);
}

/* Whether the last directive before a byte does not end before it. */
static bool is_in_directive(const char *text, size_t byte)
{
    const char *begin = NULL;
    for (const char *at = text; at && at < text + byte; at = strstr(at + 1, "ostvet-"))
        begin = at > text ? at : begin;
    const bool is_comment = begin && begin - text > 5 && memcmp(begin - 6, "<!-- ", 5) == 0;
    const char *const end = begin ? strstr(begin, is_comment ? "-->" : "\n") : NULL;
    return begin && (!end || end > text + byte);
}

/* Without suppressions all that is found stands, and what is left of the draft by postvet_clean()
 * is what the draft says beside its directives. */
static void cleans(void **state)
{
    const struct suppress_case *const c = *state;
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_copy *copy = NULL;
    options.markup = c->markup;
    options.no_suppressions = true;
    postvet_result *const result = scan(c->text, &options);
    assert_int_equal(
        postvet_clean(shared.scanner, c->text, strlen(c->text), &options, &copy, NULL), POSTVET_OK);
    size_t left = 0;
    for (size_t i = 0; i < postvet_result_count(result); i++)
        left += !postvet_copy_changes(copy)
                || !is_in_directive(c->text, postvet_result_at(result, i)->start.byte);
    assert_int_equal(postvet_result_suppressed_count(result), 0);
    assert_int_equal(postvet_result_count(postvet_copy_result(copy)), left);
    assert_int_equal(strlen(postvet_copy_text(copy)), postvet_copy_len(copy));
    if (postvet_copy_changes(copy))
        assert_null(strstr(postvet_copy_text(copy), "postvet-disable"));
    else
        assert_string_equal(postvet_copy_text(copy), c->text);
    postvet_copy_free(copy);
    postvet_result_free(result);
}

/* ------------------------------------------------------------------- clean */

static struct clean_case {
    const char *text, *clean;
    postvet_markup markup;
} cleaned[] = {
    { "", "", POSTVET_MARKUP_MARKDOWN },
    { NEXT "plum -- a -->\nA plum.\n", "A plum.\n", POSTVET_MARKUP_MARKDOWN },
    { "A.\n\n" NEXT "plum -- a -->\nA plum.\n", "A.\n\nA plum.\n", POSTVET_MARKUP_MARKDOWN },
    { "A.\r\n  " NEXT "plum -- a -->  \r\nA plum.\r\n", "A.\r\n\r\nA plum.\r\n",
        POSTVET_MARKUP_MARKDOWN },
    { "A\n" FILE_ "plum -- a -->\n" FILE_ "plum -- b -->\nB", "A\n\nB", POSTVET_MARKUP_MARKDOWN },
    { "A " LINE "plum -- a -->\n" FILE_ "plum -- b -->\nB", "A\n\nB", POSTVET_MARKUP_MARKDOWN },
    { "A plum.  " LINE "plum -- a -->\nB", "A plum.\nB", POSTVET_MARKUP_MARKDOWN },
    { "A plum " LINE "plum -- a --> and B", "A plum and B", POSTVET_MARKUP_MARKDOWN },
    { LINE "plum -- a --> A plum", " A plum", POSTVET_MARKUP_MARKDOWN },
    { LINE "plum --> A plum", " A plum", POSTVET_MARKUP_MARKDOWN },
    { "A\n" FILE_ "plum -- a -->", "A\n", POSTVET_MARKUP_MARKDOWN },
    { "A\npostvet-disable-next-line plum -- a\nB\n", "A\nB\n", POSTVET_MARKUP_PLAIN },
    { "A plum # postvet-disable-line plum -- a\nB\n", "A plum\nB\n", POSTVET_MARKUP_PLAIN },
    { "postvet-disable-file plum\nB\n", "postvet-disable-file plum\nB\n", POSTVET_MARKUP_PLAIN },
};

static void leaves_directives_out(void **state)
{
    const struct clean_case *const c = *state;
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_copy *copy = NULL;
    options.markup = c->markup;
    assert_int_equal(
        postvet_clean(shared.scanner, c->text, strlen(c->text), &options, &copy, NULL), POSTVET_OK);
    assert_string_equal(postvet_copy_text(copy), c->clean);
    assert_int_equal(postvet_copy_changes(copy) > 0, strcmp(c->text, c->clean) != 0);
    postvet_copy_free(copy);
}

/* -------------------------------------------------------------- allow-lists */

static postvet_allowlist *allowlist(const char *text)
{
    const postvet_source source = { "allow", text, strlen(text) };
    postvet_allowlist *list = NULL;
    assert_int_equal(
        postvet_allowlist_new(shared.ruleset, &source, NULL, NULL, &list, NULL), POSTVET_OK);
    return list;
}

static void allows_files(void **state)
{
    (void)state;
    postvet_allowlist *const list = allowlist("# fruit\n\na/b.txt: plum -- a reason\r\n"
                                              "  ./a/*.txt: pear, open-basket \xE2\x80\x93 why\n"
                                              "a/b.txt: plum -- again\n");
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    options.allowlist = list;
    options.file_name = "./a/b.txt";
    postvet_result *result = scan("A plum, a pear, key 1234.", &options);
    char *described = describe(result);
    assert_string_equal(described, "key 1:17\n(plum 1:3; a reason 3:10)\n(pear 1:11; why 4:14)\n"
                                   "unused-suppression 5:10\n");
    assert_string_equal(postvet_result_suppressed_at(result, 1)->file, "allow");
    assert_int_equal(postvet_result_suppressed_at(result, 1)->start.line, 4);
    assert_int_equal(postvet_result_suppressed_at(result, 1)->start.column, 14);
    assert_string_equal(postvet_result_notice_at(result, 0)->file, "allow");
    assert_int_equal(postvet_result_notice_at(result, 0)->start.line, 5);
    free(described);
    postvet_result_free(result);

    options.file_name = "b.txt";
    result = scan("A plum, a pear.", &options);
    described = describe(result);
    assert_string_equal(described, "plum 1:3\npear 1:11\n");
    free(described);
    postvet_result_free(result);
    postvet_allowlist_free(list);
    postvet_allowlist_free(NULL);
}

/* Unlike a directive, it may also allow what a directive says. */
static void allows_what_directives_say(void **state)
{
    (void)state;
    postvet_allowlist *const list = allowlist("a.md: plum -- it is a brand");
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    options.allowlist = list;
    options.file_name = "a.md";
    postvet_result *const result = scan("A pear. " LINE "pear -- no plum -->", &options);
    assert_int_equal(postvet_result_count(result), 0);
    assert_int_equal(postvet_result_suppressed_count(result), 2);
    postvet_result_free(result);
    postvet_allowlist_free(list);
}

static struct error_case {
    const char *text;
    const char *errors;
} errors[] = {
    { "a.txt plum -- x", "1:1 This line is not of the form \"FILE: RULE[,RULE] -- REASON\".\n" },
    { ": plum -- x", "1:1 This line is not of the form \"FILE: RULE[,RULE] -- REASON\".\n" },
    { "a.txt:", "1:1 This line is not of the form \"FILE: RULE[,RULE] -- REASON\".\n" },
    { "\n a.txt: plum",
        "2:2 This line gives no reason (write \" -- \" and why behind the rule).\n" },
    { "a.txt: -- x", "1:1 This line names no rule.\n" },
    { "\xC3\xA9.txt: plumm, key, fruit -- x\nc: d:e/f.txt: plum -- x\nb.txt: pear\n",
        "1:8 This rule is not known; did you mean \"plum\"?\n"
        "1:15 What the rule \"key\" finds cannot be suppressed.\n"
        "1:20 This rule is a whole pack of rules; name the rules that are meant.\n"
        "2:1 This line has something before its reason that is no name of a rule.\n"
        "3:1 This line gives no reason (write \" -- \" and why behind the rule).\n" },
};

static void keep_error(const postvet_error *error, void *user)
{
    char line[600];
    assert_string_equal(error->file, "allow");
    assert_int_equal(error->status, POSTVET_ERR_SYNTAX);
    snprintf(line, sizeof(line), "%zu:%zu %s\n", error->line, error->column, error->message);
    assert_true(pv_buf_append_str(user, line));
}

static void refuses_allowlists(void **state)
{
    const struct error_case *const c = *state;
    const postvet_source source = { "allow", c->text, strlen(c->text) };
    struct pv_buf told = { 0 };
    postvet_allowlist *list = NULL;
    postvet_error err = { 0 };
    assert_int_equal(postvet_allowlist_new(shared.ruleset, &source, keep_error, &told, &list, &err),
        POSTVET_ERR_SYNTAX);
    assert_null(list);
    assert_int_equal(err.status, POSTVET_ERR_SYNTAX);
    assert_true(pv_buf_append_byte(&told, '\0'));
    assert_string_equal(told.data, c->errors);
    pv_buf_release(&told);
}

static struct path_case {
    const char *pattern, *path;
    bool matches;
} paths[] = {
    { "a/b.txt", "a/b.txt", true },
    { "a/b.txt", "a/b.txt2", false },
    { "a/b.txt", "x/a/b.txt", false },
    { "./a", "a", true },
    { "a", "././a", true },
    { "*.txt", "a.txt", true },
    { "*.txt", "a/b.txt", false },
    { "**.txt", "a/b.txt", true },
    { "**/b.txt", "a/c/b.txt", true },
    { "a/*/b.txt", "a/c/b.txt", true },
    { "a/*/b.txt", "a/c/d/b.txt", false },
    { "a/**/b*.txt", "a/c/d/b1.txt", true },
    { "a/**/b*.txt", "a/c/b/d/b/x.txt", false },
    { "?.txt", "a.txt", true },
    { "a?b", "a/b", false },
    { "*", "", true },
    { "", "", true },
    { "", "a", false },
    { "*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
};

static void matches_paths(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        char line[200];
        postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
        snprintf(line, sizeof(line), "%s: plum -- x", *paths[i].pattern ? paths[i].pattern : "#");
        if (!*paths[i].pattern)
            continue;
        postvet_allowlist *const list = allowlist(line);
        options.allowlist = list;
        options.file_name = paths[i].path;
        postvet_result *const result = scan("A plum.", &options);
        if (postvet_result_suppressed_count(result) != paths[i].matches)
            print_error("%s, %s\n", paths[i].pattern, paths[i].path);
        assert_int_equal(postvet_result_suppressed_count(result), paths[i].matches);
        postvet_result_free(result);
        postvet_allowlist_free(list);
    }
}

/* -------------------------------------------------------------- completeness */

/* Neither what could not be read nor what was too much is set aside. */
static void leaves_incomplete_scans_incomplete(void **state)
{
    (void)state;
    postvet_result *result = scan(FILE_ "plum -- a -->\nA plum \xFF.", NULL);
    assert_int_equal(postvet_result_count(result), 0);
    assert_int_equal(postvet_result_suppressed_count(result), 1);
    assert_false(postvet_result_complete(result));
    assert_int_equal(postvet_result_verdict(result), POSTVET_INCOMPLETE);
    postvet_result_free(result);

    struct pv_buf many = { 0 };
    assert_true(pv_buf_append_str(&many, FILE_ "plum, pear -- a -->\n"));
    for (size_t i = 0; i <= POSTVET_FINDINGS_MAX; i++)
        assert_true(pv_buf_append_str(&many, "plum "));
    assert_true(pv_buf_append_byte(&many, '\0'));
    result = scan(many.data, NULL);
    assert_int_equal(postvet_result_count(result), 0);
    assert_int_equal(postvet_result_suppressed_count(result), POSTVET_FINDINGS_MAX);
    assert_int_equal(postvet_result_verdict(result), POSTVET_INCOMPLETE);
    assert_int_equal(postvet_result_notice_count(result), 1); /* pear may be used after all */
    postvet_result_free(result);
    pv_buf_release(&many);
}

static void reads_so_many_directives(void **state)
{
    (void)state;
    struct pv_buf many = { 0 };
    for (int i = 0; i < 1500; i++)
        assert_true(pv_buf_append_str(&many, "A plum. " LINE "plum -- a -->\n"));
    assert_true(pv_buf_append_byte(&many, '\0'));
    postvet_result *const result = scan(many.data, NULL);
    assert_int_equal(postvet_result_suppressed_count(result), 1000);
    assert_true(postvet_result_count(result) >= 500);
    assert_string_equal(postvet_result_notice_at(result, 1)->kind, "too-many-directives");
    postvet_result_free(result);
    pv_buf_release(&many);
}

static void verdict_follows_what_stands(void **state)
{
    (void)state;
    postvet_result *result = scan("A plum. " LINE "plum -- a -->", NULL);
    assert_int_equal(postvet_result_verdict(result), POSTVET_CLEAR);
    postvet_result_free(result);
    result = scan("A plum, a pear. " LINE "plum -- a -->", NULL);
    assert_int_equal(postvet_result_verdict(result), POSTVET_REVIEW);
    postvet_result_free(result);
}

/* A profile, voice or kind that leaves a rule out does not make its suppressions unused. */
static void shows_reasons_when_asked(void **state)
{
    (void)state;
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    options.show_matches = true;
    postvet_result *result = scan("A plum. " LINE "plum -- one\x01plum\xFF -->", &options);
    assert_string_equal(postvet_result_suppressed_at(result, 0)->reason, "one plum?");
    postvet_result_free(result);

    char text[700] = "A plum. " LINE "plum -- ";
    const size_t len = strlen(text);
    memset(text + len, 'x', 500);
    memcpy(text + len + 500, " -->", 5);
    result = scan(text, NULL);
    assert_int_equal(strlen(postvet_result_suppressed_at(result, 0)->reason), 400);
    assert_string_equal(postvet_result_suppressed_at(result, 0)->reason + 397, "...");
    postvet_result_free(result);
}

int main(void)
{
    enum {
        CASES = sizeof(cases) / sizeof(*cases),
        CLEANED = sizeof(cleaned) / sizeof(*cleaned),
        ERRORS = sizeof(errors) / sizeof(*errors)
    };
    struct CMUnitTest tests[2 * CASES + CLEANED + ERRORS + 8];
    size_t n = 0;
    for (size_t i = 0; i < CASES; i++) {
        tests[n++] = (struct CMUnitTest){ cases[i].name, suppresses, NULL, NULL, &cases[i] };
        tests[n++] = (struct CMUnitTest){ cases[i].name, cleans, NULL, NULL, &cases[i] };
    }
    for (size_t i = 0; i < CLEANED; i++)
        tests[n++] =
            (struct CMUnitTest){ cleaned[i].clean, leaves_directives_out, NULL, NULL, &cleaned[i] };
    for (size_t i = 0; i < ERRORS; i++)
        tests[n++] =
            (struct CMUnitTest){ errors[i].text, refuses_allowlists, NULL, NULL, &errors[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(allows_files);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(allows_what_directives_say);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(matches_paths);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(leaves_incomplete_scans_incomplete);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(reads_so_many_directives);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(verdict_follows_what_stands);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(shows_reasons_when_asked);
    return _cmocka_run_group_tests("suppress", tests, n, set_up, tear_down);
}
