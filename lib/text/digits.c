/* digits.c: letters that stand for digits are only told from letters by their neighbours, so tokens
 * are taken in groups: "9OO" alone may be anything, between "O7700" and "361" it is a number. A
 * group is looked at once when it is complete. What must stay: CO2, B12, O2, 10l, O157. */
#include "text/digits.h"

#include "text/ascii.h"
#include "text/months.h"
#include "text/spoken.h"

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
    return signs <= 1 || (signs == 2 && to - from == 2 && s[from] == s[from + 1]);
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

/* "17|05|1961": the bars part day, month and year. */
static bool is_barred_date(const char *s, const struct token *token)
{
    size_t parts[3] = { 0 }, part = 0;
    for (size_t i = token->start; i < token->end; i++) {
        if (pv_is_digit(s[i]))
            parts[part]++;
        else if (s[i] != '|' || parts[part] == 0 || ++part == 3)
            return false;
    }
    return part == 2 && parts[0] <= 2 && parts[1] <= 2 && (parts[2] == 2 || parts[2] == 4);
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

/* Whether the token is the first half of a postcode and the second one follows: "ll55 4ty",
 * "ll55-4ty". Before `to` all is readable. */
static bool is_outward(const char *s, size_t to, const struct token *token)
{
    size_t at = token->end;
    if (token->letters != 2 || pv_is_digit(s[token->start]) || pv_is_digit(s[token->start + 1]))
        return false;
    at += at < to && (s[at] == ' ' || s[at] == '-' || s[at] == '.' || s[at] == '_');
    return to - at >= 3 && pv_is_digit(s[at]) && pv_is_letter(s[at + 1]) && pv_is_letter(s[at + 2])
           && is_outside(s, token->start, to, at + 3);
}

static bool edit_group(const char *s, size_t to, const struct group *group, struct pv_edits *edits)
{
    if (group->letters == 0)
        return true;
    for (size_t at = group->start; at < group->end; at++) {
        if (!is_shaped(s[at]))
            continue;
        struct token token;
        bool joined = false;
        read_token(s, group->start, group->end, at, &token);
        const bool reads = token.letters > 0 && !is_barred_date(s, &token)
                           && !is_outward(s, to, &token)
                           && reads_as_number(s, group, &token, &joined);
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
            if (!edit_group(s, to, &group, edits))
                return false;
            group = (struct group){ .start = token.start };
        }
        group.end = token.end;
        group.digits += token.digits;
        group.letters += token.letters;
        group.tokens++;
    }
    return edit_group(s, to, &group, edits);
}

bool pv_digits_find(const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    return find_letters(s, from, to, edits) && pv_spoken_find(s, from, to, edits)
           && pv_months_find(s, from, to, edits);
}
