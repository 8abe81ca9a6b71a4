/* pattern.h: PCRE2, and the limits it runs under. The one place that decides how a pattern is
 * compiled, so that the compiler of packs and the scanner agree. */
#ifndef PV_ENGINE_PATTERN_H
#define PV_ENGINE_PATTERN_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <postvet/postvet.h>

/* A pattern that is counted may take this part of what may still be done about the draft. */
#define PV_PATTERN_SHARE 8u

/* Groups in one pattern, the whole match among them. */
#define PV_PATTERN_GROUPS_MAX 64u

/* How a pattern is compiled. A gated one is tried at a few places only: an offset limit may be set,
 * and PCRE2's own search for a first place to try is left out, since it would look through the
 * rest of the draft each time. A counted one calls back at every step; it is slower, and its cost
 * is known, which is what one wants of a pattern that anybody may have written: PCRE2's own limit
 * starts anew at each place that is tried. In a pattern so long that PCRE2 has no room for those
 * calls, it calls back behind groups and repeats; one that is too long even for that does not
 * compile. */
#define PV_PATTERN_GATED 1u
#define PV_PATTERN_COUNTED 2u

/* A compiled pattern of more bytes may have no room for what counts it: PCRE2 takes 64 KiB, of
 * which a call has six bytes and what it is for at least one. */
#define PV_PATTERN_LARGE 8192u

/* Compiles an expanded pattern. NULL on failure, with PCRE2's error code and offset. */
pcre2_code *pv_pattern_compile(
    const char *text, size_t len, unsigned how, int *error, size_t *offset);

/* A match context with the limits of postvet.h set, or NULL when out of memory. */
pcre2_match_context *pv_pattern_context(void);

/* Sets limits that may be lower: see postvet_scan_options. */
void pv_pattern_limit(pcre2_match_context *context, uint32_t match_max, uint32_t heap_max);

/* The number of the group called `name` that took part in the match: names may be shared by
 * alternatives. 0 when there is no such group, or it took no part. */
uint32_t pv_pattern_group(
    const pcre2_code *code, const char *name, const size_t *ovector, uint32_t groups);

#endif
