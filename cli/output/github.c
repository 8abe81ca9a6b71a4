/* github.c: workflow commands, which GitHub Actions shows as annotations:
 *
 *     ::error file=drafts/a.md,line=3,col=15,endColumn=27,title=NHS number::What is wrong%0AAdvice
 *
 * GitHub shows ten of each kind a step and drops the rest without a word, so the last line, which
 * is a plain line of the log, counts them. */
#include <string.h>

#include "escape.h"
#include "format.h"
#include "place.h"
#include "words.h"

enum { SHOWN = 10 };

static const char *const commands[] = {
    [POSTVET_NOTE] = "notice",
    [POSTVET_WARNING] = "warning",
    [POSTVET_ERROR] = "error",
};

/* Adds text with its escapes: those of all values, and of properties "," and ":" as well. */
static void add_value(struct cli_buf *out, const char *text, const char *special)
{
    struct cli_buf shown = { 0 };
    cli_buf_show(&shown, text);
    for (size_t i = 0; i < shown.len; i++)
        if (strchr(special, shown.data[i]))
            cli_buf_printf(out, "%%%02X", (unsigned char)shown.data[i]);
        else
            cli_buf_add(out, &shown.data[i], 1);
    cli_buf_release(&shown);
}

static void add_property(struct cli_buf *out, const char *text)
{
    add_value(out, text, "%:,");
}

static void add_data(struct cli_buf *out, const char *text)
{
    add_value(out, text, "%");
}

static void add_file(struct cli_buf *out, const struct cli_document *document)
{
    struct cli_buf path = { 0 };
    cli_buf_path(&path, document->draft);
    cli_buf_puts(out, " file=");
    add_property(out, path.data);
    cli_buf_release(&path);
}

/* Columns are only for what stands on one line. */
static void add_place(
    struct cli_buf *out, const struct cli_draft *draft, const postvet_finding *finding)
{
    cli_buf_printf(out, ",line=%zu", cli_place_in_file(draft, finding->start).line);
    if (cli_is_about_the_whole(finding) || draft->document)
        return;
    if (finding->end.line == finding->start.line)
        cli_buf_printf(out, ",col=%zu,endColumn=%zu", finding->start.column, finding->end.column);
    else
        cli_buf_printf(out, ",endLine=%zu", finding->end.line);
}

static void add_finding(
    struct cli_buf *out, const struct cli_document *document, const postvet_finding *finding)
{
    struct cli_buf message = { 0 };
    cli_buf_message(&message, document->draft, finding);
    cli_buf_printf(out, "::%s", commands[finding->severity]);
    add_file(out, document);
    add_place(out, document->draft, finding);
    cli_buf_puts(out, ",title=");
    add_property(out, finding->title);
    cli_buf_puts(out, "::");
    add_data(out, message.data);
    cli_buf_puts(out, "%0A");
    add_data(out, finding->advice);
    cli_buf_printf(out, " [%s]\n", finding->rule);
    cli_buf_release(&message);
}

static void add_reason(struct cli_buf *out, const struct cli_document *document, size_t index)
{
    struct cli_buf reason = { 0 };
    cli_buf_reason(&reason, document, index);
    cli_buf_puts(out, "::error");
    add_file(out, document);
    cli_buf_puts(out, ",line=1,title=Not fully checked::");
    add_data(out, reason.data);
    cli_buf_puts(out, "\n");
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

static void end(struct cli_report *report)
{
    const struct cli_summary *const summary = &report->summary;
    struct cli_buf *const out = &report->out;
    cli_buf_puts(out, "postvet: ");
    cli_buf_count(out, summary->documents, "draft");
    cli_buf_puts(out, ", ");
    cli_buf_count(out, summary->findings[POSTVET_ERROR], "error");
    cli_buf_puts(out, ", ");
    cli_buf_count(out, summary->findings[POSTVET_WARNING], "warning");
    cli_buf_puts(out, ", ");
    cli_buf_count(out, summary->findings[POSTVET_NOTE], "note");
    cli_buf_printf(out, "; %zu not fully checked.", summary->incomplete);
    if (summary->findings[POSTVET_ERROR] + summary->incomplete > SHOWN
        || summary->findings[POSTVET_WARNING] > SHOWN || summary->findings[POSTVET_NOTE] > SHOWN)
        cli_buf_printf(
            out, " GitHub shows %d annotations of a kind; the log has all of them.", SHOWN);
    cli_buf_puts(out, "\n");
}

const struct cli_format cli_github_format = { "github", NULL, add_document, NULL, end, NULL };
