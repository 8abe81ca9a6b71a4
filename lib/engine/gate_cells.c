/* gate_cells.c: the tests of a trigger, asked of all cells at once. A set of words stands in the
 * cells where one of its words does. That it stands somewhere in a cell does not mean that it
 * stands where the test wants it: from there, tests go on either way. */
#include <string.h>

#include "engine/gate_hits.h"

/* The cells of every byte, and of them those of the byte sets. */
static void pv_have_byte_cells(struct pv_gates *gates)
{
    const struct pv_span *const blocks = PV_BUF_ITEMS(&gates->blocks, struct pv_span);
    pv_cells bytes[256] = { 0 };
    if (gates->have_byte_cells)
        return;
    for (size_t b = 0; b < PV_BUF_COUNT(&gates->blocks, struct pv_span); b++) {
        const pv_cells cell = pv_cell_of_block(gates->map, b);
        for (size_t at = blocks[b].start; at < blocks[b].end; at++)
            bytes[(unsigned char)gates->bytes[at]] |= cell;
    }
    for (uint32_t i = 0; i < gates->image->byte_sets.count; i++) {
        const struct pv_image_bytes *const set = pv_byte_set_at(gates, i);
        gates->byte_cells[i] = 0;
        for (unsigned c = 0; c < 256; c++)
            if (!set->bits[c / 32])
                c += 31; /* none of these */
            else if (pv_in_set(set, (unsigned char)c))
                gates->byte_cells[i] |= bytes[c];
    }
    gates->have_byte_cells = true;
}

/* A pattern on its way through its tests. */
struct pv_cell_walk {
    pv_cells found;                    /* where all tests hold */
    pv_cells reach[PV_NEED_TESTS_MAX]; /* by test: the cells in which it is asked */
    uint32_t behind;                   /* the first test that is asked nowhere, nor any behind */
};

static void pv_reach(struct pv_cell_walk *walk, uint32_t test, pv_cells cells)
{
    if (test == PV_TEST_HOLDS)
        walk->found |= cells;
    else if (test != PV_TEST_FAILS)
        walk->reach[test] |= cells;
}

/* Asks the tests. Each comes after those that it leads to, so the last is asked first. */
static void pv_ask_tests(
    struct pv_gates *gates, const struct pv_image_pattern *pattern, struct pv_cell_walk *walk)
{
    const struct pv_image_gate_test *const tests = pv_image_at(gates->image, pattern->tests.at);
    for (uint32_t i = walk->behind; i > 0; i--) {
        const struct pv_image_gate_test *const test = &tests[i - 1];
        const pv_cells asked = walk->reach[i - 1] & ~walk->found;
        pv_cells stands = 0;
        if (!asked)
            continue;
        if (test->words != PV_NONE)
            stands |= gates->word_cells[test->words];
        if (test->bytes != PV_NONE)
            stands |= gates->byte_cells[test->bytes];
        pv_reach(walk, test->yes, asked & stands);
        pv_reach(walk, test->no, asked);
    }
}

static void pv_begin_at(struct pv_cell_walk *walk, uint32_t first_test, pv_cells cells)
{
    pv_reach(walk, first_test, cells);
    if (first_test < PV_NEED_TESTS_MAX && first_test >= walk->behind)
        walk->behind = first_test + 1;
}

bool pv_gates_cells(struct pv_gates *gates, uint32_t index, pv_cells *cells)
{
    const struct pv_image_pattern *const pattern =
        PV_IMAGE_ITEM(gates->image, struct pv_image_pattern, gates->image->patterns, index);
    struct pv_cell_walk walk;
    if (!pv_gates_have_words(gates))
        return false;
    pv_have_byte_cells(gates);
    const struct pv_gate_active *const active = PV_BUF_ITEMS(&gates->active, struct pv_gate_active);
    walk.found = walk.behind = 0;
    memset(walk.reach, 0, pattern->tests.count * sizeof(walk.reach[0]));
    if (!pv_has_anchor(pattern))
        pv_begin_at(&walk, pattern->first_test, PV_ALL_CELLS);
    for (uint32_t next = gates->patterns[index]; next; next = active[next - 1].next)
        pv_begin_at(&walk, active[next - 1].use->first_test,
            PV_BUF_ITEMS(&gates->present, struct pv_gate_present)[active[next - 1].present].cells);
    for (uint32_t i = 0; i < pattern->bytes.count; i++) {
        const struct pv_image_byte_use *const use =
            PV_IMAGE_ITEM(gates->image, struct pv_image_byte_use, pattern->bytes, i);
        pv_begin_at(&walk, use->first_test, gates->byte_cells[use->set]);
    }
    pv_ask_tests(gates, pattern, &walk);
    *cells = walk.found;
    return true;
}
