/* lint.c: rule by rule, what its record says (tests, scopes), then what its tests show when they
 * are run: whether another rule finds the same, and whether a pattern toils. What is said of cues
 * comes behind the rules of their pack. Steps are PCRE2's own count against a match limit, so that
 * a busy machine makes no rule slow. */
#include "engine/lint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/matcher.h"
#include "engine/selftest.h"

/* What is known of one matcher. */
struct pv_lint_matcher {
    uint32_t rule; /* whose `find` it is, or PV_NONE */
    bool used;     /* some rule or cue leans on it */
    bool slow;     /* and was told to be */
};

struct pv_lint {
    const struct postvet_ruleset *ruleset;
    postvet_lint_fn *fn;
    void *user;
    size_t count;
    struct postvet_scanner scanner;
    struct pv_expectation test;
    struct pv_buf text; /* a test's text over and over */
    struct pv_lint_matcher *matchers;
    bool *covers; /* by rule: it has found all that the rule at hand did */
};

/* ----------------------------------------------------------------- warnings */

static const struct pv_image_matcher *pv_lint_matcher_at(const struct pv_lint *l, uint32_t index)
{
    return pv_matcher_at(&l->scanner, index);
}

#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 5, 0)))
#endif
static void
pv_lint_tell(struct pv_lint *l, const char *pack, const char *rule, const char *cue,
    const char *format, va_list arguments)
{
    char message[256];
    vsnprintf(message, sizeof(message), format, arguments);
    const postvet_lint_warning warning = { pack, rule, cue, message };
    l->count++;
    if (l->fn)
        l->fn(&warning, l->user);
}

#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 3, 4)))
#endif
static void
pv_lint_rule(struct pv_lint *l, uint32_t rule, const char *format, ...)
{
    const postvet_rule_info *const info = &l->ruleset->rules[rule];
    va_list arguments;
    va_start(arguments, format);
    pv_lint_tell(l, info->pack, info->id, NULL, format, arguments);
    va_end(arguments);
}

/* The pack of a cue, whose matcher is named "pack/cue"; NULL for a matcher that is no cue's. */
static const char *pv_pack_of_cue(
    const struct pv_lint *l, const struct pv_image_matcher *m, const char **cue)
{
    const char *const name = pv_image_string(l->ruleset->image, m->name);
    const char *const slash = name ? strchr(name, '/') : NULL;
    for (uint32_t i = 0; slash && i < l->ruleset->image->packs.count; i++) {
        const char *const pack = l->ruleset->packs[i].id;
        if (strlen(pack) == (size_t)(slash - name) && strncmp(pack, name, strlen(pack)) == 0) {
            *cue = slash + 1;
            return pack;
        }
    }
    return NULL;
}

/* A warning about a matcher: its rule's, or its cue's. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 3, 4)))
#endif
static void
pv_lint_matcher(struct pv_lint *l, uint32_t index, const char *format, ...)
{
    const uint32_t rule = l->matchers[index].rule;
    const char *cue = NULL;
    const char *const pack = rule == PV_NONE ? pv_pack_of_cue(l, pv_lint_matcher_at(l, index), &cue)
                                             : l->ruleset->rules[rule].pack;
    va_list arguments;
    va_start(arguments, format);
    if (pack)
        pv_lint_tell(
            l, pack, rule == PV_NONE ? NULL : l->ruleset->rules[rule].id, cue, format, arguments);
    va_end(arguments);
}

/* ------------------------------------------------------- what records show */

static void pv_lint_tests(struct pv_lint *l, uint32_t rule)
{
    const postvet_rule_info *const info = &l->ruleset->rules[rule];
    if (info->example_count < PV_LINT_TESTS_MIN)
        pv_lint_rule(l, rule, "only %zu of its tests must match; write at least %u.",
            info->example_count, PV_LINT_TESTS_MIN);
    if (info->counter_example_count < PV_LINT_TESTS_MIN)
        pv_lint_rule(l, rule, "only %zu of its tests must not match; write at least %u.",
            info->counter_example_count, PV_LINT_TESTS_MIN);
}

static void pv_lint_scopes(struct pv_lint *l, uint32_t rule)
{
    const uint32_t index = pv_ruleset_rule(l->ruleset, rule)->matcher;
    if (index == PV_NONE)
        return;
    const struct pv_image_matcher *const m = pv_lint_matcher_at(l, index);
    if (m->only && !(m->only & ~m->skip))
        pv_lint_rule(l, rule, "it can never match: skip names every scope that only does.");
}

static void pv_lint_gates(struct pv_lint *l, uint32_t matcher)
{
    const struct pv_image_matcher *const m = pv_lint_matcher_at(l, matcher);
    for (uint32_t i = 0; m->kind == PV_MATCHER_PATTERNS && i < m->count; i++)
        if (!pv_has_anchor(PV_IMAGE_ITEM(l->ruleset->image, struct pv_image_pattern,
                l->ruleset->image->patterns, m->first + i)))
            pv_lint_matcher(l, matcher,
                "pattern %u has no gate: it runs over every draft from end to end, since no word "
                "or character stands in all that it matches.",
                i + 1);
}

/* A rule's own patterns run only in the passages where the cues stand that must be near. */
static void pv_lint_rule_gates(struct pv_lint *l, uint32_t rule)
{
    const struct pv_image_rule *const r = pv_ruleset_rule(l->ruleset, rule);
    bool gated = r->matcher == PV_NONE;
    for (uint32_t i = 0; i < r->near.count && !gated; i++) {
        const struct pv_image_near *const near =
            PV_IMAGE_ITEM(l->ruleset->image, struct pv_image_near, r->near, i);
        gated = near->matcher != PV_NONE && near->unit != PV_NEAR_DOCUMENT;
    }
    if (!gated)
        pv_lint_gates(l, r->matcher);
}

/* --------------------------------------------------------- cues leaned on */

static void pv_lint_use_near(struct pv_lint *l, struct pv_range nears)
{
    for (uint32_t i = 0; i < nears.count; i++) {
        const uint32_t matcher =
            PV_IMAGE_ITEM(l->ruleset->image, struct pv_image_near, nears, i)->matcher;
        if (matcher != PV_NONE)
            l->matchers[matcher].used = true;
    }
}

static void pv_lint_use(struct pv_lint *l, struct pv_range indices)
{
    for (uint32_t i = 0; i < indices.count; i++)
        l->matchers[*PV_IMAGE_ITEM(l->ruleset->image, uint32_t, indices, i)].used = true;
}

static void pv_lint_use_adjusts(struct pv_lint *l, struct pv_range adjusts)
{
    for (uint32_t i = 0; i < adjusts.count; i++) {
        const struct pv_image_adjust *const adjust =
            PV_IMAGE_ITEM(l->ruleset->image, struct pv_image_adjust, adjusts, i);
        pv_lint_use_near(l, adjust->near);
        pv_lint_use_near(l, adjust->unless_near);
    }
}

static void pv_lint_note_uses(struct pv_lint *l)
{
    const struct pv_image *const image = l->ruleset->image;
    pv_lint_use(l, image->members);
    for (uint32_t i = 0; i < image->packs.count; i++) {
        const struct pv_image_pack *const pack =
            PV_IMAGE_ITEM(image, struct pv_image_pack, image->packs, i);
        pv_lint_use_near(l, pack->unless_near);
        pv_lint_use_adjusts(l, pack->adjust);
    }
    for (uint32_t i = 0; i < image->rules.count; i++) {
        const struct pv_image_rule *const rule = pv_ruleset_rule(l->ruleset, i);
        if (rule->matcher != PV_NONE)
            l->matchers[rule->matcher].rule = i;
        pv_lint_use_near(l, rule->near);
        pv_lint_use_near(l, rule->unless_near);
        pv_lint_use(l, rule->have);
        pv_lint_use(l, rule->lack);
        pv_lint_use(l, rule->together);
        pv_lint_use_adjusts(l, rule->adjust);
    }
}

/* A cue of cues is left out: the image keeps what it stands for, not who named it. So is a pack
 * of cues alone, which is there for others. */
static void pv_lint_unused(struct pv_lint *l, uint32_t matcher, bool has_rules)
{
    if (has_rules && !l->matchers[matcher].used && l->matchers[matcher].rule == PV_NONE
        && pv_lint_matcher_at(l, matcher)->kind != PV_MATCHER_ANY)
        pv_lint_matcher(l, matcher, "no rule or cue leans on it.");
}

/* --------------------------------------------------------- what tests show */

/* Takes up a text as the draft of a test. Patterns stay with PCRE2's interpreter, whose steps are
 * what counts. */
static bool pv_lint_read(
    struct pv_lint *l, const struct pv_buf *text, const struct pv_image_test *test)
{
    const postvet_scan_options options = pv_test_options(test);
    memset(l->scanner.runs, 0, l->ruleset->image->patterns.count * sizeof(*l->scanner.runs));
    return pv_scanner_read(&l->scanner, text->data ? text->data : "", text->len, &options);
}

/* Whether `other` would stand in the report in place of `hit`. */
static bool pv_outdoes(const struct pv_rule_hit *other, const struct pv_rule_hit *hit)
{
    return other->start == hit->start && other->end == hit->end && other->whole == hit->whole
           && (other->severity > hit->severity
               || (other->severity == hit->severity && other->confidence >= hit->confidence));
}

static bool pv_outdoes_all(const struct pv_rule_hit *others, size_t other_count,
    const struct pv_rule_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool outdone = false;
        for (size_t k = 0; k < other_count && !outdone; k++)
            outdone = pv_outdoes(&others[k], &hits[i]);
        if (!outdone)
            return false;
    }
    return true;
}

/* Strikes out of l->covers who does not find in the draft at hand all that `rule` does. False when
 * out of memory; *found is set when the rule finds anything. */
static bool pv_lint_strike(
    struct pv_lint *l, uint32_t rule, const struct pv_image_test *test, bool *found)
{
    const struct pv_rule_hit *hits = NULL;
    size_t count = 0;
    if (!pv_scanner_rule(&l->scanner, rule, &hits, &count))
        return false;
    *found = *found || count > 0;
    for (uint32_t i = 0; count && i < l->ruleset->image->rules.count; i++) {
        const struct pv_rule_hit *others = NULL;
        size_t other_count = 0;
        if (!l->covers[i])
            continue;
        if (pv_test_applies(pv_ruleset_rule(l->ruleset, i), test)
            && !pv_scanner_rule(&l->scanner, i, &others, &other_count))
            return false;
        l->covers[i] = pv_outdoes_all(others, other_count, hits, count);
    }
    return true;
}

static bool pv_lint_overlap(struct pv_lint *l, uint32_t rule)
{
    const struct pv_image *const image = l->ruleset->image;
    const struct pv_image_rule *const r = pv_ruleset_rule(l->ruleset, rule);
    bool found = false;
    for (uint32_t i = 0; i < image->rules.count; i++)
        l->covers[i] = i != rule && pv_ruleset_rule(l->ruleset, i)->pack == r->pack
                       && l->ruleset->applies[i] && !pv_ruleset_rule_weighs(l->ruleset, i);
    for (uint32_t i = 0; i < r->tests.count; i++) {
        const struct pv_image_test *const test =
            PV_IMAGE_ITEM(image, struct pv_image_test, r->tests, i);
        if (!test->must_match || !pv_test_applies(r, test))
            continue;
        if (!pv_expectation_read(&l->test, image, test) || !pv_lint_read(l, &l->test.text, test)
            || !pv_lint_strike(l, rule, test, &found))
            return false;
    }
    for (uint32_t i = 0; found && i < image->rules.count; i++)
        if (l->covers[i])
            pv_lint_rule(l, rule,
                "all that its tests find the rule %s finds, too, as gravely and as surely.",
                l->ruleset->rules[i].id);
    return true;
}

/* Tells the matchers that gave up on the draft at hand. */
static void pv_lint_tell_slow(struct pv_lint *l)
{
    for (uint32_t i = 0; i < l->ruleset->image->matchers.count; i++) {
        if (!l->scanner.hits[i].gave_up || l->matchers[i].slow)
            continue;
        l->matchers[i].slow = true;
        pv_lint_matcher(l, i,
            "it is slow: on a text made of the tests PCRE2 takes more than %u steps from one "
            "place.",
            PV_LINT_STEPS_MAX);
    }
}

static bool pv_lint_toil(struct pv_lint *l, uint32_t rule)
{
    const struct pv_image *const image = l->ruleset->image;
    const struct pv_range tests = pv_ruleset_rule(l->ruleset, rule)->tests;
    for (uint32_t i = 0; i < tests.count; i++) {
        const struct pv_image_test *const test =
            PV_IMAGE_ITEM(image, struct pv_image_test, tests, i);
        const struct pv_rule_hit *hits;
        size_t count;
        pv_buf_clear(&l->text);
        if (!pv_expectation_read(&l->test, image, test))
            return false;
        while (l->text.len < PV_LINT_TEXT_BYTES)
            if (!pv_buf_append(&l->text, l->test.text.data, l->test.text.len)
                || !pv_buf_append_byte(&l->text, ' '))
                return false;
        if (!pv_lint_read(l, &l->text, test) || !pv_scanner_rule(&l->scanner, rule, &hits, &count))
            return false;
        pv_lint_tell_slow(l);
    }
    return true;
}

/* ---------------------------------------------------------------------- all */

static bool pv_lint_rules(struct pv_lint *l, uint32_t pack, bool *has_rules)
{
    *has_rules = false;
    for (uint32_t i = 0; i < l->ruleset->image->rules.count; i++) {
        const struct pv_image_rule *const rule = pv_ruleset_rule(l->ruleset, i);
        if (rule->pack != pack)
            continue;
        *has_rules = true;
        pv_lint_tests(l, i);
        pv_lint_scopes(l, i);
        pv_lint_rule_gates(l, i);
        pcre2_set_match_limit(l->scanner.match_context, POSTVET_MATCH_MAX);
        if (!pv_lint_overlap(l, i))
            return false;
        pcre2_set_match_limit(l->scanner.match_context, PV_LINT_STEPS_MAX);
        if (!pv_lint_toil(l, i))
            return false;
    }
    return true;
}

static void pv_lint_cues(struct pv_lint *l, uint32_t pack, bool has_rules)
{
    for (uint32_t i = 0; i < l->ruleset->image->matchers.count; i++) {
        const char *cue;
        const char *const own = pv_pack_of_cue(l, pv_lint_matcher_at(l, i), &cue);
        if (l->matchers[i].rule != PV_NONE || own != l->ruleset->packs[pack].id)
            continue;
        pv_lint_gates(l, i);
        pv_lint_unused(l, i, has_rules);
    }
}

bool pv_lint(
    const struct postvet_ruleset *ruleset, postvet_lint_fn *on_warning, void *user, size_t *count)
{
    const struct pv_image *const image = ruleset->image;
    struct pv_lint l = { .ruleset = ruleset, .fn = on_warning, .user = user };
    bool ok = pv_scanner_init(&l.scanner, ruleset);
    l.matchers = calloc(image->matchers.count + 1u, sizeof(*l.matchers));
    l.covers = calloc(image->rules.count + 1u, sizeof(*l.covers));
    ok = ok && l.matchers && l.covers;
    for (uint32_t i = 0; ok && i < image->matchers.count; i++)
        l.matchers[i].rule = PV_NONE;
    if (ok)
        pv_lint_note_uses(&l);
    for (uint32_t i = 0; ok && i < image->packs.count; i++) {
        bool has_rules;
        ok = pv_lint_rules(&l, i, &has_rules);
        if (ok)
            pv_lint_cues(&l, i, has_rules);
    }
    *count = l.count;
    free(l.covers);
    free(l.matchers);
    pv_buf_release(&l.text);
    pv_expectation_release(&l.test);
    pv_scanner_release(&l.scanner);
    return ok;
}
