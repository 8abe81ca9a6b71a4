/* load.h: from an input to a draft in hand. The one place where what a file holds becomes text, and
 * so the one where a new kind of file is to be opened. */
#ifndef CLI_INPUT_LOAD_H
#define CLI_INPUT_LOAD_H

#include "../options.h"
#include "draft.h"

/* Memory that is used for one draft after the other; one thread's. {0} is empty. */
struct cli_loader {
    struct cli_buf text, shown, problem;
    json_t *json;               /* of a record */
    postvet_document *document; /* of a draft that was made text */
};

/* Makes a draft of an input; when it cannot, its status is not OK and it has a problem. The draft
 * lasts until the next call. */
void cli_load(struct cli_loader *loader, const struct cli_input *input,
    const struct cli_options *options, struct cli_draft *draft);

void cli_loader_release(struct cli_loader *loader);

#endif
