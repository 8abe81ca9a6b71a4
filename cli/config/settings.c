/* settings.c: the layers of a draft, the weakest first: the computer's own file, the nearest one or
 * else the user's, that of POSTVET_CONFIG, that of --config; each after what it extends. The
 * options of the command line stand above them. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "../allowlist.h"
#include "../output/stream.h"
#include "../ruleset.h"

/* The groups of layers, for postvet_config_layer. */
enum { SYSTEM, NEAREST, ENVIRONMENT, NAMED, GROUPS };

enum { OVERRIDES = 4 };

/* ------------------------------------------------------------- for all drafts */

static bool is_one(const struct cli_found *found)
{
    const char *const slash = found->other ? strrchr(found->other, '/') : NULL;
    if (slash)
        cli_complain("%s: %s stands beside it, and nobody can tell which one counts; take one away",
            cli_path_shown(found->file), slash + 1);
    return !slash;
}

static bool read_system(struct cli_configs *configs)
{
    struct cli_found found = cli_find_system();
    const bool fine =
        is_one(&found)
        && (!found.file || cli_chain_read(&configs->files, found.file, &configs->system));
    cli_found_release(&found);
    return fine;
}

bool cli_configs_open(struct cli_configs *configs, const struct cli_options *options)
{
    const char *const environment = getenv("POSTVET_CONFIG");
    *configs = (struct cli_configs){ .options = options };
    bool fine = !options->profile || cli_profile_is_known(options->profile);
    fine = read_system(configs) && fine;
    if (environment && *environment)
        fine = cli_chain_read(&configs->files, environment, &configs->environment) && fine;
    if (options->config)
        fine = cli_chain_read(&configs->files, options->config, &configs->named) && fine;
    return fine;
}

/* ---------------------------------------------------------------- for one draft */

/* Adds what the command line says of a key that configurations have, too. */
static void add_override(const struct cli_options *options, const char *key, const char *name,
    const char *value, postvet_config_override *overrides, size_t *count)
{
    if (value && cli_options_have(options, key))
        overrides[(*count)++] = (postvet_config_override){ key, value, name };
}

static size_t overrides_of(const struct cli_options *options, postvet_config_override *out)
{
    static const char *const voices[] = { "personal", "corporate" };
    static const char *const kinds[] = { "post", "profile", "reply" };
    size_t count = 0;
    add_override(options, "profile", "--profile", options->profile, out, &count);
    add_override(options, "voice", "--voice", voices[options->voice], out, &count);
    add_override(options, "kind", "--kind", kinds[options->kind], out, &count);
    add_override(options, "fail-on", "--fail-on",
        postvet_severity_name((postvet_severity)options->fail_on), out, &count);
    return count;
}

static size_t add_layers(
    postvet_config_layer *layers, size_t count, const struct cli_chain *chain, uint32_t group)
{
    for (size_t i = 0; i < chain->count; i++)
        layers[count++] = (postvet_config_layer){ chain->files[i], group };
    return count;
}

/* Joins all that applies. NULL after sentences on standard error. */
static postvet_config *join(const struct cli_configs *configs, const struct cli_chain *nearest)
{
    const struct cli_chain *const chains[GROUPS] = { &configs->system, nearest,
        &configs->environment, &configs->named };
    postvet_config_override overrides[OVERRIDES];
    postvet_config_options wanted = POSTVET_CONFIG_OPTIONS_INIT;
    postvet_config *config = NULL;
    size_t told = 0, most = 1;
    for (size_t i = 0; i < GROUPS; i++)
        most += chains[i]->count;
    postvet_config_layer *const layers = cli_alloc(most, sizeof *layers);
    for (size_t i = 0; i < GROUPS; i++)
        wanted.layer_count = add_layers(layers, wanted.layer_count, chains[i], (uint32_t)i);
    wanted.layers = layers;
    wanted.overrides = overrides;
    wanted.override_count = overrides_of(configs->options, overrides);
    wanted.on_error = cli_ruleset_error;
    wanted.user = &told;
    if (postvet_config_new(&wanted, &config, NULL) != POSTVET_OK)
        config = NULL; /* each error was told */
    free(layers);
    return config;
}

/* --exit-zero would undo what a lock is for. */
static bool fits(const struct cli_options *options, const postvet_config *config)
{
    const postvet_setting *const lock = postvet_config_lock(config);
    if (!lock || !options->exit_zero)
        return true;
    cli_complain("--exit-zero may not be used: %s:%zu:%zu locks rules", lock->file, lock->line,
        lock->column);
    return false;
}

/* The options of the command line, as a configuration completes them. */
static void complete(struct cli_settings *settings, const struct cli_options *options)
{
    postvet_scan_options scan = POSTVET_SCAN_OPTIONS_INIT;
    postvet_config_scan_options(settings->config, &scan);
    settings->options = *options;
    settings->options.voice = (int)scan.voice;
    settings->options.kind = (int)scan.kind;
    settings->options.fail_on = (int)postvet_config_fail_on(settings->config);
}

static void fill(
    struct cli_settings *settings, struct cli_configs *configs, const struct cli_chain *nearest)
{
    const struct cli_options *const options = configs->options;
    settings->config = join(configs, nearest);
    if (!settings->config)
        return;
    complete(settings, options);
    if (fits(options, settings->config))
        settings->ruleset = cli_ruleset_make_for(options, settings->config);
    if (!settings->ruleset || !options->allow_file)
        return;
    settings->allowlist = cli_allowlist_make(options->allow_file, settings->ruleset);
    if (!settings->allowlist) {
        postvet_ruleset_free(settings->ruleset);
        settings->ruleset = NULL;
    }
}

static struct cli_settings *make(struct cli_configs *configs, const struct cli_found *found)
{
    struct cli_settings *const settings = cli_alloc(1, sizeof *settings);
    struct cli_chain nearest = { 0 };
    settings->index = configs->count++;
    settings->options = *configs->options;
    if (is_one(found) && (!found->file || cli_chain_read(&configs->files, found->file, &nearest)))
        fill(settings, configs, &nearest);
    cli_chain_release(&nearest);
    return settings;
}

/* The user's own configuration, looked for once, and only where nothing is nearer. */
static const struct cli_found *user_file(struct cli_configs *configs)
{
    if (!configs->knows_user)
        configs->user = cli_find_user();
    configs->knows_user = true;
    return &configs->user;
}

const struct cli_settings *cli_configs_for(struct cli_configs *configs, const char *path)
{
    static const struct cli_found none = { NULL, NULL };
    const struct cli_found *found = &none;
    if (!configs->options->no_config) {
        found = cli_find_nearest(&configs->finder, cli_find_directory(&configs->finder, path));
        if (!found->file)
            found = user_file(configs);
    }
    const char *const name = found->file ? found->file : "";
    struct cli_settings *settings = cli_table_find(&configs->by_file, name);
    if (!settings) {
        settings = make(configs, found);
        cli_table_add(&configs->by_file, name, settings);
    }
    return settings;
}

void cli_configs_path(struct cli_configs *configs, const char *path, struct cli_buf *out)
{
    const char *const directory = cli_find_directory(&configs->finder, path);
    const char *const slash = path ? strrchr(path, '/') : NULL;
    const char *const name = slash ? slash + 1 : path ? path : "-";
    cli_buf_printf(out, "%s%s%s", directory, strcmp(directory, "/") == 0 ? "" : "/", name);
}

/* -------------------------------------------------------------------------- end */

static void free_settings(void *value)
{
    struct cli_settings *const settings = value;
    postvet_allowlist_free(settings->allowlist);
    postvet_ruleset_free(settings->ruleset);
    postvet_config_free(settings->config);
    free(settings);
}

void cli_configs_close(struct cli_configs *configs)
{
    cli_table_release(&configs->by_file, free_settings);
    cli_chain_release(&configs->system);
    cli_chain_release(&configs->environment);
    cli_chain_release(&configs->named);
    cli_config_files_release(&configs->files);
    cli_found_release(&configs->user);
    cli_finder_release(&configs->finder);
}
