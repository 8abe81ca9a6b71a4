/* gitlab.c: the Code Quality report of GitLab: a list of issues. An issue is known again by its
 * fingerprint, here made of nothing but the draft's path, the rule, and a number when the rule
 * found more than one thing in the draft: it has to be unique, and must not tell what was found,
 * not even as a hash, since there are few enough dates and NHS numbers to try them all. */
#include <string.h>

#include "format.h"
#include "json_value.h"
#include "place.h"

static const char *const severities[] = {
    [POSTVET_NOTE] = "info",
    [POSTVET_WARNING] = "major",
    [POSTVET_ERROR] = "blocker",
};

/* One thing to report. */
struct issue {
    const char *check, *severity, *description;
    size_t number; /* of the issues that the check has made in this draft, from 1 */
    size_t first_line, last_line;
};

static json_t *location_json(const struct issue *issue, const char *path)
{
    json_t *const lines = cli_json_need(json_object());
    cli_json_set(lines, "begin", cli_json_count(issue->first_line));
    cli_json_set(lines, "end", cli_json_count(issue->last_line));
    json_t *const location = cli_json_need(json_object());
    cli_json_set(location, "path", cli_json_string(path));
    cli_json_set(location, "lines", lines);
    return location;
}

static void add_issue(
    struct cli_buf *out, const struct cli_document *document, const struct issue *issue)
{
    struct cli_buf path = { 0 }, fingerprint = { 0 };
    json_t *const object = cli_json_need(json_object());
    cli_buf_path(&path, document->draft);
    cli_buf_printf(&fingerprint, "postvet:%s:%zu:%s", issue->check, issue->number, path.data);
    cli_json_set(object, "description", cli_json_string(issue->description));
    cli_json_set(object, "check_name", cli_json_string(issue->check));
    cli_json_set(object, "fingerprint", cli_json_string(fingerprint.data));
    cli_json_set(object, "severity", cli_json_string(issue->severity));
    cli_json_set(object, "location", location_json(issue, path.data));
    cli_buf_puts(out, out->len ? ",\n" : "");
    cli_buf_json(out, object);
    cli_buf_release(&path);
    cli_buf_release(&fingerprint);
}

static size_t number_of(const postvet_result *result, size_t index)
{
    const char *const rule = postvet_result_at(result, index)->rule;
    size_t number = 1;
    for (size_t i = 0; i < index; i++)
        number += strcmp(postvet_result_at(result, i)->rule, rule) == 0;
    return number;
}

static void add_finding(struct cli_buf *out, const struct cli_document *document, size_t index)
{
    const struct cli_draft *const draft = document->draft;
    const postvet_finding *const finding = postvet_result_at(document->result, index);
    struct cli_buf message = { 0 };
    cli_buf_message(&message, draft, finding);
    add_issue(out, document,
        &(struct issue){ .check = finding->rule,
            .severity = severities[finding->severity],
            .description = message.data,
            .number = number_of(document->result, index),
            .first_line = cli_place_in_file(draft, finding->start).line,
            .last_line = cli_place_in_file(draft, finding->end).line });
    cli_buf_release(&message);
}

static void add_reason(struct cli_buf *out, const struct cli_document *document, size_t index)
{
    struct cli_buf reason = { 0 };
    cli_buf_puts(&reason, "Not fully checked. ");
    cli_buf_reason(&reason, document, index);
    add_issue(out, document,
        &(struct issue){ .check = "incomplete",
            .severity = "blocker",
            .description = reason.data,
            .number = index + 1,
            .first_line = 1,
            .last_line = 1 });
    cli_buf_release(&reason);
}

static void begin(struct cli_report *report)
{
    cli_buf_puts(&report->out, "[");
}

static void add_document(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    (void)layout;
    for (size_t i = 0; i < cli_document_finding_count(document); i++)
        add_finding(out, document, i);
    for (size_t i = 0; i < cli_document_reason_count(document); i++)
        add_reason(out, document, i);
}

static void join(struct cli_report *report, const struct cli_outcome *outcome)
{
    if (outcome->out.len == 0)
        return;
    cli_buf_puts(&report->out, report->has_items ? ",\n" : "\n");
    report->has_items = true;
}

static void end(struct cli_report *report)
{
    cli_buf_puts(&report->out, "\n]\n");
}

const struct cli_format cli_gitlab_format = { "gitlab", begin, add_document, join, end, NULL };
