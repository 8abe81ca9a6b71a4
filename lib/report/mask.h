/* mask.h: showing that something is there without showing what. */
#ifndef PV_REPORT_MASK_H
#define PV_REPORT_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* An excerpt shows at most this many characters; a longer match ends in "...". */
#define PV_EXCERPT_MAX 80

/* At most this many letters and digits stay in sight, and never more than a third of them: enough
 * to find the place, too little to guess the rest. */
#define PV_EXCERPT_SHOWN 3

/* A line that stands for `len` bytes of valid UTF-8: white space becomes one space, ASCII
 * punctuation stays, every other character but the first few is a '*'. With `show` all stays but
 * white space and control characters. In `arena`; NULL when out of memory. */
const char *pv_mask(struct pv_arena *arena, const char *text, size_t len, bool show);

#endif
