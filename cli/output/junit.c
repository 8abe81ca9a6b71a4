/* junit.c: the XML that test runners write and every CI reads: a suite a draft, a case a finding.
 *
 *     <testsuite name="drafts/a.md" tests="2" failures="1" errors="0" skipped="0">
 *       <testcase classname="drafts/a.md" name="line 3: NHS number [nhs-number-labelled]">
 *         <failure type="error" message="What is wrong">How, and what to do</failure>
 *
 * What --fail-on lets pass is a case that passed, with the words in <system-out>. What was not
 * checked is an error; a draft without either is one case that passed. */
#include "format.h"
#include "place.h"
#include "xml.h"

static bool fails(const struct cli_layout *layout, const postvet_finding *finding)
{
    return (int)finding->severity >= layout->options->fail_on;
}

static void add_case_start(
    struct cli_buf *out, const struct cli_document *document, const char *name)
{
    struct cli_buf path = { 0 };
    cli_buf_path(&path, document->draft);
    cli_buf_puts(out, "<testcase classname=\"");
    cli_buf_xml(out, path.data);
    cli_buf_puts(out, "\" name=\"");
    cli_buf_xml(out, name);
    cli_buf_puts(out, "\" time=\"0\">");
    cli_buf_release(&path);
}

/* "line 3, column 15: NHS number [nhs-number-labelled]" */
static void add_name(
    struct cli_buf *name, const struct cli_draft *draft, const postvet_finding *finding)
{
    if (cli_is_about_the_whole(finding)) {
        cli_buf_puts(name, "whole draft: ");
    } else if (draft->document) {
        cli_buf_where(name, draft, finding);
        cli_buf_puts(name, ": ");
    } else {
        cli_buf_printf(name, "line %zu, column %zu: ", finding->start.line, finding->start.column);
    }
    cli_buf_printf(name, "%s [%s]", finding->title, finding->rule);
}

static void add_finding(struct cli_buf *out, const struct cli_layout *layout,
    const struct cli_document *document, const postvet_finding *finding)
{
    struct cli_buf name = { 0 };
    const bool failure = fails(layout, finding);
    add_name(&name, document->draft, finding);
    add_case_start(out, document, name.data);
    if (failure) {
        cli_buf_printf(
            out, "<failure type=\"%s\" message=\"", postvet_severity_name(finding->severity));
        cli_buf_xml(out, finding->message);
        cli_buf_puts(out, "\">");
    } else {
        cli_buf_printf(out, "<system-out>%s: ", postvet_severity_name(finding->severity));
        cli_buf_xml(out, finding->message);
        cli_buf_puts(out, "\n");
    }
    cli_buf_xml(out, finding->advice);
    cli_buf_puts(out, failure ? "</failure></testcase>\n" : "</system-out></testcase>\n");
    cli_buf_release(&name);
}

static void add_reason(struct cli_buf *out, const struct cli_document *document, size_t index)
{
    struct cli_buf reason = { 0 }, name = { 0 };
    cli_buf_reason(&reason, document, index);
    cli_buf_printf(&name, "not fully checked, reason %zu", index + 1);
    add_case_start(out, document, name.data);
    cli_buf_puts(out, "<error type=\"incomplete\" message=\"");
    cli_buf_xml(out, reason.data);
    cli_buf_puts(out, "\"></error></testcase>\n");
    cli_buf_release(&reason);
    cli_buf_release(&name);
}

static void add_suite_start(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    struct cli_buf path = { 0 };
    const size_t findings = cli_document_finding_count(document);
    const size_t errors = cli_document_reason_count(document);
    const size_t tests = findings + errors ? findings + errors : 1;
    size_t failures = 0;
    for (size_t i = 0; i < findings; i++)
        failures += fails(layout, postvet_result_at(document->result, i));
    cli_buf_path(&path, document->draft);
    cli_buf_puts(out, "<testsuite name=\"");
    cli_buf_xml(out, path.data);
    cli_buf_printf(out,
        "\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"0\" time=\"0\">\n", tests,
        failures, errors);
    cli_buf_release(&path);
}

static void begin(struct cli_report *report)
{
    cli_buf_puts(&report->out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"postvet\">\n");
}

static void add_document(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    const size_t findings = cli_document_finding_count(document);
    add_suite_start(out, layout, document);
    for (size_t i = 0; i < findings; i++)
        add_finding(out, layout, document, postvet_result_at(document->result, i));
    for (size_t i = 0; i < cli_document_reason_count(document); i++)
        add_reason(out, document, i);
    if (cli_document_complete(document) && findings == 0) {
        add_case_start(out, document, "nothing found");
        cli_buf_puts(out, "</testcase>\n");
    }
    cli_buf_puts(out, "</testsuite>\n");
}

static void end(struct cli_report *report)
{
    cli_buf_puts(&report->out, "</testsuites>\n");
}

const struct cli_format cli_junit_format = { "junit", begin, add_document, NULL, end, NULL };
