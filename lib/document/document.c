/* document.c: the public functions. A document is the page that was written of it. */
#include <postvet/document.h>

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/limit.h"
#include "document/mail.h"
#include "document/office.h"

static const char zip_magic[] = { 'P', 'K', 3, 4 };

static bool read_any(postvet_document *document, const char *bytes, size_t len)
{
    if (len > POSTVET_TEXT_MAX)
        return pv_page_fail(
            document, POSTVET_ERR_LIMIT, "is larger than 64 MiB, the most that postvet checks");
    if (len >= sizeof zip_magic && memcmp(bytes, zip_magic, sizeof zip_magic) == 0)
        return pv_office_read(document, "", bytes, len);
    return pv_mail_read(document, bytes, len);
}

/* The options with each limit filled in. */
static postvet_document_options limits_of(const postvet_document_options *o)
{
    return (postvet_document_options){
        .version = o->version,
        .unpacked_max = pv_limit(o->unpacked_max, POSTVET_DOCUMENT_UNPACKED_MAX),
        .ratio_max = pv_limit(o->ratio_max, POSTVET_DOCUMENT_RATIO_MAX),
        .entries_max = pv_limit(o->entries_max, POSTVET_DOCUMENT_ENTRIES_MAX),
        .depth_max = pv_limit(o->depth_max, POSTVET_DOCUMENT_DEPTH_MAX),
        .parts_max = pv_limit(o->parts_max, POSTVET_DOCUMENT_PARTS_MAX),
    };
}

postvet_status postvet_document_new(const char *bytes, size_t len,
    const postvet_document_options *options, postvet_document **out, postvet_error *err)
{
    const postvet_document_options defaults = POSTVET_DOCUMENT_OPTIONS_INIT;
    const postvet_document_options *const o = options ? options : &defaults;
    if (o->version != POSTVET_DOCUMENT_OPTIONS_VERSION)
        return pv_error_set(err, POSTVET_ERR_ARGUMENT, NULL, 0, 0,
            "could not be read: the options have a version that this library does not know");
    postvet_document *const document = calloc(1, sizeof *document);
    if (!document)
        return pv_error_set(err, POSTVET_ERR_NOMEM, NULL, 0, 0,
            "could not be read, because there is not enough memory");
    document->err = err;
    document->limits = limits_of(o);
    if (read_any(document, len ? bytes : "", len) && !pv_buf_append_byte(&document->text, '\0'))
        pv_page_nomem(document);
    document->err = NULL;
    if (document->failed) {
        const postvet_status status = document->status;
        postvet_document_free(document);
        return status;
    }
    *out = document;
    return POSTVET_OK;
}

void postvet_document_free(postvet_document *document)
{
    if (!document)
        return;
    pv_buf_release(&document->text);
    pv_buf_release(&document->places);
    pv_buf_release(&document->reasons);
    pv_arena_release(&document->arena);
    free(document);
}

const char *postvet_document_format(const postvet_document *document)
{
    return document->format;
}

const char *postvet_document_text(const postvet_document *document)
{
    return document->text.data;
}

size_t postvet_document_len(const postvet_document *document)
{
    return document->text.len - 1; /* without the NUL */
}

size_t postvet_document_place_count(const postvet_document *document)
{
    return pv_page_count(document);
}

const postvet_place *postvet_document_place_at(const postvet_document *document, size_t index)
{
    return index < pv_page_count(document)
               ? &PV_BUF_ITEMS(&document->places, const postvet_place)[index]
               : NULL;
}

/* Whether a byte behind the words of a place is on a later line: in the markup before the words of
 * the next. */
static bool is_past(const postvet_document *document, const postvet_place *place, size_t byte)
{
    return byte > place->end && byte < document->text.len
           && memchr(document->text.data + place->end, '\n', byte - place->end);
}

const postvet_place *postvet_document_place(const postvet_document *document, size_t byte)
{
    const postvet_place *const places = PV_BUF_ITEMS(&document->places, const postvet_place);
    const size_t count = pv_page_count(document);
    size_t low = 0, high = count;
    while (low < high) { /* the first whose words begin behind the byte */
        const size_t middle = low + (high - low) / 2;
        if (places[middle].start > byte)
            high = middle;
        else
            low = middle + 1;
    }
    if (low > 0 && (low == count || !is_past(document, &places[low - 1], byte)))
        low--;
    return postvet_document_place_at(document, low);
}

size_t postvet_document_incomplete_count(const postvet_document *document)
{
    return PV_BUF_COUNT(&document->reasons, const char *);
}

const char *postvet_document_incomplete_at(const postvet_document *document, size_t index)
{
    return index < postvet_document_incomplete_count(document)
               ? PV_BUF_ITEMS(&document->reasons, const char *const)[index]
               : NULL;
}
