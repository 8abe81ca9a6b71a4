/* rows.c: one pass over the blocks, a row at a time; those behind a join move up. */
#include "text/rows.h"

#include "text/ascii.h"

/* Digits of a number of the NHS. */
#define NUMBER_DIGITS 10

#define CELLS_MAX 4

/* Neighbouring cells of figures. */
struct figures {
    size_t first, count, digits;
};

/* How many digits a block has that holds nothing else; 0 for any other block. */
static size_t count_digits(const char *bytes, const struct pv_block *block)
{
    const size_t len = block->end - block->start;
    if (block->side || len > NUMBER_DIGITS)
        return 0;
    for (size_t i = 0; i < len; i++)
        if (!pv_is_digit(bytes[block->start + i]))
            return 0;
    return len;
}

/* The cells of figures that stand side by side from `at` on, before `end`. */
static struct figures read_figures(
    const char *bytes, const struct pv_block *blocks, size_t at, size_t end)
{
    struct figures found = { .first = at };
    for (size_t digits; at < end && (digits = count_digits(bytes, &blocks[at])) > 0; at++) {
        found.digits += digits;
        found.count++;
    }
    return found;
}

/* The only cells of figures that stand side by side in the passage [from, end); none where there
 * are others. */
static struct figures find_only(
    const char *bytes, const struct pv_block *blocks, size_t from, size_t end)
{
    struct figures only = { 0 };
    for (size_t at = from; at < end; at++) {
        const struct figures found = read_figures(bytes, blocks, at, end);
        if (found.count > 1 && only.count > 1)
            return (struct figures){ 0 };
        if (found.count > 1)
            only = found;
        if (found.count > 0)
            at += found.count - 1;
    }
    return only;
}

/* Where the passage ends that begins with block `from`. */
static size_t end_of_passage(const struct pv_block *blocks, size_t from, size_t count)
{
    size_t end = from;
    while (end < count && blocks[end].passage == blocks[from].passage)
        end++;
    return end;
}

/* Where the row ends that begins with block `from`: a passage, or several in a row of one block of
 * figures each, such as the items of a list, where something stands before that says what of. */
static size_t end_of_row(
    const char *bytes, const struct pv_block *blocks, size_t from, size_t count)
{
    size_t end = end_of_passage(blocks, from, count);
    if (from == 0 || end > from + 1 || !count_digits(bytes, &blocks[from]))
        return end;
    while (end < count && count_digits(bytes, &blocks[end])
           && end_of_passage(blocks, end, count) == end + 1)
        end++;
    return end;
}

size_t pv_rows_join(const char *bytes, struct pv_block *blocks, size_t count)
{
    size_t kept = 0;
    for (size_t from = 0, end = 0; from < count; from = end) {
        end = end_of_row(bytes, blocks, from, count);
        struct figures only = { 0 };
        if (end - from > 1)
            only = find_only(bytes, blocks, from, end);
        const bool joins = only.digits == NUMBER_DIGITS
                           && (only.count <= CELLS_MAX || only.count == NUMBER_DIGITS);
        for (size_t i = from; i < end; i++) {
            if (joins && i > only.first && i < only.first + only.count)
                blocks[kept - 1].end = blocks[i].end;
            else
                blocks[kept++] = blocks[i];
        }
    }
    return kept;
}
