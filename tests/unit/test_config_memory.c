/* test_config_memory.c: configuration read, joined, put upon the default packs and used for a
 * draft, with allocation 1, 2, 3 and so on failing. Each call says so and leaks nothing
 * (AddressSanitizer sees to that), until all of it gets through. */
#include "fail_alloc.h"
#include "scan_support.h"

static const char base[] =
    "extends: other.yml\nprofile: blackpool\nlock: [nhs-number]\n"
    "exclude: [old, '**/b']\n"
    "allow:\n  - {phrase: caf\xC3\xA9, rules: [postcode], reason: a}\n"
    "  - {pattern: '07700 9001\\d+', paths: [a/**], reason: It is public.}\n";
static const char nearest[] = "voice: corporate\nrules: [x.yaml]\nenable: [imagery]\n"
                              "disable: [accuracy]\n"
                              "severity: [{rule: imagery-uniform, severity: off}]\n";
static const char draft[] = "Call 07700 900123, and her NHS number is 943 476 5919.";

struct use {
    postvet_config_file *files[2];
    postvet_config *config;
    postvet_ruleset *ruleset;
    postvet_scanner *scanner;
    postvet_result *result;
};

static postvet_status read_one(
    struct use *use, size_t index, const char *name, const char *text, postvet_error *err)
{
    const postvet_source source = { name, text, strlen(text) };
    return postvet_config_file_new(&source, "/home", NULL, NULL, &use->files[index], err);
}

static postvet_status use_all(struct use *use, postvet_error *err)
{
    postvet_config_options options = POSTVET_CONFIG_OPTIONS_INIT;
    postvet_ruleset_options rules = POSTVET_RULESET_OPTIONS_INIT;
    postvet_scan_options scan = POSTVET_SCAN_OPTIONS_INIT;
    const postvet_config_override override = { "fail-on", "note", "--fail-on" };
    postvet_status status = read_one(use, 0, "base", base, err);
    if (status == POSTVET_OK)
        status = read_one(use, 1, "nearest", nearest, err);
    const postvet_config_layer layers[] = { { use->files[0], 0 }, { use->files[1], 1 } };
    options.layers = layers;
    options.layer_count = 2;
    options.overrides = &override;
    options.override_count = 1;
    if (status == POSTVET_OK)
        status = postvet_config_new(&options, &use->config, err);
    rules.config = use->config; /* its packs are of files, and left out */
    if (status == POSTVET_OK)
        status = postvet_ruleset_new(&rules, &use->ruleset, err);
    if (status == POSTVET_OK)
        status = postvet_scanner_new(use->ruleset, &use->scanner, err);
    scan.path = "/home/a/b.md";
    if (status == POSTVET_OK)
        status = postvet_scan(use->scanner, draft, strlen(draft), &scan, &use->result, err);
    return status;
}

static void release(struct use *use)
{
    postvet_result_free(use->result);
    postvet_scanner_free(use->scanner);
    postvet_ruleset_free(use->ruleset);
    postvet_config_free(use->config);
    postvet_config_file_free(use->files[0]);
    postvet_config_file_free(use->files[1]);
}

static void configuration_survives(void **state)
{
    size_t failing = 1;
    (void)state;
    for (bool got_through = false; !got_through; failing++) {
        struct use use = { .config = NULL };
        postvet_error err = { .status = POSTVET_OK };
        fail_alloc_start(failing, 1);
        const postvet_status status = use_all(&use, &err);
        got_through = fail_alloc_stop() < failing;
        if (status != POSTVET_OK) { /* PCRE2 may do without what it did not get */
            assert_int_equal(status, POSTVET_ERR_NOMEM);
            assert_string_equal(err.message, "There is not enough memory.");
            assert_false(got_through);
        }
        if (got_through) {
            assert_int_equal(postvet_result_suppressed_count(use.result), 1);
            assert_true(postvet_result_count(use.result) > 0);
        }
        release(&use);
    }
    assert_true(failing > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(configuration_survives) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
