/* load.c: the caller's packs are parsed first, so that a pack of the library's that one of them
 * replaces is left out; they come last in the image all the same, as the caller gave them. */
#include "engine/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/limit.h"
#include "engine/compile.h"
#include "engine/embedded.h"

/* A list file that was read; kept until the image is made. */
struct pv_loaded_list {
    size_t pack;
    char *name, *text;
    size_t len;
};

struct pv_loader {
    const postvet_ruleset_options *options;
    struct pv_report *report;
    struct pv_buf packs;    /* struct pv_pack_file *: the library's, then the caller's */
    struct pv_buf paths;    /* const char *: by pack, its file or NULL */
    struct pv_buf own;      /* struct pv_pack_file *: the caller's, while loading */
    struct pv_buf profiles; /* struct pv_profile_file * */
    struct pv_buf lists;    /* struct pv_loaded_list */
};

static postvet_status pv_loader_nomem(struct pv_loader *l)
{
    return pv_report_nomem(l->report, NULL);
}

/* The caller's limits are for the caller's files, and not for the library's own. */
static void pv_hold_to_limits(struct pv_loader *l, bool hold)
{
    l->report->bytes_max = hold ? l->options->pack_max : 0;
    l->report->depth_max = hold ? l->options->pack_depth_max : 0;
}

static postvet_status pv_read_own(
    const struct pv_loader *l, const char *path, struct pv_report *report, char **text, size_t *len)
{
    return pv_file_read(path, pv_limit(l->options->pack_max, POSTVET_PACK_MAX), report, text, len);
}

/* ------------------------------------------------------------------- lists */

static bool pv_list_name_ok(const char *name)
{
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name) && *name;
}

/* "DIR/lists/NAME.txt" beside `path`, malloc()ed, or NULL. */
static char *pv_list_path(const char *path, const char *name)
{
    const char *const slash = strrchr(path, '/');
    struct pv_buf buf = { 0 };
    if (pv_buf_append(&buf, path, slash ? (size_t)(slash - path) + 1 : 0)
        && pv_buf_append_str(&buf, "lists/") && pv_buf_append_str(&buf, name)
        && pv_buf_append(&buf, ".txt", 5))
        return buf.data;
    pv_buf_release(&buf);
    return NULL;
}

static const struct pv_loaded_list *pv_known_list(
    const struct pv_loader *l, size_t pack, const char *name)
{
    for (size_t i = 0; i < PV_BUF_COUNT(&l->lists, struct pv_loaded_list); i++) {
        const struct pv_loaded_list *const known =
            &PV_BUF_ITEMS(&l->lists, struct pv_loaded_list)[i];
        if (known->pack == pack && strcmp(known->name, name) == 0)
            return known;
    }
    return NULL;
}

/* Keeps what is in `list` and a copy of its name. */
static bool pv_keep_list(struct pv_loader *l, struct pv_loaded_list *list, const char *name)
{
    const size_t size = strlen(name) + 1;
    list->name = malloc(size);
    struct pv_loaded_list *const kept =
        list->name ? PV_BUF_PUSH(&l->lists, struct pv_loaded_list) : NULL;
    if (!kept) {
        free(list->name);
        return false;
    }
    memcpy(list->name, name, size);
    *kept = *list;
    return true;
}

/* Reads the list beside a pack file, once. */
static postvet_status pv_list_beside(struct pv_loader *l, size_t pack, const char *path,
    const char *name, const struct pv_loaded_list **out)
{
    struct pv_report silent = { 0 }; /* that there is none is no error: the library may have one */
    struct pv_loaded_list list = { .pack = pack };
    *out = pv_known_list(l, pack, name);
    if (*out)
        return POSTVET_OK;
    char *const file = pv_list_path(path, name);
    if (!file)
        return POSTVET_ERR_NOMEM;
    postvet_status status = pv_read_own(l, file, &silent, &list.text, &list.len);
    if (status == POSTVET_OK && !pv_keep_list(l, &list, name)) {
        free(list.text);
        status = POSTVET_ERR_NOMEM;
    }
    free(file);
    *out = pv_known_list(l, pack, name);
    return status;
}

static bool pv_embedded_called(
    const char *folder, const char *name, const char *ending, const char **text, size_t *len)
{
    const char *known;
    for (size_t i = 0; pv_embedded_file_at(i, &known, text, len); i++) {
        const size_t folder_len = strlen(folder), name_len = strlen(name);
        if (strncmp(known, folder, folder_len) == 0
            && strncmp(known + folder_len, name, name_len) == 0
            && strcmp(known + folder_len + name_len, ending) == 0)
            return true;
    }
    return false;
}

static postvet_status pv_find_list(
    void *user, size_t pack, const char *name, const char **text, size_t *len)
{
    struct pv_loader *const l = user;
    const char *const path = PV_BUF_ITEMS(&l->paths, const char *)[pack];
    const struct pv_loaded_list *beside;
    if (!pv_list_name_ok(name))
        return POSTVET_ERR_FILE;
    const postvet_status status =
        path ? pv_list_beside(l, pack, path, name, &beside) : POSTVET_ERR_FILE;
    if (status == POSTVET_OK) {
        *text = beside->text;
        *len = beside->len;
    }
    if (status != POSTVET_ERR_FILE)
        return status;
    return pv_embedded_called("lists/", name, ".txt", text, len) ? POSTVET_OK : POSTVET_ERR_FILE;
}

/* ------------------------------------------------------------------- packs */

static postvet_status pv_add_own(
    struct pv_loader *l, const char *name, const char *text, size_t len)
{
    struct pv_pack_file *file = NULL;
    const postvet_status status = pv_pack_parse(name, text, len, l->report, &file);
    if (status != POSTVET_OK)
        return status;
    struct pv_pack_file **const slot = PV_BUF_PUSH(&l->own, struct pv_pack_file *);
    if (!slot) {
        pv_pack_file_free(file);
        return pv_loader_nomem(l);
    }
    *slot = file;
    return POSTVET_OK;
}

/* The caller's packs: files, then memory. Goes on after an error in a pack to tell them all;
 * returns the first status that is not POSTVET_OK. */
static postvet_status pv_load_own(struct pv_loader *l)
{
    const postvet_ruleset_options *const o = l->options;
    postvet_status first = POSTVET_OK;
    pv_hold_to_limits(l, true);
    for (size_t i = 0; i < o->pack_file_count && first != POSTVET_ERR_NOMEM; i++) {
        char *text = NULL;
        size_t len = 0;
        postvet_status status = pv_read_own(l, o->pack_files[i], l->report, &text, &len);
        if (status == POSTVET_OK)
            status = pv_add_own(l, o->pack_files[i], text, len);
        free(text);
        first = first == POSTVET_OK ? status : first;
    }
    for (size_t i = 0; i < o->pack_count && first != POSTVET_ERR_NOMEM; i++) {
        const postvet_status status =
            pv_add_own(l, o->packs[i].name, o->packs[i].text, o->packs[i].len);
        first = first == POSTVET_OK ? status : first;
    }
    pv_hold_to_limits(l, false);
    return first;
}

static bool pv_keep_pack(struct pv_loader *l, struct pv_pack_file *file, const char *path)
{
    if (!pv_buf_reserve(&l->packs, sizeof(file)) || !pv_buf_reserve(&l->paths, sizeof(path)))
        return false;
    *PV_BUF_PUSH(&l->packs, struct pv_pack_file *) = file;
    *PV_BUF_PUSH(&l->paths, const char *) = path;
    return true;
}

static bool pv_is_replaced(const struct pv_loader *l, const struct pv_pack_file *file)
{
    for (size_t i = 0; i < PV_BUF_COUNT(&l->own, struct pv_pack_file *); i++)
        if (strcmp(pv_pack_file_model(PV_BUF_ITEMS(&l->own, struct pv_pack_file *)[i])->id,
                pv_pack_file_model(file)->id)
            == 0)
            return true;
    return false;
}

static postvet_status pv_load_default(struct pv_loader *l)
{
    const char *name, *text;
    size_t len;
    postvet_status first = POSTVET_OK;
    for (size_t i = 0; pv_embedded_file_at(i, &name, &text, &len); i++) {
        struct pv_pack_file *file = NULL;
        if (strncmp(name, "packs/", 6) != 0)
            continue;
        const postvet_status status = pv_pack_parse(name, text, len, l->report, &file);
        if (status != POSTVET_OK) {
            first = first == POSTVET_OK ? status : first;
        } else if (pv_is_replaced(l, file)) {
            pv_pack_file_free(file);
        } else if (!pv_keep_pack(l, file, NULL)) {
            pv_pack_file_free(file);
            return pv_loader_nomem(l);
        }
    }
    return first;
}

/* Moves the caller's packs behind the library's. */
static postvet_status pv_append_own(struct pv_loader *l)
{
    struct pv_pack_file **const own = PV_BUF_ITEMS(&l->own, struct pv_pack_file *);
    for (size_t i = 0; i < PV_BUF_COUNT(&l->own, struct pv_pack_file *); i++) {
        const char *const path = i < l->options->pack_file_count ? l->options->pack_files[i] : NULL;
        if (!pv_keep_pack(l, own[i], path))
            return pv_loader_nomem(l);
        own[i] = NULL;
    }
    return POSTVET_OK;
}

/* ---------------------------------------------------------------- profiles */

static postvet_status pv_add_profile(
    struct pv_loader *l, const char *name, const char *text, size_t len)
{
    struct pv_profile_file *file = NULL;
    const postvet_status status = pv_profile_parse(name, text, len, l->report, &file);
    if (status != POSTVET_OK)
        return status;
    struct pv_profile_file **const slot = PV_BUF_PUSH(&l->profiles, struct pv_profile_file *);
    if (!slot) {
        pv_profile_file_free(file);
        return pv_loader_nomem(l);
    }
    *slot = file;
    return POSTVET_OK;
}

static postvet_status pv_load_profiles(struct pv_loader *l)
{
    const char *name, *text;
    size_t len;
    postvet_status status = POSTVET_OK;
    for (size_t i = 0; status == POSTVET_OK && pv_embedded_file_at(i, &name, &text, &len); i++)
        if (strncmp(name, "profiles/", 9) == 0)
            status = pv_add_profile(l, name, text, len);
    if (status == POSTVET_OK && l->options->profile_file) {
        char *own = NULL;
        pv_hold_to_limits(l, true);
        status = pv_read_own(l, l->options->profile_file, l->report, &own, &len);
        if (status == POSTVET_OK)
            status = pv_add_profile(l, l->options->profile_file, own, len);
        pv_hold_to_limits(l, false);
        free(own);
    }
    return status;
}

/* -------------------------------------------------------------------- all */

static void pv_loader_release(struct pv_loader *l)
{
    for (size_t i = 0; i < PV_BUF_COUNT(&l->packs, struct pv_pack_file *); i++)
        pv_pack_file_free(PV_BUF_ITEMS(&l->packs, struct pv_pack_file *)[i]);
    for (size_t i = 0; i < PV_BUF_COUNT(&l->own, struct pv_pack_file *); i++)
        pv_pack_file_free(PV_BUF_ITEMS(&l->own, struct pv_pack_file *)[i]);
    for (size_t i = 0; i < PV_BUF_COUNT(&l->profiles, struct pv_profile_file *); i++)
        pv_profile_file_free(PV_BUF_ITEMS(&l->profiles, struct pv_profile_file *)[i]);
    for (size_t i = 0; i < PV_BUF_COUNT(&l->lists, struct pv_loaded_list); i++) {
        free(PV_BUF_ITEMS(&l->lists, struct pv_loaded_list)[i].name);
        free(PV_BUF_ITEMS(&l->lists, struct pv_loaded_list)[i].text);
    }
    pv_buf_release(&l->packs);
    pv_buf_release(&l->paths);
    pv_buf_release(&l->own);
    pv_buf_release(&l->profiles);
    pv_buf_release(&l->lists);
}

postvet_status pv_load(
    const postvet_ruleset_options *options, struct pv_report *report, struct pv_buf *image)
{
    struct pv_loader l = { .options = options, .report = report };
    postvet_status status = pv_load_own(&l);
    if (status == POSTVET_OK)
        status = pv_load_profiles(&l);
    if (status == POSTVET_OK && !options->without_default_packs)
        status = pv_load_default(&l);
    const size_t own_count = PV_BUF_COUNT(&l.packs, struct pv_pack_file *);
    if (status == POSTVET_OK)
        status = pv_append_own(&l);
    if (status == POSTVET_OK) {
        const struct pv_compile_input input = {
            .packs = PV_BUF_ITEMS(&l.packs, struct pv_pack_file *),
            .pack_count = PV_BUF_COUNT(&l.packs, struct pv_pack_file *),
            .own_count = own_count,
            .profiles = PV_BUF_ITEMS(&l.profiles, struct pv_profile_file *),
            .profile_count = PV_BUF_COUNT(&l.profiles, struct pv_profile_file *),
            .terms_max = options->terms_max,
            .pattern_max = options->pattern_max,
            .automata = !pv_has_embedded_image(), /* where the image of the build is made */
            .list = pv_find_list,
            .user = &l,
        };
        status = pv_compile(&input, report, image);
    }
    pv_loader_release(&l);
    return status;
}
