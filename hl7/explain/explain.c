#include "hl7/explain/explain_priv.h"

#include "base/json.h"

const struct gate_route explain_routes[] = {
#define ROUTE(method, pattern, permission, audit, tx, body, handler) \
    {method, pattern, {method " " pattern, permission, audit, GATE_##tx, false}, body, handler, NULL, NULL, NULL},
#include "hl7/explain/routes.def"
#undef ROUTE
};
const int explain_route_count = sizeof explain_routes / sizeof explain_routes[0];

static struct explain_config settings;

void explain_init(const struct explain_config *config)
{
    settings = *config;
}

const struct explain_config *explain_settings(void)
{
    return &settings;
}

const struct hl7_charset *explain_fallback(void)
{
    return settings.character_set ? hl7_charset_find(str_of(settings.character_set)) : NULL;
}

bool explain_json(struct gate_http *h, struct buf *b, struct err *e)
{
    bool ok = buf_ok(b, e);
    if (ok)
        gate_http_body(h, 200, "application/json", buf_view(b));
    buf_release(b);
    return ok;
}

bool explain_id(const struct gate_http *h, const char *name, int64_t *ret_id, struct err *e)
{
    return str_int(gate_path(h, name), ret_id) || err_set(e, ERR_NOT_FOUND, "no such message or run");
}

void explain_put_texts(struct buf *b, const char *name, const struct str *text, size_t n)
{
    json_put_name(b, name);
    buf_putc(b, '[');
    for (size_t i = 0; i < n; i++) {
        json_put_comma(b);
        json_put_str(b, text[i]);
    }
    buf_putc(b, ']');
}

void explain_put_time(struct buf *b, const char *name, clock_us t)
{
    char when[CLOCK_TEXT];
    if (!t)
        return;
    clock_site_text(t, when);
    json_put_field(b, name, str_of(when));
}

/* ---- messages as people write them ---- */

struct str explain_bytes(struct arena *a, struct str text)
{
    CLEANUP(buf_release) struct buf b;
    struct hl7_message m;
    struct str lines = hl7_lines(a, text);
    buf_init(&b, EXPLAIN_BODY_MAX);
    if (!hl7_parse_header(lines, NULL, a, &m, NULL) || !m.charset.declared ||
        m.charset.declared->kind == HL7_SET_ASCII || !hl7_charset_encode(m.charset.declared, lines, &b, NULL, NULL))
        return lines;
    return arena_str(a, buf_view(&b));
}

bool explain_message(struct op *op, struct gate_http *h, struct str *ret_message, struct err *e)
{
    const struct http_request *r = h->request;
    if (!str_starts(http_header(r, "Content-Type"), "application/json")) {
        *ret_message = r->body;
    } else {
        struct json *j = json_parse(r->body, e);
        if (!j)
            return false;
        *ret_message = explain_bytes(op->arena, json_str(j, "message"));
        json_free(j);
    }
    return ret_message->n || err_set(e, ERR_REQUIRED, "no message");
}
