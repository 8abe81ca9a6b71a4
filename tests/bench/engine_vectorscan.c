/* engine_vectorscan.c: Vectorscan, where the build found it: each database that vectorscan_build
 * made, one after another over the draft. A match is reported once a draft, the cheapest that it
 * can do. Like the naive loop it is let off all else that postvet does, and more: a prefilter only
 * says where PCRE2 would have to look, and characters beyond ASCII have no other case for it. */
#include <stdio.h>

#include "engine.h"

#ifdef BENCH_WITH_VECTORSCAN

#include <hs.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"
#include "vectorscan.h"

struct vectorscan {
    hs_database_t *databases[VECTORSCAN_DATABASES_MAX];
    size_t count;
    hs_scratch_t *scratch;
};

static void close_vectorscan(void *state)
{
    struct vectorscan *const v = state;
    for (size_t i = 0; i < v->count; i++)
        hs_free_database(v->databases[i]);
    hs_free_scratch(v->scratch);
    free(v);
}

/* Reads what vectorscan_build says: how many databases there are, and about them. False also when
 * they are of other rules. */
static bool read_about(
    const struct engine_needs *needs, size_t *count, char *about, size_t about_size)
{
    char path[VECTORSCAN_PATH_MAX], line[VECTORSCAN_ABOUT_MAX], *at = line;
    snprintf(path, sizeof(path), VECTORSCAN_ABOUT_NAME, needs->databases);
    FILE *const in = fopen(path, "r");
    const bool ok = in && fgets(line, sizeof(line), in);
    if (in)
        fclose(in);
    if (!ok)
        return false;
    const bool same = strtoul(at, &at, 10) == rules_key(needs->ruleset->image);
    *count = strtoul(at, &at, 10);
    line[strcspn(line, "\n")] = '\0';
    snprintf(about, about_size, "%s", at + (*at == ' '));
    return same && *count > 0 && *count <= VECTORSCAN_DATABASES_MAX;
}

static hs_database_t *read_database(const char *folder, size_t index)
{
    char path[VECTORSCAN_PATH_MAX];
    hs_database_t *database = NULL;
    snprintf(path, sizeof(path), VECTORSCAN_DATABASE_NAME, folder, index);
    FILE *const in = fopen(path, "rb");
    if (!in)
        return NULL;
    fseek(in, 0, SEEK_END);
    const long size = ftell(in);
    rewind(in);
    char *const bytes = size > 0 ? malloc((size_t)size) : NULL;
    if (bytes && fread(bytes, 1, (size_t)size, in) == (size_t)size
        && hs_deserialize_database(bytes, (size_t)size, &database) != HS_SUCCESS)
        database = NULL;
    free(bytes);
    fclose(in);
    return database;
}

static void *open_vectorscan(const struct engine_needs *needs, char *about, size_t about_size)
{
    size_t count = 0;
    struct vectorscan *const v = calloc(1, sizeof(*v));
    bool ok = v && needs->databases && read_about(needs, &count, about, about_size);
    while (ok && v->count < count) {
        hs_database_t *const database = read_database(needs->databases, v->count);
        ok = database && hs_alloc_scratch(database, &v->scratch) == HS_SUCCESS;
        if (database)
            v->databases[v->count++] = database;
    }
    if (ok)
        return v;
    fputs("vectorscan: no databases of these rules\n", stderr);
    if (v)
        close_vectorscan(v);
    return NULL;
}

static int count_match(
    unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *user)
{
    (void)id;
    (void)from;
    (void)to;
    (void)flags;
    ++*(size_t *)user;
    return 0;
}

static size_t scan(void *state, const char *text, size_t len)
{
    const struct vectorscan *const v = state;
    size_t found = 0;
    for (size_t i = 0; i < v->count; i++)
        if (hs_scan(v->databases[i], text, (unsigned)len, 0, v->scratch, count_match, &found)
            != HS_SUCCESS)
            exit(EXIT_FAILURE);
    return found;
}

#else

static void *open_vectorscan(const struct engine_needs *needs, char *about, size_t about_size)
{
    (void)needs;
    (void)about;
    (void)about_size;
    fputs("vectorscan: not here\n", stderr);
    return NULL;
}

static size_t scan(void *state, const char *text, size_t len)
{
    (void)state;
    (void)text;
    (void)len;
    return 0;
}

static void close_vectorscan(void *state)
{
    (void)state;
}

#endif

const struct engine engine_vectorscan = { "vectorscan", open_vectorscan, scan, close_vectorscan };
