/* One run of a node's queue: the instances of its first send that wait, over one association. */
#include "dicom/out/out_priv.h"

#include <string.h>
#include <time.h>

#include "audit/audit.h"
#include "base/clock.h"
#include "base/failpoint.h"
#include "base/log.h"
#include "dicom/leave/leave.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

enum {
    RUN_MAX = 200,
    CONTEXTS_MAX = 128,
    KILOBYTE = 1024,
    NAP_US = 100000,
    STATUS_WAITS = -1,
    STATUS_GONE = 0x0112,      /* the instance is not here any more */
    STATUS_NOT_TAKEN = 0x0122, /* the node does not take its class in any syntax it can be sent in */
    STATUS_NOT_CONVERTED = 0xC000, /* it is damaged, or would lose something */
    STATUS_NO_ROOM = 0xA700    /* A7xx: it may have room later */
};

struct item {
    int64_t key;
    char sop_class[DICOM_UID_SIZE], sop_uid[DICOM_UID_SIZE], syntax[DICOM_UID_SIZE];
    const char *file;
    struct str view; /* what is told differently of it, or "" */
    int header_size, status;
};
struct work {
    struct auth_reach to;
    int64_t send, number;
    struct str study, reason;
    struct item item[RUN_MAX];
    size_t n;
    bool found, reached;
    struct err unreachable; /* the node has no place to be called at */
};

/* ---- what waits ---- */

static void read_item(const struct db_rows *r, int row, struct arena *a, struct item *i)
{
    i->key = db_get_int(r, row, 0);
    str_copy(i->sop_class, sizeof i->sop_class, db_get(r, row, 1));
    str_copy(i->sop_uid, sizeof i->sop_uid, db_get(r, row, 2));
    str_copy(i->syntax, sizeof i->syntax, db_get(r, row, 3));
    i->file = arena_cstr(a, db_get(r, row, 4));
    i->header_size = (int)db_get_int(r, row, 5);
    i->view = arena_str(a, db_get(r, row, 6));
    i->status = i->file[0] ? STATUS_WAITS : STATUS_GONE;
}

static bool read_items(struct work *w, struct db *db, struct arena *a, struct err *e)
{
    struct db_args args = db_args(a);
    db_int(&args, w->send);
    db_int(&args, RUN_MAX);
    const struct db_rows *r = db_run(db, &Q_dicom_send_due, &args, e);
    if (!r)
        return false;
    w->n = (size_t)db_count(r);
    for (size_t i = 0; i < w->n; i++)
        read_item(r, (int)i, a, &w->item[i]);
    return true;
}

bool dicom_deliver_prepare(void *ctx, struct db *db, struct outbox_run *run, struct err *e)
{
    struct work *w = ARENA_NEW(run->arena, struct work);
    struct db_args args = db_args(run->arena);
    (void)ctx;
    run->work = w;
    w->reason = STR("");
    db_int(&args, run->destination);
    const struct db_rows *r = db_run(db, &Q_dicom_send_next, &args, e);
    if (!r)
        return false;
    w->found = db_count(r) > 0;
    run->upto = w->found ? run->sent : run->last;
    if (!w->found)
        return true;
    w->send = db_get_int(r, 0, 0);
    w->number = db_get_int(r, 0, 1);
    w->study = arena_str(run->arena, db_get(r, 0, 2));
    struct str ae = arena_str(run->arena, db_get(r, 0, 3));
    if (auth_peer_reach(db, ae, &w->to, &w->unreachable))
        return read_items(w, db, run->arena, e);
    if (w->unreachable.code == ERR_NOT_FOUND) /* until it is registered again */
        return true;
    *e = w->unreachable;
    return false;
}

/* ---- one instance ---- */

struct reading {
    struct leave leave;
    int bandwidth; /* kilobytes a second; 0: as fast as it goes */
    clock_us *next;
};

/* The next piece may leave when those before it have had their time. */
static bool pace(struct reading *r, size_t n)
{
    clock_us now = clock_monotonic();
    if (!r->bandwidth)
        return !atomic_load(&dicom_house.stopping);
    for (; now < *r->next && !atomic_load(&dicom_house.stopping); now = clock_monotonic()) {
        clock_us nap = *r->next - now < NAP_US ? *r->next - now : NAP_US;
        nanosleep(&(struct timespec){.tv_nsec = (long)nap * 1000}, NULL);
    }
    *r->next = (*r->next > now ? *r->next : now) + (clock_us)n * 1000000 / ((clock_us)r->bandwidth * KILOBYTE);
    return !atomic_load(&dicom_house.stopping);
}

static bool source(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e)
{
    struct reading *r = ctx;
    if (!leave_read(&r->leave, bytes, n, ret_n, e))
        return false;
    return pace(r, *ret_n) || err_set(e, ERR_UNAVAILABLE, "the server stops");
}

static bool await(struct dicom_association *a, const struct dicom_command *rq, int *ret_status, struct err *e)
{
    struct dicom_command rsp;
    if (!dicom_next_command(a, 120, &rsp, e))
        return false;
    if (rsp.kind != (DICOM_C_STORE_RQ | DICOM_RESPONSE) || rsp.message_id != rq->message_id)
        return err_set(e, ERR_STRUCTURE, "the node answered with something else");
    *ret_status = rsp.status;
    return true;
}

struct taker {
    const struct dicom_association *association;
    const char *sop_class;
};

static bool takes(void *ctx, const char *syntax)
{
    const struct taker *t = ctx;
    return dicom_context_for(t->association, t->sop_class, syntax) != NULL;
}

/* False, with a status: this instance does not leave. False, without: it can not be read now. */
static bool open_item(struct dicom_association *a, struct item *i, struct leave *ret_leave, struct err *e)
{
    struct taker to = {a, i->sop_class};
    struct leave_ask ask = {.fd = files_read_fd(dicom_house.config.files, i->file, e),
                            .header_size = i->header_size,
                            .stored = i->syntax,
                            .view = i->view,
                            .takes = takes,
                            .ctx = &to};
    *ret_leave = (struct leave){.fd = ask.fd};
    if (ask.fd < 0 || leave_open(&ask, ret_leave, e))
        return ask.fd >= 0;
    if (e->code == ERR_UNSUPPORTED)
        i->status = STATUS_NOT_TAKEN;
    else if (e->code == ERR_STRUCTURE || e->code == ERR_PROCESSING || e->code == ERR_TOO_LARGE)
        i->status = STATUS_NOT_CONVERTED;
    return false;
}

/* False: the association is lost, or it is no use to go on with it. */
static bool send_open(struct dicom_association *a, struct item *i, struct reading *r, struct err *e)
{
    struct dicom_command rq = {.kind = DICOM_C_STORE_RQ};
    rq.context_id = dicom_context_for(a, i->sop_class, r->leave.syntax)->id;
    str_copy(rq.sop_class_uid, sizeof rq.sop_class_uid, str_of(i->sop_class));
    str_copy(rq.sop_instance_uid, sizeof rq.sop_instance_uid, str_of(i->sop_uid));
    int status = 0;
    if (!dicom_request_stream(a, &rq, source, r, e) || !await(a, &rq, &status, e))
        return false;
    if ((status & 0xff00) == STATUS_NO_ROOM)
        return err_set(e, ERR_UNAVAILABLE, "the node has no room now (%04X)", (unsigned)status);
    i->status = status;
    return true;
}

static bool send_item(struct dicom_association *a, struct work *w, struct item *i, clock_us *next, struct err *e)
{
    struct reading r = {.bandwidth = w->to.bandwidth, .next = next};
    bool ok = open_item(a, i, &r.leave, e);
    if (ok)
        ok = send_open(a, i, &r, e);
    else if (i->status != STATUS_WAITS) {
        ok = true;
        err_clear(e);
    }
    leave_close(&r.leave);
    return ok;
}

/* ---- the run ---- */

static bool proposed(const struct dicom_proposal *p, size_t n, const char *sop_class, const char *syntax)
{
    for (size_t k = 0; k < n; k++)
        if (strcmp(p[k].abstract_syntax, sop_class) == 0 && strcmp(p[k].transfer_syntaxes[0], syntax) == 0)
            return true;
    return false;
}

/* What stored syntaxes could become, where there is room for it. */
static size_t propose_offers(struct dicom_proposal *p, size_t n)
{
    struct leave_offer offer;
    size_t own = n;
    for (size_t k = 0; leave_offer(k, &offer); k++)
        for (size_t i = 0; i < own && n < CONTEXTS_MAX; i++)
            if (!proposed(p + own, n - own, p[i].abstract_syntax, offer.syntaxes[0]))
                p[n++] = (struct dicom_proposal){.abstract_syntax = p[i].abstract_syntax,
                                                 .transfer_syntaxes = offer.syntaxes,
                                                 .transfer_syntax_count = offer.n};
    return n;
}

/* One context a class and syntax; what does not fit waits for the next run. */
static size_t propose(struct work *w, struct arena *a, struct dicom_proposal *p)
{
    size_t n = 0, kept = 0;
    for (; kept < w->n; kept++) {
        const struct item *i = &w->item[kept];
        if (i->status == STATUS_GONE || proposed(p, n, i->sop_class, i->syntax))
            continue;
        if (n == CONTEXTS_MAX)
            break;
        const char **syntax = ARENA_NEW(a, const char *);
        *syntax = i->syntax;
        p[n++] = (struct dicom_proposal){
            .abstract_syntax = i->sop_class, .transfer_syntaxes = syntax, .transfer_syntax_count = 1};
    }
    w->n = kept;
    return propose_offers(p, n);
}

static bool is_success(int status)
{
    return status == 0 || (status & 0xf000) == 0xB000;
}

static void count_items(struct work *w, struct arena *a)
{
    for (size_t i = 0; i < w->n; i++) {
        int status = w->item[i].status;
        if (status == STATUS_WAITS)
            continue;
        metrics_add(METRIC_DICOM_SENT, is_success(status) ? "sent" : "refused", 1);
        if (!is_success(status))
            w->reason = arena_printf(a, "instance %s was refused with %04X", w->item[i].sop_uid, (unsigned)status);
    }
}

bool dicom_deliver_send(void *ctx, struct outbox_run *run, struct err *e)
{
    struct work *w = run->work;
    struct dicom_proposal *p = ARENA_ARRAY(run->arena, struct dicom_proposal, CONTEXTS_MAX);
    clock_us next = 0;
    size_t done = 0;
    (void)ctx;
    if (!w->found)
        return true;
    if (w->unreachable.code) {
        *e = w->unreachable;
        return false;
    }
    size_t contexts = propose(w, run->arena, p);
    struct dicom_association *a = contexts ? dicom_call(&w->to, p, contexts, e) : NULL;
    w->reached = a || !contexts;
    for (; a && done < w->n; done++)
        if (w->item[done].status == STATUS_WAITS && !send_item(a, w, &w->item[done], &next, e))
            break;
    if (a && done == w->n)
        dicom_release(a, NULL);
    dicom_association_free(a);
    count_items(w, run->arena);
    if (failpoint("dicom.out.answered"))
        return err_set(e, ERR_INTERNAL, "failpoint dicom.out.answered");
    return w->reached && (done == w->n || !contexts || done > 0);
}

/* ---- the outcome ---- */

static bool tell(struct db *db, struct outbox_run *run, const struct work *w, int64_t count, struct err *e)
{
    struct principal who = auth_system();
    struct audit_event ev = {.kind = AUDIT_INSTANCE_SEND,
                             .who = &who,
                             .door = "job",
                             .request = STR("C-STORE"),
                             .object_type = STR("Study"),
                             .object_id = w->study,
                             .study_uid = w->study,
                             .count = count,
                             .detail = arena_printf(run->arena, "sent to '%s' at %s", w->to.name, w->to.host)};
    return !count || audit_write(db, &ev, e);
}

static bool settle(struct db *db, struct outbox_run *run, struct work *w, const struct err *why, struct err *e)
{
    struct db_args args = db_args(run->arena);
    int64_t good[RUN_MAX], bad[RUN_MAX], status[RUN_MAX];
    size_t goods = 0, bads = 0;
    for (size_t i = 0; i < w->n; i++)
        if (is_success(w->item[i].status))
            good[goods++] = w->item[i].key;
        else if (w->item[i].status != STATUS_WAITS) {
            bad[bads] = w->item[i].key;
            status[bads++] = w->item[i].status;
        }
    db_int(&args, w->send);
    db_ints(&args, good, goods);
    db_ints(&args, bad, bads);
    db_ints(&args, status, bads);
    db_int(&args, why != NULL);
    db_text(&args, why ? arena_str(run->arena, str_of(err_said(why))) : w->reason);
    return db_run(db, &Q_dicom_send_settle, &args, e) && tell(db, run, w, (int64_t)goods, e);
}

bool dicom_deliver_done(void *ctx, struct db *db, struct outbox_run *run, const struct err *why, struct err *e)
{
    struct work *w = run->work;
    struct db_args args = db_args(run->arena);
    (void)ctx;
    if (!w || !w->found)
        return true;
    if (!settle(db, run, w, why, e))
        return false;
    db_int(&args, w->send);
    const struct db_rows *r = db_run(db, &Q_dicom_send_end, &args, e);
    if (!r)
        return false;
    if (db_count(r)) /* all of it was decided on */
        run->upto = w->number;
    if (db_count(r) && str_is(db_get(r, 0, 0), "failed"))
        log_error("dicom", "'%s' refused instances of send %lld: %.*s", w->to.name, (long long)w->send,
                  STR_ARG(w->reason));
    return true;
}
