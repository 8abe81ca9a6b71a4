/* report.c: what the formats share: the verdict, the sums, and the printing. */
#include "report.h"

#include "format.h"
#include "stream.h"

postvet_verdict cli_document_verdict(const struct cli_document *document)
{
    return document->result ? postvet_result_verdict(document->result) : POSTVET_INCOMPLETE;
}

bool cli_document_complete(const struct cli_document *document)
{
    return document->result && postvet_result_complete(document->result);
}

void cli_outcome_clear(struct cli_outcome *outcome)
{
    struct cli_buf out = outcome->out, complaint = outcome->complaint;
    cli_buf_recycle(&out);
    cli_buf_recycle(&complaint);
    *outcome = (struct cli_outcome){ .out = out, .complaint = complaint };
}

void cli_outcome_release(struct cli_outcome *outcome)
{
    cli_buf_release(&outcome->out);
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
    if (report->format->join)
        report->format->join(report, outcome);
    cli_print(&report->out);
    cli_print(&outcome->out);
    count_in(&report->summary, outcome);
}

void cli_report_end(struct cli_report *report)
{
    if (report->format->end)
        report->format->end(report);
    cli_print(&report->out);
    cli_buf_release(&report->out);
}
