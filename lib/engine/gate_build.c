/* gate_build.c: gate words are numbered as they come, and at the end once more in the order of
 * their texts; what leads from a word's key to its gates is a list of numbers sorted by key. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine/dfa.h"
#include "engine/gate.h"
#include "engine/keys.h"

/* A use of a gate as an anchor. */
struct pv_built_use {
    uint32_t gate;
    struct pv_image_gate_use use;
};

/* ------------------------------------------------------------------- words */

/* The slot of a word: the one that holds its number, or an empty one. */
static uint32_t *pv_gate_slot(struct pv_gate_builder *b, const struct pv_image_gate *gate)
{
    uint32_t *const slots = PV_BUF_ITEMS(&b->slots, uint32_t);
    const size_t mask = PV_BUF_COUNT(&b->slots, uint32_t) - 1;
    const struct pv_image_gate *const known = PV_BUF_ITEMS(&b->words, struct pv_image_gate);
    size_t i = pv_hash(&gate->text, sizeof(gate->text)) + gate->whole;
    /* Equal strings of an image are one string. */
    while (slots[i & mask]
           && (known[slots[i & mask] - 1].text != gate->text
               || known[slots[i & mask] - 1].whole != gate->whole))
        i++;
    return &slots[i & mask];
}

/* Keeps the table at most half full. False when out of memory. */
static bool pv_grow_slots(struct pv_gate_builder *b)
{
    const size_t count = PV_BUF_COUNT(&b->words, struct pv_image_gate);
    const size_t room = PV_BUF_COUNT(&b->slots, uint32_t);
    if (2 * (count + 1) <= room)
        return true;
    pv_buf_release(&b->slots);
    if (!pv_buf_push(&b->slots, (room ? 2 * room : 1024) * sizeof(uint32_t)))
        return false;
    for (size_t i = 0; i < count; i++)
        *pv_gate_slot(b, &PV_BUF_ITEMS(&b->words, struct pv_image_gate)[i]) = (uint32_t)i + 1;
    return true;
}

static uint32_t pv_gate_word(
    struct pv_writer *w, struct pv_gate_builder *b, const struct pv_need_word *word)
{
    const struct pv_image_gate gate = { .text = pv_writer_string_len(w, word->text, word->len),
        .len = word->len,
        .whole = word->whole };
    if (w->nomem || !pv_grow_slots(b)) {
        w->nomem = true;
        return 0;
    }
    uint32_t *const slot = pv_gate_slot(b, &gate);
    if (!*slot) {
        *PV_WRITER_PUSH(w, &b->words, struct pv_image_gate) = gate;
        *slot = (uint32_t)PV_BUF_COUNT(&b->words, struct pv_image_gate);
    }
    return w->nomem ? 0 : *slot - 1;
}

/* -------------------------------------------------------------------- sets */

static uint32_t pv_byte_set(struct pv_writer *w, struct pv_buf *sets, const struct pv_bytes *bytes)
{
    struct pv_image_bytes set;
    const size_t count = PV_BUF_COUNT(sets, struct pv_image_bytes);
    memcpy(set.bits, bytes->bits, sizeof(set.bits));
    for (size_t i = 0; i < count; i++)
        if (memcmp(&PV_BUF_ITEMS(sets, struct pv_image_bytes)[i], &set, sizeof(set)) == 0)
            return (uint32_t)i;
    *PV_WRITER_PUSH(w, sets, struct pv_image_bytes) = set;
    return (uint32_t)count;
}

static int pv_compare_numbers(const void *left, const void *right)
{
    const uint32_t *const a = left, *const b = right;
    return *a < *b ? -1 : *a > *b;
}

/* The slot of a set: the one that holds the number of an equal one, or an empty one. */
static uint32_t *pv_set_slot(struct pv_gate_builder *b, const struct pv_range *set)
{
    uint32_t *const slots = PV_BUF_ITEMS(&b->set_slots, uint32_t);
    const size_t mask = PV_BUF_COUNT(&b->set_slots, uint32_t) - 1;
    const uint32_t *const members = PV_BUF_ITEMS(&b->members, uint32_t);
    const struct pv_range *const known = PV_BUF_ITEMS(&b->word_sets, struct pv_range);
    const size_t size = set->count * sizeof(*members);
    size_t i = pv_hash(members + set->at, size);
    for (;; i++) {
        const uint32_t number = slots[i & mask];
        if (!number
            || (known[number - 1].count == set->count
                && memcmp(members + known[number - 1].at, members + set->at, size) == 0))
            return &slots[i & mask];
    }
}

static bool pv_grow_set_slots(struct pv_gate_builder *b)
{
    const size_t count = PV_BUF_COUNT(&b->word_sets, struct pv_range);
    const size_t room = PV_BUF_COUNT(&b->set_slots, uint32_t);
    if (2 * (count + 1) <= room)
        return true;
    pv_buf_release(&b->set_slots);
    if (!pv_buf_push(&b->set_slots, (room ? 2 * room : 1024) * sizeof(uint32_t)))
        return false;
    for (size_t i = 0; i < count; i++)
        *pv_set_slot(b, &PV_BUF_ITEMS(&b->word_sets, struct pv_range)[i]) = (uint32_t)i + 1;
    return true;
}

static uint32_t pv_word_set(
    struct pv_writer *w, struct pv_gate_builder *b, const struct pv_need_set *need)
{
    struct pv_range set = { (uint32_t)PV_BUF_COUNT(&b->members, uint32_t), 0 };
    for (size_t i = 0; i < need->word_count; i++) {
        const uint32_t gate = pv_gate_word(w, b, &need->words[i]);
        *PV_WRITER_PUSH(w, &b->members, uint32_t) = gate;
    }
    if (w->nomem)
        return PV_NONE;
    uint32_t *const members = PV_BUF_ITEMS(&b->members, uint32_t);
    qsort(members + set.at, need->word_count, sizeof(*members), pv_compare_numbers);
    set.count = 1;
    for (size_t i = 1; i < need->word_count; i++) /* a word may have had several ranges */
        if (members[set.at + i] != members[set.at + set.count - 1])
            members[set.at + set.count++] = members[set.at + i];
    b->members.len = (set.at + set.count) * sizeof(uint32_t);

    if (!pv_grow_set_slots(b)) {
        w->nomem = true;
        return PV_NONE;
    }
    uint32_t *const slot = pv_set_slot(b, &set);
    if (*slot) {
        b->members.len = set.at * sizeof(uint32_t);
        return *slot - 1;
    }
    *PV_WRITER_PUSH(w, &b->word_sets, struct pv_range) = set;
    *slot = (uint32_t)PV_BUF_COUNT(&b->word_sets, struct pv_range);
    return w->nomem ? PV_NONE : *slot - 1;
}

/* ---------------------------------------------------------------- triggers */

static struct pv_image_distance pv_distance_of(struct pv_distance at)
{
    return (struct pv_image_distance){ at.min, at.max, at.gaps };
}

static void pv_add_branch(struct pv_writer *w, struct pv_gate_builder *b, uint32_t index,
    struct pv_image_pattern *pattern, const struct pv_need_branch *branch)
{
    const struct pv_need_set *const anchor = &branch->anchor;
    for (size_t i = 0; i < anchor->word_count; i++) {
        const struct pv_built_use use = { pv_gate_word(w, b, &anchor->words[i]),
            { index, pv_distance_of(anchor->words[i].at), branch->first_test } };
        *PV_WRITER_PUSH(w, &b->uses, struct pv_built_use) = use;
    }
    pattern->gate_count += (uint32_t)anchor->word_count;
    if (!anchor->any_bytes)
        return;
    const struct pv_image_byte_use use = { pv_byte_set(w, &b->byte_sets, &anchor->bytes),
        pv_distance_of(anchor->at), branch->first_test };
    *PV_WRITER_PUSH(w, &b->byte_uses, struct pv_image_byte_use) = use;
    pattern->bytes.count++;
}

static void pv_add_tests(struct pv_writer *w, struct pv_gate_builder *b,
    struct pv_image_pattern *pattern, const struct pv_need_plan *plan)
{
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct pv_need_test *const t = &plan->tests[i];
        const struct pv_image_gate_test test = {
            .words = t->set.word_count ? pv_word_set(w, b, &t->set) : PV_NONE,
            .bytes = t->set.any_bytes ? pv_byte_set(w, &b->byte_sets, &t->set.bytes) : PV_NONE,
            .yes = t->yes,
            .no = t->no,
        };
        *PV_WRITER_PUSH(w, &b->tests, struct pv_image_gate_test) = test;
        *PV_WRITER_PUSH(w, &b->distances, struct pv_image_distance) = pv_distance_of(t->set.at);
    }
    pattern->tests.count = plan->test_count;
    pattern->first_test = plan->first_test;
}

void pv_gate_add(struct pv_writer *writer, struct pv_gate_builder *builder, uint32_t index,
    struct pv_image_pattern *pattern)
{
    struct pv_arena arena = { NULL };
    struct pv_trigger trigger = { .tree = NULL };
    bool nomem = false;
    pattern->bytes =
        (struct pv_range){ (uint32_t)PV_BUF_COUNT(&builder->byte_uses, struct pv_image_byte_use),
            0 };
    pattern->reach = PV_NONE;
    pattern->tests =
        (struct pv_range){ (uint32_t)PV_BUF_COUNT(&builder->tests, struct pv_image_gate_test), 0 };
    pattern->first_test = PV_TEST_HOLDS;
    if (!writer->nomem
        && pv_trigger_derive(
            &arena, writer->image.data + pattern->text, pattern->len, &trigger, &nomem)) {
        for (size_t i = 0; trigger.has_anchor && i < trigger.plan.branch_count; i++)
            pv_add_branch(writer, builder, index, pattern, &trigger.plan.branches[i]);
        pv_add_tests(writer, builder, pattern, &trigger.plan);
        pattern->reach = trigger.reach;
    }
    pattern->dfa.at = (pv_ref)builder->automata.len;
    if (builder->with_automata && !writer->nomem && !nomem && trigger.tree)
        nomem = !pv_dfa_build(trigger.tree, &builder->automata);
    pattern->dfa.count = (uint32_t)(builder->automata.len - pattern->dfa.at);
    writer->nomem = writer->nomem || nomem;
    pv_arena_release(&arena);
}

/* --------------------------------------------------------------- the image */

/* A gate that is to be numbered. */
struct pv_numbered_gate {
    const char *text;
    uint32_t number; /* the one that it had */
    uint32_t whole;
};

static int pv_compare_gates(const void *left, const void *right)
{
    const struct pv_numbered_gate *const a = left, *const b = right;
    const int order = strcmp(a->text, b->text);
    return order ? order : (int)a->whole - (int)b->whole;
}

/* Numbers the gates in the order of their texts, in `words` and wherever they are named. */
static bool pv_renumber(const struct pv_writer *w, struct pv_gate_builder *b, uint32_t *numbers)
{
    struct pv_image_gate *const words = PV_BUF_ITEMS(&b->words, struct pv_image_gate);
    const size_t count = PV_BUF_COUNT(&b->words, struct pv_image_gate);
    struct pv_buf order = { 0 }, sorted = { 0 };
    struct pv_numbered_gate *const gates = pv_buf_push(&order, count * sizeof(*gates));
    bool done = gates != NULL;
    for (size_t i = 0; done && i < count; i++)
        gates[i] =
            (struct pv_numbered_gate){ w->image.data + words[i].text, (uint32_t)i, words[i].whole };
    if (done)
        qsort(gates, count, sizeof(*gates), pv_compare_gates);
    for (size_t i = 0; done && i < count; i++) {
        numbers[gates[i].number] = (uint32_t)i;
        done = pv_buf_append(&sorted, &words[gates[i].number], sizeof(*words));
    }
    if (done)
        memcpy(words, sorted.data, sorted.len);
    for (size_t i = 0; done && i < PV_BUF_COUNT(&b->uses, struct pv_built_use); i++) {
        struct pv_built_use *const use = &PV_BUF_ITEMS(&b->uses, struct pv_built_use)[i];
        use->gate = numbers[use->gate];
    }
    for (size_t i = 0; done && i < PV_BUF_COUNT(&b->members, uint32_t); i++)
        PV_BUF_ITEMS(&b->members, uint32_t)[i] = numbers[PV_BUF_ITEMS(&b->members, uint32_t)[i]];
    pv_buf_release(&order);
    pv_buf_release(&sorted);
    return done;
}

static bool pv_begins_with(
    const struct pv_writer *w, const struct pv_image_gate *word, const struct pv_image_gate *start)
{
    return !start->whole && start->len <= word->len
           && memcmp(w->image.data + word->text, w->image.data + start->text, start->len) == 0;
}

/* Sets what each gate begins with. */
static void pv_set_beginnings(const struct pv_writer *w, struct pv_buf *words)
{
    struct pv_image_gate *const gates = PV_BUF_ITEMS(words, struct pv_image_gate);
    for (size_t i = 0; i < PV_BUF_COUNT(words, struct pv_image_gate); i++) {
        uint32_t beginning = i ? (uint32_t)i - 1 : PV_NONE;
        while (beginning != PV_NONE && !pv_begins_with(w, &gates[i], &gates[beginning]))
            beginning = gates[beginning].beginning;
        gates[i].beginning = beginning;
    }
}

static void pv_number_gates(struct pv_writer *w, struct pv_gate_builder *b)
{
    const size_t count = PV_BUF_COUNT(&b->words, struct pv_image_gate);
    struct pv_buf numbers = { 0 };
    if (w->nomem || count == 0)
        return;
    if (pv_buf_push(&numbers, count * sizeof(uint32_t))
        && pv_renumber(w, b, PV_BUF_ITEMS(&numbers, uint32_t)))
        pv_set_beginnings(w, &b->words);
    else
        w->nomem = true;
    pv_buf_release(&numbers);
}

static int pv_compare_uses(const void *left, const void *right)
{
    const struct pv_built_use *const a = left, *const b = right;
    if (a->gate != b->gate)
        return a->gate < b->gate ? -1 : 1;
    if (a->use.pattern != b->use.pattern)
        return a->use.pattern < b->use.pattern ? -1 : 1;
    if (a->use.first_test != b->use.first_test)
        return a->use.first_test < b->use.first_test ? -1 : 1;
    if (a->use.at.min != b->use.at.min)
        return a->use.at.min < b->use.at.min ? -1 : 1;
    if (a->use.at.max != b->use.at.max)
        return a->use.at.max < b->use.at.max ? -1 : 1;
    return a->use.at.gaps < b->use.at.gaps ? -1 : a->use.at.gaps > b->use.at.gaps;
}

/* Writes the uses gate by gate, and says in each gate where its own are. */
static void pv_write_uses(struct pv_writer *w, struct pv_gate_builder *b)
{
    struct pv_built_use *const uses = PV_BUF_ITEMS(&b->uses, struct pv_built_use);
    const size_t count = PV_BUF_COUNT(&b->uses, struct pv_built_use);
    struct pv_buf plain = { 0 };
    if (count > 1)
        qsort(uses, count, sizeof(*uses), pv_compare_uses);
    for (size_t i = 0; i < count; i++)
        *PV_WRITER_PUSH(w, &plain, struct pv_image_gate_use) = uses[i].use;
    const struct pv_range all = pv_writer_array(w, &plain, sizeof(struct pv_image_gate_use));
    for (size_t i = 0; i < count && !w->nomem; i++) {
        struct pv_image_gate *const gate =
            &PV_BUF_ITEMS(&b->words, struct pv_image_gate)[uses[i].gate];
        if (!gate->uses.count++)
            gate->uses.at = all.at + (uint32_t)(i * sizeof(struct pv_image_gate_use));
    }
    pv_buf_release(&plain);
}

/* Writes the word sets of each gate, gate by gate. */
static void pv_write_sets_of_gates(struct pv_writer *w, struct pv_gate_builder *b)
{
    struct pv_image_gate *const gates = PV_BUF_ITEMS(&b->words, struct pv_image_gate);
    const struct pv_range *const sets = PV_BUF_ITEMS(&b->word_sets, struct pv_range);
    const uint32_t *const members = PV_BUF_ITEMS(&b->members, uint32_t);
    const size_t gate_count = PV_BUF_COUNT(&b->words, struct pv_image_gate);
    const size_t set_count = PV_BUF_COUNT(&b->word_sets, struct pv_range);
    struct pv_buf all = { 0 };
    uint32_t *const list = w->nomem ? NULL : pv_buf_push(&all, b->members.len + sizeof(*list));
    w->nomem = w->nomem || !list;
    for (size_t s = 0; list && s < set_count; s++)
        for (uint32_t k = 0; k < sets[s].count; k++)
            gates[members[sets[s].at + k]].sets.count++;
    uint32_t at = 0;
    for (size_t i = 0; list && i < gate_count; i++) {
        gates[i].sets.at = at;
        at += gates[i].sets.count;
        gates[i].sets.count = 0;
    }
    for (size_t s = 0; list && s < set_count; s++)
        for (uint32_t k = 0; k < sets[s].count; k++) {
            struct pv_range *const own = &gates[members[sets[s].at + k]].sets;
            list[own->at + own->count++] = (uint32_t)s;
        }
    const struct pv_range written = pv_writer_array(w, &all, sizeof(*list));
    for (size_t i = 0; list && i < gate_count; i++)
        gates[i].sets.at = written.at + gates[i].sets.at * (uint32_t)sizeof(*list);
    pv_buf_release(&all);
}

struct pv_keyed_gate {
    uint32_t key, gate;
};

static int pv_compare_keys(const void *left, const void *right)
{
    const struct pv_keyed_gate *const a = left, *const b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->gate < b->gate ? -1 : a->gate > b->gate;
}

/* Writes the table that leads from a key to gates. */
static void pv_write_keys(
    struct pv_writer *w, const struct pv_gate_builder *b, struct pv_image *header)
{
    const size_t count = PV_BUF_COUNT(&b->words, struct pv_image_gate);
    struct pv_buf keyed = { 0 }, keys = { 0 }, gates = { 0 };
    const struct pv_image_gate *const words = PV_BUF_ITEMS(&b->words, struct pv_image_gate);
    for (size_t i = 0; i < count; i++) {
        const uint32_t key = w->nomem ? 0 : pv_key(w->image.data + words[i].text, words[i].len);
        *PV_WRITER_PUSH(w, &keyed, struct pv_keyed_gate) =
            (struct pv_keyed_gate){ key, (uint32_t)i };
    }
    struct pv_keyed_gate *const sorted = PV_BUF_ITEMS(&keyed, struct pv_keyed_gate);
    if (count > 1 && !w->nomem)
        qsort(sorted, count, sizeof(*sorted), pv_compare_keys);
    for (size_t i = 0; i < count && !w->nomem; i++) {
        *PV_WRITER_PUSH(w, &keys, uint32_t) = sorted[i].key;
        const struct pv_image_gate *const gate = &words[sorted[i].gate];
        const struct pv_image_keyed_gate record = { sorted[i].gate,
            gate->len > PV_KEY_MAX
                ? pv_key(w->image.data + gate->text + PV_KEY_MAX, gate->len - PV_KEY_MAX)
                : 0,
            2 * gate->len + (gate->whole != 0) };
        *PV_WRITER_PUSH(w, &gates, struct pv_image_keyed_gate) = record;
    }
    header->keyed_gates = pv_writer_array(w, &gates, sizeof(struct pv_image_keyed_gate));
    pv_keys_build(w, PV_BUF_ITEMS(&keys, uint32_t), w->nomem ? 0 : count, &header->gate_keys);
    pv_buf_release(&keyed);
    pv_buf_release(&keys);
    pv_buf_release(&gates);
}

/* Bits of a sign for each gate of the set, and the most 32-bit words of one. */
#define SIGN_BITS 8u
#define SIGN_WORDS_MAX 256u

/* Writes the sign of a set. */
static struct pv_range pv_sign(
    struct pv_writer *w, const struct pv_image_gate_run *runs, size_t count)
{
    struct pv_buf sign = { 0 };
    struct pv_range written = { 0, 0 };
    size_t words = 1, gates = 0;
    for (size_t i = 0; i < count; i++)
        gates += runs[i].end - runs[i].first;
    while (words < SIGN_WORDS_MAX && words * 32 < gates * SIGN_BITS)
        words *= 2;
    uint32_t *const bits = w->nomem ? NULL : pv_buf_push(&sign, words * sizeof(*bits));
    for (size_t i = 0; bits && i < count; i++)
        for (uint32_t gate = runs[i].first; gate < runs[i].end; gate++)
            bits[gate / 32 % words] |= 1u << gate % 32;
    if (bits)
        written = pv_writer_array(w, &sign, sizeof(*bits));
    else
        w->nomem = true;
    pv_buf_release(&sign);
    return written;
}

/* Appends the gates of a set as runs: each with those that begin with it. */
static void pv_add_runs(struct pv_writer *w, const struct pv_gate_builder *b,
    const struct pv_range *set, struct pv_buf *runs)
{
    const struct pv_image_gate *const gates = PV_BUF_ITEMS(&b->words, struct pv_image_gate);
    const size_t gate_count = PV_BUF_COUNT(&b->words, struct pv_image_gate);
    const size_t before = PV_BUF_COUNT(runs, struct pv_image_gate_run);
    uint32_t *const members = PV_BUF_ITEMS(&b->members, uint32_t) + set->at;
    qsort(members, set->count, sizeof(*members), pv_compare_numbers);
    for (uint32_t i = 0; i < set->count; i++) {
        const size_t count = PV_BUF_COUNT(runs, struct pv_image_gate_run);
        struct pv_image_gate_run *const last =
            count > before ? &PV_BUF_ITEMS(runs, struct pv_image_gate_run)[count - 1] : NULL;
        struct pv_image_gate_run run = { members[i], members[i] + 1 };
        while (run.end < gate_count && pv_begins_with(w, &gates[run.end], &gates[run.first]))
            run.end++;
        if (last && run.first <= last->end)
            last->end = pv_greater(last->end, run.end);
        else
            *PV_WRITER_PUSH(w, runs, struct pv_image_gate_run) = run;
    }
}

static void pv_write_word_sets(
    struct pv_writer *w, struct pv_gate_builder *b, struct pv_image *header)
{
    struct pv_buf sets = { 0 }, runs = { 0 };
    for (size_t i = 0; i < PV_BUF_COUNT(&b->word_sets, struct pv_range) && !w->nomem; i++) {
        struct pv_image_words set;
        runs.len = 0;
        pv_add_runs(w, b, &PV_BUF_ITEMS(&b->word_sets, struct pv_range)[i], &runs);
        set.sign = pv_sign(w, PV_BUF_ITEMS(&runs, struct pv_image_gate_run),
            PV_BUF_COUNT(&runs, struct pv_image_gate_run));
        set.runs = pv_writer_array(w, &runs, sizeof(struct pv_image_gate_run));
        *PV_WRITER_PUSH(w, &sets, struct pv_image_words) = set;
    }
    header->word_sets = pv_writer_array(w, &sets, sizeof(struct pv_image_words));
    pv_buf_release(&sets);
    pv_buf_release(&runs);
}

void pv_gates_build(struct pv_writer *writer, struct pv_gate_builder *builder,
    struct pv_buf *patterns, struct pv_image *header)
{
    pv_number_gates(writer, builder);
    pv_write_uses(writer, builder);
    pv_write_sets_of_gates(writer, builder);
    pv_write_keys(writer, builder, header);
    header->gates = pv_writer_array(writer, &builder->words, sizeof(struct pv_image_gate));
    header->byte_sets = pv_writer_array(writer, &builder->byte_sets, sizeof(struct pv_image_bytes));
    pv_write_word_sets(writer, builder, header);
    const struct pv_range bytes =
        pv_writer_array(writer, &builder->byte_uses, sizeof(struct pv_image_byte_use));
    const struct pv_range tests =
        pv_writer_array(writer, &builder->tests, sizeof(struct pv_image_gate_test));
    const struct pv_range distances =
        pv_writer_array(writer, &builder->distances, sizeof(struct pv_image_distance));
    const struct pv_range automata = pv_writer_array(writer, &builder->automata, 1);
    for (size_t i = 0; i < PV_BUF_COUNT(patterns, struct pv_image_pattern); i++) {
        struct pv_image_pattern *const p = &PV_BUF_ITEMS(patterns, struct pv_image_pattern)[i];
        p->bytes.at = bytes.at + p->bytes.at * (uint32_t)sizeof(struct pv_image_byte_use);
        p->distances = distances.at + p->tests.at * (uint32_t)sizeof(struct pv_image_distance);
        p->tests.at = tests.at + p->tests.at * (uint32_t)sizeof(struct pv_image_gate_test);
        p->dfa.at += automata.at;
    }
}

void pv_gate_builder_release(struct pv_gate_builder *builder)
{
    pv_buf_release(&builder->words);
    pv_buf_release(&builder->slots);
    pv_buf_release(&builder->uses);
    pv_buf_release(&builder->byte_uses);
    pv_buf_release(&builder->tests);
    pv_buf_release(&builder->distances);
    pv_buf_release(&builder->word_sets);
    pv_buf_release(&builder->set_slots);
    pv_buf_release(&builder->members);
    pv_buf_release(&builder->byte_sets);
    pv_buf_release(&builder->automata);
}
