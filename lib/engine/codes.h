/* codes.h: the compiled patterns of a ruleset, shared by all its scanners and their threads. A
 * pattern is compiled when it is first needed; those of the embedded image come compiled with it,
 * and are only copied. */
#ifndef PV_ENGINE_CODES_H
#define PV_ENGINE_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/image.h"
#include "engine/pattern.h"

struct pv_codes;

/* For the patterns of an image, which must stay. NULL when out of memory. */
struct pv_codes *pv_codes_new(const struct pv_image *image);
void pv_codes_free(struct pv_codes *codes);

/* The code of a pattern, good as long as `codes`; NULL when out of memory. With `often`, as machine
 * code where the machine has it. */
const pcre2_code *pv_codes_get(struct pv_codes *codes, uint32_t pattern, bool gated, bool often);

#endif
