/* regex.h: an expanded pattern as a tree, as far as the trigger needs to understand it. Knows the
 * syntax of PCRE2 that packs use; of anything else it says so, and the pattern then has no trigger.
 *
 * Everything is seen as the matcher sees it: caseless unless (?-i:...) says otherwise, on the plain
 * view, where no character that PCRE2 would take for an ASCII letter in another case (long s,
 * Kelvin sign) is left. */
#ifndef PV_ENGINE_REGEX_H
#define PV_ENGINE_REGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* Groups may stand in one another this deep; a deeper pattern has no trigger. */
#define PV_REGEX_DEPTH_MAX 40

#define PV_UNBOUNDED UINT32_MAX

/* A set of bytes. */
struct pv_bytes {
    uint32_t bits[8];
};

static inline bool pv_bytes_has(const struct pv_bytes *set, unsigned char byte)
{
    return set->bits[byte / 32] >> byte % 32 & 1;
}

static inline void pv_bytes_add(struct pv_bytes *set, unsigned char byte)
{
    set->bits[byte / 32] |= 1u << byte % 32;
}

enum pv_regex_kind {
    PV_REGEX_EMPTY,     /* matches nothing wide: \B, look-behind, negative look-ahead (its child
                           is what it looks for) */
    PV_REGEX_BOUNDARY,  /* \b ^ $ \A \z: a word may start or end here, none goes through */
    PV_REGEX_CLASS,     /* one character; its first byte is in `set` */
    PV_REGEX_CONCAT,    /* children one after another */
    PV_REGEX_ALTERNATE, /* one of the children */
    PV_REGEX_REPEAT,    /* the child `min` to `max` times */
    PV_REGEX_AHEAD,     /* the child matches from here on, nothing wide */
    PV_REGEX_OPAQUE     /* a back-reference: any text */
};

struct pv_regex {
    enum pv_regex_kind kind;
    struct pv_bytes set;
    bool ascii;                    /* class: no byte of `set` is 0x80 or above */
    bool exact_case;               /* class: as the pattern writes it, not in either case */
    bool text_start;               /* boundary: only where the text starts */
    bool no_letter, no_digit;      /* empty: none of ASCII stands right before */
    uint32_t min, max;             /* repeat; PV_UNBOUNDED */
    struct pv_regex *child, *last; /* children: first and last */
    struct pv_regex *next;         /* sibling */
    const void *notes[2];          /* for who walks the tree; NULL at first */
};

/* The tree of a pattern that PCRE2 compiles, in `arena`. False with *nomem false: it uses something
 * that is not understood here. */
bool pv_regex_parse(
    struct pv_arena *arena, const char *pattern, size_t len, struct pv_regex **out, bool *nomem);

#endif
