/* input.h: where one draft comes from, before it is read. */
#ifndef CLI_INPUT_INPUT_H
#define CLI_INPUT_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "../memory.h"

enum cli_input_kind {
    CLI_INPUT_FILE,
    CLI_INPUT_STDIN, /* all of it is one draft */
    CLI_INPUT_RECORD /* a line of standard input, in JSON */
};

enum cli_read_status {
    CLI_READ_OK,
    CLI_READ_FAILED, /* missing, unreadable, or not a file */
    CLI_READ_REFUSED /* it is there, but cannot be checked: too large, no text, no JSON */
};

struct cli_settings; /* config/settings.h */

/* {0} is empty; one may be filled again and again. */
struct cli_input {
    enum cli_input_kind kind;
    struct cli_buf bytes; /* the path of a file; the line of a record */
    bool is_regular; /* a file that its directory says is one: no need to look before opening */
    size_t line;     /* of a record, from 1 */
    enum cli_read_status status; /* not OK when it is known already that it cannot be read */
    struct cli_buf problem;      /* then why not, as cli_load() says it */
    const struct cli_settings *settings; /* what applies to it, once that is known */
    struct cli_buf path; /* absolute, where what applies depends on it; else empty */
};

/* Makes it a file, or standard input for "-". */
void cli_input_set(struct cli_input *input, const char *word);

/* Makes it a file of any name. */
void cli_input_set_file(struct cli_input *input, const char *path);

/* Frees what it holds where that is much, else keeps it for the next. */
void cli_input_clear(struct cli_input *input);
void cli_input_release(struct cli_input *input);

#endif
