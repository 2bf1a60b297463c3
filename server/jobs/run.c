#include "jobs/jobs_priv.h"

#include <string.h>

#include "base/log.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

enum { PAUSE_MAX_MS = 3600000 };

static void count(const struct job_run *run, const char *outcome)
{
    char labels[80];
    snprintf(labels, sizeof labels, "%s|%s", job_rows[run->job].name, outcome);
    metrics_add(METRIC_JOBS, labels, 1);
}

static bool claim(struct jobs *j, struct db *db, struct arena *a, struct job_run *ret_run, bool *ret_found,
                  struct err *e)
{
    struct db_args args = db_args(a);
    db_text(&args, str_of(j->node));
    db_texts(&args, j->names, j->name_count);
    db_int(&args, LEASE_SECONDS);
    const struct db_rows *r = db_run(db, &Q_job_claim, &args, e);
    if (!r)
        return false;
    *ret_found = db_count(r) > 0;
    for (int i = 0; *ret_found && i < JOBS; i++)
        if (str_is(db_get(r, 0, 1), job_rows[i].name))
            *ret_run =
                (struct job_run){db_get_int(r, 0, 0), db_get_int(r, 0, 3), (enum job)i, arena_str(a, db_get(r, 0, 2))};
    return true;
}

/* The first parameters of every query that ends a run. */
static struct db_args end_args(struct jobs *j, const struct job_run *run, struct arena *a)
{
    struct db_args args = db_args(a);
    db_int(&args, run->id);
    db_text(&args, str_of(j->node));
    db_int(&args, run->attempts);
    return args;
}

static bool mark_done(struct jobs *j, struct db *db, const struct job_run *run, struct arena *a, struct err *e)
{
    struct db_args args = end_args(j, run, a);
    const struct db_rows *r = db_run(db, &Q_job_done, &args, e);
    if (!r)
        return false;
    return db_touched(r) == 1 ? true : err_set(e, ERR_CONFLICT, "another node took the job over");
}

static bool run_atomic(struct jobs *j, struct db *db, const struct job_run *run, struct arena *a, struct err *e)
{
    if (db_begin(db, DB_WRITE, e) && j->run[run->job](j->config.ctx, db, run->payload, e) &&
        mark_done(j, db, run, a, e))
        return db_commit(db, e);
    db_rollback(db);
    return false;
}

static bool run_own(struct jobs *j, struct db *db, const struct job_run *run, struct arena *a, struct err *e)
{
    bool ok = j->run[run->job](j->config.ctx, db, run->payload, e);
    db_rollback(db); /* what the handler left open */
    return ok && mark_done(j, db, run, a, e);
}

/* Note the failure. The connection may be the reason, so it is another one. */
static bool mark_failed(struct jobs *j, const struct job_run *run, const struct err *why, struct err *e)
{
    bool dead = run->attempts >= job_rows[run->job].attempts;
    struct db *db = db_borrow(j->config.pool, BORROW_MS, e);
    if (!db)
        return false;
    struct arena a;
    arena_init(&a);
    struct db_args args = end_args(j, run, &a);
    db_text(&args, str_of(why->text));
    if (!dead)
        db_int(&args, background_pause_ms(j->config.retry_ms, run->attempts, PAUSE_MAX_MS));
    const struct db_rows *r = db_run(db, dead ? &Q_job_dead : &Q_job_retry, &args, e);
    arena_release(&a);
    db_return(db);
    count(run, dead ? "dead" : "retry");
    log_write(dead ? LOG_ERROR : LOG_WARNING, "jobs", "%s %lld, attempt %lld%s: %s", job_rows[run->job].name,
              (long long)run->id, (long long)run->attempts, dead ? ", the last" : "", why->text);
    return r != NULL;
}

static void set_active(struct jobs *j, int64_t id)
{
    pthread_mutex_lock(&j->bell.lock);
    j->active[j->active_count++] = id;
    pthread_mutex_unlock(&j->bell.lock);
}

static void set_idle(struct jobs *j, int64_t id)
{
    pthread_mutex_lock(&j->bell.lock);
    size_t i = 0;
    while (j->active[i] != id)
        i++;
    j->active[i] = j->active[--j->active_count];
    pthread_mutex_unlock(&j->bell.lock);
}

static bool perform(struct jobs *j, struct db *db, const struct job_run *run, struct arena *a, struct err *e)
{
    const struct job_row *row = &job_rows[run->job];
    if (run->attempts > row->attempts)
        return err_set(e, ERR_INTERNAL, "its last run never ended");
    return row->work == WORK_ATOMIC ? run_atomic(j, db, run, a, e) : run_own(j, db, run, a, e);
}

bool run_next(struct jobs *j, struct db *db, bool *ret_found, struct err *e)
{
    struct arena a;
    struct job_run run;
    struct err why = {0};
    arena_init(&a);
    bool ok = claim(j, db, &a, &run, ret_found, e);
    if (ok && *ret_found) {
        set_active(j, run.id);
        bool done = perform(j, db, &run, &a, &why);
        set_idle(j, run.id); /* a failure that cannot be noted is found when the lease runs out */
        if (done)
            count(&run, "done");
        else
            ok = mark_failed(j, &run, &why, e);
    }
    arena_release(&a);
    return ok;
}
