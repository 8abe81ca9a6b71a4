/* engine_postvet.c: the library as a program calls it: one scanner, a result a draft. */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"
#include "rules.h"

static void *open_scanner(const struct engine_needs *needs, char *about, size_t about_size)
{
    postvet_scanner *scanner = NULL;
    postvet_error err;
    const struct pv_image *const image = needs->ruleset->image;
    snprintf(about, about_size, "%u rules, %u patterns, %u terms", image->rules.count,
        image->patterns.count, image->terms.count);
    if (postvet_scanner_new(needs->ruleset, &scanner, &err) != POSTVET_OK)
        fprintf(stderr, "%s\n", err.message);
    return scanner;
}

static size_t scan(void *state, const char *text, size_t len)
{
    postvet_result *result = NULL;
    postvet_error err;
    if (postvet_scan(state, text, len, NULL, &result, &err) != POSTVET_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(EXIT_FAILURE);
    }
    const size_t count = postvet_result_count(result);
    postvet_result_free(result);
    return count;
}

static void close_scanner(void *state)
{
    postvet_scanner_free(state);
}

const struct engine engine_postvet = { "postvet", open_scanner, scan, close_scanner };
