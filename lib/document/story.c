/* story.c: three stacks beside that of the elements. A paragraph collects its words twice where
 * changes are tracked: as it is now, and as it was before, since the words that were deleted are in
 * the file still, and make sense only with those around them. */
#include "document/story.h"

#include <string.h>

#include "text/ascii.h"

/* Of those that stand beside a paragraph, how many are compared with another one: a picture has its
 * description twice or three times in the file. */
enum { ASIDES_COMPARED = 16 };

/* Begun and not yet ended. */
struct pv_paragraph {
    struct pv_buf now, before, code;
    struct pv_buf asides; /* of struct aside */
    enum pv_line kind;
    bool has_deleted;
    size_t depth;
};

struct aside {
    enum pv_line kind;
    const char *label, *text;
    size_t len;
};

struct pv_table {
    size_t number, row, column, depth;
};

void pv_story_init(struct pv_story *story, struct postvet_document *page, const char *prefix)
{
    *story = (struct pv_story){ .page = page, .prefix = prefix };
    if (!PV_BUF_PUSH(&story->settings, struct pv_setting))
        pv_page_nomem(page);
}

static struct pv_paragraph *innermost_paragraph(const struct pv_story *story)
{
    const size_t count = PV_BUF_COUNT(&story->paragraphs, struct pv_paragraph);
    return count ? &PV_BUF_ITEMS(&story->paragraphs, struct pv_paragraph)[count - 1] : NULL;
}

static struct pv_table *innermost_table(const struct pv_story *story)
{
    const size_t count = PV_BUF_COUNT(&story->tables, struct pv_table);
    return count ? &PV_BUF_ITEMS(&story->tables, struct pv_table)[count - 1] : NULL;
}

/* The one for all of the story serves after a failure, too. */
static struct pv_setting *innermost_setting(const struct pv_story *story)
{
    const size_t count = PV_BUF_COUNT(&story->settings, struct pv_setting);
    return count ? &PV_BUF_ITEMS(&story->settings, struct pv_setting)[count - 1] : NULL;
}

const struct pv_setting *pv_story_setting(const struct pv_story *story)
{
    static const struct pv_setting none = { 0 };
    const struct pv_setting *const setting = innermost_setting(story);
    return setting ? setting : &none;
}

static void release_paragraph(struct pv_paragraph *paragraph)
{
    pv_buf_release(&paragraph->now);
    pv_buf_release(&paragraph->before);
    pv_buf_release(&paragraph->code);
    pv_buf_release(&paragraph->asides);
}

void pv_story_release(struct pv_story *story)
{
    struct pv_paragraph *paragraph;
    while ((paragraph = innermost_paragraph(story))) {
        release_paragraph(paragraph);
        story->paragraphs.len -= sizeof *paragraph;
    }
    pv_buf_release(&story->paragraphs);
    pv_buf_release(&story->settings);
    pv_buf_release(&story->tables);
}

/* ------------------------------------------------------------------- places */

/* "header, table 2, row 3, column 1, picture": what there is of it. */
static const char *name_place(struct pv_story *story, const char *label)
{
    const struct pv_table *const table = innermost_table(story);
    const char *const where = pv_story_setting(story)->where;
    const char *const after_prefix = *story->prefix ? ", " : "";
    const char *const before_label = *label ? ", " : "";
    if (table)
        return pv_page_name(story->page, "%s%s%s%stable %zu, row %zu, column %zu%s%s",
            story->prefix, after_prefix, where ? where : "", where ? ", " : "", table->number,
            table->row, table->column, before_label, label);
    if (where)
        return pv_page_name(
            story->page, "%s%s%s%s%s", story->prefix, after_prefix, where, before_label, label);
    return pv_page_name(story->page, "%s%sparagraph %zu%s%s", story->prefix, after_prefix,
        story->paragraph_count, before_label, label);
}

/* --------------------------------------------------------------- paragraphs */

static bool has_words(const struct pv_buf *buf)
{
    for (size_t i = 0; i < buf->len; i++)
        if (!pv_is_space(buf->data[i]))
            return true;
    return false;
}

/* Writes a paragraph: as it is, as it was, and what stands beside it. */
static void write_paragraph(struct pv_story *story, const struct pv_paragraph *paragraph)
{
    struct postvet_document *const page = story->page;
    const struct pv_setting *const setting = pv_story_setting(story);
    const struct aside *const asides = PV_BUF_ITEMS(&paragraph->asides, const struct aside);
    const size_t aside_count = PV_BUF_COUNT(&paragraph->asides, struct aside);
    enum pv_line kind = paragraph->kind;
    if (setting->line != PV_LINE_PARAGRAPH)
        kind = setting->line;
    else if (innermost_table(story))
        kind = PV_LINE_CELL;
    if (!has_words(&paragraph->now) && !has_words(&paragraph->before)
        && !has_words(&paragraph->code) && aside_count == 0)
        return;
    if (!setting->where && !innermost_table(story))
        story->paragraph_count++;
    if (has_words(&paragraph->now))
        pv_page_line(page, kind, name_place(story, ""), paragraph->now.data, paragraph->now.len);
    if (paragraph->has_deleted && has_words(&paragraph->before))
        pv_page_line(page, PV_LINE_COMMENT, name_place(story, "with its deleted text"),
            paragraph->before.data, paragraph->before.len);
    if (has_words(&paragraph->code) && memchr(paragraph->code.data, '"', paragraph->code.len))
        pv_page_line(page, PV_LINE_LINK, name_place(story, "field"), paragraph->code.data,
            paragraph->code.len);
    for (size_t i = 0; i < aside_count; i++)
        pv_page_line(page, asides[i].kind, name_place(story, asides[i].label), asides[i].text,
            asides[i].len);
}

static void end_paragraph(struct pv_story *story)
{
    struct pv_paragraph *const paragraph = innermost_paragraph(story);
    write_paragraph(story, paragraph);
    release_paragraph(paragraph);
    story->paragraphs.len -= sizeof *paragraph;
}

void pv_story_flush(struct pv_story *story)
{
    while (innermost_paragraph(story))
        end_paragraph(story);
}

void pv_story_paragraph(struct pv_story *story)
{
    struct pv_paragraph *const paragraph = PV_BUF_PUSH(&story->paragraphs, struct pv_paragraph);
    if (paragraph)
        paragraph->depth = story->depth;
    else
        pv_page_nomem(story->page);
}

void pv_story_kind(struct pv_story *story, enum pv_line kind)
{
    struct pv_paragraph *const paragraph = innermost_paragraph(story);
    if (paragraph)
        paragraph->kind = kind;
}

/* The innermost paragraph, begun if there is none; NULL after a failure. */
static struct pv_paragraph *need_paragraph(struct pv_story *story)
{
    if (!innermost_paragraph(story))
        pv_story_paragraph(story);
    return story->page->failed ? NULL : innermost_paragraph(story);
}

void pv_story_text(struct pv_story *story, const char *text, size_t len)
{
    const struct pv_setting *const setting = pv_story_setting(story);
    struct pv_paragraph *const paragraph =
        setting->words == PV_WORDS_NONE ? NULL : need_paragraph(story);
    bool ok = true;
    if (!paragraph)
        return;
    if (setting->words == PV_WORDS_CODE)
        ok = pv_buf_append(&paragraph->code, text, len);
    if (setting->words == PV_WORDS_TEXT && !setting->deleted)
        ok = pv_buf_append(&paragraph->now, text, len);
    if (setting->words == PV_WORDS_TEXT && !setting->inserted && !story->is_inserting)
        ok = pv_buf_append(&paragraph->before, text, len) && ok;
    paragraph->has_deleted |= setting->deleted;
    if (!ok)
        pv_page_nomem(story->page);
}

void pv_story_deleted(struct pv_story *story, const char *text, size_t len)
{
    struct pv_paragraph *const paragraph = need_paragraph(story);
    if (!paragraph)
        return;
    paragraph->has_deleted = true;
    if (!pv_buf_append(&paragraph->before, text, len))
        pv_page_nomem(story->page);
}

static bool has_aside(
    const struct pv_paragraph *paragraph, enum pv_line kind, const char *text, size_t len)
{
    const struct aside *const asides = PV_BUF_ITEMS(&paragraph->asides, const struct aside);
    const size_t count = PV_BUF_COUNT(&paragraph->asides, struct aside);
    size_t first = count > ASIDES_COMPARED ? count - ASIDES_COMPARED : 0;
    for (size_t i = first; i < count; i++)
        if (asides[i].kind == kind && asides[i].len == len
            && memcmp(asides[i].text, text, len) == 0)
            return true;
    return false;
}

void pv_story_aside(
    struct pv_story *story, enum pv_line kind, const char *label, const char *text, size_t len)
{
    struct pv_paragraph *const paragraph = need_paragraph(story);
    if (len == 0 || (paragraph && has_aside(paragraph, kind, text, len)))
        return;
    const char *const copy = paragraph ? pv_arena_strndup(&story->page->arena, text, len) : NULL;
    struct aside *const aside = copy ? PV_BUF_PUSH(&paragraph->asides, struct aside) : NULL;
    if (aside)
        *aside = (struct aside){ kind, label, copy, len };
    else
        pv_page_nomem(story->page);
}

/* ------------------------------------------------------------------- tables */

void pv_story_table(struct pv_story *story)
{
    struct pv_table *const table = PV_BUF_PUSH(&story->tables, struct pv_table);
    if (table) {
        *table = (struct pv_table){ ++story->table_count, 0, 0, story->depth };
        pv_page_open_table(story->page);
    } else {
        pv_page_nomem(story->page);
    }
}

void pv_story_row(struct pv_story *story)
{
    struct pv_table *const table = innermost_table(story);
    if (table) {
        table->row++;
        table->column = 0;
    }
}

void pv_story_cell(struct pv_story *story)
{
    struct pv_table *const table = innermost_table(story);
    if (table)
        table->column++;
}

/* ----------------------------------------------------------------- elements */

void pv_story_open(struct pv_story *story)
{
    story->depth++;
}

struct pv_setting *pv_story_set(struct pv_story *story)
{
    const struct pv_setting around = *pv_story_setting(story);
    if (innermost_setting(story) && innermost_setting(story)->depth == story->depth)
        return innermost_setting(story);
    struct pv_setting *const setting = PV_BUF_PUSH(&story->settings, struct pv_setting);
    if (!setting) {
        pv_page_nomem(story->page);
        return NULL;
    }
    *setting = around;
    setting->ends_twin = false;
    setting->depth = story->depth;
    return setting;
}

void pv_story_where(struct pv_story *story, const char *where)
{
    struct pv_setting *const setting = pv_story_set(story);
    if (setting)
        setting->where = where;
}

void pv_story_words(struct pv_story *story, enum pv_words words)
{
    struct pv_setting *const setting = pv_story_set(story);
    if (setting)
        setting->words = words;
}

void pv_story_twin(struct pv_story *story, size_t first)
{
    struct pv_setting *const setting = pv_story_set(story);
    if (!setting)
        return;
    setting->ends_twin = true;
    pv_page_begin_twin(story->page, first);
}

void pv_story_close(struct pv_story *story)
{
    const struct pv_paragraph *const paragraph = innermost_paragraph(story);
    const struct pv_table *const table = innermost_table(story);
    if (paragraph && paragraph->depth == story->depth)
        end_paragraph(story);
    if (table && table->depth == story->depth) {
        pv_page_close_table(story->page);
        story->tables.len -= sizeof *table;
    }
    const struct pv_setting *const setting = pv_story_setting(story);
    if (setting->depth == story->depth && story->depth > 0) {
        if (setting->ends_twin)
            pv_page_end_twin(story->page);
        story->settings.len -= sizeof *setting;
    }
    story->depth--;
}
