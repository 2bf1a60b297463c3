/* Which subscriptions a change concerns. Runs in the watcher's transaction, after the change was committed. */
#include "fhir/subscription/subscription_priv.h"

#include "fhir/search/search.h"
#include "schema/queries.h"

struct round {
    struct db *db;
    struct arena *arena;
    struct subscription *subscription;
    size_t count;
};

static bool load(struct round *r, struct err *e)
{
    const struct db_rows *rows = db_run(r->db, &Q_subscription_listening, NULL, e);
    if (!rows)
        return false;
    r->count = (size_t)db_count(rows);
    r->subscription = ARENA_ARRAY(r->arena, struct subscription, r->count + 1);
    for (size_t i = 0; i < r->count; i++)
        if (!subscription_read(rows, (int)i, r->arena, &r->subscription[i], e))
            return false;
    return true;
}

/* ---- the change ---- */

static bool read_case(struct round *r, const struct outbox_change *c, struct record_change *ret_change, struct err *e)
{
    return record_change_read(r->db, r->arena, (struct record_span){c->rid, c->first, c->last, c->deleted}, ret_change,
                              e);
}

/* ---- subscriptions ---- */

static bool tell(struct round *r, const struct subscription *s, const struct record_doc *focus, const char *reason,
                 struct err *e)
{
    bool fits = false;
    struct op op = service_op(r->arena, r->db, s->access);
    if (!fhir_search_matches(&op, focus, s->criteria, &fits, e))
        return err_wrap(e, "subscription '%.*s'", STR_ARG(s->id));
    if (!fits)
        return true;
    struct outbox_event event = {
        .reason = str_of(reason), .type = focus->type, .id = focus->id, .version = focus->version};
    return outbox_put(r->db, r->arena, s->rid, &event, e);
}

static bool tell_topic(struct round *r, const struct outbox_change *c, const struct topic *t, struct topic_case *x,
                       struct err *e)
{
    bool asked = false;
    for (size_t i = 0; i < r->count && !asked; i++)
        asked = str_is(r->subscription[i].topic, t->url) && r->subscription[i].since < c->seq;
    x->focus_count = 0;
    if (!asked || !t->trigger(x, e))
        return !asked;
    for (size_t i = 0; i < r->count; i++)
        for (size_t f = 0; f < x->focus_count && str_is(r->subscription[i].topic, t->url); f++)
            if (r->subscription[i].since < c->seq &&
                !tell(r, &r->subscription[i], &x->focus[f], x->before->version ? "update" : "create", e))
                return false;
    return true;
}

static bool listens(const struct topic *t, struct str type)
{
    struct str rest = str_of(t->listens), one;
    while (str_next(&rest, ',', &one))
        if (str_eq(one, type))
            return true;
    return false;
}

static bool look(struct round *r, const struct outbox_change *c, struct err *e)
{
    struct record_change change;
    if (!fhir_is_resource(c->type))
        return true;
    if (!read_case(r, c, &change, e) || change.gone)
        return change.gone;
    struct op op = service_op(r->arena, r->db, STR_NONE);
    struct topic_case x = {.op = &op, .now = &change.now, .before = &change.before};
    for (size_t i = 0; i < r->count; i++) {
        const struct subscription *s = &r->subscription[i];
        if (!s->topic.n && str_eq(s->type, c->type) && s->since < c->seq &&
            !tell(r, s, &change.now, change.before.version ? "update" : "create", e))
            return false;
    }
    for (int i = 0; topic_at(i); i++)
        if (listens(topic_at(i), c->type) && !tell_topic(r, c, topic_at(i), &x, e))
            return false;
    return true;
}

bool match_changes(void *ctx, struct db *db, const struct outbox_change *changes, size_t n, struct err *e)
{
    struct arena keep, each;
    (void)ctx;
    arena_init(&keep);
    arena_init(&each);
    struct round r = {.db = db, .arena = &keep};
    bool ok = load(&r, e);
    r.arena = &each;
    for (size_t i = 0; ok && i < n; i++) {
        ok = look(&r, &changes[i], e) && db_flush(db, e); /* what was queued borrows from the arena */
        arena_reset(&each);
    }
    arena_release(&each);
    arena_release(&keep);
    return ok;
}
