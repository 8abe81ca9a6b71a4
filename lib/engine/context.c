/* context.c: a window is a plain span; of each cue only the nearest hit on either side is looked
 * at, found by halving, so that a draft full of cues costs no more than one with few. */
#include "engine/context.h"

#include "engine/matcher.h"

struct pv_span pv_window(
    struct postvet_scanner *s, const struct pv_image_near *near, struct pv_span span)
{
    switch (near->unit) {
    case PV_NEAR_WORDS:
        return pv_text_words_around(&s->text, span, near->words, near->words);
    case PV_NEAR_PASSAGE:
        return pv_text_passage(&s->text, span);
    case PV_NEAR_DOCUMENT:
        return (struct pv_span){ 0, s->text.plain.len };
    default:
        /* A finding asks for its sentence again and again. What lies in a sentence may not share
         * it: a longer span's reaches from one sentence into the next. */
        if (span.start != s->sentence_of.start || span.end != s->sentence_of.end) {
            s->sentence = pv_text_sentence(&s->text, span);
            s->sentence_of = span;
        }
        return s->sentence;
    }
}

/* What it costs to look for a cue near a place. */
#define PV_WORK_NEAR 8u

/* How far apart two spans are, in bytes. */
static size_t pv_gap(struct pv_span a, struct pv_span b)
{
    return a.end <= b.start ? b.start - a.end : b.end <= a.start ? a.start - b.end : 0;
}

/* Keeps the candidate if it is in the window, on the right side, and nearer than *found. */
static void pv_consider(const struct pv_image_near *near, struct pv_span window,
    struct pv_span span, const struct pv_neighbour *candidate, struct pv_neighbour *found,
    bool *any)
{
    const struct pv_span c = candidate->span;
    const bool before = c.end <= span.start, after = c.start >= span.end;
    if (c.start < window.start || c.end > window.end || !(before || after || near->anywhere))
        return;
    if ((near->side == PV_SIDE_BEFORE && !before) || (near->side == PV_SIDE_AFTER && !after))
        return;
    if (*any && pv_gap(span, found->span) <= pv_gap(span, c))
        return;
    *found = *candidate;
    *any = true;
}

static void pv_consider_hit(const struct pv_image_near *near, struct pv_span window,
    struct pv_span span, uint32_t matcher, const struct pv_hit *hit, struct pv_neighbour *found,
    bool *any)
{
    const struct pv_neighbour candidate = { { hit->start, hit->end }, matcher, hit->term };
    pv_consider(near, window, span, &candidate, found, any);
}

/* The first of `count` hits that starts at or behind `at`. */
static size_t pv_first_from(const struct pv_hit *hits, size_t count, size_t at)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (hits[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Hits of one cue may overlap one another; this many are looked at on either side. */
#define PV_NEIGHBOURS 8u

static void pv_near_hits(struct postvet_scanner *s, const struct pv_image_near *near,
    struct pv_span window, struct pv_span span, uint32_t matcher, struct pv_neighbour *found,
    bool *any)
{
    const struct pv_hits *const hits =
        pv_matcher_hits(s, matcher, pv_cells_of_span(&s->map, &s->text, window));
    const struct pv_hit *const items = PV_BUF_ITEMS(&hits->items, struct pv_hit);
    const size_t count = PV_BUF_COUNT(&hits->items, struct pv_hit);
    const size_t before = pv_first_from(items, count, span.start);
    for (size_t i = before; i > 0 && before - i < PV_NEIGHBOURS; i--)
        pv_consider_hit(near, window, span, matcher, &items[i - 1], found, any);
    for (size_t i = before;
         near->anywhere && i < count && items[i].start < span.end && i - before < PV_NEIGHBOURS;
         i++)
        pv_consider_hit(near, window, span, matcher, &items[i], found, any);
    const size_t after = pv_first_from(items, count, span.end);
    if (after < count)
        pv_consider_hit(near, window, span, matcher, &items[after], found, any);
}

static void pv_near_matcher(struct postvet_scanner *s, const struct pv_image_near *near,
    struct pv_span window, struct pv_span span, struct pv_neighbour *found, bool *any)
{
    struct pv_leaves leaves = pv_leaves_of(s, near->matcher);
    for (uint32_t leaf;
         pv_next_leaf(s->ruleset->image, &leaves, &leaf) && pv_work_spend(&s->work, PV_WORK_NEAR);)
        pv_near_hits(s, near, window, span, leaf, found, any);
}

static void pv_near_rule(struct postvet_scanner *s, const struct pv_image_near *near,
    struct pv_span window, struct pv_span span, struct pv_neighbour *found, bool *any)
{
    const struct pv_rule_hit *hits;
    size_t count;
    if (!pv_scanner_rule(s, near->rule, &hits, &count) || !pv_work_spend(&s->work, count))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct pv_neighbour candidate = { { hits[i].start, hits[i].end }, PV_NONE, PV_NONE };
        if (!hits[i].whole)
            pv_consider(near, window, span, &candidate, found, any);
    }
}

/* The cells in which `near` looks for what should be near the cells. */
static pv_cells pv_cells_near(
    const struct postvet_scanner *s, const struct pv_image_near *near, pv_cells cells)
{
    return near->unit == PV_NEAR_DOCUMENT ? PV_ALL_CELLS : pv_cells_with_passages(&s->map, cells);
}

bool pv_near_holds(struct postvet_scanner *s, const struct pv_image_near *near, struct pv_span span,
    struct pv_neighbour *found)
{
    bool any = false;
    /* Mostly there is none, and the window need not be measured. */
    if (near->rule == PV_NONE
        && !pv_matcher_cells(s, near->matcher,
            pv_cells_near(s, near, pv_cells_of_span(&s->map, &s->text, span)), PV_BY_WINDOWS))
        return false;
    const struct pv_span window = pv_window(s, near, span);
    if (near->rule != PV_NONE)
        pv_near_rule(s, near, window, span, found, &any);
    else
        pv_near_matcher(s, near, window, span, found, &any);
    return any;
}

pv_cells pv_cells_with(struct postvet_scanner *s, const struct pv_image_near *near, pv_cells cells,
    enum pv_effort effort)
{
    if (near->matcher == PV_NONE)
        return cells;
    const pv_cells found =
        pv_matcher_cells(s, near->matcher, pv_cells_near(s, near, cells), effort);
    return found ? cells & pv_cells_near(s, near, found) : 0;
}

pv_cells pv_cells_with_all(
    struct postvet_scanner *s, struct pv_range nears, pv_cells cells, enum pv_effort effort)
{
    for (uint32_t i = 0; i < nears.count && cells; i++)
        cells = pv_cells_with(
            s, PV_IMAGE_ITEM(s->ruleset->image, struct pv_image_near, nears, i), cells, effort);
    return cells;
}

static const char *pv_neighbour_name(
    struct postvet_scanner *s, const struct pv_image_near *near, const struct pv_neighbour *found)
{
    const struct pv_image *const image = s->ruleset->image;
    if (near->rule != PV_NONE)
        return pv_arena_printf(&s->arena, "'%s'", s->ruleset->rules[near->rule].title);
    const char *const title = pv_image_string(image, pv_matcher_at(s, found->matcher)->title);
    if (title)
        return title;
    const char *const text =
        found->term != PV_NONE ? pv_image_string(
            image, PV_IMAGE_ITEM(image, struct pv_image_term, image->terms, found->term)->original)
                               : pv_image_string(image, pv_matcher_at(s, found->matcher)->name);
    return pv_arena_printf(&s->arena, "'%s'", text);
}

const char *pv_near_reason(struct postvet_scanner *s, const struct pv_image_near *near,
    struct pv_span span, const struct pv_neighbour *found)
{
    const char *const name = pv_neighbour_name(s, near, found);
    const bool before = found->span.end <= span.start;
    const size_t from = before ? found->span.end : span.end;
    const size_t to = before ? span.start : found->span.start;
    if (!name)
        return NULL;
    if (near->unit == PV_NEAR_DOCUMENT)
        return pv_arena_printf(&s->arena, "%s in the draft", name);
    if (near->unit == PV_NEAR_PASSAGE)
        return pv_arena_printf(&s->arena, "%s in the same paragraph", name);
    if (near->unit == PV_NEAR_SENTENCE)
        return pv_arena_printf(&s->arena, "%s in the same sentence", name);
    if (from > to)
        return pv_arena_printf(&s->arena, "%s in it", name);
    const size_t words = pv_text_words_between(&s->text, from, to) + (before ? 1 : 0);
    if (words <= 1)
        return pv_arena_printf(&s->arena, "%s just %s", name, before ? "before" : "after");
    return pv_arena_printf(&s->arena, "%s %zu words %s", name, words, before ? "before" : "after");
}
