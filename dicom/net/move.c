/* C-MOVE: objects go to another node over associations of our own, each with its thread; the requester's thread tells
 * how far it is and listens for a cancel (PS3.4 C.4.2). */
#include "dicom/net/retrieve.h"

#include <pthread.h>
#include <string.h>

#include "base/background.h"
#include "base/clock.h"
#include "dicom/leave/leave.h"
#include "dicom/out/out.h"

enum {
    STATUS_UNKNOWN_DESTINATION = 0xA801,
    ASSOCIATIONS_MAX = 8,
    PROPOSALS_MAX = 128,
    LOSSES_MAX = 3, /* associations lost one after another before the destination is given up */
    LISTEN_MS = 100,
    ANSWER_S = 60,
    STACK = 8 << 20
};

struct move;
struct worker { /* one association to the destination */
    struct move *move;
    pthread_t thread;
    bool started;
    struct dicom_association *association; /* under the lock */
};

struct move {
    struct retrieve *r;
    struct dicom_proposal proposal[PROPOSALS_MAX];
    size_t proposals;
    struct bell bell; /* its lock guards what follows, and the counters and outcomes of r */
    size_t next;      /* object */
    int running;
    bool stop;
    struct worker worker[ASSOCIATIONS_MAX];
};

/* ---- what to propose: for what the objects are ---- */

static bool proposed(const struct move *m, const char *sop_class, const char *const *syntaxes, size_t n)
{
    for (size_t i = 0; i < m->proposals; i++)
        if (strcmp(m->proposal[i].abstract_syntax, sop_class) == 0 && m->proposal[i].transfer_syntax_count == n &&
            strcmp(m->proposal[i].transfer_syntaxes[0], syntaxes[0]) == 0)
            return true;
    return false;
}

static void propose(struct move *m, const char *sop_class, const char *const *syntaxes, size_t n)
{
    if (m->proposals < PROPOSALS_MAX && !proposed(m, sop_class, syntaxes, n))
        m->proposal[m->proposals++] = (struct dicom_proposal){
            .abstract_syntax = sop_class, .transfer_syntaxes = syntaxes, .transfer_syntax_count = n};
}

/* Each stored syntax has a context of its own, so that the peer's preference is none; then what it could become. */
static void propose_all(struct move *m)
{
    struct arena *a = &m->r->session->arena;
    struct str last_class = STR(""), last_syntax = STR("");
    for (size_t i = 0; i < m->r->n; i++) {
        const struct retrieve_object *o = &m->r->objects[i];
        if (str_eq(o->sop_class, last_class) && str_eq(o->syntax, last_syntax))
            continue;
        last_class = o->sop_class;
        last_syntax = o->syntax;
        const char **stored = ARENA_NEW(a, const char *);
        stored[0] = arena_cstr(a, o->syntax);
        propose(m, arena_cstr(a, o->sop_class), stored, 1);
    }
    struct leave_offer offer;
    size_t own = m->proposals;
    for (size_t k = 0; leave_offer(k, &offer); k++)
        for (size_t i = 0; i < own; i++)
            propose(m, m->proposal[i].abstract_syntax, offer.syntaxes, offer.n);
}

/* ---- a worker ---- */

static bool await(void *ctx, const struct dicom_command *request, struct dicom_command *ret_response, struct err *e)
{
    const struct worker *w = ctx;
    if (!dicom_next_command(w->association, ANSWER_S, ret_response, e))
        return false;
    return (ret_response->kind == (DICOM_C_STORE_RQ | DICOM_RESPONSE) &&
            ret_response->message_id == request->message_id) ||
           err_set(e, ERR_STRUCTURE, "the receiver answered with something else");
}

static void put_association(struct worker *w, struct dicom_association *a)
{
    pthread_mutex_lock(&w->move->bell.lock);
    w->association = a;
    pthread_mutex_unlock(&w->move->bell.lock);
}

static void give_up(struct move *m, const struct err *why)
{
    pthread_mutex_lock(&m->bell.lock);
    if (m->r->why.code == ERR_NONE)
        m->r->why = *why;
    pthread_mutex_unlock(&m->bell.lock);
}

static bool open_association(struct worker *w)
{
    const struct retrieve *r = w->move->r;
    struct err e;
    err_clear(&e);
    struct dicom_association *a = dicom_call(&r->to, w->move->proposal, w->move->proposals, &e);
    if (!a)
        give_up(w->move, &e);
    else
        put_association(w, a);
    return a != NULL;
}

static void close_association(struct worker *w, bool lost)
{
    struct dicom_association *a = w->association;
    struct err e;
    err_clear(&e);
    put_association(w, NULL);
    if (a && !lost)
        dicom_release(a, &e);
    dicom_association_free(a);
}

static struct retrieve_object *take(struct move *m, bool really)
{
    struct retrieve_object *o = NULL;
    pthread_mutex_lock(&m->bell.lock);
    if (!m->stop && m->next < m->r->n)
        o = &m->r->objects[really ? m->next++ : m->next];
    pthread_mutex_unlock(&m->bell.lock);
    return o;
}

static bool send_one(struct worker *w, struct sender *sender, struct retrieve_object *o)
{
    struct move *m = w->move;
    struct err why;
    bool lost;
    err_clear(&why);
    sender->association = w->association;
    enum retrieve_outcome outcome = sender_send(sender, o, &lost, &why);
    pthread_mutex_lock(&m->bell.lock);
    retrieve_count(m->r, o, outcome, &why);
    pthread_mutex_unlock(&m->bell.lock);
    bell_ring(&m->bell);
    if (lost)
        close_association(w, true);
    return !lost;
}

static void send_all(struct worker *w)
{
    const struct retrieve *r = w->move->r;
    struct sender sender = {.files = gate_files(r->session->config->gate),
                            .priority = r->command->priority,
                            .originator = r->session->who.name,
                            .originator_id = r->command->message_id,
                            .await = await,
                            .ctx = w};
    struct retrieve_object *o;
    int losses = 0;
    while (losses < LOSSES_MAX && take(w->move, false) && (w->association || open_association(w)) &&
           (o = take(w->move, true)))
        losses = send_one(w, &sender, o) ? 0 : losses + 1;
    if (w->association)
        close_association(w, false);
}

static void *worker_thread(void *p)
{
    struct worker *w = p;
    struct move *m = w->move;
    send_all(w);
    pthread_mutex_lock(&m->bell.lock);
    m->running--;
    pthread_mutex_unlock(&m->bell.lock);
    bell_ring(&m->bell);
    return NULL;
}

/* ---- the requester's thread ---- */

static int start(struct move *m, int wanted)
{
    pthread_attr_t attributes;
    int started = 0;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    for (int i = 0; i < wanted; i++) {
        struct worker *w = &m->worker[i];
        w->move = m;
        pthread_mutex_lock(&m->bell.lock);
        m->running++;
        pthread_mutex_unlock(&m->bell.lock);
        w->started = pthread_create(&w->thread, &attributes, worker_thread, w) == 0;
        if (w->started) {
            started++;
            continue;
        }
        pthread_mutex_lock(&m->bell.lock);
        m->running--;
        pthread_mutex_unlock(&m->bell.lock);
    }
    pthread_attr_destroy(&attributes);
    return started;
}

/* now: whoever sends is interrupted, for nobody waits for the rest. */
static void stop(struct move *m, bool now)
{
    pthread_mutex_lock(&m->bell.lock);
    m->stop = true;
    for (int i = 0; now && i < ASSOCIATIONS_MAX; i++)
        if (m->worker[i].association)
            dicom_association_interrupt(m->worker[i].association);
    pthread_mutex_unlock(&m->bell.lock);
}

static bool snapshot(struct move *m, struct dicom_counts *ret_counts)
{
    pthread_mutex_lock(&m->bell.lock);
    *ret_counts = m->r->counts;
    bool running = m->running > 0;
    pthread_mutex_unlock(&m->bell.lock);
    return running;
}

static bool same(const struct dicom_counts *a, const struct dicom_counts *b)
{
    return a->completed == b->completed && a->failed == b->failed && a->warning == b->warning;
}

/* A cancel ends it after the objects that are under way. */
static bool listen_for_cancel(struct move *m)
{
    struct retrieve *r = m->r;
    struct err e;
    bool now = false;
    err_clear(&e);
    if (!dicom_cancelled(r->session->association, r->command, &now, &e))
        return false;
    if (now) {
        r->cancelled = true;
        stop(m, false);
    }
    return true;
}

static bool watch(struct move *m)
{
    struct dicom_counts told = {0}, counts;
    unsigned seen = 0;
    bool alive = retrieve_pending(m->r, &told);
    while (alive && snapshot(m, &counts)) {
        bell_wait(&m->bell, &seen, LISTEN_MS);
        alive = listen_for_cancel(m);
        snapshot(m, &counts);
        if (alive && !same(&counts, &told)) {
            told = counts;
            alive = retrieve_pending(m->r, &counts);
        }
    }
    return alive;
}

/* What nobody took is failed, unless it was cancelled. */
static void settle(struct retrieve *r)
{
    for (size_t i = 0; i < r->n && !r->cancelled; i++)
        if (r->objects[i].outcome == OBJECT_WAITING)
            retrieve_count(r, &r->objects[i], OBJECT_FAILED, &r->why);
    size_t done = (size_t)r->counts.completed + r->counts.failed + r->counts.warning;
    r->cancelled = r->cancelled && done < r->n;
}

static bool deliver(struct retrieve *r)
{
    struct move *m = ARENA_NEW(&r->session->arena, struct move);
    int wanted = r->session->config->move_associations;
    wanted = wanted > ASSOCIATIONS_MAX ? ASSOCIATIONS_MAX : wanted < 1 ? 1 : wanted;
    m->r = r;
    bell_init(&m->bell);
    propose_all(m);
    if (!start(m, (size_t)wanted > r->n ? (int)r->n : wanted))
        err_set(&r->why, ERR_INTERNAL, "no thread for a transfer");
    bool alive = watch(m);
    if (!alive)
        stop(m, true);
    for (int i = 0; i < ASSOCIATIONS_MAX; i++)
        if (m->worker[i].started)
            pthread_join(m->worker[i].thread, NULL);
    bell_release(&m->bell);
    settle(r);
    return alive;
}

/* Images go only to nodes that are registered with an address. */
static bool find_destination(struct retrieve *r, struct op *op, struct err *e)
{
    if (auth_peer_reach(op->db, str_of(r->command->move_destination), &r->to, e))
        return true;
    if (e->code == ERR_NOT_FOUND)
        r->status = STATUS_UNKNOWN_DESTINATION;
    return false;
}

bool service_move(struct session *s, const struct service *service, const struct dicom_command *command)
{
    struct retrieve *r = ARENA_NEW(&s->arena, struct retrieve);
    *r = (struct retrieve){
        .session = s, .service = service, .command = command, .prepare = find_destination, .deliver = deliver};
    return retrieve_serve(r);
}
