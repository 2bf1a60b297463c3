/* Peers: DICOM nodes by calling AE title, HL7 senders by application and facility, both also by network
 * address. */
#include "auth/auth_priv.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "schema/queries.h"
#include "tls/tls.h"

static const uint32_t DEMO_AE = UINT32_C(1) << ROLE_MODALITY | UINT32_C(1) << ROLE_WORKSTATION;
static const uint32_t DEMO_HL7 = UINT32_C(1) << ROLE_RIS;

struct caller {
    enum principal_kind kind;
    const char *row_kind; /* as table peer names it */
    char name[96];
    char address[INET6_ADDRSTRLEN];
    uint32_t demo_roles;
};

/* The address as PostgreSQL's inet takes it: without zone, IPv4 where IPv6 only wraps it; "" for none. */
static void address_plain(const char *given, char ret_text[INET6_ADDRSTRLEN])
{
    static const unsigned char wrapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    char text[64];
    unsigned char bytes[16];
    ret_text[0] = '\0';
    str_copy(text, sizeof text, str_of(given));
    text[strcspn(text, "%")] = '\0';
    if (inet_pton(AF_INET, text, bytes) == 1)
        inet_ntop(AF_INET, bytes, ret_text, INET6_ADDRSTRLEN);
    else if (inet_pton(AF_INET6, text, bytes) == 1 && memcmp(bytes, wrapped, sizeof wrapped) == 0)
        inet_ntop(AF_INET, bytes + 12, ret_text, INET6_ADDRSTRLEN);
    else if (inet_pton(AF_INET6, text, bytes) == 1)
        inet_ntop(AF_INET6, bytes, ret_text, INET6_ADDRSTRLEN);
}

/* What a peer calls itself may hold anything; only printable ASCII is looked up, logged or audited. */
static bool name_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 0x20 || s.p[i] > 0x7e || s.p[i] == '\\')
            return false;
    return true;
}

enum { CERTIFICATE_NAMES = 16 };

/* A certificate in all the words a row may name it by. */
static void put_certificate(struct db_args *args, const struct tls_peer *shown)
{
    struct str words[CERTIFICATE_NAMES + 2], name, rest = str_of(shown ? shown->names : "");
    size_t n = 0;
    if (shown) {
        words[n++] = arena_printf(args->arena, "sha256:%s", shown->fingerprint);
        words[n++] = arena_printf(args->arena, "subject:%s", shown->subject);
    }
    while (rest.n && n < CERTIFICATE_NAMES + 2 && str_next(&rest, '\n', &name))
        if (name.n)
            words[n++] = name;
    db_texts(args, words, n);
}

static const struct db_rows *peer_row(struct db *db, const struct caller *c, const struct tls_peer *certificate,
                                      struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(c->row_kind));
    db_text(&args, str_of(c->name));
    db_text_opt(&args, str_of(c->address));
    put_certificate(&args, certificate);
    return db_run(db, &Q_peer_find, &args, e);
}

/* Who is trusted without a row must not show a certificate that a row names: it is somebody else's. */
static bool certificate_free(struct db *db, const struct caller *c, const struct credentials *shown, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    if (!shown->certificate)
        return true;
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(c->row_kind));
    put_certificate(&args, shown->certificate);
    const struct db_rows *r = db_run(db, &Q_peer_certificate_bound, &args, e);
    if (r && db_count(r))
        return auth_refuse(e, shown->address, "a certificate of another peer was shown");
    return r != NULL;
}

/* Is the row open to this caller? */
static bool row_admits(const struct db_rows *r, const struct caller *c, const struct credentials *shown, struct err *e)
{
    if (!db_get_bool(r, 0, 3))
        return auth_refuse(e, shown->address, "%s '%s' is switched off", c->row_kind, c->name);
    if (!db_get_bool(r, 0, 5))
        return auth_refuse(e, shown->address, "%s '%s' did not show its own certificate", c->row_kind, c->name);
    return true;
}

/* Does it have to come over TLS, and does it? */
static bool way_admitted(const struct principal *who, const struct caller *c, const struct credentials *shown,
                         struct err *e)
{
    return !who->peer.tls || shown->encrypted ||
           auth_refuse(e, shown->address, "%s '%s' is to come over TLS", c->row_kind, c->name);
}

static bool peer_principal(struct auth *a, struct db *db, const struct caller *c, const struct credentials *shown,
                           struct principal *ret_who, struct err *e)
{
    struct principal who = {.kind = c->kind};
    str_copy(who.name, sizeof who.name, str_of(c->name));
    const struct db_rows *r = peer_row(db, c, shown->certificate, e);
    if (!r)
        return err_wrap(e, "find the peer");
    bool known = db_count(r) > 0, demo = !known && a->trust_loopback_peers && shown->loopback;
    if (!known && !demo)
        return auth_refuse(e, shown->address, "%s '%s' is not registered for this address", c->row_kind, c->name);
    if (known ? !row_admits(r, c, shown, e) : !certificate_free(db, c, shown, e))
        return false;
    if (known) {
        str_copy(who.character_set, sizeof who.character_set, db_get(r, 0, 2));
        str_copy(who.peer_row, sizeof who.peer_row, db_get(r, 0, 4));
        peer_settings_read(r, 0, 6, &who.peer);
    }
    if (!way_admitted(&who, c, shown, e))
        return false;
    uint32_t roles = demo ? c->demo_roles : roles_of(db_get(r, 0, 0));
    if (!principal_grant(&who, roles, demo ? STR("") : db_get(r, 0, 1), e))
        return false;
    *ret_who = who;
    return true;
}

bool ae_authenticate(struct auth *a, struct db *db, const struct credentials *c, struct principal *ret_who,
                     struct err *e)
{
    struct caller caller = {.kind = PRINCIPAL_AE, .row_kind = "AE", .demo_roles = DEMO_AE};
    struct str calling = str_trim(c->calling), called = str_trim(c->called);
    if (!calling.n || calling.n > 16 || !name_plain(calling))
        return auth_refuse(e, c->address, "a calling AE title that is none");
    if (!str_is(called, a->ae_title))
        return auth_refuse(e, c->address, "AE '%.*s' called another AE title than ours", STR_ARG(calling));
    str_copy(caller.name, sizeof caller.name, calling);
    address_plain(c->address ? c->address : "", caller.address);
    return peer_principal(a, db, &caller, c, ret_who, e);
}

bool hl7_authenticate(struct auth *a, struct db *db, const struct credentials *c, struct principal *ret_who,
                      struct err *e)
{
    struct caller caller = {.kind = PRINCIPAL_HL7, .row_kind = "HL7", .demo_roles = DEMO_HL7};
    struct str application = str_trim(c->application), facility = str_trim(c->facility);
    bool fits = application.n + facility.n + 1 < sizeof caller.name && application.n + facility.n > 0;
    if (!fits || !name_plain(application) || !name_plain(facility) || memchr(application.p, '|', application.n) ||
        memchr(facility.p, '|', facility.n))
        return auth_refuse(e, c->address, "a sending application and facility that are none");
    snprintf(caller.name, sizeof caller.name, "%.*s|%.*s", STR_ARG(application), STR_ARG(facility));
    address_plain(c->address ? c->address : "", caller.address);
    return peer_principal(a, db, &caller, c, ret_who, e);
}

bool auth_peer_look(struct auth *a, struct db *db, struct str ae, struct auth_peer *ret_peer, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    struct auth_peer p = {.who = {.kind = PRINCIPAL_AE}};
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    ae = str_trim(ae);
    if (!ae.n || ae.n > 16 || !name_plain(ae))
        return err_set(e, ERR_INVALID, "an AE title has 1 to 16 printable ASCII characters");
    str_copy(p.who.name, sizeof p.who.name, ae);
    db_text(&args, ae);
    const struct db_rows *r = db_run(db, &Q_peer_look, &args, e);
    if (!r)
        return false;
    p.known = db_count(r) > 0;
    p.trusted = !p.known && a->trust_loopback_peers;
    p.enabled = p.known && db_get_bool(r, 0, 2);
    if (p.known || p.trusted) {
        uint32_t roles = p.known ? roles_of(db_get(r, 0, 0)) : DEMO_AE;
        if (!principal_grant(&p.who, roles, p.known ? db_get(r, 0, 1) : STR(""), e))
            return false;
    }
    *ret_peer = p;
    return true;
}

bool network_valid(struct str text)
{
    char address[64];
    unsigned char bytes[16];
    int64_t bits = 0;
    size_t slash = str_find(text, '/');
    if (!text.n)
        return true;
    if (!str_copy(address, sizeof address, str_sub(text, 0, slash)))
        return false;
    bool v4 = inet_pton(AF_INET, address, bytes) == 1;
    if (!v4 && inet_pton(AF_INET6, address, bytes) != 1)
        return false;
    return slash == text.n ||
           (str_int(str_sub(text, slash + 1, text.n), &bits) && bits >= 0 && bits <= (v4 ? 32 : 128));
}

bool auth_peer_put(struct db *db, struct str kind, struct str name, struct str address, struct str roles, struct err *e)
{
    uint32_t set;
    char text[ROLES_TEXT];
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    bool ae = str_is(kind, "AE");
    name = str_trim(name);
    address = str_trim(address);
    if (!ae && !str_is(kind, "HL7"))
        return err_set(e, ERR_INVALID, "a peer is of kind AE or HL7");
    if (!name.n || name.n > (ae ? 16u : 95u) || !name_plain(name))
        return err_set(e, ERR_INVALID, "%s",
                       ae ? "an AE title has 1 to 16 printable ASCII characters"
                          : "an HL7 peer is named APPLICATION|FACILITY in printable ASCII");
    if (!ae && str_find(name, '|') == name.n)
        return err_set(e, ERR_INVALID, "an HL7 peer is named APPLICATION|FACILITY");
    if (!network_valid(address))
        return err_set(e, ERR_INVALID, "the address of a peer is an IP address or network");
    if (!roles_parse(roles, &set, e))
        return false;
    roles_text(set, text);
    struct db_args args = db_args(&arena);
    db_text(&args, kind);
    db_text(&args, name);
    db_text_opt(&args, address);
    db_text(&args, str_of(text));
    return db_send(db, &Q_peer_put, &args, e) && db_flush(db, e) ? true : err_wrap(e, "put a peer");
}

/* ---- where nodes are called, and all of them ---- */

bool auth_peer_reach(struct db *db, struct str ae, struct auth_reach *ret_reach, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    struct auth_reach reach = {.port = 0};
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_trim(ae));
    const struct db_rows *r = db_run(db, &Q_peer_reach, &args, e);
    if (!r)
        return err_wrap(e, "find the peer");
    if (!db_count(r))
        return err_set(e, ERR_NOT_FOUND, "no DICOM node '%.*s' is registered with a port",
                       STR_ARG(str_utf8_clip(ae, 16)));
    str_copy(reach.name, sizeof reach.name, db_get(r, 0, 0));
    str_copy(reach.host, sizeof reach.host, db_get(r, 0, 1));
    reach.port = (int)db_get_int(r, 0, 2);
    reach.tls = db_get_int(r, 0, 3) != 0;
    reach.bandwidth = (int)db_get_int(r, 0, 4);
    str_copy(reach.certificate, sizeof reach.certificate, db_get(r, 0, 5));
    *ret_reach = reach;
    return true;
}

static void put_peer(struct buf *b, const struct db_rows *r, int row)
{
    struct peer_settings s;
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "kind", db_get(r, row, 0));
    json_put_field(b, "name", db_get(r, row, 1));
    json_put_field(b, "address", db_get(r, row, 2));
    json_put_parts(b, "roles", db_get(r, row, 3), ',');
    json_put_parts(b, "departments", db_get(r, row, 4), ',');
    json_put_field(b, "characterSet", db_get(r, row, 5));
    json_put_bool(b, "enabled", db_get_bool(r, row, 6));
    json_put_name(b, "settings");
    peer_settings_read(r, row, 7, &s);
    peer_settings_json(db_get(r, row, 0), &s, b);
    buf_putc(b, '}');
}

bool auth_peer_list(struct db *db, struct str name, struct buf *ret_json, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, name);
    const struct db_rows *r = db_run(db, &Q_peer_list, &args, e);
    if (!r)
        return false;
    buf_putc(ret_json, '[');
    for (int i = 0; i < db_count(r); i++)
        put_peer(ret_json, r, i);
    buf_putc(ret_json, ']');
    return buf_ok(ret_json, e);
}
