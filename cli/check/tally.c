/* tally.c: findings are sorted by rule and fingerprint, so that equal ones are counted together. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right)
{
    const postvet_finding *const a = *(const postvet_finding *const *)left;
    const postvet_finding *const b = *(const postvet_finding *const *)right;
    const int order = strcmp(a->rule, b->rule);
    return order ? order : strcmp(a->fingerprint, b->fingerprint);
}

/* The findings that may be accepted, sorted; to be freed. Those that may not are told at once. */
static const postvet_finding **sort_findings(
    struct cli_buf *out, const postvet_result *result, size_t *count)
{
    const size_t all = postvet_result_count(result);
    const postvet_finding **const items = cli_alloc(all + 1, sizeof(*items));
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        const postvet_finding *const finding = postvet_result_at(result, i);
        if (!*finding->fingerprint)
            cli_buf_printf(out, "locked %s\n", finding->rule);
        else
            items[(*count)++] = finding;
    }
    qsort(items, *count, sizeof(*items), compare);
    return items;
}

static void add_found(struct cli_buf *out, const postvet_result *result)
{
    size_t count;
    const postvet_finding **const items = sort_findings(out, result, &count);
    for (size_t i = 0, next; i < count; i = next) {
        postvet_severity severity = items[i]->severity;
        for (next = i + 1; next < count && compare(&items[i], &items[next]) == 0; next++)
            if (items[next]->severity > severity)
                severity = items[next]->severity;
        cli_buf_printf(out, "found %s %s %zu %s\n", items[i]->rule, postvet_severity_name(severity),
            next - i, items[i]->fingerprint);
    }
    free(items);
}

static void add_document(
    struct cli_buf *out, const struct cli_layout *layout, const struct cli_document *document)
{
    const postvet_result *const result = document->result;
    (void)layout;
    if (!result)
        return;
    for (size_t i = 0; i < postvet_result_incomplete_count(result); i++)
        cli_buf_printf(out, "incomplete %s\n", postvet_result_incomplete_at(result, i));
    for (size_t i = 0; i < postvet_result_suppressed_count(result); i++) {
        const postvet_suppression *const s = postvet_result_suppressed_at(result, i);
        if (s->kind == POSTVET_SUPPRESSED_BY_BASELINE)
            cli_buf_printf(out, "used %zu\n", s->start.line);
    }
    for (size_t i = 0; i < postvet_result_notice_count(result); i++) {
        const postvet_notice *const n = postvet_result_notice_at(result, i);
        if (strcmp(n->kind, "stale-entry") == 0)
            cli_buf_printf(out, "stale %zu\n", n->start.line);
        else if (strcmp(n->kind, "locked-rule") == 0 && *n->file)
            cli_buf_printf(out, "never %zu\n", n->start.line);
    }
    add_found(out, result);
}

const struct cli_format cli_tally_format = { .name = "tally", .document = add_document };

/* Parts a word from what follows it, and returns that. */
static char *part(char *text, char end)
{
    char *const at = strchr(text, end);
    if (!at)
        return text + strlen(text);
    *at = '\0';
    return at + 1;
}

bool cli_tally_next(char **at, struct cli_tally_line *out)
{
    if (!*at || !**at)
        return false;
    out->word = *at;
    *at = part(*at, '\n');
    out->rest = part(out->word, ' ');
    out->line = strtoul(out->rest, NULL, 10);
    return true;
}

postvet_baseline_entry cli_tally_entry(const struct cli_tally_line *line)
{
    char *const severity = part(line->rest, ' ');
    char *const count = part(severity, ' ');
    postvet_baseline_entry entry = { .rule = line->rest, .severity = POSTVET_ERROR, .reason = "" };
    entry.fingerprint = part(count, ' ');
    entry.count = strtoul(count, NULL, 10);
    while (entry.severity > POSTVET_NOTE
           && strcmp(postvet_severity_name(entry.severity), severity) != 0)
        entry.severity = (postvet_severity)(entry.severity - 1);
    return entry;
}
