#include "jobs/jobs_priv.h"

#include "base/log.h"
#include "schema/queries.h"

static bool renew(struct jobs *j, struct db *db, struct arena *a, struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, str_of(j->node));
    db_int(&args, LEASE_SECONDS);
    pthread_mutex_lock(&j->bell.lock);
    db_ints(&args, j->active, j->active_count);
    pthread_mutex_unlock(&j->bell.lock);
    return db_send(db, &Q_job_renew, &args, e);
}

static bool schedule(struct jobs *j, struct db *db, struct arena *a, struct err *e)
{
    for (int i = 0; i < JOBS; i++) {
        if (!job_rows[i].every || !j->run[i] || j->config.no_schedule)
            continue;
        struct db_args args = db_args(a);
        db_text(&args, str_of(job_rows[i].name));
        db_int(&args, job_rows[i].every);
        if (!db_send(db, &Q_job_schedule, &args, e))
            return false;
    }
    return true;
}

/* All of one look in one round trip and one transaction. */
static void look(struct jobs *j)
{
    struct err e = {0};
    struct arena a;
    arena_init(&a);
    struct db *db = db_borrow(j->config.pool, BORROW_MS, &e);
    if (!db || !renew(j, db, &a, &e) || !schedule(j, db, &a, &e) || !db_send(db, &Q_job_forget, NULL, &e) ||
        !db_flush(db, &e))
        log_err("jobs", &e);
    db_return(db);
    arena_release(&a);
}

void *keeper_thread(void *arg)
{
    struct jobs *j = arg;
    clock_us next = 0;
    unsigned seen = 0;
    for (;;) {
        clock_us now = clock_monotonic();
        if (now >= next) {
            look(j);
            next = clock_monotonic() + (clock_us)RENEW_SECONDS * 1000000;
        }
        if (!bell_wait(&j->bell, &seen, (int)((next - clock_monotonic()) / 1000) + 1))
            return NULL;
    }
}
