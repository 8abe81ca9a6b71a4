/* build.c: runs are joined as they are written, so plain stretches stay one run however many
 * pieces they came in. Lookups go forward from the last one, which makes a stage linear. */
#include "text/build.h"

#include "text/ascii.h"

void pv_layer_clear(struct pv_layer *layer)
{
    pv_buf_clear(&layer->bytes);
    pv_buf_clear(&layer->runs);
    pv_buf_clear(&layer->blocks);
    pv_buf_clear(&layer->marks);
    layer->open = false;
}

void pv_layer_release(struct pv_layer *layer)
{
    pv_buf_release(&layer->bytes);
    pv_buf_release(&layer->runs);
    pv_buf_release(&layer->blocks);
    pv_buf_release(&layer->marks);
    layer->open = false;
}

/* ------------------------------------------------------------------- runs */

static bool same_run(
    const struct pv_run *last, size_t start, size_t origin, size_t origin_len, bool verbatim)
{
    if (verbatim)
        return last->verbatim && last->origin + last->origin_len == origin
               && last->start + last->origin_len == start;
    return !last->verbatim && origin_len > 0 && last->origin == origin
           && last->origin_len == origin_len;
}

bool pv_runs_add(
    struct pv_buf *runs, size_t start, size_t len, size_t origin, size_t origin_len, bool verbatim)
{
    const size_t count = PV_BUF_COUNT(runs, struct pv_run);
    if (count > 0) {
        struct pv_run *const last = &PV_BUF_ITEMS(runs, struct pv_run)[count - 1];
        if (same_run(last, start, origin, origin_len, verbatim)) {
            if (verbatim)
                last->origin_len += (uint32_t)len;
            return true;
        }
    }
    struct pv_run *const run = PV_BUF_PUSH(runs, struct pv_run);
    if (!run)
        return false;
    *run = (struct pv_run){ (uint32_t)start, (uint32_t)origin, (uint32_t)origin_len, verbatim };
    return true;
}

size_t pv_runs_find(const struct pv_view *view, size_t at, size_t hint)
{
    const size_t steps = 8; /* a stage moves on by a run or two; anything else is a jump */
    if (hint < view->run_count && view->runs[hint].start <= at)
        for (size_t i = hint; i < view->run_count && i < hint + steps; i++)
            if (at < pv_run_end(view, i))
                return i;
    size_t low = 0, high = view->run_count; /* the first run that starts after `at` */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (view->runs[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

struct pv_span pv_runs_origin(const struct pv_view *view, size_t from, size_t to, size_t *hint)
{
    const size_t first = pv_runs_find(view, from, *hint);
    const size_t last = pv_runs_find(view, to - 1, first);
    const struct pv_run *const a = &view->runs[first], *const z = &view->runs[last];
    const size_t start = a->verbatim ? a->origin + (from - a->start) : a->origin;
    const size_t end = z->verbatim ? z->origin + (to - z->start) : z->origin + z->origin_len;
    *hint = last;
    return (struct pv_span){ start, end > start ? end : start };
}

/* ----------------------------------------------------------------- writing */

void pv_build_start(
    struct pv_build *b, const struct pv_view *in, struct pv_layer *main, struct pv_layer *side)
{
    pv_layer_clear(main);
    if (side)
        pv_layer_clear(side);
    *b = (struct pv_build){ .in = in, .main = main, .side = side, .out = main };
}

/* The scope of the text that is about to be added holds from here on. */
static void mark_scope(struct pv_build *b)
{
    struct pv_buf *const marks = &b->out->marks;
    const size_t at = b->out->bytes.len;
    const struct pv_scope_mark *const items = PV_BUF_ITEMS(marks, const struct pv_scope_mark);
    const size_t count = PV_BUF_COUNT(marks, struct pv_scope_mark);
    if (count > 0 && items[count - 1].scope == b->scope)
        return;
    struct pv_scope_mark *const mark = PV_BUF_PUSH(marks, struct pv_scope_mark);
    if (mark)
        *mark = (struct pv_scope_mark){ (uint32_t)at, b->scope };
    else
        b->failed = true;
}

/* Opens a block, after a separator that stands for no byte. */
static void open_block(struct pv_build *b, size_t origin)
{
    struct pv_layer *const out = b->out;
    if (out->bytes.len > 0
        && !(pv_runs_add(&out->runs, out->bytes.len, 2, origin, 0, false)
             && pv_buf_append(&out->bytes, "\n\n", 2))) {
        b->failed = true;
        return;
    }
    struct pv_block *const block = PV_BUF_PUSH(&out->blocks, struct pv_block);
    if (!block) {
        b->failed = true;
        return;
    }
    const bool side = out == b->side || b->as_side;
    block->start = block->end = (uint32_t)out->bytes.len;
    block->side = side;
    if (!b->hold && !b->as_side && out == b->main)
        b->passage = ++b->last_passage;
    block->passage = out == b->side ? b->side_passage : b->passage;
    out->open = true;
}

/* Adds bytes of one origin to the open block, or to a new one. */
static void add(struct pv_build *b, const char *bytes, size_t len, size_t origin, size_t origin_len,
    bool verbatim)
{
    struct pv_layer *const out = b->out;
    if (!b->failed && !out->open)
        open_block(b, origin);
    if (!b->failed)
        mark_scope(b);
    if (b->failed)
        return;
    if (!pv_runs_add(&out->runs, out->bytes.len, len, origin, origin_len, verbatim)
        || !pv_buf_append(&out->bytes, bytes, len))
        b->failed = true;
}

void pv_build_text(struct pv_build *b, size_t from, size_t to)
{
    const struct pv_view *const in = b->in;
    while (!b->out->open && from < to && pv_is_space(in->bytes[from]))
        from++;
    while (from < to && !b->failed) {
        b->hint = pv_runs_find(in, from, b->hint);
        const struct pv_run *const run = &in->runs[b->hint];
        const size_t run_end = pv_run_end(in, b->hint);
        const size_t len = (to < run_end ? to : run_end) - from;
        if (run->verbatim)
            add(b, in->bytes + from, len, run->origin + (from - run->start), len, true);
        else
            add(b, in->bytes + from, len, run->origin, run->origin_len, false);
        from += len;
    }
}

void pv_build_as(struct pv_build *b, size_t from, size_t to, const char *bytes, size_t len)
{
    if (!b->out->open)
        for (; len > 0 && pv_is_space(*bytes); len--)
            bytes++;
    if (len == 0 || b->failed)
        return;
    const struct pv_span origin = pv_runs_origin(b->in, from, to, &b->hint);
    add(b, bytes, len, origin.start, origin.end - origin.start, false);
}

void pv_build_gap(struct pv_build *b, size_t from, size_t to, char gap)
{
    const struct pv_buf *const bytes = &b->out->bytes;
    if (!b->out->open || pv_is_space(bytes->data[bytes->len - 1]))
        return;
    if (to - from == 1 && b->in->bytes[from] == gap)
        pv_build_text(b, from, to);
    else
        pv_build_as(b, from, to, &gap, 1);
}

/* Takes white space off the end of the layer, with its runs and marks. */
static void trim(struct pv_layer *out, size_t start)
{
    size_t len = out->bytes.len;
    while (len > start && pv_is_space(out->bytes.data[len - 1]))
        len--;
    out->bytes.len = len;
    struct pv_run *const runs = PV_BUF_ITEMS(&out->runs, struct pv_run);
    size_t count = PV_BUF_COUNT(&out->runs, struct pv_run);
    while (count > 0 && runs[count - 1].start >= len)
        count--;
    out->runs.len = count * sizeof *runs;
    if (count > 0 && runs[count - 1].verbatim)
        runs[count - 1].origin_len = (uint32_t)len - runs[count - 1].start;
    const struct pv_scope_mark *const marks = PV_BUF_ITEMS(&out->marks, const struct pv_scope_mark);
    count = PV_BUF_COUNT(&out->marks, struct pv_scope_mark);
    while (count > 0 && marks[count - 1].start >= len)
        count--;
    out->marks.len = count * sizeof *marks;
}

void pv_build_break(struct pv_build *b)
{
    struct pv_layer *const out = b->out;
    if (!out->open)
        return;
    out->open = false;
    const size_t count = PV_BUF_COUNT(&out->blocks, struct pv_block);
    struct pv_block *const block = &PV_BUF_ITEMS(&out->blocks, struct pv_block)[count - 1];
    trim(out, block->start);
    block->end = (uint32_t)out->bytes.len;
}

void pv_build_hold(struct pv_build *b)
{
    if (b->hold++ == 0)
        b->passage = ++b->last_passage;
}

void pv_build_release(struct pv_build *b)
{
    if (b->hold > 0)
        b->hold--;
}

void pv_build_side_begin(struct pv_build *b, enum pv_scope scope)
{
    if (b->out == b->main) {
        b->outer = b->scope;
        b->out = b->side;
    } else {
        pv_build_break(b);
    }
    b->scope = scope;
    b->side_passage = ++b->last_passage;
}

void pv_build_side_end(struct pv_build *b)
{
    if (b->out != b->side)
        return;
    pv_build_break(b);
    b->out = b->main;
    b->scope = b->outer;
}

void pv_build_pair(struct pv_build *b, struct pv_span open, struct pv_span close, bool container)
{
    if (!b->pairs || b->failed)
        return;
    size_t hint = 0;
    const struct pv_span first = pv_runs_origin(b->in, open.start, open.end, &hint);
    const struct pv_span last = pv_runs_origin(b->in, close.start, close.end, &hint);
    if (!pv_pairs_add(b->pairs, first, last, container))
        b->failed = true;
}

/* ---------------------------------------------------------------- finishing */

static bool append_side(struct pv_layer *main, const struct pv_layer *side, size_t origin)
{
    if (main->bytes.len > 0
        && !(pv_runs_add(&main->runs, main->bytes.len, 2, origin, 0, false)
             && pv_buf_append(&main->bytes, "\n\n", 2)))
        return false;
    const uint32_t shift = (uint32_t)main->bytes.len;
    const size_t runs = PV_BUF_COUNT(&main->runs, struct pv_run);
    const size_t blocks = PV_BUF_COUNT(&main->blocks, struct pv_block);
    const size_t marks = PV_BUF_COUNT(&main->marks, struct pv_scope_mark);
    if (!pv_buf_append(&main->bytes, side->bytes.data, side->bytes.len)
        || !pv_buf_append(&main->runs, side->runs.data, side->runs.len)
        || !pv_buf_append(&main->blocks, side->blocks.data, side->blocks.len)
        || !pv_buf_append(&main->marks, side->marks.data, side->marks.len))
        return false;
    for (size_t i = runs; i < PV_BUF_COUNT(&main->runs, struct pv_run); i++)
        PV_BUF_ITEMS(&main->runs, struct pv_run)[i].start += shift;
    for (size_t i = blocks; i < PV_BUF_COUNT(&main->blocks, struct pv_block); i++) {
        PV_BUF_ITEMS(&main->blocks, struct pv_block)[i].start += shift;
        PV_BUF_ITEMS(&main->blocks, struct pv_block)[i].end += shift;
    }
    for (size_t i = marks; i < PV_BUF_COUNT(&main->marks, struct pv_scope_mark); i++)
        PV_BUF_ITEMS(&main->marks, struct pv_scope_mark)[i].start += shift;
    return true;
}

void pv_build_finish(struct pv_build *b)
{
    pv_build_side_end(b);
    pv_build_break(b);
    if (b->failed || !b->side || b->side->bytes.len == 0)
        return;
    const struct pv_run *const first = PV_BUF_ITEMS(&b->side->runs, struct pv_run);
    if (!append_side(b->main, b->side, first->origin))
        b->failed = true;
}

/* One block of a finished view. *mark is the mark before it, and is moved on. */
static void copy_block(struct pv_build *b, const struct pv_text *text, const struct pv_block *block,
    size_t *mark, pv_build_fn *write, void *user)
{
    b->passage = block->passage;
    b->as_side = block->side;
    for (size_t from = block->start; from < block->end && !b->failed;) {
        while (*mark + 1 < text->scope_count && text->scopes[*mark + 1].start <= from)
            ++*mark;
        b->scope = text->scopes[*mark].scope;
        size_t to = block->end;
        if (*mark + 1 < text->scope_count && text->scopes[*mark + 1].start < to)
            to = text->scopes[*mark + 1].start;
        from = write(b, user, from, to);
    }
    pv_build_break(b);
}

bool pv_build_copy(const struct pv_text *text, struct pv_layer *out, pv_build_fn *write, void *user)
{
    struct pv_build b;
    pv_build_start(&b, &text->plain, out, NULL);
    b.hold = 1; /* passages keep their numbers */
    for (size_t i = 0, mark = 0; i < text->block_count && !b.failed; i++)
        copy_block(&b, text, &text->blocks[i], &mark, write, user);
    pv_build_finish(&b);
    return !b.failed;
}
