/* test_schema.c: that the JSON Schemas for editors say the same as the tables of lib/pack: the same
 * keys, types, words, shapes and choices, in both directions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "pack/schema.h"

/* Both walk no deeper than the tables go. */
struct side {
    const json_t *document;
    char path[256]; /* of the key at hand, for failures */
};

#define ENSURE(condition, side)                                                                    \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_msg("%s: not so: %s", (side)->path, #condition);                                  \
    } while (0)

/* What a "$ref" stands for. */
static const json_t *resolved(const struct side *side, const json_t *schema)
{
    static const char prefix[] = "#/definitions/";
    const char *const ref = json_string_value(json_object_get(schema, "$ref"));
    if (!ref)
        return schema;
    ENSURE(json_object_size(schema) == 1u + (json_object_get(schema, "description") != NULL), side);
    ENSURE(!strncmp(ref, prefix, strlen(prefix)), side);
    const json_t *const target =
        json_object_get(json_object_get(side->document, "definitions"), ref + strlen(prefix));
    ENSURE(target != NULL, side);
    return target;
}

static bool has_string(const json_t *array, const char *text)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (!strcmp(json_string_value(json_array_get(array, i)), text))
            return true;
    return false;
}

/* [{"required": [a]}, {"required": [b]}] against {a, b}. */
static void same_alternatives(
    const struct side *side, const json_t *alternatives, const char *const *keys)
{
    size_t count = 0;
    for (; keys[count]; count++) {
        const json_t *const required =
            json_object_get(json_array_get(alternatives, count), "required");
        ENSURE(json_array_size(required) == 1, side);
        ENSURE(has_string(required, keys[count]), side);
    }
    ENSURE(json_array_size(alternatives) == count, side);
}

static void same_choices(
    const struct side *side, const struct pv_mapping_schema *mapping, const json_t *schema)
{
    const json_t *const all = json_object_get(schema, "allOf");
    const json_t *const dependencies = json_object_get(schema, "dependencies");
    size_t alternatives = 0, dependents = 0;
    for (const struct pv_choice *choice = mapping->choices; choice && choice->mode != PV_CHOICE_END;
         choice++) {
        if (choice->mode != PV_CHOICE_WITH) {
            const char *const word = choice->mode == PV_CHOICE_ONE ? "oneOf" : "anyOf";
            const json_t *const entry = json_array_get(all, alternatives++);
            same_alternatives(side, json_object_get(entry, word), choice->keys);
            continue;
        }
        for (const char *const *key = choice->keys; *key; key++, dependents++)
            same_alternatives(
                side, json_object_get(json_object_get(dependencies, *key), "anyOf"), choice->with);
    }
    ENSURE(json_array_size(all) == alternatives, side);
    ENSURE(json_object_size(dependencies) == dependents, side);
}

/* A number is a text that editors may take for an integer. */
static bool is_text(const json_t *schema)
{
    const json_t *const type = json_object_get(schema, "type");
    return json_is_array(type) ? has_string(type, "string")
                               : !strcmp(json_string_value(type), "string");
}

static void same_words(
    const struct side *side, const struct pv_grammar *grammar, const json_t *schema)
{
    const json_t *const words = json_object_get(schema, "enum");
    size_t count = 0;
    ENSURE(is_text(schema), side);
    if (!grammar->words) {
        ENSURE(words == NULL, side);
        if (grammar->matches)
            ENSURE(json_object_get(schema, "pattern") != NULL, side);
        else
            ENSURE(json_integer_value(json_object_get(schema, "minLength")) == 1, side);
        return;
    }
    for (; grammar->words[count]; count++)
        ENSURE(has_string(words, grammar->words[count]), side);
    ENSURE(json_array_size(words) == count, side);
}

static void same_shape(
    const struct side *side, const struct pv_grammar *grammar, const json_t *schema);

static void same_value(struct side *side, const cyaml_schema_value_t *value,
    const struct pv_grammar *grammar, const json_t *schema);

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the tables */
static void same_mapping(
    struct side *side, const cyaml_schema_field_t *fields, const json_t *schema)
{
    const struct pv_mapping_schema *const mapping = pv_schema_of_fields(fields);
    const json_t *const properties = json_object_get(schema, "properties");
    const json_t *const required = json_object_get(schema, "required");
    const size_t len = strlen(side->path);
    size_t count = 0, required_count = 0;
    ENSURE(!strcmp(json_string_value(json_object_get(schema, "type")), "object"), side);
    ENSURE(json_is_false(json_object_get(schema, "additionalProperties")), side);
    for (; fields[count].key; count++) {
        const cyaml_schema_field_t *const field = &fields[count];
        const bool optional = field->value.flags & CYAML_FLAG_OPTIONAL;
        snprintf(side->path + len, sizeof(side->path) - len, "/%s", field->key);
        ENSURE(json_object_get(properties, field->key) != NULL, side);
        ENSURE(has_string(required, field->key) == !optional, side);
        required_count += !optional;
        same_value(side, &field->value, pv_schema_grammar(mapping, field->key),
            json_object_get(properties, field->key));
        side->path[len] = '\0';
    }
    ENSURE(json_object_size(properties) == count, side);
    ENSURE(count <= PV_SCHEMA_KEYS_MAX, side); /* bits of a mask in the checker */
    ENSURE(json_array_size(required) == required_count, side);
    same_choices(side, mapping, schema);
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the tables */
static void same_value(struct side *side, const cyaml_schema_value_t *value,
    const struct pv_grammar *grammar, const json_t *schema)
{
    schema = resolved(side, schema);
    if (value->type == CYAML_MAPPING) {
        same_mapping(side, value->mapping.fields, schema);
    } else if (value->type == CYAML_SEQUENCE) {
        ENSURE(!strcmp(json_string_value(json_object_get(schema, "type")), "array"), side);
        ENSURE(json_integer_value(json_object_get(schema, "minItems"))
                   == (json_int_t)value->sequence.min,
            side);
        same_value(side, value->sequence.entry, grammar, json_object_get(schema, "items"));
    } else {
        ENSURE(value->type == CYAML_STRING && value->string.min == 1, side);
        same_words(side, grammar, schema);
        same_shape(side, grammar, schema);
    }
}

/* Values near the edge of some shape; the JSON Schema's pattern must say of each what the library
 * says. */
static const char *const samples[] = { "a", "a-1", "A", "a_b", "a/b", "a/", "/a", "a/b/c", "1a",
    "_a", "a b", "a.b", "abcdefghijklmnopqrstuvwxyzabcdef", "abcdefghijklmnopqrstuvwxyzabcdefg",
    "1.0.0", "1.0", "1.0.0.0", "01.0.0", "1.0.0 ", "1.0.x", "0.0.0", "10.20.30", "1234567890.0.0",
    "0 words", "1 word", "1 words", "9 words", "10 words", "49 words", "50 words", "50 word",
    "51 words", "60 words", "100 words", "05 words", "6  words", "6 wordsx", "6words", "sentence",
    "sentences", "paragraph", "document", "A 5.15", "A5.15", "A  5", "A ", "A", "AB 1", "a 1",
    "B App 2", "J 2.2 ", "H 5(1)-a", "K 6,1", "K 0123456789012345678901234567 9",
    "K 0123456789012345678901234567 89", "B", "BB", "\xC3\xA9", "4.2", "App 2", " 4.2", "4.2 ",
    "4.2 (a)", "4,2", "true", "false", "True", "..", "../a", "a/..", "a/../b", "..a", "a/..b",
    "a\\\\b", "**/a.md", "012345678901234567890123456789", "0123456789012345678901234567890" };

static void same_shape(
    const struct side *side, const struct pv_grammar *grammar, const json_t *schema)
{
    const char *const pattern = json_string_value(json_object_get(schema, "pattern"));
    int error;
    PCRE2_SIZE offset;
    if (!pattern)
        return;
    ENSURE(grammar->matches != NULL, side);
    pcre2_code *const code = pcre2_compile(
        (PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_DOLLAR_ENDONLY, &error, &offset, NULL);
    ENSURE(code != NULL, side);
    pcre2_match_data *const data = pcre2_match_data_create_from_pattern(code, NULL);
    ENSURE(data != NULL, side);
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        const bool matches =
            pcre2_match(code, (PCRE2_SPTR)samples[i], PCRE2_ZERO_TERMINATED, 0, 0, data, NULL) > 0;
        if (matches != pv_grammar_holds(grammar, samples[i]))
            fail_msg("%s: \"%s\" is %s to the JSON Schema alone", side->path, samples[i],
                matches ? "right" : "wrong");
    }
    pcre2_match_data_free(data);
    pcre2_code_free(code);
}

static void check_schema(const char *path, const cyaml_schema_value_t *schema)
{
    json_error_t error;
    json_t *const document = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!document)
        fail_msg("%s:%d: %s", path, error.line, error.text);
    struct side side = { .document = document, .path = "" };
    same_value(&side, schema, &pv_grammar_text, document);
    json_decref(document);
}

static void pack_schema_agrees(void **state)
{
    (void)state;
    check_schema(POSTVET_RULES "/schema/pack.json", &pv_pack_schema);
}

static void profile_schema_agrees(void **state)
{
    (void)state;
    check_schema(POSTVET_RULES "/schema/profile.json", &pv_profile_schema);
}

static void config_schema_agrees(void **state)
{
    (void)state;
    check_schema(POSTVET_RULES "/schema/config.json", &pv_config_schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pack_schema_agrees),
        cmocka_unit_test(profile_schema_agrees),
        cmocka_unit_test(config_schema_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
