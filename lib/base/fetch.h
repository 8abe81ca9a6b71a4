/* fetch.h: telling the processor what will be read soon, so that it comes while something else is
 * done. Changes nothing but the time. */
#ifndef PV_BASE_FETCH_H
#define PV_BASE_FETCH_H

#include <stddef.h>

#define PV_FETCH_LINE 64u /* bytes of a cache's line; where it is another, a little is lost */

static inline void pv_fetch(const void *bytes, size_t len)
{
#if defined(__GNUC__) || defined(__clang__)
    for (size_t i = 0; i < len; i += PV_FETCH_LINE)
        __builtin_prefetch((const char *)bytes + i);
#else
    (void)bytes;
    (void)len;
#endif
}

#endif
