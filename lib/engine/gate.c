/* gate.c: the hits of one gate are linked from the first to the last, so that a pattern gathers
 * those of its own gates and none but those; which gates these are is noted when a gate has its
 * first hit, so that words that do not stand in the draft cost nothing. */
#include "engine/gate.h"

#include <stdlib.h>
#include <string.h>

#include "engine/keys.h"

/* What it costs to note a place, to look at one, and to keep a window, which takes memory; and how
 * many bytes are looked at for a unit. */
#define PV_WORK_NOTE 32u
#define PV_WORK_PLACE 16u
#define PV_WORK_WINDOW 64u
#define PV_WORK_BYTES 16u

/* One test looks at no more hits or bytes than this, and holds if it might find more. */
#define PV_TEST_HITS_MAX 128u
#define PV_TEST_BYTES_MAX 512u

/* A stretch of a block without a blank, which is a byte up to ' '. */
struct pv_chunk {
    uint32_t start;
    uint32_t hit; /* the first one in it or behind it */
};

/* Where a byte stands. */
struct pv_byte_place {
    uint32_t at, chunk;
};

/* More places than this are not kept from one pattern to the next. */
#define PV_BYTE_PLACES_KEPT ((size_t)1 << 18)

struct pv_gate_hit {
    uint32_t gate, place;
    uint32_t chunk; /* that holds the place */
    uint32_t next;  /* 1 + the next hit of the same gate; 0: none */
};

/* A gate with hits, and a pattern that has it for an anchor. */
struct pv_gate_active {
    const struct pv_image_gate_use *use;
    uint32_t gate;
    uint32_t next; /* 1 + the next one of the same pattern; 0: none */
};

bool pv_gates_init(struct pv_gates *gates, const struct pv_image *image)
{
    memset(gates, 0, sizeof(*gates));
    gates->image = image;
    gates->heads = calloc(image->gates.count + 1u, sizeof(*gates->heads));
    gates->patterns = calloc(image->patterns.count + 1u, sizeof(*gates->patterns));
    gates->byte_ranges = calloc(image->byte_sets.count + 1u, sizeof(*gates->byte_ranges));
    return gates->heads && gates->patterns && gates->byte_ranges;
}

void pv_gates_release(struct pv_gates *gates)
{
    free(gates->heads);
    free(gates->patterns);
    pv_buf_release(&gates->blocks);
    pv_buf_release(&gates->chunks);
    pv_buf_release(&gates->hits);
    pv_buf_release(&gates->active);
    pv_buf_release(&gates->marks);
    pv_buf_release(&gates->places);
    free(gates->byte_ranges);
}

static void pv_gates_forget(struct pv_gates *gates)
{
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->hits, struct pv_gate_hit); i++)
        gates->heads[hits[i].gate] = 0;
    const struct pv_gate_active *const active = PV_BUF_ITEMS(&gates->active, struct pv_gate_active);
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->active, struct pv_gate_active); i++)
        gates->patterns[active[i].use->pattern] = 0;
    pv_buf_clear(&gates->blocks);
    pv_buf_clear(&gates->chunks);
    pv_buf_clear(&gates->hits);
    pv_buf_clear(&gates->active);
    pv_buf_clear(&gates->marks);
    pv_buf_clear(&gates->places);
    memset(gates->byte_ranges, 0, gates->image->byte_sets.count * sizeof(*gates->byte_ranges));
    gates->have_words = gates->have_marks = false;
}

bool pv_gates_read(struct pv_gates *gates, const struct pv_text *text, enum pv_view_kind view,
    struct pv_work *work)
{
    pv_gates_forget(gates);
    gates->work = work;
    gates->bytes = view == PV_VIEW_PLAIN ? text->plain.bytes : text->folded.bytes;
    struct pv_span *const blocks =
        pv_buf_push(&gates->blocks, (text->block_count + 1) * sizeof(*blocks));
    if (!blocks)
        return false;
    gates->blocks.len = text->block_count * sizeof(*blocks);
    for (size_t i = 0; i < text->block_count; i++) {
        blocks[i] = (struct pv_span){ text->blocks[i].start, text->blocks[i].end };
        if (view == PV_VIEW_PLAIN)
            continue;
        blocks[i].start = pv_text_folded_at(text, blocks[i].start);
        blocks[i].end = pv_text_folded_at(text, blocks[i].end);
    }
    return true;
}

/* ------------------------------------------------------------------- words */

/* A word of the text. */
struct pv_word {
    const char *text;
    size_t len;
    uint32_t place;
};

static bool pv_word_opens(
    const struct pv_image *image, const struct pv_image_gate *gate, const struct pv_word *word)
{
    const char *const want = pv_image_string(image, gate->text);
    if (gate->len > word->len || (gate->whole && gate->len != word->len))
        return false;
    for (size_t i = 0; i < gate->len; i++)
        if (pv_fold_ascii(word->text[i]) != want[i])
            return false;
    return true;
}

static bool pv_note_word(struct pv_gates *gates, const struct pv_word *word)
{
    const struct pv_image *const image = gates->image;
    for (size_t len = 1; len <= PV_KEY_MAX && len <= word->len; len++) {
        uint32_t first = 0, count;
        pv_keys_find(image, &image->gate_keys, pv_key(word->text, len), &first, &count);
        for (uint32_t i = first; i < first + count; i++) {
            const uint32_t gate = *PV_IMAGE_ITEM(image, uint32_t, image->keyed_gates, i);
            if (!pv_word_opens(
                    image, PV_IMAGE_ITEM(image, struct pv_image_gate, image->gates, gate), word))
                continue;
            if (!pv_work_spend(gates->work, PV_WORK_NOTE))
                return true;
            struct pv_gate_hit *const hit = PV_BUF_PUSH(&gates->hits, struct pv_gate_hit);
            if (!hit)
                return false;
            hit->gate = gate;
            hit->place = word->place;
            hit->chunk = (uint32_t)PV_BUF_COUNT(&gates->chunks, struct pv_chunk) - 1;
        }
    }
    return true;
}

/* Lists the patterns of a gate that has its first hit. */
static bool pv_activate(struct pv_gates *gates, uint32_t gate)
{
    const struct pv_range uses =
        PV_IMAGE_ITEM(gates->image, struct pv_image_gate, gates->image->gates, gate)->uses;
    for (uint32_t i = 0; i < uses.count; i++) {
        struct pv_gate_active *const active = PV_BUF_PUSH(&gates->active, struct pv_gate_active);
        if (!active)
            return false;
        active->use = PV_IMAGE_ITEM(gates->image, struct pv_image_gate_use, uses, i);
        active->gate = gate;
        active->next = gates->patterns[active->use->pattern];
        gates->patterns[active->use->pattern] =
            (uint32_t)PV_BUF_COUNT(&gates->active, struct pv_gate_active);
    }
    return true;
}

static bool pv_link_hits(struct pv_gates *gates)
{
    struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    for (size_t i = PV_BUF_COUNT(&gates->hits, struct pv_gate_hit); i > 0; i--) {
        uint32_t *const head = &gates->heads[hits[i - 1].gate];
        if (!*head && !pv_activate(gates, hits[i - 1].gate))
            return false;
        hits[i - 1].next = *head;
        *head = (uint32_t)i;
    }
    return true;
}

/* A block's start is always the start of a word, and of a chunk. */
static bool pv_note_block(struct pv_gates *gates, struct pv_span block)
{
    const char *const bytes = gates->bytes;
    bool blank = true;
    for (size_t at = block.start; at < block.end && !gates->work->is_spent;) {
        const size_t start = at;
        if ((unsigned char)bytes[at] <= ' ') {
            blank = true;
            at++;
            continue;
        }
        if (blank) {
            if (!pv_work_spend(gates->work, PV_WORK_PLACE))
                return true;
            struct pv_chunk *const chunk = PV_BUF_PUSH(&gates->chunks, struct pv_chunk);
            if (!chunk)
                return false;
            chunk->start = (uint32_t)at;
            chunk->hit = (uint32_t)PV_BUF_COUNT(&gates->hits, struct pv_gate_hit);
            blank = false;
        }
        while (at < block.end && pv_trigger_is_word(bytes[at]))
            at++;
        const struct pv_word word = { bytes + start, at - start, (uint32_t)start };
        if (at > start && !pv_note_word(gates, &word))
            return false;
        at += at == start;
    }
    return true;
}

static bool pv_have_words(struct pv_gates *gates)
{
    const struct pv_span *const blocks = PV_BUF_ITEMS(&gates->blocks, struct pv_span);
    if (gates->have_words)
        return true;
    for (size_t b = 0; b < PV_BUF_COUNT(&gates->blocks, struct pv_span); b++)
        if (!pv_note_block(gates, blocks[b]))
            return false;
    gates->have_words = pv_link_hits(gates);
    return gates->have_words;
}

/* The chunk that holds a byte, or the last one before it. */
static uint32_t pv_chunk_at(const struct pv_gates *gates, uint32_t place)
{
    const struct pv_chunk *const chunks = PV_BUF_ITEMS(&gates->chunks, struct pv_chunk);
    size_t low = 0, high = PV_BUF_COUNT(&gates->chunks, struct pv_chunk);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (chunks[middle].start <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? (uint32_t)low - 1 : 0;
}

/* ------------------------------------------------------------------- bytes */

static bool pv_in_set(const struct pv_image_bytes *set, unsigned char byte)
{
    return set->bits[byte / 32] >> byte % 32 & 1;
}

static const struct pv_image_bytes *pv_byte_set_at(const struct pv_gates *gates, uint32_t index)
{
    return PV_IMAGE_ITEM(gates->image, struct pv_image_bytes, gates->image->byte_sets, index);
}

/* Letters stand everywhere: a set with letters is looked up by itself; the others in a list of
 * where any byte of any of them stands. */
static bool pv_has_letters(const struct pv_image_bytes *set)
{
    return (set->bits[2] & 0x07FFFFFEu) || (set->bits[3] & 0x07FFFFFEu);
}

static bool pv_add_byte_place(struct pv_buf *places, size_t at, uint32_t chunk)
{
    struct pv_byte_place *const place = PV_BUF_PUSH(places, struct pv_byte_place);
    if (place)
        *place = (struct pv_byte_place){ (uint32_t)at, chunk };
    return place != NULL;
}

/* Appends where the bytes of a set stand. */
static bool pv_note_bytes(
    struct pv_gates *gates, const struct pv_image_bytes *set, struct pv_buf *places)
{
    unsigned char table[256];
    const unsigned char *const bytes = (const unsigned char *)gates->bytes;
    const struct pv_span *const blocks = PV_BUF_ITEMS(&gates->blocks, struct pv_span);
    const struct pv_chunk *const chunks = PV_BUF_ITEMS(&gates->chunks, struct pv_chunk);
    const size_t chunk_count = PV_BUF_COUNT(&gates->chunks, struct pv_chunk);
    uint32_t chunk = 0;
    for (unsigned c = 0; c < 256; c++)
        table[c] = pv_in_set(set, (unsigned char)c);
    for (size_t b = 0; b < PV_BUF_COUNT(&gates->blocks, struct pv_span); b++) {
        if (!pv_work_spend(gates->work, 1 + (blocks[b].end - blocks[b].start) / PV_WORK_BYTES))
            return true;
        for (size_t at = blocks[b].start; at < blocks[b].end; at++) {
            if (!table[bytes[at]])
                continue;
            while (chunk + (size_t)1 < chunk_count && chunks[chunk + 1].start <= at)
                chunk++;
            if (!pv_work_spend(gates->work, PV_WORK_PLACE))
                return true;
            if (!pv_add_byte_place(places, at, chunk))
                return false;
        }
    }
    return true;
}

static bool pv_have_marks(struct pv_gates *gates)
{
    struct pv_image_bytes all = { { 0 } };
    if (gates->have_marks)
        return true;
    for (uint32_t i = 0; i < gates->image->byte_sets.count; i++) {
        const struct pv_image_bytes *const set = pv_byte_set_at(gates, i);
        for (size_t k = 0; k < 8 && !pv_has_letters(set); k++)
            all.bits[k] |= set->bits[k];
    }
    gates->have_marks = pv_note_bytes(gates, &all, &gates->marks);
    return gates->have_marks;
}

static bool pv_note_set(struct pv_gates *gates, const struct pv_image_bytes *set)
{
    if (pv_has_letters(set))
        return pv_note_bytes(gates, set, &gates->places);
    if (!pv_have_marks(gates))
        return false;
    const struct pv_byte_place *const marks = PV_BUF_ITEMS(&gates->marks, struct pv_byte_place);
    if (!pv_work_spend(
            gates->work, PV_BUF_COUNT(&gates->marks, struct pv_byte_place) / PV_WORK_BYTES))
        return true;
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->marks, struct pv_byte_place); i++)
        if (pv_in_set(set, (unsigned char)gates->bytes[marks[i].at])
            && !pv_add_byte_place(&gates->places, marks[i].at, marks[i].chunk))
            return false;
    return true;
}

/* Where the bytes of a set stand, as a range of `places`: kept until there are too many of them. */
static bool pv_bytes_places(struct pv_gates *gates, uint32_t index, struct pv_byte_range *range)
{
    struct pv_byte_range *const known = &gates->byte_ranges[index];
    if (!known->ready) {
        if (PV_BUF_COUNT(&gates->places, struct pv_byte_place) > PV_BYTE_PLACES_KEPT) {
            pv_buf_clear(&gates->places);
            memset(
                gates->byte_ranges, 0, gates->image->byte_sets.count * sizeof(*gates->byte_ranges));
        }
        const size_t first = PV_BUF_COUNT(&gates->places, struct pv_byte_place);
        if (!pv_note_set(gates, pv_byte_set_at(gates, index)))
            return false;
        known->first = (uint32_t)first;
        known->count = (uint32_t)(PV_BUF_COUNT(&gates->places, struct pv_byte_place) - first);
        known->ready = true;
    }
    *range = *known;
    return true;
}

/* ------------------------------------------------------------------- tests */

/* Where a match may start, from `first` to `last`, because an anchor stands in a chunk. */
struct pv_place {
    size_t first, last;   /* offsets in the view */
    uint32_t chunk;       /* of the anchor; PV_NONE: there is none */
    uint32_t first_chunk; /* in which or behind which `first` lies */
    uint32_t first_test;  /* or PV_TEST_HOLDS */
};

static bool pv_is_member(
    const struct pv_image *image, const struct pv_image_words *set, uint32_t gate)
{
    const uint32_t *const sign = pv_image_at(image, set->sign.at);
    const uint32_t *const gates = pv_image_at(image, set->gates.at);
    size_t low = 0, high = set->gates.count;
    if (!(sign[gate / 32 & (set->sign.count - 1)] >> gate % 32 & 1))
        return false;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (gates[middle] < gate)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->gates.count && gates[low] == gate;
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

static bool pv_tests_hold(const struct pv_gates *gates, const struct pv_image_pattern *pattern,
    const struct pv_place *place, struct pv_span block)
{
    const struct pv_chunk *const chunks = PV_BUF_ITEMS(&gates->chunks, struct pv_chunk);
    const size_t hint =
        PV_BUF_COUNT(&gates->chunks, struct pv_chunk) ? chunks[place->first_chunk].hit : 0;
    uint32_t next = place->first_test;
    while (next < pattern->tests.count) {
        const struct pv_image_gate_test *const test =
            PV_IMAGE_ITEM(gates->image, struct pv_image_gate_test, pattern->tests, next);
        const size_t from = place->first + test->at.min;
        const size_t to = pv_last_byte(gates, place, test->at, block);
        const bool holds =
            from <= to
            && ((test->words != PV_NONE && pv_word_stands(gates, test->words, hint, from, to))
                || (test->bytes != PV_NONE && pv_byte_stands(gates, test->bytes, from, to)));
        next = holds ? test->yes : test->no;
    }
    return next == PV_TEST_HOLDS;
}

/* ----------------------------------------------------------------- windows */

/* A pattern's windows while they are gathered. */
struct pv_gathering {
    struct pv_gates *gates;
    const struct pv_image_pattern *pattern;
    struct pv_buf *windows; /* struct pv_span */
    size_t block;           /* that held the last place */
};

/* The block that holds a byte, or the next one after it; mostly it is the one asked for last. */
static size_t pv_block_at(const struct pv_gates *gates, size_t last, size_t place)
{
    const struct pv_span *const blocks = PV_BUF_ITEMS(&gates->blocks, struct pv_span);
    size_t low = 0, high = PV_BUF_COUNT(&gates->blocks, struct pv_span);
    if (last < high && blocks[last].start <= place && place < blocks[last].end)
        return last;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (blocks[middle].end <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Adds the window of a place where an anchor stands, if the tests hold there. */
static bool pv_add_window(struct pv_gathering *g, uint32_t at, uint32_t chunk,
    const struct pv_image_distance *distance, uint32_t first_test)
{
    const struct pv_chunk *const chunks = PV_BUF_ITEMS(&g->gates->chunks, struct pv_chunk);
    struct pv_place place = { .chunk = chunk, .first_test = first_test };
    if (at < distance->min)
        return true;
    g->block = pv_block_at(g->gates, g->block, at);
    if (g->block == PV_BUF_COUNT(&g->gates->blocks, struct pv_span))
        return true;
    const struct pv_span block = PV_BUF_ITEMS(&g->gates->blocks, struct pv_span)[g->block];
    place.last = at - distance->min;
    if (at < block.start || place.last < block.start)
        return true; /* between two blocks, or too near to this one's start */
    place.first = distance->max == PV_NONE || at - block.start < distance->max ? block.start
                                                                               : at - distance->max;
    if (distance->gaps < chunk) {
        place.first_chunk = chunk - distance->gaps;
        if (place.first < chunks[place.first_chunk].start)
            place.first = chunks[place.first_chunk].start;
    }
    const struct pv_span window = { place.first, place.last };
    return !pv_work_spend(g->gates->work, PV_WORK_PLACE)
           || !pv_tests_hold(g->gates, g->pattern, &place, block)
           || !pv_work_spend(g->gates->work, PV_WORK_WINDOW)
           || pv_buf_append(g->windows, &window, sizeof(window));
}

static bool pv_add_byte_windows(struct pv_gathering *g, const struct pv_image_byte_use *use)
{
    struct pv_byte_range range;
    if (!pv_bytes_places(g->gates, use->set, &range))
        return false;
    const struct pv_byte_place *const places =
        PV_BUF_ITEMS(&g->gates->places, struct pv_byte_place) + range.first;
    for (uint32_t i = 0; i < range.count && !g->gates->work->is_spent; i++)
        if (!pv_add_window(g, places[i].at, places[i].chunk, &use->at, use->first_test))
            return false;
    return true;
}

static bool pv_add_word_windows(struct pv_gathering *g, const struct pv_gate_active *active)
{
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&g->gates->hits, struct pv_gate_hit);
    for (uint32_t hit = g->gates->heads[active->gate]; hit && !g->gates->work->is_spent;
         hit = hits[hit - 1].next)
        if (!pv_add_window(g, hits[hit - 1].place, hits[hit - 1].chunk, &active->use->at,
                active->use->first_test))
            return false;
    return true;
}

static bool pv_add_blocks(struct pv_gathering *g)
{
    const struct pv_span *const blocks = PV_BUF_ITEMS(&g->gates->blocks, struct pv_span);
    for (size_t i = 0; i < PV_BUF_COUNT(&g->gates->blocks, struct pv_span); i++) {
        const struct pv_place anywhere = { .first = blocks[i].start,
            .last = blocks[i].end,
            .chunk = PV_NONE,
            .first_chunk = pv_chunk_at(g->gates, (uint32_t)blocks[i].start),
            .first_test = g->pattern->first_test };
        const struct pv_span whole = { blocks[i].start, blocks[i].end - 1 };
        if (!pv_work_spend(g->gates->work, PV_WORK_PLACE))
            return true;
        if (blocks[i].start < blocks[i].end
            && pv_tests_hold(g->gates, g->pattern, &anywhere, blocks[i])
            && !pv_buf_append(g->windows, &whole, sizeof(whole)))
            return false;
    }
    return true;
}

bool pv_gates_windows(struct pv_gates *gates, uint32_t pattern, struct pv_buf *windows)
{
    struct pv_gathering g = { .gates = gates, .windows = windows };
    g.pattern =
        PV_IMAGE_ITEM(gates->image, struct pv_image_pattern, gates->image->patterns, pattern);
    if (!pv_have_words(gates))
        return false;
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
