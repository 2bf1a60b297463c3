#include "domain/stale.h"

#include "domain/order.h"
#include "schema/queries.h"

static struct str before(struct domain *d, int days)
{
    struct clock_date date;
    clock_site_date(clock_now() - (clock_us)days * 24 * 3600 * 1000000, &date);
    return arena_printf(d->arena, "%04d%02d%02d%02d%02d%02d", date.year, date.month, date.day, date.hour, date.minute,
                        date.second);
}

bool stale_hold(struct domain *d, int days, struct stale_step **ret_steps, size_t *ret_count, struct err *e)
{
    struct db_args args = db_args(d->arena);
    const char *why =
        arena_printf(d->arena, "not begun %d days after its time: on hold by rule worklist.stale_days", days).p;
    db_text(&args, before(d, days));
    db_int(&args, STALE_MAX);
    const struct db_rows *rows = db_run(d->db, &Q_stale_steps, &args, e);
    size_t n = rows ? (size_t)db_count(rows) : 0;
    int64_t *rid = ARENA_ARRAY(d->arena, int64_t, n + 1);
    *ret_steps = ARENA_ARRAY(d->arena, struct stale_step, n + 1);
    *ret_count = n;
    for (size_t i = 0; i < n; i++) {
        rid[i] = db_get_int(rows, (int)i, 0);
        (*ret_steps)[i] = (struct stale_step){.task = arena_str(d->arena, db_get(rows, (int)i, 1)),
                                              .patient = arena_str(d->arena, db_get(rows, (int)i, 2)),
                                              .accession = arena_str(d->arena, db_get(rows, (int)i, 3)),
                                              .study_uid = arena_str(d->arena, db_get(rows, (int)i, 4))};
    }
    for (size_t i = 0; i < n; i++)
        if (!step_move(d, rid[i], STR("HELD"), why, e))
            return err_wrap(e, "hold '%.*s'", STR_ARG((*ret_steps)[i].task));
    return rows != NULL;
}
