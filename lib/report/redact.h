/* redact.h: putting placeholders in the place of some stretches of a draft, and leaving its markup
 * alone. Knows the map to the source; nothing of rules. */
#ifndef PV_REPORT_REDACT_H
#define PV_REPORT_REDACT_H

#include "report/cut.h"
#include "text/text.h"

/* A stretch of the plain view, and what is to stand for it: "NHS number". */
struct pv_redaction {
    struct pv_span plain;
    const char *words;
};

/* Writes the source with placeholders to `out`, which is empty. Stretches that overlap in the
 * source get one, with the words of the longest. `text` is the source, or what `cuts` leave of it,
 * whose parts then stay. Sets *places to the number of placeholders. False when out of memory. */
bool pv_redact(const struct pv_text *text, const char *source, size_t len,
    const struct pv_cuts *cuts, const struct pv_redaction *redactions, size_t count,
    struct pv_buf *out, size_t *places);

#endif
