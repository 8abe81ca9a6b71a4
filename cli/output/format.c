/* format.c: the table of formats. */
#include "format.h"

static const struct cli_format *const formats[] = {
    [CLI_FORMAT_USUAL] = &cli_text_format,
    [CLI_FORMAT_TEXT] = &cli_text_format,
    [CLI_FORMAT_JSON] = &cli_json_format,
    [CLI_FORMAT_NDJSON] = &cli_ndjson_format,
    [CLI_FORMAT_GCC] = &cli_gcc_format,
    [CLI_FORMAT_GITHUB] = &cli_github_format,
    [CLI_FORMAT_GITLAB] = &cli_gitlab_format,
    [CLI_FORMAT_JUNIT] = &cli_junit_format,
    [CLI_FORMAT_HTML] = &cli_html_format,
    [CLI_FORMAT_SARIF] = &cli_sarif_format,
};

const struct cli_format *cli_format_choose(const struct cli_options *options)
{
    if (options->format == CLI_FORMAT_USUAL && options->ndjson_input)
        return &cli_ndjson_format;
    return formats[options->format];
}
