/* POST to the base: a batch, whose entries succeed and fail alone, or a transaction (http.html#transaction). The
 * request itself holds no connection: each entry of a batch, or the transaction as a whole, passes the gate as an act
 * of the same caller. */
#include "fhir/rest/batch_priv.h"

#include <stdlib.h>

/* ---- reading ---- */

/* Objects of the top level's arrays, counted without making a tree: too many entries cost one walk over the text. */
static size_t count_entries(struct str json)
{
    size_t count = 0;
    int depth = 0;
    bool inside = false;
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (inside) {
            i += c == '\\';
            inside = c != '"';
        } else if (c == '"') {
            inside = true;
        } else if (c == '{' || c == '[') {
            depth++;
            count += depth == 3 && c == '{';
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return count;
}

static bool too_many(struct err *e)
{
    err_set(e, ERR_TOO_LARGE, "a bundle has at most %d entries here", BUNDLE_ENTRIES_MAX);
    return err_at(e, "Bundle.entry[%d]", BUNDLE_ENTRIES_MAX);
}

static bool check_type(const struct fhir_node *bundle, struct err *e)
{
    struct str type = fhir_text(bundle, "type");
    if (str_is(type, "transaction") || str_is(type, "batch"))
        return true;
    err_set(e, ERR_INVALID, "the base takes a Bundle of type batch or transaction%s",
            type.n ? ", others are stored by POST to /Bundle" : "");
    return err_at(e, "Bundle.type");
}

static int by_name(const void *a, const void *b)
{
    const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
    int c = str_cmp(x->full_url, y->full_url);
    return c ? c : x->number < y->number ? -1 : 1;
}

/* Who shares a fullUrl could not be told apart by who refers to it. */
static bool check_names(struct batch *b, struct err *e)
{
    struct entry **sorted = ARENA_ARRAY(b->arena, struct entry *, b->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->entry[i].full_url.n)
            sorted[n++] = &b->entry[i];
    qsort(sorted, n, sizeof *sorted, by_name);
    for (size_t i = 1; i < n; i++) {
        if (!str_eq(sorted[i - 1]->full_url, sorted[i]->full_url))
            continue;
        err_set(e, ERR_INVALID, "the fullUrl is that of entry %zu too", sorted[i - 1]->number);
        return err_at(e, "Bundle.entry[%zu].fullUrl", sorted[i]->number);
    }
    return true;
}

bool batch_take(struct batch *b, const struct fhir_node *bundle, struct err *e)
{
    const struct fhir_node *list = fhir_member(bundle, "entry");
    if (!check_type(bundle, e))
        return false;
    if (list && list->kind != FHIR_ARRAY)
        return true; /* the check says so */
    for (const struct fhir_node *x = list ? list->first : NULL; x; x = x->next)
        b->n++;
    if (b->n > BUNDLE_ENTRIES_MAX)
        return too_many(e);
    b->entry = ARENA_ARRAY(b->arena, struct entry, b->n + 1);
    size_t i = 0;
    for (const struct fhir_node *x = list ? list->first : NULL; x; x = x->next, i++) {
        const struct fhir_node *request = x->kind == FHIR_OBJECT ? fhir_member(x, "request") : NULL;
        b->entry[i] = (struct entry){.number = i, .node = x, .full_url = STR("")};
        if (!request || request->kind != FHIR_OBJECT) {
            err_set(e, ERR_INVALID, "an entry of a batch or transaction needs a request");
            return err_at(e, "Bundle.entry[%zu]", i);
        }
        if (fhir_text(x, "fullUrl").n)
            b->entry[i].full_url = fhir_text(x, "fullUrl");
    }
    return check_names(b, e);
}

/* The tree without the resources, which are shared with the whole one: what belongs to all entries. */
static struct fhir_node *frame_of(struct arena *a, const struct fhir_node *n, int depth)
{
    struct fhir_node *copy = ARENA_NEW(a, struct fhir_node);
    *copy = *n;
    copy->next = NULL;
    if (depth == 3)
        return copy;
    copy->first = copy->last = NULL;
    for (const struct fhir_node *m = n->first; m; m = m->next)
        if (depth != 2 || !str_is(m->key, "resource"))
            fhir_add_node(copy, frame_of(a, m, depth == 0 && !str_is(m->key, "entry") ? 3 : depth + 1));
    return copy;
}

static bool read_bundle(struct batch *b, struct fhir_node **ret_bundle, struct err *e)
{
    /* links and the like are counted too: they are few */
    if (count_entries(b->h->request->body) > BUNDLE_ENTRIES_MAX + 100)
        return too_many(e);
    if (!body_parse(b->op, b->h, STR("Bundle"), ret_bundle, e) || !batch_take(b, *ret_bundle, e))
        return false;
    bool whole = str_is(fhir_text(*ret_bundle, "type"), "transaction");
    return body_check(b->op, b->h, whole ? *ret_bundle : frame_of(b->arena, *ret_bundle, 0), e);
}

/* Answers hold documents only when they were asked for. */
static struct str prefer_of(struct batch *b)
{
    struct str wanted = negotiate_prefer(b->h->request, "return"),
               handling = negotiate_prefer(b->h->request, "handling");
    return arena_printf(b->arena, "return=%.*s%s%.*s", STR_ARG(wanted.n ? wanted : STR("minimal")),
                        handling.n ? ", handling=" : "", STR_ARG(handling));
}

/* ---- through the gate, as the same caller ---- */

typedef bool (*work)(struct op *op, void *ctx, struct err *e);

static bool serve(struct batch *b, const struct gate_act *act, struct arena *a, work handler, void *ctx, struct err *e)
{
    struct principal who = *b->op->who;
    struct gate_call call = {.act = act,
                             .door = b->op->event->door,
                             .credentials = {.address = b->h->request->address},
                             .principal = &who,
                             .arena = a,
                             .handler = handler,
                             .ctx = ctx,
                             .unhurried = b->op->unhurried,
                             .begin = b->op->begin,
                             .begin_ctx = b->op->begin_ctx};
    return gate_serve(b->op->gate, &call, e);
}

static const struct gate_act whole = {
    .request = "POST /fhir", .permission = PERM_SESSION, .audit = AUDIT_BUNDLE, .tx = GATE_WRITE};

static bool say_no(struct op *op, void *ctx, struct err *e)
{
    op->event->object_type = STR("Bundle");
    *e = *(const struct err *)ctx;
    return false;
}

/* What was refused before anything began leaves its event too. */
static bool refuse(struct batch *b, struct err *e)
{
    struct err why = *e;
    return serve(b, &whole, b->arena, say_no, &why, e);
}

static bool run_alone(struct op *op, void *ctx, struct err *e)
{
    struct entry *x = ctx;
    bool checked = x->kind == ENTRY_CREATE || x->kind == ENTRY_UPDATE || x->kind == ENTRY_PATCH;
    return entry_start(op, x, e) && (!checked || body_check(op, &x->http, x->resource, e)) && entry_run(op, x, e);
}

static bool run_batch(struct batch *b, struct buf *out)
{
    for (size_t i = 0; i < b->n && !out->failed; i++) {
        struct entry *x = &b->entry[i];
        struct err e;
        err_clear(&e);
        if (!entry_read(b, x, &e) || !serve(b, &x->act, &x->request.arena, run_alone, x, &e))
            fhir_fail(&x->http, &e);
        entry_answer(x, out);
        entry_release(x);
    }
    return true;
}

static bool run_transaction(struct batch *b, struct buf *out, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; i < b->n && ok; i++)
        ok = entry_read(b, &b->entry[i], e) || entry_blame(&b->entry[i], e);
    ok = ok ? serve(b, &whole, b->arena, transaction_run, b, e) : refuse(b, e);
    for (size_t i = 0; i < b->n && ok; i++)
        entry_answer(&b->entry[i], out);
    for (size_t i = 0; i < b->n; i++)
        entry_release(&b->entry[i]);
    return ok;
}

bool fhir_bundle(struct op *op, struct gate_http *h, struct err *e)
{
    struct batch b = {.op = op, .h = h, .arena = op->arena};
    struct answer_form form;
    struct fhir_node *bundle = NULL;
    struct buf out CLEANUP(buf_release);
    buf_init(&out, ANSWER_MAX);
    if (!negotiate_answer(h->request, &form, e) || !read_bundle(&b, &bundle, e))
        return refuse(&b, e);
    b.prefer = prefer_of(&b);
    bool transaction = str_is(fhir_text(bundle, "type"), "transaction");
    buf_printf(&out, "{\"resourceType\":\"Bundle\",\"type\":\"%s-response\"%s", transaction ? "transaction" : "batch",
               b.n ? ",\"entry\":[" : "");
    if (!(transaction ? run_transaction(&b, &out, e) : run_batch(&b, &out)))
        return false;
    buf_puts(&out, b.n ? "]}" : "}");
    return buf_ok(&out, e) && answer_json(op, h, 200, buf_view(&out), e);
}
