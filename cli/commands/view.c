/* view.c: a draft as the rules see it, a stretch a line: where it stands, its scope, its text. A
 * blank line parts blocks, which no match crosses. */
#include <string.h>

#include "../command.h"
#include "../input/convert.h"
#include "../input/load.h"
#include "../output/escape.h"
#include "../output/stream.h"

static void add_place(struct cli_buf *out, const postvet_stretch *stretch)
{
    struct cli_buf place = { 0 };
    cli_buf_printf(&place, "%zu:%zu-%zu:%zu", stretch->start.line, stretch->start.column,
        stretch->end.line, stretch->end.column);
    cli_buf_printf(out, "%-13s %-12s ", place.data, stretch->scope);
    cli_buf_release(&place);
}

/* A wrapped line is a space to every rule. */
static void add_text(struct cli_buf *out, const postvet_stretch *stretch)
{
    struct cli_buf text = { 0 };
    cli_buf_add(&text, stretch->text, stretch->len);
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '\n' || text.data[i] == '\0')
            text.data[i] = ' ';
    cli_buf_show(out, text.data);
    cli_buf_puts(out, "\n");
    cli_buf_release(&text);
}

static void print_view(const postvet_view *view)
{
    struct cli_buf out = { 0 };
    for (size_t i = 0; i < postvet_view_count(view); i++) {
        const postvet_stretch *const stretch = postvet_view_at(view, i);
        if (i > 0 && stretch->opens_block)
            cli_buf_puts(&out, "\n");
        add_place(&out, stretch);
        add_text(&out, stretch);
    }
    cli_print(&out);
    cli_buf_release(&out);
}

static enum cli_exit view_draft(const struct cli_options *options, const struct cli_draft *draft)
{
    postvet_view *view = NULL;
    postvet_error error = { 0 };
    postvet_scan_options wanted = POSTVET_SCAN_OPTIONS_INIT;
    cli_options_limit(options, &wanted);
    if (draft->document)
        wanted.text_max = 0; /* the file is what has a size */
    wanted.file_name = draft->file_name;
    wanted.markup = draft->markup;
    if (postvet_view_new(draft->text, draft->len, &wanted, options->folded, &view, &error)
        != POSTVET_OK) {
        cli_complain("%s", error.message);
        return CLI_EXIT_ERROR;
    }
    print_view(view);
    postvet_view_free(view);
    return CLI_EXIT_CLEAR;
}

enum cli_exit cli_view(const struct cli_options *options, const char **words, size_t count)
{
    struct cli_input input = { 0 };
    struct cli_loader loader = { 0 };
    struct cli_draft draft;
    enum cli_exit status = CLI_EXIT_ERROR;
    if (count != 1) {
        cli_complain("`postvet view` takes one draft: a file, or - for standard input");
        return CLI_EXIT_ERROR;
    }
    if (!cli_encoding_fits(options->encoding))
        return CLI_EXIT_ERROR;
    cli_input_set(&input, words[0]);
    cli_load(&loader, &input, options, &draft);
    if (draft.problem) {
        cli_complain(
            "%s: %s", input.kind == CLI_INPUT_STDIN ? "standard input" : words[0], draft.problem);
    } else {
        if (draft.document)
            cli_complain("%s: read as %s; places are those in the HTML that it was made",
                draft.path, draft.converted_from);
        else if (draft.converted_from)
            cli_complain("%s: read as %s; places are those in the text as UTF-8", words[0],
                draft.converted_from);
        status = view_draft(options, &draft);
    }
    cli_loader_release(&loader);
    cli_input_release(&input);
    return status;
}
