/* story.h: text that comes in pieces, nested as elements of XML are, made lines. Knows paragraphs,
 * tables, text boxes and tracked changes, and how their places are called; nothing of the names of
 * elements, which differ from format to format.
 *
 * A reader of a format tells what an element begins; its end needs no word, as the story knows how
 * deep it began. A paragraph may stand in a text box or note that stands in another paragraph. */
#ifndef PV_DOCUMENT_STORY_H
#define PV_DOCUMENT_STORY_H

#include "document/page.h"

/* What becomes of character data. */
enum pv_words {
    PV_WORDS_NONE,
    PV_WORDS_TEXT,
    PV_WORDS_CODE /* the instructions of a field */
};

/* What holds inside an element. */
struct pv_setting {
    const char *where; /* how the place is called, or NULL: by paragraphs */
    enum pv_words words;
    enum pv_line line; /* what its paragraphs are */
    bool deleted, inserted;
    bool ends_twin; /* with the element */
    size_t depth;
};

struct pv_story {
    struct postvet_document *page;
    const char *prefix;       /* before the names of places: "attachment 2"; "" for none */
    struct pv_buf settings;   /* of struct pv_setting, the innermost last; the first is for all */
    struct pv_buf paragraphs; /* of struct pv_paragraph that have begun, the innermost last */
    struct pv_buf tables;     /* of struct pv_table, the innermost last */
    size_t depth;             /* of the element that is open */
    size_t paragraph_count, table_count;
    bool is_inserting; /* between two marks of an insertion, which are no element */
};

void pv_story_init(struct pv_story *story, struct postvet_document *page, const char *prefix);
void pv_story_release(struct pv_story *story);

/* Every element has these two. */
void pv_story_open(struct pv_story *story);
void pv_story_close(struct pv_story *story);

/* What holds in the element just opened: as around it, until the caller changes it. NULL after a
 * failure; lasts until the next call. */
struct pv_setting *pv_story_set(struct pv_story *story);
/* The two that change most: how places in the element just opened are called, and what becomes of
 * its character data. */
void pv_story_where(struct pv_story *story, const char *where);
void pv_story_words(struct pv_story *story, enum pv_words words);

/* What holds now. */
const struct pv_setting *pv_story_setting(const struct pv_story *story);

/* What the element just opened says may repeat the places from `first` on (page.h). */
void pv_story_twin(struct pv_story *story, size_t first);

/* The element just opened is a paragraph; a table; begins a row; begins a cell. */
void pv_story_paragraph(struct pv_story *story);
void pv_story_table(struct pv_story *story);
void pv_story_row(struct pv_story *story);
void pv_story_cell(struct pv_story *story);

/* The innermost paragraph is a heading, a quotation … */
void pv_story_kind(struct pv_story *story, enum pv_line kind);

/* Character data. Begins a paragraph where none is open. */
void pv_story_text(struct pv_story *story, const char *text, size_t len);

/* Words that were deleted here, and of which the text says so elsewhere. */
void pv_story_deleted(struct pv_story *story, const char *text, size_t len);

/* Something that stands beside the innermost paragraph: a line of its own behind it. `label` is
 * static: "link", "picture". */
void pv_story_aside(
    struct pv_story *story, enum pv_line kind, const char *label, const char *text, size_t len);

/* Ends all paragraphs that have begun. */
void pv_story_flush(struct pv_story *story);

#endif
