/* json.c: the JSON of rules/schema/output.json: one object for the whole run (json), or one a draft
 * (ndjson). The outermost object of json is written by hand, a draft a line, so that drafts can be
 * printed as they are checked. It never holds words of a draft but in "excerpt", which the library
 * has masked unless it was asked to show matches. */
#include "format.h"
#include "json_value.h"
#include "place.h"

#define SCHEMA_VERSION "1"

static json_t *position_json(postvet_position position)
{
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "byte", cli_json_count(position.byte));
    cli_json_set(object, "line", cli_json_count(position.line));
    cli_json_set(object, "column", cli_json_count(position.column));
    return object;
}

static json_t *policy_json(const postvet_citation *citations, size_t count)
{
    json_t *const array = cli_json_need(json_array());
    for (size_t i = 0; i < count; i++) {
        json_t *const object = cli_json_need(json_object());
        cli_json_set(object, "trust", cli_json_string(citations[i].trust));
        cli_json_set(object, "document", cli_json_string(citations[i].document));
        cli_json_set(object, "section", cli_json_string(citations[i].section));
        cli_json_append(array, object);
    }
    return array;
}

/* Where it is in a document, whose text has other lines than the file. */
static void set_place_in_document(
    json_t *object, const struct cli_draft *draft, const postvet_finding *finding)
{
    struct cli_buf where = { 0 };
    if (!draft->document || cli_is_about_the_whole(finding))
        return;
    cli_buf_where(&where, draft, finding);
    cli_json_set(object, "place", cli_json_string(where.data));
    cli_buf_release(&where);
}

static json_t *finding_json(const struct cli_draft *draft, const postvet_finding *finding)
{
    json_t *const object = cli_json_need(json_object());
    json_t *const reasons = cli_json_need(json_array());
    for (size_t i = 0; i < finding->reason_count; i++)
        cli_json_append(reasons, cli_json_string(finding->reasons[i]));
    cli_json_set(object, "rule", cli_json_string(finding->rule));
    cli_json_set(object, "category", cli_json_string(finding->category));
    cli_json_set(object, "title", cli_json_string(finding->title));
    cli_json_set(object, "severity", cli_json_string(postvet_severity_name(finding->severity)));
    cli_json_set(
        object, "confidence", cli_json_string(postvet_confidence_name(finding->confidence)));
    cli_json_set(object, "reasons", reasons);
    cli_json_set(object, "start", position_json(finding->start));
    cli_json_set(object, "end", position_json(finding->end));
    set_place_in_document(object, draft, finding);
    cli_json_set(object, "excerpt", cli_json_string(finding->excerpt));
    cli_json_set(object, "message", cli_json_string(finding->message));
    cli_json_set(object, "advice", cli_json_string(finding->advice));
    cli_json_set(object, "policy", policy_json(finding->citations, finding->citation_count));
    return object;
}

static json_t *incomplete_reasons_json(const struct cli_document *document)
{
    json_t *const array = cli_json_need(json_array());
    for (size_t i = 0; i < cli_document_reason_count(document); i++) {
        struct cli_buf reason = { 0 };
        cli_buf_reason(&reason, document, i);
        cli_json_append(array, cli_json_string(reason.data));
        cli_buf_release(&reason);
    }
    return array;
}

/* What is wrong with a record, and where in what was read. */
static json_t *error_json(const struct cli_draft *draft, const char *problem)
{
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "line", cli_json_count(draft->line));
    if (draft->column)
        cli_json_set(object, "column", cli_json_count(draft->column));
    cli_json_set(object, "message", cli_json_string(problem));
    return object;
}

/* Names the draft: a record by its id, null when it has none; any other by its path. */
static void set_name(json_t *object, const struct cli_document *document)
{
    const struct cli_draft *const draft = document->draft;
    if (!draft->is_record)
        cli_json_set(object, "path", cli_json_string(draft->path));
    else
        cli_json_set(object, "id", draft->id ? json_incref(draft->id) : json_null());
    if (draft->is_record && document->problem)
        cli_json_set(object, "error", error_json(draft, document->problem));
}

/* Sets where something about suppressions stands: in the draft, unless a file is named. */
static void set_place(
    json_t *object, const char *file, postvet_position start, postvet_position end)
{
    if (*file)
        cli_json_set(object, "file", cli_json_string(file));
    cli_json_set(object, "start", position_json(start));
    cli_json_set(object, "end", position_json(end));
}

static const char *const suppression_kinds[] = {
    [POSTVET_SUPPRESSED_IN_DRAFT] = "draft",
    [POSTVET_SUPPRESSED_BY_ALLOWLIST] = "allow-list",
    [POSTVET_SUPPRESSED_BY_BASELINE] = "baseline",
};

static json_t *suppressions_json(const struct cli_draft *draft, const postvet_result *result)
{
    json_t *const array = cli_json_need(json_array());
    for (size_t i = 0; i < postvet_result_suppressed_count(result); i++) {
        const postvet_suppression *const suppression = postvet_result_suppressed_at(result, i);
        json_t *const object = cli_json_need(json_object());
        json_t *const directive = cli_json_need(json_object());
        set_place(directive, suppression->file, suppression->start, suppression->end);
        cli_json_set(object, "kind", cli_json_string(suppression_kinds[suppression->kind]));
        cli_json_set(object, "reason", cli_json_string(suppression->reason));
        cli_json_set(object, "directive", directive);
        cli_json_set(object, "finding", finding_json(draft, suppression->finding));
        cli_json_append(array, object);
    }
    return array;
}

static json_t *notices_json(const postvet_result *result)
{
    json_t *const array = cli_json_need(json_array());
    for (size_t i = 0; i < postvet_result_notice_count(result); i++) {
        const postvet_notice *const notice = postvet_result_notice_at(result, i);
        json_t *const object = cli_json_need(json_object());
        cli_json_set(object, "kind", cli_json_string(notice->kind));
        cli_json_set(object, "severity", cli_json_string(postvet_severity_name(notice->severity)));
        set_place(object, notice->file, notice->start, notice->end);
        cli_json_set(object, "message", cli_json_string(notice->message));
        cli_json_append(array, object);
    }
    return array;
}

/* The count always; the rest where there is any, or where it was asked for. */
static void set_suppressions(
    json_t *object, const struct cli_layout *layout, const struct cli_document *document)
{
    const postvet_result *const result = document->result;
    cli_json_set(
        object, "suppressed", cli_json_count(result ? postvet_result_suppressed_count(result) : 0));
    if (result && layout->options->report_suppressed)
        cli_json_set(object, "suppressions", suppressions_json(document->draft, result));
    if (result && layout->options->diff)
        cli_json_set(object, "elsewhere", cli_json_count(postvet_result_elsewhere_count(result)));
    if (result && postvet_result_notice_count(result))
        cli_json_set(object, "notices", notices_json(result));
}

static void set_document(
    json_t *object, const struct cli_layout *layout, const struct cli_document *document)
{
    json_t *const findings = cli_json_need(json_array());
    const size_t count = document->result ? postvet_result_count(document->result) : 0;
    const char *const converted_from = document->draft->converted_from;
    for (size_t i = 0; i < count; i++)
        cli_json_append(
            findings, finding_json(document->draft, postvet_result_at(document->result, i)));
    set_name(object, document);
    cli_json_set(
        object, "verdict", cli_json_string(postvet_verdict_name(cli_document_verdict(document))));
    if (converted_from)
        cli_json_set(object, "converted_from", cli_json_string(converted_from));
    cli_json_set(object, "complete", json_boolean(cli_document_complete(document)));
    cli_json_set(object, "incomplete_reasons", incomplete_reasons_json(document));
    cli_json_set(object, "findings", findings);
    set_suppressions(object, layout, document);
}

static json_t *summary_json(const struct cli_report *report)
{
    const struct cli_summary *const summary = &report->summary;
    json_t *const findings = cli_json_need(json_object());
    cli_json_set(findings, "error", cli_json_count(summary->findings[POSTVET_ERROR]));
    cli_json_set(findings, "warning", cli_json_count(summary->findings[POSTVET_WARNING]));
    cli_json_set(findings, "note", cli_json_count(summary->findings[POSTVET_NOTE]));
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "documents", cli_json_count(summary->documents));
    cli_json_set(object, "block", cli_json_count(summary->verdicts[POSTVET_BLOCK]));
    cli_json_set(object, "review", cli_json_count(summary->verdicts[POSTVET_REVIEW]));
    cli_json_set(object, "clear", cli_json_count(summary->verdicts[POSTVET_CLEAR]));
    cli_json_set(object, "incomplete", cli_json_count(summary->incomplete));
    cli_json_set(object, "findings", findings);
    if (report->layout->options->diff)
        cli_json_set(object, "unchanged", cli_json_count(summary->unchanged));
    return object;
}

/* --------------------------------------------------------------------- json */

static void begin(struct cli_report *report)
{
    struct cli_buf *const out = &report->out;
    const char *const profile = postvet_ruleset_profile(report->layout->ruleset);
    json_t *const tool = cli_json_need(json_object());
    cli_json_set(tool, "name", cli_json_string("postvet"));
    cli_json_set(tool, "version", cli_json_string(postvet_version()));
    cli_buf_puts(out, "{\"schema_version\":\"" SCHEMA_VERSION "\",\"tool\":");
    cli_buf_json(out, tool);
    cli_buf_puts(out, ",\"profile\":");
    cli_buf_json(out, *profile ? cli_json_string(profile) : cli_json_need(json_null()));
    cli_buf_puts(out, ",\"documents\":[");
}

static void add_document(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    json_t *const object = cli_json_need(json_object());
    set_document(object, layout, document);
    cli_buf_json(out, object);
}

static void join(struct cli_report *report, const struct cli_outcome *outcome)
{
    (void)outcome;
    cli_buf_puts(&report->out, report->summary.documents > 0 ? ",\n" : "\n");
}

static void end(struct cli_report *report)
{
    cli_buf_puts(&report->out, "\n],\"summary\":");
    cli_buf_json(&report->out, summary_json(report));
    cli_buf_puts(&report->out, "}\n");
}

const struct cli_format cli_json_format = { "json", begin, add_document, join, end, NULL };

/* ------------------------------------------------------------------- ndjson */

static void add_line(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "schema_version", cli_json_string(SCHEMA_VERSION));
    set_document(object, layout, document);
    cli_buf_json(out, object);
    cli_buf_puts(out, "\n");
}

const struct cli_format cli_ndjson_format = { "ndjson", NULL, add_line, NULL, NULL, NULL };
