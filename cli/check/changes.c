/* changes.c: git says what differs between a revision and the working tree, and which files it
 * vouches for: one that is not in the diff is unchanged only if it is among them. Of a diff that
 * was handed in, each file must be there, or it was not made here, and would match nothing. */
#include "changes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../input/git.h"
#include "../input/location.h"
#include "../output/stream.h"

enum { CHUNK = 64 * 1024, DIFF_MAX = 256 * 1024 * 1024 };

struct located {
    char *path; /* absolute */
    const struct cli_diff_file *file;
};

static int compare_located(const void *left, const void *right)
{
    return strcmp(((const struct located *)left)->path, ((const struct located *)right)->path);
}

static int compare_with_path(const void *path, const void *item)
{
    return strcmp(path, ((const struct located *)item)->path);
}

static int compare_strings(const void *left, const void *right)
{
    return strcmp(left, *(const char *const *)right);
}

/* ---------------------------------------------------------------------- where */

/* Where a file of the diff is; false after a sentence when there is none. */
static bool locate(
    const struct cli_changes *changes, const struct cli_diff_file *file, struct cli_buf *out)
{
    const char *const names[] = { file->path, file->full };
    struct stat info;
    if (changes->top) {
        cli_buf_printf(out, "%s/%s", changes->top, file->path);
        return true;
    }
    for (int i = 0; i < 2; i++)
        if (names[i] && (file->is_deleted || stat(names[i], &info) == 0)) {
            cli_buf_location(out, names[i]);
            return true;
        }
    cli_complain("standard input: the diff names %s, and there is no such file here; run postvet "
                 "in the directory that the diff's paths begin in",
        file->path);
    return false;
}

static bool locate_all(struct cli_changes *changes)
{
    changes->files = cli_alloc(changes->diff.count + 1, sizeof(*changes->files));
    for (size_t i = 0; i < changes->diff.count; i++) {
        struct cli_buf path = { 0 };
        if (!locate(changes, &changes->diff.files[i], &path)) {
            cli_buf_release(&path);
            return false;
        }
        changes->files[changes->count++] = (struct located){ path.data, &changes->diff.files[i] };
    }
    if (changes->count)
        qsort(changes->files, changes->count, sizeof(*changes->files), compare_located);
    for (size_t i = 1; i < changes->count; i++)
        if (strcmp(changes->files[i].path, changes->files[i - 1].path) == 0) {
            cli_complain("the diff has %s more than once, so its lines cannot be told",
                changes->files[i].file->path);
            return false;
        }
    return true;
}

static bool read_diff(struct cli_changes *changes, const char *name)
{
    struct cli_buf problem = { 0 };
    const bool ok = cli_diff_read(&changes->diff, &problem);
    if (!ok)
        cli_complain("%s: this diff cannot be read: %s", name, problem.data);
    cli_buf_release(&problem);
    return ok && locate_all(changes);
}

/* ------------------------------------------------------------------------ git */

/* Adds one line that git prints, without its end. False after a sentence. */
static bool ask(
    const char *const *words, const char *sentence, const char *base, struct cli_buf *out)
{
    struct cli_buf problem = { 0 };
    const bool ok = cli_git(NULL, words, out, &problem);
    if (!ok && strncmp(problem.data, "could not", 9) == 0)
        cli_complain("--diff %s: git %s", base, problem.data);
    else if (!ok)
        cli_complain("--diff %s: %s (git %s)", base, sentence, problem.data);
    else if (out->len && out->data[out->len - 1] == '\n')
        out->data[--out->len] = '\0';
    cli_buf_release(&problem);
    return ok && out->len;
}

size_t cli_changes_name_len(const char *base, bool *is_fork)
{
    const size_t len = strlen(base);
    *is_fork = len > 3 && strcmp(base + len - 3, "...") == 0;
    return *is_fork ? len - 3 : len;
}

static bool find_base(const char *base, struct cli_buf *out)
{
    static const char *const none = "git knows no such revision; in CI, fetch the history first";
    struct cli_buf name = { 0 }, commit = { 0 };
    bool is_fork, ok;
    cli_buf_add(&name, base, cli_changes_name_len(base, &is_fork));
    cli_buf_puts(&name, is_fork ? "^{commit}" : "^{tree}");
    const char *const verify[] = { "rev-parse", "--verify", "--end-of-options", name.data, NULL };
    ok = ask(verify, none, base, is_fork ? &commit : out);
    if (ok && is_fork) {
        const char *const fork[] = { "merge-base", commit.data, "HEAD", NULL };
        ok = ask(fork, "git finds no commit that this branch shares with it", base, out);
    }
    cli_buf_release(&name);
    cli_buf_release(&commit);
    return ok;
}

static bool find_top(struct cli_changes *changes, const char *base)
{
    static const char *const words[] = { "rev-parse", "--show-toplevel", NULL };
    struct cli_buf top = { 0 };
    if (!ask(words, "this directory is not in the working tree of a git repository", base, &top)) {
        cli_buf_release(&top);
        return false;
    }
    changes->top = top.data;
    return true;
}

/* The files that git vouches for: tracked, and not marked as ones that it need not look at. */
static bool find_tracked(struct cli_changes *changes, const char *base)
{
    static const char *const words[] = { "ls-files", "-v", "-z", NULL };
    struct cli_buf names = { 0 }, problem = { 0 };
    const bool ok = cli_git(changes->top, words, &names, &problem);
    if (!ok)
        cli_complain("--diff %s: git %s", base, problem.data);
    for (size_t at = 0; ok && at < names.len;) {
        const char *const entry = names.data + at;
        const size_t len = strlen(entry);
        if (len > 2 && entry[0] == 'H')
            cli_list_add(&changes->tracked, cli_strndup(entry + 2, len - 2));
        at += len + 1;
    }
    cli_list_sort(&changes->tracked, 0);
    cli_buf_release(&names);
    cli_buf_release(&problem);
    return ok;
}

static bool ask_git(struct cli_changes *changes, const char *base)
{
    struct cli_buf tree = { 0 }, problem = { 0 };
    bool ok = find_top(changes, base) && find_base(base, &tree);
    if (ok) {
        const char *const words[] = { "diff", "--unified=0", "--inter-hunk-context=0", "--no-color",
            "--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames", "--src-prefix=a/",
            "--dst-prefix=b/", "--submodule=short", tree.data, "--", NULL };
        ok = cli_git(changes->top, words, &changes->diff.text, &problem);
        if (!ok)
            cli_complain("--diff %s: git %s", base, problem.data);
    }
    ok = ok && find_tracked(changes, base) && read_diff(changes, "git diff");
    cli_buf_release(&tree);
    cli_buf_release(&problem);
    return ok;
}

/* -------------------------------------------------------------------- drafts */

static bool read_stdin(struct cli_changes *changes)
{
    struct cli_buf *const text = &changes->diff.text;
    for (;;) {
        const ssize_t got = read(STDIN_FILENO, cli_buf_reserve(text, CHUNK), CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            cli_complain("standard input: could not be read: %s", strerror(errno));
        if (got <= 0)
            return got == 0 && read_diff(changes, "standard input");
        text->len += (size_t)got;
        if (text->len > DIFF_MAX) {
            cli_complain("standard input: this diff is larger than %d MiB, the most that postvet "
                         "reads",
                DIFF_MAX / 1024 / 1024);
            return false;
        }
    }
}

bool cli_changes_open(struct cli_changes *changes, const struct cli_options *options)
{
    *changes = (struct cli_changes){ 0 };
    if (strcmp(options->diff, "-") == 0)
        return read_stdin(changes);
    if (*options->diff == '-') {
        cli_complain("--diff takes a revision, which cannot begin with a dash, or - for a diff on "
                     "standard input; not \"%s\"",
            options->diff);
        return false;
    }
    return ask_git(changes, options->diff);
}

/* The path from the top of the working tree, or NULL. */
static const char *below_top(const struct cli_changes *changes, const char *path)
{
    const size_t len = strlen(changes->top);
    if (len == 1)
        return path + 1;
    return strncmp(path, changes->top, len) == 0 && path[len] == '/' ? path + len + 1 : NULL;
}

static bool is_tracked(const struct cli_changes *changes, const char *name)
{
    return changes->tracked.count
           && bsearch(name, changes->tracked.items, changes->tracked.count,
               sizeof(*changes->tracked.items), compare_strings);
}

static enum cli_change find_real(const struct cli_changes *changes, const char *path,
    const struct cli_diff_file **file, struct cli_buf *problem)
{
    const struct located *const found = changes->count
                                            ? bsearch(path, changes->files, changes->count,
                                                sizeof(*changes->files), compare_with_path)
                                            : NULL;
    const char *const name = changes->top ? below_top(changes, path) : path;
    if (!name)
        cli_buf_printf(problem, "is not in %s, so git does not say which of its lines have changed",
            changes->top);
    else if (changes->top && !is_tracked(changes, name))
        return CLI_CHANGE_ALL;
    else if (!found)
        return CLI_CHANGE_NONE;
    else if (found->file->is_binary)
        cli_buf_puts(problem, "is no text to the diff, so it is not known which of its lines have "
                              "changed; check it without --diff");
    else if (found->file->is_deleted)
        cli_buf_puts(problem, "is there, but the diff says that it was deleted");
    else
        *file = found->file;
    return *file ? CLI_CHANGE_LINES : CLI_CHANGE_UNKNOWN;
}

enum cli_change cli_changes_find(const struct cli_changes *changes, const char *path,
    const struct cli_diff_file **file, struct cli_buf *problem)
{
    *file = NULL;
    char *const real = realpath(path, NULL);
    if (!real) {
        cli_buf_printf(problem, "could not be read: %s", strerror(errno));
        return CLI_CHANGE_UNKNOWN;
    }
    const enum cli_change change = find_real(changes, real, file, problem);
    free(real);
    return change;
}

/* A walk over a draft by newlines, which counts the lines that the library sees, too: CR alone ends
 * one of those. */
struct walk {
    const char *text;
    size_t len;
    size_t at, end;     /* the line, without its newline */
    size_t number;      /* of it, from 1 */
    size_t first, last; /* as the library counts: the lines that it is */
};

static bool walk_on(struct walk *w)
{
    if (w->number) {
        if (w->end >= w->len)
            return false;
        w->at = w->end + 1;
    }
    if (w->at >= w->len)
        return false;
    const char *const newline = memchr(w->text + w->at, '\n', w->len - w->at);
    w->end = newline ? (size_t)(newline - w->text) : w->len;
    w->first = w->last + 1;
    w->last = w->first;
    for (size_t i = w->at; i + 1 < w->end; i++)
        w->last += w->text[i] == '\r';
    w->number++;
    return true;
}

/* Whether two lines are the same but for a CR at the end: git may change those on the way. */
static bool is_same_line(const char *a, size_t a_len, const char *b, size_t b_len)
{
    a_len -= a_len && a[a_len - 1] == '\r';
    b_len -= b_len && b[b_len - 1] == '\r';
    return a_len == b_len && memcmp(a, b, a_len) == 0;
}

static void add_lines(struct cli_buf *out, const struct walk *w)
{
    postvet_lines *const last =
        out->len ? (postvet_lines *)(void *)(out->data + out->len) - 1 : NULL;
    if (last && last->last + 1 == w->first) {
        last->last = w->last;
    } else {
        const postvet_lines lines = { w->first, w->last };
        cli_buf_add(out, (const char *)&lines, sizeof(lines));
    }
}

bool cli_changes_map(const struct cli_changes *changes, const struct cli_diff_file *file,
    const char *text, size_t len, struct cli_buf *out, struct cli_buf *problem)
{
    struct walk w = { .text = text, .len = len };
    for (size_t i = 0; i < file->count; i++) {
        const struct cli_diff_line *const line = &file->lines[i];
        bool is_there = true;
        while (is_there && w.number < line->number)
            is_there = walk_on(&w);
        if (!is_there
            || !is_same_line(
                text + w.at, w.end - w.at, changes->diff.text.data + line->at, line->len)) {
            cli_buf_printf(problem,
                "differs from the diff in line %zu, so it is not known which of its lines have "
                "changed; it may have been edited since",
                line->number);
            return false;
        }
        if (line->is_added)
            add_lines(out, &w);
    }
    return true;
}

void cli_changes_close(struct cli_changes *changes)
{
    for (size_t i = 0; i < changes->count; i++)
        free(changes->files[i].path);
    free(changes->files);
    free(changes->top);
    cli_list_release(&changes->tracked);
    cli_diff_release(&changes->diff);
    *changes = (struct cli_changes){ 0 };
}
