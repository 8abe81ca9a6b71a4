/* test_expand.c: fragments put in, spaces widened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/expand.h"

static const struct {
    const char *name, *pattern;
} fragments[] = {
    { "gap", "[ -]?" },
    { "digits", "\\d{3}{{gap}}\\d{3}" },
    { "other/title", "mr|mrs" },
    { "ring", "a{{ring}}" },
    { "broken", "a{{nothing}}" },
};

static const char *fragment(void *user, const char *name, size_t len)
{
    (void)user;
    for (size_t i = 0; i < sizeof(fragments) / sizeof(fragments[0]); i++)
        if (strlen(fragments[i].name) == len && memcmp(fragments[i].name, name, len) == 0)
            return fragments[i].pattern;
    return NULL;
}

#define GAP "(?:[ \\n]{1,3}+)"

static struct expand_case {
    const char *pattern, *expanded;
    enum pv_expand_status status;
} cases[] = {
    { "abc", "abc", PV_EXPAND_OK },
    { "", "", PV_EXPAND_OK },
    { "nhs number", "nhs" GAP "number", PV_EXPAND_OK },
    { "a ?b", "a" GAP "?b", PV_EXPAND_OK },
    { "[ -]", "[ \\n-]", PV_EXPAND_OK },
    { "[] ]x y", "[] \\n]x" GAP "y", PV_EXPAND_OK },
    { "[(\\[] x", "[(\\[]" GAP "x", PV_EXPAND_OK },
    { "[^] ]x", "[^] \\n]x", PV_EXPAND_OK },
    { "[[:alpha:] ] ", "[[:alpha:] \\n]" GAP, PV_EXPAND_OK },
    { "\\[ \\]", "\\[" GAP "\\]", PV_EXPAND_OK },
    { "\\ x", "\\ x", PV_EXPAND_OK },
    { "(?<=no )x y", "(?<=no[ \\n])x" GAP "y", PV_EXPAND_OK },
    { "(?<!a (?:b c)) d", "(?<!a[ \\n](?:b[ \\n]c))" GAP "d", PV_EXPAND_OK },
    { "(?<name>a b)", "(?<name>a" GAP "b)", PV_EXPAND_OK },
    { "\\d{{gap}}\\d", "\\d(?:[ \\n-]?)\\d", PV_EXPAND_OK },
    { "{{digits}}", "(?:\\d{3}(?:[ \\n-]?)\\d{3})", PV_EXPAND_OK },
    { "(?:{{other/title}})", "(?:(?:mr|mrs))", PV_EXPAND_OK },
    { "x{2}", "x{2}", PV_EXPAND_OK },
    { "x{{nothing}}", NULL, PV_EXPAND_UNKNOWN },
    { "{{broken}}", NULL, PV_EXPAND_UNKNOWN_INSIDE },
    { "{{ring}}", NULL, PV_EXPAND_TOO_DEEP },
};

static void expands(void **state)
{
    const struct expand_case *const c = *state;
    struct pv_buf out = { 0 };
    const char *bad = NULL;
    size_t bad_len = 0;
    assert_int_equal(pv_expand(c->pattern, fragment, NULL, &out, &bad, &bad_len), c->status);
    if (c->expanded) {
        assert_int_equal(out.len, strlen(c->expanded));
        if (out.len)
            assert_memory_equal(out.data, c->expanded, out.len);
    }
    if (c->status == PV_EXPAND_UNKNOWN) {
        assert_int_equal(bad_len, strlen("nothing"));
        assert_memory_equal(bad, "nothing", bad_len);
    }
    pv_buf_release(&out);
}

int main(void)
{
    struct CMUnitTest tests[sizeof(cases) / sizeof(cases[0])];
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        tests[i] = (struct CMUnitTest){ cases[i].pattern, expands, NULL, NULL, &cases[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
