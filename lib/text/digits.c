/* digits.c: letters that stand for digits are only told from letters by their neighbours, so tokens
 * are taken in groups: "9OO" alone may be anything, between "O7700" and "361" it is a number. A
 * group is looked at once when it is complete. What must stay: CO2, B12, O2, 10l, O157. */
#include "text/digits.h"

#include "text/ascii.h"

static bool is_nought(char c)
{
    return c == 'O' || c == 'o';
}

static bool is_stroke(char c)
{
    return c == 'l' || c == 'I' || c == '|';
}

static bool is_shaped(char c)
{
    return pv_is_digit(c) || is_nought(c) || is_stroke(c);
}

/* ------------------------------------------------------- tokens like numbers */

struct token {
    size_t start, end;
    size_t digits, letters;
};

/* Tokens with at most three separators between them. */
struct group {
    size_t start, end;
    size_t digits, letters, tokens;
};

static bool is_outside(const char *s, size_t from, size_t to, size_t at)
{
    return at < from || at >= to || !(pv_is_alnum(s[at]) || pv_is_high(s[at]));
}

/* The token round the digit at `at`. Returns whether it is shaped like a number. */
static bool read_token(const char *s, size_t from, size_t to, size_t at, struct token *token)
{
    *token = (struct token){ .start = at, .end = at };
    while (token->start > from && is_shaped(s[token->start - 1]))
        token->start--;
    while (token->end < to && is_shaped(s[token->end]))
        token->end++;
    for (size_t i = token->start; i < token->end; i++)
        token->digits += pv_is_digit(s[i]);
    token->letters = token->end - token->start - token->digits;
    return (token->start == from || is_outside(s, from, to, token->start - 1))
           && is_outside(s, from, to, token->end);
}

/* Whether [from, to) parts two tokens of one number: "/", " - ", " ". */
static bool is_separator(const char *s, size_t from, size_t to)
{
    size_t signs = 0;
    if (to <= from || to - from > 3)
        return false;
    for (size_t i = from; i < to; i++) {
        if (s[i] == '/' || s[i] == '-' || s[i] == '.')
            signs++;
        else if (!pv_is_space(s[i]))
            return false;
    }
    return signs <= 1;
}

static bool is_joint(const char *s, size_t from, size_t to, size_t at)
{
    return at >= from && at < to && (s[at] == '/' || s[at] == '-' || s[at] == '.');
}

/* Ten signs in a row of groups, as in a number of the NHS: no litres there. */
#define LONG_NUMBER 10

/* Whether the letters of a token in a group are digits. */
static bool reads_as_number(
    const char *s, const struct group *group, const struct token *token, bool *joined)
{
    *joined = is_joint(s, group->start, group->end, token->start - 1)
              || is_joint(s, group->start, group->end, token->end);
    const size_t len = token->end - token->start;
    if (group->tokens > 1) {
        const bool oxygen = len == 2 && is_nought(s[token->start]) && s[token->start + 1] == '2';
        const bool name = len <= 4 && is_nought(s[token->start]) && token->letters == 1;
        if (*joined)
            return group->digits >= 3;
        return !oxygen && group->digits >= (name ? 8u : 4u); /* "10l O157" */
    }
    if (is_nought(s[token->start])) /* not the bacterium O157, nor O365 */
        return token->digits >= 4;
    return token->digits >= 2 && token->digits >= token->letters;
}

/* "|" is a 1 beside short runs of digits only; between long ones it parts them. */
static bool is_digit_bar(const struct token *token, size_t at)
{
    return at > token->start && at + 1 < token->end
           && (at - token->start <= 2 || token->end - at - 1 <= 2);
}

static bool edit_token(
    const char *s, const struct token *token, bool may_be_litres, struct pv_edits *edits)
{
    for (size_t i = token->start; i < token->end; i++) {
        if (pv_is_digit(s[i]))
            continue;
        const bool litres = i + 1 == token->end && token->letters == 1 && may_be_litres;
        if (is_stroke(s[i]) && (litres || (s[i] == '|' && !is_digit_bar(token, i))))
            continue;
        const size_t text = edits->replacements->len;
        if (!pv_buf_append_byte(edits->replacements, is_nought(s[i]) ? '0' : '1')
            || !pv_edits_add(edits, i, i + 1, text))
            return false;
    }
    return true;
}

static bool edit_group(const char *s, const struct group *group, struct pv_edits *edits)
{
    if (group->letters == 0)
        return true;
    for (size_t at = group->start; at < group->end; at++) {
        if (!is_shaped(s[at]))
            continue;
        struct token token;
        bool joined = false;
        read_token(s, group->start, group->end, at, &token);
        const bool reads = token.letters > 0 && reads_as_number(s, group, &token, &joined);
        const bool is_long = group->digits + group->letters >= LONG_NUMBER;
        if (reads && !edit_token(s, &token, !joined && !is_long, edits))
            return false;
        at = token.end;
    }
    return true;
}

/* Whether a token may start here: at a digit, or at letters alone between two joints: "/ll/". */
static bool starts_token(const char *s, size_t from, size_t to, size_t at)
{
    if (pv_is_digit(s[at]))
        return true;
    if (!is_shaped(s[at]) || at == from || !is_joint(s, from, to, at - 1))
        return false;
    const size_t end = at + 1 < to && is_shaped(s[at + 1]) ? at + 2 : at + 1;
    return is_joint(s, from, to, end) && s[end] == s[at - 1];
}

static bool find_letters(const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    struct group group = { 0 };
    for (size_t at = from; at < to; at++) {
        if (!starts_token(s, from, to, at))
            continue;
        struct token token;
        const bool shaped = read_token(s, from, to, at, &token);
        at = token.end - 1;
        if (!shaped)
            continue;
        if (group.tokens == 0 || !is_separator(s, group.end, token.start)) {
            if (!edit_group(s, &group, edits))
                return false;
            group = (struct group){ .start = token.start };
        }
        group.end = token.end;
        group.digits += token.digits;
        group.letters += token.letters;
        group.tokens++;
    }
    return edit_group(s, &group, edits);
}

/* ---------------------------------------------------------- digits in words */

/* Fewer are ordinary prose ("one or two"). */
#define SPOKEN_MIN 6

struct spoken {
    char word[8];
    char digit; /* or how often the next word counts, in lower case: 'd', 't' */
};

static const struct spoken spoken[] = { { "zero", '0' }, { "oh", '0' }, { "o", '0' },
    { "nought", '0' }, { "naught", '0' }, { "nil", '0' }, { "one", '1' }, { "two", '2' },
    { "three", '3' }, { "four", '4' }, { "five", '5' }, { "six", '6' }, { "seven", '7' },
    { "eight", '8' }, { "nine", '9' }, { "niner", '9' }, { "double", 'd' }, { "treble", 't' },
    { "triple", 't' } };

/* Whether the first two letters are those of some word of the list: few words of prose go on. */
static bool may_be_spoken(const char *s, size_t at, size_t to)
{
    static const char seconds[26][8] = { ['d' - 'a'] = "o",
        ['e' - 'a'] = "i",
        ['f' - 'a'] = "io",
        ['n' - 'a'] = "aio",
        ['o' - 'a'] = "hn ,-\n",
        ['s' - 'a'] = "ei",
        ['t' - 'a'] = "hrw",
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

/* What the word at `at` says, or 0. Sets *end. */
static char read_spoken(const char *s, size_t at, size_t to, size_t *end)
{
    size_t len = 0;
    while (at + len < to && len < sizeof spoken->word && pv_is_letter(s[at + len]))
        len++;
    *end = at + len;
    if (len == 0 || (*end < to && (pv_is_high(s[*end]) || pv_is_alnum(s[*end]))))
        return 0;
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++) {
        size_t n = 0;
        while (n < len && pv_fold_ascii(s[at + n]) == spoken[i].word[n])
            n++;
        if (n == len && spoken[i].word[n] == '\0')
            return spoken[i].digit;
    }
    return 0;
}

static bool parts_groups(char c)
{
    return c == ',' || c == '.' || c == ';' || c == '/';
}

/* Where the next spoken word may start after `at`; sets *comma when a mark parts groups there. */
static size_t skip_between(const char *s, size_t at, size_t to, bool *comma)
{
    const size_t limit = to - at < 3 ? to : at + 3;
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
            const size_t repeats = times == 'd' ? 2 : times == 't' ? 3 : 1;
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

static bool find_words(const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    for (size_t at = from; at < to; at++) {
        if (at > from && (pv_is_alnum(s[at - 1]) || s[at - 1] == '\''))
            continue;
        if (!may_be_spoken(s, at, to))
            continue;
        const size_t text = edits->replacements->len;
        size_t end = at;
        bool failed = false;
        const size_t count = read_run(s, at, to, edits->replacements, &end, &failed);
        if (failed)
            return false;
        if (count >= SPOKEN_MIN) {
            if (!pv_edits_add(edits, at, end, text))
                return false;
        } else {
            edits->replacements->len = text;
        }
        if (end > at)
            at = end - 1;
    }
    return true;
}

bool pv_digits_find(const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    return find_letters(s, from, to, edits) && find_words(s, from, to, edits);
}
