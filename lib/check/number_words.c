/* number_words.c: see number_words.h. */
#include "check/number_words.h"

#include <stddef.h>
#include <string.h>

static const struct {
    char word[12];
    unsigned value;
    bool ordinal;
} number_words[] = {
    { "OH", 0, false },
    { "NOUGHT", 0, false },
    { "ZERO", 0, false },
    { "ONE", 1, false },
    { "TWO", 2, false },
    { "THREE", 3, false },
    { "FOUR", 4, false },
    { "FIVE", 5, false },
    { "SIX", 6, false },
    { "SEVEN", 7, false },
    { "EIGHT", 8, false },
    { "NINE", 9, false },
    { "TEN", 10, false },
    { "ELEVEN", 11, false },
    { "TWELVE", 12, false },
    { "THIRTEEN", 13, false },
    { "FOURTEEN", 14, false },
    { "FIFTEEN", 15, false },
    { "SIXTEEN", 16, false },
    { "SEVENTEEN", 17, false },
    { "EIGHTEEN", 18, false },
    { "NINETEEN", 19, false },
    { "TWENTY", 20, false },
    { "THIRTY", 30, false },
    { "FORTY", 40, false },
    { "FIFTY", 50, false },
    { "SIXTY", 60, false },
    { "SEVENTY", 70, false },
    { "EIGHTY", 80, false },
    { "NINETY", 90, false },
    { "HUNDRED", 100, false },
    { "THOUSAND", 1000, false },
    { "FIRST", 1, true },
    { "SECOND", 2, true },
    { "THIRD", 3, true },
    { "FOURTH", 4, true },
    { "FIFTH", 5, true },
    { "SIXTH", 6, true },
    { "SEVENTH", 7, true },
    { "EIGHTH", 8, true },
    { "NINTH", 9, true },
    { "TENTH", 10, true },
    { "ELEVENTH", 11, true },
    { "TWELFTH", 12, true },
    { "THIRTEENTH", 13, true },
    { "FOURTEENTH", 14, true },
    { "FIFTEENTH", 15, true },
    { "SIXTEENTH", 16, true },
    { "SEVENTEENTH", 17, true },
    { "EIGHTEENTH", 18, true },
    { "NINETEENTH", 19, true },
    { "TWENTIETH", 20, true },
    { "THIRTIETH", 30, true },
};

bool pv_number_word_read(const char *word, struct pv_number_word *out)
{
    for (size_t i = 0; i < sizeof(number_words) / sizeof(number_words[0]); i++) {
        if (strcmp(word, number_words[i].word) == 0) {
            out->value = number_words[i].value;
            out->ordinal = number_words[i].ordinal;
            return true;
        }
    }
    return false;
}
