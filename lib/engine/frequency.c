/* frequency.c: the commonest words from a table, the others by their length. */
#include "engine/frequency.h"

#include <stdlib.h>
#include <string.h>

struct pv_common_word {
    char text[12];
    double whole, start;
};

/* Words in a thousand that are this one, and that start so; sorted. */
static const struct pv_common_word common[] = {
    { "a", 22, 110 },
    { "about", 2, 2.2 },
    { "after", 1.5, 1.7 },
    { "all", 3, 4 },
    { "also", 1.2, 1.2 },
    { "am", 1, 2 },
    { "an", 3.5, 42 },
    { "and", 28, 29 },
    { "any", 1.5, 3 },
    { "are", 6, 7 },
    { "as", 6, 9 },
    { "at", 5, 8 },
    { "b", 0.2, 50 },
    { "be", 6, 18 },
    { "been", 2.5, 2.5 },
    { "but", 4, 4.5 },
    { "by", 5, 5.2 },
    { "c", 0.2, 55 },
    { "call", 0.5, 1 },
    { "can", 3, 5 },
    { "care", 1.5, 2 },
    { "could", 1.5, 1.7 },
    { "d", 0.3, 60 },
    { "day", 1, 1.3 },
    { "did", 1, 2 },
    { "do", 2.5, 8 },
    { "doctor", 0.4, 0.6 },
    { "don", 1, 1.3 },
    { "first", 1, 1.1 },
    { "for", 9, 12 },
    { "from", 4, 4.1 },
    { "get", 1.5, 2 },
    { "go", 1.2, 5 },
    { "good", 0.8, 1.1 },
    { "had", 3, 3.2 },
    { "has", 3, 3.4 },
    { "have", 5, 5.5 },
    { "he", 6, 22 },
    { "health", 1, 1.3 },
    { "her", 3, 6 },
    { "here", 1, 1.4 },
    { "him", 1.5, 2 },
    { "his", 4, 5 },
    { "home", 0.6, 0.8 },
    { "hospital", 0.8, 1 },
    { "how", 1.5, 2 },
    { "i", 12, 75 },
    { "if", 3, 3.2 },
    { "in", 18, 30 },
    { "into", 1.2, 1.2 },
    { "is", 11, 12 },
    { "it", 10, 13 },
    { "its", 2, 2.4 },
    { "just", 1.2, 1.5 },
    { "know", 1, 1.5 },
    { "last", 0.6, 0.7 },
    { "like", 1.5, 2 },
    { "ll", 0.3, 0.4 },
    { "m", 0.4, 60 },
    { "made", 1, 1 },
    { "make", 1, 1.5 },
    { "man", 0.6, 3 },
    { "many", 0.8, 0.8 },
    { "may", 1.3, 1.5 },
    { "me", 2, 9 },
    { "more", 2, 2.2 },
    { "much", 0.8, 0.8 },
    { "must", 0.6, 0.6 },
    { "my", 3, 3.4 },
    { "new", 1.3, 2 },
    { "nhs", 1.2, 1.2 },
    { "night", 0.4, 0.5 },
    { "no", 2.5, 14 },
    { "not", 5, 7 },
    { "now", 1.3, 1.5 },
    { "nurse", 0.6, 0.8 },
    { "of", 28, 31 },
    { "off", 1, 2.5 },
    { "on", 7, 12 },
    { "one", 3, 3.5 },
    { "only", 1.3, 1.3 },
    { "or", 4, 6 },
    { "other", 1.5, 1.9 },
    { "our", 1.5, 1.7 },
    { "out", 2, 3 },
    { "over", 1.2, 1.8 },
    { "p", 0.3, 50 },
    { "patient", 1.5, 2.5 },
    { "people", 1.2, 1.3 },
    { "r", 0.2, 40 },
    { "re", 0.5, 20 },
    { "s", 2, 75 },
    { "said", 1.5, 1.5 },
    { "says", 0.2, 0.2 },
    { "see", 1, 2.5 },
    { "service", 0.6, 1.2 },
    { "she", 3, 3.5 },
    { "shift", 0.3, 0.4 },
    { "should", 0.9, 1 },
    { "so", 2.2, 6 },
    { "some", 1.8, 3 },
    { "staff", 1, 1.2 },
    { "support", 0.6, 0.8 },
    { "t", 1, 190 },
    { "team", 0.6, 0.8 },
    { "tell", 0.3, 0.5 },
    { "than", 1.6, 2.2 },
    { "thank", 0.4, 0.7 },
    { "that", 11, 11.5 },
    { "the", 60, 80 },
    { "their", 2.5, 2.7 },
    { "them", 1.7, 2 },
    { "then", 1.4, 1.5 },
    { "there", 2.5, 3 },
    { "these", 1.4, 1.4 },
    { "they", 3.5, 3.7 },
    { "think", 0.6, 0.8 },
    { "this", 5, 5.1 },
    { "time", 1.6, 2.2 },
    { "to", 26, 31 },
    { "today", 0.4, 0.4 },
    { "told", 0.4, 0.4 },
    { "trust", 0.6, 0.8 },
    { "two", 1.3, 1.4 },
    { "u", 0.2, 20 },
    { "up", 2, 3 },
    { "us", 1, 5 },
    { "use", 1.2, 2.6 },
    { "ve", 0.3, 3 },
    { "very", 0.8, 0.8 },
    { "want", 0.4, 0.6 },
    { "ward", 0.6, 0.8 },
    { "was", 8, 8.5 },
    { "way", 0.8, 1 },
    { "we", 4, 11 },
    { "week", 0.5, 0.7 },
    { "well", 0.8, 0.9 },
    { "were", 3, 3.3 },
    { "what", 2.3, 2.7 },
    { "when", 2.3, 2.6 },
    { "which", 2.8, 2.9 },
    { "who", 2.3, 3.3 },
    { "will", 2.5, 3 },
    { "with", 6.5, 8.5 },
    { "woman", 0.2, 0.2 },
    { "women", 0.2, 0.2 },
    { "work", 1.2, 2 },
    { "would", 2.3, 2.5 },
    { "year", 0.8, 1.2 },
    { "you", 5, 8 },
    { "your", 1.8, 2.2 },
};

struct pv_key_word {
    const char *text;
    size_t len;
};

static int pv_compare_word(const void *key, const void *entry)
{
    const struct pv_key_word *const word = key;
    const struct pv_common_word *const known = entry;
    const int order = strncmp(word->text, known->text, word->len);
    return order ? order : -(known->text[word->len] != '\0');
}

double pv_word_rate(const char *word, size_t len, bool whole)
{
    static const double by_length[] = { 1000, 30, 8, 1.5, 0.3, 0.1, 0.05, 0.03 };
    const size_t last = sizeof(by_length) / sizeof(by_length[0]) - 1;
    const struct pv_key_word key = { word, len };
    const struct pv_common_word *const known =
        len < sizeof(common[0].text) ? bsearch(
            &key, common, sizeof(common) / sizeof(common[0]), sizeof(common[0]), pv_compare_word)
                                     : NULL;
    if (known)
        return (whole ? known->whole : known->start) / 1000 / PV_BYTES_A_WORD;
    const double rate = by_length[len < last ? len : last];
    return (whole ? rate / 4 : rate) / 1000 / PV_BYTES_A_WORD;
}

double pv_byte_rate(unsigned char c)
{
    /* In a thousand bytes of prose; letters by their own frequency, both cases together. */
    static const double letters[26] = { 65, 12, 22, 33, 100, 18, 16, 48, 57, 1.2, 6, 33, 20, 57, 61,
        15, 0.8, 49, 52, 74, 23, 8, 19, 1.5, 16, 0.6 };
    if (c >= 'a' && c <= 'z')
        return letters[c - 'a'] * 0.96 / 1000;
    if (c >= 'A' && c <= 'Z')
        return letters[c - 'A'] * 0.04 / 1000;
    if (c == ' ')
        return 0.17;
    if (c == '\n' || c == '.' || c == ',')
        return 0.01;
    if (c >= '0' && c <= '9')
        return 0.002;
    return c >= 0x80 ? 0.0001 : c == '\'' || c == '-' || c == '"' ? 0.003 : 0.0005;
}
