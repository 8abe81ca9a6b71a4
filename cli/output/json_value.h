/* json_value.h: making JSON with jansson, whose objects keep their keys in the order of insertion.
 * None of these fails: jansson can only lack memory, since every string is made valid UTF-8. */
#ifndef CLI_OUTPUT_JSON_VALUE_H
#define CLI_OUTPUT_JSON_VALUE_H

#include <jansson.h>

#include "../memory.h"

/* The value, or the end of the program when there is none. */
json_t *cli_json_need(json_t *value);

/* Text that may come from outside, such as a path: bytes that are not UTF-8 become U+FFFD. */
json_t *cli_json_string(const char *text);
json_t *cli_json_count(size_t count);

/* Each takes ownership of `value`. */
void cli_json_set(json_t *object, const char *key, json_t *value);
void cli_json_append(json_t *array, json_t *value);

/* Adds a value as JSON on one line, and lets it go. */
void cli_buf_json(struct cli_buf *out, json_t *value);

#endif
