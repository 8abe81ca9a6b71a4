/* position.c: one walk over the source, forwards or backwards from the position before, so that
 * positions in any order cost no more than the way between them and the length of a line. */
#include "text/position.h"

#include <stdbool.h>

#include "text/utf8.h"

/* A place in the walk. `start` is where its line starts, `from` a character boundary in that line
 * that is counted in `column`. */
struct walk {
    const char *source;
    size_t len;
    size_t line, start;
    size_t from, column;
};

/* Whether a line starts at `at`: after LF, or after CR that no LF follows. */
static bool starts_line(const struct walk *w, size_t at)
{
    const char before = w->source[at - 1];
    return before == '\n' || (before == '\r' && (at == w->len || w->source[at] != '\n'));
}

static void enter_line(struct walk *w, size_t start)
{
    w->start = start;
    w->from = start ? start : pv_utf8_bom(w->source, w->len);
    w->column = 1;
}

static void go_back(struct walk *w, size_t byte)
{
    size_t at = w->start;
    while (byte < at) { /* at > 0: it is the start of a line that is not the first */
        w->line--;
        do
            at--;
        while (at > 0 && !starts_line(w, at));
    }
    enter_line(w, at);
}

static void go_on(struct walk *w, size_t byte)
{
    for (;;) {
        if (w->from > w->start && starts_line(w, w->from)) {
            w->line++;
            enter_line(w, w->from);
        }
        if (w->from >= byte)
            return;
        uint32_t c = 0;
        const size_t size = pv_utf8_decode(w->source + w->from, w->len - w->from, &c);
        if (w->from + (size ? size : 1) > byte)
            return; /* inside a character: its own column */
        w->from += size ? size : 1;
        w->column++;
    }
}

void pv_positions(const char *source, size_t len, postvet_position *positions, size_t count)
{
    struct walk w = { .source = source, .len = len, .line = 1 };
    enter_line(&w, 0);
    for (size_t i = 0; i < count; i++) {
        const size_t byte = positions[i].byte < len ? positions[i].byte : len;
        if (byte < w.from)
            go_back(&w, byte);
        go_on(&w, byte);
        positions[i].line = w.line;
        positions[i].column = w.column;
    }
}

size_t pv_utf16_column(const char *source, size_t len, size_t byte)
{
    const struct walk w = { .source = source, .len = len };
    size_t at = byte < len ? byte : len;
    const size_t end = at;
    while (at > 0 && !starts_line(&w, at))
        at--;
    at = at ? at : pv_utf8_bom(source, len);
    size_t column = 1;
    while (at < end) {
        uint32_t c = 0;
        const size_t size = pv_utf8_decode(source + at, len - at, &c);
        if (at + (size ? size : 1) > end)
            break; /* inside a character: its own column */
        column += c >= 0x10000 ? 2 : 1;
        at += size ? size : 1;
    }
    return column;
}
