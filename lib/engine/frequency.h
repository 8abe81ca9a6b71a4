/* frequency.h: how often a word or a byte stands in English prose, roughly: what decides which of
 * several triggers is the rarest. Nothing that a pattern finds depends on it. */
#ifndef PV_ENGINE_FREQUENCY_H
#define PV_ENGINE_FREQUENCY_H

#include <stdbool.h>
#include <stddef.h>

/* Of prose, with the gap behind each word. */
#define PV_BYTES_A_WORD 6.0

/* Times in a byte of text; `word` in lower case. `whole`: this word, else all that begin so. */
double pv_word_rate(const char *word, size_t len, bool whole);

double pv_byte_rate(unsigned char c);

#endif
