/* test_report.c: masking, and which of several findings stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/mask.h"
#include "report/resolve.h"

static struct mask_case {
    const char *text, *masked, *shown;
} masks[] = {
    { "943 476 5919", "943 *** ****", "943 476 5919" },
    { "03/02/1961", "03/**/****", "03/02/1961" },
    { "FY3 8NR", "FY* ***", "FY3 8NR" },
    { "ab", "**", "ab" },
    { "", "", "" },
    { "a\nb\tc", "a * *", "a b c" },
    { "O'Brien", "O'B****", "O'Brien" },
    { "\xC5\x81ukasz", "\xC5\x81u****", "\xC5\x81ukasz" },
    { "\x1B[31mred", " [31****", " [31mred" },
};

static void masks_text(void **state)
{
    const struct mask_case *const c = *state;
    struct pv_arena arena = { NULL };
    assert_string_equal(pv_mask(&arena, c->text, strlen(c->text), false), c->masked);
    assert_string_equal(pv_mask(&arena, c->text, strlen(c->text), true), c->shown);
    pv_arena_release(&arena);
}

static void masks_cut_long_text(void **state)
{
    struct pv_arena arena = { NULL };
    char text[400];
    (void)state;
    for (size_t i = 0; i < sizeof(text); i += 4)
        memcpy(text + i, "\xF0\x9F\x98\x80", 4);
    const char *const shown = pv_mask(&arena, text, sizeof(text), true);
    assert_int_equal(strlen(shown), PV_EXCERPT_MAX * 4 + 3);
    assert_string_equal(shown + PV_EXCERPT_MAX * 4, "...");
    pv_arena_release(&arena);
}

/* Rule 9 gives way to rule 1 and to pack 7. */
static bool yields(const void *user, uint32_t rule, uint32_t other, uint32_t other_pack)
{
    (void)user;
    return rule == 9 && (other == 1 || other_pack == 7);
}

/* A row is start, end, rule, pack, severity, confidence; `stand` lists the rules that stand. */
static struct resolve_case {
    const char *name;
    size_t count;
    struct pv_candidate candidates[4];
    uint32_t stand[4];
} resolves[] = {
    { "apart", 2,
        { { .source = { 0, 4 }, .rule = 1, .severity = 3, .confidence = 1 },
            { .source = { 4, 8 }, .rule = 2, .severity = 1, .confidence = 1 } },
        { 1, 2 } },
    { "the graver", 2,
        { { .source = { 0, 9 }, .rule = 1, .severity = 1, .confidence = 3 },
            { .source = { 4, 8 }, .rule = 2, .severity = 2, .confidence = 1 } },
        { 2 } },
    { "the surer", 2,
        { { .source = { 0, 9 }, .rule = 1, .severity = 2, .confidence = 1 },
            { .source = { 4, 8 }, .rule = 2, .severity = 2, .confidence = 2 } },
        { 2 } },
    { "what is not weighed", 2,
        { { .source = { 0, 9 }, .rule = 1, .severity = 2, .confidence = 2, .weighed = true },
            { .source = { 4, 8 }, .rule = 2, .severity = 2, .confidence = 2 } },
        { 2 } },
    { "what is not spelled out", 2,
        { { .source = { 0, 9 }, .rule = 1, .severity = 2, .confidence = 2, .spelled = true },
            { .source = { 4, 8 }, .rule = 2, .severity = 2, .confidence = 2 } },
        { 2 } },
    { "the longer", 2,
        { { .source = { 0, 9 }, .rule = 2, .severity = 2, .confidence = 2 },
            { .source = { 4, 8 }, .rule = 1, .severity = 2, .confidence = 2 } },
        { 2 } },
    { "the first rule", 2,
        { { .source = { 0, 9 }, .rule = 2, .severity = 2, .confidence = 2 },
            { .source = { 0, 9 }, .rule = 1, .severity = 2, .confidence = 2 } },
        { 1 } },
    { "other packs both stand", 2,
        { { .source = { 0, 9 }, .rule = 1, .pack = 1, .severity = 2, .confidence = 2 },
            { .source = { 0, 9 }, .rule = 2, .pack = 2, .severity = 3, .confidence = 2 } },
        { 1, 2 } },
    { "yields to a rule", 2,
        { { .source = { 0, 9 }, .rule = 9, .pack = 1, .severity = 3, .confidence = 3 },
            { .source = { 8, 12 }, .rule = 1, .pack = 2, .severity = 1, .confidence = 1 } },
        { 1 } },
    { "yields to a pack", 2,
        { { .source = { 8, 12 }, .rule = 3, .pack = 7, .severity = 1, .confidence = 1 },
            { .source = { 0, 9 }, .rule = 9, .pack = 1, .severity = 3, .confidence = 3 } },
        { 3 } },
    { "a whole-draft finding overlaps its own kind alone", 3,
        { { .source = { 0, 0 }, .rule = 1, .severity = 1, .confidence = 1 },
            { .source = { 0, 0 }, .rule = 2, .severity = 2, .confidence = 1 },
            { .source = { 0, 5 }, .rule = 3, .severity = 1, .confidence = 1 } },
        { 2, 3 } },
    { "one long over two short ones", 3,
        { { .source = { 0, 20 }, .rule = 1, .severity = 3, .confidence = 1 },
            { .source = { 2, 4 }, .rule = 2, .severity = 2, .confidence = 3 },
            { .source = { 15, 18 }, .rule = 3, .severity = 2, .confidence = 3 } },
        { 1 } },
};

static void resolves_overlaps(void **state)
{
    const struct resolve_case *const c = *state;
    struct pv_candidate work[4];
    size_t stand = 0;
    memcpy(work, c->candidates, sizeof(work));
    pv_resolve(work, c->count, yields, NULL);
    for (size_t i = 0; i < c->count; i++)
        if (!work[i].dropped)
            assert_int_equal(work[i].rule, c->stand[stand++]);
    assert_true(stand > 0 && (stand == 4 || c->stand[stand] == 0));
}

int main(void)
{
    enum {
        MASKS = sizeof(masks) / sizeof(masks[0]),
        RESOLVES = sizeof(resolves) / sizeof(resolves[0])
    };
    struct CMUnitTest tests[MASKS + RESOLVES + 1];
    size_t n = 0;
    for (size_t i = 0; i < MASKS; i++)
        tests[n++] = (struct CMUnitTest){ masks[i].masked, masks_text, NULL, NULL, &masks[i] };
    for (size_t i = 0; i < RESOLVES; i++)
        tests[n++] =
            (struct CMUnitTest){ resolves[i].name, resolves_overlaps, NULL, NULL, &resolves[i] };
    tests[n] = (struct CMUnitTest)cmocka_unit_test(masks_cut_long_text);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
