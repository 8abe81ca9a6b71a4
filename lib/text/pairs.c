/* pairs.c: each edge of a span touches at most one mark, which two sorted lists find. Marks nest,
 * so a span grows mark by mark until neither edge moves. */
#include "text/pairs.h"

#include <stdlib.h>

bool pv_pairs_add(struct pv_pairs *pairs, struct pv_span open, struct pv_span close, bool container)
{
    const struct pv_pair pair = { (uint32_t)open.start, (uint32_t)open.end, (uint32_t)close.start,
        (uint32_t)close.end, container };
    /* Both lists or neither: when memory runs out they stay equally long. */
    return pv_buf_reserve(&pairs->by_open, sizeof pair)
           && pv_buf_reserve(&pairs->by_close, sizeof pair)
           && pv_buf_append(&pairs->by_open, &pair, sizeof pair)
           && pv_buf_append(&pairs->by_close, &pair, sizeof pair);
}

static int compare_open(const void *a, const void *b)
{
    const uint32_t x = ((const struct pv_pair *)a)->open_end;
    const uint32_t y = ((const struct pv_pair *)b)->open_end;
    return (x > y) - (x < y);
}

static int compare_close(const void *a, const void *b)
{
    const uint32_t x = ((const struct pv_pair *)a)->close, y = ((const struct pv_pair *)b)->close;
    return (x > y) - (x < y);
}

void pv_pairs_sort(struct pv_pairs *pairs)
{
    const size_t count = PV_BUF_COUNT(&pairs->by_open, struct pv_pair);
    if (count == 0)
        return;
    qsort(pairs->by_open.data, count, sizeof(struct pv_pair), compare_open);
    qsort(pairs->by_close.data, count, sizeof(struct pv_pair), compare_close);
}

struct pv_span pv_pairs_grow(const struct pv_pairs *pairs, struct pv_span source)
{
    const size_t count = PV_BUF_COUNT(&pairs->by_open, struct pv_pair);
    bool grown = count > 0 && source.start < source.end;
    while (grown) {
        const struct pv_pair key = { .open_end = (uint32_t)source.start,
            .close = (uint32_t)source.end };
        const struct pv_pair *const before =
            bsearch(&key, pairs->by_open.data, count, sizeof key, compare_open);
        const struct pv_pair *const after =
            bsearch(&key, pairs->by_close.data, count, sizeof key, compare_close);
        const bool left = before && before->close_end <= source.end;
        const bool right = after && after->open >= source.start;
        grown = (left || right) && !(left && right && before->container && after->container);
        if (grown && left)
            source.start = before->open;
        if (grown && right)
            source.end = after->close_end;
    }
    return source;
}

void pv_pairs_clear(struct pv_pairs *pairs)
{
    pv_buf_clear(&pairs->by_open);
    pv_buf_clear(&pairs->by_close);
}

void pv_pairs_release(struct pv_pairs *pairs)
{
    pv_buf_release(&pairs->by_open);
    pv_buf_release(&pairs->by_close);
}
