/* WebSocket clients: a token binds a connection to a subscription (Subscriptions R5 Backport 1.1.0). */
#include "fhir/subscription/subscription_priv.h"

#include <pthread.h>

#include "base/codec.h"
#include "base/log.h"
#include "http/socket.h"
#include "schema/queries.h"
#include "tls/tls.h"

enum { BOUND_MAX = 1024, TOKEN_SECONDS = 60 };

static struct {
    pthread_mutex_t lock;
    struct {
        int64_t rid;
        struct http_socket *socket;
    } row[BOUND_MAX];
    size_t n;
} bound = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* ---- tokens ---- */

static struct str hash_of(struct arena *a, struct str token)
{
    unsigned char hash[TLS_SHA256];
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 100);
    tls_sha256(token.p, token.n, hash);
    hex_put(&b, hash, sizeof hash);
    return arena_str(a, buf_view(&b));
}

bool subscription_token(struct op *op, struct str id, struct subscription_ticket *ret, struct err *e)
{
    bool found;
    char token[44];
    struct record_doc doc;
    struct subscription s;
    struct record_key key = {op->access, STR("Subscription"), id, RECORD_READ};
    if (!record_find(op->db, op->arena, key, &doc, &found, e) ||
        (found && !subscription_get(op->db, op->arena, doc.rid, &s, &found, e)))
        return false;
    if (!found || !str_is(s.channel, "websocket"))
        return err_set(e, ERR_NOT_FOUND, "no websocket subscription '%.*s'", STR_ARG(id));
    if (op->access.n && !str_is(s.creator, op->who->name))
        return err_set(e, ERR_FORBIDDEN, "the subscription may show what the caller may not see");
    if (!tls_random_id(token, e))
        return false;
    struct db_args args = db_args(op->arena);
    db_text(&args, hash_of(op->arena, str_of(token)));
    db_int(&args, s.rid);
    db_int(&args, TOKEN_SECONDS);
    ret->token = arena_str(op->arena, str_of(token));
    ret->expires = clock_now() + (clock_us)TOKEN_SECONDS * 1000000;
    return db_run(op->db, &Q_subscription_token_put, &args, e) != NULL;
}

/* ---- binding ---- */

static bool keep(int64_t rid, struct http_socket *socket)
{
    pthread_mutex_lock(&bound.lock);
    bool room = bound.n < BOUND_MAX;
    if (room) {
        bound.row[bound.n].rid = rid;
        bound.row[bound.n++].socket = socket;
    }
    pthread_mutex_unlock(&bound.lock);
    return room;
}

static bool handshake(struct db *db, struct arena *a, int64_t rid, struct http_socket *socket, struct err *e)
{
    struct subscription s;
    bool found;
    struct buf b CLEANUP(buf_release);
    struct db_args args = db_args(a);
    buf_init(&b, BODY_MAX);
    db_int(&args, rid);
    if (!subscription_get(db, a, rid, &s, &found, e))
        return false;
    if (!found || str_is(s.status, "off"))
        return err_set(e, ERR_NOT_FOUND, "the subscription is off");
    const struct db_rows *state = db_run(db, &Q_outbox_state, &args, e);
    if (!state || !db_count(state))
        return false;
    struct op op = service_op(a, db, s.access);
    struct notice n = {
        .s = &s, .type = "handshake", .status = s.status, .content = s.content, .last = db_get_int(state, 0, 0)};
    return notice_bundle(&op, &n, &b, e) && http_socket_send(socket, buf_view(&b), e) && keep(rid, socket) &&
           db_run(db, &Q_outbox_due, &args, e);
}

static bool bind_token(struct str token, struct http_socket *socket, struct err *e)
{
    struct arena a;
    arena_init(&a);
    struct db *db = db_borrow(gate_pool(subscription_service.config.gate), 5000, e);
    struct db_args args = db_args(&a);
    db_text(&args, hash_of(&a, token));
    const struct db_rows *r = db ? db_run(db, &Q_subscription_token_take, &args, e) : NULL;
    bool ok = r && (db_count(r) ? handshake(db, &a, db_get_int(r, 0, 0), socket, e)
                                : err_set(e, ERR_UNAUTHENTICATED, "no such token"));
    db_return(db);
    arena_release(&a);
    return ok;
}

/* One wrong word ends the connection: nobody guesses here. */
static bool on_text(void *ctx, struct http_socket *socket, struct str text)
{
    struct err e = {0};
    (void)ctx;
    if (!str_starts(text, "bind-with-token "))
        return false;
    if (bind_token(str_trim(str_sub(text, 16, text.n)), socket, &e))
        return true;
    log_err("websocket", &e);
    return false;
}

static void on_closed(void *ctx, struct http_socket *socket)
{
    (void)ctx;
    pthread_mutex_lock(&bound.lock);
    for (size_t i = 0; i < bound.n;)
        if (bound.row[i].socket == socket)
            bound.row[i] = bound.row[--bound.n];
        else
            i++;
    pthread_mutex_unlock(&bound.lock);
}

bool bound_send(int64_t rid, struct str text, struct err *e)
{
    bool any = false;
    pthread_mutex_lock(&bound.lock);
    for (size_t i = 0; i < bound.n; i++)
        any = (bound.row[i].rid == rid && http_socket_send(bound.row[i].socket, text, e)) || any;
    pthread_mutex_unlock(&bound.lock);
    if (any)
        err_clear(e);
    return any || err_set(e, ERR_UNAVAILABLE, "no websocket client is bound");
}

bool bound_any(int64_t rid)
{
    bool any = false;
    pthread_mutex_lock(&bound.lock);
    for (size_t i = 0; i < bound.n && !any; i++)
        any = bound.row[i].rid == rid;
    pthread_mutex_unlock(&bound.lock);
    return any;
}

/* ---- the change of protocol (RFC 6455 §4.2) ---- */

bool subscription_socket(struct op *op, struct gate_http *h, struct err *e)
{
    static const struct http_socket_handler handler = {on_text, on_closed, NULL};
    unsigned char hash[20];
    struct str key = http_header(h->request, "Sec-WebSocket-Key");
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 100);
    if (!str_is_nocase(http_header(h->request, "Upgrade"), "websocket") || key.n < 16 || key.n > 64 ||
        !str_is(http_header(h->request, "Sec-WebSocket-Version"), "13"))
        return err_set(e, ERR_INVALID, "this address speaks WebSocket, version 13");
    tls_sha1(arena_printf(op->arena, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", STR_ARG(key)), hash);
    base64_put(&b, (struct str){(const char *)hash, sizeof hash});
    http_upgrade(h->response, buf_view(&b), &handler);
    return true;
}
