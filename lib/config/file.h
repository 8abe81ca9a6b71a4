/* file.h: one file of configuration, as far as it can be understood by itself: its model, with
 * paths joined and patterns compiled. Knows neither rules nor other files. */
#ifndef PV_CONFIG_FILE_H
#define PV_CONFIG_FILE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <postvet/postvet.h>

#include "base/arena.h"
#include "config/path.h"
#include "pack/pack.h"

/* What one entry of `allow` compares: a phrase as pv_allowance_fold() makes it, or a code. */
struct pv_allow_form {
    const char *phrase;
    pcre2_code *code;
    const struct pv_path_pattern *paths; /* as many as the entry has */
};

struct postvet_config_file {
    struct pv_config_file *parsed;
    const struct pv_config *model;
    const char *directory;
    const char *profile;         /* its path, where the profile is a file, or its name; or NULL */
    const char *const *rules;    /* paths, as many as the model has */
    struct pv_allow_form *allow; /* as many as the model has */
    const struct pv_path_pattern *exclude;
    postvet_setting extends; /* value NULL: none */
    struct pv_arena arena;
};

/* Fills an empty file, to be released in any case. Tells every error and returns the first. */
postvet_status pv_config_file_read(struct postvet_config_file *file, const postvet_source *source,
    const char *directory, struct pv_report *report);
void pv_config_file_release(struct postvet_config_file *file);

/* Tells an error at the place of a value of the model; returns `status`. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 5, 6)))
#endif
postvet_status
pv_config_error(const struct postvet_config_file *file, struct pv_report *report,
    postvet_status status, const void *field, const char *format, ...);

/* "FILE:LINE:COLUMN" of a value of the model, or NULL when out of memory. */
const char *pv_config_place(
    const struct postvet_config_file *file, const void *field, struct pv_arena *arena);

#endif
