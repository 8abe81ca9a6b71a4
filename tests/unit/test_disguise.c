/* Terms in disguise, and look-alikes that are none. */
#include "text/disguise.h"
#include "text_support.h"

static const char *const terms[] = { "faggot", "nigger", "retard", "paki", "coon", "cunt", "wanker",
    "ass", "unsafe staffing", "tranny", "mong", "gyppo", "tit", "bitch", "twat", "spick", "penis",
    "git", "spastic", "gay", "don't", "pussy", "slut", "chink", "scum", "cock", "bandit" };

/* Whether any term is found anywhere; sets the span of the first. */
static bool find_any(const char *text, struct pv_span *span, const char **term)
{
    const size_t len = strlen(text);
    size_t start = 0;
    for (size_t from = 0; pv_disguise_next(text, len, from, &start); from = start + 1) {
        assert_true(start >= from && start < len);
        for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
            if (pv_disguise_match(terms[i], strlen(terms[i]), text, len, start, &span->end)) {
                span->start = start;
                *term = terms[i];
                return true;
            }
        }
    }
    return false;
}

static const struct {
    const char *text, *term, *found;
} disguised[] = {
    { "that f@gg0t chose", "faggot", "f@gg0t" },
    { "f*ggot", "faggot", "f*ggot" },
    { "f**got", "faggot", "f**got" },
    { "a 'n****r.' here", "nigger", "n****r" },
    { "n1gg3rs", "nigger", "n1gg3rs" },
    { "n!gg3r", "nigger", "n!gg3r" },
    { "n|gger", "nigger", "n|gger" },
    { "niggggger", "nigger", "niggggger" },
    { "just a r e t a r d", "retard", "r e t a r d" },
    { "r e t a r d s", "retard", "r e t a r d s" },
    { "R.E.T.A.R.D!", "retard", "R.E.T.A.R.D" },
    { "r-e-t-a-r-d", "retard", "r-e-t-a-r-d" },
    { "r_e_t_a_r_d", "retard", "r_e_t_a_r_d" },
    { "some p4ki doctor", "paki", "p4ki" },
    { "P4KI's", "paki", "P4KI's" },
    { "#p4ki", "paki", "p4ki" },
    { "p**a**ki", "paki", "p**a**ki" },
    { "c00n", "coon", "c00n" },
    { "coooooon", "coon", "coooooon" },
    { "c*nt", "cunt", "c*nt" },
    { "w****r", "wanker", "w****r" },
    { "w4nk3r", "wanker", "w4nk3r" },
    { "a$$", "ass", "a$$" },
    { "uns4fe st4ffing, every", "unsafe staffing", "uns4fe st4ffing" },
    { "unsafe\nst4ffing", "unsafe staffing", "unsafe\nst4ffing" },
    { "tr@nny", "tranny", "tr@nny" },
    { "M0NG.", "mong", "M0NG" },
    { "gypp0", "gyppo", "gypp0" },
    { "t!t", "tit", "t!t" },
    { "b!tch", "bitch", "b!tch" },
    { "8itch", "bitch", "8itch" },
    { "useless tw@t, pass", "twat", "tw@t" },
    { "+wat", "twat", "+wat" },
    { "5p45tic", "spastic", "5p45tic" },
    { "9it", "git", "9it" },
    { "g.a.y.", "gay", "g.a.y" },
    { "d0nt", "don't", "d0nt" },
    { "pu$$y", "pussy", "pu$$y" },
    { "$lut", "slut", "$lut" },
    { "s1ut", "slut", "s1ut" },
    { "(ch1nk)", "chink", "ch1nk" },
    /* pictures: a star (three bytes), chopsticks and a clown (four each) */
    { "another ch\xF0\x9F\xA5\xA2nk", "chink", "ch\xF0\x9F\xA5\xA2nk" },
    { "sp\xE2\xAD\x90stics", "spastic", "sp\xE2\xAD\x90stics" },
    { "ret\xF0\x9F\xA4\xA1\xF0\x9F\xA4\xA1"
      "ard!",
        "retard",
        "ret\xF0\x9F\xA4\xA1\xF0\x9F\xA4\xA1"
        "ard" },
    { "unsafe\xF0\x9F\xA4\xA1staffing", "unsafe staffing", "unsafe\xF0\x9F\xA4\xA1staffing" },
    { "\xF0\x9F\xA4\xA1r3tard\xF0\x9F\xA4\xA1", "retard", "r3tard" },
};

static void disguises_are_seen_through(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof disguised / sizeof *disguised; i++) {
        struct pv_span span = { 0, 0 };
        const char *term = "";
        if (!find_any(disguised[i].text, &span, &term))
            fail_msg("\"%s\" is not found", disguised[i].text);
        assert_string_equal(term, disguised[i].term);
        assert_bytes(disguised[i].text + span.start, span.end - span.start, disguised[i].found);
    }
}

static const char *const innocent[] = { "Scunthorpe", "Penistone", "snigger", "spick and span",
    "cockatoo", "cockatooo", "raccoon", "raccooon", "Pakistan", "P4kistan", "p a k i s t a n",
    "Llanelli", "Ffion", "Cwmtwrch", "A&E", "B12", "CO2", "10/10", "24/7", "A55", "the A455 to",
    "4th 1st 2nd 3rd", "5pm", "T1", "IT1", "t-t", "g-y", "pa-ki", "co-on", "re-tard", "ass-isted",
    "Band 8a", "COVID-19", "mp3", "a b c d e f", "A B C", "www.git.example", "e.g. i.e. a.m.",
    "J***s S***h", "c******g", "p***", "*****", "####", "------", "f***", "Assess!!!", "Pak!",
    "t.i.e.", "so c o o l", "$100", "7.30", "50/50", "no-one", "ham-fisted", "half-cocked",
    "titan1c5", "g1t2", "1111", "a", "re\xF0\x9F\xA4\xA1", "\xF0\x9F\xA4\xA1",
    "co\xF0\x9F\xA4\xA1op", "gay\xF0\x9F\xA4\xA1", "caf\xC3\xA9" };

static void real_words_survive(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof innocent / sizeof *innocent; i++) {
        struct pv_span span = { 0, 0 };
        const char *term = "";
        if (find_any(innocent[i], &span, &term))
            fail_msg("\"%s\" is taken for \"%s\"", innocent[i], term);
    }
}

static void undisguised_terms_are_none(void **unused)
{
    (void)unused;
    size_t end = 0;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        assert_false(
            pv_disguise_match(terms[i], strlen(terms[i]), terms[i], strlen(terms[i]), 0, &end));
}

/* Characters of one class stand for one another, whichever is in the term. */
static void classes_are_symmetric(void **unused)
{
    (void)unused;
    static const char *const classes[] = { "il1!|", "a4@", "e3", "o0", "s5$", "t7+", "b8", "g9" };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        for (const char *a = classes[i]; *a; a++) {
            for (const char *b = classes[i]; *b; b++) {
                const char term[] = { 'm', 'u', *a, 'm', 'u' }, text[] = { 'm', 'u', *b, 'm', 'u' };
                size_t end = 0;
                assert_int_equal(pv_disguise_match(term, 5, text, 5, 0, &end), *a != *b);
            }
        }
    }
}

static void long_input_is_bounded(void **unused)
{
    (void)unused;
    static char text[1 << 20];
    static const char *const rows[] = { "a ", "a.", "p4", "1a1 ", "****", "iiii" };
    size_t start = 0, end = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const size_t len = strlen(rows[i]);
        for (size_t at = 0; at + len <= sizeof text; at += len)
            memcpy(text + at, rows[i], len);
        size_t words = 0;
        for (size_t from = 0; pv_disguise_next(text, sizeof text, from, &start); from = start + 1) {
            assert_false(pv_disguise_match("bandit", 6, text, sizeof text, start, &end));
            words++;
        }
        assert_true(words < sizeof text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(disguises_are_seen_through),
        cmocka_unit_test(real_words_survive),
        cmocka_unit_test(undisguised_terms_are_none),
        cmocka_unit_test(classes_are_symmetric),
        cmocka_unit_test(long_input_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
