/* test_trigger.c: which trigger a pattern has, a table; and that triggers are sound: random
 * patterns are matched against random texts, and wherever PCRE2 matches, the trigger must stand in
 * its range, the match must need no more of the text than the trigger says, and the automaton must
 * let it start. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "engine/dfa.h"
#include "engine/pattern.h"
#include "engine/trigger.h"
#include "random.h"

/* --------------------------------------------------------------- the table */

#define GAP "(?:[ \\n]{1,3}+)" /* what a space of a pack becomes */

/* A trigger as text: for each branch its anchor, words with their distances ("nurse" opens a word,
 * "nurse." is all of it; "_2": two gaps at most), then "[bytes]" with theirs ("+": beyond ASCII),
 * then behind "&" the tests; then the reach; "*" is no bound. */
static const struct trigger_case {
    const char *pattern, *trigger;
} cases[] = {
    { "nurse", "[Uu]@1 <5" },
    { "\\bnurse", "nurse@0 <5" },
    { "\\bnurse\\b", "nurse.@0 <5" },
    { "\\bnurses?\\b", "nurse.@0 nurses.@0 <7" },
    { "\\b(?:nurse|midwife)s?\\b", "midwife.@0 midwifes.@0 nurse.@0 nurses.@0 <9" },
    { "\\b(?:staff" GAP ")?nurse\\b", "nurse.@6..9_1 & staff.@0 | nurse.@0 <17" },
    { "the" GAP "ward", "ward@4..7_1 <10" },
    { "\\d{3}[ -]?\\d{3}[ -]?\\d{4}",
        "[0123456789]@0 & [0123456789]@3..4_1 & [0123456789]@5..6_1 & [0123456789]@6..8_2 & "
        "[0123456789]@9..11_2 & [0123456789]@2 <13" },
    { "\\b[a-z]{2}\\d", "[0123456789]@2 <3" },
    { ".", "none" },
    { "\\w+", "none" },
    { "\\w+@\\w+", "[@]@1..* <*" },
    { "x*y", "[XYxy]@0 & [Yy]@0..* <*" },
    { ".{0,40}\\bward\\b", "ward.@0..160_20 <164" },
    { ".*\\bward\\b", "ward.@0..*_* <*" },
    { "(?-i:NHS)", "[Hh]@1 <3" },
    { "(?-i:Q)", "[Qq]@0 <1" },
    { "(?-i:)q", "[Qq]@0 <1" },
    { "(?=.*\\bward\\b)\\w", "ward.@0..*_* <*" },
    { "(?!ward)\\bbay\\b", "bay.@0 <4" },
    { "(?<=ward )bay", "[Bb]@0 <5" },
    { "(?<!ward )\\bbay\\b", "bay.@0 <5" },
    { "\\bbay(?= \\d)", "bay@0 & [0123456789]@4_1 <5" },
    { "(z)\\1\\bq", "[Zz]@0 & q@1..*_* <*" },
    { "(?<q>z)\\k<q>", "[Zz]@0 <*" },
    { "[zq]x", "[QZqz]@0 <2" },
    { "[^a]z", "[Zz]@1..4_1 <5" },
    { "\\bward(?:-bay)+\\b", "ward.@0 & bay@5..8_1 & [-]@4 & bay@5..8_1 <*" },
    { "\\bward\\B", "ward@0 <4" },
    { "^bay$", "bay.@0 <3" },
    { "\\x{e9}", "[+]@0 <4" },
    { "\xC5\xBF"
      "et",
        "[Ss+]@0 & [Tt]@2..5 <6" },
    { "\xE2\x84\xAA", "[Kk+]@0 <4" },
    { "(?-i:\xE2\x84\xAA)", "[+]@0 <4" },
    { "\\x51", "[Qq]@0 <1" },
    { "[^\\h]?\\bward\\b", "ward.@0..4_1 <8" },
    { "[z\\x02]", "[.Zz]@0 <1" },
    { "(?:.{1000}){1001}\\bward\\b", "none" },
    /* Not understood: no trigger. */
    { "\\N{U+5A}", "none" },
    { "z{,3}", "none" },
    { "\\Qz\\E", "none" },
    { "(?|z|q)", "none" },
    { "(z)(?1)", "none" },
    { "\\Xz", "none" },
    { "(?x)z", "none" },
};

static void append_distance(char *out, size_t size, struct pv_distance at)
{
    const size_t len = strlen(out);
    if (at.max == PV_UNBOUNDED)
        snprintf(out + len, size - len, "@%u..*", at.min);
    else if (at.min != at.max)
        snprintf(out + len, size - len, "@%u..%u", at.min, at.max);
    else
        snprintf(out + len, size - len, "@%u", at.min);
    if (at.gaps)
        snprintf(
            out + strlen(out), size - strlen(out), at.gaps == PV_UNBOUNDED ? "_*" : "_%u", at.gaps);
}

static void append_bytes(char *out, size_t size, const struct pv_bytes *set)
{
    size_t len = strlen(out);
    assert_true(len + 128 + 2 < size);
    out[len++] = '[';
    for (unsigned c = 0; c < 0x80; c++)
        if (pv_bytes_has(set, (unsigned char)c))
            out[len++] = c < ' ' ? '.' : (char)c;
    if (pv_bytes_has(set, 0xC3))
        out[len++] = '+'; /* and what is beyond ASCII */
    out[len++] = ']';
    out[len] = '\0';
}

static void append_set(char *out, size_t size, const struct pv_need_set *set, bool each)
{
    for (size_t i = 0; i < set->word_count; i++) {
        const size_t len = strlen(out);
        snprintf(out + len, size - len, "%s%.*s%s", i ? " " : "", (int)set->words[i].len,
            set->words[i].text, set->words[i].whole ? "." : "");
        if (each)
            append_distance(out, size, set->words[i].at);
    }
    if (set->any_bytes)
        append_bytes(out, size, &set->bytes);
    if (!each || set->any_bytes)
        append_distance(out, size, set->at);
}

/* The tests as they are asked when each that holds leads to the next: enough for the table. */
static void append_tests(char *out, size_t size, const struct pv_need_plan *plan, uint32_t first)
{
    for (uint32_t next = first; next < plan->test_count; next = plan->tests[next].yes) {
        snprintf(out + strlen(out), size - strlen(out), " & ");
        append_set(out, size, &plan->tests[next].set, false);
    }
}

static void describe(const struct pv_trigger *t, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; t->has_anchor && i < t->plan.branch_count; i++) {
        snprintf(out + strlen(out), size - strlen(out), "%s", i ? " | " : "");
        append_set(out, size, &t->plan.branches[i].anchor, true);
        append_tests(out, size, &t->plan, t->plan.branches[i].first_test);
    }
    if (!t->has_anchor)
        append_tests(out, size, &t->plan, t->plan.first_test);
    const size_t len = strlen(out);
    if (t->reach == PV_UNBOUNDED)
        snprintf(out + len, size - len, " <*");
    else
        snprintf(out + len, size - len, " <%u", t->reach);
}

static void derives(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pv_arena arena = { NULL };
        struct pv_trigger trigger;
        bool nomem = true;
        char got[512] = "none";
        if (pv_trigger_derive(&arena, cases[i].pattern, strlen(cases[i].pattern), &trigger, &nomem))
            describe(&trigger, got, sizeof(got));
        assert_false(nomem);
        if (strcmp(got, cases[i].trigger) != 0) {
            print_error("%s: \"%s\" is not \"%s\"\n", cases[i].pattern, got, cases[i].trigger);
            wrong++;
        }
        pv_arena_release(&arena);
    }
    assert_int_equal(wrong, 0);
}

/* --------------------------------------------------------------- soundness */

#define TEXT_MAX 96u

static const char *pick(uint64_t *seed, const char *const *choices, size_t count)
{
    return choices[random_below(seed, count)];
}
#define PICK(seed, choices) pick((seed), (choices), sizeof(choices) / sizeof((choices)[0]))

static void add_atom(uint64_t *seed, struct pv_buf *out)
{
    static const char *const atoms[] = { "a", "b", "k", "s", "z", "q", "ab", "kiss", "\\bab",
        "zq\\b", "a-b", "_", "1", "\\b", "\\b", "\\B", "^", "$", ".", "[ab]", "[^a]", "[a-c ]",
        "[kz]", "[^k]", "[-z]", "[]q]", "[^]q]", "\\d", "\\w", "\\W", "\\s", "\\h", "[^\\h]",
        "[^\\v]", "[^\\W]", "[\\w-]", "[^\\s]", GAP, GAP, "-", "\\.", "\\x{e9}", "\xC3\xA9",
        "[\xC3\xA0-\xC8\x80]", "\xC5\xBF", "\xE2\x84\xAA", "[^\xC5\xBF]", "\\x41", "\\p{L}",
        "\\p{Lu}", "(?-i:\\p{Lu})", "(?-i:a)", "(?-i:K)", "(?-i:)", "(?i)", "[[:alpha:]]",
        "[[:digit:] ]", "\\PL", "(?<=a)", "(?<!b)", "(?<= )", "(?<![\\p{L}\\d])", "(?<![\\w-])",
        "(?<![ab\\d])", "(?<![^\\d])", "(?m)", "(?m:^)", "\\A", "\\z", "\\Z", "\\N", "[z\\x02]",
        "\\x02" };
    assert_true(pv_buf_append_str(out, PICK(seed, atoms)));
}

static void add_quantifier(uint64_t *seed, struct pv_buf *out)
{
    static const char *const quantifiers[] = { "", "", "", "", "", "?", "*", "+", "{2}", "{1,3}",
        "{0,2}", "{2,}", "??", "+?", "?+", "{1}", "{0}" };
    assert_true(pv_buf_append_str(out, PICK(seed, quantifiers)));
}

/* No deeper than `depth`. NOLINTNEXTLINE(misc-no-recursion) */
static void add_pattern(uint64_t *seed, struct pv_buf *out, unsigned depth)
{
    static const char *const groups[] = { "(?:", "(?:", "(?:", "(", "(?=", "(?!", "(?>",
        "(?-i:", "(?s:" };
    const size_t parts = 1 + random_below(seed, 4);
    for (size_t i = 0; i < parts; i++) {
        if (depth && random_below(seed, 3) == 0) {
            assert_true(pv_buf_append_str(out, PICK(seed, groups)));
            add_pattern(seed, out, depth - 1);
            while (random_below(seed, 2)) {
                assert_true(pv_buf_append_byte(out, '|'));
                add_pattern(seed, out, depth - 1);
            }
            assert_true(pv_buf_append_byte(out, ')'));
        } else if (random_below(seed, 40) == 0) {
            assert_true(pv_buf_append_str(out, "\\1"));
        } else {
            add_atom(seed, out);
        }
        add_quantifier(seed, out);
    }
}

/* Of the characters that the plain view may hold: no long s, no Kelvin sign. */
static size_t make_text(uint64_t *seed, char text[TEXT_MAX])
{
    static const char *const tokens[] = { "a", "b", "k", "s", "z", "q", "A", "B", "K", "S", "Z",
        "Q", " ", " ", " ", "\n", "  ", "-", "_", "1", ".", "ab", "kiss", "zq", "a-b", "ab ", " ab",
        "\xC3\xA9", "\xC3\x89", "\xC7\x85", "\x02", "\t", "]", "\xE2\x80\x99" };
    const size_t count = random_below(seed, 16);
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        const char *const token = PICK(seed, tokens);
        memcpy(text + len, token, strlen(token));
        len += strlen(token);
    }
    return len;
}

static bool stands_at(const struct pv_need_word *word, const char *text, size_t len, size_t at)
{
    if (at + word->len > len || (at && pv_trigger_is_word(text[at - 1])))
        return false;
    for (size_t i = 0; i < word->len; i++)
        if (((text[at + i] >= 'A' && text[at + i] <= 'Z') ? text[at + i] | 0x20 : text[at + i])
            != word->text[i])
            return false;
    return !word->whole || at + word->len == len || !pv_trigger_is_word(text[at + word->len]);
}

/* Gaps that something crosses from one byte to another that is no blank: blanks that end there. */
static size_t gaps_between(const char *text, size_t from, size_t to)
{
    size_t gaps = 0;
    for (size_t i = from; i < to; i++)
        gaps += (unsigned char)text[i] <= ' ' && (unsigned char)text[i + 1] > ' ';
    return gaps;
}

static bool in_range(const char *text, size_t at, size_t start, struct pv_distance range)
{
    return at >= start && at - start >= range.min
           && (range.max == PV_UNBOUNDED || at - start <= range.max)
           && gaps_between(text, start, at) <= range.gaps;
}

/* Whether a member of the set stands where it should; `each`: each word at its own distance. */
static bool set_stands(
    const struct pv_need_set *set, bool each, const char *text, size_t len, size_t start)
{
    for (size_t at = start; at < len; at++) {
        for (size_t i = 0; i < set->word_count; i++)
            if (in_range(text, at, start, each ? set->words[i].at : set->at)
                && stands_at(&set->words[i], text, len, at))
                return true;
        if (set->any_bytes && in_range(text, at, start, set->at)
            && pv_bytes_has(&set->bytes, (unsigned char)text[at]))
            return true;
    }
    return false;
}

static bool tests_hold(
    const struct pv_need_plan *plan, uint32_t first, const char *text, size_t len, size_t start)
{
    uint32_t next = first;
    while (next < plan->test_count) {
        const struct pv_need_test *const test = &plan->tests[next];
        next = set_stands(&test->set, false, text, len, start) ? test->yes : test->no;
    }
    return next == PV_TEST_HOLDS;
}

static bool trigger_stands(const struct pv_trigger *t, const char *text, size_t len, size_t start)
{
    bool stands = !t->has_anchor;
    for (size_t i = 0; i < t->plan.branch_count && !stands; i++)
        stands = set_stands(&t->plan.branches[i].anchor, true, text, len, start)
                 && tests_hold(&t->plan, t->plan.branches[i].first_test, text, len, start);
    return stands && tests_hold(&t->plan, t->plan.first_test, text, len, start);
}

/* What the matcher leaves behind the reach for assertions to look at. */
#define BEHIND_REACH 8u

/* Whether the match at `start` is the same when the text ends behind the reach. */
static bool reach_holds(const pcre2_code *code, pcre2_match_data *data, const struct pv_trigger *t,
    const char *text, size_t len, size_t start)
{
    if (t->reach == PV_UNBOUNDED || len - start <= t->reach + BEHIND_REACH)
        return true;
    const size_t end = pcre2_get_ovector_pointer(data)[1];
    size_t cut = start + t->reach + BEHIND_REACH;
    while (cut < len && ((unsigned char)text[cut] & 0xC0) == 0x80)
        cut++;
    return pcre2_match(
               code, (PCRE2_SPTR)text, cut, start, PCRE2_ANCHORED | PCRE2_NOTEMPTY, data, NULL)
               > 0
           && pcre2_get_ovector_pointer(data)[1] == end;
}

/* What was counted over all patterns and texts. */
struct counts {
    size_t triggers, matches;
    size_t starts, refused; /* where there is no match, and those that an automaton refused */
};

/* Checks every start of one pattern in one text. */
static void check_text(const pcre2_code *code, pcre2_match_data *data,
    const struct pv_trigger *trigger, const struct pv_buf *dfa, const char *pattern,
    const char *text, size_t len, struct counts *counts)
{
    for (size_t start = 0; start < len; start++) {
        if (((unsigned char)text[start] & 0xC0) == 0x80)
            continue;
        const int rc = pcre2_match(
            code, (PCRE2_SPTR)text, len, start, PCRE2_ANCHORED | PCRE2_NOTEMPTY, data, NULL);
        const bool may_start =
            !dfa->len || pv_dfa_may_start((const unsigned char *)dfa->data, text, len, start);
        counts->starts += rc < 0;
        counts->refused += rc < 0 && !may_start;
        if (rc < 0)
            continue;
        counts->matches++;
        if (may_start && trigger_stands(trigger, text, len, start)
            && reach_holds(code, data, trigger, text, len, start))
            continue;
        char got[1024];
        describe(trigger, got, sizeof(got));
        print_error("/%s/ at %zu of \"%.*s\": not %s%s\n", pattern, start, (int)len, text, got,
            may_start ? "" : ", and the automaton refuses it");
        fail();
    }
}

static void is_sound(void **state)
{
    enum { PATTERNS = 20000, TEXTS = 30 };
    uint64_t seed = 20250601;
    struct counts counts = { 0 };
    pcre2_match_data *const data = pcre2_match_data_create(64, NULL);
    (void)state;
    assert_non_null(data);
    for (size_t i = 0; i < PATTERNS; i++) {
        struct pv_buf pattern = { 0 }, dfa = { 0 };
        struct pv_arena arena = { NULL };
        struct pv_trigger trigger;
        bool nomem;
        int error;
        size_t offset;
        add_pattern(&seed, &pattern, 3);
        assert_true(pv_buf_append_byte(&pattern, '\0'));
        pcre2_code *const code =
            pv_pattern_compile(pattern.data, pattern.len - 1, 0, &error, &offset);
        if (code && pv_trigger_derive(&arena, pattern.data, pattern.len - 1, &trigger, &nomem)) {
            counts.triggers++;
            assert_true(pv_dfa_build(trigger.tree, &dfa));
            for (size_t k = 0; k < TEXTS; k++) {
                char text[TEXT_MAX];
                const size_t len = make_text(&seed, text);
                check_text(code, data, &trigger, &dfa, pattern.data, text, len, &counts);
            }
        }
        pcre2_code_free(code);
        pv_arena_release(&arena);
        pv_buf_release(&pattern);
        pv_buf_release(&dfa);
    }
    print_message("%zu patterns with a trigger, %zu matches, %zu of %zu starts refused\n",
        counts.triggers, counts.matches, counts.refused, counts.starts);
    assert_true(counts.triggers > PATTERNS / 5 && counts.matches > PATTERNS);
    assert_true(counts.refused > counts.starts * 8 / 10);
    pcre2_match_data_free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(derives),
        cmocka_unit_test(is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
