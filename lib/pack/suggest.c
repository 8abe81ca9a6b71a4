/* suggest.c: "did you mean", by the edit distance. A third of the word may differ; more is another
 * word, not a slip of the pen. */
#include <stdint.h>
#include <string.h>

#include "base/edit_distance.h"
#include "pack/pack.h"

const char *pv_did_you_mean(const char *word, const char *const *names, size_t count)
{
    const size_t len = strlen(word);
    /* Longer words are nobody's slip of a key; they get no suggestion. */
    if (len < 2 || len > PV_EDIT_DISTANCE_MAX)
        return NULL;
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        const size_t name_len = strlen(names[i]);
        if (name_len > PV_EDIT_DISTANCE_MAX)
            continue;
        const size_t distance = pv_edit_distance(word, names[i]);
        if (distance < least && 3 * distance <= (len > name_len ? len : name_len)) {
            best = names[i];
            least = distance;
        }
    }
    return best;
}
