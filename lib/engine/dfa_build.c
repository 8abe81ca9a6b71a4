/* dfa_build.c: from the tree of a pattern to its automaton, in three steps that are each as simple
 * as the textbooks have them: the tree becomes a graph whose edges are bytes, edges of nothing, and
 * edges that a word may not go through (Thompson); sets of its nodes become states, breadth first,
 * so that those are kept that decide soonest (subset construction); equal states become one.
 *
 * Where there are too many nodes, states or steps, what would follow is "perhaps". */
#include <stdlib.h>
#include <string.h>

#include "engine/dfa.h"
#include "engine/trigger.h"

#define NODES_MAX 60000u

/* Edges followed while the states of one automaton are made. */
#define STEPS_MAX 4000000u

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

struct builder {
    struct pv_buf nodes, edges;
    struct pv_buf states;       /* struct state */
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

/* Adds what a tree matches from a plain node on; returns the plain node that it leads to. */
static uint32_t add_tree(struct builder *b, const struct pv_regex *tree, uint32_t from);

static uint32_t add_alternatives(struct builder *b, const struct pv_regex *tree, uint32_t from)
{
    const uint32_t out = new_node(b);
    for (const struct pv_regex *child = tree->child; child && !b->nomem; child = child->next) {
        const uint32_t start = new_node(b);
        connect(b, from, start);
        connect(b, add_tree(b, child, start), out);
    }
    return out;
}

static uint32_t add_repeat(struct builder *b, const struct pv_regex *tree, uint32_t from)
{
    const uint32_t most = tree->child->kind == PV_REGEX_CLASS ? COPIES_OF_CLASS : COPIES;
    uint32_t copies = 0;
    for (; copies < tree->min && copies < most && !b->nomem; copies++)
        from = add_tree(b, tree->child, from);
    if (tree->max == copies)
        return from;
    if (tree->max <= most) {
        const uint32_t out = new_node(b);
        for (; copies < tree->max && !b->nomem; copies++) {
            connect(b, from, out);
            from = add_tree(b, tree->child, from);
        }
        connect(b, from, out);
        return out;
    }
    const uint32_t again = new_node(b), round = new_node(b), out = new_node(b);
    connect(b, from, again);
    connect(b, again, round);
    connect(b, again, out);
    connect(b, add_tree(b, tree->child, round), again);
    return out;
}

static uint32_t add_tree(struct builder *b, const struct pv_regex *tree, uint32_t from)
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
        for (const struct pv_regex *child = tree->child; child; child = child->next)
            from = add_tree(b, child, from);
        return from;
    case PV_REGEX_ALTERNATE:
        return add_alternatives(b, tree, from);
    case PV_REGEX_REPEAT:
        return add_repeat(b, tree, from);
    case PV_REGEX_OPAQUE:
        return lead_on(b, from, NODE_MATCH, NULL);
    case PV_REGEX_EMPTY:
    case PV_REGEX_AHEAD:
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
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    const size_t known = PV_BUF_COUNT(&b->states, struct state);
    for (size_t i = 0; i < known; i++)
        if (states[i].in_word == in_word && states[i].before == before && states[i].count == count
            && memcmp(PV_BUF_ITEMS(&b->kernels, uint32_t) + states[i].first, kernel,
                   count * sizeof(*kernel))
                   == 0)
            return (uint32_t)i;
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
                     && (pv_trigger_is_word((char)c) ? words : others))
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

/* Makes `to[i]` what stands for state i; whether any changed. */
static bool find_equals(const struct builder *b, uint32_t *to)
{
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    const uint32_t count = (uint32_t)PV_BUF_COUNT(&b->states, struct state);
    bool changed = false;
    for (uint32_t i = 0; i < count; i++) {
        if (to[i] != i)
            continue;
        if (is_dead(&states[i]))
            to[i] = NO_STATE;
        for (uint32_t k = 0; k < i && to[i] == i; k++)
            if (to[k] == k && is_equal(&states[k], &states[i]))
                to[i] = k;
        changed = changed || to[i] != i;
    }
    return changed;
}

static void merge_states(struct builder *b, uint32_t *to)
{
    struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    const size_t count = PV_BUF_COUNT(&b->states, struct state);
    for (uint32_t i = 0; i < count; i++)
        to[i] = i;
    while (find_equals(b, to))
        for (size_t i = 0; i < count; i++)
            for (unsigned s = 0; s < PV_DFA_SYMBOLS; s++)
                if (states[i].next[s] < PERHAPS)
                    states[i].next[s] = to[states[i].next[s]];
}

/* ------------------------------------------------------------------ writing */

struct range {
    unsigned first, last;
    uint32_t next;
};

/* The stretches of symbols that lead to one state; returns how many. */
static unsigned ranges_of(const struct state *state, struct range ranges[PV_DFA_SYMBOLS])
{
    unsigned count = 0;
    for (unsigned s = 0; s < PV_DFA_SYMBOLS; s++) {
        if (state->next[s] == NO_STATE)
            continue;
        if (count && ranges[count - 1].last + 1 == s && ranges[count - 1].next == state->next[s])
            ranges[count - 1].last = s;
        else
            ranges[count++] = (struct range){ s, s, state->next[s] };
    }
    return count;
}

static bool is_dense(unsigned ranges)
{
    return ranges >= PV_DFA_DENSE || 4 * ranges > 2 * PV_DFA_SYMBOLS;
}

/* The place of a state's row, as a number in a row. */
static unsigned number_of(const uint32_t *places, uint32_t state)
{
    return state == NO_STATE ? PV_DFA_REFUSED : state == PERHAPS ? PV_DFA_PERHAPS : places[state];
}

static bool put_number(struct pv_buf *out, unsigned number)
{
    return pv_buf_append_byte(out, (char)(unsigned char)(number & 0xFF))
           && pv_buf_append_byte(out, (char)(unsigned char)(number >> 8));
}

static bool put_row(struct pv_buf *out, const struct state *state, const uint32_t *places)
{
    struct range ranges[PV_DFA_SYMBOLS];
    const unsigned count = ranges_of(state, ranges);
    const unsigned kind = is_dense(count) ? PV_DFA_DENSE : count;
    bool ok =
        pv_buf_append_byte(out, (char)(unsigned char)(kind | (state->ends ? PV_DFA_ENDS : 0u)));
    for (unsigned s = 0; ok && is_dense(count) && s < PV_DFA_SYMBOLS; s++)
        ok = put_number(out, number_of(places, state->next[s]));
    for (unsigned i = 0; ok && !is_dense(count) && i < count; i++)
        ok = pv_buf_append_byte(out, (char)(unsigned char)ranges[i].first)
             && pv_buf_append_byte(out, (char)(unsigned char)ranges[i].last)
             && put_number(out, number_of(places, ranges[i].next));
    return ok;
}

/* The places of all rows; a row that would lie too far is none, and leads nowhere certain. */
static void place_rows(const struct builder *b, const uint32_t *to, uint32_t *places)
{
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    uint32_t at = PV_DFA_ROWS;
    for (uint32_t i = 0; i < PV_BUF_COUNT(&b->states, struct state); i++) {
        struct range ranges[PV_DFA_SYMBOLS];
        const unsigned count = ranges_of(&states[i], ranges);
        const uint32_t size = 1 + (is_dense(count) ? 2 * PV_DFA_SYMBOLS : 4 * count);
        places[i] = PV_DFA_PERHAPS;
        if (to[i] != i || at + size >= PV_DFA_PERHAPS)
            continue;
        places[i] = at;
        at += size;
    }
}

/* What stands for a state in the end. */
static uint32_t merged(const uint32_t *to, uint32_t state)
{
    while (state < PERHAPS && to[state] != state)
        state = to[state];
    return state;
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
    uint32_t places[PV_DFA_STATES_MAX];
    const struct state *const states = PV_BUF_ITEMS(&b->states, struct state);
    bool ok = true;
    place_rows(b, to, places);
    for (unsigned i = 0; ok && i < PV_DFA_BEFORE_COUNT; i++)
        ok = put_number(out, number_of(places, merged(to, starts[i])));
    for (unsigned i = 0; ok && i < PV_DFA_BEFORE_COUNT; i++)
        ok = put_firsts(out, states, to, merged(to, starts[i]));
    for (uint32_t i = 0; ok && i < PV_BUF_COUNT(&b->states, struct state); i++)
        if (to[i] == i && places[i] != PV_DFA_PERHAPS)
            ok = put_row(out, &states[i], places);
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
        b->words[pv_dfa_symbols[c]] = pv_trigger_is_word((char)c);
    const uint32_t start = new_node(b);
    (void)lead_on(b, add_tree(b, tree, start), NODE_MATCH, NULL);
    b->seen = calloc(PV_BUF_COUNT(&b->nodes, struct node) + 1, sizeof(*b->seen));
    b->nomem = b->nomem || !b->seen;
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
    return !b.nomem;
}
