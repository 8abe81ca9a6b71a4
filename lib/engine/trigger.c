/* trigger.c: from the leaves of the tree to its root, each node is summed up by
 *
 *   its width       how many bytes it matches, at least and at most
 *   its strings     all that it can match, where these are few: "nurse", "nurses"
 *   its need        the words and bytes that must stand in every match, and how far from the node's
 *                   start (need.h)
 *
 * A sequence multiplies the strings of its parts as long as they stay few; what they have grown to
 * when they no longer do is part of the sequence's need, beside the needs of its parts.
 *
 * In strings GAP stands for some bytes that belong to no word, EDGE for a place between a word and
 * no word. Source: the idea is that of the prefilters of RE2 and of YARA's atoms. */
#include "engine/trigger.h"

#include <string.h>

#include "engine/frequency.h"
#include "text/text.h"

#define GAP '\x01'
#define EDGE '\x02'
#define GAP_BYTES_MAX 4u

/* No node keeps more strings, nor longer ones. */
#define STRINGS_MAX 192u
#define STRING_MAX 48u

/* Of a string no more words than this are asked for. */
#define STRING_WORDS_MAX 4u

/* A class of more ASCII characters is not spelled out in strings. */
#define CLASS_SPELLED_MAX 4u

/* A pattern that takes more steps to understand has no trigger: repeats in repeats are looked at
 * again and again. */
#define STEPS_MAX 200000u

/* A trigger that has the matcher try more places than this for a byte of text saves nothing. */
#define WORTHLESS 2.0

struct string {
    char text[STRING_MAX];
    uint32_t len;
};

struct sum {
    struct pv_distance width;
    uint32_t reach; /* how far it looks, look-ahead included */
    struct string *strings;
    size_t count, room;
    bool exact;  /* `strings` are all that it matches */
    bool closed; /* whatever it matches, unless nothing, ends in what is no part of a word */
    const struct pv_need *need;
};

struct deriver {
    struct pv_need_maker maker;
    size_t steps; /* nodes looked at so far */
    bool tired;
};

static bool is_tired(struct deriver *d)
{
    d->tired = d->tired || d->steps++ >= STEPS_MAX;
    return d->tired;
}

static uint32_t multiply_width(uint32_t a, uint32_t times)
{
    if (!a || !times)
        return 0;
    const uint64_t product = (uint64_t)a * times;
    return a == PV_UNBOUNDED || times == PV_UNBOUNDED || product > PV_UNBOUNDED ? PV_UNBOUNDED
                                                                                : (uint32_t)product;
}

/* ------------------------------------------------------- needs from strings */

static bool is_word(char c)
{
    return pv_trigger_is_word(c);
}

/* What a character of a string stands for in the text. */
static struct pv_distance char_width(char c)
{
    return (struct pv_distance){ c != EDGE, c == GAP ? GAP_BYTES_MAX : c != EDGE, c == GAP };
}

/* The words of a string whose start is certain, as they come: those behind a gap, an edge or a
 * mark. Returns how many there are, no more than STRING_WORDS_MAX. */
static size_t words_of(const struct string *s, struct pv_need_word words[STRING_WORDS_MAX])
{
    size_t count = 0;
    struct pv_distance at = { 0, 0, 0 };
    for (uint32_t i = 0; i < s->len && count < STRING_WORDS_MAX; i++) {
        if (i && is_word(s->text[i]) && !is_word(s->text[i - 1])) {
            struct pv_need_word *const w = &words[count++];
            uint32_t k = i;
            *w = (struct pv_need_word){ .at = at };
            while (k < s->len && is_word(s->text[k])) {
                if (w->len < PV_NEED_WORD_MAX)
                    w->text[w->len++] = s->text[k];
                k++;
            }
            w->whole = k < s->len && k - i == w->len;
        }
        at = pv_distance_sum(at, char_width(s->text[i]));
    }
    return count;
}

/* The rarest character of a string that is no gap. */
static bool best_byte(const struct string *s, char *byte, struct pv_distance *at)
{
    double best = 0;
    bool found = false;
    struct pv_distance here = { 0, 0, 0 };
    for (uint32_t i = 0; i < s->len; i++) {
        const char c = s->text[i];
        if (c != GAP && c != EDGE && (!found || pv_byte_rate((unsigned char)c) < best)) {
            best = pv_byte_rate((unsigned char)c);
            *byte = c;
            *at = here;
            found = true;
        }
        here = pv_distance_sum(here, char_width(c));
    }
    return found;
}

/* The words of one string. */
struct words {
    struct pv_need_word items[STRING_WORDS_MAX];
    size_t count;
};

/* What the strings with this many words need: each of them in its place; those without a word their
 * rarest byte. */
static const struct pv_need *need_of_equals(struct deriver *d, const struct string *strings,
    const struct words *words, size_t count, size_t word_count)
{
    const struct pv_need *need = NULL;
    for (size_t place = 0; place < (word_count ? word_count : 1); place++) {
        struct pv_need_set set = { .words = NULL };
        if (!pv_need_room(&d->maker, &set, count))
            return NULL;
        for (size_t i = 0; i < count; i++) {
            char byte = 0;
            struct pv_distance at;
            if (words[i].count != word_count)
                continue;
            if (word_count)
                pv_need_add_word(&set, &words[i].items[place]);
            else if (best_byte(&strings[i], &byte, &at))
                pv_need_add_byte(&set, byte, at);
            else
                return NULL;
        }
        need = pv_need_all(&d->maker, need, pv_need_of_set(&d->maker, &set));
    }
    return need;
}

static const struct pv_need *need_of_strings(
    struct deriver *d, const struct string *strings, size_t count)
{
    const struct pv_need *needs[STRING_WORDS_MAX + 1];
    bool any[STRING_WORDS_MAX + 1] = { false };
    size_t groups = 0;
    struct words *const words = pv_arena_calloc(d->maker.arena, count + 1, sizeof(*words));
    if (!words) {
        d->maker.nomem = true;
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        words[i].count = words_of(&strings[i], words[i].items);
        any[words[i].count] = true;
    }
    for (size_t n = 0; n <= STRING_WORDS_MAX; n++)
        if (any[n])
            needs[groups++] = need_of_equals(d, strings, words, count, n);
    return pv_need_one(&d->maker, needs, groups);
}

/* -------------------------------------------------------------------- nodes */

/* `edge`: it is certain that no word goes on into the node from the left. */
static struct sum sum_of(struct deriver *d, struct pv_regex *node, bool edge);

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
    sum->strings = pv_arena_alloc(d->maker.arena, room * sizeof(*sum->strings));
    sum->room = sum->strings ? room : 0;
    sum->count = 0;
    sum->exact = sum->strings != NULL;
    d->maker.nomem = d->maker.nomem || !sum->strings;
}

static struct sum single_string(struct deriver *d, const char *text, uint32_t len)
{
    struct sum sum = { .width = { 0, 0, 0 } };
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

/* Which ASCII characters are parts of words, as a set. */
static const struct pv_bytes word_bytes = { { 0, 0x03FF0000u, 0x07FFFFFEu, 0x07FFFFFEu } };

/* Whether none of the bytes can be part of a word. */
static bool is_no_word(const struct pv_bytes *set)
{
    for (size_t i = 0; i < 4; i++)
        if (set->bits[i] & word_bytes.bits[i])
            return false;
    return true;
}

static bool is_gap_class(const struct pv_regex *class)
{
    return class->ascii && is_no_word(&class->set);
}

/* Whether one of the bytes may be part of a gap: those up to ' ' are. */
static bool has_blank(const struct pv_bytes *set)
{
    return set->bits[0] || (set->bits[1] & 1);
}

static bool is_blank(const struct pv_bytes *set)
{
    uint32_t others = set->bits[1] & ~1u;
    for (size_t i = 2; i < 8; i++)
        others |= set->bits[i];
    return !others;
}

static struct sum sum_of_class(struct deriver *d, struct pv_regex *class)
{
    const uint32_t bytes = class->ascii ? 1 : 4;
    struct sum sum = { .width = { 1, bytes, has_blank(&class->set) },
        .reach = bytes,
        .closed = is_no_word(&class->set) };
    unsigned spelled = 0;
    if (is_gap_class(class)) {
        const char gap = GAP;
        const struct sum strings = single_string(d, &gap, 1);
        take_strings(&sum, &strings);
    } else {
        for (size_t i = 0; i < 4; i++)
            for (uint32_t bits = class->set.bits[i]; bits; bits &= bits - 1)
                spelled++;
        if (class->ascii && spelled <= 2 * CLASS_SPELLED_MAX) {
            room_for_strings(d, &sum, CLASS_SPELLED_MAX);
            for (unsigned c = 0; sum.exact && c < 0x80; c++) {
                const char text = is_word((char)c) ? pv_fold_ascii((char)c) : GAP;
                if (pv_bytes_has(&class->set, (unsigned char)c) && !add_string(&sum, &text, 1))
                    sum.exact = false;
            }
        }
    }
    const struct pv_need_set set = { .bytes = class->set, .any_bytes = true };
    sum.need = pv_need_of_set(&d->maker, &set);
    return sum;
}

/* All strings of `left` followed by all of `right`; false when they are too many or too long. */
static bool multiply(
    struct deriver *d, const struct sum *left, const struct sum *right, struct sum *product)
{
    if (!left->exact || !right->exact || left->count * right->count > STRINGS_MAX)
        return false;
    room_for_strings(d, product, left->count * right->count + 1);
    /* Two products may be equal: looking for that would cost more than it saves. */
    for (size_t i = 0; product->exact && i < left->count; i++)
        for (size_t k = 0; k < right->count; k++) {
            const struct string *const a = &left->strings[i], *const b = &right->strings[k];
            struct string *const both = &product->strings[product->count];
            if (a->len + b->len > STRING_MAX)
                return false;
            memcpy(both->text, a->text, a->len);
            memcpy(both->text + a->len, b->text, b->len);
            both->len = a->len + b->len;
            product->count++;
        }
    return product->exact;
}

static struct pv_bytes all_bytes(void)
{
    struct pv_bytes all;
    memset(&all, 0xFF, sizeof(all));
    return all;
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
static bool first_of(struct deriver *d, struct pv_regex *node, struct pv_bytes *first)
{
    if (is_tired(d))
        return false;
    bool empty = node->kind != PV_REGEX_CLASS && node->kind != PV_REGEX_ALTERNATE;
    switch (node->kind) {
    case PV_REGEX_CLASS:
        join_bytes(first, &node->set);
        break;
    case PV_REGEX_CONCAT:
        for (struct pv_regex *child = node->child; child && empty; child = child->next)
            empty = first_of(d, child, first);
        break;
    case PV_REGEX_ALTERNATE:
        for (struct pv_regex *child = node->child; child; child = child->next)
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
static struct pv_bytes follow_of(struct deriver *d, struct pv_regex *node)
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
    struct pv_distance from; /* where the run starts */
    bool running;
};

/* Adds the letter that comes next to the words that a run's strings end in, where it is one of a
 * few: "f" and one of [fu] says more than "f". */
static void extend_run(struct deriver *d, struct sum *run, const struct pv_bytes *follow)
{
    struct sum next = { .count = 0 }, product = { .count = 0 };
    room_for_strings(d, &next, CLASS_SPELLED_MAX);
    for (unsigned c = 0; c < 256; c++) {
        const char text = pv_fold_ascii((char)c);
        if (pv_bytes_has(follow, (unsigned char)c)
            && (c >= 0x80 || !is_word((char)c) || !add_string(&next, &text, 1)))
            return;
    }
    if (next.count && multiply(d, run, &next, &product))
        *run = product;
}

/* Adds to what a sum needs. */
static void need_also(
    struct deriver *d, struct sum *sum, const struct pv_need *need, struct pv_distance from)
{
    sum->need = pv_need_all(&d->maker, sum->need, pv_need_shifted(&d->maker, need, from));
}

/* `follow`: what can come next. Where that is no part of a word, the words that the run's strings
 * end in are whole. */
static void end_run(struct deriver *d, struct sequence *s, const struct pv_bytes *follow)
{
    if (s->running && s->run.count) {
        for (size_t i = 0; is_no_word(follow) && i < s->run.count; i++)
            if (s->run.strings[i].len < STRING_MAX)
                s->run.strings[i].text[s->run.strings[i].len++] = EDGE;
        extend_run(d, &s->run, follow);
        need_also(d, &s->sum, need_of_strings(d, s->run.strings, s->run.count), s->from);
    }
    s->running = false;
}

static void start_run(struct sequence *s, const struct sum *part)
{
    s->run = *part;
    s->from = s->sum.width;
    s->running = part->exact;
}

/* Whether a string has nothing in it of what the part needs: marks are all the same in strings, and
 * of what lies ahead there is nothing. */
static bool tells_little(const struct sum *part)
{
    for (size_t i = 0; i < part->count; i++) {
        uint32_t k = 0;
        while (k < part->strings[i].len && !is_word(part->strings[i].text[k]))
            k++;
        if (k == part->strings[i].len)
            return true;
    }
    return false;
}

/* Where a run does not go on: some of its strings may end where a word starts, behind which the
 * words of `node` are certain; the others end in the beginning of a word, "ex" in exmayor. One or
 * the other is needed. */
static void need_either(struct deriver *d, struct sequence *s, struct pv_regex *node)
{
    struct sum open = { .count = 0 };
    room_for_strings(d, &open, s->run.count + 1);
    for (size_t i = 0; open.exact && i < s->run.count; i++) {
        const struct string *const string = &s->run.strings[i];
        if (!string->len || is_word(string->text[string->len - 1]))
            (void)add_string(&open, string->text, string->len);
    }
    if (!open.count || open.count == s->run.count)
        return;
    const struct sum behind_edge = sum_of(d, node, true);
    const struct pv_need *const either[] = {
        pv_need_shifted(&d->maker, need_of_strings(d, open.strings, open.count), s->from),
        pv_need_shifted(&d->maker, behind_edge.need, s->sum.width),
    };
    s->sum.need = pv_need_all(&d->maker, s->sum.need, pv_need_one(&d->maker, either, 2));
}

/* Adds `part`, the sum of `node`, to the sequence. */
static void append(
    struct deriver *d, struct sequence *s, const struct sum *part, struct pv_regex *node)
{
    struct sum product = { .count = 0 };
    if (!part->exact || tells_little(part)) /* else it goes into a run */
        need_also(d, &s->sum, part->need, s->sum.width);
    if (s->running && multiply(d, &s->run, part, &product)) {
        s->run = product;
    } else {
        const struct pv_bytes follow = follow_of(d, node);
        if (s->running && !part->exact)
            need_either(d, s, node);
        end_run(d, s, &follow);
        start_run(s, part);
        s->sum.exact = false;
    }
    s->sum.reach = pv_greater(s->sum.reach, pv_add_widths(s->sum.width.max, part->reach));
    s->sum.width = pv_distance_sum(s->sum.width, part->width);
}

/* A repeat of at least once: its first round goes on the run, which then ends, since what follows
 * may be another round. */
static void append_round(struct deriver *d, struct sequence *s, struct pv_regex *repeat, bool edge)
{
    struct pv_bytes follow = { { 0 } };
    const bool empty = first_of(d, repeat->child, &follow);
    const struct pv_bytes behind = empty ? all_bytes() : follow_of(d, repeat->next);
    join_bytes(&follow, &behind);
    const struct sum round = sum_of(d, repeat->child, edge);
    struct sum product = { .count = 0 };
    if (s->running && multiply(d, &s->run, &round, &product)) {
        s->run = product;
        end_run(d, s, &follow);
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

/* Whether a look-behind rules out a word that goes on. */
static bool is_edge(const struct pv_regex *node)
{
    return node->kind == PV_REGEX_EMPTY && node->no_letter && node->no_digit;
}

/* `edge` behind one more part of a sequence: whether it is certain that no word goes on there. */
static bool edge_behind(struct pv_regex *node, const struct sum *part, bool edge)
{
    if (node->kind == PV_REGEX_BOUNDARY || is_edge(node))
        return true;
    if (!part->width.max)
        return edge;
    return part->closed && (edge || part->width.min);
}

static struct sum sum_of_concat(struct deriver *d, struct pv_regex *node, bool edge)
{
    const char mark = EDGE;
    const struct pv_bytes anything = all_bytes();
    struct sequence s = { .sum = { .exact = true, .closed = true } };
    s.run = single_string(d, &mark, edge);
    s.running = s.run.exact;
    for (struct pv_regex *child = node->child; child && !d->maker.nomem; child = child->next) {
        const bool child_edge = edge || ends_at_edge(&s);
        const struct sum part = sum_of(d, child, child_edge);
        if (child->kind == PV_REGEX_REPEAT && child->min > 0 && !part.exact)
            append_round(d, &s, child, child_edge);
        append(d, &s, &part, child);
        edge = edge_behind(child, &part, child_edge);
        if (part.width.max)
            s.sum.closed = part.closed && (s.sum.closed || part.width.min);
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

static struct sum sum_of_alternatives(struct deriver *d, struct pv_regex *node, bool edge)
{
    struct sum sum = { .width = { PV_UNBOUNDED, 0, 0 }, .closed = true };
    size_t count = 0;
    for (struct pv_regex *child = node->child; child; child = child->next)
        count++;
    const struct pv_need **const needs = pv_arena_calloc(d->maker.arena, count + 1, sizeof(*needs));
    room_for_strings(d, &sum, STRINGS_MAX);
    d->maker.nomem = d->maker.nomem || !needs;
    count = 0;
    for (struct pv_regex *child = node->child; child && !d->maker.nomem; child = child->next) {
        const struct sum part = sum_of(d, child, edge);
        sum.width = pv_distance_union(sum.width, part.width);
        sum.reach = pv_greater(sum.reach, part.reach);
        sum.exact = sum.exact && part.exact;
        sum.closed = sum.closed && (part.closed || !part.width.max);
        add_all_strings(&sum, &part);
        needs[count++] = part.need;
    }
    if (!d->maker.nomem)
        sum.need = pv_need_one(&d->maker, needs, count);
    return sum;
}

/* How wide `times` rounds are, at most; at least it is one round's `min` each. */
static struct pv_distance width_of_rounds(
    struct pv_regex *round, struct pv_distance once, uint32_t times)
{
    struct pv_distance width = { multiply_width(once.min, times), multiply_width(once.max, times),
        multiply_width(once.gaps, times) };
    /* Of the characters of a class every other one may be a gap; blanks alone are but one. */
    if (round->kind == PV_REGEX_CLASS && once.gaps && times != PV_UNBOUNDED)
        width.gaps = times / 2 + times % 2;
    if (round->kind == PV_REGEX_CLASS && is_blank(&round->set))
        width.gaps = times != 0;
    return width;
}

static struct sum sum_of_repeat(struct deriver *d, struct pv_regex *node, bool edge)
{
    const struct sum once = sum_of(d, node->child, edge);
    struct sum sum = { .width = width_of_rounds(node->child, once.width, node->max),
        .closed = once.closed };
    sum.width.min = multiply_width(once.width.min, node->min);
    sum.reach = pv_greater(sum.width.max, node->max ? pv_add_widths(sum.width.max, once.reach) : 0);
    if (node->max == PV_UNBOUNDED && once.width.max)
        sum.width.max = sum.reach = PV_UNBOUNDED;
    if (node->min > 0)
        sum.need = once.need;
    if (node->min > 1) { /* the last round that there must be */
        const struct sum last = once.closed ? once : sum_of(d, node->child, false);
        need_also(d, &sum, last.need, width_of_rounds(node->child, once.width, node->min - 1));
    }
    if (node->max == 1 && once.exact) { /* x? and x{1} */
        room_for_strings(d, &sum, once.count + 1);
        if (sum.exact && node->min == 0)
            (void)add_string(&sum, "", 0);
        add_all_strings(&sum, &once);
    } else if (node->min > 0 && sum.width.max <= GAP_BYTES_MAX
               && node->child->kind == PV_REGEX_CLASS
               && is_gap_class(node->child)) { /* a widened space */
        const char gap = GAP;
        const struct sum strings = single_string(d, &gap, 1);
        take_strings(&sum, &strings);
    }
    return sum;
}

static struct sum make_sum(struct deriver *d, struct pv_regex *node, bool edge)
{
    const char mark = EDGE;
    struct sum sum = { .count = 0 };
    if (is_tired(d))
        return sum;
    switch (node->kind) {
    case PV_REGEX_EMPTY:
        sum = single_string(d, &mark, is_edge(node));
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
        sum.reach = inside.reach;
        return sum;
    }
    case PV_REGEX_OPAQUE:
    default:
        sum.width.max = sum.width.gaps = sum.reach = PV_UNBOUNDED;
        return sum;
    }
}

/* Each node is summed up once for either edge: a repeat is looked at by what stands round it, too.
 */
static struct sum sum_of(struct deriver *d, struct pv_regex *node, bool edge)
{
    const struct sum *const known = node->notes[edge];
    if (known)
        return *known;
    struct sum *const sum = pv_arena_alloc(d->maker.arena, sizeof(*sum));
    const struct sum made = make_sum(d, node, edge);
    if (!sum) {
        d->maker.nomem = true;
        return made;
    }
    *sum = made;
    node->notes[edge] = sum;
    return made;
}

/* NOLINTEND(misc-no-recursion) */

bool pv_trigger_derive(
    struct pv_arena *arena, const char *pattern, size_t len, struct pv_trigger *out, bool *nomem)
{
    struct deriver d = { .maker = { .arena = arena } };
    struct pv_regex *tree;
    *out = (struct pv_trigger){ .reach = PV_UNBOUNDED };
    if (!pv_regex_parse(arena, pattern, len, &tree, nomem))
        return false;
    struct sum sum = sum_of(&d, tree, false);
    out->tree = tree;
    out->reach = sum.reach;
    if (!d.tired && pv_need_plan(&d.maker, sum.need, &out->plan))
        out->has_anchor = out->plan.cost <= WORTHLESS;
    *nomem = d.maker.nomem;
    return !*nomem && (out->has_anchor || out->plan.first_test != PV_TEST_HOLDS);
}
