/* usage.h: reads the usage lines of the table of commands, and the names that stand for values, so
 * that what may stand where is said once. */
#ifndef CLI_COMPLETION_USAGE_H
#define CLI_COMPLETION_USAGE_H

#include <stdbool.h>
#include <stddef.h>

/* What a word may name, as bits. */
enum cli_word_kind {
    CLI_WORD_FILE = 1,
    CLI_WORD_RULE = 2,
    CLI_WORD_COMMAND = 4,
    CLI_WORD_PROFILE = 8
};

/* One way to use a command, such as "rules test [FILE|DIR]... [OPTION]...". */
struct cli_form {
    const char *action; /* "test"; not ended by NUL */
    size_t action_len;  /* 0 when the command has none */
    unsigned kinds;     /* what the words behind may name: enum cli_word_kind */
};

/* Finds the form of that number in usage lines; "baseline create|update" are two. False when there
 * are fewer. */
bool cli_form_at(const char *usage, size_t number, struct cli_form *form);

/* What the value of an option, called "PROFILE|FILE" in its help, may name. NULL is no value. */
unsigned cli_value_kinds(const char *value_name);

#endif
