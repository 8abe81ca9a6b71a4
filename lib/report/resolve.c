/* resolve.c: in order of start, each candidate is compared with those before it that still reach
 * over it. */
#include "report/resolve.h"

#include <stdlib.h>

static int pv_compare_places(const void *left, const void *right)
{
    const struct pv_candidate *const a = left, *const b = right;
    if (a->source.start != b->source.start)
        return a->source.start < b->source.start ? -1 : 1;
    if (a->source.end != b->source.end)
        return a->source.end < b->source.end ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Both spans are 0..0, or they share a byte. */
static bool pv_overlap(const struct pv_candidate *a, const struct pv_candidate *b)
{
    const bool a_whole = a->source.end == 0, b_whole = b->source.end == 0;
    if (a_whole || b_whole)
        return a_whole && b_whole;
    return a->source.start < b->source.end && b->source.start < a->source.end;
}

static bool pv_is_better(const struct pv_candidate *a, const struct pv_candidate *b)
{
    const size_t a_len = a->source.end - a->source.start, b_len = b->source.end - b->source.start;
    if (a->severity != b->severity)
        return a->severity > b->severity;
    if (a->confidence != b->confidence)
        return a->confidence > b->confidence;
    if (a->weighed != b->weighed)
        return b->weighed;
    if (a->spelled != b->spelled)
        return b->spelled;
    if (a_len != b_len)
        return a_len > b_len;
    return a->rule <= b->rule;
}

struct pv_resolver {
    pv_yields_fn *yields;
    const void *user;
};

static void pv_settle_yields(
    const struct pv_resolver *r, struct pv_candidate *a, struct pv_candidate *b)
{
    if (r->yields(r->user, a->rule, b->rule, b->pack))
        a->dropped = true;
    else if (r->yields(r->user, b->rule, a->rule, a->pack))
        b->dropped = true;
}

static void pv_settle_pack(
    const struct pv_resolver *r, struct pv_candidate *a, struct pv_candidate *b)
{
    (void)r;
    if (a->pack != b->pack)
        return;
    if (pv_is_better(a, b))
        b->dropped = true;
    else
        a->dropped = true;
}

typedef void pv_settle_fn(
    const struct pv_resolver *r, struct pv_candidate *a, struct pv_candidate *b);

/* Settles every pair that overlaps and still stands. `reach[i]` is how far candidates 0 to i go,
 * so that the look back ends as early as it can. */
static void pv_settle_all(
    struct pv_candidate *c, size_t count, const struct pv_resolver *r, pv_settle_fn *settle)
{
    size_t oldest = 0; /* no earlier candidate reaches any later one */
    size_t reach = 0;
    for (size_t i = 0; i < count; i++) {
        if (c[i].source.end && c[i].source.start >= reach)
            oldest = i;
        for (size_t k = oldest; k < i && !c[i].dropped; k++)
            if (!c[k].dropped && pv_overlap(&c[k], &c[i]))
                settle(r, &c[k], &c[i]);
        if (c[i].source.end > reach)
            reach = c[i].source.end;
    }
}

void pv_resolve(
    struct pv_candidate *candidates, size_t count, pv_yields_fn *yields, const void *user)
{
    const struct pv_resolver r = { yields, user };
    if (!count)
        return;
    qsort(candidates, count, sizeof(*candidates), pv_compare_places);
    pv_settle_all(candidates, count, &r, pv_settle_yields);
    pv_settle_all(candidates, count, &r, pv_settle_pack);
}
