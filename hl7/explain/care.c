/* What is looked after in the background: what waits too long is counted and told, what is old enough goes. */
#include "hl7/explain/explain_priv.h"

#include <stdio.h>

#include "audit/audit.h"
#include "base/log.h"
#include "metrics/metrics.h"
#include "record/record.h"
#include "schema/queries.h"

enum { EMPTY_BATCH = 500, RUN_MS = 3000, KNOWN_DAYS = 31 };

/* ---- alerts ---- */

struct alert {
    const char *name, *text;
    bool on;
};

static bool tell_alert(struct db *db, const struct alert *a, struct err *e)
{
    char detail[200];
    struct principal who = auth_system();
    struct audit_event ev = {.kind = AUDIT_ALERT,
                             .outcome = a->on ? AUDIT_MINOR : AUDIT_SUCCESS,
                             .who = &who,
                             .door = "job",
                             .request = STR("MESSAGE_WATCH"),
                             .object_type = STR("System"),
                             .object_id = str_of(a->name)};
    snprintf(detail, sizeof detail, "%s%s", a->on ? "" : "over: ", a->text);
    ev.detail = str_of(detail);
    log_warning("hl7", "alert %s: %s", a->name, detail);
    return audit_write(db, &ev, e);
}

/* Told when it begins and when it ends, by one node. */
static bool settle_alert(struct db *db, struct arena *arena, const struct alert *a, struct err *e)
{
    struct db_args args = db_args(arena);
    db_text(&args, str_of(a->name));
    const struct db_rows *r = db_run(db, a->on ? &Q_alert_raise : &Q_alert_end, &args, e);
    return r && (!db_count(r) || tell_alert(db, a, e));
}

static bool watch(struct db *db, struct arena *arena, const struct explain_care *care, struct err *e)
{
    struct db_args args = db_args(arena);
    const struct db_rows *r = db_run(db, &Q_message_dead_count, &args, e);
    if (!r)
        return false;
    int64_t n = db_get_int(r, 0, 0), age = db_get_int(r, 0, 1);
    metrics_set(METRIC_HL7_DEAD, NULL, n);
    metrics_set(METRIC_HL7_DEAD_AGE, NULL, age);
    const struct alert alerts[] = {
        {"hl7-dead-letters", "refused messages wait: as many as hl7.alert_dead_letters",
         care->alert_dead && n >= care->alert_dead},
        {"hl7-dead-letter-age", "a refused message waits longer than hl7.alert_age_seconds",
         care->alert_age && age >= care->alert_age},
    };
    for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++)
        if (!settle_alert(db, arena, &alerts[i], e))
            return false;
    return true;
}

bool explain_watch_run(struct db *db, const struct explain_care *care, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    return db_begin(db, DB_WRITE, e) && watch(db, &arena, care, e) && db_commit(db, e);
}

/* ---- ageing out ---- */

/* The id below which a class is old enough; a resent message must be known for a month. */
static int64_t old_enough(int days)
{
    int64_t kept = days && days < KNOWN_DAYS ? KNOWN_DAYS : days;
    return days ? record_rid_at(clock_now() - kept * 86400 * INT64_C(1000000)) : 0;
}

static bool tell_empty(struct db *db, int64_t n, struct err *e)
{
    struct principal who = auth_system();
    struct audit_event ev = {.kind = AUDIT_MESSAGE_CHANGE,
                             .who = &who,
                             .door = "job",
                             .request = STR("MESSAGE_RETENTION"),
                             .object_type = STR("Message"),
                             .detail = STR("bytes aged out"),
                             .count = n};
    return !n || audit_write(db, &ev, e);
}

static bool empty_batch(struct db *db, const struct db_query *q, const struct explain_care *care, int64_t *ret_n,
                        struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    for (int i = 0; i < 3; i++)
        db_int(&args, old_enough(care->keep_days[i]));
    db_int(&args, EMPTY_BATCH);
    if (!db_begin(db, DB_WRITE, e))
        return false;
    const struct db_rows *r = db_run(db, q, &args, e);
    *ret_n = r ? db_get_int(r, 0, 0) : 0;
    if (r && tell_empty(db, *ret_n, e) && db_commit(db, e))
        return true;
    db_rollback(db);
    return false;
}

bool explain_retention_run(struct db *db, const struct explain_care *care, struct err *e)
{
    const struct db_query *const both[] = {&Q_message_empty, &Q_sent_empty}; /* those that came, those that left */
    clock_us end = clock_monotonic() + RUN_MS * 1000;
    if (!care->keep_days[0] && !care->keep_days[1] && !care->keep_days[2])
        return true;
    for (size_t i = 0; i < 2; i++)
        for (int64_t n = EMPTY_BATCH; n == EMPTY_BATCH && clock_monotonic() < end;)
            if (!empty_batch(db, both[i], care, &n, e))
                return false;
    return true;
}
