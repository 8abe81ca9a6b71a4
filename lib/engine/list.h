/* list.h: the lists of an image, as sets. Entries are compared by their letters and digits alone,
 * in any case: "Mary-Jane" is "mary jane". */
#ifndef PV_ENGINE_LIST_H
#define PV_ENGINE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "engine/image.h"

/* What a set compares of a text, put into the empty `key`. False when out of memory. */
bool pv_list_key(const char *text, size_t len, struct pv_buf *key);

/* Whether a stretch of text is in list `index` of the image. False, with *nomem set, when out of
 * memory. */
bool pv_list_has(
    const struct pv_image *image, uint32_t index, const char *text, size_t len, bool *nomem);

#endif
