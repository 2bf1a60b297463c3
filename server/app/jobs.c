#include "app/jobs.h"

#include "domain/link.h"
#include "fhir/rest/rest.h"
#include "schema/queries.h"

enum { ORPHAN_SECONDS = 3600 };

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
    int tried;
    (void)payload;
    arena_init(&arena);
    struct domain d = {.arena = &arena, .db = db, .department = STR(""), .who = &who, .policy = &h->policy};
    bool ok = link_waiting_reports(&d, &tried, e);
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

/* Their files go with the next sweep of files. */
static bool export_sweep_job(void *ctx, struct db *db, struct str payload, struct err *e)
{
    struct arena arena;
    (void)ctx;
    (void)payload;
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    bool ok = db_run(db, &Q_export_sweep, &args, e) != NULL;
    arena_release(&arena);
    return ok;
}

bool app_jobs_open(struct house *h, struct err *e)
{
    static const struct jobs_handler handlers[] = {{JOB_FILES_SWEEP, files_sweep_job},
                                                   {JOB_REPORT_RELINK, report_relink_job},
                                                   {JOB_SESSION_SWEEP, session_sweep_job},
                                                   {JOB_EXPORT, export_job},
                                                   {JOB_EXPORT_SWEEP, export_sweep_job}};
    struct jobs_config c = {.pool = h->pool,
                            .url = h->config->database_url,
                            .handlers = handlers,
                            .handler_count = sizeof handlers / sizeof handlers[0],
                            .ctx = h};
    h->jobs = jobs_new(&c, e);
    return h->jobs != NULL;
}
