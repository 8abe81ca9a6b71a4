/* gate.c: the hits of one gate are linked from the first to the last, so that a pattern gathers
 * those of its own gates and none but those. */
#include "engine/gate.h"

#include <stdlib.h>
#include <string.h>

#include "engine/keys.h"

struct pv_gate_hit {
    uint32_t gate, place;
    uint32_t next; /* 1 + the next hit of the same gate; 0: none */
};

bool pv_gates_init(struct pv_gates *gates, const struct pv_image *image)
{
    memset(gates, 0, sizeof(*gates));
    gates->heads = calloc(image->gates.count + 1u, sizeof(*gates->heads));
    return gates->heads != NULL;
}

void pv_gates_release(struct pv_gates *gates)
{
    free(gates->heads);
    pv_buf_release(&gates->hits);
    pv_buf_release(&gates->marks);
    pv_buf_release(&gates->places);
    pv_buf_release(&gates->letters);
    pv_buf_release(&gates->blocks);
}

void pv_gates_reset(struct pv_gates *gates)
{
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    for (size_t i = 0; i < PV_BUF_COUNT(&gates->hits, struct pv_gate_hit); i++)
        gates->heads[hits[i].gate] = 0;
    pv_buf_clear(&gates->hits);
    pv_buf_clear(&gates->marks);
    gates->have_words = gates->have_marks = false;
}

/* ------------------------------------------------------------------- words */

/* A word of the text: `len` bytes, and what it may belong to. */
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

static bool pv_note_word(
    struct pv_gates *gates, const struct pv_image *image, const struct pv_word *word)
{
    for (size_t len = 1; len <= PV_KEY_MAX && len <= word->len; len++) {
        uint32_t first = 0, count;
        pv_keys_find(image, &image->gate_keys, pv_key(word->text, len), &first, &count);
        for (uint32_t i = first; i < first + count; i++) {
            if (!pv_word_opens(
                    image, PV_IMAGE_ITEM(image, struct pv_image_gate, image->gates, i), word))
                continue;
            struct pv_gate_hit *const hit = PV_BUF_PUSH(&gates->hits, struct pv_gate_hit);
            if (!hit)
                return false;
            hit->gate = i;
            hit->place = word->place;
        }
    }
    return true;
}

/* Block by block, as the patterns run: a block's start is always the start of a word. */
static bool pv_note_words(
    struct pv_gates *gates, const struct pv_image *image, const struct pv_text *text)
{
    const char *const bytes = text->plain.bytes;
    for (size_t b = 0; b < text->block_count; b++) {
        const size_t end = text->blocks[b].end;
        for (size_t at = text->blocks[b].start; at < end;) {
            const size_t start = at;
            while (at < end && pv_trigger_is_word(bytes[at]))
                at++;
            const struct pv_word word = { bytes + start, at - start, (uint32_t)start };
            if (at > start && !pv_note_word(gates, image, &word))
                return false;
            at += at == start;
        }
    }
    struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    for (size_t i = PV_BUF_COUNT(&gates->hits, struct pv_gate_hit); i > 0; i--) {
        hits[i - 1].next = gates->heads[hits[i - 1].gate];
        gates->heads[hits[i - 1].gate] = (uint32_t)i;
    }
    gates->have_words = true;
    return true;
}

/* ------------------------------------------------------------------- bytes */

static bool pv_in_set(const struct pv_image_bytes *set, unsigned char byte)
{
    return set->bits[byte / 32] >> byte % 32 & 1;
}

/* Letters stand everywhere: a set with letters is looked up by itself, the others together. */
static bool pv_has_letters(const struct pv_image_bytes *set)
{
    return (set->bits[2] & 0x07FFFFFEu) || (set->bits[3] & 0x07FFFFFEu);
}

static bool pv_note_bytes(
    const struct pv_text *text, const struct pv_image_bytes *set, struct pv_buf *places)
{
    unsigned char table[256];
    const unsigned char *const bytes = (const unsigned char *)text->plain.bytes;
    for (unsigned c = 0; c < 256; c++)
        table[c] = pv_in_set(set, (unsigned char)c);
    for (size_t at = 0; at < text->plain.len; at++) {
        if (!table[bytes[at]])
            continue;
        uint32_t *const place = PV_BUF_PUSH(places, uint32_t);
        if (!place)
            return false;
        *place = (uint32_t)at;
    }
    return true;
}

static bool pv_note_marks(
    struct pv_gates *gates, const struct pv_image *image, const struct pv_text *text)
{
    struct pv_image_bytes all = { { 0 } };
    for (uint32_t i = 0; i < image->byte_sets.count; i++) {
        const struct pv_image_bytes *const set =
            PV_IMAGE_ITEM(image, struct pv_image_bytes, image->byte_sets, i);
        for (size_t k = 0; k < 8 && !pv_has_letters(set); k++)
            all.bits[k] |= set->bits[k];
    }
    gates->have_marks = true;
    return pv_note_bytes(text, &all, &gates->marks);
}

static bool pv_add_place(struct pv_gates *gates, uint32_t place, uint32_t min, uint32_t max)
{
    const struct pv_gate_place record = { place, min, max };
    return pv_buf_append(&gates->places, &record, sizeof(record));
}

/* Where the bytes of a set stand, and perhaps other bytes too; NULL when out of memory. */
static const struct pv_buf *pv_bytes_places(struct pv_gates *gates, const struct pv_image *image,
    const struct pv_text *text, const struct pv_image_bytes *set)
{
    if (!pv_has_letters(set))
        return gates->have_marks || pv_note_marks(gates, image, text) ? &gates->marks : NULL;
    pv_buf_clear(&gates->letters);
    return pv_note_bytes(text, set, &gates->letters) ? &gates->letters : NULL;
}

static bool pv_add_byte_places(struct pv_gates *gates, const struct pv_image *image,
    const struct pv_text *text, const struct pv_image_pattern *pattern)
{
    const struct pv_image_bytes *const set =
        PV_IMAGE_ITEM(image, struct pv_image_bytes, image->byte_sets, pattern->bytes);
    const struct pv_buf *const places = pv_bytes_places(gates, image, text, set);
    if (!places)
        return false;
    const uint32_t *const at = PV_BUF_ITEMS(places, uint32_t);
    for (size_t i = 0; i < PV_BUF_COUNT(places, uint32_t); i++)
        if (pv_in_set(set, (unsigned char)text->plain.bytes[at[i]])
            && !pv_add_place(gates, at[i], pattern->min, pattern->max))
            return false;
    return true;
}

/* ------------------------------------------------------------------ places */

static int pv_compare_places(const void *left, const void *right)
{
    const struct pv_gate_place *const a = left, *const b = right;
    return a->place < b->place ? -1 : a->place > b->place;
}

bool pv_gates_places(struct pv_gates *gates, const struct pv_image *image,
    const struct pv_text *text, const struct pv_image_pattern *pattern,
    const struct pv_gate_place **places, size_t *count)
{
    size_t sources = 0;
    pv_buf_clear(&gates->places);
    if (pattern->gates.count && !gates->have_words && !pv_note_words(gates, image, text))
        return false;
    for (uint32_t i = 0; i < pattern->gates.count; i++) {
        const struct pv_image_gate_use *const use =
            PV_IMAGE_ITEM(image, struct pv_image_gate_use, pattern->gates, i);
        const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
        uint32_t hit = gates->heads[use->gate];
        sources += hit != 0;
        for (; hit; hit = hits[hit - 1].next)
            if (!pv_add_place(gates, hits[hit - 1].place, use->min, use->max))
                return false;
    }
    if (pattern->bytes != PV_NONE) {
        sources++;
        if (!pv_add_byte_places(gates, image, text, pattern))
            return false;
    }
    *places = PV_BUF_ITEMS(&gates->places, struct pv_gate_place);
    *count = PV_BUF_COUNT(&gates->places, struct pv_gate_place);
    if (sources > 1)
        qsort(gates->places.data, *count, sizeof(struct pv_gate_place), pv_compare_places);
    return true;
}

/* ------------------------------------------------------------- second gates */

static void pv_mark_place(
    const struct pv_text *text, unsigned char *marks, uint32_t place, bool *any)
{
    const size_t block = pv_text_block_at(text, place);
    if (block < text->block_count) {
        marks[block] = 1;
        *any = true;
    }
}

bool pv_gates_mark(struct pv_gates *gates, const struct pv_image *image, const struct pv_text *text,
    const struct pv_image_pattern *pattern, const unsigned char **marks, bool *any)
{
    *any = false;
    pv_buf_clear(&gates->blocks);
    if (!pv_buf_push(&gates->blocks, text->block_count + 1)
        || (!gates->have_words && !pv_note_words(gates, image, text)))
        return false;
    unsigned char *const blocks = PV_BUF_ITEMS(&gates->blocks, unsigned char);
    const struct pv_gate_hit *const hits = PV_BUF_ITEMS(&gates->hits, struct pv_gate_hit);
    for (uint32_t i = 0; i < pattern->also.count; i++)
        for (uint32_t hit = gates->heads[*PV_IMAGE_ITEM(image, uint32_t, pattern->also, i)]; hit;
             hit = hits[hit - 1].next)
            pv_mark_place(text, blocks, hits[hit - 1].place, any);
    if (pattern->also_bytes != PV_NONE) {
        const struct pv_image_bytes *const set =
            PV_IMAGE_ITEM(image, struct pv_image_bytes, image->byte_sets, pattern->also_bytes);
        const struct pv_buf *const places = pv_bytes_places(gates, image, text, set);
        if (!places)
            return false;
        const uint32_t *const at = PV_BUF_ITEMS(places, uint32_t);
        for (size_t i = 0; i < PV_BUF_COUNT(places, uint32_t); i++)
            if (pv_in_set(set, (unsigned char)text->plain.bytes[at[i]]))
                pv_mark_place(text, blocks, at[i], any);
    }
    *marks = blocks;
    return true;
}
