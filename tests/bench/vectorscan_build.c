/* vectorscan_build.c: compiles the rules for Vectorscan.
 *
 *     vectorscan_build FOLDER
 *
 * It was not made for patterns like these: some it takes only as a prefilter, some it refuses, and
 * some it compiles for minutes or hours. So each pattern is tried by itself in a process that may
 * take a second; those that pass are compiled together, where that takes more than a minute in two
 * halves, and so on. What does not pass is left out, to Vectorscan's advantage. Gaps between words,
 * which are possessive in the rules, are given to it as plain repeats, which it can take. */
#include "vectorscan.h"

#include <hs.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rules.h"

#define TRY_SECONDS 1
#define COMPILE_SECONDS 60
#define TOGETHER_MAX 512 /* expressions of one database at first */

static const char gap[] = "(?:[ \\n]{1,3}+)";
static const char plain_gap[] = "[ \\n]{1,3}";

enum outcome { TAKEN, AS_PREFILTER, REFUSED, TOO_SLOW };

struct expressions {
    const char **texts;
    unsigned *flags, *ids;
    size_t *lens;
    unsigned count;
};

/* Runs work(user, a, b) in a process of its own that may take so many seconds; its exit status, or
 * -1 when it was cut short. */
static int in_child(
    int (*work)(void *user, size_t a, size_t b), void *user, size_t a, size_t b, rlim_t limit)
{
    int status = 0;
    const pid_t child = fork();
    if (child == 0) {
        const struct rlimit cpu = { limit, limit };
        setrlimit(RLIMIT_CPU, &cpu);
        _exit(work(user, a, b));
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("vectorscan_build");
        exit(EXIT_FAILURE);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ----------------------------------------------------------------- patterns */

static char *with_plain_gaps(const char *text)
{
    char *const out = malloc(strlen(text) + 1); /* what is put in is the shorter */
    char *to = out;
    while (out && *text) {
        if (strncmp(text, gap, sizeof(gap) - 1) == 0) {
            memcpy(to, plain_gap, sizeof(plain_gap) - 1);
            to += sizeof(plain_gap) - 1;
            text += sizeof(gap) - 1;
        } else {
            *to++ = *text++;
        }
    }
    if (out)
        *to = '\0';
    return out;
}

static bool compiles(const char *text, unsigned flags)
{
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    const bool ok = hs_compile(text, flags, HS_MODE_BLOCK, NULL, &database, &error) == HS_SUCCESS;
    hs_free_compile_error(error);
    hs_free_database(database);
    return ok;
}

static int try_pattern(void *user, size_t index, size_t prefilter)
{
    const struct expressions *const e = user;
    const unsigned flags = e->flags[index];
    (void)prefilter;
    return compiles(e->texts[index], flags)                       ? TAKEN
           : compiles(e->texts[index], flags | HS_FLAG_PREFILTER) ? AS_PREFILTER
                                                                  : REFUSED;
}

static bool expressions_init(struct expressions *e, uint32_t room)
{
    *e = (struct expressions){ 0 };
    e->texts = calloc(room + 1u, sizeof(*e->texts));
    e->flags = calloc(room + 1u, sizeof(*e->flags));
    e->ids = calloc(room + 1u, sizeof(*e->ids));
    e->lens = calloc(room + 1u, sizeof(*e->lens));
    return e->texts && e->flags && e->ids && e->lens;
}

static void expressions_release(struct expressions *e)
{
    free(e->texts);
    free(e->flags);
    free(e->ids);
    free(e->lens);
}

/* Adds a pattern if Vectorscan takes it. */
static enum outcome add_pattern(struct expressions *e, const char *text)
{
    e->texts[e->count] = text;
    e->flags[e->count] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
    e->ids[e->count] = e->count;
    const int status = in_child(try_pattern, e, e->count, 0, TRY_SECONDS);
    const enum outcome outcome = status < 0 ? TOO_SLOW : (enum outcome)status;
    if (outcome == AS_PREFILTER)
        e->flags[e->count] |= HS_FLAG_PREFILTER;
    if (outcome <= AS_PREFILTER)
        e->count++;
    return outcome;
}

/* ---------------------------------------------------------------- databases */

struct build {
    const char *folder;
    size_t databases;
    size_t outcomes[TOO_SLOW + 1]; /* of patterns by themselves */
    size_t dropped;                /* of these that then fit into no database */
};

/* One database: these expressions. */
struct task {
    const struct build *build;
    const struct expressions *expressions;
    bool literal;
};

static bool write_database(const struct build *b, const hs_database_t *database)
{
    char path[VECTORSCAN_PATH_MAX];
    char *bytes = NULL;
    size_t len = 0;
    snprintf(path, sizeof(path), VECTORSCAN_DATABASE_NAME, b->folder, b->databases);
    FILE *const out = fopen(path, "wb");
    bool ok = out && hs_serialize_database(database, &bytes, &len) == HS_SUCCESS
              && fwrite(bytes, 1, len, out) == len;
    ok = out && fclose(out) == 0 && ok;
    if (!ok)
        perror(path);
    free(bytes);
    return ok;
}

static int compile_range(void *user, size_t from, size_t to)
{
    const struct task *const task = user;
    const struct expressions *const e = task->expressions;
    const unsigned count = (unsigned)(to - from);
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    const hs_error_t status =
        task->literal ? hs_compile_lit_multi(e->texts + from, e->flags + from, e->ids + from,
            e->lens + from, count, HS_MODE_BLOCK, NULL, &database, &error)
                      : hs_compile_multi(e->texts + from, e->flags + from, e->ids + from, count,
                          HS_MODE_BLOCK, NULL, &database, &error);
    if (status != HS_SUCCESS)
        fprintf(stderr, "vectorscan_build: %s\n", error->message);
    return status == HS_SUCCESS && write_database(task->build, database) ? 0 : 1;
}

/* Compiles all expressions into as few databases as the time allows; how many are left out. */
static size_t compile_all(struct build *b, const struct expressions *e, bool literal)
{
    struct task task = { b, e, literal };
    const size_t all = e->count;
    size_t from = 0, step = literal || all < TOGETHER_MAX ? all : TOGETHER_MAX, dropped = 0;
    while (from < all && b->databases < VECTORSCAN_DATABASES_MAX) {
        const size_t to = from + step < all ? from + step : all;
        fprintf(stderr, "vectorscan_build: %zu to %zu of %zu\n", from, to, all);
        if (in_child(compile_range, &task, from, to, COMPILE_SECONDS) == 0) {
            b->databases++;
            from = to;
        } else if (step > 1) {
            step = (step + 1) / 2;
        } else {
            dropped++;
            from = to;
        }
    }
    return dropped + (all - from);
}

/* -------------------------------------------------------------------- rules */

static bool is_made(const char *about, uint32_t key)
{
    char line[VECTORSCAN_ABOUT_MAX];
    FILE *const in = fopen(about, "r");
    const bool same = in && fgets(line, sizeof(line), in) && strtoul(line, NULL, 10) == key;
    if (in)
        fclose(in);
    return same;
}

static bool build_terms(struct build *b, const struct pv_image *image)
{
    struct expressions e;
    bool ok = expressions_init(&e, image->terms.count);
    for (uint32_t i = 0; ok && i < image->terms.count; i++) {
        e.texts[i] = pv_image_string(image, rules_term(image, i)->text);
        e.lens[i] = rules_term(image, i)->len;
        e.flags[i] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
        e.ids[i] = i;
    }
    e.count = image->terms.count;
    ok = ok && compile_all(b, &e, true) == 0;
    expressions_release(&e);
    return ok;
}

static bool build_patterns(struct build *b, const struct pv_image *image)
{
    struct expressions e;
    char **const texts = calloc(image->patterns.count + 1u, sizeof(*texts));
    bool ok = texts && expressions_init(&e, image->patterns.count);
    for (uint32_t i = 0; ok && i < image->patterns.count; i++) {
        texts[i] = with_plain_gaps(pv_image_string(image, rules_pattern(image, i)->text));
        ok = texts[i] != NULL;
        if (ok)
            b->outcomes[add_pattern(&e, texts[i])]++;
    }
    if (ok)
        b->dropped = compile_all(b, &e, false);
    for (uint32_t i = 0; texts && i < image->patterns.count; i++)
        free(texts[i]);
    if (texts)
        expressions_release(&e);
    free(texts);
    return ok;
}

static bool write_about(
    const struct build *b, const struct pv_image *image, const char *about, uint32_t key)
{
    FILE *const out = fopen(about, "w");
    if (!out) {
        perror(about);
        return false;
    }
    fprintf(out,
        "%u %zu %u terms; of %u patterns %zu, %zu of these as a prefilter; %zu are refused, "
        "%zu take too long to compile\n",
        key, b->databases, image->terms.count, image->patterns.count,
        b->outcomes[TAKEN] + b->outcomes[AS_PREFILTER] - b->dropped, b->outcomes[AS_PREFILTER],
        b->outcomes[REFUSED], b->outcomes[TOO_SLOW] + b->dropped);
    return fclose(out) == 0;
}

int main(int argc, char **argv)
{
    char about[VECTORSCAN_PATH_MAX];
    postvet_ruleset *const ruleset = argc == 2 ? rules_load(NULL, 0) : NULL;
    if (!ruleset) {
        fputs("usage: vectorscan_build FOLDER\n", stderr);
        return 2;
    }
    const struct pv_image *const image = ruleset->image;
    struct build build = { .folder = argv[1] };
    const uint32_t key = rules_key(image);
    snprintf(about, sizeof(about), VECTORSCAN_ABOUT_NAME, argv[1]);
    bool ok = is_made(about, key);
    if (!ok) {
        remove(about);
        ok = build_terms(&build, image) && build_patterns(&build, image)
             && write_about(&build, image, about, key);
    }
    postvet_ruleset_free(ruleset);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
