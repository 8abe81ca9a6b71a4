/* lines.c: the starts of all lines in order, looked up by halving. */
#include "pack/lines.h"

static bool pv_starts_character(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t pv_count_characters(const char *text, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += pv_starts_character(text[i]);
    return count;
}

static bool pv_lines_add(struct pv_lines *lines, size_t start)
{
    size_t *const item = PV_BUF_PUSH(&lines->starts, size_t);
    if (!item)
        return false;
    *item = start;
    return true;
}

bool pv_lines_init(struct pv_lines *lines, const char *text, size_t len)
{
    *lines = (struct pv_lines){ 0 };
    if (!pv_lines_add(lines, 0))
        return false;
    size_t index = 0;
    for (size_t i = 0; i < len; i++) {
        index += pv_starts_character(text[i]);
        const bool ends_line =
            text[i] == '\n' || (text[i] == '\r' && !(i + 1 < len && text[i + 1] == '\n'));
        if (ends_line && !pv_lines_add(lines, index))
            return false;
    }
    return true;
}

void pv_lines_release(struct pv_lines *lines)
{
    pv_buf_release(&lines->starts);
}

struct pv_place pv_lines_place(const struct pv_lines *lines, size_t index)
{
    const size_t *const starts = PV_BUF_ITEMS(&lines->starts, const size_t);
    size_t low = 0, high = PV_BUF_COUNT(&lines->starts, size_t); /* the line is in [low, high) */
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (starts[middle] <= index)
            low = middle;
        else
            high = middle;
    }
    return (struct pv_place){ .line = low + 1, .column = index - starts[low] + 1 };
}
