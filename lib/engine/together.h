/* together.h: details that are weak alone and add up: an age, a small place, a date, an illness. */
#ifndef PV_ENGINE_TOGETHER_H
#define PV_ENGINE_TOGETHER_H

#include "engine/matcher.h"
#include "engine/scanner.h"

/* Those of the cells in whose passages enough of the rule's cues stand, as far as that is told with
 * such an effort. */
pv_cells pv_together_cells(struct postvet_scanner *s, const struct pv_image_rule *rule,
    pv_cells cells, enum pv_effort effort);

/* Appends to `groups` (struct pv_hit, by start) each group in which enough of the rule's cues stand
 * together in such cells: from the first detail to the last. False when out of memory. */
bool pv_together(struct postvet_scanner *s, const struct pv_image_rule *rule, pv_cells cells,
    struct pv_buf *groups);

#endif
