/* edit_distance.c: see edit_distance.h. Three rows of the table are enough. */
#include "base/edit_distance.h"

#include <string.h>

static char pv_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t pv_min(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t pv_edit_distance(const char *a, const char *b)
{
    const size_t a_len = strlen(a), b_len = strlen(b);
    size_t rows[3][PV_EDIT_DISTANCE_MAX + 1] = { { 0 } };
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
