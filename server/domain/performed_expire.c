/* A performed step whose end never came: a rule of the house ends it, and says so. */
#include "domain/performed_priv.h"

#include "schema/queries.h"

static bool note(struct domain *d, struct record_doc *doc, struct str text, struct err *e)
{
    int n = 0;
    const struct fhir_node *list = fhir_member(doc->node, "note");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next)
        n++;
    return fhir_set(d->arena, doc->node, arena_printf(d->arena, "note[%d].text", n).p, text, e);
}

static bool end_one(struct domain *d, int64_t rid, struct str status, struct str why,
                    struct performed_result *ret_result, struct err *e)
{
    struct record_doc doc;
    struct db_args args = db_args(d->arena);
    bool done = str_is(status, "COMPLETED");
    if (!record_get_rid(d->db, d->arena, rid, RECORD_UPDATE, &doc, e) || !record_parse(d->arena, &doc, e) ||
        !fhir_set(d->arena, doc.node, "status", done ? STR("completed") : STR("stopped"), e) ||
        !fhir_set(d->arena, doc.node, "statusReason.text", why, e) || !note(d, &doc, why, e))
        return false;
    db_int(&args, rid);
    db_text(&args, status);
    return record_put(d->db, d->arena, &doc, e) && db_send(d->db, &Q_performed_end, &args, e) &&
           performed_end(d, rid, ret_result, e);
}

bool performed_expire(struct domain *d, int hours, struct performed_result **ret_results, size_t *ret_count,
                      struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, (int64_t)hours * 3600);
    db_int(&args, PERFORMED_EXPIRE_MAX);
    const struct db_rows *r = db_run(d->db, &Q_performed_silent, &args, e);
    size_t n = r ? (size_t)db_count(r) : 0;
    int64_t *rid = ARENA_ARRAY(d->arena, int64_t, n + 1);
    bool *images = ARENA_ARRAY(d->arena, bool, n + 1);
    *ret_results = ARENA_ARRAY(d->arena, struct performed_result, n + 1);
    *ret_count = n;
    for (size_t i = 0; i < n; i++) {
        rid[i] = db_get_int(r, (int)i, 0);
        images[i] = db_get_bool(r, (int)i, 1);
    }
    for (size_t i = 0; i < n; i++) {
        struct str why =
            arena_printf(d->arena, "nothing came for %d hours, images did%s: ended by rule mpps.timeout_hours", hours,
                         images[i] ? "" : " not");
        if (!end_one(d, rid[i], images[i] ? STR("COMPLETED") : STR("DISCONTINUED"), why, &(*ret_results)[i], e))
            return err_wrap(e, "end a performed step");
    }
    return r != NULL;
}
