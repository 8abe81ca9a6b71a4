/* text.c: the report for the author, who writes posts and not programs: plain words first, the
 * rule's name last. On a terminal, which only the author sees, their own words are shown; anywhere
 * else what was found is masked in every line shown, all findings of the line at once. */
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "format.h"
#include "mask.h"
#include "place.h"
#include "snippet.h"
#include "suppressions.h"
#include "words.h"

enum { FINDING_INDENT = 2, INDENT = 4, COLUMN = 19 };

static const enum cli_style verdict_styles[] = {
    [POSTVET_CLEAR] = CLI_GREEN,
    [POSTVET_INCOMPLETE] = CLI_YELLOW,
    [POSTVET_REVIEW] = CLI_YELLOW,
    [POSTVET_BLOCK] = CLI_RED,
};

/* "Stop [error]: NHS number, line 3" */
static void add_finding_heading(struct cli_buf *out, const struct cli_terminal *terminal,
    const struct cli_draft *draft, const postvet_finding *finding)
{
    const struct cli_severity_words words = cli_severity_words(finding->severity);
    const char *const severity = postvet_severity_name(finding->severity);
    const size_t column = FINDING_INDENT + strlen(words.word) + strlen(severity) + strlen(" []: ");
    struct cli_buf title = { 0 };
    cli_buf_printf(&title, "%s, ", finding->title);
    cli_buf_where(&title, draft, finding);
    cli_buf_fill(out, ' ', FINDING_INDENT);
    cli_buf_styled(out, terminal, words.style, words.word);
    cli_buf_printf(out, " [%s]: ", severity);
    cli_buf_wrap(out, terminal, (unsigned)column, title.data);
    cli_buf_release(&title);
}

/* The confidence, and what it rests on. */
static void add_confidence(
    struct cli_buf *out, const struct cli_terminal *terminal, const postvet_finding *finding)
{
    struct cli_buf text = { 0 };
    cli_buf_puts(&text, postvet_confidence_name(finding->confidence));
    for (size_t i = 0; i < finding->reason_count; i++)
        cli_buf_printf(&text, "%s%s", i ? "; " : ": ", finding->reasons[i]);
    cli_buf_labelled(out, terminal, INDENT, COLUMN, "How sure", text.data);
    cli_buf_release(&text);
}

/* The first finding before number `index` that gives the same advice, or NULL. */
static const postvet_finding *told_before(const postvet_result *result, size_t index)
{
    const char *const advice = postvet_result_at(result, index)->advice;
    for (size_t i = 0; i < index; i++)
        if (strcmp(postvet_result_at(result, i)->advice, advice) == 0)
            return postvet_result_at(result, i);
    return NULL;
}

/* Advice is given once: a reader of the same five lines five times reads none of them. */
static void add_advice(struct cli_buf *out, const struct cli_layout *layout,
    const struct cli_draft *draft, const postvet_finding *finding, const postvet_finding *told)
{
    struct cli_buf text = { 0 };
    if (told) {
        cli_buf_puts(&text, "As for ");
        cli_buf_where(&text, draft, told);
        cli_buf_puts(&text, " above.");
    } else {
        cli_buf_puts(&text, finding->advice);
    }
    cli_buf_labelled(out, &layout->terminal, INDENT, COLUMN, "What to do", text.data);
    cli_buf_release(&text);
}

static void add_finding(struct cli_buf *out, const struct cli_layout *layout,
    const struct cli_document *document, size_t index, const struct cli_excerpted *source)
{
    const postvet_result *const result = document->result;
    const postvet_finding *const finding = postvet_result_at(result, index);
    const struct cli_terminal *const terminal = &layout->terminal;
    struct cli_buf text = { 0 };
    add_finding_heading(out, terminal, document->draft, finding);
    if (!cli_is_about_the_whole(finding))
        cli_buf_snippet(out, terminal, INDENT, source,
            (struct cli_span){ finding->start.byte, finding->end.byte });
    cli_buf_labelled(out, terminal, INDENT, COLUMN, "What is wrong", finding->message);
    add_advice(out, layout, document->draft, finding, told_before(result, index));
    add_confidence(out, terminal, finding);
    if (finding->citation_count) {
        cli_buf_citations(&text, finding->citations, finding->citation_count);
        cli_buf_labelled(out, terminal, INDENT, COLUMN, "Policy", text.data);
    }
    cli_buf_clear(&text);
    cli_buf_printf(&text, "postvet explain %s", finding->rule);
    cli_buf_labelled(out, terminal, INDENT, COLUMN, "More about it", text.data);
    cli_buf_puts(out, "\n");
    cli_buf_release(&text);
}

static void add_findings(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    struct cli_excerpted source = { .text = document->draft->shown, .len = document->draft->len };
    struct cli_span *masked = NULL;
    if (!layout->terminal.interactive && !layout->options->show_matches)
        masked = cli_spans_to_mask(document->result, document->draft->len, &source.masked_count);
    source.masked = masked;
    for (size_t i = 0; i < postvet_result_count(document->result); i++)
        add_finding(out, layout, document, i, &source);
    free(masked);
}

/* "draft.md: Stop" */
static void add_heading(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    const postvet_verdict verdict = cli_document_verdict(document);
    struct cli_buf name = { 0 };
    cli_buf_name(&name, document->draft);
    cli_buf_styled(out, &layout->terminal, CLI_BOLD, name.len ? name.data : "");
    cli_buf_release(&name);
    cli_buf_puts(out, ": ");
    cli_buf_styled(out, &layout->terminal, verdict_styles[verdict], cli_verdict_word(verdict));
    if (!cli_document_complete(document) && verdict != POSTVET_INCOMPLETE)
        cli_buf_puts(out, ", and not fully checked");
    cli_buf_puts(out, "\n");
}

static void add_incomplete_reasons(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    for (size_t i = 0; i < cli_document_reason_count(document); i++) {
        struct cli_buf reason = { 0 };
        cli_buf_reason(&reason, document, i);
        cli_buf_labelled(
            out, &layout->terminal, FINDING_INDENT, COLUMN, "Not checked", reason.data);
        cli_buf_release(&reason);
    }
}

/* Where the places are not those of the file. */
static void add_conversion(struct cli_buf *out, const struct cli_layout *layout, const char *from)
{
    struct cli_buf text = { 0 };
    cli_buf_printf(&text, "%s. Places are those in the text as UTF-8.", from);
    cli_buf_labelled(out, &layout->terminal, FINDING_INDENT, COLUMN, "Read as", text.data);
    cli_buf_puts(out, "\n");
    cli_buf_release(&text);
}

static bool is_detailed(const struct cli_outcome *outcome)
{
    return !outcome->complete || outcome->has_suppressions || outcome->findings[POSTVET_ERROR]
           || outcome->findings[POSTVET_WARNING] || outcome->findings[POSTVET_NOTE];
}

/* A draft that is clear takes one line, or none when quiet. */
static void add_document(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    const bool complete = cli_document_complete(document);
    const size_t findings = cli_document_finding_count(document);
    const bool detailed = findings || !complete || cli_has_suppressions(document);
    if (!detailed && layout->options->quiet)
        return;
    add_heading(out, layout, document);
    if (detailed)
        cli_buf_puts(out, "\n");
    if (detailed && document->draft->converted_from && !document->draft->document)
        add_conversion(out, layout, document->draft->converted_from);
    if (findings)
        add_findings(out, layout, document);
    if (cli_has_suppressions(document))
        cli_buf_suppressions(out, layout, document);
    if (!complete) {
        add_incomplete_reasons(out, layout, document);
        cli_buf_puts(out, "\n");
    }
}

/* What is more than a line stands apart. */
static void join(struct cli_report *report, const struct cli_outcome *outcome)
{
    if (outcome->out.len == 0)
        return;
    if (is_detailed(outcome) && !report->spaced)
        cli_buf_puts(&report->out, "\n");
    report->spaced = is_detailed(outcome);
}

/* Adds "1 thing must change first, 2 need a second look, and there is 1 tip". */
static void add_what_is_to_do(struct cli_buf *out, const struct cli_summary *summary)
{
    const size_t errors = summary->findings[POSTVET_ERROR];
    const size_t warnings = summary->findings[POSTVET_WARNING];
    const size_t notes = summary->findings[POSTVET_NOTE];
    if (errors) {
        cli_buf_count(out, errors, "thing");
        cli_buf_puts(out, " must change first");
    }
    if (warnings) {
        cli_buf_puts(out, errors ? notes ? ", " : ", and " : "");
        cli_buf_count(out, warnings, "thing");
        cli_buf_printf(out, " %s a second look", warnings == 1 ? "needs" : "need");
    }
    if (notes) {
        cli_buf_printf(out, ", and there %s ", notes == 1 ? "is" : "are");
        cli_buf_count(out, notes, "tip");
    }
    cli_buf_puts(out, ". ");
}

static postvet_verdict worst_verdict(const struct cli_summary *summary)
{
    postvet_verdict worst = POSTVET_BLOCK;
    while (worst > POSTVET_CLEAR && summary->verdicts[worst] == 0)
        worst = (postvet_verdict)(worst - 1);
    return worst;
}

/* What the verdict on all of it means. */
static void add_meaning(
    struct cli_buf *out, const struct cli_summary *summary, postvet_verdict worst)
{
    const bool one = summary->documents == 1;
    const size_t notes = summary->findings[POSTVET_NOTE];
    switch (worst) {
    case POSTVET_BLOCK:
        cli_buf_printf(out, "do not publish %s. ",
            one ? "this as it is" : "the drafts marked Stop as they are");
        add_what_is_to_do(out, summary);
        break;
    case POSTVET_REVIEW:
        cli_buf_puts(out, "a person must look before this is published. ");
        add_what_is_to_do(out, summary);
        cli_buf_puts(out, "If in doubt, ask your Communications team. ");
        break;
    case POSTVET_INCOMPLETE:
        cli_buf_puts(out, "nothing was found that the policy forbids, but not everything could be "
                          "checked. This is not a clear result.");
        return;
    case POSTVET_CLEAR:
        cli_buf_puts(out, "nothing was found that the policy forbids. ");
        if (notes)
            cli_buf_printf(out, "%s worth reading. ", notes == 1 ? "The tip is" : "The tips are");
        cli_buf_puts(out, "A clear result is no promise: read it once more as a patient or a "
                          "colleague would.");
        break;
    }
    if (summary->incomplete) {
        if (one)
            cli_buf_puts(out, "The draft");
        else
            cli_buf_count(out, summary->incomplete, "draft");
        cli_buf_printf(out, " %s not fully checked, so there may be more.",
            summary->incomplete == 1 ? "was" : "were");
    }
}

static void begin(struct cli_report *report)
{
    report->spaced = true; /* there is nothing yet to stand apart from */
}

/* "3 drafts: 1 Stop, 2 Clear." */
static void add_tally(struct cli_report *report)
{
    struct cli_buf text = { 0 };
    const struct cli_summary *const summary = &report->summary;
    cli_buf_count(&text, summary->documents, "draft");
    const char *separator = ": ";
    for (int verdict = POSTVET_BLOCK; verdict >= POSTVET_CLEAR; verdict--)
        if (summary->verdicts[verdict]) {
            cli_buf_printf(&text, "%s%zu %s", separator, summary->verdicts[verdict],
                cli_verdict_word((postvet_verdict)verdict));
            separator = ", ";
        }
    cli_buf_puts(&text, ".");
    cli_buf_wrap(&report->out, &report->layout->terminal, 0, text.data);
    cli_buf_release(&text);
}

static void end(struct cli_report *report)
{
    const struct cli_summary *const summary = &report->summary;
    const postvet_verdict worst = worst_verdict(summary);
    const char *const word = cli_verdict_word(worst);
    struct cli_buf text = { 0 };
    if (summary->documents == 0)
        return;
    if (!report->spaced)
        cli_buf_puts(&report->out, "\n");
    if (summary->documents > 1)
        add_tally(report);
    cli_buf_styled(&report->out, &report->layout->terminal, verdict_styles[worst], word);
    cli_buf_puts(&report->out, ": ");
    if (report->layout->options->diff)
        cli_buf_puts(&text, "this is about the lines that have changed alone: ");
    add_meaning(&text, summary, worst);
    cli_buf_wrap(&report->out, &report->layout->terminal, (unsigned)strlen(word) + 2, text.data);
    cli_buf_release(&text);
}

const struct cli_format cli_text_format = { "text", begin, add_document, join, end, NULL };
