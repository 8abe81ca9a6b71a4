/* wipe.h: forgetting. */
#ifndef PV_BASE_WIPE_H
#define PV_BASE_WIPE_H

#include <stddef.h>

/* Overwrites `len` bytes with zeros in a way that no optimiser removes. */
void pv_wipe(void *memory, size_t len);

#endif
