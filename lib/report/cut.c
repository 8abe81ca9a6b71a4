/* cut.c: a draft has few directives, but as many findings as there may be: places are found by
 * halving. */
#include "report/cut.h"

struct pv_cut_part {
    struct pv_span span;
    size_t left; /* bytes of the source before it that are left */
};

static struct pv_cut_part *parts(const struct pv_cuts *cuts)
{
    return PV_BUF_ITEMS(&cuts->parts, struct pv_cut_part);
}

static size_t part_count(const struct pv_cuts *cuts)
{
    return PV_BUF_COUNT(&cuts->parts, struct pv_cut_part);
}

bool pv_cuts_add(struct pv_cuts *cuts, struct pv_span span)
{
    const size_t count = part_count(cuts);
    const struct pv_cut_part *const last = count ? &parts(cuts)[count - 1] : NULL;
    const size_t end = last ? last->span.end : 0, left = last ? last->left : 0;
    if (span.start < end)
        span.start = end;
    if (span.start >= span.end)
        return true;
    struct pv_cut_part *const part = PV_BUF_PUSH(&cuts->parts, struct pv_cut_part);
    if (part)
        *part = (struct pv_cut_part){ span, left + span.start - end };
    return part != NULL;
}

bool pv_cut(const struct pv_cuts *cuts, const char *source, size_t len, struct pv_buf *out)
{
    const struct pv_cut_part *const part = parts(cuts);
    size_t from = 0;
    for (size_t i = 0; i < part_count(cuts); from = part[i++].span.end)
        if (!pv_buf_append(out, source + from, part[i].span.start - from))
            return false;
    return pv_buf_append(out, source + from, len - from);
}

/* Where byte `at` of what is left stands in the source: behind all parts with no more than `at`
 * bytes before them. */
static size_t origin_of(const struct pv_cuts *cuts, size_t at)
{
    const struct pv_cut_part *const part = parts(cuts);
    size_t low = 0, high = part_count(cuts);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (part[middle].left <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? part[low - 1].span.end + (at - part[low - 1].left) : at;
}

struct pv_span pv_cuts_origin(const struct pv_cuts *cuts, struct pv_span left)
{
    const size_t start = origin_of(cuts, left.start);
    return (
        struct pv_span){ start, left.start < left.end ? origin_of(cuts, left.end - 1) + 1 : start };
}

/* The first part that ends behind `at`, or NULL. */
static const struct pv_cut_part *part_behind(const struct pv_cuts *cuts, size_t at)
{
    const struct pv_cut_part *const part = parts(cuts);
    size_t low = 0, high = part_count(cuts);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (part[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < part_count(cuts) ? &part[low] : NULL;
}

bool pv_cuts_touch(const struct pv_cuts *cuts, struct pv_span source)
{
    const struct pv_cut_part *const part = part_behind(cuts, source.start);
    return part && part->span.start < source.end;
}

bool pv_cuts_hold(const struct pv_cuts *cuts, struct pv_span source)
{
    const struct pv_cut_part *const part = part_behind(cuts, source.start);
    return part && part->span.start <= source.start && source.end <= part->span.end;
}

void pv_cuts_release(struct pv_cuts *cuts)
{
    pv_buf_release(&cuts->parts);
}
