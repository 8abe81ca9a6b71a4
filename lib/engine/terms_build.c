/* terms_build.c: the term table: terms sorted by key, a hash from key to its terms, a bitmap in
 * front of the hash, and the indices of the terms that are also looked for in disguise. */
#include <stdlib.h>
#include <string.h>

#include "engine/terms.h"

struct pv_keyed_term {
    uint32_t key, order;
    struct pv_image_term term;
};

static int pv_compare_keyed(const void *left, const void *right)
{
    const struct pv_keyed_term *const a = left, *const b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static uint32_t pv_key_of(const char *text, const struct pv_image_term *term)
{
    size_t len = 0;
    while (
        len < 4 && term->lead + len < term->len && pv_is_word_at(text, term->len, term->lead + len))
        len++;
    return pv_term_key(text + term->lead, len);
}

/* Sorts in place. False when out of memory. */
static bool pv_sort_terms(
    const struct pv_writer *writer, struct pv_buf *terms, struct pv_buf *keyed)
{
    const size_t count = PV_BUF_COUNT(terms, struct pv_image_term);
    struct pv_image_term *const items = PV_BUF_ITEMS(terms, struct pv_image_term);
    if (!count)
        return true;
    if (!pv_buf_push(keyed, count * sizeof(struct pv_keyed_term)))
        return false;
    struct pv_keyed_term *const k = PV_BUF_ITEMS(keyed, struct pv_keyed_term);
    for (size_t i = 0; i < count; i++) {
        k[i].key = pv_key_of(writer->image.data + items[i].text, &items[i]);
        k[i].order = (uint32_t)i;
        k[i].term = items[i];
    }
    qsort(k, count, sizeof(*k), pv_compare_keyed);
    for (size_t i = 0; i < count; i++)
        items[i] = k[i].term;
    return true;
}

static void pv_insert_key(struct pv_image_term_slot *slots, size_t slot_count, uint32_t *bitmap,
    uint32_t key, uint32_t first, uint32_t count)
{
    const uint32_t hash = pv_term_hash(key);
    bitmap[hash % PV_TERM_BITMAP_BITS / 32] |= 1u << hash % 32;
    size_t i = hash & (slot_count - 1);
    while (slots[i].key)
        i = (i + 1) & (slot_count - 1);
    slots[i] = (struct pv_image_term_slot){ key, first, count };
}

void pv_terms_build(struct pv_writer *writer, struct pv_buf *terms, struct pv_image *header)
{
    struct pv_buf keyed = { 0 }, slots = { 0 }, bitmap = { 0 }, disguised = { 0 };
    const size_t count = PV_BUF_COUNT(terms, struct pv_image_term);
    size_t slot_count = 16;
    while (slot_count < count * 2)
        slot_count *= 2;

    if (writer->nomem || !pv_sort_terms(writer, terms, &keyed)
        || !pv_buf_push(&slots, slot_count * sizeof(struct pv_image_term_slot))
        || !pv_buf_push(&bitmap, PV_TERM_BITMAP_BITS / 8)) {
        writer->nomem = true;
        goto cleanup;
    }
    const struct pv_keyed_term *const k = PV_BUF_ITEMS(&keyed, struct pv_keyed_term);
    for (size_t i = 0, first = 0; i < count; i++) {
        if (k[i].term.flags & PV_TERM_DISGUISED)
            *PV_WRITER_PUSH(writer, &disguised, uint32_t) = (uint32_t)i;
        if (i + 1 < count && k[i + 1].key == k[first].key)
            continue;
        pv_insert_key(PV_BUF_ITEMS(&slots, struct pv_image_term_slot), slot_count,
            PV_BUF_ITEMS(&bitmap, uint32_t), k[first].key, (uint32_t)first,
            (uint32_t)(i + 1 - first));
        first = i + 1;
    }
    header->terms = pv_writer_array(writer, terms, sizeof(struct pv_image_term));
    header->disguised = pv_writer_array(writer, &disguised, sizeof(uint32_t));
    header->term_slots = pv_writer_array(writer, &slots, sizeof(struct pv_image_term_slot));
    header->term_bitmap = pv_writer_array(writer, &bitmap, sizeof(uint32_t)).at;
cleanup:
    pv_buf_release(&keyed);
    pv_buf_release(&slots);
    pv_buf_release(&bitmap);
    pv_buf_release(&disguised);
}
