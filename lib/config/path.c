/* path.c: see path.h. The matching itself is that of allow-lists (report/allow.h). */
#include "config/path.h"

#include <string.h>

#include "report/allow.h"
#include "text/text.h"

const char *pv_path_join(struct pv_arena *arena, const char *directory, const char *path)
{
    path = pv_past_dot_slash(path);
    if (*path == '/' || *directory == '\0')
        return pv_arena_strndup(arena, path, strlen(path));
    const bool has_slash = directory[strlen(directory) - 1] == '/';
    return pv_arena_printf(arena, "%s%s%s", directory, has_slash ? "" : "/", path);
}

static bool ends_like(const char *name, const char *ending)
{
    const size_t len = strlen(name), ending_len = strlen(ending);
    bool same = len > ending_len;
    for (size_t i = 0; same && i < ending_len; i++)
        same = pv_fold_ascii(name[len - ending_len + i]) == ending[i];
    return same;
}

bool pv_path_is_file(const char *name)
{
    return strchr(name, '/') || ends_like(name, ".yaml") || ends_like(name, ".yml");
}

bool pv_path_pattern_init(
    struct pv_path_pattern *out, struct pv_arena *arena, const char *pattern, const char *directory)
{
    size_t len = strlen(pattern);
    while (len > 1 && pattern[len - 1] == '/')
        len--;
    out->pattern = pv_arena_strndup(arena, pattern, len);
    out->below = pv_arena_printf(arena, "%.*s/**", (int)len, pattern);
    out->directory = directory;
    return out->pattern && out->below;
}

/* The path below a directory, or NULL when it is not. */
static const char *below(const char *directory, const char *path)
{
    const size_t len = strlen(directory);
    if (len == 0 || strcmp(directory, "/") == 0)
        return path + len;
    return strncmp(path, directory, len) == 0 && path[len] == '/' ? path + len + 1 : NULL;
}

static bool matches(const struct pv_path_pattern *pattern, size_t from, const char *path)
{
    return pv_path_matches(pattern->pattern + from, path)
           || pv_path_matches(pattern->below + from, path);
}

bool pv_path_pattern_matches(const struct pv_path_pattern *pattern, const char *path)
{
    static const char anywhere[] = "**/";
    const size_t skipped = strlen(anywhere);
    path = pv_past_dot_slash(path);
    if (strncmp(pattern->pattern, anywhere, skipped) != 0) {
        path = below(pattern->directory, path);
        return path && matches(pattern, 0, path);
    }
    for (const char *part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (matches(pattern, skipped, part))
            return true;
    return false;
}
