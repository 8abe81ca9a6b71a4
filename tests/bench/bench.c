/* bench.c: how fast drafts are checked. Not a test: it prints times and passes no judgement.
 *
 *     bench posts.jsonl
 *
 * One ruleset and one scanner check every draft of a labelled corpus, round after round. The best
 * round counts: the others hold what else the machine was doing. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jansson.h>
#include <postvet/postvet.h>

#define ROUNDS 15

struct tally {
    size_t drafts, bytes, findings;
};

static double now(void)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int fail(const postvet_error *err)
{
    fprintf(stderr, "bench: %s%s%s\n", err->file, err->file[0] ? ": " : "", err->message);
    return EXIT_FAILURE;
}

/* An array of the drafts' texts, one a line of the file; NULL when it cannot be read. */
static json_t *load_drafts(const char *path)
{
    json_t *const drafts = json_array();
    FILE *const in = fopen(path, "rb");
    json_error_t err = { 0 };
    if (!in) {
        perror(path);
        json_decref(drafts);
        return NULL;
    }
    for (json_t *post; (post = json_loadf(in, JSON_DISABLE_EOF_CHECK, &err)); json_decref(post))
        json_array_append(drafts, json_object_get(post, "text"));
    fclose(in);
    return drafts;
}

static postvet_status check_all(
    postvet_scanner *scanner, const json_t *drafts, struct tally *tally, postvet_error *err)
{
    *tally = (struct tally){ .drafts = json_array_size(drafts) };
    for (size_t i = 0; i < tally->drafts; i++) {
        const json_t *const draft = json_array_get(drafts, i);
        const size_t len = json_string_length(draft);
        postvet_result *result = NULL;
        const postvet_status status =
            postvet_scan(scanner, json_string_value(draft), len, NULL, &result, err);
        if (status != POSTVET_OK)
            return status;
        tally->bytes += len;
        tally->findings += postvet_result_count(result);
        postvet_result_free(result);
    }
    return POSTVET_OK;
}

int main(int argc, char **argv)
{
    postvet_ruleset *ruleset = NULL;
    postvet_scanner *scanner = NULL;
    postvet_error err = { 0 };
    struct tally tally = { 0 };
    double first = 0, best = 0;

    json_t *const drafts = argc == 2 ? load_drafts(argv[1]) : NULL;
    if (!drafts) {
        fputs("usage: bench posts.jsonl\n", stderr);
        return EXIT_FAILURE;
    }
    const double began = now();
    if (postvet_ruleset_new(NULL, &ruleset, &err) != POSTVET_OK
        || postvet_scanner_new(ruleset, &scanner, &err) != POSTVET_OK)
        return fail(&err);
    const double ready = now();
    for (int round = 0; round < ROUNDS; round++) {
        const double start = now();
        if (check_all(scanner, drafts, &tally, &err) != POSTVET_OK)
            return fail(&err);
        const double took = now() - start;
        first = round == 0 ? took : first;
        best = round == 0 || took < best ? took : best;
    }
    printf("%zu drafts, %zu bytes, %zu findings\n", tally.drafts, tally.bytes, tally.findings);
    printf("ruleset and scanner  %8.3f ms\n", (ready - began) * 1e3);
    printf("first round          %8.3f ms  (patterns compile when first needed)\n", first * 1e3);
    printf("best of %d rounds    %8.3f ms  %.1f MB/s, %.1f us a draft\n", ROUNDS, best * 1e3,
        (double)tally.bytes / best / 1e6, best / (double)tally.drafts * 1e6);
    postvet_scanner_free(scanner);
    postvet_ruleset_free(ruleset);
    json_decref(drafts);
    return EXIT_SUCCESS;
}
