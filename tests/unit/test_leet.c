/* Words in disguise, and what they are when they are spelled out. */
#include "text_support.h"

static const struct {
    const char *draft, *spelled; /* spelled NULL: there is nothing in disguise */
} cases[] = {
    { "Fl@gged it to my m@nager", "Flagged it to my manager" },
    { "the bl00d fridge, s1lenced in Apr1l", "the blood fridge, silenced in April" },
    { "he1p the o1der p1ease, ha1f of n1ght", "help the older please, half of night" },
    { "P@TIENT in H0SP1TAL", "PATIENT in HOSPITAL" },
    { "$tabbed, 0verdose, p3d0ph1l3", "stabbed, overdose, pedophile" },
    { "buck37s and repor7!ng", "buckets and reporting" },
    { "r.e.l.i.g.i.o.n", "religion" },
    { "r\xC2\xB7"
      "e\xC2\xB7l\xC2\xB7i\xC2\xB7g\xC2\xB7i\xC2\xB7o\xC2\xB7n",
        "religion" },
    { "on the w a r d, Mr T-H-O-M-A-S", "on the ward, Mr THOMAS" },
    { "p\xD0\xB0tient \xD0\xA2homas", "patient Thomas" }, /* Cyrillic a, te */
    /* codes, addresses, labels, abbreviations and lists are what they are */
    { "fy43bl SW1A1AA ab12cde AB12CDE k123abc QQ123456C", NULL },
    { "ward3b bed4 band5s dob14mar62 B12 H1N1 SpO2 covid19 4th 5mins 10am", NULL },
    { "@mike4you jo5eph@example.org https://x.example/p4tient/h0me www.h0spital.example", NULL },
    { "great!thanks manager@home mah@ka4ybr KA4YBR 50p $100 A&E!", NULL },
    { "J.R.R.T., M*A*S*H, e.g. a b c d, A B AB O, x x x x x, w w w", NULL },
    { "caf\xC3\xA9 na\xC3\xAFve \xC5\x81\xC3\xB3"
      "d\xC5\xBA",
        NULL },
    { "r", NULL },
    { "4", NULL },
    { "", NULL },
};

static void words_are_spelled_out(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const draft = cases[i].draft;
        struct pv_text text = read_draft(draft, POSTVET_MARKUP_PLAIN);
        assert_int_equal(text.is_disguised, cases[i].spelled != NULL);
        text.spells = true;
        assert_true(pv_text_read(&text, draft, strlen(draft), POSTVET_MARKUP_PLAIN, NULL));
        assert_bytes(text.plain.bytes, text.plain.len, cases[i].spelled ? cases[i].spelled : draft);
        pv_text_release(&text);
    }
}

static void the_draft_as_it_is_keeps_them(void **unused)
{
    (void)unused;
    struct pv_text text = read_draft("my m@nager", POSTVET_MARKUP_PLAIN);
    assert_bytes(text.plain.bytes, text.plain.len, "my m@nager");
    pv_text_release(&text);
}

static void spans_lead_back_to_the_source(void **unused)
{
    (void)unused;
    struct pv_text text = { .spells = true };
    const char *const draft = "a w.a.r.d of p@tients";
    assert_true(pv_text_read(&text, draft, strlen(draft), POSTVET_MARKUP_PLAIN, NULL));
    assert_bytes(text.plain.bytes, text.plain.len, "a ward of patients");
    const struct pv_span ward = pv_text_source_span(&text, (struct pv_span){ 2, 6 });
    assert_int_equal(ward.start, 2);
    assert_int_equal(ward.end, 9);
    const struct pv_span patients = pv_text_source_span(&text, (struct pv_span){ 10, 18 });
    assert_int_equal(patients.start, 13);
    assert_int_equal(patients.end, 21);
    pv_text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_spelled_out),
        cmocka_unit_test(the_draft_as_it_is_keeps_them),
        cmocka_unit_test(spans_lead_back_to_the_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
