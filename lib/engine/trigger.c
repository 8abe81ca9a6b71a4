/* trigger.c: from the leaves of the tree to its root, each node is summed up by
 *
 *   its width       how many bytes it matches, at least and at most
 *   its strings     all that it can match, where these are few: "nurse", "nurses"
 *   its need        the best set of words and bytes of which one must be in every match, and how
 *                   far from the node's start it may lie
 *
 * A sequence multiplies the strings of its parts as long as they stay few; what they have grown to
 * when they no longer do is a candidate for the sequence's need, beside the needs of its parts. The
 * best candidate is the one that makes the matcher try the fewest places.
 *
 * In strings GAP stands for some bytes that belong to no word, EDGE for a place between a word and
 * no word. Source: the idea is that of the prefilters of RE2 and of YARA's atoms. */
#include "engine/trigger.h"

#include <string.h>

#include "text/text.h"

#define GAP '\x01'
#define EDGE '\x02'
#define GAP_BYTES_MAX 4u

/* No node keeps more strings, nor longer ones. */
#define STRINGS_MAX 192u
#define STRING_MAX 48u

/* A class of more ASCII characters is not spelled out in strings. */
#define CLASS_SPELLED_MAX 4u

/* Trying a window costs as much as this many places, over and above the places in it. */
#define WINDOW_COST 12.0

/* A window without an end is taken to have this many places. */
#define OPEN_WINDOW 400.0

/* A second need that stands in a byte of text more often is in every paragraph: no use. */
#define ALSO_RATE_MAX 0.004

/* A pattern that takes more steps to understand has no trigger: repeats in repeats are looked at
 * again and again. */
#define STEPS_MAX 200000u

/* A trigger that has the matcher try more places than this for a byte of text saves nothing. */
#define WORTHLESS 1.2

struct string {
    char text[STRING_MAX];
    uint32_t len;
};

struct need {
    struct pv_trigger_word *words;
    size_t word_count;
    struct pv_bytes bytes;
    uint32_t min, max;             /* where a byte may lie; none: 0, 0 */
    uint32_t shift_min, shift_max; /* to be added to where words and bytes lie */
    double words_rate;             /* times that its words stand in a byte of text */
    double words_tries;            /* places tried for them in a byte of text, before shifting */
    bool any_bytes, any;
};

struct sum {
    uint32_t min, max; /* width; max may be PV_UNBOUNDED */
    uint32_t reach;    /* how far it looks, look-ahead included */
    struct string *strings;
    size_t count, room;
    bool exact; /* `strings` are all that it matches */
    struct need need;
    struct need also; /* another need, of other words: the rarest one */
};

struct deriver {
    struct pv_arena *arena;
    size_t steps; /* nodes looked at so far */
    bool nomem, tired;
};

static bool is_tired(struct deriver *d)
{
    d->tired = d->tired || d->steps++ >= STEPS_MAX;
    return d->tired;
}

static uint32_t add_widths(uint32_t a, uint32_t b)
{
    return a == PV_UNBOUNDED || b == PV_UNBOUNDED || a + b < a ? PV_UNBOUNDED : a + b;
}

static uint32_t multiply_width(uint32_t a, uint32_t times)
{
    if (!a || !times)
        return 0;
    const uint64_t product = (uint64_t)a * times;
    return a == PV_UNBOUNDED || times == PV_UNBOUNDED || product > PV_UNBOUNDED ? PV_UNBOUNDED
                                                                                : (uint32_t)product;
}

static uint32_t greater(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* -------------------------------------------------------------- how common */

/* Words in a thousand that start so, roughly, for the commonest words of English prose. What is
 * not listed is guessed from its length. */
static const struct {
    char text[12];
    double whole, start;
} common[] = {
    { "a", 22, 110 },
    { "about", 2, 2.2 },
    { "after", 1.5, 1.7 },
    { "all", 3, 4 },
    { "also", 1.2, 1.2 },
    { "am", 1, 2 },
    { "an", 3.5, 42 },
    { "and", 28, 29 },
    { "any", 1.5, 3 },
    { "are", 6, 7 },
    { "as", 6, 9 },
    { "at", 5, 8 },
    { "b", 0.2, 50 },
    { "be", 6, 18 },
    { "been", 2.5, 2.5 },
    { "but", 4, 4.5 },
    { "by", 5, 5.2 },
    { "c", 0.2, 55 },
    { "call", 0.5, 1 },
    { "can", 3, 5 },
    { "care", 1.5, 2 },
    { "could", 1.5, 1.7 },
    { "d", 0.3, 60 },
    { "day", 1, 1.3 },
    { "did", 1, 2 },
    { "do", 2.5, 8 },
    { "doctor", 0.4, 0.6 },
    { "don", 1, 1.3 },
    { "first", 1, 1.1 },
    { "for", 9, 12 },
    { "from", 4, 4.1 },
    { "get", 1.5, 2 },
    { "go", 1.2, 5 },
    { "good", 0.8, 1.1 },
    { "had", 3, 3.2 },
    { "has", 3, 3.4 },
    { "have", 5, 5.5 },
    { "he", 6, 22 },
    { "health", 1, 1.3 },
    { "her", 3, 6 },
    { "here", 1, 1.4 },
    { "him", 1.5, 2 },
    { "his", 4, 5 },
    { "home", 0.6, 0.8 },
    { "hospital", 0.8, 1 },
    { "how", 1.5, 2 },
    { "i", 12, 75 },
    { "if", 3, 3.2 },
    { "in", 18, 30 },
    { "into", 1.2, 1.2 },
    { "is", 11, 12 },
    { "it", 10, 13 },
    { "its", 2, 2.4 },
    { "just", 1.2, 1.5 },
    { "know", 1, 1.5 },
    { "last", 0.6, 0.7 },
    { "like", 1.5, 2 },
    { "ll", 0.3, 0.4 },
    { "m", 0.4, 60 },
    { "made", 1, 1 },
    { "make", 1, 1.5 },
    { "man", 0.6, 3 },
    { "many", 0.8, 0.8 },
    { "may", 1.3, 1.5 },
    { "me", 2, 9 },
    { "more", 2, 2.2 },
    { "much", 0.8, 0.8 },
    { "must", 0.6, 0.6 },
    { "my", 3, 3.4 },
    { "new", 1.3, 2 },
    { "nhs", 1.2, 1.2 },
    { "night", 0.4, 0.5 },
    { "no", 2.5, 14 },
    { "not", 5, 7 },
    { "now", 1.3, 1.5 },
    { "nurse", 0.6, 0.8 },
    { "of", 28, 31 },
    { "off", 1, 2.5 },
    { "on", 7, 12 },
    { "one", 3, 3.5 },
    { "only", 1.3, 1.3 },
    { "or", 4, 6 },
    { "other", 1.5, 1.9 },
    { "our", 1.5, 1.7 },
    { "out", 2, 3 },
    { "over", 1.2, 1.8 },
    { "p", 0.3, 50 },
    { "patient", 1.5, 2.5 },
    { "people", 1.2, 1.3 },
    { "r", 0.2, 40 },
    { "re", 0.5, 20 },
    { "s", 2, 75 },
    { "said", 1.5, 1.5 },
    { "says", 0.2, 0.2 },
    { "see", 1, 2.5 },
    { "service", 0.6, 1.2 },
    { "she", 3, 3.5 },
    { "shift", 0.3, 0.4 },
    { "should", 0.9, 1 },
    { "so", 2.2, 6 },
    { "some", 1.8, 3 },
    { "staff", 1, 1.2 },
    { "support", 0.6, 0.8 },
    { "t", 1, 190 },
    { "team", 0.6, 0.8 },
    { "tell", 0.3, 0.5 },
    { "than", 1.6, 2.2 },
    { "thank", 0.4, 0.7 },
    { "that", 11, 11.5 },
    { "the", 60, 80 },
    { "their", 2.5, 2.7 },
    { "them", 1.7, 2 },
    { "then", 1.4, 1.5 },
    { "there", 2.5, 3 },
    { "these", 1.4, 1.4 },
    { "they", 3.5, 3.7 },
    { "think", 0.6, 0.8 },
    { "this", 5, 5.1 },
    { "time", 1.6, 2.2 },
    { "to", 26, 31 },
    { "today", 0.4, 0.4 },
    { "told", 0.4, 0.4 },
    { "trust", 0.6, 0.8 },
    { "two", 1.3, 1.4 },
    { "u", 0.2, 20 },
    { "up", 2, 3 },
    { "us", 1, 5 },
    { "use", 1.2, 2.6 },
    { "ve", 0.3, 3 },
    { "very", 0.8, 0.8 },
    { "want", 0.4, 0.6 },
    { "ward", 0.6, 0.8 },
    { "was", 8, 8.5 },
    { "way", 0.8, 1 },
    { "we", 4, 11 },
    { "week", 0.5, 0.7 },
    { "well", 0.8, 0.9 },
    { "were", 3, 3.3 },
    { "what", 2.3, 2.7 },
    { "when", 2.3, 2.6 },
    { "which", 2.8, 2.9 },
    { "who", 2.3, 3.3 },
    { "will", 2.5, 3 },
    { "with", 6.5, 8.5 },
    { "woman", 0.2, 0.2 },
    { "women", 0.2, 0.2 },
    { "work", 1.2, 2 },
    { "would", 2.3, 2.5 },
    { "year", 0.8, 1.2 },
    { "you", 5, 8 },
    { "your", 1.8, 2.2 },
};

#define BYTES_A_WORD 6.0

static double word_rate(const struct pv_trigger_word *word)
{
    static const double by_length[] = { 1000, 30, 8, 1.5, 0.3, 0.1, 0.05, 0.03 };
    const size_t last = sizeof(by_length) / sizeof(by_length[0]) - 1;
    for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
        if (strlen(common[i].text) == word->len
            && memcmp(common[i].text, word->text, word->len) == 0)
            return (word->whole ? common[i].whole : common[i].start) / 1000 / BYTES_A_WORD;
    const double rate = by_length[word->len < last ? word->len : last];
    return (word->whole ? rate / 4 : rate) / 1000 / BYTES_A_WORD;
}

static double byte_rate(unsigned char c)
{
    /* In a thousand bytes of prose; letters by their own frequency, both cases together. */
    static const double letters[26] = { 65, 12, 22, 33, 100, 18, 16, 48, 57, 1.2, 6, 33, 20, 57, 61,
        15, 0.8, 49, 52, 74, 23, 8, 19, 1.5, 16, 0.6 };
    if (c >= 'a' && c <= 'z')
        return letters[c - 'a'] * 0.96 / 1000;
    if (c >= 'A' && c <= 'Z')
        return letters[c - 'A'] * 0.04 / 1000;
    if (c == ' ')
        return 0.17;
    if (c == '\n' || c == '.' || c == ',')
        return 0.01;
    if (c >= '0' && c <= '9')
        return 0.002;
    return c >= 0x80 ? 0.0001 : c == '\'' || c == '-' || c == '"' ? 0.003 : 0.0005;
}

static double bytes_rate(const struct pv_bytes *set)
{
    double rate = 0;
    for (unsigned c = 0; c < 256; c++)
        if (pv_bytes_has(set, (unsigned char)c))
            rate += byte_rate((unsigned char)c);
    return rate;
}

static double window(uint32_t min, uint32_t max)
{
    return max == PV_UNBOUNDED ? OPEN_WINDOW : max - min + 1.0;
}

/* How many places the matcher tries for a byte of text. */
static double need_cost(const struct need *need)
{
    const double shift = window(need->shift_min, need->shift_max) - 1;
    const double words = need->words_tries + need->words_rate * (shift + WINDOW_COST);
    const double bytes =
        need->any_bytes
            ? bytes_rate(&need->bytes) * (window(need->min, need->max) + shift + WINDOW_COST)
            : 0;
    return need->any ? words + bytes : 1e9;
}

/* How often it stands in a byte of text. */
static double need_rate(const struct need *need)
{
    return need->words_rate + (need->any_bytes ? bytes_rate(&need->bytes) : 0);
}

static bool shares_words(const struct need *a, const struct need *b)
{
    for (size_t i = 0; i < a->word_count; i++)
        for (size_t k = 0; k < b->word_count; k++)
            if (a->words[i].len == b->words[k].len
                && memcmp(a->words[i].text, b->words[k].text, a->words[i].len) == 0)
                return true;
    for (size_t i = 0; i < 8 && a->any_bytes && b->any_bytes; i++)
        if (a->bytes.bits[i] & b->bytes.bits[i])
            return true;
    return false;
}

static void consider_also(struct sum *sum, const struct need *candidate)
{
    if (candidate->any && !shares_words(&sum->need, candidate)
        && (!sum->also.any || need_rate(candidate) < need_rate(&sum->also)))
        sum->also = *candidate;
}

/* Takes the candidate for the sum's need where it is the better one; the other may still do as a
 * second. */
static void prefer(struct sum *sum, const struct need *candidate)
{
    if (need_cost(candidate) >= need_cost(&sum->need)) {
        consider_also(sum, candidate);
        return;
    }
    const struct need former = sum->need;
    sum->need = *candidate;
    if (sum->also.any && shares_words(&sum->need, &sum->also))
        sum->also = (struct need){ .any = false };
    consider_also(sum, &former);
}

static struct need shifted(struct need need, uint32_t min, uint32_t max)
{
    need.shift_min = add_widths(need.shift_min, min);
    need.shift_max = add_widths(need.shift_max, max);
    return need;
}

/* ------------------------------------------------------- needs from strings */

static bool is_word(char c)
{
    return pv_trigger_is_word(c);
}

/* Bytes in the text that a character of a string stands for. */
static uint32_t char_max(char c)
{
    return c == GAP ? GAP_BYTES_MAX : c != EDGE;
}

/* The rarest word of a string whose start is certain: one behind a gap, an edge or a mark. */
static bool best_word(
    const struct string *s, struct pv_trigger_word *word, uint32_t *min, uint32_t *max)
{
    double best = 0;
    bool found = false;
    uint32_t from = 0, to = 0;
    for (uint32_t i = 0; i < s->len; i++) {
        if (i && is_word(s->text[i]) && !is_word(s->text[i - 1])) {
            struct pv_trigger_word w = { .len = 0 };
            uint32_t k = i;
            while (k < s->len && is_word(s->text[k])) {
                if (w.len < PV_TRIGGER_WORD_MAX)
                    w.text[w.len++] = s->text[k];
                k++;
            }
            w.whole = k < s->len && k - i == w.len;
            if (!found || word_rate(&w) < best) {
                best = word_rate(&w);
                *word = w;
                *min = from;
                *max = to;
                found = true;
            }
        }
        from += s->text[i] != EDGE;
        to += char_max(s->text[i]);
    }
    return found;
}

/* The rarest character of a string that is no gap. */
static bool best_byte(const struct string *s, char *byte, uint32_t *min, uint32_t *max)
{
    double best = 0;
    bool found = false;
    uint32_t from = 0, to = 0;
    for (uint32_t i = 0; i < s->len; i++) {
        const char c = s->text[i];
        if (c != GAP && c != EDGE && (!found || byte_rate((unsigned char)c) < best)) {
            best = byte_rate((unsigned char)c);
            *byte = c;
            *min = from;
            *max = to;
            found = true;
        }
        from += c != EDGE;
        to += char_max(c);
    }
    return found;
}

static uint32_t lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static void add_byte(struct need *need, char c, uint32_t min, uint32_t max)
{
    need->min = need->any_bytes ? lesser(need->min, min) : min;
    need->max = need->any_bytes ? greater(need->max, max) : max;
    need->any = need->any_bytes = true;
    pv_bytes_add(&need->bytes, (unsigned char)c);
    if (c >= 'a' && c <= 'z')
        pv_bytes_add(&need->bytes, (unsigned char)(c & ~0x20));
}

/* Ranges nearer to one another than this are made one. */
#define NEAR_RANGES 16u

/* Whether `known`, its range made wider where that costs little, stands wherever `word` does. */
static bool takes_in(struct pv_trigger_word *known, const struct pv_trigger_word *word)
{
    const bool begins = known->len <= word->len && memcmp(known->text, word->text, known->len) == 0;
    const bool covers = begins && (!known->whole || (word->whole && known->len == word->len));
    if (!covers || word->min > add_widths(known->max, NEAR_RANGES)
        || known->min > add_widths(word->max, NEAR_RANGES))
        return false;
    known->min = lesser(known->min, word->min);
    known->max = greater(known->max, word->max);
    return true;
}

static void add_word(struct need *need, const struct pv_trigger_word *word)
{
    need->any = true;
    for (size_t i = 0; i < need->word_count; i++)
        if (takes_in(&need->words[i], word))
            return;
    need->words[need->word_count++] = *word;
}

static void rate_need(struct need *need)
{
    need->words_rate = need->words_tries = 0;
    for (size_t i = 0; i < need->word_count; i++) {
        const struct pv_trigger_word *const w = &need->words[i];
        need->words_rate += word_rate(w);
        need->words_tries += word_rate(w) * window(w->min, w->max);
    }
}

static void add_need(struct need *into, const struct need *other)
{
    for (size_t i = 0; i < other->word_count; i++) {
        struct pv_trigger_word word = other->words[i];
        word.min = add_widths(word.min, other->shift_min);
        word.max = add_widths(word.max, other->shift_max);
        add_word(into, &word);
    }
    if (!other->any_bytes)
        return;
    const uint32_t min = add_widths(other->min, other->shift_min);
    const uint32_t max = add_widths(other->max, other->shift_max);
    for (size_t i = 0; i < 8; i++)
        into->bytes.bits[i] |= other->bytes.bits[i];
    into->min = into->any_bytes ? lesser(into->min, min) : min;
    into->max = into->any_bytes ? greater(into->max, max) : max;
    into->any = into->any_bytes = true;
}

/* The words and bytes of two needs. False when there are too many of them. */
static bool unite(struct deriver *d, struct need *into, const struct need *other)
{
    struct need united = { .any = false };
    if (!into->any || !other->any || into->word_count + other->word_count > 4 * STRINGS_MAX)
        return false;
    united.words =
        pv_arena_calloc(d->arena, into->word_count + other->word_count + 1, sizeof(*united.words));
    if (!united.words) {
        d->nomem = true;
        return false;
    }
    add_need(&united, into);
    add_need(&united, other);
    rate_need(&united);
    *into = united;
    return true;
}

/* What a set of strings needs: of each its best word, or for want of one its best byte. */
static struct need need_of_strings(struct deriver *d, const struct string *strings, size_t count)
{
    struct need need = { .any = false };
    need.words = pv_arena_calloc(d->arena, count + 1, sizeof(*need.words));
    if (!need.words) {
        d->nomem = true;
        return need;
    }
    for (size_t i = 0; i < count; i++) {
        struct pv_trigger_word word;
        char byte = 0;
        uint32_t min = 0, max = 0;
        if (best_word(&strings[i], &word, &min, &max)) {
            word.min = min;
            word.max = max;
            add_word(&need, &word);
        } else if (best_byte(&strings[i], &byte, &min, &max)) {
            add_byte(&need, byte, min, max);
        } else {
            return (struct need){ .any = false };
        }
    }
    rate_need(&need);
    return need;
}

/* -------------------------------------------------------------------- nodes */

/* `edge`: it is certain that no word goes on into the node from the left. */
static struct sum sum_of(struct deriver *d, const struct pv_regex *node, bool edge);

static bool add_string(struct sum *sum, const char *text, uint32_t len)
{
    if (sum->count >= sum->room || len > STRING_MAX)
        return false;
    for (size_t i = 0; i < sum->count; i++)
        if (sum->strings[i].len == len && memcmp(sum->strings[i].text, text, len) == 0)
            return true;
    sum->strings[sum->count].len = len;
    memcpy(sum->strings[sum->count++].text, text, len);
    return true;
}

static void room_for_strings(struct deriver *d, struct sum *sum, size_t room)
{
    sum->strings = pv_arena_alloc(d->arena, room * sizeof(*sum->strings));
    sum->room = room;
    sum->count = 0;
    sum->exact = sum->strings != NULL;
    d->nomem = d->nomem || !sum->strings;
}

static struct sum single_string(struct deriver *d, const char *text, uint32_t len)
{
    struct sum sum = { .min = 0 };
    room_for_strings(d, &sum, 1);
    if (sum.exact)
        (void)add_string(&sum, text, len);
    return sum;
}

static void take_strings(struct sum *sum, const struct sum *from)
{
    sum->strings = from->strings;
    sum->count = from->count;
    sum->room = from->room;
    sum->exact = from->exact;
}

static bool is_gap_class(const struct pv_regex *class)
{
    for (unsigned c = 0; c < 0x80; c++)
        if (pv_bytes_has(&class->set, (unsigned char)c) && is_word((char)c))
            return false;
    return class->ascii;
}

static struct sum sum_of_class(struct deriver *d, const struct pv_regex *class)
{
    struct sum sum = { .min = 1, .max = class->ascii ? 1 : 4, .reach = class->ascii ? 1 : 4 };
    unsigned spelled = 0;
    if (is_gap_class(class)) {
        const char gap = GAP;
        const struct sum strings = single_string(d, &gap, 1);
        take_strings(&sum, &strings);
    } else {
        for (unsigned c = 0; c < 0x80; c++)
            spelled += pv_bytes_has(&class->set, (unsigned char)c);
        if (class->ascii && spelled <= 2 * CLASS_SPELLED_MAX) {
            room_for_strings(d, &sum, CLASS_SPELLED_MAX);
            for (unsigned c = 0; sum.exact && c < 0x80; c++) {
                const char text = is_word((char)c) ? pv_fold_ascii((char)c) : GAP;
                if (pv_bytes_has(&class->set, (unsigned char)c) && !add_string(&sum, &text, 1))
                    sum.exact = false;
            }
        }
    }
    sum.need = (struct need){ .bytes = class->set, .any_bytes = true, .any = true };
    return sum;
}

/* All strings of `left` followed by all of `right`; false when they are too many or too long. */
static bool multiply(
    struct deriver *d, const struct sum *left, const struct sum *right, struct sum *product)
{
    if (!left->exact || !right->exact || left->count * right->count > STRINGS_MAX)
        return false;
    room_for_strings(d, product, left->count * right->count + 1);
    for (size_t i = 0; product->exact && i < left->count; i++)
        for (size_t k = 0; k < right->count; k++) {
            char text[2 * STRING_MAX];
            memcpy(text, left->strings[i].text, left->strings[i].len);
            memcpy(text + left->strings[i].len, right->strings[k].text, right->strings[k].len);
            if (!add_string(product, text, left->strings[i].len + right->strings[k].len))
                return false;
        }
    return product->exact;
}

static struct pv_bytes all_bytes(void)
{
    struct pv_bytes all;
    memset(&all, 0xFF, sizeof(all));
    return all;
}

/* Whether none of the bytes can be part of a word. */
static bool is_no_word(const struct pv_bytes *set)
{
    for (unsigned c = 0; c < 0x80; c++)
        if (pv_bytes_has(set, (unsigned char)c) && is_word((char)c))
            return false;
    return true;
}

static void join_bytes(struct pv_bytes *into, const struct pv_bytes *other)
{
    for (size_t i = 0; i < 8; i++)
        into->bits[i] |= other->bits[i];
}

/* From here on as deep as the tree, which has a limit (PV_REGEX_DEPTH_MAX).
 * NOLINTBEGIN(misc-no-recursion) */

/* What a node can begin with, found by a walk of its own, since the sums of what follows are not
 * yet made. True when the node can match nothing wide, so that what follows may begin there. */
static bool first_of(struct deriver *d, const struct pv_regex *node, struct pv_bytes *first)
{
    if (is_tired(d))
        return false;
    bool empty = node->kind != PV_REGEX_CLASS && node->kind != PV_REGEX_ALTERNATE;
    switch (node->kind) {
    case PV_REGEX_CLASS:
        join_bytes(first, &node->set);
        break;
    case PV_REGEX_CONCAT:
        for (const struct pv_regex *child = node->child; child && empty; child = child->next)
            empty = first_of(d, child, first);
        break;
    case PV_REGEX_ALTERNATE:
        for (const struct pv_regex *child = node->child; child; child = child->next)
            if (first_of(d, child, first))
                empty = true;
        break;
    case PV_REGEX_REPEAT:
        empty = first_of(d, node->child, first) || node->min == 0;
        break;
    case PV_REGEX_OPAQUE:
        *first = all_bytes();
        break;
    case PV_REGEX_EMPTY:
    case PV_REGEX_BOUNDARY:
    case PV_REGEX_AHEAD:
    default:
        break;
    }
    return empty;
}

/* What can come from `node`, a part of a sequence, on; behind the sequence, anything. */
static struct pv_bytes follow_of(struct deriver *d, const struct pv_regex *node)
{
    struct pv_bytes follow = { { 0 } };
    for (; node; node = node->next)
        if (!first_of(d, node, &follow))
            return follow;
    return all_bytes();
}

/* A sequence in the making: `run` are the strings grown since `from`. */
struct sequence {
    struct sum sum;
    struct sum run;
    uint32_t from_min, from_max; /* where the run starts */
    bool running;
};

/* `follow`: what can come next. Where that is no part of a word, the words that the run's strings
 * end in are whole. */
static void end_run(struct deriver *d, struct sequence *s, const struct pv_bytes *follow)
{
    if (s->running && s->run.count) {
        for (size_t i = 0; is_no_word(follow) && i < s->run.count; i++)
            if (s->run.strings[i].len < STRING_MAX)
                s->run.strings[i].text[s->run.strings[i].len++] = EDGE;
        const struct need need = need_of_strings(d, s->run.strings, s->run.count);
        const struct need placed = shifted(need, s->from_min, s->from_max);
        prefer(&s->sum, &placed);
    }
    s->running = false;
}

static void start_run(struct sequence *s, const struct sum *part)
{
    s->run = *part;
    s->from_min = s->sum.min;
    s->from_max = s->sum.max;
    s->running = part->exact;
}

/* Adds `part`, the sum of `node`, to the sequence. */
static void append(
    struct deriver *d, struct sequence *s, const struct sum *part, const struct pv_regex *node)
{
    struct sum product = { .min = 0 };
    const struct need placed = shifted(part->need, s->sum.min, s->sum.max);
    prefer(&s->sum, &placed);
    consider_also(&s->sum, &part->also);
    if (s->running && multiply(d, &s->run, part, &product)) {
        s->run = product;
    } else {
        const struct pv_bytes follow = follow_of(d, node);
        end_run(d, s, &follow);
        start_run(s, part);
        s->sum.exact = false;
    }
    s->sum.reach = greater(s->sum.reach, add_widths(s->sum.max, part->reach));
    s->sum.min = add_widths(s->sum.min, part->min);
    s->sum.max = add_widths(s->sum.max, part->max);
}

/* A repeat of at least once: its first round goes on the run, which then ends, since what follows
 * may be another round. */
static void append_round(
    struct deriver *d, struct sequence *s, const struct pv_regex *repeat, bool edge)
{
    const struct pv_bytes anything = all_bytes();
    const struct sum round = sum_of(d, repeat->child, edge);
    struct sum product = { .min = 0 };
    if (s->running && multiply(d, &s->run, &round, &product)) {
        s->run = product;
        end_run(d, s, &anything);
    }
}

/* Whether no word goes on behind what has been matched so far. */
static bool ends_at_edge(const struct sequence *s)
{
    for (size_t i = 0; i < s->run.count; i++) {
        const struct string *const string = &s->run.strings[i];
        if (!string->len || is_word(string->text[string->len - 1]))
            return false;
    }
    return s->running && s->run.count;
}

static struct sum sum_of_concat(struct deriver *d, const struct pv_regex *node, bool edge)
{
    const char mark = EDGE;
    const struct pv_bytes anything = all_bytes();
    struct sequence s = { .sum = { .exact = true } };
    s.run = single_string(d, &mark, edge);
    s.running = s.run.exact;
    for (const struct pv_regex *child = node->child; child && !d->nomem; child = child->next) {
        const bool child_edge = ends_at_edge(&s);
        const struct sum part = sum_of(d, child, child_edge);
        if (child->kind == PV_REGEX_REPEAT && child->min > 0 && !part.exact)
            append_round(d, &s, child, child_edge);
        append(d, &s, &part, child);
    }
    if (s.sum.exact && s.running) /* all parts went into one run */
        take_strings(&s.sum, &s.run);
    else
        s.sum.exact = false;
    end_run(d, &s, &anything);
    return s.sum;
}

static void add_all_strings(struct sum *into, const struct sum *from)
{
    for (size_t i = 0; into->exact && i < from->count; i++)
        if (!add_string(into, from->strings[i].text, from->strings[i].len))
            into->exact = false;
}

static struct sum sum_of_alternatives(struct deriver *d, const struct pv_regex *node, bool edge)
{
    struct sum sum = { .min = PV_UNBOUNDED };
    bool first = true, needed = true;
    room_for_strings(d, &sum, STRINGS_MAX);
    for (const struct pv_regex *child = node->child; child && !d->nomem; child = child->next) {
        const struct sum part = sum_of(d, child, edge);
        sum.min = part.min < sum.min ? part.min : sum.min;
        sum.max = greater(sum.max, part.max);
        sum.reach = greater(sum.reach, part.reach);
        sum.exact = sum.exact && part.exact;
        add_all_strings(&sum, &part);
        if (first)
            sum.need = part.need, sum.also = part.also.any ? part.also : part.need;
        else
            needed = needed && unite(d, &sum.need, &part.need)
                     && unite(d, &sum.also, part.also.any ? &part.also : &part.need);
        needed = needed && part.need.any;
        first = false;
    }
    if (!needed)
        sum.need = sum.also = (struct need){ .any = false };
    return sum;
}

static struct sum sum_of_repeat(struct deriver *d, const struct pv_regex *node, bool edge)
{
    const struct sum once = sum_of(d, node->child, edge);
    struct sum sum = {
        .min = multiply_width(once.min, node->min),
        .max = multiply_width(once.max, node->max),
    };
    sum.reach = greater(sum.max, node->max ? add_widths(sum.max, once.reach) : 0);
    if (node->max == PV_UNBOUNDED && once.max)
        sum.max = sum.reach = PV_UNBOUNDED;
    if (node->min > 0)
        sum.need = once.need, sum.also = once.also;
    if (node->max == 1 && once.exact) { /* x? and x{1} */
        room_for_strings(d, &sum, once.count + 1);
        if (sum.exact && node->min == 0)
            (void)add_string(&sum, "", 0);
        add_all_strings(&sum, &once);
    } else if (node->min > 0 && sum.max <= GAP_BYTES_MAX && node->child->kind == PV_REGEX_CLASS
               && is_gap_class(node->child)) { /* a widened space */
        const char gap = GAP;
        const struct sum strings = single_string(d, &gap, 1);
        take_strings(&sum, &strings);
    }
    return sum;
}

static struct sum sum_of(struct deriver *d, const struct pv_regex *node, bool edge)
{
    const char mark = EDGE;
    struct sum sum = { .min = 0 };
    if (is_tired(d))
        return sum;
    switch (node->kind) {
    case PV_REGEX_EMPTY:
        sum = single_string(d, "", 0);
        if (node->child)
            sum.reach = sum_of(d, node->child, false).reach;
        return sum;
    case PV_REGEX_BOUNDARY:
        return single_string(d, &mark, 1);
    case PV_REGEX_CLASS:
        return sum_of_class(d, node);
    case PV_REGEX_CONCAT:
        return sum_of_concat(d, node, edge);
    case PV_REGEX_ALTERNATE:
        return sum_of_alternatives(d, node, edge);
    case PV_REGEX_REPEAT:
        return sum_of_repeat(d, node, edge);
    case PV_REGEX_AHEAD: {
        const struct sum inside = sum_of(d, node->child, edge);
        sum = single_string(d, "", 0);
        sum.need = inside.need;
        sum.also = inside.also;
        sum.reach = inside.reach;
        return sum;
    }
    case PV_REGEX_OPAQUE:
    default:
        sum.max = sum.reach = PV_UNBOUNDED;
        return sum;
    }
}

/* NOLINTEND(misc-no-recursion) */

bool pv_trigger_derive(
    struct pv_arena *arena, const char *pattern, size_t len, struct pv_trigger *out, bool *nomem)
{
    struct deriver d = { .arena = arena };
    struct pv_regex *tree;
    if (!pv_regex_parse(arena, pattern, len, &tree, nomem))
        return false;
    struct sum sum = sum_of(&d, tree, false);
    if (!d.nomem && !d.tired && sum.exact) {
        const struct need strings = need_of_strings(&d, sum.strings, sum.count);
        prefer(&sum, &strings);
    }
    *nomem = d.nomem;
    if (d.nomem || d.tired)
        return false;
    /* A need that is not worth the windows it makes may still tell whole blocks apart. */
    const bool worthless = need_cost(&sum.need) > WORTHLESS;
    const struct need none = { .any = false };
    const struct need best = worthless ? none : sum.need;
    const struct need *const also =
        worthless && sum.need.any && !(sum.also.any && need_rate(&sum.also) < need_rate(&sum.need))
            ? &sum.need
            : &sum.also;
    const bool second = also->any && need_rate(also) < ALSO_RATE_MAX;
    if (worthless && !second)
        return false;
    for (size_t i = 0; i < best.word_count; i++) {
        best.words[i].min = add_widths(best.words[i].min, best.shift_min);
        best.words[i].max = add_widths(best.words[i].max, best.shift_max);
    }
    *out = (struct pv_trigger){
        .words = best.words,
        .word_count = best.word_count,
        .bytes = best.bytes,
        .any_bytes = best.any_bytes,
        .min = add_widths(best.min, best.shift_min),
        .max = add_widths(best.max, best.shift_max),
        .reach = sum.reach,
    };
    if (second) {
        out->also = also->words;
        out->also_count = also->word_count;
        out->also_bytes = also->bytes;
        out->any_also_bytes = also->any_bytes;
    }
    return true;
}
