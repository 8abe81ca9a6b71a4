/* context.h: what stands near a match. */
#ifndef PV_ENGINE_CONTEXT_H
#define PV_ENGINE_CONTEXT_H

#include "engine/matcher.h"
#include "engine/scanner.h"

/* What was found near: a hit of `matcher`, or (matcher PV_NONE) a finding of another rule. */
struct pv_neighbour {
    struct pv_span span;
    uint32_t matcher, term;
};

/* The window of `near` round a plain span. */
struct pv_span pv_window(
    struct postvet_scanner *s, const struct pv_image_near *near, struct pv_span span);

/* Whether something that `near` asks for stands in its window round `span`, outside of the span
 * itself; the nearest one goes to *found. */
bool pv_near_holds(struct postvet_scanner *s, const struct pv_image_near *near, struct pv_span span,
    struct pv_neighbour *found);

/* Those of the cells near which there is what `near` asks for, as far as that is told with such an
 * effort; findings of other rules are taken to be there. */
pv_cells pv_cells_with(struct postvet_scanner *s, const struct pv_image_near *near, pv_cells cells,
    enum pv_effort effort);

/* Those of the cells near which there is all that `nears` ask for. */
pv_cells pv_cells_with_all(
    struct postvet_scanner *s, struct pv_range nears, pv_cells cells, enum pv_effort effort);

/* A phrase for people, in the scanner's arena: "'nhs no' 2 words before". Quotes the pack, never
 * the draft. NULL when out of memory. */
const char *pv_near_reason(struct postvet_scanner *s, const struct pv_image_near *near,
    struct pv_span span, const struct pv_neighbour *found);

#endif
