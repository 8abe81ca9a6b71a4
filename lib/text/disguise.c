/* disguise.c: the term is walked along the text as a small automaton. State i means that i letters
 * of the term are spoken for; a character of the text may stand for the next letter, repeat the
 * last one, part two letters, or be a mask. Several states live at once ("1" may be i or l, and the
 * second l of "ll"), so no backtracking is needed: the work is at most the length of the term for
 * each character. Each state keeps the best tally of how it was reached; what the tally must be at
 * the end is what tells a disguise from a look-alike. */
#include "text/disguise.h"

#include <stdint.h>
#include <string.h>

#include "base/bits.h"
#include "text/ascii.h"
#include "text/text.h"

/* Terms longer than this are phrases that nobody disguises as a whole. */
#define TERM_MAX 64

/* How much text one term may take: every letter repeated or parted. */
#define REACH_MAX 256

/* Words of a phrase that may stand plain before the first one in disguise. */
#define WORDS_BEFORE 2

/* How far pv_disguise_next() looks into a word for a sign of disguise. */
#define LOOK_MAX 48

/* Characters that pass for one another have one number. */
/* clang-format off */
static const unsigned char alikes[256] = {
    ['i'] = 1, ['l'] = 1, ['1'] = 1, ['!'] = 1, ['|'] = 1,
    ['a'] = 2, ['4'] = 2, ['@'] = 2,
    ['e'] = 3, ['3'] = 3,
    ['o'] = 4, ['0'] = 4,
    ['s'] = 5, ['5'] = 5, ['$'] = 5,
    ['t'] = 6, ['7'] = 6, ['+'] = 6,
    ['b'] = 7, ['8'] = 7,
    ['g'] = 8, ['9'] = 8,
};
/* clang-format on */

/* Whether text character x may stand for the letter c of a term. */
static bool stands_for(char x, char c)
{
    return x == c
           || (alikes[(unsigned char)x] && alikes[(unsigned char)x] == alikes[(unsigned char)c]);
}

#define LETTER(c) (1u << ((c) - 'a'))

/* The letters of each of those numbers. */
static const uint32_t alike_letters[] = { 0, LETTER('i') | LETTER('l'), LETTER('a'), LETTER('e'),
    LETTER('o'), LETTER('s'), LETTER('t'), LETTER('b'), LETTER('g') };

uint32_t pv_disguise_first(char first)
{
    const char x = pv_fold_ascii(first);
    return alike_letters[alikes[(unsigned char)x]] | (x >= 'a' && x <= 'z' ? LETTER(x) : 0);
}

static bool is_leet(char x)
{
    return pv_is_digit(x) || x == '@' || x == '$' || x == '!' || x == '|' || x == '+';
}

/* One of these stands for one letter. The last three are so common inside words that they only
 * stand for a vowel. */
static bool is_mask(char x)
{
    return x == '*' || x == '#' || x == '_' || x == '-' || x == '.';
}

static bool is_strong_mask(char x)
{
    return x == '*' || x == '#';
}

static bool is_separator(char x)
{
    return is_mask(x) || x == ',' || x == '/' || x == '~' || x == '+' || x == '|';
}

#define VOWELS (LETTER('a') | LETTER('e') | LETTER('i') | LETTER('o') | LETTER('u'))

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool is_word_char(char x)
{
    return pv_is_alnum(x) || pv_is_high(x);
}

/* Bytes of the picture that begins at text[at] (an emoji or another symbol), or 0. Nobody writes
 * one inside a word but to part it or to hide a letter. */
static size_t picture_len(const char *text, size_t len, size_t at)
{
    const unsigned char *const b = (const unsigned char *)text + at;
    if (len - at >= 4 && b[0] == 0xF0 && b[1] == 0x9F && b[2] >= 0x8C)
        return 4; /* U+1F300 and above */
    if (len - at >= 3 && b[0] == 0xE2 && (b[1] == 0xAD || (b[1] >= 0x98 && b[1] <= 0x9E)))
        return 3; /* U+2600 to U+27BF, U+2B40 to U+2B7F */
    return 0;
}

/* Whether the character before text[at] is a picture. */
static bool is_after_picture(const char *text, size_t at)
{
    return (at >= 4 && picture_len(text, at, at - 4) == 4)
           || (at >= 3 && picture_len(text, at, at - 3) == 3);
}

/* ------------------------------------------------------------ suspicious words */

static bool ends_word(const char *text, size_t len, size_t at)
{
    return at >= len || pv_is_space(text[at]);
}

/* Whether text[at] is a letter that stands alone between spaces, as in "r e t a r d". */
static bool is_single(const char *text, size_t len, size_t at)
{
    return at < len && is_word_char(text[at]) && !pv_is_high(text[at])
           && (at == 0 || pv_is_space(text[at - 1])) && ends_word(text, len, at + 1);
}

/* The single letter that follows the one at `at` after one to three spaces, or 0. */
static size_t next_single(const char *text, size_t len, size_t at)
{
    size_t next = at + 1;
    while (next < len && next < at + 4 && pv_is_space(text[next]))
        next++;
    return next > at + 1 && is_single(text, len, next) ? next : 0;
}

/* Whether a sign of disguise stands in the word from `at` on. */
static bool is_suspicious(const char *text, size_t len, size_t at)
{
    const size_t limit = len - at < LOOK_MAX ? len : at + LOOK_MAX;
    bool letter = false, sign = is_leet(text[at]);
    for (size_t i = at; i < limit && !pv_is_space(text[i]); i++) {
        const char x = text[i];
        const size_t picture = letter && pv_is_high(x) ? picture_len(text, len, i) : 0;
        if (picture) {
            if (i + picture < len && pv_is_alnum(text[i + picture]))
                return true;
            i += picture - 1;
        } else if (is_word_char(x) && !pv_is_digit(x)) {
            if (sign)
                return true;
            letter = true;
            if (i >= at + 2 && pv_fold_ascii(x) == pv_fold_ascii(text[i - 1])
                && pv_fold_ascii(x) == pv_fold_ascii(text[i - 2]))
                return true;
        } else {
            sign = sign || (letter && (is_leet(x) || is_separator(x)));
            if (letter && (is_leet(x) && x != '!'))
                return true; /* a disguise may end with it: "pu$$y" does not, "tw4" may */
            if (letter && is_strong_mask(x))
                return true;
        }
    }
    const size_t second = is_single(text, len, at) ? next_single(text, len, at) : 0;
    return second && next_single(text, len, second);
}

static bool starts_candidate(const char *text, size_t at)
{
    if (!is_word_char(text[at]) && !is_leet(text[at]))
        return false;
    if (at == 0)
        return true;
    const char before = text[at - 1];
    return (!is_word_char(before) && (!is_leet(before) || before == '@'))
           || (pv_is_alnum(text[at]) && is_after_picture(text, at));
}

bool pv_disguise_next(const char *text, size_t len, size_t from, size_t *start)
{
    size_t before[WORDS_BEFORE] = { 0 }; /* where the words before start, the nearest last */
    size_t count = 0;
    for (size_t at = from; at < len; at++) {
        if (!starts_candidate(text, at))
            continue;
        if (is_suspicious(text, len, at)) {
            *start = count ? before[0] : at;
            return true;
        }
        if (count == WORDS_BEFORE)
            memmove(before, before + 1, (WORDS_BEFORE - 1) * sizeof *before);
        else
            count++;
        before[count - 1] = at;
    }
    return false;
}

bool pv_disguise_may_go_on(const char *text, size_t len, size_t start, char first, char second)
{
    if (start + 1 >= len || !pv_is_alnum(first) || !pv_is_alnum(second))
        return true;
    const char x = pv_fold_ascii(text[start + 1]);
    return stands_for(x, second) || stands_for(x, first) || is_separator(x) || pv_is_space(x)
           || is_strong_mask(x) || picture_len(text, len, start + 1) > 0;
}

/* Counts a character of the text in, or out again. */
static void count_sign(struct pv_disguise_signs *signs, char c, bool in)
{
    const char x = pv_fold_ascii(c);
    /* of a picture, or of what may be one, the first byte */
    const unsigned strong = is_strong_mask(x) || x == '\xF0' || x == '\xE2';
    const unsigned masks = is_mask(x) || strong;
    signs->masks += in ? masks : -masks;
    signs->strong += in ? strong : -strong;
    for (uint32_t letters = pv_disguise_first(x); letters; letters &= letters - 1) {
        const unsigned letter = pv_lowest_bit(letters);
        signs->counts[letter] = (uint16_t)(signs->counts[letter] + (in ? 1 : -1));
        signs->letters &= ~(1u << letter);
        signs->letters |= (uint32_t)(signs->counts[letter] > 0) << letter;
    }
}

void pv_disguise_move(struct pv_disguise_signs *signs, const char *text, size_t len, size_t start)
{
    const size_t end = len - start < REACH_MAX ? len : start + REACH_MAX;
    if (start < signs->start || start >= signs->end)
        *signs = (struct pv_disguise_signs){ .start = start, .end = start };
    for (; signs->start < start; signs->start++)
        count_sign(signs, text[signs->start], false);
    for (; signs->end < end; signs->end++)
        count_sign(signs, text[signs->end], true);
}

static unsigned count_set(uint32_t letters)
{
    unsigned count = 0;
    for (; letters; letters &= letters - 1)
        count++;
    return count;
}

uint32_t pv_disguise_letters(const char *term, size_t term_len)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < term_len; i++)
        letters |= term[i] >= 'a' && term[i] <= 'z' ? LETTER(term[i]) : 0;
    return letters;
}

bool pv_disguise_may_match(const struct pv_disguise_signs *signs, uint32_t letters)
{
    const uint32_t hidden = letters & ~signs->letters;
    return !hidden
           || (count_set(hidden) <= signs->masks && count_set(hidden & ~VOWELS) <= signs->strong);
}

/* ----------------------------------------------------------------- the automaton */

/* How a state was reached. */
struct tally {
    bool alive;
    bool disguised;        /* something other than the letters of the term was read */
    bool strong_only;      /* every mask was an asterisk or hash */
    bool inner_only;       /* the last letter is in sight */
    uint8_t letters;       /* of the term that stand in the text as letters */
    uint8_t masked;        /* … that are masked */
    uint8_t masked_vowels; /* … of which vowels */
    uint8_t gaps;          /* between letters that are parted */
    uint8_t pictures;      /* … by a picture */
    bool spaced;           /* … by spaces, which then must part all of them */
};

struct match {
    const char *term;
    size_t term_len, letter_count;
    const char *text;
    size_t len;
    struct tally states[2][TERM_MAX + 1];
    size_t reached[2]; /* how many of the states have been told anything: those before */
};

/* Letters and digits of a term: all but its spaces and apostrophes. */
static size_t count_letters(const char *term, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += term[i] != ' ' && term[i] != '\'' && term[i] != '-';
    return count;
}

static int worth(const struct tally *t)
{
    return t->letters * 4 - t->masked * 4 + t->masked_vowels - t->gaps;
}

static void reach(struct match *m, unsigned side, size_t state, const struct tally *tally)
{
    /* what the term may leave out is left out on the way */
    for (;;) {
        struct tally *const there = &m->states[side][state];
        for (; m->reached[side] <= state; m->reached[side]++)
            m->states[side][m->reached[side]].alive = false;
        if (!there->alive || worth(tally) > worth(there))
            *there = *tally;
        if (state == m->term_len || m->term[state] != '\'')
            return;
        state++;
    }
}

/* Whether text[at] is one of three or more equal letters in a row. */
static bool is_drawn_out(const struct match *m, size_t at)
{
    const char x = pv_fold_ascii(m->text[at]);
    size_t low = at, high = at + 1;
    while (low > 0 && at - low < 3 && pv_fold_ascii(m->text[low - 1]) == x)
        low--;
    while (high < m->len && high - at < 3 && pv_fold_ascii(m->text[high]) == x)
        high++;
    return high - low >= 3;
}

static void step_letter(struct match *m, unsigned to, size_t state, struct tally t, size_t at)
{
    const char x = pv_fold_ascii(m->text[at]), c = m->term[state];
    if (stands_for(x, c)) {
        /* "a$$" is read at sight, "A55" is a road */
        const bool letter = !pv_is_digit(x) && x != '!' && x != '|' && x != '+';
        t.letters = (uint8_t)(t.letters + (letter || x == c));
        t.disguised = t.disguised || x != c;
        t.inner_only = true;
        reach(m, to, state + 1, &t);
    } else if (is_mask(x) && state > 0 && (is_strong_mask(x) || is_vowel(c))) {
        t.masked++;
        t.masked_vowels = (uint8_t)(t.masked_vowels + is_vowel(c));
        t.strong_only = t.strong_only && is_strong_mask(x);
        t.disguised = true;
        t.inner_only = false;
        reach(m, to, state + 1, &t);
    }
}

/* Reads the picture that begins at text[at] into every state but the first: it hides a letter,
 * stands for a space, or parts two letters. */
static bool step_picture(struct match *m, unsigned from, size_t at)
{
    const unsigned to = 1 - from;
    const bool after_picture = is_after_picture(m->text, at);
    m->reached[to] = 0;
    for (size_t i = 1; i < m->reached[from] && i < m->term_len; i++) {
        struct tally t = m->states[from][i];
        if (!t.alive)
            continue;
        t.disguised = true;
        if (m->term[i] == ' ' || m->term[i] == '-') {
            reach(m, to, i + 1, &t);
            continue;
        }
        struct tally hidden = t;
        t.gaps = (uint8_t)(t.gaps + !after_picture);
        t.pictures = (uint8_t)(t.pictures + !after_picture);
        reach(m, to, i, &t);
        hidden.masked++;
        hidden.masked_vowels = (uint8_t)(hidden.masked_vowels + is_vowel(m->term[i]));
        hidden.inner_only = false;
        reach(m, to, i + 1, &hidden);
    }
    return m->reached[to] > 0;
}

/* Reads text[at] into every state that lives. Returns whether any lives on. */
static bool step(struct match *m, unsigned from, size_t at)
{
    const unsigned to = 1 - from;
    const char x = pv_fold_ascii(m->text[at]);
    const bool before_gap = at > 0 && (is_separator(m->text[at - 1]) || m->text[at - 1] == ' ');
    m->reached[to] = 0;
    for (size_t i = 0; i < m->reached[from]; i++) {
        struct tally t = m->states[from][i];
        if (!t.alive)
            continue;
        if (i < m->term_len && (m->term[i] == ' ' || m->term[i] == '-')) {
            if (pv_is_space(x) || x == '-' || x == '_' || x == '.')
                reach(m, to, i + 1, &t);
            continue;
        }
        if (i < m->term_len)
            step_letter(m, to, i, t, at);
        if (i == 0)
            continue;
        const char last = m->term[i - 1];
        if (stands_for(x, last) && is_drawn_out(m, at)) {
            t.disguised = true;
            reach(m, to, i, &t);
        } else if (last == ' ' && pv_is_space(x)) {
            reach(m, to, i, &t); /* a gap of several spaces */
        } else if (i < m->term_len && (is_separator(x) || pv_is_space(x))) {
            t.spaced = t.spaced || pv_is_space(x);
            t.disguised = true;
            if (!before_gap || at == 0)
                t.gaps++;
            reach(m, to, i, &t);
        }
    }
    return m->reached[to] > 0;
}

/* Whether what was read is a disguise and no look-alike. */
static bool is_disguise(const struct match *m, const struct tally *t)
{
    const size_t count = m->letter_count;
    if (!t->alive || !t->disguised || (size_t)(t->letters + t->masked) * 2 < count)
        return false;
    if (t->gaps > 0 && t->gaps == t->pictures) {
        if (count < 4)
            return false;
    } else if (t->gaps > 0) {
        if (count < 3 || (t->spaced ? t->gaps != count - 1 : (size_t)t->gaps * 2 < count - 1))
            return false;
    }
    if (t->masked == 0)
        return (size_t)t->letters * 2 >= count;
    if (t->masked == t->masked_vowels)
        return count >= (t->strong_only ? 3u : 4u) && t->letters * 2u + 1u >= count;
    const size_t seen = count - t->masked; /* first letter among them, by step_letter() */
    if ((seen - 1) * 2 >= count - 1)
        return t->strong_only && count >= 4;
    return t->strong_only && t->inner_only && count >= 6 && seen == 2 && t->letters == 2;
}

/* Whether the word ends at `at`: what follows is no letter, digit or sign of the same word. A row
 * of single letters goes on over spaces. */
static bool is_end(const struct match *m, size_t at, const struct tally *t)
{
    if (at >= m->len)
        return true;
    const char x = m->text[at];
    if (picture_len(m->text, m->len, at))
        return true;
    if (is_word_char(x) || x == '@' || x == '$' || is_strong_mask(x))
        return false;
    if (t->spaced && next_single(m->text, m->len, at - 1))
        return false;
    /* "p.a.k.i.s.t.a.n", "re-tard-ation" */
    return !(is_separator(x) && at + 1 < m->len && is_word_char(m->text[at + 1]) && t->gaps > 0);
}

/* Where a plural ending at `at` ends, or 0 when there is none. */
static size_t plural_end(const struct match *m, size_t at, const struct tally *t)
{
    size_t s = at;
    if (at >= m->len)
        return 0;
    if (t->spaced)
        s = next_single(m->text, m->len, at - 1);
    else if (m->text[s] == '\'' || (t->gaps > 0 && is_separator(m->text[s]))
             || pv_fold_ascii(m->text[s]) == 'e')
        s++;
    if (s == 0 || s >= m->len || !memchr("s5$z", pv_fold_ascii(m->text[s]), 4))
        return 0;
    return is_end(m, s + 1, t) ? s + 1 : 0;
}

/* The end of the word that the term ends at `at`, or 0 when it goes on. */
static size_t word_end(const struct match *m, size_t at, const struct tally *t)
{
    const size_t plural = plural_end(m, at, t);
    return plural ? plural : is_end(m, at, t) ? at : 0;
}

bool pv_disguise_match(
    const char *term, size_t term_len, const char *text, size_t len, size_t start, size_t *end)
{
    if (term_len == 0 || term_len > TERM_MAX)
        return false;
    struct match m; /* the states are told as they are reached: there are many */
    m.term = term;
    m.term_len = term_len;
    m.letter_count = count_letters(term, term_len);
    m.text = text;
    m.len = len;
    m.reached[0] = m.reached[1] = 0;
    unsigned side = 0;
    reach(&m, side, 0, &(struct tally){ .alive = true, .strong_only = true });
    size_t found = 0;
    for (size_t at = start; at < len && at - start < REACH_MAX; at++) {
        const size_t picture = picture_len(text, len, at);
        const bool alive = picture ? step_picture(&m, side, at) : step(&m, side, at);
        at += picture ? picture - 1 : 0;
        side = 1 - side;
        if (!alive)
            break;
        const struct tally *const last = &m.states[side][term_len];
        if (m.reached[side] > term_len && last->alive && is_disguise(&m, last)) {
            const size_t here = word_end(&m, at + 1, last);
            if (here)
                found = here;
        }
    }
    if (found)
        *end = found;
    return found != 0;
}
