/* allow.h: an allow-list: suppressions that stand beside drafts and not in them, for formats that
 * have no comments. Knows its lines and which file they are for; nothing of findings.
 *
 *     # The garden's own news.
 *     letters/2025-03.docx: gardener, wheelbarrow -- He wrote it himself.
 *     minutes/2025-??.txt: no-disclaimer -- The minutes are the Trust's own.
 */
#ifndef PV_REPORT_ALLOW_H
#define PV_REPORT_ALLOW_H

#include <stdbool.h>
#include <stdint.h>

#include <postvet/postvet.h>

#include "base/arena.h"
#include "base/buf.h"
#include "pack/pack.h"

/* The rules that a suppression can name. */
struct pv_rule_names {
    const postvet_rule_info *rules;
    size_t count;
    const char *const *locks; /* by rule: where a configuration locks it, or NULL; may be NULL */
    const bool *ran;          /* by rule: whether it was tried on the draft; NULL: not known */
};

/* Leave to set aside what one rule finds in some files. */
struct pv_allowed {
    const char *pattern;
    const char *reason;
    uint32_t rule;
    bool is_exact;               /* the pattern stands for one file */
    postvet_position start, end; /* of the rule's name */
    const char *file;            /* where all that stands */
};

struct postvet_allowlist {
    const char *name;
    struct pv_buf entries; /* struct pv_allowed, in order */
    struct pv_arena arena;
};

/* The rule of that name, or UINT32_MAX. */
uint32_t pv_rule_named(const struct pv_rule_names *names, const char *name, size_t len);

/* Adds to `out` what is wrong with the name of no rule, in words that follow "This rule": that it
 * is not known, and which may be meant. False when out of memory. */
bool pv_rule_unknown(
    const struct pv_rule_names *names, const char *name, size_t len, struct pv_buf *out);

/* Why what a rule finds cannot be suppressed, as words after "cannot be suppressed": "." or ": ...
 * locks it."; NULL when out of memory. */
const char *pv_rule_locked(
    const struct pv_rule_names *names, uint32_t rule, struct pv_arena *arena);

/* Reads an empty allow-list. Each error goes to `report`; the first is returned. */
postvet_status pv_allowlist_read(struct postvet_allowlist *list, const postvet_source *source,
    const struct pv_rule_names *names, struct pv_report *report);

/* The path without "./" before it. */
const char *pv_past_dot_slash(const char *path);

/* Whether a path is one that the pattern stands for: * is anything but a slash, ** is anything, ?
 * is one byte but a slash. A "./" before either is nothing. */
bool pv_path_matches(const char *pattern, const char *path);

#endif
