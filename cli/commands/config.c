/* config.c: `postvet config show`: what applies to a draft, a line a value, and where it stands. */
#include <string.h>

#include <jansson.h>

#include "../command.h"
#include "../config/settings.h"
#include "../output/escape.h"
#include "../output/json_value.h"
#include "../output/stream.h"

enum { KEY_WIDTH = 9 };

/* What holds where nobody says anything. */
static const struct {
    const char *key, *value;
} defaults[] = { { "profile", "none: the policies of all Trusts" }, { "voice", "personal" },
    { "kind", "post" }, { "fail-on", "error" } };
enum { DEFAULTS = sizeof defaults / sizeof *defaults };

static const postvet_setting *find(const postvet_config *config, const char *key)
{
    for (size_t i = 0; i < postvet_config_setting_count(config); i++)
        if (strcmp(postvet_config_setting_at(config, i)->key, key) == 0)
            return postvet_config_setting_at(config, i);
    return NULL;
}

static bool has_default(const char *key)
{
    for (size_t i = 0; i < DEFAULTS; i++)
        if (strcmp(defaults[i].key, key) == 0)
            return true;
    return false;
}

/* The value as people know it: of a path, what is behind the current directory. */
static const char *shown(const postvet_setting *setting)
{
    return setting->value[0] == '/' ? cli_path_shown(setting->value) : setting->value;
}

static void add_line(struct cli_buf *out, const postvet_setting *setting)
{
    cli_buf_printf(out, "%-*s ", KEY_WIDTH, setting->key);
    cli_buf_show(out, shown(setting));
    cli_buf_puts(out, "  (");
    cli_buf_show(out, setting->file);
    if (setting->line)
        cli_buf_printf(out, ":%zu:%zu", setting->line, setting->column);
    cli_buf_puts(out, ")\n");
}

static void print_text(const postvet_config *config)
{
    struct cli_buf out = { 0 };
    for (size_t i = 0; i < DEFAULTS; i++) {
        const postvet_setting *const setting = find(config, defaults[i].key);
        if (setting)
            add_line(&out, setting);
        else
            cli_buf_printf(
                &out, "%-*s %s  (default)\n", KEY_WIDTH, defaults[i].key, defaults[i].value);
    }
    for (size_t i = 0; i < postvet_config_setting_count(config); i++)
        if (!has_default(postvet_config_setting_at(config, i)->key))
            add_line(&out, postvet_config_setting_at(config, i));
    cli_print(&out);
    cli_buf_release(&out);
}

static json_t *setting_json(const postvet_setting *setting)
{
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "key", cli_json_string(setting->key));
    cli_json_set(object, "value", cli_json_string(shown(setting)));
    cli_json_set(object, "from", cli_json_string(setting->file));
    if (setting->line) {
        cli_json_set(object, "line", cli_json_count(setting->line));
        cli_json_set(object, "column", cli_json_count(setting->column));
    }
    return object;
}

static void print_json(const postvet_config *config)
{
    struct cli_buf out = { 0 };
    json_t *const settings = cli_json_need(json_array());
    for (size_t i = 0; i < postvet_config_setting_count(config); i++)
        cli_json_append(settings, setting_json(postvet_config_setting_at(config, i)));
    json_t *const all = cli_json_need(json_object());
    cli_json_set(all, "settings", settings);
    cli_buf_json(&out, all);
    cli_buf_puts(&out, "\n");
    cli_print(&out);
    cli_buf_release(&out);
}

enum cli_exit cli_config(const struct cli_options *options, const char **words, size_t count)
{
    const bool is_json = options->format == CLI_FORMAT_JSON;
    const struct cli_settings *settings = NULL;
    struct cli_configs configs = { 0 };
    if (count == 0 || count > 2 || strcmp(words[0], "show") != 0) {
        cli_complain("`postvet config show [FILE]` shows what applies to a draft");
        return CLI_EXIT_ERROR;
    }
    if (!is_json && options->format != CLI_FORMAT_USUAL && options->format != CLI_FORMAT_TEXT) {
        cli_complain("`postvet config show` prints text or json");
        return CLI_EXIT_ERROR;
    }
    if (cli_configs_open(&configs, options))
        settings = cli_configs_for(&configs, count > 1 ? words[1] : NULL);
    const bool fine = settings && settings->ruleset;
    if (fine && is_json)
        print_json(settings->config);
    else if (fine)
        print_text(settings->config);
    cli_configs_close(&configs);
    return fine ? CLI_EXIT_CLEAR : CLI_EXIT_ERROR;
}
