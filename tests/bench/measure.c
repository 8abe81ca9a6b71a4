/* measure.c: how fast one engine screens one text, as one line of JSON.
 *
 *     measure [OPTION]... ENGINE TEXT
 *
 *     ENGINE            postvet, naive, vectorscan, or read: nothing but reading
 *     TEXT              a file of drafts with a NUL byte between them, or a folder of drafts
 *     --cut BYTES       longer drafts become several
 *     --pack FILE       rules beside the default ones
 *     --databases DIR   of vectorscan_build
 *     --seconds S       about how long to measure (default 2)
 *     --once BYTES      no clock: passes over the first BYTES, for callgrind
 *     --passes N        how many (default 1)
 *
 * The first pass goes on until a share of the time is used or the text is at its end. What it got
 * through is the slice that the rounds then repeat, so that a slow engine sees less of the text and
 * not fewer rounds. It is not counted: caches fill, patterns compile. Time is the processor's, so
 * that a busy machine does less harm; the median of the rounds counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "drafts.h"
#include "engine.h"
#include "rules.h"

#define PACKS_MAX 512
#define ROUNDS_MAX 9
#define ROUNDS_MIN 3
#define FIRST_SHARE 6 /* of the time: one part of so many */

struct measure {
    const struct engine *engine;
    const char *text;
    const char *packs[PACKS_MAX];
    const char *databases;
    size_t pack_count, cut, once, passes;
    double seconds;
};

struct figures {
    size_t drafts, bytes, found;
    double open, rounds[ROUNDS_MAX];
    size_t round_count;
    char about[256];
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ------------------------------------------------------------------ reading */

static void *open_nothing(const struct engine_needs *needs, char *about, size_t about_size)
{
    static char nothing;
    (void)needs;
    snprintf(about, about_size, "reading alone");
    return &nothing;
}

static size_t scan_nothing(void *state, const char *text, size_t len)
{
    (void)state;
    return len ? text[0] == '\n' : 0;
}

static void close_nothing(void *state)
{
    (void)state;
}

static const struct engine engine_read = { "read", open_nothing, scan_nothing, close_nothing };

static const struct engine *const engines[] = { &engine_postvet, &engine_naive, &engine_vectorscan,
    &engine_read };

static const struct engine *find_engine(const char *name)
{
    for (size_t i = 0; i < sizeof(engines) / sizeof(engines[0]); i++)
        if (strcmp(engines[i]->name, name) == 0)
            return engines[i];
    return NULL;
}

/* ---------------------------------------------------------------- measuring */

static size_t scan_one(
    const struct engine *engine, void *state, struct drafts *drafts, size_t index, size_t *bytes)
{
    const char *text;
    size_t len;
    if (!drafts_read(drafts, index, &text, &len))
        exit(EXIT_FAILURE);
    *bytes += len;
    return engine->scan(state, text, len);
}

/* Sets the slice. */
static void first_pass(
    const struct measure *m, void *state, struct drafts *drafts, struct figures *figures)
{
    const double end = now() + m->seconds / FIRST_SHARE;
    for (size_t i = 0; i < drafts->count; i++) {
        figures->found += scan_one(m->engine, state, drafts, i, &figures->bytes);
        figures->drafts++;
        if (m->once ? figures->bytes >= m->once : now() > end)
            break;
    }
}

static void repeat_slice(const struct measure *m, void *state, struct drafts *drafts, size_t count)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        (void)scan_one(m->engine, state, drafts, i, &bytes);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void run_rounds(
    const struct measure *m, void *state, struct drafts *drafts, struct figures *figures)
{
    const double end = now() + m->seconds;
    while (
        figures->round_count < ROUNDS_MAX && (figures->round_count < ROUNDS_MIN || now() < end)) {
        const double start = now();
        size_t bytes = 0;
        for (size_t i = 0; i < figures->drafts; i++)
            (void)scan_one(m->engine, state, drafts, i, &bytes);
        figures->rounds[figures->round_count++] = now() - start;
    }
    qsort(figures->rounds, figures->round_count, sizeof(double), by_value);
}

static void print_figures(const struct measure *m, const struct figures *f)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"engine\": \"%s\", \"about\": \"%s\", \"drafts\": %zu, \"bytes\": %zu, "
           "\"found\": %zu, \"open_s\": %.6f, \"rounds\": %zu, \"peak_kb\": %ld",
        m->engine->name, f->about, f->drafts, f->bytes, f->found, f->open, f->round_count,
        usage.ru_maxrss);
    if (f->round_count)
        printf(", \"median_s\": %.9f, \"min_s\": %.9f, \"max_s\": %.9f",
            f->rounds[f->round_count / 2], f->rounds[0], f->rounds[f->round_count - 1]);
    puts("}");
}

static bool measure(const struct measure *m)
{
    struct figures figures = { 0 };
    struct drafts drafts;
    const double start = now();
    postvet_ruleset *const ruleset = rules_load(m->packs, m->pack_count);
    const struct engine_needs needs = { ruleset, m->databases };
    void *const state =
        ruleset ? m->engine->open(&needs, figures.about, sizeof(figures.about)) : NULL;
    figures.open = now() - start;
    const bool ok = state && drafts_load(&drafts, m->text, m->cut);
    if (ok) {
        first_pass(m, state, &drafts, &figures);
        for (size_t i = 1; m->once && i < m->passes; i++)
            repeat_slice(m, state, &drafts, figures.drafts);
        if (!m->once)
            run_rounds(m, state, &drafts, &figures);
        print_figures(m, &figures);
        drafts_release(&drafts);
    }
    if (state)
        m->engine->close(state);
    postvet_ruleset_free(ruleset);
    return ok;
}

/* ------------------------------------------------------------------ options */

static bool read_option(struct measure *m, const char *name, const char *value)
{
    if (strcmp(name, "--cut") == 0)
        m->cut = strtoul(value, NULL, 10);
    else if (strcmp(name, "--once") == 0)
        m->once = strtoul(value, NULL, 10);
    else if (strcmp(name, "--passes") == 0)
        m->passes = strtoul(value, NULL, 10);
    else if (strcmp(name, "--seconds") == 0)
        m->seconds = strtod(value, NULL);
    else if (strcmp(name, "--databases") == 0)
        m->databases = value;
    else if (strcmp(name, "--pack") == 0 && m->pack_count < PACKS_MAX)
        m->packs[m->pack_count++] = value;
    else
        return false;
    return true;
}

int main(int argc, char **argv)
{
    struct measure m = { .seconds = 2 };
    int at = 1;
    bool ok = true;
    for (; ok && at + 1 < argc && argv[at][0] == '-'; at += 2)
        ok = read_option(&m, argv[at], argv[at + 1]);
    if (ok && argc - at == 2) {
        m.engine = find_engine(argv[at]);
        m.text = argv[at + 1];
    }
    if (!m.engine) {
        fputs("usage: measure [OPTION]... postvet|naive|vectorscan|read TEXT\n", stderr);
        return 2;
    }
    return measure(&m) ? EXIT_SUCCESS : EXIT_FAILURE;
}
