/* Characters, structure and surroundings of plain text. */
#include "text_support.h"

static void prose_is_shared(void **unused)
{
    (void)unused;
    static const char *const drafts[] = {
        "Plain ASCII prose, A&E and all.\nA soft wrap.\n\nA paragraph with snake_case, 10/10.", "x",
        "One's own (very own) #hashtag, @handle & co.: 50% off! 12-11-1939; CO2 = gas."
    };
    for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++) {
        for (int markup = POSTVET_MARKUP_AUTO; markup <= POSTVET_MARKUP_MARKDOWN; markup++) {
            struct pv_text text = read_draft(drafts[i], (postvet_markup)markup);
            assert_ptr_equal(text.plain.bytes, drafts[i]);
            assert_ptr_equal(text.folded.bytes, drafts[i]);
            assert_int_equal(text.copied, 0);
            assert_int_equal(text.unicode_calls, 0);
            pv_text_release(&text);
        }
    }
}

static void common_names_need_no_unicode_library(void **unused)
{
    (void)unused;
    struct pv_text text = read_draft("Zo\xC3\xAB \xE2\x80\x93 \xE2\x80\x98"
                                     "Fran\xC3\xA7"
                                     "ois\xE2\x80\x99",
        POSTVET_MARKUP_PLAIN);
    assert_int_equal(text.unicode_calls, 0);
    pv_text_release(&text);
}

static const struct {
    const char *draft, *plain;
} characters[] = {
    { "943\xC2\xA0"
      "476\xE2\x80\xAF"
      "5919",
        "943 476 5919" },
    { "12\xE2\x80\x93"
      "11\xE2\x80\x93"
      "1939",
        "12-11-1939" },
    { "486\xE2\x88\x92"
      "581\xE2\x80\x91"
      "7581",
        "486-581-7581" },
    { "don\xE2\x80\x99t \xE2\x80\x9Csay\xE2\x80\x9D \xC2\xABit\xC2\xBB", "don't \"say\" \"it\"" },
    { "1\xE2\x80\x8B"
      "9/08",
        "19/08" },
    { "fly\xC2\xAD"
      "er \xE2\x80\xAE"
      "x\xE2\x80\xAC\xEF\xBB\xBF",
        "flyer x" },
    { "\xEF\xBC\x94\xEF\xBC\x93\xEF\xBC\x95", "435" },              /* full-width */
    { "\xD9\xA9\xD9\xA4\xD9\xA3 \xDB\xB9", "943 9" },               /* Arabic-Indic */
    { "\xE0\xA5\xAF\xE0\xA5\xAA", "94" },                           /* Devanagari */
    { "\xC2\xB9\xC2\xB2\xE2\x81\xB4\xE2\x82\x83", "1243" },         /* super-, subscript */
    { "\xF0\x9D\x9F\x97\xF0\x9D\x9F\x92", "94" },                   /* mathematical */
    { "\xE2\x91\xA8\xE2\x9D\xB9\xE2\x93\xAA\xE2\x91\xBC", "9409" }, /* circled … */
    { "7\xEF\xB8\x8F\xE2\x83\xA3"
      "2\xE2\x83\xA3",
        "72" }, /* keycaps */
    { "9\xCC\xB6"
      "4\xCC\xB6",
        "94" },                                                    /* struck through */
    { "\xF0\x9D\x97\xA1\xF0\x9D\x97\xBC\xF0\x9D\x98\x81", "Not" }, /* bold letters */
    { "\xF0\x9F\x87\xAB\xE2\x80\x8B\xF0\x9F\x87\xBE", "FY" },      /* indicators */
    { "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7!", "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7!" }, /* a flag */
    { "\xF0\x9F\x85\xB0\xEF\xB8\x8F\xF0\x9F\x85\x91", "AB" },
    { "e\xCC\x81t\xC3\xA9", "\xC3\xA9t\xC3\xA9" }, { "\xEF\xAC\x81ne \xE2\x84\x96 7", "fine No 7" },
    { "NHS\xE2\x84\xA2 6\xC2\xBD", "NHS\xE2\x84\xA2 6\xC2\xBD" },
    { "9\xC2\xB7"
      "9\xE2\x80\xA2"
      "9 Mum \xC2\xB7 Nurse",
        "9.9.9 Mum \xC2\xB7 Nurse" },
    { "well\xE2\x80\xA6", "well..." },
    { "a\tb\x0B"
      "c",
        "a b c" },
    { "\xEF\xBB\xBFmark", "mark" },
    { "bad\xFF"
      "byte",
        "bad\xEF\xBF\xBD"
        "byte" },
    { "ring O7700 9OO 361", "ring 07700 900 361" }, { "687666O 666", "6876660 666" },
    { "41O 625 67O3", "410 625 6703" },
    { "68I 732 l549, 10l and 120 I", "681 732 1549, 10l and 120 I" },
    { "O4/o6/71 or l2/O3/1985", "04/06/71 or 12/03/1985" },
    { "CO2 B12 O2 10l O157 H2O x0x 5l of O2 94", "CO2 B12 O2 10l O157 H2O x0x 5l of O2 94" },
    { "999|514|2686", "999|514|2686" },
    { "17|05|1961 and 3|2|61, 94|34", "17|05|1961 and 3|2|61, 94134" },
    { "number nine nine nine, five one four, two six eight six.", "number 999 514 2686." },
    { "call oh double seven, treble nine", "call 077 999" },
    { "Nine nine niner. Five one four; two six", "999 514 26" },
    { "one two three, four or five", "one two three, four or five" },
    { "look at 733 765 nine nine four six, left", "look at 733 765 9946, left" },
    { "7 2 2 \xE2\x80\x93 2 4 3 \xE2\x80\x93 6 3 1 six", "7 2 2 2 4 3 6 3 1 6" },
    { "six oh nine five six\nfour nineteen eighteen he sleeps", "6095641918 he sleeps" },
    { "six two three, pause, four four three, and then fifty-one forty-nine", "623 443 5149" },
    { "943 dash 476 dash five nine double 1", "943 476 59 11" },
    { "bed 4 nine four three, four seven six, five one double two", "bed 4 943 476 5122" },
    { "07700-nine hundred-731 or 0 seven 7 nought nought 9 0 0 one two three",
        "07700 900 731 or 0 7 7 00 9 0 0 123" },
    { "at \xCE\x9A T 1 6 \xE2\x80\x93 9 S F", "at K T 1 6 - 9 S F" },
    { "F Y 4 1 \xCE\x96 \xD0\xA0.", "F Y 4 1 Z P." },
    { "\xCE\x9A and \xCE\x9B T, \xCE\x97 1", "\xCE\x9A and \xCE\x9B T, H 1" },
    { "NINER NINER NINER, AIT TWO SEVEN, OH SEVEN AIT TWO", "999 827 0782" },
    { "943 476 5919 one of them", "943 476 5919 one of them" },
    { "in 1998 and 2001 one of nineteen men, twenty-one",
        "in 1998 and 2001 one of nineteen men, twenty-one" },
    { "nineteen fourteen, nineteen eighteen", "nineteen fourteen, nineteen eighteen" },
    { "it is seven4two6 2one6 seven13 now", "it is 7426 216 713 now" },
    { "nine43 four76, 5 9 one nine", "943 476 5 9 19" },
    { "one2one care, 4seasons, seven4seven and six4 of them",
        "one2one care, 4seasons, seven4seven and six4 of them" },
    { "9947 slash 744 slash 337 or 07700 dash 900 dash 123", "9947 744 337 or 07700 900 123" },
    { "3 slash 2 slash 1961, 400 and 2000 and 500, 4 dot 5",
        "3 slash 2 slash 1961, 400 and 2000 and 500, 4 dot 5" },
    { "four eight five... treble seven... three four", "485 777 34" },
    { "six, one, eight, six, double-oh, eight, treble-four", "6 1 8 6 0 0 8 4 4 4" },
    { "ring 0 double 7 double 0, nine hundred, 6 1 four", "ring 0 77 00 900 6 1 4" },
    { "0ct 14th 1938, 9th of Ju1y, the 3rd @pri|, D3cember 4",
        "oct 14th 1938, 9th of july, the 3rd april, december 4" },
    { "Ap-ril the 3rd, 12 J.A.N 1950 and 7 F e b", "april the 3rd, 12 jan 1950 and 7 feb" },
    { "Jun-3, Sep-7, May 5, Dec-12-61 and M4Y", "Jun-3, Sep-7, May 5, Dec-12-61 and M4Y" },
    { "at https://a.uk/?nhs=943%20476%205919&on=12%2F03%2D1956",
        "at https://a.uk/?nhs=943 476 5919&on=12/03-1956" },
    { "50%20 more, a=%20b and http://a.uk/my%20list, x=1%C3%A9 2%0A3",
        "50%20 more, a=%20b and http://a.uk/my%20list, x=1%C3%A9 2%0A3" },
    { "a No-v word, S e p, DE3 1AB, SE9 2", "a No-v word, S e p, DE3 1AB, SE9 2" },
    { "\xE1\x84\x80\xE1\x85\xA1", "\xEA\xB0\x80" }, /* Hangul composes */
};

static void characters_are_canonical(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        struct pv_text text = read_draft(characters[i].draft, POSTVET_MARKUP_PLAIN);
        assert_bytes(text.plain.bytes, text.plain.len, characters[i].plain);
        pv_text_release(&text);
    }
}

static void spans_lead_to_the_source(void **unused)
{
    (void)unused;
    struct pv_text text =
        read_draft("\xEF\xBB\xBFSo 1\xE2\x80\x8B"
                   "9\xC2\xA0"
                   "7\xEF\xB8\x8F\xE2\x83\xA3! 5\xE2\x80\xA6 nine nine nine, five "
                   "one four. O7700 9OO 361",
            POSTVET_MARKUP_PLAIN);
    assert_source(&text, "So", "So");
    assert_source(&text, "19",
        "1\xE2\x80\x8B"
        "9");
    assert_source(&text, "9 7",
        "9\xC2\xA0"
        "7\xEF\xB8\x8F\xE2\x83\xA3");
    assert_source(&text, "5.", "5\xE2\x80\xA6"); /* no part of an ellipsis */
    assert_source(&text, "9 5", "nine nine nine, five one four");
    assert_source(&text, "07700 900", "O7700 9OO");
    const struct pv_span none = pv_text_source_span(&text, (struct pv_span){ 5, 5 });
    assert_int_equal(none.start, none.end);
    pv_text_release(&text);
}

static void broken_bytes_are_told(void **unused)
{
    (void)unused;
    struct pv_text text = read_draft("caf\xC3\xA9 \xC3( \xED\xA0\x80", POSTVET_MARKUP_PLAIN);
    assert_true(text.invalid);
    assert_int_equal(text.invalid_at, 6);
    assert_true(pv_text_read(&text, "fine", 4, POSTVET_MARKUP_PLAIN, NULL));
    assert_false(text.invalid);
    assert_true(pv_text_read(&text, NULL, 0, POSTVET_MARKUP_PLAIN, NULL));
    assert_int_equal(text.plain.len, 0);
    assert_true(pv_text_read(&text, "a\0b", 3, POSTVET_MARKUP_PLAIN, NULL));
    assert_int_equal(text.plain.len, 3);
    pv_text_release(&text);
}

static void paragraphs_are_blocks(void **unused)
{
    (void)unused;
    struct pv_text text = read_draft("One\ntwo\n\n\nthree\n", POSTVET_MARKUP_PLAIN);
    assert_blocks(&text, false, "One\ntwo / three");
    assert_int_equal(pv_text_block_at(&text, 0), 0);
    assert_int_equal(pv_text_block_at(&text, text.blocks[1].start), 1);
    assert_int_equal(pv_text_block_at(&text, text.plain.len), 2);
    pv_text_release(&text);
    text = read_draft("\xE2\x80\xA2 caf\xC3\xA9 1 \r\n  2\r\n- b\r\n\r\n c", POSTVET_MARKUP_PLAIN);
    assert_blocks(&text, false, "caf\xC3\xA9 1\n2 / b / c");
    pv_text_release(&text);
}

static const struct {
    const char *draft, *blocks;
} rows[] = {
    { "| Smith | 943 | 476 | 5919 | home |\n|---|---|---|---|---|",
        "Smith / 943\n\n476\n\n5919 / home" },
    { "<table><tr><td>9<b></b>434<td>765<td>919</table>", "9434\n\n765\n\n919" },
    { "| 9 | 4 | 3 | 4 | 7 | 6 | 5 | 9 | 1 | 9 |\n|---|---|---|---|---|---|---|---|---|---|",
        "9\n\n4\n\n3\n\n4\n\n7\n\n6\n\n5\n\n9\n\n1\n\n9" },
    { "| a | 943 | 476 | 591 |\n|---|---|---|---|", "a / 943 / 476 / 591" },
    { "| a | 943 | 476 | 5919 |\n|---|---|---|---|\n| b | 9 | 8 | 7 |",
        "a / 943 / 476 / 5919 / b / 9 / 8 / 7" },
    { "| 94 | 34 | 76 | 59 | 19 |\n|---|---|---|---|---|", "94 / 34 / 76 / 59 / 19" },
    { "943\n\n476\n\n5919", "943 / 476 / 5919" },
    { "Hers:\n\n- 943\n- 476\n- 5919\n\nEnd", "Hers: / 943\n\n476\n\n5919 / End" },
    { "Sold:\n\n- 943\n- 476\n- 5919\n- 12", "Sold: / 943 / 476 / 5919 / 12" },
    { "| a | 9434765919 | 12 x |\n|---|---|---|", "a / 9434765919 / 12 x" },
};

static void cells_of_one_number_are_one_block(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pv_text text = read_draft(rows[i].draft, POSTVET_MARKUP_MARKDOWN);
        assert_blocks(&text, false, rows[i].blocks);
        pv_text_release(&text);
    }
}

static const struct {
    const char *draft, *inside, *sentence;
} sentences[] = {
    { "One here. Two there. Three.", "Two", "Two there." },
    { "Mrs. Jones came. She left.", "Jones", "Mrs. Jones came." },
    { "Seen by Dr. A. N. Other e.g. today. Fine.", "Other", "Seen by Dr. A. N. Other e.g. today." },
    { "See No. 7 there. Go.", "7", "See No. 7 there." },
    { "She said no. 7 came.", "came", "She said no. 7 came." },
    { "She said no. Seven came.", "Seven", "Seven came." },
    { "Weight 3.5 kg. Next.", "kg", "Weight 3.5 kg." },
    { "Really? Yes! \"Quite so.\" He left.", "He", "He left." },
    { "At 5 p.m. we met. Then.", "we", "At 5 p.m. we met." },
    { "Wait... what. Ok", "what", "Wait... what." },
    { "D.O.B. 12-11-1939, ward 3. End", "1939", "D.O.B. 12-11-1939, ward 3." },
    { "Para one\n\nPara two", "two", "Para two" },
    { "Up by Jan. 3 at St. Thomas. Bye", "Thomas", "Up by Jan. 3 at St. Thomas." },
};

static void sentences_end_at_stops(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        struct pv_text text = read_draft(sentences[i].draft, POSTVET_MARKUP_PLAIN);
        const struct pv_span s = pv_text_sentence(&text, find_plain(&text, sentences[i].inside));
        assert_bytes(text.plain.bytes + s.start, s.end - s.start, sentences[i].sentence);
        pv_text_release(&text);
    }
}

static void words_are_counted(void **unused)
{
    (void)unused;
    struct pv_text text =
        read_draft("one don't 12/11/1939 X-ray, five six seven\n\neight", POSTVET_MARKUP_PLAIN);
    const struct pv_span ray = find_plain(&text, "X-ray");
    struct pv_span s = pv_text_words_around(&text, ray, 2, 1);
    assert_bytes(text.plain.bytes + s.start, s.end - s.start, "don't 12/11/1939 X-ray, five");
    s = pv_text_words_around(&text, ray, 0, 0);
    assert_int_equal(s.start, ray.start);
    s = pv_text_words_around(&text, ray, 99, 99);
    assert_bytes(
        text.plain.bytes + s.start, s.end - s.start, "one don't 12/11/1939 X-ray, five six seven");
    assert_int_equal(pv_text_words_between(&text, 0, ray.start), 3);
    assert_int_equal(pv_text_words_between(&text, 0, text.plain.len), 8);
    pv_text_release(&text);
}

static const struct {
    const char *draft, *needle;
    enum pv_scope scope;
} spots[] = {
    { "See https://a.example/x/letter_999.pdf?y=1 now", "https", PV_SCOPE_URL },
    { "See https://a.example/x/letter_999.pdf?y=1 now", "letter_999", PV_SCOPE_FILE_NAME },
    { "See https://a.example/x/letter_999.pdf?y=1 now", "y=1", PV_SCOPE_URL },
    { "See https://a.example/x/letter_999.pdf?y=1 now", "now", PV_SCOPE_PROSE },
    { "At www.example.org.", "example", PV_SCOPE_URL },
    { "At (example.org/9434765919)", "9434", PV_SCOPE_URL },
    { "Write to j.jones@example.net, ok", "j.jones", PV_SCOPE_PROSE },
    { "Write to j.jones@example.net, ok", "example", PV_SCOPE_URL },
    { "clinic_letter_999_308_8293_v2.docx. Searchable", "999", PV_SCOPE_FILE_NAME },
    { "clinic_letter_999_308_8293_v2.docx. Searchable", "Search", PV_SCOPE_PROSE },
    { "id 550e8400-e29b-41d4-a716-446655440000", "446655", PV_SCOPE_CODE },
    { "md5 d41d8cd98f00b204e9800998ecf8427e", "0998", PV_SCOPE_CODE },
    { "doi:10.1136/bmj.9434765919", "9434", PV_SCOPE_URL },
    { "Dr.Smith/Jones 12/11/1939 and/or 9434765919", "Smith", PV_SCOPE_PROSE },
    { "Dr.Smith/Jones 12/11/1939 and/or 9434765919", "9434", PV_SCOPE_PROSE },
};

static void scopes_without_markup(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof spots / sizeof *spots; i++) {
        struct pv_text text = read_draft(spots[i].draft, POSTVET_MARKUP_PLAIN);
        const size_t at = find_plain(&text, spots[i].needle).start;
        assert_string_equal(
            pv_scope_name(pv_text_scope_at(&text, at)), pv_scope_name(spots[i].scope));
        pv_text_release(&text);
    }
}

static void scopes_have_names(void **unused)
{
    (void)unused;
    for (int i = 0; i < PV_SCOPE_COUNT; i++) {
        enum pv_scope found = PV_SCOPE_COUNT;
        assert_true(pv_scope_find(pv_scope_name((enum pv_scope)i), &found));
        assert_int_equal(found, i);
    }
    enum pv_scope scope = PV_SCOPE_CODE;
    assert_false(pv_scope_find("Prose", &scope));
    assert_int_equal(scope, PV_SCOPE_CODE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prose_is_shared),
        cmocka_unit_test(common_names_need_no_unicode_library),
        cmocka_unit_test(characters_are_canonical),
        cmocka_unit_test(spans_lead_to_the_source),
        cmocka_unit_test(broken_bytes_are_told),
        cmocka_unit_test(paragraphs_are_blocks),
        cmocka_unit_test(cells_of_one_number_are_one_block),
        cmocka_unit_test(sentences_end_at_stops),
        cmocka_unit_test(words_are_counted),
        cmocka_unit_test(scopes_without_markup),
        cmocka_unit_test(scopes_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
