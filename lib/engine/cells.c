/* cells.c: see cells.h. */
#include "engine/cells.h"

#include <string.h>

void pv_cell_map_release(struct pv_cell_map *map)
{
    pv_buf_release(&map->blocks);
}

/* The cells from one to another. */
static pv_cells cells_from_to(unsigned first, unsigned last)
{
    return (PV_ALL_CELLS << first) & (PV_ALL_CELLS >> (PV_CELLS_MAX - 1 - last));
}

/* Joins the cells of each passage: blocks of one follow one another. */
static void join_passages(struct pv_cell_map *map, const struct pv_text *text)
{
    const unsigned char *const cells = PV_BUF_ITEMS(&map->blocks, unsigned char);
    size_t first = 0;
    for (size_t i = 0; i < text->block_count; i++) {
        if (text->blocks[i].passage != text->blocks[first].passage)
            first = i;
        if (i + 1 < text->block_count && text->blocks[i + 1].passage == text->blocks[i].passage)
            continue;
        const pv_cells passage = cells_from_to(cells[first], cells[i]);
        for (unsigned cell = cells[first]; cell <= cells[i]; cell++)
            map->passages[cell] |= passage;
    }
}

bool pv_cell_map_read(struct pv_cell_map *map, const struct pv_text *text)
{
    const size_t count = text->block_count;
    pv_buf_clear(&map->blocks);
    memset(map->passages, 0, sizeof(map->passages));
    map->count = count < PV_CELLS_MAX ? (uint32_t)count : PV_CELLS_MAX;
    unsigned char *const cells = pv_buf_push(&map->blocks, count + 1);
    if (!cells)
        return false;
    for (size_t i = 0; i < count; i++)
        cells[i] = (unsigned char)(count <= PV_CELLS_MAX ? i : i * PV_CELLS_MAX / count);
    join_passages(map, text);
    return true;
}

pv_cells pv_cells_of_span(
    const struct pv_cell_map *map, const struct pv_text *text, struct pv_span span)
{
    const unsigned char *const cells = PV_BUF_ITEMS(&map->blocks, unsigned char);
    if (!text->block_count)
        return 0;
    const size_t behind = text->block_count - 1;
    size_t first = pv_text_block_at(text, span.start);
    first = first < behind ? first : behind;
    if (first && text->blocks[first - 1].end == span.start)
        first--; /* an empty span at its end */
    size_t last = pv_text_block_at(text, span.end);
    if (last > behind || (last > first && text->blocks[last].start > span.end))
        last--;
    return cells_from_to(cells[first], cells[last]);
}

pv_cells pv_cells_with_passages(const struct pv_cell_map *map, pv_cells cells)
{
    pv_cells all = 0;
    for (unsigned i = 0; cells; i++, cells >>= 1)
        if (cells & 1)
            all |= map->passages[i];
    return all;
}
