/* windows.c: the places of the anchors come in order; each becomes a window if its tests hold, and
 * windows of one block that touch become one. */
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

/* Sorts the windows of one block, those from number `first` on, and makes those that touch one. */
static void pv_merge(struct pv_buf *spans, size_t first, bool sorted)
{
    struct pv_span *const all = PV_BUF_ITEMS(spans, struct pv_span);
    const size_t count = PV_BUF_COUNT(spans, struct pv_span);
    size_t kept = first;
    if (!sorted)
        qsort(all + first, count - first, sizeof(*all), pv_compare_spans);
    for (size_t i = first; i < count; i++) {
        if (kept > first && all[i].start <= all[kept - 1].end + 1) {
            if (all[i].end > all[kept - 1].end)
                all[kept - 1].end = all[i].end;
        } else {
            all[kept++] = all[i];
        }
    }
    spans->len = kept * sizeof(*all);
}

/* Adds the windows of one block; moves *next behind its places. */
static bool pv_add_block(struct pv_buf *spans, const struct pv_gates *gates,
    const struct pv_image_pattern *pattern, struct pv_span block,
    const struct pv_gate_place *places, size_t count, size_t *next)
{
    const size_t first = PV_BUF_COUNT(spans, struct pv_span);
    bool sorted = true;
    size_t before = 0;
    for (; *next < count && places[*next].place < block.end; (*next)++) {
        struct pv_gate_place place = places[*next];
        if (place.place < block.start || place.last < block.start)
            continue; /* between two blocks, or too near to this one's start */
        if (place.first < block.start)
            place.first = (uint32_t)block.start;
        if (!pv_gates_hold(gates, pattern, &place, block))
            continue;
        const struct pv_span window = { place.first, place.last };
        sorted = sorted && window.start >= before;
        before = window.start;
        if (!pv_buf_append(spans, &window, sizeof(window)))
            return false;
    }
    pv_merge(spans, first, sorted);
    return true;
}

/* The block that holds a byte, or the next one after it. */
static size_t pv_block_at(const struct pv_gates *gates, size_t place)
{
    const struct pv_span *const blocks = PV_BUF_ITEMS(&gates->blocks, struct pv_span);
    size_t low = 0, high = PV_BUF_COUNT(&gates->blocks, struct pv_span);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (blocks[middle].end <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool pv_add_anchored(struct pv_buf *spans, struct pv_gates *gates, uint32_t index,
    const struct pv_image_pattern *pattern)
{
    const struct pv_gate_place *places;
    size_t count, next = 0;
    if (!pv_gates_places(gates, index, &places, &count))
        return false;
    while (next < count) {
        const size_t block = pv_block_at(gates, places[next].place);
        if (block == PV_BUF_COUNT(&gates->blocks, struct pv_span))
            break;
        if (!pv_add_block(spans, gates, pattern, PV_BUF_ITEMS(&gates->blocks, struct pv_span)[block],
                places, count, &next))
            return false;
    }
    return true;
}

static bool pv_add_whole(
    struct pv_buf *spans, struct pv_gates *gates, const struct pv_image_pattern *pattern)
{
    bool nomem = false;
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->blocks, struct pv_span) && !nomem; i++) {
        const struct pv_span block = PV_BUF_ITEMS(&gates->blocks, struct pv_span)[i];
        if (pv_gates_hold_in(gates, pattern, block, &nomem)
            && !pv_buf_append(spans, &block, sizeof(block)))
            return false;
    }
    return !nomem;
}

bool pv_windows_of(struct pv_windows *windows, struct pv_gates *gates, uint32_t pattern,
    const struct pv_span **spans, size_t *count)
{
    struct pv_window_range *const range = &windows->ranges[pattern];
    if (!range->ready) {
        const struct pv_image_pattern *const p =
            PV_IMAGE_ITEM(gates->image, struct pv_image_pattern, gates->image->patterns, pattern);
        uint32_t *const ready = PV_BUF_PUSH(&windows->ready, uint32_t);
        range->first = (uint32_t)PV_BUF_COUNT(&windows->spans, struct pv_span);
        if (!ready
            || !(pv_has_anchor(p) ? pv_add_anchored(&windows->spans, gates, pattern, p)
                                  : pv_add_whole(&windows->spans, gates, p)))
            return false;
        *ready = pattern;
        range->count = (uint32_t)PV_BUF_COUNT(&windows->spans, struct pv_span) - range->first;
        range->ready = true;
    }
    *spans = PV_BUF_ITEMS(&windows->spans, struct pv_span) + range->first;
    *count = range->count;
    return true;
}
