/* page.h: the text of a document while it is written: a line of HTML for each place, so that scopes
 * and blocks are those that the library reads out of HTML anyway. Knows how words are written
 * there; nothing of the formats that they come from.
 *
 * Failure is sticky: after the first, which fills the error, nothing more is written, and every
 * function that returns bool returns false. */
#ifndef PV_DOCUMENT_PAGE_H
#define PV_DOCUMENT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <postvet/document.h>

#include "base/arena.h"
#include "base/buf.h"

/* What the words of a line are. */
enum pv_line {
    PV_LINE_PARAGRAPH,
    PV_LINE_HEADING,
    PV_LINE_QUOTATION,
    PV_LINE_CELL,
    PV_LINE_COMMENT, /* what is in the file but not in what a reader is shown */
    PV_LINE_LINK,
    PV_LINE_ALT
};

struct postvet_document {
    struct pv_arena arena; /* names, reasons and what is kept while a document is read */
    struct pv_buf text;
    struct pv_buf places;  /* of postvet_place */
    struct pv_buf reasons; /* of const char * */
    const char *format;
    postvet_document_options limits; /* none of them 0 */
    size_t unpacked;                 /* bytes, of all parts so far */
    size_t parts;                    /* of an e-mail, so far */
    size_t tables_opened;            /* since the last line */
    size_t tables_open;              /* in lines written, and not yet closed */
    size_t twin, twin_end;           /* while `has_twin`: the places that a line may repeat */
    bool has_twin, failed;
    postvet_status status; /* of the failure */
    postvet_error *err;    /* while the document is made; may be NULL */
};

/* Writes a line. White space is made single spaces; without words there is no line. While there is
 * a twin, a line that says what one of the next places of it says is left out. */
bool pv_page_line(struct postvet_document *page, enum pv_line kind, const char *name,
    const char *text, size_t len);

/* The lines to come may repeat those from place `first` up to here, as the two forms of one text
 * do.
 */
void pv_page_begin_twin(struct postvet_document *page, size_t first);
void pv_page_end_twin(struct postvet_document *page);

/* Cells from here to the matching close are one table. */
void pv_page_open_table(struct postvet_document *page);
bool pv_page_close_table(struct postvet_document *page);

size_t pv_page_count(const struct postvet_document *page);

/* A string that lasts as long as the document, or NULL after a failure. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 3)))
#endif
const char *
pv_page_name(struct postvet_document *page, const char *format, ...);

/* A copy that lasts as long, or NULL: of no text, or after a failure. */
const char *pv_page_keep(struct postvet_document *page, const char *text, size_t len);

/* Adds a reason why the document is not complete, once. Static, never quoting the document. */
bool pv_page_gap(struct postvet_document *page, const char *sentence);

/* Fails, and returns false. `message` is static and follows "It". */
bool pv_page_fail(struct postvet_document *page, postvet_status status, const char *message);

/* The same for a limit of the document, which stands between the two halves of the message. */
bool pv_page_over(
    struct postvet_document *page, const char *before, size_t limit, const char *behind);
bool pv_page_nomem(struct postvet_document *page);

/* Goes on after a failure to read an attachment, with a gap in its place; false when it was another
 * failure, such as being out of memory. */
bool pv_page_recover(struct postvet_document *page, const char *sentence);

/* Counts bytes that were unpacked; fails at the limit. */
bool pv_page_unpacked(struct postvet_document *page, size_t len);

#endif
