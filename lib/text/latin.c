/* latin.c: only words with a byte above ASCII are looked at, letter by letter; one letter that is
 * no look-alike, and the word stays as it is. */
#include "text/latin.h"

#include <unictype.h>

#include "text/utf8.h"

/* Longer words are no numbers. */
#define WORD_MAX 24

/* Capitals before a number: "RXL 410190". */
#define CAPITALS_MAX 4

/* Characters that stand alone and are looked at beside a letter, and what parts two of them. */
#define SINGLES_MAX 3
#define BETWEEN_MAX 3

const struct pv_confusable *pv_confusable_find(uint32_t c)
{
    size_t low = 0, high = pv_confusable_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (pv_confusables[middle].code < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < pv_confusable_count && pv_confusables[low].code == c ? &pv_confusables[low] : NULL;
}

/* Capitals that look like another letter than their small forms do, by which the table goes. */
static char capital_alike(uint32_t c)
{
    switch (c) {
    case 0x397: /* eta */
        return 'H';
    case 0x39C: /* mu */
        return 'M';
    case 0x39D: /* nu */
        return 'N';
    case 0x3A5: /* upsilon */
        return 'Y';
    default:
        return 0;
    }
}

/* A letter and its marks. */
struct letter {
    size_t start, end;
    uint32_t code;
    char as; /* small */
};

struct word {
    struct letter letters[WORD_MAX];
    size_t count, end;
    bool digit;
};

static bool is_word_byte(char c)
{
    return pv_is_alnum(c) || pv_is_high(c);
}

/* Adds the letter that c is or looks like. False when it is none. */
static bool add_letter(struct word *word, uint32_t c, size_t start, size_t end)
{
    const struct pv_confusable *const alike = c < 0x80 ? NULL : pv_confusable_find(c);
    if (word->count == WORD_MAX || (c >= 0x80 && (!alike || alike->as[1])))
        return false;
    const char as = alike ? alike->as[0] : pv_fold_ascii((char)c);
    word->letters[word->count++] = (struct letter){ start, end, c, as };
    word->digit = word->digit || pv_is_digit((char)c);
    return true;
}

/* Reads the word at `at`. False when some letter of it is no look-alike. */
static bool read_word(
    struct pv_unicode *unicode, const char *s, size_t at, size_t to, struct word *word)
{
    bool alike = true;
    *word = (struct word){ 0 };
    while (at < to && is_word_byte(s[at])) {
        uint32_t c = 0;
        const size_t len = pv_utf8_decode(s + at, to - at, &c);
        if (len == 0)
            break;
        if (alike && word->count > 0 && pv_is_mark(unicode, c)) {
            word->letters[word->count - 1].end = at + len;
        } else {
            alike = alike && add_letter(word, c, at, at + len);
        }
        at += len;
    }
    word->end = at;
    return alike;
}

/* Whether a number follows after a space or one sign at most. */
static bool is_before_number(const char *s, size_t at, size_t to)
{
    if (at < to && (s[at] == ' ' || s[at] == '-' || s[at] == '.' || s[at] == '_'))
        at++;
    return at < to && pv_is_digit(s[at]);
}

static bool is_capital(struct pv_unicode *unicode, uint32_t c)
{
    if (c < 0x80)
        return pv_is_upper((char)c);
    unicode->calls++;
    return uc_is_upper(c);
}

/* Where the character at `at` ends if it stands alone, as in "K T 1 6"; 0 if it does not. */
static size_t single_end(const char *s, size_t at, size_t to)
{
    uint32_t c = 0;
    if (at >= to || !is_word_byte(s[at]))
        return 0;
    const size_t end = at + pv_utf8_decode(s + at, to - at, &c);
    return end > at && (end == to || !is_word_byte(s[end])) ? end : 0;
}

static bool is_between(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '_' || c == '/' || c == '*';
}

/* Whether the letter that ends at `at` is followed by another and a digit, each standing alone. */
static bool leads_spread(const char *s, size_t at, size_t to)
{
    bool digit = false;
    size_t singles = 0;
    for (; singles < SINGLES_MAX && !(digit && singles > 1); singles++) {
        size_t next = at;
        while (next < to && next < at + BETWEEN_MAX && is_between(s[next]))
            next++;
        const size_t end = next > at ? single_end(s, next, to) : 0;
        if (end == 0)
            return false;
        digit = digit || pv_is_digit(s[next]);
        at = end;
    }
    return digit;
}

/* Where the character starts that stands alone and ends at `at`; `at` if it does not. */
static size_t single_start(const char *s, size_t from, size_t at)
{
    size_t start = at;
    if (at == from || !is_word_byte(s[at - 1]))
        return at;
    do
        start--;
    while (start > from && ((unsigned char)s[start] & 0xC0) == 0x80);
    return start == from || !is_word_byte(s[start - 1]) ? start : at;
}

/* The same of what stands before the letter at `at`. */
static bool ends_spread(const char *s, size_t from, size_t at)
{
    bool digit = false;
    size_t singles = 0;
    for (; singles < SINGLES_MAX && !(digit && singles > 1); singles++) {
        size_t end = at;
        while (end > from && at - end < BETWEEN_MAX && is_between(s[end - 1]))
            end--;
        const size_t start = end < at ? single_start(s, from, end) : end;
        if (start == end)
            return false;
        digit = digit || pv_is_digit(s[start]);
        at = start;
    }
    return digit;
}

static bool is_dressed_up(struct pv_unicode *unicode, const struct word *word, const char *s,
    size_t from, size_t start, size_t to)
{
    if (word->digit)
        return true;
    if (word->count == 1 && is_capital(unicode, word->letters[0].code)
        && (leads_spread(s, word->end, to) || ends_spread(s, from, start)))
        return true;
    if (word->count > CAPITALS_MAX || !is_before_number(s, word->end, to))
        return false;
    for (size_t i = 0; i < word->count; i++)
        if (!is_capital(unicode, word->letters[i].code))
            return false;
    return true;
}

/* What to read for a letter, in its own case. */
static char plain_letter(struct pv_unicode *unicode, const struct letter *letter)
{
    const char capital = capital_alike(letter->code);
    if (capital)
        return capital;
    if (pv_is_letter(letter->as) && is_capital(unicode, letter->code))
        return (char)(letter->as & ~0x20);
    return letter->as;
}

static bool edit_word(struct pv_unicode *unicode, const struct word *word, struct pv_edits *edits)
{
    for (size_t i = 0; i < word->count; i++) {
        const struct letter *const letter = &word->letters[i];
        const size_t text = edits->replacements->len;
        if (letter->code < 0x80 && letter->end == letter->start + 1)
            continue;
        if (!pv_buf_append_byte(edits->replacements, plain_letter(unicode, letter))
            || !pv_edits_add(edits, letter->start, letter->end, text))
            return false;
    }
    return true;
}

/* Letters behind the blocks of Latin: in a name from Poland no letter is in disguise. */
#define FOREIGN 0x250u

static size_t count_foreign(const struct word *word)
{
    size_t count = 0;
    for (size_t i = 0; i < word->count; i++)
        count += word->letters[i].code >= FOREIGN;
    return count;
}

bool pv_latin_find(
    struct pv_latin *latin, const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    struct pv_unicode *const unicode = &latin->unicode;
    for (size_t at = from; at < to; at++) {
        if (!pv_is_high(s[at]))
            continue;
        struct word word;
        size_t start = at;
        while (start > from && is_word_byte(s[start - 1]))
            start--;
        const bool alike = read_word(unicode, s, start, to, &word);
        const bool dressed_up = alike && is_dressed_up(unicode, &word, s, from, start, to);
        const size_t foreign = alike ? count_foreign(&word) : 0;
        latin->mixed = latin->mixed || (!dressed_up && foreign > 0 && foreign < word.count);
        if ((dressed_up || (latin->spells && foreign > 0)) && !edit_word(unicode, &word, edits))
            return false;
        at = word.end; /* of no word */
    }
    return true;
}
