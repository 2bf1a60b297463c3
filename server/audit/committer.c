/* Group commit of the events of reads: everything that waits goes into one INSERT and one commit. The committer keeps a
 * connection for itself: callers wait here while they hold theirs, and a committer that had to queue for one could
 * wait for ever. */
#include "audit/audit_priv.h"

#include <errno.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

enum { BORROW_MS = 1000 };

/* A lone caller is served at once; where there was company it will soon be there again, and a commit for twice as
 * many costs little more. */
static void wait_for_company(struct audit *a)
{
    struct timespec until = clock_in(a->config.batch_ms);
    a->wake_at = a->company;
    while (a->count < a->company && !a->stopping)
        if (pthread_cond_timedwait(&a->work, &a->lock, &until) == ETIMEDOUT)
            break;
}

static void wait_for_work(struct audit *a)
{
    a->wake_at = 1;
    while (!a->first && !a->stopping)
        pthread_cond_wait(&a->work, &a->lock);
    if (a->company > 1)
        wait_for_company(a);
    a->wake_at = 0;
}

/* Up to BATCH_MAX waiting callers as a list; NULL at the end. */
static struct waiting *take(struct audit *a)
{
    size_t n = 1;
    pthread_mutex_lock(&a->lock);
    wait_for_work(a);
    struct waiting *batch = a->first, *end = batch;
    for (; end && end->next && n < BATCH_MAX; n++)
        end = end->next;
    if (end) {
        a->first = end->next;
        end->next = NULL;
        a->count -= n;
        a->company = n;
    }
    if (!a->first)
        a->last = &a->first;
    pthread_mutex_unlock(&a->lock);
    return batch;
}

static void tell(struct waiting *w)
{
    if (w->ok)
        metrics_add(METRIC_AUDIT_EVENTS, w->kind, 1);
    else
        err_wrap(&w->why, "audit");
    w->later(w->ctx, w->ok ? NULL : &w->why);
}

static void answer(struct audit *a, struct waiting *batch)
{
    struct waiting *later = NULL, **end = &later;
    pthread_mutex_lock(&a->lock);
    for (struct waiting *w = batch, *next; w; w = next) {
        next = w->next; /* the caller's stack is gone once it wakes */
        w->next = NULL;
        w->done = true;
        if (w->later) {
            *end = w;
            end = &w->next;
        } else {
            pthread_cond_signal(&w->answered);
        }
    }
    pthread_mutex_unlock(&a->lock);
    for (struct waiting *next; later; later = next) {
        next = later->next; /* and the arena once it is told */
        tell(later);
    }
}

static bool insert(struct db *db, const struct waiting *batch, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    size_t n = 0;
    for (const struct waiting *w = batch; w; w = w->next)
        n++;
    arena_init(&arena);
    const struct audit_row **rows = ARENA_ARRAY(&arena, const struct audit_row *, n);
    n = 0;
    for (const struct waiting *w = batch; w; w = w->next)
        rows[n++] = w->row;
    struct db_args args = db_args(&arena);
    audit_rows_args(&args, rows, n);
    if (failpoint("audit.commit"))
        return err_set(e, ERR_UNAVAILABLE, "failpoint audit.commit");
    return db_begin(db, DB_WRITE, e) && db_send(db, &Q_audit_event_put_all, &args, e) && db_commit(db, e);
}

static bool try_once(struct audit *a, struct db **db, const struct waiting *batch, struct err *e)
{
    if (!*db && !(*db = db_borrow(a->config.pool, BORROW_MS, e)))
        return false;
    if (insert(*db, batch, e))
        return true;
    db_return(*db); /* it may be lost; the next try borrows one that works */
    *db = NULL;
    return false;
}

/* A lost connection is tried once more: after a restart of PostgreSQL reads go on. In the worst case an event
 * is recorded twice, which is better than an act without one. */
static bool commit(struct audit *a, struct db **db, const struct waiting *batch, struct err *e)
{
    bool had = *db != NULL;
    return try_once(a, db, batch, e) || (had && e->code == ERR_UNAVAILABLE && try_once(a, db, batch, e));
}

static void settle(struct waiting *w, bool ok, const struct err *why)
{
    w->ok = ok;
    if (!ok)
        w->why = *why;
}

/* One event that PostgreSQL does not take must not fail the others. */
static void commit_singly(struct audit *a, struct db **db, struct waiting *batch)
{
    for (struct waiting *w = batch; w; w = w->next) {
        struct err why = {0};
        struct waiting alone = *w;
        alone.next = NULL;
        bool ok = commit(a, db, &alone, &why);
        settle(w, ok, &why);
    }
}

static void commit_batch(struct audit *a, struct db **db, struct waiting *batch)
{
    struct err why = {0};
    bool ok = commit(a, db, batch, &why);
    if (!ok)
        log_err("audit", &why);
    if (!ok && batch->next && why.code != ERR_UNAVAILABLE) {
        commit_singly(a, db, batch);
        return;
    }
    for (struct waiting *w = batch; w; w = w->next)
        settle(w, ok, &why);
}

void *committer_main(void *audit)
{
    struct audit *a = audit;
    struct db *db = NULL;
    struct waiting *batch;
    while ((batch = take(a)) != NULL) {
        commit_batch(a, &db, batch);
        answer(a, batch);
    }
    db_return(db);
    return NULL;
}

/* Under the lock. */
static bool enter(struct audit *a, struct waiting *w, struct err *e)
{
    if (a->stopping)
        return err_set(e, ERR_UNAVAILABLE, "the server is stopping");
    *a->last = w;
    a->last = &w->next;
    if (++a->count == a->wake_at)
        pthread_cond_signal(&a->work);
    return true;
}

bool audit_commit(struct audit *a, const struct audit_event *ev, struct err *e)
{
    struct audit_row row;
    struct waiting w = {.row = &row};
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    if (!audit_row_make(ev, &arena, &row, e))
        return false;
    pthread_cond_init(&w.answered, NULL);
    pthread_mutex_lock(&a->lock);
    if (enter(a, &w, &w.why))
        while (!w.done)
            pthread_cond_wait(&w.answered, &a->lock);
    pthread_mutex_unlock(&a->lock);
    pthread_cond_destroy(&w.answered);
    if (w.ok)
        metrics_add(METRIC_AUDIT_EVENTS, audit_kind_name(ev->kind), 1);
    else if (e)
        *e = w.why;
    return w.ok ? true : err_wrap(e, "audit");
}

bool audit_commit_later(struct audit *a, const struct audit_event *ev, struct arena *arena, audit_done done, void *ctx,
                        struct err *e)
{
    struct waiting *w = ARENA_NEW(arena, struct waiting);
    struct audit_row *row = ARENA_NEW(arena, struct audit_row);
    *w = (struct waiting){.row = row, .later = done, .ctx = ctx, .kind = audit_kind_name(ev->kind)};
    if (!audit_row_make(ev, arena, row, e))
        return false;
    for (int i = 0; i < COLUMNS; i++) /* the caller's texts may be gone by then */
        row->text[i] = row->text[i].n ? arena_str(arena, row->text[i]) : row->text[i];
    pthread_mutex_lock(&a->lock);
    bool ok = enter(a, w, e);
    pthread_mutex_unlock(&a->lock);
    return ok ? true : err_wrap(e, "audit");
}
