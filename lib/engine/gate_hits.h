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

/* Where a byte stands. */
struct pv_byte_place {
    uint32_t at, chunk, block;
};

/* Where a gate stands, the last in number of those that stand there. */
struct pv_gate_hit {
    uint32_t gate, place;
    uint32_t chunk, block; /* that hold the place */
    uint32_t next;         /* 1 + the next hit of the same gate; 0: none */
};

/* A gate that stands somewhere, with a hit or as the beginning of one that has. */
struct pv_gate_present {
    pv_cells cells;
    uint32_t gate;
    uint32_t hit; /* 1 + its first one; 0: none */
};

/* A gate with hits, and a pattern that has it, or what it begins with, for an anchor. */
struct pv_gate_active {
    const struct pv_image_gate_use *use;
    uint32_t present; /* number of the gate with the hits in `present` */
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
