/* text.c: the way from the source to the views, stage by stage.
 *
 *   markup   source -> what is read, in blocks      (plain.c, markdown.c, html.c)
 *   chars    each character in canonical form       (chars.c)   only where some byte is not
 *   percent  "%20" beside digits in addresses      (percent.c) only where there is some
 *   latin    look-alikes in words with digits       (latin.c)   only where some byte is above ASCII
 *   digits   O, l and words that stand for digits   (digits.c)  only where there are some
 *   spots    scopes of URLs, file names, hashes     (spots.c)
 *   fold     the folded view                        (fold.c)
 *
 * A stage that has nothing to do is left out, so that plain ASCII prose goes through none of them
 * and the views are the source. Two layers take turns as what is read and what is written. */
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

#include "text/chars.h"
#include "text/digits.h"
#include "text/edits.h"
#include "text/html.h"
#include "text/latin.h"
#include "text/leet.h"
#include "text/markdown.h"
#include "text/percent.h"
#include "text/plain.h"
#include "text/rows.h"
#include "text/spots.h"
#include "text/utf8.h"
#include "text/work.h"

/* ----------------------------------------------------------------- scopes */

static const char *const scope_names[PV_SCOPE_COUNT] = {
    [PV_SCOPE_PROSE] = "prose",
    [PV_SCOPE_HEADING] = "heading",
    [PV_SCOPE_QUOTATION] = "quotation",
    [PV_SCOPE_CODE] = "code",
    [PV_SCOPE_URL] = "url",
    [PV_SCOPE_LINK_TITLE] = "link-title",
    [PV_SCOPE_ALT_TEXT] = "alt-text",
    [PV_SCOPE_ATTRIBUTE] = "attribute",
    [PV_SCOPE_COMMENT] = "comment",
    [PV_SCOPE_FRONT_MATTER] = "front-matter",
    [PV_SCOPE_FILE_NAME] = "file-name",
};

const char *pv_scope_name(enum pv_scope scope)
{
    return scope < PV_SCOPE_COUNT ? scope_names[scope] : NULL;
}

bool pv_scope_find(const char *name, enum pv_scope *scope)
{
    for (int i = 0; i < PV_SCOPE_COUNT; i++) {
        if (strcmp(name, scope_names[i]) == 0) {
            *scope = (enum pv_scope)i;
            return true;
        }
    }
    return false;
}

/* ---------------------------------------------------------------- lifetime */

static void release_work(struct pv_text_work *work)
{
    struct pv_buf *const buffers[] = { &work->folded, &work->folded_runs, &work->content,
        &work->content_runs, &work->leaves, &work->labels, &work->marks, &work->items,
        &work->delimiters, &work->brackets, &work->tags };
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        pv_buf_release(buffers[i]);
    pv_pairs_release(&work->pairs);
    pv_layer_release(&work->layers[0]);
    pv_layer_release(&work->layers[1]);
}

void pv_text_release(struct pv_text *text)
{
    if (text->work)
        release_work(text->work);
    free(text->work);
    *text = (struct pv_text){ 0 };
}

/* Forgets the former draft and keeps the memory. */
static void clear(struct pv_text *text)
{
    struct pv_text_work *const work = text->work;
    *text = (struct pv_text){ .spells = text->spells, .nesting_max = text->nesting_max };
    text->work = work;
    pv_pairs_clear(&work->pairs);
    pv_layer_clear(&work->layers[0]);
    pv_layer_clear(&work->layers[1]);
}

/* ------------------------------------------------------------------ stages */

/* Makes what a layer holds the plain view. */
static void use_layer(struct pv_text *text, const struct pv_layer *layer)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): made before the first stage */
    text->copied += layer->bytes.len;
    text->plain.bytes = layer->bytes.data;
    text->plain.len = layer->bytes.len;
    text->plain.runs = PV_BUF_ITEMS(&layer->runs, const struct pv_run);
    text->plain.run_count = PV_BUF_COUNT(&layer->runs, struct pv_run);
    text->blocks = PV_BUF_ITEMS(&layer->blocks, const struct pv_block);
    text->block_count = PV_BUF_COUNT(&layer->blocks, struct pv_block);
    text->scopes = PV_BUF_ITEMS(&layer->marks, const struct pv_scope_mark);
    text->scope_count = PV_BUF_COUNT(&layer->marks, struct pv_scope_mark);
}

/* The whole source after its byte order mark, as a view of itself. `run` must outlive it. */
static struct pv_view view_of_source(const struct pv_text *text, struct pv_run *run)
{
    const size_t bom = pv_utf8_bom(text->source, text->source_len);
    const size_t len = text->source_len - bom;
    *run = (struct pv_run){ 0, (uint32_t)bom, (uint32_t)len, true };
    return (struct pv_view){ text->source + bom, len, run, len > 0 };
}

static void find_invalid(struct pv_text *text)
{
    uint32_t c = 0;
    for (size_t i = 0, size; i < text->source_len; i += size) {
        size = 1;
        if ((unsigned char)text->source[i] < 0x80)
            continue;
        size = pv_utf8_decode(text->source + i, text->source_len - i, &c);
        if (size == 0) {
            text->invalid = true;
            text->invalid_at = i;
            return;
        }
    }
}

/* Plain prose: the plain view is the source. */
static bool share_source(struct pv_text *text, const struct pv_view *source)
{
    struct pv_layer *const layer = &text->work->layers[0];
    struct pv_run *const run = PV_BUF_PUSH(&layer->runs, struct pv_run);
    struct pv_scope_mark *const mark = PV_BUF_PUSH(&layer->marks, struct pv_scope_mark);
    if (!run || !mark || !pv_plain_find_blocks(source->bytes, source->len, &layer->blocks))
        return false;
    *run = source->runs[0];
    use_layer(text, layer);
    text->plain.bytes = source->bytes;
    text->plain.len = source->len;
    return true;
}

/* An HTML document or fragment, maybe with front matter before it. */
static void write_page(struct pv_build *b, struct pv_text_work *work)
{
    struct pv_html html;
    struct pv_span body;
    const size_t start = pv_front_matter(b->in->bytes, b->in->len, &body);
    if (start)
        pv_front_matter_write(b, body);
    pv_html_start(&html, b, &work->tags, true);
    pv_html_write(&html, start, b->in->len);
}

/* Whether the name ends with the extension, in any case. */
static bool has_extension(const char *name, const char *extension)
{
    const size_t len = strlen(name), ext_len = strlen(extension);
    for (size_t i = 0; i < ext_len && ext_len < len; i++)
        if (pv_fold_ascii(name[len - ext_len + i]) != extension[i])
            return false;
    return ext_len < len;
}

/* Whether the source starts like a page of HTML. A fragment is read just as well as Markdown. */
static bool starts_page(const struct pv_view *source)
{
    static const char *const starts[] = { "<!doctype html", "<html", "<head", "<body" };
    size_t at = 0;
    while (at < source->len && pv_is_space(source->bytes[at]))
        at++;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t n = 0;
        while (at + n < source->len && starts[i][n]
               && pv_fold_ascii(source->bytes[at + n]) == starts[i][n])
            n++;
        if (starts[i][n] == '\0')
            return true;
    }
    return false;
}

static postvet_markup guess_markup(const struct pv_view *source, const char *file_name)
{
    static const struct {
        const char *extension;
        postvet_markup markup;
    } known[] = { { ".md", POSTVET_MARKUP_MARKDOWN }, { ".markdown", POSTVET_MARKUP_MARKDOWN },
        { ".mdown", POSTVET_MARKUP_MARKDOWN }, { ".html", POSTVET_MARKUP_HTML },
        { ".htm", POSTVET_MARKUP_HTML }, { ".xhtml", POSTVET_MARKUP_HTML },
        { ".txt", POSTVET_MARKUP_PLAIN }, { ".text", POSTVET_MARKUP_PLAIN } };
    for (size_t i = 0; file_name && i < sizeof known / sizeof *known; i++)
        if (has_extension(file_name, known[i].extension))
            return known[i].markup;
    return starts_page(source) ? POSTVET_MARKUP_HTML : POSTVET_MARKUP_MARKDOWN;
}

static bool read_markup(struct pv_text *text, postvet_markup markup, const char *file_name)
{
    struct pv_run whole;
    const struct pv_view source = view_of_source(text, &whole);
    if (source.len == 0)
        return true;
    if (markup == POSTVET_MARKUP_AUTO)
        markup = guess_markup(&source, file_name);
    if (markup != POSTVET_MARKUP_HTML && pv_plain_is_prose(source.bytes, source.len))
        return share_source(text, &source);
    struct pv_text_work *const work = text->work;
    struct pv_build b;
    pv_build_start(&b, &source, &work->layers[0], &work->layers[1]);
    b.pairs = &work->pairs;
    work->nesting_max = text->nesting_max;
    work->too_deep = false;
    if (markup == POSTVET_MARKUP_MARKDOWN)
        pv_markdown_write(&b, work);
    else if (markup == POSTVET_MARKUP_HTML)
        write_page(&b, work);
    else
        pv_plain_write(&b, source.len);
    pv_build_finish(&b);
    text->too_deep = work->too_deep;
    pv_pairs_sort(&work->pairs);
    use_layer(text, &work->layers[0]);
    return !b.failed;
}

/* The layer that the plain view is not in. */
static struct pv_layer *other_layer(const struct pv_text *text)
{
    /* NOLINTBEGIN(clang-analyzer-core.NullDereference): made before the first stage */
    struct pv_layer *const layers = text->work->layers;
    return (const void *)text->plain.runs == (const void *)layers[0].runs.data ? &layers[1]
                                                                               : &layers[0];
    /* NOLINTEND(clang-analyzer-core.NullDereference) */
}

static bool is_canonical(const struct pv_view *view)
{
    for (size_t i = 0; i < view->len; i++)
        if (!pv_is_canonical(view->bytes[i]))
            return false;
    return true;
}

static size_t write_chars(struct pv_build *b, void *user, size_t from, size_t to)
{
    struct pv_unicode *const unicode = user;
    pv_chars_write(b, unicode, from, to);
    b->failed = b->failed || unicode->failed;
    return to;
}

static bool read_chars(struct pv_text *text)
{
    if (is_canonical(&text->plain))
        return true;
    struct pv_unicode unicode = { 0 };
    struct pv_layer *const out = other_layer(text);
    const bool done = pv_build_copy(text, out, write_chars, &unicode);
    text->unicode_calls += unicode.calls;
    use_layer(text, out);
    return done;
}

/* Edits in order, and how far they have been made. */
struct editing {
    const struct pv_edit *items;
    size_t count, next;
    const char *replacements;
};

static int compare_edits(const void *a, const void *b)
{
    const struct pv_edit *const x = a, *const y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

static size_t write_edited(struct pv_build *b, void *user, size_t from, size_t to)
{
    struct editing *const edits = user;
    for (; edits->next < edits->count; edits->next++) {
        const struct pv_edit *const edit = &edits->items[edits->next];
        if (edit->start >= to)
            break;
        pv_build_text(b, from, edit->start);
        pv_build_as(b, edit->start, edit->end, edits->replacements + edit->text, edit->len);
        from = edit->end;
    }
    if (from < to)
        pv_build_text(b, from, to);
    return from > to ? from : to;
}

/* Leaves out each that overlaps one before it; they are in order. A letter among figures may be
 * read by itself ("O" as a nought) and as a word of a number that is dictated. */
static size_t drop_overlaps(struct pv_edit *edits, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || edits[i].start >= edits[kept - 1].end)
            edits[kept++] = edits[i];
    return kept;
}

/* Makes the edits that a stage has found. */
static bool apply_edits(struct pv_text *text, struct pv_edits *found)
{
    struct editing edits = { .items = PV_BUF_ITEMS(found->items, const struct pv_edit),
        .count = PV_BUF_COUNT(found->items, struct pv_edit),
        .replacements = found->replacements->data };
    if (edits.count == 0)
        return true;
    qsort(found->items->data, edits.count, sizeof *edits.items, compare_edits);
    edits.count = drop_overlaps(PV_BUF_ITEMS(found->items, struct pv_edit), edits.count);
    struct pv_layer *const out = other_layer(text);
    const bool done = pv_build_copy(text, out, write_edited, &edits);
    use_layer(text, out);
    return done;
}

static struct pv_edits no_edits(struct pv_text *text)
{
    pv_buf_clear(&text->work->items);
    pv_buf_clear(&text->work->content);
    return (struct pv_edits){ &text->work->items, &text->work->content };
}

/* Adds the edits of one stretch, [from, to) of the view. False when out of memory. */
typedef bool find_edits(const char *s, size_t from, size_t to, struct pv_edits *edits);

/* A stage that looks at each block by itself. */
static bool edit_blocks(struct pv_text *text, find_edits *find)
{
    struct pv_edits edits = no_edits(text);
    for (size_t i = 0; i < text->block_count; i++)
        if (!find(text->plain.bytes, text->blocks[i].start, text->blocks[i].end, &edits))
            return false;
    return apply_edits(text, &edits);
}

static bool read_latin(struct pv_text *text)
{
    struct pv_edits edits = no_edits(text);
    struct pv_latin latin = { .spells = text->spells };
    for (size_t i = 0; i < text->block_count; i++)
        if (!pv_latin_find(
                &latin, text->plain.bytes, text->blocks[i].start, text->blocks[i].end, &edits))
            return false;
    text->is_disguised = latin.mixed;
    text->unicode_calls += latin.unicode.calls;
    return apply_edits(text, &edits);
}

/* Words with signs for letters are looked for in any case, and made plain when they are to be. */
static bool read_leet(struct pv_text *text)
{
    struct pv_edits edits = no_edits(text);
    for (size_t i = 0; i < text->block_count; i++)
        if (!pv_leet_find(text->plain.bytes, text->blocks[i].start, text->blocks[i].end, &edits))
            return false;
    text->is_disguised = text->is_disguised || edits.items->len > 0;
    return !text->spells || apply_edits(text, &edits);
}

/* Cells that hold one number are one block. */
static void join_rows(struct pv_text *text)
{
    struct pv_layer *const layers = text->work->layers;
    struct pv_layer *const layer = other_layer(text) == layers ? &layers[1] : layers;
    text->block_count = pv_rows_join(
        text->plain.bytes, PV_BUF_ITEMS(&layer->blocks, struct pv_block), text->block_count);
}

bool pv_text_read(struct pv_text *text, const char *source, size_t len, postvet_markup markup,
    const char *file_name)
{
    if (!text->work)
        text->work = calloc(1, sizeof *text->work);
    if (!text->work)
        return false;
    clear(text);
    if (len > POSTVET_TEXT_MAX) /* as if out of memory: offsets have 32 bits */
        return false;
    text->source = source ? source : ""; /* of no bytes */
    text->source_len = len;
    find_invalid(text);
    if (!read_markup(text, markup, file_name) || !read_chars(text)
        || !edit_blocks(text, pv_percent_find) || !read_latin(text)
        || !edit_blocks(text, pv_digits_find) || !read_leet(text)
        || !pv_spots_mark(text, &text->work->items, &text->work->marks) || !pv_fold_view(text)) {
        clear(text);
        return false;
    }
    join_rows(text);
    return true;
}

/* ------------------------------------------------------------------- spans */

/* Widens a span to whole characters. */
static struct pv_span whole_characters(const char *s, size_t len, struct pv_span span)
{
    uint32_t c = 0;
    for (size_t back = 1; back < PV_UTF8_MAX && back <= span.start; back++) {
        if (!pv_utf8_continues(s[span.start]) || span.start == len)
            break;
        if (pv_utf8_decode(s + span.start - back, len - (span.start - back), &c) > back) {
            span.start -= back;
            break;
        }
    }
    for (size_t back = 1; back < PV_UTF8_MAX && back <= span.end && span.end > span.start; back++) {
        const size_t size = pv_utf8_decode(s + span.end - back, len - (span.end - back), &c);
        if (size > back)
            span.end += size - back;
        if (size > 0)
            break;
    }
    return span;
}

/* The stretch below a view that a stretch of it came from. An empty one is a place. */
static struct pv_span span_below(const struct pv_view *view, struct pv_span span)
{
    size_t hint = 0;
    if (span.end > view->len)
        span.end = view->len;
    if (view->len == 0 || span.start >= span.end) {
        if (span.start >= view->len && view->len > 0) {
            const struct pv_span last = pv_runs_origin(view, view->len - 1, view->len, &hint);
            return (struct pv_span){ last.end, last.end };
        }
        if (view->len == 0)
            return (struct pv_span){ 0, 0 };
        const struct pv_span at = pv_runs_origin(view, span.start, span.start + 1, &hint);
        return (struct pv_span){ at.start, at.start };
    }
    return pv_runs_origin(view, span.start, span.end, &hint);
}

struct pv_span pv_text_source_span(const struct pv_text *text, struct pv_span plain)
{
    const struct pv_span span =
        whole_characters(text->source, text->source_len, span_below(&text->plain, plain));
    return text->work ? pv_pairs_grow(&text->work->pairs, span) : span;
}

struct pv_span pv_text_plain_span(const struct pv_text *text, struct pv_span folded)
{
    return whole_characters(text->plain.bytes, text->plain.len, span_below(&text->folded, folded));
}

/* ----------------------------------------------------------------- look-ups */

enum pv_scope pv_text_scope_at(const struct pv_text *text, size_t plain)
{
    size_t low = 0, high = text->scope_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (text->scopes[middle].start <= plain)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? text->scopes[low - 1].scope : PV_SCOPE_PROSE;
}

/* Runs are in the order of both views. */
size_t pv_text_folded_at(const struct pv_text *text, size_t plain)
{
    const struct pv_view *const v = &text->folded;
    size_t low = 0, high = v->run_count;
    if (v->bytes == text->plain.bytes)
        return plain;
    while (low < high) { /* the last run that starts at or before `plain` */
        const size_t middle = low + (high - low) / 2;
        if (v->runs[middle].origin <= plain)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low)
        return 0;
    const struct pv_run *const run = &v->runs[low - 1];
    const size_t next = low < v->run_count ? v->runs[low].start : v->len;
    if (run->verbatim && plain - run->origin <= run->origin_len)
        return run->start + (plain - run->origin);
    return plain > run->origin ? next : run->start;
}

size_t pv_text_block_at(const struct pv_text *text, size_t plain)
{
    size_t low = 0, high = text->block_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (text->blocks[middle].end <= plain)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
