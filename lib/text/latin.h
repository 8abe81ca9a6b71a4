/* latin.h: letters that pass for Latin ones in the plain view. There, unlike in the folded view, a
 * name keeps its accents; only what no honest word has is put right. */
#ifndef PV_TEXT_LATIN_H
#define PV_TEXT_LATIN_H

#include "text/chars.h"
#include "text/confusables.h"
#include "text/edits.h"

/* The entry of a look-alike, or NULL. */
const struct pv_confusable *pv_confusable_find(uint32_t c);

/* How to read, and what was seen. */
struct pv_latin {
    struct pv_unicode unicode;
    bool spells, mixed;
};

/* Finds, in the stretch [from, to) of a canonical view, letters with marks and look-alikes
 *   in words that hold a digit: a postcode, a record number;
 *   in up to four capitals just before a number;
 *   a capital that stands alone, as do a digit and another character beside it: "K T 1 6 9 S F".
 * Adds the edits that make them plain, and with `spells` those of every other word of look-alikes.
 * Sets `mixed` when such a word has Latin letters, too. False when out of memory. */
bool pv_latin_find(
    struct pv_latin *latin, const char *s, size_t from, size_t to, struct pv_edits *edits);

#endif
