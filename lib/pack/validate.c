/* validate.c: one walk over the tree, in the order of the file, with the schema beside it. A stack
 * of the containers on the way holds the state, as deep as the tree may be. A container is checked
 * as a whole when it is entered (what is missing), then key by key or entry by entry. What is
 * under an unknown key or of a wrong type is not entered: nothing is known of it. */
#include "pack/validate.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A container on the way from the root to the node at hand. */
struct pv_level {
    const struct pv_node *node, *next; /* next: the child, or key, to check next */
    const cyaml_schema_value_t *schema;
    const struct pv_mapping_schema *mapping; /* of a mapping; NULL for a list */
    const char *key;                         /* a list: the key that it is the value of */
    const struct pv_grammar *grammar;        /* a list: what its entries take */
    uint64_t present, seen;                  /* a mapping's keys: all, and those already passed */
    size_t lines[PV_SCHEMA_KEYS_MAX];        /* where those were passed, by field */
    const char *label, *id;                  /* Rule "ID": how messages begin; NULL */
};

struct pv_walk {
    const char *name;
    struct pv_report *report;
    struct pv_level levels[POSTVET_PACK_DEPTH_MAX];
    size_t depth;
    postvet_status status;
};

/* Values are quoted in messages up to so many bytes, so that the rest of the sentence has room. */
#define PV_QUOTE_MAX 48

struct pv_quote {
    char text[PV_QUOTE_MAX + 6]; /* two quotes, three dots, the NUL */
};

static struct pv_quote pv_quoted(const char *value)
{
    struct pv_quote quote;
    size_t len = strlen(value);
    const char *const dots = len > PV_QUOTE_MAX ? "..." : "";
    if (len > PV_QUOTE_MAX)
        for (len = PV_QUOTE_MAX; len && ((unsigned char)value[len] & 0xC0) == 0x80;)
            len--;
    snprintf(quote.text, sizeof(quote.text), "\"%.*s%s\"", (int)len, value, dots);
    return quote;
}

#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 3, 4)))
#endif
static void
pv_tell(struct pv_walk *walk, struct pv_place place, const char *format, ...)
{
    char sentence[512];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);

    const struct pv_level *const level = walk->depth ? &walk->levels[walk->depth - 1] : NULL;
    walk->status = POSTVET_ERR_SCHEMA;
    if (level && level->id)
        pv_report_error(walk->report, POSTVET_ERR_SCHEMA, walk->name, place.line, place.column,
            "%s %s: %s", level->label, pv_quoted(level->id).text, sentence);
    else
        pv_report_error(
            walk->report, POSTVET_ERR_SCHEMA, walk->name, place.line, place.column, "%s", sentence);
}

/* ------------------------------------------------------------------ keys as sets */

/* The bit of a key in the masks of its mapping; 0 when it is unknown. */
static uint64_t pv_key_bit(const struct pv_mapping_schema *mapping, const char *key)
{
    const cyaml_schema_field_t *const field = pv_schema_field(mapping, key);
    return field ? (uint64_t)1 << (field - mapping->fields) : 0;
}

static uint64_t pv_keys_mask(const struct pv_mapping_schema *mapping, const char *const *keys)
{
    uint64_t mask = 0;
    for (; *keys; keys++)
        mask |= pv_key_bit(mapping, *keys);
    return mask;
}

static uint64_t pv_keys_present(const struct pv_mapping_schema *mapping, const struct pv_node *node)
{
    uint64_t mask = 0;
    for (const struct pv_node *key = node->first; key; key = key->next->next)
        mask |= pv_key_bit(mapping, key->text);
    return mask;
}

/* "a, b or c" */
static void pv_list_keys(const char *const *keys, char *out, size_t size)
{
    const struct pv_grammar words = { .words = keys };
    pv_grammar_expected(&words, out, size);
}

/* The key in `keys` that is in the mask, or NULL. */
static const char *pv_key_in(
    const struct pv_mapping_schema *mapping, const char *const *keys, uint64_t mask)
{
    for (; *keys; keys++)
        if (mask & pv_key_bit(mapping, *keys))
            return *keys;
    return NULL;
}

/* ------------------------------------------------------------ a mapping as a whole */

static void pv_describe_type(const struct pv_mapping_schema *mapping,
    const cyaml_schema_field_t *field, char *out, size_t size)
{
    if (field->value.type == CYAML_MAPPING)
        snprintf(out, size, "a mapping");
    else if (field->value.type == CYAML_SEQUENCE)
        snprintf(out, size, "a list");
    else
        pv_grammar_expected(pv_schema_grammar(mapping, field->key), out, size);
}

static void pv_check_missing_keys(struct pv_walk *walk, const struct pv_level *level)
{
    char expected[200];
    for (const cyaml_schema_field_t *field = level->mapping->fields; field->key; field++) {
        const bool present = level->present & pv_key_bit(level->mapping, field->key);
        if (present || field->value.flags & CYAML_FLAG_OPTIONAL)
            continue;
        pv_describe_type(level->mapping, field, expected, sizeof(expected));
        pv_tell(walk, level->node->place, "The key \"%s\" is missing; %s was expected.", field->key,
            expected);
    }
}

static void pv_check_choices(struct pv_walk *walk, const struct pv_level *level)
{
    char keys[200];
    for (const struct pv_choice *choice = level->mapping->choices;
         choice && choice->mode != PV_CHOICE_END; choice++) {
        if (choice->mode == PV_CHOICE_WITH
            || level->present & pv_keys_mask(level->mapping, choice->keys))
            continue;
        pv_list_keys(choice->keys, keys, sizeof(keys));
        pv_tell(walk, level->node->place, "A key of %s is missing; %s was expected.",
            level->mapping->name, keys);
    }
}

/* ------------------------------------------------------------------- one of its keys */

static void pv_tell_unknown_key(
    struct pv_walk *walk, const struct pv_level *level, const struct pv_node *key)
{
    const char *names[PV_SCHEMA_KEYS_MAX + 1] = { NULL };
    size_t count = 0;
    for (; level->mapping->fields[count].key; count++)
        names[count] = level->mapping->fields[count].key;
    const char *const near = pv_did_you_mean(key->text, names, count);
    if (near) {
        pv_tell(walk, key->place, "%s is not a key of %s; did you mean \"%s\"?",
            pv_quoted(key->text).text, level->mapping->name, near);
        return;
    }
    char expected[256];
    pv_list_keys(names, expected, sizeof(expected));
    pv_tell(walk, key->place, "%s is not a key of %s; %s was expected.", pv_quoted(key->text).text,
        level->mapping->name, expected);
}

/* Whether the key may stand beside the others. */
static void pv_check_key_choices(
    struct pv_walk *walk, const struct pv_level *level, const struct pv_node *key, uint64_t bit)
{
    char keys[200];
    for (const struct pv_choice *choice = level->mapping->choices;
         choice && choice->mode != PV_CHOICE_END; choice++) {
        if (!(bit & pv_keys_mask(level->mapping, choice->keys)))
            continue;
        const char *const other = pv_key_in(level->mapping, choice->keys, level->seen & ~bit);
        if (choice->mode == PV_CHOICE_ONE && other) {
            pv_list_keys(choice->keys, keys, sizeof(keys));
            pv_tell(walk, key->place,
                "\"%s\" may not stand beside \"%s\"; just one of %s was expected.", key->text,
                other, keys);
        } else if (choice->mode == PV_CHOICE_WITH
                   && !(level->present & pv_keys_mask(level->mapping, choice->with))) {
            pv_list_keys(choice->with, keys, sizeof(keys));
            pv_tell(walk, key->place, "\"%s\" only goes with %s.", key->text, keys);
        }
    }
}

/* The field of a key, or NULL when its value is not to be looked at. */
static const cyaml_schema_field_t *pv_check_key(
    struct pv_walk *walk, struct pv_level *level, const struct pv_node *key)
{
    if (key->type != PV_NODE_SCALAR) {
        if (key->type != PV_NODE_REFUSED)
            pv_tell(walk, key->place, "A key of %s is a %s; a word was expected.",
                level->mapping->name, key->type == PV_NODE_LIST ? "list" : "mapping");
        return NULL;
    }
    const cyaml_schema_field_t *const field = pv_schema_field(level->mapping, key->text);
    if (!field) {
        pv_tell_unknown_key(walk, level, key);
        return NULL;
    }
    const uint64_t bit = pv_key_bit(level->mapping, key->text);
    size_t *const line = &level->lines[field - level->mapping->fields];
    if (level->seen & bit) {
        pv_tell(walk, key->place, "The key \"%s\" is repeated; it was first given on line %zu.",
            key->text, *line);
        return NULL;
    }
    pv_check_key_choices(walk, level, key, bit);
    level->seen |= bit;
    *line = key->place.line;
    return field;
}

/* ---------------------------------------------------------------------------- values */

static void pv_check_scalar(struct pv_walk *walk, const struct pv_node *node, const char *key,
    bool in_list, const struct pv_grammar *grammar)
{
    char expected[256];
    const bool empty =
        node->len == 0
        || (node->plain && (!strcmp(node->text, "~") || !strcmp(node->text, "null")));
    if (!empty && pv_grammar_holds(grammar, node->text))
        return;
    pv_grammar_expected(grammar, expected, sizeof(expected));
    if (empty && in_list)
        pv_tell(walk, node->place, "\"%s\" has an empty entry; %s was expected.", key, expected);
    else if (empty)
        pv_tell(walk, node->place, "\"%s\" is empty; %s was expected.", key, expected);
    else
        pv_tell(walk, node->place, "\"%s\" %s %s; %s was expected.", key, in_list ? "holds" : "is",
            pv_quoted(node->text).text, expected);
}

static const char *pv_node_words(const struct pv_node *node)
{
    switch (node->type) {
    case PV_NODE_MAPPING:
        return "a mapping";
    case PV_NODE_LIST:
        return "a list";
    default:
        return node->len ? "a single text" : "empty";
    }
}

/* Whether the node is of the type that the schema asks for. */
static bool pv_check_type(struct pv_walk *walk, const struct pv_node *node, const char *key,
    bool in_list, enum cyaml_type type)
{
    static const char *const expected[] = { "a text", "a list", "a mapping" };
    const enum pv_node_type wanted = type == CYAML_MAPPING    ? PV_NODE_MAPPING
                                     : type == CYAML_SEQUENCE ? PV_NODE_LIST
                                                              : PV_NODE_SCALAR;
    if (node->type == wanted)
        return true;
    if (node->type != PV_NODE_REFUSED)
        pv_tell(walk, node->place, "%s\"%s\" is %s; %s was expected.",
            in_list ? "An entry of " : "", key, pv_node_words(node), expected[wanted]);
    return false;
}

static void pv_enter_mapping(struct pv_walk *walk, struct pv_level *level)
{
    level->mapping = pv_schema_of_fields(level->schema->mapping.fields);
    level->present = pv_keys_present(level->mapping, level->node);
    if (level->mapping->label)
        for (const struct pv_node *key = level->node->first; key; key = key->next->next)
            if (!strcmp(key->text, "id") && key->next->len) {
                level->label = level->mapping->label;
                level->id = key->next->text;
            }
    pv_check_missing_keys(walk, level);
    pv_check_choices(walk, level);
}

/* Checks a value: a scalar here and now, a container as the next level of the walk. */
static void pv_enter(struct pv_walk *walk, const struct pv_node *node,
    const cyaml_schema_value_t *schema, const char *key, bool in_list,
    const struct pv_grammar *grammar)
{
    if (!pv_check_type(walk, node, key, in_list, schema->type))
        return;
    if (node->type == PV_NODE_SCALAR) {
        pv_check_scalar(walk, node, key, in_list, grammar);
        return;
    }
    const struct pv_level *const outer = walk->depth ? &walk->levels[walk->depth - 1] : NULL;
    struct pv_level *const level = &walk->levels[walk->depth++];
    *level = (struct pv_level){ .node = node,
        .next = node->first,
        .schema = schema,
        .key = key,
        .grammar = grammar,
        .label = outer ? outer->label : NULL,
        .id = outer ? outer->id : NULL };
    if (node->type == PV_NODE_MAPPING)
        pv_enter_mapping(walk, level);
    else if (!node->first)
        pv_tell(
            walk, node->place, "\"%s\" is an empty list; at least one entry was expected.", key);
}

static void pv_step(struct pv_walk *walk)
{
    struct pv_level *const level = &walk->levels[walk->depth - 1];
    const struct pv_node *const node = level->next;
    if (!node) {
        walk->depth--;
        return;
    }
    if (!level->mapping) {
        level->next = node->next;
        pv_enter(walk, node, level->schema->sequence.entry, level->key, true, level->grammar);
        return;
    }
    level->next = node->next->next;
    const cyaml_schema_field_t *const field = pv_check_key(walk, level, node);
    if (field)
        pv_enter(walk, node->next, &field->value, field->key, false,
            pv_schema_grammar(level->mapping, field->key));
}

postvet_status pv_validate(const char *name, const struct pv_node *root,
    const cyaml_schema_value_t *schema, struct pv_report *report)
{
    struct pv_walk walk = { .name = name, .report = report, .status = POSTVET_OK };
    if (root->type != PV_NODE_MAPPING) {
        const char *const what = pv_schema_of_fields(schema->mapping.fields)->name;
        if (root->type == PV_NODE_REFUSED)
            return POSTVET_OK;
        return pv_report_error(report, POSTVET_ERR_SCHEMA, name, root->place.line,
            root->place.column, "The file is %s; %s was expected.", pv_node_words(root), what);
    }
    pv_enter(&walk, root, schema, "", false, NULL);
    while (walk.depth)
        pv_step(&walk);
    return walk.status;
}
