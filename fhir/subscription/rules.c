/* What writing and deleting a Subscription does. */
#include "fhir/subscription/subscription_priv.h"

#include "schema/queries.h"

/* A header that comes back as it was shown keeps the value it had. */
static void keep_secrets(struct subscription *s, const struct subscription *old)
{
    for (size_t i = 0; i < s->header_count; i++) {
        size_t colon = str_find(s->headers[i], ':');
        if (!str_is(str_trim(str_sub(s->headers[i], colon + 1, s->headers[i].n)), HIDDEN))
            continue;
        for (size_t k = 0; k < old->header_count; k++)
            if (str_eq(str_sub(old->headers[k], 0, str_find(old->headers[k], ':')), str_sub(s->headers[i], 0, colon)))
                s->headers[i] = old->headers[k];
    }
}

/* The document that everybody may read has the headers' names only. */
static bool hide_secrets(struct arena *a, struct fhir_node *node, const struct subscription *s, struct err *e)
{
    for (size_t i = 0; i < s->header_count; i++) {
        struct str name = str_sub(s->headers[i], 0, str_find(s->headers[i], ':'));
        if (!fhir_set(a, node, arena_printf(a, "channel.header[%zu]", i).p,
                      arena_printf(a, "%.*s: " HIDDEN, STR_ARG(name)), e))
            return false;
    }
    return true;
}

static bool take_over(struct domain *d, const struct subscription *s, struct err *e)
{
    struct str types[8], rest = s->type, one;
    size_t n = 0;
    const struct topic *t = s->topic.n ? topic_find(s->topic) : NULL;
    if (str_is(s->status, "off"))
        return outbox_close(d->db, d->arena, s->rid, e);
    if (t)
        rest = str_of(t->listens);
    while (n < 8 && str_next(&rest, ',', &one))
        types[n++] = one;
    struct outbox_receiver receiver = {s->rid, deliver_kind.name, types, n};
    return outbox_open(d->db, d->arena, &receiver, e);
}

static bool before(void *ctx, struct domain *d, struct record_doc *doc, struct err *e)
{
    struct subscription s, old;
    bool known;
    (void)ctx;
    struct op op = service_op(d->arena, d->db, d->access);
    if (!auth_authorise(d->who, PERM_FHIR_SUBSCRIBE, e) || !document_read(&op, doc->node, &s, e) ||
        !subscription_get(d->db, d->arena, doc->rid, &old, &known, e))
        return false;
    s.rid = doc->rid;
    s.id = doc->id;
    s.access = d->access;
    s.creator = arena_str(d->arena, str_of(d->who->name));
    if (known)
        keep_secrets(&s, &old);
    return fhir_set(d->arena, doc->node, "status", s.status, e) && fhir_set(d->arena, doc->node, "error", STR(""), e) &&
           hide_secrets(d->arena, doc->node, &s, e) && subscription_put(d->db, d->arena, &s, e) && take_over(d, &s, e);
}

static bool deleted(void *ctx, struct domain *d, struct record_doc *doc, struct err *e)
{
    struct db_args args = db_args(d->arena);
    (void)ctx;
    if (!auth_authorise(d->who, PERM_FHIR_SUBSCRIBE, e))
        return false;
    db_int(&args, doc->rid);
    return db_send(d->db, &Q_subscription_forget, &args, e) && db_send(d->db, &Q_outbox_forget, &args, e) &&
           db_send(d->db, &Q_outbox_tell, NULL, e);
}

const struct domain_rules subscription_rules = {"Subscription", before, deleted, NULL};
