/* plain.h: text without markup. Knows paragraphs and bulleted lines only. */
#ifndef PV_TEXT_PLAIN_H
#define PV_TEXT_PLAIN_H

#include "text/build.h"

/* Whether nothing in the source would have to be left out or replaced to make the plain view, be
 * it read as text or as Markdown: one pass over the bytes. The views can then share it. */
bool pv_plain_is_prose(const char *source, size_t len);

/* Adds a block for each paragraph of such a source. False when out of memory. */
bool pv_plain_find_blocks(const char *source, size_t len, struct pv_buf *blocks);

/* Writes any other source that is to be read as text. */
void pv_plain_write(struct pv_build *b, size_t len);

#endif
