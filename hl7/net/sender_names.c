/* Who sends: the names a message gives itself, and the principal behind them. */
#include "hl7/net/net_priv.h"
#include "metrics/metrics.h"

/* A change is told (auth_peers_changed); the time is for a notice that got lost. */
enum { KNOWN_US = 10 * 1000000, BORROW_MS = 5000 };

static struct str hd_text(const struct hl7_message *m, struct arena *a, const char *namespace_, const char *id)
{
    struct str s = str_trim(hl7_get(m, a, namespace_));
    return s.n ? s : str_trim(hl7_get(m, a, id));
}

void sender_names(const struct hl7_message *m, struct arena *a, struct str *ret_application, struct str *ret_facility)
{
    *ret_application = hd_text(m, a, "MSH-3.1", "MSH-3.2");
    *ret_facility = hd_text(m, a, "MSH-4.1", "MSH-4.2");
}

bool sender_known(const struct hl7_peer *p, struct str application, struct str facility)
{
    if (p->authenticated || p->again)
        return true;
    bool fresh = clock_monotonic() < p->known_until && p->known_age == auth_peers_age(gate_auth(p->gate));
    return p->who.kind != PRINCIPAL_NONE && fresh && str_is(application, p->application) &&
           str_is(facility, p->facility);
}

static bool ask(struct hl7_peer *p, struct str application, struct str facility)
{
    const struct credentials c = {.kind = CREDENTIALS_HL7,
                                  .application = application,
                                  .facility = facility,
                                  .certificate = p->certificate,
                                  .address = p->address,
                                  .loopback = p->loopback,
                                  .encrypted = p->encrypted};
    struct err e;
    err_clear(&e);
    struct db *db = db_borrow(gate_pool(p->gate), BORROW_MS, &e);
    bool ok = db && auth_authenticate(gate_auth(p->gate), db, &c, &p->who, &e);
    db_return(db);
    return ok;
}

bool hl7_peer_recognise(struct hl7_peer *p, const struct hl7_message *header, struct arena *a)
{
    struct str application, facility;
    sender_names(header, a, &application, &facility);
    if (sender_known(p, application, facility))
        return true;
    p->who = (struct principal){.kind = PRINCIPAL_NONE};
    bool fits = str_copy(p->application, sizeof p->application, application) &&
                str_copy(p->facility, sizeof p->facility, facility);
    p->known_age = auth_peers_age(gate_auth(p->gate)); /* before it is asked for */
    bool known = fits && ask(p, application, facility);
    p->known_until = clock_monotonic() + KNOWN_US;
    return known;
}

void hl7_quirks_count(const struct hl7_quirks *q)
{
    for (int i = 0; i < HL7_QUIRKS; i++)
        if (q->n[i])
            metrics_add(METRIC_HL7_QUIRKS, hl7_quirk_rows[i].name, (int64_t)q->n[i]);
}
