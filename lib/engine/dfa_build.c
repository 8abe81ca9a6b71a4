/* dfa_build.c: from the tree of a pattern to its automaton, in three steps that are each as simple
 * as the textbooks have them: the tree becomes a graph whose edges are bytes, edges of nothing, and
 * edges that a word may not go through (Thompson); sets of its nodes become states, breadth first,
 * so that those are kept that decide soonest (subset construction); equal states become one.
 *
 * Where there are too many nodes, states or steps, what would follow is "perhaps". */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine/dfa.h"
#include "engine/trigger.h"

#define NODES_MAX 60000u

/* Edges followed while the states of one automaton are made. */
#define STEPS_MAX 16000000u

/* A repeat is spelled out so many times; what is behind that may go on for ever. */
#define COPIES_OF_CLASS 12u
#define COPIES 5u

#define NO_STATE UINT32_MAX       /* refused */
#define PERHAPS (UINT32_MAX - 1u) /* as a state */

enum node_kind {
    NODE_PLAIN,
    NODE_SET,
    NODE_REST,
    NODE_BOUNDARY,
    NODE_TEXT_START,
    NODE_NOT_BEHIND, /* letters, or digits, or both, as `tree` says */
    NODE_MATCH
};

/* As PCRE2 has it for \b. */
static bool is_word(char c)
{
    return pv_trigger_is_word(c) || c == '_';
}

/* What stands before a state that is no start: something that was read. */
#define READ PV_DFA_BEFORE_COUNT

struct node {
    enum node_kind kind;
    uint32_t out;                /* of all but plain ones */
    uint32_t edges;              /* of nothing: 1 + the first; 0: none */
    const struct pv_bytes *set;  /* set: first bytes of characters */
    const struct pv_regex *tree; /* not behind: the look-behind */
};

struct edge {
    uint32_t to;
    uint32_t next; /* 1 + the next edge of the same node; 0: none */
};

struct state {
    size_t first, count; /* of `kernels` */
    unsigned before;     /* enum pv_dfa_before, or READ */
    bool in_word;        /* what stands before or was read last is part of a word */
    bool ends;           /* a match may end where the text does */
    uint32_t next[PV_DFA_SYMBOLS];
};

/* More than twice as many as there are states; a power of two. */
#define SLOTS (4u * PV_DFA_STATES_MAX)

struct builder {
    struct pv_buf nodes, edges;
    struct pv_buf states;       /* struct state */
    uint32_t *slots;            /* 1 + a state, by the hash of its kernel, or of its row */
    struct pv_buf kernels;      /* uint32_t: the nodes of each state, ascending */
    struct pv_buf closure;      /* uint32_t: those of the state at hand that read something */
    struct pv_buf stack;        /* uint32_t */
    struct pv_buf targets;      /* struct edge: where the symbols lead from the state at hand */
    struct pv_buf kernel;       /* uint32_t: of the state that is looked for */
    bool words[PV_DFA_SYMBOLS]; /* by symbol: whether it is part of a word */
    uint32_t *seen;             /* by node: the last walk that came by */
    uint32_t walk;
    size_t steps;
    bool nomem;
};

/* ------------------------------------------------------------------- graph */

static struct node *node_at(const struct builder *b, uint32_t index)
{
    return &PV_BUF_ITEMS(&b->nodes, struct node)[index];
}

static uint32_t new_node(struct builder *b)
{
    const size_t index = PV_BUF_COUNT(&b->nodes, struct node);
    if (!PV_BUF_PUSH(&b->nodes, struct node))
        b->nomem = true;
    return b->nomem ? 0 : (uint32_t)index;
}

static void connect(struct builder *b, uint32_t from, uint32_t to)
{
    struct edge *const edge = PV_BUF_PUSH(&b->edges, struct edge);
    if (!edge) {
        b->nomem = true;
        return;
    }
    *edge = (struct edge){ to, node_at(b, from)->edges };
    node_at(b, from)->edges = (uint32_t)PV_BUF_COUNT(&b->edges, struct edge);
}

/* Makes the plain node `from` one of another kind that leads to a new node, which is returned, too.
 */
static uint32_t lead_on(
    struct builder *b, uint32_t from, enum node_kind kind, const struct pv_bytes *set)
{
    const uint32_t out = new_node(b);
    if (!b->nomem) { /* its edges stay */
        node_at(b, from)->kind = kind;
        node_at(b, from)->out = out;
        node_at(b, from)->set = set;
    }
    return out;
}

static uint32_t add_class(struct builder *b, const struct pv_regex *class, uint32_t from)
{
    const uint32_t behind = lead_on(b, from, NODE_SET, &class->set);
    if (class->ascii || b->nomem)
        return behind;
    /* The other bytes of the character, as many as there are. */
    const uint32_t rest = new_node(b);
    connect(b, behind, rest);
    if (!b->nomem)
        *node_at(b, rest) = (struct node){ .kind = NODE_REST, .out = behind };
    const uint32_t out = new_node(b);
    connect(b, behind, out);
    return out;
}

static uint32_t add_not_behind(struct builder *b, const struct pv_regex *tree, uint32_t from)
{
    const uint32_t out = lead_on(b, from, NODE_NOT_BEHIND, NULL);
    if (!b->nomem)
        node_at(b, from)->tree = tree;
    return out;
}

/* From here on as deep as the tree, which has a limit (PV_REGEX_DEPTH_MAX).
 * NOLINTBEGIN(misc-no-recursion) */

/* Adds what a tree matches from a plain node on; returns the plain node that it leads to. `last`:
 * nothing comes behind it, so that what only lies ahead may be read like the rest. */
static uint32_t add_tree(struct builder *b, const struct pv_regex *tree, uint32_t from, bool last);

static uint32_t add_alternatives(
    struct builder *b, const struct pv_regex *tree, uint32_t from, bool last)
{
    const uint32_t out = new_node(b);
    for (const struct pv_regex *child = tree->child; child && !b->nomem; child = child->next) {
        const uint32_t start = new_node(b);
        connect(b, from, start);
        connect(b, add_tree(b, child, start, last), out);
    }
    return out;
}

/* Whether a part of a sequence has nothing behind it but what is no part of the automaton. */
static bool is_last(const struct pv_regex *part)
{
    while (part->next && part->next->kind == PV_REGEX_EMPTY)
        part = part->next;
    return !part->next;
}

static uint32_t add_sequence(
    struct builder *b, const struct pv_regex *tree, uint32_t from, bool last)
{
    for (const struct pv_regex *child = tree->child; child; child = child->next)
        from = add_tree(b, child, from, last && is_last(child));
    return from;
}

static uint32_t add_repeat(struct builder *b, const struct pv_regex *tree, uint32_t from)
{
    const uint32_t most = tree->child->kind == PV_REGEX_CLASS ? COPIES_OF_CLASS : COPIES;
    uint32_t copies = 0;
    for (; copies < tree->min && copies < most && !b->nomem; copies++)
        from = add_tree(b, tree->child, from, false);
    if (tree->max == copies)
        return from;
    if (tree->max <= most) {
        const uint32_t out = new_node(b);
        for (; copies < tree->max && !b->nomem; copies++) {
            connect(b, from, out);
            from = add_tree(b, tree->child, from, false);
        }
        connect(b, from, out);
        return out;
    }
    const uint32_t again = new_node(b), round = new_node(b), out = new_node(b);
    connect(b, from, again);
    connect(b, again, round);
    connect(b, again, out);
    connect(b, add_tree(b, tree->child, round, false), again);
    return out;
}

static uint32_t add_tree(struct builder *b, const struct pv_regex *tree, uint32_t from, bool last)
{
    if (b->nomem)
        return from;
    if (PV_BUF_COUNT(&b->nodes, struct node) > NODES_MAX)
        return lead_on(b, from, NODE_MATCH, NULL);
    switch (tree->kind) {
    case PV_REGEX_CLASS:
        return add_class(b, tree, from);
    case PV_REGEX_BOUNDARY:
        return lead_on(b, from, tree->text_start ? NODE_TEXT_START : NODE_BOUNDARY, NULL);
    case PV_REGEX_CONCAT:
        return add_sequence(b, tree, from, last);
    case PV_REGEX_ALTERNATE:
        return add_alternatives(b, tree, from, last);
    case PV_REGEX_REPEAT:
        return add_repeat(b, tree, from);
    case PV_REGEX_OPAQUE:
        return lead_on(b, from, NODE_MATCH, NULL);
    case PV_REGEX_AHEAD:
        return last ? add_tree(b, tree->child, from, true) : from;
    case PV_REGEX_EMPTY:
    default:
        return tree->no_letter || tree->no_digit ? add_not_behind(b, tree, from) : from;
    }
}

/* NOLINTEND(misc-no-recursion) */

/* ------------------------------------------------------------------ states */

static bool push(struct builder *b, struct pv_buf *list, uint32_t number)
{
    if (!pv_buf_append(list, &number, sizeof(number)))
        b->nomem = true;
    return !b->nomem;
}

static void visit(struct builder *b, uint32_t node)
{
    if (b->seen[node] == b->walk)
        return;
    b->seen[node] = b->walk;
    b->steps++;
    (void)push(b, &b->stack, node);
}

/* Whether nothing is read on the way through a node. */
static bool is_passed(const struct node *node, bool cross, unsigned before)
{
    switch (node->kind) {
    case NODE_BOUNDARY:
        return cross;
    case NODE_TEXT_START:
        return before == PV_DFA_NOTHING;
    case NODE_NOT_BEHIND:
        return !(node->tree->no_letter && before == PV_DFA_LETTER)
               && !(node->tree->no_digit && before == PV_DFA_DIGIT);
    default:
        return false;
    }
}

/* Fills b->closure with what is reached from a kernel without reading; `cross`: boundaries may be
 * crossed. Whether a match ends there. */
static bool close_kernel(
    struct builder *b, const uint32_t *kernel, size_t count, bool cross, unsigned before)
{
    bool match = false;
    b->walk++;
    b->closure.len = b->stack.len = 0;
    for (size_t i = 0; i < count; i++)
        visit(b, kernel[i]);
    while (b->stack.len && !b->nomem) {
        b->stack.len -= sizeof(uint32_t);
        const uint32_t index = *(const uint32_t *)(const void *)(b->stack.data + b->stack.len);
        const struct node *const node = node_at(b, index);
        if (node->kind == NODE_MATCH)
            match = true;
        else if (node->kind == NODE_SET || node->kind == NODE_REST)
            (void)push(b, &b->closure, index);
        else if (is_passed(node, cross, before))
            visit(b, node->out);
        const struct edge *const edges = PV_BUF_ITEMS(&b->edges, struct edge);
        for (uint32_t next = node->edges; next; next = edges[next - 1].next)
            visit(b, edges[next - 1].to);
    }
    return match;
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *const a = left, *const b = right;
    return *a < *b ? -1 : *a > *b;
}

/* The slot of a kernel: the one that holds its state, or an empty one. */
static uint32_t *slot_of_kernel(
    struct builder *b, const uint32_t *kernel, size_t count, bool in_word, unsigned before)
{
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    const uint32_t *const kernels = PV_BUF_ITEMS(&b->kernels, uint32_t);
    for (uint64_t i = pv_hash(kernel, count * sizeof(*kernel)) + 2 * before + in_word;; i++) {
        uint32_t *const slot = &b->slots[i % SLOTS];
        const struct state *const state = *slot ? &states[*slot - 1] : NULL;
        if (!state
            || (state->in_word == in_word && state->before == before && state->count == count
                && memcmp(kernels + state->first, kernel, count * sizeof(*kernel)) == 0))
            return slot;
    }
}

/* The state whose kernel is in b->kernel, a new one if need be. */
static uint32_t state_of_kernel(struct builder *b, bool in_word, unsigned before)
{
    uint32_t *const kernel = PV_BUF_ITEMS(&b->kernel, uint32_t);
    size_t count = 0, all = PV_BUF_COUNT(&b->kernel, uint32_t);
    if (!all)
        return NO_STATE;
    qsort(kernel, all, sizeof(*kernel), compare_numbers);
    for (size_t i = 0; i < all; i++)
        if (!i || kernel[i] != kernel[i - 1])
            kernel[count++] = kernel[i];
    const size_t known = PV_BUF_COUNT(&b->states, struct state);
    uint32_t *const slot = slot_of_kernel(b, kernel, count, in_word, before);
    if (*slot)
        return *slot - 1;
    if (known == PV_DFA_STATES_MAX || b->steps > STEPS_MAX
        || close_kernel(b, kernel, count, !in_word, before))
        return PERHAPS;
    struct state *const state = PV_BUF_PUSH(&b->states, struct state);
    if (!state) {
        b->nomem = true;
        return PERHAPS;
    }
    *state = (struct state){ .first = PV_BUF_COUNT(&b->kernels, uint32_t),
        .count = count,
        .before = before,
        .in_word = in_word };
    if (!pv_buf_append(&b->kernels, kernel, count * sizeof(*kernel)))
        b->nomem = true;
    *slot = (uint32_t)known + 1;
    return (uint32_t)known;
}

/* Notes where a symbol leads. */
static void add_target(
    struct builder *b, uint32_t heads[PV_DFA_SYMBOLS], unsigned symbol, uint32_t to)
{
    const struct edge target = { to, heads[symbol] };
    b->steps++;
    if (!pv_buf_append(&b->targets, &target, sizeof(target)))
        b->nomem = true;
    heads[symbol] = (uint32_t)PV_BUF_COUNT(&b->targets, struct edge);
}

/* Adds the targets of all nodes in b->closure, of symbols that are part of a word or that are not,
 * or of both. */
static void add_targets(struct builder *b, uint32_t heads[PV_DFA_SYMBOLS], bool words, bool others)
{
    const uint32_t *const closure = PV_BUF_ITEMS(&b->closure, uint32_t);
    for (size_t i = 0; i < PV_BUF_COUNT(&b->closure, uint32_t) && !b->nomem; i++) {
        const struct node *const node = node_at(b, closure[i]);
        if (node->kind == NODE_REST) {
            if (others)
                add_target(b, heads, PV_DFA_REST, node->out);
            continue;
        }
        if (others && pv_bytes_has(node->set, 0xC3))
            add_target(b, heads, PV_DFA_LEAD, node->out);
        for (unsigned c = 0; c < 0x80; c++)
            if (!node->set->bits[c / 32])
                c += 31; /* none of these */
            else if (pv_bytes_has(node->set, (unsigned char)c)
                     && (is_word((char)c) ? words : others))
                add_target(b, heads, pv_dfa_symbols[c], node->out);
    }
}

/* Works out where each symbol leads from a state. */
static void expand(struct builder *b, uint32_t index)
{
    uint32_t heads[PV_DFA_SYMBOLS] = { 0 };
    const struct state state = PV_BUF_ITEMS(&b->states, struct state)[index];
    const uint32_t *const kernel = PV_BUF_ITEMS(&b->kernels, uint32_t) + state.first;
    b->targets.len = 0;
    const bool ends = close_kernel(b, kernel, state.count, true, state.before);
    add_targets(b, heads, !state.in_word, true);
    if (state.in_word) {
        (void)close_kernel(b, kernel, state.count, false, state.before);
        add_targets(b, heads, true, false);
    }
    uint32_t next[PV_DFA_SYMBOLS] = { 0 };
    for (unsigned symbol = 0; symbol < PV_DFA_SYMBOLS && !b->nomem; symbol++) {
        next[symbol] = PERHAPS;
        if (ends && !(state.in_word && b->words[symbol]))
            continue;
        b->kernel.len = 0;
        const struct edge *const targets = PV_BUF_ITEMS(&b->targets, struct edge);
        for (uint32_t at = heads[symbol]; at; at = targets[at - 1].next)
            (void)push(b, &b->kernel, targets[at - 1].to);
        next[symbol] = state_of_kernel(b, b->words[symbol], READ);
    }
    struct state *const made = &PV_BUF_ITEMS(&b->states, struct state)[index];
    made->ends = ends;
    memcpy(made->next, next, sizeof(next));
}

/* ---------------------------------------------------------------- one of equals */

static bool is_dead(const struct state *state)
{
    for (unsigned i = 0; i < PV_DFA_SYMBOLS; i++)
        if (state->next[i] != NO_STATE)
            return false;
    return !state->ends;
}

static bool is_equal(const struct state *a, const struct state *b)
{
    return a->ends == b->ends && memcmp(a->next, b->next, sizeof(a->next)) == 0;
}

/* The slot of a row: the one that holds a state with such a row, or an empty one. */
static uint32_t *slot_of_row(const struct builder *b, const struct state *state)
{
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    for (uint64_t i = pv_hash(state->next, sizeof(state->next));; i++) {
        uint32_t *const slot = &b->slots[i % SLOTS];
        if (!*slot || is_equal(&states[*slot - 1], state))
            return slot;
    }
}

/* What stands for a state in the end. */
static uint32_t merged(const uint32_t *to, uint32_t state)
{
    while (state < PERHAPS && to[state] != state)
        state = to[state];
    return state;
}

/* Makes `to[i]` what stands for state i; whether any changed. Most edges lead to later states,
 * which are therefore merged first. */
static bool find_equals(struct builder *b, uint32_t *to)
{
    struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    bool changed = false;
    memset(b->slots, 0, SLOTS * sizeof(*b->slots));
    for (uint32_t i = (uint32_t)PV_BUF_COUNT(&b->states, struct state); i-- > 0;) {
        if (to[i] != i)
            continue;
        for (unsigned s = 0; s < PV_DFA_SYMBOLS; s++)
            states[i].next[s] = merged(to, states[i].next[s]);
        uint32_t *const slot = slot_of_row(b, &states[i]);
        if (is_dead(&states[i]))
            to[i] = NO_STATE;
        else if (*slot)
            to[i] = *slot - 1;
        else
            *slot = i + 1;
        changed = changed || to[i] != i;
    }
    return changed;
}

static void merge_states(struct builder *b, uint32_t *to)
{
    for (uint32_t i = 0; i < PV_BUF_COUNT(&b->states, struct state); i++)
        to[i] = i;
    while (find_equals(b, to))
        continue;
}

/* ------------------------------------------------------------------ writing */

/* The symbols as the states tell them apart. */
struct classes {
    unsigned char of[PV_DFA_SYMBOLS];
    unsigned char first[PV_DFA_SYMBOLS]; /* by class: one of its symbols */
    unsigned count;
};

/* How a row is written. */
struct row {
    uint32_t base; /* the state whose row it is like; itself: it is a base; NO_STATE: none */
    unsigned exceptions;
    uint32_t place;
};

/* A row with more exceptions from all others is a base. */
#define EXCEPTIONS_MAX 4u

/* Parts the classes of which two symbols lead to different states. */
static void part_classes(const struct state *state, struct classes *classes)
{
    for (unsigned s = 0; s < PV_DFA_SYMBOLS; s++) {
        const unsigned char old = classes->of[s];
        if (state->next[s] == state->next[classes->first[old]])
            continue;
        const unsigned char made = (unsigned char)classes->count++;
        classes->first[made] = (unsigned char)s;
        for (unsigned k = s; k < PV_DFA_SYMBOLS; k++)
            if (classes->of[k] == old && state->next[k] == state->next[s])
                classes->of[k] = made;
    }
}

static void find_classes(const struct builder *b, const uint32_t *to, struct classes *classes)
{
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    *classes = (struct classes){ .count = 1 };
    for (uint32_t i = 0; i < PV_BUF_COUNT(&b->states, struct state); i++)
        if (to[i] == i)
            part_classes(&states[i], classes);
}

static uint32_t next_in_base(const struct state *base, unsigned symbol)
{
    return base ? base->next[symbol] : NO_STATE;
}

/* In how many classes a row differs from a base (NULL: none), counted up to a limit. */
static unsigned count_exceptions(const struct state *state, const struct state *base,
    const struct classes *classes, unsigned limit)
{
    unsigned count = 0;
    for (unsigned c = 0; c < classes->count && count < limit; c++)
        count += state->next[classes->first[c]] != next_in_base(base, classes->first[c]);
    return count;
}

/* Finds the base that a state's row is most like, of those of the states before it. */
static void find_base(
    const struct builder *b, const struct classes *classes, struct row *rows, uint32_t index)
{
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    const struct state *const state = &states[index];
    struct row best = { .base = NO_STATE };
    best.exceptions = count_exceptions(state, NULL, classes, EXCEPTIONS_MAX + 1);
    for (uint32_t i = index; i > 0 && best.exceptions; i--) {
        if (rows[i - 1].base != i - 1)
            continue;
        const unsigned count = count_exceptions(state, &states[i - 1], classes, best.exceptions);
        if (count < best.exceptions)
            best = (struct row){ .base = i - 1, .exceptions = count };
    }
    if (best.exceptions > EXCEPTIONS_MAX)
        best = (struct row){ .base = index };
    rows[index] = best;
}

/* Finds the bases and the places of all rows; a row that would lie too far is none, and leads
 * nowhere certain. */
static void place_rows(
    const struct builder *b, const uint32_t *to, const struct classes *classes, struct row *rows)
{
    uint32_t at = PV_DFA_ROWS;
    for (uint32_t i = 0; i < PV_BUF_COUNT(&b->states, struct state); i++) {
        rows[i] = (struct row){ .base = NO_STATE, .place = PV_DFA_PERHAPS };
        if (to[i] != i)
            continue;
        find_base(b, classes, rows, i);
        const uint32_t size =
            PV_DFA_ROW_HEAD
            + (rows[i].base == i ? 2 * classes->count : PV_DFA_EXCEPTION * rows[i].exceptions);
        rows[i].place = PV_DFA_PERHAPS;
        if (at + size >= PV_DFA_PERHAPS) {
            rows[i].base = NO_STATE;
            continue;
        }
        rows[i].place = at;
        at += size;
    }
}

/* The place of a state's row, as a number in a row. */
static unsigned number_of(const struct row *rows, uint32_t state)
{
    return state == NO_STATE  ? PV_DFA_REFUSED
           : state == PERHAPS ? PV_DFA_PERHAPS
                              : rows[state].place;
}

static bool put_byte(struct pv_buf *out, unsigned byte)
{
    return pv_buf_append_byte(out, (char)(unsigned char)byte);
}

static bool put_number(struct pv_buf *out, unsigned number)
{
    return put_byte(out, number & 0xFF) && put_byte(out, number >> 8);
}

static bool put_row(struct pv_buf *out, const struct state *states, uint32_t index,
    const struct classes *classes, const struct row *rows)
{
    const struct state *const state = &states[index];
    const struct row *const row = &rows[index];
    const struct state *const base = row->base == NO_STATE ? NULL : &states[row->base];
    bool ok = put_byte(out, row->exceptions | (state->ends ? PV_DFA_ENDS : 0u))
              && put_number(out, base ? rows[row->base].place + PV_DFA_ROW_HEAD : 0);
    for (unsigned c = 0; ok && c < classes->count; c++) {
        const uint32_t next = state->next[classes->first[c]];
        if (row->base == index)
            ok = put_number(out, number_of(rows, next));
        else if (next != next_in_base(base, classes->first[c]))
            ok = put_byte(out, c) && put_number(out, number_of(rows, next));
    }
    return ok;
}

/* The bytes that a match may begin with in a state. */
static bool put_firsts(
    struct pv_buf *out, const struct state *states, const uint32_t *to, uint32_t start)
{
    unsigned char bits[32] = { 0 };
    for (unsigned c = 0; c < 256; c++)
        if (start == PERHAPS
            || (start != NO_STATE && merged(to, states[start].next[pv_dfa_symbols[c]]) != NO_STATE))
            bits[c / 8] = (unsigned char)(bits[c / 8] | 1u << c % 8);
    return pv_buf_append(out, bits, sizeof(bits));
}

static bool write_states(const struct builder *b, const uint32_t *to,
    const uint32_t starts[PV_DFA_BEFORE_COUNT], struct pv_buf *out)
{
    struct row rows[PV_DFA_STATES_MAX];
    struct classes classes;
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    bool ok = true;
    find_classes(b, to, &classes);
    place_rows(b, to, &classes, rows);
    for (unsigned i = 0; ok && i < PV_DFA_BEFORE_COUNT; i++)
        ok = put_number(out, number_of(rows, merged(to, starts[i])));
    for (unsigned i = 0; ok && i < PV_DFA_BEFORE_COUNT; i++)
        ok = put_firsts(out, states, to, merged(to, starts[i]));
    ok = ok && pv_buf_append(out, classes.of, sizeof(classes.of));
    for (uint32_t i = 0; ok && i < PV_BUF_COUNT(&b->states, struct state); i++)
        if (rows[i].place != PV_DFA_PERHAPS)
            ok = put_row(out, states, i, &classes, rows);
    return ok;
}

/* ---------------------------------------------------------------------- all */

static uint32_t start_state(struct builder *b, uint32_t node, unsigned before)
{
    b->kernel.len = 0;
    (void)push(b, &b->kernel, node);
    return b->nomem ? PERHAPS
                    : state_of_kernel(b, before == PV_DFA_LETTER || before == PV_DFA_DIGIT, before);
}

static void build(struct builder *b, const struct pv_regex *tree, struct pv_buf *out)
{
    uint32_t to[PV_DFA_STATES_MAX];
    for (unsigned c = 0; c < 0x80; c++)
        b->words[pv_dfa_symbols[c]] = is_word((char)c);
    const uint32_t start = new_node(b);
    (void)lead_on(b, add_tree(b, tree, start, true), NODE_MATCH, NULL);
    b->seen = calloc(PV_BUF_COUNT(&b->nodes, struct node) + 1, sizeof(*b->seen));
    b->slots = calloc(SLOTS, sizeof(*b->slots));
    b->nomem = b->nomem || !b->seen || !b->slots;
    if (b->nomem)
        return;
    uint32_t starts[PV_DFA_BEFORE_COUNT];
    for (unsigned i = 0; i < PV_DFA_BEFORE_COUNT; i++)
        starts[i] = start_state(b, start, i);
    for (uint32_t i = 0; i < PV_BUF_COUNT(&b->states, struct state) && !b->nomem; i++)
        expand(b, i);
    if (b->nomem || starts[PV_DFA_OTHER] == PERHAPS)
        return;
    merge_states(b, to);
    if (!write_states(b, to, starts, out))
        b->nomem = true;
}

bool pv_dfa_build(const struct pv_regex *tree, struct pv_buf *out)
{
    struct builder b = { .walk = 0 };
    build(&b, tree, out);
    pv_buf_release(&b.nodes);
    pv_buf_release(&b.edges);
    pv_buf_release(&b.states);
    pv_buf_release(&b.kernels);
    pv_buf_release(&b.closure);
    pv_buf_release(&b.stack);
    pv_buf_release(&b.targets);
    pv_buf_release(&b.kernel);
    free(b.seen);
    free(b.slots);
    return !b.nomem;
}
