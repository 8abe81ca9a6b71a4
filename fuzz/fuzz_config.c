/* fuzz_config.c: any bytes are up to three files of configuration, with a byte 0xFF, which no YAML
 * has, between them. Bad ones are refused with errors that have words and a place. Of good ones
 * what applies can be told, and a ruleset made and used; and whatever they say, what another file
 * locks holds: its rule is on and as grave as it was, nothing sets aside what it finds, no path is
 * excluded, and the check fails as early. Byte 0 says which layers are stronger, and what the
 * command line says. The rule packs and profiles that they name as files are not opened. */
#include <string.h>

#include <postvet/postvet.h>

#include "fuzz.h"

#define RULE(id, severity, find)                                                                   \
    "  - id: " id "\n    title: T\n    severity: " severity                                        \
    "\n    confidence: low\n    find: {" find                                                      \
    "}\n    message: m\n    advice: a\n    cites: [A 1]\n    suppressible: with-reason\n"          \
    "    tests: {match: [x], no-match: [y]}\n"

static const char pack[] =
    "pack: fruit\ntitle: F\nversion: 1.0.0\nrules:\n" RULE("plum", "warning", "pattern: 'plums?'")
        RULE("pear", "note", "terms: [pear, caf\xC3\xA9]")
            RULE("key", "error", "pattern: 'key \\d{4}'");
static const char locking[] = "fail-on: warning\nlock: [key]\n";
static const char draft[] = "Plums, a pear, a caf\xC3\xA9, key 1234.\n\n"
                            "<!-- postvet-disable-file key,plum -- Nobody minds. -->\n";

enum { LAYERS = 4 };

struct files {
    postvet_config_file *items[LAYERS]; /* the first is the one that locks */
    size_t count;
};

/* Counts the errors that are told of a text. */
struct told {
    const char *text;
    size_t len, count;
};

static size_t count_lines(const char *text, size_t len)
{
    size_t lines = 1;
    for (size_t i = 0; i < len; i++)
        lines += text[i] == '\n' || text[i] == '\r';
    return lines;
}

static void count_error(const postvet_error *error, void *user)
{
    struct told *const told = user;
    FUZZ_ASSERT(error->status != POSTVET_OK);
    FUZZ_ASSERT(error->message[0] && !strpbrk(error->message, "\r\n"));
    /* U+0085, U+2028 and U+2029 end lines of YAML, too */
    if (told->text)
        FUZZ_ASSERT(error->line <= told->len + count_lines(told->text, told->len));
    told->count++;
}

static void check_setting(const postvet_setting *setting)
{
    FUZZ_ASSERT(setting->key[0] && setting->value && setting->file[0]);
    FUZZ_ASSERT((setting->line > 0) == (setting->column > 0));
}

/* Reads one file; false when it is refused. */
static bool read_file(struct files *files, const char *text, size_t len)
{
    const postvet_source source = { "fuzz.yml", text, len };
    struct told told = { text, len, 0 };
    postvet_config_file *file = NULL;
    postvet_error err = { POSTVET_OK, 0, 0, "", "" };
    const postvet_status status =
        postvet_config_file_new(&source, "/srv/drafts", count_error, &told, &file, &err);
    FUZZ_ASSERT((status == POSTVET_OK) == (told.count == 0) && err.status == status);
    FUZZ_ASSERT((status == POSTVET_OK) == (file != NULL));
    if (!file)
        return false;
    if (postvet_config_file_extends(file))
        check_setting(postvet_config_file_extends(file));
    files->items[files->count++] = file;
    return true;
}

static bool read_all(struct files *files, const char *text, size_t len)
{
    bool ok = read_file(files, locking, sizeof locking - 1);
    FUZZ_ASSERT(ok);
    while (files->count < LAYERS) {
        const char *const end = memchr(text, 0xFF, len);
        const size_t part = end ? (size_t)(end - text) : len;
        ok = read_file(files, text, part) && ok;
        if (!end || !ok)
            break;
        text = end + 1;
        len -= part + 1;
    }
    return ok;
}

/* Whether the locked rule still finds what it found. */
static void check_lock(const postvet_config *config, const postvet_ruleset *ruleset)
{
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_scanner *scanner = NULL;
    postvet_result *result = NULL;
    bool found = false;
    options.file_name = "a/b.md";
    options.path = "/srv/drafts/a/b.md";
    postvet_config_scan_options(config, &options);
    FUZZ_ASSERT(postvet_scanner_new(ruleset, &scanner, NULL) == POSTVET_OK);
    FUZZ_ASSERT(
        postvet_scan(scanner, draft, sizeof draft - 1, &options, &result, NULL) == POSTVET_OK);
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const finding = postvet_result_at(result, i);
        found = found
                || (strcmp(finding->rule, "key") == 0 && finding->severity == POSTVET_ERROR
                    && finding->start.line == 1);
    }
    FUZZ_ASSERT(found);
    postvet_result_free(result);
    postvet_scanner_free(scanner);
}

static void use(const postvet_config *config)
{
    const postvet_source source = { "p.yaml", pack, sizeof pack - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    struct told told = { NULL, 0, 0 };
    postvet_ruleset *ruleset = NULL;
    for (size_t i = 0; i < postvet_config_setting_count(config); i++)
        check_setting(postvet_config_setting_at(config, i));
    FUZZ_ASSERT(!postvet_config_setting_at(config, postvet_config_setting_count(config)));
    FUZZ_ASSERT(postvet_config_lock(config));
    FUZZ_ASSERT(!postvet_config_excludes(config, "/srv/drafts/a/b.md"));
    FUZZ_ASSERT(postvet_config_fail_on(config) <= POSTVET_WARNING);
    postvet_config_ruleset_options(config, &options);
    options.pack_file_count = 0;
    options.profile_file = NULL;
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    options.on_error = count_error;
    options.user = &told;
    const postvet_status status = postvet_ruleset_new(&options, &ruleset, NULL);
    FUZZ_ASSERT((status == POSTVET_OK) == (told.count == 0));
    if (status == POSTVET_OK)
        check_lock(config, ruleset);
    postvet_ruleset_free(ruleset);
}

static void join(const struct files *files, uint8_t how)
{
    static const postvet_config_override overrides[] = { { "fail-on", "note", "--fail-on" },
        { "voice", "corporate", "--voice" }, { "fail-on", "error", "--fail-on" },
        { "kind", "reply", "--kind" } };
    postvet_config_layer layers[LAYERS];
    postvet_config_options options = POSTVET_CONFIG_OPTIONS_INIT;
    struct told told = { NULL, 0, 0 };
    postvet_config *config = NULL;
    for (size_t i = 0; i < files->count; i++) { /* the locking file in group 1, alone */
        const size_t at = how & 1 ? files->count - 1 - i : i;
        layers[at] =
            (postvet_config_layer){ files->items[i], i ? 2 + (how >> 1 & 1) * (uint32_t)i : 1 };
    }
    options.layers = layers;
    options.layer_count = files->count;
    options.overrides = overrides;
    options.override_count = how >> 2 & 3;
    options.on_error = count_error;
    options.user = &told;
    const postvet_status status = postvet_config_new(&options, &config, NULL);
    FUZZ_ASSERT((status == POSTVET_OK) == (told.count == 0));
    FUZZ_ASSERT((status == POSTVET_OK) == (config != NULL));
    if (config)
        use(config);
    postvet_config_free(config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct files files = { .count = 0 };
    if (size == 0)
        return 0;
    if (read_all(&files, (const char *)data + 1, size - 1))
        join(&files, data[0]);
    for (size_t i = 0; i < files.count; i++)
        postvet_config_file_free(files.items[i]);
    return 0;
}
