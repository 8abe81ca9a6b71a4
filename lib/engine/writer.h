/* writer.h: building an image. Knows offsets and strings, nothing of rules.
 *
 * Out of memory is remembered, not returned: the writer goes on into a scrap record, and
 * pv_writer_finish() says in the end whether the image is whole. */
#ifndef PV_ENGINE_WRITER_H
#define PV_ENGINE_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "engine/image.h"

struct pv_writer {
    struct pv_buf image; /* starts with room for struct pv_image */
    struct pv_buf slots; /* interned strings: pv_ref, a power of two, 0 is empty */
    size_t string_count;
    bool nomem;
    _Alignas(8) char scrap[256];
};

void pv_writer_init(struct pv_writer *writer);
void pv_writer_release(struct pv_writer *writer);

/* The offset of a string, each different one stored once. NULL gives 0. */
pv_ref pv_writer_string(struct pv_writer *writer, const char *text);
pv_ref pv_writer_string_len(struct pv_writer *writer, const char *text, size_t len);

/* A zeroed record at the end of an array that is still growing; never NULL. */
void *pv_writer_push(struct pv_writer *writer, struct pv_buf *array, size_t size);
#define PV_WRITER_PUSH(writer, array, type)                                                        \
    ((type *)pv_writer_push((writer), (array), sizeof(type)))

/* Copies a finished array into the image. */
struct pv_range pv_writer_array(struct pv_writer *writer, const struct pv_buf *array, size_t size);

/* Puts `header` at the start of the image; magic, version and size are filled in here. False when
 * memory ran out on the way. */
bool pv_writer_finish(struct pv_writer *writer, struct pv_image *header);

#endif
