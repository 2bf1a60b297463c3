/* A transaction: all of its entries or none, in the order DELETE, POST with PUT, PATCH, GET (http.html#trules). Before
 * anything is created or changed it is known what every entry will be, so that references can lead there; whether they
 * all lead somewhere is looked at when everything is written. POST and PUT go in one phase, what is referred to first:
 * since no two entries write one document nobody can tell, and the rules of the workflow find an order before its step
 * and its report. */
#include "fhir/rest/batch_priv.h"

struct transaction {
    struct batch *b;
    struct op *op;
    struct audit_event clean; /* an event of which only the act is missing */
    struct links *links;
    size_t answered; /* bytes of answers so far */
};

static bool writes_document(const struct entry *x)
{
    return (x->kind == ENTRY_CREATE && !x->write.existing) || x->kind == ENTRY_UPDATE;
}

/* ---- one entry ---- */

/* All that an entry's own check found is the transaction's answer, told of the bundle. */
static void pass_on(struct transaction *t, struct entry *x, struct err *e)
{
    struct buf out CLEANUP(buf_release);
    struct str rest = buf_view(&x->response.body);
    struct str mark = arena_printf(t->op->arena, "\"expression\":[\"%.*s", STR_ARG(x->write.type));
    buf_init(&out, ANSWER_MAX);
    for (size_t i = 0; i < rest.n; i++) {
        if (!str_eq(str_sub(rest, i, mark.n), mark)) {
            buf_putc(&out, rest.p[i]);
            continue;
        }
        buf_printf(&out, "\"expression\":[\"Bundle.entry[%zu].resource", x->number);
        i += mark.n - 1;
    }
    if (buf_ok(&out, e))
        gate_http_body(t->b->h, x->response.status, negotiate_media_type(FORMAT_JSON), buf_view(&out));
}

static bool blame(struct transaction *t, struct entry *x, struct err *e)
{
    if (x->response.status >= 400 && x->response.body.n)
        pass_on(t, x, e);
    return entry_blame(x, e);
}

static bool run(struct transaction *t, struct entry *x, struct err *e)
{
    x->event = t->clean;
    x->event.kind = x->act.audit;
    x->event.request = str_of(x->act.request);
    t->op->event = &x->event;
    if (!entry_run(t->op, x, e))
        return blame(t, x, e);
    t->answered += x->response.body.n;
    if (t->answered > TRANSACTION_ANSWERS_MAX) {
        err_set(e, ERR_TOO_COSTLY, "the answers of the transaction are longer than %d bytes together",
                TRANSACTION_ANSWERS_MAX);
        return entry_blame(x, e);
    }
    if (x->event.kind != AUDIT_NONE)
        gate_event_keep(t->op, &x->event);
    return true;
}

static bool start(struct transaction *t, struct err *e)
{
    for (size_t i = 0; i < t->b->n; i++) {
        struct entry *x = &t->b->entry[i];
        if ((!x->act.public_ && !auth_authorise(t->op->who, x->act.permission, e)) || !entry_start(t->op, x, e))
            return entry_blame(x, e);
        /* of several documents one entry deletes, each is looked at when it goes */
        x->write.later = x->kind == ENTRY_DELETE ? !x->write.criteria.p : x->kind != ENTRY_PATCH;
    }
    return true;
}

/* ---- DELETE ---- */

/* What stands on others goes before them. */
static int rank(const struct entry *x)
{
    return str_is(x->write.type, "Patient")          ? 3
           : str_is(x->write.type, "ServiceRequest") ? 2
           : str_is(x->write.type, "ImagingStudy")   ? 1
                                                     : 0;
}

static bool run_deletes(struct transaction *t, struct err *e)
{
    for (int r = 0; r <= 3; r++)
        for (size_t i = 0; i < t->b->n; i++) {
            struct entry *x = &t->b->entry[i];
            if (x->kind == ENTRY_DELETE && rank(x) == r && !run(t, x, e))
                return false;
        }
    return true;
}

/* ---- what entries will be ---- */

static void will_be_new(struct transaction *t, struct entry *x)
{
    x->made = record_new(t->op->arena, arena_cstr(t->op->arena, x->write.type));
    x->write.made = x->made;
}

static bool find_existing(struct transaction *t, struct entry *x, struct err *e)
{
    struct matches m;
    struct rest_write *w = &x->write;
    if (!conditional_normal(t->op, w->type, w->criteria, &x->criteria, e) ||
        !conditional_matches(t->op, w->type, w->criteria, 2, &m, e))
        return err_wrap(e, "If-None-Exist");
    if (m.n > 1)
        return err_set(e, ERR_PRECONDITION, "If-None-Exist: several documents match");
    w->criteria = STR_NONE;
    if (m.n)
        w->existing = &m.docs[0];
    return true;
}

/* The document criteria lead to becomes the one addressed; none: a new one, under the id the client wants. */
static bool find_updated(struct transaction *t, struct entry *x, struct err *e)
{
    struct rest_write *w = &x->write;
    struct str own = fhir_text(x->resource, "id"), id;
    if (!conditional_normal(t->op, w->type, w->criteria, &x->criteria, e) ||
        !conditional_id(t->op, w->type, w->criteria, &id, e))
        return false;
    if (own.n)
        return true; /* update_document looks again, under the lock, whether that id may be meant */
    w->criteria = STR_NONE;
    w->id = id;
    if (id.n)
        return fhir_set(t->op->arena, x->resource, "id", id, e);
    will_be_new(t, x);
    return true;
}

static bool identify(struct transaction *t, struct entry *x, struct err *e)
{
    struct rest_write *w = &x->write;
    if (x->kind == ENTRY_CREATE) {
        if (w->criteria.p && !find_existing(t, x, e))
            return false;
        if (!w->existing)
            will_be_new(t, x);
        return true;
    }
    if (x->kind == ENTRY_UPDATE && w->criteria.p)
        return find_updated(t, x, e);
    return x->kind != ENTRY_PATCH || w->id.n || conditional_target(t->op, w->type, w->criteria, &w->id, e);
}

static bool identify_all(struct transaction *t, struct err *e)
{
    for (size_t i = 0; i < t->b->n; i++)
        if (!identify(t, &t->b->entry[i], e))
            return entry_blame(&t->b->entry[i], e);
    return links_start(t->b, t->op, &t->links, e) && links_follow(t->links, e);
}

/* ---- POST, PUT, PATCH, GET ---- */

static bool run_writes(struct transaction *t, struct err *e)
{
    size_t n;
    struct entry **order = links_order(t->links, &n);
    for (size_t i = 0; i < n; i++)
        if (!run(t, order[i], e))
            return false;
    for (size_t i = 0; i < t->b->n; i++) {
        struct entry *x = &t->b->entry[i];
        if ((x->kind == ENTRY_PATCH || (x->kind == ENTRY_OTHER && x->act.tx == GATE_WRITE)) && !run(t, x, e))
            return false;
    }
    return true;
}

static bool run_reads(struct transaction *t, struct err *e)
{
    for (size_t i = 0; i < t->b->n; i++) {
        struct entry *x = &t->b->entry[i];
        if (x->kind == ENTRY_OTHER && x->act.tx != GATE_WRITE && !run(t, x, e))
            return false;
    }
    return true;
}

/* Everything is written: now all references must hold, and nothing may lead to what is gone. */
static bool check_references(struct transaction *t, struct err *e)
{
    struct references r = {.op = t->op};
    size_t bad = 0;
    for (size_t i = 0; i < t->b->n; i++) {
        const struct entry *x = &t->b->entry[i];
        struct str own = arena_printf(t->op->arena, "%.*s/%.*s", STR_ARG(x->write.type), STR_ARG(x->write.doc.id));
        if (writes_document(x) && !references_note(&r, x->write.node, own, i, e))
            return entry_blame(x, e);
    }
    if (!references_check(&r, &bad, e))
        return entry_blame(&t->b->entry[bad], e);
    for (size_t i = 0; i < t->b->n; i++) {
        const struct entry *x = &t->b->entry[i];
        if (x->kind == ENTRY_DELETE && x->write.later && x->write.doc.version &&
            !references_free(t->op, &x->write.doc, e))
            return entry_blame(x, e);
    }
    return true;
}

bool transaction_run(struct op *op, void *ctx, struct err *e)
{
    struct transaction t = {.b = ctx, .op = op, .clean = *op->event};
    struct audit_event *own = op->event;
    own->object_type = STR("Bundle");
    own->count = (int64_t)t.b->n;
    bool ok = start(&t, e) && run_deletes(&t, e) && identify_all(&t, e) && run_writes(&t, e) &&
              check_references(&t, e) && run_reads(&t, e);
    op->event = own;
    return ok;
}
