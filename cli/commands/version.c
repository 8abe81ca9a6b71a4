/* version.c: which program, and which library. */
#include "../command.h"
#include "../output/stream.h"

enum cli_exit cli_version(const struct cli_options *options, const char **words, size_t count)
{
    (void)options;
    (void)words;
    if (count > 0) {
        cli_complain("`postvet version` takes no words");
        return CLI_EXIT_ERROR;
    }
    struct cli_buf out = { 0 };
    cli_buf_printf(&out, "postvet %s\n", postvet_version());
    cli_print(&out);
    cli_buf_release(&out);
    return CLI_EXIT_CLEAR;
}
