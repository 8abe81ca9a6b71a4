/* redact.c: a stretch of the plain view comes from one or more pieces of the source, with markup
 * between them:
 *
 *     My number is **943 476** 5919.             pieces  943 476    5919
 *     My number is **[NHS number]**.             between them  **
 *
 * The pieces go, but for ends of lines; the placeholder stands where the first was; what was
 * between them stays behind it. Left out are invisible characters, blanks, backslashes, and marks
 * of emphasis whose partners are between the pieces, too: alone they would mark nothing. */
#include "report/redact.h"

#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

struct piece {
    struct pv_span source;
    size_t of; /* redaction */
    enum pv_scope scope;
};

/* The state of one call. Redactions whose pieces overlap are one group, named after the one at the
 * root of their tree. */
struct redactor {
    const char *source;
    size_t len;
    const struct pv_redaction *redactions;
    struct pv_buf pieces; /* struct piece */
    struct pv_buf groups; /* struct group by redaction */
};

struct group {
    size_t parent; /* itself at the root */
    size_t longest;
    bool is_written;
};

/* ------------------------------------------------------------------ pieces */

/* Adds a piece of `text`, cut where parts were left out of the source. */
static bool add_piece(struct redactor *r, struct piece piece, const struct pv_cuts *cuts)
{
    const struct pv_span all = piece.source;
    for (size_t from = all.start, to; from < all.end; from = to) {
        const struct pv_span first = { from, from + 1 };
        to = all.end;
        if (cuts) {
            piece.source = pv_cuts_origin(cuts, first);
            for (to = from + 1; to < all.end; to++) {
                const struct pv_span next = pv_cuts_origin(cuts, (struct pv_span){ to, to + 1 });
                if (next.start != piece.source.end)
                    break;
                piece.source.end = next.end;
            }
        }
        if (!pv_buf_append(&r->pieces, &piece, sizeof(piece)))
            return false;
    }
    return true;
}

static bool add_pieces(
    struct redactor *r, const struct pv_text *text, size_t of, const struct pv_cuts *cuts)
{
    const struct pv_view *const view = &text->plain;
    const struct pv_span plain = r->redactions[of].plain;
    for (size_t i = pv_runs_find(view, plain.start, 0); i < view->run_count; i++) {
        const struct pv_run *const run = &view->runs[i];
        const size_t run_end = i + 1 < view->run_count ? view->runs[i + 1].start : view->len;
        const size_t from = plain.start > run->start ? plain.start : run->start;
        const size_t to = plain.end < run_end ? plain.end : run_end;
        if (run->start >= plain.end)
            break;
        if (from >= to)
            continue;
        const struct piece piece = {
            .source = run->verbatim
                          ? (struct pv_span){ run->origin + (from - run->start),
                              run->origin + (to - run->start) }
                          : (struct pv_span){ run->origin, run->origin + run->origin_len },
            .of = of,
            .scope = pv_text_scope_at(text, from)
        };
        if (!add_piece(r, piece, cuts))
            return false;
    }
    return true;
}

static int compare_pieces(const void *left, const void *right)
{
    const struct piece *const a = left, *const b = right;
    if (a->source.start != b->source.start)
        return a->source.start < b->source.start ? -1 : 1;
    if (a->source.end != b->source.end)
        return a->source.end < b->source.end ? -1 : 1;
    return a->of < b->of ? -1 : a->of > b->of;
}

/* ------------------------------------------------------------------ groups */

static struct group *group_of(const struct redactor *r, size_t redaction)
{
    struct group *const groups = PV_BUF_ITEMS(&r->groups, struct group);
    size_t root = redaction;
    while (groups[root].parent != root)
        root = groups[root].parent;
    while (groups[redaction].parent != root) { /* so that the next way up is short */
        const size_t parent = groups[redaction].parent;
        groups[redaction].parent = root;
        redaction = parent;
    }
    return &groups[root];
}

static size_t length_of(const struct redactor *r, size_t redaction)
{
    return r->redactions[redaction].plain.end - r->redactions[redaction].plain.start;
}

static void join(const struct redactor *r, size_t a, size_t b)
{
    struct group *const first = group_of(r, a), *const second = group_of(r, b);
    if (first == second)
        return;
    if (length_of(r, second->longest) > length_of(r, first->longest))
        first->longest = second->longest;
    second->parent = first->parent;
}

/* Joins the redactions of pieces that overlap. */
static bool make_groups(struct redactor *r, size_t count)
{
    const struct piece *const pieces = PV_BUF_ITEMS(&r->pieces, const struct piece);
    size_t reach = 0, reaching = 0;
    if (!pv_buf_push(&r->groups, count * sizeof(struct group)))
        return false;
    struct group *const groups = PV_BUF_ITEMS(&r->groups, struct group);
    for (size_t i = 0; i < count; i++)
        groups[i] = (struct group){ i, i, false };
    for (size_t i = 0; i < PV_BUF_COUNT(&r->pieces, struct piece); i++) {
        if (i && pieces[i].source.start < reach)
            join(r, pieces[reaching].of, pieces[i].of);
        if (pieces[i].source.end > reach) {
            reach = pieces[i].source.end;
            reaching = i;
        }
    }
    return true;
}

/* ------------------------------------------------------- between the pieces */

static bool is_mark(char c)
{
    return c == '*' || c == '_' || c == '~' || c == '`';
}

static bool consists_of_marks(const char *s, struct pv_span span)
{
    for (size_t i = span.start; i < span.end; i++)
        if (!is_mark(s[i]))
            return false;
    return true;
}

static bool is_blank(const char *s, struct pv_span span)
{
    for (size_t i = span.start; i < span.end; i++)
        if (s[i] != ' ' && s[i] != '\t')
            return false;
    return true;
}

static bool is_invisible(const char *s, struct pv_span span)
{
    for (size_t i = span.start; i < span.end; i++)
        if ((unsigned char)s[i] < 0x80)
            return false;
    return true;
}

/* Where a run of one mark ends. */
static size_t mark_end(const char *s, struct pv_span span)
{
    size_t end = span.start;
    while (end < span.end && s[end] == s[span.start])
        end++;
    return end;
}

/* How often a mark stands between the pieces of the group that begins with piece `first`. */
static size_t count_marks(const struct redactor *r, size_t first, const char *mark, size_t mark_len)
{
    const struct piece *const pieces = PV_BUF_ITEMS(&r->pieces, const struct piece);
    const struct group *const group = group_of(r, pieces[first].of);
    size_t count = 0, end = pieces[first].source.end;
    for (size_t i = first + 1;
         i < PV_BUF_COUNT(&r->pieces, struct piece) && group_of(r, pieces[i].of) == group; i++) {
        struct pv_span gap = { end, pieces[i].source.start };
        if (gap.start < gap.end && consists_of_marks(r->source, gap))
            for (; gap.start < gap.end; gap.start = mark_end(r->source, gap))
                count += mark_end(r->source, gap) - gap.start == mark_len
                         && r->source[gap.start] == *mark;
        if (pieces[i].source.end > end)
            end = pieces[i].source.end;
    }
    return count;
}

/* Writes what stands between two pieces of one group, as far as it is to stay. */
static bool write_gap(
    const struct redactor *r, size_t first, struct pv_span gap, struct pv_buf *out)
{
    const char *const s = r->source;
    const bool opens_line =
        out->len && (out->data[out->len - 1] == '\n' || out->data[out->len - 1] == '\r');
    if (is_invisible(s, gap) || (is_blank(s, gap) && !opens_line)
        || (gap.end - gap.start == 1 && s[gap.start] == '\\'))
        return true;
    if (!consists_of_marks(s, gap))
        return pv_buf_append(out, s + gap.start, gap.end - gap.start);
    while (gap.start < gap.end) {
        const size_t end = mark_end(s, gap);
        if (count_marks(r, first, s + gap.start, end - gap.start) % 2
            && !pv_buf_append(out, s + gap.start, end - gap.start))
            return false;
        gap.start = end;
    }
    return true;
}

/* ----------------------------------------------------------------- writing */

/* In a target or attribute a space would end it; in front matter brackets would be a list. */
static bool write_placeholder(const char *words, enum pv_scope scope, struct pv_buf *out)
{
    const bool is_yaml = scope == PV_SCOPE_FRONT_MATTER;
    const bool is_tight =
        scope == PV_SCOPE_URL || scope == PV_SCOPE_ATTRIBUTE || scope == PV_SCOPE_FILE_NAME;
    bool ok = pv_buf_append_byte(out, is_yaml ? '(' : '[');
    for (const char *c = words; ok && *c; c++)
        ok = pv_buf_append_byte(out, *c == ' ' && is_tight ? '-' : *c);
    return ok && pv_buf_append_byte(out, is_yaml ? ')' : ']');
}

static bool write_line_ends(const struct redactor *r, struct pv_span span, struct pv_buf *out)
{
    for (size_t i = span.start; i < span.end; i++)
        if ((r->source[i] == '\n' || r->source[i] == '\r')
            && !pv_buf_append_byte(out, r->source[i]))
            return false;
    return true;
}

static bool write_all(const struct redactor *r, struct pv_buf *out, size_t *places)
{
    const struct piece *const pieces = PV_BUF_ITEMS(&r->pieces, const struct piece);
    size_t at = 0, last = SIZE_MAX, first = 0; /* root and piece of the group at hand */
    *places = 0;
    for (size_t i = 0; i < PV_BUF_COUNT(&r->pieces, struct piece); i++) {
        struct pv_span piece = pieces[i].source;
        struct group *const group = group_of(r, pieces[i].of);
        if (group->parent != last)
            first = i;
        if (piece.start > at
            && !(group->parent == last
                     ? write_gap(r, first, (struct pv_span){ at, piece.start }, out)
                     : pv_buf_append(out, r->source + at, piece.start - at)))
            return false;
        last = group->parent;
        if (!group->is_written) {
            group->is_written = true;
            ++*places;
            if (!write_placeholder(r->redactions[group->longest].words, pieces[i].scope, out))
                return false;
        }
        if (piece.start < at)
            piece.start = at;
        if (piece.start < piece.end) {
            if (!write_line_ends(r, piece, out))
                return false;
            at = piece.end;
        }
    }
    return pv_buf_append(out, r->source + at, r->len - at);
}

bool pv_redact(const struct pv_text *text, const char *source, size_t len,
    const struct pv_cuts *cuts, const struct pv_redaction *redactions, size_t count,
    struct pv_buf *out, size_t *places)
{
    struct redactor r = { .source = source, .len = len, .redactions = redactions };
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = add_pieces(&r, text, i, cuts);
    if (ok && r.pieces.len)
        qsort(r.pieces.data, PV_BUF_COUNT(&r.pieces, struct piece), sizeof(struct piece),
            compare_pieces);
    ok = ok && make_groups(&r, count) && write_all(&r, out, places);
    pv_buf_release(&r.pieces);
    pv_buf_release(&r.groups);
    return ok;
}
