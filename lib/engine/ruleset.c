/* ruleset.c: see ruleset.h. A message's {words} are looked up in the profile, then in the general
 * wording; the compiler has made sure that the latter knows them all. */
#include "engine/ruleset.h"

#include <string.h>

static const struct pv_image_profile *pv_profile_at(const struct pv_image *image, size_t index)
{
    return PV_IMAGE_ITEM(image, struct pv_image_profile, image->profiles, index);
}

/* The general wording: the first profile without a key. A Trust's own file may do without one,
 * too, and stands behind the library's. */
static const struct pv_image_profile *pv_general(const struct pv_image *image)
{
    for (uint32_t i = 0; i < image->profiles.count; i++)
        if (!pv_profile_at(image, i)->key)
            return pv_profile_at(image, i);
    return NULL;
}

static const char *pv_wording_in(const struct pv_image *image,
    const struct pv_image_profile *profile, const char *key, size_t len)
{
    for (uint32_t i = 0; i < profile->wording.count; i++) {
        const struct pv_image_wording *const w =
            PV_IMAGE_ITEM(image, struct pv_image_wording, profile->wording, i);
        const char *const known = pv_image_string(image, w->key);
        if (strlen(known) == len && memcmp(known, key, len) == 0)
            return pv_image_string(image, w->text);
    }
    return NULL;
}

static const char *pv_wording(const struct postvet_ruleset *r, const char *key, size_t len)
{
    const char *text = r->profile ? pv_wording_in(r->image, r->profile, key, len) : NULL;
    const struct pv_image_profile *const general = pv_general(r->image);
    return text || !general ? text : pv_wording_in(r->image, general, key, len);
}

/* Adds a phrase where {its key} stood, as English has it: one that opens a sentence gets its
 * capital, and of "Hospitals's" the last s goes. Returns where the template goes on. */
static const char *pv_add_phrase(
    struct pv_buf *out, const char *text, bool opens, const char *rest, bool *ok)
{
    const size_t at = out->len;
    *ok = pv_buf_append_str(out, text);
    if (*ok && opens && out->data[at] >= 'a' && out->data[at] <= 'z')
        out->data[at] = (char)(out->data[at] - 'a' + 'A');
    if (!*ok || out->data[out->len - 1] != 's' || strncmp(rest, "'s ", 3) != 0)
        return rest;
    *ok = pv_buf_append_byte(out, '\'');
    return rest + 2;
}

/* `template` with its {words} filled, in the ruleset's arena; NULL when out of memory. */
static const char *pv_fill(struct postvet_ruleset *r, const char *template)
{
    if (!strchr(template, '{'))
        return template;
    struct pv_buf out = { 0 };
    bool ok = true;
    for (const char *c = template; *c && ok;) {
        const char *const close = *c == '{' ? strchr(c, '}') : NULL;
        const char *const text = close ? pv_wording(r, c + 1, (size_t)(close - c - 1)) : NULL;
        const bool opens =
            c == template || (c >= template + 2 && strchr(".!?", c[-2]) && c[-1] == ' ');
        if (text)
            c = pv_add_phrase(&out, text, opens, close + 1, &ok);
        else
            ok = pv_buf_append_byte(&out, *c++);
    }
    const char *const filled = ok ? pv_arena_strndup(&r->arena, out.data, out.len) : NULL;
    pv_buf_release(&out);
    return filled;
}

static void pv_cite(const struct pv_image *image, const struct pv_image_profile *profile,
    pv_ref section, postvet_rule_info *info, postvet_citation *out)
{
    out[info->citation_count].trust = pv_image_string(image, profile->id);
    out[info->citation_count].document =
        profile->document ? pv_image_string(image, profile->document) : "";
    out[info->citation_count].section = pv_image_string(image, section);
    info->citation_count++;
}

/* What the rule itself cites: of the profile in force, or of all five without one. Equal strings of
 * an image are one string. */
static void pv_word_cites(const struct postvet_ruleset *r, const struct pv_image_rule *rule,
    postvet_rule_info *info, postvet_citation *out)
{
    for (uint32_t i = 0; i < rule->cites.count; i++) {
        const struct pv_image_cite *const cite =
            PV_IMAGE_ITEM(r->image, struct pv_image_cite, rule->cites, i);
        for (uint32_t p = 0; p < r->image->profiles.count; p++) {
            const struct pv_image_profile *const profile = pv_profile_at(r->image, p);
            if (profile->key != cite->key || (r->profile && r->profile != profile))
                continue;
            pv_cite(r->image, profile, cite->section, info, out);
            break;
        }
    }
}

static const struct pv_image_section *pv_section_at(const struct postvet_ruleset *r, uint32_t index)
{
    return PV_IMAGE_ITEM(r->image, struct pv_image_section, r->profile->sections, index);
}

static bool pv_is_cited(const postvet_rule_info *info, const postvet_citation *out,
    const struct postvet_ruleset *r, pv_ref section)
{
    for (size_t i = 0; i < info->citation_count; i++)
        if (out[i].section == pv_image_string(r->image, section))
            return true;
    return false;
}

/* What the profile in force says of the rule: where it names the rule itself, else where it names
 * the rule's pack. */
static void pv_word_sections(
    const struct postvet_ruleset *r, size_t index, postvet_rule_info *info, postvet_citation *out)
{
    const uint32_t pack = pv_ruleset_rule(r, index)->pack;
    bool named = false;
    for (uint32_t i = 0; i < r->profile->sections.count && !named; i++)
        named = !pv_section_at(r, i)->is_pack && pv_section_at(r, i)->index == index;
    for (uint32_t i = 0; i < r->profile->sections.count; i++) {
        const struct pv_image_section *const s = pv_section_at(r, i);
        if (s->is_pack != named && s->index == (named ? index : pack)
            && !pv_is_cited(info, out, r, s->section))
            pv_cite(r->image, r->profile, s->section, info, out);
    }
}

static bool pv_word_citations(struct postvet_ruleset *r, size_t index, postvet_rule_info *info)
{
    const struct pv_image_rule *const rule = pv_ruleset_rule(r, index);
    const size_t most = rule->cites.count + (r->profile ? r->profile->sections.count : 0u);
    postvet_citation *const out = pv_arena_calloc(&r->arena, most + 1u, sizeof(*out));
    if (!out)
        return false;
    pv_word_cites(r, rule, info, out);
    if (r->profile)
        pv_word_sections(r, index, info, out);
    info->citations = out;
    return true;
}

static bool pv_word_examples(
    struct postvet_ruleset *r, const struct pv_image_rule *rule, postvet_rule_info *info)
{
    const char **const out = pv_arena_calloc(&r->arena, rule->tests.count + 1u, sizeof(*out));
    size_t matches = 0;
    if (!out)
        return false;
    for (uint32_t i = 0; i < rule->tests.count; i++)
        matches += PV_IMAGE_ITEM(r->image, struct pv_image_test, rule->tests, i)->must_match;
    info->examples = out;
    info->counter_examples = out + matches;
    for (uint32_t i = 0; i < rule->tests.count; i++) {
        const struct pv_image_test *const test =
            PV_IMAGE_ITEM(r->image, struct pv_image_test, rule->tests, i);
        const size_t at =
            test->must_match ? info->example_count++ : matches + info->counter_example_count++;
        out[at] = pv_image_string(r->image, test->text);
    }
    return true;
}

bool pv_ruleset_rule_is_for(const struct postvet_ruleset *ruleset, size_t index)
{
    const struct pv_range profiles = pv_ruleset_rule(ruleset, index)->profiles;
    bool is_for = profiles.count == 0;
    for (uint32_t i = 0; ruleset->profile && i < profiles.count; i++)
        if (*PV_IMAGE_ITEM(ruleset->image, pv_ref, profiles, i) == ruleset->profile->id)
            is_for = true;
    return is_for;
}

static bool pv_word_rule(struct postvet_ruleset *r, size_t index)
{
    const struct pv_image_rule *const rule = pv_ruleset_rule(r, index);
    postvet_rule_info *const info = &r->rules[index];
    info->id = pv_image_string(r->image, rule->id);
    info->pack = r->packs[rule->pack].id;
    info->title = pv_image_string(r->image, rule->title);
    info->severity = (postvet_severity)rule->severity;
    info->confidence = (postvet_confidence)rule->confidence;
    info->suppressible = (postvet_suppressible)rule->suppressible;
    info->message = pv_fill(r, pv_image_string(r->image, rule->message));
    info->advice = pv_fill(r, pv_image_string(r->image, rule->advice));
    r->applies[index] = pv_ruleset_rule_is_for(r, index);
    return info->message && info->advice && pv_word_citations(r, index, info)
           && pv_word_examples(r, rule, info);
}

static void pv_apply_overrides(struct postvet_ruleset *r)
{
    for (uint32_t i = 0; r->profile && i < r->profile->overrides.count; i++) {
        const struct pv_image_override *const o =
            PV_IMAGE_ITEM(r->image, struct pv_image_override, r->profile->overrides, i);
        if (o->severity)
            r->rules[o->rule].severity = (postvet_severity)o->severity;
        else
            r->applies[o->rule] = false;
    }
}

static bool pv_find_profile(struct postvet_ruleset *r, const char *id)
{
    if (!id)
        return true;
    for (uint32_t i = 0; i < r->image->profiles.count; i++) {
        const struct pv_image_profile *const p = pv_profile_at(r->image, i);
        if (p != pv_general(r->image) && strcmp(pv_image_string(r->image, p->id), id) == 0)
            r->profile = p;
    }
    return r->profile != NULL;
}

postvet_status pv_ruleset_word(
    struct postvet_ruleset *ruleset, const char *profile, struct pv_report *report)
{
    const struct pv_image *const image = ruleset->image;
    bool ok;
    if (!pv_find_profile(ruleset, profile))
        return pv_report_error(
            report, POSTVET_ERR_PROFILE, NULL, 0, 0, "No profile is called \"%s\".", profile);
    ruleset->packs =
        pv_arena_calloc(&ruleset->arena, image->packs.count + 1u, sizeof(*ruleset->packs));
    ruleset->rules =
        pv_arena_calloc(&ruleset->arena, image->rules.count + 1u, sizeof(*ruleset->rules));
    ruleset->applies =
        pv_arena_calloc(&ruleset->arena, image->rules.count + 1u, sizeof(*ruleset->applies));
    ok = ruleset->packs && ruleset->rules && ruleset->applies;
    for (uint32_t i = 0; ok && i < image->packs.count; i++) {
        const struct pv_image_pack *const p =
            PV_IMAGE_ITEM(image, struct pv_image_pack, image->packs, i);
        ruleset->packs[i] = (postvet_pack_info){ pv_image_string(image, p->id),
            pv_image_string(image, p->title), pv_image_string(image, p->version),
            p->description ? pv_image_string(image, p->description) : "" };
    }
    for (uint32_t i = 0; ok && i < image->rules.count; i++)
        ok = pv_word_rule(ruleset, i);
    if (!ok)
        return pv_report_nomem(report, NULL);
    pv_apply_overrides(ruleset);
    return POSTVET_OK;
}
