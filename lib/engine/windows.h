/* windows.h: the stretches of a view where a pattern has to be tried: those where a match may start
 * that its trigger leaves room for. Worked out when first asked for, cell by cell, and kept until
 * the next draft, so that whether a pattern can match at all is known before anything is compiled.
 */
#ifndef PV_ENGINE_WINDOWS_H
#define PV_ENGINE_WINDOWS_H

#include "engine/cells.h"
#include "engine/gate.h"

/* A window: from the first to the last byte where a match may start, inside one block. */
struct pv_window {
    uint32_t first, last;
    uint32_t block;
};

/* The windows of some cells. */
struct pv_window_range {
    uint32_t first, count; /* of the windows */
    uint32_t next;         /* 1 + the range that was made before, of other cells; 0: none */
};

/* What is known of one pattern. */
struct pv_pattern_windows {
    pv_cells known, found; /* cells that were looked at, and those of them with a window */
    uint32_t ranges;       /* 1 + the last range; 0: none */
};

struct pv_windows {
    struct pv_buf all;    /* struct pv_window */
    struct pv_buf ranges; /* struct pv_window_range */
    struct pv_pattern_windows *patterns;
    struct pv_buf rough; /* struct pv_window: what the gates let through for one pattern */
    struct pv_buf asked; /* uint32_t: patterns of which something is known */
};

/* False when out of memory. */
bool pv_windows_init(struct pv_windows *windows, const struct pv_image *image);
void pv_windows_release(struct pv_windows *windows);

/* Forgets the draft before. */
void pv_windows_reset(struct pv_windows *windows);

/* Looks for the windows of a pattern in some cells, and sets *found to those that have one. A
 * pattern without an anchor has whole blocks. False when out of memory. */
bool pv_windows_find(struct pv_windows *windows, struct pv_gates *gates, uint32_t pattern,
    pv_cells cells, pv_cells *found);

/* The windows of a range, from left to right and apart from one another; of two ranges no window is
 * in the same block. They are good until the next search. */
static inline const struct pv_window *pv_windows_at(
    const struct pv_windows *windows, const struct pv_window_range *range)
{
    return PV_BUF_ITEMS(&windows->all, struct pv_window) + range->first;
}

/* The range of this number, counted from 1. */
static inline const struct pv_window_range *pv_window_range_at(
    const struct pv_windows *windows, uint32_t number)
{
    return &PV_BUF_ITEMS(&windows->ranges, struct pv_window_range)[number - 1];
}

#endif
