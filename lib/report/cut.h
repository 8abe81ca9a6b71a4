/* cut.h: a draft without some of its parts, and the way back to the places that they had. Pure. */
#ifndef PV_REPORT_CUT_H
#define PV_REPORT_CUT_H

#include "text/text.h"

/* Parts to leave out: {0} is none. */
struct pv_cuts {
    struct pv_buf parts; /* in order, disjoint, none empty */
};

/* Adds a part that starts no earlier than those before it; what they have already is left out, and
 * an empty one is none. False when out of memory. */
bool pv_cuts_add(struct pv_cuts *cuts, struct pv_span span);

/* Writes what is left of the source to `out`, which is empty. False when out of memory. */
bool pv_cut(const struct pv_cuts *cuts, const char *source, size_t len, struct pv_buf *out);

/* Where a span of what is left stands in the source: from its first byte to its last. */
struct pv_span pv_cuts_origin(const struct pv_cuts *cuts, struct pv_span left);

/* Whether a span of the source shares a byte with a part. */
bool pv_cuts_touch(const struct pv_cuts *cuts, struct pv_span source);

/* Whether a part holds all of a span of the source. */
bool pv_cuts_hold(const struct pv_cuts *cuts, struct pv_span source);

void pv_cuts_release(struct pv_cuts *cuts);

#endif
