/* outward_codes.h: which outward codes (the first half of a postcode) exist. Knows nothing of the
 * inward half, nor of how a postcode may be written. */
#ifndef PV_CHECK_OUTWARD_CODES_H
#define PV_CHECK_OUTWARD_CODES_H

#include <stdbool.h>
#include <stddef.h>

#define PV_OUTWARD_MAX 4 /* characters of the longest */

/* Whether this is a live outward code; capitals and digits, NUL-terminated.
 * Source: ONS Postcode Directory, February 2025 (rules/SOURCES.md). */
bool pv_outward_code_is_real(const char *code);

#endif
