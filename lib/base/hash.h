/* hash.h: one hash for every table. Not for secrets. */
#ifndef PV_BASE_HASH_H
#define PV_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* FNV-1a with a final mix, 32 bits. Source: Fowler, Noll and Vo; the mix is MurmurHash3's. */
static inline uint32_t pv_hash(const void *bytes, size_t len)
{
    const unsigned char *const b = bytes;
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        /* cppcheck-suppress uninitvar ; it takes callers to hand in bytes where `len` is 0 */
        h = (h ^ b[i]) * 16777619u;
    h ^= h >> 16;
    h *= 0x85ebca6bu;
    h ^= h >> 13;
    return h;
}

#endif
