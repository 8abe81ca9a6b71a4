/* compile_links.c: what leans on what: cues on cues, and rules on rules that must be near. No such
 * chain may lead back to where it began, and a cue of cues comes to stand for cues of terms and
 * patterns alone, so that the scanner need not follow it. */
#include <stdlib.h>

#include "engine/compiler.h"

/* --------------------------------------------------------------- no circles */

/* How deep each cue and rule leans on others: one more than the deepest of these. One that is
 * deeper than there are of its kind is in a circle. */
struct pv_depths {
    const struct pv_compiler *c;
    size_t *cues, *rules; /* by matcher, by rule */
    size_t cue_count, rule_count;
    bool grew, circle;
};

static void pv_deepen(struct pv_depths *d, size_t *depth, size_t on, size_t most)
{
    if (*depth > on)
        return;
    *depth = on + 1;
    d->grew = true;
    d->circle = d->circle || *depth > most;
}

static void pv_deepen_cues(struct pv_depths *d)
{
    const struct pv_image_matcher *const m =
        PV_BUF_ITEMS(&d->c->matchers, const struct pv_image_matcher);
    const uint32_t *const members = PV_BUF_ITEMS(&d->c->members, const uint32_t);
    for (size_t i = 0; i < d->cue_count; i++)
        for (uint32_t k = 0; m[i].kind == PV_MATCHER_ANY && k < m[i].count; k++)
            pv_deepen(d, &d->cues[i], d->cues[members[m[i].first + k]], d->cue_count);
}

static void pv_deepen_rule(struct pv_depths *d, size_t rule, struct pv_range nears)
{
    const struct pv_image *const image = (const void *)d->c->writer.image.data;
    for (uint32_t k = 0; k < nears.count; k++) {
        const uint32_t on = PV_IMAGE_ITEM(image, struct pv_image_near, nears, k)->rule;
        if (on != PV_NONE)
            pv_deepen(d, &d->rules[rule], d->rules[on], d->rule_count);
    }
}

static void pv_deepen_adjusts(struct pv_depths *d, size_t rule, struct pv_range adjusts)
{
    const struct pv_image *const image = (const void *)d->c->writer.image.data;
    for (uint32_t k = 0; k < adjusts.count; k++) {
        const struct pv_image_adjust *const adjust =
            PV_IMAGE_ITEM(image, struct pv_image_adjust, adjusts, k);
        pv_deepen_rule(d, rule, adjust->near);
        pv_deepen_rule(d, rule, adjust->unless_near);
    }
}

static void pv_deepen_rules(struct pv_depths *d)
{
    const struct pv_image_pack *const packs =
        PV_BUF_ITEMS(&d->c->packs, const struct pv_image_pack);
    const struct pv_image_rule *const rules =
        PV_BUF_ITEMS(&d->c->rules, const struct pv_image_rule);
    for (size_t i = 0; i < d->rule_count; i++) {
        pv_deepen_rule(d, i, rules[i].near);
        pv_deepen_rule(d, i, rules[i].unless_near);
        pv_deepen_rule(d, i, packs[rules[i].pack].unless_near);
        pv_deepen_adjusts(d, i, rules[i].adjust);
        if (!rules[i].own_adjust_only)
            pv_deepen_adjusts(d, i, packs[rules[i].pack].adjust);
    }
}

/* Tells the first in a pack that is in a circle; false when none is. */
static bool pv_tell_circle(const struct pv_depths *d, const struct pv_scope_of *s)
{
    for (unsigned k = 0; k < s->pack->cues.count; k++)
        if (d->cues[d->c->cue_base[s->index] + k] > d->cue_count) {
            pv_compile_error(s, &s->pack->cues.items[k].id, POSTVET_ERR_RULE,
                "The cue \"%s\" leads back to itself.", s->pack->cues.items[k].id);
            return true;
        }
    for (unsigned k = 0; k < s->pack->rules.count; k++)
        if (d->rules[d->c->rule_base[s->index] + k] > d->rule_count) {
            pv_compile_error(s, &s->pack->rules.items[k].id, POSTVET_ERR_RULE,
                "The rule \"%s\" leans on rules that lead back to it.", s->pack->rules.items[k].id);
            return true;
        }
    return false;
}

void pv_check_circles(struct pv_compiler *c)
{
    struct pv_depths d = { .c = c,
        .cue_count = PV_BUF_COUNT(&c->matchers, struct pv_image_matcher),
        .rule_count = PV_BUF_COUNT(&c->rules, struct pv_image_rule) };
    d.cues = calloc(d.cue_count + d.rule_count + 1, sizeof(*d.cues));
    if (!d.cues) {
        c->writer.nomem = true;
        return;
    }
    d.rules = d.cues + d.cue_count;
    do {
        d.grew = false;
        pv_deepen_cues(&d);
        pv_deepen_rules(&d);
    } while (d.grew && !d.circle);
    bool told = !d.circle;
    for (size_t i = 0; !told && i < c->input->pack_count; i++) {
        const struct pv_scope_of s = pv_scope_of_pack(c, i);
        told = pv_tell_circle(&d, &s);
    }
    free(d.cues);
}

/* ------------------------------------------------------------- cues of cues */

/* Puts into `members` the cues that matcher `index` stands for in the end. */
static bool pv_add_leaves(
    const struct pv_compiler *c, uint32_t index, struct pv_buf *members, struct pv_buf *todo)
{
    const size_t first = PV_BUF_COUNT(members, uint32_t);
    pv_buf_clear(todo);
    if (!pv_buf_append(todo, &index, sizeof(index)))
        return false;
    for (size_t i = 0; i < PV_BUF_COUNT(todo, uint32_t); i++) {
        const uint32_t at = PV_BUF_ITEMS(todo, uint32_t)[i];
        const struct pv_image_matcher *const m =
            &PV_BUF_ITEMS(&c->matchers, struct pv_image_matcher)[at];
        if (m->kind == PV_MATCHER_ANY) {
            if (!pv_buf_append(todo, PV_BUF_ITEMS(&c->members, uint32_t) + m->first,
                    m->count * sizeof(uint32_t)))
                return false;
            continue;
        }
        bool known = false;
        for (size_t k = first; k < PV_BUF_COUNT(members, uint32_t) && !known; k++)
            known = PV_BUF_ITEMS(members, uint32_t)[k] == at;
        if (!known && !pv_buf_append(members, &at, sizeof(at)))
            return false;
    }
    return true;
}

void pv_flatten(struct pv_compiler *c)
{
    struct pv_buf members = { 0 }, todo = { 0 }, firsts = { 0 };
    struct pv_image_matcher *const m = PV_BUF_ITEMS(&c->matchers, struct pv_image_matcher);
    const size_t count = PV_BUF_COUNT(&c->matchers, struct pv_image_matcher);
    for (uint32_t i = 0; i < count && !c->writer.nomem; i++) {
        *PV_WRITER_PUSH(&c->writer, &firsts, uint32_t) = (uint32_t)PV_BUF_COUNT(&members, uint32_t);
        if (m[i].kind == PV_MATCHER_ANY && !pv_add_leaves(c, i, &members, &todo))
            c->writer.nomem = true;
    }
    for (size_t i = 0; i < count && !c->writer.nomem; i++) {
        if (m[i].kind != PV_MATCHER_ANY)
            continue;
        const size_t end = i + 1 < count ? PV_BUF_ITEMS(&firsts, uint32_t)[i + 1]
                                         : PV_BUF_COUNT(&members, uint32_t);
        m[i].first = PV_BUF_ITEMS(&firsts, uint32_t)[i];
        m[i].count = (uint32_t)end - m[i].first;
    }
    pv_buf_release(&c->members);
    c->members = members;
    pv_buf_release(&todo);
    pv_buf_release(&firsts);
}
