/* ledger.h: the entries of a baseline while it is made anew, and its file. Knows lines, not where
 * findings come from. */
#ifndef CLI_LEDGER_H
#define CLI_LEDGER_H

#include "baseline.h"

struct cli_ledger_entry {
    postvet_baseline_entry told; /* its strings are the ledger's */
    size_t used;                 /* findings that it accepted */
    bool is_examined;            /* its draft was checked */
    bool is_gone;                /* its draft is not there */
    bool is_stale;               /* it accepts more than there is */
    bool is_locked;              /* it cannot hold: its rule can never be suppressed */
    bool is_new;                 /* it is not in the file ... */
    bool is_raised;              /* ... but another that accepts less, whose place it takes */
};

/* {0} is empty. */
struct cli_ledger {
    struct cli_ledger_entry *entries;
    size_t count, capacity;
    size_t old_count; /* those of the file come first, as the library orders them */
    size_t *by_line;  /* from a line of the file to its entry and 1, or 0 */
    size_t line_count;
    struct cli_list strings;
};

/* Enters all that a baseline holds. */
void cli_ledger_enter(struct cli_ledger *ledger, const postvet_baseline *baseline);

/* The entry of that line of the file, or NULL. */
struct cli_ledger_entry *cli_ledger_line(const struct cli_ledger *ledger, size_t line);

/* Notes of the old entries for a draft whether all of it was checked. */
void cli_ledger_examined(struct cli_ledger *ledger, const char *path, bool is_complete);

/* Enters findings of a draft that are accepted from now on, with those accepted before if they are
 * the same. */
void cli_ledger_accept(
    struct cli_ledger *ledger, const char *path, const postvet_baseline_entry *found);

/* What is left of an entry: how many findings it is to accept, 0 when it goes. */
size_t cli_ledger_left(const struct cli_ledger_entry *entry);

/* Whether the file differs from what is in the ledger. */
bool cli_ledger_has_changed(const struct cli_ledger *ledger);

/* Adds the file as it is to be: the lines of `old` (empty when it is new) that stay, as they stand,
 * and then what is new, sorted. */
void cli_ledger_write(
    const struct cli_ledger *ledger, const struct cli_buf *old, struct cli_buf *out);

void cli_ledger_release(struct cli_ledger *ledger);

#endif
