/* gate.h: where in the draft the patterns need to be tried at all. A pattern's trigger (trigger.h)
 * is made of words and bytes. One pass over a view notes where each gate word stands; the bytes are
 * looked up when the first pattern asks for them.
 *
 * It is asked in two steps: in which cells all that a pattern needs stands at all, which costs a
 * few operations for the whole draft; and where in such cells it stands as the pattern wants it. */
#ifndef PV_ENGINE_GATE_H
#define PV_ENGINE_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/work.h"
#include "engine/cells.h"
#include "engine/image.h"
#include "engine/trigger.h"
#include "engine/writer.h"
#include "text/text.h"

/* The places of the bytes of one set. */
struct pv_byte_range {
    uint32_t first, count; /* of pv_gates.places */
    bool ready;
};

/* Where gates stand in one view of one draft. */
struct pv_gates {
    const struct pv_image *image;
    const struct pv_cell_map *map;
    struct pv_work *work; /* what may still be done about the draft; when it is spent, places
                             and windows are missing */
    const char *bytes;    /* of the view */
    size_t len;
    struct pv_buf blocks;  /* struct pv_span: the draft's blocks, in the view */
    struct pv_buf steps;   /* unsigned char by byte of the view: see pv_dfa_next_start() */
    struct pv_buf chunks;  /* struct pv_chunk: the stretches without a blank */
    struct pv_buf hits;    /* struct pv_gate_hit, by place, one of a word */
    struct pv_buf words;   /* struct pv_anchor_place: of the hits, gate by gate */
    struct pv_buf present; /* struct pv_gate_present, by gate: those that stand somewhere */
    uint64_t *marked;      /* a bit by gate: those that are to be listed in `present` */
    uint32_t *numbers;     /* by gate that is present: 1 + its number there */
    struct pv_buf active;  /* struct pv_gate_active: the uses of gates that have a hit */
    uint32_t *patterns;    /* by pattern: 1 + the first of `active`; 0: none */
    struct pv_buf marks;   /* struct pv_anchor_place: any byte of any set without small letters */
    struct pv_buf places;  /* struct pv_anchor_place: of the byte sets that were asked for */
    struct pv_byte_range *byte_ranges; /* by byte set */
    pv_cells *word_cells;              /* by word set: where one of its words stands */
    pv_cells *byte_cells;              /* by byte set */
    bool have_words, have_marks, have_byte_cells;
};

/* False when out of memory. */
bool pv_gates_init(struct pv_gates *gates, const struct pv_image *image);
void pv_gates_release(struct pv_gates *gates);

/* Forgets the draft before, and takes up a view of the next one, parted by `map`; both it and
 * `work` must stay. False when out of memory. */
bool pv_gates_read(struct pv_gates *gates, const struct pv_text *text, enum pv_view_kind view,
    const struct pv_cell_map *map, struct pv_work *work);

/* Sets *cells to those in which all that a pattern needs stands somewhere: it matches in no other.
 * False when out of memory. */
bool pv_gates_cells(struct pv_gates *gates, uint32_t pattern, pv_cells *cells);

/* Appends the windows of a pattern (struct pv_window) in some cells, in no order and perhaps over
 * one another: from the first to the last byte of a block where an anchor and the tests let a match
 * start. A pattern without an anchor has whole blocks. False when out of memory. */
bool pv_gates_windows(
    struct pv_gates *gates, uint32_t pattern, pv_cells cells, struct pv_buf *windows);

static inline bool pv_has_anchor(const struct pv_image_pattern *pattern)
{
    return pattern->gate_count || pattern->bytes.count;
}

/* Whether a pattern is tried at certain places only. */
static inline bool pv_has_windows(const struct pv_image_pattern *pattern)
{
    return pv_has_anchor(pattern) || pattern->dfa.count;
}

/* Gates while packs are compiled. */
struct pv_gate_builder {
    bool with_automata;
    struct pv_buf words;     /* struct pv_image_gate, each once; `uses` is empty until the end */
    struct pv_buf slots;     /* uint32_t: 1 + a word, by hash; a power of two */
    struct pv_buf uses;      /* struct pv_built_use, one pattern after another */
    struct pv_buf byte_uses; /* struct pv_image_byte_use, one pattern after another */
    struct pv_buf tests;     /* struct pv_image_gate_test, one pattern after another */
    struct pv_buf distances; /* struct pv_image_distance, by test */
    struct pv_buf word_sets; /* struct pv_range of `members`, each set once */
    struct pv_buf set_slots; /* uint32_t: 1 + a word set, by hash; a power of two */
    struct pv_buf members;   /* uint32_t: gates of word sets, one set after another */
    struct pv_buf byte_sets; /* struct pv_image_bytes, each once */
    struct pv_buf automata;  /* bytes: of one pattern after another */
};

/* Derives the trigger of pattern number `index` whose text is in the image, if it has one. Until
 * pv_gates_build(), `tests.at` counts in `tests`, and `dfa.at` in `automata`. */
void pv_gate_add(struct pv_writer *writer, struct pv_gate_builder *builder, uint32_t index,
    struct pv_image_pattern *pattern);

/* Writes the gates into the image and puts the `patterns` (struct pv_image_pattern) right. */
void pv_gates_build(struct pv_writer *writer, struct pv_gate_builder *builder,
    struct pv_buf *patterns, struct pv_image *header);

void pv_gate_builder_release(struct pv_gate_builder *builder);

#endif
