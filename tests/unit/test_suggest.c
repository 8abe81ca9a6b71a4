/* test_suggest.c: which known word a wrong one is taken for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pack/pack.h"

static const char *const names[] = { "pattern", "patterns", "terms", "near", "unless-near", "id",
    "message", "advice", "no-match", "match" };

static struct suggest_case {
    const char *word, *meant; /* NULL: none is near enough */
} cases[] = {
    { "patern", "pattern" },   /* a letter left out */
    { "patttern", "pattern" }, /* one too many */
    { "pattarn", "pattern" },  /* another */
    { "pattren", "pattern" },  /* two swapped */
    { "pattersn", "pattern" }, /* one too many: nearer than the swap that makes "patterns" */
    { "Message", "message" },  /* capitals are no difference */
    { "unless_near", "unless-near" }, { "nomatch", "no-match" }, { "term", "terms" },
    { "naer", "near" }, { "idd", "id" }, { "ix", NULL }, /* half of it differs */
    { "x", NULL },                                       /* a single letter could mean anything */
    { "", NULL }, { "colour", NULL }, { "messengers", NULL }, { "m\xC3\xA9ssage", "message" },
    { "patternpatternpatternpatternpatternpattern", NULL }, /* too long to be a slip */
};

static void suggests(void **state)
{
    const struct suggest_case *const c = *state;
    const char *const meant = pv_did_you_mean(c->word, names, sizeof(names) / sizeof(names[0]));
    if (!c->meant)
        assert_null(meant);
    else {
        assert_non_null(meant);
        assert_string_equal(meant, c->meant);
    }
}

static void suggests_nothing_of_nothing(void **state)
{
    (void)state;
    assert_null(pv_did_you_mean("pattern", NULL, 0));
}

int main(void)
{
    enum { COUNT = sizeof(cases) / sizeof(cases[0]) };
    struct CMUnitTest tests[COUNT + 1];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ cases[i].word, suggests, NULL, NULL, &cases[i] };
    tests[COUNT] = (struct CMUnitTest)cmocka_unit_test(suggests_nothing_of_nothing);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
