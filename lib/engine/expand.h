/* expand.h: the text of a pattern as a pack writes it, made ready for PCRE2: fragments put in, and
 * each space widened to any gap that a reader sees as a space. Knows nothing of packs. */
#ifndef PV_ENGINE_EXPAND_H
#define PV_ENGINE_EXPAND_H

#include <stdbool.h>
#include <stddef.h>

#include <postvet/postvet.h>

#include "base/buf.h"

/* The pattern of a fragment by name ("id" or "pack/id", not NUL-terminated), or NULL. */
typedef const char *pv_fragment_fn(void *user, const char *name, size_t len);

/* Fragments may hold fragments this deep; deeper is an error, and so is a ring of them. */
#define PV_EXPAND_DEPTH_MAX 8

enum pv_expand_status {
    PV_EXPAND_OK,
    PV_EXPAND_NOMEM,
    PV_EXPAND_UNKNOWN,        /* *bad and *bad_len name the fragment, inside `pattern` */
    PV_EXPAND_UNKNOWN_INSIDE, /* as before, but in a fragment's own text; *bad is NULL */
    PV_EXPAND_TOO_DEEP,
    PV_EXPAND_TOO_LONG /* POSTVET_PATTERN_MAX */
};

/* Appends the expanded pattern to `out`. */
enum pv_expand_status pv_expand(const char *pattern, pv_fragment_fn *fragment, void *user,
    struct pv_buf *out, const char **bad, size_t *bad_len);

#endif
