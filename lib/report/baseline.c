/* baseline.c: a line is words between blanks, the path with those bytes as %XX that would part it;
 * the reason is what is left. Entries are sorted once, and looked up by halving. */
#include "report/baseline.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "report/directive.h"
#include "report/fingerprint.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/position.h"
#include "text/utf8.h"

/* The words that every baseline begins with. */
#define TITLE "postvet-baseline"
#define FORMAT 1u

enum { COUNT_MAX = (int)POSTVET_FINDINGS_MAX };

static const char *const severity_names[] = {
    [POSTVET_NOTE] = "note", [POSTVET_WARNING] = "warning", [POSTVET_ERROR] = "error"
};

static int compare_keys(const postvet_baseline_entry *a, const postvet_baseline_entry *b)
{
    int order = strcmp(a->path, b->path);
    order = order ? order : strcmp(a->rule, b->rule);
    return order ? order : strcmp(a->fingerprint, b->fingerprint);
}

static int compare_entries(const void *left, const void *right)
{
    const struct pv_baseline_entry *const a = left, *const b = right;
    const int order = compare_keys(&a->told, &b->told);
    return order ? order : (a->start.byte > b->start.byte) - (a->start.byte < b->start.byte);
}

/* -------------------------------------------------------------------- paths */

static bool is_plain_byte(char c)
{
    return c > ' ' && c != '%' && c != 0x7F;
}

/* Bytes that are no character of UTF-8 are written as %XX, too: the file stays text. So is a first
 * byte that would make the line another than an entry. */
static bool write_path(const char *path, struct pv_buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *const start = path;
    size_t left = strlen(path);
    while (left) {
        uint32_t code = 0;
        const size_t len = pv_utf8_decode(path, left, &code);
        const unsigned char byte = (unsigned char)*path;
        const char escaped[] = { '%', digits[byte >> 4], digits[byte & 15] };
        const bool is_plain =
            len > 1 ? code >= 0xA0
                    : len == 1 && is_plain_byte(*path) && (path > start || !strchr("#<|=>", *path));
        const size_t step = is_plain ? len : 1;
        if (!(is_plain ? pv_buf_append(out, path, step)
                       : pv_buf_append(out, escaped, sizeof(escaped))))
            return false;
        path += step;
        left -= step;
    }
    return true;
}

/* The path that a word stands for, without "./" before it, or NULL: it is none, or there is no
 * memory (*nomem). */
static const char *read_path(struct pv_arena *arena, const char *word, size_t len, bool *nomem)
{
    char *const path = pv_arena_strndup(arena, word, len);
    size_t used = 0;
    *nomem = !path;
    for (size_t i = 0; path && i < len; i++) {
        char c = word[i];
        if (c == '%') {
            const int high = i + 2 < len ? pv_hex_value(word[i + 1]) : -1;
            const int low = i + 2 < len ? pv_hex_value(word[i + 2]) : -1;
            if (high < 0 || low < 0)
                return NULL;
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (!c)
            return NULL;
        path[used++] = c;
    }
    if (path)
        path[used] = '\0';
    return path ? pv_past_dot_slash(path) : NULL;
}

/* -------------------------------------------------------------------- lines */

struct reader {
    struct postvet_baseline *baseline;
    const postvet_source *source;
    struct pv_report *report;
    postvet_status status; /* of the first error */
    bool has_title;
    bool is_other; /* it is no baseline, or of another format: nothing more is to be said */
};

#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 3, 4)))
#endif
static void
complain(struct reader *r, size_t at, const char *format, ...)
{
    postvet_position place = { .byte = at };
    va_list args;
    pv_positions(r->source->text, r->source->len, &place, 1);
    va_start(args, format);
    const postvet_status status = pv_report_verror(
        r->report, POSTVET_ERR_SYNTAX, r->source->name, place.line, place.column, format, args);
    va_end(args);
    if (r->status == POSTVET_OK)
        r->status = status;
}

/* The next word of a line, from *at on, which moves behind it; empty at the end. */
static struct pv_span next_word(const char *text, struct pv_span line, size_t *at)
{
    while (*at < line.end && pv_is_space(text[*at]))
        ++*at;
    const size_t start = *at;
    while (*at < line.end && !pv_is_space(text[*at]))
        ++*at;
    return (struct pv_span){ start, *at };
}

static bool is_word(const char *text, struct pv_span word, const char *other)
{
    return word.end - word.start == strlen(other)
           && memcmp(text + word.start, other, word.end - word.start) == 0;
}

/* A number from 1 to `most`, or 0. */
static size_t read_number(const char *text, struct pv_span word, size_t most)
{
    size_t number = 0;
    for (size_t i = word.start; i < word.end; i++) {
        if (!pv_is_digit(text[i]) || number > most)
            return 0;
        number = number * 10 + (size_t)(text[i] - '0');
    }
    return number <= most ? number : 0;
}

/* The first line that says something. */
static void read_title(struct reader *r, struct pv_span line)
{
    const char *const text = r->source->text;
    size_t at = line.start;
    const struct pv_span title = next_word(text, line, &at);
    const struct pv_span format = next_word(text, line, &at);
    const size_t number = read_number(text, format, 1000000);
    r->has_title = is_word(text, title, TITLE) && number && at == line.end;
    r->is_other = !r->has_title || number != FORMAT;
    if (!r->has_title)
        complain(
            r, line.start, "This is no baseline: its first line is not \"" TITLE " %u\".", FORMAT);
    else if (r->is_other)
        complain(r, format.start,
            "This baseline has format %zu; this postvet reads format %u. A newer postvet wrote it: "
            "update postvet, or make the baseline again.",
            number, FORMAT);
}

static bool is_left_from_merge(const char *text, struct pv_span line)
{
    static const char *const marks[] = { "<<<<<<<", "|||||||", "=======", ">>>>>>>" };
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (line.end - line.start >= 7 && memcmp(text + line.start, marks[i], 7) == 0)
            return true;
    return false;
}

static bool is_fingerprint(const char *text, struct pv_span word)
{
    for (size_t i = word.start; i < word.end; i++)
        if (!pv_is_digit(text[i]) && !(text[i] >= 'a' && text[i] <= 'f'))
            return false;
    return word.end - word.start == PV_FINGERPRINT_LEN;
}

static postvet_severity severity_named(const char *text, struct pv_span word)
{
    size_t severity = POSTVET_ERROR;
    while (severity > 0 && !is_word(text, word, severity_names[severity]))
        severity--;
    return (postvet_severity)severity;
}

/* What follows the fingerprint: " -- " and a reason, or nothing. */
static bool read_reason(const char *text, struct pv_span line, size_t at, struct pv_span *out)
{
    const struct pv_span dashes = next_word(text, line, &at);
    *out = pv_trim(text, (struct pv_span){ at, line.end });
    return dashes.start == dashes.end || (is_word(text, dashes, "--") && out->start < out->end);
}

/* The five words of an entry. */
struct words {
    struct pv_span path, rule, severity, count, fingerprint, reason;
};

static bool split(const char *text, struct pv_span line, struct words *out)
{
    size_t at = line.start;
    out->path = next_word(text, line, &at);
    out->rule = next_word(text, line, &at);
    out->severity = next_word(text, line, &at);
    out->count = next_word(text, line, &at);
    out->fingerprint = next_word(text, line, &at);
    return out->fingerprint.start < out->fingerprint.end
           && read_reason(text, line, at, &out->reason);
}

static const char *keep(struct reader *r, struct pv_span span)
{
    const char *const kept =
        pv_arena_strndup(&r->baseline->arena, r->source->text + span.start, span.end - span.start);
    if (!kept)
        r->status = POSTVET_ERR_NOMEM;
    return kept;
}

static void add_entry(struct reader *r, struct pv_span line, const struct words *w)
{
    const char *const text = r->source->text;
    bool nomem = false;
    const postvet_baseline_entry told = {
        .path = read_path(
            &r->baseline->arena, text + w->path.start, w->path.end - w->path.start, &nomem),
        .severity = severity_named(text, w->severity),
        .count = read_number(text, w->count, COUNT_MAX),
    };
    if (!nomem && !told.path)
        complain(r, w->path.start,
            "In this path a %% is not followed by two digits or letters a to "
            "f; a %% itself is written %%25.");
    if (!told.severity)
        complain(r, w->severity.start, "This severity is none of error, warning and note.");
    if (!told.count)
        complain(r, w->count.start, "This is no number from 1 to %d.", COUNT_MAX);
    if (!is_fingerprint(text, w->fingerprint))
        complain(r, w->fingerprint.start, "A fingerprint is %d digits and letters a to f.",
            PV_FINGERPRINT_LEN);
    if (r->status != POSTVET_OK)
        return;
    struct pv_baseline_entry *const entry =
        nomem ? NULL : PV_BUF_PUSH(&r->baseline->entries, struct pv_baseline_entry);
    if (!entry) {
        r->status = POSTVET_ERR_NOMEM;
        return;
    }
    entry->told = told;
    entry->told.rule = keep(r, w->rule);
    entry->told.fingerprint = keep(r, w->fingerprint);
    entry->told.reason = keep(r, w->reason);
    entry->start.byte = line.start;
    entry->end.byte = line.end;
}

static void read_line(struct reader *r, struct pv_span line)
{
    struct words words;
    if (!r->has_title)
        read_title(r, line);
    else if (is_left_from_merge(r->source->text, line))
        complain(r, line.start,
            "This line is left over from a merge: keep the entries of both sides, and take it "
            "out.");
    else if (!split(r->source->text, line, &words))
        complain(r, line.start,
            "This line is not of the form \"PATH RULE SEVERITY COUNT "
            "FINGERPRINT\", with or without \" -- REASON\".");
    else
        add_entry(r, line, &words);
}

/* Of equal entries the first stays, and accepts what the greatest does. */
static void sort_entries(struct postvet_baseline *baseline)
{
    struct pv_baseline_entry *const e = PV_BUF_ITEMS(&baseline->entries, struct pv_baseline_entry);
    const size_t count = PV_BUF_COUNT(&baseline->entries, struct pv_baseline_entry);
    size_t kept = 0;
    if (!count)
        return;
    qsort(e, count, sizeof(*e), compare_entries);
    for (size_t i = 0; i < count; i++) {
        postvet_baseline_entry *const last = kept ? &e[kept - 1].told : NULL;
        if (!last || compare_keys(last, &e[i].told) != 0) {
            e[kept++] = e[i];
            continue;
        }
        last->count = e[i].told.count > last->count ? e[i].told.count : last->count;
        last->severity = e[i].told.severity > last->severity ? e[i].told.severity : last->severity;
        last->reason = *last->reason ? last->reason : e[i].told.reason;
    }
    baseline->entries.len = kept * sizeof(*e);
}

/* In the order of the file, before the entries are sorted. */
static bool place_entries(struct reader *r)
{
    struct pv_baseline_entry *const e =
        PV_BUF_ITEMS(&r->baseline->entries, struct pv_baseline_entry);
    const size_t count = PV_BUF_COUNT(&r->baseline->entries, struct pv_baseline_entry);
    struct pv_buf places = { 0 };
    postvet_position *const p = pv_buf_push(&places, 2 * count * sizeof(*p) + 1);
    for (size_t i = 0; p && i < count; i++) {
        p[2 * i] = e[i].start;
        p[2 * i + 1] = e[i].end;
    }
    if (p)
        pv_positions(r->source->text, r->source->len, p, 2 * count);
    for (size_t i = 0; p && i < count; i++) {
        e[i].start = p[2 * i];
        e[i].end = p[2 * i + 1];
        e[i].told.line = e[i].start.line;
    }
    pv_buf_release(&places);
    return p != NULL;
}

postvet_status pv_baseline_read(
    struct postvet_baseline *baseline, const postvet_source *source, struct pv_report *report)
{
    struct reader r = { baseline, source, report, POSTVET_OK, false, false };
    size_t at = pv_utf8_bom(source->text, source->len);
    baseline->name = pv_arena_strndup(&baseline->arena, source->name, strlen(source->name));
    if (!baseline->name)
        r.status = POSTVET_ERR_NOMEM;
    while (at < source->len && r.status != POSTVET_ERR_NOMEM && !r.is_other) {
        const struct pv_line line = pv_line_at(source->text, source->len, at);
        const struct pv_span words = pv_trim(source->text, (struct pv_span){ at, line.end });
        if (words.start < words.end && source->text[words.start] != '#')
            read_line(&r, words);
        at = line.next;
    }
    if (r.status == POSTVET_OK && !r.has_title)
        read_title(&r, (struct pv_span){ source->len, source->len });
    if (r.status == POSTVET_OK && !place_entries(&r))
        r.status = POSTVET_ERR_NOMEM;
    if (r.status == POSTVET_ERR_NOMEM)
        return pv_report_nomem(report, source->name);
    sort_entries(baseline);
    return r.status;
}

bool pv_baseline_write(const postvet_baseline_entry *entry, struct pv_buf *out)
{
    struct pv_arena arena = { NULL };
    const char *const rest =
        pv_arena_printf(&arena, " %s %s %zu %s%s%s\n", entry->rule, severity_names[entry->severity],
            entry->count, entry->fingerprint, *entry->reason ? " -- " : "", entry->reason);
    const bool ok = rest && write_path(entry->path, out) && pv_buf_append_str(out, rest);
    pv_arena_release(&arena);
    return ok;
}

/* --------------------------------------------------------------- acceptance */

/* The first entry whose path is not less than this one, or is greater. */
static size_t path_edge(const struct postvet_baseline *baseline, const char *path, bool behind)
{
    const struct pv_baseline_entry *const e =
        PV_BUF_ITEMS(&baseline->entries, const struct pv_baseline_entry);
    size_t low = 0, high = PV_BUF_COUNT(&baseline->entries, struct pv_baseline_entry);
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(e[middle].told.path, path);
        if (order < 0 || (behind && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool pv_acceptance_begin(struct pv_acceptance *acceptance, const struct postvet_baseline *baseline,
    const char *path, struct pv_arena *arena)
{
    path = pv_past_dot_slash(path);
    const size_t first = path_edge(baseline, path, false);
    acceptance->baseline = baseline;
    acceptance->count = path_edge(baseline, path, true) - first;
    if (!acceptance->count)
        return true;
    acceptance->entries = PV_BUF_ITEMS(&baseline->entries, const struct pv_baseline_entry) + first;
    acceptance->used = pv_arena_calloc(arena, acceptance->count, sizeof(*acceptance->used));
    return acceptance->used != NULL;
}

static int compare_with_key(const void *key, const void *item)
{
    const struct pv_baseline_entry *const entry = item;
    return compare_keys(key, &entry->told);
}

const struct pv_baseline_entry *pv_acceptance_take(struct pv_acceptance *acceptance,
    const postvet_rule_info *rule, const char *fingerprint, postvet_severity severity)
{
    if (!acceptance->count || rule->suppressible == POSTVET_SUPPRESS_NEVER)
        return NULL;
    const postvet_baseline_entry key = {
        .path = acceptance->entries->told.path, .rule = rule->id, .fingerprint = fingerprint
    };
    const struct pv_baseline_entry *const entry = bsearch(&key, acceptance->entries,
        acceptance->count, sizeof(*acceptance->entries), compare_with_key);
    size_t *const used = entry ? &acceptance->used[entry - acceptance->entries] : NULL;
    if (!entry || *used == entry->told.count || severity > entry->told.severity)
        return NULL;
    ++*used;
    return entry;
}

bool pv_acceptance_tell(const struct pv_acceptance *acceptance,
    const struct pv_baseline_entry *entry, struct pv_arena *arena, postvet_suppression *out)
{
    const char *const name = acceptance->baseline->name;
    *out = (postvet_suppression){ .reason = pv_arena_strndup(
                                      arena, entry->told.reason, strlen(entry->told.reason)),
        .file = pv_arena_strndup(arena, name, strlen(name)),
        .kind = POSTVET_SUPPRESSED_BY_BASELINE,
        .start = entry->start,
        .end = entry->end };
    return out->reason && out->file;
}

static bool notice(const struct pv_acceptance *acceptance, const struct pv_baseline_entry *entry,
    struct postvet_result *result, const char *kind, const char *message)
{
    const char *const name = acceptance->baseline->name;
    const char *const file = pv_arena_strndup(&result->arena, name, strlen(name));
    const postvet_notice told = { kind,
        strcmp(kind, "stale-entry") == 0 ? POSTVET_NOTE : POSTVET_WARNING, file, entry->start,
        entry->end, message };
    return file && pv_result_notice(result, &told);
}

bool pv_acceptance_finish(const struct pv_acceptance *acceptance, const struct pv_rule_names *names,
    bool is_complete, struct postvet_result *result)
{
    for (size_t i = 0; i < acceptance->count; i++) {
        const struct pv_baseline_entry *const entry = &acceptance->entries[i];
        const uint32_t rule = pv_rule_named(names, entry->told.rule, strlen(entry->told.rule));
        bool ok = true;
        if (rule == UINT32_MAX || !names->ran[rule])
            continue; /* whether it still fits cannot be known */
        if (names->rules[rule].suppressible == POSTVET_SUPPRESS_NEVER)
            ok = notice(acceptance, entry, result, "locked-rule",
                "What this rule finds cannot be accepted; it stays in the report.");
        else if (is_complete && acceptance->used[i] == 0)
            ok = notice(acceptance, entry, result, "stale-entry",
                "Nothing in the draft fits this entry any more.");
        else if (is_complete && acceptance->used[i] < entry->told.count)
            ok = notice(acceptance, entry, result, "stale-entry",
                "The draft has fewer findings that fit this entry than it accepts.");
        if (!ok)
            return false;
    }
    return true;
}
