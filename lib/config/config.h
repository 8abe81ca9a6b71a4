/* config.h: layers of configuration as one. Knows which layer wins and which is bound by another
 * one's lock, and holds single values to it; what concerns rules is apply.h's. */
#ifndef PV_CONFIG_CONFIG_H
#define PV_CONFIG_CONFIG_H

#include <postvet/postvet.h>

#include "base/buf.h"
#include "config/file.h"

/* Stands for what is said beside all files. */
#define PV_NO_LAYER SIZE_MAX

/* An entry of a layer's `lock`. */
struct pv_lock {
    size_t layer;
    char *const *name;
    const char *place; /* "FILE:LINE:COLUMN" */
};

struct pv_exclusion {
    const struct pv_path_pattern *pattern;
    postvet_setting told;
};

struct postvet_config {
    postvet_config_layer *layers; /* the weakest first */
    size_t layer_count;
    postvet_config_override *overrides;
    size_t override_count;
    struct pv_buf locks;      /* struct pv_lock, by layer */
    struct pv_buf settings;   /* postvet_setting, as they are told */
    struct pv_buf packs;      /* const char *: paths */
    struct pv_buf exclusions; /* struct pv_exclusion */
    const char *profile;      /* name or path; NULL: none */
    int voice, kind;          /* -1: not said */
    postvet_severity fail_on; /* 0: not said */
    struct pv_arena arena;    /* copies of the first two, and of words */
};

/* The profiles that come with the library. */
struct pv_profile_names {
    const char *const *items;
    size_t count;
};

/* Fills an empty configuration, to be released in any case. Tells every error and returns the
 * first. */
postvet_status pv_config_make(struct postvet_config *config, const postvet_config_options *options,
    const struct pv_profile_names *profiles, struct pv_report *report);
void pv_config_release(struct postvet_config *config);

/* Whether a lock of layer `locking` binds another layer, or PV_NO_LAYER. */
bool pv_config_binds(const struct postvet_config *config, size_t locking, size_t layer);

/* Whether a layer says what holds where `locking` locks: it, what it extends, and group 0. */
bool pv_config_underlies(const struct postvet_config *config, size_t layer, size_t locking);

/* 0 for "off" and for a word that is no severity. */
postvet_severity pv_config_severity(const char *word);
const char *pv_config_severity_name(postvet_severity severity);

#endif
