/* reader.h: drafts that are no text, made text by libpostvet-document. That library is loaded when
 * the first such draft is met: what it links would take longer to load than a text to check. */
#ifndef CLI_INPUT_READER_H
#define CLI_INPUT_READER_H

#include <stdbool.h>

#include <postvet/document.h>

#include "../memory.h"
#include "../options.h"

/* Makes text of a draft; NULL, with `problem` saying why in words that follow "It", when that
 * cannot be done. Any thread may. */
postvet_document *cli_reader_open(
    const struct cli_buf *bytes, const struct cli_options *options, struct cli_buf *problem);

/* The functions of <postvet/document.h>, for a document that cli_reader_open() returned. */
const char *cli_reader_format(const postvet_document *document);
const char *cli_reader_text(const postvet_document *document);
size_t cli_reader_len(const postvet_document *document);
size_t cli_reader_place_count(const postvet_document *document);
const postvet_place *cli_reader_place_at(const postvet_document *document, size_t index);
const postvet_place *cli_reader_place(const postvet_document *document, size_t byte);
size_t cli_reader_incomplete_count(const postvet_document *document);
const char *cli_reader_incomplete_at(const postvet_document *document, size_t index);
void cli_reader_close(postvet_document *document);

#endif
