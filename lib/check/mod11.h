/* mod11.h: the Modulus 11 sum that NHS, CHI and Health and Care numbers and ISBN-10 share. */
#ifndef PV_CHECK_MOD11_H
#define PV_CHECK_MOD11_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the ten values, weighted 10 down to 1, add up to a multiple of 11: the last is then the
 * check digit of the nine before it. Values are 0 to 9; the last may be 10 (the X of an ISBN).
 * Source: NHS Data Model and Dictionary, NHS NUMBER; ISO 2108:1992. */
static inline bool pv_mod11_holds(const uint8_t values[10])
{
    unsigned sum = 0;
    for (unsigned i = 0; i < 10; i++)
        sum += (10 - i) * values[i];
    return sum % 11 == 0;
}

#endif
