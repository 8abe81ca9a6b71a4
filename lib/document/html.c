/* html.c: libxml2's parser of HTML repairs what is broken, and tells the elements one after the
 * other. A paragraph is what stands between two elements that begin or end a block. The library has
 * a reader of HTML of its own; this one is for text that must not swallow what comes after it, and
 * whose places people know by its paragraphs. */
#include "document/html.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#include "document/story.h"
#include "text/ascii.h"

/* Bytes handed to the parser at once. */
enum { PIECE = 16 * 1024 };

/* So many attributes a tag may have that is longer than a piece. */
enum { LONG_TAG_ATTRIBUTES_MAX = 1000 };

static const char gap_broken[] = "HTML in the e-mail breaks off in a comment or tag, or is larger "
                                 "than any that people write, so "
                                 "that not all of it was checked: save its text as text.";

struct reader {
    struct pv_story story;
    struct postvet_document *page;
    const char *prefix;
    htmlParserCtxtPtr parser;
    bool has_event;  /* since the piece before */
    bool is_cut_off; /* something has no end, and may not have been told */
};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static bool is_block(const char *name)
{
    static const char *const names[] = { "address", "article", "aside", "blockquote", "body",
        "button", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
        "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "marquee",
        "menu", "nav", "noframes", "ol", "optgroup", "option", "p", "pre", "script", "section",
        "select", "style", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead",
        "title", "tr", "ul", NULL };
    return is_one_of(name, names);
}

/* --------------------------------------------------------------- attributes */

/* A name that lasts, for what stands beside a paragraph. */
static const char *label_of(const char *attribute)
{
    return strcmp(attribute, "alt") == 0 ? "picture" : "attribute";
}

static void add_attribute(struct pv_story *story, const char *name, const char *value)
{
    static const char *const links[] = { "href", "src", "action", "background", "cite", "poster",
        NULL };
    static const char *const words[] = { "alt", "title", "aria-label", "placeholder", "summary",
        "label", "content", "value", NULL };
    if (is_one_of(name, links) && strncmp(value, "data:", 5) != 0)
        pv_story_aside(story, PV_LINE_LINK, "link", value, strlen(value));
    else if (is_one_of(name, words))
        pv_story_aside(story, PV_LINE_ALT, label_of(name), value, strlen(value));
}

/* ---------------------------------------------------------------- callbacks */

static void set_kind(struct pv_story *story, const char *name)
{
    struct pv_setting *const setting = pv_story_set(story);
    if (!setting)
        return;
    if (is_block(name) && (name[0] | 0x20) == 'h' && name[1] >= '1' && name[1] <= '6')
        setting->line = PV_LINE_HEADING;
    else if (strcmp(name, "blockquote") == 0)
        setting->line = PV_LINE_QUOTATION;
    else if (strcmp(name, "style") == 0 || strcmp(name, "script") == 0) {
        setting->line = PV_LINE_COMMENT;
        setting->where = "style sheet or script";
    }
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes)
{
    struct reader *const reader = user;
    struct pv_story *const story = &reader->story;
    const char *const element = (const char *)name;
    reader->has_event = true;
    if (reader->page->failed)
        return;
    if (is_block(element))
        pv_story_flush(story);
    pv_story_open(story);
    if (story->depth > reader->page->limits.depth_max) {
        pv_page_fail(reader->page, POSTVET_ERR_LIMIT, "nests its parts deeper than any draft does");
        return;
    }
    set_kind(story, element);
    if (strcmp(element, "table") == 0)
        pv_story_table(story);
    else if (strcmp(element, "tr") == 0)
        pv_story_row(story);
    else if (strcmp(element, "td") == 0 || strcmp(element, "th") == 0)
        pv_story_cell(story);
    else if (strcmp(element, "br") == 0 || strcmp(element, "img") == 0)
        pv_story_text(story, " ", 1);
    for (; attributes && attributes[0]; attributes += 2)
        if (attributes[1])
            add_attribute(story, (const char *)attributes[0], (const char *)attributes[1]);
}

static void on_end(void *user, const xmlChar *name)
{
    struct reader *const reader = user;
    reader->has_event = true;
    if (reader->page->failed || reader->story.depth == 0)
        return;
    if (is_block((const char *)name))
        pv_story_flush(&reader->story);
    pv_story_close(&reader->story);
}

static void on_text(void *user, const xmlChar *text, int len)
{
    struct reader *const reader = user;
    reader->has_event = true;
    if (!reader->page->failed)
        pv_story_text(&reader->story, (const char *)text, (size_t)len);
}

static void add_hidden(struct reader *reader, const char *text, size_t len)
{
    struct postvet_document *const page = reader->page;
    if (!page->failed)
        pv_page_line(page, PV_LINE_COMMENT,
            pv_page_name(page, "%s%shidden comment", reader->prefix, *reader->prefix ? ", " : ""),
            text, len);
}

static void on_comment(void *user, const xmlChar *text)
{
    struct reader *const reader = user;
    reader->has_event = true;
    add_hidden(reader, (const char *)text, strlen((const char *)text));
}

/* What is wrong with HTML is repaired, but for what has no end. */
static void on_error(void *user, const char *format, ...)
{
    struct reader *const reader = user;
    (void)format;
    switch (reader->parser ? reader->parser->errNo : XML_ERR_OK) {
    case XML_ERR_COMMENT_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
    case XML_ERR_PI_NOT_FINISHED:
    case XML_ERR_DOCTYPE_NOT_FINISHED:
    case XML_ERR_LITERAL_NOT_FINISHED:
    case XML_ERR_GT_REQUIRED:
        reader->is_cut_off = true;
        break;
    default:
        break;
    }
}

/* Declarations and instructions, which the parser passes over: "<!x …>", "<?x …>". The marks that
 * Word puts round what it writes for itself hold nothing. */
static void add_declarations(struct reader *reader, const char *bytes, size_t len)
{
    for (size_t at = 0; at + 1 < len;) {
        const char *const open = memchr(bytes + at, '<', len - at - 1);
        if (!open)
            return;
        at = (size_t)(open + 1 - bytes);
        if (bytes[at] != '?' && (bytes[at] != '!' || (at + 1 < len && bytes[at + 1] == '-')))
            continue;
        const char *const close = memchr(open, '>', len - at + 1);
        const size_t end = close ? (size_t)(close - bytes) : len;
        if (len - at < 3 || strncmp(bytes + at, "![", 2) != 0)
            add_hidden(reader, bytes + at + 1, end - at - 1);
        at = end;
    }
}

/* --------------------------------------------------------------------- read */

/* What the parser has been handed since it told something. */
struct waiting {
    size_t len, attributes; /* as far as spaces and equals signs tell */
};

/* Whether it may be something without end, or a tag with many attributes: the parser goes through
 * it again for each piece, or compares each with each. */
static bool is_costly(const struct waiting *waiting)
{
    return waiting->len > POSTVET_DOCUMENT_HTML_STRETCH_MAX
           || (waiting->len > PIECE && waiting->attributes > LONG_TAG_ATTRIBUTES_MAX);
}

static bool push_all(struct reader *reader, const char *bytes, size_t len)
{
    struct waiting waiting = { 0 };
    for (size_t at = 0; at < len && !reader->page->failed; at += PIECE) {
        const size_t piece = len - at < PIECE ? len - at : PIECE;
        reader->has_event = false;
        if (htmlParseChunk(reader->parser, bytes + at, (int)piece, 0) == XML_ERR_NO_MEMORY)
            return pv_page_nomem(reader->page);
        if (reader->has_event)
            waiting = (struct waiting){ 0 };
        waiting.len += piece;
        for (size_t i = at; i < at + piece; i++)
            waiting.attributes += bytes[i] == '=' || pv_is_space(bytes[i]);
        if (is_costly(&waiting)) {
            reader->is_cut_off = true;
            return !reader->page->failed;
        }
    }
    if (!reader->page->failed && htmlParseChunk(reader->parser, NULL, 0, 1) == XML_ERR_NO_MEMORY)
        return pv_page_nomem(reader->page);
    return !reader->page->failed;
}

bool pv_html_read(struct postvet_document *page, const char *prefix, const char *bytes, size_t len)
{
    struct reader reader = { .page = page, .prefix = prefix };
    htmlSAXHandler handler = { .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .comment = on_comment,
        .error = on_error };
    if (page->failed)
        return false;
    if (len > POSTVET_DOCUMENT_HTML_MAX)
        return pv_page_gap(page, gap_broken);
    reader.parser =
        htmlCreatePushParserCtxt(&handler, &reader, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!reader.parser)
        return pv_page_nomem(page);
    htmlCtxtUseOptions(
        reader.parser, HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD);
    pv_story_init(&reader.story, page, prefix);
    pv_story_words(&reader.story, PV_WORDS_TEXT);
    add_declarations(&reader, bytes, len);
    const bool ok = push_all(&reader, bytes, len);
    if (ok)
        pv_story_flush(&reader.story);
    pv_story_release(&reader.story);
    htmlFreeParserCtxt(reader.parser);
    return ok && !page->failed && (!reader.is_cut_off || pv_page_gap(page, gap_broken));
}

void pv_html_charset(const char *bytes, size_t len, char *charset, size_t size)
{
    static const char word[] = "charset=";
    const size_t word_len = sizeof word - 1;
    const size_t end = len < 1024 ? len : 1024;
    *charset = '\0';
    for (size_t at = 0; at + word_len < end; at++) {
        size_t n = 0;
        while (n < word_len && (bytes[at + n] | 0x20) == (word[n] | 0x20))
            n++;
        if (n < word_len)
            continue;
        size_t from = at + word_len, to = 0;
        from += bytes[from] == '"' || bytes[from] == '\'';
        while (from < end && to + 1 < size
               && (pv_is_alnum(bytes[from]) || strchr("-_.:", bytes[from])) && bytes[from])
            charset[to++] = bytes[from++];
        charset[to] = '\0';
        return;
    }
}
