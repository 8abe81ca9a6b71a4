/* odf.c: an .odt, as ISO/IEC 26300 describes it. Its text is in content.xml, headers and footers in
 * styles.xml, properties in meta.xml; charts and formulas in it have files of these names in
 * folders of their own. */
#include "document/office.h"

#include <string.h>

/* Of more changes, those that come later are told by themselves alone: marks are sought one by one.
 */
enum { CHANGES_MAX = 1000 };

/* A tracked change. Changes stand before the text, where marks name them. */
struct change {
    const char *id;
    const char *name;   /* of the places of a deletion; NULL of an insertion */
    size_t first_place; /* of a deletion */
    bool is_used;       /* a deletion that was put where it belongs */
};

struct odf {
    size_t footnotes, endnotes, comments, boxes, pictures, deletions;
    struct pv_buf changes; /* of struct change */
    const char *region;    /* the name of the change that is described, or NULL */
};

static void begin_paragraph(struct pv_story *story, const struct pv_element *element)
{
    pv_story_paragraph(story);
    pv_story_words(story, PV_WORDS_TEXT);
    if (strcmp(element->name, "h") == 0 || pv_element_has(element, "style-name", "Title")
        || pv_element_has(element, "style-name", "Subtitle"))
        pv_story_kind(story, PV_LINE_HEADING);
    else if (pv_element_has(element, "style-name", "Quotations"))
        pv_story_kind(story, PV_LINE_QUOTATION);
}

static void begin_note(struct pv_story *story, struct odf *odf, const struct pv_element *element)
{
    const bool is_endnote = pv_element_has(element, "note-class", "endnote");
    const size_t number = is_endnote ? ++odf->endnotes : ++odf->footnotes;
    pv_story_where(
        story, pv_page_name(story->page, "%s %zu", is_endnote ? "endnote" : "footnote", number));
    pv_story_words(story, PV_WORDS_NONE);
}

static void begin_comment(struct pv_story *story, const char *noun, size_t number)
{
    const char *const where = pv_page_name(story->page, "%s %zu", noun, number);
    struct pv_setting *const setting = pv_story_set(story);
    if (!setting)
        return;
    setting->where = where;
    setting->line = PV_LINE_COMMENT;
    setting->words = PV_WORDS_NONE;
}

/* ---------------------------------------------------------- tracked changes */

static const char *keep_value(
    struct pv_story *story, const struct pv_element *element, const char *name)
{
    size_t len = 0;
    const char *const value = pv_element_value(element, name, &len);
    return pv_page_keep(story->page, value, len);
}

static void add_change(struct pv_story *story, struct odf *odf, const char *name)
{
    const struct change change = {
        .id = odf->region, .name = name, .first_place = pv_page_count(story->page)
    };
    if (change.id && PV_BUF_COUNT(&odf->changes, struct change) < CHANGES_MAX
        && !pv_buf_append(&odf->changes, &change, sizeof change))
        pv_page_nomem(story->page);
}

static void begin_deletion(struct pv_story *story, struct odf *odf)
{
    begin_comment(story, "deleted text", ++odf->deletions);
    if (!story->page->failed)
        add_change(story, odf, pv_story_setting(story)->where);
}

/* The words of a deletion join those round its mark; once, however many marks there are. */
static void add_deleted(struct pv_story *story, struct change *deletion)
{
    const struct postvet_document *const page = story->page;
    const postvet_place *const places = PV_BUF_ITEMS(&page->places, const postvet_place);
    for (size_t i = deletion->first_place; i < pv_page_count(page); i++) {
        if (!pv_name_ends(places[i].name, deletion->name))
            break;
        pv_story_deleted(story, page->text.data + places[i].start, places[i].end - places[i].start);
    }
    deletion->is_used = true;
}

/* A mark: of a deletion, or of an insertion's start. */
static void read_mark(struct pv_story *story, struct odf *odf, const struct pv_element *element)
{
    struct change *const changes = PV_BUF_ITEMS(&odf->changes, struct change);
    size_t len = 0;
    const char *const id = pv_element_value(element, "change-id", &len);
    for (size_t i = 0; id && i < PV_BUF_COUNT(&odf->changes, struct change); i++) {
        if (strlen(changes[i].id) != len || memcmp(changes[i].id, id, len) != 0)
            continue;
        if (!changes[i].name)
            story->is_inserting = true;
        else if (!changes[i].is_used)
            add_deleted(story, &changes[i]);
        return;
    }
}

/* The title or description of a picture or box. */
static void begin_description(struct pv_story *story, struct odf *odf)
{
    const char *const where = pv_page_name(story->page, "picture %zu", odf->pictures);
    struct pv_setting *const setting = pv_story_set(story);
    if (!setting)
        return;
    setting->where = where;
    setting->line = PV_LINE_ALT;
    setting->words = PV_WORDS_TEXT;
    pv_story_paragraph(story);
}

static void add_link(struct pv_story *story, const struct pv_element *element)
{
    size_t len = 0;
    const char *const target = pv_element_value(element, "href", &len);
    if (target)
        pv_story_aside(story, PV_LINE_LINK, "link", target, len);
}

/* A picture that is not in the file has an address, too. */
static void add_image(struct pv_story *story, const struct pv_element *element)
{
    size_t len = 0;
    const char *const target = pv_element_value(element, "href", &len);
    if (target && memchr(target, ':', len))
        pv_story_aside(story, PV_LINE_LINK, "link", target, len);
}

/* What an element means. */
enum meaning {
    PARAGRAPH,
    SPACE,
    TABLE,
    ROW,
    CELL,
    LINK,
    IMAGE,
    FRAME,
    DESCRIPTION,
    BOX,
    NOTE,
    ANNOTATION,
    REGION,
    DELETION,
    INSERTION,
    MARK,
    MARK_END,
    HEADER,
    FOOTER,
    UNREAD /* numbers of notes, dates, and the bytes of pictures */
};

static const struct {
    const char *name;
    enum meaning meaning;
    const char *space; /* words of the namespace, where another one has the name, too */
} elements[] = {
    { "p", PARAGRAPH, "" },
    { "h", PARAGRAPH, "" },
    { "s", SPACE, "" },
    { "tab", SPACE, "" },
    { "line-break", SPACE, "" },
    { "table", TABLE, "" },
    { "table-row", ROW, "" },
    { "table-cell", CELL, "" },
    { "covered-table-cell", CELL, "" },
    { "a", LINK, "" },
    { "image", IMAGE, "" },
    { "frame", FRAME, "" },
    { "title", DESCRIPTION, "svg" },
    { "desc", DESCRIPTION, "svg" },
    { "text-box", BOX, "" },
    { "note", NOTE, "" },
    { "annotation", ANNOTATION, "" },
    { "changed-region", REGION, "" },
    { "deletion", DELETION, "" },
    { "insertion", INSERTION, "" },
    { "change", MARK, "" },
    { "change-start", MARK, "" },
    { "change-end", MARK_END, "" },
    { "header", HEADER, "" },
    { "header-left", HEADER, "" },
    { "header-first", HEADER, "" },
    { "footer", FOOTER, "" },
    { "footer-left", FOOTER, "" },
    { "footer-first", FOOTER, "" },
    { "note-citation", UNREAD, "" },
    { "creator", UNREAD, "purl.org/dc" },
    { "date", UNREAD, "purl.org/dc" },
    { "binary-data", UNREAD, "" },
};

static void begin(
    struct pv_story *story, struct odf *odf, enum meaning meaning, const struct pv_element *element)
{
    switch (meaning) {
    case PARAGRAPH:
        begin_paragraph(story, element);
        break;
    case SPACE:
        pv_story_text(story, " ", 1);
        break;
    case TABLE:
        pv_story_table(story);
        break;
    case ROW:
        pv_story_row(story);
        break;
    case CELL:
        pv_story_cell(story);
        break;
    case LINK:
        add_link(story, element);
        break;
    case IMAGE:
        add_image(story, element);
        break;
    case FRAME:
        odf->pictures++;
        pv_story_text(story, " ", 1);
        break;
    case DESCRIPTION:
        begin_description(story, odf);
        break;
    case BOX:
        pv_story_where(story, pv_page_name(story->page, "text box %zu", ++odf->boxes));
        pv_story_words(story, PV_WORDS_NONE);
        break;
    case NOTE:
        begin_note(story, odf, element);
        break;
    case ANNOTATION:
        begin_comment(story, "comment", ++odf->comments);
        break;
    case REGION:
        odf->region = keep_value(story, element, "id");
        break;
    case DELETION:
        begin_deletion(story, odf);
        break;
    case INSERTION:
        add_change(story, odf, NULL);
        break;
    case MARK:
        read_mark(story, odf, element);
        break;
    case MARK_END:
        story->is_inserting = false;
        break;
    case HEADER:
        pv_story_where(story, "header");
        break;
    case FOOTER:
        pv_story_where(story, "footer");
        break;
    case UNREAD:
        pv_story_words(story, PV_WORDS_NONE);
        break;
    }
}

static void on_element(struct pv_story *story, const struct pv_element *element, void *user)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, element->name) == 0
            && strstr(element->space, elements[i].space)) {
            begin(story, user, elements[i].meaning, element);
            return;
        }
}

/* -------------------------------------------------------------------- parts */

/* Whether the part is the file of this name, in the document or in an object in it. */
static bool is_file(const char *name, const char *file)
{
    const char *const slash = strrchr(name, '/');
    return pv_same_name(slash ? slash + 1 : name, file);
}

/* Parts that say how the document looks, or are made anew from the rest. */
static bool is_machinery(const char *name)
{
    static const char *const starts[] = { "meta-inf/", "configurations2/", "thumbnails/",
        "pictures/", "objectreplacements/", "media/" };
    static const char *const files[] = { "mimetype", "settings.xml", "manifest.rdf",
        "layout-cache" };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (pv_name_starts(name, starts[i]))
            return true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (is_file(name, files[i]))
            return true;
    return pv_part_is_wordless(name);
}

static bool read_part(
    struct postvet_document *page, const char *prefix, const struct pv_part *part, struct odf *odf)
{
    const struct pv_reading reading = { .prefix = prefix, .on_element = on_element, .user = odf };
    if (is_file(part->name, "content.xml") || is_file(part->name, "styles.xml"))
        return pv_part_read(page, &reading, part);
    if (is_file(part->name, "meta.xml"))
        return pv_properties_read(page, prefix, part);
    if (is_machinery(part->name))
        return true;
    if (pv_name_starts(part->name, "basic/") || pv_name_starts(part->name, "dialogs/")
        || pv_name_starts(part->name, "scripts/"))
        return pv_page_gap(page, pv_gap_macros);
    if (part->is_unpacked && pv_name_ends(part->name, ".xml"))
        return pv_hidden_read(page, prefix, part);
    return pv_page_gap(page, pv_gap_embedded);
}

static bool is_encrypted(const struct pv_archive *archive)
{
    static const char word[] = "encryption-data";
    const struct pv_part *const manifest = pv_archive_find(archive, "META-INF/manifest.xml");
    const size_t len = sizeof word - 1;
    for (size_t i = 0; manifest && i + len <= manifest->bytes.len; i++)
        if (memcmp(manifest->bytes.data + i, word, len) == 0)
            return true;
    return false;
}

bool pv_odf_read(
    struct postvet_document *page, const char *prefix, const struct pv_archive *archive)
{
    struct odf odf = { 0 };
    size_t count;
    const struct pv_part *const parts = pv_archive_parts(archive, &count);
    const struct pv_part *const content = pv_archive_find(archive, "content.xml");
    if (is_encrypted(archive))
        return pv_page_fail(
            page, POSTVET_ERR_FILE, "is protected with a password; save a copy without one");
    if (!content)
        return pv_page_fail(page, POSTVET_ERR_SYNTAX, pv_no_text);
    if (!page->format)
        page->format = "odt";
    bool ok = read_part(page, prefix, content, &odf);
    for (size_t i = 0; ok && i < count; i++)
        if (&parts[i] != content)
            ok = read_part(page, prefix, &parts[i], &odf);
    pv_buf_release(&odf.changes);
    return ok;
}
