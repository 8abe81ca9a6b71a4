/* corpus.h: labelled drafts, one JSON object a line, as tests/corpus/README.md describes them.
 * Knows what a label is, nothing of findings. */
#ifndef CLI_INPUT_CORPUS_H
#define CLI_INPUT_CORPUS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>
#include <postvet/postvet.h>

/* One labelled draft. Everything belongs to the JSON. */
struct cli_case {
    json_t *json;
    const char *id, *text;
    size_t len; /* of the text, in bytes */
    json_t *expect, *may;
    bool clean;
    postvet_voice voice;
    postvet_kind kind;
};

struct cli_corpus {
    struct cli_case *cases;
    size_t count;
};

/* Reads the labelled drafts of a file ("-": standard input). False after a sentence on standard
 * error for each line that is wrong; to be released all the same. */
bool cli_corpus_read(struct cli_corpus *corpus, const char *path);
void cli_corpus_release(struct cli_corpus *corpus);

/* Whether a label (an entry of expect or may) allows a category. */
bool cli_label_has(const json_t *label, const char *category);

/* The category that a label is counted under: the first. */
const char *cli_label_category(const json_t *label);

/* The next place from `from` on where `match` stands in the text, or SIZE_MAX. */
size_t cli_case_find(const struct cli_case *labelled, const json_t *match, size_t from);

#endif
