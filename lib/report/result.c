/* result.c: see result.h. Orders findings by start, end and rule id, so that the output is the same
 * on every run. */
#include "report/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/position.h"

struct postvet_result *pv_result_new(void)
{
    return calloc(1, sizeof(struct postvet_result));
}

/* Copies the reasons, which live in the scanner, into the result. */
static const char *const *pv_copy_reasons(
    struct pv_arena *arena, const char *const *reasons, size_t count)
{
    const char **const copy = pv_arena_calloc(arena, count + 1, sizeof(*copy));
    for (size_t i = 0; copy && i < count; i++) {
        copy[i] = pv_arena_strndup(arena, reasons[i], strlen(reasons[i]));
        if (!copy[i])
            return NULL;
    }
    return copy;
}

bool pv_result_add(
    struct postvet_result *result, const postvet_rule_info *rule, const postvet_finding *finding)
{
    const char *const *const reasons =
        pv_copy_reasons(&result->arena, finding->reasons, finding->reason_count);
    postvet_finding *const slot = reasons ? PV_BUF_PUSH(&result->findings, postvet_finding) : NULL;
    if (!slot)
        return false;
    *slot = *finding;
    slot->reasons = reasons;
    slot->rule = rule->id;
    slot->category = rule->pack;
    slot->title = rule->title;
    slot->message = rule->message;
    slot->advice = rule->advice;
    slot->citations = rule->citations;
    slot->citation_count = rule->citation_count;
    return true;
}

bool pv_result_incomplete(struct postvet_result *result, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    const char *const kept = pv_arena_strndup(&result->arena, text, strlen(text));
    const char **const slot = kept ? PV_BUF_PUSH(&result->incomplete, const char *) : NULL;
    if (slot)
        *slot = kept;
    return slot != NULL;
}

static int pv_compare_findings(const void *left, const void *right)
{
    const postvet_finding *const a = left, *const b = right;
    if (a->start.byte != b->start.byte)
        return a->start.byte < b->start.byte ? -1 : 1;
    if (a->end.byte != b->end.byte)
        return a->end.byte < b->end.byte ? -1 : 1;
    return strcmp(a->rule, b->rule);
}

static int pv_compare_bytes(const void *left, const void *right)
{
    const postvet_position *const a = left, *const b = right;
    return a->byte < b->byte ? -1 : a->byte > b->byte;
}

/* The place of `byte`, which is among the sorted ones. */
static postvet_position pv_placed(const postvet_position *places, size_t count, size_t byte)
{
    size_t low = 0, high = count - 1;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (places[middle].byte < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return places[low];
}

bool pv_result_place(struct postvet_result *result, const char *source, size_t len)
{
    postvet_finding *const findings = PV_BUF_ITEMS(&result->findings, postvet_finding);
    const size_t count = PV_BUF_COUNT(&result->findings, postvet_finding);
    struct pv_buf places = { 0 };
    if (!count)
        return true;
    if (!pv_buf_push(&places, 2 * count * sizeof(postvet_position)))
        return false;
    qsort(findings, count, sizeof(*findings), pv_compare_findings);
    postvet_position *const p = PV_BUF_ITEMS(&places, postvet_position);
    for (size_t i = 0; i < count; i++) {
        p[2 * i] = findings[i].start;
        p[2 * i + 1] = findings[i].end;
    }
    /* Ascending, so that one pass over the draft finds them all. */
    qsort(p, 2 * count, sizeof(*p), pv_compare_bytes);
    pv_positions(source, len, p, 2 * count);
    for (size_t i = 0; i < count; i++) {
        findings[i].start = pv_placed(p, 2 * count, findings[i].start.byte);
        findings[i].end = pv_placed(p, 2 * count, findings[i].end.byte);
    }
    pv_buf_release(&places);
    return true;
}
