/* table.c: an open-addressing hash table that is at most half full; the hash is FNV-1a. */
#include "table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../memory.h"

/* The slot of a name, or the free one where it belongs. */
static struct cli_table_slot *find_slot(const struct cli_table *table, const char *name)
{
    uint32_t hash = 2166136261u;
    for (const char *c = name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t i = hash & (table->capacity - 1);
    while (table->slots[i].name && strcmp(table->slots[i].name, name) != 0)
        i = (i + 1) & (table->capacity - 1);
    return &table->slots[i];
}

void *cli_table_find(const struct cli_table *table, const char *name)
{
    return table->count ? find_slot(table, name)->value : NULL;
}

static void grow(struct cli_table *table)
{
    struct cli_table bigger = { .count = table->count,
        .capacity = table->capacity ? table->capacity * 2 : 32 };
    bigger.slots = cli_alloc(bigger.capacity, sizeof *bigger.slots);
    for (size_t i = 0; i < table->capacity; i++)
        if (table->slots[i].name)
            *find_slot(&bigger, table->slots[i].name) = table->slots[i];
    free(table->slots);
    *table = bigger;
}

const char *cli_table_add(struct cli_table *table, const char *name, void *value)
{
    if (table->count * 2 >= table->capacity)
        grow(table);
    struct cli_table_slot *const slot = find_slot(table, name);
    slot->name = cli_strndup(name, strlen(name));
    slot->value = value;
    table->count++;
    return slot->name;
}

void cli_table_release(struct cli_table *table, void (*free_value)(void *value))
{
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->slots[i].name && free_value)
            free_value(table->slots[i].value);
        free(table->slots[i].name);
    }
    free(table->slots);
    *table = (struct cli_table){ 0 };
}
