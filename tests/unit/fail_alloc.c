/* fail_alloc.c: see fail_alloc.h. */
#include "fail_alloc.h"

#include <stdbool.h>
#include <stdlib.h>

static size_t asked, first_failing, failing_count;

void fail_alloc_start(size_t nth, size_t count)
{
    asked = 0;
    first_failing = nth;
    failing_count = count;
}

size_t fail_alloc_stop(void)
{
    first_failing = 0;
    return asked;
}

static bool fails_now(void)
{
    asked++;
    return first_failing && asked >= first_failing && asked - first_failing < failing_count;
}

/* The linker's names. NOLINTBEGIN(bugprone-reserved-identifier) */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);
/* NOLINTEND(bugprone-reserved-identifier) */

void *__wrap_malloc(size_t size)
{
    return fails_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return fails_now() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return fails_now() ? NULL : __real_strdup(text);
}
