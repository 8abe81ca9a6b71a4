/* need.h: what must stand in the text wherever a pattern matches, as a tree: one word or byte of a
 * set, all of several needs, or one of several. NULL is the need of nothing. Needs live in an
 * arena, never change once made, and may stand in several others. */
#ifndef PV_ENGINE_NEED_H
#define PV_ENGINE_NEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "engine/regex.h"

/* A word is cut to this many bytes: more would tell little more. */
#define PV_NEED_WORD_MAX 24

/* A set of words grows to no more than this. */
#define PV_NEED_WORDS_MAX 8192u

/* How far one thing lies behind another: at least `min` and at most `max` bytes, and no more than
 * `gaps` stretches of blanks between. The last two may be PV_UNBOUNDED. Patterns are written in
 * words, and no word holds a blank: of the two bounds `gaps` is nearly always the narrower one. */
struct pv_distance {
    uint32_t min, max, gaps;
};

/* A word of ASCII letters and digits, in lower case; what stands before it in the
 * text is none of these. `whole`: what stands behind it is none either. */
struct pv_need_word {
    char text[PV_NEED_WORD_MAX];
    uint32_t len;
    bool whole;
    struct pv_distance at; /* from the start of a match */
};

/* Words and bytes of which one stands there. */
struct pv_need_set {
    struct pv_need_word *words;
    size_t word_count;
    struct pv_bytes bytes;
    bool any_bytes;
    struct pv_distance at; /* from the start of a match to such a byte */
};

enum pv_need_kind { PV_NEED_SET, PV_NEED_ALL, PV_NEED_ONE };

struct pv_need {
    enum pv_need_kind kind;
    struct pv_distance shift; /* to be added to all distances below */
    struct pv_need_set set;
    const struct pv_need **children;
    size_t child_count;
};

/* Where needs are made. */
struct pv_need_maker {
    struct pv_arena *arena;
    bool nomem; /* what was made since is NULL: a need of nothing is never wrong */
};

static inline uint32_t pv_lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static inline uint32_t pv_greater(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

uint32_t pv_add_widths(uint32_t a, uint32_t b);
struct pv_distance pv_distance_sum(struct pv_distance a, struct pv_distance b);

/* The narrowest that takes in both. */
struct pv_distance pv_distance_union(struct pv_distance a, struct pv_distance b);

/* One of a set; takes the set as it is. NULL for one that tells nothing: an empty one, or bytes of
 * which one stands nearly everywhere. */
const struct pv_need *pv_need_of_set(struct pv_need_maker *maker, const struct pv_need_set *set);

/* The same need, further on. */
const struct pv_need *pv_need_shifted(
    struct pv_need_maker *maker, const struct pv_need *need, struct pv_distance by);

/* Both. */
const struct pv_need *pv_need_all(
    struct pv_need_maker *maker, const struct pv_need *a, const struct pv_need *b);

/* One of them; NULL when one of them is the need of nothing. */
const struct pv_need *pv_need_one(
    struct pv_need_maker *maker, const struct pv_need *const *needs, size_t count);

/* Room for `count` words. */
bool pv_need_room(struct pv_need_maker *maker, struct pv_need_set *set, size_t count);

/* Adds a word for which there is room, or a byte (a letter in either case). */
void pv_need_add_word(struct pv_need_set *set, const struct pv_need_word *word);
void pv_need_add_byte(struct pv_need_set *set, char byte, struct pv_distance at);

/* Whether a need holds is found by testing sets one after another; each test says which one is next
 * if it holds and if it does not. */
#define PV_TEST_HOLDS (UINT32_MAX - 1) /* the need holds */
#define PV_TEST_FAILS (UINT32_MAX - 2) /* it does not */

/* No plan has more tests; what would be more is taken to hold. */
#define PV_NEED_TESTS_MAX 1024u

struct pv_need_test {
    struct pv_need_set set; /* `at` is that of the words too */
    uint32_t yes, no;
};

/* One way in which a need may hold: a member of the anchor stands there, and the tests from
 * `first_test` on hold. */
struct pv_need_branch {
    struct pv_need_set anchor;
    uint32_t first_test; /* or PV_TEST_HOLDS */
};

/* How to look for a need: round the anchors of its branches, which between them leave nothing out.
 */
struct pv_need_plan {
    struct pv_need_branch *branches;
    size_t branch_count;
    double cost; /* places to look at in a byte of text */
    struct pv_need_test *tests;
    uint32_t test_count;
    uint32_t first_test; /* of the whole need, for who does not look for anchors */
};

/* Makes the plan of a need, in the arena. Sets that stand nearly everywhere have no tests. False
 * when there is no need, or out of memory. */
bool pv_need_plan(
    struct pv_need_maker *maker, const struct pv_need *need, struct pv_need_plan *plan);

#endif
