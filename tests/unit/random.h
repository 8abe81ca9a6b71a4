/* random.h: the same "random" numbers on every run and machine. Not for secrets. */
#ifndef TESTS_RANDOM_H
#define TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* xorshift64*; any seed but 0. Source: Vigna, ACM TOMS 42(4), 2016. */
static inline uint32_t random_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)((*state * 2685821657736338717u) >> 32);
}

/* From 0 to below `count`, which is not 0. */
static inline size_t random_below(uint64_t *state, size_t count)
{
    return random_next(state) % count;
}

#endif
