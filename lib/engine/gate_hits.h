/* gate_hits.h: what the gates note of a draft, for the parts of the gates that ask for it (gate.c
 * notes, gate_cells.c and gate_windows.c ask). Not for anyone else. */
#ifndef PV_ENGINE_GATE_HITS_H
#define PV_ENGINE_GATE_HITS_H

#include "engine/gate.h"

/* What it costs to look at a place. */
#define PV_WORK_PLACE 16u

/* A stretch of a block without a blank, which is a byte up to ' '. */
struct pv_chunk {
    uint32_t start;
    uint32_t hit; /* the first one in it or behind it */
};

/* Where a word or a byte stands that may be an anchor. */
struct pv_anchor_place {
    uint32_t at, chunk, block;
};

/* Where a gate stands, the last in number of those that stand there. */
struct pv_gate_hit {
    uint32_t gate, place;
};

/* A gate that stands somewhere, with hits of its own or as the beginning of one that has. */
struct pv_gate_present {
    pv_cells cells;
    uint32_t gate;
    uint32_t own;          /* how many hits it has itself */
    uint32_t first, count; /* of pv_gates.words: all places where it stands, in no order */
};

/* A gate that is present, and a pattern that has it for an anchor. */
struct pv_gate_active {
    const struct pv_image_gate_use *use;
    uint32_t present; /* its number in pv_gates.present */
    uint32_t next;    /* 1 + the next one of the same pattern; 0: none */
};

/* Notes all words of the view, once. False when out of memory. */
bool pv_gates_have_words(struct pv_gates *gates);

/* Notes in which cells byte sets stand, once. */
void pv_gates_have_byte_cells(struct pv_gates *gates);

/* Where the bytes of a set stand, as a range of `places`, good until the next call. False when out
 * of memory. */
bool pv_gates_byte_places(struct pv_gates *gates, uint32_t set, struct pv_byte_range *range);

/* The chunk that holds a byte, or the last one before it. */
uint32_t pv_gates_chunk_at(const struct pv_gates *gates, uint32_t place);

static inline bool pv_in_set(const struct pv_image_bytes *set, unsigned char byte)
{
    return set->bits[byte / 32] >> byte % 32 & 1;
}

static inline const struct pv_image_bytes *pv_byte_set_at(
    const struct pv_gates *gates, uint32_t index)
{
    return PV_IMAGE_ITEM(gates->image, struct pv_image_bytes, gates->image->byte_sets, index);
}

#endif
