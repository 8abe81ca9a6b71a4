/* walk.c: a directory is walked with a stack of paths, not by recursion, since it may be deep. The
 * entries of a directory are pushed in reverse order, so that they come off the stack sorted, each
 * directory's drafts before what follows it; the stack never holds more than the directories on the
 * way down. A set of the directories entered (device and inode) ends loops of links, and keeps a
 * tangle of links from being walked over and over. */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* ------------------------------------------------------ directories entered */

/* An open-addressing hash set that is at most half full. */
struct cli_walk_set {
    struct directory {
        dev_t device;
        ino_t inode;
        bool used;
    } * slots;
    size_t count, capacity; /* a power of two */
};

/* The slot of a directory, or the free one where it belongs. */
static struct directory *find_slot(const struct cli_walk_set *set, dev_t device, ino_t inode)
{
    const uint64_t hash = ((uint64_t)inode ^ (uint64_t)device << 32) * UINT64_C(0x9E3779B97F4A7C15);
    size_t i = (size_t)(hash >> 32) & (set->capacity - 1);
    while (set->slots[i].used && (set->slots[i].device != device || set->slots[i].inode != inode))
        i = (i + 1) & (set->capacity - 1);
    return &set->slots[i];
}

static void grow_set(struct cli_walk_set *set)
{
    struct cli_walk_set bigger = { .count = set->count,
        .capacity = set->capacity ? set->capacity * 2 : 64 };
    bigger.slots = cli_alloc(bigger.capacity, sizeof *bigger.slots);
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i].used)
            *find_slot(&bigger, set->slots[i].device, set->slots[i].inode) = set->slots[i];
    free(set->slots);
    *set = bigger;
}

/* Whether the directory was not in the set; it is now. */
static bool enter(struct cli_walk_set *set, const struct stat *info)
{
    if (set->count * 2 >= set->capacity)
        grow_set(set);
    struct directory *const slot = find_slot(set, info->st_dev, info->st_ino);
    if (slot->used)
        return false;
    *slot = (struct directory){ info->st_dev, info->st_ino, true };
    set->count++;
    return true;
}

/* -------------------------------------------------------------------- names */

static const char *const draft_endings[] = { ".md", ".markdown", ".html", ".htm", ".txt", ".docx",
    ".odt", ".eml", NULL };
static const char *const document_endings[] = { ".doc", ".rtf", ".pdf", ".pages", ".msg", NULL };

static bool ends_in_one_of(const char *path, const char *const *endings)
{
    const size_t len = strlen(path);
    for (; *endings; endings++) {
        const size_t ending_len = strlen(*endings);
        if (len > ending_len && strcasecmp(path + len - ending_len, *endings) == 0)
            return true;
    }
    return false;
}

/* The path of an entry; of the current directory just its name. */
static char *join(const char *directory, const char *name)
{
    struct cli_buf path = { 0 };
    if (strcmp(directory, ".") != 0)
        cli_buf_puts(&path, directory);
    if (path.len && path.data[path.len - 1] != '/')
        cli_buf_puts(&path, "/");
    cli_buf_puts(&path, name);
    return path.data; /* the caller's now */
}

/* -------------------------------------------------------------------- stack */

struct cli_walk_entry {
    char *path;
    unsigned char type; /* as readdir() tells it: DT_REG, DT_DIR, DT_UNKNOWN … */
};

/* Takes ownership of `path`. */
static void push(struct cli_walk *walk, char *path, unsigned char type)
{
    if (walk->count == walk->capacity) {
        const size_t capacity = walk->capacity ? walk->capacity * 2 : 64;
        struct cli_walk_entry *const stack = cli_alloc(capacity, sizeof *stack);
        if (walk->count)
            memcpy(stack, walk->stack, walk->count * sizeof *stack);
        free(walk->stack);
        walk->stack = stack;
        walk->capacity = capacity;
    }
    walk->stack[walk->count++] = (struct cli_walk_entry){ path, type };
}

static int last_first(const void *a, const void *b)
{
    const struct cli_walk_entry *const left = a, *const right = b;
    return strcmp(right->path, left->path);
}

/* Puts the entries of a directory on the stack, the first in order on top. False, with errno set,
 * when they cannot all be read. */
static bool push_entries(struct cli_walk *walk, const char *path)
{
    DIR *const directory = opendir(path);
    if (!directory)
        return false;
    const size_t bottom = walk->count;
    errno = 0;
    for (const struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        if (entry->d_name[0] != '.')
            push(walk, join(path, entry->d_name), entry->d_type);
        errno = 0;
    }
    const int error = errno;
    closedir(directory);
    if (walk->count > bottom)
        qsort(walk->stack + bottom, walk->count - bottom, sizeof *walk->stack, last_first);
    errno = error;
    return error == 0;
}

/* --------------------------------------------------------------------- walk */

void cli_walk_begin(struct cli_walk *walk, const char *directory)
{
    *walk = (struct cli_walk){ .entered = cli_alloc(1, sizeof *walk->entered) };
    push(walk, cli_strndup(directory, strlen(directory)), DT_DIR);
}

static bool is_directory(const struct cli_walk_entry *entry, struct stat *info)
{
    if (entry->type == DT_REG)
        return false;
    return stat(entry->path, info) == 0 && S_ISDIR(info->st_mode);
}

/* Whether an entry is to be handed out, as `input`; a directory is opened instead. */
static bool visit(
    struct cli_walk *walk, const struct cli_walk_entry *entry, struct cli_input *input)
{
    struct stat info;
    if (is_directory(entry, &info)) {
        if (!enter(walk->entered, &info) || push_entries(walk, entry->path))
            return false;
        const int error = errno;
        cli_input_set_file(input, entry->path);
        input->status = CLI_READ_FAILED;
        cli_buf_printf(&input->problem, "could not be read: %s", strerror(error));
        return true;
    }
    if (ends_in_one_of(entry->path, draft_endings)) {
        cli_input_set_file(input, entry->path);
        input->is_regular = entry->type == DT_REG;
        return true;
    }
    walk->other_documents += ends_in_one_of(entry->path, document_endings);
    return false;
}

bool cli_walk_next(struct cli_walk *walk, struct cli_input *input)
{
    while (walk->count > 0) {
        const struct cli_walk_entry entry = walk->stack[--walk->count];
        const bool found = visit(walk, &entry, input);
        free(entry.path);
        if (found) {
            walk->drafts++;
            return true;
        }
    }
    return false;
}

void cli_walk_end(struct cli_walk *walk)
{
    while (walk->count > 0)
        free(walk->stack[--walk->count].path);
    free(walk->stack);
    if (walk->entered)
        free(walk->entered->slots);
    free(walk->entered);
    walk->stack = NULL;
    walk->entered = NULL;
    walk->capacity = 0;
}
