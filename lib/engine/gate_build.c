/* gate_build.c: gate words are numbered as they come and sorted by key in the end. */
#include <stdlib.h>
#include <string.h>

#include "engine/gate.h"
#include "engine/keys.h"

static uint32_t pv_gate_word(
    struct pv_writer *w, struct pv_buf *words, const struct pv_trigger_word *word)
{
    const struct pv_image_gate gate = { pv_writer_string_len(w, word->text, word->len), word->len,
        word->whole };
    const size_t count = PV_BUF_COUNT(words, struct pv_image_gate);
    const struct pv_image_gate *const known = PV_BUF_ITEMS(words, struct pv_image_gate);
    for (size_t i = 0; i < count; i++) /* equal strings of an image are one string */
        if (known[i].text == gate.text && known[i].whole == gate.whole)
            return (uint32_t)i;
    *PV_WRITER_PUSH(w, words, struct pv_image_gate) = gate;
    return (uint32_t)count;
}

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

void pv_gate_add(
    struct pv_writer *writer, struct pv_gate_builder *builder, struct pv_image_pattern *pattern)
{
    struct pv_arena arena = { NULL };
    struct pv_trigger trigger;
    bool nomem = false;
    pattern->gates =
        (struct pv_range){ (uint32_t)PV_BUF_COUNT(&builder->uses, struct pv_image_gate_use), 0 };
    pattern->also = (struct pv_range){ (uint32_t)PV_BUF_COUNT(&builder->also, uint32_t), 0 };
    pattern->bytes = pattern->also_bytes = PV_NONE;
    if (!writer->nomem
        && pv_trigger_derive(
            &arena, writer->image.data + pattern->text, pattern->len, &trigger, &nomem)) {
        for (size_t i = 0; i < trigger.word_count; i++) {
            const struct pv_image_gate_use use = {
                pv_gate_word(writer, &builder->words, &trigger.words[i]),
                trigger.words[i].min,
                trigger.words[i].max,
            };
            *PV_WRITER_PUSH(writer, &builder->uses, struct pv_image_gate_use) = use;
        }
        pattern->gates.count = (uint32_t)trigger.word_count;
        for (size_t i = 0; i < trigger.also_count; i++) {
            const uint32_t word = pv_gate_word(writer, &builder->words, &trigger.also[i]);
            *PV_WRITER_PUSH(writer, &builder->also, uint32_t) = word;
        }
        pattern->also.count = (uint32_t)trigger.also_count;
        if (trigger.any_also_bytes)
            pattern->also_bytes = pv_byte_set(writer, &builder->byte_sets, &trigger.also_bytes);
        if (trigger.any_bytes)
            pattern->bytes = pv_byte_set(writer, &builder->byte_sets, &trigger.bytes);
        pattern->min = trigger.min;
        pattern->max = trigger.max;
        pattern->reach = trigger.reach;
    }
    writer->nomem = writer->nomem || nomem;
    pv_arena_release(&arena);
}

struct pv_keyed_gate {
    uint32_t key, order;
    struct pv_image_gate gate;
};

static int pv_compare_gates(const void *left, const void *right)
{
    const struct pv_keyed_gate *const a = left, *const b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Sorts the words by key, lists the keys, and renumbers the uses. False when out of memory. */
static bool pv_sort_gates(
    const struct pv_writer *writer, struct pv_gate_builder *b, struct pv_buf *keys)
{
    const size_t count = PV_BUF_COUNT(&b->words, struct pv_image_gate);
    struct pv_buf keyed = { 0 }, renumbered = { 0 };
    bool ok = !count
              || (pv_buf_push(&keyed, count * sizeof(struct pv_keyed_gate))
                  && pv_buf_push(&renumbered, count * sizeof(uint32_t))
                  && pv_buf_push(keys, count * sizeof(uint32_t)));
    if (ok && count) {
        struct pv_keyed_gate *const k = PV_BUF_ITEMS(&keyed, struct pv_keyed_gate);
        for (size_t i = 0; i < count; i++) {
            k[i].gate = PV_BUF_ITEMS(&b->words, struct pv_image_gate)[i];
            k[i].key = pv_key(writer->image.data + k[i].gate.text, k[i].gate.len);
            k[i].order = (uint32_t)i;
        }
        qsort(k, count, sizeof(*k), pv_compare_gates);
        for (size_t i = 0; i < count; i++) {
            PV_BUF_ITEMS(&b->words, struct pv_image_gate)[i] = k[i].gate;
            PV_BUF_ITEMS(keys, uint32_t)[i] = k[i].key;
            PV_BUF_ITEMS(&renumbered, uint32_t)[k[i].order] = (uint32_t)i;
        }
        struct pv_image_gate_use *const uses = PV_BUF_ITEMS(&b->uses, struct pv_image_gate_use);
        for (size_t i = 0; i < PV_BUF_COUNT(&b->uses, struct pv_image_gate_use); i++)
            uses[i].gate = PV_BUF_ITEMS(&renumbered, uint32_t)[uses[i].gate];
        uint32_t *const also = PV_BUF_ITEMS(&b->also, uint32_t);
        for (size_t i = 0; i < PV_BUF_COUNT(&b->also, uint32_t); i++)
            also[i] = PV_BUF_ITEMS(&renumbered, uint32_t)[also[i]];
    }
    pv_buf_release(&keyed);
    pv_buf_release(&renumbered);
    return ok;
}

void pv_gates_build(struct pv_writer *writer, struct pv_gate_builder *builder,
    struct pv_buf *patterns, struct pv_image *header)
{
    struct pv_buf keys = { 0 };
    if (writer->nomem || !pv_sort_gates(writer, builder, &keys))
        writer->nomem = true;
    header->gates = pv_writer_array(writer, &builder->words, sizeof(struct pv_image_gate));
    header->byte_sets = pv_writer_array(writer, &builder->byte_sets, sizeof(struct pv_image_bytes));
    const struct pv_range uses =
        pv_writer_array(writer, &builder->uses, sizeof(struct pv_image_gate_use));
    const struct pv_range also = pv_writer_array(writer, &builder->also, sizeof(uint32_t));
    for (size_t i = 0; i < PV_BUF_COUNT(patterns, struct pv_image_pattern); i++) {
        struct pv_image_pattern *const p = &PV_BUF_ITEMS(patterns, struct pv_image_pattern)[i];
        p->gates.at = uses.at + p->gates.at * (uint32_t)sizeof(struct pv_image_gate_use);
        p->also.at = also.at + p->also.at * (uint32_t)sizeof(uint32_t);
    }
    pv_keys_build(
        writer, PV_BUF_ITEMS(&keys, uint32_t), PV_BUF_COUNT(&keys, uint32_t), &header->gate_keys);
    pv_buf_release(&keys);
}

void pv_gate_builder_release(struct pv_gate_builder *builder)
{
    pv_buf_release(&builder->words);
    pv_buf_release(&builder->uses);
    pv_buf_release(&builder->also);
    pv_buf_release(&builder->byte_sets);
}
