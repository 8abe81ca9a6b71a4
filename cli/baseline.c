/* baseline.c: see baseline.h. */
#include "baseline.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/location.h"
#include "input/read.h"
#include "output/stream.h"

void cli_baseline_begin(struct cli_baseline *baseline, const char *path)
{
    struct cli_buf location = { 0 };
    cli_buf_location(&location, path);
    *baseline = (struct cli_baseline){ .path = path };
    baseline->directory = cli_strndup(location.data, cli_directory_len(location.data));
    cli_buf_release(&location);
}

bool cli_baseline_read(struct cli_baseline *baseline)
{
    struct cli_input input = { 0 };
    struct cli_buf problem = { 0 };
    cli_input_set_file(&input, baseline->path);
    if (cli_read(&input, POSTVET_TEXT_MAX, &baseline->text, &problem) == CLI_READ_OK) {
        const struct cli_buf *const text = &baseline->text;
        const postvet_source source = { baseline->path, text->len ? text->data : "", text->len };
        if (postvet_baseline_new(&source, cli_complain_error, NULL, &baseline->list, NULL)
            != POSTVET_OK)
            baseline->list = NULL; /* each error was told */
    } else {
        cli_complain(
            "%s: %s; `postvet baseline create` makes a baseline", baseline->path, problem.data);
    }
    cli_input_release(&input);
    cli_buf_release(&problem);
    return baseline->list != NULL;
}

void cli_baseline_name(
    const struct cli_baseline *baseline, const char *draft_path, struct cli_buf *out)
{
    struct cli_buf location = { 0 };
    cli_buf_location(&location, draft_path);
    cli_buf_way(out, baseline->directory, location.data);
    cli_buf_release(&location);
}

void cli_baseline_close(struct cli_baseline *baseline)
{
    postvet_baseline_free(baseline->list);
    free(baseline->directory);
    cli_buf_release(&baseline->text);
    *baseline = (struct cli_baseline){ 0 };
}
