/* spy_free.c: loaded before the C library, looks into all memory that is given back for the words
 * in SPY_WORDS, and ends the program with status 99 when it finds them there. */
#define _GNU_SOURCE
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void __libc_free(void *memory);
void *__libc_malloc(size_t size);

static void look(void *memory)
{
    static const char said[] = "spy_free: words of the draft are left in memory that was freed\n";
    const char *const words = getenv("SPY_WORDS");
    if (!memory || !words || !memmem(memory, malloc_usable_size(memory), words, strlen(words)))
        return;
    (void)!write(STDERR_FILENO, said, sizeof said - 1);
    _exit(99);
}

void free(void *memory)
{
    look(memory);
    __libc_free(memory);
}

/* Moves always: the C library might, and leave the old words where they were. */
void *realloc(void *memory, size_t size)
{
    void *const other = __libc_malloc(size ? size : 1);
    if (other && memory) {
        const size_t had = malloc_usable_size(memory);
        memcpy(other, memory, had < size ? had : size);
        free(memory);
    }
    return other;
}
