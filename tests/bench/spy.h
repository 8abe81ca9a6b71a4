/* spy.h: what the engine asks of PCRE2, pattern by pattern. The program is linked so that these
 * calls of the library go through spy.c; the library itself knows nothing of it. Not for threads.
 */
#ifndef BENCH_SPY_H
#define BENCH_SPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/image.h"

struct spy_tally {
    size_t drafts; /* in which the pattern was run at all: its gate was open */
    size_t calls;  /* of PCRE2's match functions */
    size_t bytes;  /* that it was given to look at, or looked at before it matched */
    size_t matches;
    double seconds; /* of the processor, without the clock's own */
};

/* Starts to count for the patterns of an image, which stays. What is none of the image's counts as
 * one more behind the last. False without memory. */
bool spy_start(const struct pv_image *image);
void spy_stop(void);

/* Forgets what was counted; tells where a draft begins. */
void spy_reset(void);
void spy_next_draft(void);

const struct spy_tally *spy_tally_at(uint32_t pattern);

/* The processor's time, and how much of it the counting itself has taken. */
double spy_clock(void);
double spy_overhead(void);

#endif
