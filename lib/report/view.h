/* view.h: the plain or folded view of a draft as a caller sees it: stretch by stretch. */
#ifndef PV_REPORT_VIEW_H
#define PV_REPORT_VIEW_H

#include <postvet/postvet.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/text.h"

struct postvet_view {
    struct pv_buf stretches; /* of postvet_stretch */
    struct pv_arena arena;   /* their text */
};

/* Fills an empty view. False when out of memory. */
bool pv_view_fill(struct postvet_view *view, const struct pv_text *text, bool folded);

#endif
