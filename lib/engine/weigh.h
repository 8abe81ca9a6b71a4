/* weigh.h: how much the words of a draft say for something, taken all in all. A list gives words,
 * two words in a row, two with one between them and beginnings of words a weight each, for or
 * against; a stretch of forty words, or a shorter draft, whose weights add up to enough is found.
 * What is said again within forty words counts once.
 * For what people tell in ever new words, of which none alone says much.
 *
 * What adds up is set against the square root of the number of words, so that a line of ten and a
 * page are judged alike: by chance alone a sum grows so. */
#ifndef PV_ENGINE_WEIGH_H
#define PV_ENGINE_WEIGH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/work.h"
#include "engine/image.h"
#include "text/text.h"

/* The words of the longest stretch that is weighed as one; fewer than the least count as so many.
 */
#define PV_WEIGH_WORDS 40u
#define PV_WEIGH_WORDS_LEAST 8u

/* The longest word that has a weight, in bytes, folded, and how a longer word's beginning is found:
 * by so many ASCII letters. */
#define PV_WEIGH_WORD_MAX 31u
#define PV_WEIGH_BEGINNING 5u

/* A word of the draft. There may be many millions. */
struct pv_weighed_word {
    uint32_t start, end;                   /* of the folded view */
    uint32_t sentence_start, sentence_end; /* round it, of the plain view; 0: not looked for yet */
    uint32_t row; /* 1 + the number of what it says; 0: it says nothing in any list */
};

/* The words of a draft and what they say, read when a matcher first asks. */
struct pv_weighing {
    struct pv_buf words; /* struct pv_weighed_word */
    struct pv_buf rows;  /* int32_t, by row and list */
    bool is_read;
};

void pv_weighing_release(struct pv_weighing *weighing);

/* Forgets the draft. */
void pv_weighing_reset(struct pv_weighing *weighing);

/* Told each stretch that weighs enough: its sentences, as a span of the plain view. False stops. */
typedef bool pv_weighed_fn(void *user, struct pv_span plain);

/* Weighs what a reader reads from top to bottom, for number `weighed` of those of the image. False
 * when out of memory. */
bool pv_weigh(struct pv_weighing *weighing, const struct pv_image *image,
    const struct pv_text *text, uint32_t weighed, struct pv_work *work, pv_weighed_fn *found,
    void *user);

/* "words such as 'x', 'y' and 'z'": those of the list that say most for the matcher in a plain
 * span, in the arena. NULL when out of memory. */
const char *pv_weigh_reason(const struct pv_image *image, const struct pv_text *text,
    uint32_t matcher, struct pv_span plain, struct pv_arena *arena);

#endif
