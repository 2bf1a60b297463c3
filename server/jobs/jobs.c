#include "jobs/jobs_priv.h"

#include <string.h>

#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "base/mem.h"
#include "schema/queries.h"

#define JOB(name, every, attempts, work, doc) {#name, every, attempts, WORK_##work, doc},
const struct job_row job_rows[JOBS] = {
#include "jobs/jobs.def"
};
#undef JOB

const char *jobs_name(enum job job)
{
    return job_rows[job].name;
}

void jobs_describe(struct buf *b)
{
    buf_puts(b, "| job | every | attempts | what it does |\n|---|---|---|---|\n");
    for (int i = 0; i < JOBS; i++) {
        buf_printf(b, "| %s | ", job_rows[i].name);
        if (job_rows[i].every)
            buf_printf(b, "%d s", job_rows[i].every);
        buf_printf(b, " | %d | %s |\n", job_rows[i].attempts, job_rows[i].doc);
    }
}

bool jobs_put(struct db *db, enum job job, struct str payload, clock_us run_at, struct err *e)
{
    struct arena a;
    arena_init(&a);
    struct db_args args = db_args(&a);
    db_text(&args, str_of(job_rows[job].name));
    db_text(&args, payload.p ? payload : STR(""));
    db_time(&args, run_at ? run_at : INT64_MIN);
    bool ok = db_send(db, &Q_job_put, &args, e);
    arena_release(&a);
    return ok;
}

bool jobs_put_once(struct db *db, enum job job, struct err *e)
{
    struct arena a;
    arena_init(&a);
    struct db_args args = db_args(&a);
    db_text(&args, str_of(job_rows[job].name));
    bool ok = db_send(db, &Q_job_put_once, &args, e);
    arena_release(&a);
    return ok;
}

static void tell(void *ctx)
{
    struct jobs *j = ctx;
    bell_ring(&j->bell);
}

/* Run what is ready. False when the database was no help. */
static bool work_off(struct jobs *j)
{
    struct err e = {0};
    struct db *db = db_borrow(j->config.pool, BORROW_MS, &e);
    bool found = false;
    bool ok = db && run_next(j, db, &found, &e);
    db_return(db);
    if (!ok)
        log_err("jobs", &e);
    return found;
}

static void *worker_thread(void *arg)
{
    struct jobs *j = arg;
    unsigned seen = 0; /* the wake-ups before this look are covered by it */
    while (bell_wait(&j->bell, &seen, 0)) {
        if (!work_off(j) && !bell_wait(&j->bell, &seen, j->config.poll_ms))
            break;
    }
    return NULL;
}

static void set_config(struct jobs *j, const struct jobs_config *config)
{
    j->config = *config;
    j->config.workers = config->workers > 0 ? config->workers : 2;
    j->config.poll_ms = config->poll_ms > 0 ? config->poll_ms : 2000;
    j->config.retry_ms = config->retry_ms > 0 ? config->retry_ms : 2000;
    for (int i = 0; i < config->handler_count; i++) {
        enum job job = config->handlers[i].job;
        if (!j->run[job])
            j->names[j->name_count++] = str_of(job_rows[job].name);
        j->run[job] = config->handlers[i].run;
    }
}

static bool start_threads(struct jobs *j, struct err *e)
{
    j->threads = mem_zalloc(sizeof *j->threads * (size_t)(j->config.workers + 1));
    j->active = mem_zalloc(sizeof *j->active * (size_t)j->config.workers);
    for (int i = 0; i <= j->config.workers; i++) {
        bool keeper = i == j->config.workers;
        if (pthread_create(&j->threads[i], NULL, keeper ? keeper_thread : worker_thread, j) != 0)
            return err_set(e, ERR_INTERNAL, "jobs: out of threads");
        j->thread_count++;
    }
    return true;
}

struct jobs *jobs_new(const struct jobs_config *config, struct err *e)
{
    struct jobs *j = mem_zalloc(sizeof *j);
    bell_init(&j->bell);
    set_config(j, config);
    bool ok = background_name(j->node, e);
    if (ok && config->url)
        ok = (j->listener = db_listen(config->url, "isocentre_jobs", tell, j, e)) != NULL;
    if (ok && start_threads(j, e))
        return j;
    jobs_free(j);
    return NULL;
}

void jobs_free(struct jobs *j)
{
    if (!j)
        return;
    bell_stop(&j->bell);
    for (int i = 0; i < j->thread_count; i++)
        pthread_join(j->threads[i], NULL);
    db_listener_free(j->listener);
    bell_release(&j->bell);
    mem_free(j->threads);
    mem_free(j->active);
    mem_free(j);
}
