/* writer.c: see writer.h. Strings and finished arrays go into the image as they come; the header,
 * which needs their offsets, is written last. */
#include "engine/writer.h"

#include <string.h>

#include "base/hash.h"

static void pv_writer_align(struct pv_writer *writer)
{
    while (writer->image.len % 4 && !writer->nomem)
        writer->nomem = !pv_buf_append_byte(&writer->image, '\0');
}

void pv_writer_init(struct pv_writer *writer)
{
    memset(writer, 0, sizeof(*writer));
    writer->nomem = !pv_buf_push(&writer->image, sizeof(struct pv_image));
}

void pv_writer_release(struct pv_writer *writer)
{
    pv_buf_release(&writer->image);
    pv_buf_release(&writer->slots);
}

/* The slot where `text` is or would be. The table is never full. */
static pv_ref *pv_writer_slot(struct pv_writer *writer, const char *text, size_t len)
{
    pv_ref *const slots = PV_BUF_ITEMS(&writer->slots, pv_ref);
    const size_t count = PV_BUF_COUNT(&writer->slots, pv_ref);
    size_t i = pv_hash(text, len) & (count - 1);
    while (slots[i]) {
        const char *const known = writer->image.data + slots[i];
        if (strlen(known) == len && memcmp(known, text, len) == 0)
            break;
        i = (i + 1) & (count - 1);
    }
    return &slots[i];
}

static bool pv_writer_rehash(struct pv_writer *writer)
{
    const size_t count = PV_BUF_COUNT(&writer->slots, pv_ref);
    if (writer->string_count * 2 < count)
        return true;
    struct pv_buf old = writer->slots;
    writer->slots = (struct pv_buf){ 0 };
    if (!pv_buf_push(&writer->slots, (count ? count * 2 : 1024) * sizeof(pv_ref))) {
        writer->slots = old;
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const pv_ref ref = PV_BUF_ITEMS(&old, pv_ref)[i];
        if (ref) {
            const char *const text = writer->image.data + ref;
            *pv_writer_slot(writer, text, strlen(text)) = ref;
        }
    }
    pv_buf_release(&old);
    return true;
}

pv_ref pv_writer_string_len(struct pv_writer *writer, const char *text, size_t len)
{
    if (writer->nomem || !pv_writer_rehash(writer)) {
        writer->nomem = true;
        return 0;
    }
    pv_ref *const slot = pv_writer_slot(writer, text, len);
    const pv_ref known = *slot;
    if (known)
        return known;
    const size_t at = writer->image.len;
    if (!pv_buf_append(&writer->image, text, len) || !pv_buf_append_byte(&writer->image, '\0')) {
        writer->nomem = true;
        return 0;
    }
    writer->string_count++;
    *slot = (pv_ref)at;
    return (pv_ref)at;
}

pv_ref pv_writer_string(struct pv_writer *writer, const char *text)
{
    return text ? pv_writer_string_len(writer, text, strlen(text)) : 0;
}

void *pv_writer_push(struct pv_writer *writer, struct pv_buf *array, size_t size)
{
    void *const item = writer->nomem ? NULL : pv_buf_push(array, size);
    if (item)
        return item;
    writer->nomem = true;
    memset(writer->scrap, 0, sizeof(writer->scrap));
    return writer->scrap;
}

struct pv_range pv_writer_array(struct pv_writer *writer, const struct pv_buf *array, size_t size)
{
    pv_writer_align(writer);
    const size_t at = writer->image.len;
    if (writer->nomem || !pv_buf_append(&writer->image, array->data, array->len)) {
        writer->nomem = true;
        return (struct pv_range){ 0, 0 };
    }
    return (struct pv_range){ (pv_ref)at, (uint32_t)(array->len / size) };
}

bool pv_writer_finish(struct pv_writer *writer, struct pv_image *header)
{
    pv_writer_align(writer);
    if (writer->nomem)
        return false;
    header->magic = PV_IMAGE_MAGIC;
    header->version = PV_IMAGE_VERSION;
    header->size = (uint32_t)writer->image.len;
    memcpy(writer->image.data, header, sizeof(*header));
    return true;
}
