/* Connections kept open between messages, one a destination: senders take them and give them back. */
#include "hl7/out/out_priv.h"

#include <pthread.h>

#include "base/mem.h"

enum { KEPT_MAX = 256 };

struct kept {
    int64_t destination;
    char *settings; /* it was made with */
    struct hl7_client *client;
    clock_us until;
};
static struct {
    pthread_mutex_t lock;
    struct kept row[KEPT_MAX];
    size_t n;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct kept take_out(size_t i)
{
    struct kept k = kept.row[i];
    kept.row[i] = kept.row[--kept.n];
    return k;
}

static struct hl7_client *let_go(struct kept *k, bool close)
{
    mem_free(k->settings);
    if (close)
        hl7_client_close(k->client);
    return close ? NULL : k->client;
}

static bool find(int64_t destination, struct kept *ret_k)
{
    bool found = false;
    pthread_mutex_lock(&kept.lock);
    for (size_t i = 0; i < kept.n && !found; i++) {
        found = kept.row[i].destination == destination;
        if (found)
            *ret_k = take_out(i);
    }
    pthread_mutex_unlock(&kept.lock);
    return found;
}

static const char *text_or_null(struct arena *a, struct str s)
{
    return s.n ? arena_cstr(a, s) : NULL;
}

struct hl7_client *connection_dial(const struct hl7_destination *d, struct err *e)
{
    struct arena a;
    arena_init(&a);
    struct hl7_client_config c = {.host = arena_cstr(&a, d->host),
                                  .port = d->port,
                                  .tls = d->tls,
                                  .ca = text_or_null(&a, d->tls_ca),
                                  .certificate = text_or_null(&a, d->tls_certificate),
                                  .key = text_or_null(&a, d->tls_key),
                                  .name = text_or_null(&a, d->tls_name),
                                  .release = d->release,
                                  .connect_seconds = d->connect_seconds,
                                  .answer_seconds = d->answer_seconds,
                                  .stop_fd = hl7_out_service.stop_fd};
    struct hl7_client *client = hl7_client_open(&c, e);
    arena_release(&a);
    return client;
}

struct hl7_client *connection_take(const struct hl7_destination *d, struct err *e)
{
    struct kept k;
    if (!find(d->id, &k))
        return connection_dial(d, e);
    bool same = str_is(d->settings, k.settings);
    struct hl7_client *client = let_go(&k, !same || clock_monotonic() > k.until || !hl7_client_usable(k.client));
    return client ? client : connection_dial(d, e);
}

void connection_give(const struct hl7_destination *d, struct hl7_client *c)
{
    if (!d->keep_open) {
        hl7_client_close(c);
        return;
    }
    struct kept k = {.destination = d->id,
                     .settings = mem_alloc(d->settings.n + 1),
                     .client = c,
                     .until = clock_monotonic() + (clock_us)d->idle_seconds * 1000000};
    str_copy(k.settings, d->settings.n + 1, d->settings);
    pthread_mutex_lock(&kept.lock);
    bool room = kept.n < KEPT_MAX;
    if (room)
        kept.row[kept.n++] = k;
    pthread_mutex_unlock(&kept.lock);
    if (!room)
        let_go(&k, true);
}

void connections_sweep(bool all)
{
    clock_us now = clock_monotonic();
    pthread_mutex_lock(&kept.lock);
    for (size_t i = 0; i < kept.n;)
        if (all || now > kept.row[i].until || !hl7_client_usable(kept.row[i].client)) {
            struct kept k = take_out(i);
            let_go(&k, true);
        } else {
            i++;
        }
    pthread_mutex_unlock(&kept.lock);
}
