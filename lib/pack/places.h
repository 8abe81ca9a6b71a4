/* places.h: where in the file each value of a model stands, found by the value's address. */
#ifndef PV_PACK_PLACES_H
#define PV_PACK_PLACES_H

#include "base/buf.h"
#include "pack/schema.h"
#include "pack/tree.h"

struct pv_places {
    struct pv_buf items; /* of struct pv_address_place, by address */
};

/* Walks the model and the tree that it was built from together. False when out of memory; call
 * pv_places_release() either way. */
bool pv_places_init(struct pv_places *places, const struct pv_node *root,
    const cyaml_schema_value_t *schema, const void *model);
void pv_places_release(struct pv_places *places);

/* {0, 0} for an address that was not recorded. */
struct pv_place pv_places_find(const struct pv_places *places, const void *address);

#endif
