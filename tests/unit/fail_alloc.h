/* fail_alloc.h: makes chosen allocations fail, in a program linked by postvet_fail_alloc() of
 * CMakeLists.txt: there the linker leads malloc, calloc, realloc and strdup of our objects, and of
 * the libraries that are linked statically, to fail_alloc.c. For one thread. */
#ifndef TESTS_FAIL_ALLOC_H
#define TESTS_FAIL_ALLOC_H

#include <stddef.h>

/* Counts allocations from here on. `count` of them fail, the first of which is number `nth` (from
 * 1); nth 0: none fails. */
void fail_alloc_start(size_t nth, size_t count);

/* From here on every allocation is let through. Returns how many were asked for since the start. */
size_t fail_alloc_stop(void);

#endif
