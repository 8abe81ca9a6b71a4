/* scanner.c: a rule is worked out as follows. First where it can find anything: in the cells where
 * all that its patterns need stands, and in their passages all that the cues need that must be
 * near; first told by sets of cells, then by windows. For most rules no cell is left, and nothing
 * is compiled or run. Then, in what is left, each match of what it looks for, in order: what must
 * be near, what must not, what moves its severity and confidence; cues run only in the passages
 * where that is asked. */
#include "engine/scanner.h"

#include <stdlib.h>
#include <string.h>

#include "engine/context.h"
#include "engine/matcher.h"
#include "engine/together.h"

bool pv_scanner_init(struct postvet_scanner *scanner, const struct postvet_ruleset *ruleset)
{
    const struct pv_image *const image = ruleset->image;
    memset(scanner, 0, sizeof(*scanner));
    scanner->ruleset = ruleset;
    scanner->runs = calloc(image->patterns.count + 1u, sizeof(*scanner->runs));
    scanner->hits = calloc(image->matchers.count + 1u, sizeof(*scanner->hits));
    scanner->rule_hits = calloc(image->rules.count + 1u, sizeof(*scanner->rule_hits));
    scanner->match_data = pcre2_match_data_create(PV_PATTERN_GROUPS_MAX, NULL);
    scanner->match_context = pv_pattern_context();
    if (scanner->match_context)
        pcre2_set_callout(scanner->match_context, pv_matcher_step, scanner);
    bool gates = pv_gates_init(&scanner->gates[PV_VIEW_PLAIN], image);
    gates = pv_gates_init(&scanner->gates[PV_VIEW_FOLDED], image) && gates;
    const bool windows = pv_windows_init(&scanner->windows, image);
    return gates && windows && scanner->runs && scanner->hits && scanner->rule_hits
           && scanner->match_data && scanner->match_context;
}

void pv_scanner_release(struct postvet_scanner *scanner)
{
    const struct pv_image *const image = scanner->ruleset->image;
    for (uint32_t i = 0; scanner->hits && i < image->matchers.count; i++)
        pv_buf_release(&scanner->hits[i].items);
    for (uint32_t i = 0; scanner->rule_hits && i < image->rules.count; i++)
        pv_buf_release(&scanner->rule_hits[i].items);
    free(scanner->runs);
    free(scanner->hits);
    free(scanner->rule_hits);
    pcre2_match_data_free(scanner->match_data);
    pcre2_match_context_free(scanner->match_context);
    pv_windows_release(&scanner->windows);
    pv_weighing_release(&scanner->weighing);
    pv_cell_map_release(&scanner->map);
    pv_gates_release(&scanner->gates[PV_VIEW_PLAIN]);
    pv_gates_release(&scanner->gates[PV_VIEW_FOLDED]);
    pv_buf_release(&scanner->captures);
    pv_text_release(&scanner->text);
    pv_arena_release(&scanner->arena);
}

/* Forgets the draft before. */
static void pv_scanner_reset(struct postvet_scanner *s)
{
    for (uint32_t i = 0; i < s->ruleset->image->matchers.count; i++) {
        struct pv_hits *const hits = &s->hits[i];
        pv_buf_clear(&hits->items);
        *hits = (struct pv_hits){ .items = hits->items };
    }
    for (uint32_t i = 0; i < s->ruleset->image->rules.count; i++) {
        pv_buf_clear(&s->rule_hits[i].items);
        s->rule_hits[i].state = PV_RULE_NEW;
    }
    pv_windows_reset(&s->windows);
    pv_weighing_reset(&s->weighing);
    pv_buf_clear(&s->captures);
    pv_arena_release(&s->arena);
    s->sentence = s->sentence_of = (struct pv_span){ 0, 0 };
    s->nomem = false;
}

static bool pv_take_up(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options)
{
    pv_scanner_reset(scanner);
    scanner->words = SIZE_MAX;
    scanner->today = options->today;
    scanner->gated = !options->ungated;
    scanner->work =
        (struct pv_work){ .left = options->work_max ? options->work_max : POSTVET_WORK_MAX };
    scanner->lowered = options->match_max || options->heap_max;
    pv_pattern_limit(scanner->match_context, options->match_max, options->heap_max);
    scanner->text.nesting_max = options->nesting_max;
    if (!pv_text_read(&scanner->text, text, len, options->markup, options->file_name))
        return false;
    const struct pv_text *const t = &scanner->text;
    struct pv_gates *const gates = scanner->gates;
    if (!pv_cell_map_read(&scanner->map, t)
        || !pv_gates_read(&gates[PV_VIEW_PLAIN], t, PV_VIEW_PLAIN, &scanner->map, &scanner->work)
        || (t->folded.bytes != t->plain.bytes
            && !pv_gates_read(
                &gates[PV_VIEW_FOLDED], t, PV_VIEW_FOLDED, &scanner->map, &scanner->work)))
        return false;
    pv_matcher_terms(scanner);
    return !scanner->nomem;
}

bool pv_scanner_read(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options)
{
    scanner->text.spells = false;
    return pv_take_up(scanner, text, len, options);
}

bool pv_scanner_spell(struct postvet_scanner *scanner, const postvet_scan_options *options)
{
    scanner->text.spells = true;
    return pv_take_up(scanner, scanner->text.source, scanner->text.source_len, options);
}

/* ----------------------------------------------------------------- reasons */

/* The reasons of one finding while they are gathered. */
struct pv_reasons {
    struct pv_buf items; /* const char * */
};

static void pv_give_reason(
    struct postvet_scanner *s, struct pv_reasons *reasons, const char *reason)
{
    for (size_t i = 0; reason && i < PV_BUF_COUNT(&reasons->items, const char *); i++)
        if (strcmp(PV_BUF_ITEMS(&reasons->items, const char *)[i], reason) == 0)
            return;
    const char **const slot = reason ? PV_BUF_PUSH(&reasons->items, const char *) : NULL;
    if (slot)
        *slot = reason;
    else
        s->nomem = true;
}

/* The checks that hold; those that do not only where `negative`: that a number is no telephone
 * number is worth no word, that its check digit is wrong is. */
static void pv_give_where_reasons(
    struct postvet_scanner *s, struct pv_reasons *reasons, struct pv_range wheres, bool negative)
{
    for (uint32_t i = 0; i < wheres.count; i++) {
        const struct pv_image_where *const w =
            PV_IMAGE_ITEM(s->ruleset->image, struct pv_image_where, wheres, i);
        if (w->kind == PV_WHERE_CHECK || (w->kind == PV_WHERE_NOT_CHECK && negative))
            pv_give_reason(s, reasons,
                w->kind == PV_WHERE_CHECK ? pv_check_at(w->index)->holds
                                          : pv_check_at(w->index)->fails);
    }
}

/* ------------------------------------------------------------------- rules */

/* Whether all of `nears` hold; each gives its reason unless `reasons` is NULL. */
static bool pv_all_near(struct postvet_scanner *s, struct pv_range nears, struct pv_span span,
    struct pv_reasons *reasons)
{
    for (uint32_t i = 0; i < nears.count; i++) {
        const struct pv_image_near *const near =
            PV_IMAGE_ITEM(s->ruleset->image, struct pv_image_near, nears, i);
        struct pv_neighbour found = { { 0, 0 }, PV_NONE, PV_NONE };
        if (!pv_near_holds(s, near, span, &found))
            return false;
        if (reasons)
            pv_give_reason(s, reasons, pv_near_reason(s, near, span, &found));
    }
    return true;
}

static bool pv_any_near(struct postvet_scanner *s, struct pv_range nears, struct pv_span span)
{
    struct pv_neighbour found;
    for (uint32_t i = 0; i < nears.count; i++)
        if (pv_near_holds(
                s, PV_IMAGE_ITEM(s->ruleset->image, struct pv_image_near, nears, i), span, &found))
            return true;
    return false;
}

/* Whether the draft has no more words; 0: however many. */
static bool pv_is_short(struct postvet_scanner *s, uint32_t words)
{
    if (words && s->words == SIZE_MAX)
        s->words = pv_text_words_between(&s->text, 0, s->text.plain.len);
    return !words || s->words <= words;
}

static void pv_adjust(struct postvet_scanner *s, struct pv_range adjusts, const struct pv_hit *hit,
    struct pv_rule_hit *finding, struct pv_reasons *reasons)
{
    const struct pv_image *const image = s->ruleset->image;
    const struct pv_span span = { hit->start, hit->end };
    for (uint32_t i = 0; i < adjusts.count; i++) {
        const struct pv_image_adjust *const a =
            PV_IMAGE_ITEM(image, struct pv_image_adjust, adjusts, i);
        if (!pv_is_short(s, a->words) || !pv_wheres_hold(s, a->where, hit)
            || !pv_all_near(s, a->near, span, NULL) || pv_any_near(s, a->unless_near, span))
            continue;
        if (a->severity)
            finding->severity = (postvet_severity)a->severity;
        if (a->confidence)
            finding->confidence = (postvet_confidence)a->confidence;
        if (a->because) {
            pv_give_reason(s, reasons, pv_image_string(image, a->because));
        } else {
            pv_give_where_reasons(s, reasons, a->where, true);
            (void)pv_all_near(s, a->near, span, reasons);
        }
    }
}

static void pv_keep_finding(struct postvet_scanner *s, struct pv_rule_hits *hits,
    struct pv_rule_hit *finding, const struct pv_reasons *reasons)
{
    const size_t count = PV_BUF_COUNT(&reasons->items, const char *);
    const char **const kept = pv_arena_calloc(&s->arena, count + 1, sizeof(*kept));
    struct pv_rule_hit *const slot = kept ? PV_BUF_PUSH(&hits->items, struct pv_rule_hit) : NULL;
    if (!slot) {
        s->nomem = true;
        return;
    }
    if (count)
        memcpy(kept, reasons->items.data, reasons->items.len);
    finding->reasons = kept;
    finding->reason_count = count;
    *slot = *finding;
}

/* What it costs to judge a hit. */
#define PV_WORK_JUDGE 64u

static void pv_judge_hit(struct postvet_scanner *s, uint32_t index,
    const struct pv_image_rule *rule, const struct pv_hit *hit, struct pv_reasons *reasons)
{
    const struct pv_image_pack *const pack = PV_IMAGE_ITEM(
        s->ruleset->image, struct pv_image_pack, s->ruleset->image->packs, rule->pack);
    const struct pv_span span = { hit->start, hit->end };
    struct pv_rule_hit finding = {
        .start = hit->start,
        .end = hit->end,
        .severity = s->ruleset->rules[index].severity,
        .confidence = (postvet_confidence)rule->confidence,
    };
    pv_buf_clear(&reasons->items);
    if (pv_any_near(s, rule->unless_near, span))
        return;
    if (rule->matcher != PV_NONE)
        pv_give_where_reasons(s, reasons, pv_matcher_at(s, rule->matcher)->where, false);
    if (pv_ruleset_rule_weighs(s->ruleset, index))
        pv_give_reason(s, reasons,
            pv_weigh_reason(s->ruleset->image, &s->text, rule->matcher, span, &s->arena));
    if (!pv_all_near(s, rule->near, span, reasons) || pv_any_near(s, pack->unless_near, span))
        return;
    pv_adjust(s, rule->adjust, hit, &finding, reasons);
    if (!rule->own_adjust_only)
        pv_adjust(s, pack->adjust, hit, &finding, reasons);
    pv_keep_finding(s, &s->rule_hits[index], &finding, reasons);
}

/* Those of the cells where the cues stand that must be near: of the cues that cost less to run than
 * what the rule looks for. */
static pv_cells pv_run_cheap_cues(
    struct postvet_scanner *s, const struct pv_image_rule *rule, pv_cells cells)
{
    const uint64_t cost = pv_matcher_cost(s, rule->matcher);
    for (uint32_t i = 0; i < rule->near.count && cells; i++) {
        const struct pv_image_near *const near =
            PV_IMAGE_ITEM(s->ruleset->image, struct pv_image_near, rule->near, i);
        if (near->matcher != PV_NONE && pv_matcher_cost(s, near->matcher) <= cost)
            cells = pv_cells_with(s, near, cells, PV_BY_RUNNING);
    }
    return cells;
}

/* The cells where a rule may find something, told by more and more effort: those where all that its
 * own patterns and its cues need stands, then those where they have windows, then those where cues
 * do stand. */
static pv_cells pv_find_cells(struct postvet_scanner *s, const struct pv_image_rule *rule)
{
    pv_cells cells = PV_ALL_CELLS;
    for (enum pv_effort effort = PV_BY_CELLS; effort <= PV_BY_WINDOWS && cells; effort++) {
        cells = pv_matcher_cells(s, rule->matcher, cells, effort);
        cells = pv_cells_with_all(s, rule->near, cells, effort);
    }
    return pv_run_cheap_cues(s, rule, cells);
}

static pv_cells pv_details_cells(struct postvet_scanner *s, const struct pv_image_rule *rule)
{
    pv_cells cells = PV_ALL_CELLS;
    for (enum pv_effort effort = PV_BY_CELLS; effort <= PV_BY_RUNNING && cells; effort++) {
        cells = pv_together_cells(s, rule, cells, effort);
        if (effort < PV_BY_RUNNING)
            cells = pv_cells_with_all(s, rule->near, cells, effort);
    }
    return cells;
}

/* Judges hits (struct pv_hit), which stay where they are even if judging runs other patterns. */
static void pv_judge_hits(struct postvet_scanner *s, uint32_t index,
    const struct pv_image_rule *rule, const struct pv_buf *hits)
{
    struct pv_reasons reasons = { { 0 } };
    const size_t count = PV_BUF_COUNT(hits, struct pv_hit);
    for (size_t i = 0; i < count && !s->nomem && pv_work_spend(&s->work, PV_WORK_JUDGE); i++)
        pv_judge_hit(s, index, rule, &PV_BUF_ITEMS(hits, struct pv_hit)[i], &reasons);
    pv_buf_release(&reasons.items);
}

static void pv_judge_find(struct postvet_scanner *s, uint32_t index)
{
    const struct pv_image_rule *const rule = pv_ruleset_rule(s->ruleset, index);
    const pv_cells cells = s->gated ? pv_find_cells(s, rule) : PV_ALL_CELLS;
    if (!cells)
        return;
    pv_judge_hits(s, index, rule, &pv_matcher_hits(s, rule->matcher, cells)->items);
}

static void pv_judge_together(struct postvet_scanner *s, uint32_t index)
{
    const struct pv_image_rule *const rule = pv_ruleset_rule(s->ruleset, index);
    struct pv_buf groups = { 0 };
    const pv_cells cells = s->gated ? pv_details_cells(s, rule) : PV_ALL_CELLS;
    if (!cells)
        return;
    if (!pv_together(s, rule, cells, &groups))
        s->nomem = true;
    pv_judge_hits(s, index, rule, &groups);
    pv_buf_release(&groups);
}

static void pv_judge_missing(struct postvet_scanner *s, uint32_t index)
{
    const struct pv_image *const image = s->ruleset->image;
    const struct pv_image_rule *const rule = pv_ruleset_rule(s->ruleset, index);
    for (uint32_t i = 0; i < rule->have.count; i++)
        if (!pv_matcher_any(s, *PV_IMAGE_ITEM(image, uint32_t, rule->have, i)))
            return;
    for (uint32_t i = 0; i < rule->lack.count; i++)
        if (pv_matcher_any(s, *PV_IMAGE_ITEM(image, uint32_t, rule->lack, i)))
            return;
    struct pv_rule_hit finding = {
        .whole = true,
        .severity = s->ruleset->rules[index].severity,
        .confidence = (postvet_confidence)rule->confidence,
    };
    const struct pv_reasons none = { { 0 } };
    pv_keep_finding(s, &s->rule_hits[index], &finding, &none);
}

bool pv_scanner_rule(
    struct postvet_scanner *scanner, uint32_t rule, const struct pv_rule_hit **hits, size_t *count)
{
    struct pv_rule_hits *const own = &scanner->rule_hits[rule];
    if (own->state == PV_RULE_NEW) {
        own->state = PV_RULE_BUSY; /* a rule asked for while it is worked out finds nothing yet */
        const struct pv_image_rule *const r = pv_ruleset_rule(scanner->ruleset, rule);
        if (r->matcher != PV_NONE)
            pv_judge_find(scanner, rule);
        else if (r->together.count)
            pv_judge_together(scanner, rule);
        else
            pv_judge_missing(scanner, rule);
        own->state = PV_RULE_DONE;
    }
    *hits = PV_BUF_ITEMS(&own->items, struct pv_rule_hit);
    *count = own->state == PV_RULE_DONE ? PV_BUF_COUNT(&own->items, struct pv_rule_hit) : 0;
    return !scanner->nomem;
}
