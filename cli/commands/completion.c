/* completion.c: prints the script that completes command lines in a shell. */
#include <string.h>

#include "../command.h"
#include "../completion/completion.h"
#include "../output/stream.h"
#include "../ruleset.h"

static const struct {
    const char *name;
    void (*add_script)(struct cli_buf *out, const postvet_ruleset *ruleset);
} shells[] = {
    { "bash", cli_buf_bash_completion },
    { "zsh", cli_buf_zsh_completion },
    { "fish", cli_buf_fish_completion },
};

enum cli_exit cli_completion(const struct cli_options *options, const char **words, size_t count)
{
    for (size_t i = 0; count == 1 && i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(shells[i].name, words[0]) != 0)
            continue;
        postvet_ruleset *const ruleset = cli_ruleset_make(options, NULL, 0);
        if (!ruleset)
            return CLI_EXIT_ERROR;
        struct cli_buf out = { 0 };
        shells[i].add_script(&out, ruleset);
        cli_print(&out);
        cli_buf_release(&out);
        postvet_ruleset_free(ruleset);
        return CLI_EXIT_CLEAR;
    }
    cli_complain("`postvet completion` needs the name of a shell: bash, zsh or fish");
    return CLI_EXIT_ERROR;
}
