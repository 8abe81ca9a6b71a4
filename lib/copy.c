/* copy.c: redacting goes in rounds, since what is replaced may have hidden something else, or may
 * have been part of a longer match that is now a shorter one. As in a scan, a draft with directives
 * is looked at as it is and without them. */
#include "copy.h"

#include <string.h>

#include "report/redact.h"
#include "report/resolve.h"

/* More are not needed by any draft that people write; were they, the result would show it. */
enum { ROUNDS_MAX = 20 };

struct redacting {
    struct postvet_scanner *scanner;
    const postvet_scan_options *options;
    struct pv_buf text; /* as it is after the rounds so far */
    size_t changes;
};

/* ------------------------------------------------------------------- words */

/* The words of a profile for "placeholder-NAME", or NULL. */
static const char *words_in(
    const struct pv_image *image, const struct pv_image_profile *profile, const char *name)
{
    static const char prefix[] = "placeholder-";
    for (uint32_t i = 0; i < profile->wording.count; i++) {
        const struct pv_image_wording *const w =
            PV_IMAGE_ITEM(image, struct pv_image_wording, profile->wording, i);
        const char *const key = pv_image_string(image, w->key);
        if (strncmp(key, prefix, sizeof(prefix) - 1) == 0
            && strcmp(key + sizeof(prefix) - 1, name) == 0)
            return pv_image_string(image, w->text);
    }
    return NULL;
}

/* In the profile in force, else in the general wording: the first profile without a key. */
static const char *words_for(const struct postvet_ruleset *r, const char *name)
{
    const struct pv_image *const image = r->image;
    const char *words = r->profile ? words_in(image, r->profile, name) : NULL;
    for (uint32_t i = 0; !words && i < image->profiles.count; i++) {
        const struct pv_image_profile *const p =
            PV_IMAGE_ITEM(image, struct pv_image_profile, image->profiles, i);
        if (p->key)
            continue;
        words = words_in(image, p, name);
        break;
    }
    return words;
}

/* What stands for what a rule finds; NULL when it finds no identifiers. */
static const char *placeholder_of(const struct postvet_ruleset *r, uint32_t rule)
{
    const char *const words = words_for(r, r->rules[rule].id);
    return words ? words : words_for(r, r->rules[rule].pack);
}

/* ------------------------------------------------------------------ rounds */

/* What stands in the text that the scanner has read and has a placeholder; struct pv_redaction. */
static bool find_identifiers(struct redacting *r, struct pv_buf *out)
{
    struct pv_arena arena = { NULL };
    struct pv_gathering g = {
        .ruleset = r->scanner->ruleset, .options = r->options, .arena = &arena
    };
    bool ok = pv_gather(&g, r->scanner, PV_PART_ALL, NULL);
    if (ok)
        pv_gathering_resolve(&g);
    const struct pv_candidate *const c = PV_BUF_ITEMS(&g.candidates, struct pv_candidate);
    const struct pv_found *const found = PV_BUF_ITEMS(&g.found, struct pv_found);
    for (size_t i = 0; ok && i < PV_BUF_COUNT(&g.candidates, struct pv_candidate); i++) {
        const struct pv_rule_hit *const hit = &found[c[i].order].hit;
        const char *const words = placeholder_of(g.ruleset, c[i].rule);
        const struct pv_redaction redaction = { { hit->start, hit->end }, words };
        if (!c[i].dropped && !hit->whole && words)
            ok = pv_buf_append(out, &redaction, sizeof(redaction));
    }
    pv_gathering_release(&g);
    pv_arena_release(&arena);
    return ok;
}

/* Replaces what stands in `text`, which is the draft or, with `cuts`, what they leave of it. */
static bool replace(
    struct redacting *r, const char *text, size_t len, const struct pv_cuts *cuts, size_t *places)
{
    struct pv_buf redactions = { 0 }, out = { 0 };
    bool ok =
        pv_scanner_read(r->scanner, text, len, r->options) && find_identifiers(r, &redactions);
    if (ok && !redactions.len && r->scanner->text.is_disguised)
        ok = pv_scanner_spell(r->scanner, r->options) && find_identifiers(r, &redactions);
    *places = 0;
    if (ok && redactions.len) {
        ok = pv_redact(&r->scanner->text, r->text.len ? r->text.data : "", r->text.len, cuts,
            PV_BUF_ITEMS(&redactions, const struct pv_redaction),
            PV_BUF_COUNT(&redactions, struct pv_redaction), &out, places);
        if (ok) {
            pv_buf_release(&r->text);
            r->text = out;
            out = (struct pv_buf){ 0 };
        }
    }
    pv_buf_release(&redactions);
    pv_buf_release(&out);
    return ok;
}

static const char *bytes_of(const struct pv_buf *buf)
{
    return buf->len ? buf->data : "";
}

/* The same for the draft without its directives, which stay. */
static bool replace_beside_directives(struct redacting *r, size_t *places)
{
    const struct pv_rule_names names = pv_rule_names_of(r->scanner->ruleset);
    struct pv_suppressions s = { 0 };
    struct pv_buf rest = { 0 };
    *places = 0;
    if (!pv_directive_likely(bytes_of(&r->text), r->text.len))
        return true;
    bool ok = pv_scanner_read(r->scanner, bytes_of(&r->text), r->text.len, r->options)
              && pv_suppressions_find(&s, &r->scanner->text, &names);
    if (ok && s.cuts.parts.len)
        ok = pv_cut(&s.cuts, r->text.data, r->text.len, &rest)
             && replace(r, bytes_of(&rest), rest.len, &s.cuts, places);
    pv_suppressions_release(&s);
    pv_buf_release(&rest);
    return ok;
}

/* ------------------------------------------------------------------ copies */

/* Scans the text, and hands it to the copy. */
static bool finish(struct postvet_scanner *scanner, const postvet_scan_options *options,
    struct pv_buf *text, struct postvet_copy *copy)
{
    if (!pv_buf_append_byte(text, '\0'))
        return false;
    copy->text = *text;
    *text = (struct pv_buf){ 0 };
    copy->result = pv_scan(scanner, copy->text.data, copy->text.len - 1, options);
    return copy->result != NULL;
}

bool pv_copy_redacted(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, struct postvet_copy *copy)
{
    struct redacting r = { .scanner = scanner, .options = options };
    bool ok = pv_buf_append(&r.text, text, len);
    for (int round = 0; ok && round < ROUNDS_MAX; round++) {
        size_t places = 0, beside = 0;
        ok = replace(&r, bytes_of(&r.text), r.text.len, NULL, &places)
             && replace_beside_directives(&r, &beside);
        copy->changes += places + beside;
        if (places + beside == 0 || scanner->work.is_spent)
            break;
    }
    ok = ok && finish(scanner, options, &r.text, copy);
    pv_buf_release(&r.text);
    return ok;
}

bool pv_copy_clean(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, struct postvet_copy *copy)
{
    const struct pv_rule_names names = pv_rule_names_of(scanner->ruleset);
    struct pv_suppressions s = { 0 };
    struct pv_buf rest = { 0 };
    const bool ok =
        pv_scanner_read(scanner, text, len, options)
        && (!pv_directive_likely(text, len) || pv_suppressions_find(&s, &scanner->text, &names))
        && pv_cut(&s.cuts, text, len, &rest) && finish(scanner, options, &rest, copy);
    const struct pv_directive *const d = PV_BUF_ITEMS(&s.directives, const struct pv_directive);
    for (size_t i = 0; i < PV_BUF_COUNT(&s.directives, struct pv_directive); i++)
        copy->changes += d[i].cut.start < d[i].cut.end;
    pv_suppressions_release(&s);
    pv_buf_release(&rest);
    return ok;
}
