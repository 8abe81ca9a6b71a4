/* spots.h: stretches of text that are no prose though no markup says so: URLs, file names, hashes.
 * Knows nothing of markup. */
#ifndef PV_TEXT_SPOTS_H
#define PV_TEXT_SPOTS_H

#include "text/text.h"

/* Finds the bare URLs, domains of e-mail addresses, DOIs, UUIDs, long hexadecimal hashes and file
 * names of the plain view. `spots` is scratch; `marks` becomes the scopes with the spots set in,
 * unless there are none. False when out of memory. */
bool pv_spots_mark(struct pv_text *text, struct pv_buf *spots, struct pv_buf *marks);

#endif
