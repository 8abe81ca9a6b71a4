/* edits.h: what a stage that looks at words puts in their place. Pure data. */
#ifndef PV_TEXT_EDITS_H
#define PV_TEXT_EDITS_H

#include "text/build.h"

/* `len` bytes at `text` of the replacements stand for [start, end) of the view; none: it goes. */
struct pv_edit {
    uint32_t start, end;
    uint32_t text, len;
};

/* Edits, in no order. Of those that overlap the one that starts first is made, or the longer. */
struct pv_edits {
    struct pv_buf *items; /* of struct pv_edit */
    struct pv_buf *replacements;
};

/* What was put behind the replacements since they were `text` long stands for [start, end). False
 * when out of memory. */
static inline bool pv_edits_add(struct pv_edits *edits, size_t start, size_t end, size_t text)
{
    struct pv_edit *const edit = PV_BUF_PUSH(edits->items, struct pv_edit);
    if (edit)
        *edit = (struct pv_edit){ (uint32_t)start, (uint32_t)end, (uint32_t)text,
            (uint32_t)(edits->replacements->len - text) };
    return edit != NULL;
}

#endif
