/* pool.c: jobs lie in a ring, in their order, and never move:
 *
 *        oldest        next          shared       blank
 *          │ being      │ waiting     │ filled     │ free
 *     ─────▼────────────▼─────────────▼────────────▼─────────
 *           done, or     to be done    in, not yet  places
 *           being done                 shared
 *
 * The caller's thread fills the ring and shares what it has filled a batch at a time; threads take
 * a batch at a time, too, the smaller the less there is, so that none is left with much while
 * others have nothing. What is done waits in its place until all before it has been handed back.
 * When that is much, because one draft takes long, the threads wait as well: thus memory stays
 * bounded. Indices only grow; the place of a job is its index modulo the size of the ring. */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PLACES = 64, /* for each thread */
    BATCH = 16,
    HELD_MAX = 32 * 1024 * 1024 /* bytes of input and output that may wait in the ring */
};

struct worker {
    struct cli_pool *pool;
    pthread_t thread;
    struct cli_examiner examiner;
};

struct cli_pool {
    const struct cli_run *run;
    size_t job_count; /* threads that there may be */
    struct worker *workers;
    size_t worker_count; /* threads that there are */
    struct cli_examiner own;
    bool has_own; /* `own` is open: the caller's thread has had to do some work */
    struct cli_job *ring;
    size_t size;
    size_t blank;         /* the caller's alone */
    bool hands_back;      /* the oldest job is in the caller's hands */
    pthread_mutex_t lock; /* of all that follows, and of is_done in the ring */
    pthread_cond_t work_to_do, job_done;
    size_t oldest, next, shared;
    size_t held; /* bytes that lie in the ring */
    bool is_closing;
};

static struct cli_job *place(const struct cli_pool *pool, size_t index)
{
    return &pool->ring[index % pool->size];
}

struct cli_pool *cli_pool_new(const struct cli_run *run, size_t jobs)
{
    struct cli_pool *const pool = cli_alloc(1, sizeof *pool);
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (jobs == 0)
        jobs = cores > CLI_MOST_JOBS ? CLI_MOST_JOBS : cores > 1 ? (size_t)cores : 1;
    pool->run = run;
    pool->job_count = jobs;
    pool->workers = cli_alloc(jobs, sizeof *pool->workers);
    pool->size = jobs == 1 ? 1 : jobs * PLACES;
    pool->ring = cli_alloc(pool->size, sizeof *pool->ring);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work_to_do, NULL);
    pthread_cond_init(&pool->job_done, NULL);
    return pool;
}

/* ------------------------------------------------------------------ threads */

/* Whether a thread may take a job. With much in the ring only the oldest may be taken: it is what
 * the rest waits for. */
static bool may_take(const struct cli_pool *pool)
{
    return pool->next < pool->shared && (pool->held < HELD_MAX || pool->next == pool->oldest);
}

/* How many jobs a thread takes at once. */
static size_t fair_batch(const struct cli_pool *pool)
{
    const size_t share = (pool->shared - pool->next) / (2 * pool->job_count);
    if (share == 0 || pool->held >= HELD_MAX)
        return 1;
    return share < BATCH ? share : BATCH;
}

static void examine(struct cli_pool *pool, struct cli_examiner *examiner, struct cli_job *job)
{
    cli_examine(examiner, &job->input, &job->outcome);
    pthread_mutex_lock(&pool->lock);
    job->is_done = true;
    job->held += job->outcome.out.capacity;
    pool->held += job->outcome.out.capacity;
    if (job == place(pool, pool->oldest))
        pthread_cond_signal(&pool->job_done);
    pthread_mutex_unlock(&pool->lock);
}

static void *work(void *argument)
{
    struct worker *const worker = argument;
    struct cli_pool *const pool = worker->pool;
    cli_examiner_open(&worker->examiner, pool->run);
    for (;;) {
        pthread_mutex_lock(&pool->lock);
        while (!may_take(pool) && !pool->is_closing)
            pthread_cond_wait(&pool->work_to_do, &pool->lock);
        const size_t first = pool->next, count = pool->is_closing ? 0 : fair_batch(pool);
        pool->next += count;
        pthread_mutex_unlock(&pool->lock);
        if (count == 0)
            break;
        for (size_t i = first; i < first + count; i++)
            examine(pool, &worker->examiner, place(pool, i));
    }
    cli_examiner_close(&worker->examiner);
    return NULL;
}

/* Starts a thread for each job that waits, as far as there may be threads; but none for a job that
 * is alone. The lock is held. */
static void start_threads(struct cli_pool *pool)
{
    const size_t waiting = pool->shared - pool->next;
    if (waiting < 2 || pool->job_count < 2)
        return;
    while (pool->worker_count < pool->job_count && pool->worker_count < waiting) {
        struct worker *const worker = &pool->workers[pool->worker_count];
        worker->pool = pool;
        if (pthread_create(&worker->thread, NULL, work, worker) != 0) {
            pool->job_count = pool->worker_count ? pool->worker_count : 1; /* as many as we get */
            return;
        }
        pool->worker_count++;
    }
}

/* --------------------------------------------------------------- the caller */

/* Takes back the job that was handed out last: its place is blank again. The lock is held. */
static void recycle(struct cli_pool *pool)
{
    struct cli_job *const job = place(pool, pool->oldest);
    if (!pool->hands_back)
        return;
    if (pool->held >= HELD_MAX) /* whoever waited for room may go on */
        pthread_cond_broadcast(&pool->work_to_do);
    pool->held -= job->held;
    pool->hands_back = false;
    pool->oldest++;
    job->is_done = false;
    cli_input_clear(&job->input);
    cli_outcome_clear(&job->outcome);
}

struct cli_job *cli_pool_blank(struct cli_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    recycle(pool);
    const bool is_full = pool->blank - pool->oldest >= pool->size
                         || (pool->held >= HELD_MAX && pool->blank > pool->oldest);
    pthread_mutex_unlock(&pool->lock);
    return is_full ? NULL : place(pool, pool->blank);
}

/* Shares with the threads what is filled. The lock is held. */
static void share(struct cli_pool *pool)
{
    if (pool->shared == pool->blank)
        return;
    for (; pool->shared < pool->blank; pool->shared++)
        pool->held += place(pool, pool->shared)->held;
    start_threads(pool);
    pthread_cond_broadcast(&pool->work_to_do);
}

void cli_pool_submit(struct cli_pool *pool)
{
    struct cli_job *const job = place(pool, pool->blank++);
    job->held = job->input.bytes.capacity;
    if (pool->blank - pool->shared < BATCH && job->held < HELD_MAX / BATCH)
        return;
    pthread_mutex_lock(&pool->lock);
    share(pool);
    pthread_mutex_unlock(&pool->lock);
}

/* Examines the oldest job here and now, since there are no threads. */
static void examine_here(struct cli_pool *pool)
{
    if (!pool->has_own)
        cli_examiner_open(&pool->own, pool->run);
    pool->has_own = true;
    pool->next++;
    examine(pool, &pool->own, place(pool, pool->oldest));
}

struct cli_job *cli_pool_next(struct cli_pool *pool, bool wait)
{
    pthread_mutex_lock(&pool->lock);
    recycle(pool);
    if (wait)
        share(pool);
    struct cli_job *const job = pool->oldest < pool->shared ? place(pool, pool->oldest) : NULL;
    while (job && wait && !job->is_done && pool->worker_count > 0)
        pthread_cond_wait(&pool->job_done, &pool->lock);
    const bool is_done = job && job->is_done;
    pthread_mutex_unlock(&pool->lock);
    if (job && wait && !is_done)
        examine_here(pool);
    pool->hands_back = job && (wait || is_done);
    return pool->hands_back ? job : NULL;
}

void cli_pool_free(struct cli_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->is_closing = true;
    pthread_cond_broadcast(&pool->work_to_do);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->worker_count; i++)
        pthread_join(pool->workers[i].thread, NULL);
    if (pool->has_own)
        cli_examiner_close(&pool->own);
    for (size_t i = 0; i < pool->size; i++) {
        cli_input_release(&pool->ring[i].input);
        cli_outcome_release(&pool->ring[i].outcome);
    }
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->work_to_do);
    pthread_cond_destroy(&pool->job_done);
    free(pool->workers);
    free(pool->ring);
    free(pool);
}
