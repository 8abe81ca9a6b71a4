/* months.c: each word that may start a month is read along every name at once, letter by letter; a
 * name counts only in disguise, and only where a day or a year stands beside it, so that nothing
 * but a date is touched. */
#include "text/months.h"

#include <string.h>

#include "text/ascii.h"
#include "text/text.h"

/* Whole names before the short ones that they start with. */
static const char *const months[] = { "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december", "sept", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

/* Signs between a month and the figures beside it, at most: " of the ". */
#define BETWEEN_MAX 8

/* The letter that a sign stands for in a word, in small; itself where it is one. */
static char letter_of(char c)
{
    static const char signs[] = "0134578@!|$", letters[] = "oleastballs";
    const char *const sign = c == '\0' ? NULL : strchr(signs, c);
    return sign ? letters[sign - signs] : pv_fold_ascii(c);
}

static bool is_part(char c)
{
    return c == '-' || c == '.' || c == ' ' || c == '*' || c == '_';
}

/* How one name was read. */
struct reading {
    size_t end;
    size_t signs; /* that stand for letters */
    size_t parts; /* that stand between letters */
};

/* Reads `month` at `at`, one sign at most between two letters. */
static bool read_month(const char *s, size_t at, size_t to, const char *month, struct reading *r)
{
    *r = (struct reading){ .end = at };
    for (const char *m = month; *m; m++) {
        if (m != month && r->end < to && is_part(s[r->end])) {
            r->end++;
            r->parts++;
        }
        if (r->end == to)
            return false;
        const char c = s[r->end];
        const char as = letter_of(c);
        if (as != *m && !(c == 'I' && *m == 'l') && !(as == 'l' && *m == 'i'))
            return false;
        r->signs += !pv_is_letter(c) || (c == 'I' && *m == 'l');
        r->end++;
    }
    return r->end == to || !(pv_is_alnum(s[r->end]) || pv_is_high(s[r->end]));
}

/* Whether the name was in disguise, and not beyond reading. A single part is no space, nor has it
 * figures beside it: "Jun-3" has a day. */
static bool is_disguised(const char *s, size_t at, const char *month, const struct reading *r)
{
    const size_t len = strlen(month);
    if (r->parts == 1)
        return r->signs == 0 && memchr(s + at, ' ', r->end - at) == NULL;
    return r->signs * 2 <= len && (r->parts == 0 ? r->signs > 0 : r->parts == len - 1);
}

/* Whether a word may stand between a day, a month and a year. */
static bool is_between(const char *s, size_t start, size_t end)
{
    static const char *const words[] = { "of", "the", "o", "st", "nd", "rd", "th" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == end - start && memcmp(words[i], s + start, end - start) == 0)
            return true;
    return false;
}

/* Whether a figure ends before `at`. */
static bool is_after_figure(const char *s, size_t from, size_t at)
{
    const size_t limit = at - from < BETWEEN_MAX ? from : at - BETWEEN_MAX;
    while (at > limit) {
        size_t start = at;
        while (start > limit && pv_is_letter(s[start - 1]))
            start--;
        if (start < at ? !is_between(s, start, at) : pv_is_high(s[at - 1]))
            return false;
        at = start < at ? start : at - 1;
        if (at > from && pv_is_digit(s[at - 1]))
            return true;
    }
    return false;
}

/* Whether a figure starts after `at`. */
static bool is_before_figure(const char *s, size_t at, size_t to)
{
    const size_t limit = to - at < BETWEEN_MAX ? to : at + BETWEEN_MAX;
    while (at < limit) {
        size_t end = at;
        while (end < limit && pv_is_letter(s[end]))
            end++;
        if (end > at ? !is_between(s, at, end) : pv_is_high(s[at]))
            return false;
        at = end > at ? end : at + 1;
        if (at < to && pv_is_digit(s[at]))
            return true;
    }
    return false;
}

/* Whether the two signs at `at` may start a month: few words of prose go on. */
static bool may_be_month(const char *s, size_t at, size_t to)
{
    static const char seconds[26][4] = { ['a' - 'a'] = "pu",
        ['d' - 'a'] = "e",
        ['f' - 'a'] = "e",
        ['j' - 'a'] = "au",
        ['m' - 'a'] = "a",
        ['n' - 'a'] = "o",
        ['o' - 'a'] = "c",
        ['s' - 'a'] = "e" };
    const char first = letter_of(s[at]);
    if (first < 'a' || first > 'z' || !seconds[first - 'a'][0])
        return false;
    const size_t next = at + 1 < to && is_part(s[at + 1]) ? at + 2 : at + 1;
    const char second = next < to ? letter_of(s[next]) : '\0';
    return second != '\0' && strchr(seconds[first - 'a'], second) != NULL;
}

/* The month in disguise at `at`, or NULL. Sets *end. */
static const char *find_month(const char *s, size_t from, size_t at, size_t to, size_t *end)
{
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        struct reading r;
        if (!read_month(s, at, to, months[i], &r))
            continue;
        *end = r.end;
        const bool dated = is_disguised(s, at, months[i], &r)
                           && (is_after_figure(s, from, at) || is_before_figure(s, r.end, to));
        return dated ? months[i] : NULL;
    }
    return NULL;
}

bool pv_months_find(const char *s, size_t from, size_t to, struct pv_edits *edits)
{
    for (size_t at = from; at < to; at++) {
        if ((at > from && (pv_is_alnum(s[at - 1]) || pv_is_high(s[at - 1])))
            || !may_be_month(s, at, to))
            continue;
        size_t end = at;
        const char *const month = find_month(s, from, at, to, &end);
        if (!month)
            continue;
        const size_t text = edits->replacements->len;
        if (!pv_buf_append(edits->replacements, month, strlen(month))
            || !pv_edits_add(edits, at, end, text))
            return false;
        at = end - 1;
    }
    return true;
}
