/* list.c: see list.h. The slots of a list are written by compile_find.c. */
#include "engine/list.h"

#include <string.h>

#include "base/hash.h"
#include "engine/terms.h"

bool pv_list_key(const char *text, size_t len, struct pv_buf *key)
{
    size_t kept = 0;
    if (!pv_text_fold(text, len, key))
        return false;
    for (size_t i = 0; i < key->len; i++)
        if (pv_is_word_at(key->data, key->len, i))
            key->data[kept++] = key->data[i];
    key->len = kept;
    return true;
}

bool pv_list_has(
    const struct pv_image *image, uint32_t index, const char *text, size_t len, bool *nomem)
{
    const struct pv_image_list *const list =
        PV_IMAGE_ITEM(image, struct pv_image_list, image->lists, index);
    const pv_ref *const slots = pv_image_at(image, list->slots);
    struct pv_buf key = { 0 };
    bool found = false;
    if (!pv_list_key(text, len, &key)) {
        *nomem = true;
    } else if (key.len) {
        size_t i = pv_hash(key.data, key.len) & (list->slot_count - 1);
        for (; slots[i] && !found; i = (i + 1) & (list->slot_count - 1)) {
            const char *const entry = pv_image_string(image, slots[i]);
            found = strlen(entry) == key.len && memcmp(entry, key.data, key.len) == 0;
        }
    }
    pv_buf_release(&key);
    return found;
}
