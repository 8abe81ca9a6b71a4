/* pattern.c: see pattern.h. */
#include "engine/pattern.h"
#include "base/limit.h"
#include "engine/counted.h"

#include <string.h>

#define PV_PATTERN_OPTIONS                                                                         \
    (PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_DOLLAR_ENDONLY | PCRE2_DUPNAMES                \
        | PCRE2_NEVER_BACKSLASH_C)

/* Of a pattern with no room for a call at every step. */
static pcre2_code *compile_counted(
    const char *text, size_t len, uint32_t options, int *error, size_t *offset)
{
    struct pv_buf counted = { 0 };
    bool understood;
    pcre2_code *code = NULL;
    if (!pv_counted_text(text, len, &counted, &understood))
        *error = PCRE2_ERROR_HEAP_FAILED;
    else if (understood)
        code = pcre2_compile((PCRE2_SPTR)counted.data, counted.len, options, error, offset, NULL);
    if (!code && *error != PCRE2_ERROR_HEAP_FAILED) {
        *error = PCRE2_ERROR_PATTERN_TOO_LARGE;
        *offset = len;
    }
    pv_buf_release(&counted);
    return code;
}

pcre2_code *pv_pattern_compile(
    const char *text, size_t len, unsigned how, int *error, size_t *offset)
{
    uint32_t options = PV_PATTERN_OPTIONS;
    if (how & PV_PATTERN_GATED)
        options |= PCRE2_USE_OFFSET_LIMIT | PCRE2_NO_START_OPTIMIZE;
    if (how & PV_PATTERN_COUNTED) {
        pcre2_code *const counted =
            pcre2_compile((PCRE2_SPTR)text, len, options | PCRE2_AUTO_CALLOUT, error, offset, NULL);
        return counted || *error != PCRE2_ERROR_PATTERN_TOO_LARGE
                   ? counted
                   : compile_counted(text, len, options, error, offset);
    }
    return pcre2_compile((PCRE2_SPTR)text, len, options, error, offset, NULL);
}

pcre2_match_context *pv_pattern_context(void)
{
    pcre2_match_context *const context = pcre2_match_context_create(NULL);
    if (context)
        pv_pattern_limit(context, 0, 0);
    return context;
}

void pv_pattern_limit(pcre2_match_context *context, uint32_t match_max, uint32_t heap_max)
{
    pcre2_set_match_limit(context, (uint32_t)pv_limit(match_max, POSTVET_MATCH_MAX));
    pcre2_set_heap_limit(context, (uint32_t)pv_limit(heap_max, POSTVET_HEAP_MAX));
}

uint32_t pv_pattern_group(
    const pcre2_code *code, const char *name, const size_t *ovector, uint32_t groups)
{
    PCRE2_SPTR first = NULL, last = NULL;
    const int size = pcre2_substring_nametable_scan(code, (PCRE2_SPTR)name, &first, &last);
    if (size <= 0)
        return 0;
    for (PCRE2_SPTR entry = first; entry <= last; entry += size) {
        const uint32_t number = (uint32_t)(entry[0] << 8 | entry[1]);
        if (number < groups && ovector[2 * number] != PCRE2_UNSET)
            return number;
    }
    return 0;
}
