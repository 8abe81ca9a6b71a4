/* report.c: what the formats share: the verdict, the sums, and the printing. */
#include "report.h"

#include "../input/reader.h"
#include "format.h"
#include "stream.h"

/* How many sentences say what of the file is not in the text that was checked. */
static size_t gap_count(const struct cli_document *document)
{
    const postvet_document *const read = document->draft->document;
    return read ? cli_reader_incomplete_count(read) : 0;
}

postvet_verdict cli_document_verdict(const struct cli_document *document)
{
    const postvet_verdict verdict =
        document->result ? postvet_result_verdict(document->result) : POSTVET_INCOMPLETE;
    return verdict == POSTVET_CLEAR && gap_count(document) ? POSTVET_INCOMPLETE : verdict;
}

bool cli_document_complete(const struct cli_document *document)
{
    return document->result && postvet_result_complete(document->result)
           && gap_count(document) == 0;
}

size_t cli_document_finding_count(const struct cli_document *document)
{
    return document->result ? postvet_result_count(document->result) : 0;
}

size_t cli_document_reason_count(const struct cli_document *document)
{
    return document->result
               ? gap_count(document) + postvet_result_incomplete_count(document->result)
               : 1;
}

void cli_buf_reason(struct cli_buf *buf, const struct cli_document *document, size_t index)
{
    const size_t gaps = gap_count(document);
    if (document->result && index < gaps)
        cli_buf_puts(buf, cli_reader_incomplete_at(document->draft->document, index));
    else if (document->result)
        cli_buf_puts(buf, postvet_result_incomplete_at(document->result, index - gaps));
    else
        cli_buf_printf(buf, "It %s.", document->problem);
}

void cli_outcome_clear(struct cli_outcome *outcome)
{
    struct cli_buf out = outcome->out, aside = outcome->aside, complaint = outcome->complaint;
    cli_buf_recycle(&out);
    cli_buf_recycle(&aside);
    cli_buf_recycle(&complaint);
    *outcome = (struct cli_outcome){ .out = out, .aside = aside, .complaint = complaint };
}

void cli_outcome_release(struct cli_outcome *outcome)
{
    cli_buf_release(&outcome->out);
    cli_buf_release(&outcome->aside);
    cli_buf_release(&outcome->complaint);
}

static void count_in(struct cli_summary *summary, const struct cli_outcome *outcome)
{
    summary->documents++;
    summary->verdicts[outcome->verdict]++;
    summary->incomplete += !outcome->complete;
    summary->bytes += outcome->bytes;
    for (size_t i = 0; i <= POSTVET_ERROR; i++)
        summary->findings[i] += outcome->findings[i];
}

void cli_report_begin(struct cli_report *report)
{
    if (report->format->begin)
        report->format->begin(report);
    cli_print(&report->out);
}

void cli_report_add(struct cli_report *report, struct cli_outcome *outcome)
{
    if (outcome->is_unchanged) {
        report->summary.unchanged++;
        return;
    }
    if (report->format->join)
        report->format->join(report, outcome);
    cli_print(&report->out);
    cli_print(&outcome->out);
    if (outcome->aside.len)
        cli_buf_add(&report->aside, outcome->aside.data, outcome->aside.len);
    count_in(&report->summary, outcome);
}

void cli_report_end(struct cli_report *report)
{
    if (report->format->end)
        report->format->end(report);
    cli_print(&report->out);
    cli_buf_release(&report->out);
    cli_buf_release(&report->aside);
}
