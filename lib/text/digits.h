/* digits.h: digits that are written as letters or words, and months with digits for letters. Knows
 * nothing of identifiers. */
#ifndef PV_TEXT_DIGITS_H
#define PV_TEXT_DIGITS_H

#include "text/edits.h"

/* Finds, in the stretch [from, to) of a canonical view,
 *   O and o for 0, l, I and | for 1 in tokens shaped like a number: "O7700 9OO 361", "O4/o6/71";
 *   digits in words, which spoken.h tells;
 *   names of months with figures in them, which months.h tells.
 * Adds the edits. False when out of memory. */
bool pv_digits_find(const char *s, size_t from, size_t to, struct pv_edits *edits);

#endif
