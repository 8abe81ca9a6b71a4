/* keys.h: from the beginning of a word to the records that begin so. A key is the first one to four
 * bytes of a word, in lower case; a word of the text is looked up by each of its own beginnings. A
 * bitmap answers "no such key" for nearly all of them, a hash table the rest. */
#ifndef PV_ENGINE_KEYS_H
#define PV_ENGINE_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "engine/image.h"
#include "engine/writer.h"
#include "text/text.h"

#define PV_KEY_MAX 4u

static inline uint32_t pv_key(const char *word, size_t len)
{
    uint32_t key = 0;
    for (size_t i = 0; i < len && i < PV_KEY_MAX; i++)
        key |= (uint32_t)(unsigned char)pv_fold_ascii(word[i]) << (8 * i);
    return key;
}

/* The key of four bytes that are in lower case already. */
static inline uint32_t pv_key_of_bytes(const char *bytes)
{
    const unsigned char *const b = (const unsigned char *)bytes;
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static inline uint32_t pv_key_hash(uint32_t key)
{
    return (key * 2654435761u) >> 8;
}

/* Sets the run of records with this key; *count 0 when there are none. */
static inline void pv_keys_find(const struct pv_image *image, const struct pv_image_keys *keys,
    uint32_t key, uint32_t *first, uint32_t *count)
{
    const uint32_t hash = pv_key_hash(key);
    const uint32_t *const bitmap = pv_image_at(image, keys->bitmap);
    const struct pv_image_key_slot *const slots = pv_image_at(image, keys->slots.at);
    *count = 0;
    if (!(bitmap[hash % PV_KEY_BITMAP_BITS / 32] >> hash % 32 & 1))
        return;
    const uint32_t mask = keys->slots.count - 1;
    uint32_t i = hash & mask;
    while (slots[i].key && slots[i].key != key)
        i = (i + 1) & mask;
    *first = slots[i].first;
    *count = slots[i].count;
}

/* Writes the table of `count` records whose keys, none of them 0, are sorted. */
void pv_keys_build(
    struct pv_writer *writer, const uint32_t *sorted, size_t count, struct pv_image_keys *keys);

#endif
