/* report.c: what the formats share: the verdict and the sums. */
#include "report.h"

postvet_verdict cli_document_verdict(const struct cli_document *document)
{
    return document->result ? postvet_result_verdict(document->result) : POSTVET_INCOMPLETE;
}

bool cli_document_complete(const struct cli_document *document)
{
    return document->result && postvet_result_complete(document->result);
}

void cli_summary_add(struct cli_summary *summary, const struct cli_document *document)
{
    summary->documents++;
    summary->verdicts[cli_document_verdict(document)]++;
    summary->incomplete += !cli_document_complete(document);
    const size_t count = document->result ? postvet_result_count(document->result) : 0;
    for (size_t i = 0; i < count; i++)
        summary->findings[postvet_result_at(document->result, i)->severity]++;
}
