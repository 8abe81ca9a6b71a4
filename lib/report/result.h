/* result.h: what is handed to the caller. */
#ifndef PV_REPORT_RESULT_H
#define PV_REPORT_RESULT_H

#include <postvet/postvet.h>

#include "base/arena.h"
#include "base/buf.h"

struct postvet_result {
    struct pv_buf findings;   /* postvet_finding */
    struct pv_buf incomplete; /* const char * */
    struct pv_arena arena;    /* excerpts, reasons */
};

/* {0} is an empty result; NULL when out of memory. */
struct postvet_result *pv_result_new(void);

/* Adds a finding of `rule` whose excerpt, reasons and bytes of start and end are set: the rest
 * comes from the rule. Lines and columns wait for pv_result_place(). False when out of memory. */
bool pv_result_add(
    struct postvet_result *result, const postvet_rule_info *rule, const postvet_finding *finding);

/* Adds a reason why the result is incomplete; a formatted sentence. False when out of memory. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 3)))
#endif
bool pv_result_incomplete(struct postvet_result *result, const char *format, ...);

/* Fills lines and columns. False when out of memory. */
bool pv_result_place(struct postvet_result *result, const char *source, size_t len);

#endif
