/* gate_cells.c: the tests of a trigger, asked of all cells at once. A set of words stands in the
 * cells where one of its words does. That it stands somewhere in a cell does not mean that it
 * stands where the test wants it: from there, tests go on either way. */
#include <string.h>

#include "base/bits.h"
#include "base/fetch.h"
#include "engine/gate_hits.h"

/* Of the byte sets, from the cells of each byte that the draft has. */
static void pv_add_byte_cells(
    struct pv_gates *gates, const pv_cells bytes[256], const unsigned char *present, size_t count)
{
    for (uint32_t i = 0; i < gates->image->byte_sets.count; i++) {
        const struct pv_image_bytes *const set = pv_byte_set_at(gates, i);
        pv_cells cells = 0;
        for (size_t k = 0; k < count; k++)
            if (pv_in_set(set, present[k]))
                cells |= bytes[present[k]];
        gates->byte_cells[i] = cells;
    }
}

static void pv_note_byte_cells(struct pv_gates *gates)
{
    const struct pv_span *const blocks = PV_BUF_ITEMS(&gates->blocks, struct pv_span);
    pv_cells bytes[256] = { 0 };
    unsigned char present[256];
    size_t count = 0;
    for (size_t b = 0; b < PV_BUF_COUNT(&gates->blocks, struct pv_span); b++) {
        const pv_cells cell = pv_cell_of_block(gates->map, b);
        for (size_t at = blocks[b].start; at < blocks[b].end; at++)
            bytes[(unsigned char)gates->bytes[at]] |= cell;
    }
    for (unsigned c = 0; c < 256; c++)
        if (bytes[c])
            present[count++] = (unsigned char)c;
    pv_add_byte_cells(gates, bytes, present, count);
}

void pv_gates_have_byte_cells(struct pv_gates *gates)
{
    if (!gates->have_byte_cells)
        pv_note_byte_cells(gates);
    gates->have_byte_cells = true;
}

/* A pattern on its way through its tests. */
struct pv_cell_walk {
    const struct pv_image_gate_test *tests;
    pv_cells begun, found;                    /* where an anchor stands; where all tests hold */
    uint64_t pending[PV_NEED_TESTS_MAX / 64]; /* bit by test: is asked somewhere */
    size_t groups;                            /* of `pending` that are filled in */
    pv_cells reach[PV_NEED_TESTS_MAX];        /* by pending test: the cells in which it is asked */
};

static void pv_reach(struct pv_cell_walk *walk, uint32_t test, pv_cells cells)
{
    if (test >= PV_NEED_TESTS_MAX) {
        walk->found |= test == PV_TEST_HOLDS ? cells : 0;
        return;
    }
    pv_fetch(&walk->tests[test], 1);
    for (; walk->groups <= test / 64; walk->groups++)
        walk->pending[walk->groups] = 0;
    const bool known = walk->pending[test / 64] >> test % 64 & 1;
    walk->pending[test / 64] |= (uint64_t)1 << test % 64;
    walk->reach[test] = cells | (known ? walk->reach[test] : 0);
}

/* Asks one test in the cells where it has been reached. */
static void pv_ask_test(const struct pv_gates *gates, const struct pv_image_gate_test *test,
    struct pv_cell_walk *walk, pv_cells asked)
{
    pv_cells stands = 0;
    if (test->words != PV_NONE)
        stands |= gates->word_cells[test->words];
    if (test->bytes != PV_NONE)
        stands |= gates->byte_cells[test->bytes];
    if (asked & stands)
        pv_reach(walk, test->yes, asked & stands);
    if (asked)
        pv_reach(walk, test->no, asked);
}

/* Asks the tests. Each comes after those that it leads to, so the last is asked first. */
static void pv_ask_tests(const struct pv_gates *gates, struct pv_cell_walk *walk)
{
    for (size_t group = walk->groups; group > 0; group--)
        while (walk->pending[group - 1] && walk->found != walk->begun) {
            const unsigned bit = pv_highest_bit(walk->pending[group - 1]);
            const size_t i = 64 * (group - 1) + bit;
            walk->pending[group - 1] &= ~((uint64_t)1 << bit);
            pv_ask_test(gates, &walk->tests[i], walk, walk->reach[i] & ~walk->found);
        }
}

/* Some cells in which a match may begin with a test. */
static void pv_begin_at(struct pv_cell_walk *walk, uint32_t first_test, pv_cells cells)
{
    walk->begun |= cells;
    if (cells)
        pv_reach(walk, first_test, cells);
}

bool pv_gates_cells(struct pv_gates *gates, uint32_t index, pv_cells *cells)
{
    const struct pv_image_pattern *const pattern =
        PV_IMAGE_ITEM(gates->image, struct pv_image_pattern, gates->image->patterns, index);
    struct pv_cell_walk walk;
    walk.tests = pv_image_at(gates->image, pattern->tests.at);
    if (!pv_gates_have_words(gates))
        return false;
    pv_gates_have_byte_cells(gates);
    const struct pv_gate_active *const active = PV_BUF_ITEMS(&gates->active, struct pv_gate_active);
    walk.begun = walk.found = 0;
    walk.groups = 0;
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
    pv_ask_tests(gates, &walk);
    *cells = walk.found;
    return true;
}
