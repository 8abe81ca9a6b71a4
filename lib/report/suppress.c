/* suppress.c: directives are taken in their order, with the line that each stands in; a range is
 * open until it is ended, and holds nothing if it never is. Findings then ask one after the other.
 * All numbers are bounded, so plain loops do. */
#include "report/suppress.h"

#include <string.h>

#include "base/wipe.h"
#include "text/lines.h"
#include "text/utf8.h"

/* Where an open range ends, for the time being. */
#define OPEN SIZE_MAX

/* Reads the directives of one draft. */
struct reader {
    struct pv_suppressions *s;
    const char *source;
    size_t len;
    const struct pv_rule_names *names;
    struct postvet_result *result;
    struct pv_line first, last; /* lines where the directive at hand starts and ends */
    struct pv_line next;        /* the line that comes next, in the sense of a directive */
    size_t next_of;             /* behind this byte; 0 when not known */
    bool ok;
};

static bool notice(
    struct postvet_result *result, const char *kind, struct pv_span where, const char *message)
{
    const postvet_notice told = { kind, POSTVET_WARNING, "", { .byte = where.start },
        { .byte = where.end }, message };
    return pv_result_notice(result, &told);
}

static void complain(struct reader *r, const char *kind, struct pv_span where, const char *message)
{
    r->ok = r->ok && notice(r->result, kind, where, message);
}

/* ------------------------------------------------------------------- lines */

static struct pv_line line_behind(const struct reader *r, struct pv_line line)
{
    return line.next < r->len ? pv_line_at(r->source, r->len, line.next)
                              : (struct pv_line){ r->len, r->len, r->len };
}

/* The line that holds `at`, from `line` on, which is not behind it. */
static struct pv_line line_of(const struct reader *r, struct pv_line line, size_t at)
{
    while (line.next <= at && line.start < r->len)
        line = line_behind(r, line);
    return line;
}

/* The next line that is neither blank nor goes with a directive. Stacked directives share it. */
static struct pv_span next_line(struct reader *r)
{
    if (r->next_of != r->last.next) {
        r->next_of = r->last.next;
        r->next = line_behind(r, r->last);
        while (r->next.start < r->len) {
            const struct pv_span words =
                pv_trim(r->source, (struct pv_span){ r->next.start, r->next.end });
            if (words.start < words.end && !pv_cuts_hold(&r->s->cuts, words))
                break;
            r->next = line_behind(r, r->next);
        }
    }
    return (struct pv_span){ r->next.start, r->next.end };
}

/* -------------------------------------------------------------- directives */

static struct pv_suppression *open_range(const struct reader *r, uint32_t rule)
{
    struct pv_suppression *const items = PV_BUF_ITEMS(&r->s->items, struct pv_suppression);
    for (size_t i = 0; i < PV_BUF_COUNT(&r->s->items, struct pv_suppression); i++)
        if (items[i].where.end == OPEN && (rule == UINT32_MAX || items[i].rule == rule))
            return &items[i];
    return NULL;
}

static struct pv_span place_of(struct reader *r, const struct pv_directive *d)
{
    switch (d->verb) {
    case PV_VERB_DISABLE_LINE:
        return (struct pv_span){ r->first.start, r->last.end };
    case PV_VERB_DISABLE_NEXT_LINE:
        return next_line(r);
    default:
        return (struct pv_span){ d->whole.end, OPEN };
    }
}

static void suppress(
    struct reader *r, const struct pv_directive *d, struct pv_span name, uint32_t rule)
{
    if (r->names->rules[rule].suppressible == POSTVET_SUPPRESS_NEVER) {
        const char *const why = pv_rule_locked(r->names, rule, &r->result->arena);
        complain(r, "locked-rule", name,
            why ? pv_arena_printf(
                &r->result->arena, "What this rule finds cannot be suppressed%s", why)
                : NULL);
        return;
    }
    if (d->verb == PV_VERB_DISABLE && open_range(r, rule)) {
        complain(r, "malformed-directive", name,
            "This rule is disabled already, and not yet enabled again.");
        return;
    }
    struct pv_suppression *const item = PV_BUF_PUSH(&r->s->items, struct pv_suppression);
    r->ok = r->ok && item;
    if (!item)
        return;
    *item = (struct pv_suppression){ .rule = rule,
        .everywhere = d->verb == PV_VERB_DISABLE_FILE,
        .reason = d->grounds.reason,
        .name = name };
    if (!item->everywhere)
        item->where = place_of(r, d);
}

static void enable(
    struct reader *r, const struct pv_directive *d, struct pv_span name, uint32_t rule)
{
    struct pv_suppression *range = open_range(r, rule);
    if (!range)
        complain(r, "unused-suppression", name, "There is nothing disabled that this could end.");
    for (; range; range = open_range(r, rule))
        range->where.end = d->whole.start;
}

static void complain_unknown(struct reader *r, struct pv_span name)
{
    struct pv_buf why = { 0 };
    const bool ok = pv_rule_unknown(r->names, r->source + name.start, name.end - name.start, &why)
                    && pv_buf_append_byte(&why, '\0');
    complain(r, "unknown-rule", name,
        ok ? pv_arena_printf(&r->result->arena, "This rule %s", why.data) : NULL);
    pv_buf_release(&why);
}

static void take_name(struct reader *r, const struct pv_directive *d, struct pv_span name)
{
    const uint32_t rule = pv_rule_named(r->names, r->source + name.start, name.end - name.start);
    if (rule == UINT32_MAX)
        complain_unknown(r, name);
    else if (d->verb == PV_VERB_ENABLE)
        enable(r, d, name, rule);
    else
        suppress(r, d, name, rule);
}

/* Returns how many rules it names. */
static size_t take_directive(struct reader *r, const struct pv_directive *d, size_t most)
{
    size_t at = d->grounds.names.start, count = 0;
    if (d->fault) {
        complain(r, "malformed-directive", d->whole,
            pv_arena_printf(&r->result->arena, "This directive %s, so it %s nothing.", d->fault,
                d->verb == PV_VERB_ENABLE ? "ends" : "suppresses"));
        return 0;
    }
    r->first = line_of(r, r->last, d->whole.start);
    r->last = line_of(r, r->first, d->whole.end - 1);
    if (d->grounds.names.start == d->grounds.names.end) /* postvet-enable alone */
        enable(r, d, d->whole, UINT32_MAX);
    for (; r->ok && count < most; count++) {
        const struct pv_span name = pv_grounds_next(r->source, d->grounds.names, &at);
        if (name.start == name.end)
            break;
        take_name(r, d, name);
    }
    return count;
}

static void take_directives(struct reader *r)
{
    const struct pv_directive *const d = PV_BUF_ITEMS(&r->s->directives, const struct pv_directive);
    const size_t count = PV_BUF_COUNT(&r->s->directives, struct pv_directive);
    size_t names = 0;
    for (size_t i = 0; r->ok && i < count && names < PV_SUPPRESSIONS_MAX; i++)
        names += take_directive(r, &d[i], PV_SUPPRESSIONS_MAX - names);
    if (names == PV_SUPPRESSIONS_MAX || count == PV_DIRECTIVES_MAX)
        complain(r, "too-many-directives", d[count - 1].whole,
            "There are more directives, or more rules in them, than postvet reads in one draft; "
            "the rest suppresses nothing.");
}

/* A range without an end holds nothing: whoever forgot to end it did not mean all the rest. */
static void close_ranges(struct reader *r)
{
    struct pv_suppression *const items = PV_BUF_ITEMS(&r->s->items, struct pv_suppression);
    for (size_t i = 0; r->ok && i < PV_BUF_COUNT(&r->s->items, struct pv_suppression); i++) {
        if (items[i].where.end != OPEN)
            continue;
        items[i].where.end = items[i].where.start;
        items[i].is_used = true; /* one notice is enough */
        complain(r, "unclosed-directive", items[i].name,
            "This rule is disabled and never enabled again, so nothing is suppressed; end the "
            "range with postvet-enable, or disable the rule for the whole file.");
    }
}

/* Adds the names that a directive gives: all together where all are those of rules. */
static bool find_names(struct pv_suppressions *s, const struct pv_text *text, struct pv_span list,
    const struct pv_rule_names *names)
{
    for (int pass = 0; pass < 2; pass++) {
        bool all_known = true;
        size_t at = list.start;
        for (;;) {
            const struct pv_span name = pv_grounds_next(text->source, list, &at);
            if (name.start == name.end)
                break;
            const size_t len = name.end - name.start;
            const bool is_known =
                pv_rule_named(names, text->source + name.start, len) != UINT32_MAX;
            all_known = all_known && is_known;
            if (pass == 1 && is_known && !pv_cuts_add(&s->names, name))
                return false;
        }
        if (all_known)
            return pv_cuts_add(&s->names, list);
    }
    return true;
}

bool pv_suppressions_find(
    struct pv_suppressions *s, const struct pv_text *text, const struct pv_rule_names *names)
{
    if (!pv_directives_find(text, &s->directives))
        return false;
    const struct pv_directive *const d = PV_BUF_ITEMS(&s->directives, const struct pv_directive);
    for (size_t i = 0; i < PV_BUF_COUNT(&s->directives, struct pv_directive); i++)
        if (!pv_cuts_add(&s->cuts, d[i].cut) || !find_names(s, text, d[i].grounds.names, names))
            return false;
    return true;
}

bool pv_suppressions_are_about(const struct pv_suppressions *s, struct pv_span source)
{
    return pv_cuts_touch(&s->cuts, source) && !pv_cuts_hold(&s->names, source);
}

static bool take_allowlist(
    struct pv_suppressions *s, const struct postvet_allowlist *list, const char *file_name)
{
    const struct pv_allowed *const entries = PV_BUF_ITEMS(&list->entries, const struct pv_allowed);
    for (size_t i = 0; i < PV_BUF_COUNT(&list->entries, struct pv_allowed); i++) {
        if (!pv_path_matches(entries[i].pattern, file_name))
            continue;
        struct pv_suppression *const item = PV_BUF_PUSH(&s->items, struct pv_suppression);
        if (!item)
            return false;
        item->rule = entries[i].rule;
        item->everywhere = true;
        item->allowed = &entries[i];
    }
    return true;
}

bool pv_suppressions_make(struct pv_suppressions *s, const char *source, size_t len,
    const struct postvet_allowlist *allowlist, const char *file_name,
    const struct pv_rule_names *names, struct postvet_result *result)
{
    struct reader r = { .s = s,
        .source = source,
        .len = len,
        .names = names,
        .result = result,
        .last = len ? pv_line_at(source, len, 0) : (struct pv_line){ 0 },
        .ok = true };
    take_directives(&r);
    close_ranges(&r);
    if (r.ok && allowlist && file_name)
        r.ok = take_allowlist(s, allowlist, file_name);
    return r.ok;
}

/* ---------------------------------------------------------------- findings */

static bool holds(const struct pv_suppression *item, struct pv_span source, bool in_directive)
{
    if (in_directive)
        return item->allowed != NULL;
    return item->everywhere
           || (source.end > 0 && item->where.start <= source.start
               && source.start < item->where.end);
}

struct pv_suppression *pv_suppressions_match(
    struct pv_suppressions *s, uint32_t rule, struct pv_span source)
{
    struct pv_suppression *const items = PV_BUF_ITEMS(&s->items, struct pv_suppression);
    const size_t count = PV_BUF_COUNT(&s->items, struct pv_suppression);
    const bool in_directive = count && pv_cuts_touch(&s->cuts, source);
    for (size_t i = 0; i < count; i++)
        if (items[i].rule == rule && holds(&items[i], source, in_directive)) {
            items[i].is_used = true;
            return &items[i];
        }
    return NULL;
}

static bool is_hidden(const struct pv_buf *hide, size_t at)
{
    const struct pv_span *const spans = PV_BUF_ITEMS(hide, const struct pv_span);
    for (size_t i = 0; i < PV_BUF_COUNT(hide, struct pv_span); i++)
        if (spans[i].start <= at && at < spans[i].end)
            return true;
    return false;
}

/* The reason as one line of valid UTF-8; NULL when out of memory. */
static const char *tell_reason(
    const char *source, struct pv_span span, const struct pv_buf *hide, struct pv_arena *arena)
{
    char line[PV_REASON_MAX + 4]; /* "..." at the end */
    size_t used = 0;
    while (span.start < span.end && used + PV_UTF8_MAX <= PV_REASON_MAX) {
        uint32_t code = 0;
        const size_t len = pv_utf8_decode(source + span.start, span.end - span.start, &code);
        const bool is_blank = len == 1 && code <= ' ';
        if (is_blank && used && line[used - 1] != ' ')
            line[used++] = ' ';
        else if (!is_blank && (len == 0 || is_hidden(hide, span.start)))
            line[used++] = len ? '*' : '?';
        else if (!is_blank)
            used += pv_utf8_encode(code, line + used);
        span.start += len ? len : 1;
    }
    if (span.start < span.end) {
        memcpy(line + used, "...", 3);
        used += 3;
    }
    const char *const told = pv_arena_strndup(arena, line, used);
    pv_wipe(line, sizeof(line));
    return told;
}

bool pv_suppression_tell(struct pv_suppression *item, const char *source, const struct pv_buf *hide,
    struct pv_arena *arena, postvet_suppression *out)
{
    const struct pv_allowed *const a = item->allowed;
    const char *const file = a ? pv_arena_strndup(arena, a->file, strlen(a->file)) : "";
    const struct pv_buf nothing = { 0 };
    if (!item->told)
        item->told =
            a ? tell_reason(a->reason, (struct pv_span){ 0, strlen(a->reason) }, &nothing, arena)
              : tell_reason(source, item->reason, hide, arena);
    *out = (postvet_suppression){ .reason = item->told,
        .file = file,
        .kind = a ? POSTVET_SUPPRESSED_BY_ALLOWLIST : POSTVET_SUPPRESSED_IN_DRAFT,
        .start = a ? a->start : (postvet_position){ .byte = item->name.start },
        .end = a ? a->end : (postvet_position){ .byte = item->name.end } };
    return file && item->told;
}

static bool tell_unused(const struct pv_suppression *item, struct postvet_result *result)
{
    static const char *const message = "This rule finds nothing here that is to be suppressed; "
                                       "take its name out.";
    if (!item->allowed)
        return notice(result, "unused-suppression", item->name, message);
    if (!item->allowed->is_exact) /* it may be used in another file */
        return true;
    const char *const file =
        pv_arena_strndup(&result->arena, item->allowed->file, strlen(item->allowed->file));
    const postvet_notice told = { "unused-suppression", POSTVET_WARNING, file, item->allowed->start,
        item->allowed->end, message };
    return file && pv_result_notice(result, &told);
}

/* At the first of them. */
static bool tell_published(const struct pv_suppressions *s, struct postvet_result *result)
{
    const struct pv_directive *const d = PV_BUF_ITEMS(&s->directives, const struct pv_directive);
    const size_t count = PV_BUF_COUNT(&s->directives, struct pv_directive);
    if (!count)
        return true;
    const postvet_notice told = { "published-directive", POSTVET_NOTE, "",
        { .byte = d[0].whole.start }, { .byte = d[0].whole.end },
        count == 1 ? "The directive would be published with the draft, reason and all; `postvet "
                     "clean` writes the draft without it."
                   : "The directives would be published with the draft, reasons and all; `postvet "
                     "clean` writes the draft without them." };
    return pv_result_notice(result, &told);
}

bool pv_suppressions_finish(struct pv_suppressions *s, const struct pv_rule_names *names,
    bool is_complete, struct postvet_result *result)
{
    const struct pv_suppression *const items = PV_BUF_ITEMS(&s->items, const struct pv_suppression);
    for (size_t i = 0; is_complete && i < PV_BUF_COUNT(&s->items, struct pv_suppression); i++)
        if (!items[i].is_used && names->ran[items[i].rule] && !tell_unused(&items[i], result))
            return false;
    return tell_published(s, result);
}

void pv_suppressions_release(struct pv_suppressions *s)
{
    pv_buf_release(&s->directives);
    pv_buf_release(&s->items);
    pv_cuts_release(&s->cuts);
    pv_cuts_release(&s->names);
    *s = (struct pv_suppressions){ 0 };
}
