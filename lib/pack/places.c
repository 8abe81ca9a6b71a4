/* places.c: the same walk as validate.c, over a tree that has been found right, with the address in
 * the model beside each node; then sorted by address and looked up by halving. A struct and its
 * first member share an address: there the inner one, recorded last, wins. */
#include "pack/places.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct pv_address_place {
    uintptr_t address;
    size_t order; /* of recording: outer before inner */
    struct pv_place place;
};

struct pv_place_level {
    const struct pv_node *next;
    const cyaml_schema_value_t *schema;
    const char *data; /* the struct, or the next entry of the list */
};

struct pv_place_walk {
    struct pv_places *places;
    struct pv_place_level levels[POSTVET_PACK_DEPTH_MAX];
    size_t depth;
    bool failed;
};

static bool pv_places_add(struct pv_places *places, const void *address, struct pv_place place)
{
    const size_t order = PV_BUF_COUNT(&places->items, struct pv_address_place);
    struct pv_address_place *const item = PV_BUF_PUSH(&places->items, struct pv_address_place);
    if (!item)
        return false;
    *item = (struct pv_address_place){ (uintptr_t)address, order, place };
    return true;
}

/* The pointer that is stored at `address`. */
static const char *pv_pointer_at(const char *address)
{
    const char *pointer;
    memcpy(&pointer, address, sizeof(pointer));
    return pointer;
}

static bool pv_is_pointer(const cyaml_schema_value_t *schema)
{
    return (schema->flags & CYAML_FLAG_POINTER) == CYAML_FLAG_POINTER;
}

/* Records a value that is stored at `address` and, if it is a container, walks it next. */
static void pv_place_enter(struct pv_place_walk *walk, const struct pv_node *node,
    const cyaml_schema_value_t *schema, const char *address)
{
    if (!pv_places_add(walk->places, address, node->place))
        walk->failed = true;
    if (schema->type != CYAML_MAPPING && schema->type != CYAML_SEQUENCE)
        return;
    const char *const data = pv_is_pointer(schema) ? pv_pointer_at(address) : address;
    if (data != address && !pv_places_add(walk->places, data, node->place))
        walk->failed = true;
    walk->levels[walk->depth++] = (struct pv_place_level){ node->first, schema, data };
}

static void pv_place_step(struct pv_place_walk *walk)
{
    struct pv_place_level *const level = &walk->levels[walk->depth - 1];
    const struct pv_node *const node = level->next;
    const char *const data = level->data;
    if (!node) {
        walk->depth--;
    } else if (level->schema->type == CYAML_SEQUENCE) {
        const cyaml_schema_value_t *const entry = level->schema->sequence.entry;
        level->next = node->next;
        level->data += pv_is_pointer(entry) ? sizeof(void *) : entry->data_size;
        pv_place_enter(walk, node, entry, data);
    } else {
        const cyaml_schema_field_t *const field =
            pv_schema_field(pv_schema_of_fields(level->schema->mapping.fields), node->text);
        level->next = node->next->next;
        pv_place_enter(walk, node->next, &field->value, data + field->data_offset);
    }
}

static int pv_compare_places(const void *left, const void *right)
{
    const struct pv_address_place *const a = left, *const b = right;
    if (a->address != b->address)
        return a->address < b->address ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

bool pv_places_init(struct pv_places *places, const struct pv_node *root,
    const cyaml_schema_value_t *schema, const void *model)
{
    struct pv_place_walk walk = { .places = places };
    *places = (struct pv_places){ 0 };
    walk.levels[walk.depth++] = (struct pv_place_level){ root->first, schema, model };
    walk.failed = !pv_places_add(places, model, root->place);
    while (walk.depth && !walk.failed)
        pv_place_step(&walk);
    if (walk.failed)
        return false;
    qsort(places->items.data, PV_BUF_COUNT(&places->items, struct pv_address_place),
        sizeof(struct pv_address_place), pv_compare_places);
    return true;
}

void pv_places_release(struct pv_places *places)
{
    pv_buf_release(&places->items);
}

struct pv_place pv_places_find(const struct pv_places *places, const void *address)
{
    const struct pv_address_place *const items =
        PV_BUF_ITEMS(&places->items, const struct pv_address_place);
    size_t low = 0, high = PV_BUF_COUNT(&places->items, struct pv_address_place);
    while (low < high) { /* the last entry at or below the address is items[low - 1] */
        const size_t middle = low + (high - low) / 2;
        if (items[middle].address <= (uintptr_t)address)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || items[low - 1].address != (uintptr_t)address)
        return (struct pv_place){ 0 };
    return items[low - 1].place;
}
