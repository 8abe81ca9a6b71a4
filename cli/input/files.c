/* files.c: a directory is walked with a stack of paths, not by recursion, since it may be deep. The
 * entries of a directory are pushed in reverse order, so that they come off the stack sorted, each
 * directory's drafts before what follows it. A set of the directories entered (device and inode)
 * ends loops of links, and keeps a tangle of links from being walked over and over. */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "../memory.h"
#include "../output/stream.h"

static const char *const draft_endings[] = { ".md", ".markdown", ".html", ".htm", ".txt" };

/* An open-addressing hash set that is at most half full. */
struct directory_set {
    struct directory {
        dev_t device;
        ino_t inode;
        bool used;
    } * slots;
    size_t count, capacity; /* a power of two */
};

/* The slot of a directory, or the free one where it belongs. */
static struct directory *find_slot(const struct directory_set *set, dev_t device, ino_t inode)
{
    const uint64_t hash = ((uint64_t)inode ^ (uint64_t)device << 32) * UINT64_C(0x9E3779B97F4A7C15);
    size_t i = (size_t)(hash >> 32) & (set->capacity - 1);
    while (set->slots[i].used && (set->slots[i].device != device || set->slots[i].inode != inode))
        i = (i + 1) & (set->capacity - 1);
    return &set->slots[i];
}

static void grow(struct directory_set *set)
{
    struct directory_set bigger = { .count = set->count,
        .capacity = set->capacity ? set->capacity * 2 : 64 };
    bigger.slots = cli_alloc(bigger.capacity, sizeof *bigger.slots);
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i].used)
            *find_slot(&bigger, set->slots[i].device, set->slots[i].inode) = set->slots[i];
    free(set->slots);
    *set = bigger;
}

/* Whether the directory was not in the set; it is now. */
static bool enter(struct directory_set *set, const struct stat *info)
{
    if (set->count * 2 >= set->capacity)
        grow(set);
    struct directory *const slot = find_slot(set, info->st_dev, info->st_ino);
    if (slot->used)
        return false;
    *slot = (struct directory){ info->st_dev, info->st_ino, true };
    set->count++;
    return true;
}

/* Takes ownership of `path` and `problem`. */
static void add(struct cli_inputs *inputs, char *path, bool is_stdin, char *problem)
{
    if (inputs->count == inputs->capacity) {
        const size_t capacity = inputs->capacity ? inputs->capacity * 2 : 16;
        struct cli_input *const items = cli_alloc(capacity, sizeof *items);
        if (inputs->count)
            memcpy(items, inputs->items, inputs->count * sizeof *items);
        free(inputs->items);
        inputs->items = items;
        inputs->capacity = capacity;
    }
    inputs->items[inputs->count++] = (struct cli_input){ path, is_stdin, problem };
}

static bool is_named_like_a_draft(const char *path)
{
    const size_t len = strlen(path);
    for (size_t i = 0; i < sizeof draft_endings / sizeof draft_endings[0]; i++) {
        const size_t ending_len = strlen(draft_endings[i]);
        if (len > ending_len && strcasecmp(path + len - ending_len, draft_endings[i]) == 0)
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

/* Puts the entries of a directory on the stack, the first in order on top. False, with errno set,
 * when they cannot all be read. */
static bool push_entries(struct cli_list *stack, const char *path)
{
    DIR *const directory = opendir(path);
    if (!directory)
        return false;
    const size_t bottom = stack->count;
    errno = 0;
    for (const struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        if (entry->d_name[0] != '.')
            cli_list_add(stack, join(path, entry->d_name));
        errno = 0;
    }
    const int error = errno;
    closedir(directory);
    cli_list_sort(stack, bottom);
    for (size_t i = bottom, j = stack->count; i + 1 < j; i++) {
        char *const first = stack->items[i];
        stack->items[i] = stack->items[--j];
        stack->items[j] = first;
    }
    errno = error;
    return error == 0;
}

static char *unreadable(int error)
{
    struct cli_buf problem = { 0 };
    cli_buf_printf(&problem, "could not be read: %s", strerror(error));
    return problem.data; /* the caller's now */
}

static void walk(struct cli_inputs *inputs, const char *root)
{
    struct directory_set entered = { 0 };
    struct cli_list stack = { 0 };
    cli_list_add(&stack, cli_strndup(root, strlen(root)));
    while (stack.count > 0) {
        char *const path = stack.items[--stack.count];
        struct stat info;
        const bool is_directory = stat(path, &info) == 0 && S_ISDIR(info.st_mode);
        if (is_directory && enter(&entered, &info) && !push_entries(&stack, path))
            add(inputs, path, false, unreadable(errno));
        else if (!is_directory && is_named_like_a_draft(path))
            add(inputs, path, false, NULL);
        else
            free(path);
    }
    cli_list_release(&stack);
    free(entered.slots);
}

void cli_inputs_add(struct cli_inputs *inputs, const char *word)
{
    struct stat info;
    const bool is_stdin = strcmp(word, "-") == 0;
    if (is_stdin || stat(word, &info) != 0 || !S_ISDIR(info.st_mode)) {
        add(inputs, cli_strndup(word, strlen(word)), is_stdin, NULL);
        return;
    }
    const size_t before = inputs->count;
    walk(inputs, word);
    if (inputs->count == before) {
        cli_complain("%s: no drafts in this directory (.md .markdown .html .htm .txt)", word);
        inputs->empty_directories++;
    }
}

void cli_inputs_release(struct cli_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        free(inputs->items[i].path);
        free(inputs->items[i].problem);
    }
    free(inputs->items);
    *inputs = (struct cli_inputs){ 0 };
}
