/* pairs.h: marks of the source that come in twos: the asterisks round bold words, the backticks of
 * code, <b> and </b>, the brackets of a link. Knows where they stand; nothing of what they mean.
 *
 * A span that holds one mark of a pair, and at whose edge the other stands, would leave that one
 * behind when it is cut out: "**943** 476" from the 9 on. So it grows. A pair that has the span in
 * it ("*943 476*"), or stands in it, changes nothing. Nor do two containers, elements that show
 * nothing by themselves, at both edges: what is left of "<span>943</span><span>476</span>" is one
 * that is empty. */
#ifndef PV_TEXT_PAIRS_H
#define PV_TEXT_PAIRS_H

#include "text/text.h"

/* Bytes of the source; half-open, none of them empty. */
struct pv_pair {
    uint32_t open, open_end;
    uint32_t close, close_end;
    bool container;
};

/* No opening mark ends, and no closing one starts, where another does. */
struct pv_pairs {
    struct pv_buf by_open;  /* of struct pv_pair, by open_end once sorted */
    struct pv_buf by_close; /* the same by close */
};

/* False when out of memory. */
bool pv_pairs_add(
    struct pv_pairs *pairs, struct pv_span open, struct pv_span close, bool container);
void pv_pairs_sort(struct pv_pairs *pairs);

/* The span, grown by the marks at its edges whose partners it holds. */
struct pv_span pv_pairs_grow(const struct pv_pairs *pairs, struct pv_span source);

void pv_pairs_clear(struct pv_pairs *pairs);
void pv_pairs_release(struct pv_pairs *pairs);

#endif
