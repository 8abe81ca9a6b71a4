/* location.c: the directory is resolved by the system where it can be, else by its words. */
#include "location.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Adds "/" and each part of a path; ".." takes the last one away again. */
static void add_parts(struct cli_buf *out, const char *path, size_t len)
{
    for (size_t at = 0; at < len;) {
        const char *const slash = memchr(path + at, '/', len - at);
        const size_t end = slash ? (size_t)(slash - path) : len;
        const size_t part = end - at;
        if (part == 2 && memcmp(path + at, "..", 2) == 0) {
            while (out->len && out->data[--out->len] != '/')
                continue;
            if (out->data)
                out->data[out->len] = '\0';
        } else if (part && !(part == 1 && path[at] == '.')) {
            cli_buf_puts(out, "/");
            cli_buf_add(out, path + at, part);
        }
        at = end + 1;
    }
}

static void add_current_directory(struct cli_buf *out)
{
    char *const here = getcwd(NULL, 0);
    if (here)
        add_parts(out, here, strlen(here));
    free(here);
}

size_t cli_directory_len(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
}

void cli_buf_location(struct cli_buf *out, const char *path)
{
    const char *const slash = strrchr(path, '/');
    const char *const name = slash ? slash + 1 : path;
    const bool is_directory = !*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
    struct cli_buf directory = { 0 };
    cli_buf_puts(&directory, "./");
    if (*path == '/')
        cli_buf_clear(&directory);
    cli_buf_add(&directory, path, is_directory ? strlen(path) : (size_t)(name - path));
    char *const real = realpath(directory.data, NULL);
    if (!real && *path != '/')
        add_current_directory(out);
    if (real)
        add_parts(out, real, strlen(real));
    else
        add_parts(out, directory.data, directory.len);
    if (!is_directory)
        add_parts(out, name, strlen(name));
    if (out->len == 0)
        cli_buf_puts(out, "/");
    free(real);
    cli_buf_release(&directory);
}

void cli_buf_way(struct cli_buf *out, const char *directory, const char *location)
{
    size_t common = 0; /* up to behind the last slash that both have */
    size_t i = 0;
    while (directory[i] && directory[i] == location[i]) {
        if (directory[i] == '/')
            common = i + 1;
        i++;
    }
    if (!directory[i] && (location[i] == '/' || common == i)) {
        cli_buf_puts(out, location + (common == i ? i : i + 1));
        return;
    }
    cli_buf_puts(out, "../");
    for (const char *c = directory + common; *c; c++)
        if (*c == '/')
            cli_buf_puts(out, "../");
    cli_buf_puts(out, location + common);
}
