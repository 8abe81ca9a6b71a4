/* gate_cells.c: the tests of a trigger, asked of all cells at once. A set of words stands in the
 * cells where one of its words does; a test holds in the cells where its set stands and the test
 * that follows holds, or where the one that follows when it does not stand holds. */
#include <string.h>

#include "engine/gate_hits.h"

static pv_cells pv_word_cells(struct pv_gates *gates, uint32_t index)
{
    const struct pv_gate_present *const present =
        PV_BUF_ITEMS(&gates->present, struct pv_gate_present);
    if (gates->known[index / 32] >> index % 32 & 1)
        return gates->word_cells[index];
    const struct pv_image_words *const set =
        PV_IMAGE_ITEM(gates->image, struct pv_image_words, gates->image->word_sets, index);
    const uint32_t *const words = pv_image_at(gates->image, set->gates.at);
    pv_cells cells = 0;
    for (uint32_t i = 0; i < set->gates.count; i++)
        if (gates->numbers[words[i]])
            cells |= present[gates->numbers[words[i]] - 1].cells;
    gates->word_cells[index] = cells;
    gates->known[index / 32] |= 1u << index % 32;
    return cells;
}

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

/* What follows a test. */
static pv_cells pv_cells_behind(const pv_cells *holds, uint32_t next)
{
    if (next == PV_TEST_HOLDS)
        return PV_ALL_CELLS;
    return next == PV_TEST_FAILS ? 0 : holds[next];
}

/* The cells where the tests from each one on hold, of those from `first` to `last`: each test comes
 * after those that it leads to. */
static void pv_cells_of_tests(struct pv_gates *gates, const struct pv_image_pattern *pattern,
    uint32_t first, uint32_t last, pv_cells *holds)
{
    for (uint32_t i = first; i <= last; i++) {
        const struct pv_image_gate_test *const test =
            PV_IMAGE_ITEM(gates->image, struct pv_image_gate_test, pattern->tests, i);
        const pv_cells yes = pv_cells_behind(holds, test->yes);
        const pv_cells no = pv_cells_behind(holds, test->no);
        pv_cells stands = 0;
        if (test->words != PV_NONE)
            stands |= pv_word_cells(gates, test->words);
        if (test->bytes != PV_NONE)
            stands |= gates->byte_cells[test->bytes];
        holds[i] = (stands & yes) | no;
    }
}

/* An anchor's cells, and where its tests begin. */
struct pv_cells_of_anchor {
    pv_cells cells;
    uint32_t first_test;
};

/* The next anchor of a pattern: those of words, then those of bytes; false behind the last. */
static bool pv_next_anchor(const struct pv_gates *gates, const struct pv_image_pattern *pattern,
    uint32_t *word, uint32_t *byte, struct pv_cells_of_anchor *anchor)
{
    if (*word) {
        const struct pv_gate_active *const active =
            &PV_BUF_ITEMS(&gates->active, struct pv_gate_active)[*word - 1];
        *word = active->next;
        anchor->cells =
            PV_BUF_ITEMS(&gates->present, struct pv_gate_present)[active->present].cells;
        anchor->first_test = active->use->first_test;
        return true;
    }
    if (*byte == pattern->bytes.count)
        return false;
    const struct pv_image_byte_use *const use =
        PV_IMAGE_ITEM(gates->image, struct pv_image_byte_use, pattern->bytes, (*byte)++);
    anchor->cells = gates->byte_cells[use->set];
    anchor->first_test = use->first_test;
    return true;
}

bool pv_gates_cells(struct pv_gates *gates, uint32_t index, pv_cells *cells)
{
    pv_cells holds[PV_NEED_TESTS_MAX];
    const struct pv_image_pattern *const pattern =
        PV_IMAGE_ITEM(gates->image, struct pv_image_pattern, gates->image->patterns, index);
    struct pv_cells_of_anchor anchor = { PV_ALL_CELLS, pattern->first_test };
    uint32_t tests = 0;
    *cells = 0;
    if (!pv_gates_have_words(gates))
        return false;
    pv_have_byte_cells(gates);
    const bool anchored = pv_has_anchor(pattern);
    uint32_t word = gates->patterns[index], byte = 0;
    while (anchored ? pv_next_anchor(gates, pattern, &word, &byte, &anchor) : !byte++) {
        if (!anchor.cells)
            continue;
        if (anchor.first_test < pattern->tests.count && anchor.first_test >= tests) {
            pv_cells_of_tests(gates, pattern, tests, anchor.first_test, holds);
            tests = anchor.first_test + 1;
        }
        *cells |= anchor.cells & pv_cells_behind(holds, anchor.first_test);
    }
    return true;
}
