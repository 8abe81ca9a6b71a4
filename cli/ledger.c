/* ledger.c: a line of the file is an entry, or it is copied: its title, a comment, nothing. People
 * write reasons and comments in the file, so what need not change does not. */
#include "ledger.h"

#include <stdlib.h>
#include <string.h>

static const char introduction[] = POSTVET_BASELINE_HEADER
    "# What postvet found in these drafts before, and is accepted. Nothing here says what was "
    "found.\n"
    "# You may add a reason to the end of a line, behind \" -- \". `postvet baseline audit` "
    "explains the\n"
    "# lines, and `postvet baseline update` drops those that are out of date.\n";

static const char *keep(struct cli_ledger *ledger, const char *text)
{
    char *const kept = cli_strndup(text, strlen(text));
    cli_list_add(&ledger->strings, kept);
    return kept;
}

static struct cli_ledger_entry *add(struct cli_ledger *ledger, const postvet_baseline_entry *told)
{
    if (ledger->count == ledger->capacity) {
        ledger->capacity = ledger->capacity ? 2 * ledger->capacity : 64;
        struct cli_ledger_entry *const entries =
            cli_alloc(ledger->capacity, sizeof(*ledger->entries));
        if (ledger->count)
            memcpy(entries, ledger->entries, ledger->count * sizeof(*entries));
        free(ledger->entries);
        ledger->entries = entries;
    }
    struct cli_ledger_entry *const entry = &ledger->entries[ledger->count++];
    entry->told = *told;
    entry->told.path = keep(ledger, told->path);
    entry->told.rule = keep(ledger, told->rule);
    entry->told.fingerprint = keep(ledger, told->fingerprint);
    entry->told.reason = keep(ledger, told->reason);
    return entry;
}

void cli_ledger_enter(struct cli_ledger *ledger, const postvet_baseline *baseline)
{
    const size_t count = postvet_baseline_count(baseline);
    for (size_t i = 0; i < count; i++) {
        const postvet_baseline_entry *const entry = postvet_baseline_at(baseline, i);
        add(ledger, entry);
        if (entry->line >= ledger->line_count)
            ledger->line_count = entry->line + 1;
    }
    ledger->old_count = count;
    ledger->by_line = cli_alloc(ledger->line_count + 1, sizeof(*ledger->by_line));
    for (size_t i = 0; i < count; i++)
        ledger->by_line[ledger->entries[i].told.line] = i + 1;
}

struct cli_ledger_entry *cli_ledger_line(const struct cli_ledger *ledger, size_t line)
{
    const size_t index = line < ledger->line_count ? ledger->by_line[line] : 0;
    return index ? &ledger->entries[index - 1] : NULL;
}

void cli_ledger_examined(struct cli_ledger *ledger, const char *path, bool is_complete)
{
    size_t low = 0, high = ledger->old_count;
    while (low < high) { /* the first whose path is not less */
        const size_t middle = low + (high - low) / 2;
        if (strcmp(ledger->entries[middle].told.path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < ledger->old_count && strcmp(ledger->entries[low].told.path, path) == 0; low++)
        ledger->entries[low].is_examined = is_complete;
}

static int compare_keys(const void *left, const void *right)
{
    const struct cli_ledger_entry *const a = left, *const b = right;
    int order = strcmp(a->told.path, b->told.path);
    order = order ? order : strcmp(a->told.rule, b->told.rule);
    return order ? order : strcmp(a->told.fingerprint, b->told.fingerprint);
}

void cli_ledger_accept(
    struct cli_ledger *ledger, const char *path, const postvet_baseline_entry *found)
{
    struct cli_ledger_entry key = { .told = *found };
    key.told.path = path;
    struct cli_ledger_entry *const old = ledger->old_count ? bsearch(&key, ledger->entries,
                                             ledger->old_count, sizeof(key), compare_keys)
                                                           : NULL;
    if (old) { /* the new line takes its place */
        if (old->used && old->told.severity > key.told.severity)
            key.told.severity = old->told.severity;
        key.told.count += old->used;
        key.told.reason = old->told.reason;
        old->is_stale = true;
        old->used = 0;
    }
    struct cli_ledger_entry *const entry = add(ledger, &key.told);
    entry->is_new = true;
    entry->is_raised = old != NULL;
}

size_t cli_ledger_left(const struct cli_ledger_entry *entry)
{
    if (entry->is_gone || entry->is_locked)
        return 0;
    return entry->is_stale ? entry->used : entry->told.count;
}

bool cli_ledger_has_changed(const struct cli_ledger *ledger)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (ledger->entries[i].is_new
            || cli_ledger_left(&ledger->entries[i]) != ledger->entries[i].told.count)
            return true;
    return false;
}

/* --------------------------------------------------------------------- file */

static void add_entry(struct cli_buf *out, const postvet_baseline_entry *told, size_t count)
{
    postvet_baseline_entry entry = *told;
    size_t len = 0;
    entry.count = count;
    if (postvet_baseline_line(&entry, NULL, 0, &len, NULL) != POSTVET_OK
        || postvet_baseline_line(&entry, cli_buf_reserve(out, len + 1), len + 1, NULL, NULL)
               != POSTVET_OK)
        cli_out_of_memory();
    out->len += len;
}

/* Whether a line is an entry: all are, behind the title, but blank ones and comments. */
static bool is_entry(const char *line, size_t len, bool *has_title)
{
    size_t at = 0;
    while (at < len && strchr(" \t\r", line[at]))
        at++;
    if (at == len || line[at] == '#')
        return false;
    const bool was_title = !*has_title;
    *has_title = true;
    return !was_title;
}

/* Adds the old lines that stay. Of several entries that are the same the library knows one. */
static void add_old(const struct cli_ledger *ledger, const struct cli_buf *old, struct cli_buf *out)
{
    bool has_title = false;
    size_t number = 0;
    for (size_t at = 0; at < old->len;) {
        const char *const line = old->data + at;
        const size_t len = strcspn(line, "\r\n");
        const size_t end = len + (line[len] == '\r' && line[len + 1] == '\n' ? 2 : 1);
        const size_t bom = ++number == 1 && strncmp(line, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        const bool is_one = is_entry(line + bom, len - bom, &has_title);
        const struct cli_ledger_entry *const entry =
            is_one ? cli_ledger_line(ledger, number) : NULL;
        const size_t left = entry ? cli_ledger_left(entry) : 0;
        if (!is_one || (entry && left == entry->told.count)) {
            cli_buf_add(out, line, at + end > old->len ? len : end);
            if (at + end > old->len)
                cli_buf_puts(out, "\n");
        } else if (left) {
            add_entry(out, &entry->told, left);
        }
        at += end;
    }
}

void cli_ledger_write(
    const struct cli_ledger *ledger, const struct cli_buf *old, struct cli_buf *out)
{
    struct cli_list lines = { 0 };
    if (old->len)
        add_old(ledger, old, out);
    else
        cli_buf_puts(out, introduction);
    for (size_t i = 0; i < ledger->count; i++) {
        struct cli_buf line = { 0 };
        if (!ledger->entries[i].is_new)
            continue;
        add_entry(&line, &ledger->entries[i].told, ledger->entries[i].told.count);
        cli_list_add(&lines, line.data);
    }
    cli_list_sort(&lines, 0);
    for (size_t i = 0; i < lines.count; i++)
        cli_buf_puts(out, lines.items[i]);
    cli_list_release(&lines);
}

void cli_ledger_release(struct cli_ledger *ledger)
{
    free(ledger->entries);
    free(ledger->by_line);
    cli_list_release(&ledger->strings);
    *ledger = (struct cli_ledger){ 0 };
}
