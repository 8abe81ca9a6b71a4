/* engine.h: what one engine makes of one draft. Each engine is a row of functions; it knows rules
 * and drafts, but neither clocks nor files. */
#ifndef BENCH_ENGINE_H
#define BENCH_ENGINE_H

#include <stddef.h>

#include <postvet/postvet.h>

struct engine_needs {
    const postvet_ruleset *ruleset;
    const char *databases; /* folder of vectorscan_build, or NULL */
};

struct engine {
    const char *name;
    /* Gets ready, with some words about it in `about`; NULL after a word on standard error. */
    void *(*open)(const struct engine_needs *needs, char *about, size_t about_size);
    /* Screens a draft and counts what it finds. */
    size_t (*scan)(void *state, const char *text, size_t len);
    void (*close)(void *state);
};

extern const struct engine engine_postvet;    /* postvet_scan() */
extern const struct engine engine_naive;      /* PCRE2 with its JIT, pattern after pattern */
extern const struct engine engine_vectorscan; /* all patterns, then all terms, as databases */

#endif
