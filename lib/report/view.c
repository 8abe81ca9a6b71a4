/* view.c: a block is cut where the scope changes. Each stretch is folded by itself, which is the
 * same as a stretch of the folded view, since folding goes letter by letter. */
#include "report/view.h"

#include "text/position.h"

static char *copy_text(
    struct pv_arena *arena, const char *bytes, size_t len, bool folded, size_t *copy_len)
{
    struct pv_buf buf = { 0 };
    char *copy = NULL;
    *copy_len = len;
    if (!folded)
        return pv_arena_strndup(arena, bytes, len);
    if (pv_text_fold(bytes, len, &buf)) {
        *copy_len = buf.len;
        copy = pv_arena_strndup(arena, buf.len ? buf.data : "", buf.len);
    }
    pv_buf_release(&buf);
    return copy;
}

static bool add_stretch(struct postvet_view *view, const struct pv_text *text, struct pv_span plain,
    bool folded, bool opens_block)
{
    const struct pv_span source = pv_text_source_span(text, plain);
    size_t len = 0;
    const char *const copy = copy_text(
        &view->arena, text->plain.bytes + plain.start, plain.end - plain.start, folded, &len);
    postvet_stretch *const stretch = copy ? PV_BUF_PUSH(&view->stretches, postvet_stretch) : NULL;
    if (!stretch)
        return false;
    *stretch = (postvet_stretch){ .scope = pv_scope_name(pv_text_scope_at(text, plain.start)),
        .text = copy,
        .len = len,
        .start = { .byte = source.start },
        .end = { .byte = source.end },
        .opens_block = opens_block };
    return true;
}

/* Lines and columns of all stretches, in one pass over the source for each end. */
static bool place(struct postvet_view *view, const struct pv_text *text)
{
    const size_t count = PV_BUF_COUNT(&view->stretches, postvet_stretch);
    postvet_stretch *const stretches = PV_BUF_ITEMS(&view->stretches, postvet_stretch);
    postvet_position *const positions = pv_arena_calloc(&view->arena, count, sizeof *positions);
    if (!positions)
        return count == 0;
    for (int end = 0; end <= 1; end++) {
        for (size_t i = 0; i < count; i++)
            positions[i] = end ? stretches[i].end : stretches[i].start;
        pv_positions(text->source, text->source_len, positions, count);
        for (size_t i = 0; i < count; i++)
            *(end ? &stretches[i].end : &stretches[i].start) = positions[i];
    }
    return true;
}

bool pv_view_fill(struct postvet_view *view, const struct pv_text *text, bool folded)
{
    size_t mark = 0;
    for (size_t i = 0; i < text->block_count; i++) {
        const struct pv_block *const block = &text->blocks[i];
        for (size_t from = block->start, to; from < block->end; from = to) {
            while (mark < text->scope_count && text->scopes[mark].start <= from)
                mark++;
            to = block->end;
            if (mark < text->scope_count && text->scopes[mark].start < to)
                to = text->scopes[mark].start;
            if (!add_stretch(
                    view, text, (struct pv_span){ from, to }, folded, from == block->start))
                return false;
        }
    }
    return place(view, text);
}
