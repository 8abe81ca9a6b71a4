/* table.h: things found by a name, each name once. Knows nothing of what they are. */
#ifndef CLI_CONFIG_TABLE_H
#define CLI_CONFIG_TABLE_H

#include <stddef.h>

struct cli_table_slot {
    char *name; /* NULL: free */
    void *value;
};

/* {0} is empty. */
struct cli_table {
    struct cli_table_slot *slots;
    size_t count, capacity; /* a power of two */
};

/* The value of a name, or NULL. */
void *cli_table_find(const struct cli_table *table, const char *name);

/* Adds a value, not NULL, under a name that is not there yet; the name is copied, and the copy
 * returned. */
const char *cli_table_add(struct cli_table *table, const char *name, void *value);

/* Frees the table, and each value with `free_value`, which may be NULL. */
void cli_table_release(struct cli_table *table, void (*free_value)(void *value));

#endif
