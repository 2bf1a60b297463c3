/* The service: what the outbox needs, and one thread that keeps house. */
#include "hl7/out/out_priv.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "base/background.h"
#include "base/log.h"
#include "metrics/metrics.h"
#include "schema/queries.h"

enum { TICK_MS = 1000, GAUGES_EVERY = 5, BORROW_MS = 2000, NAMES_MAX = METRICS_SERIES_MAX };

struct service hl7_out_service = {.stop_fd = -1};

static struct {
    struct bell bell;
    pthread_t thread;
    bool running;
    char name[NAMES_MAX][68]; /* destinations whose gauges are not 0 */
    size_t names;
} house;

/* ---- gauges ---- */

static void set_gauges(const char *name, int64_t waiting, int64_t age, int64_t dead)
{
    metrics_set(METRIC_HL7_QUEUE, name, waiting);
    metrics_set(METRIC_HL7_QUEUE_SECONDS, name, age);
    metrics_set(METRIC_HL7_OUT_DEAD, name, dead);
}

/* A destination that is gone has nothing waiting. */
static void show(const struct db_rows *r)
{
    for (size_t i = 0; i < house.names; i++)
        set_gauges(house.name[i], 0, 0, 0);
    house.names = 0;
    for (int i = 0; i < db_count(r) && house.names < NAMES_MAX; i++) {
        char *name = house.name[house.names++];
        str_copy(name, sizeof house.name[0], db_get(r, i, 1));
        set_gauges(name, db_get_int(r, i, 7), db_get_int(r, i, 8), db_get_int(r, i, 9));
    }
}

static void gauges(void)
{
    struct err e = {0};
    struct db *db = db_borrow(gate_pool(hl7_out_service.config.gate), BORROW_MS, &e);
    const struct db_rows *r = db ? db_run(db, &Q_hl7_destination_state, NULL, &e) : NULL;
    if (r)
        show(r);
    else
        log_err("hl7", &e);
    db_return(db);
}

static void *keep_house(void *arg)
{
    unsigned seen = 0;
    (void)arg;
    for (int tick = 0; bell_wait(&house.bell, &seen, TICK_MS); tick++) {
        connections_sweep(false);
        if (tick % GAUGES_EVERY == 0)
            gauges();
    }
    return NULL;
}

/* ---- start and stop ---- */

bool hl7_out_start(const struct hl7_out_config *config, struct err *e)
{
    hl7_out_service = (struct service){.config = *config, .stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (hl7_out_service.stop_fd < 0)
        return err_errno(e, ERR_INTERNAL, "hl7: eventfd");
    bell_init(&house.bell);
    house.running = pthread_create(&house.thread, NULL, keep_house, NULL) == 0;
    return house.running || err_set(e, ERR_INTERNAL, "hl7: out of threads");
}

static void stop(void *ctx)
{
    (void)ctx;
    if (eventfd_write(hl7_out_service.stop_fd, 1) != 0)
        log_warning("hl7", "senders can not be told to stop: they end by their deadlines");
}

struct outbox_kind hl7_out_kind(void)
{
    return (struct outbox_kind){.name = HL7_OUT_KIND,
                                .changed = queue_changed,
                                .prepare = deliver_prepare,
                                .send = deliver_send,
                                .done = deliver_done,
                                .stop = stop,
                                .senders = hl7_out_service.config.senders,
                                .retry_max_ms = hl7_out_service.config.retry_max_seconds * 1000};
}

void hl7_out_stop(void)
{
    if (house.running) {
        bell_stop(&house.bell);
        pthread_join(house.thread, NULL);
        bell_release(&house.bell);
        house.running = false;
    }
    connections_sweep(true);
    if (hl7_out_service.stop_fd >= 0)
        close(hl7_out_service.stop_fd);
    hl7_out_service = (struct service){.stop_fd = -1};
}
