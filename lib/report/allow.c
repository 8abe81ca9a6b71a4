/* allow.c: a line is a pattern for paths, a colon, and what a directive says after its verb. As in
 * any configuration, one slip refuses the whole: a line that was meant to allow something and does
 * not would be noticed, but one that allows more than was meant would not. */
#include "report/allow.h"

#include <string.h>

#include "report/directive.h"
#include "text/lines.h"
#include "text/position.h"

uint32_t pv_rule_named(const struct pv_rule_names *names, const char *name, size_t len)
{
    for (size_t i = 0; i < names->count; i++)
        if (strlen(names->rules[i].id) == len && memcmp(names->rules[i].id, name, len) == 0)
            return (uint32_t)i;
    return UINT32_MAX;
}

static bool is_pack(const struct pv_rule_names *names, const char *name, size_t len)
{
    for (size_t i = 0; i < names->count; i++)
        if (strlen(names->rules[i].pack) == len && memcmp(names->rules[i].pack, name, len) == 0)
            return true;
    return false;
}

bool pv_rule_unknown(
    const struct pv_rule_names *names, const char *name, size_t len, struct pv_buf *out)
{
    struct pv_buf ids = { 0 }, word = { 0 };
    bool ok = pv_buf_append(&word, name, len) && pv_buf_append_byte(&word, '\0');
    if (ok && is_pack(names, name, len)) {
        ok = pv_buf_append_str(out, "is a whole pack of rules; name the rules that are meant.");
    } else if (ok) {
        for (size_t i = 0; ok && i < names->count; i++)
            ok = pv_buf_append(&ids, &names->rules[i].id, sizeof(names->rules[i].id));
        const char *const near =
            ok ? pv_did_you_mean(word.data, PV_BUF_ITEMS(&ids, const char *const), names->count)
               : NULL;
        ok = ok && pv_buf_append_str(out, "is not known");
        if (ok && near)
            ok = pv_buf_append_str(out, "; did you mean \"") && pv_buf_append_str(out, near)
                 && pv_buf_append_str(out, "\"?");
        else if (ok)
            ok = pv_buf_append_byte(out, '.');
    }
    pv_buf_release(&ids);
    pv_buf_release(&word);
    return ok;
}

const char *pv_rule_locked(const struct pv_rule_names *names, uint32_t rule, struct pv_arena *arena)
{
    const char *const place = names->locks ? names->locks[rule] : NULL;
    return place ? pv_arena_printf(arena, ": %s locks it.", place) : ".";
}

/* ------------------------------------------------------------------- paths */

const char *pv_past_dot_slash(const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    return path;
}

/* Goes back to the last star at most as often as there are bytes: first to the last *, which then
 * takes one byte more, or, where that would be a slash, to the last **. */
bool pv_path_matches(const char *pattern, const char *path)
{
    const char *star = NULL, *star_path = NULL, *any = NULL, *any_path = NULL;
    pattern = pv_past_dot_slash(pattern);
    path = pv_past_dot_slash(path);
    while (*path) {
        if (pattern[0] == '*' && pattern[1] == '*') {
            pattern += 2;
            any = pattern;
            any_path = path;
            star = NULL;
        } else if (*pattern == '*') {
            star = ++pattern;
            star_path = path;
        } else if (*pattern == *path || (*pattern == '?' && *path != '/')) {
            pattern++;
            path++;
        } else if (star && *star_path != '/') {
            pattern = star;
            path = ++star_path;
        } else if (any) {
            star = NULL;
            pattern = any;
            path = ++any_path;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

/* ------------------------------------------------------------------- lines */

struct reader {
    struct postvet_allowlist *list;
    const postvet_source *source;
    const struct pv_rule_names *names;
    struct pv_report *report;
    postvet_status status; /* of the first error */
};

/* `message` may be NULL: there was no memory for it. */
static void complain(struct reader *r, size_t at, const char *message)
{
    postvet_position place = { .byte = at };
    if (!message) {
        r->status = POSTVET_ERR_NOMEM;
        return;
    }
    pv_positions(r->source->text, r->source->len, &place, 1);
    const postvet_status status = pv_report_error(
        r->report, POSTVET_ERR_SYNTAX, r->source->name, place.line, place.column, "%s", message);
    if (r->status == POSTVET_OK)
        r->status = status;
}

static void complain_unknown(struct reader *r, struct pv_span name)
{
    struct pv_buf why = { 0 };
    const bool ok =
        pv_rule_unknown(r->names, r->source->text + name.start, name.end - name.start, &why)
        && pv_buf_append_byte(&why, '\0');
    complain(r, name.start, ok ? pv_arena_printf(&r->list->arena, "This rule %s", why.data) : NULL);
    pv_buf_release(&why);
}

static void add_entry(
    struct reader *r, const char *pattern, const char *reason, struct pv_span name)
{
    const uint32_t rule =
        pv_rule_named(r->names, r->source->text + name.start, name.end - name.start);
    if (rule == UINT32_MAX) {
        complain_unknown(r, name);
        return;
    }
    if (r->names->rules[rule].suppressible == POSTVET_SUPPRESS_NEVER) {
        const char *const why = pv_rule_locked(r->names, rule, &r->list->arena);
        complain(r, name.start,
            why ? pv_arena_printf(&r->list->arena,
                "What the rule \"%s\" finds cannot be suppressed%s", r->names->rules[rule].id, why)
                : NULL);
        return;
    }
    struct pv_allowed *const entry = PV_BUF_PUSH(&r->list->entries, struct pv_allowed);
    if (!entry) {
        r->status = POSTVET_ERR_NOMEM;
        return;
    }
    *entry = (struct pv_allowed){ pattern, reason, rule, !strpbrk(pattern, "*?"),
        { .byte = name.start }, { .byte = name.end }, r->list->name };
}

static void read_line(struct reader *r, struct pv_span line)
{
    const char *const text = r->source->text;
    struct pv_arena *const arena = &r->list->arena;
    struct pv_grounds grounds;
    size_t colon = line.start;
    /* The colon is the first that blanks follow: a path may hold others. */
    while (colon + 1 < line.end
           && !(text[colon] == ':' && (text[colon + 1] == ' ' || text[colon + 1] == '\t')))
        colon++;
    if (colon == line.start || colon + 1 >= line.end) {
        complain(r, line.start, "This line is not of the form \"FILE: RULE[,RULE] -- REASON\".");
        return;
    }
    const char *const fault =
        pv_grounds_read(text, (struct pv_span){ colon + 1, line.end }, &grounds);
    if (fault) {
        complain(r, line.start, pv_arena_printf(arena, "This line %s.", fault));
        return;
    }
    const char *const pattern = pv_arena_strndup(arena, text + line.start, colon - line.start);
    const char *const reason = pv_arena_strndup(
        arena, text + grounds.reason.start, grounds.reason.end - grounds.reason.start);
    if (!pattern || !reason) {
        r->status = POSTVET_ERR_NOMEM;
        return;
    }
    size_t at = grounds.names.start;
    for (struct pv_span name = pv_grounds_next(text, grounds.names, &at);
         name.start < name.end && r->status != POSTVET_ERR_NOMEM;
         name = pv_grounds_next(text, grounds.names, &at))
        add_entry(r, pattern, reason, name);
}

/* Lines and columns of all entries, in one pass for each end. */
static bool place_entries(struct reader *r)
{
    struct pv_allowed *const entries = PV_BUF_ITEMS(&r->list->entries, struct pv_allowed);
    const size_t count = PV_BUF_COUNT(&r->list->entries, struct pv_allowed);
    postvet_position *const places = pv_arena_calloc(&r->list->arena, count + 1, sizeof *places);
    if (!places)
        return false;
    for (int end = 0; end <= 1; end++) {
        for (size_t i = 0; i < count; i++)
            places[i] = end ? entries[i].end : entries[i].start;
        pv_positions(r->source->text, r->source->len, places, count);
        for (size_t i = 0; i < count; i++)
            *(end ? &entries[i].end : &entries[i].start) = places[i];
    }
    return true;
}

postvet_status pv_allowlist_read(struct postvet_allowlist *list, const postvet_source *source,
    const struct pv_rule_names *names, struct pv_report *report)
{
    struct reader r = { list, source, names, report, POSTVET_OK };
    list->name = pv_arena_strndup(&list->arena, source->name, strlen(source->name));
    size_t at = source->len >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (!list->name)
        r.status = POSTVET_ERR_NOMEM;
    while (at < source->len && r.status != POSTVET_ERR_NOMEM) {
        const struct pv_line line = pv_line_at(source->text, source->len, at);
        const struct pv_span words = pv_trim(source->text, (struct pv_span){ at, line.end });
        if (words.start < words.end && source->text[words.start] != '#')
            read_line(&r, words);
        at = line.next;
    }
    if (r.status == POSTVET_OK && !place_entries(&r))
        r.status = POSTVET_ERR_NOMEM;
    if (r.status == POSTVET_ERR_NOMEM)
        return pv_report_nomem(report, source->name);
    return r.status;
}
