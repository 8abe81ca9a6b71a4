/* boundary.c: sentences and words of the plain view, found on demand round a place. UAX 29 would
 * need all of the text before; these rules look at a stop and its neighbours alone, and know the
 * abbreviations of British clinical prose, which UAX 29 does not. */
#include <string.h>

#include "text/ascii.h"
#include "text/text.h"
#include "text/utf8.h"

/* How far a sentence is followed either way. Longer ones are cut: no reader takes them as one, and
 * the work for a finding stays bounded. */
#define SENTENCE_MAX 4096

/* ---------------------------------------------------------------- sentences */

/* After these, lower-cased, the sentence goes on. */
static const char *const titles[] = { "mr", "mrs", "ms", "miss", "mx", "dr", "drs", "prof", "st",
    "rev", "revd", "sgt", "capt", "lt", "col", "cpl", "hon", "messrs", "vs", "v", "tel", "ext",
    "ref", "approx", "dept", "incl", "eg", "ie", "cf", "viz", "al", "re", "no", "nos", "fig", "p",
    "pp", "vol", "ed", "sr", "jr", "tab", "inj", "mob", "addr", "ave", "rd", "max", "min", "temp",
    "pt", "pts", "dob", "hosp" };

/* After these it goes on unless a capital letter follows. */
static const char *const endings[] = { "etc", "am", "pm", "ltd", "plc", "inc", "co", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues",
    "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "yrs", "yr", "hrs", "hr", "mins", "wks" };

static bool is_listed(const char *word, size_t len, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (j < len && list[i][j] && pv_fold_ascii(word[j]) == list[i][j])
            j++;
        if (j == len && list[i][j] == '\0')
            return true;
    }
    return false;
}

static bool closes(char c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']';
}

/* Whether the full stop at s[at] belongs to an abbreviation, an initial or a number. `next` is the
 * first character of what follows. */
static bool is_inner_stop(const char *s, size_t start, size_t at, char next)
{
    size_t word = at;
    while (word > start && pv_is_letter(s[word - 1]))
        word--;
    const size_t len = at - word;
    if (len == 0)
        return false;
    if (word > start && (pv_is_digit(s[word - 1]) || pv_is_high(s[word - 1])))
        return false;
    if (len == 1 && s[word] != 'I') /* "J. Smith", "e.g.", "N.H.S. number" */
        return pv_is_upper(s[word]) || (word > start && s[word - 1] == '.') ? true
                                                                            : !pv_is_upper(next);
    if (is_listed(s + word, len, endings, sizeof endings / sizeof *endings))
        return !pv_is_upper(next);
    if (!is_listed(s + word, len, titles, sizeof titles / sizeof *titles))
        return false;
    const bool numbered = is_listed(s + word, len, (const char *const[]){ "no", "nos", "p" }, 3);
    return numbered ? pv_is_digit(next) : true;
}

/* Whether a sentence ends before byte `at`, which is a space or the like after a stop. */
static bool ends_before(const char *s, size_t start, size_t end, size_t at)
{
    if (!pv_is_space(s[at]))
        return false;
    size_t stop = at;
    while (stop > start && closes(s[stop - 1]))
        stop--;
    if (stop == start)
        return false;
    const char c = s[stop - 1];
    if (c == '!' || c == '?')
        return true;
    if (c != '.')
        return false;
    size_t next = at;
    while (next < end && !pv_is_alnum(s[next]) && !pv_is_high(s[next]))
        next++;
    const char after = next < end ? s[next] : ' ';
    if (stop - start >= 3 && s[stop - 2] == '.' && s[stop - 3] == '.') /* an ellipsis */
        return pv_is_upper(after);
    return !is_inner_stop(s, start, stop - 1, after);
}

struct pv_span pv_text_sentence(const struct pv_text *text, struct pv_span plain)
{
    const size_t index = pv_text_block_at(text, plain.start);
    if (index == text->block_count || text->blocks[index].start > plain.start)
        return plain;
    const char *const s = text->plain.bytes;
    const size_t start = text->blocks[index].start, end = text->blocks[index].end;
    const size_t to = plain.end < end ? plain.end : end;
    size_t low = plain.start, high = to > plain.start ? to : plain.start;
    while (low > start && plain.start - low < SENTENCE_MAX && !ends_before(s, start, end, low - 1))
        low--;
    while (high < end && high - to < SENTENCE_MAX && !ends_before(s, start, end, high))
        high++;
    while (low < plain.start && (pv_is_space(s[low]) || pv_utf8_continues(s[low])))
        low++;
    while (high < end && pv_utf8_continues(s[high]))
        high++;
    return (struct pv_span){ low, plain.end > high ? plain.end : high };
}

struct pv_span pv_text_passage(const struct pv_text *text, struct pv_span plain)
{
    size_t first = pv_text_block_at(text, plain.start);
    if (first == text->block_count || text->blocks[first].start > plain.start)
        return plain;
    const uint32_t passage = text->blocks[first].passage;
    size_t last = first;
    while (first > 0 && text->blocks[first - 1].passage == passage)
        first--;
    while (last + 1 < text->block_count && text->blocks[last + 1].passage == passage)
        last++;
    const size_t end = text->blocks[last].end;
    return (struct pv_span){ text->blocks[first].start, plain.end > end ? plain.end : end };
}

/* -------------------------------------------------------------------- words */

static bool joins_word(char c)
{
    switch (c) {
    case '\'':
    case '-':
    case '.':
    case '/':
    case ':':
    case '@':
    case '_':
        return true;
    default:
        return false;
    }
}

/* A word is letters, digits and what joins them: "don't", "12/11/1939", "X-ray", "a.b@c.uk". */
static bool in_word(const char *s, size_t len, size_t at)
{
    if (pv_is_alnum(s[at]) || pv_is_high(s[at]))
        return true;
    return at > 0 && at + 1 < len && joins_word(s[at])
           && (pv_is_alnum(s[at - 1]) || pv_is_high(s[at - 1]))
           && (pv_is_alnum(s[at + 1]) || pv_is_high(s[at + 1]));
}

static bool starts_word(const char *s, size_t len, size_t at)
{
    return in_word(s, len, at) && (at == 0 || !in_word(s, len, at - 1));
}

struct pv_span pv_text_words_around(
    const struct pv_text *text, struct pv_span plain, unsigned before, unsigned after)
{
    const struct pv_span passage = pv_text_passage(text, plain);
    const char *const s = text->plain.bytes;
    const size_t len = text->plain.len;
    size_t low = plain.start, high = plain.end;
    bool word = low > 0 && in_word(s, len, low - 1);
    for (unsigned n = 0; low > passage.start && n < before;) {
        const bool here = word;
        low--;
        word = low > 0 && in_word(s, len, low - 1);
        n += here && !word;
    }
    word = high > 0 && in_word(s, len, high - 1);
    for (unsigned n = 0; high < passage.end; high++) {
        const bool here = in_word(s, len, high);
        if (high > plain.end && word && !here && n == after)
            break;
        n += here && !word;
        if (n > after)
            break;
        word = here;
    }
    while (high > plain.end && pv_is_space(s[high - 1]))
        high--;
    while (low < plain.start && pv_is_space(s[low]))
        low++;
    return (struct pv_span){ low, high };
}

size_t pv_text_words_between(const struct pv_text *text, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t at = from; at < to && at < text->plain.len; at++)
        count += starts_word(text->plain.bytes, text->plain.len, at);
    return count;
}
