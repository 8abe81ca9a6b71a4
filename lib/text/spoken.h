/* spoken.h: digits that are said rather than written. Knows nothing of identifiers. */
#ifndef PV_TEXT_SPOKEN_H
#define PV_TEXT_SPOKEN_H

#include "text/edits.h"

/* Finds, in the stretch [from, to) of a canonical view,
 *   six and more digits in words: "nine nine nine, five one four, two six" is 999 514 26;
 *   ten digits, or eleven from a nought on, in words for one and two digits and in figures, however
 *   they are mixed or glued, with words for a pause or a mark between:
 *   "733 765 nine nine four six", "943 slash 476 slash 5919", "seven4two6 2one6 seven13",
 *   "six two three, pause, four four three, then fifty-one forty-nine".
 * Adds the edits; they touch no letter beside a figure but where they take both. False when out of
 * memory. */
bool pv_spoken_find(const char *s, size_t from, size_t to, struct pv_edits *edits);

#endif
