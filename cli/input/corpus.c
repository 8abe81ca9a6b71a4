/* corpus.c: line by line; what is wrong in one line does not hide what is wrong in the next. */
#include "corpus.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../memory.h"
#include "../output/stream.h"
#include "read.h"

/* ------------------------------------------------------------------- labels */

/* The categories of a label: a name, a list of them, or an object with either as "category". */
static const json_t *categories(const json_t *label)
{
    return json_is_object(label) ? json_object_get(label, "category") : label;
}

bool cli_label_has(const json_t *label, const char *category)
{
    const json_t *const names = categories(label);
    if (json_is_string(names))
        return strcmp(json_string_value(names), category) == 0;
    for (size_t i = 0; i < json_array_size(names); i++)
        if (strcmp(json_string_value(json_array_get(names, i)), category) == 0)
            return true;
    return false;
}

const char *cli_label_category(const json_t *label)
{
    const json_t *const names = categories(label);
    return json_string_value(json_is_array(names) ? json_array_get(names, 0) : names);
}

size_t cli_case_find(const struct cli_case *labelled, const json_t *match, size_t from)
{
    const char *const words = json_string_value(match);
    const size_t len = json_string_length(match);
    for (size_t at = from; len <= labelled->len && at <= labelled->len - len; at++)
        if (memcmp(labelled->text + at, words, len) == 0)
            return at;
    return SIZE_MAX;
}

/* ------------------------------------------------------------------- checks */

/* Whether a label names categories: a string, or a list of at least one. */
static bool has_categories(const json_t *label)
{
    const json_t *const names = categories(label);
    bool fine = json_is_string(names) || json_array_size(names) > 0;
    for (size_t i = 0; fine && i < json_array_size(names); i++)
        fine = json_is_string(json_array_get(names, i));
    return fine;
}

/* What is wrong with the labels, or NULL. */
static const char *labels_problem(const struct cli_case *labelled)
{
    if ((labelled->expect && !json_is_array(labelled->expect))
        || (labelled->may && !json_is_array(labelled->may)))
        return "\"expect\" and \"may\" are lists";
    for (size_t i = 0; i < json_array_size(labelled->may); i++)
        if (!has_categories(json_array_get(labelled->may, i)))
            return "an entry of \"may\" has no category";
    for (size_t i = 0; i < json_array_size(labelled->expect); i++) {
        const json_t *const label = json_array_get(labelled->expect, i);
        const json_t *const match = json_object_get(label, "match");
        if (!json_is_object(label) || !has_categories(label))
            return "an entry of \"expect\" has no category";
        if (match
            && (json_string_length(match) == 0 || cli_case_find(labelled, match, 0) == SIZE_MAX))
            return "a \"match\" does not stand in the text";
    }
    if (labelled->clean != (json_array_size(labelled->expect) == 0))
        return "\"clean\" and \"expect\" disagree";
    return NULL;
}

/* Reads "voice" and "kind_of_draft", which may be left out. */
static bool read_setting(struct cli_case *labelled)
{
    const json_t *const voice = json_object_get(labelled->json, "voice");
    const json_t *const kind = json_object_get(labelled->json, "kind_of_draft");
    const char *const voice_name = voice ? json_string_value(voice) : "personal";
    const char *const kind_name = kind ? json_string_value(kind) : "post";
    if (!voice_name || !kind_name)
        return false;
    labelled->voice = strcmp(voice_name, "corporate") == 0 ? POSTVET_CORPORATE : POSTVET_PERSONAL;
    labelled->kind = strcmp(kind_name, "profile") == 0 ? POSTVET_PROFILE
                     : strcmp(kind_name, "reply") == 0 ? POSTVET_REPLY
                                                       : POSTVET_POST;
    return (labelled->voice || strcmp(voice_name, "personal") == 0)
           && (labelled->kind || strcmp(kind_name, "post") == 0);
}

/* Fills the case from its JSON; what is wrong with it, or NULL. `ids` are those read before. */
static const char *case_problem(struct cli_case *labelled, json_t *ids)
{
    const json_t *const text = json_object_get(labelled->json, "text");
    labelled->id = json_string_value(json_object_get(labelled->json, "id"));
    if (!labelled->id || !json_is_string(text))
        return "\"id\" and \"text\" must be there, and strings";
    if (json_object_get(ids, labelled->id))
        return "its id stands twice";
    if (json_object_set_new(ids, labelled->id, json_true()) != 0)
        cli_out_of_memory();
    labelled->text = json_string_value(text);
    labelled->len = json_string_length(text);
    labelled->expect = json_object_get(labelled->json, "expect");
    labelled->may = json_object_get(labelled->json, "may");
    labelled->clean = json_is_true(json_object_get(labelled->json, "clean"));
    if (!read_setting(labelled))
        return "\"voice\" is personal or corporate, \"kind_of_draft\" post, profile or reply";
    return labels_problem(labelled);
}

/* ------------------------------------------------------------------ reading */

/* Takes a line of JSON; false after a sentence. */
static bool add_case(struct cli_corpus *corpus, json_t *ids, const char *path, size_t number,
    const char *line, size_t len)
{
    json_error_t error;
    json_t *const json = json_loadb(line, len, JSON_ALLOW_NUL, &error);
    if (!json && json_error_code(&error) == json_error_out_of_memory)
        cli_out_of_memory();
    if (!json_is_object(json)) {
        cli_complain("%s:%zu: it is not a JSON object", path, number);
        json_decref(json);
        return false;
    }
    struct cli_case *const labelled = &corpus->cases[corpus->count++];
    labelled->json = json;
    const char *const problem = case_problem(labelled, ids);
    if (problem)
        cli_complain("%s:%zu: %s", path, number, problem);
    return !problem;
}

static bool is_blank(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!strchr(" \t\r", line[i]) || !line[i])
            return false;
    return true;
}

static bool add_lines(struct cli_corpus *corpus, const char *path, const struct cli_buf *text)
{
    json_t *const ids = json_object();
    const char *line = text->data, *const end = text->data + text->len;
    bool fine = true;
    size_t lines = 1;
    if (!ids)
        cli_out_of_memory();
    for (size_t i = 0; i < text->len; i++)
        lines += text->data[i] == '\n';
    corpus->cases = cli_alloc(lines, sizeof *corpus->cases);
    for (size_t number = 1; line < end; number++) {
        const char *const newline = memchr(line, '\n', (size_t)(end - line));
        const size_t len = (size_t)((newline ? newline : end) - line);
        if (!is_blank(line, len))
            fine = add_case(corpus, ids, path, number, line, len) && fine;
        line += len + 1;
    }
    json_decref(ids);
    if (fine && corpus->count == 0)
        cli_complain("%s: there are no labelled drafts in it", path);
    return fine && corpus->count > 0;
}

bool cli_corpus_read(struct cli_corpus *corpus, const char *path)
{
    struct cli_buf text = { 0 }, problem = { 0 };
    struct cli_input input = { 0 };
    cli_input_set(&input, path);
    bool fine = cli_read(&input, POSTVET_TEXT_MAX, &text, &problem) == CLI_READ_OK;
    if (fine)
        fine = add_lines(corpus, path, &text);
    else
        cli_complain("%s: %s", path, problem.data);
    cli_input_release(&input);
    cli_buf_release(&problem);
    cli_buf_release(&text);
    return fine;
}

void cli_corpus_release(struct cli_corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++)
        json_decref(corpus->cases[i].json);
    free(corpus->cases);
    *corpus = (struct cli_corpus){ 0 };
}
