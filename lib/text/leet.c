/* leet.c: what a sign stands for is told by the letters beside it, and whether it stands for one at
 * all by the shape of the whole word: a code, a number plate or a postcode must stay as it is,
 * since others look for it. */
#include "text/leet.h"

#include <string.h>

#include "text/ascii.h"

/* Longer words are no words. */
#define WORD_MAX 32

/* Of one with fewer letters it is hard to say what it is. */
#define LETTERS_MIN 3

/* Letters that stand apart: fewer are initials or an abbreviation. */
#define APART_MIN 4

/* ------------------------------------------------- signs for letters in a word */

struct word {
    size_t start, end;
    size_t reach; /* behind the exclamation marks that follow */
    size_t letters, signs, digits, capitals;
};

static bool is_sign(char c)
{
    return pv_is_digit(c) || c == '@' || c == '$' || c == '!';
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouy", pv_fold_ascii(c)) != NULL;
}

/* "he1p", "o1d", "p1ease" are an l; any other is an i. */
static char read_stroke(const struct word *word, const char *s, size_t at)
{
    const char before = pv_fold_ascii(s[at - 1]), after = pv_fold_ascii(s[at + 1]);
    if (is_vowel(after))
        return strchr("bcfgp", before) || (before == 's' && at - 1 == word->start) ? 'l' : 'i';
    if (before == 'e' || before == 'o' || before == 'u')
        return 'l';
    return before == 'a' && strchr("fkltm", after) ? 'l' : 'i';
}

/* The letter that the sign at `at` stands for, or 0. */
static char read_sign(const struct word *word, const char *s, size_t at)
{
    switch (s[at]) {
    case '0':
        return 'o';
    case '1':
    case '!':
        return at + 1 < word->end ? read_stroke(word, s, at) : '\0';
    case '3':
        return 'e';
    case '4':
    case '@':
        return 'a';
    case '5':
    case '$':
        return 's';
    case '7':
        return 't';
    default:
        return '\0';
    }
}

/* The word round the sign at `at`. */
static struct word read_word(const char *s, size_t from, size_t to, size_t at)
{
    struct word word = { .start = at, .end = at };
    while (word.start > from && (pv_is_letter(s[word.start - 1]) || is_sign(s[word.start - 1])))
        word.start--;
    while (word.end < to && (pv_is_letter(s[word.end]) || is_sign(s[word.end])))
        word.end++;
    word.reach = word.end;
    while (word.end > at && s[word.end - 1] == '!')
        word.end--;
    for (size_t i = word.start; i < word.end; i++) {
        word.letters += pv_is_letter(s[i]);
        word.capitals += pv_is_upper(s[i]);
        word.digits += pv_is_digit(s[i]);
        word.signs += is_sign(s[i]);
    }
    return word;
}

/* Whether the word stands by itself, not in an address, a path or a name of a file. */
static bool is_free(const char *s, size_t from, size_t to, const struct word *word)
{
    if (word->start > from) {
        const char before = s[word->start - 1];
        if (pv_is_high(before) || strchr("/\\=&_%?", before)
            || (before == '.' && word->start - 1 > from && pv_is_alnum(s[word->start - 2])))
            return false;
    }
    if (word->end == to)
        return true;
    const char after = s[word->end];
    const bool goes_on = word->end + 1 < to && pv_is_alnum(s[word->end + 1]);
    return !pv_is_high(after) && !strchr("/\\=&_%", after) && !(after == '.' && goes_on);
}

/* What figures are glued to: "ward3b". */
static bool is_label(const char *s, size_t len)
{
    static const char labels[][8] = { "age", "aged", "band", "bay", "bed", "bleep", "block", "born",
        "clinic", "day", "dob", "ext", "floor", "gate", "grade", "level", "mob", "nhs", "no", "num",
        "page", "part", "phase", "pod", "ref", "room", "site", "stage", "step", "team", "tel",
        "tier", "type", "unit", "ward", "week", "year", "zone" };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t n = 0;
        while (n < len && labels[i][n] && pv_fold_ascii(s[n]) == labels[i][n])
            n++;
        if (n == len && labels[i][n] == '\0')
            return true;
    }
    return false;
}

static size_t letters_at(const char *s, size_t len, size_t at)
{
    size_t n = 0;
    while (at + n < len && pv_is_letter(s[at + n]))
        n++;
    return n;
}

static size_t digits_at(const char *s, size_t len, size_t at)
{
    size_t n = 0;
    while (at + n < len && pv_is_digit(s[at + n]))
        n++;
    return n;
}

/* "fy43bl", "sw1a1aa", "ab12cde", "k123abc". */
static bool is_code(const char *s, size_t len)
{
    const size_t head = letters_at(s, len, 0), digits = digits_at(s, len, head);
    const size_t tail = len - head - digits;
    if (head == 0 || head > 2)
        return false;
    if (letters_at(s, len, head + digits) == tail)
        return digits >= 2 && (tail == 2 || (tail == 3 && digits <= (head == 1 ? 3u : 2u)));
    return digits == 1 && tail == 4 && pv_is_digit(s[len - 3]);
}

/* Whether each sign stands beside letters, two side by side at most, and not the last alone. */
static bool is_laced(const char *s, const struct word *word)
{
    size_t run = 0;
    for (size_t i = word->start; i < word->end; i++) {
        run = is_sign(s[i]) ? run + 1 : 0;
        if (run > 2 || (run > 0 && read_sign(word, s, i) == '\0'))
            return false;
    }
    return run < word->signs;
}

static bool is_word(const char *s, size_t from, size_t to, const struct word *word)
{
    const size_t len = word->end - word->start;
    const char *const w = s + word->start;
    const bool begins = pv_is_letter(*w) || ((*w == '0' || *w == '$') && pv_is_letter(w[1]));
    if (len > WORD_MAX || !begins || word->letters < LETTERS_MIN || word->signs > word->letters
        || !is_free(s, from, to, word))
        return false;
    const bool shouted = word->capitals == word->letters;
    if (shouted ? word->letters < (word->digits ? 6u : 5u)
                : word->capitals > (size_t)pv_is_upper(*w))
        return false;
    const size_t head = letters_at(w, len, 0);
    if (head == len) /* "all!" */
        return false;
    const size_t rest = len - head - 1;
    if (w[head] == '@' && head > 2 && rest > (head == 3 ? 4u : 2u)) /* "manager@home" */
        return false;
    if (w[head] == '!' && head > 2 && rest > 2) /* "great!thanks" */
        return false;
    return !is_label(w, head) && !is_code(w, len) && is_laced(s, word);
}

static bool edit_word(const char *s, const struct word *word, struct pv_edits *edits)
{
    const bool shouted = word->capitals == word->letters;
    for (size_t i = word->start; i < word->end; i++) {
        if (!is_sign(s[i]))
            continue;
        const char letter = read_sign(word, s, i);
        const size_t text = edits->replacements->len;
        if (!pv_buf_append_byte(edits->replacements, shouted ? (char)(letter - 'a' + 'A') : letter)
            || !pv_edits_add(edits, i, i + 1, text))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------- letters apart */

/* The bytes of the mark at `at` that may part letters; 0 when it is none. */
static size_t mark_len(const char *s, size_t at, size_t to)
{
    static const char *const wide[] = { "\xC2\xB7", "\xE2\x80\xA2", "\xE2\x80\xA7",
        "\xE2\x8B\x85" };
    if (at >= to)
        return 0;
    if (to - at >= 4 && memcmp(s + at, "\xF0\x9F", 2) == 0) /* an emoji */
        return 4;
    if (s[at] != '\0' && strchr(" .-_*~+^", s[at]))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (to - at >= strlen(wide[i]) && memcmp(s + at, wide[i], strlen(wide[i])) == 0)
            return strlen(wide[i]);
    return 0;
}

static bool is_apart(const char *s, size_t from, size_t to, size_t at)
{
    return pv_is_letter(s[at])
           && (at == from
               || !(pv_is_alnum(s[at - 1]) || pv_is_high(s[at - 1]) || s[at - 1] == '\''))
           && (at + 1 == to || !(pv_is_alnum(s[at + 1]) || s[at + 1] == '\''));
}

/* A row of letters with one mark between them. */
struct row {
    size_t end, count;
    size_t vowels, steps, capitals; /* steps: to the next letter of the alphabet, or the same */
};

static struct row read_row(const char *s, size_t to, size_t at)
{
    struct row row = { 0 };
    const size_t mark = mark_len(s, at + 1, to);
    for (size_t i = at;; i += 1 + mark) {
        row.end = i + 1;
        row.count++;
        row.vowels += (size_t)is_vowel(s[i]);
        row.capitals += pv_is_upper(s[i]);
        const size_t next = i + 1 + mark;
        const bool goes_on =
            mark > 0 && next < to && memcmp(s + i + 1, s + at + 1, mark) == 0
            && pv_is_letter(s[next])
            && (next + 1 == to || !(pv_is_alnum(s[next + 1]) || s[next + 1] == '\''));
        if (!goes_on)
            return row;
        const int step = pv_fold_ascii(s[next]) - pv_fold_ascii(s[i]);
        row.steps += (size_t)(step == 0 || step == 1);
    }
}

/* No initials ("J.R.R.T.", "M*A*S*H"), no list of letters ("a b c d"). */
static bool is_row(const struct row *row)
{
    const bool initials = row->capitals == row->count;
    return row->count >= APART_MIN + (size_t)initials && row->vowels > 0
           && row->steps * 2 < row->count;
}

static bool edit_row(const char *s, size_t at, const struct row *row, struct pv_edits *edits)
{
    const size_t text = edits->replacements->len, step = (row->end - at - 1) / (row->count - 1);
    for (size_t i = at; i < row->end; i += step)
        if (!pv_buf_append_byte(edits->replacements, s[i]))
            return false;
    return pv_edits_add(edits, at, row->end, text);
}

/* ------------------------------------------------------------------- both */

bool pv_leet_find(const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    for (size_t at = from; at < to; at++) {
        if (is_sign(s[at]) && at + 1 < to && (pv_is_letter(s[at + 1]) || is_sign(s[at + 1]))) {
            const struct word word = read_word(s, from, to, at);
            if (is_word(s, from, to, &word) && !edit_word(s, &word, edits))
                return false;
            at = word.reach - 1;
        } else if (is_apart(s, from, to, at)) {
            const struct row row = read_row(s, to, at);
            const bool apart = is_row(&row);
            if (apart && !edit_row(s, at, &row, edits))
                return false;
            at = apart || row.count == 1 ? row.end - 1 : row.end - 2; /* "a w.a.r.d" */
        }
    }
    return true;
}
