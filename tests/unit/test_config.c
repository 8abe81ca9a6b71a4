/* test_config.c: configuration through the public interface. A case has up to four layers, named
 * a, b ..., and all that comes of them as text: the errors, each as FILE:LINE:COLUMN: MESSAGE, or
 * else what the case asks for. */
#include "scan_support.h"

#define RULE(id, severity, what, suppressible)                                                     \
    "  - id: " id "\n    title: T\n    severity: " severity "\n    confidence: medium\n    " what  \
    "\n    message: m\n    advice: a\n    cites: [A 1]\n    suppressible: " suppressible           \
    "\n    tests: {match: [x], no-match: [y]}\n"
#define FRUIT                                                                                      \
    "pack: fruit\ntitle: Fruit\nversion: 1.0.0\n"                                                  \
    "cues:\n  - {id: basket, terms: [basket]}\n  - {id: lid, terms: [lid]}\nrules:\n" RULE(        \
        "plum", "warning", "find: {pattern: 'plum(?: tree)?'}", "with-reason")                     \
        RULE("pear", "error", "find: {terms: [pear, caf\xC3\xA9]}", "with-reason")
#define TOOLS                                                                                      \
    "pack: tools\ntitle: Tools\nversion: 1.0.0\nrules:\n" RULE(                                    \
        "key", "error", "find: {pattern: 'key \\d{4}'}", "never")                                  \
        RULE("saw", "note", "find: {terms: [saw]}", "with-reason")

static const postvet_source packs[] = { { "fruit", FRUIT, sizeof(FRUIT) - 1 },
    { "tools", TOOLS, sizeof(TOOLS) - 1 } };

struct layer {
    const char *name, *text;
    uint32_t group;
};

enum { LAYERS = 4, OVERRIDES = 2 };

/* The layers of one case, made. */
struct made {
    struct pv_buf out; /* what is told */
    postvet_config_file *files[LAYERS];
    postvet_config *config;
    postvet_ruleset *ruleset;
};

#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 3)))
#endif
static void
add(struct pv_buf *out, const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    assert_true(pv_buf_append_str(out, line));
}

static void tell_error(const postvet_error *error, void *user)
{
    struct pv_buf *const out = user;
    if (*error->file)
        add(out, "%s:", error->file);
    if (error->line)
        add(out, "%zu:%zu:", error->line, error->column);
    add(out, "%s%s\n", *error->file ? " " : "", error->message);
}

/* Layers are files of /home/drafts; one in a deeper directory has a slash in its name. */
static bool read_layers(struct made *m, const struct layer *layers, postvet_config_layer *out)
{
    bool ok = true;
    for (size_t i = 0; i < LAYERS && layers[i].name; i++) {
        const postvet_source source = { layers[i].name, layers[i].text, strlen(layers[i].text) };
        char directory[64] = "/home/drafts";
        const char *const slash = strrchr(layers[i].name, '/');
        if (slash)
            snprintf(directory, sizeof(directory), "/home/drafts/%.*s",
                (int)(slash - layers[i].name), layers[i].name);
        postvet_error err = { 0 };
        const size_t told = m->out.len;
        const postvet_status status =
            postvet_config_file_new(&source, directory, tell_error, &m->out, &m->files[i], &err);
        assert_int_equal(status == POSTVET_OK, m->out.len == told);
        assert_int_equal(err.status, status);
        ok = ok && status == POSTVET_OK;
        out[i] = (postvet_config_layer){ m->files[i], layers[i].group };
    }
    return ok;
}

static void make(
    struct made *m, const struct layer *layers, const postvet_config_override *overrides)
{
    postvet_config_layer made[LAYERS] = { { NULL, 0 } };
    postvet_config_options options = POSTVET_CONFIG_OPTIONS_INIT;
    *m = (struct made){ 0 };
    if (!read_layers(m, layers, made))
        return;
    options.layers = made;
    while (options.layer_count < LAYERS && made[options.layer_count].file)
        options.layer_count++;
    options.overrides = overrides;
    while (overrides && options.override_count < OVERRIDES && overrides[options.override_count].key)
        options.override_count++;
    options.on_error = tell_error;
    options.user = &m->out;
    const postvet_status status = postvet_config_new(&options, &m->config, NULL);
    assert_int_equal(status == POSTVET_OK, m->config != NULL);
    assert_int_equal(status == POSTVET_OK, m->out.len == 0);
}

static void make_ruleset(struct made *m)
{
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    const postvet_setting *const lock = postvet_config_lock(m->config);
    options.without_default_packs = !lock || strcmp(lock->value, "all") != 0;
    options.packs = packs;
    options.pack_count = 2;
    options.config = m->config;
    options.on_error = tell_error;
    options.user = &m->out;
    const postvet_status status = postvet_ruleset_new(&options, &m->ruleset, NULL);
    assert_int_equal(status == POSTVET_OK, m->ruleset != NULL);
    assert_int_equal(status == POSTVET_OK, m->out.len == 0);
}

static void release(struct made *m)
{
    postvet_ruleset_free(m->ruleset);
    postvet_config_free(m->config);
    for (size_t i = 0; i < LAYERS; i++)
        postvet_config_file_free(m->files[i]);
    pv_buf_release(&m->out);
}

static void assert_told(struct made *m, const char *expected)
{
    assert_true(pv_buf_append_byte(&m->out, '\0'));
    assert_string_equal(m->out.data, expected);
}

/* ------------------------------------------------------------------ one file */

static const struct file_case {
    const char *text, *errors;
} file_cases[] = {
    { "root: true\n", "" },
    { "", "f:1:1: The file is empty; a configuration was expected.\n" },
    { "# nothing\n", "f:1:1: The file is empty; a configuration was expected.\n" },
    { "- root\n", "f:1:1: The file is a list; a configuration was expected.\n" },
    { "fail-on: [\n",
        "f:2:1: This is not well-formed YAML: did not find expected node content.\n" },
    { "profil: blackpool\nfail_on: note\nwhatever: 1\n",
        "f:1:1: \"profil\" is not a key of a configuration; did you mean \"profile\"?\n"
        "f:2:1: \"fail_on\" is not a key of a configuration; did you mean \"fail-on\"?\n"
        "f:3:1: \"whatever\" is not a key of a configuration; root, extends, profile, voice, kind, "
        "fail-on, rules, enable, disable, severity, allow, exclude or lock was expected.\n" },
    { "root: yes\nvoice: corporat\nkind: blog\nfail-on: off\n",
        "f:1:7: \"root\" is \"yes\"; true or false was expected.\n"
        "f:2:8: \"voice\" is \"corporat\"; personal or corporate was expected.\n"
        "f:3:7: \"kind\" is \"blog\"; post, profile or reply was expected.\n"
        "f:4:10: \"fail-on\" is \"off\"; error, warning or note was expected.\n" },
    { "voice: personal\nvoice: corporate\n",
        "f:2:1: The key \"voice\" is repeated; it was first given on line 1.\n" },
    { "enable: plum\ndisable: [Plum]\nlock: all\n",
        "f:1:9: \"enable\" is a single text; a list was expected.\n"
        "f:2:11: \"disable\" holds \"Plum\"; an id of lower-case letters, digits and hyphens was "
        "expected.\n"
        "f:3:7: \"lock\" is a single text; a list was expected.\n" },
    { "exclude: [/tmp, ../x, a/../b, 'a\\b', a/..b]\n",
        "f:1:11: \"exclude\" holds \"/tmp\"; a path below this file's directory, with slashes and "
        "without .., was expected.\n"
        "f:1:17: \"exclude\" holds \"../x\"; a path below this file's directory, with slashes and "
        "without .., was expected.\n"
        "f:1:23: \"exclude\" holds \"a/../b\"; a path below this file's directory, with slashes "
        "and without .., was expected.\n"
        "f:1:31: \"exclude\" holds \"a\\b\"; a path below this file's directory, with slashes and "
        "without .., was expected.\n" },
    { "allow:\n  - {phrase: a, pattern: b, reason: c}\n  - {reason: c}\n  - {phrase: a}\n",
        "f:2:17: \"pattern\" may not stand beside \"phrase\"; just one of phrase or pattern was "
        "expected.\n"
        "f:3:5: A key of allow is missing; phrase or pattern was expected.\n"
        "f:4:5: The key \"reason\" is missing; text was expected.\n" },
    { "allow:\n  - {pattern: 'a(b', reason: c}\n  - {pattern: '(*UCP)a', reason: c}\n",
        "f:2:15: The pattern does not compile: missing closing parenthesis, at its end.\n"
        "f:3:15: A pattern may not set PCRE2's own options with (*...).\n" },
    { "allow:\n  - {pattern: 'a[z-a]b', reason: c}\n",
        "f:2:15: The pattern does not compile: range out of order in character class, before "
        "\"a]b\".\n" },
    { "enable: [plum]\ndisable: [plum]\nseverity:\n  - {rule: pear, severity: note}\n"
      "  - {rule: pear, severity: off}\n  - {rule: plum, severity: note}\n",
        "f:2:11: \"plum\" is both enabled and disabled in this file.\n"
        "f:5:12: The severity of \"pear\" stands twice in this file.\n"
        "f:6:12: \"plum\" is disabled in this file, and has no severity.\n" },
    { "extends: *base\n", "f:1:10: Aliases (*name) are not allowed; write the value out here.\n" },
};

static void files_are_checked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(file_cases) / sizeof(*file_cases); i++) {
        const struct layer layers[LAYERS] = { { "f", file_cases[i].text, 1 } };
        struct made m;
        make(&m, layers, NULL);
        assert_told(&m, file_cases[i].errors);
        release(&m);
    }
}

static void extends_is_a_path(void **state)
{
    static const struct {
        const char *text, *path;
    } cases[] = { { "root: true\n", NULL }, { "extends: base.yml\n", "/home/drafts/base.yml" },
        { "extends: ./base.yml\n", "/home/drafts/base.yml" },
        { "extends: ../base.yml\n", "/home/drafts/../base.yml" },
        { "extends: /etc/base.yml\n", "/etc/base.yml" } };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const struct layer layers[LAYERS] = { { "f", cases[i].text, 1 } };
        struct made m;
        make(&m, layers, NULL);
        const postvet_setting *const extends = postvet_config_file_extends(m.files[0]);
        assert_int_equal(extends == NULL, cases[i].path == NULL);
        if (extends) {
            assert_string_equal(extends->value, cases[i].path);
            assert_string_equal(extends->file, "f");
            assert_int_equal(extends->line, 1);
            assert_int_equal(extends->column, 10);
        }
        release(&m);
    }
}

/* ------------------------------------------------------------------ settings */

static struct setting_case {
    const char *name;
    struct layer layers[LAYERS];
    postvet_config_override overrides[OVERRIDES];
    const char *told; /* errors, or "key: value (FILE:LINE:COLUMN)" */
} setting_cases[] = {
    { "no layers", { { NULL, NULL, 0 } }, { { NULL, NULL, NULL } }, "" },
    { "the last layer wins",
        { { "a", "voice: corporate\nfail-on: note\n", 1 },
            { "b", "fail-on: warning\nkind: reply\n", 1 } },
        { { NULL, NULL, NULL } },
        "voice: corporate (a:1:8)\nkind: reply (b:2:7)\nfail-on: warning (b:1:10)\n" },
    { "an override wins over all", { { "a", "profile: blackpool\nvoice: corporate\n", 1 } },
        { { "voice", "personal", "--voice" }, { "profile", "./own.yaml", "--profile" } },
        "profile: ./own.yaml (--profile)\nvoice: personal (--voice)\n" },
    { "what is no setting", { { NULL, NULL, 0 } },
        { { "voice", "loud", "--voice" }, { "volume", "11", "--volume" } },
        "--voice: \"voice: loud\" is no setting.\n--volume: \"volume: 11\" is no setting.\n" },
    { "lists are joined, and paths start at their file",
        { { "a", "rules: [one.yaml]\nexclude: [old]\nprofile: own.yaml\n", 1 },
            { "sub/b", "rules: [./two.yaml, /three]\n", 1 } },
        { { NULL, NULL, NULL } },
        "profile: /home/drafts/own.yaml (a:3:10)\nrules: /home/drafts/one.yaml (a:1:9)\n"
        "rules: /home/drafts/sub/two.yaml (sub/b:1:9)\nrules: /three (sub/b:1:21)\n"
        "exclude: old (a:2:11)\n" },
    { "a later word of the same name stands for an earlier one",
        { { "a", "disable: [plum, saw]\nenable: [tools]\n", 1 },
            { "b", "enable: [plum]\nseverity:\n  - {rule: saw, severity: error}\n", 1 } },
        { { NULL, NULL, NULL } },
        "enable: tools (a:2:10)\nenable: plum (b:1:10)\nseverity: saw: error (b:3:12)\n" },
    { "what is allowed and locked",
        { { "a",
            "lock: [plum, fruit]\nallow:\n"
            "  - {phrase: A plum, rules: [plum], paths: [blog/**], reason: Its name.}\n"
            "  - {pattern: 'x+', reason: Why.}\n",
            1 } },
        { { NULL, NULL, NULL } },
        "allow: phrase \"A plum\" for plum in blog/**: Its name. (a:3:14)\n"
        "allow: pattern \"x+\": Why. (a:4:5)\nlock: plum (a:1:8)\nlock: fruit (a:1:14)\n" },
    { "profiles that there are not",
        { { "a", "profile: blackpol\n", 1 }, { "b", "profile: elsewhere\n", 1 } },
        { { NULL, NULL, NULL } },
        "a:1:10: No profile is called \"blackpol\"; did you mean \"blackpool\"?\n"
        "b:1:10: No profile is called \"elsewhere\"; a file of your own ends in .yaml or .yml.\n" },
    /* Locks of single values. */
    { "fail-on may be stricter",
        { { "a", "lock: [plum]\nfail-on: warning\n", 1 }, { "b", "fail-on: note\n", 1 } },
        { { "fail-on", "warning", "--fail-on" } },
        "fail-on: warning (--fail-on)\nlock: plum (a:1:8)\n" },
    { "fail-on may not be laxer",
        { { "a", "lock: [plum]\nfail-on: warning\n", 1 }, { "b", "fail-on: error\n", 1 } },
        { { "fail-on", "error", "--fail-on" } },
        "b:1:10: \"fail-on\" may not be \"error\": a:2:10 says \"warning\", and a:1:8 locks it.\n"
        "--fail-on: \"fail-on\" may not be \"error\": a:2:10 says \"warning\", and a:1:8 locks "
        "it.\n" },
    { "a lock holds what the locking file extends",
        { { "a", "fail-on: note\n", 1 }, { "b", "lock: [plum]\n", 1 },
            { "c", "fail-on: warning\n", 1 } },
        { { NULL, NULL, NULL } },
        "c:1:10: \"fail-on\" may not be \"warning\": a:1:10 says \"note\", and b:1:8 locks it.\n" },
    { "a lock does not bind what its file extends",
        { { "a", "fail-on: error\n", 1 }, { "b", "lock: [plum]\nfail-on: note\n", 1 } },
        { { NULL, NULL, NULL } }, "fail-on: note (b:2:10)\nlock: plum (b:1:8)\n" },
    { "a stronger file's lock binds a weaker one of another group",
        { { "a", "fail-on: error\nexclude: [old]\n", 1 },
            { "b", "lock: [plum]\nfail-on: note\n", 2 } },
        { { NULL, NULL, NULL } },
        "a:1:10: \"fail-on\" may not be \"error\": b:2:10 says \"note\", and b:1:8 locks it.\n"
        "a:2:11: Paths may not be excluded: b:1:8 locks rules.\n" },
    { "the computer's own file is bound by no other",
        { { "a", "fail-on: error\nexclude: [old]\n", 0 },
            { "b", "lock: [plum]\nfail-on: note\n", 1 } },
        { { NULL, NULL, NULL } },
        "fail-on: note (b:2:10)\nexclude: old (a:2:11)\nlock: plum (b:1:8)\n" },
    { "another profile",
        { { "a", "lock: [all]\nprofile: blackpool\n", 0 }, { "b", "profile: blackpool\n", 1 },
            { "c", "profile: james-paget\n", 1 } },
        { { "profile", "./own.yaml", "--profile" } },
        "c:1:10: \"profile\" may not be \"james-paget\": a:2:10 says \"blackpool\", and a:1:8 "
        "locks it.\n"
        "--profile: \"profile\" may not be \"./own.yaml\": a:2:10 says \"blackpool\", and a:1:8 "
        "locks it.\n" },
    { "a profile where the locking file names none",
        { { "a", "lock: [all]\n", 0 }, { "b", "profile: blackpool\n", 1 },
            { "c", "profile: own.yaml\n", 1 } },
        { { NULL, NULL, NULL } },
        "c:1:10: The profile may not be a file of one's own: a:1:8 locks rules.\n" },
    { "voice and kind are free",
        { { "a", "lock: [all]\nvoice: corporate\n", 0 }, { "b", "voice: personal\n", 1 } },
        { { "kind", "reply", "--kind" } },
        "voice: personal (b:1:8)\nkind: reply (--kind)\nlock: all (a:1:8)\n" },
};

static void settings_are_joined(void **state)
{
    const struct setting_case *const c = *state;
    struct made m;
    make(&m, c->layers, c->overrides);
    for (size_t i = 0; m.config && i < postvet_config_setting_count(m.config); i++) {
        const postvet_setting *const s = postvet_config_setting_at(m.config, i);
        add(&m.out, "%s: %s (%s", s->key, s->value, s->file);
        if (s->line)
            add(&m.out, ":%zu:%zu", s->line, s->column);
        add(&m.out, ")\n");
    }
    assert_told(&m, c->told);
    if (m.config)
        assert_null(postvet_config_setting_at(m.config, postvet_config_setting_count(m.config)));
    release(&m);
}

static void options_are_set(void **state)
{
    const struct layer layers[LAYERS] = { { "a",
        "profile: blackpool\nvoice: corporate\nkind: reply\nfail-on: note\nrules: [x.yaml, y]\n",
        1 } };
    const struct layer own[LAYERS] = { { "a", "profile: p.yml\n", 1 } };
    const struct layer nothing[LAYERS] = { { "a", "root: true\n", 1 } };
    postvet_ruleset_options rules = POSTVET_RULESET_OPTIONS_INIT;
    postvet_scan_options scan = POSTVET_SCAN_OPTIONS_INIT;
    struct made m;
    (void)state;
    make(&m, layers, NULL);
    postvet_config_ruleset_options(m.config, &rules);
    postvet_config_scan_options(m.config, &scan);
    assert_ptr_equal(rules.config, m.config);
    assert_string_equal(rules.profile, "blackpool");
    assert_null(rules.profile_file);
    assert_int_equal(rules.pack_file_count, 2);
    assert_string_equal(rules.pack_files[0], "/home/drafts/x.yaml");
    assert_string_equal(rules.pack_files[1], "/home/drafts/y");
    assert_int_equal(scan.voice, POSTVET_CORPORATE);
    assert_int_equal(scan.kind, POSTVET_REPLY);
    assert_int_equal(postvet_config_fail_on(m.config), POSTVET_NOTE);
    assert_null(postvet_config_lock(m.config));
    release(&m);

    make(&m, own, NULL);
    postvet_config_ruleset_options(m.config, &rules);
    assert_null(rules.profile);
    assert_string_equal(rules.profile_file, "/home/drafts/p.yml");
    assert_int_equal(rules.pack_file_count, 2); /* as it was */
    release(&m);

    make(&m, nothing, NULL);
    scan.voice = POSTVET_CORPORATE;
    postvet_config_scan_options(m.config, &scan);
    assert_int_equal(scan.voice, POSTVET_CORPORATE);
    assert_int_equal(postvet_config_fail_on(m.config), POSTVET_ERROR);
    release(&m);
}

static void paths_are_excluded(void **state)
{
    static const struct {
        const char *path;
        size_t column; /* of the entry of sub/a below; 0: not excluded */
    } cases[] = {
        { "/home/drafts/sub/old/x.md", 11 },
        { "/home/drafts/sub/old/deep/x.md", 11 },
        { "/home/drafts/sub/older/x.md", 0 },
        { "/home/drafts/old/x.md", 0 },
        { "/home/drafts/sub/x.tmp.md", 16 },
        { "/home/drafts/sub/deep/x.tmp.md", 0 },
        { "/home/drafts/sub/archive/2020/x.md", 28 },
        { "/home/drafts/sub/deep/skip/x.md", 40 },
        { "/home/drafts/sub/skip/x.md", 40 },
        { "/elsewhere/skip/x.md", 40 },
        { "/elsewhere/skipped/x.md", 0 },
        { "skip", 40 },
    };
    const struct layer layers[LAYERS] = { { "sub/a",
        "exclude: [old, '*.tmp.md', archive/**, '**/skip']\n", 1 } };
    struct made m;
    (void)state;
    make(&m, layers, NULL);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const postvet_setting *const why = postvet_config_excludes(m.config, cases[i].path);
        if ((why ? why->column : 0) != cases[i].column)
            fail_msg("%s: %zu", cases[i].path, why ? why->column : 0);
    }
    release(&m);
}

/* --------------------------------------------------------------------- rules */

static struct rule_case {
    const char *name;
    struct layer layers[LAYERS];
    const char *told; /* errors, or "RULE SEVERITY [off] [never|locked by ...]" of four rules */
} rule_cases[] = {
    { "as the packs have it", { { NULL, NULL, 0 } },
        "plum warning\npear error\nkey error never\nsaw note\n" },
    { "a pack, a rule, a severity",
        { { "a", "disable: [fruit, saw]\nseverity:\n  - {rule: key, severity: note}\n", 1 } },
        "plum warning off\npear error off\nkey note never\nsaw note off\n" },
    { "a rule is more than its pack",
        { { "a", "disable: [fruit]\nenable: [plum]\nseverity: [{rule: saw, severity: off}]\n",
            1 } },
        "plum warning\npear error off\nkey error never\nsaw note off\n" },
    { "a severity turns a rule on",
        { { "a", "disable: [fruit]\n", 1 },
            { "b", "severity: [{rule: pear, severity: note}]\n", 1 } },
        "plum warning off\npear note\nkey error never\nsaw note\n" },
    { "a later pack is more than an earlier rule",
        { { "a", "disable: [plum]\n", 1 }, { "b", "enable: [fruit]\n", 1 } },
        "plum warning\npear error\nkey error never\nsaw note\n" },
    { "names that there are not",
        { { "a",
            "enable: [plumb]\ndisable: [fruits, zzz]\nseverity: [{rule: sow, severity: note}, "
            "{rule: tools, severity: note}]\nlock: [paer]\n"
            "allow: [{phrase: x, rules: [kee], reason: y}]\n",
            1 } },
        "a:1:10: No rule or pack is called \"plumb\"; did you mean \"plum\"?\n"
        "a:2:11: No rule or pack is called \"fruits\"; did you mean \"fruit\"?\n"
        "a:2:19: No rule or pack is called \"zzz\"; `postvet rules list` lists them.\n"
        "a:3:19: No rule or pack is called \"sow\"; did you mean \"saw\"?\n"
        "a:3:48: \"tools\" is a whole pack of rules; name the rules that are meant.\n"
        "a:4:8: No rule or pack is called \"paer\"; did you mean \"pear\"?\n"
        "a:5:29: No rule or pack is called \"kee\"; did you mean \"key\"?\n" },
    /* Locks. */
    { "a lock allows what is stricter",
        { { "a", "lock: [plum, saw]\ndisable: [saw]\n", 1 },
            { "b", "severity: [{rule: plum, severity: error}]\nenable: [saw]\ndisable: [pear]\n",
                1 },
            { "c", "severity: [{rule: plum, severity: warning}]\ndisable: [tools]\n", 1 } },
        "plum warning locked by a:1:8\npear error off\nkey error off never\n"
        "saw note off locked by a:1:14\n" },
    { "turned off",
        { { "a", "lock: [plum, tools]\n", 1 }, { "b", "disable: [plum, saw]\n", 1 },
            { "c", "disable: [tools]\nseverity: [{rule: plum, severity: off}]\n", 1 } },
        "b:1:11: The rule \"plum\" may not be turned off: a:1:8 locks it.\n"
        "b:1:17: The rule \"saw\" may not be turned off: a:1:14 locks it.\n"
        "c:2:19: The rule \"plum\" may not be turned off: a:1:8 locks it.\n"
        "c:1:11: The pack \"tools\" may not be turned off: a:1:14 locks its rule \"key\".\n" },
    { "a pack without its locked rule",
        { { "a", "lock: [plum]\n", 1 }, { "b", "disable: [fruit]\nenable: [plum]\n", 1 } },
        "plum warning locked by a:1:8\npear error off\nkey error never\nsaw note\n" },
    { "less grave than the pack has it",
        { { "a", "lock: [all]\n", 0 }, { "b", "severity: [{rule: plum, severity: note}]\n", 1 } },
        "b:1:19: The severity of \"plum\" may not be note, which is less than warning: a:1:8 locks "
        "the rule.\n" },
    { "less grave than the locking file has it",
        { { "a", "lock: [plum]\nseverity: [{rule: plum, severity: error}]\n", 0 },
            { "b", "severity: [{rule: plum, severity: warning}]\n", 1 } },
        "b:1:19: The severity of \"plum\" may not be warning, which is less than error: a:1:8 "
        "locks "
        "the rule.\n" },
    { "allowed",
        { { "a", "lock: [plum]\nallow: [{phrase: x, rules: [plum], reason: y}]\n", 0 },
            { "b",
                "allow: [{phrase: x, rules: [plum], reason: y}, {phrase: x, rules: [fruit], "
                "reason: y}, {phrase: x, rules: [key], reason: y}, {phrase: x, reason: y}]\n",
                1 } },
        "b:1:29: What \"plum\" finds may not be allowed: a:1:8 locks it.\n"
        "b:1:108: What \"key\" finds cannot be allowed, whatever the reason.\n" },
    { "allowed where all is locked",
        { { "a", "lock: [all]\n", 0 }, { "b", "allow: [{phrase: x, reason: y}]\n", 1 } },
        "b:1:18: Nothing may be allowed here: a:1:8 locks the rules.\n" },
    { "a file between is bound, too",
        { { "a", "lock: [plum]\n", 1 }, { "b", "disable: [plum]\n", 1 },
            { "c", "enable: [plum]\n", 1 } },
        "b:1:11: The rule \"plum\" may not be turned off: a:1:8 locks it.\n" },
    { "of another group, and weaker",
        { { "a", "disable: [plum]\n", 1 }, { "b", "lock: [plum]\n", 2 } },
        "a:1:11: The rule \"plum\" may not be turned off: b:1:8 locks it.\n" },
    { "the computer's own file may turn off what another locks",
        { { "a", "disable: [plum]\n", 0 }, { "b", "lock: [plum]\n", 1 } },
        "plum warning off locked by b:1:8\npear error\nkey error never\nsaw note\n" },
};

static void rules_are_set(void **state)
{
    static const char *const ids[] = { "plum", "pear", "key", "saw" };
    static const char harmless[] = "A plum, a pear, key 1234 and a saw.";
    const struct rule_case *const c = *state;
    struct made m;
    make(&m, c->layers, NULL);
    assert_non_null(m.config);
    make_ruleset(&m);
    postvet_scanner *scanner = NULL;
    postvet_result *result = NULL;
    if (m.ruleset) {
        assert_int_equal(postvet_scanner_new(m.ruleset, &scanner, NULL), POSTVET_OK);
        assert_int_equal(
            postvet_scan(scanner, harmless, strlen(harmless), NULL, &result, NULL), POSTVET_OK);
    }
    for (size_t i = 0; m.ruleset && i < 4; i++) {
        const postvet_rule_info *const rule = postvet_ruleset_rule(m.ruleset, ids[i]);
        const char directive[] = "<!-- postvet-disable-file %s -- a -->";
        char text[80];
        bool found = false;
        for (size_t k = 0; k < postvet_result_count(result); k++)
            found = found || strcmp(postvet_result_at(result, k)->rule, ids[i]) == 0;
        add(&m.out, "%s %s%s", ids[i], postvet_severity_name(rule->severity), found ? "" : " off");
        snprintf(text, sizeof(text), directive, ids[i]);
        postvet_result *about = NULL;
        assert_int_equal(postvet_scan(scanner, text, strlen(text), NULL, &about, NULL), POSTVET_OK);
        const postvet_notice *const why = postvet_result_notice_at(about, 1);
        const char *const place = why ? strstr(why->message, "suppressed: ") : NULL;
        if (place)
            add(&m.out, " locked by %.*s", (int)strcspn(place + 12, " "), place + 12);
        else if (rule->suppressible == POSTVET_SUPPRESS_NEVER)
            add(&m.out, " never");
        add(&m.out, "\n");
        postvet_result_free(about);
    }
    postvet_result_free(result);
    postvet_scanner_free(scanner);
    assert_told(&m, c->told);
    release(&m);
}

static void default_packs_stay(void **state)
{
    const struct layer layers[LAYERS] = { { "a", "lock: [all]\n", 0 },
        { "b", "rules: [packs]\n", 1 } };
    static const char own[] = "pack: nhs-number\ntitle: T\nversion: 1.0.0\nrules:\n" RULE(
        "number", "note", "find: {terms: [x]}", "with-reason");
    const postvet_source source = { "own.yaml", own, sizeof(own) - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    struct made m;
    (void)state;
    make(&m, layers, NULL);
    options.config = m.config;
    options.on_error = tell_error;
    options.user = &m.out;
    options.packs = &source;
    options.pack_count = 1;
    assert_int_equal(postvet_ruleset_new(&options, &m.ruleset, NULL), POSTVET_ERR_LOCKED);
    options.without_default_packs = true;
    assert_int_equal(postvet_ruleset_new(&options, &m.ruleset, NULL), POSTVET_ERR_LOCKED);
    assert_told(&m, "The pack \"nhs-number\" may not be replaced: a:1:8 locks its rules.\n"
                    "The default packs may not be left out: a:1:8 locks all rules.\n"
                    "The pack \"nhs-number\" may not be replaced: a:1:8 locks its rules.\n");
    release(&m);
}

/* A profile turns rules off, and says for whom they are; a configuration changes the first alone.
 */
static void profiles_come_first(void **state)
{
    const struct layer layers[LAYERS] = { { "a",
        "severity: [{rule: nhs-number-labelled, severity: note}]\n"
        "disable: [imagery]\n",
        1 } };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    struct made m;
    (void)state;
    make(&m, layers, NULL);
    options.config = m.config;
    options.profile = "blackpool";
    assert_int_equal(postvet_ruleset_new(&options, &m.ruleset, NULL), POSTVET_OK);
    assert_string_equal(postvet_ruleset_profile(m.ruleset), "blackpool");
    assert_int_equal(
        postvet_ruleset_rule(m.ruleset, "nhs-number-labelled")->severity, POSTVET_NOTE);
    release(&m);
}

/* ------------------------------------------------------------------- allowed */

static struct allow_case {
    const char *name, *config, *text, *path;
    bool no_suppressions;
    const char *told;
} allow_cases[] = {
    { "a phrase in any case", "allow: [{phrase: Plum  TREE, reason: A street.}]\n",
        "A PLUM\ntree, a plum.", NULL, false,
        "plum 15(2:9)-19(2:13) warning medium 'p***'\n(plum 2: A street., a:1)\n" },
    { "with other marks", "allow: [{phrase: CAFE, reason: A street.}]\n", "A cafe\xCC\x81.", NULL,
        false, "(pear 2: A street., a:1)\n" },
    { "a phrase that is a part", "allow: [{phrase: plum, reason: A street.}]\n", "A plum tree.",
        NULL, false, "plum 2(1:3)-11(1:12) warning medium 'pl** ****'\n" },
    { "a pattern", "allow: [{pattern: 'plum( tree)?', reason: A street.}]\n",
        "A plum\ntree, a Plum.", NULL, false,
        "(plum 2: A street., a:1)\n(plum 15: A street., a:1)\n" },
    { "a pattern that is a part", "allow: [{pattern: 'plum', reason: A street.}]\n", "A plum tree.",
        NULL, false, "plum 2(1:3)-11(1:12) warning medium 'pl** ****'\n" },
    { "for some rules", "allow: [{pattern: '.*', rules: [fruit], reason: Why.}]\n",
        "A plum, a saw.", NULL, false,
        "saw 10(1:11)-13(1:14) note medium 's**'\n"
        "(plum 2: Why., a:1)\n" },
    { "never", "allow: [{pattern: '.*', reason: Why.}]\n", "key 1234", NULL, false,
        "key 0(1:1)-8(1:9) error medium 'ke* ****'\n" },
    { "for some paths", "allow: [{phrase: plum, paths: [blog/*.md], reason: Why.}]\n", "plum",
        "/home/drafts/blog/x.md", false, "(plum 0: Why., a:1)\n" },
    { "for other paths", "allow: [{phrase: plum, paths: [blog/*.md], reason: Why.}]\n", "plum",
        "/home/drafts/x.md", false, "plum 0(1:1)-4(1:5) warning medium 'p***'\n" },
    { "for some paths, of an unknown draft",
        "allow: [{phrase: plum, paths: [blog/*.md], reason: Why.}]\n", "plum", NULL, false,
        "plum 0(1:1)-4(1:5) warning medium 'p***'\n" },
    { "not without suppressions", "allow: [{phrase: plum, reason: Why.}]\n", "plum", NULL, true,
        "plum 0(1:1)-4(1:5) warning medium 'p***'\n" },
    { "a directive comes first", "allow: [{phrase: plum, reason: Why.}]\n",
        "plum <!-- postvet-disable-line plum -- mine -->", NULL, false,
        "(plum 0: mine, :1)\npublished-directive :1 The directive would be published with the "
        "draft, reason and all; `postvet clean` writes the draft without it.\n" },
    { "a limit", "allow:\n  - {pattern: '(?:.?){40}(?:.?){40}[yz]', reason: Why.}\n", "plum tree",
        NULL, false,
        "plum 0(1:1)-9(1:10) warning medium 'pl** ****'\nincomplete: What may be allowed by a:2:5 "
        "could not be checked to the end: a limit was reached.\n" },
};

static void phrases_are_allowed(void **state)
{
    const struct allow_case *const c = *state;
    const struct layer layers[LAYERS] = { { "a", c->config, 1 } };
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_scanner *scanner = NULL;
    struct made m;
    make(&m, layers, NULL);
    make_ruleset(&m);
    assert_told(&m, "");
    assert_int_equal(postvet_scanner_new(m.ruleset, &scanner, NULL), POSTVET_OK);
    options.path = c->path;
    options.no_suppressions = c->no_suppressions;
    options.work_max = 1000000;
    char *const told = describe_scan(scanner, c->text, strlen(c->text), &options);
    assert_string_equal(told, c->told);
    free(told);
    postvet_scanner_free(scanner);
    release(&m);
}

/* A name that has the draft's ending is not where it is. */
static void the_name_does_for_a_path(void **state)
{
    const struct layer layers[LAYERS] = { { "a",
        "allow: [{phrase: plum, paths: ['**/x.md'], reason: Why.}]\n", 1 } };
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    postvet_scanner *scanner = NULL;
    struct made m;
    (void)state;
    make(&m, layers, NULL);
    make_ruleset(&m);
    assert_int_equal(postvet_scanner_new(m.ruleset, &scanner, NULL), POSTVET_OK);
    options.file_name = "deep/x.md";
    char *told = describe_scan(scanner, "plum", 4, &options);
    assert_string_equal(told, "(plum 0: Why., a:1)\n");
    free(told);
    options.path = "/home/y.md";
    told = describe_scan(scanner, "plum", 4, &options);
    assert_string_equal(told, "plum 0(1:1)-4(1:5) warning medium 'p***'\n");
    free(told);
    postvet_scanner_free(scanner);
    release(&m);
}

/* The other ways by which an author sets something aside are bound by locks as well. */
static void locks_bind_directives(void **state)
{
    const struct layer layers[LAYERS] = { { "trust.yml", "lock: [plum]\n", 0 } };
    static const char list[] = "x.md: pear, plum, key -- why";
    const postvet_source source = { "allowed", list, sizeof(list) - 1 };
    postvet_scanner *scanner = NULL;
    postvet_allowlist *allowlist = NULL;
    struct made m;
    (void)state;
    make(&m, layers, NULL);
    make_ruleset(&m);
    assert_int_equal(postvet_scanner_new(m.ruleset, &scanner, NULL), POSTVET_OK);
    static const char draft[] = "<!-- postvet-disable-file plum -- mine -->\n\nA plum.";
    char *const told = describe_scan(scanner, draft, sizeof(draft) - 1, NULL);
    assert_string_equal(told,
        "plum 46(3:3)-50(3:7) warning medium 'p***'\n"
        "published-directive :1 The directive would be published with the draft, reason and all; "
        "`postvet clean` writes the draft without it.\n"
        "locked-rule :1 What this rule finds cannot be suppressed: trust.yml:1:8 locks it.\n");
    free(told);
    assert_int_equal(
        postvet_allowlist_new(m.ruleset, &source, tell_error, &m.out, &allowlist, NULL),
        POSTVET_ERR_SYNTAX);
    assert_told(&m,
        "allowed:1:13: What the rule \"plum\" finds cannot be suppressed: trust.yml:1:8 locks it.\n"
        "allowed:1:19: What the rule \"key\" finds cannot be suppressed.\n");
    postvet_scanner_free(scanner);
    release(&m);
}

static void versions_are_checked(void **state)
{
    postvet_config_options options = POSTVET_CONFIG_OPTIONS_INIT;
    postvet_config *config = NULL;
    (void)state;
    assert_int_equal(postvet_config_new(NULL, &config, NULL), POSTVET_OK);
    assert_int_equal(postvet_config_setting_count(config), 0);
    postvet_config_free(config);
    config = NULL;
    options.version++;
    assert_int_equal(postvet_config_new(&options, &config, NULL), POSTVET_ERR_ARGUMENT);
    assert_null(config);
    postvet_config_free(NULL);
    postvet_config_file_free(NULL);
}

/* ---------------------------------------------------------------------- main */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* Adds a test for each row of a table. */
#define ADD(table, function)                                                                       \
    for (size_t i = 0; i < COUNT(table); i++)                                                      \
        tests[count++] = (struct CMUnitTest)                                                       \
        {                                                                                          \
            (table)[i].name, (function), NULL, NULL, &(table)[i]                                   \
        }

int main(void)
{
    static const struct CMUnitTest plain[] = {
        cmocka_unit_test(files_are_checked),
        cmocka_unit_test(extends_is_a_path),
        cmocka_unit_test(options_are_set),
        cmocka_unit_test(paths_are_excluded),
        cmocka_unit_test(default_packs_stay),
        cmocka_unit_test(profiles_come_first),
        cmocka_unit_test(the_name_does_for_a_path),
        cmocka_unit_test(locks_bind_directives),
        cmocka_unit_test(versions_are_checked),
    };
    struct CMUnitTest
        tests[COUNT(plain) + COUNT(setting_cases) + COUNT(rule_cases) + COUNT(allow_cases)];
    size_t count = COUNT(plain);
    memcpy(tests, plain, sizeof(plain));
    ADD(setting_cases, settings_are_joined);
    ADD(rule_cases, rules_are_set);
    ADD(allow_cases, phrases_are_allowed);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
