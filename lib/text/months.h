/* months.h: names of months with figures or marks among their letters. Knows nothing of dates. */
#ifndef PV_TEXT_MONTHS_H
#define PV_TEXT_MONTHS_H

#include "text/edits.h"

/* Finds, in the stretch [from, to) of a canonical view, the names of months, whole or short, that
 * stand beside figures and have
 *   figures or signs for letters: "0ct 14th", "9 Ju1y", "3 @pril";
 *   one mark inside, or one sign between all letters: "Ap-ril 3", "12 J.A.N", "7 F e b".
 * Adds the edits that make them plain. False when out of memory. */
bool pv_months_find(const char *s, size_t from, size_t to, struct pv_edits *edits);

#endif
