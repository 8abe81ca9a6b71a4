/* gcc.c: a line a finding, as compilers print them, for editors and scripts that know that form:
 *
 *     drafts/a.md:3:15: error: This looks like an NHS number. [nhs-number-labelled]
 *
 * Columns count code points. A draft that is not complete has a line, too. */
#include "escape.h"
#include "format.h"
#include "place.h"

static void add_place(
    struct cli_buf *out, const struct cli_document *document, postvet_position place)
{
    struct cli_buf path = { 0 };
    cli_buf_path(&path, document->draft);
    cli_buf_show(out, path.data);
    cli_buf_printf(out, ":%zu:%zu: ", place.line, place.column);
    cli_buf_release(&path);
}

static void add_finding(
    struct cli_buf *out, const struct cli_document *document, const postvet_finding *finding)
{
    struct cli_buf message = { 0 };
    add_place(out, document, cli_place_in_file(document->draft, finding->start));
    cli_buf_printf(out, "%s: ", postvet_severity_name(finding->severity));
    cli_buf_message(&message, document->draft, finding);
    cli_buf_show(out, message.data);
    cli_buf_printf(out, " [%s]\n", finding->rule);
    cli_buf_release(&message);
}

static void add_reason(struct cli_buf *out, const struct cli_document *document, size_t index)
{
    struct cli_buf reason = { 0 };
    cli_buf_reason(&reason, document, index);
    add_place(out, document, (postvet_position){ .line = 1, .column = 1 });
    cli_buf_puts(out, "error: not fully checked: ");
    cli_buf_show(out, reason.data);
    cli_buf_puts(out, " [incomplete]\n");
    cli_buf_release(&reason);
}

static void add_document(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    (void)layout;
    for (size_t i = 0; i < cli_document_finding_count(document); i++)
        add_finding(out, document, postvet_result_at(document->result, i));
    for (size_t i = 0; i < cli_document_reason_count(document); i++)
        add_reason(out, document, i);
}

const struct cli_format cli_gcc_format = { "gcc", NULL, add_document, NULL, NULL, NULL };
