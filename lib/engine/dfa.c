/* dfa.c: reading an automaton; see dfa.h for how it lies in memory. */
#include "engine/dfa.h"

/* A start that is not refused within so many bytes is not refused. */
#define STEPS_MAX 96u

const unsigned char pv_dfa_symbols[256] = {
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
    30,
    31,
    32,
    33,
    34,
    35,
    36,
    37,
    38,
    39,
    40,
    41,
    42,
    43,
    44,
    45,
    46,
    47,
    48,
    49,
    50,
    51,
    52,
    53,
    54,
    55,
    56,
    57,
    58,
    59,
    60,
    61,
    62,
    63,
    64,
    77,
    79,
    81,
    83,
    85,
    87,
    89,
    91,
    93,
    95,
    97,
    99,
    101,
    103,
    105,
    107,
    109,
    111,
    113,
    115,
    117,
    119,
    121,
    123,
    125,
    127,
    65,
    66,
    67,
    68,
    69,
    70,
    76,
    78,
    80,
    82,
    84,
    86,
    88,
    90,
    92,
    94,
    96,
    98,
    100,
    102,
    104,
    106,
    108,
    110,
    112,
    114,
    116,
    118,
    120,
    122,
    124,
    126,
    71,
    72,
    73,
    74,
    75,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    129,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
    128,
};

static unsigned number_at(const unsigned char *bytes)
{
    return bytes[0] | (unsigned)bytes[1] << 8;
}

static unsigned next_state(const unsigned char *dfa, unsigned state, unsigned char symbol)
{
    const unsigned char *const row = dfa + state;
    const unsigned class = dfa[PV_DFA_CLASSES + symbol];
    const unsigned char *at = row + PV_DFA_ROW_HEAD;
    for (unsigned i = row[0] & PV_DFA_COUNT; i > 0; i--, at += PV_DFA_EXCEPTION)
        if (at[0] == class)
            return number_at(at + 1);
    const unsigned base = number_at(row + 1);
    return base ? number_at(dfa + base + 2 * class) : PV_DFA_REFUSED;
}

/* Whether a state decides: no match starts there, or perhaps one does. */
static bool decides(unsigned state)
{
    return ((state + 1) & 0xFFFFu) <= 1;
}

bool pv_dfa_read(
    const unsigned char *dfa, enum pv_dfa_before before, const char *text, size_t len, size_t at)
{
    unsigned state = number_at(dfa + 2 * before);
    const size_t end = len - at < STEPS_MAX ? len : at + STEPS_MAX;
    for (; at < end && !decides(state); at++)
        state = next_state(dfa, state, pv_dfa_symbols[(unsigned char)text[at]]);
    if (decides(state) || end < len)
        return state != PV_DFA_REFUSED;
    return (dfa[state] & PV_DFA_ENDS) != 0;
}

size_t pv_dfa_next_start(
    const unsigned char *dfa, const char *text, size_t len, size_t at, size_t last)
{
    const bool in_words = number_at(dfa + 2 * PV_DFA_LETTER) != PV_DFA_REFUSED;
    const unsigned char *const bytes = (const unsigned char *)text;
    enum pv_dfa_before before = pv_dfa_before(text, at);
    for (; at <= last; at++) {
        const unsigned char c = bytes[at];
        if ((dfa[PV_DFA_FIRSTS + 32 * before + c / 8] >> c % 8 & 1)
            && pv_dfa_read(dfa, before, text, len, at))
            return at;
        before = pv_dfa_before_next(c);
        if (before != PV_DFA_LETTER || in_words)
            continue;
        while (at < last && pv_dfa_before_next(bytes[at + 1]) == PV_DFA_LETTER)
            at++; /* no match starts inside a word */
    }
    return at;
}
