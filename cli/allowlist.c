/* allowlist.c: see allowlist.h. */
#include "allowlist.h"

#include "input/read.h"
#include "output/stream.h"

postvet_allowlist *cli_allowlist_make(const char *path, const postvet_ruleset *ruleset)
{
    struct cli_input input = { 0 };
    struct cli_buf text = { 0 }, problem = { 0 };
    postvet_allowlist *list = NULL;
    cli_input_set_file(&input, path);
    if (cli_read(&input, POSTVET_TEXT_MAX, &text, &problem) == CLI_READ_OK) {
        const postvet_source source = { path, text.len ? text.data : "", text.len };
        if (postvet_allowlist_new(ruleset, &source, cli_complain_error, NULL, &list, NULL)
            != POSTVET_OK)
            list = NULL; /* each error was told */
    } else {
        cli_complain("%s: %s", path, problem.data);
    }
    cli_input_release(&input);
    cli_buf_release(&text);
    cli_buf_release(&problem);
    return list;
}
