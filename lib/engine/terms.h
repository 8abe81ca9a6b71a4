/* terms.h: words and phrases. One pass over the folded view finds every term of every matcher: a
 * term is looked up by the beginning of its first word (keys.h) and verified letter by letter. The
 * table is part of the image and made by terms_build.c. */
#ifndef PV_ENGINE_TERMS_H
#define PV_ENGINE_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/work.h"
#include "engine/image.h"
#include "engine/writer.h"
#include "text/text.h"

/* The longest term, in bytes, folded. */
#define PV_TERM_MAX 200

/* Told each term found, at a span of the folded view. False stops the pass (out of memory). */
typedef bool pv_term_fn(void *user, uint32_t term, struct pv_span folded);

/* Finds all terms of the image in the text. False when `found` said so, or `work` is spent. */
bool pv_terms_find(const struct pv_image *image, const struct pv_text *text, struct pv_work *work,
    pv_term_fn *found, void *user);

/* Whether a byte of the folded view is part of a word: a letter, a digit, or part of any character
 * beyond ASCII that is not punctuation, a symbol or a space. `at` is below `len`. */
bool pv_is_word_at(const char *text, size_t len, size_t at);

/* Sorts `terms` (struct pv_image_term) by key and writes the whole table into the image. */
void pv_terms_build(struct pv_writer *writer, struct pv_buf *terms, struct pv_image *header);

#endif
