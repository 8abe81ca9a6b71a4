/* disguise.h: words dressed up to slip past a reader or a filter: leet, masks, repeated and
 * separated letters. Works on the folded view, on suspicious words only: what it accepts is
 * always a listed term, never a guess. */
#ifndef PV_TEXT_DISGUISE_H
#define PV_TEXT_DISGUISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Finds the next suspicious word at or after `from`: one that holds a digit or mark beside a
 * letter, a letter three times running, or a run of single letters ("r e t a r d"); or one that
 * stands up to two words before such a word, since a phrase may start there. Sets *start to its
 * first byte and returns true; false when there is none. */
bool pv_disguise_next(const char *text, size_t len, size_t from, size_t *start);

/* The letters a to z, bit 0 to 25, that a term found at text[start] may begin with. */
uint32_t pv_disguise_first(char first);

/* Whether a term that begins with these two bytes can begin at text[start], where its first letter
 * has been seen: nearly all terms fail there. */
bool pv_disguise_may_go_on(const char *text, size_t len, size_t start, char first, char second);

/* What a term that begins at text[start] can be made of; {0} before the first place. */
struct pv_disguise_signs {
    uint32_t letters; /* a to z, bit 0 to 25 */
    unsigned masks,
        strong;          /* signs that may hide a letter; of which any letter, not vowels alone */
    size_t start, end;   /* the text that was looked at */
    uint16_t counts[26]; /* by letter: how often it was seen there */
};

/* Moves the signs to a place, which costs little where it is a little further on. */
void pv_disguise_move(struct pv_disguise_signs *signs, const char *text, size_t len, size_t start);

/* The letters a to z of a term, bit 0 to 25. */
uint32_t pv_disguise_letters(const char *term, size_t term_len);

/* Whether these signs can stand for all letters of a folded term: a quick answer, which is yes for
 * every term that pv_disguise_match() finds there. */
bool pv_disguise_may_match(const struct pv_disguise_signs *signs, uint32_t letters);

/* Whether the folded `term` (words parted by single spaces) stands at text[start] in disguise and
 * ends at a word end, be it in the plural (-s, -es, -'s). Sets *end. A term that stands there
 * without disguise is none; nor is a real word that merely looks alike ("10/10", "B12", "A&E", an
 * everyday word with its own double letters). At least half of the letters must be letters. Masks
 * need the first letter and at least half of the rest in sight, except where only the vowels are
 * masked, or where all between the first and last of six letters or more are ("w****r"). */
bool pv_disguise_match(
    const char *term, size_t term_len, const char *text, size_t len, size_t start, size_t *end);

#endif
