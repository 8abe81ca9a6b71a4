/* trigger.h: what must stand in the text wherever a pattern matches, derived from the pattern: one
 * of a few words, or one of a few bytes, no further than so far behind the start of the match.
 * Whoever looks for a pattern only where its trigger stands misses nothing. */
#ifndef PV_ENGINE_TRIGGER_H
#define PV_ENGINE_TRIGGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "engine/regex.h"

/* A trigger word is cut to this many bytes: more would tell little more. */
#define PV_TRIGGER_WORD_MAX 24

/* A word of ASCII letters, digits and underscores, in lower case; what stands before it in the
 * text is none of these. `whole`: what stands behind it is none either. */
struct pv_trigger_word {
    char text[PV_TRIGGER_WORD_MAX];
    uint32_t len;
    bool whole;
    uint32_t min, max; /* bytes from the start of a match to the word; max PV_UNBOUNDED */
};

struct pv_trigger {
    struct pv_trigger_word *words; /* in the arena */
    size_t word_count;
    struct pv_bytes bytes; /* may stand instead of a word */
    bool any_bytes;
    uint32_t min, max; /* bytes from the start of a match to such a byte; max PV_UNBOUNDED */
    uint32_t reach;    /* bytes behind the start that a match looks at; PV_UNBOUNDED */
    /* Words and bytes of which one more must stand near a match, in the same block: rarer than
     * the others, but further away. None: 0 words and no bytes. */
    struct pv_trigger_word *also;
    size_t also_count;
    struct pv_bytes also_bytes;
    bool any_also_bytes;
};

/* False with *nomem false: the pattern has no trigger that is worth having. One with no words and
 * no bytes, only `also`, has to be tried everywhere in the blocks where that stands. */
bool pv_trigger_derive(
    struct pv_arena *arena, const char *pattern, size_t len, struct pv_trigger *out, bool *nomem);

/* Whether a byte is part of a word, as trigger words count words. */
static inline bool pv_trigger_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

#endif
