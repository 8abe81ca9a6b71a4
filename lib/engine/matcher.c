/* matcher.c: terms come from the one pass of terms.c. A pattern runs over each block of the draft
 * by itself, so that no match crosses one, and that it may run over some blocks now and over others
 * when they are asked for; it goes on behind a match that counts, and one character further where
 * the predicates refused it. */
#include "engine/matcher.h"

#include <stdlib.h>
#include <string.h>

#include "engine/list.h"
#include "engine/terms.h"
#include "text/utf8.h"

/* What it costs to try a pattern, and to keep a hit, which takes memory. */
#define PV_WORK_TRY 32u
#define PV_WORK_HIT 64u

static const struct pv_image_pattern *pv_pattern_at(const struct postvet_scanner *s, uint32_t index)
{
    return PV_IMAGE_ITEM(
        s->ruleset->image, struct pv_image_pattern, s->ruleset->image->patterns, index);
}

static const pcre2_code *pv_code(struct postvet_scanner *s, uint32_t pattern)
{
    const bool often =
        s->runs[pattern] >= PV_JIT_AFTER && !s->lowered && !pv_pattern_at(s, pattern)->is_foreign;
    const pcre2_code *const code = pv_codes_get(s->ruleset->codes, pattern, s->gated, often);
    s->runs[pattern] += s->runs[pattern] < PV_JIT_AFTER;
    s->nomem = s->nomem || !code;
    return code;
}

/* -------------------------------------------------------------- predicates */

/* The stretch that a predicate is about; false when its group took no part in the match. */
static bool pv_where_span(const struct postvet_scanner *s, const struct pv_image_where *where,
    const struct pv_hit *hit, struct pv_span *span)
{
    *span = (struct pv_span){ hit->start, hit->end };
    if (!where->group)
        return true;
    if (hit->pattern == PV_NONE)
        return false;
    const uint32_t *const pairs = PV_BUF_ITEMS(&s->captures, uint32_t) + hit->captures;
    const char *const name = pv_image_string(s->ruleset->image, where->group);
    /* The code is known: it has matched. */
    const pcre2_code *const code = pv_codes_get(s->ruleset->codes, hit->pattern, s->gated, false);
    PCRE2_SPTR first = NULL, last = NULL;
    const int size = pcre2_substring_nametable_scan(code, (PCRE2_SPTR)name, &first, &last);
    for (PCRE2_SPTR entry = first; size > 0 && entry <= last; entry += size) {
        const uint32_t number = (uint32_t)(entry[0] << 8 | entry[1]);
        if (number >= hit->groups || pairs[2 * number] == PV_NONE)
            continue;
        *span = (struct pv_span){ pairs[2 * number], pairs[2 * number + 1] };
        return true;
    }
    return false;
}

static bool pv_where_holds(
    struct postvet_scanner *s, const struct pv_image_where *where, const struct pv_hit *hit)
{
    const bool wanted = where->kind == PV_WHERE_CHECK || where->kind == PV_WHERE_IN_LIST;
    struct pv_span span;
    if (!pv_where_span(s, where, hit, &span))
        return !wanted; /* what is not there is in no list */
    const char *const text = s->text.plain.bytes + span.start;
    const size_t len = span.end - span.start;
    const bool is = where->kind == PV_WHERE_CHECK || where->kind == PV_WHERE_NOT_CHECK
                        ? pv_check_at(where->index)->fn(text, len, s->today)
                        : pv_list_has(s->ruleset->image, where->index, text, len, &s->nomem);
    return is == wanted;
}

bool pv_wheres_hold(struct postvet_scanner *s, struct pv_range wheres, const struct pv_hit *hit)
{
    for (uint32_t i = 0; i < wheres.count; i++)
        if (!pv_where_holds(
                s, PV_IMAGE_ITEM(s->ruleset->image, struct pv_image_where, wheres, i), hit))
            return false;
    return true;
}

static bool pv_in_scope(
    const struct postvet_scanner *s, const struct pv_image_matcher *m, const struct pv_hit *hit)
{
    if (!m->skip && !m->only)
        return true;
    const uint32_t scope = 1u << pv_text_scope_at(&s->text, hit->start);
    return !(m->skip & scope) && (!m->only || (m->only & scope));
}

static bool pv_accepts(
    struct postvet_scanner *s, const struct pv_image_matcher *m, const struct pv_hit *hit)
{
    return pv_in_scope(s, m, hit) && pv_wheres_hold(s, m->where, hit);
}

static bool pv_add_hit(struct postvet_scanner *s, struct pv_hits *hits, const struct pv_hit *hit)
{
    if (PV_BUF_COUNT(&hits->items, struct pv_hit) >= PV_HITS_MAX) {
        hits->gave_up = true;
        return false;
    }
    if (!pv_work_spend(&s->work, PV_WORK_HIT))
        return false;
    struct pv_hit *const slot = PV_BUF_PUSH(&hits->items, struct pv_hit);
    if (!slot) {
        s->nomem = true;
        return false;
    }
    *slot = *hit;
    return true;
}

/* No two are equal: what qsort() makes of equals depends on the library, and on its memory. */
static int pv_compare_hits(const void *left, const void *right)
{
    const struct pv_hit *const a = left, *const b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    if (a->pattern != b->pattern)
        return a->pattern < b->pattern ? -1 : 1;
    if (a->term != b->term)
        return a->term < b->term ? -1 : 1;
    return a->captures < b->captures ? -1 : a->captures > b->captures;
}

static void pv_sort_hits(struct pv_hits *hits)
{
    const size_t count = PV_BUF_COUNT(&hits->items, struct pv_hit);
    if (count > 1)
        qsort(hits->items.data, count, sizeof(struct pv_hit), pv_compare_hits);
}

/* The cells of a matcher's hits. */
static pv_cells pv_cells_of_hits(const struct postvet_scanner *s, const struct pv_hits *hits)
{
    const struct pv_hit *const items = PV_BUF_ITEMS(&hits->items, struct pv_hit);
    pv_cells cells = 0;
    for (size_t i = 0; i < PV_BUF_COUNT(&hits->items, struct pv_hit); i++)
        cells |=
            pv_cells_of_span(&s->map, &s->text, (struct pv_span){ items[i].start, items[i].end });
    return cells;
}

/* ------------------------------------------------------------------- terms */

/* Keeps what was found for a matcher, if it counts. False when nothing more is to be found. */
static bool pv_take(
    struct postvet_scanner *s, uint32_t matcher, struct pv_span plain, uint32_t term)
{
    const struct pv_hit hit = {
        .start = (uint32_t)plain.start, .end = (uint32_t)plain.end, .term = term, .pattern = PV_NONE
    };
    if (pv_accepts(s, pv_matcher_at(s, matcher), &hit))
        (void)pv_add_hit(s, &s->hits[matcher], &hit);
    return !s->nomem && !s->work.is_spent;
}

static bool pv_term_found(void *user, uint32_t index, struct pv_span folded)
{
    struct postvet_scanner *const s = user;
    const struct pv_image_term *const term =
        PV_IMAGE_ITEM(s->ruleset->image, struct pv_image_term, s->ruleset->image->terms, index);
    return pv_take(s, term->matcher, pv_text_plain_span(&s->text, folded), index);
}

/* Takes it that a matcher has run everywhere. */
static void pv_know_hits(struct postvet_scanner *s, struct pv_hits *hits)
{
    pv_sort_hits(hits);
    hits->cells = pv_cells_of_hits(s, hits);
    hits->looked = hits->run = PV_ALL_CELLS;
    hits->known = true;
}

void pv_matcher_terms(struct postvet_scanner *s)
{
    (void)pv_terms_find(s->ruleset->image, &s->text, &s->work, pv_term_found, s);
    for (uint32_t i = 0; i < s->ruleset->image->matchers.count; i++)
        if (pv_matcher_at(s, i)->kind == PV_MATCHER_TERMS)
            pv_know_hits(s, &s->hits[i]);
}

/* ----------------------------------------------------------------- weights */

/* Whom pv_weigh() tells. */
struct pv_weigher {
    struct postvet_scanner *s;
    uint32_t matcher;
};

static bool pv_weighed_found(void *user, struct pv_span plain)
{
    const struct pv_weigher *const of = user;
    return pv_take(of->s, of->matcher, plain, PV_NONE);
}

static void pv_know_weighed(struct postvet_scanner *s, uint32_t index)
{
    struct pv_weigher of = { s, index };
    if (!pv_weigh(&s->weighing, s->ruleset->image, &s->text, pv_matcher_at(s, index)->first,
            &s->work, pv_weighed_found, &of))
        s->nomem = true;
    pv_know_hits(s, &s->hits[index]);
}

/* ---------------------------------------------------------------- patterns */

/* A stretch of the view that a pattern runs over, and how it lies in the plain view. */
struct pv_subject {
    const char *bytes;
    size_t len;
    size_t at;   /* of bytes[0] in its view */
    bool folded; /* which view */
};

static struct pv_span pv_to_plain(
    const struct postvet_scanner *s, const struct pv_subject *subject, size_t start, size_t end)
{
    const struct pv_span span = { subject->at + start, subject->at + end };
    return subject->folded ? pv_text_plain_span(&s->text, span) : span;
}

/* Keeps where the groups of the match lie, in plain offsets. */
static bool pv_keep_captures(struct postvet_scanner *s, const struct pv_subject *subject,
    const size_t *ovector, uint32_t groups, struct pv_hit *hit)
{
    hit->captures = (uint32_t)PV_BUF_COUNT(&s->captures, uint32_t);
    hit->groups = groups;
    uint32_t *const pairs = pv_buf_push(&s->captures, groups * 2 * sizeof(uint32_t));
    if (!pairs)
        return false;
    for (uint32_t i = 0; i < groups; i++) {
        pairs[2 * i] = pairs[2 * i + 1] = PV_NONE;
        if (ovector[2 * i] == PCRE2_UNSET || ovector[2 * i] > ovector[2 * i + 1])
            continue;
        const struct pv_span plain = pv_to_plain(s, subject, ovector[2 * i], ovector[2 * i + 1]);
        pairs[2 * i] = (uint32_t)plain.start;
        pairs[2 * i + 1] = (uint32_t)plain.end;
    }
    return true;
}

static size_t pv_char_end(const struct pv_subject *subject, size_t at)
{
    while (at < subject->len && pv_utf8_continues(subject->bytes[at]))
        at++;
    return at;
}

/* Where to look on behind a match, in the subject. */
static size_t pv_next_start(
    const struct pv_subject *subject, const size_t *ovector, uint32_t span, bool accepted)
{
    size_t next = ovector[0] + 1;
    if (accepted)
        next = ovector[2 * span + 1] > ovector[0] && ovector[2 * span + 1] <= ovector[1]
                   ? ovector[2 * span + 1]
                   : ovector[1];
    if (next <= ovector[0])
        next = ovector[0] + 1;
    return pv_char_end(subject, next);
}

/* A pattern at work on one subject, from left to right. */
struct pv_run_of {
    const struct pv_image_matcher *m;
    uint32_t pattern;
    const pcre2_code *code;
    struct pv_subject subject;
    struct pv_hits *hits;
    struct pv_gates *gates;
    pv_cells cells; /* where alone it runs */
    pv_cells cell;  /* of the block at hand */
    pv_cells found; /* with hits */
    size_t at;      /* no match may start before */
};

static bool pv_runs_in(const struct postvet_scanner *s, const struct pv_run_of *run, size_t block)
{
    return (run->cells & pv_cell_of_block(&s->map, block)) != 0;
}

int pv_matcher_step(pcre2_callout_block *block, void *user)
{
    struct postvet_scanner *const s = user;
    const size_t at = block->current_position;
    const uint64_t cost = 2 + (at > s->step_at ? at - s->step_at : 0) / PV_WORK_BYTES;
    s->step_at = at;
    return pv_work_spend(&s->share, cost) && pv_work_spend(&s->work, cost) ? 0
                                                                           : PCRE2_ERROR_CALLOUT;
}

/* A try goes from run->at to the match, or to the end. */
static bool pv_pay_for_try(
    struct postvet_scanner *s, const struct pv_run_of *run, int rc, size_t end)
{
    if (rc > 0)
        end = pcre2_get_ovector_pointer(s->match_data)[0];
    const size_t bytes = end > run->at ? end - run->at : 0;
    return pv_work_spend(&s->work, PV_WORK_TRY + bytes / PV_WORK_BYTES);
}

/* Tries the pattern at run->at and behind, up to a last start (PCRE2_UNSET: any), looking at no
 * more than `len` bytes of the subject. False when it is to be given up. */
static bool pv_run_to(struct postvet_scanner *s, struct pv_run_of *run, size_t last, size_t len)
{
    const struct pv_subject *const subject = &run->subject;
    pcre2_set_offset_limit(s->match_context, last);
    while (run->at < len && run->at <= last) {
        s->step_at = run->at;
        const int rc = pcre2_match(run->code, (PCRE2_SPTR)subject->bytes, len, run->at,
            PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, s->match_data, s->match_context);
        if (!pv_pay_for_try(s, run, rc, last < len ? last : len) || rc == PCRE2_ERROR_NOMATCH)
            return !s->work.is_spent;
        if (rc <= 0) {
            s->nomem = s->nomem || rc == PCRE2_ERROR_NOMEMORY;
            run->hits->gave_up = true;
            return false;
        }
        const size_t *const ovector = pcre2_get_ovector_pointer(s->match_data);
        const uint32_t span = pv_pattern_group(run->code, "span", ovector, (uint32_t)rc);
        const struct pv_span plain =
            pv_to_plain(s, subject, ovector[2 * span], ovector[2 * span + 1]);
        struct pv_hit hit = { .start = (uint32_t)plain.start,
            .end = (uint32_t)plain.end,
            .term = PV_NONE,
            .pattern = run->pattern };
        const size_t captures = s->captures.len;
        if (!pv_keep_captures(s, subject, ovector, (uint32_t)rc, &hit)) {
            s->nomem = true;
            return false;
        }
        const bool accepted = pv_accepts(s, run->m, &hit);
        run->at = pv_next_start(subject, ovector, span, accepted);
        if (!accepted)
            s->captures.len = captures;
        else if (!pv_add_hit(s, run->hits, &hit))
            return false;
        run->found |= accepted ? run->cell : 0;
    }
    return true;
}

static void pv_take_block(const struct postvet_scanner *s, struct pv_run_of *run, size_t block)
{
    const struct pv_span span = PV_BUF_ITEMS(&run->gates->blocks, struct pv_span)[block];
    run->subject = (struct pv_subject){ run->gates->bytes + span.start, span.end - span.start,
        span.start, run->m->view == PV_VIEW_FOLDED };
    run->cell = pv_cell_of_block(&s->map, block);
    run->at = 0;
}

/* Over the whole of the block at hand. */
static bool pv_run_block(struct postvet_scanner *s, struct pv_run_of *run)
{
    run->code = pv_code(s, run->pattern);
    if (!run->code)
        return false;
    return pv_run_to(s, run, PCRE2_UNSET, run->subject.len);
}

/* What an assertion at the end of a match may look at behind it. */
#define PV_ASSERTION_BYTES 8u

/* Over the starts from `first` to `last` of the block at hand. */
static bool pv_run_window(
    struct postvet_scanner *s, struct pv_run_of *run, size_t first, size_t last)
{
    const struct pv_subject *const subject = &run->subject;
    const size_t reach = pv_pattern_at(s, run->pattern)->reach;
    size_t len = subject->len;
    if (reach != PV_NONE && len - last > reach + PV_ASSERTION_BYTES)
        len = pv_char_end(subject, last + reach + PV_ASSERTION_BYTES);
    if (run->at < first)
        run->at = pv_char_end(subject, first);
    run->code = pv_code(s, run->pattern);
    if (!run->code)
        return false;
    return pv_run_to(s, run, last, len);
}

static bool pv_run_blocks(struct postvet_scanner *s, struct pv_run_of *run)
{
    for (size_t block = 0; block < s->text.block_count; block++) {
        if (!pv_runs_in(s, run, block))
            continue;
        pv_take_block(s, run, block);
        if (!pv_run_block(s, run))
            return false;
    }
    return true;
}

/* Over the windows of one range. */
static bool pv_run_range(
    struct postvet_scanner *s, struct pv_run_of *run, const struct pv_window_range *range)
{
    const bool anchored = pv_has_windows(pv_pattern_at(s, run->pattern));
    const struct pv_window *const windows = pv_windows_at(&s->windows, range);
    size_t taken = SIZE_MAX;
    for (uint32_t i = 0; i < range->count; i++) {
        if (!pv_runs_in(s, run, windows[i].block))
            continue;
        if (windows[i].block != taken)
            pv_take_block(s, run, windows[i].block);
        taken = windows[i].block;
        if (!(anchored ? pv_run_window(
                  s, run, windows[i].first - run->subject.at, windows[i].last - run->subject.at)
                       : pv_run_block(s, run)))
            return false;
    }
    return true;
}

/* Over the windows that have been looked for. Nothing is compiled before there is a place to try.
 */
static bool pv_run_windows(struct postvet_scanner *s, struct pv_run_of *run)
{
    uint32_t next = s->windows.patterns[run->pattern].ranges;
    while (next) {
        const struct pv_window_range range = *pv_window_range_at(&s->windows, next);
        if (!pv_run_range(s, run, &range))
            return false;
        next = range.next;
    }
    return true;
}

static struct pv_gates *pv_gates_of(struct postvet_scanner *s, const struct pv_image_matcher *m)
{
    const bool same_view = s->text.folded.bytes == s->text.plain.bytes;
    return &s->gates[same_view ? PV_VIEW_PLAIN : m->view];
}

/* Returns the cells with hits. */
static pv_cells pv_run_pattern(struct postvet_scanner *s, const struct pv_image_matcher *m,
    uint32_t index, struct pv_hits *hits, pv_cells cells)
{
    s->share = (struct pv_work){ .left = s->work.left / PV_PATTERN_SHARE };
    struct pv_run_of run = {
        .m = m, .pattern = index, .hits = hits, .cells = cells, .gates = pv_gates_of(s, m)
    };
    (void)(s->gated ? pv_run_windows(s, &run) : pv_run_blocks(s, &run));
    return run.found;
}

/* ----------------------------------------------------------------- matchers */

/* Where all that one of the matcher's patterns needs stands. */
static void pv_know_cells(
    struct postvet_scanner *s, const struct pv_image_matcher *m, struct pv_hits *hits)
{
    hits->cells = s->gated ? 0 : PV_ALL_CELLS;
    for (uint32_t i = 0; s->gated && i < m->count && !s->nomem; i++) {
        pv_cells cells = 0;
        s->nomem = !pv_gates_cells(pv_gates_of(s, m), m->first + i, &cells);
        hits->cells |= cells;
    }
    hits->known = true;
}

/* What one call costs beside the starts that it tries, in starts. */
#define PV_CALL_COST 8u

/* What it costs to try a pattern in the windows from number `first` on: a long pattern has many
 * alternatives. */
static uint64_t pv_cost_of(const struct postvet_scanner *s, uint32_t pattern, size_t first)
{
    const struct pv_window *const all = PV_BUF_ITEMS(&s->windows.all, struct pv_window);
    uint64_t starts = 0;
    for (size_t i = first; i < PV_BUF_COUNT(&s->windows.all, struct pv_window); i++)
        starts += all[i].last - all[i].first + PV_CALL_COST;
    return starts * pv_pattern_at(s, pattern)->len;
}

/* Looks for the windows in some cells; those without one are none of the matcher's any more. */
static void pv_look_in(struct postvet_scanner *s, const struct pv_image_matcher *m,
    struct pv_hits *hits, pv_cells cells)
{
    pv_cells found = s->gated ? 0 : cells;
    for (uint32_t i = 0; s->gated && i < m->count && !s->nomem; i++) {
        const size_t before = PV_BUF_COUNT(&s->windows.all, struct pv_window);
        pv_cells cells_of_one = 0;
        s->nomem =
            !pv_windows_find(&s->windows, pv_gates_of(s, m), m->first + i, cells, &cells_of_one);
        found |= cells_of_one;
        hits->cost += pv_cost_of(s, m->first + i, before);
    }
    hits->cells &= found | ~cells;
    hits->looked |= cells;
}

/* Runs the patterns in some cells, where their windows have been looked for. */
static void pv_run_in(struct postvet_scanner *s, const struct pv_image_matcher *m,
    struct pv_hits *hits, pv_cells cells)
{
    pv_cells found = 0;
    for (uint32_t i = 0; i < m->count && !hits->gave_up && !s->nomem && !s->work.is_spent; i++)
        found |= pv_run_pattern(s, m, m->first + i, hits, cells);
    hits->cells &= found | ~cells;
    hits->run |= cells;
    hits->cost = 0;
    if (found)
        pv_sort_hits(hits);
}

/* For a matcher of terms, patterns or weights. */
static pv_cells pv_leaf_cells(
    struct postvet_scanner *s, uint32_t index, pv_cells cells, enum pv_effort effort)
{
    const struct pv_image_matcher *const m = pv_matcher_at(s, index);
    struct pv_hits *const hits = &s->hits[index];
    if (!hits->known && m->kind == PV_MATCHER_WEIGHED)
        pv_know_weighed(s, index);
    else if (!hits->known)
        pv_know_cells(s, m, hits);
    if (effort >= PV_BY_WINDOWS && (cells & hits->cells & ~hits->looked))
        pv_look_in(s, m, hits, cells & hits->cells & ~hits->looked);
    if (effort >= PV_BY_RUNNING && (cells & hits->cells & ~hits->run))
        pv_run_in(s, m, hits, cells & hits->cells & ~hits->run);
    return cells & hits->cells;
}

pv_cells pv_matcher_cells(
    struct postvet_scanner *s, uint32_t index, pv_cells cells, enum pv_effort effort)
{
    struct pv_leaves leaves = pv_leaves_of(s, index);
    pv_cells found = 0;
    for (uint32_t leaf; pv_next_leaf(s->ruleset->image, &leaves, &leaf);)
        found |= pv_leaf_cells(s, leaf, cells, effort);
    return found;
}

uint64_t pv_matcher_cost(const struct postvet_scanner *s, uint32_t index)
{
    struct pv_leaves leaves = pv_leaves_of(s, index);
    uint64_t cost = 0;
    for (uint32_t leaf; pv_next_leaf(s->ruleset->image, &leaves, &leaf);)
        cost += s->hits[leaf].cost;
    return cost;
}

const struct pv_hits *pv_matcher_hits(struct postvet_scanner *s, uint32_t index, pv_cells cells)
{
    (void)pv_leaf_cells(s, index, cells, PV_BY_RUNNING);
    return &s->hits[index];
}

bool pv_matcher_any(struct postvet_scanner *s, uint32_t index)
{
    struct pv_leaves leaves = pv_leaves_of(s, index);
    for (uint32_t leaf; pv_next_leaf(s->ruleset->image, &leaves, &leaf);)
        if (pv_leaf_cells(s, leaf, PV_ALL_CELLS, PV_BY_RUNNING))
            return true;
    return false;
}
