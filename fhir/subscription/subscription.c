#include "fhir/subscription/subscription_priv.h"

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
    struct outbox_config outbox = {.pool = gate_pool(config->gate),
                                   .url = config->database_url,
                                   .kinds = &deliver_kind,
                                   .kind_count = 1,
                                   .changed = match_changes,
                                   .retry_max_ms = config->retry_max_seconds * 1000,
                                   .keep = config->keep};
    subscription_service.outbox = outbox_new(&outbox, e);
    return subscription_service.outbox != NULL;
}

void subscription_stop(void)
{
    if (subscription_service.http)
        httpc_stop(subscription_service.http);
    outbox_free(subscription_service.outbox);
    httpc_free(subscription_service.http);
    subscription_service = (struct service){.http = NULL};
}
