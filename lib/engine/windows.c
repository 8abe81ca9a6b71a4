/* windows.c: what the gates let through, sorted, and made one where it overlaps; and of that the
 * starts that the pattern's automaton does not refuse. */
#include "engine/windows.h"

#include <stdlib.h>
#include <string.h>

#include "engine/dfa.h"
#include "text/utf8.h"

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
    pv_buf_release(&windows->rough);
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
    if (count == first)
        return;
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

/* Starts that are not refused and this near to one another are one window: a start more costs less
 * than a call. */
#define NEAR_STARTS 2u

/* Adds a start to the windows from number `first` on. */
static bool add_start(struct pv_buf *windows, size_t first, uint32_t block, uint32_t start)
{
    const size_t count = PV_BUF_COUNT(windows, struct pv_window);
    struct pv_window *const last =
        count > first ? &PV_BUF_ITEMS(windows, struct pv_window)[count - 1] : NULL;
    const struct pv_window window = { start, start, block };
    if (!last || last->block != block || start - last->last > NEAR_STARTS)
        return pv_buf_append(windows, &window, sizeof(window));
    last->last = start;
    return true;
}

/* How many starts are looked at for a unit of work. */
#define STARTS_A_UNIT 4u

/* Adds the starts of one window that are not refused. */
static bool add_starts(const struct pv_gates *gates, const unsigned char *dfa,
    const struct pv_window *w, struct pv_buf *windows, size_t first)
{
    const struct pv_span block = PV_BUF_ITEMS(&gates->blocks, struct pv_span)[w->block];
    const char *const text = gates->bytes + block.start;
    const unsigned char *const steps = PV_BUF_ITEMS(&gates->steps, unsigned char) + block.start;
    const size_t last = w->last - block.start;
    for (size_t at = w->first - block.start;
         (at = pv_dfa_next_start(dfa, text, block.end - block.start, steps, at, last)) <= last;
         at++)
        if (!pv_utf8_continues(text[at])
            && !add_start(windows, first, w->block, (uint32_t)(at + block.start)))
            return false;
    return true;
}

/* Makes of the windows from number `first` on those where the automaton lets a match start. False
 * when out of memory. */
static bool refuse_starts(
    struct pv_windows *windows, struct pv_gates *gates, struct pv_range dfa, size_t first)
{
    const size_t count = PV_BUF_COUNT(&windows->all, struct pv_window) - first;
    windows->rough.len = 0;
    if (count == 0)
        return true;
    if (!pv_buf_append(&windows->rough, PV_BUF_ITEMS(&windows->all, struct pv_window) + first,
            count * sizeof(struct pv_window)))
        return false;
    windows->all.len = first * sizeof(struct pv_window);
    const struct pv_window *const rough = PV_BUF_ITEMS(&windows->rough, struct pv_window);
    for (size_t i = 0; i < count; i++)
        if (!pv_work_spend(gates->work, 1 + (rough[i].last - rough[i].first) / STARTS_A_UNIT))
            return true;
        else if (!add_starts(
                     gates, pv_image_at(gates->image, dfa.at), &rough[i], &windows->all, first))
            return false;
    return true;
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
        const struct pv_range dfa =
            PV_IMAGE_ITEM(gates->image, struct pv_image_pattern, gates->image->patterns, pattern)
                ->dfa;
        if (dfa.count && !refuse_starts(windows, gates, dfa, first))
            return false;
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
