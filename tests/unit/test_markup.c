/* Markdown and HTML: what is read, what is put aside, and where it all stands. */
#include <stdlib.h>
#include <time.h>

#include "text_support.h"

struct markup_case {
    const char *draft;
    const char *main; /* blocks of the main part */
    const char *side; /* … of the side part */
};

static const struct markup_case markdown[] = {
    /* emphasis */
    { "**999** 037 *8045*", "999 037 8045", "" },
    { "_a_ __b__ ***c*** ~~d~~ ~e~ ==f==", "a b c d e f", "" },
    { "**a *b* c** and **half", "a b c and **half", "" },
    { "f*ck this sh*t, f**k it, n****r", "f*ck this sh*t, f**k it, n****r", "" },
    { "999**037**8045 snake_case_name __init", "9990378045 snake_case_name __init", "" },
    { "2 * 3 * 4, ** x **", "2 * 3 * 4, ** x **", "" },
    { "*foo**bar**baz*", "foo**bar**baz", "" },
    { "\"*a*\" (*b*) \xE2\x80\x9C*c*\xE2\x80\x9D", "\"a\" (b) \"c\"", "" },
    /* escapes, entities, code */
    { "\\*not\\* \\_em\\_ \\a", "*not* _em_ \\a", "" },
    { "A&amp;E g&#121;ppo &#x79; NR32&nbsp;1XU &bogus; & x", "A&E gyppo y NR32 1XU &bogus; & x",
        "" },
    { "`a *b*` ``c`d`` `e", "a *b* c`d `e", "" },
    { "hard\\\nbreak  \nhere", "hard\nbreak\nhere", "" },
    /* links */
    { "[text](http://a.example/x \"Title\") end", "text end", "http://a.example/x / Title" },
    { "[a [b] c](<x y>) [d]() [e](f(g)h)", "a [b] c d e", "x y / f(g)h" },
    { "![alt **943** 476](i.png 'T') x", "x", "alt 943 476 / i.png / T" },
    { "[![in](i.png) out](b)", "out", "in / i.png / b" },
    { "[half](open and [none] [x]", "[half](open and [none] [x]", "" },
    { "[Full][ref] [ref][] [ref]\n\n[ref]: /u \"T\"", "Full ref ref", "/u / T" },
    { "[mail](mailto:a%40b.example) [pdf](x/Ann%20Bee.pdf)", "mail pdf",
        "mailto:a@b.example / x/Ann Bee.pdf" },
    { "<https://a.example/b> <a@b.example>", "https://a.example/b a@b.example", "" },
    { "Note[^1].\n\n[^1]: The *note*.", "Note. / The note.", "" },
    /* blocks */
    { "# One #\n## Two\nthree\n#four", "One / Two / three\n#four", "" },
    { "Title\n===\nSub\n---\ntext", "Title / Sub / text", "" },
    { "a\n\n---\n\n* * *\n\nb", "a / b", "" },
    { "- a\n- b\n  more\n\n  para\n* c\n+ d", "a / b\nmore / para / c / d", "" },
    { "1. one\n2. two\n10. ten", "one / two / 10. ten", "" },
    { "12. November 1939", "12. November 1939", "" },
    { "12. 11. 1939 it was", "12. 11. 1939 it was", "" },
    { "born in\n1985. Yes", "born in\n1985. Yes", "" },
    { "- [ ] todo\n- [x] done\n- [y] no", "todo / done / [y] no", "" },
    { "> a\n> b\nlazy\n\n> > deep", "a\nb\nlazy / deep", "" },
    { "Bed request\nfor 687 838\n1568 please", "Bed request\nfor 687 838\n1568 please", "" },
    { "```sql\nselect 1;\n\n*x*\n```\nafter", "select 1; / *x* / after", "sql" },
    { "```\nnever **closed**", "```\nnever closed", "" },
    { "~~~\na\n~~~", "a", "" },
    { "    indented **x**\n    y", "indented **x**\ny", "" },
    /* tables */
    { "| a | b |\n|---|:-:|\n| 999 | 037 \\| 8 |\n| **x** |", "a / b / 999 / 037 | 8 / x", "" },
    { "intro\na | b\n--|--\n1 | 2\n\nend", "intro / a / b / 1 / 2 / end", "" },
    { "a | b\nc | d", "a | b\nc | d", "" },
    /* front matter */
    { "---\ntitle: x\ntags:\n  - 943\n---\nBody", "Body", "title: x / tags: / - 943" },
    { "+++\ntitle = 1\n+++\nBody", "Body", "title = 1" },
    { "---\nnot closed", "not closed", "" },
    /* HTML in it */
    { "a <b>bo</b>ld <br> x<!-- c --> <insert name> 1 < 2", "a bold x <insert name> 1 < 2", "c" },
    { "<div class=\"t\"><span>644</span><span>9201</span> &ndash; x</div>", "6449201 - x", "t" },
    { "<table>\n<tr><td>L. T</td><td>NR32&nbsp;1XU</td></tr>\n</table>\n<p>After</p>\n\n*md*",
        "L. T / NR32 1XU / After / md", "" },
    { "<div>\n\n    <p>deep</p>\n\n</div>", "deep", "" },
    { "<script>\nvar x = 943;\n\n</script>\nafter", "after", "var x = 943;" },
    { "<address>\nThe<br>\n6 Net Row<br>\nNR33&#8203;&nbsp;8HJ\n</address>",
        "The\n6 Net Row\nNR33 8HJ", "" },
};

static const struct markup_case html[] = {
    { "<!doctype html><title>T</title><body>a<p>b\n  c<p>d</body>", "T / a / b c / d", "" },
    { "<h1>A</h1>x <b>y</b><i> z</i><br/>w", "A / x y z\nw", "" },
    { "<ul><li>a<li>b</ul><dl><dt>k<dd>v</dl>", "a / b / k / v", "" },
    { "<li data-id=9990146195><a href='/l/8'>x</a> y", "x y", "9990146195 / /l/8" },
    { "<img alt=\"A &amp; B\" src=a.png title=T>z", "z", "A & B / a.png / T" },
    { "<!-- c1 --><style>p{}</style><script>var s='</p>';</script>t", "t",
        "c1 / p{} / var s='</p>';" },
    { "a &lt;b&gt; &copy 2 &amp;amp; &notit; &#128; &#xD800; &; x",
        "a <b> \xC2\xA9 2 &amp; \xC2\xACit; \xE2\x82\xAC \xEF\xBF\xBD &; x", "" },
    { "<pre>a\n b</pre>c", "a / b / c", "" },
    { "a < b and <b unfinished", "a < b and <b unfinished", "" },
    { "<p a=\"x>y</p>", "y", "\"x" },
    { "x<!-- never ended", "x", "never ended" },
    { "<o:p>word</o:p> <![CDATA[raw]]> <?php x ?>", "word raw", "php x" },
    { "<a href=\"tel:01632960001\" onclick=\"f()\">ring</a>", "ring", "tel:01632960001 / f()" },
    { "---\nt: x\n---\n<p>b", "b", "t: x" },
    { "a <span> b</span>  c", "a b c", "" },
};

static void check(const struct markup_case *cases, size_t count, postvet_markup markup)
{
    for (size_t i = 0; i < count; i++) {
        struct pv_text text = read_draft(cases[i].draft, markup);
        assert_blocks(&text, false, cases[i].main);
        assert_blocks(&text, true, cases[i].side);
        pv_text_release(&text);
    }
}

static void markdown_is_read(void **unused)
{
    (void)unused;
    check(markdown, sizeof markdown / sizeof *markdown, POSTVET_MARKUP_MARKDOWN);
}

static void html_is_read(void **unused)
{
    (void)unused;
    check(html, sizeof html / sizeof *html, POSTVET_MARKUP_HTML);
}

static const struct {
    const char *draft, *needle;
    enum pv_scope scope;
} scopes[] = {
    { "# Head `c`\n\n> quo `d`", "Head", PV_SCOPE_HEADING },
    { "# Head `c`\n\n> quo `d`", "c", PV_SCOPE_CODE },
    { "# Head `c`\n\n> quo `d`", "quo", PV_SCOPE_QUOTATION },
    { "Set\n---", "Set", PV_SCOPE_HEADING },
    { "```x\ncode\n```\nafter", "code", PV_SCOPE_CODE },
    { "```x\ncode\n```\nafter", "after", PV_SCOPE_PROSE },
    { "    indented", "indented", PV_SCOPE_PROSE },
    { "[t](http://u.example \"ti\") ![al](i)", "u.example", PV_SCOPE_URL },
    { "[t](http://u.example \"ti\") ![al](i)", "ti", PV_SCOPE_LINK_TITLE },
    { "[t](http://u.example \"ti\") ![al](i)", "al", PV_SCOPE_ALT_TEXT },
    { "[t](x/letter_999.pdf)", "999", PV_SCOPE_FILE_NAME },
    { "[t](tel:01632960001)", "0163", PV_SCOPE_ATTRIBUTE },
    { "see <https://a.example/1>", "a.example", PV_SCOPE_URL },
    { "a <q>quo</q> b", "quo", PV_SCOPE_QUOTATION },
    { "a <q>quo</q> b", "b", PV_SCOPE_PROSE },
    { "<blockquote><p>quo <code>c9</code></blockquote>", "quo", PV_SCOPE_QUOTATION },
    { "<blockquote><p>quo <code>c9</code></blockquote>", "c9", PV_SCOPE_CODE },
    { "<p><code>open <p>next", "next", PV_SCOPE_PROSE },
    { "<h2>Head</h2>after", "Head", PV_SCOPE_HEADING },
    { "<h2>Head</h2>after", "after", PV_SCOPE_PROSE },
    { "x <!-- com -->", "com", PV_SCOPE_COMMENT },
    { "<p>a <span style='color:red;Display: none !important'>hid</span> b</p>", "hid",
        PV_SCOPE_COMMENT },
    { "<p>a <span style='color:red;Display: none !important'>hid</span> b</p>", "b",
        PV_SCOPE_PROSE },
    { "<p hidden>hid<p>seen", "hid", PV_SCOPE_COMMENT },
    { "<p hidden>hid<p>seen", "seen", PV_SCOPE_PROSE },
    { "<div hidden><div>x</div><h2>hid</h2></div>seen", "hid", PV_SCOPE_COMMENT },
    { "<div hidden><div>x</div><h2>hid</h2></div>seen", "seen", PV_SCOPE_PROSE },
    { "<style>p, i.a { visibility:hidden }</style><i class='b a'>hid</i> seen", "hid",
        PV_SCOPE_COMMENT },
    { "<style>p, i.a { visibility:hidden }</style><i class='b a'>hid</i> seen", "seen",
        PV_SCOPE_PROSE },
    { "<style>#n{font-size:0px}</style><i id=n>hid</i>", "hid", PV_SCOPE_COMMENT },
    { "<i style='background:#fff;color:#fff'>hid</i>", "hid", PV_SCOPE_COMMENT },
    { "<i style='text-indent:-9999px'>hid</i>", "hid", PV_SCOPE_COMMENT },
    { "<i style='color:#fff;font-size:0.9em;left:-5px'>seen</i>", "seen", PV_SCOPE_PROSE },
    { "<i style='opacity:0;transition:1s'>seen</i>", "seen", PV_SCOPE_PROSE },
    { "<style>@media print{i{display:none}} nav i{display:none}</style><i>seen</i>", "seen",
        PV_SCOPE_PROSE },
    { "<body style='display:none'><p>seen", "seen", PV_SCOPE_PROSE },
    { "---\nfm: 1\n---\nx", "fm", PV_SCOPE_FRONT_MATTER },
    { "<img alt='al' data-x='at' src='u'>", "al", PV_SCOPE_ALT_TEXT },
    { "<img alt='al' data-x='at' src='u'>", "at", PV_SCOPE_ATTRIBUTE },
    { "<img alt='al' data-x='at' src='u'>", "u", PV_SCOPE_URL },
};

static void scopes_are_told(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        struct pv_text text = read_draft(scopes[i].draft, POSTVET_MARKUP_MARKDOWN);
        const size_t at = find_plain(&text, scopes[i].needle).start;
        if (pv_text_scope_at(&text, at) != scopes[i].scope)
            fail_msg("\"%s\" in \"%s\" is %s", scopes[i].needle, scopes[i].draft,
                pv_scope_name(pv_text_scope_at(&text, at)));
        pv_text_release(&text);
    }
}

static const struct {
    const char *draft, *plain, *source;
} places[] = {
    { "x **999** 037 *8045* y", "037", "037" },
    { "x **999** 037 *8045* y", "999 037 8045", "**999** 037 *8045*" },
    { "x **999** 037 *8045* y", "99 037 80", "99** 037 *80" },
    { "x ***999** 037* 8045 y", "999 037 8045", "***999** 037* 8045" },
    { "x *999 037 8045* y", "999 037 8045", "999 037 8045" },
    { "x *y **999** 037* 8045", "999 037", "**999** 037" },
    { "x `999` 037 `` 8045 ``", "999 037 8045", "`999` 037 `` 8045 ``" },
    { "x [999](u) 037", "999 037", "[999](u) 037" },
    { "> x **999\n> 037** 8045", "999\n037 8045", "**999\n> 037** 8045" },
    { "x <b>9</b>99 <I class='y'>037</i> z", "999 037", "<b>9</b>99 <I class='y'>037</i>" },
    { "x <b><u>9</u></b>99 z", "999", "<b><u>9</u></b>99" },
    { "x <i>9</b>99</i> 0 z", "999", "9</b>99" },
    { "x <span>9</span>99 z", "999", "<span>9</span>99" },
    { "x 9<span>9</span> z", "99", "9<span>9</span>" },
    { "F\u0423\u0421"
      "4 1\u0396P",
        "FYC4 1ZP", "F\u0423\u04214 1\u0396P" },
    { "R\u0425L 4101", "RXL 4101", "R\u0425L 4101" },
    { "X\u0301Y\u0301 4101", "XY 4101", "X\u0301Y\u0301 4101" },
    { "Zo\u00EB 4101", "Zo\u00EB", "Zo\u00EB" },
    { "a g&#121;ppo b", "gyppo", "g&#121;ppo" },
    { "a g&#121;ppo b", "y", "&#121;" },
    { "> 687 838\n> 1568", "838\n1568", "838\n> 1568" },
    { "<span>644</span><span>9201</span><span>444</span>", "6449201444",
        "644</span><span>9201</span><span>444" },
    { "NR33&#8203;&nbsp;8HJ", "NR33 8HJ", "NR33&#8203;&nbsp;8HJ" },
    { "![943 476](a.png)", "943 476", "943 476" },
    { "<img alt='943&nbsp;476'>", "943 476", "943&nbsp;476" },
    { "[x](a%20b.pdf)", "a b", "a%20b" },
    { "a \\*b", "*b", "*b" },
    { "| a | 70&shy;0 |\n|-|-|", "700", "70&shy;0" },
};

static void places_are_exact(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct pv_text text = read_draft(places[i].draft, POSTVET_MARKUP_MARKDOWN);
        assert_source(&text, places[i].plain, places[i].source);
        pv_text_release(&text);
    }
}

static const struct {
    const char *draft, *inside, *first, *last; /* of the passage */
} passages[] = {
    { "p\n\n| a | b |\n|---|---|\n| c | d |\n\nq", "c", "a", "d" },
    { "<p>p</p><table><tr><td>a<td>b</table><p>q", "b", "a", "b" },
    { "- a\n\n  b\n- c", "a", "a", "b" },
    { "- a\n\n  b\n- c", "c", "c", "c" },
    { "a\n\nb", "a", "a", "a" },
    { "---\nt: x\nu: y\n---\nz", "t: x", "t: x", "u: y" },
};

static void tables_and_items_are_passages(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof passages / sizeof *passages; i++) {
        struct pv_text text = read_draft(passages[i].draft, POSTVET_MARKUP_MARKDOWN);
        const struct pv_span found = pv_text_passage(&text, find_plain(&text, passages[i].inside));
        assert_int_equal(found.start, find_plain(&text, passages[i].first).start);
        assert_int_equal(found.end, find_plain(&text, passages[i].last).end);
        pv_text_release(&text);
    }
}

static void the_kind_is_guessed(void **unused)
{
    (void)unused;
    static const struct {
        const char *draft, *name, *main;
    } guesses[] = { { "*a* &amp;", "x.txt", "*a* &amp;" }, { "*a* &amp;", "dir.txt/x.MD", "a &" },
        { "*a* &amp;", "x.html", "*a* &" }, { "*a* &amp;", NULL, "a &" },
        { " <!DOCTYPE html>*a*", NULL, "*a*" }, { "<p>*a*</p>", NULL, "*a*" },
        { "*a*", "markdown", "a" }, { "*a*", ".txt", "a" } };
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        struct pv_text text = { 0 };
        assert_true(pv_text_read(&text, guesses[i].draft, strlen(guesses[i].draft),
            POSTVET_MARKUP_AUTO, guesses[i].name));
        assert_blocks(&text, false, guesses[i].main);
        pv_text_release(&text);
    }
}

/* What nests, repeats or is never closed: quadratic work would take minutes. */
static void work_is_linear(void **unused)
{
    (void)unused;
    static const char *const rows[] = { "*", "*a ", "_a*b ", "[", "[a](", "![", "[a](b \"", "[a][b",
        "<", "<a ", "<a b='<a b=\"", "<!--", "<!a", "<code>", "<q></code>", "&", "&a", "> ", "> \n",
        "- ", "- a\n", "- ```a\n", "`", "`a``b```c", "|", "|a|b|\n|-|-|\n", "\\", "~a", "a\n=\n",
        "\xCC\x81", "\xE2\x80\x8B", "\xF0\x9F\x87\xAC", "O0 ", "nine ", "double ", "one 1 ",
        "9 um ", "double 9 er ", "nine hundred ", "www.", "a-", "1. ", "[a]: b\n",
        "\xF0\x9D\x9F\x97" };
    const size_t len = 1 << 18;
    char *const draft = malloc(len);
    assert_non_null(draft);
    struct pv_text text = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const size_t size = strlen(rows[i]);
        for (size_t at = 0; at < len; at++)
            draft[at] = rows[i][at % size];
        for (int markup = POSTVET_MARKUP_PLAIN; markup <= POSTVET_MARKUP_HTML; markup++) {
            const clock_t before = clock();
            assert_true(pv_text_read(&text, draft, len, (postvet_markup)markup, NULL));
            if (clock() - before > 3 * CLOCKS_PER_SEC)
                fail_msg("a quarter of a megabyte of \"%s\" takes too long", rows[i]);
        }
    }
    pv_text_release(&text);
    free(draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_is_read),
        cmocka_unit_test(html_is_read),
        cmocka_unit_test(scopes_are_told),
        cmocka_unit_test(places_are_exact),
        cmocka_unit_test(tables_and_items_are_passages),
        cmocka_unit_test(the_kind_is_guessed),
        cmocka_unit_test(work_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
