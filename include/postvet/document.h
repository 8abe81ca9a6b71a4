/**
 * @file document.h
 * libpostvet-document makes text of drafts as people have them: Word documents (.docx),
 * OpenDocument texts (.odt) and e-mails (.eml). It is a library of its own, since what it leans on
 * (libarchive, libxml2) is large, and a program that checks a text needs none of it.
 *
 *     postvet_document *document = NULL;
 *     postvet_scan_options options = POSTVET_SCAN_OPTIONS_INIT;
 *     options.markup = POSTVET_MARKUP_HTML;
 *     if (postvet_document_new(bytes, len, NULL, &document, &err) == POSTVET_OK
 *         && postvet_scan(scanner, postvet_document_text(document), postvet_document_len(document),
 *                &options, &result, &err) == POSTVET_OK)
 *         for (size_t i = 0; i < postvet_result_count(result); i++)
 *             puts(postvet_document_place(document, postvet_result_at(result,
 * i)->start.byte)->name);
 *
 * All that the file says is in the text, since all of it is sent when the file is: the body,
 * tables, text boxes, headers and footers, notes, comments, text that a tracked change has deleted,
 * text that is hidden, descriptions of pictures, targets of links, and the properties (author,
 * title …); of an e-mail the subject and the addresses, each form of its text, and attachments that
 * can be read. What cannot be read is told by postvet_document_incomplete_at(). Pictures, sounds
 * and films are not looked at.
 *
 * Nothing is written to a file, no name is looked up, nothing is fetched. Memory that held words of
 * the draft is wiped when it is freed, but for the working memory of libarchive and libxml2.
 */
#ifndef POSTVET_DOCUMENT_H
#define POSTVET_DOCUMENT_H

#include <postvet/postvet.h>

#if defined(_WIN32) && defined(postvet_document_EXPORTS)
#define POSTVET_DOCUMENT_EXPORT __declspec(dllexport)
#elif defined(_WIN32)
#define POSTVET_DOCUMENT_EXPORT __declspec(dllimport)
#else
#define POSTVET_DOCUMENT_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Limits, so that a small file cannot take all memory or time. At one of those on the file as a
 * whole postvet_document_new() returns POSTVET_ERR_LIMIT; at one on attachments the document is
 * incomplete and says so. */

/** The bytes that all parts of a document unpack to, together with those of its attachments. */
#define POSTVET_DOCUMENT_UNPACKED_MAX ((size_t)64 * 1024 * 1024)

/** How many times its size a file may unpack to, once that is more than
 *  POSTVET_DOCUMENT_RATIO_FROM bytes. */
#define POSTVET_DOCUMENT_RATIO_MAX 250
#define POSTVET_DOCUMENT_RATIO_FROM ((size_t)4 * 1024 * 1024)

/** The files in a .docx or .odt. */
#define POSTVET_DOCUMENT_ENTRIES_MAX 4096

/** How deep elements may stand in one another, in XML and HTML. */
#define POSTVET_DOCUMENT_DEPTH_MAX 256

/** The attributes of one element of XML. */
#define POSTVET_DOCUMENT_ATTRIBUTES_MAX 256

/** The lines that a document is made. */
#define POSTVET_DOCUMENT_PLACES_MAX ((size_t)200000)

/** The bytes of HTML in one part of an e-mail, and those of one tag, comment or stretch of text
 *  without a tag in it. */
#define POSTVET_DOCUMENT_HTML_MAX ((size_t)4 * 1024 * 1024)
#define POSTVET_DOCUMENT_HTML_STRETCH_MAX ((size_t)256 * 1024)

/** The parts of an e-mail, those of attached e-mails included, and how deep they may stand in one
 *  another. */
#define POSTVET_DOCUMENT_PARTS_MAX 1000
#define POSTVET_DOCUMENT_PARTS_DEPTH_MAX 16

/** Limits to hold a document to, instead of POSTVET_DOCUMENT_UNPACKED_MAX, _RATIO_MAX,
 * _ENTRIES_MAX, _DEPTH_MAX and _PARTS_MAX where they are less; 0 for those. Start from
 *  POSTVET_DOCUMENT_OPTIONS_INIT. */
typedef struct postvet_document_options {
    uint32_t version; /**< POSTVET_DOCUMENT_OPTIONS_VERSION. */
    size_t unpacked_max, ratio_max, entries_max, depth_max, parts_max;
} postvet_document_options;

#define POSTVET_DOCUMENT_OPTIONS_VERSION 1
#define POSTVET_DOCUMENT_OPTIONS_INIT                                                              \
    {                                                                                              \
        POSTVET_DOCUMENT_OPTIONS_VERSION, 0, 0, 0, 0, 0                                            \
    }

/** A draft that was made text. Immutable; owns what it hands out. */
typedef struct postvet_document postvet_document;

/** One line of the text, and where its words stand in the document. */
typedef struct postvet_place {
    size_t start, end; /**< The words in the text, without the markup round them. */
    const char *name;  /**< For people, never quoting the document: "paragraph 12", "table 2, row 3,
                            column 1", "comment 1", "header", "attachment 2, paragraph 1" … */
} postvet_place;

/**
 * Makes text of a draft: a .docx or .odt if it begins as a ZIP file does, else an e-mail.
 * @param bytes  The file; borrowed until the call returns.
 * @param len    Bytes in it, at most POSTVET_TEXT_MAX.
 * @param options  NULL for the usual limits.
 * @param out    On POSTVET_OK a document to free with postvet_document_free(); else untouched.
 * @param err    Filled on failure, with words that follow "It": "is protected with a password;
 *               save a copy without one". May be NULL.
 * @return POSTVET_OK, also when parts could not be read (postvet_document_incomplete_count());
 *         POSTVET_ERR_FILE for what is not such a document, and what is protected with a password;
 *         POSTVET_ERR_SYNTAX for a damaged one; POSTVET_ERR_LIMIT; POSTVET_ERR_ARGUMENT for options
 *         of a version that is not known; POSTVET_ERR_NOMEM.
 * Thread safety: any thread.
 */
POSTVET_DOCUMENT_EXPORT POSTVET_NODISCARD postvet_status postvet_document_new(const char *bytes,
    size_t len, const postvet_document_options *options, postvet_document **out,
    postvet_error *err);

/** Frees a document. NULL is fine. */
POSTVET_DOCUMENT_EXPORT void postvet_document_free(postvet_document *document);

/** @return "docx", "odt" or "eml". Static. */
POSTVET_DOCUMENT_EXPORT const char *postvet_document_format(const postvet_document *document);

/** @return The text, HTML in UTF-8 with a NUL behind it, a line for each postvet_place: scan it as
 *  POSTVET_MARKUP_HTML. */
POSTVET_DOCUMENT_EXPORT const char *postvet_document_text(const postvet_document *document);
/** @return Bytes in the text. */
POSTVET_DOCUMENT_EXPORT size_t postvet_document_len(const postvet_document *document);

/** The places, in the order of the text, that of line N at N - 1; NULL past the end. */
POSTVET_DOCUMENT_EXPORT size_t postvet_document_place_count(const postvet_document *document);
POSTVET_DOCUMENT_EXPORT const postvet_place *postvet_document_place_at(
    const postvet_document *document, size_t index);

/** @return The place whose line holds this byte of the text, or the last one; NULL when there is
 *  none. */
POSTVET_DOCUMENT_EXPORT const postvet_place *postvet_document_place(
    const postvet_document *document, size_t byte);

/** Why not all of the document is in the text, a sentence each; NULL past the end. */
POSTVET_DOCUMENT_EXPORT size_t postvet_document_incomplete_count(const postvet_document *document);
POSTVET_DOCUMENT_EXPORT const char *postvet_document_incomplete_at(
    const postvet_document *document, size_t index);

#ifdef __cplusplus
}
#endif
#endif
