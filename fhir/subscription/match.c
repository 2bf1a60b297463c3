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

static bool version_of(struct round *r, const struct record_doc *current, int version, struct record_doc *ret_doc,
                       struct err *e)
{
    struct record_key key = {STR_NONE, current->type, current->id, RECORD_READ};
    *ret_doc = *current;
    if (version == current->version)
        return true;
    if (record_get_version(r->db, r->arena, key, version, ret_doc, e))
        return record_parse(r->arena, ret_doc, e);
    if (e->code != ERR_GONE)
        return false;
    err_clear(e); /* deleted between two lives */
    *ret_doc = (struct record_doc){.type = current->type, .id = current->id};
    return true;
}

/* *ret_gone: it is deleted by now, and nothing tells of it. */
static bool read_case(struct round *r, const struct outbox_change *c, struct record_doc *ret_now,
                      struct record_doc *ret_before, bool *ret_gone, struct err *e)
{
    struct record_doc current;
    *ret_before = (struct record_doc){.version = 0};
    if (!record_get_rid(r->db, r->arena, c->rid, RECORD_READ, &current, e))
        return false;
    *ret_gone = current.deleted || c->deleted;
    if (*ret_gone)
        return true;
    if (!record_parse(r->arena, &current, e))
        return false;
    if (!c->last) { /* it made no version: a study that grew came to rest */
        *ret_now = *ret_before = current;
        return true;
    }
    return version_of(r, &current, c->last, ret_now, e) &&
           (c->first < 2 || version_of(r, &current, c->first - 1, ret_before, e));
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
    struct record_doc now, before;
    bool gone;
    if (!read_case(r, c, &now, &before, &gone, e))
        return false;
    if (gone)
        return true;
    struct op op = service_op(r->arena, r->db, STR_NONE);
    struct topic_case x = {.op = &op, .now = &now, .before = &before};
    for (size_t i = 0; i < r->count; i++) {
        const struct subscription *s = &r->subscription[i];
        if (!s->topic.n && str_eq(s->type, c->type) && s->since < c->seq &&
            !tell(r, s, &now, before.version ? "update" : "create", e))
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
