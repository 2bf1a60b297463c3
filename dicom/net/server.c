#include "dicom/net/net_priv.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "metrics/metrics.h"

enum { STACK = 8 << 20, ACCEPT_MS = 1000, COMMENT_MAX = 64 };

struct slot { /* a running association, for shutting down */
    struct dicom_association *association;
    pthread_t thread;
    bool used, done;
};

struct dicom_server {
    struct dicom_server_config config;
    struct dicom_listener *listener;
    pthread_t acceptor;
    atomic_bool stopping;
    pthread_mutex_t lock; /* guards slot[] */
    struct slot *slot;
};

static const struct service services[] = {
#define KNOWN true
#define PLAIN false
#define SERVICE(name, sop_class, command, syntaxes, permission, audit, tx, handler)                                    \
    {sop_class, command, syntaxes, {name, permission, audit, GATE_##tx, false}, handler},
#include "dicom/net/services.def"
#undef SERVICE
};

enum { SERVICES = sizeof services / sizeof services[0] };

void dicom_services_describe(struct buf *b)
{
    buf_puts(b, "| service | SOP class | permission | audit event |\n|---|---|---|---|\n");
    for (int i = 0; i < SERVICES; i++)
        buf_printf(b, "| %s | %s | %s | %s |\n", services[i].act.request,
                   services[i].sop_class[0] == '*' ? "every storage SOP class" : services[i].sop_class,
                   auth_permission_name(services[i].act.permission), audit_kind_name(services[i].act.audit));
}

const struct service *service_find(const char *sop_class, int command)
{
    for (int i = 0; i < SERVICES; i++) {
        bool fits = services[i].sop_class[0] == '*' ? dicom_uid_is_storage(sop_class)
                                                    : strcmp(services[i].sop_class, sop_class) == 0;
        if (fits && (!command || command == services[i].command))
            return &services[i];
    }
    return NULL;
}

/* ---- one association ---- */

struct gate *session_gate(const struct session *s)
{
    return s->server->config.gate;
}

const char *session_ae_title(const struct session *s)
{
    return s->server->config.ae_title;
}

bool session_gate_serve(struct session *s, const struct service *service,
                        bool (*work)(struct op *op, void *ctx, struct err *e), void *ctx, struct err *e)
{
    struct gate_call call = {.act = &service->act,
                             .door = "dimse",
                             .principal = &s->who,
                             .arena = &s->arena,
                             .handler = work,
                             .ctx = ctx};
    call.credentials.address = s->who.address;
    return gate_serve(session_gate(s), &call, e);
}

void session_bad_input(struct session *s, const struct err *why)
{
    if (!s->refused)
        gate_refuse(session_gate(s), "dimse", s->who.address, why);
    s->refused = true;
}

static void count(struct session *s, const struct service *service, uint16_t status)
{
    struct str labels = arena_printf(&s->arena, "%s|%04X", service ? service->act.request : "other", status);
    metrics_add(METRIC_DIMSE_OPERATIONS, labels.p, 1);
}

bool session_answer(struct session *s, const struct service *service, const struct dicom_command *command,
                    uint16_t status)
{
    struct err e;
    err_clear(&e);
    count(s, service, status);
    return dicom_respond(s->association, command, status, NULL, NULL, &e);
}

bool session_fail(struct session *s, const struct service *service, const struct dicom_command *command,
                  const struct err *why)
{
    struct err e;
    char comment[COMMENT_MAX + 1];
    uint16_t status = (uint16_t)err_row(why->code)->dimse;
    err_clear(&e);
    str_copy(comment, sizeof comment, str_utf8_clip(str_of(why->text), COMMENT_MAX));
    count(s, service, status);
    log_info("dimse", "%s refused with %04X: %s", service ? service->act.request : "command", status, why->text);
    return dicom_respond(s->association, command, status, comment, NULL, &e);
}

static bool skip_data(void *ctx, const void *bytes, size_t n, struct err *e)
{
    (void)ctx;
    (void)bytes;
    (void)n;
    (void)e;
    return true;
}

/* A command no service takes: its data set is read past, then it is told so. */
static bool refuse_command(struct session *s, const struct dicom_command *c)
{
    struct err e;
    bool drained;
    err_clear(&e);
    if (dicom_has_dataset(c) &&
        !dicom_receive_data(s->association, c->context_id, UINT64_MAX, skip_data, NULL, &drained, &e) && !drained)
        return false;
    if (c->kind == DICOM_C_CANCEL_RQ || (c->kind & DICOM_RESPONSE))
        return true;
    err_set(&e, ERR_UNSUPPORTED, "no such service here");
    session_bad_input(s, &e);
    return session_fail(s, NULL, c, &e);
}

static bool serve_command(struct session *s, const struct dicom_command *c)
{
    const struct dicom_context *context = dicom_association_context(s->association, c->context_id);
    const struct service *service = context ? service_find(context->abstract_syntax, c->kind) : NULL;
    clock_us began = clock_monotonic();
    if (!service)
        return refuse_command(s, c);
    bool alive = service->serve(s, service, c);
    metrics_observe(METRIC_DIMSE_SECONDS, service->act.request, (double)(clock_monotonic() - began) / 1e6);
    return alive;
}

static void serve_commands(struct session *s)
{
    struct dicom_command command;
    struct err e;
    for (;;) {
        arena_reset(&s->arena);
        err_clear(&e);
        if (!dicom_next_command(s->association, 0, &command, &e)) {
            if (e.code == ERR_STRUCTURE)
                session_bad_input(s, &e);
            return;
        }
        if (command.kind == DICOM_RELEASED || !serve_command(s, &command))
            return;
    }
}

static int choose(void *ctx, const struct dicom_context *proposed)
{
    const struct service *service = service_find(proposed->abstract_syntax, 0);
    (void)ctx;
    if (!service)
        return -DICOM_CONTEXT_ABSTRACT_SYNTAX;
    return service->known_syntaxes ? dicom_choose_known(proposed) : dicom_choose_uncompressed(proposed);
}

static bool is_loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0 || strncmp(address, "::ffff:127.", 11) == 0;
}

/* Who calls, and whom: told apart in the rejection, so that a technician sees which title is wrong. */
static bool admit(struct session *s, struct err *e)
{
    const struct dicom_peer *peer = dicom_association_peer(s->association);
    struct credentials c = {.kind = CREDENTIALS_AE,
                            .calling = str_of(peer->calling_aet),
                            .called = str_of(peer->called_aet),
                            .address = peer->address,
                            .loopback = is_loopback(peer->address)};
    if (gate_authenticate(session_gate(s), "dimse", &c, &s->who, e))
        return true;
    bool wrong_called = strcmp(peer->called_aet, session_ae_title(s)) != 0;
    enum dicom_reject why = e->code != ERR_UNAUTHENTICATED ? DICOM_REJECT_CONGESTION
                            : wrong_called                 ? DICOM_REJECT_CALLED_AET
                                                           : DICOM_REJECT_CALLING_AET;
    struct err ignored;
    dicom_association_reject(s->association, why, &ignored);
    return false;
}

static void serve_association(struct session *s)
{
    struct err e;
    err_clear(&e);
    if (!dicom_association_read(s->association, &e)) {
        str_copy(s->who.address, sizeof s->who.address, str_of(dicom_association_peer(s->association)->address));
        if (e.code == ERR_STRUCTURE)
            session_bad_input(s, &e);
        return;
    }
    if (!admit(s, &e))
        return;
    metrics_add(METRIC_ASSOCIATIONS_OPEN, NULL, 1);
    if (dicom_association_accept(s->association, choose, s, &e))
        serve_commands(s);
    metrics_add(METRIC_ASSOCIATIONS_OPEN, NULL, -1);
}

struct start {
    struct dicom_server *server;
    struct slot *slot;
};

static void *association_thread(void *p)
{
    struct start *start = p;
    struct session s = {.server = start->server, .association = start->slot->association};
    struct slot *slot = start->slot;
    struct dicom_server *server = start->server;
    mem_free(start);
    arena_init(&s.arena);
    serve_association(&s);
    arena_release(&s.arena);
    pthread_mutex_lock(&server->lock);
    slot->association = NULL;
    slot->done = true;
    pthread_mutex_unlock(&server->lock);
    dicom_association_free(s.association);
    return NULL;
}

/* ---- the server ---- */

static void reap(struct dicom_server *s)
{
    for (int i = 0; i < s->config.associations_max; i++) {
        pthread_mutex_lock(&s->lock);
        bool done = s->slot[i].used && s->slot[i].done;
        pthread_mutex_unlock(&s->lock);
        if (!done)
            continue;
        pthread_join(s->slot[i].thread, NULL);
        s->slot[i].used = s->slot[i].done = false;
    }
}

static struct slot *free_slot(struct dicom_server *s)
{
    reap(s);
    for (int i = 0; i < s->config.associations_max; i++)
        if (!s->slot[i].used)
            return &s->slot[i];
    return NULL;
}

static void turn_away(struct dicom_association *a)
{
    struct err e;
    err_clear(&e);
    if (dicom_association_read(a, &e))
        dicom_association_reject(a, DICOM_REJECT_LIMIT, &e);
    dicom_association_free(a);
    log_warning("dimse", "an association was turned away: as many as dicom.associations are open");
}

static void start_association(struct dicom_server *s, struct dicom_association *a)
{
    struct slot *slot = free_slot(s);
    pthread_attr_t attributes;
    if (!slot) {
        turn_away(a);
        return;
    }
    struct start *start = mem_alloc(sizeof *start);
    *start = (struct start){s, slot};
    slot->association = a;
    slot->used = true;
    slot->done = false;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    if (pthread_create(&slot->thread, &attributes, association_thread, start) != 0) {
        log_error("dimse", "no thread for an association");
        slot->used = false;
        mem_free(start);
        dicom_association_free(a);
    }
    pthread_attr_destroy(&attributes);
}

static void *accept_thread(void *p)
{
    struct dicom_server *s = p;
    while (!atomic_load(&s->stopping)) {
        struct dicom_association *a = NULL;
        struct err e;
        err_clear(&e);
        if (!dicom_listener_accept(s->listener, ACCEPT_MS, &a, &e)) {
            log_err("dimse", &e);
            usleep(100000);
        } else if (a) {
            start_association(s, a);
        }
    }
    return NULL;
}

struct dicom_server *dicom_server_new(const struct dicom_server_config *config, struct err *e)
{
    static const struct dicom_timeouts timeouts = {.acse = 30, .dimse = 60, .idle = 600};
    struct dicom_server *s = mem_zalloc(sizeof *s);
    s->config = *config;
    s->listener = dicom_listener_new(config->address, config->port, &timeouts, e);
    if (!s->listener) {
        mem_free(s);
        return NULL;
    }
    s->slot = mem_zalloc((size_t)config->associations_max * sizeof *s->slot);
    pthread_mutex_init(&s->lock, NULL);
    if (pthread_create(&s->acceptor, NULL, accept_thread, s) == 0)
        return s;
    err_set(e, ERR_INTERNAL, "no thread for the DICOM listener");
    dicom_listener_free(s->listener);
    mem_free(s->slot);
    mem_free(s);
    return NULL;
}

int dicom_server_port(const struct dicom_server *s)
{
    return dicom_listener_port(s->listener);
}

void dicom_server_free(struct dicom_server *s)
{
    if (!s)
        return;
    atomic_store(&s->stopping, true);
    dicom_listener_wake(s->listener);
    pthread_join(s->acceptor, NULL);
    pthread_mutex_lock(&s->lock);
    for (int i = 0; i < s->config.associations_max; i++)
        if (s->slot[i].used && s->slot[i].association)
            dicom_association_interrupt(s->slot[i].association);
    pthread_mutex_unlock(&s->lock);
    for (int i = 0; i < s->config.associations_max; i++)
        if (s->slot[i].used)
            pthread_join(s->slot[i].thread, NULL);
    dicom_listener_free(s->listener);
    pthread_mutex_destroy(&s->lock);
    mem_free(s->slot);
    mem_free(s);
}
