/* terms.h: words and phrases. One pass over the folded view finds every term of every matcher;
 * the table that it looks words up in is part of the image and made by terms_build.c.
 *
 * A key is the first one to four bytes of a term's first word, folded. A word of the text is
 * looked up by each of its own beginnings, one to four bytes long; a bitmap answers "no such key"
 * for nearly all of them; what is left is verified letter by letter. */
#ifndef PV_ENGINE_TERMS_H
#define PV_ENGINE_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/image.h"
#include "engine/writer.h"
#include "text/text.h"

/* The longest term, in bytes, folded. */
#define PV_TERM_MAX 200

/* Told each term found, at a span of the folded view. False stops the pass (out of memory). */
typedef bool pv_term_fn(void *user, uint32_t term, struct pv_span folded);

/* Finds all terms of the image in the text. False when `found` said so. */
bool pv_terms_find(
    const struct pv_image *image, const struct pv_text *text, pv_term_fn *found, void *user);

/* The key of a folded word beginning: up to four bytes. */
static inline uint32_t pv_term_key(const char *text, size_t len)
{
    uint32_t key = 0;
    for (size_t i = 0; i < len && i < 4; i++)
        key |= (uint32_t)(unsigned char)pv_fold_ascii(text[i]) << (8 * i);
    return key;
}

/* Whether a byte of the folded view is part of a word: a letter, a digit, or part of any character
 * beyond ASCII that is not punctuation, a symbol or a space. `at` is below `len`. */
bool pv_is_word_at(const char *text, size_t len, size_t at);

/* Sorts `terms` (struct pv_image_term) by key and writes the whole table into the image. */
void pv_terms_build(struct pv_writer *writer, struct pv_buf *terms, struct pv_image *header);

#endif
