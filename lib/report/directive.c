/* directive.c: the word "postvet-" is sought in the plain view, whose scopes tell a comment from
 * prose and code; what follows is read from the source, to the letter. Something that only
 * resembles a directive is one with a fault: it suppresses nothing, and its author is told. Prose
 * and code that mention directives are neither. */
#include "report/directive.h"

#include <stdlib.h>
#include <string.h>

#include "text/lines.h"
#include "text/utf8.h"

#define WORD "postvet-"
#define WORD_LEN (sizeof(WORD) - 1)

/* A longer line, from that word on, is no directive: so no line, however long, is read often. */
enum { LINE_MAX = 2000 };

static const char *const verbs[PV_VERB_COUNT] = {
    [PV_VERB_DISABLE_NEXT_LINE] = "disable-next-line",
    [PV_VERB_DISABLE_LINE] = "disable-line",
    [PV_VERB_DISABLE] = "disable",
    [PV_VERB_ENABLE] = "enable",
    [PV_VERB_DISABLE_FILE] = "disable-file",
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static bool starts_with(const char *s, struct pv_span span, const char *word)
{
    const size_t len = strlen(word);
    return span.end - span.start >= len && memcmp(s + span.start, word, len) == 0;
}

static bool starts_with_word(const char *s, size_t len, size_t at)
{
    for (size_t i = 0; i < WORD_LEN; i++)
        if (at + i >= len || pv_fold_ascii(s[at + i]) != WORD[i])
            return false;
    return true;
}

struct pv_span pv_trim(const char *s, struct pv_span span)
{
    while (span.start < span.end && is_blank(s[span.start]))
        span.start++;
    while (span.end > span.start && is_blank(s[span.end - 1]))
        span.end--;
    return span;
}

/* The next place from `from` on where the word stands, in any case; or `len`. */
static size_t find_word(const char *s, size_t len, size_t from)
{
    while (from + WORD_LEN <= len) {
        const char *const dash = memchr(s + from + WORD_LEN - 1, '-', len - from - WORD_LEN + 1);
        if (!dash)
            break;
        from = (size_t)(dash - s) - (WORD_LEN - 1);
        if (starts_with_word(s, len, from))
            return from;
        from++;
    }
    return len;
}

bool pv_directive_likely(const char *source, size_t len)
{
    return find_word(source, len, 0) < len;
}

/* ----------------------------------------------------------------- grounds */

/* The mark between names and reason: "--", or the dash that an editor makes of it. Returns its
 * length, or 0. */
static size_t mark_at(const char *s, struct pv_span span)
{
    static const char *const marks[] = { "--", "\xE2\x80\x94", "\xE2\x80\x93" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (starts_with(s, span, marks[i]))
            return strlen(marks[i]);
    return 0;
}

/* Whether there is more than blanks and control characters, which are told as blanks. */
static bool says_something(const char *s, struct pv_span span)
{
    for (size_t i = span.start; i < span.end; i++)
        if ((unsigned char)s[i] > ' ')
            return true;
    return false;
}

const char *pv_grounds_read(const char *source, struct pv_span span, struct pv_grounds *out)
{
    span = pv_trim(source, span);
    size_t at = span.start, len = 0;
    bool wants_name = true;
    for (; at < span.end; at++) {
        const char c = source[at];
        const bool begins_word = at == span.start || is_blank(source[at - 1]);
        len = begins_word ? mark_at(source, (struct pv_span){ at, span.end }) : 0;
        if (len)
            break;
        if (c == ',' && wants_name)
            return "has a comma with no rule before it";
        if (!is_name_char(c) && c != ',' && !is_blank(c))
            return "has something before its reason that is no name of a rule";
        if (is_name_char(c) && !wants_name && begins_word)
            return "has rules without a comma between them";
        wants_name = c == ',' || (wants_name && is_blank(c));
    }
    out->names = pv_trim(source, (struct pv_span){ span.start, at });
    out->reason = pv_trim(source, (struct pv_span){ at + len, span.end });
    if (out->names.start == out->names.end)
        return "names no rule";
    if (wants_name)
        return "has a comma with no rule behind it";
    if (!says_something(source, out->reason))
        return "gives no reason (write \" -- \" and why behind the rule)";
    return NULL;
}

struct pv_span pv_grounds_next(const char *source, struct pv_span names, size_t *at)
{
    struct pv_span name;
    while (*at < names.end && !is_name_char(source[*at]))
        ++*at;
    name.start = *at;
    while (*at < names.end && is_name_char(source[*at]))
        ++*at;
    name.end = *at;
    return name;
}

/* -------------------------------------------------------------- directives */

/* Reads what stands in d->whole from the word at `at` to `end`. */
static void read_directive(struct pv_directive *d, const char *s, size_t at, size_t end)
{
    size_t stop = at + WORD_LEN;
    while (stop < end && !is_blank(s[stop]))
        stop++;
    const struct pv_span verb = { at + WORD_LEN, stop };
    d->verb = PV_VERB_COUNT;
    for (int i = 0; i < PV_VERB_COUNT; i++)
        if (starts_with(s, verb, verbs[i]) && strlen(verbs[i]) == verb.end - verb.start)
            d->verb = (enum pv_verb)i;
    d->grounds = (struct pv_grounds){ { stop, stop }, { stop, stop } };
    if (d->verb == PV_VERB_COUNT || memcmp(s + at, WORD, WORD_LEN) != 0)
        d->fault = "is none of postvet-disable-next-line, postvet-disable-line, postvet-disable, "
                   "postvet-enable and postvet-disable-file";
    else
        d->fault = pv_grounds_read(s, (struct pv_span){ stop, end }, &d->grounds);
    if (d->verb != PV_VERB_ENABLE || !d->fault)
        return;
    /* What ends a range need not say why, nor which where it ends them all. */
    const struct pv_grounds *const g = &d->grounds;
    const struct pv_span rest = pv_trim(s, (struct pv_span){ stop, end });
    const bool has_names = g->names.start < g->names.end,
               says_why = g->reason.start < g->reason.end;
    if (rest.start == rest.end || (!has_names && says_why)
        || (has_names && !says_why && g->names.end == rest.end))
        d->fault = NULL;
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* Steps over the blanks of a line, back from `at` or on from it: a line may be as long as the
 * draft, so nobody here looks for its ends. */
static size_t back_over_blanks(const char *s, size_t at)
{
    while (at > 0 && (s[at - 1] == ' ' || s[at - 1] == '\t'))
        at--;
    return at;
}

static size_t on_over_blanks(const char *s, size_t len, size_t at)
{
    while (at < len && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at;
}

/* Before the first line a byte order mark may stand. */
static bool is_line_start(const char *s, size_t at)
{
    return at == 0 || ends_line(s[at - 1]) || (at == 3 && pv_utf8_bom(s, at));
}

/* Whether the line that ends before `start`, and that which starts at `next`, both hold something:
 * without what is between them they would be one paragraph. */
static bool parts_paragraphs(const struct pv_text *text, size_t start, size_t next)
{
    const char *const s = text->source;
    const size_t word = on_over_blanks(s, text->source_len, next);
    if (start == 0 || word == text->source_len || ends_line(s[word]))
        return false;
    size_t end = start - 1;
    end -= end > 0 && s[end] == '\n' && s[end - 1] == '\r';
    return !is_line_start(s, back_over_blanks(s, end));
}

/* What goes with a directive: its lines, where they hold nothing else; else the blanks that part
 * it from the words before it. A comment that parts two paragraphs leaves an empty line behind. */
static struct pv_span cut_of(const struct pv_text *text, struct pv_span whole, bool is_comment)
{
    const char *const s = text->source;
    const size_t start = back_over_blanks(s, whole.start);
    const size_t end = on_over_blanks(s, text->source_len, whole.end);
    if (!is_line_start(s, start) || (end < text->source_len && !ends_line(s[end])))
        return (struct pv_span){ is_line_start(s, start) ? whole.start : start, whole.end };
    const size_t next = end < text->source_len ? pv_line_at(s, text->source_len, end).next : end;
    return (
        struct pv_span){ start, is_comment && parts_paragraphs(text, start, next) ? end : next };
}

/* The comment that begins with the word at `at` and ends before `limit`; false when there is none.
 */
static bool read_comment(
    const struct pv_text *text, size_t at, size_t limit, bool is_certain, struct pv_directive *d)
{
    const char *const s = text->source;
    size_t open = at, end = at;
    while (open > 0 && is_blank(s[open - 1]))
        open--;
    if (open < 4 || memcmp(s + open - 4, "<!--", 4) != 0)
        return false;
    while (end + 3 <= limit && memcmp(s + end, "-->", 3) != 0)
        end++;
    const bool ends = end + 3 <= limit;
    if (!ends && !is_certain)
        return false;
    d->whole = (struct pv_span){ open - 4, ends ? end + 3 : limit };
    read_directive(d, s, at, ends ? end : limit);
    if (ends)
        d->cut = cut_of(text, d->whole, true);
    else
        d->fault = "stands in a comment that never ends";
    return true;
}

/* Where the mark of a comment (# or //) before `at` begins; `at` itself when there is none. */
static size_t leader_start(const char *s, size_t at)
{
    const size_t start = back_over_blanks(s, at);
    if (start > 0 && s[start - 1] == '#')
        return start - 1;
    if (start > 1 && s[start - 1] == '/' && s[start - 2] == '/')
        return start - 2;
    return at;
}

/* How far a directive of a line may go from its word at `at`. */
static size_t limit_of(const struct pv_text *text, size_t at)
{
    return text->source_len - at > LINE_MAX ? at + LINE_MAX : text->source_len;
}

/* The line of text whose directive begins with the word at `at`; false when it is but a mention. */
static bool read_line(const struct pv_text *text, size_t at, struct pv_directive *d)
{
    const char *const s = text->source;
    const size_t leader = leader_start(s, at), limit = limit_of(text, at);
    const struct pv_span verb = { at + WORD_LEN, text->source_len };
    const bool is_alone = is_line_start(s, back_over_blanks(s, leader));
    if (!starts_with(s, verb, "disable") && !starts_with(s, verb, "enable"))
        return false;
    if (!is_alone
        && (leader == at || !is_blank(s[leader - 1])
            || !starts_with(s, verb, verbs[PV_VERB_DISABLE_LINE])))
        return false;
    const size_t end = pv_line_at(s, limit, at).end;
    if (end == limit && limit < text->source_len)
        return false;
    d->whole = pv_trim(s, (struct pv_span){ leader, end });
    read_directive(d, s, at, d->whole.end);
    if (!d->fault) /* else it may be a sentence, and stays */
        d->cut = cut_of(text, d->whole, false);
    return true;
}

/* Whether a comment holds nothing before the word at `at` of the plain view. */
static bool opens_comment(const struct pv_text *text, size_t at)
{
    const size_t block = pv_text_block_at(text, at);
    size_t start = at;
    while (start > 0 && is_blank(text->plain.bytes[start - 1]))
        start--;
    return block < text->block_count && text->blocks[block].start >= start;
}

/* In plain text a comment is but prose, and yet what people will write. */
static bool read_in_scope(
    const struct pv_text *text, size_t plain, size_t at, struct pv_directive *d)
{
    switch (pv_text_scope_at(text, plain)) {
    case PV_SCOPE_COMMENT:
        return opens_comment(text, plain) && read_comment(text, at, text->source_len, true, d);
    case PV_SCOPE_PROSE:
        return read_comment(
                   text, at, pv_line_at(text->source, limit_of(text, at), at).end, false, d)
               || read_line(text, at, d);
    case PV_SCOPE_FRONT_MATTER:
        return read_line(text, at, d);
    default:
        return false;
    }
}

static int compare_places(const void *left, const void *right)
{
    const struct pv_directive *const a = left, *const b = right;
    return a->whole.start < b->whole.start ? -1 : a->whole.start > b->whole.start;
}

/* Of several directives on lines of their own, one after the other, the last one's empty line is
 * enough. */
static void join_cuts(const char *s, struct pv_buf *directives)
{
    struct pv_directive *const d = PV_BUF_ITEMS(directives, struct pv_directive);
    for (size_t i = 1; i < PV_BUF_COUNT(directives, struct pv_directive); i++) {
        struct pv_span *const before = &d[i - 1].cut;
        size_t next = before->end;
        if (before->start == before->end || d[i].cut.start == d[i].cut.end
            || !is_line_start(s, before->start) || !is_line_start(s, d[i].cut.start))
            continue;
        while (next < d[i].cut.start && ends_line(s[next]) && next < before->end + 2)
            next++;
        if (next == d[i].cut.start && next > before->end && !is_line_start(s, before->end))
            before->end = next;
    }
}

bool pv_directives_find(const struct pv_text *text, struct pv_buf *out)
{
    const struct pv_view *const plain = &text->plain;
    size_t at = find_word(plain->bytes, plain->len, 0);
    for (; at < plain->len && PV_BUF_COUNT(out, struct pv_directive) < PV_DIRECTIVES_MAX;
         at = find_word(plain->bytes, plain->len, at + 1)) {
        const struct pv_span source = pv_text_source_span(text, (struct pv_span){ at, at + 1 });
        struct pv_directive d = { 0 };
        if (!starts_with_word(text->source, text->source_len, source.start))
            continue;
        if (!read_in_scope(text, at, source.start, &d))
            continue;
        struct pv_directive *const slot = PV_BUF_PUSH(out, struct pv_directive);
        if (!slot)
            return false;
        *slot = d;
    }
    /* Comments stand in the side part of the view, behind all lines. */
    if (out->len)
        qsort(out->data, PV_BUF_COUNT(out, struct pv_directive), sizeof(struct pv_directive),
            compare_places);
    join_cuts(text->source, out);
    return true;
}
