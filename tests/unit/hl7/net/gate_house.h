/* A gate over a real PostgreSQL, for tests of what messages do. The database is the program's own. */
#ifndef TESTS_UNIT_HL7_NET_GATE_HOUSE_H
#define TESTS_UNIT_HL7_NET_GATE_HOUSE_H

#include "../../auth/house.h"
#include "domain/authority.h"
#include "hl7/net/net_priv.h"
#include "tls/tls.h"

struct gate_house {
    struct auth *auth;
    struct audit *audit;
    struct gate *gate;
    struct domain_policy policy;
};

static inline void gate_house_need(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "gate_house: %s: %s\n", what, e.text);
    exit(1);
}

/* Senders from loopback are trusted, as in the demo profile. */
static inline struct gate_house *gate_house_open(void)
{
    static struct gate_house h;
    static char key[200];
    if (h.gate)
        return &h;
    const char *tmp = getenv("TMPDIR");
    snprintf(key, sizeof key, "%s/isocentre-unit-key-%d.pem", tmp ? tmp : "/tmp", (int)getpid());
    struct tls_key *k = tls_key_generate(key, &e);
    gate_house_need(k != NULL, "audit key");
    tls_key_free(k);
    gate_house_need(clock_set_site("Europe/Oslo", &e), "zone");
    struct auth_config auth = {.trust_loopback_peers = true,
                               .ae_title = "ISOCENTRE",
                               .session_idle_seconds = 60,
                               .session_absolute_seconds = 60};
    struct audit_config audit = {.pool = house_pool(),
                                 .key_file = key,
                                 .batch_ms = 1,
                                 .seal_ms = 1000,
                                 .checkpoint_seconds = 60,
                                 .checkpoint_rows = 1000};
    h.policy = (struct domain_policy){.patient_authority = "CLINIC",
                                      .accession_authority = "CLINIC",
                                      .public_url = "http://127.0.0.1:8042"};
    h.auth = auth_new(&auth, &e);
    gate_house_need(h.auth != NULL, "auth");
    h.audit = audit_new(&audit, &e);
    gate_house_need(h.audit != NULL, "audit");
    struct gate_config gate = {
        .pool = house_pool(), .auth = h.auth, .audit = h.audit, .policy = &h.policy, .borrow_ms = 5000};
    h.gate = gate_new(&gate, &e);
    struct db *db = db_borrow(house_pool(), 5000, &e);
    gate_house_need(db && authorities_load(db, &e), "authorities");
    db_return(db);
    remove(key);
    return &h;
}

static inline void gate_house_close(void)
{
    struct gate_house *h = gate_house_open();
    gate_free(h->gate);
    audit_free(h->audit);
    auth_free(h->auth);
    authorities_release();
    db_pool_free(house_pool());
}

/* The number in the first field of a query. */
#define COUNT(text) house_number(house_pool(), text)

#endif
