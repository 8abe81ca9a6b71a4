/* json.c: the JSON of rules/schema/output.json, by jansson, whose objects keep their keys in the
 * order of insertion. The outermost object is written by hand, a draft a line, so that drafts can
 * be printed as they are checked. It never holds words of a draft but in "excerpt", which the
 * library has masked unless it was asked to show matches. */
#include <jansson.h>

#include "escape.h"
#include "report.h"

#define SCHEMA_VERSION "1"

/* jansson fails here only for want of memory: every string is valid UTF-8 by then. */
static json_t *need(json_t *value)
{
    if (!value)
        cli_out_of_memory();
    return value;
}

static void set(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, need(value)) != 0)
        cli_out_of_memory();
}

static void append(json_t *array, json_t *value)
{
    if (json_array_append_new(array, need(value)) != 0)
        cli_out_of_memory();
}

/* Text from outside, such as a path, may hold bytes that are not UTF-8. */
static json_t *string(const char *text)
{
    json_t *value = json_string(text);
    if (!value) {
        struct cli_buf utf8 = { 0 };
        cli_buf_utf8(&utf8, text);
        value = need(json_stringn(utf8.data, utf8.len));
        cli_buf_release(&utf8);
    }
    return value;
}

static json_t *number(size_t count)
{
    return json_integer((json_int_t)count);
}

static int add_bytes(const char *bytes, size_t len, void *buf)
{
    cli_buf_add(buf, bytes, len);
    return 0;
}

/* Adds a value as JSON and lets it go. */
static void add_json(struct cli_buf *out, json_t *value)
{
    if (json_dump_callback(value, add_bytes, out, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
        cli_out_of_memory();
    json_decref(value);
}

static json_t *position_json(postvet_position position)
{
    json_t *const object = need(json_object());
    set(object, "byte", number(position.byte));
    set(object, "line", number(position.line));
    set(object, "column", number(position.column));
    return object;
}

static json_t *policy_json(const postvet_citation *citations, size_t count)
{
    json_t *const array = need(json_array());
    for (size_t i = 0; i < count; i++) {
        json_t *const object = need(json_object());
        set(object, "trust", string(citations[i].trust));
        set(object, "document", string(citations[i].document));
        set(object, "section", string(citations[i].section));
        append(array, object);
    }
    return array;
}

static json_t *finding_json(const postvet_finding *finding)
{
    json_t *const object = need(json_object());
    json_t *const reasons = need(json_array());
    for (size_t i = 0; i < finding->reason_count; i++)
        append(reasons, string(finding->reasons[i]));
    set(object, "rule", string(finding->rule));
    set(object, "category", string(finding->category));
    set(object, "title", string(finding->title));
    set(object, "severity", string(postvet_severity_name(finding->severity)));
    set(object, "confidence", string(postvet_confidence_name(finding->confidence)));
    set(object, "reasons", reasons);
    set(object, "start", position_json(finding->start));
    set(object, "end", position_json(finding->end));
    set(object, "excerpt", string(finding->excerpt));
    set(object, "message", string(finding->message));
    set(object, "advice", string(finding->advice));
    set(object, "policy", policy_json(finding->citations, finding->citation_count));
    return object;
}

static json_t *incomplete_reasons_json(const struct cli_document *document)
{
    json_t *const array = need(json_array());
    if (document->result) {
        for (size_t i = 0; i < postvet_result_incomplete_count(document->result); i++)
            append(array, string(postvet_result_incomplete_at(document->result, i)));
    } else {
        struct cli_buf reason = { 0 };
        cli_buf_printf(&reason, "It %s.", document->problem);
        append(array, string(reason.data));
        cli_buf_release(&reason);
    }
    return array;
}

static json_t *document_json(const struct cli_document *document)
{
    json_t *const object = need(json_object());
    json_t *const findings = need(json_array());
    const size_t count = document->result ? postvet_result_count(document->result) : 0;
    for (size_t i = 0; i < count; i++)
        append(findings, finding_json(postvet_result_at(document->result, i)));
    set(object, "path", string(document->path));
    set(object, "verdict", string(postvet_verdict_name(cli_document_verdict(document))));
    if (document->converted_from)
        set(object, "converted_from", string(document->converted_from));
    set(object, "complete", json_boolean(cli_document_complete(document)));
    set(object, "incomplete_reasons", incomplete_reasons_json(document));
    set(object, "findings", findings);
    set(object, "suppressed", number(0)); /* the library suppresses nothing yet */
    return object;
}

static json_t *summary_json(const struct cli_summary *summary)
{
    json_t *const findings = need(json_object());
    set(findings, "error", number(summary->findings[POSTVET_ERROR]));
    set(findings, "warning", number(summary->findings[POSTVET_WARNING]));
    set(findings, "note", number(summary->findings[POSTVET_NOTE]));
    json_t *const object = need(json_object());
    set(object, "documents", number(summary->documents));
    set(object, "block", number(summary->verdicts[POSTVET_BLOCK]));
    set(object, "review", number(summary->verdicts[POSTVET_REVIEW]));
    set(object, "clear", number(summary->verdicts[POSTVET_CLEAR]));
    set(object, "incomplete", number(summary->incomplete));
    set(object, "findings", findings);
    return object;
}

static void begin(struct cli_report *report)
{
    struct cli_buf *const out = &report->out;
    const char *const profile = postvet_ruleset_profile(report->ruleset);
    json_t *const tool = need(json_object());
    set(tool, "name", string("postvet"));
    set(tool, "version", string(postvet_version()));
    cli_buf_puts(out, "{\"schema_version\":\"" SCHEMA_VERSION "\",\"tool\":");
    add_json(out, tool);
    cli_buf_puts(out, ",\"profile\":");
    add_json(out, *profile ? string(profile) : need(json_null()));
    cli_buf_puts(out, ",\"documents\":[");
}

static void add_document(struct cli_report *report, const struct cli_document *document)
{
    cli_buf_puts(&report->out, report->summary.documents > 1 ? ",\n" : "\n");
    add_json(&report->out, document_json(document));
}

static void end(struct cli_report *report)
{
    cli_buf_puts(&report->out, "\n],\"summary\":");
    add_json(&report->out, summary_json(&report->summary));
    cli_buf_puts(&report->out, "}\n");
}

const struct cli_reporter cli_json_reporter = { begin, add_document, end };
