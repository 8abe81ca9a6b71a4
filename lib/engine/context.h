/* context.h: what stands near a match. */
#ifndef PV_ENGINE_CONTEXT_H
#define PV_ENGINE_CONTEXT_H

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

/* Marks in s->passages, a byte for each passage of the draft, those where every cue of `nears`
 * that must stand in the same passage does. False when there is none. */
bool pv_mark_passages(struct postvet_scanner *s, struct pv_range nears);

/* A phrase for people, in the scanner's arena: "'nhs no' 2 words before". Quotes the pack, never
 * the draft. NULL when out of memory. */
const char *pv_near_reason(struct postvet_scanner *s, const struct pv_image_near *near,
    struct pv_span span, const struct pv_neighbour *found);

#endif
