/* pool.h: drafts checked by several threads, and handed back in the order in which they came, in
 * bounded memory. Knows threads, not what becomes of a draft. */
#ifndef CLI_CHECK_POOL_H
#define CLI_CHECK_POOL_H

#include "examine.h"

struct cli_pool;

/* What is handed in and, once examined, back. */
struct cli_job {
    struct cli_input input;
    struct cli_outcome outcome;
    bool is_done;
    size_t held; /* bytes that it keeps in memory while it waits */
};

/* A pool of `jobs` threads, 0 for as many as there are cores. A thread starts when there is work
 * for it: one draft alone is checked by the caller's own. */
struct cli_pool *cli_pool_new(const struct cli_run *run, size_t jobs);

/* A job to fill in, for cli_pool_submit(). NULL when the pool is full: then cli_pool_next() makes
 * room. */
struct cli_job *cli_pool_blank(struct cli_pool *pool);

/* Hands in the job that cli_pool_blank() gave. */
void cli_pool_submit(struct cli_pool *pool);

/* The oldest job, done; it is the caller's until the next call of this or of cli_pool_blank(). NULL
 * when there is none, or when `wait` is false and it is not done yet. */
struct cli_job *cli_pool_next(struct cli_pool *pool, bool wait);

void cli_pool_free(struct cli_pool *pool);

#endif
