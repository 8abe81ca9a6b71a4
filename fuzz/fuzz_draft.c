/* fuzz_draft.c: any bytes are a draft. The first byte chooses the options, the rest is scanned with
 * the default packs, by a scanner that has read other drafts and by a new one, with the same
 * findings. What takes longer is tried on some of the inputs, which their hash chooses, so that the
 * others are many: a scan without gates has the same findings, an identifier behind the draft is
 * masked, a redacted copy has nothing more to redact. What replays a corpus tries all of it. */
#include <string.h>

#include <postvet/postvet.h>

#include "fuzz.h"

/* Kept from input to input: making them anew would take most of the time. */
static postvet_ruleset *ruleset;
static postvet_scanner *used;

static void set_up(void)
{
    postvet_error err;
    if (ruleset)
        return;
    FUZZ_ASSERT(postvet_ruleset_new(NULL, &ruleset, &err) == POSTVET_OK);
    FUZZ_ASSERT(postvet_scanner_new(ruleset, &used, &err) == POSTVET_OK);
}

static postvet_scan_options options_from(uint8_t byte)
{
    postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
    options.markup = (postvet_markup)(byte & 3u);
    options.voice = (postvet_voice)(byte >> 2 & 1u);
    options.kind = (postvet_kind)((byte >> 3 & 3u) % 3u);
    options.today = byte & 0x20u ? 20250601u : 0;
    options.show_matches = (byte & 0x40u) != 0;
    return options;
}

static postvet_result *scan(
    postvet_scanner *scanner, const char *text, size_t len, const postvet_scan_options *options)
{
    postvet_result *result = NULL;
    postvet_error err;
    FUZZ_ASSERT(postvet_scan(scanner, text, len, options, &result, &err) == POSTVET_OK);
    return result;
}

/* In UTF-8, a span starts and ends at a character. */
static bool cuts_character(const char *text, size_t len, size_t at)
{
    return at < len && ((unsigned char)text[at] & 0xC0u) == 0x80u;
}

static void check_finding(
    const postvet_result *result, const postvet_finding *finding, const char *text, size_t len)
{
    FUZZ_ASSERT(finding->start.byte <= finding->end.byte && finding->end.byte <= len);
    FUZZ_ASSERT(finding->start.line >= 1 && finding->start.column >= 1);
    FUZZ_ASSERT(finding->start.line <= finding->end.line);
    FUZZ_ASSERT(finding->severity >= POSTVET_NOTE && finding->severity <= POSTVET_ERROR);
    FUZZ_ASSERT(finding->message[0] && finding->advice[0] && finding->rule[0]);
    if (postvet_result_complete(result)) {
        FUZZ_ASSERT(!cuts_character(text, len, finding->start.byte));
        FUZZ_ASSERT(!cuts_character(text, len, finding->end.byte));
    }
}

static void check_verdict(const postvet_result *result)
{
    int gravest = 0;
    for (size_t i = 0; i < postvet_result_count(result); i++)
        if ((int)postvet_result_at(result, i)->severity > gravest)
            gravest = (int)postvet_result_at(result, i)->severity;
    const postvet_verdict verdict = postvet_result_verdict(result);
    FUZZ_ASSERT((verdict == POSTVET_BLOCK) == (gravest == POSTVET_ERROR));
    FUZZ_ASSERT((verdict == POSTVET_REVIEW) == (gravest == POSTVET_WARNING));
    FUZZ_ASSERT(verdict != POSTVET_CLEAR || postvet_result_complete(result));
    FUZZ_ASSERT((postvet_result_incomplete_count(result) == 0) == postvet_result_complete(result));
}

static void check_result(const postvet_result *result, const char *text, size_t len)
{
    size_t last = 0;
    for (size_t i = 0; i < postvet_result_count(result); i++) {
        const postvet_finding *const finding = postvet_result_at(result, i);
        FUZZ_ASSERT(finding->start.byte >= last);
        last = finding->start.byte;
        check_finding(result, finding, text, len);
    }
    FUZZ_ASSERT(!postvet_result_at(result, postvet_result_count(result)));
    check_verdict(result);
}

static void check_same(const postvet_result *a, const postvet_result *b)
{
    FUZZ_ASSERT(postvet_result_count(a) == postvet_result_count(b));
    for (size_t i = 0; i < postvet_result_count(a); i++) {
        const postvet_finding *const x = postvet_result_at(a, i);
        const postvet_finding *const y = postvet_result_at(b, i);
        FUZZ_ASSERT(strcmp(x->rule, y->rule) == 0 && strcmp(x->excerpt, y->excerpt) == 0);
        FUZZ_ASSERT(x->start.byte == y->start.byte && x->end.byte == y->end.byte);
        FUZZ_ASSERT(x->severity == y->severity && x->confidence == y->confidence);
    }
}

/* Without gates all patterns run everywhere; that may be too much work, and then tells nothing. */
static void check_ungated(
    const postvet_result *gated, const char *text, size_t len, const postvet_scan_options *options)
{
    postvet_scan_options all = *options;
    all.ungated = true;
    postvet_result *const result = scan(used, text, len, &all);
    if (postvet_result_complete(result) && postvet_result_complete(gated))
        check_same(gated, result);
    postvet_result_free(result);
}

/* Behind the draft, in a line of its own; whether it is found depends on what stands before it. */
static void check_masked(const char *text, size_t len, const postvet_scan_options *options)
{
    static const char planted[] = "\n\nNHS number 943 476 5919\n";
    postvet_scan_options masked = *options;
    char *const whole = malloc(len + sizeof planted);
    FUZZ_ASSERT(whole);
    memcpy(whole, text, len);
    memcpy(whole + len, planted, sizeof planted);
    masked.show_matches = false;
    postvet_result *const result = scan(used, whole, len + sizeof planted - 1, &masked);
    for (size_t i = 0; i < postvet_result_count(result); i++)
        if (postvet_result_at(result, i)->end.byte > len)
            FUZZ_ASSERT(!strstr(postvet_result_at(result, i)->excerpt, "476 5919"));
    postvet_result_free(result);
    free(whole);
}

static void check_redacted(const char *text, size_t len, const postvet_scan_options *options)
{
    postvet_copy *copy = NULL, *again = NULL;
    FUZZ_ASSERT(postvet_redact(used, text, len, options, &copy, NULL) == POSTVET_OK);
    FUZZ_ASSERT(
        postvet_redact(used, postvet_copy_text(copy), postvet_copy_len(copy), options, &again, NULL)
        == POSTVET_OK);
    if (postvet_result_complete(postvet_copy_result(copy)))
        FUZZ_ASSERT(postvet_copy_changes(again) == 0);
    postvet_copy_free(copy);
    postvet_copy_free(again);
}

/* FNV-1a. */
static unsigned hash_of(const uint8_t *data, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ data[i]) * 16777619u;
    return hash >> 16;
}

static void check_some(unsigned hash, const postvet_result *first, const char *text, size_t len,
    const postvet_scan_options *options)
{
    if (FUZZ_ALL || hash % 64 == 0)
        check_ungated(first, text, len, options);
    if (FUZZ_ALL || hash % 4 == 1)
        check_masked(text, len, options);
    if (FUZZ_ALL || hash % 4 == 2)
        check_redacted(text, len, options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    postvet_scanner *fresh = NULL;
    postvet_error err;
    if (size == 0)
        return 0;
    set_up();
    const postvet_scan_options options = options_from(data[0]);
    const char *const text = (const char *)data + 1;
    FUZZ_ASSERT(postvet_scanner_new(ruleset, &fresh, &err) == POSTVET_OK);
    postvet_result *const first = scan(used, text, size - 1, &options);
    postvet_result *const again = scan(fresh, text, size - 1, &options);
    check_result(first, text, size - 1);
    check_same(first, again);
    check_some(hash_of(data, size), first, text, size - 1, &options);
    postvet_result_free(first);
    postvet_result_free(again);
    postvet_scanner_free(fresh);
    return 0;
}
