/* arena.c: a list of blocks, the newest first; an object goes to the end of the newest block or
 * opens a block of its own size. */
#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"

#ifndef PV_ARENA_BLOCK
#define PV_ARENA_BLOCK 4096
#endif

#define PV_ALIGN _Alignof(max_align_t)

struct pv_arena_block {
    struct pv_arena_block *next;
    size_t size, used;
    _Alignas(max_align_t) unsigned char data[];
};

static struct pv_arena_block *pv_arena_grow(struct pv_arena *arena, size_t size)
{
    const size_t capacity = size > PV_ARENA_BLOCK ? size : (size_t)PV_ARENA_BLOCK;
    struct pv_arena_block *const block = malloc(sizeof(*block) + capacity);
    if (!block)
        return NULL;
    block->size = capacity;
    block->used = 0;
    block->next = arena->head;
    arena->head = block;
    return block;
}

void *pv_arena_alloc(struct pv_arena *arena, size_t size)
{
    struct pv_arena_block *block = arena->head;
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + PV_ALIGN - 1) / PV_ALIGN * PV_ALIGN;
    if (!block || size > block->size - block->used)
        block = pv_arena_grow(arena, size);
    if (!block)
        return NULL;
    void *const object = block->data + block->used;
    block->used += size;
    return object;
}

void *pv_arena_calloc(struct pv_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    void *const object = pv_arena_alloc(arena, count * size);
    if (object)
        memset(object, 0, count * size);
    return object;
}

char *pv_arena_strndup(struct pv_arena *arena, const char *text, size_t len)
{
    char *const copy = len < SIZE_MAX ? pv_arena_alloc(arena, len + 1) : NULL;
    if (!copy)
        return NULL;
    if (len)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *pv_arena_printf(struct pv_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        return NULL;
    char *const text = pv_arena_alloc(arena, (size_t)len + 1);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return text;
}

void pv_arena_release(struct pv_arena *arena)
{
    struct pv_arena_block *block = arena->head;
    while (block) {
        struct pv_arena_block *const next = block->next;
        pv_wipe(block->data, block->used);
        free(block);
        block = next;
    }
    arena->head = NULL;
}
