/* keys.c: open addressing, at most half full. */
#include "engine/keys.h"

static void pv_insert_key(struct pv_image_key_slot *slots, size_t slot_count, uint32_t *bitmap,
    struct pv_image_key_slot slot)
{
    const uint32_t hash = pv_key_hash(slot.key);
    bitmap[hash % PV_KEY_BITMAP_BITS / 32] |= 1u << hash % 32;
    size_t i = hash & (slot_count - 1);
    while (slots[i].key)
        i = (i + 1) & (slot_count - 1);
    slots[i] = slot;
}

void pv_keys_build(
    struct pv_writer *writer, const uint32_t *sorted, size_t count, struct pv_image_keys *keys)
{
    struct pv_buf slots = { 0 }, bitmap = { 0 };
    size_t slot_count = 16;
    while (slot_count < count * 2)
        slot_count *= 2;
    if (writer->nomem || !pv_buf_push(&slots, slot_count * sizeof(struct pv_image_key_slot))
        || !pv_buf_push(&bitmap, PV_KEY_BITMAP_BITS / 8)) {
        writer->nomem = true;
    } else {
        for (size_t i = 0, first = 0; i < count; i++) {
            if (i + 1 < count && sorted[i + 1] == sorted[first])
                continue;
            pv_insert_key(PV_BUF_ITEMS(&slots, struct pv_image_key_slot), slot_count,
                PV_BUF_ITEMS(&bitmap, uint32_t),
                (struct pv_image_key_slot){
                    sorted[first], (uint32_t)first, (uint32_t)(i + 1 - first) });
            first = i + 1;
        }
        keys->slots = pv_writer_array(writer, &slots, sizeof(struct pv_image_key_slot));
        keys->bitmap = pv_writer_array(writer, &bitmap, sizeof(uint32_t)).at;
    }
    pv_buf_release(&slots);
    pv_buf_release(&bitmap);
}
