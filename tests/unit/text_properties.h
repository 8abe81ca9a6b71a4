/* text_properties.h: what holds of the views of every draft, however it is written. Shared by the
 * unit test of generated drafts and the fuzz harness. */
#ifndef TEXT_PROPERTIES_H
#define TEXT_PROPERTIES_H

#include <string.h>

#include "text/text.h"
#include "text/utf8.h"

static inline bool is_valid_utf8(const char *s, size_t len)
{
    uint32_t c = 0;
    for (size_t i = 0, size; i < len; i += size) {
        size = pv_utf8_decode(s + i, len - i, &c);
        if (size == 0)
            return false;
    }
    return true;
}

static inline size_t end_of_run(const struct pv_view *view, size_t i)
{
    return i + 1 < view->run_count ? view->runs[i + 1].start : view->len;
}

/* What is wrong with one run, or NULL. */
static inline const char *broken_run(
    const struct pv_view *view, size_t i, const char *below, size_t below_len)
{
    const struct pv_run *const run = &view->runs[i];
    const size_t len = end_of_run(view, i) - run->start;
    if (run->start >= view->len || len == 0 || len > view->len)
        return "an empty run";
    if (run->origin > below_len || run->origin_len > below_len - run->origin)
        return "a run out of range";
    if (run->verbatim
        && (run->origin_len != len
            || memcmp(view->bytes + run->start, below + run->origin, len) != 0))
        return "a verbatim run that differs";
    if (run->origin_len == 0 && (len != 2 || memcmp(view->bytes + run->start, "\n\n", 2) != 0))
        return "text that came from nowhere";
    return NULL;
}

/* `side` is where the side part starts. */
static inline const char *broken_view(
    const struct pv_view *view, const char *below, size_t below_len, size_t side)
{
    size_t reached = 0;
    if (!is_valid_utf8(view->bytes, view->len))
        return "a view that is not UTF-8";
    if (view->len > 0 && (view->run_count == 0 || view->runs[0].start != 0))
        return "a view that no run starts";
    for (size_t i = 0; i < view->run_count; i++) {
        const struct pv_run *const run = &view->runs[i];
        const char *const broken = broken_run(view, i, below, below_len);
        if (broken)
            return broken;
        const bool separator = run->origin_len == 0;
        if (i > 0 && end_of_run(view, i) > side && run->start <= side)
            reached = 0; /* the side part has an order of its own */
        if (!separator && run->origin < reached)
            return "runs out of order, or that overlap";
        if (!separator)
            reached = run->origin + run->origin_len;
    }
    return NULL;
}

static inline size_t side_start(const struct pv_text *text)
{
    for (size_t i = 0; i < text->block_count; i++)
        if (text->blocks[i].side)
            return text->blocks[i].start;
    return text->plain.len;
}

static inline const char *broken_structure(const struct pv_text *text)
{
    size_t reached = 0;
    for (size_t i = 0; i < text->block_count; i++) {
        const struct pv_block *const block = &text->blocks[i];
        if (block->start < reached || block->end <= block->start || block->end > text->plain.len)
            return "blocks out of order, empty or out of range";
        if (i > 0 && text->blocks[i - 1].side && !block->side)
            return "a main block after a side block";
        if (memchr(" \n", text->plain.bytes[block->start], 2)
            || memchr(" \n", text->plain.bytes[block->end - 1], 2))
            return "a block that starts or ends with white space";
        reached = block->end;
    }
    for (size_t i = 0; i < text->scope_count; i++)
        if ((i == 0 ? text->scopes[i].start != 0
                    : text->scopes[i].start <= text->scopes[i - 1].start)
            || text->scopes[i].start >= text->plain.len)
            return "marks out of order or out of range";
    if (text->plain.len > 0 && text->scope_count == 0)
        return "a view without a scope";
    return NULL;
}

static inline bool cuts(const char *s, size_t len, size_t at)
{
    return at < len && ((unsigned char)s[at] & 0xC0) == 0x80;
}

/* What is wrong with the way back of a span, or with its surroundings, or NULL. */
static inline const char *broken_span(const struct pv_text *text, struct pv_span plain)
{
    const struct pv_span source = pv_text_source_span(text, plain);
    if (source.start > source.end || source.end > text->source_len)
        return "a source span out of range";
    if (!text->invalid
        && (cuts(text->source, text->source_len, source.start)
            || cuts(text->source, text->source_len, source.end)))
        return "a source span that cuts a character";
    const struct pv_span round[] = { pv_text_sentence(text, plain), pv_text_passage(text, plain),
        pv_text_words_around(text, plain, 3, 3) };
    for (size_t i = 0; i < sizeof round / sizeof *round; i++)
        if (round[i].start > plain.start || round[i].end < plain.end
            || round[i].end > text->plain.len)
            return "surroundings that do not hold the span";
    return NULL;
}

/* The first property that does not hold, or NULL. */
static inline const char *broken_property(const struct pv_text *text)
{
    const char *broken =
        broken_view(&text->plain, text->source, text->source_len, side_start(text));
    if (!broken)
        broken = broken_view(&text->folded, text->plain.bytes, text->plain.len, text->folded.len);
    if (!broken)
        broken = broken_structure(text);
    for (size_t i = 0; i < text->block_count && i < 50 && !broken; i++) {
        const struct pv_block *const block = &text->blocks[i];
        const size_t middle = block->start + (block->end - block->start) / 2;
        broken = broken_span(text, (struct pv_span){ block->start, block->end });
        if (!broken)
            broken = broken_span(text, (struct pv_span){ middle, block->end });
        if (!broken)
            broken = broken_span(text, (struct pv_span){ middle, middle + 1 });
    }
    return broken;
}

#endif
