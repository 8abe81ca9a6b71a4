/* place.c: see place.h. */
#include "place.h"

#include <string.h>

#include "../input/reader.h"

bool cli_is_about_the_whole(const postvet_finding *finding)
{
    return finding->end.byte == 0;
}

static void add_place_in_document(
    struct cli_buf *where, const struct cli_draft *draft, const postvet_finding *finding)
{
    const postvet_place *const first = cli_reader_place(draft->document, finding->start.byte);
    const postvet_place *const last = cli_reader_place(draft->document, finding->end.byte - 1);
    cli_buf_puts(where, first->name);
    if (strcmp(first->name, last->name) != 0)
        cli_buf_printf(where, " to %s", last->name);
}

void cli_buf_where(
    struct cli_buf *where, const struct cli_draft *draft, const postvet_finding *finding)
{
    if (cli_is_about_the_whole(finding))
        cli_buf_puts(where, "the draft as a whole");
    else if (draft->document)
        add_place_in_document(where, draft, finding);
    else if (finding->start.line == finding->end.line)
        cli_buf_printf(where, "line %zu", finding->start.line);
    else
        cli_buf_printf(where, "lines %zu to %zu", finding->start.line, finding->end.line);
}

postvet_position cli_place_in_file(const struct cli_draft *draft, postvet_position place)
{
    return draft->document ? (postvet_position){ .line = 1, .column = 1 } : place;
}

void cli_buf_message(
    struct cli_buf *message, const struct cli_draft *draft, const postvet_finding *finding)
{
    if (draft->document && !cli_is_about_the_whole(finding)) {
        add_place_in_document(message, draft, finding);
        cli_buf_puts(message, ": ");
    }
    cli_buf_puts(message, finding->message);
}

void cli_buf_name(struct cli_buf *name, const struct cli_draft *draft)
{
    if (!draft->is_record)
        cli_buf_puts(name, strcmp(draft->path, "-") == 0 ? "Standard input" : draft->path);
    else if (json_is_string(draft->id))
        cli_buf_puts(name, json_string_value(draft->id));
    else if (draft->id)
        cli_buf_printf(name, "%lld", (long long)json_integer_value(draft->id));
    else
        cli_buf_printf(name, "Line %zu", draft->line);
}

static void add_record(struct cli_buf *buf, const struct cli_draft *draft)
{
    if (json_is_string(draft->id) && json_string_length(draft->id) > 0)
        cli_buf_puts(buf, json_string_value(draft->id));
    else if (json_is_integer(draft->id))
        cli_buf_printf(buf, "%lld", (long long)json_integer_value(draft->id));
    else
        cli_buf_printf(buf, "line-%zu", draft->line);
}

void cli_buf_path(struct cli_buf *buf, const struct cli_draft *draft)
{
    const char *path = draft->path;
    if (draft->is_record) {
        add_record(buf, draft);
        return;
    }
    if (strcmp(path, "-") == 0)
        path = "stdin";
    while (path[0] == '.' && path[1] == '/' && path[2] && path[2] != '/')
        path += 2;
    cli_buf_puts(buf, path);
}

/* RFC 3986, section 2.3, and the slash between segments. */
static bool stands_for_itself(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || (c && strchr("-._~/", c));
}

void cli_buf_uri(struct cli_buf *buf, const struct cli_draft *draft)
{
    struct cli_buf path = { 0 };
    cli_buf_path(&path, draft);
    if (path.data[0] == '/')
        cli_buf_puts(buf, "file://");
    for (size_t i = 0; i < path.len; i++)
        if (stands_for_itself(path.data[i]))
            cli_buf_add(buf, &path.data[i], 1);
        else
            cli_buf_printf(buf, "%%%02X", (unsigned char)path.data[i]);
    cli_buf_release(&path);
}
