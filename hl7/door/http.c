/* HL7 over HTTP: a message in a POST, its acknowledgement in the answer (HAPI's specification of HL7 over HTTP). */
#include "hl7/codec/batch.h"
#include "hl7/door/door_priv.h"

static struct hl7_http_config settings;

#define ROUTE(method, pattern, permission, audit, tx, public_, body, handler) \
    static bool handler(struct op *op, struct gate_http *h, struct err *e);
#include "hl7/door/routes.def"
#undef ROUTE
const struct gate_route hl7_routes[] = {
#define ROUTE(method, pattern, permission, audit, tx, public_, body, handler) \
    {method, pattern, {method " " pattern, permission, audit, GATE_##tx, public_}, body, handler, NULL, NULL, NULL},
#include "hl7/door/routes.def"
#undef ROUTE
};
const int hl7_route_count = sizeof hl7_routes / sizeof hl7_routes[0];

enum { ACK_MAX = 64 << 20 };

void hl7_http_init(const struct hl7_http_config *config)
{
    settings = *config;
}

/* The codes the specification's own implementation answers with. */
static int status_of(const char *code)
{
    static const struct {
        char second;
        int status;
    } rows[] = {{'A', 200}, {'R', 400}, {'E', 500}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (code[1] == rows[i].second)
            return rows[i].status;
    return 500;
}

/* "application/hl7-v2; charset=ISO-8859-1"; XML encoding is another type, and not taken. */
static bool read_type(const struct gate_http *h, struct str *ret_charset, struct err *e)
{
    struct str rest = http_header(h->request, "Content-Type"), type, part;
    *ret_charset = STR_NONE;
    if (!str_next(&rest, ';', &type))
        type = STR_NONE;
    type = str_trim(type);
    if (!str_is_nocase(type, "application/hl7-v2") && !str_is_nocase(type, "application/hl7-v2+er7"))
        return err_set(e, ERR_MEDIA_TYPE, "HL7 over HTTP is application/hl7-v2");
    while (rest.n && str_next(&rest, ';', &part)) {
        part = str_trim(part);
        if (part.n > 8 && str_is_nocase(str_sub(part, 0, 8), "charset="))
            *ret_charset = str_sub(part, 8, part.n);
    }
    if (ret_charset->n > 1 && ret_charset->p[0] == '"')
        *ret_charset = str_sub(*ret_charset, 1, ret_charset->n - 2);
    return true;
}

/* Who showed a password or a session is that person; who showed nothing is whom the message says, as on MLLP. */
static bool read_sender(struct op *op, const struct gate_http *h, struct hl7_peer *p, struct err *e)
{
    bool shown = http_header(h->request, "Authorization").n || http_cookie(h->request, "isocentre_session").n;
    if (!shown)
        return true;
    if (op->who->kind == PRINCIPAL_NONE)
        return err_set(e, ERR_UNAUTHENTICATED, "the caller is not known or may not come in");
    p->who = *op->who;
    p->authenticated = true;
    return auth_authorise(op->who, PERM_HL7_SEND, e);
}

/* Over HTTPS a certificate speaks for its peer, as on MLLP over TLS. */
static bool read_certificate(const struct op *op, const struct gate_http *h, struct tls_peer *space, struct hl7_peer *p,
                             struct err *e)
{
    const struct http_request *r = h->request;
    bool ok = !r->certificate_bad || err_set(e, ERR_UNAUTHENTICATED, "the certificate that was shown is not trusted");
    if (ok && r->certificate.n) {
        ok = tls_peer_parse(r->certificate, space, e);
        p->certificate = space;
    }
    if (!ok)
        gate_refuse(op->gate, "http", r->address, e);
    return ok;
}

/* One peer's own limits. Who is too fast is asked to come again: a worker can not wait. */
static bool within_limits(const struct gate_http *h, struct hl7_peer *p, struct err *e)
{
    struct hl7_message m;
    struct str body = h->request->body;
    struct hl7_reading how = {.usual = p->usual, .fallback = p->fallback};
    if (p->authenticated || !hl7_parse_header(body, &how, &h->request->arena, &m, NULL) ||
        !hl7_peer_recognise(p, &m, &h->request->arena))
        return true; /* it will be refused with an answer */
    const struct peer_settings *own = &p->who.peer;
    if (own->frame_max > 0 && body.n > (size_t)own->frame_max)
        return err_set(e, ERR_TOO_LARGE, "the message is over the size this peer may send");
    return share_admit(p->who.peer_row, own->rate) ||
           err_set(e, ERR_TOO_MANY, "the peer sends faster than it may: come again in a second");
}

static void answer(struct gate_http *h, const struct hl7_peer *p, const struct buf *ack, const char *code)
{
    struct str bytes = buf_view(ack);
    int status = status_of(code);
    if (p->who.kind == PRINCIPAL_NONE)
        status = 401;
    gate_http_body(h, bytes.n ? status : 204, "application/hl7-v2", arena_str(&h->request->arena, bytes));
}

static bool receive(struct gate_http *h, struct hl7_peer *p, struct buf *ack, struct err *e)
{
    struct str message = h->request->body;
    struct batch_result r = {.refused = 0};
    if (hl7_batch_is(message)) {
        batch_receive(p, message, ack, &r);
        answer(h, p, ack, r.refused ? r.code : "AA");
        return buf_ok(ack, e);
    }
    hl7_receive(p, message, &h->request->arena, ack);
    if (!p->outcome.answered)
        return err_set(e, ERR_UNAVAILABLE, "the message could not be answered");
    if (p->outcome.application_from < ack->n) { /* one answer fits: the application's says more */
        struct str last = str_sub(buf_view(ack), p->outcome.application_from, ack->n);
        struct str kept = arena_str(&h->request->arena, last);
        buf_reset(ack);
        buf_str(ack, kept);
    }
    answer(h, p, ack, p->outcome.code);
    return buf_ok(ack, e);
}

static bool hl7_http_receive(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf ack;
    struct str charset;
    struct tls_peer shown;
    struct hl7_peer p = {.gate = op->gate,
                         .door = "http",
                         .fallback = settings.fallback,
                         .address = h->request->address,
                         .loopback = h->request->loopback,
                         .encrypted = h->request->tls};
    buf_init(&ack, ACK_MAX);
    if (!read_type(h, &charset, e) || !read_sender(op, h, &p, e) || !read_certificate(op, h, &shown, &p, e))
        return false;
    if (h->request->body.n > settings.frame_max)
        return err_set(e, ERR_TOO_LARGE, "the message is over the size taken here");
    if (charset.n && !(p.usual = hl7_charset_find(charset)))
        return err_set(e, ERR_MEDIA_TYPE, "the character set of Content-Type is not known here");
    return within_limits(h, &p, e) && receive(h, &p, &ack, e);
}
