#include "fhir/subscription/subscription_priv.h"

enum { SENDERS = 4 };

struct service subscription_service;

struct op service_op(struct arena *a, struct db *db, struct str access)
{
    struct principal *who = ARENA_NEW(a, struct principal);
    struct gate *gate = subscription_service.config.gate;
    *who = auth_system();
    return (struct op){.arena = a,
                       .db = db,
                       .who = who,
                       .access = access,
                       .department = STR(""),
                       .files = gate_files(gate),
                       .event = ARENA_NEW(a, struct audit_event),
                       .gate = gate};
}

bool subscription_start(const struct subscription_config *config, struct err *e)
{
    struct httpc_config http = {.allow = config->allow, .ca_file = config->ca_file};
    subscription_service = (struct service){.config = *config};
    subscription_service.http = httpc_new(&http, e);
    if (!subscription_service.http)
        return err_wrap(e, "fhir.subscription_allow");
    return true;
}

static void stop(void *ctx)
{
    (void)ctx;
    httpc_stop(subscription_service.http);
}

struct outbox_kind subscription_kind(void)
{
    struct outbox_kind k = deliver_kind;
    k.changed = match_changes;
    k.stop = stop;
    k.senders = SENDERS;
    k.retry_max_ms = subscription_service.config.retry_max_seconds * 1000;
    k.keep = subscription_service.config.keep;
    return k;
}

void subscription_stop(void)
{
    httpc_free(subscription_service.http);
    subscription_service = (struct service){.http = NULL};
}
