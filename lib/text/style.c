/* style.c: declarations are read one by one, a property at a time. A nested block such as @media is
 * passed over: what it hides is hidden on paper only, or on a telephone. What is moved will come
 * into sight. */
#include "text/style.h"

#include <string.h>

#include "text/ascii.h"

static struct pv_span trim(const char *s, struct pv_span span)
{
    while (span.start < span.end && pv_is_space(s[span.start]))
        span.start++;
    while (span.end > span.start && pv_is_space(s[span.end - 1]))
        span.end--;
    return span;
}

static bool is_word(const char *s, struct pv_span span, const char *word)
{
    size_t n = 0;
    while (span.start + n < span.end && word[n] && pv_fold_ascii(s[span.start + n]) == word[n])
        n++;
    return span.start + n == span.end && word[n] == '\0';
}

static bool is_one_of(const char *s, struct pv_span span, const char *const *words)
{
    for (; *words; words++)
        if (is_word(s, span, *words))
            return true;
    return false;
}

/* "0", "0px", ".0em", "0%": no size at all. */
static bool is_nought(const char *s, struct pv_span value)
{
    size_t at = value.start;
    while (at < value.end && (s[at] == '0' || s[at] == '.'))
        at++;
    return at > value.start && (at == value.end || !pv_is_digit(s[at]));
}

/* "-999px" or more: out of sight. */
static bool is_far_off(const char *s, struct pv_span value)
{
    size_t digits = value.start + 1;
    while (digits < value.end && pv_is_digit(s[digits]))
        digits++;
    return value.start < value.end && s[value.start] == '-' && digits > value.start + 3;
}

static bool declaration_hides(const char *s, struct pv_span property, struct pv_span value)
{
    static const char *const sizes[] = { "font-size", "opacity", "max-height", NULL };
    static const char *const offsets[] = { "left", "top", "text-indent", "margin-left", NULL };
    if (is_word(s, property, "display"))
        return is_word(s, value, "none");
    if (is_word(s, property, "visibility"))
        return is_word(s, value, "hidden") || is_word(s, value, "collapse");
    if (is_word(s, property, "color"))
        return is_word(s, value, "transparent");
    if (is_one_of(s, property, sizes))
        return is_nought(s, value);
    return is_one_of(s, property, offsets) && is_far_off(s, value);
}

static bool same_value(const char *s, struct pv_span a, struct pv_span b)
{
    return a.end > a.start && a.end - a.start == b.end - b.start
           && memcmp(s + a.start, s + b.start, a.end - a.start) == 0;
}

/* The value without "!important". */
static struct pv_span plain_value(const char *s, struct pv_span value)
{
    const char *const mark = memchr(s + value.start, '!', value.end - value.start);
    if (mark)
        value.end = (size_t)(mark - s);
    return trim(s, value);
}

bool pv_style_hides(const char *css, size_t len)
{
    static const char *const moving[] = { "transition", "animation", "animation-name", NULL };
    struct pv_span ink = { 0 }, paper = { 0 };
    bool hides = false;
    for (size_t at = 0; at < len;) {
        const char *const stop = memchr(css + at, ';', len - at);
        const size_t end = stop ? (size_t)(stop - css) : len;
        const char *const colon = memchr(css + at, ':', end - at);
        if (colon) {
            const size_t middle = (size_t)(colon - css);
            const struct pv_span property = trim(css, (struct pv_span){ at, middle });
            const struct pv_span value = plain_value(css, (struct pv_span){ middle + 1, end });
            if (is_one_of(css, property, moving))
                return false;
            hides = hides || declaration_hides(css, property, value);
            if (is_word(css, property, "color"))
                ink = value;
            if (is_word(css, property, "background") || is_word(css, property, "background-color"))
                paper = value;
        }
        at = end + 1;
    }
    return hides || same_value(css, ink, paper);
}

/* Adds ".fine" of "p.fine"; nothing of "nav a" or "a:hover", which hide in some places only. */
static void add_selector(struct pv_hiding *hiding, const char *s, struct pv_span selector)
{
    selector = trim(s, selector);
    for (size_t i = selector.start; i < selector.end; i++) {
        if (s[i] == '.' || s[i] == '#')
            selector.start = i;
        else if (!pv_is_alnum(s[i]) && s[i] != '-' && s[i] != '_' && !pv_is_high(s[i]))
            return;
    }
    if (selector.end > selector.start && hiding->count < PV_HIDING_MAX)
        hiding->names[hiding->count++] = selector;
}

static void add_selectors(struct pv_hiding *hiding, const char *s, struct pv_span list)
{
    for (size_t at = list.start; at < list.end;) {
        const char *const comma = memchr(s + at, ',', list.end - at);
        const size_t end = comma ? (size_t)(comma - s) : list.end;
        add_selector(hiding, s, (struct pv_span){ at, end });
        at = end + 1;
    }
}

/* Where the block ends whose "{" stands at `at`. */
static size_t block_end(const char *s, size_t at, size_t to)
{
    size_t depth = 0;
    for (; at < to; at++) {
        depth += s[at] == '{';
        if (s[at] == '}' && --depth == 0)
            return at;
    }
    return to;
}

void pv_style_read(struct pv_hiding *hiding, const char *s, size_t from, size_t to)
{
    while (from < to) {
        const char *const brace = memchr(s + from, '{', to - from);
        if (!brace)
            return;
        const size_t open = (size_t)(brace - s), end = block_end(s, open, to);
        const struct pv_span selectors = trim(s, (struct pv_span){ from, open });
        if (selectors.end > selectors.start && s[selectors.start] != '@'
            && pv_style_hides(s + open + 1, end - open - 1))
            add_selectors(hiding, s, selectors);
        from = end + 1;
    }
}

static bool hides_one(const struct pv_hiding *hiding, const char *s, char kind, struct pv_span name)
{
    for (size_t i = 0; i < hiding->count; i++) {
        struct pv_span known = hiding->names[i];
        const char first = s[known.start];
        if (kind ? first != kind : first == '.' || first == '#')
            continue;
        known.start += kind != 0;
        if (same_value(s, known, name))
            return true;
    }
    return false;
}

bool pv_style_hides_name(
    const struct pv_hiding *hiding, const char *s, char kind, struct pv_span names)
{
    for (size_t at = names.start; hiding->count && at < names.end;) {
        size_t end = at;
        while (end < names.end && !pv_is_space(s[end]))
            end++;
        if (end > at && hides_one(hiding, s, kind, (struct pv_span){ at, end }))
            return true;
        at = end + 1;
    }
    return false;
}
