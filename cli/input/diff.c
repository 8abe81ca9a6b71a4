/* diff.c: line by line. Between hunks stands what each tool likes to say, most of which does not
 * matter; in a hunk every line counts, and the hunk's head says how many there are of each kind.
 * Anything that does not add up is an error: a line that was passed over would not be checked. */
#include "diff.h"

#include <stdlib.h>
#include <string.h>

/* What is known of the file that the lines at hand are about. */
struct header {
    struct cli_buf old_name, new_name; /* of --- and +++, or of "diff --git" */
    struct cli_buf renamed;            /* what it is renamed or copied to */
    bool has_names, is_git, is_new, is_deleted, is_binary;
};

struct reader {
    struct cli_diff *diff;
    struct cli_buf *problem;
    const char *line; /* at hand */
    size_t len;
    size_t number;
    struct header header;
    struct cli_diff_file *file; /* that hunks belong to; NULL: not known yet */
    size_t old_left, new_left;  /* lines of the hunk that are still to come */
    size_t new_line;            /* the next line of the new side */
    bool is_in_hunk;            /* or right behind one */
};

static bool fail(struct reader *r, const char *why)
{
    cli_buf_printf(r->problem, "line %zu: %s", r->number, why);
    return false;
}

static bool starts(const struct reader *r, const char *words)
{
    const size_t len = strlen(words);
    return r->len >= len && memcmp(r->line, words, len) == 0;
}

/* -------------------------------------------------------------------- names */

/* The byte that stands behind a backslash in a quoted name; *at moves behind it. */
static char unescape(const char *text, size_t len, size_t *at)
{
    static const char names[] = "abtnvfr", values[] = "\a\b\t\n\v\f\r";
    const char c = text[(*at)++];
    const char *const name = memchr(names, c, sizeof(names) - 1);
    if (name)
        return values[name - names];
    if (c < '0' || c > '7')
        return c;
    unsigned value = (unsigned)(c - '0');
    for (int i = 0; i < 2 && *at < len && text[*at] >= '0' && text[*at] <= '7'; i++)
        value = value * 8 + (unsigned)(text[(*at)++] - '0');
    return (char)(unsigned char)value;
}

/* Reads a name in quotes; returns the bytes that it takes, 0 when it has no end. */
static size_t read_quoted(const char *text, size_t len, struct cli_buf *out)
{
    size_t at = 1;
    cli_buf_clear(out);
    while (at < len && text[at] != '"') {
        char byte = text[at++];
        if (byte == '\\' && at < len)
            byte = unescape(text, len, &at);
        cli_buf_add(out, &byte, 1);
    }
    return at < len ? at + 1 : 0;
}

/* Reads the name that a line ends with: up to a tab, where a date may follow. */
static bool read_name(struct reader *r, size_t from, struct cli_buf *out)
{
    const char *const text = r->line + from;
    size_t len = r->len - from;
    if (len && text[len - 1] == '\r')
        len--;
    if (len && *text == '"')
        return read_quoted(text, len, out) > 0 || fail(r, "a name in quotes has no end");
    const char *const tab = memchr(text, '\t', len);
    cli_buf_clear(out);
    cli_buf_add(out, text, tab ? (size_t)(tab - text) : len);
    return true;
}

/* "diff --git a/x b/x": two names that differ in what stands before them alone; where they do not,
 * other lines give them. */
static bool read_git_names(struct reader *r)
{
    static const size_t head = sizeof("diff --git ") - 1;
    struct header *const h = &r->header;
    const char *const text = r->line + head;
    size_t len = r->len - head;
    if (len && text[len - 1] == '\r')
        len--;
    if (len && *text == '"') {
        const size_t first = read_quoted(text, len, &h->old_name);
        if (!first || first + 1 >= len)
            return fail(r, "a name in quotes has no end");
        if (text[first + 1] == '"')
            return read_quoted(text + first + 1, len - first - 1, &h->new_name) > 0
                   || fail(r, "a name in quotes has no end");
        cli_buf_clear(&h->new_name);
        cli_buf_add(&h->new_name, text + first + 1, len - first - 1);
        return true;
    }
    cli_buf_clear(&h->old_name);
    cli_buf_clear(&h->new_name);
    const char *const second = text + len / 2 + 1;
    if (len % 2 && text[len / 2] == ' '
        && (memcmp(text, second, len / 2) == 0
            || (len > 5 && text[1] == '/' && memcmp(text + 1, second + 1, len / 2 - 1) == 0))) {
        cli_buf_add(&h->old_name, text, len / 2);
        cli_buf_add(&h->new_name, second, len / 2);
    }
    return true;
}

static bool is_nothing(const struct cli_buf *name)
{
    return name->len && strcmp(name->data, "/dev/null") == 0;
}

/* Whether a name begins with a letter that tools put before the old or the new one. */
static bool has_prefix(const struct cli_buf *name)
{
    return name->len > 2 && strchr("abciow12", name->data[0]) && name->data[1] == '/';
}

/* ---------------------------------------------------------------------- files */

static struct cli_diff_file *add_file(struct cli_diff *diff)
{
    if (diff->count == diff->capacity) {
        diff->capacity = diff->capacity ? 2 * diff->capacity : 16;
        struct cli_diff_file *const files = cli_alloc(diff->capacity, sizeof(*files));
        if (diff->count)
            memcpy(files, diff->files, diff->count * sizeof(*files));
        free(diff->files);
        diff->files = files;
    }
    return &diff->files[diff->count++];
}

/* Enters the file that the header is about, if it is about one and that is not done yet. */
static bool enter_file(struct reader *r)
{
    const struct header *const h = &r->header;
    if (r->file || !(h->has_names || h->is_git || h->is_binary))
        return true;
    const bool is_deleted = h->is_deleted || is_nothing(&h->new_name);
    const struct cli_buf *const name = is_deleted ? &h->old_name : &h->new_name;
    if (!h->renamed.len && !name->len)
        return fail(r, "it is not clear which file the lines before this one are about");
    const bool is_stripped =
        !h->renamed.len && has_prefix(name)
        && (is_nothing(&h->old_name) || is_nothing(&h->new_name)
            || (has_prefix(&h->old_name) && h->old_name.data[0] != h->new_name.data[0]));
    const char *const full = h->renamed.len ? h->renamed.data : name->data;
    r->file = add_file(r->diff);
    r->file->path = cli_strndup(full + 2 * is_stripped, strlen(full) - 2 * is_stripped);
    r->file->full = is_stripped ? cli_strndup(full, strlen(full)) : NULL;
    r->file->is_deleted = is_deleted;
    r->file->is_binary = h->is_binary;
    return true;
}

/* What follows is about another file. */
static bool leave_file(struct reader *r)
{
    if (!enter_file(r))
        return false;
    struct header fresh = {
        .old_name = r->header.old_name, .new_name = r->header.new_name, .renamed = r->header.renamed
    };
    cli_buf_clear(&fresh.old_name);
    cli_buf_clear(&fresh.new_name);
    cli_buf_clear(&fresh.renamed);
    r->header = fresh;
    r->file = NULL;
    return true;
}

/* ---------------------------------------------------------------------- hunks */

/* A number of at most eight digits; *at moves behind it. */
static bool read_number(const struct reader *r, size_t *at, size_t *out)
{
    const size_t from = *at;
    *out = 0;
    while (*at < r->len && r->line[*at] >= '0' && r->line[*at] <= '9' && *at - from < 9)
        *out = *out * 10 + (size_t)(r->line[(*at)++] - '0');
    return *at > from;
}

/* "12,3" or "12". */
static bool read_range(const struct reader *r, size_t *at, size_t *first, size_t *count)
{
    *count = 1;
    if (!read_number(r, at, first))
        return false;
    if (*at < r->len && r->line[*at] == ',') {
        ++*at;
        return read_number(r, at, count);
    }
    return true;
}

/* "@@ -1,2 +3,4 @@" */
static bool begin_hunk(struct reader *r)
{
    size_t at = 4, old_first, first;
    if (!r->header.has_names || !enter_file(r))
        return fail(r, "a hunk stands before the name of its file");
    const bool fine = starts(r, "@@ -") && read_range(r, &at, &old_first, &r->old_left)
                      && at + 2 < r->len && r->line[at] == ' ' && r->line[at + 1] == '+'
                      && (at += 2, read_range(r, &at, &first, &r->new_left)) && at + 3 <= r->len
                      && memcmp(r->line + at, " @@", 3) == 0;
    if (!fine)
        return fail(r, "the head of a hunk cannot be understood");
    /* A hunk that puts nothing there stands behind the line that it names. */
    r->new_line = r->new_left ? first : first + 1;
    const struct cli_diff_file *const file = r->file;
    if (r->new_line == 0 || (file->count && r->new_line <= file->lines[file->count - 1].number))
        return fail(r, "its hunks are not in order");
    if (file->is_deleted && r->new_left)
        return fail(r, "a file that is deleted has lines");
    r->is_in_hunk = true;
    return true;
}

static void add_line(struct reader *r, bool is_added, size_t skip)
{
    struct cli_diff_file *const file = r->file;
    if (file->count == file->capacity) {
        file->capacity = file->capacity ? 2 * file->capacity : 16;
        struct cli_diff_line *const lines = cli_alloc(file->capacity, sizeof(*lines));
        if (file->count)
            memcpy(lines, file->lines, file->count * sizeof(*lines));
        free(file->lines);
        file->lines = lines;
    }
    file->lines[file->count++] = (struct cli_diff_line){ .number = r->new_line++,
        .at = (size_t)(r->line - r->diff->text.data) + skip,
        .len = r->len - skip,
        .is_added = is_added };
    r->new_left--;
}

/* A line of a hunk that is not at its end. */
static bool take_hunk_line(struct reader *r)
{
    const bool is_empty = r->len == 0 || (r->len == 1 && *r->line == '\r');
    const char kind = is_empty ? ' ' : *r->line; /* some tools drop the blank of an empty line */
    if (kind == '\\')
        return true;
    if ((kind == ' ' && r->old_left && r->new_left) || (kind == '+' && r->new_left)) {
        r->old_left -= kind == ' ';
        add_line(r, kind == '+', is_empty ? 0 : 1);
        return true;
    }
    if (kind == '-' && r->old_left) {
        r->old_left--;
        return true;
    }
    return fail(r, "the hunk has other lines than its head says");
}

/* ----------------------------------------------------------------------- rest */

/* "--- a/x" and, on the next line, "+++ b/x". */
static bool take_old_name(struct reader *r)
{
    const char *const next =
        memchr(r->line, '\n', r->diff->text.len - (size_t)(r->line - r->diff->text.data));
    if (!next || strncmp(next + 1, "+++ ", 4) != 0)
        return true; /* a line that only looks like one */
    if ((r->file || r->header.has_names || !r->header.is_git) && !leave_file(r))
        return false;
    r->header.has_names = true;
    return read_name(r, 4, &r->header.old_name);
}

/* "Binary files a/x and b/x differ", of a tool that names the file nowhere else. */
static bool take_binary(struct reader *r)
{
    r->header.is_binary = true;
    if (r->header.is_git)
        return true;
    for (size_t i = 0; i + 5 < r->len; i++)
        if (memcmp(r->line + i, " and ", 5) == 0) {
            cli_buf_clear(&r->header.new_name);
            cli_buf_add(
                &r->header.new_name, r->line + i + 5, r->len - i - 5 - (sizeof(" differ") - 1));
        }
    return true;
}

static bool take_other_line(struct reader *r)
{
    if (starts(r, "diff --cc ") || starts(r, "diff --combined ") || starts(r, "@@@ "))
        return fail(
            r, "this is a combined diff, of a merge, and not one against one other version");
    if (starts(r, "* Unmerged path "))
        return fail(r, "a merge is not finished");
    if (starts(r, "diff --git ")) {
        if (!leave_file(r))
            return false;
        r->header.is_git = true;
        return read_git_names(r);
    }
    if (starts(r, "diff "))
        return leave_file(r);
    if (starts(r, "--- "))
        return take_old_name(r);
    if (starts(r, "+++ ") && r->header.has_names && !r->file)
        return read_name(r, 4, &r->header.new_name);
    if (starts(r, "@@ "))
        return begin_hunk(r);
    if (starts(r, "rename to ") || starts(r, "copy to "))
        return read_name(r, *r->line == 'r' ? 10 : 8, &r->header.renamed);
    if (starts(r, "deleted file mode "))
        r->header.is_deleted = true;
    if (starts(r, "Binary files ") || starts(r, "GIT binary patch"))
        return take_binary(r);
    if (*r->line == '+' && r->len)
        return fail(r, "a line that is added stands in no hunk");
    return true;
}

static bool take_line(struct reader *r)
{
    if (r->is_in_hunk && (r->old_left || r->new_left))
        return take_hunk_line(r);
    if (r->is_in_hunk && r->len && *r->line == '\\')
        return true; /* "\ No newline at end of file", of the line before */
    r->is_in_hunk = false;
    return take_other_line(r);
}

bool cli_diff_read(struct cli_diff *diff, struct cli_buf *problem)
{
    struct reader r = { .diff = diff, .problem = problem };
    bool ok = true;
    cli_buf_puts(&diff->text, ""); /* so that there is a NUL */
    for (size_t at = 0; ok && at < diff->text.len;) {
        const char *const line = diff->text.data + at;
        const char *const end = memchr(line, '\n', diff->text.len - at);
        r.line = line;
        r.len = end ? (size_t)(end - line) : diff->text.len - at;
        r.number++;
        at += r.len + 1;
        ok = take_line(&r);
    }
    if (ok && (r.old_left || r.new_left))
        ok = fail(&r, "the diff ends in the middle of a hunk");
    ok = ok && enter_file(&r);
    if (ok && diff->count == 0 && strspn(diff->text.data, " \t\r\n") < diff->text.len)
        ok = fail(&r, "no file of a unified diff stands in it");
    cli_buf_release(&r.header.old_name);
    cli_buf_release(&r.header.new_name);
    cli_buf_release(&r.header.renamed);
    return ok;
}

void cli_diff_release(struct cli_diff *diff)
{
    for (size_t i = 0; i < diff->count; i++) {
        free(diff->files[i].path);
        free(diff->files[i].full);
        free(diff->files[i].lines);
    }
    free(diff->files);
    cli_buf_release(&diff->text);
    *diff = (struct cli_diff){ 0 };
}
