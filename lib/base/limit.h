/* limit.h: limits of postvet.h that a caller may lower, and not raise. */
#ifndef PV_BASE_LIMIT_H
#define PV_BASE_LIMIT_H

#include <stddef.h>

/* What holds: `given` where it is something and less, else `most`. */
static inline size_t pv_limit(size_t given, size_t most)
{
    return given && given < most ? given : most;
}

#endif
