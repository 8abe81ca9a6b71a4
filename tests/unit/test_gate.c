/* test_gate.c: the gates only skip work. Every labelled draft, and mutations of them, are scanned
 * with the gates and without: each finding, with its place, reasons and excerpt, is the same. The
 * mutations are the same on every run; a failure names the draft and the number of its mutation. */
#include <jansson.h>

#include "random.h"
#include "scan_support.h"

/* Mutations of each draft, and their bytes before they grow; PV_TEST_MUTATIONS in the environment
 * asks for more of them. */
#define MUTATIONS 3
#define MUTATION_BYTES 240u

struct fixture {
    postvet_ruleset *ruleset;
    postvet_scanner *gated, *ungated;
    size_t scans, found; /* scans, and those with findings */
};

/* ------------------------------------------------------------------ drafts */

/* Told each draft: where it comes from, its text and its options. */
typedef void draft_fn(struct fixture *f, const char *name, const char *text, size_t len,
    const postvet_scan_options *options);

static void each_line(struct fixture *f, const char *path, draft_fn *fn)
{
    struct pv_buf file = read_file(path);
    for (char *line = file.data; *line;) {
        char *const end = strchr(line, '\n');
        json_error_t error;
        json_t *const draft =
            json_loadb(line, end ? (size_t)(end - line) : strlen(line), JSON_ALLOW_NUL, &error);
        assert_non_null(draft);
        const json_t *const text = json_object_get(draft, "text");
        const char *const voice = json_string_value(json_object_get(draft, "voice"));
        const char *const kind = json_string_value(json_object_get(draft, "kind_of_draft"));
        postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
        options.voice =
            voice && strcmp(voice, "corporate") == 0 ? POSTVET_CORPORATE : POSTVET_PERSONAL;
        options.kind = !kind                          ? POSTVET_POST
                       : strcmp(kind, "reply") == 0   ? POSTVET_REPLY
                       : strcmp(kind, "profile") == 0 ? POSTVET_PROFILE
                                                      : POSTVET_POST;
        fn(f, json_string_value(json_object_get(draft, "id")), json_string_value(text),
            json_string_length(text), &options);
        json_decref(draft);
        line = end ? end + 1 : line + strlen(line);
    }
    pv_buf_release(&file);
}

/* ------------------------------------------------------------------ scans */

static void compare(struct fixture *f, const char *name, size_t mutation, const char *text,
    size_t len, const postvet_scan_options *options)
{
    postvet_scan_options free_options = *options;
    free_options.ungated = true;
    char *const gated = describe_scan(f->gated, text, len, options);
    char *const ungated = describe_scan(f->ungated, text, len, &free_options);
    f->scans++;
    f->found += gated[0] != '\0';
    if (strcmp(gated, ungated) != 0) {
        print_error("%s, mutation %zu: with the gates\n%swithout\n%sof\n%.*s\n", name, mutation,
            gated, ungated, (int)len, text);
        fail();
    }
    free(gated);
    free(ungated);
}

static void as_it_is(struct fixture *f, const char *name, const char *text, size_t len,
    const postvet_scan_options *options)
{
    compare(f, name, 0, text, len, options);
}

/* --------------------------------------------------------------- mutations */

/* What changes how words, numbers and gaps are read. */
static const char *const insertions[] = { " ", "  ", "\n", "\n\n", ".", ",", "-", "'", "_", "*",
    "**", "(", ")", "/", "0", "7", "s", "'s", "\xC2\xA0", "\xC2\xAD", "\xE2\x80\x8B",
    "\xE2\x80\x91", "\xE2\x80\x99", "\xCC\x81", "\xC3\xA9", "\xC5\xBF", "\xE2\x84\xAA",
    "\xEF\xBC\x91", "\xD9\xA3", "\xF0\x9D\x9F\x97", "\xFF", "&amp;", "&nbsp;", "<b>", "</b>",
    "<!-- ", " -->", "](", "`", "|", "# ", "> ", "http://", "nhs", " patient ", " ward " };

/* Letters and digits that are read as others; longest first in neither column. */
static const struct {
    char plain;
    const char *disguise;
} disguises[] = { { 'a', "@" }, { 'a', "\xD0\xB0" }, { 'e', "3" }, { 'i', "1" }, { 'o', "0" },
    { 's', "$" }, { 's', "\xC5\xBF" }, { 'k', "\xE2\x84\xAA" }, { 'o', "\xD0\xBE" }, { '0', "O" },
    { '1', "l" }, { '4', "\xEF\xBC\x94" }, { '5', "\xE2\x91\xA4" }, { '9', "\xD9\xA9" },
    { ' ', "\xE2\x80\x83" }, { '-', "\xE2\x80\x93" }, { '\'', "\xE2\x80\x99" } };

static void put(struct pv_buf *out, const char *bytes, size_t len)
{
    assert_true(pv_buf_append(out, bytes, len));
}

static void flip_cases(uint64_t *seed, struct pv_buf *text)
{
    const size_t odds = 1 + random_below(seed, 8);
    for (size_t i = 0; i < text->len; i++) {
        const char lower = (char)(text->data[i] | 0x20);
        if (lower >= 'a' && lower <= 'z' && random_below(seed, odds) == 0)
            text->data[i] = (char)(text->data[i] ^ 0x20);
    }
}

static void insert_marks(uint64_t *seed, struct pv_buf *text)
{
    struct pv_buf out = { 0 };
    const size_t odds = 5 + random_below(seed, 60);
    for (size_t i = 0; i < text->len; i++) {
        put(&out, text->data + i, 1);
        if (random_below(seed, odds) == 0) {
            const char *const mark =
                insertions[random_below(seed, sizeof(insertions) / sizeof(insertions[0]))];
            put(&out, mark, strlen(mark));
        }
    }
    pv_buf_release(text);
    *text = out;
}

static void disguise(uint64_t *seed, struct pv_buf *text)
{
    struct pv_buf out = { 0 };
    const size_t odds = 1 + random_below(seed, 6);
    for (size_t i = 0; i < text->len; i++) {
        const size_t k = random_below(seed, sizeof(disguises) / sizeof(disguises[0]));
        if ((text->data[i] | 0x20) == (disguises[k].plain | 0x20) && random_below(seed, odds) == 0)
            put(&out, disguises[k].disguise, strlen(disguises[k].disguise));
        else
            put(&out, text->data + i, 1);
    }
    pv_buf_release(text);
    *text = out;
}

/* Takes a stretch out of the text and puts it, or one of the draft before, elsewhere. */
static void splice(uint64_t *seed, struct pv_buf *text, const struct pv_buf *other)
{
    struct pv_buf out = { 0 };
    const struct pv_buf *const from = other->len && random_below(seed, 2) ? other : text;
    if (!text->len)
        return;
    const size_t start = random_below(seed, from->len);
    const size_t len = 1 + random_below(seed, from->len - start);
    const size_t at = random_below(seed, text->len + 1);
    const size_t skip = random_below(seed, 1 + (text->len - at) / 4);
    put(&out, text->data, at);
    put(&out, from->data + start, len);
    put(&out, text->data + at + skip, text->len - at - skip);
    pv_buf_release(text);
    *text = out;
}

static struct pv_buf before; /* the draft before, for splices */

static void mutated(struct fixture *f, const char *name, const char *text, size_t len,
    const postvet_scan_options *options)
{
    const char *const more = getenv("PV_TEST_MUTATIONS");
    const size_t count = more ? strtoul(more, NULL, 10) : MUTATIONS;
    for (size_t i = 1; i <= count; i++) {
        /* The seed is the draft's own, so that a failure can be repeated alone. */
        uint64_t seed = (uint64_t)0x9E3779B97F4A7C15 * (i + 1);
        for (const char *c = name; *c; c++)
            seed = seed * 31 + (unsigned char)*c;
        struct pv_buf copy = { 0 };
        postvet_scan_options changed = *options;
        seed |= 1;
        const size_t start = len > MUTATION_BYTES ? random_below(&seed, len - MUTATION_BYTES) : 0;
        put(&copy, text + start, len < MUTATION_BYTES ? len : MUTATION_BYTES);
        for (size_t round = 1 + random_below(&seed, 3); round > 0; round--)
            switch (random_below(&seed, 4)) {
            case 0:
                flip_cases(&seed, &copy);
                break;
            case 1:
                insert_marks(&seed, &copy);
                break;
            case 2:
                disguise(&seed, &copy);
                break;
            default:
                splice(&seed, &copy, &before);
                break;
            }
        changed.markup = (postvet_markup)random_below(&seed, 4);
        changed.today = random_below(&seed, 2) ? 20250601 : 0;
        compare(f, name, i, copy.len ? copy.data : "", copy.len, &changed);
        pv_buf_release(&copy);
    }
    pv_buf_clear(&before);
    put(&before, text, len);
}

/* ------------------------------------------------------------------- tests */

static int set_up(void **state)
{
    static struct fixture f;
    postvet_error err;
    *state = &f;
    return postvet_ruleset_new(NULL, &f.ruleset, &err) != POSTVET_OK
           || postvet_scanner_new(f.ruleset, &f.gated, &err) != POSTVET_OK
           || postvet_scanner_new(f.ruleset, &f.ungated, &err) != POSTVET_OK;
}

static int tear_down(void **state)
{
    struct fixture *const f = *state;
    pv_buf_release(&before);
    postvet_scanner_free(f->gated);
    postvet_scanner_free(f->ungated);
    postvet_ruleset_free(f->ruleset);
    return 0;
}

static void every_draft(struct fixture *f, draft_fn *fn)
{
    static const char *const lines[] = { "posts", "more", "held" };
    static const char *const files[] = { "ward-story", "garden-news" };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        char path[512];
        snprintf(path, sizeof(path), "%s/corpus/%s.jsonl", POSTVET_TESTS, lines[i]);
        each_line(f, path, fn);
    }
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[512];
        const postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
        snprintf(path, sizeof(path), "%s/drafts/%s.md", POSTVET_TESTS, files[i]);
        struct pv_buf text = read_file(path);
        fn(f, files[i], text.data, text.len, &options);
        pv_buf_release(&text);
    }
}

static void drafts(void **state)
{
    struct fixture *const f = *state;
    every_draft(f, as_it_is);
    assert_true(f->scans > 300 && f->found > f->scans / 3);
}

static void mutations(void **state)
{
    struct fixture *const f = *state;
    f->scans = f->found = 0;
    every_draft(f, mutated);
    print_message("%zu mutations, %zu with findings\n", f->scans, f->found);
    assert_true(f->scans > 300 && f->found > f->scans / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drafts),
        cmocka_unit_test(mutations),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
