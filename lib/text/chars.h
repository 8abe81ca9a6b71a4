/* chars.h: one character as another. Knows which characters look or count as an ASCII one, which
 * are not seen at all, and how a view is brought into canonical form; knows no markup. */
#ifndef PV_TEXT_CHARS_H
#define PV_TEXT_CHARS_H

#include "text/ascii.h"
#include "text/build.h"

/* What libunistring was asked, and whether it ran out of memory. */
struct pv_unicode {
    size_t calls;
    bool failed;
};

/* The most code points that are looked at as one: a letter and its marks. Longer piles of marks
 * are cut, as the Stream-Safe Text Format does (UAX 15). */
#define PV_CLUSTER_MAX 32

/* How many code points one cluster can become: U+FDFA alone is 18. */
#define PV_CLUSTER_NFKC_MAX (PV_CLUSTER_MAX * 18)

/* Whether a byte is canonical as it stands: ASCII, and no white space but space and newline. */
static inline bool pv_is_canonical(char c)
{
    return !pv_is_high(c) && (c == '\n' || c < '\t' || c > '\r');
}

/* Whether the code point only changes the one before it. */
bool pv_is_mark(struct pv_unicode *unicode, uint32_t c);

/* Carries b->in[from, to) over in canonical form. */
void pv_chars_write(struct pv_build *b, struct pv_unicode *unicode, size_t from, size_t to);

#endif
