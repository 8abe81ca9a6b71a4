/* drafts.h: the drafts that a run is about, each with what applies to it. Knows where they come
 * from and which are left out; nothing of what is in them. */
#ifndef CLI_CHECK_DRAFTS_H
#define CLI_CHECK_DRAFTS_H

#include "../config/settings.h"
#include "../input/source.h"
#include "../output/progress.h"

struct cli_drafts {
    struct cli_source source;
    struct cli_configs configs;
    const postvet_ruleset *ruleset; /* of the first draft, as far as it can be known beforehand */
    struct cli_progress *progress;  /* to be erased before anything is said, or NULL */
    size_t count;                   /* drafts that were handed out */
    size_t excluded;                /* those in directories that configurations leave out */
};

/* Starts. False after a sentence on standard error; to be closed all the same. */
bool cli_drafts_open(
    struct cli_drafts *drafts, const struct cli_options *options, const char **words, size_t count);

/* The next draft that is not to be left out, with its settings; false when there are no more. */
bool cli_drafts_next(struct cli_drafts *drafts, struct cli_input *input);

/* Says, when all is done, what there is to say of the drafts as a whole. False when there should
 * have been more. */
bool cli_drafts_finish(struct cli_drafts *drafts);

void cli_drafts_close(struct cli_drafts *drafts);

#endif
