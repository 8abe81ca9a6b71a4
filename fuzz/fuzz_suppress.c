/* fuzz_suppress.c: any bytes are a draft with directives. A small pack, so that directives and not
 * rules take the time. No directive hides anything: each finding that stands without suppressions
 * either stands, or is set aside, or gives way to one at its place that cannot be; what could not
 * be read is told the same; and of what cannot be suppressed nothing is. Copies can be made of all.
 */
#include <string.h>

#include <postvet/postvet.h>

#include "fuzz.h"

#define RULE(id, pattern, suppressible)                                                            \
    "  - id: " id                                                                                  \
    "\n    title: T\n    severity: warning\n    confidence: low\n    find: {pattern: '" pattern    \
    "'}\n    message: m\n    advice: a\n    cites: [A 1]\n    suppressible: " suppressible         \
    "\n    tests: {match: [x], no-match: [y]}\n"

static postvet_ruleset *ruleset;
static postvet_scanner *scanner;

static void set_up(void)
{
    static const char pack[] = "pack: p\ntitle: P\nversion: 1.0.0\nrules:\n" RULE(
        "plum", "plums?|943 476 5919", "with-reason") RULE("pear", "a pear|plums", "with-reason")
        RULE("key", "key|ear", "never");
    const postvet_source source = { "p.yaml", pack, sizeof pack - 1 };
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    if (ruleset)
        return;
    options.without_default_packs = true;
    options.packs = &source;
    options.pack_count = 1;
    FUZZ_ASSERT(postvet_ruleset_new(&options, &ruleset, NULL) == POSTVET_OK);
    FUZZ_ASSERT(postvet_scanner_new(ruleset, &scanner, NULL) == POSTVET_OK);
}

static postvet_result *scan(const char *text, size_t len, const postvet_scan_options *options)
{
    postvet_result *result = NULL;
    FUZZ_ASSERT(postvet_scan(scanner, text, len, options, &result, NULL) == POSTVET_OK);
    return result;
}

static bool same(const postvet_finding *a, const postvet_finding *b)
{
    return strcmp(a->rule, b->rule) == 0 && a->start.byte == b->start.byte
           && a->end.byte == b->end.byte;
}

static bool is_accounted_for(const postvet_finding *finding, const postvet_result *result)
{
    for (size_t i = 0; i < postvet_result_suppressed_count(result); i++)
        if (same(finding, postvet_result_suppressed_at(result, i)->finding))
            return true;
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const other = postvet_result_at(result, i);
        if (same(finding, other)
            || (strcmp(other->rule, "key") == 0 && other->start.byte < finding->end.byte
                && finding->start.byte < other->end.byte))
            return true;
    }
    return false;
}

static void check_suppressed(const postvet_result *result, size_t len)
{
    for (size_t i = 0; i < postvet_result_suppressed_count(result); i++) {
        const postvet_suppression *const s = postvet_result_suppressed_at(result, i);
        FUZZ_ASSERT(strcmp(s->finding->rule, "key") != 0 && *s->reason && *s->file == '\0');
        FUZZ_ASSERT(s->start.byte < s->end.byte && s->end.byte <= len);
    }
    for (size_t i = 0; i < postvet_result_notice_count(result); i++) {
        const postvet_notice *const n = postvet_result_notice_at(result, i);
        FUZZ_ASSERT(n->start.byte < n->end.byte && n->end.byte <= len && *n->message);
        FUZZ_ASSERT(n->start.line >= 1 && n->start.line <= n->end.line);
    }
}

static void check_copies(const char *text, size_t len, const postvet_scan_options *options)
{
    postvet_copy *clean = NULL, *redacted = NULL;
    FUZZ_ASSERT(postvet_clean(scanner, text, len, options, &clean, NULL) == POSTVET_OK);
    FUZZ_ASSERT(postvet_copy_len(clean) <= len);
    FUZZ_ASSERT(postvet_copy_changes(clean) || postvet_copy_len(clean) == len);
    FUZZ_ASSERT(postvet_redact(scanner, text, len, options, &redacted, NULL) == POSTVET_OK);
    postvet_copy_free(clean);
    postvet_copy_free(redacted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    if (size == 0)
        return 0;
    set_up();
    options.markup = (postvet_markup)(data[0] & 3u);
    const char *const text = (const char *)data + 1;
    postvet_result *const result = scan(text, size - 1, &options);
    options.no_suppressions = true;
    postvet_result *const all = scan(text, size - 1, &options);
    FUZZ_ASSERT(postvet_result_suppressed_count(all) == 0);
    FUZZ_ASSERT(postvet_result_complete(all) == postvet_result_complete(result));
    for (size_t i = 0; i < postvet_result_count(all); i++)
        FUZZ_ASSERT(is_accounted_for(postvet_result_at(all, i), result));
    check_suppressed(result, size - 1);
    check_copies(text, size - 1, &options);
    postvet_result_free(result);
    postvet_result_free(all);
    return 0;
}
