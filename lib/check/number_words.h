/* number_words.h: the numbers of a date as words. Knows nothing of what they count. */
#ifndef PV_CHECK_NUMBER_WORDS_H
#define PV_CHECK_NUMBER_WORDS_H

#include <stdbool.h>

/* A word that is a number: 0 to 19 and the tens to 90, "third" as well as "three"; 100 and 1000. */
struct pv_number_word {
    unsigned value;
    bool ordinal;
};

/* Whether `word`, in capitals, is one; `out` is written only then. */
bool pv_number_word_read(const char *word, struct pv_number_word *out);

#endif
