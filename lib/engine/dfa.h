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
#define PV_DFA_STATES_MAX 2048u

/* Appends the automaton of a pattern to `out`, as bytes that need no alignment; nothing when it
 * would refuse no start. False when out of memory. */
bool pv_dfa_build(const struct pv_regex *tree, struct pv_buf *out);

/* Bytes are read as symbols: every ASCII character is one, a letter beside its capital; then come
 * the first bytes of longer characters, then their other bytes. */
#define PV_DFA_LEAD 128u
#define PV_DFA_REST 129u
#define PV_DFA_SYMBOLS 130u
extern const unsigned char pv_dfa_symbols[256];

/* What stands before a start. */
enum pv_dfa_before {
    PV_DFA_NOTHING, /* the text starts */
    PV_DFA_OTHER,
    PV_DFA_LETTER, /* of ASCII, as the next */
    PV_DFA_DIGIT,
    PV_DFA_BEFORE_COUNT
};

/* The layout: by what stands before, a state to start in, as a 16-bit number, the lower byte first;
 * by the same, a bit for each byte that a match may begin with; by symbol, its class (symbols of
 * one class lead to one state from everywhere); the rows. A state is the place of its row in the
 * automaton. A row is one byte, the number of its exceptions and whether a match may end where the
 * text does; the place of a base, the next states of all classes, or 0, where all are refused; the
 * exceptions from the base, a class and its next state. Most rows are nearly like another. */
#define PV_DFA_FIRSTS (2u * PV_DFA_BEFORE_COUNT)
#define PV_DFA_CLASSES (PV_DFA_FIRSTS + 32u * PV_DFA_BEFORE_COUNT)
#define PV_DFA_ROWS (PV_DFA_CLASSES + PV_DFA_SYMBOLS)
#define PV_DFA_ENDS 0x80u
#define PV_DFA_COUNT 0x7Fu
#define PV_DFA_ROW_HEAD 3u  /* bytes before the exceptions */
#define PV_DFA_EXCEPTION 3u /* bytes of each */
#define PV_DFA_REFUSED 0u
#define PV_DFA_PERHAPS 0xFFFFu

/* Reads on from a start that the first byte does not decide. */
bool pv_dfa_read(
    const unsigned char *dfa, enum pv_dfa_before before, const char *text, size_t len, size_t at);

static inline enum pv_dfa_before pv_dfa_before_next(unsigned char c)
{
    if ((unsigned)(c | 0x20) - 'a' < 26)
        return PV_DFA_LETTER;
    return (unsigned)c - '0' < 10 ? PV_DFA_DIGIT : PV_DFA_OTHER;
}

static inline enum pv_dfa_before pv_dfa_before(const char *text, size_t at)
{
    return at ? pv_dfa_before_next((unsigned char)text[at - 1]) : PV_DFA_NOTHING;
}

/* Whether a match starts nowhere but where the text does. */
static inline bool pv_dfa_starts_text(const unsigned char *dfa)
{
    unsigned starts = 0;
    for (unsigned i = 2 * PV_DFA_OTHER; i < PV_DFA_FIRSTS; i++)
        starts |= dfa[i];
    return starts == PV_DFA_REFUSED;
}

/* Whether a match may start at `at`, which is below `len`, in the text of a block, which is valid
 * UTF-8. */
static inline bool pv_dfa_may_start(
    const unsigned char *dfa, const char *text, size_t len, size_t at)
{
    const enum pv_dfa_before before = pv_dfa_before(text, at);
    const unsigned char c = (unsigned char)text[at];
    return (dfa[PV_DFA_FIRSTS + 32 * before + c / 8] >> c % 8 & 1)
           && pv_dfa_read(dfa, before, text, len, at);
}

/* The first such place from `at` to `last`, or last + 1. steps[i] tells how far behind byte i the
 * next one is that stands behind no letter of ASCII: a match of most patterns starts nowhere else.
 */
size_t pv_dfa_next_start(const unsigned char *dfa, const char *text, size_t len,
    const unsigned char *steps, size_t at, size_t last);

#endif
