/* suppressions.c: a line for how many there are; one for each when the reader asks for them, since
 * whoever reads about the draft wants what stands first. */
#include "suppressions.h"

#include <string.h>

#include "place.h"
#include "words.h"

enum { INDENT = 2, COLUMN = 19 };

bool cli_has_suppressions(const struct cli_document *document)
{
    return document->result
           && (postvet_result_suppressed_count(document->result) > 0
               || postvet_result_elsewhere_count(document->result) > 0
               || postvet_result_notice_count(document->result) > 0);
}

/* "line 7", or "allowed.txt:7" of another file than the draft. */
static void add_place(struct cli_buf *text, const char *file, size_t line)
{
    if (*file)
        cli_buf_printf(text, "%s:%zu", file, line);
    else
        cli_buf_printf(text, "line %zu", line);
}

static void add_suppression(struct cli_buf *out, const struct cli_layout *layout,
    const struct cli_draft *draft, const postvet_suppression *suppression)
{
    const postvet_finding *const finding = suppression->finding;
    struct cli_buf text = { 0 };
    cli_buf_printf(&text, "%s [%s], ", finding->title, finding->rule);
    cli_buf_where(&text, draft, finding);
    cli_buf_printf(
        &text, ": %s (", *suppression->reason ? suppression->reason : "accepted in the baseline");
    add_place(&text, suppression->file, suppression->start.line);
    cli_buf_puts(&text, ")");
    cli_buf_labelled(out, &layout->terminal, INDENT, COLUMN, "Suppressed", text.data);
    cli_buf_release(&text);
}

static void add_count(struct cli_buf *out, const struct cli_layout *layout, size_t count)
{
    struct cli_buf text = { 0 };
    cli_buf_count(&text, count, "finding");
    cli_buf_printf(&text, "; --report-suppressed lists %s with %s.", count == 1 ? "it" : "them",
        count == 1 ? "its reason" : "their reasons");
    cli_buf_labelled(out, &layout->terminal, INDENT, COLUMN, "Suppressed", text.data);
    cli_buf_release(&text);
}

static bool is_stale_entry(const postvet_notice *notice)
{
    return strcmp(notice->kind, "stale-entry") == 0;
}

static void add_notice(
    struct cli_buf *out, const struct cli_layout *layout, const postvet_notice *notice)
{
    struct cli_buf text = { 0 };
    add_place(&text, notice->file, notice->start.line);
    cli_buf_printf(&text, ": %s", notice->message);
    cli_buf_labelled(out, &layout->terminal, INDENT, COLUMN,
        notice->severity == POSTVET_NOTE ? "Tip" : "Suppression", text.data);
    cli_buf_release(&text);
}

/* Entries of the baseline that are out of date are no more than a hint, however many. */
static void add_stale(
    struct cli_buf *out, const struct cli_layout *layout, const postvet_result *result)
{
    const postvet_notice *first = NULL;
    struct cli_buf text = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < postvet_result_notice_count(result); i++) {
        const postvet_notice *const notice = postvet_result_notice_at(result, i);
        if (!is_stale_entry(notice))
            continue;
        first = first ? first : notice;
        count++;
    }
    if (!first)
        return;
    add_place(&text, first->file, first->start.line);
    if (count == 1)
        cli_buf_printf(&text, ": %s", first->message);
    else
        cli_buf_printf(
            &text, " and on: %zu entries accept more than there is in the draft.", count);
    cli_buf_puts(&text, " `postvet baseline update` puts that right.");
    cli_buf_labelled(out, &layout->terminal, INDENT, COLUMN, "Tip", text.data);
    cli_buf_release(&text);
}

/* What --diff leaves out. */
static void add_elsewhere(struct cli_buf *out, const struct cli_layout *layout, size_t count)
{
    struct cli_buf text = { 0 };
    if (!count)
        return;
    cli_buf_count(&text, count, "finding");
    cli_buf_printf(
        &text, " in lines that have not changed %s left out.", count == 1 ? "is" : "are");
    cli_buf_labelled(out, &layout->terminal, INDENT, COLUMN, "Elsewhere", text.data);
    cli_buf_release(&text);
}

void cli_buf_suppressions(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    const postvet_result *const result = document->result;
    const size_t count = postvet_result_suppressed_count(result);
    if (count && !layout->options->report_suppressed)
        add_count(out, layout, count);
    for (size_t i = 0; layout->options->report_suppressed && i < count; i++)
        add_suppression(out, layout, document->draft, postvet_result_suppressed_at(result, i));
    for (size_t i = 0; i < postvet_result_notice_count(result); i++)
        if (!is_stale_entry(postvet_result_notice_at(result, i)))
            add_notice(out, layout, postvet_result_notice_at(result, i));
    add_stale(out, layout, result);
    add_elsewhere(out, layout, postvet_result_elsewhere_count(result));
    cli_buf_puts(out, "\n");
}
