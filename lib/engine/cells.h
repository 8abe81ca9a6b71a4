/* cells.h: sets of places in a draft, one bit for a few of its blocks. What may stand somewhere is
 * worked out for all places at once by a few operations on such sets, and only for those that are
 * left by looking at the text. Knows blocks and passages, nothing of rules. */
#ifndef PV_ENGINE_CELLS_H
#define PV_ENGINE_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "text/text.h"

#define PV_CELLS_MAX 64u
#define PV_ALL_CELLS UINT64_MAX

/* A set of cells: bit i for cell i. */
typedef uint64_t pv_cells;

/* How a draft is parted into cells: each is one block, or some that follow one another where there
 * are more than PV_CELLS_MAX. */
struct pv_cell_map {
    struct pv_buf blocks;            /* unsigned char by block: its cell */
    pv_cells passages[PV_CELLS_MAX]; /* by cell: those with blocks of the same passages */
    uint32_t count;
};

void pv_cell_map_release(struct pv_cell_map *map);

/* Takes up a draft. False when out of memory. */
bool pv_cell_map_read(struct pv_cell_map *map, const struct pv_text *text);

static inline pv_cells pv_cell_of_block(const struct pv_cell_map *map, size_t block)
{
    return (pv_cells)1 << PV_BUF_ITEMS(&map->blocks, unsigned char)[block];
}

/* The cells of the blocks that a plain span touches, and perhaps some round it. */
pv_cells pv_cells_of_span(
    const struct pv_cell_map *map, const struct pv_text *text, struct pv_span span);

/* The cells, and those that share a passage with one of them. */
pv_cells pv_cells_with_passages(const struct pv_cell_map *map, pv_cells cells);

#endif
