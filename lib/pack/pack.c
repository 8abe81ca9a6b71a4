/* pack.c: the way of a file: limits, then a tree (tree.h), the tree checked against the schema
 * (validate.h), the model built by libcyaml from the same tables, and the place of each value
 * (places.h). libcyaml stops at its first error and tells its place in the log alone, so it only
 * ever sees a text that was found right; should it still object, its log becomes the error. */
#include "pack/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limit.h"
#include "pack/places.h"
#include "pack/schema.h"
#include "pack/tree.h"
#include "pack/validate.h"

/* What packs, profiles and configurations have in common. */
struct pv_loaded {
    char *name;
    const cyaml_schema_value_t *schema;
    void *model;
    struct pv_places places;
};

struct pv_pack_file {
    struct pv_loaded loaded;
};
struct pv_profile_file {
    struct pv_loaded loaded;
};
struct pv_config_file {
    struct pv_loaded loaded;
};

/* ------------------------------------------------------------------------- libcyaml */

static void *pv_cyaml_memory(void *context, void *memory, size_t size)
{
    (void)context;
    if (size == 0) {
        free(memory);
        return NULL;
    }
    return realloc(memory, size);
}

/* Keeps the first line of libcyaml's log: the reason; what follows is the way to it. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 3, 0)))
#endif
static void
pv_cyaml_log(cyaml_log_t level, void *context, const char *format, va_list args)
{
    char *const reason = context;
    (void)level;
    if (!*reason)
        vsnprintf(reason, sizeof(((postvet_error *)NULL)->message), format, args);
}

static cyaml_config_t pv_cyaml_config(char *reason)
{
    return (cyaml_config_t){ .log_fn = pv_cyaml_log,
        .log_ctx = reason,
        .mem_fn = pv_cyaml_memory,
        .log_level = CYAML_LOG_ERROR,
        .flags = CYAML_CFG_NO_ALIAS };
}

static postvet_status pv_model_build(
    struct pv_loaded *loaded, const char *text, size_t len, struct pv_report *report)
{
    char reason[sizeof(((postvet_error *)NULL)->message)] = "";
    const cyaml_config_t config = pv_cyaml_config(reason);
    const cyaml_err_t error =
        cyaml_load_data((const uint8_t *)text, len, &config, loaded->schema, &loaded->model, NULL);
    if (error == CYAML_OK)
        return POSTVET_OK;
    loaded->model = NULL;
    /* The text is well-formed, so libyaml can only have run out of memory, too. */
    if (error == CYAML_ERR_OOM || error == CYAML_ERR_LIBYAML_PARSER_INIT
        || error == CYAML_ERR_LIBYAML_PARSER)
        return pv_report_nomem(report, loaded->name);
    return pv_report_error(report, POSTVET_ERR_SCHEMA, loaded->name, 0, 0,
        "The file cannot be loaded: %s (%s).", cyaml_strerror(error), reason);
}

static void pv_model_free(struct pv_loaded *loaded)
{
    char reason[sizeof(((postvet_error *)NULL)->message)] = "";
    const cyaml_config_t config = pv_cyaml_config(reason);
    if (loaded->model)
        (void)cyaml_free(&config, loaded->schema, loaded->model, 0);
}

/* ---------------------------------------------------------------------- a file of either */

static void pv_loaded_release(struct pv_loaded *loaded)
{
    pv_places_release(&loaded->places);
    pv_model_free(loaded);
    free(loaded->name);
}

static char *pv_copy(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *const copy = malloc(size);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}

static postvet_status pv_check_encoding(
    const char *name, const char *text, size_t len, struct pv_report *report)
{
    if (len >= 2 && (!memcmp(text, "\xFF\xFE", 2) || !memcmp(text, "\xFE\xFF", 2)))
        return pv_report_error(
            report, POSTVET_ERR_SYNTAX, name, 1, 1, "The file is in UTF-16; save it as UTF-8.");
    return POSTVET_OK;
}

/* `loaded` has its name and schema; on success it gets model and places. */
static postvet_status pv_loaded_parse(
    struct pv_loaded *loaded, const char *text, size_t len, struct pv_report *report)
{
    struct pv_arena arena = { NULL };
    const struct pv_node *root = NULL;

    postvet_status status =
        pv_tree_parse(loaded->name, pv_schema_of_fields(loaded->schema->mapping.fields)->name, text,
            len, &arena, report, &root);
    if (root) {
        const postvet_status checked = pv_validate(loaded->name, root, loaded->schema, report);
        status = status == POSTVET_OK ? checked : status;
    }
    if (status == POSTVET_OK)
        status = pv_model_build(loaded, text, len, report);
    if (status == POSTVET_OK
        && !pv_places_init(&loaded->places, root, loaded->schema, loaded->model))
        status = pv_report_nomem(report, loaded->name);
    pv_arena_release(&arena);
    return status;
}

static postvet_status pv_load(const cyaml_schema_value_t *schema, const char *name,
    const char *text, size_t len, struct pv_report *report, struct pv_loaded *out)
{
    struct pv_loaded loaded = { .schema = schema };
    static const char bom[] = "\xEF\xBB\xBF";

    const size_t bytes_max = pv_limit(report->bytes_max, POSTVET_PACK_MAX);
    if (len > bytes_max)
        return pv_report_error(
            report, POSTVET_ERR_LIMIT, name, 0, 0, "The file is larger than %zu bytes.", bytes_max);
    postvet_status status = pv_check_encoding(name, text, len, report);
    if (status != POSTVET_OK)
        return status;
    if (len >= 3 && !memcmp(text, bom, 3)) {
        text += 3;
        len -= 3;
    }
    loaded.name = pv_copy(name);
    status =
        loaded.name ? pv_loaded_parse(&loaded, text, len, report) : pv_report_nomem(report, name);
    if (status == POSTVET_OK)
        *out = loaded; /* the caller's now */
    else
        pv_loaded_release(&loaded);
    return status;
}

/* ------------------------------------------------------------------------------- packs */

postvet_status pv_pack_parse(const char *name, const char *text, size_t len,
    struct pv_report *report, struct pv_pack_file **out)
{
    struct pv_pack_file *const file = malloc(sizeof(*file));
    const postvet_status status =
        file ? pv_load(&pv_pack_schema, name, text, len, report, &file->loaded)
             : pv_report_nomem(report, name);
    if (status == POSTVET_OK)
        *out = file;
    else
        free(file);
    return status;
}

const struct pv_pack *pv_pack_file_model(const struct pv_pack_file *file)
{
    return file->loaded.model;
}

const char *pv_pack_file_name(const struct pv_pack_file *file)
{
    return file->loaded.name;
}

struct pv_place pv_pack_file_place(const struct pv_pack_file *file, const void *field)
{
    return pv_places_find(&file->loaded.places, field);
}

void pv_pack_file_free(struct pv_pack_file *file)
{
    if (!file)
        return;
    pv_loaded_release(&file->loaded);
    free(file);
}

/* ---------------------------------------------------------------------------- profiles */

postvet_status pv_profile_parse(const char *name, const char *text, size_t len,
    struct pv_report *report, struct pv_profile_file **out)
{
    struct pv_profile_file *const file = malloc(sizeof(*file));
    const postvet_status status =
        file ? pv_load(&pv_profile_schema, name, text, len, report, &file->loaded)
             : pv_report_nomem(report, name);
    if (status == POSTVET_OK)
        *out = file;
    else
        free(file);
    return status;
}

const struct pv_profile *pv_profile_file_model(const struct pv_profile_file *file)
{
    return file->loaded.model;
}

const char *pv_profile_file_name(const struct pv_profile_file *file)
{
    return file->loaded.name;
}

struct pv_place pv_profile_file_place(const struct pv_profile_file *file, const void *field)
{
    return pv_places_find(&file->loaded.places, field);
}

void pv_profile_file_free(struct pv_profile_file *file)
{
    if (!file)
        return;
    pv_loaded_release(&file->loaded);
    free(file);
}

/* ---------------------------------------------------------------------- configurations */

postvet_status pv_config_parse(const char *name, const char *text, size_t len,
    struct pv_report *report, struct pv_config_file **out)
{
    struct pv_config_file *const file = malloc(sizeof(*file));
    const postvet_status status =
        file ? pv_load(&pv_config_schema, name, text, len, report, &file->loaded)
             : pv_report_nomem(report, name);
    if (status == POSTVET_OK)
        *out = file;
    else
        free(file);
    return status;
}

const struct pv_config *pv_config_file_model(const struct pv_config_file *file)
{
    return file->loaded.model;
}

const char *pv_config_file_name(const struct pv_config_file *file)
{
    return file->loaded.name;
}

struct pv_place pv_config_file_place(const struct pv_config_file *file, const void *field)
{
    return pv_places_find(&file->loaded.places, field);
}

void pv_config_file_free(struct pv_config_file *file)
{
    if (!file)
        return;
    pv_loaded_release(&file->loaded);
    free(file);
}
