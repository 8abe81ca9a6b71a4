/* json_value.c: see json_value.h. */
#include "json_value.h"

#include "escape.h"

json_t *cli_json_need(json_t *value)
{
    if (!value)
        cli_out_of_memory();
    return value;
}

void cli_json_set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, cli_json_need(value)) != 0)
        cli_out_of_memory();
}

void cli_json_append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, cli_json_need(value)) != 0)
        cli_out_of_memory();
}

json_t *cli_json_string(const char *text)
{
    json_t *value = json_string(text);
    if (!value) {
        struct cli_buf utf8 = { 0 };
        cli_buf_utf8(&utf8, text);
        value = cli_json_need(json_stringn(utf8.data, utf8.len));
        cli_buf_release(&utf8);
    }
    return value;
}

json_t *cli_json_count(size_t count)
{
    return cli_json_need(json_integer((json_int_t)count));
}

static int add_bytes(const char *bytes, size_t len, void *buf)
{
    cli_buf_add(buf, bytes, len);
    return 0;
}

void cli_buf_json(struct cli_buf *out, json_t *value)
{
    const size_t start = out->len;
    if (json_dump_callback(value, add_bytes, out, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
        cli_out_of_memory();
    cli_buf_escape_json(out, start);
    json_decref(value);
}
