/* drafts.c: see drafts.h. */
#include "drafts.h"

#include <string.h>
#include <sys/stat.h>

#include "../input/convert.h"
#include "../output/stream.h"

/* What applies to the first draft, as far as it can be known beforehand: the report as a whole is
 * laid out by it. */
static const struct cli_settings *first_settings(
    struct cli_drafts *drafts, const struct cli_options *options, const char **words, size_t count)
{
    struct cli_buf path = { 0 };
    struct stat info;
    if (count == 0 || strcmp(words[0], "-") == 0)
        return cli_configs_for(&drafts->configs, options->stdin_filename);
    cli_buf_puts(&path, words[0]);
    if (stat(words[0], &info) == 0 && S_ISDIR(info.st_mode))
        cli_buf_puts(&path, "/-");
    const struct cli_settings *const settings = cli_configs_for(&drafts->configs, path.data);
    cli_buf_release(&path);
    return settings;
}

bool cli_drafts_open(
    struct cli_drafts *drafts, const struct cli_options *options, const char **words, size_t count)
{
    *drafts = (struct cli_drafts){ 0 };
    if (cli_encoding_fits(options->encoding)
        && cli_source_open(&drafts->source, options, words, count)
        && cli_configs_open(&drafts->configs, options))
        drafts->ruleset = first_settings(drafts, options, words, count)->ruleset;
    return drafts->ruleset != NULL;
}

static void erase_progress(const struct cli_drafts *drafts)
{
    if (drafts->progress)
        cli_progress_erase(drafts->progress);
}

/* What is known of a draft by its name: what applies to it, and whether it is to be left out. */
static bool settle(struct cli_drafts *drafts, struct cli_input *input)
{
    const bool is_walked = drafts->source.directory != NULL;
    const char *const path = input->kind == CLI_INPUT_FILE ? input->bytes.data
                             : input->kind == CLI_INPUT_STDIN
                                 ? drafts->configs.options->stdin_filename
                                 : NULL;
    input->settings = cli_configs_for(&drafts->configs, path);
    if (!input->settings->ruleset && input->status == CLI_READ_OK) {
        input->status = CLI_READ_FAILED;
        cli_buf_puts(&input->problem, "was not checked: there are errors in its configuration");
    }
    if (!input->settings->ruleset || postvet_config_setting_count(input->settings->config) == 0)
        return true;
    cli_configs_path(&drafts->configs, path, &input->path);
    const postvet_setting *const why =
        postvet_config_excludes(input->settings->config, input->path.data);
    if (why && !is_walked && path) {
        erase_progress(drafts);
        cli_complain("%s: is excluded by %s:%zu:%zu, but was named, so it is checked", path,
            why->file, why->line, why->column);
    }
    drafts->excluded += why && is_walked;
    return !why || !is_walked;
}

bool cli_drafts_next(struct cli_drafts *drafts, struct cli_input *input)
{
    while (cli_source_next(&drafts->source, input))
        if (settle(drafts, input)) {
            drafts->count++;
            return true;
        }
    return false;
}

bool cli_drafts_finish(struct cli_drafts *drafts)
{
    const struct cli_source *const source = &drafts->source;
    erase_progress(drafts);
    for (size_t i = 0; i < source->notices.count; i++)
        cli_complain("%s", source->notices.items[i]);
    if (drafts->excluded)
        cli_complain("%zu draft%s left out, as the configuration says; `postvet config show` tells "
                     "where",
            drafts->excluded, drafts->excluded == 1 ? " was" : "s were");
    return !source->empty && (!drafts->excluded || drafts->count > 0);
}

void cli_drafts_close(struct cli_drafts *drafts)
{
    cli_source_close(&drafts->source);
    cli_configs_close(&drafts->configs);
}
