#include "domain/said.h"

#include "schema/queries.h"

bool said_is_older(struct domain *d, int64_t rid, bool *ret_older, struct err *e)
{
    struct db_args args = db_args(d->arena);
    *ret_older = false;
    if (!d->said)
        return true;
    db_int(&args, rid);
    const struct db_rows *r = db_run(d->db, &Q_said_get, &args, e);
    *ret_older = r && db_count(r) > 0 && db_get_int(r, 0, 0) > d->said;
    if (*ret_older)
        domain_warn(d, "older than what was applied before: kept, not applied");
    return r != NULL;
}

bool said_note(struct domain *d, int64_t rid, struct err *e)
{
    struct db_args args = db_args(d->arena);
    if (!d->said)
        return true;
    db_int(&args, rid);
    db_int(&args, d->said);
    return db_send(d->db, &Q_said_put, &args, e);
}
