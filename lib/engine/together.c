/* together.c: the details of all cues in one row, by place. From each detail on, as far as its
 * window goes, different cues are counted; a stretch of text counts for one of them only. Where a
 * window is the same for all details in it (a sentence, a passage), one count of it is enough. */
#include "engine/together.h"

#include <stdlib.h>

#include "engine/context.h"
#include "engine/matcher.h"

struct pv_detail {
    uint32_t start, end, cue;
};

static int pv_compare_details(const void *left, const void *right)
{
    const struct pv_detail *const a = left, *const b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return a->cue < b->cue ? -1 : a->cue > b->cue;
}

static bool pv_gather_details(struct postvet_scanner *s, const struct pv_image_rule *rule,
    pv_cells cells, struct pv_buf *details)
{
    const struct pv_image *const image = s->ruleset->image;
    for (uint32_t cue = 0; cue < rule->together.count; cue++) {
        struct pv_leaves leaves =
            pv_leaves_of(s, *PV_IMAGE_ITEM(image, uint32_t, rule->together, cue));
        for (uint32_t leaf; pv_next_leaf(image, &leaves, &leaf);) {
            const struct pv_hits *const hits = pv_matcher_hits(s, leaf, cells);
            for (size_t i = 0; i < PV_BUF_COUNT(&hits->items, struct pv_hit); i++) {
                const struct pv_hit *const hit = &PV_BUF_ITEMS(&hits->items, struct pv_hit)[i];
                const struct pv_detail detail = { hit->start, hit->end, cue };
                if (!pv_buf_append(details, &detail, sizeof(detail)))
                    return false;
            }
        }
    }
    if (details->len)
        qsort(details->data, PV_BUF_COUNT(details, struct pv_detail), sizeof(struct pv_detail),
            pv_compare_details);
    return true;
}

/* Counts the different cues from details[at] to the end of its window. Sets *next to the first
 * detail behind it and *group to what the counted ones span. */
static uint32_t pv_count_cues(struct postvet_scanner *s, const struct pv_image_rule *rule,
    const struct pv_buf *details, size_t at, size_t *next, struct pv_hit *group)
{
    const struct pv_detail *const d = PV_BUF_ITEMS(details, struct pv_detail);
    const struct pv_span window =
        pv_window(s, &rule->window, (struct pv_span){ d[at].start, d[at].end });
    uint32_t seen = 0, count = 0;
    *group = (struct pv_hit){ .start = d[at].start, .term = PV_NONE, .pattern = PV_NONE };
    for (*next = at; *next < PV_BUF_COUNT(details, struct pv_detail); (*next)++) {
        const struct pv_detail *const detail = &d[*next];
        if (detail->end > window.end)
            break;
        if ((seen >> detail->cue & 1) || detail->start < group->end)
            continue;
        seen |= 1u << detail->cue;
        count++;
        group->end = detail->end;
    }
    *next += *next == at; /* a detail that reaches over its own window */
    return count;
}

pv_cells pv_together_cells(struct postvet_scanner *s, const struct pv_image_rule *rule,
    pv_cells cells, enum pv_effort effort)
{
    const struct pv_image *const image = s->ruleset->image;
    const bool apart = rule->window.unit == PV_NEAR_DOCUMENT;
    pv_cells enough[PV_TOGETHER_MAX + 1] = { cells }; /* [n]: near which n of the cues stand */
    for (uint32_t cue = 0; cue < rule->together.count; cue++) {
        pv_cells found = pv_matcher_cells(
            s, *PV_IMAGE_ITEM(image, uint32_t, rule->together, cue), cells, effort);
        if (found)
            found = apart ? PV_ALL_CELLS : pv_cells_with_passages(&s->map, found);
        for (uint32_t n = cue + 1; n > 0; n--)
            enough[n] |= enough[n - 1] & found;
    }
    return enough[rule->at_least];
}

/* A group as far as the findings of its rule reach. */
static struct pv_hit pv_reach(
    const struct postvet_scanner *s, const struct pv_image_rule *rule, struct pv_hit group)
{
    if (rule->sentences) {
        const struct pv_span span =
            pv_text_sentence(&s->text, (struct pv_span){ group.start, group.end });
        group.start = (uint32_t)span.start;
        group.end = (uint32_t)span.end;
    }
    return group;
}

bool pv_together(struct postvet_scanner *s, const struct pv_image_rule *rule, pv_cells cells,
    struct pv_buf *groups)
{
    struct pv_buf details = { 0 };
    bool ok = pv_gather_details(s, rule, cells, &details);
    for (size_t at = 0; ok && at < PV_BUF_COUNT(&details, struct pv_detail);) {
        struct pv_hit group;
        size_t next;
        const bool enough = pv_count_cues(s, rule, &details, at, &next, &group) >= rule->at_least;
        if (enough)
            group = pv_reach(s, rule, group);
        ok = !enough || pv_buf_append(groups, &group, sizeof(group));
        at = enough || rule->window.unit != PV_NEAR_WORDS ? next : at + 1;
    }
    pv_buf_release(&details);
    return ok;
}
