/* schema.c: the tables, from the leaves up: each kind of mapping has its fields, the texts that its
 * keys take, and the choices between its keys. Every text and list is at least one long; a key is
 * required unless it is OPTIONAL. docs/rules.md says what all of it means, and rules/schema/ says
 * it again for editors; a unit test holds the two together. */
#include "pack/schema.h"

#include <stdint.h>
#include <string.h>

#include "pack/model.h"

#define REQUIRED CYAML_FLAG_DEFAULT
#define OPTIONAL CYAML_FLAG_OPTIONAL

#define TEXT(key, needed, type, member)                                                            \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (needed), type, member, 1, CYAML_UNLIMITED)
#define LIST(key, needed, type, member, entry)                                                     \
    CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER | (needed), type, member.items,             \
        member.count, entry, 1, CYAML_UNLIMITED)
#define TEXTS(key, needed, type, member) LIST(key, needed, type, member, &pv_text_entry)

static const cyaml_schema_value_t pv_text_entry = { CYAML_VALUE_STRING(
    CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED) };

/* ------------------------------------------------------------ where, near, adjust */

static const cyaml_schema_field_t pv_where_fields[] = {
    TEXT("group", OPTIONAL, struct pv_where, group),
    TEXT("check", OPTIONAL, struct pv_where, check),
    TEXT("not-check", OPTIONAL, struct pv_where, not_check),
    TEXT("in-list", OPTIONAL, struct pv_where, in_list),
    TEXT("not-in-list", OPTIONAL, struct pv_where, not_in_list),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_where_grammars[] = {
    { "group", &pv_grammar_group },
    { "check", &pv_grammar_id },
    { "not-check", &pv_grammar_id },
    { "in-list", &pv_grammar_ref },
    { "not-in-list", &pv_grammar_ref },
    { NULL, NULL },
};
static const struct pv_choice pv_where_choices[] = {
    { PV_CHOICE_ONE, { "check", "not-check", "in-list", "not-in-list" }, { NULL } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};
static const cyaml_schema_value_t pv_where_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_where, pv_where_fields) };

static const cyaml_schema_field_t pv_near_fields[] = {
    TEXT("cue", OPTIONAL, struct pv_near, cue),
    TEXTS("any", OPTIONAL, struct pv_near, any),
    TEXT("rule", OPTIONAL, struct pv_near, rule),
    TEXT("within", OPTIONAL, struct pv_near, within),
    TEXT("side", OPTIONAL, struct pv_near, side),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_near_grammars[] = {
    { "cue", &pv_grammar_ref },
    { "any", &pv_grammar_ref },
    { "rule", &pv_grammar_id },
    { "within", &pv_grammar_within },
    { "side", &pv_grammar_side },
    { NULL, NULL },
};
static const struct pv_choice pv_near_choices[] = {
    { PV_CHOICE_ONE, { "cue", "any", "rule" }, { NULL } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};
static const cyaml_schema_value_t pv_near_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_near, pv_near_fields) };

static const cyaml_schema_field_t pv_adjust_fields[] = {
    LIST("near", OPTIONAL, struct pv_adjust, near, &pv_near_entry),
    LIST("unless-near", OPTIONAL, struct pv_adjust, unless_near, &pv_near_entry),
    LIST("where", OPTIONAL, struct pv_adjust, where, &pv_where_entry),
    TEXT("up-to", OPTIONAL, struct pv_adjust, up_to),
    TEXT("severity", OPTIONAL, struct pv_adjust, severity),
    TEXT("confidence", OPTIONAL, struct pv_adjust, confidence),
    TEXT("because", OPTIONAL, struct pv_adjust, because),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_adjust_grammars[] = {
    { "up-to", &pv_grammar_words },
    { "severity", &pv_grammar_severity },
    { "confidence", &pv_grammar_confidence },
    { NULL, NULL },
};
static const struct pv_choice pv_adjust_choices[] = {
    { PV_CHOICE_SOME, { "severity", "confidence" }, { NULL } },
    { PV_CHOICE_SOME, { "near", "unless-near", "where", "up-to" }, { NULL } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};
static const cyaml_schema_value_t pv_adjust_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_adjust, pv_adjust_fields) };

/* ------------------------------------------------------------------- find and cues */

/* The keys of find, in `type` at `at`: "" in struct pv_find, "find." in a cue, which has them in
 * itself. */
#define FIND_FIELDS(type, at)                                                                      \
    TEXT("pattern", OPTIONAL, type, at pattern), TEXTS("patterns", OPTIONAL, type, at patterns),   \
        TEXTS("terms", OPTIONAL, type, at terms), TEXT("list", OPTIONAL, type, at list),           \
        TEXT("weigh", OPTIONAL, type, at weigh), TEXT("at-least", OPTIONAL, type, at at_least),    \
        TEXT("at-most", OPTIONAL, type, at at_most), TEXT("view", OPTIONAL, type, at view),        \
        TEXT("case", OPTIONAL, type, at match_case), TEXT("inflect", OPTIONAL, type, at inflect),  \
        TEXT("disguised", OPTIONAL, type, at disguised), TEXTS("skip", OPTIONAL, type, at skip),   \
        TEXTS("only", OPTIONAL, type, at only),                                                    \
        LIST("where", OPTIONAL, type, at where, &pv_where_entry)

#define FIND_GRAMMARS                                                                              \
    { "list", &pv_grammar_ref }, { "weigh", &pv_grammar_ref }, { "at-least", &pv_grammar_weight }, \
        { "at-most", &pv_grammar_negative }, { "view", &pv_grammar_view },                         \
        { "case", &pv_grammar_case }, { "inflect", &pv_grammar_yes_no },                           \
        { "disguised", &pv_grammar_yes_no }, { "skip", &pv_grammar_scope },                        \
    {                                                                                              \
        "only", &pv_grammar_scope                                                                  \
    }

#define FIND_CHOICES                                                                               \
    { PV_CHOICE_WITH, { "at-least", "at-most" }, { "weigh" } },                                    \
        { PV_CHOICE_WITH, { "weigh" }, { "at-least", "at-most" } },                                \
        { PV_CHOICE_WITH, { "view" }, { "pattern", "patterns" } },                                 \
    {                                                                                              \
        PV_CHOICE_WITH, { "case", "inflect", "disguised" },                                        \
        {                                                                                          \
            "terms", "list"                                                                        \
        }                                                                                          \
    }

static const cyaml_schema_field_t pv_find_fields[] = {
    FIND_FIELDS(struct pv_find, ),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_find_grammars[] = { FIND_GRAMMARS, { NULL, NULL } };
static const struct pv_choice pv_find_choices[] = {
    { PV_CHOICE_ONE, { "pattern", "patterns", "terms", "list", "weigh" }, { NULL } },
    FIND_CHOICES,
    { PV_CHOICE_END, { NULL }, { NULL } },
};

static const cyaml_schema_field_t pv_cue_fields[] = {
    TEXT("id", REQUIRED, struct pv_cue, id),
    TEXT("title", OPTIONAL, struct pv_cue, title),
    TEXTS("any", OPTIONAL, struct pv_cue, find.any),
    FIND_FIELDS(struct pv_cue, find.),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_cue_grammars[] = {
    { "id", &pv_grammar_id },
    { "any", &pv_grammar_ref },
    FIND_GRAMMARS,
    { NULL, NULL },
};
static const struct pv_choice pv_cue_choices[] = {
    { PV_CHOICE_ONE, { "pattern", "patterns", "terms", "list", "weigh", "any" }, { NULL } },
    FIND_CHOICES,
    { PV_CHOICE_END, { NULL }, { NULL } },
};
static const cyaml_schema_value_t pv_cue_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_cue, pv_cue_fields) };

/* --------------------------------------------------------------- fragments and lists */

static const cyaml_schema_field_t pv_fragment_fields[] = {
    TEXT("id", REQUIRED, struct pv_fragment, id),
    TEXT("pattern", REQUIRED, struct pv_fragment, pattern),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_id_grammars[] = {
    { "id", &pv_grammar_id },
    { NULL, NULL },
};
static const cyaml_schema_value_t pv_fragment_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_fragment, pv_fragment_fields) };

static const cyaml_schema_field_t pv_list_fields[] = {
    TEXT("id", REQUIRED, struct pv_list, id),
    TEXTS("entries", REQUIRED, struct pv_list, entries),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t pv_list_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_list, pv_list_fields) };

/* ---------------------------------------------------------------------------- rules */

static const cyaml_schema_field_t pv_when_fields[] = {
    TEXTS("voice", OPTIONAL, struct pv_when, voice),
    TEXTS("kind", OPTIONAL, struct pv_when, kind),
    TEXTS("profile", OPTIONAL, struct pv_when, profile),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_when_grammars[] = {
    { "voice", &pv_grammar_voice },
    { "kind", &pv_grammar_kind },
    { "profile", &pv_grammar_id },
    { NULL, NULL },
};
static const struct pv_choice pv_when_choices[] = {
    { PV_CHOICE_SOME, { "voice", "kind", "profile" }, { NULL } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};

static const cyaml_schema_field_t pv_missing_fields[] = {
    TEXTS("have", REQUIRED, struct pv_missing, have),
    TEXTS("lack", REQUIRED, struct pv_missing, lack),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_missing_grammars[] = {
    { "have", &pv_grammar_ref },
    { "lack", &pv_grammar_ref },
    { NULL, NULL },
};

static const cyaml_schema_field_t pv_together_fields[] = {
    TEXTS("cues", REQUIRED, struct pv_together, cues),
    TEXT("at-least", REQUIRED, struct pv_together, at_least),
    TEXT("within", OPTIONAL, struct pv_together, within),
    TEXT("reach", OPTIONAL, struct pv_together, reach),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_together_grammars[] = {
    { "cues", &pv_grammar_ref },
    { "at-least", &pv_grammar_several },
    { "within", &pv_grammar_within },
    { "reach", &pv_grammar_reach },
    { NULL, NULL },
};

static const cyaml_schema_field_t pv_tests_fields[] = {
    TEXTS("match", REQUIRED, struct pv_tests, match),
    TEXTS("no-match", REQUIRED, struct pv_tests, no_match),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t pv_setting_fields[] = {
    TEXT("voice", OPTIONAL, struct pv_setting, voice),
    TEXT("kind", OPTIONAL, struct pv_setting, kind),
    TEXT("markup", OPTIONAL, struct pv_setting, markup),
    TEXTS("match", OPTIONAL, struct pv_setting, match),
    TEXTS("no-match", OPTIONAL, struct pv_setting, no_match),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_setting_grammars[] = {
    { "voice", &pv_grammar_voice },
    { "kind", &pv_grammar_kind },
    { "markup", &pv_grammar_markup },
    { NULL, NULL },
};
static const struct pv_choice pv_setting_choices[] = {
    { PV_CHOICE_SOME, { "match", "no-match" }, { NULL } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};
static const cyaml_schema_value_t pv_setting_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_setting, pv_setting_fields) };

static const cyaml_schema_field_t pv_rule_fields[] = {
    TEXT("id", REQUIRED, struct pv_rule, id),
    TEXT("title", REQUIRED, struct pv_rule, title),
    TEXT("severity", REQUIRED, struct pv_rule, severity),
    TEXT("confidence", REQUIRED, struct pv_rule, confidence),
    CYAML_FIELD_MAPPING_PTR("find", OPTIONAL, struct pv_rule, find, pv_find_fields),
    CYAML_FIELD_MAPPING_PTR("missing", OPTIONAL, struct pv_rule, missing, pv_missing_fields),
    CYAML_FIELD_MAPPING_PTR("together", OPTIONAL, struct pv_rule, together, pv_together_fields),
    CYAML_FIELD_MAPPING("when", OPTIONAL, struct pv_rule, when, pv_when_fields),
    LIST("near", OPTIONAL, struct pv_rule, near, &pv_near_entry),
    LIST("unless-near", OPTIONAL, struct pv_rule, unless_near, &pv_near_entry),
    LIST("adjust", OPTIONAL, struct pv_rule, adjust, &pv_adjust_entry),
    TEXT("pack-adjust", OPTIONAL, struct pv_rule, pack_adjust),
    TEXTS("skip", OPTIONAL, struct pv_rule, skip),
    TEXTS("only", OPTIONAL, struct pv_rule, only),
    TEXTS("yields", OPTIONAL, struct pv_rule, yields),
    TEXT("message", REQUIRED, struct pv_rule, message),
    TEXT("advice", REQUIRED, struct pv_rule, advice),
    TEXTS("cites", REQUIRED, struct pv_rule, cites),
    TEXT("suppressible", OPTIONAL, struct pv_rule, suppressible),
    CYAML_FIELD_MAPPING("tests", REQUIRED, struct pv_rule, tests, pv_tests_fields),
    LIST("more-tests", OPTIONAL, struct pv_rule, more_tests, &pv_setting_entry),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_rule_grammars[] = {
    { "id", &pv_grammar_id },
    { "severity", &pv_grammar_severity },
    { "confidence", &pv_grammar_confidence },
    { "skip", &pv_grammar_scope },
    { "only", &pv_grammar_scope },
    { "yields", &pv_grammar_id },
    { "cites", &pv_grammar_cite },
    { "suppressible", &pv_grammar_suppressible },
    { "pack-adjust", &pv_grammar_yes_no },
    { NULL, NULL },
};
static const struct pv_choice pv_rule_choices[] = {
    { PV_CHOICE_ONE, { "find", "missing", "together" }, { NULL } },
    { PV_CHOICE_WITH, { "near", "unless-near", "adjust", "pack-adjust" }, { "find", "together" } },
    { PV_CHOICE_WITH, { "skip", "only" }, { "find" } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};
static const cyaml_schema_value_t pv_rule_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_rule, pv_rule_fields) };

/* ----------------------------------------------------------------------- the pack */

static const cyaml_schema_field_t pv_pack_fields[] = {
    TEXT("pack", REQUIRED, struct pv_pack, id),
    TEXT("title", REQUIRED, struct pv_pack, title),
    TEXT("version", REQUIRED, struct pv_pack, version),
    TEXT("description", OPTIONAL, struct pv_pack, description),
    LIST("fragments", OPTIONAL, struct pv_pack, fragments, &pv_fragment_entry),
    LIST("lists", OPTIONAL, struct pv_pack, lists, &pv_list_entry),
    LIST("cues", OPTIONAL, struct pv_pack, cues, &pv_cue_entry),
    LIST("unless-near", OPTIONAL, struct pv_pack, unless_near, &pv_near_entry),
    LIST("adjust", OPTIONAL, struct pv_pack, adjust, &pv_adjust_entry),
    LIST("rules", OPTIONAL, struct pv_pack, rules, &pv_rule_entry),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_pack_grammars[] = {
    { "pack", &pv_grammar_id },
    { "version", &pv_grammar_version },
    { NULL, NULL },
};
static const struct pv_choice pv_pack_choices[] = {
    { PV_CHOICE_SOME, { "rules", "cues", "lists", "fragments" }, { NULL } },
    { PV_CHOICE_WITH, { "unless-near", "adjust" }, { "rules" } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};
const cyaml_schema_value_t pv_pack_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct pv_pack, pv_pack_fields) };

/* --------------------------------------------------------------------- the profile */

static const struct pv_key_grammar pv_trust_list_grammars[] = {
    { "id", &pv_grammar_trust_list },
    { NULL, NULL },
};
static const cyaml_schema_field_t pv_trust_list_fields[] = {
    TEXT("id", REQUIRED, struct pv_list, id),
    TEXTS("entries", REQUIRED, struct pv_list, entries),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t pv_trust_list_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_list, pv_trust_list_fields) };

static const cyaml_schema_field_t pv_wording_fields[] = {
    TEXT("key", REQUIRED, struct pv_wording, key),
    TEXT("text", REQUIRED, struct pv_wording, text),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_wording_grammars[] = {
    { "key", &pv_grammar_wording },
    { NULL, NULL },
};
static const cyaml_schema_value_t pv_wording_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_wording, pv_wording_fields) };

static const cyaml_schema_field_t pv_override_fields[] = {
    TEXT("rule", REQUIRED, struct pv_override, rule),
    TEXT("severity", REQUIRED, struct pv_override, severity),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_override_grammars[] = {
    { "rule", &pv_grammar_id },
    { "severity", &pv_grammar_override },
    { NULL, NULL },
};
static const cyaml_schema_value_t pv_override_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_override, pv_override_fields) };

static const cyaml_schema_field_t pv_section_fields[] = {
    TEXT("section", REQUIRED, struct pv_section, section),
    TEXTS("rules", REQUIRED, struct pv_section, rules),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_section_grammars[] = {
    { "section", &pv_grammar_section },
    { "rules", &pv_grammar_id },
    { NULL, NULL },
};
static const cyaml_schema_value_t pv_section_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_section, pv_section_fields) };

static const cyaml_schema_field_t pv_profile_fields[] = {
    TEXT("profile", REQUIRED, struct pv_profile, id),
    TEXT("title", REQUIRED, struct pv_profile, title),
    TEXT("key", OPTIONAL, struct pv_profile, key),
    TEXT("ods", OPTIONAL, struct pv_profile, ods),
    TEXT("document", OPTIONAL, struct pv_profile, document),
    LIST("lists", OPTIONAL, struct pv_profile, lists, &pv_trust_list_entry),
    LIST("wording", OPTIONAL, struct pv_profile, wording, &pv_wording_entry),
    LIST("severity", OPTIONAL, struct pv_profile, severity, &pv_override_entry),
    LIST("sections", OPTIONAL, struct pv_profile, sections, &pv_section_entry),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_profile_grammars[] = {
    { "profile", &pv_grammar_id },
    { "key", &pv_grammar_trust_key },
    { NULL, NULL },
};
static const struct pv_choice pv_profile_choices[] = {
    { PV_CHOICE_WITH, { "sections" }, { "document" } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};
const cyaml_schema_value_t pv_profile_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct pv_profile, pv_profile_fields) };

/* --------------------------------------------------------------- the configuration */

static const cyaml_schema_field_t pv_allow_fields[] = {
    TEXT("phrase", OPTIONAL, struct pv_allow, phrase),
    TEXT("pattern", OPTIONAL, struct pv_allow, pattern),
    TEXTS("rules", OPTIONAL, struct pv_allow, rules),
    TEXTS("paths", OPTIONAL, struct pv_allow, paths),
    TEXT("reason", REQUIRED, struct pv_allow, reason),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_allow_grammars[] = {
    { "rules", &pv_grammar_id },
    { "paths", &pv_grammar_paths },
    { NULL, NULL },
};
static const struct pv_choice pv_allow_choices[] = {
    { PV_CHOICE_ONE, { "phrase", "pattern" }, { NULL } },
    { PV_CHOICE_END, { NULL }, { NULL } },
};
static const cyaml_schema_value_t pv_allow_entry = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct pv_allow, pv_allow_fields) };

static const cyaml_schema_field_t pv_config_fields[] = {
    TEXT("root", OPTIONAL, struct pv_config, root),
    TEXT("extends", OPTIONAL, struct pv_config, extends),
    TEXT("profile", OPTIONAL, struct pv_config, profile),
    TEXT("voice", OPTIONAL, struct pv_config, voice),
    TEXT("kind", OPTIONAL, struct pv_config, kind),
    TEXT("fail-on", OPTIONAL, struct pv_config, fail_on),
    TEXTS("rules", OPTIONAL, struct pv_config, rules),
    TEXTS("enable", OPTIONAL, struct pv_config, enable),
    TEXTS("disable", OPTIONAL, struct pv_config, disable),
    LIST("severity", OPTIONAL, struct pv_config, severity, &pv_override_entry),
    LIST("allow", OPTIONAL, struct pv_config, allow, &pv_allow_entry),
    TEXTS("exclude", OPTIONAL, struct pv_config, exclude),
    TEXTS("lock", OPTIONAL, struct pv_config, lock),
    CYAML_FIELD_END,
};
static const struct pv_key_grammar pv_config_grammars[] = {
    { "root", &pv_grammar_truth },
    { "voice", &pv_grammar_voice },
    { "kind", &pv_grammar_kind },
    { "fail-on", &pv_grammar_severity },
    { "enable", &pv_grammar_id },
    { "disable", &pv_grammar_id },
    { "exclude", &pv_grammar_paths },
    { "lock", &pv_grammar_id },
    { NULL, NULL },
};
const cyaml_schema_value_t pv_config_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct pv_config, pv_config_fields) };

/* ----------------------------------------------------------------- kinds of mapping */

static const struct pv_mapping_schema pv_mapping_schemas[] = {
    { pv_pack_fields, "a rule pack", NULL, pv_pack_grammars, pv_pack_choices },
    { pv_fragment_fields, "a fragment", "Fragment", pv_id_grammars, NULL },
    { pv_list_fields, "a list", "List", pv_id_grammars, NULL },
    { pv_cue_fields, "a cue", "Cue", pv_cue_grammars, pv_cue_choices },
    { pv_rule_fields, "a rule", "Rule", pv_rule_grammars, pv_rule_choices },
    { pv_find_fields, "find", NULL, pv_find_grammars, pv_find_choices },
    { pv_missing_fields, "missing", NULL, pv_missing_grammars, NULL },
    { pv_together_fields, "together", NULL, pv_together_grammars, NULL },
    { pv_when_fields, "when", NULL, pv_when_grammars, pv_when_choices },
    { pv_where_fields, "where", NULL, pv_where_grammars, pv_where_choices },
    { pv_near_fields, "near", NULL, pv_near_grammars, pv_near_choices },
    { pv_adjust_fields, "adjust", NULL, pv_adjust_grammars, pv_adjust_choices },
    { pv_tests_fields, "tests", NULL, NULL, NULL },
    { pv_setting_fields, "more-tests", NULL, pv_setting_grammars, pv_setting_choices },
    { pv_profile_fields, "a profile", NULL, pv_profile_grammars, pv_profile_choices },
    { pv_trust_list_fields, "a list", "List", pv_trust_list_grammars, NULL },
    { pv_wording_fields, "wording", NULL, pv_wording_grammars, NULL },
    { pv_override_fields, "severity", NULL, pv_override_grammars, NULL },
    { pv_section_fields, "sections", NULL, pv_section_grammars, NULL },
    { pv_config_fields, "a configuration", NULL, pv_config_grammars, NULL },
    { pv_allow_fields, "allow", NULL, pv_allow_grammars, pv_allow_choices },
};

const struct pv_mapping_schema *pv_schema_of_fields(const cyaml_schema_field_t *fields)
{
    const struct pv_mapping_schema *schema = pv_mapping_schemas;
    while (schema->fields != fields)
        schema++;
    return schema;
}

const cyaml_schema_field_t *pv_schema_field(
    const struct pv_mapping_schema *mapping, const char *key)
{
    for (const cyaml_schema_field_t *field = mapping->fields; field->key; field++)
        if (!strcmp(field->key, key))
            return field;
    return NULL;
}

const struct pv_grammar *pv_schema_grammar(const struct pv_mapping_schema *mapping, const char *key)
{
    for (const struct pv_key_grammar *item = mapping->grammars; item && item->key; item++)
        if (!strcmp(item->key, key))
            return item->grammar;
    return &pv_grammar_text;
}
