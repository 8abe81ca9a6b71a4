/* word.c: a .docx, as ECMA-376 and ISO/IEC 29500 describe it. What a part is says its content type,
 * and where links lead its relationships. The elements of its text (WordprocessingML) and of charts
 * and diagrams (DrawingML) are told apart by their local names alone: where both have one, it means
 * the same. A part that is not known is read as hidden data if it is XML, and is told if it is not:
 * so nothing is passed over in silence. */
#include "document/office.h"

#include <stdlib.h>
#include <string.h>

/* What a part is, in the order in which parts are read. */
enum role {
    ROLE_NONE, /* of no words */
    ROLE_BODY,
    ROLE_HEADER,
    ROLE_FOOTER,
    ROLE_FOOTNOTES,
    ROLE_ENDNOTES,
    ROLE_COMMENTS,
    ROLE_BUILDING_BLOCKS,
    ROLE_DRAWING,
    ROLE_DRAWING_AGAIN, /* a copy of one, as it was shown last */
    ROLE_HIDDEN,
    ROLE_PROPERTIES,
    ROLE_RELATIONSHIPS,
    ROLE_EMBEDDED,
    ROLE_MACROS
};

/* Links that are sought for a paragraph, one by one; later ones are told by themselves. */
enum { LINKS_MAX = 1000 };

/* Content types of a document with as many parts as it may have: each has one, or its ending has.
 */
enum { TYPES_MAX = 2 * POSTVET_DOCUMENT_ENTRIES_MAX };

/* A relationship that leads out of the document. */
struct link {
    const char *id, *target;
    size_t id_len, target_len;
    bool is_used;
};

struct word {
    struct postvet_document *page;
    struct pv_buf types; /* of struct type */
    struct pv_buf links; /* of struct link: those of the part that is read */
    size_t note_count, box_count;
    size_t choice; /* the first place in the last of alternative contents */
};

/* ------------------------------------------------------------ content types */

/* "document.main+xml" of a part, or of all parts with an ending. */
struct type {
    const char *name, *type;
    bool is_ending;
};

static void on_type(struct pv_story *story, const struct pv_element *element, void *user)
{
    struct word *const word = user;
    const bool is_ending = strcmp(element->name, "Default") == 0;
    size_t name_len = 0, type_len = 0;
    const char *name = pv_element_value(element, is_ending ? "Extension" : "PartName", &name_len);
    const char *type = pv_element_value(element, "ContentType", &type_len);
    if (!name || !type)
        return;
    if (PV_BUF_COUNT(&word->types, struct type) >= TYPES_MAX) {
        pv_page_fail(story->page, POSTVET_ERR_LIMIT,
            "holds more than 4096 files, the most that postvet opens");
        return;
    }
    if (!is_ending && name_len > 0 && *name == '/') {
        name++;
        name_len--;
    }
    name = pv_page_keep(story->page, name, name_len);
    type = pv_page_keep(story->page, type, type_len);
    if (name && type
        && !pv_buf_append(
            &word->types, &(struct type){ name, type, is_ending }, sizeof(struct type)))
        pv_page_nomem(story->page);
}

/* The content type of a part, or "". */
static const char *type_of(const struct word *word, const char *name)
{
    const struct type *const types = PV_BUF_ITEMS(&word->types, const struct type);
    const size_t count = PV_BUF_COUNT(&word->types, struct type);
    const char *const dot = strrchr(name, '.');
    for (size_t i = 0; i < count; i++)
        if (!types[i].is_ending && pv_same_name(types[i].name, name))
            return types[i].type;
    for (size_t i = 0; i < count; i++)
        if (types[i].is_ending && dot && pv_same_name(types[i].name, dot + 1))
            return types[i].type;
    return "";
}

static const struct {
    const char *ending;
    enum role role;
} roles[] = {
    { "wordprocessingml.header+xml", ROLE_HEADER },
    { "wordprocessingml.footer+xml", ROLE_FOOTER },
    { "wordprocessingml.footnotes+xml", ROLE_FOOTNOTES },
    { "wordprocessingml.endnotes+xml", ROLE_ENDNOTES },
    { "wordprocessingml.comments+xml", ROLE_COMMENTS },
    { "wordprocessingml.document.glossary+xml", ROLE_BUILDING_BLOCKS },
    { "drawingml.chart+xml", ROLE_DRAWING },
    { "drawing.chartex+xml", ROLE_DRAWING },
    { "drawingml.diagramData+xml", ROLE_DRAWING },
    { "drawingml.diagramDrawing+xml", ROLE_DRAWING_AGAIN },
    { "-properties+xml", ROLE_PROPERTIES }, /* core, extended, custom */
    { ".relationships+xml", ROLE_RELATIONSHIPS },
};

static enum role role_of(const struct word *word, const char *name)
{
    const char *const type = type_of(word, name);
    if (pv_same_name(name, "[Content_Types].xml") || pv_part_is_wordless(name)
        || strstr(type, "printerSettings"))
        return ROLE_NONE;
    if (pv_name_ends(type, ".main+xml"))
        return ROLE_BODY;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (pv_name_ends(type, roles[i].ending))
            return roles[i].role;
    if (pv_name_ends(name, ".rels"))
        return ROLE_RELATIONSHIPS;
    if (pv_name_ends(name, ".vml"))
        return ROLE_DRAWING;
    if (pv_name_ends(name, ".xml"))
        return ROLE_HIDDEN;
    return pv_name_ends(type, "vbaProject") ? ROLE_MACROS : ROLE_EMBEDDED;
}

/* ------------------------------------------------------------ relationships */

static void on_relationship(struct pv_story *story, const struct pv_element *element, void *user)
{
    struct word *const word = user;
    struct link link = { 0 };
    const char *const id = pv_element_value(element, "Id", &link.id_len);
    const char *const target = pv_element_value(element, "Target", &link.target_len);
    if (!id || !target || !pv_element_has(element, "TargetMode", "External"))
        return;
    link.id = pv_page_keep(story->page, id, link.id_len);
    link.target = pv_page_keep(story->page, target, link.target_len);
    if (link.id && link.target && !pv_buf_append(&word->links, &link, sizeof link))
        pv_page_nomem(story->page);
}

/* Whether `name` is "word/_rels/document.xml.rels" for the part "word/document.xml". */
static bool are_relationships_of(const char *name, const char *part)
{
    const char *const slash = strrchr(part, '/');
    const size_t folder = slash ? (size_t)(slash + 1 - part) : 0;
    const char *const base = part + folder;
    const size_t base_len = strlen(base);
    if (strlen(name) != folder + strlen("_rels/") + base_len + strlen(".rels"))
        return false;
    return strncmp(name, part, folder) == 0 && pv_name_starts(name + folder, "_rels/")
           && strncmp(name + folder + strlen("_rels/"), base, base_len) == 0
           && pv_name_ends(name, ".rels");
}

static bool read_links(
    struct word *word, const struct pv_archive *archive, const struct pv_part *part)
{
    const struct pv_reading reading = { .prefix = "", .on_element = on_relationship, .user = word };
    size_t count;
    const struct pv_part *const parts = pv_archive_parts(archive, &count);
    pv_buf_clear(&word->links);
    for (size_t i = 0; i < count; i++)
        if (parts[i].role == ROLE_RELATIONSHIPS && are_relationships_of(parts[i].name, part->name))
            return pv_part_read(word->page, &reading, &parts[i]);
    return true;
}

/* A link to a relationship, in the paragraph that is open. */
static void add_link(struct pv_story *story, struct word *word, const struct pv_element *element)
{
    struct link *const links = PV_BUF_ITEMS(&word->links, struct link);
    size_t len = 0;
    const char *const id = pv_element_value_in(element, "/relationships", "id", &len);
    for (size_t i = 0; id && i < LINKS_MAX && i < PV_BUF_COUNT(&word->links, struct link); i++)
        if (links[i].id_len == len && memcmp(links[i].id, id, len) == 0) {
            links[i].is_used = true;
            pv_story_aside(story, PV_LINE_LINK, "link", links[i].target, links[i].target_len);
        }
}

/* Those that no paragraph used: of pictures, templates and the like. */
static bool add_other_links(struct word *word, const char *prefix)
{
    const struct link *const links = PV_BUF_ITEMS(&word->links, const struct link);
    const char *const name = pv_page_name(word->page, "%s%slink", prefix, *prefix ? ", " : "");
    for (size_t i = 0; i < PV_BUF_COUNT(&word->links, struct link); i++)
        if (!links[i].is_used)
            pv_page_line(word->page, PV_LINE_LINK, name, links[i].target, links[i].target_len);
    return !word->page->failed;
}

/* ----------------------------------------------------------------- elements */

static void set_change(struct pv_story *story, bool deleted)
{
    struct pv_setting *const setting = pv_story_set(story);
    if (!setting)
        return;
    setting->deleted |= deleted;
    setting->inserted |= !deleted;
}

/* A character that has an element of its own. */
static void add_character(struct pv_story *story, const char *character)
{
    pv_story_words(story, PV_WORDS_TEXT);
    pv_story_text(story, character, strlen(character));
    pv_story_words(story, PV_WORDS_NONE);
}

static void begin_note(struct pv_story *story, struct word *word, const struct pv_element *element)
{
    size_t len = 0;
    if (!pv_element_value(element, "type", &len)) /* else the line above the notes */
        word->note_count++;
    pv_story_where(story, pv_page_name(story->page, "%s %zu", element->name, word->note_count));
}

/* Styles have a name that people see and one that stays the same in English versions of Word. */
static void set_style(struct pv_story *story, const struct pv_element *element)
{
    static const char *const headings[] = { "heading", "title", "subtitle", NULL };
    static const char *const quotations[] = { "quote", "intensequote", "blocktext", NULL };
    size_t len = 0;
    const char *const value = pv_element_value(element, "val", &len);
    const char *const style = pv_page_keep(story->page, value, len);
    for (size_t i = 0; style && headings[i]; i++)
        if (pv_name_starts(style, headings[i]))
            pv_story_kind(story, PV_LINE_HEADING);
    for (size_t i = 0; style && quotations[i]; i++)
        if (pv_name_starts(style, quotations[i]))
            pv_story_kind(story, PV_LINE_QUOTATION);
}

/* Words that stand in an attribute. */
static void add_attribute(
    struct pv_story *story, const struct pv_element *element, const char *name, const char *label)
{
    size_t len = 0;
    const char *const value = pv_element_value(element, name, &len);
    if (value)
        pv_story_aside(story, PV_LINE_ALT, label, value, len);
}

static void add_picture(struct pv_story *story, const struct pv_element *element)
{
    size_t len = 0;
    const char *const name = pv_element_value(element, "name", &len);
    add_attribute(story, element, "descr", "picture");
    add_attribute(story, element, "title", "picture");
    if (name && memchr(name, '.', len)) /* the file that it was; else "Picture 1" */
        pv_story_aside(story, PV_LINE_ALT, "picture", name, len);
}

static void add_field(struct pv_story *story, const struct pv_element *element)
{
    size_t len = 0;
    const char *const value = pv_element_value(element, "instr", &len);
    pv_story_words(story, PV_WORDS_CODE);
    if (value)
        pv_story_text(story, value, len);
    pv_story_words(story, PV_WORDS_NONE);
}

/* What an element means. */
enum meaning {
    PARAGRAPH,
    WORDS,
    CODE,
    VALUE, /* a paragraph of its own: a number of a chart */
    SPACE,
    HYPHEN,
    SOFT_HYPHEN,
    DELETED,
    INSERTED,
    TABLE,
    ROW,
    CELL,
    BOX,
    ALTERNATIVES,
    FALLBACK,
    STYLE,
    OUTLINE,
    LINK,
    FIELD,
    PICTURE,
    SHAPE,
    CHOICE,
    NOTE
};

static const struct {
    const char *name;
    enum meaning meaning;
} elements[] = {
    { "p", PARAGRAPH },
    { "t", WORDS },
    { "delText", WORDS },
    { "instrText", CODE },
    { "delInstrText", CODE },
    { "v", VALUE },
    { "tab", SPACE },
    { "ptab", SPACE },
    { "br", SPACE },
    { "cr", SPACE },
    { "sym", SPACE },
    { "drawing", SPACE },
    { "pict", SPACE },
    { "object", SPACE },
    { "noBreakHyphen", HYPHEN },
    { "softHyphen", SOFT_HYPHEN },
    { "del", DELETED },
    { "moveFrom", DELETED },
    { "ins", INSERTED },
    { "moveTo", INSERTED },
    { "tbl", TABLE },
    { "tr", ROW },
    { "tc", CELL },
    { "txbxContent", BOX },
    { "AlternateContent", ALTERNATIVES },
    { "Fallback", FALLBACK },
    { "pStyle", STYLE },
    { "outlineLvl", OUTLINE },
    { "hyperlink", LINK },
    { "hlinkClick", LINK },
    { "hlinkHover", LINK },
    { "fldSimple", FIELD },
    { "docPr", PICTURE },
    { "cNvPr", PICTURE },
    { "shape", SHAPE },
    { "rect", SHAPE },
    { "imagedata", SHAPE },
    { "listItem", CHOICE },
    { "footnote", NOTE },
    { "endnote", NOTE },
    { "comment", NOTE },
};

static void begin(struct pv_story *story, struct word *word, enum meaning meaning,
    const struct pv_element *element)
{
    switch (meaning) {
    case PARAGRAPH:
        pv_story_paragraph(story);
        break;
    case WORDS:
        pv_story_words(story, PV_WORDS_TEXT);
        break;
    case CODE:
        pv_story_words(story, PV_WORDS_CODE);
        break;
    case VALUE:
        pv_story_paragraph(story);
        pv_story_words(story, PV_WORDS_TEXT);
        break;
    case SPACE:
        add_character(story, " ");
        break;
    case HYPHEN:
        add_character(story, "\xE2\x80\x91");
        break;
    case SOFT_HYPHEN:
        add_character(story, "\xC2\xAD");
        break;
    case DELETED:
    case INSERTED:
        set_change(story, meaning == DELETED);
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
    case BOX:
        pv_story_where(story, pv_page_name(story->page, "text box %zu", ++word->box_count));
        break;
    case ALTERNATIVES:
        word->choice = pv_page_count(story->page);
        break;
    case FALLBACK:
        pv_story_twin(story, word->choice);
        break;
    case STYLE:
        set_style(story, element);
        break;
    case OUTLINE:
        pv_story_kind(story, PV_LINE_HEADING);
        break;
    case LINK:
        add_link(story, word, element);
        add_attribute(story, element, "tooltip", "link");
        break;
    case FIELD:
        add_field(story, element);
        break;
    case PICTURE:
        add_picture(story, element);
        break;
    case SHAPE:
        add_attribute(story, element, "alt", "picture");
        add_attribute(story, element, "title", "picture");
        add_attribute(story, element, "string", "picture"); /* lettering */
        break;
    case CHOICE:
        add_attribute(story, element, "displayText", "choice");
        break;
    case NOTE:
        begin_note(story, word, element);
        break;
    }
}

static void on_element(struct pv_story *story, const struct pv_element *element, void *user)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, element->name) == 0) {
            begin(story, user, elements[i].meaning, element);
            return;
        }
}

/* -------------------------------------------------------------------- parts */

static bool read_story(struct word *word, const char *prefix, const struct pv_archive *archive,
    const struct pv_part *part)
{
    static const char *const wheres[] = {
        [ROLE_HEADER] = "header",
        [ROLE_FOOTER] = "footer",
        [ROLE_BUILDING_BLOCKS] = "building block",
        [ROLE_DRAWING] = "chart or diagram",
        [ROLE_DRAWING_AGAIN] = "chart or diagram",
    };
    const struct pv_reading reading = { .prefix = prefix,
        .where = wheres[part->role],
        .line = part->role == ROLE_COMMENTS ? PV_LINE_COMMENT : PV_LINE_PARAGRAPH,
        .on_element = on_element,
        .user = word };
    word->note_count = 0;
    return read_links(word, archive, part) && pv_part_read(word->page, &reading, part)
           && add_other_links(word, prefix);
}

static bool read_part(struct word *word, const char *prefix, const struct pv_archive *archive,
    const struct pv_part *part)
{
    switch ((enum role)part->role) {
    case ROLE_NONE:
    case ROLE_RELATIONSHIPS:
        return true;
    case ROLE_HIDDEN:
        return pv_hidden_read(word->page, prefix, part);
    case ROLE_PROPERTIES:
        return pv_properties_read(word->page, prefix, part);
    case ROLE_EMBEDDED:
        return pv_page_gap(word->page, pv_gap_embedded);
    case ROLE_MACROS:
        return pv_page_gap(word->page, pv_gap_macros);
    default:
        return read_story(word, prefix, archive, part);
    }
}

/* Whether the body is that of a text, and not of a spreadsheet. */
static bool is_text(const struct word *word, const struct pv_part *body)
{
    const char *const type = type_of(word, body->name);
    const char *problem = NULL;
    if (strstr(type, "spreadsheetml") || strstr(type, "ms-excel"))
        problem = "is an Excel workbook, which postvet does not read; save the draft as .docx, "
                  ".odt, text, Markdown or HTML";
    else if (strstr(type, "presentationml") || strstr(type, "ms-powerpoint"))
        problem = "is a PowerPoint presentation, which postvet does not read; save the draft as "
                  ".docx, .odt, text, Markdown or HTML";
    return !problem || pv_page_fail(word->page, POSTVET_ERR_FILE, problem);
}

static bool read_parts(struct word *word, const char *prefix, const struct pv_archive *archive)
{
    size_t count, drawings = 0;
    struct pv_part *const parts = pv_archive_parts(archive, &count);
    struct pv_part *body = NULL;
    for (size_t i = 0; i < count; i++) {
        parts[i].role = (int)role_of(word, parts[i].name);
        if (parts[i].role == ROLE_BODY)
            body = &parts[i];
    }
    if (!body)
        return pv_page_fail(word->page, POSTVET_ERR_SYNTAX, pv_no_text);
    if (!is_text(word, body))
        return false;
    if (!word->page->format)
        word->page->format = "docx";
    for (int role = ROLE_BODY; role <= ROLE_MACROS; role++) {
        if (role == ROLE_DRAWING)
            drawings = pv_page_count(word->page);
        if (role == ROLE_DRAWING_AGAIN)
            pv_page_begin_twin(word->page, drawings);
        for (size_t i = 0; i < count; i++)
            if (parts[i].role == role && !read_part(word, prefix, archive, &parts[i]))
                return false;
        if (role == ROLE_DRAWING_AGAIN)
            pv_page_end_twin(word->page);
    }
    return true;
}

bool pv_word_read(
    struct postvet_document *page, const char *prefix, const struct pv_archive *archive)
{
    struct word word = { .page = page };
    const struct pv_reading types = { .prefix = "", .on_element = on_type, .user = &word };
    const bool ok = pv_part_read(page, &types, pv_archive_find(archive, "[Content_Types].xml"))
                    && read_parts(&word, prefix, archive);
    pv_buf_release(&word.types);
    pv_buf_release(&word.links);
    return ok;
}
