/* mask.h: what of a draft must not be shown. */
#ifndef CLI_OUTPUT_MASK_H
#define CLI_OUTPUT_MASK_H

#include <postvet/postvet.h>

#include "snippet.h"

/* The spans of all findings, of those that are set aside, too, in order, where they touch joined
 * into one; `len` is the draft's. The caller frees them. */
struct cli_span *cli_spans_to_mask(const postvet_result *result, size_t len, size_t *count);

#endif
