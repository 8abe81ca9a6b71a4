/* windows.h: the stretches of a view where a pattern has to be tried: those where a match may start
 * that its trigger leaves room for. Worked out when first asked for, and kept until the next draft,
 * so that whether a pattern can match at all is known before anything is compiled. */
#ifndef PV_ENGINE_WINDOWS_H
#define PV_ENGINE_WINDOWS_H

#include "engine/gate.h"

struct pv_window_range {
    uint32_t first, count; /* of the spans */
    bool ready;
};

struct pv_windows {
    struct pv_buf spans;            /* struct pv_span */
    struct pv_window_range *ranges; /* by pattern */
    struct pv_buf ready;            /* uint32_t: patterns with a range */
};

/* False when out of memory. */
bool pv_windows_init(struct pv_windows *windows, const struct pv_image *image);
void pv_windows_release(struct pv_windows *windows);

/* Forgets the draft before. */
void pv_windows_reset(struct pv_windows *windows);

/* The windows of a pattern, from left to right, apart from one another, each inside one block: from
 * the first to the last byte where a match may start. A pattern without an anchor has whole blocks.
 * They are good until the next call. False when out of memory. */
bool pv_windows_of(struct pv_windows *windows, struct pv_gates *gates, uint32_t pattern,
    const struct pv_span **spans, size_t *count);

#endif
