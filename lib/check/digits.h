/* digits.h: what is left of a matched stretch when its separators are dropped. Knows nothing of
 * what the number stands for. */
#ifndef PV_CHECK_DIGITS_H
#define PV_CHECK_DIGITS_H

#include <stddef.h>
#include <stdint.h>

/* Writes the values (0 to 9, not ASCII codes) of the digits and returns how many there are; 0 when
 * there is a letter among them, or when they are more than `max`. */
size_t pv_digits_read(const char *text, size_t len, uint8_t *digits, size_t max);

/* Writes the ASCII letters, as capitals, and digits, and returns how many there are; 0 when they
 * are more than `max`. Adds no NUL. */
size_t pv_alnum_read(const char *text, size_t len, char *out, size_t max);

#endif
