#include "app/jobs.h"

#include <inttypes.h>

#include "base/log.h"
#include "domain/link.h"
#include "domain/performed.h"
#include "domain/reindex.h"
#include "domain/stale.h"
#include "domain/workitem.h"
#include "fhir/rest/rest.h"
#include "hl7/explain/explain.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

enum { ORPHAN_SECONDS = 3600, REINDEX_RUN_MS = 3000, BORROW_MS = 10000 };

struct known_row {
    struct db *db;
    struct arena arena;
};

static bool file_known(void *ctx, const char *name, bool *ret_known, struct err *e)
{
    struct known_row *k = ctx;
    arena_reset(&k->arena);
    struct db_args args = db_args(&k->arena);
    db_text(&args, str_of(name));
    const struct db_rows *rows = db_run(k->db, &Q_instance_file_known, &args, e);
    if (rows)
        *ret_known = db_count(rows) > 0;
    return rows != NULL;
}

/* A crash between a file's sync and its row's commit leaves a file that nothing names. */
static bool files_sweep_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    struct known_row k = {.db = db};
    int removed = 0;
    (void)payload;
    arena_init(&k.arena);
    bool ok = files_sweep(h->files, ORPHAN_SECONDS, file_known, &k, &removed, e);
    arena_release(&k.arena);
    return ok;
}

static bool report_relink_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    struct principal who = auth_system();
    struct arena arena;
    (void)payload;
    arena_init(&arena);
    struct domain d = {.arena = &arena, .db = db, .department = STR(""), .who = &who, .policy = &h->policy};
    bool ok = link_waiting_reports(&d, e);
    arena_release(&arena);
    return ok;
}

/* Each step that a rule holds or ends leaves its event in the same commit. */
static bool tell_stale(struct db *db, const struct principal *who, const char *job, const struct stale_step *s,
                       struct err *e)
{
    const struct audit_event ev = {.kind = AUDIT_STEP_EXPIRE,
                                   .who = who,
                                   .door = "job",
                                   .request = str_of(job),
                                   .object_type = STR("Order"),
                                   .object_id = s->task,
                                   .patient = s->patient,
                                   .study_uid = s->study_uid,
                                   .accession = s->accession};
    return audit_write(db, &ev, e);
}

static bool stale_steps_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    struct principal who = auth_system();
    struct stale_step *steps;
    struct arena arena;
    size_t n = 0;
    (void)payload;
    if (!h->config->worklist_stale_days)
        return true;
    arena_init(&arena);
    struct domain d = {.arena = &arena, .db = db, .department = STR(""), .who = &who, .policy = &h->policy};
    bool ok = stale_hold(&d, h->config->worklist_stale_days, &steps, &n, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = tell_stale(db, &who, "STALE_STEPS", &steps[i], e);
    arena_release(&arena);
    return ok;
}

static bool performed_timeout_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    struct principal who = auth_system();
    struct performed_result *ended;
    struct arena arena;
    size_t n = 0;
    (void)payload;
    if (!h->config->mpps_timeout_hours)
        return true;
    arena_init(&arena);
    struct domain d = {.arena = &arena, .db = db, .department = STR(""), .who = &who, .policy = &h->policy};
    bool ok = performed_expire(&d, h->config->mpps_timeout_hours, &ended, &n, e);
    for (size_t i = 0; ok && i < n; i++) {
        const struct stale_step s = {ended[i].procedure, ended[i].patient, ended[i].accession, ended[i].study_uid};
        ok = tell_stale(db, &who, "PERFORMED_TIMEOUT", &s, e);
    }
    arena_release(&arena);
    return ok;
}

static bool workitem_forget_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    const struct house *h = ctx;
    struct principal who = auth_system();
    struct arena arena;
    size_t n = 0;
    (void)payload;
    arena_init(&arena);
    struct domain d = {.arena = &arena, .db = db, .department = STR(""), .who = &who, .policy = &h->policy};
    bool ok = workitem_forget(&d, h->config->workitem_keep_hours, &n, e);
    if (ok && n)
        log_info("workitem", "%zu workitems that ended left the list by rule workitem.keep_hours", n);
    arena_release(&arena);
    return ok;
}

static bool session_sweep_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    struct arena arena;
    (void)payload;
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_int(&args, h->config->auth_session_idle_seconds);
    bool ok = db_run(db, &Q_session_sweep, &args, e) != NULL;
    arena_release(&arena);
    return ok;
}

static bool export_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    return fhir_export_run(h->gate, db, payload, e);
}

static bool async_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    return fhir_async_run(h->gate, db, payload, e);
}

static bool dicom_get_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    const struct house *h = ctx;
    const struct dicom_server_config d = {.gate = h->gate,
                                          .ae_title = h->config->dicom_aet,
                                          .private_classes = h->config->dicom_private_classes,
                                          .duplicates = (enum study_duplicates)h->config->dicom_duplicates};
    return dicom_get_run(&d, db, payload, e);
}

static bool message_replay_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    return explain_replay_run(h->gate, db, payload, e);
}

static bool message_words_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    (void)ctx;
    (void)payload;
    return explain_words_run(db, e);
}

static struct explain_care care_of(const struct house *h)
{
    const struct config *c = h->config;
    return (struct explain_care){
        .keep_days = {c->hl7_keep_accepted_days, c->hl7_keep_refused_days, c->hl7_keep_settled_days},
        .alert_dead = c->hl7_alert_dead_letters,
        .alert_age = c->hl7_alert_age_seconds};
}

static bool message_watch_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    const struct explain_care care = care_of(ctx);
    (void)payload;
    return explain_watch_run(db, &care, e);
}

static bool message_retention_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    const struct explain_care care = care_of(ctx);
    (void)payload;
    return explain_retention_run(db, &care, e);
}

static bool hl7_ack_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    (void)ctx;
    return hl7_ack_return(db, payload, e);
}

static struct dicom_commit_config commit_config(const struct house *h)
{
    return (struct dicom_commit_config){h->gate, h->config->dicom_aet,
                                        (int64_t)h->config->dicom_verify_mb_per_second * 1000000};
}

static bool commitment_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    const struct dicom_commit_config c = commit_config(ctx);
    return dicom_commit_run(&c, db, payload, e);
}

static bool commitment_ask_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    const struct dicom_commit_config c = commit_config(ctx);
    return dicom_commit_ask(&c, db, payload, e);
}

/* Their files go with the next sweep of files. */
static bool export_sweep_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct arena arena;
    (void)ctx;
    (void)payload;
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    bool ok = db_run(db, &Q_export_sweep, &args, e) && db_run(db, &Q_async_sweep, &args, e);
    arena_release(&arena);
    return ok;
}

/* One batch, in a transaction of its own. */
static bool reindex_once(struct house *h, struct db *db, struct reindex *ret_progress, struct err *e)
{
    struct principal who = auth_system();
    struct arena arena;
    arena_init(&arena);
    struct domain d = {.arena = &arena, .db = db, .department = STR(""), .who = &who, .policy = &h->policy};
    bool ok = db_begin(db, DB_WRITE, e) && reindex_batch(&d, ret_progress, e) && db_commit(db, e);
    arena_release(&arena);
    return ok;
}

static void tell_progress(const struct reindex *p)
{
    metrics_set(METRIC_REINDEX_LEFT, NULL, p->finished ? 0 : p->total - p->seen);
    log_info("reindex", "%s %s: %" PRId64 " of %" PRId64 " documents%s", p->kind, p->type[0] ? p->type : "of all types",
             p->seen, p->total, p->finished ? ", done" : "");
}

/* A stop of the server waits for a run: so it is short, and puts the next one. */
static bool reindex_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct house *h = ctx;
    struct reindex progress = {.found = true}, last = {.found = false};
    struct timespec end = clock_in(REINDEX_RUN_MS), now;
    (void)payload;
    do {
        if (!reindex_once(h, db, &progress, e))
            return false;
        if (progress.found)
            last = progress;
        if (progress.found && progress.finished)
            tell_progress(&progress);
        if (progress.found && progress.waiting)
            nanosleep(&(struct timespec){.tv_nsec = 200 * 1000 * 1000}, NULL);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (progress.found && now.tv_sec < end.tv_sec);
    if (!progress.found)
        return true;
    if (!last.finished)
        tell_progress(&last);
    return db_begin(db, DB_WRITE, e) && jobs_put_once(db, JOB_REINDEX, e) && db_commit(db, e);
}

/* Index rows of an older release are made anew; what an earlier run left is gone on with. */
static bool reindex_begin(struct house *h, struct err *e)
{
    bool pending = false;
    struct arena arena;
    arena_init(&arena);
    struct db *db = db_borrow(h->pool, BORROW_MS, e);
    bool ok = db && db_begin(db, DB_WRITE, e) && reindex_start(db, &arena, &pending, e) &&
              (!pending || jobs_put_once(db, JOB_REINDEX, e)) && db_commit(db, e);
    db_return(db);
    arena_release(&arena);
    return ok;
}

bool app_jobs_open(struct house *h, struct err *e)
{
    static const struct jobs_handler handlers[] = {{JOB_FILES_SWEEP, files_sweep_job},
                                                   {JOB_REPORT_RELINK, report_relink_job},
                                                   {JOB_STALE_STEPS, stale_steps_job},
                                                   {JOB_PERFORMED_TIMEOUT, performed_timeout_job},
                                                   {JOB_WORKITEM_FORGET, workitem_forget_job},
                                                   {JOB_SESSION_SWEEP, session_sweep_job},
                                                   {JOB_EXPORT, export_job},
                                                   {JOB_ASYNC, async_job},
                                                   {JOB_DICOM_GET, dicom_get_job},
                                                   {JOB_MESSAGE_REPLAY, message_replay_job},
                                                   {JOB_MESSAGE_WORDS, message_words_job},
                                                   {JOB_MESSAGE_WATCH, message_watch_job},
                                                   {JOB_MESSAGE_RETENTION, message_retention_job},
                                                   {JOB_HL7_ACK, hl7_ack_job},
                                                   {JOB_COMMITMENT, commitment_job},
                                                   {JOB_COMMITMENT_ASK, commitment_ask_job},
                                                   {JOB_REINDEX, reindex_job},
                                                   {JOB_EXPORT_SWEEP, export_sweep_job}};
    struct jobs_config c = {.pool = h->pool,
                            .url = h->config->database_url,
                            .handlers = handlers,
                            .handler_count = sizeof handlers / sizeof handlers[0],
                            .ctx = h};
    h->jobs = jobs_new(&c, e);
    return h->jobs && reindex_begin(h, e);
}
