/* gate.h: where in the draft the patterns need to be tried at all. A pattern's gate is made of
 * words and bytes, of which one stands in every match (trigger.h). One pass over the plain view
 * notes where each gate word stands; the bytes are looked up when the first pattern asks for them.
 */
#ifndef PV_ENGINE_GATE_H
#define PV_ENGINE_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "engine/image.h"
#include "engine/trigger.h"
#include "engine/writer.h"
#include "text/text.h"

/* Where a gate stands, and how far before it a match may start. */
struct pv_gate_place {
    uint32_t place;    /* plain offset */
    uint32_t min, max; /* bytes; max PV_NONE: no bound */
};

/* Where gates stand in one draft. */
struct pv_gates {
    struct pv_buf hits;    /* struct pv_gate_hit */
    uint32_t *heads;       /* by gate: 1 + its first hit; 0: none */
    struct pv_buf marks;   /* uint32_t: where any byte of any set without letters stands */
    struct pv_buf places;  /* struct pv_gate_place: what pv_gates_places() hands out */
    struct pv_buf letters; /* uint32_t: where the bytes of one set with letters stand */
    struct pv_buf blocks;  /* unsigned char: what pv_gates_mark() hands out */
    bool have_words, have_marks;
};

/* False when out of memory. */
bool pv_gates_init(struct pv_gates *gates, const struct pv_image *image);
void pv_gates_release(struct pv_gates *gates);

/* Forgets the draft before. */
void pv_gates_reset(struct pv_gates *gates);

/* The places, ascending, where the gate of a pattern stands, good until the next call. Not for a
 * pattern without a gate. False when out of memory. */
bool pv_gates_places(struct pv_gates *gates, const struct pv_image *image,
    const struct pv_text *text, const struct pv_image_pattern *pattern,
    const struct pv_gate_place **places, size_t *count);

/* Marks, a byte for each block of the draft, where the second gate of a pattern stands. Only for a
 * pattern that has one. *any tells whether there is such a block. False when out of memory. */
bool pv_gates_mark(struct pv_gates *gates, const struct pv_image *image, const struct pv_text *text,
    const struct pv_image_pattern *pattern, const unsigned char **marks, bool *any);

static inline bool pv_has_second_gate(const struct pv_image_pattern *pattern)
{
    return pattern->also.count || pattern->also_bytes != PV_NONE;
}

static inline bool pv_has_gate(const struct pv_image_pattern *pattern)
{
    return pattern->gates.count || pattern->bytes != PV_NONE;
}

/* Gates while packs are compiled. */
struct pv_gate_builder {
    struct pv_buf words;     /* struct pv_image_gate, each once */
    struct pv_buf uses;      /* struct pv_image_gate_use, one pattern after another */
    struct pv_buf also;      /* uint32_t: gates of second gates, one pattern after another */
    struct pv_buf byte_sets; /* struct pv_image_bytes, each once */
};

/* Derives the gate of a pattern whose text is in the image, if it has one. Until
 * pv_gates_build(), `gates.at` counts in `uses` and `also.at` in `also`. */
void pv_gate_add(
    struct pv_writer *writer, struct pv_gate_builder *builder, struct pv_image_pattern *pattern);

/* Writes the gates into the image and puts the `patterns` (struct pv_image_pattern) right. */
void pv_gates_build(struct pv_writer *writer, struct pv_gate_builder *builder,
    struct pv_buf *patterns, struct pv_image *header);

void pv_gate_builder_release(struct pv_gate_builder *builder);

#endif
