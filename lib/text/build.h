/* build.h: writing a view, block by block, while keeping track of where each byte came from. Knows
 * nothing of characters or markup.
 *
 * A stage reads one view (`in`) and writes the next: it says which stretch of `in` to carry over,
 * what stands for a stretch instead, where a block ends, and which scope holds. The builder looks
 * the stretch up in the runs of `in`, so that the new runs lead straight to the source.
 *
 * Failure is sticky: after the first allocation that fails nothing more is written, and the caller
 * looks at `failed` once, at the end. */
#ifndef PV_TEXT_BUILD_H
#define PV_TEXT_BUILD_H

#include "text/pairs.h"
#include "text/text.h"

/* A view with its structure, being written. */
struct pv_layer {
    struct pv_buf bytes, runs, blocks, marks;
    bool open; /* the last block has no end yet */
};

struct pv_build {
    const struct pv_view *in;
    size_t hint; /* the run of `in` that was looked up last */
    struct pv_layer *main, *side;
    struct pv_layer *out;  /* where text goes now: main or side */
    enum pv_scope scope;   /* of the text to come */
    uint32_t passage;      /* of the blocks to come */
    uint32_t last_passage; /* the greatest number given so far */
    uint32_t side_passage;
    struct pv_pairs *pairs; /* where pairs of marks go; NULL where there are none to note */
    unsigned hold;          /* while above 0, blocks share the passage */
    bool as_side;           /* blocks of main are side blocks: a finished view is copied */
    enum pv_scope outer;    /* scope of main while a side stretch is written */
    bool failed;
};

void pv_build_start(
    struct pv_build *b, const struct pv_view *in, struct pv_layer *main, struct pv_layer *side);

/* Carries in[from, to) over. White space at the start of a block is left out. */
void pv_build_text(struct pv_build *b, size_t from, size_t to);

/* `bytes` stand for in[from, to), which is not empty. */
void pv_build_as(struct pv_build *b, size_t from, size_t to, const char *bytes, size_t len);

/* One space or newline for in[from, to), unless the block is empty or ends with one. */
void pv_build_gap(struct pv_build *b, size_t from, size_t to, char gap);

/* Ends the block that is open, if any, and drops white space at its end. */
void pv_build_break(struct pv_build *b);

/* Blocks from here to the matching release are one passage. */
void pv_build_hold(struct pv_build *b);
void pv_build_release(struct pv_build *b);

/* Text from here to the end of the side stretch goes to a side block, or to several that are one
 * passage. Side stretches do not nest:
 * an inner begin or end merely starts another block. */
void pv_build_side_begin(struct pv_build *b, enum pv_scope scope);
void pv_build_side_end(struct pv_build *b);

/* Notes a pair of marks: two stretches of `in`. */
void pv_build_pair(struct pv_build *b, struct pv_span open, struct pv_span close, bool container);

/* Ends the last block and puts the side part after the main part. */
void pv_build_finish(struct pv_build *b);

/* Carries b->in[from, to) over, changed or not; may go on past `to`, to the end of its block, and
 * returns where it stopped. */
typedef size_t pv_build_fn(struct pv_build *b, void *user, size_t from, size_t to);

/* Writes the plain view of `text` into `out`, block by block, each stretch of one scope through
 * `write`. False when out of memory. */
bool pv_build_copy(
    const struct pv_text *text, struct pv_layer *out, pv_build_fn *write, void *user);

/* Adds a run of `len` view bytes at `start`, joining it to the last one where they are one. False
 * when out of memory. */
bool pv_runs_add(
    struct pv_buf *runs, size_t start, size_t len, size_t origin, size_t origin_len, bool verbatim);

/* Where a run ends in its view. */
static inline size_t pv_run_end(const struct pv_view *view, size_t run)
{
    return run + 1 < view->run_count ? view->runs[run + 1].start : view->len;
}

/* The bytes below that view[from, to) came from; from < to. */
struct pv_span pv_runs_origin(const struct pv_view *view, size_t from, size_t to, size_t *hint);

void pv_layer_clear(struct pv_layer *layer);
void pv_layer_release(struct pv_layer *layer);

#endif
