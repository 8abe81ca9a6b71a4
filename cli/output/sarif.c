/* sarif.c: SARIF 2.1.0, as code hosts read it. One run: its rules first, then a result a line as
 * drafts are checked, and at the end, as notifications, what was not checked. There are no
 * snippets, no contents and no fingerprints: nothing is said of a draft but places in it. Columns
 * count UTF-16 code units, which is what readers of SARIF take them for. */
#include <string.h>

#include "format.h"
#include "json_value.h"
#include "place.h"
#include "words.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* SARIF calls the severities what postvet does; GitHub has a word of its own for the least. */
static const char *problem_severity(postvet_severity severity)
{
    return severity == POSTVET_NOTE ? "recommendation" : postvet_severity_name(severity);
}

static json_t *message_json(const char *text)
{
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "text", cli_json_string(text));
    return object;
}

/* -------------------------------------------------------------------- rules */

/* What to do, and the sections of the policy. */
static json_t *help_json(const postvet_rule_info *rule)
{
    struct cli_buf text = { 0 };
    cli_buf_puts(&text, rule->advice);
    if (rule->citation_count) {
        cli_buf_puts(&text, "\n\nPolicy: ");
        cli_buf_citations(&text, rule->citations, rule->citation_count);
    }
    json_t *const help = message_json(text.data);
    cli_buf_release(&text);
    return help;
}

static json_t *rule_json(const postvet_rule_info *rule)
{
    json_t *const level = cli_json_need(json_object());
    cli_json_set(level, "level", cli_json_string(postvet_severity_name(rule->severity)));
    json_t *const tags = cli_json_need(json_array());
    cli_json_append(tags, cli_json_string(rule->pack));
    json_t *const properties = cli_json_need(json_object());
    cli_json_set(properties, "tags", tags);
    cli_json_set(
        properties, "precision", cli_json_string(postvet_confidence_name(rule->confidence)));
    cli_json_set(properties, "problem.severity", cli_json_string(problem_severity(rule->severity)));
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "id", cli_json_string(rule->id));
    cli_json_set(object, "shortDescription", message_json(rule->title));
    cli_json_set(object, "fullDescription", message_json(rule->message));
    cli_json_set(object, "help", help_json(rule));
    cli_json_set(object, "defaultConfiguration", level);
    cli_json_set(object, "properties", properties);
    return object;
}

static json_t *tool_json(const postvet_ruleset *ruleset)
{
    json_t *const rules = cli_json_need(json_array());
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++)
        cli_json_append(rules, rule_json(postvet_ruleset_rule_at(ruleset, i)));
    json_t *const driver = cli_json_need(json_object());
    cli_json_set(driver, "name", cli_json_string("postvet"));
    cli_json_set(driver, "version", cli_json_string(postvet_version()));
    cli_json_set(driver, "semanticVersion", cli_json_string(postvet_version()));
    cli_json_set(driver, "rules", rules);
    json_t *const tool = cli_json_need(json_object());
    cli_json_set(tool, "driver", driver);
    return tool;
}

/* A rule that another draft's configuration brings is not among those that the tool lists. */
static void set_rule_index(json_t *object, const postvet_ruleset *ruleset, const char *id)
{
    const size_t count = postvet_ruleset_rule_count(ruleset);
    size_t index = 0;
    while (index < count && strcmp(postvet_ruleset_rule_at(ruleset, index)->id, id) != 0)
        index++;
    if (index < count)
        cli_json_set(object, "ruleIndex", cli_json_count(index));
}

/* ------------------------------------------------------------------- places */

/* A draft as a whole has a region, too: the empty one at its start. */
static json_t *region_json(const struct cli_draft *draft, const postvet_finding *finding)
{
    const size_t start = postvet_utf16_column(draft->text, draft->len, finding->start.byte);
    const size_t end = postvet_utf16_column(draft->text, draft->len, finding->end.byte);
    const bool is_elsewhere = draft->document != NULL; /* see set_logical_location() */
    json_t *const region = cli_json_need(json_object());
    cli_json_set(
        region, "startLine", cli_json_count(cli_place_in_file(draft, finding->start).line));
    cli_json_set(region, "startColumn", cli_json_count(is_elsewhere ? 1 : start));
    cli_json_set(region, "endLine", cli_json_count(cli_place_in_file(draft, finding->end).line));
    cli_json_set(region, "endColumn", cli_json_count(is_elsewhere ? 1 : end));
    return region;
}

/* Takes ownership of `region`, which may be NULL. */
static json_t *locations_json(const struct cli_draft *draft, json_t *region)
{
    struct cli_buf uri = { 0 };
    cli_buf_uri(&uri, draft);
    json_t *const artifact = cli_json_need(json_object());
    cli_json_set(artifact, "uri", cli_json_string(uri.data));
    cli_buf_release(&uri);
    json_t *const physical = cli_json_need(json_object());
    cli_json_set(physical, "artifactLocation", artifact);
    if (region)
        cli_json_set(physical, "region", region);
    json_t *const location = cli_json_need(json_object());
    cli_json_set(location, "physicalLocation", physical);
    json_t *const locations = cli_json_need(json_array());
    cli_json_append(locations, location);
    return locations;
}

/* Adds the place in a document that has no lines, as people call it. */
static void set_logical_location(
    json_t *locations, const struct cli_draft *draft, const postvet_finding *finding)
{
    struct cli_buf where = { 0 };
    if (!draft->document || cli_is_about_the_whole(finding))
        return;
    cli_buf_where(&where, draft, finding);
    json_t *const logical = cli_json_need(json_object());
    cli_json_set(logical, "fullyQualifiedName", cli_json_string(where.data));
    json_t *const list = cli_json_need(json_array());
    cli_json_append(list, logical);
    cli_json_set(json_array_get(locations, 0), "logicalLocations", list);
    cli_buf_release(&where);
}

/* ------------------------------------------------------------------ results */

static json_t *result_json(
    const struct cli_layout *layout, const struct cli_draft *draft, const postvet_finding *finding)
{
    json_t *const properties = cli_json_need(json_object());
    cli_json_set(
        properties, "confidence", cli_json_string(postvet_confidence_name(finding->confidence)));
    struct cli_buf message = { 0 };
    cli_buf_message(&message, draft, finding);
    json_t *const locations = locations_json(draft, region_json(draft, finding));
    set_logical_location(locations, draft, finding);
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "ruleId", cli_json_string(finding->rule));
    set_rule_index(object, layout->ruleset, finding->rule);
    cli_json_set(object, "level", cli_json_string(postvet_severity_name(finding->severity)));
    cli_json_set(object, "message", message_json(message.data));
    cli_json_set(object, "locations", locations);
    cli_json_set(object, "properties", properties);
    cli_buf_release(&message);
    return object;
}

/* A directive's reason is words of the draft, and is left out. */
static json_t *suppression_json(const postvet_suppression *suppression)
{
    const bool is_in_draft = suppression->kind == POSTVET_SUPPRESSED_IN_DRAFT;
    json_t *const object = cli_json_need(json_object());
    cli_json_set(object, "kind", cli_json_string(is_in_draft ? "inSource" : "external"));
    if (!is_in_draft && *suppression->reason)
        cli_json_set(object, "justification", cli_json_string(suppression->reason));
    return object;
}

/* Only where they are asked for: GitHub opens alerts for suppressed results, too. */
static void add_suppressed(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    for (size_t i = 0; i < postvet_result_suppressed_count(document->result); i++) {
        const postvet_suppression *const s = postvet_result_suppressed_at(document->result, i);
        json_t *const result = result_json(layout, document->draft, s->finding);
        json_t *const suppressions = cli_json_need(json_array());
        cli_json_append(suppressions, suppression_json(s));
        cli_json_set(result, "suppressions", suppressions);
        cli_buf_puts(out, out->len ? ",\n" : "");
        cli_buf_json(out, result);
    }
}

static void begin(struct cli_report *report)
{
    struct cli_buf *const out = &report->out;
    cli_buf_puts(out, "{\"$schema\":\"" SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":");
    cli_buf_json(out, tool_json(report->layout->ruleset));
    cli_buf_puts(out, ",\n\"automationDetails\":{\"id\":\"postvet/\"},"
                      "\"columnKind\":\"utf16CodeUnits\",\"results\":[");
}

static void add_document(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    for (size_t i = 0; i < cli_document_finding_count(document); i++) {
        cli_buf_puts(out, i ? ",\n" : "");
        cli_buf_json(
            out, result_json(layout, document->draft, postvet_result_at(document->result, i)));
    }
    if (layout->options->report_suppressed && document->result)
        add_suppressed(out, layout, document);
}

static void join(struct cli_report *report, const struct cli_outcome *outcome)
{
    if (outcome->out.len == 0)
        return;
    cli_buf_puts(&report->out, report->has_items ? ",\n" : "\n");
    report->has_items = true;
}

/* ------------------------------------------------------------ notifications */

/* Each follows a comma; end() knows the first. */
static void add_notifications(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    (void)layout;
    for (size_t i = 0; i < cli_document_reason_count(document); i++) {
        struct cli_buf reason = { 0 };
        cli_buf_puts(&reason, "Not fully checked. ");
        cli_buf_reason(&reason, document, i);
        json_t *const object = cli_json_need(json_object());
        cli_json_set(object, "level", cli_json_string("error"));
        cli_json_set(object, "message", message_json(reason.data));
        cli_json_set(object, "locations", locations_json(document->draft, NULL));
        cli_buf_puts(out, ",\n");
        cli_buf_json(out, object);
        cli_buf_release(&reason);
    }
}

static void end(struct cli_report *report)
{
    struct cli_buf *const out = &report->out;
    const struct cli_buf *const notifications = &report->aside;
    cli_buf_printf(out, "\n],\"invocations\":[{\"executionSuccessful\":%s",
        report->summary.incomplete ? "false" : "true");
    if (notifications->len) {
        cli_buf_puts(out, ",\"toolExecutionNotifications\":[");
        cli_buf_add(out, notifications->data + 1, notifications->len - 1);
        cli_buf_puts(out, "\n]");
    }
    cli_buf_puts(out, "}]}]}\n");
}

const struct cli_format cli_sarif_format = { "sarif", begin, add_document, join, end,
    add_notifications };
