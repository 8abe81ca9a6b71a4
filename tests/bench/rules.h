/* rules.h: the rules that one measure is about, through the library and below it. */
#ifndef BENCH_RULES_H
#define BENCH_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include <postvet/postvet.h>

#include "engine/ruleset.h"

/* The default packs and some pack files. NULL after a word on standard error. */
postvet_ruleset *rules_load(const char *const *pack_files, size_t count);

static inline const struct pv_image_pattern *rules_pattern(
    const struct pv_image *image, uint32_t index)
{
    return PV_IMAGE_ITEM(image, struct pv_image_pattern, image->patterns, index);
}

static inline const struct pv_image_term *rules_term(const struct pv_image *image, uint32_t index)
{
    return PV_IMAGE_ITEM(image, struct pv_image_term, image->terms, index);
}

/* A number that other patterns and terms hardly have. */
uint32_t rules_key(const struct pv_image *image);

#endif
