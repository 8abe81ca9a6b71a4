/* counted.h: a pattern so written that PCRE2 calls back wherever its work can grow. For patterns in
 * which there is no room for a call at every step. */
#ifndef PV_ENGINE_COUNTED_H
#define PV_ENGINE_COUNTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Appends a pattern, which must compile, with a call behind each group and each repeat: it matches
 * what it matched. `*understood` is false where that cannot be done: with (?x), in whose comments
 * anything may stand. False when out of memory. */
bool pv_counted_text(const char *text, size_t len, struct pv_buf *out, bool *understood);

#endif
