/* load.c: a file is read, then known to be text, then made UTF-8, or known to be a document, and
 * made text; a record is all that already. */
#include "load.h"

#include <string.h>

#include "convert.h"
#include "read.h"
#include "reader.h"
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
    draft->shown = draft->text;
}

/* Reads the bytes, has a look at them, and opens a document. */
static enum cli_read_status read_draft(
    struct cli_loader *loader, const struct cli_input *input, const struct cli_options *options)
{
    const char *const file_name =
        input->kind == CLI_INPUT_STDIN ? options->stdin_filename : input->bytes.data;
    const char *problem = NULL;
    const enum cli_read_status status = cli_read(input,
        cli_options_bytes(options->max_size, POSTVET_TEXT_MAX), &loader->text, &loader->problem);
    if (status != CLI_READ_OK)
        return status;
    const enum cli_sniffed sniffed = cli_sniff(
        loader->text.data ? loader->text.data : "", loader->text.len, file_name, &problem);
    const bool is_known = options->encoding || (loader->text.len && cli_has_bom(&loader->text));
    if (sniffed == CLI_SNIFFED_DOCUMENT) {
        loader->document = cli_reader_open(&loader->text, options, &loader->problem);
        return loader->document ? CLI_READ_OK : CLI_READ_REFUSED;
    }
    if (sniffed == CLI_SNIFFED_TEXT || is_known)
        return CLI_READ_OK;
    cli_buf_puts(&loader->problem, problem);
    return CLI_READ_REFUSED;
}

/* The words of a document, where they stand in its text. */
static void show_words(struct cli_buf *shown, const postvet_document *document)
{
    const size_t len = cli_reader_len(document);
    cli_buf_clear(shown);
    cli_buf_fill(shown, '\n', len);
    for (size_t i = 0; i < cli_reader_place_count(document); i++) {
        const postvet_place *const place = cli_reader_place_at(document, i);
        memcpy(shown->data + place->start, cli_reader_text(document) + place->start,
            place->end - place->start);
    }
}

static void load_document(struct cli_loader *loader, struct cli_draft *draft)
{
    const postvet_document *const document = loader->document;
    show_words(&loader->shown, document);
    draft->document = document;
    draft->converted_from = cli_reader_format(document);
    draft->markup = POSTVET_MARKUP_HTML;
    draft->text = cli_reader_text(document);
    draft->len = cli_reader_len(document);
    draft->shown = draft->len ? loader->shown.data : "";
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
    draft->status = read_draft(loader, input, options);
    if (draft->status != CLI_READ_OK)
        return;
    if (loader->document) {
        load_document(loader, draft);
        return;
    }
    draft->converted_from = cli_convert(&loader->text, options->encoding);
    draft->text = loader->text.data ? loader->text.data : "";
    draft->len = loader->text.len;
    draft->shown = draft->text;
}

void cli_load(struct cli_loader *loader, const struct cli_input *input,
    const struct cli_options *options, struct cli_draft *draft)
{
    json_decref(loader->json);
    loader->json = NULL;
    cli_reader_close(loader->document);
    loader->document = NULL;
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
    cli_reader_close(loader->document);
    cli_buf_release(&loader->shown);
    cli_buf_release(&loader->text);
    cli_buf_release(&loader->problem);
}
