/* arena.h: memory for things that die together. Knows nothing of what it holds. */
#ifndef PV_BASE_ARENA_H
#define PV_BASE_ARENA_H

#include <stddef.h>

struct pv_arena_block;

struct pv_arena {
    struct pv_arena_block *head; /* {NULL} is an empty arena */
};

/* Aligned for any type, or NULL. Blocks never move, so the pointer holds until pv_arena_release().
 * PV_ARENA_BLOCK=0 gives each object its own block, so AddressSanitizer sees overruns. */
void *pv_arena_alloc(struct pv_arena *arena, size_t size);

/* pv_arena_alloc() of count * size zeroed bytes; NULL also when the product overflows. */
void *pv_arena_calloc(struct pv_arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of `len` bytes, or NULL. */
char *pv_arena_strndup(struct pv_arena *arena, const char *text, size_t len);

/* A NUL-terminated copy of a formatted sentence, or NULL. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 3)))
#endif
char *
pv_arena_printf(struct pv_arena *arena, const char *format, ...);

/* Wipes and frees every block: an arena may have held words of a draft. */
void pv_arena_release(struct pv_arena *arena);

#endif
