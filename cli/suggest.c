/* suggest.c: the edit distance with swaps of neighbours (optimal string alignment), by rows. A
 * candidate is near when at most a third of the word, and at least one letter, must change; or
 * when the word is its beginning. */
#include "suggest.h"

#include <stddef.h>
#include <string.h>

enum { LONGEST = 64 }; /* longer words are not compared: nobody mistypes one by a letter or two */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Of two words, or of `a` and the beginning of `b` up to a hyphen, which counts one more. */
static unsigned edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    unsigned rows[3][LONGEST + 1]; /* the row before the last, the last, this one */
    for (unsigned j = 0; j <= b_len; j++)
        rows[0][j] = rows[1][j] = j;
    for (unsigned i = 1; i <= a_len; i++) {
        rows[2][0] = i;
        for (unsigned j = 1; j <= b_len; j++) {
            const unsigned replaced = rows[1][j - 1] + (a[i - 1] != b[j - 1]);
            unsigned best = least(replaced, least(rows[1][j], rows[2][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, rows[0][j - 2] + 1);
            rows[2][j] = best;
        }
        memcpy(rows[0], rows[1], sizeof rows[0]);
        memcpy(rows[1], rows[2], sizeof rows[1]);
    }
    unsigned nearest = rows[1][b_len];
    for (size_t j = 0; j < b_len; j++)
        if (b[j] == '-')
            nearest = least(nearest, rows[1][j] + 1);
    return nearest;
}

void cli_suggest(struct cli_suggestion *suggestion, const char *candidate)
{
    const size_t word_len = strlen(suggestion->word), len = strlen(candidate);
    if (word_len < 2 || word_len > LONGEST || len > LONGEST)
        return;
    const unsigned limit = word_len < 6 ? 1 + (word_len > 3) : (unsigned)(word_len / 3);
    unsigned distance = edit_distance(suggestion->word, word_len, candidate, len);
    if (distance > limit && word_len > 2 && strncmp(suggestion->word, candidate, word_len) == 0)
        distance = limit;
    if (distance > limit || (suggestion->nearest && distance >= suggestion->distance))
        return;
    suggestion->nearest = candidate;
    suggestion->distance = distance;
}
