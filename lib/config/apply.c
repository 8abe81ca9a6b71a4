/* apply.c: each layer is first made into what it says of each rule: of a name that is a pack's, of
 * every rule of it, and then, stronger, of the rule itself. From that follow the floors, which is
 * what holds where a layer locks: what packs and profile say, then the layers up to that one. A
 * layer that is bound and says less is an error. Last all layers are put upon the ruleset. */
#include "config/apply.h"

#include <string.h>

#include "config/allowance.h"

enum state { SILENT, OFF, ON };

/* What one layer says of one rule. */
struct word {
    enum state state;
    char *const *state_at;     /* the name that says so */
    postvet_severity severity; /* 0: nothing */
    char *const *severity_at;
};

/* How a rule stands. */
struct stand {
    bool is_on;
    postvet_severity severity;
};

struct applier {
    const struct postvet_config *config;
    struct postvet_ruleset *ruleset;
    struct pv_report *report;
    struct pv_arena arena; /* while it is at work */
    size_t rule_count;
    struct word **words;           /* by layer, by rule */
    struct stand *start;           /* by rule: as packs and profile have it */
    const struct pv_lock **locked; /* by layer, by rule: the lock there, or NULL */
    char *const *told;             /* the name that an error was told of last */
    postvet_status status;
};

static void fail(struct applier *a, postvet_status status)
{
    if (a->status == POSTVET_OK || status == POSTVET_ERR_NOMEM)
        a->status = status;
}

static const struct postvet_config_file *file_of(const struct applier *a, size_t layer)
{
    return a->config->layers[layer].file;
}

/* -------------------------------------------------------------------- names */

/* The rules that a name stands for. */
struct named {
    uint32_t pack, rule; /* PV_NONE: it is no such name */
};

static struct named find_name(const struct applier *a, const char *name)
{
    const struct postvet_ruleset *const r = a->ruleset;
    struct named found = { PV_NONE, PV_NONE };
    for (uint32_t i = 0; i < r->image->packs.count && found.pack == PV_NONE; i++)
        if (strcmp(r->packs[i].id, name) == 0)
            found.pack = i;
    for (uint32_t i = 0; i < a->rule_count && found.pack == PV_NONE && found.rule == PV_NONE; i++)
        if (strcmp(r->rules[i].id, name) == 0)
            found.rule = i;
    return found;
}

static bool covers(const struct applier *a, struct named named, uint32_t rule)
{
    return named.rule == rule
           || (named.pack != PV_NONE && pv_ruleset_rule(a->ruleset, rule)->pack == named.pack);
}

static void complain_unknown(struct applier *a, size_t layer, char *const *name)
{
    const struct postvet_ruleset *const r = a->ruleset;
    const size_t packs = r->image->packs.count;
    const char **const names =
        pv_arena_calloc(&a->arena, packs + a->rule_count + 1, sizeof(*names));
    if (!names) {
        fail(a, POSTVET_ERR_NOMEM);
        return;
    }
    for (size_t i = 0; i < packs; i++)
        names[i] = r->packs[i].id;
    for (size_t i = 0; i < a->rule_count; i++)
        names[packs + i] = r->rules[i].id;
    const char *const near = pv_did_you_mean(*name, names, packs + a->rule_count);
    if (near)
        fail(a, pv_config_error(file_of(a, layer), a->report, POSTVET_ERR_RULE, name,
                    "No rule or pack is called \"%s\"; did you mean \"%s\"?", *name, near));
    else
        fail(a, pv_config_error(file_of(a, layer), a->report, POSTVET_ERR_RULE, name,
                    "No rule or pack is called \"%s\"; `postvet rules list` lists them.", *name));
}

/* The same, telling when there is no such name. */
static struct named need_name(struct applier *a, size_t layer, char *const *name)
{
    const struct named found = find_name(a, *name);
    if (found.pack == PV_NONE && found.rule == PV_NONE)
        complain_unknown(a, layer, name);
    return found;
}

/* -------------------------------------------------------------------- words */

/* Says of the rules of each name, packs or rules, that they are on or off. */
static void say_state(
    struct applier *a, size_t layer, const struct pv_strings *names, enum state state, bool packs)
{
    for (unsigned i = 0; i < names->count; i++) {
        char *const *const name = &names->items[i];
        const struct named named = packs ? need_name(a, layer, name) : find_name(a, *name);
        for (uint32_t rule = 0; rule < a->rule_count; rule++)
            if ((named.pack != PV_NONE) == packs && covers(a, named, rule))
                a->words[layer][rule] = (struct word){ .state = state, .state_at = name };
    }
}

static void say_severity(struct applier *a, size_t layer)
{
    const struct pv_overrides *const severity = &file_of(a, layer)->model->severity;
    for (unsigned i = 0; i < severity->count; i++) {
        char *const *const name = &severity->items[i].rule;
        const struct named named = need_name(a, layer, name);
        const postvet_severity value = pv_config_severity(severity->items[i].severity);
        if (named.rule != PV_NONE)
            a->words[layer][named.rule] = (struct word){ value ? ON : OFF, name, value, name };
        else if (named.pack != PV_NONE)
            fail(a, pv_config_error(file_of(a, layer), a->report, POSTVET_ERR_RULE, name,
                        "\"%s\" is a whole pack of rules; name the rules that are meant.", *name));
    }
}

static bool say_all(struct applier *a, size_t layer)
{
    const struct pv_config *const model = file_of(a, layer)->model;
    a->words[layer] = pv_arena_calloc(&a->arena, a->rule_count + 1, sizeof(struct word));
    if (!a->words[layer])
        return false;
    say_state(a, layer, &model->enable, ON, true);
    say_state(a, layer, &model->disable, OFF, true);
    say_state(a, layer, &model->enable, ON, false);
    say_state(a, layer, &model->disable, OFF, false);
    say_severity(a, layer);
    return true;
}

static void hear(struct stand *stand, const struct word *word)
{
    if (word->state != SILENT)
        stand->is_on = word->state == ON;
    if (word->severity)
        stand->severity = word->severity;
}

/* -------------------------------------------------------------------- locks */

static void lock_rules(struct applier *a, const struct pv_lock *lock)
{
    const bool all = strcmp(*lock->name, "all") == 0;
    const struct named named =
        all ? (struct named){ PV_NONE, PV_NONE } : need_name(a, lock->layer, lock->name);
    for (uint32_t rule = 0; rule < a->rule_count; rule++) {
        const struct pv_lock **const slot = &a->locked[lock->layer * a->rule_count + rule];
        if (!*slot && (all || covers(a, named, rule)))
            *slot = lock;
    }
}

/* How a rule stands where a layer locks it. */
static struct stand floor_of(const struct applier *a, size_t locking, uint32_t rule)
{
    struct stand stand = a->start[rule];
    for (size_t i = 0; i < a->config->layer_count; i++)
        if (pv_config_underlies(a->config, i, locking))
            hear(&stand, &a->words[i][rule]);
    return stand;
}

/* The first lock of a rule that binds a layer, or PV_NO_LAYER; or NULL. */
static const struct pv_lock *lock_on(const struct applier *a, size_t layer, uint32_t rule)
{
    for (size_t i = 0; i < a->config->layer_count; i++) {
        const struct pv_lock *const lock = a->locked[i * a->rule_count + rule];
        if (lock && pv_config_binds(a->config, i, layer))
            return lock;
    }
    return NULL;
}

static void complain_off(
    struct applier *a, size_t layer, uint32_t rule, char *const *name, const struct pv_lock *lock)
{
    if (a->told == name) /* of a pack that was told already */
        return;
    a->told = name;
    if (find_name(a, *name).pack != PV_NONE)
        fail(a, pv_config_error(file_of(a, layer), a->report, POSTVET_ERR_LOCKED, name,
                    "The pack \"%s\" may not be turned off: %s locks its rule \"%s\".", *name,
                    lock->place, a->ruleset->rules[rule].id));
    else
        fail(a, pv_config_error(file_of(a, layer), a->report, POSTVET_ERR_LOCKED, name,
                    "The rule \"%s\" may not be turned off: %s locks it.", *name, lock->place));
}

static void complain_severity(
    struct applier *a, size_t layer, const struct word *word, struct stand floor, const char *place)
{
    fail(a, pv_config_error(file_of(a, layer), a->report, POSTVET_ERR_LOCKED, word->severity_at,
                "The severity of \"%s\" may not be %s, which is less than %s: %s locks the rule.",
                *word->severity_at, pv_config_severity_name(word->severity),
                pv_config_severity_name(floor.severity), place));
}

/* Holds what a layer says of a rule to each lock that binds it. */
static void check_word(struct applier *a, size_t layer, uint32_t rule)
{
    const struct word *const word = &a->words[layer][rule];
    for (size_t i = 0; i < a->config->layer_count; i++) {
        const struct pv_lock *const lock = a->locked[i * a->rule_count + rule];
        if (!lock || !pv_config_binds(a->config, i, layer))
            continue;
        const struct stand floor = floor_of(a, i, rule);
        if (floor.is_on && word->state == OFF) {
            complain_off(a, layer, rule, word->state_at, lock);
            return;
        }
        if (floor.is_on && word->severity && word->severity < floor.severity) {
            complain_severity(a, layer, word, floor, lock->place);
            return;
        }
    }
}

/* ------------------------------------------------------------------ allowed */

static void complain_allow(struct applier *a, size_t layer, char *const *name, const char *place)
{
    const struct postvet_config_file *const file = file_of(a, layer);
    if (place)
        fail(a, pv_config_error(file, a->report, POSTVET_ERR_LOCKED, name,
                    "What \"%s\" finds may not be allowed: %s locks it.", *name, place));
    else
        fail(a, pv_config_error(file, a->report, POSTVET_ERR_RULE, name,
                    "What \"%s\" finds cannot be allowed, whatever the reason.", *name));
}

/* Marks those rules of a name for which something may be allowed: a name of which there is none is
 * an error. */
static void allow_name(struct applier *a, size_t layer, char *const *name, bool *rules)
{
    const struct named named = need_name(a, layer, name);
    const struct pv_lock *lock = NULL;
    bool any = false;
    for (uint32_t rule = 0; rule < a->rule_count; rule++) {
        if (!covers(a, named, rule)
            || pv_ruleset_rule(a->ruleset, rule)->suppressible == POSTVET_SUPPRESS_NEVER)
            continue;
        const struct pv_lock *const on = lock_on(a, layer, rule);
        lock = lock ? lock : on;
        rules[rule] = rules[rule] || !on;
        any = any || !on;
    }
    if (!any && (named.pack != PV_NONE || named.rule != PV_NONE))
        complain_allow(a, layer, name, lock ? lock->place : NULL);
}

/* The same for all rules. */
static void allow_all(struct applier *a, size_t layer, const struct pv_allow *allow, bool *rules)
{
    const struct pv_lock *lock = NULL;
    bool any = a->rule_count == 0;
    for (uint32_t rule = 0; rule < a->rule_count; rule++) {
        const struct pv_lock *const on = lock_on(a, layer, rule);
        lock = lock ? lock : on;
        rules[rule] =
            !on && pv_ruleset_rule(a->ruleset, rule)->suppressible != POSTVET_SUPPRESS_NEVER;
        any = any || !on;
    }
    if (!any)
        fail(a, pv_config_error(file_of(a, layer), a->report, POSTVET_ERR_LOCKED, allow,
                    "Nothing may be allowed here: %s locks the rules.", lock->place));
}

static bool fill_allowance(
    struct applier *a, size_t layer, unsigned index, struct pv_allowance *out)
{
    const struct postvet_config_file *const file = file_of(a, layer);
    const struct pv_allow *const allow = &file->model->allow.items[index];
    const struct pv_place place = pv_config_file_place(file->parsed, allow);
    bool *const rules = pv_arena_calloc(&a->ruleset->arena, a->rule_count + 1, sizeof(*rules));
    if (!rules)
        return false;
    for (unsigned i = 0; i < allow->rules.count; i++)
        allow_name(a, layer, &allow->rules.items[i], rules);
    if (allow->rules.count == 0)
        allow_all(a, layer, allow, rules);
    const postvet_position at = { .line = place.line, .column = place.column };
    *out = (struct pv_allowance){ .phrase = file->allow[index].phrase,
        .code = file->allow[index].code,
        .rules = rules,
        .paths = file->allow[index].paths,
        .path_count = allow->paths.count,
        .told = { .reason = allow->reason,
            .start = at,
            .end = at,
            .file = pv_config_file_name(file->parsed) } };
    return true;
}

static bool allow_layers(struct applier *a)
{
    const struct postvet_config *const c = a->config;
    size_t count = 0, at = 0;
    for (size_t i = 0; i < c->layer_count; i++)
        count += file_of(a, i)->model->allow.count;
    if (count == 0)
        return true;
    struct pv_allowances *const all = pv_arena_calloc(&a->ruleset->arena, 1, sizeof(*all));
    struct pv_allowance *const items = pv_arena_calloc(&a->ruleset->arena, count, sizeof(*items));
    if (!all || !items)
        return false;
    for (size_t i = c->layer_count; i-- > 0;)
        for (unsigned k = 0; k < file_of(a, i)->model->allow.count; k++)
            if (!fill_allowance(a, i, k, &items[at++]))
                return false;
    *all = (struct pv_allowances){ items, count };
    a->ruleset->allowances = all;
    return true;
}

/* -------------------------------------------------------------------- packs */

/* The layer whose `rules` name a pack's file or its directory, or PV_NO_LAYER; and where. */
static size_t layer_of_pack(const struct applier *a, const char *path, char *const **at)
{
    for (size_t i = a->config->layer_count; path && i-- > 0;) {
        const struct postvet_config_file *const file = file_of(a, i);
        for (unsigned k = 0; k < file->model->rules.count; k++) {
            const size_t len = strlen(file->rules[k]);
            *at = &file->model->rules.items[k];
            if (strncmp(path, file->rules[k], len) == 0
                && (path[len] == '\0' || path[len] == '/' || file->rules[k][len - 1] == '/'))
                return i;
        }
    }
    return PV_NO_LAYER;
}

/* A pack of one's own takes the place of one of the library's that has its name: where that one's
 * rules are locked, it may not. */
static void check_replaced(
    struct applier *a, const postvet_ruleset_options *options, size_t index, uint32_t pack)
{
    const char *const path = index < options->pack_file_count ? options->pack_files[index] : NULL;
    char *const *at = NULL;
    const size_t layer = layer_of_pack(a, path, &at);
    for (uint32_t rule = 0; rule < a->rule_count; rule++) {
        const struct pv_lock *const lock =
            pv_ruleset_rule(a->ruleset, rule)->pack == pack ? lock_on(a, layer, rule) : NULL;
        if (!lock)
            continue;
        if (layer != PV_NO_LAYER)
            fail(a, pv_config_error(file_of(a, layer), a->report, POSTVET_ERR_LOCKED, at,
                        "The pack \"%s\" may not be replaced: %s locks its rules.",
                        a->ruleset->packs[pack].id, lock->place));
        else
            fail(a, pv_report_error(a->report, POSTVET_ERR_LOCKED, path, 0, 0,
                        "The pack \"%s\" may not be replaced: %s locks its rules.",
                        a->ruleset->packs[pack].id, lock->place));
        return;
    }
}

static void check_packs(
    struct applier *a, const postvet_ruleset_options *options, const struct pv_image *embedded)
{
    const size_t own = options->pack_file_count + options->pack_count;
    const size_t first = a->ruleset->image->packs.count - own; /* they come last in the image */
    const struct pv_lock *const locks = PV_BUF_ITEMS(&a->config->locks, const struct pv_lock);
    /* A lock that names a rule left out has been told to name nothing. */
    for (size_t i = 0; i < PV_BUF_COUNT(&a->config->locks, struct pv_lock); i++)
        if (options->without_default_packs && strcmp(*locks[i].name, "all") == 0)
            fail(a,
                pv_report_error(a->report, POSTVET_ERR_LOCKED, NULL, 0, 0,
                    "The default packs may not be left out: %s locks all rules.", locks[i].place));
    for (size_t i = 0; i < own && a->config->locks.len; i++)
        for (uint32_t k = 0; k < embedded->packs.count; k++)
            if (strcmp(a->ruleset->packs[first + i].id,
                    pv_image_string(embedded,
                        PV_IMAGE_ITEM(embedded, struct pv_image_pack, embedded->packs, k)->id))
                == 0)
                check_replaced(a, options, i, (uint32_t)(first + i));
}

/* --------------------------------------------------------------------- done */

/* Puts all layers upon the rules, and the locks. */
static bool put(struct applier *a)
{
    struct postvet_ruleset *const r = a->ruleset;
    const char **const locks = pv_arena_calloc(&r->arena, a->rule_count + 1, sizeof(*locks));
    for (uint32_t rule = 0; locks && rule < a->rule_count; rule++) {
        struct stand stand = a->start[rule];
        for (size_t i = 0; i < a->config->layer_count; i++)
            hear(&stand, &a->words[i][rule]);
        r->applies[rule] = stand.is_on && pv_ruleset_rule_is_for(r, rule);
        r->rules[rule].severity = stand.severity;
        const struct pv_lock *const lock = lock_on(a, PV_NO_LAYER, rule);
        if (!lock)
            continue;
        locks[rule] = pv_arena_strndup(&r->arena, lock->place, strlen(lock->place));
        r->rules[rule].suppressible = POSTVET_SUPPRESS_NEVER;
        if (!locks[rule])
            return false;
    }
    r->locks = locks;
    return locks != NULL;
}

static bool prepare(struct applier *a)
{
    const size_t layers = a->config->layer_count;
    a->words = pv_arena_calloc(&a->arena, layers + 1, sizeof(*a->words));
    a->start = pv_arena_calloc(&a->arena, a->rule_count + 1, sizeof(*a->start));
    a->locked = pv_arena_calloc(&a->arena, layers * a->rule_count + 1, sizeof(*a->locked));
    bool ok = a->words && a->start && a->locked;
    for (uint32_t rule = 0; ok && rule < a->rule_count; rule++)
        a->start[rule] =
            (struct stand){ a->ruleset->applies[rule], a->ruleset->rules[rule].severity };
    for (size_t i = 0; ok && i < layers; i++)
        ok = say_all(a, i);
    for (size_t i = 0; ok && i < PV_BUF_COUNT(&a->config->locks, struct pv_lock); i++)
        lock_rules(a, &PV_BUF_ITEMS(&a->config->locks, const struct pv_lock)[i]);
    return ok;
}

postvet_status pv_config_apply(const struct postvet_config *config,
    const postvet_ruleset_options *options, const struct pv_image *embedded,
    struct postvet_ruleset *ruleset, struct pv_report *report)
{
    struct applier a = { .config = config,
        .ruleset = ruleset,
        .report = report,
        .rule_count = ruleset->image->rules.count,
        .status = POSTVET_OK };
    if (prepare(&a)) {
        for (size_t i = 0; i < config->layer_count; i++)
            for (uint32_t rule = 0; rule < a.rule_count; rule++)
                check_word(&a, i, rule);
        check_packs(&a, options, embedded);
        if (!allow_layers(&a) || !put(&a))
            fail(&a, POSTVET_ERR_NOMEM);
    } else {
        fail(&a, POSTVET_ERR_NOMEM);
    }
    pv_arena_release(&a.arena);
    if (a.status == POSTVET_ERR_NOMEM)
        return pv_report_nomem(report, NULL);
    return a.status;
}
