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

void pv_result_free(struct postvet_result *result)
{
    if (!result)
        return;
    pv_buf_release(&result->findings);
    pv_buf_release(&result->suppressed);
    pv_buf_release(&result->notices);
    pv_buf_release(&result->incomplete);
    pv_arena_release(&result->arena);
    free(result);
}

/* What the rule says of all its findings. */
static void pv_word_finding(postvet_finding *finding, const postvet_rule_info *rule)
{
    finding->rule = rule->id;
    finding->category = rule->pack;
    finding->title = rule->title;
    finding->message = rule->message;
    finding->advice = rule->advice;
    finding->citations = rule->citations;
    finding->citation_count = rule->citation_count;
}

bool pv_result_add(
    struct postvet_result *result, const postvet_rule_info *rule, const postvet_finding *finding)
{
    postvet_finding *const slot = PV_BUF_PUSH(&result->findings, postvet_finding);
    if (!slot)
        return false;
    *slot = *finding;
    pv_word_finding(slot, rule);
    return true;
}

bool pv_result_add_suppressed(struct postvet_result *result, const postvet_rule_info *rule,
    const postvet_finding *finding, const postvet_suppression *suppression)
{
    struct pv_set_aside *const slot = PV_BUF_PUSH(&result->suppressed, struct pv_set_aside);
    if (!slot)
        return false;
    slot->told = *suppression;
    slot->finding = *finding;
    pv_word_finding(&slot->finding, rule);
    return true;
}

bool pv_result_notice(struct postvet_result *result, const postvet_notice *notice)
{
    postvet_notice *const slot =
        notice->message ? PV_BUF_PUSH(&result->notices, postvet_notice) : NULL;
    if (slot)
        *slot = *notice;
    return slot != NULL;
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

static int pv_compare_set_aside(const void *left, const void *right)
{
    const struct pv_set_aside *const a = left, *const b = right;
    return pv_compare_findings(&a->finding, &b->finding);
}

static int pv_compare_notices(const void *left, const void *right)
{
    const postvet_notice *const a = left, *const b = right;
    const int files = (*a->file != '\0') - (*b->file != '\0');
    if (files)
        return files;
    if (a->start.byte != b->start.byte)
        return a->start.byte < b->start.byte ? -1 : 1;
    return strcmp(a->kind, b->kind);
}

static void pv_sort(struct pv_buf *items, size_t size, int (*compare)(const void *, const void *))
{
    if (items->len)
        qsort(items->data, items->len / size, size, compare);
}

static int pv_compare_places(const void *left, const void *right)
{
    const postvet_position *const *const a = left, *const *const b = right;
    return (*a)->byte < (*b)->byte ? -1 : (*a)->byte > (*b)->byte;
}

static bool pv_add_places(struct pv_buf *places, postvet_position *start, postvet_position *end)
{
    return pv_buf_append(places, &start, sizeof(start)) && pv_buf_append(places, &end, sizeof(end));
}

/* Every place of the result that is in the draft, as postvet_position *. From here on the list of
 * what was set aside does not move. */
static bool pv_collect_places(struct postvet_result *result, struct pv_buf *places)
{
    postvet_finding *const f = PV_BUF_ITEMS(&result->findings, postvet_finding);
    struct pv_set_aside *const s = PV_BUF_ITEMS(&result->suppressed, struct pv_set_aside);
    postvet_notice *const n = PV_BUF_ITEMS(&result->notices, postvet_notice);
    bool ok = true;
    for (size_t i = 0; ok && i < PV_BUF_COUNT(&result->findings, postvet_finding); i++)
        ok = pv_add_places(places, &f[i].start, &f[i].end);
    for (size_t i = 0; ok && i < PV_BUF_COUNT(&result->suppressed, struct pv_set_aside); i++) {
        s[i].told.finding = &s[i].finding;
        ok = pv_add_places(places, &s[i].finding.start, &s[i].finding.end)
             && (*s[i].told.file || pv_add_places(places, &s[i].told.start, &s[i].told.end));
    }
    for (size_t i = 0; ok && i < PV_BUF_COUNT(&result->notices, postvet_notice); i++)
        ok = *n[i].file || pv_add_places(places, &n[i].start, &n[i].end);
    return ok;
}

bool pv_result_place(struct postvet_result *result, const char *source, size_t len)
{
    struct pv_buf places = { 0 }, positions = { 0 };
    pv_sort(&result->findings, sizeof(postvet_finding), pv_compare_findings);
    pv_sort(&result->suppressed, sizeof(struct pv_set_aside), pv_compare_set_aside);
    pv_sort(&result->notices, sizeof(postvet_notice), pv_compare_notices);
    bool ok = pv_collect_places(result, &places);
    const size_t count = PV_BUF_COUNT(&places, postvet_position *);
    ok = ok && (!count || pv_buf_push(&positions, count * sizeof(postvet_position)));
    if (ok && count) {
        postvet_position **const place = PV_BUF_ITEMS(&places, postvet_position *);
        postvet_position *const p = PV_BUF_ITEMS(&positions, postvet_position);
        /* Ascending, so that one pass over the draft finds them all. */
        pv_sort(&places, sizeof(postvet_position *), pv_compare_places);
        for (size_t i = 0; i < count; i++)
            p[i] = *place[i];
        pv_positions(source, len, p, count);
        for (size_t i = 0; i < count; i++)
            *place[i] = p[i];
    }
    pv_buf_release(&places);
    pv_buf_release(&positions);
    return ok;
}

/* Whether any of the lines is one from start to end. An end at the start of a line is not in it. */
static bool pv_touches(
    const postvet_lines *lines, size_t count, postvet_position start, postvet_position end)
{
    const size_t last = end.column == 1 && end.line > start.line ? end.line - 1 : end.line;
    size_t low = 0, high = count;
    while (low < high) { /* the first that ends no earlier than it starts */
        const size_t middle = low + (high - low) / 2;
        if (lines[middle].last < start.line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && lines[low].first <= last;
}

void pv_result_restrict(struct postvet_result *result, const postvet_lines *lines, size_t count)
{
    postvet_finding *const f = PV_BUF_ITEMS(&result->findings, postvet_finding);
    struct pv_set_aside *const s = PV_BUF_ITEMS(&result->suppressed, struct pv_set_aside);
    postvet_notice *const n = PV_BUF_ITEMS(&result->notices, postvet_notice);
    size_t findings = 0, suppressed = 0, notices = 0;
    for (size_t i = 0; i < PV_BUF_COUNT(&result->findings, postvet_finding); i++)
        if (!f[i].end.byte || pv_touches(lines, count, f[i].start, f[i].end))
            f[findings++] = f[i];
        else
            result->elsewhere++;
    for (size_t i = 0; i < PV_BUF_COUNT(&result->suppressed, struct pv_set_aside); i++) {
        if (s[i].finding.end.byte
            && !pv_touches(lines, count, s[i].finding.start, s[i].finding.end)) {
            result->elsewhere++;
            continue;
        }
        s[suppressed] = s[i];
        s[suppressed].told.finding = &s[suppressed].finding;
        suppressed++;
    }
    for (size_t i = 0; i < PV_BUF_COUNT(&result->notices, postvet_notice); i++)
        if (*n[i].file || n[i].severity == POSTVET_NOTE
            || pv_touches(lines, count, n[i].start, n[i].end))
            n[notices++] = n[i];
    result->findings.len = findings * sizeof(*f);
    result->suppressed.len = suppressed * sizeof(*s);
    result->notices.len = notices * sizeof(*n);
}
