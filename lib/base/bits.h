/* bits.h: bits of a 64-bit number. */
#ifndef PV_BASE_BITS_H
#define PV_BASE_BITS_H

#include <stdint.h>

/* The number of the highest bit that is set; there must be one. */
static inline unsigned pv_highest_bit(uint64_t bits)
{
#if defined(__GNUC__) || defined(__clang__)
    return 63u - (unsigned)__builtin_clzll(bits);
#else
    unsigned bit = 0;
    while (bits >>= 1)
        bit++;
    return bit;
#endif
}

/* The number of the lowest one. */
static inline unsigned pv_lowest_bit(uint64_t bits)
{
    return pv_highest_bit(bits & (~bits + 1));
}

#endif
