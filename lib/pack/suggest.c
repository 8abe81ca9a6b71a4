/* suggest.c: "did you mean", by the optimal string alignment distance: insertions, deletions,
 * substitutions and swaps of neighbours, each costing one, capitals aside. Three rows of the table
 * are enough. A third of the word may differ; more is another word, not a slip of the pen.
 * Source: Damerau, CACM 7(3), 1964. */
#include <stdint.h>
#include <string.h>

#include "pack/pack.h"

/* Longer words are nobody's slip of a key; they get no suggestion. */
#define PV_SUGGEST_LEN_MAX 40

static char pv_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t pv_min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t pv_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][PV_SUGGEST_LEN_MAX + 1] = { { 0 } };
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *const row = rows[i % 3];
        const size_t *const above = rows[(i + 2) % 3];
        const size_t *const above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            const char x = pv_lower(a[i - 1]), y = pv_lower(b[j - 1]);
            row[j] = pv_min(pv_min(above[j], row[j - 1]) + 1, above[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == pv_lower(b[j - 2]) && y == pv_lower(a[i - 2]))
                row[j] = pv_min(row[j], above2[j - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

const char *pv_did_you_mean(const char *word, const char *const *names, size_t count)
{
    const size_t len = strlen(word);
    if (len < 2 || len > PV_SUGGEST_LEN_MAX)
        return NULL;
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        const size_t name_len = strlen(names[i]);
        if (name_len > PV_SUGGEST_LEN_MAX)
            continue;
        const size_t distance = pv_distance(word, len, names[i], name_len);
        if (distance < least && 3 * distance <= (len > name_len ? len : name_len)) {
            best = names[i];
            least = distance;
        }
    }
    return best;
}
