/* spoken.c: two readings are tried at each word for a digit. The first takes words for single
 * digits alone and any number of them from six on. The second takes whatever people mix when they
 * dictate or hide a number, so it believes only what is just as long as a number of the NHS or a
 * telephone number; it may start before the word, in the figures that precede it. */
#include "text/spoken.h"

#include <string.h>

#include "text/ascii.h"
#include "text/text.h"

/* --------------------------------------------------- words for single digits */

/* Fewer are ordinary prose ("one or two"). */
#define SPOKEN_MIN 6

/* Marks and spaces between two of them at most: "five... treble". */
#define BETWEEN_MAX 4

struct spoken {
    char word[8];
    char digit; /* or how often the next word counts, in lower case: 'd', 't' */
};

static const struct spoken spoken[] = { { "zero", '0' }, { "oh", '0' }, { "o", '0' },
    { "nought", '0' }, { "naught", '0' }, { "nil", '0' }, { "one", '1' }, { "two", '2' },
    { "three", '3' }, { "four", '4' }, { "five", '5' }, { "six", '6' }, { "seven", '7' },
    { "eight", '8' }, { "nine", '9' }, { "niner", '9' }, { "dim", '0' }, { "un", '1' },
    { "dau", '2' }, { "dwy", '2' }, { "tri", '3' }, { "tair", '3' }, { "pedwar", '4' },
    { "pedair", '4' }, { "pump", '5' }, { "chwech", '6' }, { "chwe", '6' }, { "saith", '7' },
    { "wyth", '8' }, { "naw", '9' }, { "twa", '2' }, { "fower", '4' }, { "fife", '5' },
    { "seeven", '7' }, { "ait", '8' }, { "eicht", '8' }, { "double", 'd' }, { "treble", 't' },
    { "triple", 't' } };

/* Whether the first two letters are those of some word of the list: few words of prose go on. */
static bool may_be_spoken(const char *s, size_t at, size_t to)
{
    static const char seconds[26][8] = { ['a' - 'a'] = "i",
        ['c' - 'a'] = "h",
        ['d' - 'a'] = "aiow",
        ['e' - 'a'] = "i",
        ['f' - 'a'] = "io",
        ['n' - 'a'] = "aio",
        ['o' - 'a'] = "hn ,-\n",
        ['p' - 'a'] = "eu",
        ['s' - 'a'] = "aei",
        ['t' - 'a'] = "ahrw",
        ['u' - 'a'] = "n",
        ['w' - 'a'] = "y",
        ['z' - 'a'] = "e" };
    const char first = pv_fold_ascii(s[at]);
    if (first < 'a' || first > 'z' || at + 1 >= to)
        return false;
    const char second = pv_fold_ascii(s[at + 1]);
    for (const char *c = seconds[first - 'a']; *c; c++)
        if (*c == second)
            return true;
    return false;
}

/* Whether a word is the listed one, in any case. */
static bool is_word(const char *word, size_t len, const char *listed)
{
    size_t n = 0;
    while (n < len && pv_fold_ascii(word[n]) == listed[n])
        n++;
    return n == len && listed[n] == '\0';
}

/* How often a digit counts behind "double" or "treble". */
static size_t repeats_of(char times)
{
    return times == 'd' ? 2 : times == 't' ? 3 : 1;
}

/* What the word at `at` says, or 0; figures may follow at once, "seven4", but on no o, which is one
 * of them. Sets *end. */
static char read_spoken(const char *s, size_t at, size_t to, size_t *end)
{
    size_t len = 0;
    while (at + len < to && len < sizeof spoken->word && pv_is_letter(s[at + len]))
        len++;
    *end = at + len;
    if (len == 0 || (*end < to && (pv_is_high(s[*end]) || pv_is_letter(s[*end]))))
        return 0;
    if (len == 1 && *end < to && pv_is_digit(s[*end]))
        return 0;
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
        if (is_word(s + at, len, spoken[i].word))
            return spoken[i].digit;
    return 0;
}

static bool parts_groups(char c)
{
    return c == ',' || c == '.' || c == ';' || c == '/';
}

/* Where the next spoken word may start after `at`; sets *comma when a mark parts groups there. */
static size_t skip_between(const char *s, size_t at, size_t to, bool *comma)
{
    const size_t limit = to - at < BETWEEN_MAX ? to : at + BETWEEN_MAX;
    *comma = false;
    while (at < limit && (pv_is_space(s[at]) || s[at] == '-' || parts_groups(s[at]))) {
        *comma = *comma || parts_groups(s[at]);
        at++;
    }
    return at;
}

/* The run of spoken digits at `at`: adds its digits to the replacements. Sets *end to where it
 * ends and returns how many there are. */
static size_t read_run(
    const char *s, size_t at, size_t to, struct pv_buf *replacements, size_t *end, bool *failed)
{
    size_t count = 0;
    char times = 0;
    bool comma = false;
    for (size_t next = at;;) {
        size_t word_end = 0;
        const char digit = read_spoken(s, next, to, &word_end);
        if (digit == 0 || (times && !pv_is_digit(digit)))
            return count;
        if (!pv_is_digit(digit)) {
            times = digit;
        } else {
            const size_t repeats = repeats_of(times);
            if (comma && count > 0 && !pv_buf_append_byte(replacements, ' '))
                *failed = true;
            for (size_t i = 0; i < repeats; i++)
                *failed = !pv_buf_append_byte(replacements, digit) || *failed;
            count += repeats;
            times = 0;
            *end = word_end;
        }
        bool here = false;
        next = skip_between(s, word_end, to, &here);
        comma = times ? comma : here;
        if (next == word_end || *failed)
            return count;
    }
}

/* ------------------------------------------------ words and figures, mixed */

/* Digits of a number of the NHS; a telephone number has one more, and its first is 0. */
#define NUMBER_DIGITS 10

/* Figures in a row, and groups of them before the first word of a number, at most. */
#define FIGURES_MAX 6
#define STARTS_MAX 9

/* Words for a pause between two digits of a number, at most. */
#define PAUSES_MAX 2

#define LIST_END(list) (sizeof(list) / sizeof *(list))

static const char *const tens[] = { "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety" };
static const char *const teens[] = { "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
    "sixteen", "seventeen", "eighteen", "nineteen" };
static const char *const pauses[] = { "and", "break", "comma", "dash", "dot", "er", "erm", "gap",
    "hyphen", "next", "oblique", "pause", "point", "slash", "space", "stop", "stroke", "then",
    "um" };

/* Those that say a mark of their own, so that they make a number of mere figures: "943 slash 476".
 */
static const char *const marks[] = { "dash", "dot", "hyphen", "oblique", "point", "slash", "space",
    "stroke" };

/* A number that is being read. */
struct mixed {
    char text[2 * NUMBER_DIGITS + 4]; /* digits, with a space between groups */
    size_t len, count;                /* of text; of digits */
    size_t end;                       /* where the last digit ends */
    size_t words;                     /* that stand for digits or for a mark between them */
    char times;                       /* how often the next digit counts: 'd', 't' or 0 */
    bool parted;                      /* a mark, a pause or figures part what follows */
    bool too_long;
};

/* The length of the word at `at`, be there figures right behind it; 0 where it goes on otherwise.
 */
static size_t word_len(const char *s, size_t at, size_t to)
{
    size_t len = 0;
    while (at + len < to && pv_is_letter(s[at + len]))
        len++;
    return at + len < to && pv_is_high(s[at + len]) ? 0 : len;
}

/* The place of a word in a list, or `count`. */
static size_t find_word(const char *word, size_t len, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_word(word, len, list[i]))
            return i;
    return count;
}

/* Adds digits that end at `end`. False where they cannot be part of the number. */
static bool add_digits(struct mixed *m, const char *digits, size_t len, size_t end)
{
    const size_t repeats = repeats_of(m->times);
    m->too_long = m->count + len * repeats > NUMBER_DIGITS + 1;
    if (m->too_long || (m->times && len != 1))
        return false;
    if (m->parted && m->count > 0)
        m->text[m->len++] = ' ';
    for (size_t i = 0; i < repeats; i++) {
        memcpy(m->text + m->len, digits, len);
        m->len += len;
        m->count += len;
    }
    m->end = end;
    m->times = 0;
    m->parted = false;
    return true;
}

/* Reads "fifty-one", "fifty" and "fifteen" as two digits. Sets *end; false for any other word. */
static bool read_pair(const char *s, size_t at, size_t len, size_t to, char digits[2], size_t *end)
{
    const size_t teen = find_word(s + at, len, teens, LIST_END(teens));
    const size_t ten = find_word(s + at, len, tens, LIST_END(tens));
    *end = at + len;
    digits[0] = '1';
    digits[1] = (char)('0' + teen);
    if (teen < LIST_END(teens))
        return true;
    if (ten == LIST_END(tens))
        return false;
    digits[0] = (char)('2' + ten);
    digits[1] = '0';
    size_t unit_end = 0;
    const size_t unit = *end + 1;
    if (unit < to && (pv_is_space(s[*end]) || s[*end] == '-')) {
        const char digit = read_spoken(s, unit, to, &unit_end);
        if (digit >= '1' && digit <= '9') {
            digits[1] = digit;
            *end = unit_end;
        }
    }
    return true;
}

/* Whether a word for a digit is glued to what ends at `at`: "4two". */
static bool is_glued(const char *s, size_t at, size_t to)
{
    size_t end = 0;
    char digits[2];
    return at < to && pv_is_letter(s[at])
           && (pv_is_digit(read_spoken(s, at, to, &end))
               || read_pair(s, at, word_len(s, at, to), to, digits, &end));
}

/* Adds the figures at `at`. False where they are no part of a number. */
static bool add_figures(struct mixed *m, const char *s, size_t at, size_t to, size_t *end)
{
    size_t len = 0;
    while (at + len < to && pv_is_digit(s[at + len]))
        len++;
    *end = at + len;
    const bool glued = is_glued(s, *end, to);
    if (len > FIGURES_MAX || (*end < to && pv_is_high(s[*end])))
        return false;
    if (!glued && *end < to && pv_is_letter(s[*end]))
        return false;
    m->parted = m->parted || at > m->end;
    if (!add_digits(m, s + at, len, *end))
        return false;
    m->parted = !glued;
    return true;
}

/* A single o between marks is a letter in figures, "7/o/7", and digits.c has read it. */
static bool is_in_figures(const char *s, size_t at, size_t end, size_t to)
{
    return end == at + 1
           && (s[at - 1] == '/' || s[at - 1] == '-' || s[at - 1] == '.'
               || (end < to && (s[end] == '/' || s[end] == '-' || s[end] == '.')));
}

/* Adds what the word at `at` says. False where it says no digit. */
static bool add_word(struct mixed *m, const char *s, size_t at, size_t to, size_t *end)
{
    char digits[2] = { read_spoken(s, at, to, end), '0' };
    if (digits[0] == 'd' || digits[0] == 't') {
        const bool alone = m->times == 0;
        m->times = digits[0];
        return alone;
    }
    const size_t len = word_len(s, at, to);
    size_t count = 1;
    if (digits[0] == 0) {
        count = 2;
        *end = at + len;
        if (m->count > 0 && is_word(s + at, len, "hundred"))
            digits[0] = '0';
        else if (!read_pair(s, at, len, to, digits, end))
            return false;
    } else if (at > 0 && is_in_figures(s, at, *end, to)) {
        return false;
    }
    m->words++;
    return add_digits(m, digits, count, *end);
}

/* Adds what stands at `at`, be it a word or figures, and sets *end. */
static bool add_token(struct mixed *m, const char *s, size_t at, size_t to, size_t *end)
{
    return pv_is_digit(s[at]) ? add_figures(m, s, at, to, end) : add_word(m, s, at, to, end);
}

static bool is_pause(const char *word, size_t len)
{
    return len > 0 && find_word(word, len, pauses, LIST_END(pauses)) < LIST_END(pauses);
}

static bool is_mark(const char *word, size_t len)
{
    return len > 0 && find_word(word, len, marks, LIST_END(marks)) < LIST_END(marks);
}

/* Digits that are dictated one by one make no groups, "eight, double oh, eight": parts them all. */
static void part_single_digits(struct mixed *m)
{
    char digits[NUMBER_DIGITS + 1];
    size_t count = 0, groups = 0;
    for (size_t i = 0; i < m->len; i++) {
        const bool opens = i == 0 || m->text[i - 1] == ' ';
        if (m->text[i] == ' ')
            continue;
        if (!opens && m->text[i] != m->text[i - 1])
            return;
        groups += opens;
        digits[count++] = m->text[i];
    }
    if (groups == count || groups < SPOKEN_MIN)
        return;
    m->len = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            m->text[m->len++] = ' ';
        m->text[m->len++] = digits[i];
    }
}

/* Reads a number on from `at`, as far as its digits go. */
static void read_mixed(const char *s, size_t at, size_t to, struct mixed *m)
{
    *m = (struct mixed){ .end = at };
    size_t paused = 0, end = at;
    for (size_t next = at; next < to;) {
        const size_t len = word_len(s, next, to);
        if (m->count > 0 && is_pause(s + next, len)) {
            if (++paused > PAUSES_MAX)
                return;
            m->parted = true;
            m->words += is_mark(s + next, len);
            end = next + len;
        } else {
            if (!add_token(m, s, next, to, &end))
                return;
            paused = 0;
        }
        bool mark = false;
        next = skip_between(s, end, to, &mark);
        m->parted = m->parted || mark;
        if (next == end && !(next < to && pv_is_alnum(s[next])))
            return;
    }
}

static bool is_number(const struct mixed *m)
{
    return m->words > 0 && !m->too_long
           && m->count == NUMBER_DIGITS + (m->text[0] == '0' ? 1u : 0u);
}

/* Where the separators before `at` start; `at` where there are none. */
static size_t skip_back(const char *s, size_t from, size_t at)
{
    const size_t limit = at - from < BETWEEN_MAX ? from : at - BETWEEN_MAX;
    while (at > limit && (pv_is_space(s[at - 1]) || s[at - 1] == '-' || parts_groups(s[at - 1])))
        at--;
    return at;
}

/* Where the figures start that stand before `at`, with a pause between, a mark or nothing; `at` if
 * there are none. */
static size_t figures_before(const char *s, size_t from, size_t at)
{
    size_t end = skip_back(s, from, at), start = end;
    while (start > from && pv_is_letter(s[start - 1]))
        start--;
    if (start < end && is_pause(s + start, end - start))
        end = skip_back(s, from, start);
    else if (start < end)
        return at;
    start = end;
    while (start > from && end - start <= FIGURES_MAX && pv_is_digit(s[start - 1]))
        start--;
    const bool alone = start == from || !(pv_is_alnum(s[start - 1]) || pv_is_high(s[start - 1]));
    return start < end && alone ? start : at;
}

/* Reads the number that holds the word at `at` and the figures before it, none before `from`. Sets
 * *start. */
static bool find_mixed(
    const char *s, size_t from, size_t at, size_t to, size_t *start, struct mixed *m)
{
    size_t starts[STARTS_MAX + 1] = { at }, count = 1;
    while (count <= STARTS_MAX) {
        const size_t before = figures_before(s, from, starts[count - 1]);
        if (before == starts[count - 1])
            break;
        starts[count++] = before;
    }
    while (count > 0) {
        *start = starts[--count];
        read_mixed(s, *start, to, m);
        if (is_number(m) && m->end > at)
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------ the stage */

/* The shortest word for two digits that may start a number: "forty". */
#define PAIR_MIN 5

/* Whether a word that says digits starts at `at`, or behind figures one that says a mark. */
static bool starts_spoken(const char *s, size_t from, size_t at, size_t to)
{
    if (at > from + 1 && s[at - 1] == ' ' && pv_is_digit(s[at - 2]) && pv_is_letter(s[at])
        && is_mark(s + at, word_len(s, at, to)))
        return true;
    if ((at > from && (pv_is_letter(s[at - 1]) || s[at - 1] == '\'')) || !may_be_spoken(s, at, to))
        return false;
    size_t end = 0;
    char digits[2];
    const size_t len = word_len(s, at, to);
    return read_spoken(s, at, to, &end)
           || (len >= PAIR_MIN && read_pair(s, at, len, to, digits, &end));
}

/* Reads the number that starts at `at`, or in the figures before it, none of them before `from`.
 * Adds the edit and returns where it ends; `at` where there is none. */
static size_t edit_spoken(
    const char *s, size_t from, size_t at, size_t to, struct pv_edits *edits, bool *failed)
{
    const size_t text = edits->replacements->len;
    size_t start = at, end = at;
    struct mixed mixed;
    if (find_mixed(s, from, at, to, &start, &mixed)) {
        end = mixed.end;
        part_single_digits(&mixed);
        *failed = !pv_buf_append(edits->replacements, mixed.text, mixed.len);
    } else if (read_run(s, at, to, edits->replacements, &end, failed) < SPOKEN_MIN) {
        edits->replacements->len = text;
        return at;
    }
    *failed = *failed || !pv_edits_add(edits, start, end, text);
    return end;
}

bool pv_spoken_find(const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    size_t done = from;
    bool failed = false;
    for (size_t at = from; at < to && !failed; at++) {
        if (!starts_spoken(s, from, at, to))
            continue;
        const size_t end = edit_spoken(s, done, at, to, edits, &failed);
        if (end > at) {
            done = end;
            at = end - 1;
        }
    }
    return !failed;
}
