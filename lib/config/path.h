/* path.h: paths in configurations. Knows strings, not files: whether a path exists, or is a link,
 * is the caller's affair. A directory is named without a slash at its end; "" is where relative
 * paths start. */
#ifndef PV_CONFIG_PATH_H
#define PV_CONFIG_PATH_H

#include <stdbool.h>

#include "base/arena.h"

/* A pattern for paths as a configuration has it. */
struct pv_path_pattern {
    const char *pattern, *below; /* below: for what is in a directory that the pattern stands for */
    const char *directory;       /* where it starts */
};

/* `path` from `directory` on, unless it is absolute. NULL when out of memory. */
const char *pv_path_join(struct pv_arena *arena, const char *directory, const char *path);

/* Whether a profile or pack is meant as a file: its name has a slash or the ending of one. */
bool pv_path_is_file(const char *name);

/* Strings are borrowed. False when out of memory. */
bool pv_path_pattern_init(struct pv_path_pattern *out, struct pv_arena *arena, const char *pattern,
    const char *directory);

/* Whether a path is one that the pattern stands for, or in a directory that it stands for. One that
 * begins with two stars and a slash may start in any directory, below its own or not. */
bool pv_path_pattern_matches(const struct pv_path_pattern *pattern, const char *path);

#endif
