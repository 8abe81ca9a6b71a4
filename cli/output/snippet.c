/* snippet.c: a line of a draft can be as long as the draft, so nothing here looks at a whole line.
 * From the place to show, it walks outwards a terminal's width at most either way, and collects the
 * characters met as cells; then it chooses which of the cells fit, the place first:
 *
 *     …words before the place words after it…
 *                       ^^^^^
 */
#include "snippet.h"

#include <stdlib.h>

#include "escape.h"

enum { MOST_LINES = 3 };

/* One character of the line. */
struct cell {
    size_t offset;
    size_t len;
    unsigned width; /* as it is shown: masked or not */
    bool masked;
};

/* A window of the line: cells[0 .. count). The place is cells[from .. to). */
struct cells {
    struct cell *cells;
    size_t count, from, to;
    bool more_before, more_after; /* the line goes on where the walk gave up */
};

static bool ends_line(char byte)
{
    return byte == '\n' || byte == '\r';
}

static bool is_masked(const struct cli_excerpted *source, size_t start, size_t end)
{
    size_t low = 0, high = source->masked_count;
    while (low < high) { /* the first span that ends after start */
        const size_t middle = low + (high - low) / 2;
        if (source->masked[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < source->masked_count && source->masked[low].start < end;
}

static struct cell cell_at(const struct cli_excerpted *source, size_t offset)
{
    const struct cli_char c = cli_char_at(source->text + offset, source->len - offset);
    struct cell cell = { .offset = offset, .len = c.len, .width = c.width };
    if (!c.is_space && is_masked(source, offset, offset + c.len)) {
        cell.masked = true;
        cell.width = c.width > 0; /* one star, and none for a combining mark */
    }
    return cell;
}

/* Where the character before `offset` starts. */
static size_t previous(const struct cli_excerpted *source, size_t offset)
{
    size_t start = offset - 1;
    while (start > 0 && offset - start < 4 && ((unsigned char)source->text[start] & 0xC0) == 0x80)
        start--;
    const struct cli_char c = cli_char_at(source->text + start, source->len - start);
    return start + c.len == offset ? start : offset - 1; /* bytes that are not UTF-8 */
}

/* The first offset to collect: at most `most` columns before the place, on its line. The number of
 * characters is bounded too, since combining marks take no column. */
static size_t walk_back(const struct cli_excerpted *source, size_t place, unsigned most)
{
    size_t offset = place;
    unsigned width = 0;
    for (unsigned steps = 0; steps < 4 * most && width <= most; steps++) {
        if (offset == 0 || ends_line(source->text[offset - 1]))
            break;
        offset = previous(source, offset);
        width += cell_at(source, offset).width;
    }
    return offset;
}

static void collect(
    struct cells *found, const struct cli_excerpted *source, struct cli_span place, unsigned most)
{
    const size_t room = (size_t)most * 16 + 16; /* 4 * most in each of three walks, and some */
    found->cells = cli_alloc(room, sizeof *found->cells);
    size_t offset = walk_back(source, place.start, most);
    found->more_before = offset > 0 && !ends_line(source->text[offset - 1]);
    unsigned width_in = 0, width_after = 0;
    while (offset < source->len && found->count < room && !ends_line(source->text[offset])
           && width_in <= most && width_after <= most) {
        const struct cell cell = cell_at(source, offset);
        found->cells[found->count++] = cell;
        if (offset < place.start)
            found->from = found->to = found->count;
        else if (offset < place.end) {
            found->to = found->count;
            width_in += cell.width;
        } else
            width_after += cell.width;
        offset += cell.len;
    }
    found->more_after = offset < source->len && !ends_line(source->text[offset]);
}

static unsigned width_of(const struct cells *cells, size_t from, size_t to)
{
    unsigned width = 0;
    for (size_t i = from; i < to; i++)
        width += cells->cells[i].width;
    return width;
}

/* Which cells to show: [first, last), and whether the line goes on at either side. */
struct window {
    size_t first, last;
    bool cut_before, cut_after;
};

/* After a cut, leaves out combining marks whose letter was cut off. */
static void drop_loose_marks(const struct cells *cells, struct window *window)
{
    while (
        window->cut_before && window->first < cells->from && cells->cells[window->first].width == 0)
        window->first++;
}

/* Gives the place its room, then what comes before it up to half of the rest, and what comes
 * after all that is left. */
static struct window choose_window(const struct cells *cells, unsigned most)
{
    struct window window = { 0, cells->count, cells->more_before, cells->more_after };
    const unsigned ends = (unsigned)window.cut_before + window.cut_after; /* a "…" each */
    if (width_of(cells, 0, cells->count) + ends <= most) {
        drop_loose_marks(cells, &window);
        return window;
    }
    const unsigned in = width_of(cells, cells->from, cells->to);
    const unsigned before = width_of(cells, 0, cells->from);
    const unsigned after = width_of(cells, cells->to, cells->count);
    const unsigned rest = in + 2 < most ? most - in : 2;
    unsigned left = before < rest / 2 ? before : rest / 2;
    const unsigned right = after < rest - left ? after : rest - left;
    left = before < rest - right ? before : rest - right;

    window.cut_before = left < before || cells->more_before;
    window.first = cells->from;
    for (unsigned used = window.cut_before; window.first > 0; window.first--) {
        used += cells->cells[window.first - 1].width;
        if (used > left)
            break;
    }
    drop_loose_marks(cells, &window);
    unsigned used = window.cut_before + width_of(cells, window.first, cells->from);
    for (window.last = cells->from; window.last < cells->count; window.last++) {
        const bool more = window.last + 1 < cells->count || cells->more_after;
        used += cells->cells[window.last].width;
        if (used + more > most)
            break;
    }
    window.cut_after = window.last < cells->count || cells->more_after;
    return window;
}

static void add_line(struct cli_buf *buf, const struct cli_excerpted *source,
    const struct cells *cells, struct window window)
{
    if (window.cut_before)
        cli_buf_puts(buf, "…");
    for (size_t i = window.first; i < window.last; i++) {
        const struct cell *const cell = &cells->cells[i];
        if (cell->masked) {
            cli_buf_fill(buf, '*', cell->width);
        } else {
            const struct cli_char c = cli_char_at(source->text + cell->offset, cell->len);
            cli_buf_add(buf, c.shown, c.shown_len);
        }
    }
    cli_buf_puts(buf, window.cut_after ? "…\n" : "\n");
}

static void add_underline(struct cli_buf *buf, const struct cli_terminal *terminal,
    const struct cells *cells, struct window window)
{
    const size_t to = cells->to < window.last ? cells->to : window.last;
    const unsigned width = width_of(cells, cells->from, to);
    struct cli_buf marks = { 0 };
    cli_buf_fill(buf, ' ', window.cut_before + width_of(cells, window.first, cells->from));
    cli_buf_fill(&marks, '^', width ? width : 1);
    cli_buf_styled(buf, terminal, CLI_RED, marks.data);
    cli_buf_puts(buf, "\n");
    cli_buf_release(&marks);
}

static void add_part(struct cli_buf *buf, const struct cli_terminal *terminal, unsigned indent,
    const struct cli_excerpted *source, struct cli_span place)
{
    const unsigned most = terminal->width - indent;
    struct cells cells = { 0 };
    collect(&cells, source, place, most);
    const struct window window = choose_window(&cells, most);
    cli_buf_fill(buf, ' ', indent);
    add_line(buf, source, &cells, window);
    cli_buf_fill(buf, ' ', indent);
    add_underline(buf, terminal, &cells, window);
    free(cells.cells);
}

void cli_buf_snippet(struct cli_buf *buf, const struct cli_terminal *terminal, unsigned indent,
    const struct cli_excerpted *source, struct cli_span place)
{
    size_t start = place.start;
    for (unsigned lines = 0; lines == 0 || start < place.end; lines++) {
        if (lines == MOST_LINES) {
            cli_buf_fill(buf, ' ', indent);
            cli_buf_puts(buf, "…\n");
            return;
        }
        size_t end = start;
        while (end < place.end && !ends_line(source->text[end]))
            end++;
        add_part(buf, terminal, indent, source, (struct cli_span){ start, end });
        start = end;
        while (start < place.end && ends_line(source->text[start]))
            start++;
    }
}
