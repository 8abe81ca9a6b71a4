/* memory.c: everything grows by doubling, and every size is checked before it is used. */
#include "memory.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exit.h"
#include "output/destination.h"

enum { LARGE = 16 * 1024 };

_Noreturn void cli_out_of_memory(void)
{
    fputs("postvet: out of memory\n", stderr);
    fflush(stdout);
    cli_destination_discard();
    _Exit(CLI_EXIT_ERROR); /* not exit(), which two threads may not call at once */
}

void *cli_alloc(size_t count, size_t size)
{
    void *const memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory)
        cli_out_of_memory();
    return memory;
}

char *cli_strndup(const char *text, size_t len)
{
    if (len == SIZE_MAX)
        cli_out_of_memory();
    char *const copy = cli_alloc(len + 1, 1);
    if (len)
        memcpy(copy, text, len);
    return copy;
}

/* Through a volatile pointer, so that no optimiser finds the writes useless. */
static void wipe(void *memory, size_t len)
{
    volatile unsigned char *byte = memory;
    while (len--)
        *byte++ = 0;
}

/* The size of the memory stands before it. */
union header {
    size_t size;
    max_align_t align;
};

void *cli_wiped_alloc(size_t size)
{
    union header *const header =
        size < SIZE_MAX - sizeof *header ? malloc(sizeof *header + size) : NULL;
    if (!header)
        return NULL;
    header->size = size;
    return header + 1;
}

void cli_wiped_free(void *memory)
{
    union header *const header = memory ? (union header *)memory - 1 : NULL;
    if (header)
        wipe(memory, header->size);
    free(header);
}

char *cli_buf_reserve(struct cli_buf *buf, size_t extra)
{
    if (extra >= SIZE_MAX / 2 - buf->len)
        cli_out_of_memory();
    const size_t needed = buf->len + extra + 1;
    if (needed > buf->capacity) {
        size_t capacity = buf->capacity ? buf->capacity : 256;
        while (capacity < needed)
            capacity *= 2;
        char *const data = malloc(capacity); /* not realloc: the old place must be wiped */
        if (!data)
            cli_out_of_memory();
        if (buf->len)
            memcpy(data, buf->data, buf->len);
        if (buf->data)
            wipe(buf->data, buf->capacity); /* also what was there before it was cleared */
        free(buf->data);
        buf->data = data;
        buf->capacity = capacity;
        buf->data[buf->len] = '\0';
    }
    return buf->data + buf->len;
}

void cli_buf_add(struct cli_buf *buf, const char *bytes, size_t len)
{
    char *const place = cli_buf_reserve(buf, len);
    if (len)
        memcpy(place, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void cli_buf_puts(struct cli_buf *buf, const char *text)
{
    cli_buf_add(buf, text, strlen(text));
}

void cli_buf_fill(struct cli_buf *buf, char byte, size_t count)
{
    memset(cli_buf_reserve(buf, count), byte, count);
    buf->len += count;
    buf->data[buf->len] = '\0';
}

void cli_buf_vprintf(struct cli_buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int len = vsnprintf(NULL, 0, format, args);
    if (len > 0) {
        char *const place = cli_buf_reserve(buf, (size_t)len);
        vsnprintf(place, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

void cli_buf_printf(struct cli_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    cli_buf_vprintf(buf, format, args);
    va_end(args);
}

void cli_buf_clear(struct cli_buf *buf)
{
    buf->len = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

void cli_buf_recycle(struct cli_buf *buf)
{
    if (buf->capacity > LARGE)
        cli_buf_release(buf);
    else
        cli_buf_clear(buf);
}

void cli_buf_release(struct cli_buf *buf)
{
    if (buf->data)
        wipe(buf->data, buf->capacity);
    free(buf->data);
    *buf = (struct cli_buf){ 0 };
}

void cli_list_add(struct cli_list *list, char *item)
{
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity ? list->capacity * 2 : 16;
        if (capacity > SIZE_MAX / sizeof *list->items)
            cli_out_of_memory();
        char **const items = realloc(list->items, capacity * sizeof *items);
        if (!items)
            cli_out_of_memory();
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = item;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void cli_list_sort(struct cli_list *list, size_t from)
{
    if (list->count > from)
        qsort(list->items + from, list->count - from, sizeof *list->items, by_bytes);
}

void cli_list_release(struct cli_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct cli_list){ 0 };
}
