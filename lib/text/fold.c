/* fold.c: the folded view. Words of ASCII are carried over as they are. Any other letter is first
 * looked up in the table of look-alikes, which also knows the letters of European names; only what
 * it does not know goes through libunistring: decomposed, case-folded, without its marks, and each
 * piece looked up again. */
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <uninorm.h>

#include "text/chars.h"
#include "text/latin.h"
#include "text/utf8.h"
#include "text/work.h"

/* Code points that one code point folds to: at most 18 by NFKD, three times that by case. */
#define FOLD_MAX 64

/* Appends what a look-alike stands for. 0 when the code point is none. */
static size_t encode_confusable(uint32_t c, char *out)
{
    const struct pv_confusable *const entry = pv_confusable_find(c);
    size_t len = 0;
    while (entry && len < sizeof entry->as && entry->as[len]) {
        out[len] = entry->as[len];
        len++;
    }
    return len;
}

/* Folds a code point that is no look-alike. `out` has room for FOLD_MAX code points. */
static size_t fold_by_unicode(struct pv_unicode *unicode, uint32_t c, char *out)
{
    uint32_t room[FOLD_MAX];
    size_t count = FOLD_MAX, len = 0;
    unicode->calls++;
    uint32_t *const codes = u32_casefold(&c, 1, NULL, UNINORM_NFKD, room, &count);
    if (!codes || codes != room) {
        free(codes);
        unicode->failed = true;
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (pv_is_mark(unicode, codes[i]))
            continue;
        const size_t alike = codes[i] < 0x80 ? 0 : encode_confusable(codes[i], out + len);
        len += alike ? alike : pv_utf8_encode(codes[i], out + len);
    }
    return len;
}

/* Signs and emoji, which have no case and no marks. */
static bool is_sign(uint32_t c)
{
    return c == PV_REPLACEMENT || c == 0xA3 || (c >= 0x2010 && c <= 0x20CF)
           || (c >= 0x2190 && c <= 0x245F) || (c >= 0x2500 && c <= 0x2BFF)
           || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x1F000 && c <= 0x1FAFF);
}

static bool add_run(struct pv_buf *bytes, struct pv_buf *runs, const char *text, size_t len,
    size_t origin, size_t origin_len)
{
    const bool verbatim = text == NULL; /* the caller's sign that nothing changed */
    return len == 0 || pv_runs_add(runs, bytes->len, len, origin, origin_len, verbatim);
}

struct folding {
    struct pv_buf *bytes, *runs; /* runs may be NULL */
    struct pv_unicode unicode;
};

/* Folds the character at text[from], which is not ASCII. Returns where it ends, or 0. */
static size_t fold_one(struct folding *f, const char *text, size_t len, size_t from)
{
    uint32_t c = 0;
    const size_t size = pv_utf8_decode(text + from, len - from, &c);
    if (size == 0)
        return from + 1; /* the plain view is valid; a term may not be */
    char out[FOLD_MAX * PV_UTF8_MAX];
    size_t out_len = encode_confusable(c, out);
    bool changed = out_len > 0;
    if (!changed && is_sign(c)) {
        out_len = pv_utf8_encode(c, out);
    } else if (!changed && !pv_is_mark(&f->unicode, c)) {
        out_len = fold_by_unicode(&f->unicode, c, out);
        changed = out_len != size || memcmp(out, text + from, size) != 0;
    }
    if (f->unicode.failed
        || (f->runs && !add_run(f->bytes, f->runs, changed ? out : NULL, out_len, from, size))
        || !pv_buf_append(f->bytes, out, out_len))
        return 0;
    return from + size;
}

static bool fold_all(struct folding *f, const char *text, size_t len)
{
    for (size_t from = 0; from < len;) {
        size_t end = from;
        while (end < len && !pv_is_high(text[end]))
            end++;
        if (f->runs && !add_run(f->bytes, f->runs, NULL, end - from, from, end - from))
            return false;
        if (!pv_buf_append(f->bytes, text + from, end - from))
            return false;
        from = end < len ? fold_one(f, text, len, end) : len;
        if (from == 0)
            return false;
    }
    return true;
}

static bool is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (pv_is_high(text[i]))
            return false;
    return true;
}

static bool share_plain(struct pv_text *text, struct pv_buf *runs)
{
    if (text->plain.len > 0 && !pv_runs_add(runs, 0, text->plain.len, 0, text->plain.len, true))
        return false;
    text->folded.bytes = text->plain.bytes;
    text->folded.len = text->plain.len;
    return true;
}

bool pv_fold_view(struct pv_text *text)
{
    struct pv_buf *const bytes = &text->work->folded, *const runs = &text->work->folded_runs;
    pv_buf_clear(bytes);
    pv_buf_clear(runs);
    if (is_ascii(text->plain.bytes, text->plain.len)) {
        if (!share_plain(text, runs))
            return false;
    } else {
        struct folding f = { .bytes = bytes, .runs = runs };
        const bool done = fold_all(&f, text->plain.bytes, text->plain.len);
        text->unicode_calls += f.unicode.calls;
        if (!done)
            return false;
        text->folded.bytes = bytes->data;
        text->folded.len = bytes->len;
        text->copied += bytes->len;
    }
    text->folded.runs = PV_BUF_ITEMS(runs, const struct pv_run);
    text->folded.run_count = PV_BUF_COUNT(runs, struct pv_run);
    return true;
}

/* Brings a short string into canonical form, through a view of its own. */
static bool canonise(const char *text, size_t len, struct pv_layer *layer)
{
    const struct pv_run whole = { 0, 0, (uint32_t)len, true };
    const struct pv_view view = { text, len, &whole, len > 0 };
    struct pv_unicode unicode = { 0 };
    struct pv_build b;
    pv_build_start(&b, &view, layer, NULL);
    pv_chars_write(&b, &unicode, 0, len);
    pv_build_finish(&b);
    return !b.failed && !unicode.failed;
}

bool pv_text_fold(const char *text, size_t len, struct pv_buf *out)
{
    struct pv_layer layer = { 0 };
    const size_t start = out->len;
    struct folding f = { .bytes = out };
    bool done = false;
    if (is_ascii(text, len))
        done = pv_buf_append(out, text, len);
    else
        done = canonise(text, len, &layer) && fold_all(&f, layer.bytes.data, layer.bytes.len);
    for (size_t i = start; i < out->len; i++)
        out->data[i] = pv_fold_ascii(out->data[i]);
    pv_layer_release(&layer);
    return done;
}
