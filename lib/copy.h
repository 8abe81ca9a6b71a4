/* copy.h: changed copies of a draft: redacted, or without directives. */
#ifndef PV_COPY_H
#define PV_COPY_H

#include "scan.h"

struct postvet_copy {
    struct pv_buf text; /* with a NUL behind it */
    size_t changes;
    struct postvet_result *result;
};

/* Each fills an empty copy; the options are valid, and without suppressions. False when out of
 * memory. */
bool pv_copy_redacted(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, struct postvet_copy *copy);
bool pv_copy_clean(struct postvet_scanner *scanner, const char *text, size_t len,
    const postvet_scan_options *options, struct postvet_copy *copy);

#endif
