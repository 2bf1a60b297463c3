/* Binary by its own media type. What somebody stored here may be a page with scripts: a browser must not run
 * it. */
#include "fhir/rest/rest_priv.h"

#include "base/codec.h"

static struct str base_type(struct str media_type)
{
    return str_trim(str_sub(media_type, 0, str_find(media_type, ';')));
}

/* The Accept header names this media type itself. */
static bool accepts(struct str accept, struct str media_type)
{
    struct str part;
    while (accept.p && str_next(&accept, ',', &part)) {
        struct str one = base_type(part), own = base_type(media_type);
        if (one.n && one.n == own.n && str_is_nocase(one, "application/octet-stream") &&
            str_is_nocase(own, "application/octet-stream"))
            return true;
        if (one.n && str_eq(one, own))
            return true;
    }
    return false;
}

bool binary_answer(struct op *op, struct gate_http *h, struct record_doc *doc, bool *ret_sent, struct err *e)
{
    struct str accept = http_header_list(h->request, "Accept");
    struct buf bytes CLEANUP(buf_release);
    buf_init(&bytes, ANSWER_MAX);
    *ret_sent = false;
    if (http_query(h->request, "_format").n || !accept.n)
        return true;
    if (!record_parse(op->arena, doc, e))
        return false;
    struct str type = fhir_text(doc->node, "contentType");
    if (!accepts(accept, type))
        return true;
    if (!base64_decode(fhir_text(doc->node, "data"), &bytes, e))
        return false;
    http_set(h->response, "Content-Security-Policy", STR("default-src 'none'; sandbox"));
    http_set(h->response, "Content-Disposition", STR("attachment"));
    gate_http_body(h, 200, arena_cstr(op->arena, type), buf_view(&bytes));
    *ret_sent = true;
    return true;
}
