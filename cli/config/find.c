/* find.c: directories on the way up are looked into until one has a file, or is known already; then
 * all of them know the answer. */
#include "find.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../input/location.h"

static const char *const names[] = { ".postvet.yml", ".postvet.yaml", "postvet.yml", "postvet.yaml",
    NULL };
static const char *const xdg_names[] = { "postvet/config.yml", "postvet/config.yaml", NULL };

/* ------------------------------------------------------------------- one place */

static char *join(const char *directory, const char *name)
{
    struct cli_buf path = { 0 };
    cli_buf_puts(&path, directory);
    if (path.data[path.len - 1] != '/')
        cli_buf_puts(&path, "/");
    cli_buf_puts(&path, name);
    return path.data; /* the caller's now */
}

/* The first two of the names that are in a directory. */
static struct cli_found look(const char *directory, const char *const *wanted)
{
    struct cli_found found = { NULL, NULL };
    for (; *wanted && !found.other; wanted++) {
        char *const path = join(directory, *wanted);
        if (access(path, F_OK) != 0)
            free(path);
        else if (found.file)
            found.other = path;
        else
            found.file = path;
    }
    return found;
}

void cli_found_release(struct cli_found *found)
{
    free(found->file);
    free(found->other);
    *found = (struct cli_found){ NULL, NULL };
}

/* -------------------------------------------------------------- upwards from a draft */

static void *copy_found(const struct cli_found *found)
{
    struct cli_found *const copy = cli_alloc(1, sizeof *copy);
    if (found->file)
        copy->file = cli_strndup(found->file, strlen(found->file));
    if (found->other)
        copy->other = cli_strndup(found->other, strlen(found->other));
    return copy;
}

/* Cuts a path to the directory above; false at the root. */
static bool go_up(char *path)
{
    char *const slash = strrchr(path, '/');
    if (!slash || strcmp(path, "/") == 0)
        return false;
    slash[slash == path] = '\0';
    return true;
}

const struct cli_found *cli_find_nearest(struct cli_finder *finder, const char *directory)
{
    char *const path = cli_strndup(directory, strlen(directory));
    const struct cli_found *known;
    struct cli_found found = { NULL, NULL };
    /* Up, to the first that has a file or is known; */
    while (!(known = cli_table_find(&finder->directories, path))) {
        found = look(path, names);
        if (found.file || !go_up(path))
            break;
    }
    const struct cli_found *const answer = known ? known : &found;
    /* and again from below, so that all on the way know. */
    const size_t end = strlen(path);
    memcpy(path, directory, strlen(directory) + 1);
    while (!cli_table_find(&finder->directories, path)) {
        cli_table_add(&finder->directories, path, copy_found(answer));
        if (strlen(path) <= end || !go_up(path))
            break;
    }
    free(path);
    cli_found_release(&found);
    return cli_table_find(&finder->directories, directory);
}

/* The absolute path of a directory, or of the nearest above it that there is: a draft on standard
 * input may have any name. */
static char *resolve(const char *directory)
{
    char *const path = cli_strndup(directory, strlen(directory));
    char *resolved = realpath(path, NULL);
    while (!resolved && strchr(path, '/') && go_up(path))
        resolved = realpath(path, NULL);
    if (!resolved)
        resolved = realpath(".", NULL);
    free(path);
    return resolved ? resolved : cli_strndup("/", 1); /* the current directory has gone */
}

const char *cli_find_directory(struct cli_finder *finder, const char *draft)
{
    const size_t len = draft ? cli_directory_len(draft) : 0;
    char *const given = len ? cli_strndup(draft, len) : cli_strndup(".", 1);
    char *known = cli_table_find(&finder->given, given);
    if (!known) {
        known = resolve(given);
        cli_table_add(&finder->given, given, known);
    }
    free(given);
    return known;
}

static void free_found(void *value)
{
    cli_found_release(value);
    free(value);
}

void cli_finder_release(struct cli_finder *finder)
{
    cli_table_release(&finder->directories, free_found);
    cli_table_release(&finder->given, free);
}

/* ------------------------------------------------------------------------ XDG */

/* Looks in each of a list of directories, with colons between; the first that has a file counts.
 * Relative ones count for nothing. Source: XDG Base Directory Specification 0.8. */
static struct cli_found look_in_all(const char *list)
{
    struct cli_found found = { NULL, NULL };
    while (*list && !found.file) {
        const size_t len = strcspn(list, ":");
        char *const directory = cli_strndup(list, len);
        if (*directory == '/')
            found = look(directory, xdg_names);
        free(directory);
        list += len + (list[len] == ':');
    }
    return found;
}

struct cli_found cli_find_system(void)
{
    const char *const list = getenv("XDG_CONFIG_DIRS");
    return look_in_all(list && *list ? list : "/etc/xdg");
}

struct cli_found cli_find_user(void)
{
    const char *const directory = getenv("XDG_CONFIG_HOME"), *const home = getenv("HOME");
    struct cli_found found = { NULL, NULL };
    if (directory && *directory == '/')
        return look(directory, xdg_names);
    if (!home || *home != '/')
        return found;
    char *const usual = join(home, ".config");
    found = look(usual, xdg_names);
    free(usual);
    return found;
}

/* ---------------------------------------------------------------------- shown */

const char *cli_path_shown(const char *path)
{
    char *const here = realpath(".", NULL);
    const size_t len = here ? strlen(here) : 0;
    const char *shown = path;
    if (len > 1 && strncmp(path, here, len) == 0 && path[len] == '/')
        shown = path + len + 1;
    free(here);
    return shown;
}
