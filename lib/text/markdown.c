/* markdown.c: blocks, line by line. Each line is first stripped of the markers of the containers
 * that are open (quotations, list items), may open more, and then starts a leaf or goes on with the
 * one before. Containers are a short stack: what is nested deeper is read as text, so
 * that no line costs more than its own length.
 *
 * Differs from CommonMark where an unrendered post would be misread:
 *   an indented paragraph is literal but keeps its scope: it is more often a habit than code;
 *   a fence that is never closed is text: half a draft must not become code;
 *   a number that does not continue a list stays ("12. November 1939");
 *   HTML that goes on after a blank line may be indented. */
#include "text/markdown.h"

#include <string.h>

#include "base/limit.h"
#include "text/ascii.h"
#include "text/lines.h"

/* Lengths of fences beyond this count as this. */
#define FENCE_MAX 16

enum leaf_state { NO_LEAF, PARAGRAPH, INDENTED, FENCED, HTML, TABLE };

/* What ends a block of HTML. */
enum html_end {
    HTML_BLANK,
    HTML_RAW,
    HTML_COMMENT,
    HTML_INSTRUCTION,
    HTML_DECLARATION,
    HTML_CDATA
};

struct container {
    bool item;      /* a list item; otherwise a quotation */
    size_t width;   /* columns of an item's marker */
    uint32_t group; /* of what stands in it */
};

struct blocks {
    const char *s;
    size_t len;
    const struct pv_view *in;
    struct pv_text_work *work;
    size_t hint;
    struct container containers[POSTVET_NESTING_MAX];
    size_t depth, depth_max;
    bool too_deep;
    unsigned long numbers[POSTVET_NESTING_MAX + 1]; /* the last ordered item at each depth */
    uint32_t groups;
    enum leaf_state state;
    enum html_end html_end;
    size_t leaf_start;     /* in the content */
    size_t last_line;      /* where the leaf's last line starts in the content */
    struct pv_line before; /* the leaf's last line in the source */
    char fence;            /* '`' or '~' */
    size_t fence_len, fence_indent;
    /* where the fences of each mark and length that start before it are closed; beyond the end of
     * the source: never */
    size_t closed_at[2][FENCE_MAX + 1];
    uint32_t group;  /* of a table or code block */
    size_t columns;  /* of a table */
    bool after_html; /* the leaf before was HTML */
    bool failed;
};

/* A place in a line that is being stripped of markers. */
struct cursor {
    size_t at, end;
    size_t column;
};

/* ------------------------------------------------------------------- leaves */

static uint32_t current_group(const struct blocks *m)
{
    for (size_t i = m->depth; i-- > 0;)
        if (m->containers[i].item)
            return m->containers[i].group;
    return 0;
}

static enum pv_scope current_scope(const struct blocks *m)
{
    for (size_t i = 0; i < m->depth; i++)
        if (!m->containers[i].item)
            return PV_SCOPE_QUOTATION;
    return PV_SCOPE_PROSE;
}

static void add_leaf(struct blocks *m, size_t start, size_t end, enum pv_leaf_kind kind,
    enum pv_scope scope, uint32_t group)
{
    if (start >= end)
        return;
    struct pv_leaf *const leaf = PV_BUF_PUSH(&m->work->leaves, struct pv_leaf);
    if (leaf)
        *leaf = (struct pv_leaf){ (uint32_t)start, (uint32_t)end, group, (uint8_t)kind,
            (uint8_t)scope };
    else
        m->failed = true;
}

/* Adds source[from, to) to the content. */
static void add_content(struct blocks *m, size_t from, size_t to)
{
    struct pv_buf *const content = &m->work->content, *const runs = &m->work->content_runs;
    if (from >= to)
        return;
    const struct pv_span origin = pv_runs_origin(m->in, from, to, &m->hint);
    if (!pv_runs_add(runs, content->len, to - from, origin.start, to - from, true)
        || !pv_buf_append(content, m->s + from, to - from))
        m->failed = true;
}

/* Adds the end of a line, LF whatever it is in the source, or a byte between two leaves. */
static void add_newline(struct blocks *m, size_t from, size_t to)
{
    struct pv_buf *const content = &m->work->content, *const runs = &m->work->content_runs;
    if (to == from + 1 && m->s[from] == '\n') {
        add_content(m, from, to);
        return;
    }
    struct pv_span origin = { 0, 0 };
    if (from < to)
        origin = pv_runs_origin(m->in, from, to, &m->hint);
    if (!pv_runs_add(runs, content->len, 1, origin.start, origin.end - origin.start, false)
        || !pv_buf_append_byte(content, '\n'))
        m->failed = true;
}

static size_t content_len(const struct blocks *m)
{
    return m->work->content.len;
}

/* A leaf of its own: source[from, to). */
static void add_whole_leaf(struct blocks *m, size_t from, size_t to, enum pv_leaf_kind kind,
    enum pv_scope scope, uint32_t group)
{
    const size_t start = content_len(m);
    add_content(m, from, to);
    add_leaf(m, start, content_len(m), kind, scope, group);
}

static void close_leaf(struct blocks *m)
{
    const size_t start = m->leaf_start, end = content_len(m);
    if (m->state == PARAGRAPH)
        add_leaf(m, start, end, PV_LEAF_TEXT, current_scope(m), current_group(m));
    else if (m->state == INDENTED)
        add_leaf(m, start, end, PV_LEAF_LITERAL, current_scope(m), current_group(m));
    else if (m->state == HTML)
        add_leaf(m, start, end, PV_LEAF_HTML, current_scope(m), current_group(m));
    if (m->state != NO_LEAF)
        m->after_html = m->state == HTML;
    m->state = NO_LEAF;
}

static void open_leaf(struct blocks *m, enum leaf_state state)
{
    close_leaf(m);
    m->state = state;
    m->leaf_start = content_len(m);
    m->before = (struct pv_line){ 0 };
}

/* Adds [from, to) of `line` to the open leaf as its next line. */
static void add_line(struct blocks *m, struct pv_line line, size_t from, size_t to)
{
    if (content_len(m) > m->leaf_start)
        add_newline(m, m->before.end, m->before.next);
    m->last_line = content_len(m);
    add_content(m, from, to);
    m->before = line;
}

/* ------------------------------------------------------------------ the line */

/* Columns of white space before the text of the line. */
static size_t indent_of(const struct blocks *m, const struct cursor *c)
{
    size_t column = c->column;
    for (size_t i = c->at; i < c->end; i++) {
        if (m->s[i] == ' ')
            column++;
        else if (m->s[i] == '\t')
            column += 4 - column % 4;
        else
            break;
    }
    return column - c->column;
}

static size_t text_at(const struct blocks *m, const struct cursor *c)
{
    size_t at = c->at;
    while (at < c->end && (m->s[at] == ' ' || m->s[at] == '\t'))
        at++;
    return at;
}

/* Takes up to `columns` of white space off the line. */
static void skip_columns(const struct blocks *m, struct cursor *c, size_t columns)
{
    const size_t until = c->column + columns;
    while (c->at < c->end && c->column < until && (m->s[c->at] == ' ' || m->s[c->at] == '\t')) {
        c->column += m->s[c->at] == '\t' ? 4 - c->column % 4 : 1;
        c->at++;
    }
}

static void skip_indent(const struct blocks *m, struct cursor *c)
{
    skip_columns(m, c, indent_of(m, c));
}

/* Takes a quotation's marker off the line, if it starts with one. */
static bool take_quotation(const struct blocks *m, struct cursor *c)
{
    const size_t at = text_at(m, c);
    if (indent_of(m, c) > 3 || at == c->end || m->s[at] != '>')
        return false;
    skip_indent(m, c);
    c->at++;
    c->column++;
    skip_columns(m, c, 1);
    return true;
}

/* Three or more of the same mark and nothing else. */
static bool is_rule(const char *s, size_t at, size_t end)
{
    const char mark = s[at];
    size_t count = 0;
    if (mark != '-' && mark != '*' && mark != '_')
        return false;
    for (; at < end; at++) {
        if (s[at] == mark)
            count++;
        else if (s[at] != ' ' && s[at] != '\t')
            return false;
    }
    return count >= 3;
}

/* A list item's marker. */
struct marker {
    size_t len; /* bytes without the space */
    bool ordered;
    unsigned long number;
};

static bool read_marker(const char *s, size_t at, size_t end, struct marker *marker)
{
    *marker = (struct marker){ .len = 1 };
    size_t i = at;
    while (i < end && i < at + 9 && pv_is_digit(s[i]))
        marker->number = marker->number * 10 + (unsigned long)(s[i++] - '0');
    marker->ordered = i > at;
    if (marker->ordered) {
        if (i == end || (s[i] != '.' && s[i] != ')'))
            return false;
        marker->len = i + 1 - at;
    } else if (s[at] == '\xE2' && end - at > 3 && memcmp(s + at, "\xE2\x80\xA2", 3) == 0) {
        marker->len = 3; /* a bullet, as word processors paste it */
    } else if (s[at] != '-' && s[at] != '*' && s[at] != '+') {
        return false;
    }
    at += marker->len;
    return at == end || s[at] == ' ' || s[at] == '\t';
}

/* Whether a marker there starts an item. In the middle of a paragraph only a bullet and the number
 * 1 do, and "12. 11. 1939" is a date. */
static bool starts_item(
    const struct blocks *m, size_t at, size_t end, bool in_paragraph, struct marker *marker)
{
    if (at == end || is_rule(m->s, at, end) || !read_marker(m->s, at, end, marker))
        return false;
    size_t text = at + marker->len;
    while (text < end && (m->s[text] == ' ' || m->s[text] == '\t'))
        text++;
    if (in_paragraph && (text == end || (marker->ordered && marker->number != 1)))
        return false;
    struct marker inner;
    return !(marker->ordered && text < end && pv_is_digit(m->s[text])
             && read_marker(m->s, text, end, &inner));
}

/* Level of the heading that starts at `at`, or 0. */
static size_t heading_level(const char *s, size_t at, size_t end)
{
    size_t level = 0;
    while (at + level < end && s[at + level] == '#')
        level++;
    const bool apart = at + level == end || s[at + level] == ' ' || s[at + level] == '\t';
    return level <= 6 && apart ? level : 0;
}

/* Length of the fence that starts at `at`, or 0. */
static size_t fence_at(const char *s, size_t at, size_t end)
{
    size_t len = 0;
    if (at == end || (s[at] != '`' && s[at] != '~'))
        return 0;
    while (at + len < end && s[at + len] == s[at])
        len++;
    if (len < 3 || (s[at] == '`' && memchr(s + at + len, '`', end - at - len)))
        return 0;
    return len;
}

/* Whether only a fence of `mark` stands in [at, end); sets *len to its length. */
static bool is_bare_fence(const char *s, size_t at, size_t end, char mark, size_t *len)
{
    size_t i = at;
    while (i < end && s[i] == mark)
        i++;
    *len = i - at;
    while (i < end && (s[i] == ' ' || s[i] == '\t'))
        i++;
    return i == end && *len >= 3;
}

/* Whether a fence is closed somewhere after this line, whatever the containers. */
static bool fence_closes(struct blocks *m, struct pv_line line, char mark, size_t len)
{
    const size_t class = len < FENCE_MAX ? len : FENCE_MAX;
    size_t *const closed_at = &m->closed_at[mark == '~'][class];
    if (line.start < *closed_at)
        return *closed_at <= m->len;
    for (struct pv_line next = line; next.next < m->len;) {
        next = pv_line_at(m->s, m->len, next.next);
        size_t at = next.start, found = 0;
        while (at < next.end && (m->s[at] == ' ' || m->s[at] == '\t' || m->s[at] == '>'))
            at++;
        if (is_bare_fence(m->s, at, next.end, mark, &found) && found >= class) {
            *closed_at = next.start;
            return true;
        }
    }
    *closed_at = m->len + 1;
    return false;
}

/* ---------------------------------------------------------------------- HTML */

static bool starts_with(const char *s, size_t at, size_t end, const char *what)
{
    size_t i = 0;
    while (at + i < end && what[i] && pv_fold_ascii(s[at + i]) == what[i])
        i++;
    return what[i] == '\0';
}

/* Whether [at, end) is one whole tag and nothing else. */
static bool is_lone_tag(const struct blocks *m, size_t at, size_t end)
{
    struct pv_build b = { .in = m->in };
    struct pv_html h = { .b = &b };
    const size_t tag_end = pv_html_tag_end(&h, at, end);
    if (tag_end == 0)
        return false;
    for (size_t i = tag_end; i < end; i++)
        if (m->s[i] != ' ' && m->s[i] != '\t')
            return false;
    return true;
}

/* Whether a block of HTML starts at `at`; sets what ends it. CommonMark 4.6. */
static bool starts_html(
    const struct blocks *m, size_t at, size_t end, bool in_paragraph, enum html_end *ends)
{
    const char *const s = m->s;
    if (at == end || s[at] != '<')
        return false;
    static const struct {
        const char *start;
        enum html_end ends;
    } starts[] = { { "<!--", HTML_COMMENT }, { "<?", HTML_INSTRUCTION },
        { "<![cdata[", HTML_CDATA }, { "<script", HTML_RAW }, { "<style", HTML_RAW },
        { "<pre", HTML_RAW }, { "<textarea", HTML_RAW } };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        const size_t after = at + strlen(starts[i].start);
        if (starts_with(s, at, end, starts[i].start)
            && (starts[i].ends != HTML_RAW || after == end || !pv_is_alnum(s[after]))) {
            *ends = starts[i].ends;
            return true;
        }
    }
    *ends = HTML_DECLARATION;
    if (at + 2 < end && s[at + 1] == '!' && pv_is_letter(s[at + 2]))
        return true;
    *ends = HTML_BLANK;
    size_t name = at + 1;
    if (name < end && s[name] == '/')
        name++;
    size_t name_end = name;
    while (name_end < end && pv_is_alnum(s[name_end]))
        name_end++;
    const struct pv_tag *const tag = pv_tag_find(s + name, name_end - name);
    const bool block =
        tag && (tag->kind == PV_TAG_BLOCK || tag->kind == PV_TAG_TABLE || tag->kind == PV_TAG_RAW);
    if (block
        && (name_end == end || pv_is_space(s[name_end]) || s[name_end] == '>'
            || s[name_end] == '/'))
        return true;
    return !in_paragraph && is_lone_tag(m, at, end);
}

static bool contains(const char *s, size_t from, size_t to, const char *what)
{
    for (size_t at = from; at < to; at++)
        if (s[at] == what[0] && starts_with(s, at, to, what))
            return true;
    return false;
}

static bool ends_html(const struct blocks *m, struct pv_line line, size_t from)
{
    const char *const s = m->s;
    switch (m->html_end) {
    case HTML_RAW:
        return contains(s, from, line.end, "</script>") || contains(s, from, line.end, "</style>")
               || contains(s, from, line.end, "</pre>")
               || contains(s, from, line.end, "</textarea>");
    case HTML_COMMENT:
        return contains(s, from, line.end, "-->");
    case HTML_INSTRUCTION:
        return contains(s, from, line.end, "?>");
    case HTML_DECLARATION:
        return contains(s, from, line.end, ">");
    case HTML_CDATA:
        return contains(s, from, line.end, "]]>");
    case HTML_BLANK:
        break;
    }
    return false;
}

static void add_html_line(struct blocks *m, struct pv_line line, size_t from)
{
    add_line(m, line, from, line.end);
    if (ends_html(m, line, from))
        close_leaf(m);
}

/* -------------------------------------------------------------------- tables */

/* The next cell of a row at *at; false after the last. */
static bool next_cell(const char *s, size_t *at, size_t end, struct pv_span *cell)
{
    if (*at >= end)
        return false;
    size_t i = *at;
    while (i < end && s[i] != '|')
        i += s[i] == '\\' && i + 1 < end ? 2 : 1;
    *cell = (struct pv_span){ *at, i };
    *at = i + 1;
    return true;
}

/* A row without the white space and the pipes round it. */
static struct pv_span trim_row(const char *s, size_t from, size_t to)
{
    while (from < to && pv_is_space(s[from]))
        from++;
    while (to > from && pv_is_space(s[to - 1]))
        to--;
    if (from < to && s[from] == '|')
        from++;
    if (to > from && s[to - 1] == '|' && !(to - 1 > from && s[to - 2] == '\\'))
        to--;
    return (struct pv_span){ from, to };
}

static size_t count_cells(const char *s, size_t from, size_t to)
{
    const struct pv_span row = trim_row(s, from, to);
    struct pv_span cell;
    size_t at = row.start, count = 0;
    while (next_cell(s, &at, row.end, &cell))
        count++;
    return count;
}

/* Cells of a delimiter row, "|---|:-:|", or 0 when the line is none. */
static size_t delimiter_cells(const char *s, size_t from, size_t to)
{
    if (!memchr(s + from, '|', to - from))
        return 0;
    const struct pv_span row = trim_row(s, from, to);
    struct pv_span cell;
    size_t at = row.start, count = 0;
    while (next_cell(s, &at, row.end, &cell)) {
        size_t dashes = 0;
        for (size_t i = cell.start; i < cell.end; i++) {
            if (s[i] != '-' && s[i] != ':' && s[i] != ' ' && s[i] != '\t')
                return 0;
            dashes += s[i] == '-';
        }
        if (dashes == 0)
            return 0;
        count++;
    }
    return count;
}

/* Makes the row that stands in the content at [from, to) a leaf a cell. */
static void add_cells(struct blocks *m, size_t from, size_t to, enum pv_scope scope)
{
    const char *const s = m->work->content.data;
    const struct pv_span row = trim_row(s, from, to);
    struct pv_span cell;
    for (size_t at = row.start; next_cell(s, &at, row.end, &cell);) {
        while (cell.start < cell.end && pv_is_space(s[cell.start]))
            cell.start++;
        while (cell.end > cell.start && pv_is_space(s[cell.end - 1]))
            cell.end--;
        add_leaf(m, cell.start, cell.end, PV_LEAF_TEXT, scope, m->group);
    }
}

/* Turns the last line of the paragraph into the head of a table, if this line is the rule under
 * it. */
static bool start_table(struct blocks *m, struct pv_line line, size_t from)
{
    const size_t cells = delimiter_cells(m->s, from, line.end);
    const size_t head = m->last_line, end = content_len(m);
    if (cells == 0 || !memchr(m->work->content.data + head, '|', end - head))
        return false;
    if (count_cells(m->work->content.data, head, end) != cells && cells < 2)
        return false;
    if (head > m->leaf_start) /* the newline between them belongs to neither */
        add_leaf(m, m->leaf_start, head - 1, PV_LEAF_TEXT, current_scope(m), current_group(m));
    m->state = TABLE;
    m->group = ++m->groups;
    add_cells(m, head, end, current_scope(m));
    return true;
}

static void add_row(struct blocks *m, size_t from, size_t to)
{
    const size_t start = content_len(m);
    add_content(m, from, to);
    if (!m->failed)
        add_cells(m, start, content_len(m), current_scope(m));
}

/* -------------------------------------------------------------- leaves start */

static void add_heading(struct blocks *m, size_t at, size_t end, size_t level)
{
    close_leaf(m);
    size_t from = at + level;
    while (from < end && pv_is_space(m->s[from]))
        from++;
    while (end > from && pv_is_space(m->s[end - 1]))
        end--;
    size_t closing = end;
    while (closing > from && m->s[closing - 1] == '#')
        closing--;
    if (closing == from || pv_is_space(m->s[closing - 1]))
        end = closing;
    add_whole_leaf(m, from, end, PV_LEAF_TEXT, PV_SCOPE_HEADING, 0);
    m->after_html = false;
}

/* The line under a paragraph that makes it a heading. */
static bool end_as_heading(struct blocks *m, size_t at, size_t end)
{
    const char mark = m->s[at];
    if (mark != '=' && mark != '-')
        return false;
    size_t i = at;
    while (i < end && m->s[i] == mark)
        i++;
    while (i < end && pv_is_space(m->s[i]))
        i++;
    if (i < end)
        return false;
    add_leaf(m, m->leaf_start, content_len(m), PV_LEAF_TEXT, PV_SCOPE_HEADING, 0);
    m->state = NO_LEAF;
    return true;
}

static bool start_fence(struct blocks *m, struct pv_line line, size_t at, size_t indent)
{
    const size_t len = fence_at(m->s, at, line.end);
    if (len == 0 || !fence_closes(m, line, m->s[at], len))
        return false;
    open_leaf(m, FENCED);
    m->fence = m->s[at];
    m->fence_len = len;
    m->fence_indent = indent;
    m->group = ++m->groups;
    size_t info = at + len, end = line.end;
    while (info < end && pv_is_space(m->s[info]))
        info++;
    add_whole_leaf(m, info, end, PV_LEAF_SIDE, PV_SCOPE_ATTRIBUTE, m->group);
    return true;
}

/* "[label]: target "title"", which is not shown, or the start of a footnote's text. */
static bool take_definition(struct blocks *m, struct pv_line line, size_t *at)
{
    const char *const s = m->s;
    size_t close = *at + 1;
    if (*at == line.end || s[*at] != '[')
        return false;
    while (close < line.end && s[close] != ']' && s[close] != '[')
        close += s[close] == '\\' ? 2 : 1;
    if (close + 1 >= line.end || s[close] != ']' || s[close + 1] != ':' || close == *at + 1)
        return false;
    if (s[*at + 1] == '^') {
        *at = close + 2;
        while (*at < line.end && pv_is_space(s[*at]))
            ++*at;
        return false; /* its text is a paragraph */
    }
    struct pv_link_parts parts;
    if (!pv_link_parts_read(s, close + 2, line.end, &parts)
        || parts.target.start == parts.target.end)
        return false;
    for (size_t i = parts.end; i < line.end; i++)
        if (!pv_is_space(s[i]))
            return false;
    close_leaf(m);
    add_whole_leaf(m, parts.target.start, parts.target.end, PV_LEAF_SIDE, PV_SCOPE_URL, 0);
    add_whole_leaf(m, parts.title.start, parts.title.end, PV_LEAF_SIDE, PV_SCOPE_LINK_TITLE, 0);
    return true;
}

/* Whether the line would interrupt a paragraph that it otherwise goes on with, lazily. */
static bool interrupts(const struct blocks *m, const struct cursor *c, bool in_paragraph)
{
    const size_t at = text_at(m, c);
    struct marker marker;
    enum html_end ends;
    if (at == c->end || indent_of(m, c) > 3)
        return false;
    return m->s[at] == '>' || heading_level(m->s, at, c->end) || fence_at(m->s, at, c->end)
           || is_rule(m->s, at, c->end) || starts_item(m, at, c->end, in_paragraph, &marker)
           || starts_html(m, at, c->end, true, &ends);
}

static void add_paragraph_line(struct blocks *m, struct pv_line line, size_t from)
{
    size_t end = line.end;
    while (end > from && pv_is_space(m->s[end - 1]))
        end--;
    if (m->state != PARAGRAPH)
        open_leaf(m, PARAGRAPH);
    add_line(m, line, from, end);
}

/* -------------------------------------------------------------- one line */

/* Takes the markers of the open containers off the line. Returns how many it has. */
static size_t match_containers(const struct blocks *m, struct cursor *c)
{
    const bool blank = text_at(m, c) == c->end; /* it belongs to any item */
    for (size_t i = 0; i < m->depth; i++) {
        const struct container *const container = &m->containers[i];
        if (!container->item) {
            if (blank || !take_quotation(m, c))
                return i;
        } else if (!blank && text_at(m, c) < c->end) {
            if (indent_of(m, c) < container->width)
                return i;
            skip_columns(m, c, container->width);
        }
    }
    return m->depth;
}

static void open_item(struct blocks *m, struct cursor *c, const struct marker *marker)
{
    const bool first = marker->ordered && marker->number <= 1;
    const bool next = marker->ordered && marker->number == m->numbers[m->depth] + 1;
    const size_t base = c->column;
    close_leaf(m);
    skip_indent(m, c);
    if (!marker->ordered || first || next) {
        c->at += marker->len;
        c->column += marker->len;
    }
    m->numbers[m->depth] = marker->ordered ? marker->number : 0;
    const size_t gap = indent_of(m, c);
    skip_columns(m, c, gap <= 4 && text_at(m, c) < c->end ? gap : 1);
    /* "[ ] " or "[x] ": a task */
    const char *const s = m->s;
    if (c->end - c->at > 4 && s[c->at] == '[' && s[c->at + 2] == ']' && s[c->at + 3] == ' '
        && (s[c->at + 1] == ' ' || (s[c->at + 1] | 0x20) == 'x'))
        c->at += 4;
    size_t width = c->column - base;
    if (marker->ordered && !first && !next)
        width = marker->len + 1;
    m->containers[m->depth++] = (struct container){ true, width, ++m->groups };
    m->numbers[m->depth] = 0;
}

/* Whether the rest of the line begins with a container's marker. */
static bool opens_container(const struct blocks *m, struct cursor c)
{
    struct marker marker;
    return indent_of(m, &c) <= 3
           && (take_quotation(m, &c)
               || starts_item(m, text_at(m, &c), c.end, m->state == PARAGRAPH, &marker));
}

/* Opens the containers that start on this line. Returns whether there were any. */
static bool open_containers(struct blocks *m, struct cursor *c)
{
    bool opened = false;
    while (m->depth < m->depth_max && indent_of(m, c) <= 3) {
        struct marker marker;
        if (take_quotation(m, c)) {
            close_leaf(m);
            m->containers[m->depth++] = (struct container){ false, 0, 0 };
            m->numbers[m->depth] = 0;
        } else if (starts_item(m, text_at(m, c), c->end, m->state == PARAGRAPH, &marker)) {
            const bool stays =
                marker.ordered && marker.number > 1 && marker.number != m->numbers[m->depth] + 1;
            open_item(m, c, &marker);
            opened = true;
            if (stays) /* its number is text; it opens nothing more */
                break;
        } else {
            break;
        }
        opened = true;
    }
    m->too_deep = m->too_deep || (m->depth == m->depth_max && opens_container(m, *c));
    return opened;
}

/* A line of a fenced block, or its end. */
static void read_fenced(struct blocks *m, struct pv_line line, struct cursor *c)
{
    size_t len = 0;
    if (indent_of(m, c) <= 3 && is_bare_fence(m->s, text_at(m, c), c->end, m->fence, &len)
        && len >= m->fence_len) {
        close_leaf(m);
        return;
    }
    skip_columns(m, c, m->fence_indent);
    add_whole_leaf(m, c->at, line.end, PV_LEAF_LITERAL, PV_SCOPE_CODE, m->group);
}

static void read_leaf(struct blocks *m, struct pv_line line, const struct cursor *c)
{
    size_t at = text_at(m, c);
    const size_t indent = indent_of(m, c);
    enum html_end ends;
    if (indent > 3 && m->state != PARAGRAPH) {
        if (m->after_html && starts_html(m, at, c->end, false, &ends)) {
            open_leaf(m, HTML);
            m->html_end = ends;
            add_html_line(m, line, at);
            return;
        }
        if (m->state != INDENTED)
            open_leaf(m, INDENTED);
        add_line(m, line, at, line.end);
        return;
    }
    const size_t level = indent > 3 ? 0 : heading_level(m->s, at, c->end);
    if (level) {
        add_heading(m, at, c->end, level);
    } else if (m->state == PARAGRAPH && indent <= 3
               && (end_as_heading(m, at, c->end) || start_table(m, line, at))) {
        return;
    } else if (indent <= 3 && is_rule(m->s, at, c->end)) {
        close_leaf(m);
    } else if (indent <= 3 && start_fence(m, line, at, indent)) {
        return;
    } else if (indent <= 3 && starts_html(m, at, c->end, m->state == PARAGRAPH, &ends)) {
        open_leaf(m, HTML);
        m->html_end = ends;
        add_html_line(m, line, at);
    } else if (m->state == TABLE) {
        add_row(m, at, line.end);
    } else if (m->state == PARAGRAPH || !take_definition(m, line, &at)) {
        add_paragraph_line(m, line, at);
    }
}

static void read_line(struct blocks *m, struct pv_line line)
{
    struct cursor c = { line.start, line.end, 0 };
    const size_t matched = match_containers(m, &c);
    const bool blank = text_at(m, &c) == c.end;
    if (matched < m->depth) {
        if (m->state == PARAGRAPH && !blank && !interrupts(m, &c, false)) {
            add_paragraph_line(m, line, text_at(m, &c));
            return;
        }
        close_leaf(m);
        m->depth = matched;
    }
    if (m->state == FENCED) {
        read_fenced(m, line, &c);
        return;
    }
    if (m->state == HTML && (m->html_end != HTML_BLANK || !blank)) {
        add_html_line(m, line, c.at);
        return;
    }
    if (blank) {
        close_leaf(m);
        return;
    }
    if (m->state == TABLE && interrupts(m, &c, false))
        close_leaf(m);
    open_containers(m, &c);
    if (text_at(m, &c) < c.end)
        read_leaf(m, line, &c);
}

/* -------------------------------------------------------------- front matter */

size_t pv_front_matter(const char *s, size_t len, struct pv_span *body)
{
    struct pv_line line = pv_line_at(s, len, 0);
    if (len < 4 || (memcmp(s, "---", 3) != 0 && memcmp(s, "+++", 3) != 0))
        return 0;
    for (size_t i = 3; i < line.end; i++)
        if (!pv_is_space(s[i]))
            return 0;
    const char mark = s[0];
    body->start = line.next;
    while (line.next < len) {
        line = pv_line_at(s, len, line.next);
        size_t end = line.end;
        while (end > line.start && pv_is_space(s[end - 1]))
            end--;
        if (end - line.start == 3
            && (memcmp(s + line.start, (const char[]){ mark, mark, mark }, 3) == 0
                || (mark == '-' && memcmp(s + line.start, "...", 3) == 0))) {
            body->end = line.start;
            return line.next;
        }
    }
    return 0;
}

void pv_front_matter_write(struct pv_build *b, struct pv_span body)
{
    pv_build_side_begin(b, PV_SCOPE_FRONT_MATTER);
    for (struct pv_line line = { .next = body.start }; line.next < body.end;) {
        line = pv_line_at(b->in->bytes, body.end, line.next);
        pv_build_text(b, line.start, line.end);
        pv_build_break(b);
    }
    pv_build_side_end(b);
}

/* ------------------------------------------------------------------ the stage */

void pv_markdown_write(struct pv_build *b, struct pv_text_work *work)
{
    const struct pv_view *const in = b->in;
    struct blocks m = { .s = in->bytes,
        .len = in->len,
        .in = in,
        .work = work,
        .depth_max = pv_limit(work->nesting_max, POSTVET_NESTING_MAX) };
    pv_buf_clear(&work->content);
    pv_buf_clear(&work->content_runs);
    pv_buf_clear(&work->leaves);
    struct pv_span body;
    struct pv_line line = { 0 };
    line.next = pv_front_matter(m.s, m.len, &body);
    if (line.next)
        pv_front_matter_write(b, body);
    if (!pv_labels_find(m.s, m.len, &work->labels))
        m.failed = true;
    while (line.next < m.len && !m.failed) {
        line = pv_line_at(m.s, m.len, line.next);
        read_line(&m, line);
    }
    close_leaf(&m);
    work->too_deep = m.too_deep;
    if (m.failed) {
        b->failed = true;
        return;
    }
    const struct pv_view content = { work->content.data, work->content.len,
        PV_BUF_ITEMS(&work->content_runs, const struct pv_run),
        PV_BUF_COUNT(&work->content_runs, struct pv_run) };
    b->in = &content;
    b->hint = 0;
    pv_inline_write(b, work);
    b->in = in;
}
