/* A search ends in time: its statements have a time-out of their own, and who asked is told what to change. */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

enum { UNHURRIED = 20 }; /* times longer for what is answered later */

bool patience_start(struct op *op, struct err *e)
{
    struct db_args args = db_args(op->arena);
    int ms = gate_policy(op->gate)->search_timeout_ms;
    if (!ms)
        return true;
    ms *= op->unhurried ? UNHURRIED : 1;
    db_text(&args, arena_printf(op->arena, "%d", ms));
    return db_send(op->db, &Q_search_patience, &args, e);
}

bool patience_told(struct op *op, const char *what, const char *advice, struct err *e)
{
    if (e->code != ERR_TIMEOUT)
        return false;
    err_clear(e);
    return err_set(e, ERR_TOO_SLOW, "%s took longer than %d ms: %s", what, gate_policy(op->gate)->search_timeout_ms,
                   advice);
}

bool patience_over(struct op *op, const struct query *q, struct err *e)
{
    struct str names = STR("");
    if (e->code != ERR_TIMEOUT)
        return false;
    for (size_t i = 0; i < q->filters && names.n < 200; i++)
        names = arena_printf(op->arena, "%.*s%s%.*s", STR_ARG(names), names.n ? ", " : "",
                             STR_ARG(str_utf8_clip(q->filter[i].name, 60)));
    err_clear(e);
    return err_set(e, ERR_TOO_SLOW,
                   "the search by %.*s took longer than %d ms: add a parameter that few resources match (identifier, "
                   "patient, a date range), leave out _sort and _total, or try again later",
                   STR_ARG(names.n ? names : STR("nothing")), gate_policy(op->gate)->search_timeout_ms);
}
