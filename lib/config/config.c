/* config.c: of a single value the strongest layer's counts, of lists all count. What a locked layer
 * says is the floor: where a layer that it binds says less, that is an error at its place, and the
 * place of the lock is in the message. */
#include "config/config.h"

#include <string.h>

#include "pack/grammar.h"

/* The keys that have one value. */
static const struct scalar {
    const char *key;
    size_t field; /* offsetof in struct pv_config */
    const struct pv_grammar *grammar;
} scalars[] = {
    { "profile", offsetof(struct pv_config, profile), &pv_grammar_text },
    { "voice", offsetof(struct pv_config, voice), &pv_grammar_voice },
    { "kind", offsetof(struct pv_config, kind), &pv_grammar_kind },
    { "fail-on", offsetof(struct pv_config, fail_on), &pv_grammar_severity },
};
enum { SCALARS = sizeof(scalars) / sizeof(*scalars) };
enum { PROFILE, VOICE, KIND, FAIL_ON };

/* Makes one configuration. */
struct maker {
    struct postvet_config *config;
    const struct pv_profile_names *profiles;
    struct pv_report *report;
    postvet_status status; /* of the first error */
};

static void fail(struct maker *m, postvet_status status)
{
    if (m->status == POSTVET_OK || status == POSTVET_ERR_NOMEM)
        m->status = status;
}

static const struct postvet_config_file *file_of(const struct postvet_config *c, size_t layer)
{
    return c->layers[layer].file;
}

/* The words stand with the gravest first. */
postvet_severity pv_config_severity(const char *word)
{
    int severity = POSTVET_ERROR;
    for (const char *const *w = pv_grammar_severity.words; *w && strcmp(*w, word) != 0; w++)
        severity--;
    return (postvet_severity)severity;
}

const char *pv_config_severity_name(postvet_severity severity)
{
    return pv_grammar_severity.words[POSTVET_ERROR - severity];
}

/* ------------------------------------------------------------------- layers */

bool pv_config_binds(const struct postvet_config *config, size_t locking, size_t layer)
{
    if (layer == PV_NO_LAYER)
        return true;
    /* The same file may stand in two groups, and is not bound by its own locks there either. */
    for (size_t i = 0; i < config->layer_count; i++)
        if (config->layers[i].file == config->layers[layer].file
            && config->layers[i].group == config->layers[locking].group && i <= locking)
            return false;
    const uint32_t own = config->layers[locking].group, group = config->layers[layer].group;
    return own == group ? locking < layer : group != 0;
}

bool pv_config_underlies(const struct postvet_config *config, size_t layer, size_t locking)
{
    const uint32_t own = config->layers[locking].group, group = config->layers[layer].group;
    return own == group ? layer <= locking : group == 0;
}

/* What a layer says of a scalar: the field of its model; its value may be NULL. */
static char *const *field_of(const struct postvet_config *c, size_t layer, int scalar)
{
    const char *const model = (const char *)file_of(c, layer)->model;
    return (char *const *)(const void *)(model + scalars[scalar].field);
}

/* The value with its path joined, for comparing and for use. */
static const char *value_of(const struct postvet_config *c, size_t layer, int scalar)
{
    return scalar == PROFILE ? file_of(c, layer)->profile : *field_of(c, layer, scalar);
}

static const postvet_config_override *override_of(const struct postvet_config *c, int scalar)
{
    for (size_t i = 0; i < c->override_count; i++)
        if (strcmp(c->overrides[i].key, scalars[scalar].key) == 0)
            return &c->overrides[i];
    return NULL;
}

/* ------------------------------------------------------------------- floors */

/* The layer whose value holds where `locking` locks, or PV_NO_LAYER. */
static size_t floor_of(const struct postvet_config *c, size_t locking, int scalar)
{
    size_t found = PV_NO_LAYER;
    for (size_t i = 0; i < c->layer_count; i++)
        if (pv_config_underlies(c, i, locking) && value_of(c, i, scalar))
            found = i;
    return found;
}

/* Tells an error at a layer's own place, or with the name of an override before it. `sentence` is
 * the arena's, or NULL for want of memory. */
static void complain(
    struct maker *m, size_t layer, const void *field, const char *name, const char *sentence)
{
    if (!sentence)
        fail(m, POSTVET_ERR_NOMEM);
    else if (layer == PV_NO_LAYER)
        fail(m, pv_report_error(m->report, POSTVET_ERR_LOCKED, name, 0, 0, "%s", sentence));
    else
        fail(m, pv_config_error(file_of(m->config, layer), m->report, POSTVET_ERR_LOCKED, field,
                    "%s", sentence));
}

/* Whether `value` is looser than the floor, which is NULL where nothing is said. */
static bool is_looser(int scalar, const char *value, const char *floor)
{
    if (scalar == FAIL_ON)
        return floor && pv_config_severity(value) > pv_config_severity(floor);
    if (scalar == PROFILE)
        return floor ? strcmp(value, floor) != 0 : pv_path_is_file(value);
    return false; /* voice and kind say what a draft is, not how it is judged */
}

/* Holds one value of one layer, or of an override, to the first lock that it loosens. */
static void check_scalar(struct maker *m, size_t layer, int scalar, const char *value,
    const void *field, const char *name)
{
    struct postvet_config *const c = m->config;
    const struct pv_lock *const locks = PV_BUF_ITEMS(&c->locks, const struct pv_lock);
    for (size_t i = 0; i < PV_BUF_COUNT(&c->locks, struct pv_lock); i++) {
        const size_t locking = locks[i].layer;
        const size_t low = floor_of(c, locking, scalar);
        const char *const floor = low == PV_NO_LAYER ? NULL : value_of(c, low, scalar);
        if (!pv_config_binds(c, locking, layer) || !is_looser(scalar, value, floor))
            continue;
        if (!floor) {
            complain(m, layer, field, name,
                pv_arena_printf(&c->arena,
                    "The profile may not be a file of one's own: %s locks rules.", locks[i].place));
            return;
        }
        const char *const place =
            pv_config_place(file_of(c, low), field_of(c, low, scalar), &c->arena);
        complain(m, layer, field, name,
            place ? pv_arena_printf(&c->arena,
                "\"%s\" may not be \"%s\": %s says \"%s\", and %s locks it.", scalars[scalar].key,
                value, place, floor, locks[i].place)
                  : NULL);
        return;
    }
}

static void check_exclude(struct maker *m, size_t layer)
{
    const struct postvet_config *const c = m->config;
    const struct pv_lock *const locks = PV_BUF_ITEMS(&c->locks, const struct pv_lock);
    const struct pv_strings *const exclude = &file_of(c, layer)->model->exclude;
    for (size_t i = 0; exclude->count && i < PV_BUF_COUNT(&c->locks, struct pv_lock); i++)
        if (pv_config_binds(c, locks[i].layer, layer)) {
            complain(m, layer, &exclude->items[0], NULL,
                pv_arena_printf(&m->config->arena, "Paths may not be excluded: %s locks rules.",
                    locks[i].place));
            return;
        }
}

static void check_locks(struct maker *m)
{
    const struct postvet_config *const c = m->config;
    for (size_t layer = 0; layer < c->layer_count; layer++) {
        for (int k = 0; k < SCALARS; k++)
            if (value_of(c, layer, k))
                check_scalar(m, layer, k, value_of(c, layer, k), field_of(c, layer, k), NULL);
        check_exclude(m, layer);
    }
    for (int k = 0; k < SCALARS; k++) {
        const postvet_config_override *const o = override_of(c, k);
        if (o)
            check_scalar(m, PV_NO_LAYER, k, o->value, NULL, o->name);
    }
}

/* ------------------------------------------------------------------ values */

static void check_override(struct maker *m, const postvet_config_override *override)
{
    for (int k = 0; k < SCALARS; k++)
        if (strcmp(override->key, scalars[k].key) == 0
            && pv_grammar_holds(scalars[k].grammar, override->value))
            return;
    fail(m, pv_report_error(m->report, POSTVET_ERR_ARGUMENT, override->name, 0, 0,
                "\"%s: %s\" is no setting.", override->key, override->value));
}

static bool is_known(const struct pv_profile_names *profiles, const char *name)
{
    for (size_t i = 0; i < profiles->count; i++)
        if (strcmp(profiles->items[i], name) == 0)
            return true;
    return pv_path_is_file(name);
}

static void check_profile(struct maker *m, size_t layer)
{
    const struct postvet_config_file *const file = file_of(m->config, layer);
    if (!file->profile || is_known(m->profiles, file->profile))
        return;
    const char *const near = pv_did_you_mean(file->profile, m->profiles->items, m->profiles->count);
    if (near)
        fail(m, pv_config_error(file, m->report, POSTVET_ERR_PROFILE, &file->model->profile,
                    "No profile is called \"%s\"; did you mean \"%s\"?", file->profile, near));
    else
        fail(m, pv_config_error(file, m->report, POSTVET_ERR_PROFILE, &file->model->profile,
                    "No profile is called \"%s\"; a file of your own ends in .yaml or .yml.",
                    file->profile));
}

/* -------------------------------------------------------------------- words */

/* Adds a setting; `value` may be NULL for want of memory. */
static void tell(
    struct maker *m, const char *key, const char *value, size_t layer, const void *field)
{
    postvet_setting *const slot = value ? PV_BUF_PUSH(&m->config->settings, postvet_setting) : NULL;
    if (!slot) {
        fail(m, POSTVET_ERR_NOMEM);
        return;
    }
    const struct postvet_config_file *const file = file_of(m->config, layer);
    const struct pv_place place = pv_config_file_place(file->parsed, field);
    *slot = (postvet_setting){ key, value, pv_config_file_name(file->parsed), place.line,
        place.column };
}

static void take_scalar(struct maker *m, int scalar, const char *value)
{
    struct postvet_config *const c = m->config;
    if (scalar == PROFILE)
        c->profile = value;
    else if (scalar == VOICE)
        c->voice = strcmp(value, "corporate") == 0 ? POSTVET_CORPORATE : POSTVET_PERSONAL;
    else if (scalar == KIND)
        c->kind = strcmp(value, "reply") == 0     ? POSTVET_REPLY
                  : strcmp(value, "profile") == 0 ? POSTVET_PROFILE
                                                  : POSTVET_POST;
    else
        c->fail_on = pv_config_severity(value);
}

static void tell_scalar(struct maker *m, int scalar)
{
    const struct postvet_config *const c = m->config;
    const postvet_config_override *const o = override_of(c, scalar);
    size_t layer = c->layer_count;
    if (o) {
        const postvet_setting told = { scalars[scalar].key, o->value, o->name, 0, 0 };
        if (!pv_buf_append(&m->config->settings, &told, sizeof(told)))
            fail(m, POSTVET_ERR_NOMEM);
        take_scalar(m, scalar, o->value);
        return;
    }
    while (layer > 0 && !value_of(c, layer - 1, scalar))
        layer--;
    if (layer == 0)
        return;
    const char *const value = value_of(c, layer - 1, scalar);
    tell(m, scalars[scalar].key, value, layer - 1, field_of(c, layer - 1, scalar));
    take_scalar(m, scalar, value);
}

static void tell_packs(struct maker *m, size_t layer)
{
    const struct postvet_config_file *const file = file_of(m->config, layer);
    for (unsigned i = 0; i < file->model->rules.count; i++) {
        tell(m, "rules", file->rules[i], layer, &file->model->rules.items[i]);
        if (!pv_buf_append(&m->config->packs, &file->rules[i], sizeof(file->rules[i])))
            fail(m, POSTVET_ERR_NOMEM);
    }
}

static bool has(const struct pv_strings *names, const char *name)
{
    for (unsigned i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

/* Whether a later layer speaks of a rule or pack by this very name. */
static bool is_superseded(const struct postvet_config *c, size_t layer, const char *name)
{
    for (size_t i = layer + 1; i < c->layer_count; i++) {
        const struct pv_config *const model = file_of(c, i)->model;
        if (has(&model->enable, name) || has(&model->disable, name))
            return true;
        for (unsigned k = 0; k < model->severity.count; k++)
            if (strcmp(model->severity.items[k].rule, name) == 0)
                return true;
    }
    return false;
}

static void tell_names(
    struct maker *m, const char *key, size_t layer, const struct pv_strings *names)
{
    for (unsigned i = 0; i < names->count; i++)
        if (!is_superseded(m->config, layer, names->items[i]))
            tell(m, key, names->items[i], layer, &names->items[i]);
}

static void tell_severities(struct maker *m, size_t layer)
{
    const struct pv_overrides *const severity = &file_of(m->config, layer)->model->severity;
    for (unsigned i = 0; i < severity->count; i++) {
        const struct pv_override *const item = &severity->items[i];
        if (!is_superseded(m->config, layer, item->rule))
            tell(m, "severity",
                pv_arena_printf(&m->config->arena, "%s: %s", item->rule, item->severity), layer,
                &item->rule);
    }
}

static bool add_list(struct pv_buf *out, const char *before, const struct pv_strings *names)
{
    bool ok = !names->count || pv_buf_append_str(out, before);
    for (unsigned i = 0; ok && i < names->count; i++)
        ok = (i == 0 || pv_buf_append_str(out, ", ")) && pv_buf_append_str(out, names->items[i]);
    return ok;
}

/* "phrase "Ward 7" for ward-name in blog/: Its own name." */
static void tell_allow(struct maker *m, size_t layer, const struct pv_allow *allow)
{
    struct pv_buf text = { 0 };
    const bool ok = pv_buf_append_str(&text, allow->phrase ? "phrase \"" : "pattern \"")
                    && pv_buf_append_str(&text, allow->phrase ? allow->phrase : allow->pattern)
                    && pv_buf_append_byte(&text, '"') && add_list(&text, " for ", &allow->rules)
                    && add_list(&text, " in ", &allow->paths) && pv_buf_append_str(&text, ": ")
                    && pv_buf_append_str(&text, allow->reason);
    tell(m, "allow", ok ? pv_arena_strndup(&m->config->arena, text.data, text.len) : NULL, layer,
        allow);
    pv_buf_release(&text);
}

static void tell_excludes(struct maker *m, size_t layer)
{
    const struct postvet_config_file *const file = file_of(m->config, layer);
    const struct pv_strings *const exclude = &file->model->exclude;
    for (unsigned i = 0; i < exclude->count; i++) {
        tell(m, "exclude", exclude->items[i], layer, &exclude->items[i]);
        struct pv_exclusion *const e = PV_BUF_PUSH(&m->config->exclusions, struct pv_exclusion);
        if (!e || m->status == POSTVET_ERR_NOMEM) {
            fail(m, POSTVET_ERR_NOMEM);
            return;
        }
        const size_t last = PV_BUF_COUNT(&m->config->settings, postvet_setting) - 1;
        *e = (struct pv_exclusion){ &file->exclude[i],
            PV_BUF_ITEMS(&m->config->settings, postvet_setting)[last] };
    }
}

/* Everything that applies, key by key in the order of the manual. */
static void tell_all(struct maker *m)
{
    const struct postvet_config *const c = m->config;
    for (int k = 0; k < SCALARS; k++)
        tell_scalar(m, k);
    for (size_t i = 0; i < c->layer_count; i++)
        tell_packs(m, i);
    for (size_t i = 0; i < c->layer_count; i++)
        tell_names(m, "enable", i, &file_of(c, i)->model->enable);
    for (size_t i = 0; i < c->layer_count; i++)
        tell_names(m, "disable", i, &file_of(c, i)->model->disable);
    for (size_t i = 0; i < c->layer_count; i++)
        tell_severities(m, i);
    for (size_t i = 0; i < c->layer_count; i++)
        for (unsigned k = 0; k < file_of(c, i)->model->allow.count; k++)
            tell_allow(m, i, &file_of(c, i)->model->allow.items[k]);
    for (size_t i = 0; i < c->layer_count; i++)
        tell_excludes(m, i);
    for (size_t i = 0; i < PV_BUF_COUNT(&c->locks, struct pv_lock); i++) {
        const struct pv_lock *const lock = &PV_BUF_ITEMS(&c->locks, const struct pv_lock)[i];
        tell(m, "lock", *lock->name, lock->layer, lock->name);
    }
}

/* --------------------------------------------------------------------- made */

static bool copy_options(struct postvet_config *c, const postvet_config_options *o)
{
    c->layers = pv_arena_calloc(&c->arena, o->layer_count + 1, sizeof(*c->layers));
    c->overrides = pv_arena_calloc(&c->arena, o->override_count + 1, sizeof(*c->overrides));
    if (!c->layers || !c->overrides)
        return false;
    if (o->layer_count)
        memcpy(c->layers, o->layers, o->layer_count * sizeof(*c->layers));
    c->layer_count = o->layer_count;
    for (; c->override_count < o->override_count; c->override_count++) {
        const postvet_config_override *const from = &o->overrides[c->override_count];
        const postvet_config_override copy = { pv_arena_strndup(
                                                   &c->arena, from->key, strlen(from->key)),
            pv_arena_strndup(&c->arena, from->value, strlen(from->value)),
            pv_arena_strndup(&c->arena, from->name, strlen(from->name)) };
        if (!copy.key || !copy.value || !copy.name)
            return false;
        c->overrides[c->override_count] = copy;
    }
    return true;
}

static bool gather_locks(struct postvet_config *c)
{
    for (size_t i = 0; i < c->layer_count; i++) {
        const struct postvet_config_file *const file = file_of(c, i);
        for (unsigned k = 0; k < file->model->lock.count; k++) {
            char *const *const name = &file->model->lock.items[k];
            const struct pv_lock lock = { i, name, pv_config_place(file, name, &c->arena) };
            if (!lock.place || !pv_buf_append(&c->locks, &lock, sizeof(lock)))
                return false;
        }
    }
    return true;
}

postvet_status pv_config_make(struct postvet_config *config, const postvet_config_options *options,
    const struct pv_profile_names *profiles, struct pv_report *report)
{
    struct maker m = { config, profiles, report, POSTVET_OK };
    config->voice = config->kind = -1;
    if (copy_options(config, options) && gather_locks(config)) {
        for (size_t i = 0; i < config->override_count; i++)
            check_override(&m, &config->overrides[i]);
        for (size_t i = 0; i < config->layer_count; i++)
            check_profile(&m, i);
        check_locks(&m);
        tell_all(&m);
    } else {
        fail(&m, POSTVET_ERR_NOMEM);
    }
    if (m.status == POSTVET_ERR_NOMEM)
        return pv_report_nomem(report, NULL);
    return m.status;
}

void pv_config_release(struct postvet_config *config)
{
    pv_buf_release(&config->locks);
    pv_buf_release(&config->settings);
    pv_buf_release(&config->packs);
    pv_buf_release(&config->exclusions);
    pv_arena_release(&config->arena);
}
