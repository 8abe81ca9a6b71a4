/* load.c: a file is read, then known to be text, then made UTF-8; a record is all that already. */
#include "load.h"

#include "convert.h"
#include "read.h"
#include "record.h"
#include "sniff.h"

static void load_record(
    struct cli_loader *loader, const struct cli_input *input, struct cli_draft *draft)
{
    struct cli_buf *const problem = &loader->problem;
    draft->path = "-";
    draft->is_record = true;
    draft->line = input->line;
    if (input->status != CLI_READ_OK)
        cli_buf_add(problem, input->problem.data, input->problem.len);
    else
        loader->json = cli_record_read(&input->bytes, draft, problem);
}

/* Reads the bytes, and has a look at them. */
static enum cli_read_status read_text(
    struct cli_loader *loader, const struct cli_input *input, const char *encoding)
{
    const enum cli_read_status status = cli_read(input, &loader->text, &loader->problem);
    const bool is_known = encoding || (loader->text.len && cli_has_bom(&loader->text));
    const char *const problem = status == CLI_READ_OK && !is_known && loader->text.len
                                    ? cli_sniff(loader->text.data, loader->text.len)
                                    : NULL;
    if (!problem)
        return status;
    cli_buf_puts(&loader->problem, problem);
    return CLI_READ_REFUSED;
}

static void load_file(struct cli_loader *loader, const struct cli_input *input,
    const struct cli_options *options, struct cli_draft *draft)
{
    const bool is_stdin = input->kind == CLI_INPUT_STDIN;
    draft->file_name = is_stdin ? options->stdin_filename : input->bytes.data;
    draft->path = draft->file_name ? draft->file_name : "-";
    if (input->status != CLI_READ_OK) {
        cli_buf_add(&loader->problem, input->problem.data, input->problem.len);
        return;
    }
    draft->status = read_text(loader, input, options->encoding);
    if (draft->status != CLI_READ_OK)
        return;
    draft->converted_from = cli_convert(&loader->text, options->encoding);
    draft->text = loader->text.data ? loader->text.data : "";
    draft->len = loader->text.len;
}

void cli_load(struct cli_loader *loader, const struct cli_input *input,
    const struct cli_options *options, struct cli_draft *draft)
{
    json_decref(loader->json);
    loader->json = NULL;
    cli_buf_clear(&loader->problem);
    *draft = (struct cli_draft){ .voice = (postvet_voice)options->voice,
        .kind = (postvet_kind)options->kind,
        .status = input->status };
    if (input->kind == CLI_INPUT_RECORD)
        load_record(loader, input, draft);
    else
        load_file(loader, input, options, draft);
    draft->problem = draft->status == CLI_READ_OK ? NULL : loader->problem.data;
}

void cli_loader_release(struct cli_loader *loader)
{
    json_decref(loader->json);
    cli_buf_release(&loader->text);
    cli_buf_release(&loader->problem);
}
