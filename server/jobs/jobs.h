/* Background work: a queue on PostgreSQL, shared by all nodes. Work is put in the transaction that causes it,
 * so that neither is there without the other; it runs at least once, is tried again with growing pauses, and
 * is dead (kept, shown, never run) after its attempts.
 * Owner: jobs_new's caller; ctx and handlers outlive it. Threads: jobs_put any; handlers run on the workers'
 * threads, one connection each while they run. Cost: jobs_put is one row, queued without a round trip, and one
 * NOTIFY, which makes commits of such transactions wait for each other: not for the path of every image. */
#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include "base/buf.h"
#include "base/clock.h"
#include "db/db.h"

enum job {
#define JOB(name, every, attempts, work, doc) JOB_##name,
#include "jobs/jobs.def"
#undef JOB
    JOBS
};

struct jobs_handler {
    enum job job;
    /* A connection in a write transaction, or outside any for OWN jobs. False: try again later. */
    bool (*run)(void *ctx, struct db *db, struct str payload, struct err *e);
};

struct jobs_config {
    struct db_pool *pool;
    const char *url; /* for LISTEN; NULL: look every poll_ms only */
    const struct jobs_handler *handlers;
    int handler_count;
    void *ctx;
    int workers;  /* threads, 2 when 0 */
    int poll_ms;  /* how often to look without being told, 2000 when 0 */
    int retry_ms; /* pause after the first failure; doubles, at most an hour, 2000 when 0 */
    bool no_schedule;
};
struct jobs;
struct jobs *jobs_new(const struct jobs_config *config, struct err *e);
/* Take nothing more, let running handlers end. NULL is fine. */
void jobs_free(struct jobs *j);

/* In the caller's transaction. run_at 0: as soon as it is committed. */
bool jobs_put(struct db *db, enum job job, struct str payload, clock_us run_at, struct err *e);

/* The same, unless such a job waits already: for work whose state is kept elsewhere. */
bool jobs_put_once(struct db *db, enum job job, struct err *e);

const char *jobs_name(enum job job);
/* A Markdown table of all jobs. */
void jobs_describe(struct buf *b);

#endif
