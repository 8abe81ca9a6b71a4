/* dfa.h: how a match of a pattern may begin: a deterministic automaton that reads the text from a
 * start on, byte by byte, until it is certain that no match starts there, or until it knows no
 * further. Most starts are refused within a few bytes, which costs a small part of asking PCRE2.
 *
 * An automaton takes in all that its pattern matches and more: what a look-around asks for is left
 * out, and it is cut where it would have too many states. It is made of the pattern's tree
 * (regex.h) and sees the text as that does. */
#ifndef PV_ENGINE_DFA_H
#define PV_ENGINE_DFA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "engine/regex.h"
#include "engine/trigger.h"

/* No automaton has more states. */
#define PV_DFA_STATES_MAX 256u

/* Appends the automaton of a pattern to `out`, as bytes that need no alignment; nothing when it
 * would refuse no start. False when out of memory. */
bool pv_dfa_build(const struct pv_regex *tree, struct pv_buf *out);

/* Whether a match may start at `at` in the text of a block, which is valid UTF-8. */
bool pv_dfa_may_start(const unsigned char *dfa, const char *text, size_t len, size_t at);

/* With which bytes a match may begin; [1]: behind a part of a word. For many starts of one pattern.
 */
struct pv_dfa_firsts {
    bool may[2][256];
};
void pv_dfa_firsts(const unsigned char *dfa, struct pv_dfa_firsts *firsts);

static inline bool pv_dfa_may_begin(const struct pv_dfa_firsts *firsts, const char *text, size_t at)
{
    return firsts->may[at > 0 && pv_trigger_is_word(text[at - 1])][(unsigned char)text[at]];
}

/* Bytes are read as symbols: every ASCII character is one, a letter beside its capital; then come
 * the first bytes of longer characters, then their other bytes. */
#define PV_DFA_LEAD 128u
#define PV_DFA_REST 129u
#define PV_DFA_SYMBOLS 130u
extern const unsigned char pv_dfa_symbols[256];

/* The layout: two states to start in, the second one behind a part of a word, as 16-bit numbers,
 * the lower byte first. A state is the place of its row in the automaton. A row is one byte, the
 * number of its ranges and whether a match may end where the text does, then the ranges: first and
 * last symbol, next state. Or PV_DFA_DENSE of them, then the next states of all symbols. */
#define PV_DFA_HEADER 4u
#define PV_DFA_ENDS 0x80u
#define PV_DFA_COUNT 0x7Fu
#define PV_DFA_DENSE 0x7Fu
#define PV_DFA_REFUSED 0u
#define PV_DFA_PERHAPS 0xFFFFu

#endif
