/* xml.c: libxml2's SAX interface, pushed a piece at a time: no tree is built, so that memory does
 * not depend on what an element holds, and nothing recurses. No entity but the five of XML is
 * known: a document type is refused as soon as it begins. Parts are in UTF-8, as all programs write
 * them: so what is looked at before libxml2 reads it is what libxml2 reads. */
#include "document/xml.h"

#include <string.h>

#include <libxml/parser.h>

/* Bytes handed to the parser at once. */
enum { PIECE = 32 * 1024 };

struct reader {
    struct pv_story *story;
    pv_element_fn *on_element;
    void *user;
    xmlParserCtxtPtr parser;
    bool is_stopped;
};

static bool stop(struct reader *reader, postvet_status status, const char *message)
{
    pv_page_fail(reader->story->page, status, message);
    reader->is_stopped = true;
    return false;
}

/* --------------------------------------------------------------- attributes */

/* Attributes are runs of five pointers: local name, prefix, namespace, value, end of value. */
const char *pv_element_value_in(
    const struct pv_element *element, const char *space_end, const char *name, size_t *len)
{
    const xmlChar *const *attributes = element->attributes;
    for (size_t i = 0; i < element->attribute_count; i++, attributes += 5) {
        const char *const space = attributes[2] ? (const char *)attributes[2] : "";
        const size_t space_len = strlen(space), end_len = strlen(space_end);
        if (strcmp((const char *)attributes[0], name) != 0 || space_len < end_len
            || strcmp(space + space_len - end_len, space_end) != 0)
            continue;
        *len = (size_t)(attributes[4] - attributes[3]);
        return (const char *)attributes[3];
    }
    return NULL;
}

const char *pv_element_value(const struct pv_element *element, const char *name, size_t *len)
{
    return pv_element_value_in(element, "", name, len);
}

bool pv_element_has(const struct pv_element *element, const char *name, const char *value)
{
    size_t len = 0;
    const char *const found = pv_element_value(element, name, &len);
    return found && len == strlen(value) && memcmp(found, value, len) == 0;
}

/* ---------------------------------------------------------------- callbacks */

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
    int space_count, const xmlChar **spaces, int attribute_count, int default_count,
    const xmlChar **attributes)
{
    struct reader *const reader = user;
    const struct pv_element element = { (const char *)name, space ? (const char *)space : "",
        attributes, (size_t)attribute_count };
    (void)prefix;
    (void)space_count;
    (void)spaces;
    (void)default_count;
    if (reader->is_stopped)
        return;
    pv_story_open(reader->story);
    if (reader->story->depth > reader->story->page->limits.depth_max)
        stop(reader, POSTVET_ERR_LIMIT, "nests its parts deeper than any draft does");
    else
        reader->on_element(reader->story, &element, reader->user);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    struct reader *const reader = user;
    (void)name;
    (void)prefix;
    (void)space;
    if (!reader->is_stopped)
        pv_story_close(reader->story);
}

static void on_text(void *user, const xmlChar *text, int len)
{
    struct reader *const reader = user;
    if (!reader->is_stopped)
        pv_story_text(reader->story, (const char *)text, (size_t)len);
}

static void on_document_type(
    void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    struct reader *const reader = user;
    (void)name;
    (void)external;
    (void)system;
    stop(reader, POSTVET_ERR_SYNTAX,
        "declares a document type, as no word processor does, and is not read further");
    xmlStopParser(reader->parser);
}

/* --------------------------------------------------------------------- tags */

/* Where a search for `what` ends, behind it; or `len`. */
static size_t skip_past(const char *bytes, size_t len, size_t at, const char *what)
{
    const size_t what_len = strlen(what);
    for (; at + what_len <= len; at++) {
        const char *const hit = memchr(bytes + at, what[0], len - at - what_len + 1);
        if (!hit)
            break;
        at = (size_t)(hit - bytes);
        if (memcmp(hit, what, what_len) == 0)
            return at + what_len;
    }
    return len;
}

static bool starts_with(const char *bytes, size_t len, size_t at, const char *what)
{
    return len - at >= strlen(what) && memcmp(bytes + at, what, strlen(what)) == 0;
}

/* Where the tag at `at` ends, or `len`; adds up its attributes, each of which has a quoted value.
 */
static size_t skip_tag(const char *bytes, size_t len, size_t at, size_t *attributes)
{
    for (; at < len && bytes[at] != '>'; at++) {
        if (bytes[at] != '"' && bytes[at] != '\'')
            continue;
        const char *const end = memchr(bytes + at + 1, bytes[at], len - at - 1);
        if (!end)
            return len;
        at = (size_t)(end - bytes);
        ++*attributes;
    }
    return at;
}

/* Whether all tags have as many attributes as is allowed: libxml2 compares each with each. */
static bool has_few_attributes(const char *bytes, size_t len)
{
    for (size_t at = 0; at < len; at++) {
        const char *const tag = memchr(bytes + at, '<', len - at);
        size_t attributes = 0;
        if (!tag)
            return true;
        at = (size_t)(tag - bytes);
        if (starts_with(bytes, len, at, "<!--"))
            at = skip_past(bytes, len, at + 4, "-->");
        else if (starts_with(bytes, len, at, "<![CDATA["))
            at = skip_past(bytes, len, at, "]]>");
        else if (starts_with(bytes, len, at, "<?"))
            at = skip_past(bytes, len, at, "?>");
        else
            at = skip_tag(bytes, len, at, &attributes);
        if (attributes > POSTVET_DOCUMENT_ATTRIBUTES_MAX)
            return false;
        at -= at < len && bytes[at] != '>';
    }
    return true;
}

/* --------------------------------------------------------------------- read */

static bool push_all(struct reader *reader, const char *bytes, size_t len)
{
    int error = XML_ERR_OK;
    for (size_t at = 0; at < len && error == XML_ERR_OK && !reader->is_stopped; at += PIECE) {
        const size_t piece = len - at < PIECE ? len - at : PIECE;
        error = xmlParseChunk(reader->parser, bytes + at, (int)piece, 0);
        if (reader->story->page->failed)
            return false;
    }
    if (error == XML_ERR_OK && !reader->is_stopped)
        error = xmlParseChunk(reader->parser, NULL, 0, 1);
    if (reader->is_stopped)
        return false;
    if (error == XML_ERR_NO_MEMORY)
        return pv_page_nomem(reader->story->page);
    if (error != XML_ERR_OK || !reader->parser->wellFormed)
        return stop(reader, POSTVET_ERR_SYNTAX,
            "is damaged: a part of it is not well-formed XML; save it again from its program");
    return !reader->story->page->failed;
}

bool pv_xml_read(
    struct pv_story *story, const char *bytes, size_t len, pv_element_fn *on_element, void *user)
{
    struct reader reader = { .story = story, .on_element = on_element, .user = user };
    xmlSAXHandler handler = { .internalSubset = on_document_type,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .initialized = XML_SAX2_MAGIC };
    if (story->page->failed)
        return false;
    if (len >= 2 && (bytes[0] == '\0' || bytes[1] == '\0' || (unsigned char)bytes[0] >= 0xFE))
        return pv_page_fail(story->page, POSTVET_ERR_SYNTAX,
            "has a part that is not in UTF-8; save it again from its program");
    if (!has_few_attributes(bytes, len))
        return pv_page_fail(story->page, POSTVET_ERR_LIMIT,
            "has an element with more attributes than any draft has");
    reader.parser = xmlCreatePushParserCtxt(&handler, &reader, NULL, 0, NULL);
    if (!reader.parser)
        return pv_page_nomem(story->page);
    xmlCtxtUseOptions(reader.parser,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
    const bool ok = push_all(&reader, bytes, len);
    xmlFreeParserCtxt(reader.parser);
    return ok;
}
