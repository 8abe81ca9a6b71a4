/* windows.c: what the gates let through, sorted, and made one where it overlaps. */
#include "engine/windows.h"

#include <stdlib.h>
#include <string.h>

bool pv_windows_init(struct pv_windows *windows, const struct pv_image *image)
{
    memset(windows, 0, sizeof(*windows));
    windows->patterns = calloc(image->patterns.count + 1u, sizeof(*windows->patterns));
    return windows->patterns != NULL;
}

void pv_windows_release(struct pv_windows *windows)
{
    free(windows->patterns);
    pv_buf_release(&windows->all);
    pv_buf_release(&windows->ranges);
    pv_buf_release(&windows->asked);
}

void pv_windows_reset(struct pv_windows *windows)
{
    const uint32_t *const asked = PV_BUF_ITEMS(&windows->asked, uint32_t);
    for (size_t i = 0; i < PV_BUF_COUNT(&windows->asked, uint32_t); i++)
        windows->patterns[asked[i]] = (struct pv_pattern_windows){ 0, 0, 0 };
    pv_buf_clear(&windows->asked);
    pv_buf_clear(&windows->all);
    pv_buf_clear(&windows->ranges);
}

static int compare_windows(const void *left, const void *right)
{
    const struct pv_window *const a = left, *const b = right;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->last < b->last ? -1 : a->last > b->last;
}

/* Whether the windows are in order: those of one anchor are. */
static bool is_sorted(const struct pv_window *windows, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (compare_windows(&windows[i - 1], &windows[i]) > 0)
            return false;
    return true;
}

/* Sorts the windows from number `first` on, and makes those one that touch: no two blocks do, since
 * a byte of a block's end is the start of none. */
static void merge(struct pv_buf *windows, size_t first)
{
    struct pv_window *const all = PV_BUF_ITEMS(windows, struct pv_window);
    const size_t count = PV_BUF_COUNT(windows, struct pv_window);
    size_t kept = first;
    if (!is_sorted(all + first, count - first))
        qsort(all + first, count - first, sizeof(*all), compare_windows);
    for (size_t i = first; i < count; i++) {
        if (kept > first && all[i].first <= all[kept - 1].last) {
            if (all[i].last > all[kept - 1].last)
                all[kept - 1].last = all[i].last;
        } else {
            all[kept++] = all[i];
        }
    }
    windows->len = kept * sizeof(*all);
}

/* Makes the windows from number `first` on a range of the pattern. False when out of memory. */
static bool keep_range(
    struct pv_windows *windows, struct pv_pattern_windows *of, size_t first, size_t count)
{
    struct pv_window_range *const range = PV_BUF_PUSH(&windows->ranges, struct pv_window_range);
    if (!range)
        return false;
    *range = (struct pv_window_range){ (uint32_t)first, (uint32_t)count, of->ranges };
    of->ranges = (uint32_t)PV_BUF_COUNT(&windows->ranges, struct pv_window_range);
    return true;
}

bool pv_windows_find(struct pv_windows *windows, struct pv_gates *gates, uint32_t pattern,
    pv_cells cells, pv_cells *found)
{
    struct pv_pattern_windows *const of = &windows->patterns[pattern];
    const pv_cells wanted = cells & ~of->known;
    if (wanted) {
        const size_t first = PV_BUF_COUNT(&windows->all, struct pv_window);
        if ((!of->known && !pv_buf_append(&windows->asked, &pattern, sizeof(pattern)))
            || !pv_gates_windows(gates, pattern, wanted, &windows->all))
            return false;
        merge(&windows->all, first);
        const size_t count = PV_BUF_COUNT(&windows->all, struct pv_window) - first;
        if (count && !keep_range(windows, of, first, count))
            return false;
        const struct pv_window *const made = PV_BUF_ITEMS(&windows->all, struct pv_window);
        for (size_t i = first; i < first + count; i++)
            of->found |= pv_cell_of_block(gates->map, made[i].block);
        of->known |= wanted;
    }
    *found = of->found & cells;
    return true;
}
