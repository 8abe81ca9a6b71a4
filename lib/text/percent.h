/* percent.h: what an address hides as "%20". Knows nothing of what the address leads to. */
#ifndef PV_TEXT_PERCENT_H
#define PV_TEXT_PERCENT_H

#include "text/edits.h"

/* Finds, in the stretch [from, to) of a canonical view, percent-encoded ASCII characters of
 * addresses ("?nhs=943%20476%205919", "?born=1937%2D08%2D30") that stand beside a digit:
 * identifiers are all that is looked for in an address. Adds the edits that make them plain. False
 * when out of memory. */
bool pv_percent_find(const char *s, size_t from, size_t to, struct pv_edits *edits);

#endif
