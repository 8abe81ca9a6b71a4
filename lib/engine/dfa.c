/* dfa.c: reading an automaton; see dfa.h for how it lies in memory. */
#include "engine/dfa.h"

#include "engine/trigger.h"

/* A start that is not refused within so many bytes is not refused. */
#define STEPS_MAX 96u

const unsigned char pv_dfa_symbols[256] = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
    26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49,
    50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 77, 79, 81, 83, 85, 87, 89, 91, 93,
    95, 97, 99, 101, 103, 105, 107, 109, 111, 113, 115, 117, 119, 121, 123, 125, 127, 65, 66, 67,
    68, 69, 70, 76, 78, 80, 82, 84, 86, 88, 90, 92, 94, 96, 98, 100, 102, 104, 106, 108, 110, 112,
    114, 116, 118, 120, 122, 124, 126, 71, 72, 73, 74, 75, 129, 129, 129, 129, 129, 129, 129, 129,
    129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129,
    129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129,
    129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 129, 128,
    128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
    128, 128, 128, 128, 128, 128,
};

static unsigned number_at(const unsigned char *bytes)
{
    return bytes[0] | (unsigned)bytes[1] << 8;
}

static unsigned next_state(const unsigned char *row, unsigned char symbol)
{
    const unsigned count = row[0] & PV_DFA_COUNT;
    if (count == PV_DFA_DENSE)
        return number_at(row + 1 + 2 * symbol);
    for (const unsigned char *range = row + 1; range < row + 1 + 4 * count; range += 4)
        if (symbol <= range[1])
            return symbol >= range[0] ? number_at(range + 2) : PV_DFA_REFUSED;
    return PV_DFA_REFUSED;
}

bool pv_dfa_may_start(const unsigned char *dfa, const char *text, size_t len, size_t at)
{
    const bool in_word = at > 0 && pv_trigger_is_word(text[at - 1]);
    unsigned state = number_at(dfa + (in_word ? 2 : 0));
    const size_t end = len - at < STEPS_MAX ? len : at + STEPS_MAX;
    for (; at < end; at++) {
        if (state == PV_DFA_REFUSED || state == PV_DFA_PERHAPS)
            return state == PV_DFA_PERHAPS;
        state = next_state(dfa + state, pv_dfa_symbols[(unsigned char)text[at]]);
    }
    if (state == PV_DFA_REFUSED || state == PV_DFA_PERHAPS || end < len)
        return state != PV_DFA_REFUSED;
    return (dfa[state] & PV_DFA_ENDS) != 0;
}
