/* memory.h: memory for the program. Unlike the library, a program that has run out of memory has
 * nothing better to do than say so and end, so none of these returns NULL. Any thread may. */
#ifndef CLI_MEMORY_H
#define CLI_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

/* Ends the program with a sentence: for what allocates by itself, as jansson does. */
_Noreturn void cli_out_of_memory(void);

/* `count` * `size` zeroed bytes; ends the program with a sentence when there are none. */
void *cli_alloc(size_t count, size_t size);

/* A copy of `len` bytes with a NUL byte after them. */
char *cli_strndup(const char *text, size_t len);

/* malloc() and free() for a library that keeps words of a draft: what is freed is wiped. */
void *cli_wiped_alloc(size_t size);
void cli_wiped_free(void *memory);

/* A growable run of bytes, always followed by a NUL byte once something was added. {0} is empty. */
struct cli_buf {
    char *data;
    size_t len, capacity;
};

/* Makes room for `extra` more bytes and returns where they go; the caller then adds to `len`. */
char *cli_buf_reserve(struct cli_buf *buf, size_t extra);
void cli_buf_add(struct cli_buf *buf, const char *bytes, size_t len);
void cli_buf_puts(struct cli_buf *buf, const char *text);
void cli_buf_fill(struct cli_buf *buf, char byte, size_t count);
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 3)))
#endif
void cli_buf_printf(struct cli_buf *buf, const char *format, ...);
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 0)))
#endif
void cli_buf_vprintf(struct cli_buf *buf, const char *format, va_list args);

/* Empties the buffer and keeps its memory. */
void cli_buf_clear(struct cli_buf *buf);

/* Empties the buffer, and keeps its memory unless it is large: for one of many. */
void cli_buf_recycle(struct cli_buf *buf);

/* Wipes and frees: it may have held words of a draft. */
void cli_buf_release(struct cli_buf *buf);

/* A growable list of strings, owned. {0} is empty. */
struct cli_list {
    char **items;
    size_t count, capacity;
};

/* Takes ownership of `item`, which cli_alloc() or cli_strndup() made. */
void cli_list_add(struct cli_list *list, char *item);

/* Sorts by byte values from item `from` on. */
void cli_list_sort(struct cli_list *list, size_t from);
void cli_list_release(struct cli_list *list);

#endif
