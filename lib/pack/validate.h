/* validate.h: a tree of YAML nodes against the schema. Tells every error in the order of the file,
 * with the id of the rule or cue that it stands in and what was expected instead. */
#ifndef PV_PACK_VALIDATE_H
#define PV_PACK_VALIDATE_H

#include "pack/schema.h"
#include "pack/tree.h"

/* `root` comes from pv_tree_parse(); what it refused is passed over. Returns POSTVET_OK when
 * nothing was wrong: then libcyaml, too, will take the text. */
postvet_status pv_validate(const char *name, const struct pv_node *root,
    const cyaml_schema_value_t *schema, struct pv_report *report);

#endif
