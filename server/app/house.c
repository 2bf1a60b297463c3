#include "app/house.h"

#include <signal.h>
#include <stdio.h>

#include "admin/admin.h"
#include "app/jobs.h"
#include "base/log.h"
#include "dicom/out/out.h"
#include "dicom/web/web.h"
#include "domain/authority.h"
#include "fhir/rest/rest.h"
#include "hl7/explain/explain.h"
#include "fhir/validate/validate.h"
#include "fhir/subscription/subscription.h"
#include "hl7/out/out.h"
#include "record/record.h"
#include "schema/queries.h"

enum { BORROW_MS = 10000, NAMES_AHEAD = 64, MEGABYTE = 1 << 20 };

bool house_database(const struct config *config, struct db_pool **ret_pool, struct err *e)
{
    struct db_pool_config c = {.url = config->database_url,
                               .size = 2, /* a trial has one of its own */
                               .statement_timeout_ms = 0,
                               .queries = schema_queries,
                               .query_count = schema_query_count};
    *ret_pool = db_pool_new(&c, e);
    return *ret_pool || err_wrap(e, "database.url");
}

bool house_migrate(const struct config *config, int *ret_applied, struct err *e)
{
    if (!config->database_owner_url[0])
        return err_set(e, ERR_INVALID, "database.owner_url is not set: nothing can be migrated");
    return db_migrate(config->database_owner_url, schema_migrations, schema_migration_count, ret_applied, e) ||
           err_wrap(e, "migrate the database");
}

void house_explain(const struct config *config)
{
    struct explain_config x = {.character_set = config->hl7_character_set, .worklist_json = dicom_worklist_json};
    explain_init(&x);
}

void house_policy(struct house *h, const struct config *c)
{
    snprintf(h->public_url, sizeof h->public_url, "http://%s:%d", c->http_address, c->http_port);
    h->policy = (struct domain_policy){.patient_authority = c->site_patient_authority,
                                       .accession_authority = c->site_accession_authority,
                                       .missing_study_uid = (enum missing_uid)c->hl7_missing_study_uid,
                                       .missing_accession = (enum missing_accession)c->hl7_missing_accession,
                                       .settle_seconds = c->fhir_subscription_settle_seconds,
                                       .rules = &subscription_rules,
                                       .search_timeout_ms = c->fhir_search_timeout_ms,
                                       .viewer_url = c->viewer_url,
                                       .public_url = h->public_url};
}

/* References to ourselves are indexed without our address. */
static void tell_own_base(const struct house *h)
{
    char base[sizeof h->public_url + sizeof "/fhir"];
    snprintf(base, sizeof base, "%s/fhir", h->public_url);
    record_own_base(str_of(base));
}

static bool open_database(struct house *h, struct err *e)
{
    const struct config *c = h->config;
    int applied;
    if (c->database_owner_url[0] && !house_migrate(c, &applied, e))
        return false;
    struct db_pool_config pool = {.url = c->database_url,
                                  .size = c->database_connections,
                                  .statement_timeout_ms = c->database_statement_timeout_ms,
                                  .queries = schema_queries,
                                  .query_count = schema_query_count};
    h->pool = db_pool_new(&pool, e);
    if (!h->pool)
        return err_wrap(e, "database.url");
    struct db *db = db_borrow(h->pool, BORROW_MS, e);
    bool ok = db && authorities_load(db, e);
    db_return(db);
    return ok;
}

static bool open_auth(struct house *h, struct err *e)
{
    const struct config *c = h->config;
    struct auth_config a = {.trust_loopback_peers = c->profile == PROFILE_DEMO,
                            .ae_title = c->dicom_aet,
                            .session_idle_seconds = c->auth_session_idle_seconds,
                            .session_absolute_seconds = c->auth_session_absolute_seconds,
                            .ldap_url = c->ldap_url,
                            .ldap_starttls = c->ldap_starttls,
                            .ldap_ca_file = c->ldap_ca_file,
                            .ldap_bind_dn = c->ldap_bind_dn,
                            .ldap_bind_password_file = c->ldap_bind_password_file,
                            .ldap_user_base = c->ldap_user_base,
                            .ldap_user_filter = c->ldap_user_filter,
                            .ldap_group_base = c->ldap_group_base,
                            .ldap_group_filter = c->ldap_group_filter,
                            .ldap_role_map = c->ldap_role_map,
                            .ldap_timeout_seconds = c->ldap_timeout_seconds};
    h->auth = auth_new(&a, e);
    h->peers = h->auth ? db_listen(c->database_url, "isocentre_peer", auth_peers_changed, h->auth, e) : NULL;
    return h->peers != NULL;
}

static bool open_stores(struct house *h, struct err *e)
{
    const struct config *c = h->config;
    struct files_config files = {.path = c->storage_path,
                                 .reserve_bytes = (int64_t)c->storage_reserve_mb * MEGABYTE,
                                 .names_ahead = NAMES_AHEAD};
    struct audit_config audit = {.pool = h->pool,
                                 .key_file = c->audit_key_file,
                                 .batch_ms = 1,
                                 .seal_ms = c->audit_seal_ms,
                                 .checkpoint_seconds = c->audit_checkpoint_seconds,
                                 .checkpoint_rows = c->audit_checkpoint_rows,
                                 .sealer = true};
    h->files = files_open(&files, e);
    h->audit = h->files ? audit_new(&audit, e) : NULL;
    if (!h->audit)
        return false;
    struct gate_config gate = {.pool = h->pool,
                               .auth = h->auth,
                               .audit = h->audit,
                               .files = h->files,
                               .policy = &h->policy,
                               .borrow_ms = BORROW_MS};
    h->gate = gate_new(&gate, e);
    return h->gate != NULL;
}

static bool open_http(struct house *h, struct err *e)
{
    static const struct gate_route *tables[6];
    static int counts[6];
    const struct config *c = h->config;
    tables[0] = fhir_routes, counts[0] = fhir_route_count;
    tables[1] = dicom_web_routes, counts[1] = dicom_web_route_count;
    tables[2] = admin_routes, counts[2] = admin_route_count;
    tables[3] = explain_routes, counts[3] = explain_route_count;
    tables[4] = hl7_routes, counts[4] = hl7_route_count;
    tables[5] = dicom_routes, counts[5] = dicom_route_count;
    struct gate_http_tables t = {tables, counts, 6};
    struct hl7_http_config hl7 = {hl7_charset_find(str_of(c->hl7_character_set)), (size_t)c->hl7_frame_max};
    hl7_http_init(&hl7);
    struct fhir_settings fhir = {.reference_integrity = c->fhir_reference_integrity,
                                 .delete_multiple = c->fhir_conditional_delete == CONDITIONAL_DELETE_MULTIPLE,
                                 .worklist_json = dicom_worklist_json,
                                 .study_file = dicom_file_read};
    fhir_settings_set(&fhir);
    if (!validate_start(e))
        return false;
    h->door = gate_door_new(h->gate, &t);
    struct http_config http = {.address = c->http_address,
                               .port = c->http_port,
                               .threads = c->http_threads,
                               .workers = c->http_workers,
                               .connections_max = c->http_connections,
                               .idle_seconds = 60,
                               .sockets_max = c->fhir_websocket_connections,
                               .handler = gate_door_serve,
                               .body_limit = gate_door_body_limit,
                               .refused = gate_door_refused,
                               .busy = gate_door_busy,
                               .failed = gate_door_failed,
                               .ctx = h->door};
    h->http = http_server_new(&http, e);
    if (!h->http)
        return err_wrap(e, "http.port %d", c->http_port);
    return house_open_https(h, &http, e);
}

static bool open_hl7(struct house *h, struct err *e)
{
    const struct config *c = h->config;
    struct hl7_listener_config l = {.gate = h->gate,
                                    .address = c->hl7_address,
                                    .port = c->hl7_port,
                                    .connections_max = c->hl7_connections,
                                    .frame_max = c->hl7_frame_max,
                                    .frame_seconds = c->hl7_frame_seconds,
                                    .idle_seconds = c->hl7_idle_seconds,
                                    .character_set = c->hl7_character_set};
    struct tls_context_config tls = {.server = true,
                                     .certificate = c->hl7_tls_certificate,
                                     .key = c->hl7_tls_key,
                                     .ca = c->hl7_tls_ca[0] ? c->hl7_tls_ca : NULL,
                                     .optional = c->hl7_tls_client == HL7_TLS_CLIENT_OPTIONAL};
    h->hl7 = hl7_listener_new(&l, e);
    if (!h->hl7)
        return err_wrap(e, "hl7.port %d", c->hl7_port);
    struct hl7_drop_config drop = {.gate = h->gate, .path = c->hl7_drop_path, .character_set = c->hl7_character_set};
    if (drop.path[0] && !(h->hl7_drop = hl7_drop_new(&drop, e)))
        return err_wrap(e, "hl7.drop_path");
    if (!c->hl7_tls_certificate[0])
        return true;
    l.tls = &tls;
    l.port = c->hl7_tls_port;
    h->hl7_tls = hl7_listener_new(&l, e);
    return h->hl7_tls || err_wrap(e, "hl7.tls_port %d", c->hl7_tls_port);
}

static bool open_dicom(struct house *h, struct err *e)
{
    const struct config *c = h->config;
    struct dicom_server_config d = {.gate = h->gate,
                                    .address = c->dicom_address,
                                    .port = c->dicom_port,
                                    .ae_title = c->dicom_aet,
                                    .associations_max = c->dicom_associations,
                                    .private_classes = c->dicom_private_classes,
                                    .duplicates = (enum study_duplicates)c->dicom_duplicates,
                                    .move_associations = c->dicom_move_associations};
    struct tls_context_config tls = {.server = true,
                                     .certificate = c->dicom_tls_certificate,
                                     .key = c->dicom_tls_key,
                                     .ca = c->dicom_tls_ca[0] ? c->dicom_tls_ca : NULL,
                                     .optional = c->dicom_tls_client == DICOM_TLS_CLIENT_OPTIONAL};
    h->dicom = dicom_server_new(&d, e);
    if (!h->dicom)
        return err_wrap(e, "dicom.port %d", c->dicom_port);
    if (!c->dicom_tls_certificate[0])
        return true;
    d.tls = &tls;
    d.port = c->dicom_tls_port;
    h->dicom_tls = dicom_server_new(&d, e);
    return h->dicom_tls || err_wrap(e, "dicom.tls_port %d", c->dicom_tls_port);
}

static bool open_subscriptions(struct house *h, struct err *e)
{
    const struct config *c = h->config;
    struct subscription_config s = {.gate = h->gate,
                                    .allow = c->fhir_subscription_allow,
                                    .ca_file = c->fhir_subscription_ca_file,
                                    .timeout_seconds = c->fhir_subscription_timeout_seconds,
                                    .retry_max_seconds = c->fhir_subscription_retry_max_seconds,
                                    .keep = c->fhir_subscription_keep};
    return subscription_start(&s, e);
}

static bool open_hl7_out(struct house *h, struct err *e)
{
    struct hl7_out_config o = {
        .gate = h->gate, .senders = h->config->hl7_senders, .retry_max_seconds = h->config->hl7_retry_max_seconds};
    return hl7_out_start(&o, e);
}

static void open_dicom_out(struct house *h)
{
    const struct config *c = h->config;
    const struct dicom_out_config o = {.ae_title = c->dicom_aet,
                                       .certificate = c->dicom_tls_certificate,
                                       .key = c->dicom_tls_key,
                                       .ca = c->dicom_tls_ca,
                                       .files = h->files,
                                       .senders = c->dicom_senders,
                                       .retry_max_seconds = c->dicom_retry_max_seconds};
    dicom_out_start(&o);
}

static bool tell_restarted(struct house *h, struct err *e)
{
    struct arena arena;
    arena_init(&arena);
    struct db *db = db_borrow(h->pool, BORROW_MS, e);
    bool ok = db && db_begin(db, DB_WRITE, e) && dicom_ups_restarted(db, &arena, e) && db_commit(db, e);
    db_return(db);
    arena_release(&arena);
    return ok;
}

static bool open_outbox(struct house *h, struct err *e)
{
    const struct dicom_notify_config notify = {h->config->dicom_aet, h->policy.settle_seconds};
    open_dicom_out(h);
    struct outbox_kind kinds[] = {subscription_kind(), hl7_out_kind(), dicom_notify_kind(&notify), dicom_out_kind()};
    struct outbox_config o = {
        .pool = h->pool, .url = h->config->database_url, .kinds = kinds, .kind_count = sizeof kinds / sizeof kinds[0]};
    h->outbox = outbox_new(&o, e);
    return h->outbox != NULL && tell_restarted(h, e);
}

static bool record_event(struct house *h, enum audit_kind kind, struct err *e)
{
    struct principal who = auth_system();
    struct audit_event ev = {.kind = kind, .who = &who, .door = "cli", .request = STR("serve")};
    return audit_commit(h->audit, &ev, e);
}

bool house_open(struct house *h, const struct config *config, struct err *e)
{
    *h = (struct house){.config = config};
    house_policy(h, config);
    tell_own_base(h);
    bool ok = clock_set_site(config->site_timezone, e) && open_database(h, e) && open_auth(h, e) && open_stores(h, e);
    if (ok) {
        struct admin_config a = {.config = config, .gate = h->gate};
        admin_init(&a);
        house_explain(config);
    }
    ok = ok && record_event(h, AUDIT_SERVER_START, e) && app_jobs_open(h, e) && open_subscriptions(h, e) &&
         open_hl7_out(h, e) && open_outbox(h, e) && open_hl7(h, e) && open_dicom(h, e) && open_http(h, e);
    if (!ok) {
        house_close(h);
        return false;
    }
    log_info("isocentre", "ready: http %d, dicom %d, hl7 %d", http_server_port(h->http), dicom_server_port(h->dicom),
             hl7_listener_port(h->hl7));
    return true;
}

bool house_close(struct house *h)
{
    struct err e;
    err_clear(&e);
    bool idle = http_server_free(h->http, 5000), idle_tls = http_server_free(h->https, 5000);
    idle = idle && idle_tls;
    hl7_listener_free(h->hl7);
    hl7_listener_free(h->hl7_tls);
    hl7_drop_free(h->hl7_drop);
    dicom_server_free(h->dicom);
    dicom_server_free(h->dicom_tls);
    jobs_free(h->jobs);
    if (idle) {
        outbox_free(h->outbox);
        hl7_out_stop();
        subscription_stop();
        dicom_out_stop();
    }
    if (h->gate && !record_event(h, AUDIT_SERVER_STOP, &e))
        log_err("audit", &e);
    if (!idle) {
        log_warning("isocentre", "a request still runs: the process ends without waiting for it");
        return false; /* it uses what would be released below */
    }
    gate_door_free(h->door);
    gate_free(h->gate);
    audit_free(h->audit);
    files_close(h->files);
    house_close_https(h);
    db_listener_free(h->peers);
    auth_free(h->auth);
    db_pool_free(h->pool);
    authorities_release();
    return true;
}
