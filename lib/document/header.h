/* header.h: the header of an e-mail, or of a part of one (RFC 5322, 2045, 2047, 2231). Knows fields
 * and their encodings, not what becomes of them. */
#ifndef PV_DOCUMENT_HEADER_H
#define PV_DOCUMENT_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* A stretch of bytes. */
struct pv_bytes {
    const char *data;
    size_t len;
};

/* Splits an entity at its first empty line. */
void pv_header_split(struct pv_bytes entity, struct pv_bytes *header, struct pv_bytes *body);

/* Whether the header has a field of this name, in any case; its value as it stands there, folded. A
 * field that comes twice is asked for by `number`, from 0. */
bool pv_header_field(
    struct pv_bytes header, const char *name, size_t number, struct pv_bytes *value);

/* Adds a value with its encoded words decoded and its folds made spaces. False when out of memory.
 */
bool pv_header_text(struct pv_bytes value, struct pv_buf *out, bool *lossy);

/* The first word of a value, such as "text/html", in small letters: at most `size` - 1 bytes; ""
 * when there is none. */
void pv_header_word(struct pv_bytes value, char *word, size_t size);

/* Adds the parameter of this name ("charset"), decoded and put together. Sets *found. False when
 * out of memory. */
bool pv_header_parameter(struct pv_bytes value, const char *name, struct pv_buf *out, bool *found);

#endif
