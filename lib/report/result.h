/* result.h: what is handed to the caller. */
#ifndef PV_REPORT_RESULT_H
#define PV_REPORT_RESULT_H

#include <postvet/postvet.h>

#include "base/arena.h"
#include "base/buf.h"

/* A finding that was set aside. */
struct pv_set_aside {
    postvet_suppression told; /* its finding is the one below, once pv_result_place() has run */
    postvet_finding finding;
};

struct postvet_result {
    struct pv_buf findings;   /* postvet_finding */
    struct pv_buf suppressed; /* struct pv_set_aside */
    struct pv_buf notices;    /* postvet_notice */
    struct pv_buf incomplete; /* const char * */
    size_t elsewhere;         /* findings that pv_result_restrict() left out */
    struct pv_arena arena;    /* excerpts, reasons */
};

/* {0} is an empty result; NULL when out of memory. */
struct postvet_result *pv_result_new(void);
void pv_result_free(struct postvet_result *result);

/* Adds a finding of `rule` whose excerpt, reasons (both of the result's arena) and bytes of start
 * and end are set: the rest comes from the rule. Lines and columns wait for pv_result_place().
 * False when out of memory. */
bool pv_result_add(
    struct postvet_result *result, const postvet_rule_info *rule, const postvet_finding *finding);

/* The same of a finding that was set aside; of `suppression` the finding is not set yet. */
bool pv_result_add_suppressed(struct postvet_result *result, const postvet_rule_info *rule,
    const postvet_finding *finding, const postvet_suppression *suppression);

/* Adds a notice whose message is the arena's, or NULL for want of memory. False when out of memory.
 */
bool pv_result_notice(struct postvet_result *result, const postvet_notice *notice);

/* Adds a reason why the result is incomplete; a formatted sentence. False when out of memory. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 2, 3)))
#endif
bool pv_result_incomplete(struct postvet_result *result, const char *format, ...);

/* Puts all in order and fills lines and columns, but those of allow-lists. False when out of
 * memory. */
bool pv_result_place(struct postvet_result *result, const char *source, size_t len);

/* Leaves out what touches none of the lines, which ascend, and is not about the whole draft. The
 * places are known. */
void pv_result_restrict(struct postvet_result *result, const postvet_lines *lines, size_t count);

#endif
