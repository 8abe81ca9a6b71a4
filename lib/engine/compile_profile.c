/* compile_profile.c: profiles. A profile names rules and packs, and says one thing about each name:
 * a name that nothing has, and one that stands twice, are errors at their place. A slip of the pen
 * there would leave a rule as it was without a word to anybody. */
#include <stdarg.h>
#include <string.h>

#include "engine/compiler.h"

/* The profile being compiled. */
struct pv_profile_scope {
    struct pv_compiler *c;
    const struct pv_profile_file *file;
    const struct pv_profile *profile;
};

/* Tells an error at the place of `field` in the profile. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 3, 4)))
#endif
static void
pv_profile_error(const struct pv_profile_scope *s, const void *field, const char *format, ...)
{
    const struct pv_place place = pv_profile_file_place(s->file, field);
    va_list args;
    va_start(args, format);
    (void)pv_report_verror(s->c->report, POSTVET_ERR_RULE, pv_profile_file_name(s->file),
        place.line, place.column, format, args);
    va_end(args);
}

/* ------------------------------------------------------------------- names */

/* Adds the id of every rule, and of every pack where that may be meant too. */
static bool pv_add_names(const struct pv_compiler *c, bool packs_too, struct pv_buf *names)
{
    for (size_t p = 0; p < c->input->pack_count; p++) {
        const struct pv_pack *const pack = pv_pack_file_model(c->input->packs[p]);
        const char *const id = pack->id;
        if (packs_too && !pv_buf_append(names, &id, sizeof(id)))
            return false;
        for (unsigned i = 0; i < pack->rules.count; i++)
            if (!pv_buf_append(names, &pack->rules.items[i].id, sizeof(id)))
                return false;
    }
    return true;
}

static void pv_unknown_name(
    const struct pv_profile_scope *s, char *const *field, const char *what, bool packs_too)
{
    struct pv_buf names = { 0 };
    /* Without memory it goes without a suggestion. */
    const char *const near = pv_add_names(s->c, packs_too, &names)
                                 ? pv_did_you_mean(*field, PV_BUF_ITEMS(&names, const char *const),
                                     PV_BUF_COUNT(&names, const char *))
                                 : NULL;
    if (near)
        pv_profile_error(
            s, field, "No %s is called \"%s\"; did you mean \"%s\"?", what, *field, near);
    else
        pv_profile_error(s, field, "No %s is called \"%s\".", what, *field);
    pv_buf_release(&names);
}

static bool pv_stands_before(char *const *names, unsigned index)
{
    for (unsigned i = 0; i < index; i++)
        if (strcmp(names[i], names[index]) == 0)
            return true;
    return false;
}

/* --------------------------------------------------------------- its parts */

/* Two Trusts with one key would quote one another's sections. A profile that replaces another of
 * its name keeps the key. */
static void pv_check_key(const struct pv_profile_scope *s, size_t index)
{
    for (size_t i = 0; s->profile->key && i < index; i++) {
        const struct pv_profile *const other = pv_profile_file_model(s->c->input->profiles[i]);
        if (other->key && strcmp(other->key, s->profile->key) == 0
            && strcmp(other->id, s->profile->id) != 0)
            pv_profile_error(s, &s->profile->key, "The key \"%s\" is that of the profile \"%s\".",
                other->key, other->id);
    }
}

static void pv_check_lists(const struct pv_profile_scope *s)
{
    const struct pv_lists *const lists = &s->profile->lists;
    for (unsigned i = 0; i < lists->count; i++)
        for (unsigned k = 0; k < i; k++)
            if (strcmp(lists->items[i].id, lists->items[k].id) == 0)
                pv_profile_error(s, &lists->items[i].id,
                    "The list \"%s\" stands twice in this profile.", lists->items[i].id);
}

static struct pv_range pv_compile_wording(const struct pv_profile_scope *s)
{
    struct pv_writer *const w = &s->c->writer;
    const struct pv_wordings *const wording = &s->profile->wording;
    struct pv_buf records = { 0 };
    for (unsigned i = 0; i < wording->count; i++) {
        const struct pv_wording *const item = &wording->items[i];
        for (unsigned k = 0; k < i; k++)
            if (strcmp(item->key, wording->items[k].key) == 0)
                pv_profile_error(
                    s, &item->key, "The words for \"%s\" stand twice in this profile.", item->key);
        const struct pv_image_wording record = { pv_writer_string(w, item->key),
            pv_writer_string(w, item->text) };
        *PV_WRITER_PUSH(w, &records, struct pv_image_wording) = record;
    }
    const struct pv_range range = pv_writer_array(w, &records, sizeof(struct pv_image_wording));
    pv_buf_release(&records);
    return range;
}

static struct pv_range pv_compile_overrides(const struct pv_profile_scope *s)
{
    struct pv_writer *const w = &s->c->writer;
    const struct pv_overrides *const overrides = &s->profile->severity;
    struct pv_buf records = { 0 };
    for (unsigned i = 0; i < overrides->count; i++) {
        const struct pv_override *const item = &overrides->items[i];
        const struct pv_image_override record = { pv_rule_called(s->c, item->rule),
            pv_severity_of(item->severity) };
        if (record.rule == PV_NONE)
            pv_unknown_name(s, &item->rule, "rule", false);
        for (unsigned k = 0; k < i; k++)
            if (strcmp(item->rule, overrides->items[k].rule) == 0)
                pv_profile_error(s, &item->rule,
                    "The severity of \"%s\" stands twice in this profile.", item->rule);
        *PV_WRITER_PUSH(w, &records, struct pv_image_override) = record;
    }
    const struct pv_range range = pv_writer_array(w, &records, sizeof(struct pv_image_override));
    pv_buf_release(&records);
    return range;
}

/* One record for each name of a section. */
static void pv_compile_section(
    const struct pv_profile_scope *s, const struct pv_section *section, struct pv_buf *records)
{
    struct pv_writer *const w = &s->c->writer;
    const pv_ref called = pv_writer_string(w, section->section);
    for (unsigned i = 0; i < section->rules.count; i++) {
        char *const *const name = &section->rules.items[i];
        const size_t pack = pv_pack_called(s->c, *name, strlen(*name));
        const struct pv_image_section record = { called, pack != SIZE_MAX,
            pack != SIZE_MAX ? (uint32_t)pack : pv_rule_called(s->c, *name) };
        if (record.index == PV_NONE)
            pv_unknown_name(s, name, "rule or pack", true);
        if (pv_stands_before(section->rules.items, i))
            pv_profile_error(s, name, "\"%s\" stands twice at this section.", *name);
        *PV_WRITER_PUSH(w, records, struct pv_image_section) = record;
    }
}

static struct pv_range pv_compile_sections(const struct pv_profile_scope *s)
{
    const struct pv_sections *const sections = &s->profile->sections;
    struct pv_buf records = { 0 };
    for (unsigned i = 0; i < sections->count; i++) {
        const struct pv_section *const section = &sections->items[i];
        for (unsigned k = 0; k < i; k++)
            if (strcmp(section->section, sections->items[k].section) == 0)
                pv_profile_error(s, &section->section,
                    "The section \"%s\" stands twice in this profile.", section->section);
        pv_compile_section(s, section, &records);
    }
    const struct pv_range range =
        pv_writer_array(&s->c->writer, &records, sizeof(struct pv_image_section));
    pv_buf_release(&records);
    return range;
}

void pv_compile_profile(struct pv_compiler *c, size_t index)
{
    struct pv_writer *const w = &c->writer;
    const struct pv_profile_file *const file = c->input->profiles[index];
    const struct pv_profile *const p = pv_profile_file_model(file);
    const struct pv_profile_scope s = { c, file, p };
    struct pv_image_profile record = {
        .id = pv_writer_string(w, p->id),
        .title = pv_writer_string(w, p->title),
        .key = pv_writer_string(w, p->key),
        .document = pv_writer_string(w, p->document),
    };
    pv_check_key(&s, index);
    pv_check_lists(&s);
    record.wording = pv_compile_wording(&s);
    record.overrides = pv_compile_overrides(&s);
    record.sections = pv_compile_sections(&s);
    *PV_WRITER_PUSH(w, &c->profiles, struct pv_image_profile) = record;
}
