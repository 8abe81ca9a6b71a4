/* Lines and columns. */
#include <stdlib.h>

#include "text/position.h"
#include "text_support.h"

static const struct {
    const char *source;
    size_t byte, line, column;
} cases[] = {
    { "", 0, 1, 1 },
    { "abc", 2, 1, 3 },
    { "abc", 99, 1, 4 },
    { "a\nb", 2, 2, 1 },
    { "a\nb", 1, 1, 2 },
    { "a\r\nb", 1, 1, 2 },
    { "a\r\nb", 2, 1, 3 }, /* between CR and LF: still the first line */
    { "a\r\nb", 3, 2, 1 },
    { "a\rb\rc", 4, 3, 1 },
    { "a\n\n\nb", 4, 4, 1 },
    { "a\r", 2, 2, 1 },
    { "\xEF\xBB\xBF"
      "abc",
        3, 1, 1 },
    { "\xEF\xBB\xBF"
      "abc",
        4, 1, 2 },
    { "\xEF\xBB\xBF"
      "a\nb",
        5, 2, 1 },
    { "x\n\xEF\xBB\xBFy", 5, 2, 2 }, /* only at the start is it a mark */
    { "\xF0\x9F\x98\x80x", 4, 1, 2 },
    { "\xF0\x9F\x98\x80x", 2, 1, 1 }, /* inside a character */
    { "e\xCC\x81x", 3, 1, 3 },        /* a combining mark is a code point */
    { "\xD8\xB9\xD8\xA7 x", 5, 1, 4 },
    { "\tx", 1, 1, 2 },
    { "\xFF\xFEx", 2, 1, 3 }, /* a byte that is not UTF-8 is one */
    { "\xE2\x80x", 2, 1, 3 },
};

static void positions_are_counted(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        postvet_position position = { .byte = cases[i].byte };
        pv_positions(cases[i].source, strlen(cases[i].source), &position, 1);
        assert_int_equal(position.byte, cases[i].byte);
        assert_int_equal(position.line, cases[i].line);
        assert_int_equal(position.column, cases[i].column);
    }
}

static void any_order_gives_the_same(void **unused)
{
    (void)unused;
    const char source[] = "\xEF\xBB\xBFone\r\ntwo \xF0\x9F\x98\x80\n\r\rthree\xFF\n\xC3\xA9";
    const size_t len = sizeof source - 1;
    postvet_position all[64], one;
    uint32_t state = 1;
    for (size_t round = 0; round < 200; round++) {
        for (size_t i = 0; i < 64; i++) {
            state = state * 1664525u + 1013904223u;
            all[i] = (postvet_position){ .byte = (state >> 16) % (len + 2) };
        }
        pv_positions(source, len, all, 64);
        for (size_t i = 0; i < 64; i++) {
            one = (postvet_position){ .byte = all[i].byte };
            pv_positions(source, len, &one, 1);
            assert_int_equal(all[i].line, one.line);
            assert_int_equal(all[i].column, one.column);
        }
    }
}

static void long_lines_are_counted(void **unused)
{
    (void)unused;
    char *const line = malloc(40000);
    assert_non_null(line);
    for (size_t i = 0; i < 40000; i += 2)
        memcpy(line + i, "\xC3\xA9", 2);
    postvet_position position = { .byte = 39998 };
    pv_positions(line, 40000, &position, 1);
    assert_int_equal(position.column, 20000);
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_are_counted),
        cmocka_unit_test(any_order_gives_the_same),
        cmocka_unit_test(long_lines_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
