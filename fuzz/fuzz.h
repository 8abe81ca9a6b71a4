/* fuzz.h: what the harnesses share. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* An assertion that NDEBUG does not turn off. */
#define FUZZ_ASSERT(condition)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* Whether each input is to be tried in every way: where files are replayed, and not where libFuzzer
 * makes as many as it can. */
#ifdef FUZZ_LIBFUZZER
#define FUZZ_ALL false
#else
#define FUZZ_ALL true
#endif

/* One input. libFuzzer calls it with inputs that it makes, standalone.c with files. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
