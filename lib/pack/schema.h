/* schema.h: what a rule pack, a profile and a configuration may hold, written once. The tables are
 * libcyaml's, which builds the model from them (build.h); the checker (validate.h) reads the same
 * tables, so that the two cannot disagree. What libcyaml has no words for stands beside: which
 * texts a key takes, and which keys go together. */
#ifndef PV_PACK_SCHEMA_H
#define PV_PACK_SCHEMA_H

#include <cyaml/cyaml.h>

#include "pack/grammar.h"

/* A mapping's keys are bits in a mask of 64. */
#define PV_SCHEMA_KEYS_MAX 64
#define PV_CHOICE_KEYS_MAX 6

/* Which texts a key takes, in itself or in the entries of its list. */
struct pv_key_grammar {
    const char *key; /* NULL ends the table */
    const struct pv_grammar *grammar;
};

enum pv_choice_mode {
    PV_CHOICE_END,
    PV_CHOICE_ONE,  /* exactly one of `keys` */
    PV_CHOICE_SOME, /* at least one of `keys` */
    PV_CHOICE_WITH  /* `keys` only where one of `with` is */
};

struct pv_choice {
    enum pv_choice_mode mode;
    const char *keys[PV_CHOICE_KEYS_MAX + 1]; /* ends with NULL */
    const char *with[PV_CHOICE_KEYS_MAX + 1];
};

/* One kind of mapping. */
struct pv_mapping_schema {
    const cyaml_schema_field_t *fields;
    const char *name;                      /* what messages call it: "a rule" */
    const char *label;                     /* "Rule": messages begin with it and the id; or NULL */
    const struct pv_key_grammar *grammars; /* keys that are not here take any text */
    const struct pv_choice *choices;
};

extern const cyaml_schema_value_t pv_pack_schema;    /* a pointer to struct pv_pack */
extern const cyaml_schema_value_t pv_profile_schema; /* a pointer to struct pv_profile */
extern const cyaml_schema_value_t pv_config_schema;  /* a pointer to struct pv_config */

/* The kind of mapping that has these fields. Each table of fields above has one. */
const struct pv_mapping_schema *pv_schema_of_fields(const cyaml_schema_field_t *fields);

/* The field of a key, or NULL. */
const cyaml_schema_field_t *pv_schema_field(
    const struct pv_mapping_schema *mapping, const char *key);

/* Which texts the key takes. */
const struct pv_grammar *pv_schema_grammar(
    const struct pv_mapping_schema *mapping, const char *key);

#endif
