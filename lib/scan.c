/* scan.c: a draft without directives is read once. One with them is read twice: as it is, for what
 * the directives themselves say, and without them, for all the rest. So no reason, however worded,
 * changes what a rule makes of the words beside it, and `postvet clean` changes no finding.
 *
 * A draft with words in disguise is read once more with these spelled out, since the disguise is a
 * sign itself to some rules and hides the words from others. What either reading finds counts.
 *
 * What stands is chosen first, and of that some is set aside. A rule that cannot be suppressed may
 * have given way to one that can: then it stands after all. */
#include "scan.h"

#include <string.h>

#include "base/limit.h"
#include "report/fingerprint.h"
#include "report/mask.h"
#include "report/resolve.h"
#include "report/result.h"
#include "text/position.h"

bool pv_rule_is_tried(
    const struct postvet_ruleset *ruleset, uint32_t rule, const postvet_scan_options *options)
{
    const struct pv_image_rule *const r = pv_ruleset_rule(ruleset, rule);
    return ruleset->applies[rule] && (r->voices >> options->voice & 1)
           && (r->kinds >> options->kind & 1);
}

/* --------------------------------------------------------------- gathering */

static size_t pv_findings_max(const postvet_scan_options *options)
{
    return options->findings_max ? options->findings_max : POSTVET_FINDINGS_MAX;
}

/* The reasons, which live in the scanner until it reads on. */
static const char *const *copy_reasons(
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

/* What it costs to hold an allowance against the words of a finding, beside the steps of a pattern
 * and a look over the words. */
#define PV_WORK_GRANT 32u

/* Whether an allowance is for these words. */
static bool is_granted(
    struct postvet_scanner *scanner, struct pv_grant *grant, const struct pv_words *words)
{
    enum pv_allowance_answer answer = PV_ALLOWANCE_GAVE_UP;
    scanner->share = (struct pv_work){ .left = scanner->work.left / PV_PATTERN_SHARE };
    scanner->step_at = 0;
    if (pv_work_spend(&scanner->work, PV_WORK_GRANT + words->text.len / PV_WORK_BYTES))
        answer = pv_allowance_matches(
            grant->allowance, words, scanner->match_data, scanner->match_context);
    grant->gave_up = grant->gave_up || answer == PV_ALLOWANCE_GAVE_UP;
    return answer == PV_ALLOWANCE_YES;
}

/* Sets what allows the words of a finding, if anything does. */
static bool grant(
    struct pv_gathering *g, struct postvet_scanner *scanner, uint32_t rule, struct pv_found *found)
{
    const size_t start = found->hit.start, end = found->hit.end;
    struct pv_words words = { { 0 }, { 0 } };
    bool ok = true, has_words = false;
    for (size_t i = 0; !found->hit.whole && !found->grant && i < g->grants.count; i++) {
        struct pv_grant *const item = &g->grants.items[i];
        if (!item->allowance->rules[rule])
            continue;
        ok = has_words || pv_words_init(&words, scanner->text.plain.bytes + start, end - start);
        if (!ok)
            break;
        has_words = true;
        if (is_granted(scanner, item, &words))
            found->grant = &item->suppression;
    }
    pv_words_release(&words);
    return ok;
}

static bool keep(struct pv_gathering *g, struct postvet_scanner *scanner, uint32_t rule,
    const struct pv_rule_hit *hit, enum pv_part part, struct pv_span source)
{
    if (PV_BUF_COUNT(&g->found, struct pv_found) >= pv_findings_max(g->options)) {
        g->full = true;
        return true;
    }
    struct pv_candidate *const c = PV_BUF_PUSH(&g->candidates, struct pv_candidate);
    struct pv_found *const found = c ? PV_BUF_PUSH(&g->found, struct pv_found) : NULL;
    if (!found)
        return false;
    c->rule = rule;
    c->pack = pv_ruleset_rule(g->ruleset, rule)->pack;
    c->severity = hit->severity;
    c->confidence = hit->confidence;
    c->weighed = pv_ruleset_rule_weighs(g->ruleset, rule);
    c->spelled = scanner->text.spells;
    c->order = (uint32_t)(PV_BUF_COUNT(&g->found, struct pv_found) - 1);
    c->source = source;
    found->part = part;
    found->hit = *hit;
    found->hit.reasons = copy_reasons(g->arena, hit->reasons, hit->reason_count);
    found->excerpt = pv_mask(g->arena, scanner->text.plain.bytes + hit->start,
        hit->end - hit->start, g->options->show_matches);
    return found->hit.reasons && found->excerpt && grant(g, scanner, rule, found);
}

static bool gather_hit(struct pv_gathering *g, struct postvet_scanner *scanner, uint32_t rule,
    const struct pv_rule_hit *hit, enum pv_part part, const struct pv_suppressions *suppressions)
{
    struct pv_span source = { 0, 0 };
    if (hit->whole && scanner->text.spells) /* the draft as it is says that */
        return true;
    if (!hit->whole)
        source = pv_text_source_span(&scanner->text, (struct pv_span){ hit->start, hit->end });
    if (part == PV_PART_CUTS && !pv_suppressions_are_about(suppressions, source))
        return true;
    if (part == PV_PART_REST && !hit->whole)
        source = pv_cuts_origin(&suppressions->cuts, source);
    return keep(g, scanner, rule, hit, part, source);
}

bool pv_gather(struct pv_gathering *g, struct postvet_scanner *scanner, enum pv_part part,
    const struct pv_suppressions *suppressions)
{
    const uint32_t count = g->ruleset->image->rules.count;
    for (uint32_t i = 0; i < count && !g->full && !scanner->work.is_spent; i++) {
        const struct pv_rule_hit *hits;
        size_t hit_count;
        if (!pv_rule_is_tried(g->ruleset, i, g->options))
            continue;
        if (!pv_scanner_rule(scanner, i, &hits, &hit_count))
            return false;
        for (size_t k = 0; k < hit_count; k++)
            if (!gather_hit(g, scanner, i, &hits[k], part, suppressions))
                return false;
    }
    g->is_spent = g->is_spent || scanner->work.is_spent;
    return true;
}

struct pv_rule_names pv_rule_names_of(const struct postvet_ruleset *ruleset)
{
    return (struct pv_rule_names){
        .rules = ruleset->rules, .count = ruleset->image->rules.count, .locks = ruleset->locks
    };
}

void pv_gathering_release(struct pv_gathering *g)
{
    pv_buf_release(&g->candidates);
    pv_buf_release(&g->found);
}

static bool rule_yields(const void *user, uint32_t rule, uint32_t other, uint32_t other_pack)
{
    const struct postvet_ruleset *const r = user;
    const struct pv_range yields = pv_ruleset_rule(r, rule)->yields;
    for (uint32_t i = 0; i < yields.count; i++) {
        const struct pv_image_yield *const y =
            PV_IMAGE_ITEM(r->image, struct pv_image_yield, yields, i);
        if (y->index == (y->is_pack ? other_pack : other))
            return true;
    }
    return false;
}

void pv_gathering_resolve(struct pv_gathering *g)
{
    pv_resolve(PV_BUF_ITEMS(&g->candidates, struct pv_candidate),
        PV_BUF_COUNT(&g->candidates, struct pv_candidate), rule_yields, g->ruleset);
}

/* ---------------------------------------------------------------- one scan */

struct scan {
    struct postvet_scanner *scanner;
    const char *text;
    size_t len;
    const postvet_scan_options *options;
    struct pv_gathering g;
    struct pv_suppressions suppressions;
    struct pv_acceptance acceptance;
    struct pv_buf rest;        /* the draft without its directives, as the scanner has read it */
    struct pv_buf found_spans; /* of the plain view, joined: all that rules found in it */
    struct pv_rule_names names;
    struct postvet_result *result;
};

/* Says of each matcher once, in whichever reading it was, that it did not come to its end. */
static bool tell_limits(struct scan *s, bool *told)
{
    const struct pv_image *const image = s->scanner->ruleset->image;
    for (uint32_t i = 0; i < image->matchers.count; i++) {
        if (!s->scanner->hits[i].gave_up || told[i])
            continue;
        told[i] = true;
        if (!pv_result_incomplete(s->result,
                "'%s' could not be checked to the end: a limit was reached.",
                pv_image_string(image,
                    PV_IMAGE_ITEM(image, struct pv_image_matcher, image->matchers, i)->name)))
            return false;
    }
    return true;
}

static bool tell_grants(struct scan *s)
{
    for (size_t i = 0; i < s->g.grants.count; i++) {
        const struct pv_grant *const item = &s->g.grants.items[i];
        const struct pv_allowed *const told = &item->allowance->told;
        if (item->gave_up
            && !pv_result_incomplete(s->result,
                "What may be allowed by %s:%zu:%zu could not be checked to the end: a limit was "
                "reached.",
                told->file, told->start.line, told->start.column))
            return false;
    }
    return true;
}

static bool tell_invalid(struct scan *s)
{
    const struct pv_text *const text = &s->scanner->text;
    postvet_position at = { .byte = text->invalid_at };
    if (!text->invalid)
        return true;
    pv_positions(text->source, text->source_len, &at, 1);
    return pv_result_incomplete(s->result,
        "Some bytes are not UTF-8 text, the first in line %zu, column %zu (byte %zu); they could "
        "not be read.",
        at.line, at.column, at.byte);
}

/* Of the draft as it is, since directives are no quotations. */
static bool tell_nesting(struct scan *s)
{
    return !s->scanner->text.too_deep
           || pv_result_incomplete(s->result,
               "Its markup is nested more than %zu deep; what is deeper was read as words.",
               pv_limit(s->options->nesting_max, POSTVET_NESTING_MAX));
}

static bool tell_full(struct scan *s)
{
    const size_t most = pv_findings_max(s->options);
    return !s->g.full
           || pv_result_incomplete(s->result,
               "There %s more than %zu finding%s; the rest was left out.", most == 1 ? "is" : "are",
               most, most == 1 ? "" : "s");
}

static bool tell_spent(struct scan *s)
{
    return !s->g.is_spent
           || pv_result_incomplete(s->result,
               "Checking it takes more work than a draft may; not all rules were tried on all of "
               "it.");
}

/* Takes those allowances that are for the draft. */
static bool make_grants(struct scan *s)
{
    const struct pv_allowances *const all = s->scanner->ruleset->allowances;
    const char *const path = s->options->path ? s->options->path : s->options->file_name;
    struct pv_grants *const grants = &s->g.grants;
    if (!all || s->options->no_suppressions)
        return true;
    grants->items = pv_arena_calloc(&s->result->arena, all->count, sizeof(*grants->items));
    for (size_t i = 0; grants->items && i < all->count; i++)
        if (pv_allowance_is_for(&all->items[i], path))
            grants->items[grants->count++] = (struct pv_grant){ .allowance = &all->items[i],
                .suppression = { .allowed = &all->items[i].told } };
    return grants->items != NULL;
}

/* Gathers a part of what the scanner has read. Where there are words in disguise, what they say
 * when they are spelled out comes first: the scanner then holds the draft as it is again. */
static bool gather_part(struct scan *s, enum pv_part part, bool *told)
{
    const char *const text = s->scanner->text.source;
    const size_t len = s->scanner->text.source_len;
    if (s->scanner->text.is_disguised && part != PV_PART_CUTS
        && !(pv_scanner_spell(s->scanner, s->options)
             && pv_gather(&s->g, s->scanner, part, &s->suppressions) && tell_limits(s, told)
             && pv_scanner_read(s->scanner, text, len, s->options)))
        return false;
    return pv_gather(&s->g, s->scanner, part, &s->suppressions) && tell_limits(s, told);
}

/* Gathers what the draft says without its directives. */
static bool gather_rest(struct scan *s, bool *told)
{
    return pv_cut(&s->suppressions.cuts, s->text, s->len, &s->rest)
           && pv_scanner_read(s->scanner, s->rest.len ? s->rest.data : "", s->rest.len, s->options)
           && gather_part(s, PV_PART_REST, told);
}

static bool gather(struct scan *s)
{
    const size_t matchers = s->scanner->ruleset->image->matchers.count;
    struct pv_suppressions *const sup = &s->suppressions;
    bool *const told = pv_arena_calloc(&s->result->arena, matchers + 1, sizeof(*told));
    if (!told || !make_grants(s) || !pv_scanner_read(s->scanner, s->text, s->len, s->options)
        || (pv_directive_likely(s->text, s->len)
            && !pv_suppressions_find(sup, &s->scanner->text, &s->names)))
        return false;
    const bool has_cuts = sup->cuts.parts.len > 0;
    return tell_invalid(s) && tell_nesting(s)
           && gather_part(s, has_cuts ? PV_PART_CUTS : PV_PART_ALL, told)
           && (!has_cuts || gather_rest(s, told)) && tell_grants(s) && tell_full(s)
           && tell_spent(s);
}

/* ------------------------------------------------------------ suppressions */

static bool make_suppressions(struct scan *s)
{
    const struct postvet_ruleset *const ruleset = s->scanner->ruleset;
    const size_t count = ruleset->image->rules.count;
    if (s->options->no_suppressions
        || (!s->suppressions.directives.len && !s->options->allowlist && !s->options->baseline))
        return true;
    bool *const ran = pv_arena_calloc(&s->result->arena, count + 1, sizeof(*ran));
    for (uint32_t i = 0; ran && i < count; i++)
        ran[i] = pv_rule_is_tried(ruleset, i, s->options);
    s->names.ran = ran;
    return ran
           && pv_suppressions_make(&s->suppressions, s->text, s->len, s->options->allowlist,
               s->options->file_name, &s->names, s->result);
}

/* Gathers what no fingerprint may hold: all that was found in the text that the scanner holds, the
 * draft or what its directives leave of it. Sentences that were found by their weight are no secret
 * that stands at a place, and whether they weigh enough depends on secrets that do. */
static bool gather_found_spans(struct scan *s)
{
    const struct pv_found *const found = PV_BUF_ITEMS(&s->g.found, struct pv_found);
    const struct pv_candidate *const c = PV_BUF_ITEMS(&s->g.candidates, struct pv_candidate);
    for (size_t i = 0; i < PV_BUF_COUNT(&s->g.candidates, struct pv_candidate); i++) {
        const struct pv_found *const f = &found[c[i].order];
        const struct pv_span span = { f->hit.start, f->hit.end };
        if (f->part != PV_PART_CUTS && !c[i].spelled && !f->hit.whole && !c[i].weighed
            && !pv_buf_append(&s->found_spans, &span, sizeof(span)))
            return false;
    }
    pv_spans_join(&s->found_spans);
    return true;
}

/* The fingerprint of a candidate, in the result's arena; NULL when out of memory. What can never be
 * accepted has an empty one. What a directive itself says has no words round it: its reason is no
 * part of the draft. */
static const char *fingerprint_of(const struct scan *s, const struct pv_candidate *c)
{
    struct pv_found *const found = &PV_BUF_ITEMS(&s->g.found, struct pv_found)[c->order];
    const bool has_words = !found->hit.whole && !c->spelled && found->part != PV_PART_CUTS;
    char text[PV_FINGERPRINT_LEN + 1];
    if (s->scanner->ruleset->rules[c->rule].suppressible == POSTVET_SUPPRESS_NEVER)
        return "";
    if (!found->fingerprint) {
        pv_fingerprint(has_words ? &s->scanner->text : NULL,
            (struct pv_span){ found->hit.start, found->hit.end }, &s->found_spans,
            s->scanner->ruleset->rules[c->rule].id, text);
        found->fingerprint = pv_arena_strndup(&s->result->arena, text, PV_FINGERPRINT_LEN);
    }
    return found->fingerprint;
}

static bool begin_acceptance(struct scan *s)
{
    const postvet_scan_options *const o = s->options;
    const char *const path = o->baseline_path ? o->baseline_path : o->file_name;
    if (o->baseline && path && !o->no_suppressions
        && !pv_acceptance_begin(&s->acceptance, o->baseline, path, &s->result->arena))
        return false;
    return (!o->fingerprints && !s->acceptance.count) || gather_found_spans(s);
}

/* Marks what is set aside; sets *any if there is any. */
static bool set_aside(struct scan *s, bool *any)
{
    const struct pv_candidate *const c = PV_BUF_ITEMS(&s->g.candidates, struct pv_candidate);
    *any = false;
    for (size_t i = 0; i < PV_BUF_COUNT(&s->g.candidates, struct pv_candidate); i++) {
        struct pv_found *const found = &PV_BUF_ITEMS(&s->g.found, struct pv_found)[c[i].order];
        if (c[i].dropped)
            continue;
        found->suppression = pv_suppressions_match(&s->suppressions, c[i].rule, c[i].source);
        if (!found->suppression)
            found->suppression = found->grant;
        if (!found->suppression && s->acceptance.count) {
            const char *const fingerprint = fingerprint_of(s, &c[i]);
            if (!fingerprint)
                return false;
            found->accepted = pv_acceptance_take(&s->acceptance,
                &s->scanner->ruleset->rules[c[i].rule], fingerprint, found->hit.severity);
        }
        *any = *any || found->suppression || found->accepted;
    }
    return true;
}

/* What rules find in the words of a directive: no reason may show it. */
static bool spans_to_hide(const struct scan *s, struct pv_buf *spans)
{
    const struct pv_candidate *const c = PV_BUF_ITEMS(&s->g.candidates, struct pv_candidate);
    const struct pv_span all = { 0, s->len };
    if (s->options->show_matches)
        return true;
    for (size_t i = 0; i < PV_BUF_COUNT(&s->g.candidates, struct pv_candidate); i++)
        if (pv_cuts_touch(&s->suppressions.cuts, c[i].source)
            && !pv_buf_append(spans, &c[i].source, sizeof(c[i].source)))
            return false;
    return !s->g.full || pv_buf_append(spans, &all, sizeof(all));
}

static postvet_finding finding_of(const struct scan *s, const struct pv_candidate *c)
{
    const struct pv_found *const found = &PV_BUF_ITEMS(&s->g.found, struct pv_found)[c->order];
    return (postvet_finding){
        .severity = found->hit.severity,
        .confidence = found->hit.confidence,
        .reasons = found->hit.reasons,
        .reason_count = found->hit.reason_count,
        .start = { .byte = c->source.start },
        .end = { .byte = c->source.end },
        .excerpt = found->excerpt,
        .fingerprint = found->fingerprint && s->options->fingerprints ? found->fingerprint : "",
    };
}

static bool add_suppressed(struct scan *s, const struct pv_candidate *c, const struct pv_buf *hide)
{
    const struct pv_found *const found = &PV_BUF_ITEMS(&s->g.found, struct pv_found)[c->order];
    struct pv_arena *const arena = &s->result->arena;
    postvet_suppression told;
    if (!(found->accepted ? pv_acceptance_tell(&s->acceptance, found->accepted, arena, &told)
                          : pv_suppression_tell(found->suppression, s->text, hide, arena, &told))
        || (s->options->fingerprints && !fingerprint_of(s, c)))
        return false;
    const postvet_finding finding = finding_of(s, c);
    return pv_result_add_suppressed(
        s->result, &s->scanner->ruleset->rules[c->rule], &finding, &told);
}

/* Moves what is set aside into the result. Of the candidates there stay those that stand without
 * it, and those that cannot be suppressed and may stand now. */
static bool move_suppressed(struct scan *s)
{
    struct pv_candidate *const c = PV_BUF_ITEMS(&s->g.candidates, struct pv_candidate);
    const struct pv_found *const found = PV_BUF_ITEMS(&s->g.found, struct pv_found);
    const postvet_rule_info *const rules = s->scanner->ruleset->rules;
    struct pv_buf hide = { 0 };
    bool ok = spans_to_hide(s, &hide);
    size_t kept = 0;
    for (size_t i = 0; ok && i < PV_BUF_COUNT(&s->g.candidates, struct pv_candidate); i++) {
        const bool is_suppressed =
            !c[i].dropped && (found[c[i].order].suppression || found[c[i].order].accepted);
        if (is_suppressed)
            ok = add_suppressed(s, &c[i], &hide);
        else if (!c[i].dropped || rules[c[i].rule].suppressible == POSTVET_SUPPRESS_NEVER)
            c[kept++] = c[i];
    }
    for (size_t i = 0; i < kept; i++)
        c[i].dropped = false;
    s->g.candidates.len = kept * sizeof(*c);
    pv_buf_release(&hide);
    return ok;
}

static bool add_findings(struct scan *s)
{
    const struct pv_candidate *const c = PV_BUF_ITEMS(&s->g.candidates, struct pv_candidate);
    for (size_t i = 0; i < PV_BUF_COUNT(&s->g.candidates, struct pv_candidate); i++) {
        if (c[i].dropped)
            continue;
        if (s->options->fingerprints && !fingerprint_of(s, &c[i]))
            return false;
        const postvet_finding finding = finding_of(s, &c[i]);
        if (!pv_result_add(s->result, &s->scanner->ruleset->rules[c[i].rule], &finding))
            return false;
    }
    return true;
}

static bool choose(struct scan *s)
{
    const bool is_complete = s->result->incomplete.len == 0;
    bool any;
    pv_gathering_resolve(&s->g);
    if (!make_suppressions(s) || !begin_acceptance(s) || !set_aside(s, &any))
        return false;
    if (any) {
        if (!move_suppressed(s))
            return false;
        pv_gathering_resolve(&s->g);
    }
    if (!(add_findings(s)
            && pv_suppressions_finish(&s->suppressions, &s->names, is_complete, s->result)
            && pv_acceptance_finish(&s->acceptance, &s->names, is_complete, s->result)
            && pv_result_place(s->result, s->text, s->len)))
        return false;
    if (s->options->changed)
        pv_result_restrict(s->result, s->options->changed, s->options->changed_count);
    return true;
}

struct postvet_result *pv_scan(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options)
{
    struct scan s = { .scanner = scanner,
        .text = len ? text : "",
        .len = len,
        .options = options,
        .names = pv_rule_names_of(scanner->ruleset),
        .result = pv_result_new() };
    if (!s.result)
        return NULL;
    s.g = (struct pv_gathering){
        .ruleset = scanner->ruleset, .options = options, .arena = &s.result->arena
    };
    const bool ok = gather(&s) && choose(&s);
    pv_gathering_release(&s.g);
    pv_suppressions_release(&s.suppressions);
    pv_buf_release(&s.rest);
    pv_buf_release(&s.found_spans);
    if (ok)
        return s.result;
    pv_result_free(s.result);
    return NULL;
}
