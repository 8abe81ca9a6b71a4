/* gate.c: what a draft has of the gates. Where a gate stands, so do those that it begins with; so
 * one hit is noted of each word, that of the last gate in number. The places of one gate stand
 * together, so that a pattern looks at those of its own gates and none but those; which gates these
 * are is noted when a gate has its first hit, so that words that do not stand in the draft cost
 * nothing. */
#include "engine/gate.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "engine/gate_hits.h"
#include "engine/keys.h"
#include "text/ascii.h"

/* What it costs to note a word. */
#define PV_WORK_NOTE 64u

/* More places than this are not kept from one pattern to the next. */
#define PV_BYTE_PLACES_KEPT ((size_t)1 << 18)

bool pv_gates_init(struct pv_gates *gates, const struct pv_image *image)
{
    memset(gates, 0, sizeof(*gates));
    gates->image = image;
    gates->numbers = calloc(image->gates.count + 1u, sizeof(*gates->numbers));
    gates->marked = calloc(image->gates.count / 64 + 1u, sizeof(*gates->marked));
    gates->patterns = calloc(image->patterns.count + 1u, sizeof(*gates->patterns));
    gates->byte_ranges = calloc(image->byte_sets.count + 1u, sizeof(*gates->byte_ranges));
    gates->word_cells = calloc(image->word_sets.count + 1u, sizeof(*gates->word_cells));
    gates->byte_cells = calloc(image->byte_sets.count + 1u, sizeof(*gates->byte_cells));
    return gates->numbers && gates->marked && gates->patterns && gates->byte_ranges
           && gates->word_cells && gates->byte_cells;
}

void pv_gates_release(struct pv_gates *gates)
{
    free(gates->numbers);
    free(gates->marked);
    free(gates->patterns);
    free(gates->byte_ranges);
    free(gates->word_cells);
    free(gates->byte_cells);
    pv_buf_release(&gates->blocks);
    pv_buf_release(&gates->steps);
    pv_buf_release(&gates->chunks);
    pv_buf_release(&gates->hits);
    pv_buf_release(&gates->words);
    pv_buf_release(&gates->present);
    pv_buf_release(&gates->active);
    pv_buf_release(&gates->marks);
    pv_buf_release(&gates->places);
}

static void pv_gates_forget(struct pv_gates *gates)
{
    const struct pv_gate_active *const active = PV_BUF_ITEMS(&gates->active, struct pv_gate_active);
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->active, struct pv_gate_active); i++)
        gates->patterns[active[i].use->pattern] = 0;
    memset(gates->marked, 0, (gates->image->gates.count / 64 + 1) * sizeof(*gates->marked));
    pv_buf_clear(&gates->blocks);
    pv_buf_clear(&gates->steps);
    pv_buf_clear(&gates->chunks);
    pv_buf_clear(&gates->hits);
    pv_buf_clear(&gates->words);
    pv_buf_clear(&gates->present);
    pv_buf_clear(&gates->active);
    pv_buf_clear(&gates->marks);
    pv_buf_clear(&gates->places);
    memset(gates->byte_ranges, 0, gates->image->byte_sets.count * sizeof(*gates->byte_ranges));
    if (gates->have_words)
        memset(gates->word_cells, 0, gates->image->word_sets.count * sizeof(*gates->word_cells));
    gates->have_words = gates->have_marks = gates->have_byte_cells = false;
}

bool pv_gates_read(struct pv_gates *gates, const struct pv_text *text, enum pv_view_kind view,
    const struct pv_cell_map *map, struct pv_work *work)
{
    pv_gates_forget(gates);
    gates->map = map;
    gates->work = work;
    const struct pv_view *const v = view == PV_VIEW_PLAIN ? &text->plain : &text->folded;
    gates->bytes = v->bytes;
    gates->len = v->len;
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
    uint32_t place, block;
};

/* Whether a gate stands at the start of the word, whose key is that of the gate; `more` is the key
 * of what stands behind it. */
static bool pv_word_opens(const struct pv_image *image, const struct pv_image_keyed_gate *keyed,
    const struct pv_word *word, uint32_t more)
{
    const size_t len = keyed->len_and_whole / 2;
    if (len > word->len || ((keyed->len_and_whole & 1) && len != word->len))
        return false;
    if (len <= PV_KEY_MAX)
        return true;
    if (len < 2 * PV_KEY_MAX)
        more &= UINT32_MAX >> 8 * (2 * PV_KEY_MAX - len);
    if (more != keyed->more)
        return false;
    const char *const want = pv_image_string(
        image, PV_IMAGE_ITEM(image, struct pv_image_gate, image->gates, keyed->gate)->text);
    for (size_t i = 2 * PV_KEY_MAX; i < len; i++)
        if (pv_fold_ascii(word->text[i]) != want[i])
            return false;
    return true;
}

/* Of the gates that stand at the start of a word the last one, which begins with all the others;
 * PV_NONE: there is none. */
static uint32_t pv_last_gate(const struct pv_image *image, const struct pv_word *word)
{
    const uint32_t key = pv_key(word->text, word->len);
    const uint32_t more =
        word->len > PV_KEY_MAX ? pv_key(word->text + PV_KEY_MAX, word->len - PV_KEY_MAX) : 0;
    for (size_t len = pv_lesser(PV_KEY_MAX, (uint32_t)word->len); len > 0; len--) {
        uint32_t first = 0, count;
        pv_keys_find(
            image, &image->gate_keys, key & UINT32_MAX >> 8 * (PV_KEY_MAX - len), &first, &count);
        for (uint32_t i = first + count; i > first; i--) {
            const struct pv_image_keyed_gate *const keyed =
                PV_IMAGE_ITEM(image, struct pv_image_keyed_gate, image->keyed_gates, i - 1);
            if (pv_word_opens(image, keyed, word, more))
                return keyed->gate;
        }
    }
    return PV_NONE;
}

static bool pv_note_word(struct pv_gates *gates, const struct pv_word *word)
{
    const struct pv_gate_hit hit = { pv_last_gate(gates->image, word), word->place };
    return hit.gate == PV_NONE || !pv_work_spend(gates->work, PV_WORK_NOTE)
           || pv_buf_append(&gates->hits, &hit, sizeof(hit));
}

static const struct pv_image_gate *pv_gate_at(const struct pv_gates *gates, uint32_t gate)
{
    return PV_IMAGE_ITEM(gates->image, struct pv_image_gate, gates->image->gates, gate);
}

/* Marks the gates that stand somewhere. */
static void pv_mark_present(struct pv_gates *gates)
{
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->hits, struct pv_gate_hit); i++)
        for (uint32_t gate = hits[i].gate;
             gate != PV_NONE && !(gates->marked[gate / 64] >> gate % 64 & 1);
             gate = pv_gate_at(gates, gate)->beginning)
            gates->marked[gate / 64] |= (uint64_t)1 << gate % 64;
}

/* Lists those that are marked in order, which puts those that begin with a gate behind it, and
 * unmarks them. */
static bool pv_list_present(struct pv_gates *gates)
{
    for (uint32_t group = 0; group <= gates->image->gates.count / 64; group++)
        for (; gates->marked[group]; gates->marked[group] &= gates->marked[group] - 1) {
            struct pv_gate_present *const present =
                PV_BUF_PUSH(&gates->present, struct pv_gate_present);
            if (!present)
                return false;
            present->gate = 64 * group + pv_lowest_bit(gates->marked[group]);
            gates->numbers[present->gate] =
                (uint32_t)PV_BUF_COUNT(&gates->present, struct pv_gate_present);
        }
    return true;
}

/* Counts the hits of each, and says where their places will stand. */
static void pv_count_hits(struct pv_gates *gates)
{
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    struct pv_gate_present *const present = PV_BUF_ITEMS(&gates->present, struct pv_gate_present);
    uint32_t first = 0;
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->hits, struct pv_gate_hit); i++)
        present[gates->numbers[hits[i].gate] - 1].own++;
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->present, struct pv_gate_present); i++) {
        present[i].first = first;
        first += present[i].own;
    }
}

/* Puts the places of the hits together gate by gate. */
static bool pv_gather_hits(struct pv_gates *gates)
{
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    const size_t count = PV_BUF_COUNT(&gates->hits, struct pv_gate_hit);
    const struct pv_span *const blocks = PV_BUF_ITEMS(&gates->blocks, struct pv_span);
    const struct pv_chunk *const chunks = PV_BUF_ITEMS(&gates->chunks, struct pv_chunk);
    struct pv_gate_present *const present = PV_BUF_ITEMS(&gates->present, struct pv_gate_present);
    struct pv_anchor_place *const words = pv_buf_push(&gates->words, (count + 1) * sizeof(*words));
    uint32_t block = 0, chunk = 0;
    for (size_t i = 0; words && i < count; i++) {
        struct pv_gate_present *const of = &present[gates->numbers[hits[i].gate] - 1];
        while (blocks[block].end <= hits[i].place)
            block++;
        while (chunk + (size_t)1 < PV_BUF_COUNT(&gates->chunks, struct pv_chunk)
               && chunks[chunk + 1].start <= hits[i].place)
            chunk++;
        words[of->first + of->count++] = (struct pv_anchor_place){ hits[i].place, chunk, block };
        of->cells |= pv_cell_of_block(gates->map, block);
    }
    return words != NULL;
}

/* Tells each gate of the places of those that begin with it, which stand behind its own. */
static void pv_tell_beginnings(struct pv_gates *gates)
{
    struct pv_gate_present *const present = PV_BUF_ITEMS(&gates->present, struct pv_gate_present);
    for (size_t i = PV_BUF_COUNT(&gates->present, struct pv_gate_present); i > 0; i--) {
        const uint32_t beginning = pv_gate_at(gates, present[i - 1].gate)->beginning;
        if (beginning == PV_NONE)
            continue;
        struct pv_gate_present *const of = &present[gates->numbers[beginning] - 1];
        of->count += present[i - 1].count;
        of->cells |= present[i - 1].cells;
    }
}

/* Lists the patterns that have a gate for an anchor. */
static bool pv_activate(struct pv_gates *gates)
{
    const struct pv_gate_present *const present =
        PV_BUF_ITEMS(&gates->present, struct pv_gate_present);
    for (size_t k = 0; k < PV_BUF_COUNT(&gates->present, struct pv_gate_present); k++) {
        const struct pv_range uses = pv_gate_at(gates, present[k].gate)->uses;
        for (uint32_t i = 0; i < uses.count; i++) {
            struct pv_gate_active *const active =
                PV_BUF_PUSH(&gates->active, struct pv_gate_active);
            if (!active)
                return false;
            active->use = PV_IMAGE_ITEM(gates->image, struct pv_image_gate_use, uses, i);
            active->present = (uint32_t)k;
            active->next = gates->patterns[active->use->pattern];
            gates->patterns[active->use->pattern] =
                (uint32_t)PV_BUF_COUNT(&gates->active, struct pv_gate_active);
        }
    }
    return true;
}

/* Tells the word sets of the gates that stand somewhere. */
static void pv_fill_sets(struct pv_gates *gates)
{
    const struct pv_image *const image = gates->image;
    const struct pv_gate_present *const present =
        PV_BUF_ITEMS(&gates->present, struct pv_gate_present);
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->present, struct pv_gate_present); i++) {
        const struct pv_range range = pv_gate_at(gates, present[i].gate)->sets;
        const uint32_t *const sets = pv_image_at(image, range.at);
        for (uint32_t k = 0; k < range.count; k++)
            gates->word_cells[sets[k]] |= present[i].cells;
    }
}

/* A block's start is always the start of a word, and of a chunk. */
static bool pv_note_block(struct pv_gates *gates, size_t index)
{
    const struct pv_span block = PV_BUF_ITEMS(&gates->blocks, struct pv_span)[index];
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
        const struct pv_word word = { bytes + start, at - start, (uint32_t)start, (uint32_t)index };
        if (at > start && !pv_note_word(gates, &word))
            return false;
        at += at == start;
    }
    return true;
}

static bool pv_note_steps(struct pv_gates *gates)
{
    unsigned char *const steps = pv_buf_push(&gates->steps, gates->len + 1);
    if (!steps)
        return false;
    for (size_t i = gates->len; i > 0; i--) {
        const bool goes_on = pv_is_letter(gates->bytes[i - 1]) && steps[i] < UCHAR_MAX;
        steps[i - 1] = (unsigned char)(goes_on ? steps[i] + 1 : 1);
    }
    return true;
}

bool pv_gates_have_words(struct pv_gates *gates)
{
    if (gates->have_words)
        return true;
    for (size_t b = 0; b < PV_BUF_COUNT(&gates->blocks, struct pv_span); b++)
        if (!pv_note_block(gates, b))
            return false;
    pv_mark_present(gates);
    if (!pv_note_steps(gates) || !pv_list_present(gates))
        return false;
    pv_count_hits(gates);
    if (!pv_gather_hits(gates))
        return false;
    pv_tell_beginnings(gates);
    pv_fill_sets(gates);
    if (!pv_activate(gates))
        return false;
    gates->have_words = true;
    return true;
}

uint32_t pv_gates_chunk_at(const struct pv_gates *gates, uint32_t place)
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

/* Small letters stand everywhere: a set with them is looked up by itself; the others in a list of
 * where any byte of any of them stands. */
static bool pv_has_small_letters(const struct pv_image_bytes *set)
{
    return set->bits[3] & 0x07FFFFFEu;
}

static bool pv_add_byte_place(struct pv_buf *places, size_t at, uint32_t chunk, size_t block)
{
    struct pv_anchor_place *const place = PV_BUF_PUSH(places, struct pv_anchor_place);
    if (place)
        *place = (struct pv_anchor_place){ (uint32_t)at, chunk, (uint32_t)block };
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
            if (!pv_add_byte_place(places, at, chunk, b))
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
        for (size_t k = 0; k < 8 && !pv_has_small_letters(set); k++)
            all.bits[k] |= set->bits[k];
    }
    gates->have_marks = pv_note_bytes(gates, &all, &gates->marks);
    return gates->have_marks;
}

static bool pv_note_set(struct pv_gates *gates, const struct pv_image_bytes *set)
{
    if (pv_has_small_letters(set))
        return pv_note_bytes(gates, set, &gates->places);
    if (!pv_have_marks(gates))
        return false;
    const struct pv_anchor_place *const marks = PV_BUF_ITEMS(&gates->marks, struct pv_anchor_place);
    if (!pv_work_spend(
            gates->work, PV_BUF_COUNT(&gates->marks, struct pv_anchor_place) / PV_WORK_BYTES))
        return true;
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->marks, struct pv_anchor_place); i++)
        if (pv_in_set(set, (unsigned char)gates->bytes[marks[i].at])
            && !pv_add_byte_place(&gates->places, marks[i].at, marks[i].chunk, marks[i].block))
            return false;
    return true;
}

/* Kept until there are too many of them. */
bool pv_gates_byte_places(struct pv_gates *gates, uint32_t set, struct pv_byte_range *range)
{
    struct pv_byte_range *const known = &gates->byte_ranges[set];
    if (!known->ready) {
        if (PV_BUF_COUNT(&gates->places, struct pv_anchor_place) > PV_BYTE_PLACES_KEPT) {
            pv_buf_clear(&gates->places);
            memset(
                gates->byte_ranges, 0, gates->image->byte_sets.count * sizeof(*gates->byte_ranges));
        }
        const size_t first = PV_BUF_COUNT(&gates->places, struct pv_anchor_place);
        if (!pv_note_set(gates, pv_byte_set_at(gates, set)))
            return false;
        known->first = (uint32_t)first;
        known->count = (uint32_t)(PV_BUF_COUNT(&gates->places, struct pv_anchor_place) - first);
        known->ready = true;
    }
    *range = *known;
    return true;
}
