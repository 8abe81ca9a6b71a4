/* test_pack_memory.c: a pack and a profile read with allocation 1, 2, 3 and so on failing. Each
 * time the call says so and leaks nothing (AddressSanitizer sees to that), until it gets through.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fail_alloc.h"
#include "pack/pack.h"

static const char pack[] =
    "pack: p\ntitle: P\nversion: 1.0.0\nfragments:\n  - {id: f, pattern: x}\n"
    "lists:\n  - {id: l, entries: [a, b]}\ncues:\n  - {id: c, terms: [d, e], where: [{check: g}]}\n"
    "  - id: any\n    any: [c]\nrules:\n  - id: r\n    title: R\n    severity: error\n"
    "    confidence: high\n    find: {patterns: [h, i], skip: [url]}\n    when: {kind: [post]}\n"
    "    near: [{any: [c, any]}]\n    adjust: [{near: [{cue: c}], severity: note}]\n"
    "    message: |\n      m\n    advice: \"a\\n\"\n    cites: [A 5.15]\n"
    "    tests: {match: ['[[h]]'], no-match: [j]}\n"
    "  - id: s\n    title: S\n    severity: note\n    confidence: low\n"
    "    missing: {have: [c], lack: [any]}\n    message: m\n    advice: a\n    cites: [B 1]\n"
    "    tests: {match: [x], no-match: [y]}\n";

static const char profile[] =
    "profile: p\ntitle: P\ndocument: D\nlists:\n  - {id: phones, entries: [01632 960000]}\n"
    "wording:\n  - {key: trust, text: t}\nseverity:\n  - {rule: r, severity: off}\n"
    "sections:\n  - {section: 4.2, rules: [r]}\n";

/* Parses and frees. */
static postvet_status parse_pack(struct pv_report *report)
{
    struct pv_pack_file *file = NULL;
    const postvet_status status = pv_pack_parse("p", pack, strlen(pack), report, &file);
    assert_int_equal(file != NULL, status == POSTVET_OK);
    pv_pack_file_free(file);
    return status;
}

static postvet_status parse_profile(struct pv_report *report)
{
    struct pv_profile_file *file = NULL;
    const postvet_status status = pv_profile_parse("p", profile, strlen(profile), report, &file);
    assert_int_equal(file != NULL, status == POSTVET_OK);
    pv_profile_file_free(file);
    return status;
}

static void survives(postvet_status (*parse)(struct pv_report *), size_t at_least)
{
    size_t failing = 1;
    for (bool got_through = false; !got_through; failing++) {
        postvet_error first = { .status = POSTVET_OK };
        struct pv_report report = { .first = &first };
        fail_alloc_start(failing, 1);
        const postvet_status status = parse(&report);
        got_through = fail_alloc_stop() < failing;
        assert_int_equal(status, got_through ? POSTVET_OK : POSTVET_ERR_NOMEM);
        assert_int_equal(first.status, status);
        assert_int_equal(report.count, got_through ? 0 : 1);
        if (!got_through)
            assert_string_equal(first.message, "There is not enough memory.");
    }
    assert_true(failing > at_least);
}

static void pack_survives(void **state)
{
    (void)state;
    survives(parse_pack, 100);
}

static void profile_survives(void **state)
{
    (void)state;
    survives(parse_profile, 30);
}

static void file_survives(void **state)
{
    (void)state;
    postvet_status status = POSTVET_ERR_NOMEM;
    for (size_t failing = 1; status != POSTVET_OK; failing++) {
        struct pv_report report = { 0 };
        char *text = NULL;
        size_t len = 0;
        fail_alloc_start(failing, 1);
        status = pv_file_read(POSTVET_RULES "/schema/pack.json", SIZE_MAX, &report, &text, &len);
        (void)fail_alloc_stop();
        assert_true(status == POSTVET_OK || status == POSTVET_ERR_NOMEM);
        assert_int_equal(text != NULL, status == POSTVET_OK);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pack_survives),
        cmocka_unit_test(profile_survives),
        cmocka_unit_test(file_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
