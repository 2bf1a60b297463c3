#include "domain/link_also.h"

#include "schema/queries.h"

bool link_also_put(struct domain *d, int64_t report, const struct report_also *also, size_t n, struct err *e)
{
    struct db_args clear = db_args(d->arena);
    db_int(&clear, report);
    if (!db_send(d->db, &Q_report_also_clear, &clear, e))
        return false;
    for (size_t i = 0; i < n && i < LINK_ALSO_MAX; i++) {
        struct db_args args = db_args(d->arena);
        const struct str key[] = {also[i].accession, also[i].accession_issuer, also[i].filler, also[i].placer};
        db_int(&args, report);
        db_int(&args, (int64_t)i);
        for (size_t k = 0; k < 4; k++)
            db_text(&args, key[k].n ? key[k] : STR(""));
        if (!db_send(d->db, &Q_report_also_put, &args, e))
            return false;
    }
    return true;
}

struct also { /* a row */
    int64_t place;
    struct str key[4]; /* accession, its issuer, filler, placer */
};

struct outcome {
    const char *state;
    struct str rung;
    int64_t order;
};

static bool put_state(struct domain *d, int64_t report, const struct also *x, const struct outcome *o, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, report);
    db_int(&args, x->place);
    db_text(&args, str_of(o->state));
    db_text(&args, o->rung.p ? o->rung : STR(""));
    db_int(&args, o->order);
    return db_send(d->db, &Q_report_also_state, &args, e);
}

static bool climb(struct domain *d, const struct also *x, int64_t patient, const struct db_rows **ret_rows,
                  struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, STR(""));
    for (size_t k = 0; k < 4; k++)
        db_text(&args, x->key[k]);
    db_text(&args, STR(""));
    db_int(&args, patient);
    *ret_rows = db_run(d->db, &Q_report_ladder, &args, e);
    return *ret_rows != NULL;
}

/* The best rung with a hit decides, as for the report's first order. */
static bool link_one(struct domain *d, int64_t report, const struct also *x, int64_t patient,
                     struct link_also_hit *ret_hit, struct err *e)
{
    const struct db_rows *r;
    struct str rung = STR_NONE;
    const char *state = "waiting";
    *ret_hit = (struct link_also_hit){0, STR_NONE};
    if (!climb(d, x, patient, &r, e))
        return false;
    for (int i = 0; i < db_count(r) && !ret_hit->order && (!i || str_eq(db_get(r, i, 1), rung)); i++) {
        if (!i)
            rung = arena_str(d->arena, db_get(r, i, 1));
        state = "held";
        if (db_get_int(r, i, 3) != patient || !patient)
            continue;
        *ret_hit = (struct link_also_hit){db_get_int(r, i, 2), arena_str(d->arena, db_get(r, i, 4))};
        state = "linked";
    }
    const struct outcome o = {state, rung, ret_hit->order};
    return put_state(d, report, x, &o, e);
}

bool link_also_climb(struct domain *d, int64_t report, int64_t patient, struct link_also_hit ret_hits[LINK_ALSO_MAX],
                     size_t *ret_count, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, report);
    const struct db_rows *r = db_run(d->db, &Q_report_also_list, &args, e);
    size_t n = r ? (size_t)db_count(r) : 0;
    struct also *all = ARENA_ARRAY(d->arena, struct also, n + 1);
    *ret_count = 0;
    for (size_t i = 0; i < n; i++) {
        all[i].place = db_get_int(r, (int)i, 0);
        for (int k = 0; k < 4; k++)
            all[i].key[k] = arena_str(d->arena, db_get(r, (int)i, k + 1));
    }
    for (size_t i = 0; i < n && i < LINK_ALSO_MAX; i++) {
        if (!link_one(d, report, &all[i], patient, &ret_hits[*ret_count], e))
            return false;
        *ret_count += ret_hits[*ret_count].order != 0;
    }
    return r != NULL;
}
