/* wipe.c: memset through a volatile pointer, since C11 has no portable explicit_bzero(). */
#include "base/wipe.h"

#include <string.h>

static void *(*const volatile pv_memset)(void *, int, size_t) = memset;

void pv_wipe(void *memory, size_t len)
{
    if (len)
        pv_memset(memory, 0, len);
}
