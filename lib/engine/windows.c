/* windows.c: what the gates let through, sorted, and made one where it overlaps. */
#include "engine/windows.h"

#include <stdlib.h>
#include <string.h>

bool pv_windows_init(struct pv_windows *windows, const struct pv_image *image)
{
    memset(windows, 0, sizeof(*windows));
    windows->ranges = calloc(image->patterns.count + 1u, sizeof(*windows->ranges));
    return windows->ranges != NULL;
}

void pv_windows_release(struct pv_windows *windows)
{
    free(windows->ranges);
    pv_buf_release(&windows->spans);
    pv_buf_release(&windows->ready);
}

void pv_windows_reset(struct pv_windows *windows)
{
    const uint32_t *const ready = PV_BUF_ITEMS(&windows->ready, uint32_t);
    for (size_t i = 0; i < PV_BUF_COUNT(&windows->ready, uint32_t); i++)
        windows->ranges[ready[i]].ready = false;
    pv_buf_clear(&windows->ready);
    pv_buf_clear(&windows->spans);
}

static int pv_compare_spans(const void *left, const void *right)
{
    const struct pv_span *const a = left, *const b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

/* Sorts the windows from number `first` on, and makes those one that touch: no two blocks do, since
 * a byte of a block's end is the start of none. */
static void pv_merge(struct pv_buf *spans, size_t first)
{
    struct pv_span *const all = PV_BUF_ITEMS(spans, struct pv_span);
    const size_t count = PV_BUF_COUNT(spans, struct pv_span);
    size_t kept = first;
    if (count - first > 1)
        qsort(all + first, count - first, sizeof(*all), pv_compare_spans);
    for (size_t i = first; i < count; i++) {
        if (kept > first && all[i].start <= all[kept - 1].end) {
            if (all[i].end > all[kept - 1].end)
                all[kept - 1].end = all[i].end;
        } else {
            all[kept++] = all[i];
        }
    }
    spans->len = kept * sizeof(*all);
}

bool pv_windows_of(struct pv_windows *windows, struct pv_gates *gates, uint32_t pattern,
    const struct pv_span **spans, size_t *count)
{
    struct pv_window_range *const range = &windows->ranges[pattern];
    if (!range->ready) {
        uint32_t *const ready = PV_BUF_PUSH(&windows->ready, uint32_t);
        range->first = (uint32_t)PV_BUF_COUNT(&windows->spans, struct pv_span);
        if (!ready || !pv_gates_windows(gates, pattern, &windows->spans))
            return false;
        pv_merge(&windows->spans, range->first);
        *ready = pattern;
        range->count = (uint32_t)PV_BUF_COUNT(&windows->spans, struct pv_span) - range->first;
        range->ready = true;
    }
    *spans = PV_BUF_ITEMS(&windows->spans, struct pv_span) + range->first;
    *count = range->count;
    return true;
}
