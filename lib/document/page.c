/* page.c: words are escaped only where they would else be read as markup, so that a line can be
 * shown as it is: "A&E" and "5 < 6" stay. The word "postvet-" is escaped as well, so that nothing
 * in a document is a directive: it could not be seen there, and speaks of lines that the document
 * has not. */
#include "document/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "text/ascii.h"

/* How far ahead the twin of a line is looked for. */
enum { TWINS_AHEAD = 64 };

static const struct tags {
    const char *open, *close;
} tags[] = {
    [PV_LINE_PARAGRAPH] = { "<p>", "</p>" },
    [PV_LINE_HEADING] = { "<h1>", "</h1>" },
    [PV_LINE_QUOTATION] = { "<blockquote>", "</blockquote>" },
    [PV_LINE_CELL] = { "<td>", "</td>" },
    [PV_LINE_COMMENT] = { "<!-- ", " -->" },
    [PV_LINE_LINK] = { "<a href=\"", "\"></a>" },
    [PV_LINE_ALT] = { "<img alt=\"", "\">" },
};

bool pv_page_fail(struct postvet_document *page, postvet_status status, const char *message)
{
    if (!page->failed)
        page->status = pv_error_set(page->err, status, NULL, 0, 0, "%s", message);
    page->failed = true;
    return false;
}

bool pv_page_over(
    struct postvet_document *page, const char *before, size_t limit, const char *behind)
{
    char message[sizeof page->err->message];
    snprintf(message, sizeof message, "%s%zu%s", before, limit, behind);
    return pv_page_fail(page, POSTVET_ERR_LIMIT, message);
}

bool pv_page_nomem(struct postvet_document *page)
{
    return pv_page_fail(
        page, POSTVET_ERR_NOMEM, "could not be read, because there is not enough memory");
}

bool pv_page_recover(struct postvet_document *page, const char *sentence)
{
    if (page->status == POSTVET_ERR_NOMEM)
        return false;
    page->failed = false;
    page->has_twin = false;
    page->tables_opened = 0;
    while (page->tables_open > 0)
        if (!pv_page_close_table(page))
            return false;
    return pv_page_gap(page, sentence);
}

bool pv_page_unpacked(struct postvet_document *page, size_t len)
{
    page->unpacked += len;
    const size_t most = page->limits.unpacked_max;
    if (page->unpacked <= most)
        return true;
    if (most == POSTVET_DOCUMENT_UNPACKED_MAX)
        return pv_page_fail(
            page, POSTVET_ERR_LIMIT, "unpacks to more than 64 MiB, the most that postvet checks");
    return pv_page_over(page, "unpacks to more than ", most / 1024, " KiB, as its limit is here");
}

size_t pv_page_count(const struct postvet_document *page)
{
    return PV_BUF_COUNT(&page->places, postvet_place);
}

const char *pv_page_name(struct postvet_document *page, const char *format, ...)
{
    char name[256];
    va_list args;
    va_start(args, format);
    const int len = vsnprintf(name, sizeof name, format, args);
    va_end(args);
    const char *const copy =
        len < 0 || page->failed ? NULL : pv_arena_strndup(&page->arena, name, strlen(name));
    if (!copy)
        pv_page_nomem(page);
    return copy;
}

const char *pv_page_keep(struct postvet_document *page, const char *text, size_t len)
{
    const char *const copy = text ? pv_arena_strndup(&page->arena, text, len) : NULL;
    if (text && !copy)
        pv_page_nomem(page);
    return copy;
}

bool pv_page_gap(struct postvet_document *page, const char *sentence)
{
    const char *const *const reasons = PV_BUF_ITEMS(&page->reasons, const char *const);
    if (page->failed)
        return false;
    for (size_t i = 0; i < PV_BUF_COUNT(&page->reasons, const char *); i++)
        if (strcmp(reasons[i], sentence) == 0)
            return true;
    return pv_buf_append(&page->reasons, &sentence, sizeof sentence) || pv_page_nomem(page);
}

/* -------------------------------------------------------------------- words */

/* Whether an ampersand may be the start of an entity: "&am", "&#3", but not "A&E". */
static bool starts_entity(const char *rest, size_t len)
{
    return len > 1 && (rest[1] == '#' || (len > 2 && pv_is_alnum(rest[1]) && pv_is_alnum(rest[2])));
}

static bool starts_tag(const char *rest, size_t len)
{
    return len > 1 && (pv_is_letter(rest[1]) || rest[1] == '/' || rest[1] == '!' || rest[1] == '?');
}

/* Whether the dash at text[at] makes "postvet-" of what is before it. */
static bool ends_directive_word(const char *text, size_t at)
{
    static const char word[] = "postvet";
    const size_t len = sizeof word - 1;
    if (at < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((text[at - len + i] | 0x20) != word[i])
            return false;
    return true;
}

/* What stands for text[at], or NULL when it stands for itself. */
static const char *escape(enum pv_line kind, const char *text, size_t len, size_t at)
{
    const bool is_value = kind == PV_LINE_LINK || kind == PV_LINE_ALT;
    switch (text[at]) {
    case '&':
        return starts_entity(text + at, len - at) ? "&amp;" : NULL;
    case '<':
        return starts_tag(text + at, len - at) ? "&lt;" : NULL;
    case '>':
        return kind == PV_LINE_COMMENT && at > 0 && text[at - 1] == '-' ? "&gt;" : NULL;
    case '"':
        return is_value ? "&quot;" : NULL;
    case '-':
        return ends_directive_word(text, at) ? "&#45;" : NULL;
    default:
        return NULL;
    }
}

/* Adds the words of [text, text + len), which neither begins nor ends with white space. */
static bool add_words(struct pv_buf *out, enum pv_line kind, const char *text, size_t len)
{
    size_t verbatim = 0; /* from here on nothing is added yet */
    for (size_t at = 0; at < len; at++) {
        const bool is_gap = pv_is_space(text[at]);
        const char *const instead = is_gap ? " " : escape(kind, text, len, at);
        if (!instead || (text[at] == ' ' && !pv_is_space(text[at + 1])))
            continue;
        if (!pv_buf_append(out, text + verbatim, at - verbatim) || !pv_buf_append_str(out, instead))
            return false;
        while (is_gap && pv_is_space(text[at + 1]))
            at++;
        verbatim = at + 1;
    }
    return pv_buf_append(out, text + verbatim, len - verbatim);
}

/* -------------------------------------------------------------------- lines */

void pv_page_begin_twin(struct postvet_document *page, size_t first)
{
    page->has_twin = true;
    page->twin = first;
    page->twin_end = pv_page_count(page);
}

void pv_page_end_twin(struct postvet_document *page)
{
    page->has_twin = false;
}

/* Whether a place of the twin says the same as `written`, the line just begun, as the same kind of
 * line; goes on behind it then. */
static bool repeats_twin(
    struct postvet_document *page, enum pv_line kind, const postvet_place *written)
{
    const postvet_place *const places = PV_BUF_ITEMS(&page->places, const postvet_place);
    const char *const text = page->text.data;
    const size_t tag_len = strlen(tags[kind].open);
    const size_t len = written->end - written->start;
    for (size_t i = page->twin; i < page->twin_end && i < page->twin + TWINS_AHEAD; i++)
        if (places[i].end - places[i].start == len && places[i].start >= tag_len
            && memcmp(
                   text + places[i].start - tag_len, text + written->start - tag_len, tag_len + len)
                   == 0) {
            page->twin = i + 1;
            return true;
        }
    return false;
}

static bool write_line(struct postvet_document *page, enum pv_line kind, const char *name,
    const char *text, size_t len)
{
    struct pv_buf *const out = &page->text;
    const size_t before = out->len;
    postvet_place place = { .name = name };
    for (size_t i = 0; i < page->tables_opened; i++)
        if (!pv_buf_append_str(out, "<table>"))
            return false;
    if (!pv_buf_append_str(out, tags[kind].open))
        return false;
    place.start = out->len;
    if (!add_words(out, kind, text, len))
        return false;
    place.end = out->len;
    if (page->has_twin && repeats_twin(page, kind, &place)) {
        out->len = before;
        return true;
    }
    page->tables_open += page->tables_opened;
    page->tables_opened = 0;
    return pv_buf_append_str(out, tags[kind].close) && pv_buf_append_byte(out, '\n')
           && pv_buf_append(&page->places, &place, sizeof place);
}

bool pv_page_line(struct postvet_document *page, enum pv_line kind, const char *name,
    const char *text, size_t len)
{
    while (len > 0 && pv_is_space(*text)) {
        text++;
        len--;
    }
    while (len > 0 && pv_is_space(text[len - 1]))
        len--;
    if (page->failed || !name)
        return false;
    if (len == 0)
        return true;
    if (!write_line(page, kind, name, text, len))
        return pv_page_nomem(page);
    if (pv_page_count(page) > POSTVET_DOCUMENT_PLACES_MAX)
        return pv_page_fail(page, POSTVET_ERR_LIMIT,
            "has more than 200000 paragraphs and the like, the most that postvet checks");
    if (page->text.len > POSTVET_TEXT_MAX)
        return pv_page_fail(page, POSTVET_ERR_LIMIT,
            "holds more than 64 MiB of text, the most that postvet checks");
    return true;
}

/* ------------------------------------------------------------------- tables */

void pv_page_open_table(struct postvet_document *page)
{
    page->tables_opened++;
}

bool pv_page_close_table(struct postvet_document *page)
{
    if (page->failed)
        return false;
    if (page->tables_opened > 0) { /* nothing was written in it */
        page->tables_opened--;
        return true;
    }
    page->tables_open--;
    page->text.len--; /* behind the words, on their line */
    return pv_buf_append_str(&page->text, "</table>\n") || pv_page_nomem(page);
}
