/* mask.c: see mask.h. */
#include "mask.h"

#include <stdlib.h>

static int compare_spans(const void *left, const void *right)
{
    const struct cli_span *const a = left, *const b = right;
    return a->start < b->start ? -1 : a->start > b->start;
}

struct cli_span *cli_spans_to_mask(const postvet_result *result, size_t len, size_t *count)
{
    const size_t findings = postvet_result_count(result);
    const size_t all = findings + postvet_result_suppressed_count(result);
    struct cli_span *const spans = cli_alloc(all, sizeof *spans);
    *count = 0;
    if (all >= POSTVET_FINDINGS_MAX) { /* there may be more that nobody listed: mask it all */
        spans[0] = (struct cli_span){ 0, len };
        *count = 1;
        return spans;
    }
    for (size_t i = 0; i < all; i++) {
        const postvet_finding *const finding =
            i < findings ? postvet_result_at(result, i)
                         : postvet_result_suppressed_at(result, i - findings)->finding;
        spans[i] = (struct cli_span){ finding->start.byte, finding->end.byte };
    }
    qsort(spans, all, sizeof *spans, compare_spans);
    for (size_t i = 0; i < all; i++) {
        const struct cli_span span = spans[i];
        struct cli_span *const last = *count ? &spans[*count - 1] : NULL;
        if (span.end == 0) /* about the whole draft */
            continue;
        if (last && span.start <= last->end)
            last->end = span.end > last->end ? span.end : last->end;
        else
            spans[(*count)++] = span;
    }
    return spans;
}
