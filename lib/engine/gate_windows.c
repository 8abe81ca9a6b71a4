/* gate_windows.c: where a match may start, told by the places of anchors and by the tests that look
 * at what stands round them. */
#include "base/fetch.h"
#include "engine/dfa.h"
#include "engine/gate_hits.h"
#include "engine/windows.h"

/* What it costs to keep a window, which takes memory. */
#define PV_WORK_WINDOW 64u

/* One test looks at no more hits or bytes than this, and holds if it might find more. */
#define PV_TEST_HITS_MAX 128u
#define PV_TEST_BYTES_MAX 512u

/* ------------------------------------------------------------------- tests */

/* Where a match may start, from `first` to `last`, because an anchor stands in a chunk. */
struct pv_place {
    size_t first, last;   /* offsets in the view */
    pv_cells cell;        /* of the block */
    uint32_t chunk;       /* of the anchor; PV_NONE: there is none */
    uint32_t first_chunk; /* in which or behind which `first` lies */
    uint32_t first_test;  /* or PV_TEST_HOLDS */
};

static bool pv_is_member(
    const struct pv_image *image, const struct pv_image_words *set, uint32_t gate)
{
    const uint32_t *const sign = pv_image_at(image, set->sign.at);
    const struct pv_image_gate_run *const runs = pv_image_at(image, set->runs.at);
    size_t low = 0, high = set->runs.count;
    if (!(sign[gate / 32 & (set->sign.count - 1)] >> gate % 32 & 1))
        return false;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (runs[middle].end <= gate)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->runs.count && runs[low].first <= gate;
}

/* The first hit at or behind a byte; `hint` is one before it, or it. */
static size_t pv_first_hit(const struct pv_gates *gates, size_t hint, size_t byte)
{
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    const size_t count = PV_BUF_COUNT(&gates->hits, struct pv_gate_hit);
    size_t low = hint, step = 8;
    while (low < count && hits[low].place < byte && low < hint + step)
        low++;
    if (low < hint + step)
        return low;
    while (low + step < count && hits[low + step].place < byte) {
        low += step;
        step *= 2;
    }
    size_t high = low + step < count ? low + step : count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (hits[middle].place < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool pv_word_stands(
    const struct pv_gates *gates, uint32_t words, size_t hint, size_t from, size_t to)
{
    const struct pv_image_words *const set =
        PV_IMAGE_ITEM(gates->image, struct pv_image_words, gates->image->word_sets, words);
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    const size_t count = PV_BUF_COUNT(&gates->hits, struct pv_gate_hit);
    const size_t first = pv_first_hit(gates, hint, from);
    for (size_t i = first; i < count && hits[i].place <= to; i++)
        if (i - first >= PV_TEST_HITS_MAX || pv_is_member(gates->image, set, hits[i].gate))
            return true;
    return false;
}

static bool pv_byte_stands(const struct pv_gates *gates, uint32_t bytes, size_t from, size_t to)
{
    const struct pv_image_bytes *const set = pv_byte_set_at(gates, bytes);
    for (size_t at = from; at <= to; at++)
        if (at - from >= PV_TEST_BYTES_MAX || pv_in_set(set, (unsigned char)gates->bytes[at]))
            return true;
    return false;
}

/* The last byte of a block that is no further than so many bytes behind a start, nor than so many
 * gaps behind its chunk. The block is not empty. */
static size_t pv_last_byte(const struct pv_gates *gates, const struct pv_place *place,
    struct pv_image_distance at, struct pv_span block)
{
    const struct pv_chunk *const chunks = PV_BUF_ITEMS(&gates->chunks, struct pv_chunk);
    const size_t count = PV_BUF_COUNT(&gates->chunks, struct pv_chunk);
    size_t end = block.end;
    if (at.max < end - place->last)
        end = place->last + at.max + 1;
    if (place->chunk != PV_NONE && at.gaps < count && place->chunk + at.gaps + 1 < count
        && chunks[place->chunk + at.gaps + 1].start < end)
        end = chunks[place->chunk + at.gaps + 1].start;
    return end - 1;
}

/* Whether a test holds for a place in a block. */
static bool pv_test_holds(const struct pv_gates *gates, const struct pv_image_gate_test *test,
    const struct pv_image_distance *at, const struct pv_place *place, size_t hint,
    struct pv_span block)
{
    const bool words = test->words != PV_NONE && (gates->word_cells[test->words] & place->cell);
    const bool bytes = test->bytes != PV_NONE && (gates->byte_cells[test->bytes] & place->cell);
    if (!words && !bytes)
        return false;
    const size_t from = place->first + at->min;
    const size_t to = pv_last_byte(gates, place, *at, block);
    return from <= to
           && ((words && pv_word_stands(gates, test->words, hint, from, to))
               || (bytes && pv_byte_stands(gates, test->bytes, from, to)));
}

static bool pv_tests_hold(const struct pv_gates *gates, const struct pv_image_pattern *pattern,
    const struct pv_place *place, struct pv_span block)
{
    const struct pv_chunk *const chunks = PV_BUF_ITEMS(&gates->chunks, struct pv_chunk);
    const size_t hint =
        PV_BUF_COUNT(&gates->chunks, struct pv_chunk) ? chunks[place->first_chunk].hit : 0;
    const struct pv_image_distance *const distances = pv_image_at(gates->image, pattern->distances);
    uint32_t next = place->first_test;
    while (next < pattern->tests.count) {
        const struct pv_image_gate_test *const test =
            PV_IMAGE_ITEM(gates->image, struct pv_image_gate_test, pattern->tests, next);
        const bool holds = pv_test_holds(gates, test, &distances[next], place, hint, block);
        next = holds ? test->yes : test->no;
    }
    return next == PV_TEST_HOLDS;
}

/* ----------------------------------------------------------------- windows */

/* A pattern's windows while they are gathered. */
struct pv_gathering {
    struct pv_gates *gates;
    const struct pv_image_pattern *pattern;
    pv_cells cells;
    const unsigned char *dfa; /* of the pattern, or NULL */
    struct pv_buf *windows;   /* struct pv_window */
};

/* Adds the window of a place where an anchor stands, if the tests hold there. */
static bool pv_add_window(struct pv_gathering *g, const struct pv_anchor_place *anchor,
    const struct pv_image_distance *distance, uint32_t first_test)
{
    const struct pv_chunk *const chunks = PV_BUF_ITEMS(&g->gates->chunks, struct pv_chunk);
    struct pv_place place = { .cell = pv_cell_of_block(g->gates->map, anchor->block),
        .chunk = anchor->chunk,
        .first_test = first_test };
    if (!(g->cells & place.cell) || anchor->at < distance->min
        || !pv_work_spend(g->gates->work, PV_WORK_PLACE))
        return true;
    const struct pv_span block = PV_BUF_ITEMS(&g->gates->blocks, struct pv_span)[anchor->block];
    place.last = anchor->at - distance->min;
    if (place.last < block.start)
        return true;
    place.first = distance->max == PV_NONE || anchor->at - block.start < distance->max
                      ? block.start
                      : anchor->at - distance->max;
    if (distance->gaps < anchor->chunk) {
        place.first_chunk = anchor->chunk - distance->gaps;
        if (place.first < chunks[place.first_chunk].start)
            place.first = chunks[place.first_chunk].start;
    }
    if (place.first > place.last)
        return true; /* too few gaps before the anchor for its least distance */
    if (place.first == place.last && g->dfa
        && !pv_dfa_may_start(g->dfa, g->gates->bytes + block.start, block.end - block.start,
            place.first - block.start))
        return true; /* that costs less than the tests */
    const struct pv_window window = { (uint32_t)place.first, (uint32_t)place.last, anchor->block };
    return !pv_tests_hold(g->gates, g->pattern, &place, block)
           || !pv_work_spend(g->gates->work, PV_WORK_WINDOW)
           || pv_buf_append(g->windows, &window, sizeof(window));
}

/* Adds the windows of the places where an anchor stands. */
static bool pv_add_windows(struct pv_gathering *g, const struct pv_anchor_place *places,
    uint32_t count, const struct pv_image_distance *distance, uint32_t first_test)
{
    for (uint32_t i = 0; i < count && !g->gates->work->is_spent; i++)
        if (!pv_add_window(g, &places[i], distance, first_test))
            return false;
    return true;
}

static bool pv_add_byte_windows(struct pv_gathering *g, const struct pv_image_byte_use *use)
{
    struct pv_byte_range range;
    if (!pv_gates_byte_places(g->gates, use->set, &range))
        return false;
    return !range.count
           || pv_add_windows(g,
               PV_BUF_ITEMS(&g->gates->places, struct pv_anchor_place) + range.first, range.count,
               &use->at, use->first_test);
}

static bool pv_add_word_windows(struct pv_gathering *g, const struct pv_gate_active *active)
{
    const struct pv_gate_present *const present =
        &PV_BUF_ITEMS(&g->gates->present, struct pv_gate_present)[active->present];
    return !(present->cells & g->cells)
           || pv_add_windows(g,
               PV_BUF_ITEMS(&g->gates->words, struct pv_anchor_place) + present->first,
               present->count, &active->use->at, active->use->first_test);
}

static bool pv_add_blocks(struct pv_gathering *g)
{
    const struct pv_span *const blocks = PV_BUF_ITEMS(&g->gates->blocks, struct pv_span);
    const bool at_start = g->dfa && pv_dfa_starts_text(g->dfa);
    for (size_t i = 0; i < PV_BUF_COUNT(&g->gates->blocks, struct pv_span); i++) {
        const struct pv_place anywhere = { .first = blocks[i].start,
            .last = blocks[i].end,
            .cell = pv_cell_of_block(g->gates->map, i),
            .chunk = PV_NONE,
            .first_chunk = pv_gates_chunk_at(g->gates, (uint32_t)blocks[i].start),
            .first_test = g->pattern->first_test };
        const struct pv_window whole = { (uint32_t)blocks[i].start,
            (uint32_t)(at_start ? blocks[i].start : blocks[i].end - 1), (uint32_t)i };
        if (!pv_work_spend(g->gates->work, PV_WORK_PLACE))
            return true;
        if ((g->cells & anywhere.cell) && blocks[i].start < blocks[i].end
            && pv_tests_hold(g->gates, g->pattern, &anywhere, blocks[i])
            && !pv_buf_append(g->windows, &whole, sizeof(whole)))
            return false;
    }
    return true;
}

bool pv_gates_windows(
    struct pv_gates *gates, uint32_t pattern, pv_cells cells, struct pv_buf *windows)
{
    struct pv_gathering g = { .gates = gates, .cells = cells, .windows = windows };
    g.pattern =
        PV_IMAGE_ITEM(gates->image, struct pv_image_pattern, gates->image->patterns, pattern);
    if (g.pattern->dfa.count) {
        g.dfa = pv_image_at(gates->image, g.pattern->dfa.at);
        pv_fetch(g.dfa, PV_DFA_ROWS + 4 * PV_FETCH_LINE); /* with the rows that are read first */
    }
    if (!pv_gates_have_words(gates))
        return false;
    pv_gates_have_byte_cells(gates);
    if (!pv_has_anchor(g.pattern))
        return pv_add_blocks(&g);
    for (uint32_t next = gates->patterns[pattern]; next;) {
        const struct pv_gate_active *const active =
            &PV_BUF_ITEMS(&gates->active, struct pv_gate_active)[next - 1];
        if (!pv_add_word_windows(&g, active))
            return false;
        next = active->next;
    }
    for (uint32_t i = 0; i < g.pattern->bytes.count; i++)
        if (!pv_add_byte_windows(
                &g, PV_IMAGE_ITEM(gates->image, struct pv_image_byte_use, g.pattern->bytes, i)))
            return false;
    return true;
}
