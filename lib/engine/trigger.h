/* trigger.h: what must stand in the text wherever a pattern matches, derived from the pattern. Each
 * branch of its plan has an anchor, a set of words and bytes, rare ones, of which one stands no
 * further than so far behind the start of the match: whoever looks for a pattern only round those
 * misses nothing. The branch's tests ask for the rest that must be there: where they fail, there is
 * no match. */
#ifndef PV_ENGINE_TRIGGER_H
#define PV_ENGINE_TRIGGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "engine/need.h"
#include "engine/regex.h"

struct pv_trigger {
    const struct pv_regex *tree; /* in the arena; NULL: the pattern is not understood */
    struct pv_need_plan plan;    /* in the arena */
    bool has_anchor;             /* without one a pattern has to be tried wherever its tests hold */
    uint32_t reach;              /* bytes behind the start that a match looks at; PV_UNBOUNDED */
};

/* False with *nomem false: the pattern has no trigger that is worth having; its tree may be there
 * all the same. */
bool pv_trigger_derive(
    struct pv_arena *arena, const char *pattern, size_t len, struct pv_trigger *out, bool *nomem);

/* Whether a byte is part of a word, as trigger words count words. An underscore is none, though \w
 * has it: a look-behind for letters and digits is then as good a sign of a word's start as \b. */
static inline bool pv_trigger_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

#endif
