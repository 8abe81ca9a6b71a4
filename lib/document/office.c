/* office.c: a ZIP file is told from others by the parts that it must have. */
#include "document/office.h"

#include <string.h>

#define SAVE_AS "save the draft as .docx, .odt, text, Markdown or HTML"

const char pv_gap_embedded[] =
    "A file that is embedded in it was not checked: open it, and check what it says by itself.";
const char pv_no_text[] =
    "is damaged: it has no text, or does not say where; save it again from its program";
const char pv_gap_macros[] = "It has macros, which were not checked: save the draft without them.";

bool pv_part_is_wordless(const char *name)
{
    static const char *const endings[] = { ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff",
        ".emf", ".wmf", ".emz", ".wmz", ".wdp", ".svg", ".svm", ".webp", ".ico", ".heic", ".mp3",
        ".wav", ".wma", ".m4a", ".mp4", ".m4v", ".mov", ".avi", ".wmv", ".ttf", ".otf", ".odttf",
        ".fntdata", ".sigs" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (pv_name_ends(name, endings[i]))
            return true;
    return false;
}

bool pv_part_read(
    struct postvet_document *page, const struct pv_reading *reading, const struct pv_part *part)
{
    struct pv_story story;
    pv_story_init(&story, page, reading->prefix);
    struct pv_setting *const setting = pv_story_set(&story);
    if (setting) {
        setting->where = reading->where;
        setting->line = reading->line;
    }
    const bool ok =
        pv_xml_read(&story, part->bytes.data, part->bytes.len, reading->on_element, reading->user);
    if (ok)
        pv_story_flush(&story);
    pv_story_release(&story);
    return ok && !page->failed;
}

/* --------------------------------------------------------------- properties */

/* Those that people fill in, or programs with people's names. */
static const struct {
    const char *element, *name;
} properties[] = {
    { "title", "properties, title" },
    { "subject", "properties, subject" },
    { "creator", "properties, author" },
    { "initial-creator", "properties, author" },
    { "lastModifiedBy", "properties, last author" },
    { "printed-by", "properties, printed by" },
    { "keywords", "properties, keywords" },
    { "keyword", "properties, keywords" },
    { "description", "properties, description" },
    { "category", "properties, category" },
    { "contentStatus", "properties, status" },
    { "Company", "properties, company" },
    { "Manager", "properties, manager" },
    { "HyperlinkBase", "properties, link" },
    { "property", "properties, custom" },
    { "user-defined", "properties, custom" },
};

static void on_property(struct pv_story *story, const struct pv_element *element, void *user)
{
    (void)user;
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        if (strcmp(properties[i].element, element->name) != 0)
            continue;
        pv_story_where(story, properties[i].name);
        pv_story_words(story, PV_WORDS_TEXT);
        pv_story_paragraph(story);
        return;
    }
}

bool pv_properties_read(
    struct postvet_document *page, const char *prefix, const struct pv_part *part)
{
    const struct pv_reading reading = { .prefix = prefix, .on_element = on_property };
    return pv_part_read(page, &reading, part);
}

static void on_hidden(struct pv_story *story, const struct pv_element *element, void *user)
{
    (void)element;
    (void)user;
    pv_story_words(story, PV_WORDS_TEXT);
    pv_story_paragraph(story);
}

bool pv_hidden_read(struct postvet_document *page, const char *prefix, const struct pv_part *part)
{
    const struct pv_reading reading = {
        .prefix = prefix, .where = "hidden data", .line = PV_LINE_COMMENT, .on_element = on_hidden
    };
    return pv_part_read(page, &reading, part);
}

/* --------------------------------------------------------------------- kind */

static bool is_wanted(const char *name)
{
    return pv_name_ends(name, ".xml") || pv_name_ends(name, ".rels") || pv_name_ends(name, ".vml")
           || pv_same_name(name, "mimetype");
}

static bool begins_with(const struct pv_buf *bytes, const char *start)
{
    const size_t len = strlen(start);
    return bytes->len >= len && memcmp(bytes->data, start, len) == 0;
}

/* What is no text document, in words; NULL for one that is to be read. */
static const char *refuse_odf(const struct pv_buf *type)
{
    if (begins_with(type, "application/vnd.oasis.opendocument.text"))
        return NULL;
    if (begins_with(type, "application/vnd.oasis.opendocument.spreadsheet"))
        return "is a spreadsheet, which postvet does not read; " SAVE_AS;
    if (begins_with(type, "application/vnd.oasis.opendocument.presentation"))
        return "is a presentation, which postvet does not read; " SAVE_AS;
    return "is a document that postvet does not read; " SAVE_AS;
}

static bool read_kind(
    struct postvet_document *page, const char *prefix, const struct pv_archive *archive)
{
    const struct pv_part *const type = pv_archive_find(archive, "mimetype");
    if (pv_archive_find(archive, "[Content_Types].xml"))
        return pv_word_read(page, prefix, archive);
    if (type && refuse_odf(&type->bytes))
        return pv_page_fail(page, POSTVET_ERR_FILE, refuse_odf(&type->bytes));
    if (pv_archive_find(archive, "META-INF/manifest.xml")
        && (type || pv_archive_find(archive, "content.xml")))
        return pv_odf_read(page, prefix, archive);
    if (pv_archive_find(archive, "Index/Document.iwa") || pv_archive_find(archive, "Index.zip"))
        return pv_page_fail(page, POSTVET_ERR_FILE,
            "is an Apple Pages, Numbers or Keynote file, which postvet does not read; export the "
            "draft as Word or text");
    return pv_page_fail(
        page, POSTVET_ERR_FILE, "is a ZIP archive; unpack it and check the files in it");
}

bool pv_office_read(
    struct postvet_document *page, const char *prefix, const char *bytes, size_t len)
{
    struct pv_archive archive = { 0 };
    const bool ok =
        pv_archive_read(&archive, page, bytes, len, is_wanted) && read_kind(page, prefix, &archive);
    pv_archive_release(&archive);
    return ok;
}
