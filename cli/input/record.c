/* record.c: jansson's own sentences quote what they stumble over, so ours are told by its codes. */
#include "record.h"

#include <string.h>

struct name {
    const char *name; /* NULL ends a list */
    int value;
};

static const struct name voices[] = { { "personal", POSTVET_PERSONAL },
    { "corporate", POSTVET_CORPORATE }, { NULL, 0 } };
static const struct name kinds[] = { { "post", POSTVET_POST }, { "profile", POSTVET_PROFILE },
    { "reply", POSTVET_REPLY }, { NULL, 0 } };
static const struct name markups[] = { { "auto", POSTVET_MARKUP_AUTO },
    { "plain", POSTVET_MARKUP_PLAIN }, { "markdown", POSTVET_MARKUP_MARKDOWN },
    { "html", POSTVET_MARKUP_HTML }, { NULL, 0 } };

static const char *json_problem(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        cli_out_of_memory();
    case json_error_invalid_utf8:
        return "it is not UTF-8";
    case json_error_premature_end_of_input:
        return "its JSON breaks off";
    case json_error_end_of_input_expected:
        return "something stands behind its JSON";
    case json_error_duplicate_key:
        return "a key stands twice";
    case json_error_stack_overflow:
        return "its JSON is nested too deep";
    case json_error_numeric_overflow:
        return "a number is too large";
    default:
        return "it is not JSON";
    }
}

/* Reads the value of a key that may be left out. False when it is none of the names. */
static bool read_name(const json_t *json, const char *key, const struct name *names, int *value)
{
    const json_t *const given = json_object_get(json, key);
    if (!given)
        return true;
    for (; json_is_string(given) && names->name; names++)
        if (strcmp(json_string_value(given), names->name) == 0) {
            *value = names->value;
            return true;
        }
    return false;
}

/* Fills the draft from its JSON; what is wrong with it, or NULL. */
static const char *record_problem(const json_t *json, struct cli_draft *draft)
{
    if (!json_is_object(json))
        return "it is not a JSON object";
    json_t *const id = json_object_get(json, "id");
    const json_t *const text = json_object_get(json, "text");
    int voice = (int)draft->voice, kind = (int)draft->kind, markup = (int)draft->markup;
    if (id && !json_is_string(id) && !json_is_integer(id))
        return "\"id\" is neither a string nor an integer";
    draft->id = id;
    if (!json_is_string(text))
        return "\"text\" is missing, or no string";
    if (!read_name(json, "voice", voices, &voice))
        return "\"voice\" is neither personal nor corporate";
    if (!read_name(json, "kind", kinds, &kind))
        return "\"kind\" is none of post, profile and reply";
    if (!read_name(json, "markup", markups, &markup))
        return "\"markup\" is none of auto, plain, markdown and html";
    draft->voice = (postvet_voice)voice;
    draft->kind = (postvet_kind)kind;
    draft->markup = (postvet_markup)markup;
    draft->text = json_string_value(text);
    draft->len = json_string_length(text);
    return NULL;
}

json_t *cli_record_read(
    const struct cli_buf *line, struct cli_draft *draft, struct cli_buf *problem)
{
    json_error_t error;
    json_t *const json = json_loadb(
        line->data, line->len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, &error);
    const char *const wrong = json ? record_problem(json, draft) : json_problem(&error);
    if (wrong) {
        draft->status = CLI_READ_REFUSED;
        draft->column = !json && error.column > 0 ? (size_t)error.column : 0;
        cli_buf_printf(problem, "could not be read: %s", wrong);
    }
    return json;
}
