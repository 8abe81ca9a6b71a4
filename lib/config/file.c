/* file.c: the strict reader of packs does the work; what it cannot know is looked at here: patterns
 * that do not compile, and names about which the file says two things. */
#include "config/file.h"

#include <string.h>

#include "config/allowance.h"
#include "engine/pattern.h"

postvet_status pv_config_error(const struct postvet_config_file *file, struct pv_report *report,
    postvet_status status, const void *field, const char *format, ...)
{
    const struct pv_place place = pv_config_file_place(file->parsed, field);
    va_list args;
    va_start(args, format);
    (void)pv_report_verror(
        report, status, pv_config_file_name(file->parsed), place.line, place.column, format, args);
    va_end(args);
    return status;
}

const char *pv_config_place(
    const struct postvet_config_file *file, const void *field, struct pv_arena *arena)
{
    const struct pv_place place = pv_config_file_place(file->parsed, field);
    return pv_arena_printf(
        arena, "%s:%zu:%zu", pv_config_file_name(file->parsed), place.line, place.column);
}

/* Reads one file. */
struct reader {
    struct postvet_config_file *file;
    struct pv_report *report;
    postvet_status status; /* of the first error */
};

static void fail(struct reader *r, postvet_status status)
{
    if (r->status == POSTVET_OK || status == POSTVET_ERR_NOMEM)
        r->status = status;
}

/* ---------------------------------------------------------------- patterns */

static void complain_pattern(
    struct reader *r, char *const *field, size_t offset, const PCRE2_UCHAR *why)
{
    const size_t len = strlen(*field), from = offset < len ? offset : len;
    if (from < len)
        fail(r, pv_config_error(r->file, r->report, POSTVET_ERR_PATTERN, field,
                    "The pattern does not compile: %s, before \"%.24s\".", (const char *)why,
                    *field + from));
    else
        fail(r, pv_config_error(r->file, r->report, POSTVET_ERR_PATTERN, field,
                    "The pattern does not compile: %s, at its end.", (const char *)why));
}

static void compile(struct reader *r, char *const *field, struct pv_allow_form *form)
{
    PCRE2_UCHAR why[160] = "";
    size_t offset = 0;
    int error = 0;
    if (strncmp(*field, "(*", 2) == 0) {
        fail(r, pv_config_error(r->file, r->report, POSTVET_ERR_PATTERN, field,
                    "A pattern may not set PCRE2's own options with (*...)."));
        return;
    }
    form->code = pv_pattern_compile(*field, strlen(*field), PV_PATTERN_COUNTED, &error, &offset);
    if (!form->code && error == PCRE2_ERROR_HEAP_FAILED) {
        fail(r, POSTVET_ERR_NOMEM);
    } else if (!form->code) {
        (void)pcre2_get_error_message(error, why, sizeof(why));
        complain_pattern(r, field, offset, why);
    }
}

static const char *fold(struct reader *r, const char *phrase)
{
    struct pv_buf folded = { 0 };
    const char *kept = NULL;
    if (pv_allowance_fold(phrase, strlen(phrase), &folded))
        kept = pv_arena_strndup(&r->file->arena, folded.data, folded.len);
    pv_buf_release(&folded);
    return kept;
}

/* ------------------------------------------------------------------- paths */

static const struct pv_path_pattern *read_paths(struct reader *r, const struct pv_strings *paths)
{
    struct pv_path_pattern *const out =
        pv_arena_calloc(&r->file->arena, paths->count + 1u, sizeof(*out));
    bool ok = out != NULL;
    for (unsigned i = 0; ok && i < paths->count; i++)
        ok = pv_path_pattern_init(&out[i], &r->file->arena, paths->items[i], r->file->directory);
    if (!ok)
        fail(r, POSTVET_ERR_NOMEM);
    return out;
}

static void read_allow(struct reader *r)
{
    struct postvet_config_file *const file = r->file;
    const struct pv_allows *const allow = &file->model->allow;
    file->allow = pv_arena_calloc(&file->arena, allow->count + 1u, sizeof(*file->allow));
    if (!file->allow)
        fail(r, POSTVET_ERR_NOMEM);
    for (unsigned i = 0; file->allow && i < allow->count; i++) {
        const struct pv_allow *const entry = &allow->items[i];
        struct pv_allow_form *const form = &file->allow[i];
        form->paths = read_paths(r, &entry->paths);
        if (entry->pattern)
            compile(r, &entry->pattern, form);
        else if (!(form->phrase = fold(r, entry->phrase)))
            fail(r, POSTVET_ERR_NOMEM);
    }
}

static void read_rules(struct reader *r)
{
    struct postvet_config_file *const file = r->file;
    const struct pv_strings *const rules = &file->model->rules;
    const char **const out = pv_arena_calloc(&file->arena, rules->count + 1u, sizeof(*out));
    bool ok = out != NULL;
    for (unsigned i = 0; ok && i < rules->count; i++)
        ok = (out[i] = pv_path_join(&file->arena, file->directory, rules->items[i])) != NULL;
    file->rules = out;
    if (!ok)
        fail(r, POSTVET_ERR_NOMEM);
}

static void read_profile(struct reader *r)
{
    struct postvet_config_file *const file = r->file;
    const char *const profile = file->model->profile;
    if (!profile)
        return;
    file->profile =
        pv_path_is_file(profile) ? pv_path_join(&file->arena, file->directory, profile) : profile;
    if (!file->profile)
        fail(r, POSTVET_ERR_NOMEM);
}

static void read_extends(struct reader *r)
{
    struct postvet_config_file *const file = r->file;
    const struct pv_config *const model = file->model;
    if (!model->extends)
        return;
    const struct pv_place place = pv_config_file_place(file->parsed, &model->extends);
    file->extends =
        (postvet_setting){ "extends", pv_path_join(&file->arena, file->directory, model->extends),
            pv_config_file_name(file->parsed), place.line, place.column };
    if (!file->extends.value)
        fail(r, POSTVET_ERR_NOMEM);
}

/* ------------------------------------------------------------------- names */

/* The entry of that name before entry `count`, or NULL. */
static char *const *find(const struct pv_strings *names, unsigned count, const char *name)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(names->items[i], name) == 0)
            return &names->items[i];
    return NULL;
}

/* About one name a file says one thing. */
static void check_names(struct reader *r)
{
    const struct pv_config *const m = r->file->model;
    for (unsigned i = 0; i < m->disable.count; i++) {
        char *const *const name = &m->disable.items[i];
        if (find(&m->enable, m->enable.count, *name))
            fail(r, pv_config_error(r->file, r->report, POSTVET_ERR_RULE, name,
                        "\"%s\" is both enabled and disabled in this file.", *name));
    }
    for (unsigned i = 0; i < m->severity.count; i++) {
        char *const *const name = &m->severity.items[i].rule;
        bool again = false;
        for (unsigned k = 0; k < i; k++)
            again = again || strcmp(m->severity.items[k].rule, *name) == 0;
        if (again)
            fail(r, pv_config_error(r->file, r->report, POSTVET_ERR_RULE, name,
                        "The severity of \"%s\" stands twice in this file.", *name));
        if (find(&m->disable, m->disable.count, *name))
            fail(r, pv_config_error(r->file, r->report, POSTVET_ERR_RULE, name,
                        "\"%s\" is disabled in this file, and has no severity.", *name));
    }
}

postvet_status pv_config_file_read(struct postvet_config_file *file, const postvet_source *source,
    const char *directory, struct pv_report *report)
{
    struct reader r = { file, report, POSTVET_OK };
    const postvet_status status =
        pv_config_parse(source->name, source->text, source->len, report, &file->parsed);
    if (status != POSTVET_OK)
        return status;
    file->model = pv_config_file_model(file->parsed);
    file->directory = pv_arena_strndup(&file->arena, directory, strlen(directory));
    if (file->directory) {
        read_extends(&r);
        read_profile(&r);
        read_rules(&r);
        read_allow(&r);
        file->exclude = read_paths(&r, &file->model->exclude);
        check_names(&r);
    } else {
        fail(&r, POSTVET_ERR_NOMEM);
    }
    if (r.status == POSTVET_ERR_NOMEM)
        return pv_report_nomem(report, source->name);
    return r.status;
}

void pv_config_file_release(struct postvet_config_file *file)
{
    for (unsigned i = 0; file->allow && i < file->model->allow.count; i++)
        pcre2_code_free(file->allow[i].code);
    pv_config_file_free(file->parsed);
    pv_arena_release(&file->arena);
}
