/* html.c: one page that needs nothing else, to read, print and send: of each draft its lines, and
 * beside a line what was found in it. All findings are masked in all lines, unless --show-matches
 * asks for the words. The summary comes last, when it is known; the style sheet shows it first. */
#include <stdlib.h>

#include "../input/reader.h"
#include "escape.h"
#include "format.h"
#include "html_style.h"
#include "mask.h"
#include "place.h"
#include "words.h"
#include "xml.h"

/* A draft whose lines are being added: what of it is done. */
struct page {
    struct cli_buf *out;
    const struct cli_document *document;
    bool masks;
    const struct cli_span *spans;
    size_t span_count;
    size_t span;    /* the first span that does not end before the place reached */
    size_t finding; /* the first finding that is not told yet */
};

/* ----------------------------------------------------------------- findings */

static void add_paragraph(struct cli_buf *out, const char *label, const char *text)
{
    cli_buf_printf(out, "<p>%s", label);
    cli_buf_xml(out, text);
    cli_buf_puts(out, "</p>\n");
}

/* The confidence, the policy and the rule. */
static void add_small_print(struct cli_buf *out, const postvet_finding *finding)
{
    struct cli_buf text = { 0 };
    cli_buf_printf(&text, "How sure: %s", postvet_confidence_name(finding->confidence));
    for (size_t i = 0; i < finding->reason_count; i++)
        cli_buf_printf(&text, "%s%s", i ? "; " : ": ", finding->reasons[i]);
    cli_buf_puts(&text, ". ");
    if (finding->citation_count) {
        cli_buf_puts(&text, "Policy: ");
        cli_buf_citations(&text, finding->citations, finding->citation_count);
        cli_buf_puts(&text, ". ");
    }
    cli_buf_printf(&text, "Rule: %s.", finding->rule);
    cli_buf_puts(out, "<p class=\"small\">");
    cli_buf_xml(out, text.data);
    cli_buf_puts(out, "</p>\n");
    cli_buf_release(&text);
}

static void add_finding(struct cli_buf *out, const postvet_finding *finding)
{
    cli_buf_printf(out,
        "<section class=\"finding %s\">\n<h3>%s: ", postvet_severity_name(finding->severity),
        cli_severity_words(finding->severity).word);
    cli_buf_xml(out, finding->title);
    cli_buf_puts(out, "</h3>\n");
    add_paragraph(out, "", finding->message);
    add_paragraph(out, "<strong>What to do:</strong> ", finding->advice);
    add_small_print(out, finding);
    cli_buf_puts(out, "</section>\n");
}

/* -------------------------------------------------------------------- lines */

/* Whether something was found at this place, which moves on from call to call. */
static bool is_marked(struct page *page, size_t start, size_t end)
{
    while (page->span < page->span_count && page->spans[page->span].end <= start)
        page->span++;
    return page->span < page->span_count && page->spans[page->span].start < end;
}

/* A mask has one dot for each character that is seen, and keeps the spaces. */
static void add_char(struct page *page, const struct cli_char *c, bool marked)
{
    if (!marked || !page->masks || c->is_space)
        cli_buf_xml(page->out, c->shown);
    else if (c->width)
        cli_buf_puts(page->out, "•");
}

static void add_words(struct page *page, size_t start, size_t end)
{
    const char *const text = page->document->draft->shown;
    bool marking = false;
    struct cli_char c;
    for (size_t at = start; at < end; at += c.len) {
        c = cli_char_at(text + at, end - at);
        const bool marked = is_marked(page, at, at + c.len);
        if (marked != marking)
            cli_buf_puts(page->out, marked ? "<mark>" : "</mark>");
        marking = marked;
        add_char(page, &c, marked);
    }
    cli_buf_puts(page->out, marking ? "</mark>" : "");
}

static bool ends_line(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* Tells the findings that start before `end`. */
static void add_findings(struct page *page, size_t end)
{
    const postvet_result *const result = page->document->result;
    for (; page->finding < postvet_result_count(result); page->finding++) {
        const postvet_finding *const finding = postvet_result_at(result, page->finding);
        if (finding->start.byte >= end && !cli_is_about_the_whole(finding))
            return;
        if (!cli_is_about_the_whole(finding))
            add_finding(page->out, finding);
    }
}

/* Ends a line whose words begin at `start`; the next one's begin at `next`. */
static void add_line_rest(struct page *page, size_t start, size_t end, size_t next)
{
    add_words(page, start, end);
    cli_buf_puts(page->out, "</div><div class=\"beside\">");
    add_findings(page, next);
    cli_buf_puts(page->out, "</div></div>\n");
}

static void add_line(struct page *page, size_t number, size_t start, size_t end, size_t next)
{
    cli_buf_printf(page->out,
        "<div class=\"line\"><span class=\"number\">%zu</span><div class=\"words\">", number);
    add_line_rest(page, start, end, next);
}

/* The lines of a document have names in the place of numbers. */
static void add_places(struct page *page)
{
    const struct cli_draft *const draft = page->document->draft;
    const size_t count = cli_reader_place_count(draft->document);
    for (size_t i = 0; i < count; i++) {
        const postvet_place *const place = cli_reader_place_at(draft->document, i);
        const postvet_place *const next = cli_reader_place_at(draft->document, i + 1);
        cli_buf_puts(page->out, "<div class=\"line\"><span class=\"number\"></span>"
                                "<div class=\"words\"><span class=\"place\">");
        cli_buf_xml(page->out, place->name);
        cli_buf_puts(page->out, "</span>");
        add_line_rest(page, place->start, place->end, next ? next->start : draft->len);
    }
}

static void add_lines(struct page *page)
{
    const struct cli_draft *const draft = page->document->draft;
    size_t number = 1;
    for (size_t start = 0; start < draft->len; number++) {
        size_t end = start;
        while (end < draft->len && !ends_line(draft->text[end]))
            end++;
        size_t next = end < draft->len ? end + 1 : end;
        if (next < draft->len && draft->text[end] == '\r' && draft->text[next] == '\n')
            next++;
        add_line(page, number, start, end, next);
        start = next;
    }
}

/* ------------------------------------------------------------------- drafts */

/* What is to be said of the draft as a whole. */
static void add_general(struct cli_buf *out, const struct cli_document *document)
{
    const postvet_result *const result = document->result;
    for (size_t i = 0; i < cli_document_finding_count(document); i++)
        if (cli_is_about_the_whole(postvet_result_at(result, i)))
            add_finding(out, postvet_result_at(result, i));
    for (size_t i = 0; i < (result ? postvet_result_suppressed_count(result) : 0); i++) {
        const postvet_suppression *const suppressed = postvet_result_suppressed_at(result, i);
        cli_buf_puts(out, "<p class=\"small\">Set aside by the author: ");
        cli_buf_xml(out, suppressed->finding->title);
        cli_buf_puts(out, ". Reason given: ");
        cli_buf_xml(out, suppressed->reason);
        cli_buf_puts(out, "</p>\n");
    }
    for (size_t i = 0; i < cli_document_reason_count(document); i++) {
        struct cli_buf reason = { 0 };
        cli_buf_reason(&reason, document, i);
        add_paragraph(out, "<strong>Not fully checked.</strong> ", reason.data);
        cli_buf_release(&reason);
    }
}

static void add_name(struct cli_buf *out, const struct cli_document *document)
{
    struct cli_buf name = { 0 };
    cli_buf_name(&name, document->draft);
    cli_buf_xml(out, name.len ? name.data : "");
    cli_buf_release(&name);
}

static void add_document(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    cli_buf_puts(out, "<article>\n<h2>");
    add_name(out, document);
    cli_buf_printf(out, ": %s</h2>\n", cli_verdict_word(cli_document_verdict(document)));
    add_general(out, document);
    if (document->result) {
        struct page page = {
            .out = out, .document = document, .masks = !layout->options->show_matches
        };
        struct cli_span *const spans =
            cli_spans_to_mask(document->result, document->draft->len, &page.span_count);
        page.spans = spans;
        if (document->draft->document)
            add_places(&page);
        else
            add_lines(&page);
        free(spans);
    }
    cli_buf_puts(out, "</article>\n");
}

/* --------------------------------------------------------- beginning and end */

static void begin(struct cli_report *report)
{
    struct cli_buf *const out = &report->out;
    const char *const profile = postvet_ruleset_profile(report->layout->ruleset);
    cli_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" "
                      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                      "<title>Check of drafts</title>\n<style>");
    cli_buf_puts(out, cli_html_style);
    cli_buf_puts(out, "</style>\n</head>\n<body>\n<header><h1>Check of drafts</h1>\n<p>By postvet");
    if (*profile) {
        struct cli_buf trust = { 0 };
        cli_buf_trust(&trust, profile);
        cli_buf_puts(out, ", with the policy of ");
        cli_buf_xml(out, trust.data);
        cli_buf_release(&trust);
    }
    cli_buf_puts(out, ". A clear result is no promise: read each draft once more as a patient or a "
                      "colleague would.</p></header>\n<main>\n");
}

/* A row of the summary. */
static void add_row(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    (void)layout;
    size_t counts[POSTVET_ERROR + 1] = { 0 };
    for (size_t i = 0; i < cli_document_finding_count(document); i++)
        counts[postvet_result_at(document->result, i)->severity]++;
    cli_buf_puts(out, "<tr><td>");
    add_name(out, document);
    cli_buf_printf(out, "</td><td>%s%s</td>", cli_verdict_word(cli_document_verdict(document)),
        cli_document_complete(document) || cli_document_verdict(document) == POSTVET_INCOMPLETE
            ? ""
            : ", and not fully checked");
    for (int severity = POSTVET_ERROR; severity >= POSTVET_NOTE; severity--)
        cli_buf_printf(out, "<td class=\"count\">%zu</td>", counts[severity]);
    cli_buf_puts(out, "</tr>\n");
}

static void end(struct cli_report *report)
{
    struct cli_buf *const out = &report->out;
    const struct cli_summary *const summary = &report->summary;
    cli_buf_puts(out,
        "</main>\n<section class=\"summary\"><h2>Summary</h2>\n<table>\n<thead><tr>"
        "<th>Draft</th><th>Verdict</th><th class=\"count\">Stop</th>"
        "<th class=\"count\">Look again</th><th class=\"count\">Tip</th></tr></thead>\n"
        "<tbody>\n");
    if (report->aside.len)
        cli_buf_add(out, report->aside.data, report->aside.len);
    cli_buf_puts(out, "</tbody>\n<tfoot><tr><th>");
    cli_buf_count(out, summary->documents, "draft");
    cli_buf_printf(out, "</th><th>%zu not fully checked</th>", summary->incomplete);
    for (int severity = POSTVET_ERROR; severity >= POSTVET_NOTE; severity--)
        cli_buf_printf(out, "<th class=\"count\">%zu</th>", summary->findings[severity]);
    cli_buf_puts(out, "</tr></tfoot>\n</table></section>\n</body>\n</html>\n");
}

const struct cli_format cli_html_format = { "html", begin, add_document, NULL, end, add_row };
