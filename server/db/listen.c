#include "db/db_priv.h"

#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "schema/queries.h"

enum { RETRY_MS = 1000 };

struct db_listener {
    char *url, *channel;
    void (*heard)(void *ctx);
    void *ctx;
    PGconn *c;
    int stop; /* eventfd */
    pthread_t thread;
};

static bool listen_on(PGconn *c, const char *channel, struct err *e)
{
    const char *sql = Q_db_listen.sql, *mark = strstr(sql, "\"{channel}\"");
    char *name = PQescapeIdentifier(c, channel, strlen(channel));
    if (!mark || !name) {
        PQfreemem(name);
        return err_set(e, ERR_INVALID, "listen: no such channel name");
    }
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 1024);
    buf_printf(&b, "%.*s%s", (int)(mark - sql), sql, name);
    PQfreemem(name);
    if (!buf_ok(&b, e))
        return false;
    PGresult *r = PQexec(c, b.p);
    bool fine = PQresultStatus(r) == PGRES_COMMAND_OK;
    if (!fine)
        error_set(e, PQresultErrorField(r, PG_DIAG_SQLSTATE) ? r : NULL, c, "listen");
    PQclear(r);
    return fine;
}

static bool connect_listener(struct db_listener *l, struct err *e)
{
    l->c = connection_open(l->url, 0, e);
    if (l->c && listen_on(l->c, l->channel, e))
        return true;
    PQfinish(l->c);
    l->c = NULL;
    return false;
}

/* True: go on (something was said, or the time is up). False: stop. */
static bool wait_or_stop(struct db_listener *l, int timeout_ms)
{
    struct pollfd p[2] = {{.fd = l->stop, .events = POLLIN},
                          {.fd = l->c ? PQsocket(l->c) : -1, .events = POLLIN}};
    poll(p, 2, timeout_ms);
    return !(p[0].revents & POLLIN);
}

static void take_notices(struct db_listener *l)
{
    bool any = false;
    if (!PQconsumeInput(l->c)) {
        log_warning("db", "the listening connection is lost");
        PQfinish(l->c);
        l->c = NULL;
        return;
    }
    for (PGnotify *n; (n = PQnotifies(l->c)) != NULL; any = true)
        PQfreemem(n);
    if (any)
        l->heard(l->ctx);
}

static void *listen_thread(void *arg)
{
    struct db_listener *l = arg;
    while (wait_or_stop(l, l->c ? -1 : RETRY_MS)) {
        if (l->c)
            take_notices(l);
        else if (connect_listener(l, NULL))
            l->heard(l->ctx); /* what was said meanwhile is lost: look once */
    }
    return NULL;
}

struct db_listener *db_listen(const char *url, const char *channel, void (*heard)(void *ctx), void *ctx,
                              struct err *e)
{
    struct db_listener *l = mem_zalloc(sizeof *l);
    *l = (struct db_listener){.url = mem_cstr(url), .channel = mem_cstr(channel), .heard = heard, .ctx = ctx};
    l->stop = eventfd(0, EFD_CLOEXEC);
    if (l->stop >= 0 && connect_listener(l, e) && pthread_create(&l->thread, NULL, listen_thread, l) == 0)
        return l;
    if (l->stop < 0 || l->c)
        err_set(e, ERR_INTERNAL, "listen: out of threads or descriptors");
    PQfinish(l->c);
    if (l->stop >= 0)
        close(l->stop);
    mem_free(l->url);
    mem_free(l->channel);
    mem_free(l);
    return NULL;
}

void db_listener_free(struct db_listener *l)
{
    if (!l)
        return;
    uint64_t one = 1;
    if (write(l->stop, &one, sizeof one) == sizeof one)
        pthread_join(l->thread, NULL);
    PQfinish(l->c);
    close(l->stop);
    mem_free(l->url);
    mem_free(l->channel);
    mem_free(l);
}
