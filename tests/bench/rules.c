/* rules.c: see rules.h. */
#include "rules.h"

#include <stdio.h>

static void tell(const postvet_error *error, void *user)
{
    (void)user;
    fprintf(stderr, "%s:%zu: %s\n", error->file, error->line, error->message);
}

postvet_ruleset *rules_load(const char *const *pack_files, size_t count)
{
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    postvet_error err;
    options.pack_files = pack_files;
    options.pack_file_count = count;
    options.on_error = tell;
    if (postvet_ruleset_new(&options, &ruleset, &err) != POSTVET_OK)
        fprintf(stderr, "%s\n", err.message);
    return ruleset;
}

static void add_to_key(uint32_t *key, const char *text)
{
    for (; *text; text++)
        *key = (*key ^ (unsigned char)*text) * 16777619u; /* FNV-1a */
}

uint32_t rules_key(const struct pv_image *image)
{
    uint32_t key = 2166136261u;
    for (uint32_t i = 0; i < image->patterns.count; i++)
        add_to_key(&key, pv_image_string(image, rules_pattern(image, i)->text));
    for (uint32_t i = 0; i < image->terms.count; i++)
        add_to_key(&key, pv_image_string(image, rules_term(image, i)->text));
    return key;
}
