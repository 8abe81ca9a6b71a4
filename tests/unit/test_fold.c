/* The folded view, and terms folded on their own. */
#include "base/buf.h"
#include "text_support.h"

static const struct {
    const char *draft, *folded;
} cases[] = {
    { "Plain STAYS", "Plain STAYS" },
    { "Zo\xC3\xAB Fran\xC3\xA7ois", "Zoe Francois" },
    { "\xC5\x81ukasz \xC5\xBB\xC3\xB3\xC5\x82\xC4\x87 S\xC3\xB8ren", "lukasz zolc Soren" },
    { "na\xC3\xAFve \xC3\x86on stra\xC3\x9F"
      "e",
        "naive aeon strasse" },
    { "\xD1\x81\xD0\xBE\xD0\xBEn", "coon" },                    /* Cyrillic es and o */
    { "p\xD0\xB0k\xD1\x96 \xD0\x9D\xD0\x86", "paki hi" },       /* Cyrillic a, i */
    { "\xCF\x81\xCE\xB1\xCE\xBA\xCE\xB9", "paki" },             /* Greek */
    { "\xE1\xB4\x98\xE1\xB4\x80\xE1\xB4\x8B\xC9\xAA", "paki" }, /* small capitals */
    { "\xF0\x9D\x96\x95\xF0\x9D\x96\x86\xF0\x9D\x96\x90\xF0\x9D\x96\x8E", "paki" },
    { "\xE2\x93\x9F\xE2\x93\x90\xE2\x93\x9A\xE2\x93\x98", "paki" },
    { "p\xCC\xB6"
      "a\xCD\x93\xCC\x8Ak\xCC\x8Ai",
        "paki" },
    { "\xD8\xB9\xD8\xA7\xD8\xA6\xD8\xB4\xDB\x81", "\xD8\xB9\xD8\xA7\xD9\x8A\xD8\xB4\xDB\x81" },
    { "\xE6\x9D\x8E\xE6\x98\x8E", "\xE6\x9D\x8E\xE6\x98\x8E" },
    { "\xF0\x9F\x98\x80 \xE2\x9C\x85", "\xF0\x9F\x98\x80 \xE2\x9C\x85" },
};

static void the_view_is_folded(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pv_text text = read_draft(cases[i].draft, POSTVET_MARKUP_PLAIN);
        assert_bytes(text.folded.bytes, text.folded.len, cases[i].folded);
        pv_text_release(&text);
    }
}

static void folded_spans_lead_back(void **unused)
{
    (void)unused;
    const char *const draft = "x stra\xC3\x9F"
                              "e \xC3\x86on \xF0\x9F\x98\x80 \xD1\x81\xD0\xBE\xD0\xBEns";
    struct pv_text text = read_draft(draft, POSTVET_MARKUP_PLAIN);
    static const struct {
        const char *folded, *plain;
    } spans[] = { { "strasse", "stra\xC3\x9F"
                               "e" },
        { "s", "\xC3\x9F" }, { "aeon", "\xC3\x86on" }, { "coons", "\xD1\x81\xD0\xBE\xD0\xBEns" },
        { "oo", "\xD0\xBE\xD0\xBE" } };
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        const size_t len = strlen(spans[i].folded);
        size_t at = i == 1 ? 6 : 0;
        while (memcmp(text.folded.bytes + at, spans[i].folded, len) != 0)
            assert_true(++at + len <= text.folded.len);
        const struct pv_span plain = pv_text_plain_span(&text, (struct pv_span){ at, at + len });
        assert_bytes(text.plain.bytes + plain.start, plain.end - plain.start, spans[i].plain);
    }
    pv_text_release(&text);
}

static void terms_fold_alike(void **unused)
{
    (void)unused;
    struct pv_buf out = { 0 };
    assert_true(pv_text_fold("Don\xE2\x80\x99t \xC3\x89TUDE\xC2\xA0X", 17, &out));
    assert_bytes(out.data, out.len, "don't etude x");
    pv_buf_clear(&out);
    assert_true(pv_text_fold("NHS", 3, &out));
    assert_true(pv_text_fold(" \xEF\xBC\xA1", 4, &out)); /* adds to what is there */
    assert_bytes(out.data, out.len, "nhsa");
    pv_buf_release(&out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pv_text text = read_draft(cases[i].draft, POSTVET_MARKUP_PLAIN);
        assert_true(pv_text_fold(cases[i].draft, strlen(cases[i].draft), &out));
        assert_int_equal(out.len, text.folded.len);
        for (size_t j = 0; j < out.len; j++)
            assert_int_equal(out.data[j], pv_fold_ascii(text.folded.bytes[j]));
        pv_buf_release(&out);
        pv_text_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_view_is_folded),
        cmocka_unit_test(folded_spans_lead_back),
        cmocka_unit_test(terms_fold_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
