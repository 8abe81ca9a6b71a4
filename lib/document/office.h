/* office.h: what Word documents and OpenDocument texts have in common: ZIP files with parts of XML.
 */
#ifndef PV_DOCUMENT_OFFICE_H
#define PV_DOCUMENT_OFFICE_H

#include "document/archive.h"
#include "document/xml.h"

/* Reads a .docx or .odt; `prefix` stands before the names of its places. Fails on the page when it
 * is none. Sets page->format where that is NULL. */
bool pv_office_read(
    struct postvet_document *page, const char *prefix, const char *bytes, size_t len);

/* The two kinds, once it is known which. */
bool pv_word_read(
    struct postvet_document *page, const char *prefix, const struct pv_archive *archive);
bool pv_odf_read(
    struct postvet_document *page, const char *prefix, const struct pv_archive *archive);

/* One part, whose elements are told to the story by `on_element`. `where` as in pv_setting. */
struct pv_reading {
    const char *prefix, *where;
    enum pv_line line;
    pv_element_fn *on_element;
    void *user;
};
bool pv_part_read(
    struct postvet_document *page, const struct pv_reading *reading, const struct pv_part *part);

/* The properties of a document: author, title … */
bool pv_properties_read(
    struct postvet_document *page, const char *prefix, const struct pv_part *part);

/* Any other XML: all text in it is sent with the document. */
bool pv_hidden_read(struct postvet_document *page, const char *prefix, const struct pv_part *part);

/* Whether a part is a picture, a sound, a film or a font: nothing that has words to read. */
bool pv_part_is_wordless(const char *name);

/* Why a document whose text is not where it should be cannot be read; follows "It". */
extern const char pv_no_text[];

/* What is said of parts that have words, but are not read. */
extern const char pv_gap_embedded[], pv_gap_macros[];

#endif
