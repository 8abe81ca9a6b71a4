/* together.h: details that are weak alone and add up: an age, a small place, a date, an illness. */
#ifndef PV_ENGINE_TOGETHER_H
#define PV_ENGINE_TOGETHER_H

#include "engine/scanner.h"

/* Appends to `groups` (struct pv_hit, by start) each group in which enough of the rule's cues stand
 * together: from the first detail to the last. False when out of memory. */
bool pv_together(
    struct postvet_scanner *s, const struct pv_image_rule *rule, struct pv_buf *groups);

#endif
