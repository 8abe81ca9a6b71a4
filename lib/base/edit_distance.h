/* edit_distance.h: how far two words are from each other. */
#ifndef PV_BASE_EDIT_DISTANCE_H
#define PV_BASE_EDIT_DISTANCE_H

#include <stddef.h>

/* Bytes that the second word may have at most. */
#define PV_EDIT_DISTANCE_MAX 40

/* The optimal string alignment distance of two strings, in bytes: insertions, deletions,
 * substitutions and swaps of neighbours, each costing one, the case of ASCII letters aside.
 * Source: Damerau, CACM 7(3), 1964. */
size_t pv_edit_distance(const char *a, const char *b);

#endif
