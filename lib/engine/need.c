/* need.c: a set keeps its words sorted, each once. Rates decide what is worth looking for: they are
 * guesses (frequency.h), and a bad one costs time, never a match. Walks over a need go no deeper
 * than the tree of the pattern that it comes from, which has a limit (PV_REGEX_DEPTH_MAX). */
#include "engine/need.h"

#include <stdlib.h>
#include <string.h>

#include "engine/frequency.h"

/* Looking at a place costs as much as trying a match at this many starts. */
#define PLACE_COST 12.0

/* A range without an end is taken to have this many bytes. */
#define OPEN_RANGE 400.0

/* A test that would hold more often than this is left out. */
#define TEST_CHANCE_MAX 0.6

/* Tests of one branch; what would be more is taken to hold. */
#define BRANCH_TESTS_MAX 48u

/* A need with more branches is looked for by one set of words. */
#define BRANCHES_MAX 96u

/* Whether any of so many parts may hold is tested before they are. */
#define MANY_PARTS 3u

/* One of several needs of more parts is made one set. */
#define PARTS_MAX 96u

/* Bytes that stand in a byte of text more often tell nothing. */
#define BYTES_RATE_MAX 0.15

/* Ranges of a word that are nearer to one another than this are made one. */
#define NEAR_RANGES 16u

uint32_t pv_add_widths(uint32_t a, uint32_t b)
{
    return a == PV_UNBOUNDED || b == PV_UNBOUNDED || a + b < a ? PV_UNBOUNDED : a + b;
}

struct pv_distance pv_distance_sum(struct pv_distance a, struct pv_distance b)
{
    return (struct pv_distance){ pv_add_widths(a.min, b.min), pv_add_widths(a.max, b.max),
        pv_add_widths(a.gaps, b.gaps) };
}

struct pv_distance pv_distance_union(struct pv_distance a, struct pv_distance b)
{
    return (struct pv_distance){ pv_lesser(a.min, b.min), pv_greater(a.max, b.max),
        pv_greater(a.gaps, b.gaps) };
}

/* Bytes of prose that a thing at this distance may be looked for in, roughly. */
static double width(struct pv_distance at)
{
    const double bytes = at.max == PV_UNBOUNDED ? OPEN_RANGE : at.max - at.min + 1.0;
    const double words = at.gaps == PV_UNBOUNDED ? OPEN_RANGE : PV_BYTES_A_WORD * (at.gaps + 1.0);
    return bytes < words ? bytes : words;
}

static double word_rate(const struct pv_need_word *word)
{
    return pv_word_rate(word->text, word->len, word->whole);
}

static double bytes_rate(const struct pv_bytes *bytes)
{
    double rate = 0;
    for (unsigned c = 0; c < 256; c++)
        if (!bytes->bits[c / 32])
            c += 31; /* none of these */
        else if (pv_bytes_has(bytes, (unsigned char)c))
            rate += pv_byte_rate((unsigned char)c);
    return rate;
}

static const struct pv_distance nowhere = { 0, 0, 0 };

/* -------------------------------------------------------------------- sets */

bool pv_need_room(struct pv_need_maker *maker, struct pv_need_set *set, size_t count)
{
    set->words = pv_arena_calloc(maker->arena, count + 1, sizeof(*set->words));
    set->word_count = 0;
    maker->nomem = maker->nomem || !set->words;
    return set->words != NULL;
}

void pv_need_add_word(struct pv_need_set *set, const struct pv_need_word *word)
{
    set->words[set->word_count++] = *word;
}

static void add_bytes(struct pv_need_set *set, const struct pv_bytes *bytes, struct pv_distance at)
{
    for (size_t i = 0; i < 8; i++)
        set->bytes.bits[i] |= bytes->bits[i];
    set->at = set->any_bytes ? pv_distance_union(set->at, at) : at;
    set->any_bytes = true;
}

void pv_need_add_byte(struct pv_need_set *set, char byte, struct pv_distance at)
{
    struct pv_bytes bytes = { { 0 } };
    pv_bytes_add(&bytes, (unsigned char)byte);
    if (byte >= 'a' && byte <= 'z')
        pv_bytes_add(&bytes, (unsigned char)(byte & ~0x20));
    add_bytes(set, &bytes, at);
}

static int compare_words(const void *left, const void *right)
{
    const struct pv_need_word *const a = left, *const b = right;
    const int order = memcmp(a->text, b->text, pv_lesser(a->len, b->len));
    if (order)
        return order;
    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    if (a->whole != b->whole)
        return a->whole ? 1 : -1;
    if (a->at.min != b->at.min)
        return a->at.min < b->at.min ? -1 : 1;
    if (a->at.max != b->at.max)
        return a->at.max < b->at.max ? -1 : 1;
    return a->at.gaps < b->at.gaps ? -1 : a->at.gaps > b->at.gaps;
}

/* Whether `known`, its range made wider where that costs little, stands wherever `word` does. */
static bool takes_in(struct pv_need_word *known, const struct pv_need_word *word)
{
    const bool begins = known->len <= word->len && memcmp(known->text, word->text, known->len) == 0;
    const bool covers = begins && (!known->whole || (word->whole && known->len == word->len));
    if (!covers || word->at.min > pv_add_widths(known->at.max, NEAR_RANGES)
        || known->at.min > pv_add_widths(word->at.max, NEAR_RANGES))
        return false;
    known->at = pv_distance_union(known->at, word->at);
    return true;
}

static void sort_words(struct pv_need_set *set)
{
    size_t kept = 0;
    if (set->word_count > 1)
        qsort(set->words, set->word_count, sizeof(*set->words), compare_words);
    for (size_t i = 0; i < set->word_count; i++)
        if (!kept || !takes_in(&set->words[kept - 1], &set->words[i]))
            set->words[kept++] = set->words[i];
    set->word_count = kept;
}

/* Adds the words and bytes of `other`, further on; there is room. */
static void add_set(struct pv_need_set *set, const struct pv_need_set *other, struct pv_distance by)
{
    for (size_t i = 0; i < other->word_count; i++) {
        struct pv_need_word word = other->words[i];
        word.at = pv_distance_sum(word.at, by);
        pv_need_add_word(set, &word);
    }
    if (other->any_bytes)
        add_bytes(set, &other->bytes, pv_distance_sum(other->at, by));
}

/* ------------------------------------------------------------------- needs */

static struct pv_need *new_need(
    struct pv_need_maker *maker, enum pv_need_kind kind, size_t child_count)
{
    struct pv_need *const need = pv_arena_calloc(maker->arena, 1, sizeof(*need));
    const struct pv_need **const children =
        need ? pv_arena_calloc(maker->arena, child_count + 1, sizeof(*children)) : NULL;
    if (!children) {
        maker->nomem = true;
        return NULL;
    }
    need->kind = kind;
    need->children = children;
    return need;
}

static void add_child(struct pv_need *need, const struct pv_need *child)
{
    need->children[need->child_count++] = child;
}

const struct pv_need *pv_need_of_set(struct pv_need_maker *maker, const struct pv_need_set *set)
{
    if (set->any_bytes ? bytes_rate(&set->bytes) > BYTES_RATE_MAX : !set->word_count)
        return NULL;
    struct pv_need *const need = new_need(maker, PV_NEED_SET, 0);
    if (!need)
        return NULL;
    need->set = *set;
    sort_words(&need->set);
    return need;
}

const struct pv_need *pv_need_shifted(
    struct pv_need_maker *maker, const struct pv_need *need, struct pv_distance by)
{
    if (!need || (!by.max && !by.gaps))
        return need;
    struct pv_need *const shifted = new_need(maker, need->kind, 0);
    if (!shifted)
        return NULL;
    *shifted = *need;
    shifted->shift = pv_distance_sum(need->shift, by);
    return shifted;
}

const struct pv_need *pv_need_all(
    struct pv_need_maker *maker, const struct pv_need *a, const struct pv_need *b)
{
    if (!a || !b)
        return a ? a : b;
    const bool grows = a->kind == PV_NEED_ALL && !a->shift.max && !a->shift.gaps;
    struct pv_need *const all = new_need(maker, PV_NEED_ALL, (grows ? a->child_count : 1) + 1);
    if (!all)
        return NULL;
    for (size_t i = 0; grows && i < a->child_count; i++)
        add_child(all, a->children[i]);
    if (!grows)
        add_child(all, a);
    add_child(all, b);
    return all;
}

/* NOLINTBEGIN(misc-no-recursion) */

/* Places to look at, in a byte of text, for a need that starts somewhere `from` the match. */
static double cost_of(const struct pv_need *need, struct pv_distance from)
{
    double cost = 0;
    from = pv_distance_sum(from, need->shift);
    switch (need->kind) {
    case PV_NEED_SET:
        for (size_t i = 0; i < need->set.word_count; i++)
            cost += word_rate(&need->set.words[i])
                    * (PLACE_COST + width(pv_distance_sum(from, need->set.words[i].at)));
        if (need->set.any_bytes)
            cost += bytes_rate(&need->set.bytes)
                    * (PLACE_COST + width(pv_distance_sum(from, need->set.at)));
        return cost;
    case PV_NEED_ONE:
        for (size_t i = 0; i < need->child_count; i++)
            cost += cost_of(need->children[i], from);
        return cost;
    case PV_NEED_ALL:
    default:
        cost = 1e9;
        for (size_t i = 0; i < need->child_count; i++) {
            const double child = cost_of(need->children[i], from);
            cost = child < cost ? child : cost;
        }
        return cost;
    }
}

/* The part of an ALL that costs least where it stands. */
static const struct pv_need *best_child(const struct pv_need *all, struct pv_distance from)
{
    const struct pv_need *best = NULL;
    double least = 0;
    for (size_t i = 0; i < all->child_count; i++) {
        const double cost = cost_of(all->children[i], from);
        if (!best || cost < least) {
            best = all->children[i];
            least = cost;
        }
    }
    return best;
}

/* Words of the sets that an anchor is made of. */
static size_t count_words(const struct pv_need *need, struct pv_distance from)
{
    size_t count = 0;
    from = pv_distance_sum(from, need->shift);
    if (need->kind == PV_NEED_SET)
        return need->set.word_count;
    if (need->kind == PV_NEED_ALL)
        return count_words(best_child(need, from), from);
    for (size_t i = 0; i < need->child_count; i++)
        count += count_words(need->children[i], from);
    return count;
}

static void gather(struct pv_need_set *set, const struct pv_need *need, struct pv_distance from)
{
    from = pv_distance_sum(from, need->shift);
    if (need->kind == PV_NEED_SET)
        add_set(set, &need->set, from);
    else if (need->kind == PV_NEED_ALL)
        gather(set, best_child(need, from), from);
    for (size_t i = 0; need->kind == PV_NEED_ONE && i < need->child_count; i++)
        gather(set, need->children[i], from);
}

/* NOLINTEND(misc-no-recursion) */

/* The set of a need's best parts. False when it would be too large. */
static bool set_of(struct pv_need_maker *maker, const struct pv_need *need, struct pv_need_set *set)
{
    *set = (struct pv_need_set){ .words = NULL };
    const size_t count = count_words(need, nowhere);
    if (count > PV_NEED_WORDS_MAX || !pv_need_room(maker, set, count))
        return false;
    gather(set, need, nowhere);
    sort_words(set);
    return true;
}

/* All that are sets, or may be made sets, as one. NULL when that would be too large. */
static const struct pv_need *united(
    struct pv_need_maker *maker, const struct pv_need *const *needs, size_t count, bool sets_alone)
{
    struct pv_need *const one = new_need(maker, PV_NEED_ONE, count);
    struct pv_need_set set;
    for (size_t i = 0; one && i < count; i++)
        if (!sets_alone || needs[i]->kind == PV_NEED_SET)
            add_child(one, needs[i]);
    return one && one->child_count && set_of(maker, one, &set) ? pv_need_of_set(maker, &set) : NULL;
}

const struct pv_need *pv_need_one(
    struct pv_need_maker *maker, const struct pv_need *const *needs, size_t count)
{
    size_t sets = 0;
    for (size_t i = 0; i < count; i++) {
        if (!needs[i])
            return NULL;
        sets += needs[i]->kind == PV_NEED_SET;
    }
    if (sets == count || count - sets > PARTS_MAX)
        return united(maker, needs, count, false);
    struct pv_need *const one = new_need(maker, PV_NEED_ONE, count - sets + 1);
    const struct pv_need *const set = sets ? united(maker, needs, count, true) : NULL;
    if (!one || (sets && !set))
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (needs[i]->kind != PV_NEED_SET)
            add_child(one, needs[i]);
    if (set)
        add_child(one, set);
    return one->child_count == 1 ? one->children[0] : one;
}

/* ------------------------------------------------------------------- tests */

/* A plan in the making. Each test comes after those that it leads to. */
struct planner {
    struct pv_need_maker *maker;
    struct pv_need_plan *plan;
    uint32_t limit; /* of tests, for this branch */
};

/* A need and how often it holds. */
struct chance {
    const struct pv_need *need;
    double chance;
    size_t order;
};

static int compare_chances(const void *left, const void *right)
{
    const struct chance *const a = left, *const b = right;
    if (a->chance != b->chance)
        return a->chance < b->chance ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Where all of a set lies. */
static struct pv_distance set_at(const struct pv_need_set *set)
{
    struct pv_distance at = set->any_bytes ? set->at : set->words[0].at;
    for (size_t i = 0; i < set->word_count; i++)
        at = pv_distance_union(at, set->words[i].at);
    return at;
}

/* NOLINTBEGIN(misc-no-recursion) */

static double chance_of(const struct pv_need *need, struct pv_distance from)
{
    double chance = need->kind == PV_NEED_ALL ? 1 : 0;
    from = pv_distance_sum(from, need->shift);
    switch (need->kind) {
    case PV_NEED_SET:
        chance = need->set.any_bytes ? bytes_rate(&need->set.bytes) : 0;
        for (size_t i = 0; i < need->set.word_count; i++)
            chance += word_rate(&need->set.words[i]);
        chance *= width(pv_distance_sum(from, set_at(&need->set)));
        break;
    case PV_NEED_ALL:
        for (size_t i = 0; i < need->child_count; i++)
            chance *= chance_of(need->children[i], from);
        break;
    case PV_NEED_ONE:
    default:
        for (size_t i = 0; i < need->child_count; i++)
            chance += chance_of(need->children[i], from);
        break;
    }
    return chance < 1 ? chance : 1;
}

/* Writes one test before those of the parts of a ONE, which begin at `yes`: whether any word or
 * byte of their best sets is there at all. */
static uint32_t add_union(struct planner *p, const struct pv_need *one, struct pv_distance from,
    uint32_t yes, uint32_t no)
{
    struct pv_need_set set;
    if (p->plan->test_count >= p->limit || yes == PV_TEST_HOLDS || !set_of(p->maker, one, &set))
        return yes;
    struct pv_need_test *const test = &p->plan->tests[p->plan->test_count];
    *test = (struct pv_need_test){ .set = set, .yes = yes, .no = no };
    test->set.at = pv_distance_sum(from, set_at(&set));
    return p->plan->test_count++;
}

/* Writes the tests of a need; where it holds they lead to `yes`. Returns where they begin: `yes`
 * itself when the need is not worth a test. */
static uint32_t add_tests(struct planner *p, const struct pv_need *need, struct pv_distance from,
    uint32_t yes, uint32_t no)
{
    const struct pv_distance outer = from;
    from = pv_distance_sum(from, need->shift);
    if (p->maker->nomem)
        return yes;
    if (need->kind == PV_NEED_SET) {
        if (p->plan->test_count >= p->limit)
            return yes;
        struct pv_need_test *const test = &p->plan->tests[p->plan->test_count];
        *test = (struct pv_need_test){ .set = need->set, .yes = yes, .no = no };
        test->set.at = pv_distance_sum(from, set_at(&need->set));
        return p->plan->test_count++;
    }
    /* The likeliest to decide is tested first, and so written last. */
    const bool all = need->kind == PV_NEED_ALL;
    struct chance *const sorted =
        pv_arena_calloc(p->maker->arena, need->child_count + 1, sizeof(*sorted));
    if (!sorted) {
        p->maker->nomem = true;
        return yes;
    }
    for (size_t i = 0; i < need->child_count; i++)
        sorted[i] = (struct chance){ need->children[i], chance_of(need->children[i], from), i };
    qsort(sorted, need->child_count, sizeof(*sorted), compare_chances);
    uint32_t entry = all ? yes : no;
    for (size_t i = need->child_count; all && i > 0; i--)
        if (sorted[i - 1].chance <= TEST_CHANCE_MAX)
            entry = add_tests(p, sorted[i - 1].need, from, entry, no);
    for (size_t i = 0; !all && i < need->child_count; i++)
        entry = add_tests(p, sorted[i].need, from, yes, entry);
    return all || need->child_count < MANY_PARTS ? entry : add_union(p, need, outer, entry, no);
}

/* ---------------------------------------------------------------- branches */

/* The tests of a need for one branch. */
static uint32_t add_branch_tests(struct planner *p, const struct pv_need *need)
{
    if (!need)
        return PV_TEST_HOLDS;
    p->limit = p->plan->test_count + BRANCH_TESTS_MAX;
    if (p->limit > PV_NEED_TESTS_MAX)
        p->limit = PV_NEED_TESTS_MAX;
    return add_tests(p, need, nowhere, PV_TEST_HOLDS, PV_TEST_FAILS);
}

static size_t count_branches(const struct pv_need *need, struct pv_distance from)
{
    size_t count = 0;
    from = pv_distance_sum(from, need->shift);
    if (need->kind == PV_NEED_SET)
        return 1;
    if (need->kind == PV_NEED_ALL)
        return count_branches(best_child(need, from), from);
    for (size_t i = 0; i < need->child_count; i++)
        count += count_branches(need->children[i], from);
    return count;
}

/* Adds the branches of a need; `rest` is what must hold beside it. */
static void add_branches(struct planner *p, const struct pv_need *need, struct pv_distance from,
    const struct pv_need *rest)
{
    const struct pv_need *best = NULL;
    from = pv_distance_sum(from, need->shift);
    switch (need->kind) {
    case PV_NEED_ALL:
        best = best_child(need, from);
        for (size_t i = 0; i < need->child_count; i++)
            if (need->children[i] != best)
                rest =
                    pv_need_all(p->maker, rest, pv_need_shifted(p->maker, need->children[i], from));
        add_branches(p, best, from, rest);
        break;
    case PV_NEED_ONE:
        for (size_t i = 0; i < need->child_count; i++)
            add_branches(p, need->children[i], from, rest);
        break;
    case PV_NEED_SET:
    default: {
        struct pv_need_branch *const branch = &p->plan->branches[p->plan->branch_count++];
        if (!pv_need_room(p->maker, &branch->anchor, need->set.word_count))
            return;
        add_set(&branch->anchor, &need->set, from);
        branch->first_test = add_branch_tests(p, rest);
        break;
    }
    }
}

/* NOLINTEND(misc-no-recursion) */

bool pv_need_plan(
    struct pv_need_maker *maker, const struct pv_need *need, struct pv_need_plan *plan)
{
    struct planner p = { .maker = maker, .plan = plan };
    *plan = (struct pv_need_plan){ .first_test = PV_TEST_HOLDS };
    if (!need)
        return false;
    size_t count = count_branches(need, nowhere);
    const bool many = count > BRANCHES_MAX;
    count = many ? 1 : count;
    plan->tests = pv_arena_calloc(maker->arena, PV_NEED_TESTS_MAX, sizeof(*plan->tests));
    plan->branches = pv_arena_calloc(maker->arena, count, sizeof(*plan->branches));
    maker->nomem = maker->nomem || !plan->tests || !plan->branches;
    if (maker->nomem)
        return false;
    plan->cost = cost_of(need, nowhere);
    if (chance_of(need, nowhere) <= TEST_CHANCE_MAX)
        plan->first_test = add_branch_tests(&p, need);
    if (!many) {
        add_branches(&p, need, nowhere, NULL);
    } else if (set_of(maker, need, &plan->branches[0].anchor)) {
        plan->branches[0].first_test = plan->first_test;
        plan->branch_count = 1;
    }
    return !maker->nomem && plan->branch_count;
}
