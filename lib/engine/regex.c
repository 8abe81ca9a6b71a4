/* regex.c: a recursive descent over alternatives, sequences, repeats and atoms, as deep as groups
 * are nested and no deeper than PV_REGEX_DEPTH_MAX. Where it does not know what something means it
 * gives up: a wrong tree could hide a match, no tree only costs time. */
#include "engine/regex.h"
#include "text/utf8.h"

#include <string.h>

/* Quantifiers on one atom, each a level of the tree. */
#define QUANTIFIERS_MAX 3u

struct parser {
    struct pv_arena *arena;
    const char *at, *end;
    unsigned depth;
    bool nomem, failed;
    bool exact_case; /* inside (?-i:...) */
    bool lines;      /* (?m) was seen: ^ may be the start of any line */
    bool loose;      /* the class at hand may hold more bytes than the one in the pattern */
};

static struct pv_regex *parse_alternatives(struct parser *p);

static struct pv_regex *node(struct parser *p, enum pv_regex_kind kind)
{
    struct pv_regex *const made = pv_arena_calloc(p->arena, 1, sizeof(*made));
    if (!made) {
        p->nomem = p->failed = true;
    } else {
        made->kind = kind;
        made->exact_case = p->exact_case;
    }
    return made;
}

static struct pv_regex *give_up(struct parser *p)
{
    p->failed = true;
    return NULL;
}

static void adopt(struct pv_regex *parent, struct pv_regex *child)
{
    if (!child)
        return;
    if (parent->last)
        parent->last->next = child;
    else
        parent->child = child;
    parent->last = child;
}

/* ------------------------------------------------------------------ classes */

static void add_ascii(struct pv_regex *class, unsigned char c)
{
    const unsigned char lower = (unsigned char)(c | 0x20);
    pv_bytes_add(&class->set, c);
    if (!class->exact_case && lower >= 'a' && lower <= 'z') {
        pv_bytes_add(&class->set, lower);
        pv_bytes_add(&class->set, (unsigned char)(lower & ~0x20));
    }
}

static void add_beyond_ascii(struct pv_regex *class)
{
    for (unsigned c = 0x80; c < 0x100; c++)
        pv_bytes_add(&class->set, (unsigned char)c);
    class->ascii = false;
}

/* The two characters beyond ASCII that are an ASCII letter in another case. */
#define LONG_S 0x17Fu
#define KELVIN 0x212Au

#define LAST_CHARACTER 0x10FFFFu

static void add_range(struct pv_regex *class, unsigned from, unsigned to)
{
    for (unsigned c = from; c <= to && c < 0x80; c++)
        add_ascii(class, (unsigned char)c);
    if (to < 0x80)
        return;
    add_beyond_ascii(class);
    if (!class->exact_case && from <= LONG_S && to >= LONG_S)
        add_ascii(class, 's');
    if (!class->exact_case && from <= KELVIN && to >= KELVIN)
        add_ascii(class, 'k');
}

static void add_everything(struct pv_regex *class)
{
    add_range(class, 0, LAST_CHARACTER);
}

static void add_letters(struct pv_regex *class)
{
    add_range(class, 'a', 'z');
    add_range(class, 'A', 'Z');
    add_beyond_ascii(class);
}

static void add_capitals(struct pv_regex *class)
{
    add_range(class, 'A', 'Z');
    add_beyond_ascii(class);
}

/* \d \w \s \h \v and their opposites; false when the letter is another escape. With UCP, \d finds
 * other digits too, but the plain view has none. */
static bool add_shorthand(struct parser *p, struct pv_regex *class, char letter)
{
    switch (letter) {
    case 'd':
        add_range(class, '0', '9');
        return true;
    case 'w':
        add_letters(class);
        add_range(class, '0', '9');
        add_ascii(class, '_');
        return true;
    case 's':
        add_range(class, '\t', '\r');
        add_ascii(class, ' ');
        add_beyond_ascii(class);
        return true;
    case 'h':
        add_ascii(class, '\t');
        add_ascii(class, ' ');
        add_beyond_ascii(class);
        return true;
    case 'v':
        add_range(class, '\n', '\r');
        add_beyond_ascii(class);
        return true;
    case 'D':
    case 'W':
    case 'S':
    case 'H':
    case 'V':
    case 'N':
        p->loose = true;
        add_everything(class);
        return true;
    default:
        return false;
    }
}

/* \p{Name}: L, Lu, Ll, N, Nd are known; anything else may be any character. */
static bool add_property(struct parser *p, struct pv_regex *class, bool negated)
{
    const char *name = p->at;
    size_t len = 1;
    if (p->at < p->end && *p->at == '{') {
        const char *const close = memchr(p->at, '}', (size_t)(p->end - p->at));
        if (!close)
            return false;
        name = p->at + 1;
        len = (size_t)(close - name);
        p->at = close + 1;
    } else if (p->at < p->end) {
        p->at++;
    } else {
        return false;
    }
    p->loose = true;
    const bool letter = len <= 2 && name[0] == 'L';
    const bool digit = len == 2 && name[0] == 'N' && name[1] == 'd';
    if (negated || !(letter || digit))
        add_everything(class);
    else if (class->exact_case && len == 2 && name[1] == 'u')
        add_capitals(class);
    else if (letter)
        add_letters(class);
    else
        add_range(class, '0', '9');
    return true;
}

/* The character that an escape behind a backslash stands for, or -1. */
static int escaped_character(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'f':
        return '\f';
    case 'e':
        return 0x1B;
    case 'a':
        return 0x07;
    default: /* a mark stands for itself, a letter or digit for something else */
        return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                       || (c >= '0' && c <= '9')
                   ? -1
                   : (unsigned char)c;
    }
}

/* \x{..} or \xHH. */
static int hex_character(struct parser *p)
{
    unsigned value = 0;
    const bool braced = p->at < p->end && *p->at == '{';
    size_t digits = 0;
    p->at += braced;
    while (p->at < p->end && digits < (braced ? 8u : 2u)) {
        const char c = *p->at;
        const char lower = (char)(c | 0x20);
        if (c >= '0' && c <= '9')
            value = value * 16 + (unsigned)(c - '0');
        else if (lower >= 'a' && lower <= 'f')
            value = value * 16 + (unsigned)(lower - 'a') + 10;
        else
            break;
        digits++;
        p->at++;
    }
    if (braced) {
        if (p->at >= p->end || *p->at != '}')
            return -1;
        p->at++;
    }
    return value <= LAST_CHARACTER ? (int)value : -1;
}

/* The character at p->at, which is ASCII or, as PCRE2 has made sure, whole UTF-8. */
static unsigned next_character(struct parser *p)
{
    const unsigned char first = (unsigned char)*p->at++;
    unsigned c = first < 0xC0 ? first : first < 0xE0 ? first & 0x1Fu : first & 0x0Fu;
    for (; p->at < p->end && pv_utf8_continues(*p->at); p->at++)
        c = c << 6 | ((unsigned char)*p->at & 0x3Fu);
    return c & 0x1FFFFFu;
}

/* One member of a class: a character (returned), a shorthand (added, -2), or a failure (-1). */
static int class_member(struct parser *p, struct pv_regex *class)
{
    const unsigned c = next_character(p);
    if (c == '[' && p->at < p->end && *p->at == ':') {
        const char *close = p->at + 1;
        while (close + 1 < p->end && !(close[0] == ':' && close[1] == ']'))
            close++;
        if (close + 1 >= p->end)
            return -1;
        p->at = close + 2;
        p->loose = true;
        add_everything(class); /* a POSIX class */
        return -2;
    }
    if (c != '\\')
        return (int)c;
    if (p->at >= p->end)
        return -1;
    const char e = *p->at++;
    if (add_shorthand(p, class, e))
        return -2;
    if (e == 'p' || e == 'P')
        return add_property(p, class, e == 'P') ? -2 : -1;
    if (e == 'x')
        return hex_character(p);
    return e == 'b' ? 0x08 : escaped_character(e);
}

static void negate(struct pv_regex *class)
{
    struct pv_regex all = { .ascii = true, .exact_case = true };
    /* What is in a class beyond ASCII is not known: its opposite may be there too. */
    for (size_t i = 0; i < 4; i++)
        all.set.bits[i] = ~class->set.bits[i];
    add_beyond_ascii(&all);
    class->set = all.set;
    class->ascii = false;
}

/* Behind the opening bracket. */
static struct pv_regex *parse_class(struct parser *p)
{
    struct pv_regex *const class = node(p, PV_REGEX_CLASS);
    bool negated = false, first = true;
    if (!class)
        return NULL;
    class->ascii = true;
    p->loose = false;
    if (p->at < p->end && *p->at == '^') {
        negated = true;
        p->at++;
    }
    for (; p->at < p->end && (first || *p->at != ']'); first = false) {
        const int from = class_member(p, class);
        if (from == -1)
            return give_up(p);
        if (from == -2)
            continue;
        int to = from;
        if (p->at + 1 < p->end && p->at[0] == '-' && p->at[1] != ']') {
            p->at++;
            to = class_member(p, class);
            if (to < from) /* also a shorthand, where the hyphen stands for itself */
                return give_up(p);
        }
        add_range(class, (unsigned)from, (unsigned)to);
    }
    if (p->at >= p->end)
        return give_up(p);
    p->at++;
    if (negated && p->loose)
        add_everything(class);
    else if (negated)
        negate(class);
    return class;
}

/* ------------------------------------------------------------------- atoms */

static struct pv_regex *character(struct parser *p, unsigned c)
{
    struct pv_regex *const class = node(p, PV_REGEX_CLASS);
    if (!class)
        return NULL;
    class->ascii = c < 0x80;
    add_range(class, c, c);
    return class;
}

static struct pv_regex *boundary(struct parser *p, bool text_start)
{
    struct pv_regex *const made = node(p, PV_REGEX_BOUNDARY);
    if (made)
        made->text_start = text_start;
    return made;
}

static struct pv_regex *parse_escape(struct parser *p)
{
    if (p->at >= p->end)
        return give_up(p);
    const char e = *p->at++;
    if (e == 'A')
        return boundary(p, true);
    if (e && strchr("bzZG", e))
        return e == 'G' ? node(p, PV_REGEX_EMPTY) : boundary(p, false);
    if (e == 'B')
        return node(p, PV_REGEX_EMPTY);
    if (e == 'N' && p->at < p->end && *p->at == '{') /* perhaps \N{U+41} */
        return give_up(p);
    if (e >= '1' && e <= '9') {
        while (p->at < p->end && *p->at >= '0' && *p->at <= '9')
            p->at++;
        return node(p, PV_REGEX_OPAQUE);
    }
    if (e == 'k' && p->at < p->end && (*p->at == '<' || *p->at == '{' || *p->at == '\'')) {
        const char close = *p->at == '<' ? '>' : *p->at == '{' ? '}' : '\'';
        const char *const end = memchr(p->at + 1, close, (size_t)(p->end - p->at - 1));
        p->at = end ? end + 1 : p->at;
        return end ? node(p, PV_REGEX_OPAQUE) : give_up(p);
    }
    if (e == 'x') {
        const int c = hex_character(p);
        return c < 0 ? give_up(p) : character(p, (unsigned)c);
    }
    struct pv_regex *const class = node(p, PV_REGEX_CLASS);
    if (!class)
        return NULL;
    class->ascii = true;
    if (add_shorthand(p, class, e))
        return class;
    if (e == 'p' || e == 'P')
        return add_property(p, class, e == 'P') ? class : give_up(p);
    const int c = escaped_character(e);
    return c < 0 ? give_up(p) : character(p, (unsigned)c);
}

static bool starts(const struct parser *p, const char *prefix)
{
    const size_t len = strlen(prefix);
    return (size_t)(p->end - p->at) >= len && memcmp(p->at, prefix, len) == 0;
}

/* Options such as (?-i: or (?i): those of case are followed, those that make no difference here
 * are passed over, any other is not understood. */
static bool read_options(struct parser *p)
{
    const char *c = p->at + 1;
    bool off = false, exact_case = p->exact_case;
    for (; c < p->end && (*c == 'i' || *c == '-' || *c == 's' || *c == 'm'); c++) {
        off = off || *c == '-';
        p->lines = p->lines || *c == 'm';
        if (*c == 'i')
            exact_case = off;
    }
    if (c >= p->end || (*c != ':' && *c != ')') || c == p->at + 1)
        return false;
    p->exact_case = exact_case;
    p->at = c;
    return true;
}

/* Behind the opening parenthesis: says what kind of group it is and goes behind its opening.
 * `zero` for one whose content is of no interest, `ahead` for (?=, `setting` for (?i), which has no
 * content. False when not understood. */
static bool open_group(struct parser *p, bool *zero, bool *ahead, bool *setting)
{
    *zero = *ahead = *setting = false;
    if (p->at >= p->end || *p->at == '*')
        return false;
    if (*p->at != '?')
        return true;
    if (starts(p, "?:") || starts(p, "?>")) {
        p->at += 2;
    } else if (starts(p, "?=")) {
        *ahead = true;
        p->at += 2;
    } else if (starts(p, "?!")) {
        *zero = true;
        p->at += 2;
    } else if (starts(p, "?<=") || starts(p, "?<!")) {
        *zero = true;
        p->at += 3;
    } else if (starts(p, "?<") || starts(p, "?P<") || starts(p, "?'")) {
        const char *const close = starts(p, "?'")
                                      ? memchr(p->at + 2, '\'', (size_t)(p->end - p->at - 2))
                                      : memchr(p->at, '>', (size_t)(p->end - p->at));
        if (!close)
            return false;
        p->at = close + 1;
    } else if (read_options(p)) {
        *setting = *p->at == ')';
        p->at += !*setting;
    } else {
        return false;
    }
    return true;
}

/* Whether a class of the pattern, between `from` and `to`, says so in so many words. */
static bool names(const char *from, const char *to, const char *shorthand)
{
    const size_t len = strlen(shorthand);
    for (; (size_t)(to - from) >= len; from++) {
        if (memcmp(from, shorthand, len) == 0)
            return true;
        from += *from == '\\' && from + 1 < to; /* what is escaped begins nothing */
    }
    return false;
}

/* What (?<![...]) at `at` rules out: only what the class names, since sets hold too much. */
static void note_behind(const struct parser *p, const char *at, struct pv_regex *look)
{
    static const char opening[] = "?<![";
    const size_t len = sizeof(opening) - 1;
    if ((size_t)(p->at - at) < len + 2 || memcmp(at, opening, len) != 0 || at[len] == '^')
        return;
    const char *const class = at + len;
    const char *const close = p->at - 2; /* before the group's own end */
    if (*close != ']' || close[-1] == '\\' || memchr(class, ']', (size_t)(close - class))
        || memchr(class, '[', (size_t)(close - class)))
        return;
    const bool words = names(class, close, "\\w");
    look->no_letter = words || names(class, close, "\\p{L}");
    look->no_digit = words || names(class, close, "\\d");
}

/* As deep as groups stand in one another, PV_REGEX_DEPTH_MAX at most.
 * NOLINTBEGIN(misc-no-recursion) */

static struct pv_regex *parse_group(struct parser *p)
{
    bool zero, ahead, setting;
    const bool outside = p->exact_case;
    const char *const start = p->at;
    if (p->depth >= PV_REGEX_DEPTH_MAX || !open_group(p, &zero, &ahead, &setting))
        return give_up(p);
    if (setting) { /* until the group that it stands in ends */
        p->at++;
        return node(p, PV_REGEX_EMPTY);
    }
    p->depth++;
    struct pv_regex *inside = parse_alternatives(p);
    p->depth--;
    p->exact_case = outside;
    if (p->failed || p->at >= p->end || *p->at != ')')
        return give_up(p);
    p->at++;
    if (!zero && !ahead)
        return inside;
    struct pv_regex *const look = node(p, ahead ? PV_REGEX_AHEAD : PV_REGEX_EMPTY);
    if (look) {
        adopt(look, inside);
        note_behind(p, start, look);
    }
    return look;
}

static struct pv_regex *parse_atom(struct parser *p)
{
    const unsigned c = next_character(p);
    switch (c) {
    case '(':
        return parse_group(p);
    case '{': /* not behind an atom, or no quantifier; newer versions of PCRE2 know more of them */
        return give_up(p);
    case '[':
        return parse_class(p);
    case '\\':
        return parse_escape(p);
    case '^':
        return boundary(p, !p->lines);
    case '$':
        return boundary(p, false);
    case '.': {
        struct pv_regex *const any = node(p, PV_REGEX_CLASS);
        if (any)
            add_everything(any);
        return any;
    }
    default:
        return character(p, c);
    }
}

/* ----------------------------------------------------------------- repeats */

/* {m}, {m,} or {m,n} at p->at; false when it is just a brace. */
static bool parse_counts(struct parser *p, uint32_t *min, uint32_t *max)
{
    const char *c = p->at + 1;
    uint32_t low = 0, high = 0;
    const char *const digits = c;
    while (c < p->end && *c >= '0' && *c <= '9' && low < 100000)
        low = low * 10 + (uint32_t)(*c++ - '0');
    if (c == digits || c >= p->end)
        return false;
    high = low;
    if (*c == ',') {
        const char *const more = ++c;
        high = 0;
        while (c < p->end && *c >= '0' && *c <= '9' && high < 100000)
            high = high * 10 + (uint32_t)(*c++ - '0');
        if (c == more)
            high = PV_UNBOUNDED;
    }
    if (c >= p->end || *c != '}')
        return false;
    p->at = c + 1;
    *min = low;
    *max = high;
    return true;
}

static bool parse_quantifier(struct parser *p, uint32_t *min, uint32_t *max)
{
    if (p->at >= p->end)
        return false;
    if (*p->at == '{')
        return parse_counts(p, min, max);
    if (*p->at != '?' && *p->at != '*' && *p->at != '+')
        return false;
    *min = *p->at == '+';
    *max = *p->at == '?' ? 1 : PV_UNBOUNDED;
    p->at++;
    return true;
}

static struct pv_regex *parse_repeat(struct parser *p)
{
    struct pv_regex *atom = parse_atom(p);
    uint32_t min, max;
    for (unsigned count = 0; !p->failed && parse_quantifier(p, &min, &max); count++) {
        if (count == QUANTIFIERS_MAX)
            return give_up(p);
        if (p->at < p->end && (*p->at == '?' || *p->at == '+')) /* lazy, possessive */
            p->at++;
        struct pv_regex *const repeat = node(p, PV_REGEX_REPEAT);
        if (!repeat)
            return NULL;
        repeat->min = min;
        repeat->max = max;
        adopt(repeat, atom);
        atom = repeat;
    }
    return atom;
}

static struct pv_regex *parse_sequence(struct parser *p)
{
    struct pv_regex *const sequence = node(p, PV_REGEX_CONCAT);
    while (!p->failed && p->at < p->end && *p->at != '|' && *p->at != ')')
        adopt(sequence, parse_repeat(p));
    return sequence;
}

static struct pv_regex *parse_alternatives(struct parser *p)
{
    struct pv_regex *const first = parse_sequence(p);
    if (p->failed || p->at >= p->end || *p->at != '|')
        return first;
    struct pv_regex *const all = node(p, PV_REGEX_ALTERNATE);
    if (!all)
        return NULL;
    adopt(all, first);
    while (!p->failed && p->at < p->end && *p->at == '|') {
        p->at++;
        adopt(all, parse_sequence(p));
    }
    return all;
}

/* NOLINTEND(misc-no-recursion) */

bool pv_regex_parse(
    struct pv_arena *arena, const char *pattern, size_t len, struct pv_regex **out, bool *nomem)
{
    struct parser p = { .arena = arena, .at = pattern, .end = pattern + len };
    struct pv_regex *const tree = parse_alternatives(&p);
    *nomem = p.nomem;
    if (p.failed || p.at != p.end)
        return false;
    *out = tree;
    return true;
}
