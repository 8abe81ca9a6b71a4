/* fingerprint.h: what a finding is known by from day to day, without a word of what was found.
 * Knows the plain view; nothing of rules but their names.
 *
 * A fingerprint is made of the rule's name and of some of the words round the place, in the same
 * block. Only words of one short list go in (fingerprint_words.h), all of them common, and of
 * those none that a rule has found anything in, but for what was found by the weight of its words.
 * Whatever is not on the list, any word with a digit, a name, a rare word, is passed over as if it
 * were not there. So a fingerprint is the same whatever number, date or name stands at the place,
 * and nobody who tries them all learns which.
 *
 * It does not change with what stands in other blocks, nor with where its own block stands. */
#ifndef PV_REPORT_FINGERPRINT_H
#define PV_REPORT_FINGERPRINT_H

#include "text/text.h"

/* Bytes of a fingerprint as it is written, and what it is made of. */
#define PV_FINGERPRINT_LEN 16

/* At most this many words before a finding, and after it, go into its fingerprint ... */
#define PV_FINGERPRINT_WORDS 8

/* ... of this many that are looked at. */
#define PV_FINGERPRINT_REACH 48

/* Whether a word of small ASCII letters is on the list. */
bool pv_fingerprint_takes(const char *word, size_t len);

/* Puts spans (struct pv_span) in order, and joins those that overlap. */
void pv_spans_join(struct pv_buf *spans);

/* Writes the fingerprint, of 0-9 and a-f, and a NUL byte. `place` is of the plain view; with no
 * `text` it is about the whole draft, or stands where no words may be taken. `found` (joined) is
 * all that rules found in the plain view, `place` too. */
void pv_fingerprint(const struct pv_text *text, struct pv_span place, const struct pv_buf *found,
    const char *rule, char out[PV_FINGERPRINT_LEN + 1]);

#endif
