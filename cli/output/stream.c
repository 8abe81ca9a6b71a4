/* stream.c: standard output is written a buffer at a time through stdio, and each write is checked.
 */
#include "stream.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "destination.h"
#include "escape.h"

static _Noreturn void cannot_write(int error)
{
    if (error != EPIPE) /* as in `postvet drafts | head`: the reader has seen enough */
        cli_complain("cannot write to %s: %s", cli_destination_name(), strerror(error));
    cli_destination_discard();
    _Exit(CLI_EXIT_ERROR); /* not exit(): it would try to write the rest again */
}

void cli_print(struct cli_buf *buf)
{
    if (buf->len && fwrite(buf->data, 1, buf->len, stdout) != buf->len)
        cannot_write(errno);
    cli_buf_clear(buf);
}

void cli_print_finish(void)
{
    if (fflush(stdout) != 0)
        cannot_write(errno);
}

void cli_complain(const char *format, ...)
{
    char sentence[6144]; /* room for the longest path there is */
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);

    struct cli_buf line = { 0 };
    cli_buf_puts(&line, "postvet: ");
    cli_buf_show(&line, sentence);
    cli_buf_puts(&line, "\n");
    fwrite(line.data, 1, line.len, stderr);
    cli_buf_release(&line);
}

void cli_complain_error(const postvet_error *error, void *user)
{
    (void)user;
    if (error->line)
        cli_complain("%s:%zu:%zu: %s", error->file, error->line, error->column, error->message);
    else
        cli_complain("%s: %s", error->file, error->message);
}
