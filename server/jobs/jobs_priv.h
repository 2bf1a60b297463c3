/* Inside server/jobs: rows, the running queue, one claimed run. */
#ifndef JOBS_JOBS_PRIV_H
#define JOBS_JOBS_PRIV_H

#include "base/background.h"
#include "jobs/jobs.h"

enum job_work { WORK_ATOMIC, WORK_OWN };
enum { LEASE_SECONDS = 60, RENEW_SECONDS = 15, BORROW_MS = 2000 };

struct job_row {
    const char *name;
    int every, attempts;
    enum job_work work;
    const char *doc;
};
extern const struct job_row job_rows[JOBS];

struct jobs {
    struct jobs_config config;
    bool (*run[JOBS])(void *ctx, struct db *db, struct str payload, struct err *e);
    struct str names[JOBS]; /* of those with a handler */
    size_t name_count;
    char node[BACKGROUND_NAME]; /* this process, in locked_by */
    struct db_listener *listener;
    struct bell bell;   /* its lock guards active */
    pthread_t *threads; /* workers, then the keeper */
    int thread_count;
    int64_t *active; /* ids of the runs in progress, active_count of them: whose leases are renewed */
    size_t active_count;
};

struct job_run {
    int64_t id, attempts;
    enum job job;
    struct str payload; /* in the run's arena */
};

/* One claimed job from claim to end. *ret_found is false when there was nothing to do. */
bool run_next(struct jobs *j, struct db *db, bool *ret_found, struct err *e);
void *keeper_thread(void *arg); /* leases, schedule, old rows */

#endif
