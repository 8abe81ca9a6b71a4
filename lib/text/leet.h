/* leet.h: words with figures and signs for letters, or with their letters apart. Knows no words but
 * the few that figures are glued to. */
#ifndef PV_TEXT_LEET_H
#define PV_TEXT_LEET_H

#include "text/edits.h"

/* Finds, in the stretch [from, to) of a canonical view,
 *   words most of whose characters are letters, with figures or signs for letters among them:
 *   "m@nager", "bl00d", "s1lenced"; no code, no address and nothing glued: "ward3b", "SW1A1AA";
 *   four letters or more that stand alone with one and the same mark between them:
 *   "r.e.l.i.g.i.o.n", "w a r d".
 * Adds the edits that make them plain. False when out of memory. */
bool pv_leet_find(const char *s, size_t from, size_t to, struct pv_edits *edits);

#endif
