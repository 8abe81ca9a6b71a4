/* format.c: the table of formats. */
#include "format.h"

static const struct cli_format *const formats[] = {
    [CLI_FORMAT_USUAL] = &cli_text_format,
    [CLI_FORMAT_TEXT] = &cli_text_format,
    [CLI_FORMAT_JSON] = &cli_json_format,
    [CLI_FORMAT_NDJSON] = &cli_ndjson_format,
};

const struct cli_format *cli_format_choose(const struct cli_options *options)
{
    if (options->format == CLI_FORMAT_USUAL && options->ndjson_input)
        return &cli_ndjson_format;
    return formats[options->format];
}
