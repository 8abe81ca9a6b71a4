/* lines.h: where in a text a character stands. Lines end with LF, CRLF or CR, columns count code
 * points, both from 1. libyaml's own marks are not used for this, since it also ends lines at
 * U+0085, U+2028 and U+2029, which no editor counts. */
#ifndef PV_PACK_LINES_H
#define PV_PACK_LINES_H

#include "base/buf.h"
#include "pack/pack.h"

struct pv_lines {
    struct pv_buf starts; /* of size_t: the index, in code points, of each line's first character */
};

/* Reads `text`, which need not be UTF-8: each byte that does not continue a character counts as
 * one. False when out of memory; call pv_lines_release() either way. */
bool pv_lines_init(struct pv_lines *lines, const char *text, size_t len);
void pv_lines_release(struct pv_lines *lines);

/* The place of the character with this index, in code points from 0. */
struct pv_place pv_lines_place(const struct pv_lines *lines, size_t index);

/* How many characters the first `len` bytes of a text are. */
size_t pv_count_characters(const char *text, size_t len);

#endif
