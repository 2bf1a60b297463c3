/* The listener and its threads: one per association, in a fixed number of slots. */
#include "dicom/net/net_priv.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

/* Slots beyond the limit are for telling peers that it is reached; beyond these, connections are closed at once. */
enum { STACK = 8 << 20, ACCEPT_MS = 1000, TURNED_AWAY_MAX = 8 };

struct slot { /* one association and its thread */
    struct dicom_server *server;
    struct dicom_association *association; /* NULL once it is being freed */
    pthread_t thread;
    bool used; /* the acceptor's alone */
    bool done; /* the thread is about to end */
};

struct dicom_server {
    struct dicom_server_config config;
    struct dicom_listener *listener;
    struct tls_context *tls; /* NULL: plain */
    pthread_t acceptor;
    atomic_bool stopping;
    pthread_mutex_t lock; /* guards association and done of slot[] */
    struct slot *slot;
};

static int slots(const struct dicom_server *s)
{
    return s->config.associations_max + TURNED_AWAY_MAX;
}

static void *association_thread(void *p)
{
    struct slot *slot = p;
    struct dicom_server *server = slot->server;
    struct dicom_association *association = slot->association;
    session_run(&server->config, server->tls, association, slot - server->slot >= server->config.associations_max);
    pthread_mutex_lock(&server->lock);
    slot->association = NULL; /* from here on nobody interrupts it */
    slot->done = true;
    pthread_mutex_unlock(&server->lock);
    dicom_association_free(association);
    return NULL;
}

static void reap(struct dicom_server *s)
{
    for (int i = 0; i < slots(s); i++) {
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
    for (int i = 0; i < slots(s); i++)
        if (!s->slot[i].used)
            return &s->slot[i];
    return NULL;
}

static void start_association(struct dicom_server *s, struct dicom_association *a)
{
    struct slot *slot = free_slot(s);
    pthread_attr_t attributes;
    if (!slot) {
        log_warning("dimse", "a connection was closed: too many are waiting");
        dicom_association_free(a);
        return;
    }
    *slot = (struct slot){.server = s, .association = a, .used = true};
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    if (pthread_create(&slot->thread, &attributes, association_thread, slot) != 0) {
        log_error("dimse", "no thread for an association");
        slot->used = false;
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
    seats_stop(false);
    s->tls = config->tls ? tls_context_new(config->tls, e) : NULL;
    if (!config->tls || s->tls)
        s->listener = dicom_listener_new(config->address, config->port, &timeouts, e);
    if (!s->listener) {
        tls_context_free(s->tls);
        mem_free(s);
        return NULL;
    }
    s->slot = mem_zalloc((size_t)slots(s) * sizeof *s->slot);
    pthread_mutex_init(&s->lock, NULL);
    if (pthread_create(&s->acceptor, NULL, accept_thread, s) == 0)
        return s;
    err_set(e, ERR_INTERNAL, "no thread for the DICOM listener");
    dicom_listener_free(s->listener);
    tls_context_free(s->tls);
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
    seats_stop(true);
    dicom_listener_wake(s->listener);
    pthread_join(s->acceptor, NULL);
    pthread_mutex_lock(&s->lock);
    for (int i = 0; i < slots(s); i++)
        if (s->slot[i].used && s->slot[i].association)
            dicom_association_interrupt(s->slot[i].association);
    pthread_mutex_unlock(&s->lock);
    for (int i = 0; i < slots(s); i++)
        if (s->slot[i].used)
            pthread_join(s->slot[i].thread, NULL);
    dicom_listener_free(s->listener);
    tls_context_free(s->tls);
    pthread_mutex_destroy(&s->lock);
    mem_free(s->slot);
    mem_free(s);
}
