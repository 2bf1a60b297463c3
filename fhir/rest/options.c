/* OPTIONS: what an address takes, as far as its pattern in routes.def does not tell it. */
#include "fhir/rest/operation_priv.h"

#include <string.h>

/* "GET, HEAD, OPTIONS" of an operation that is called by GET only. */
static bool allow_operation(struct gate_http *h, struct err *e)
{
    unsigned methods = operation_methods(h);
    if (!methods)
        return err_set(e, ERR_NOT_FOUND, "no such operation at this address");
    http_set(h->response, "Allow",
             arena_printf(&h->request->arena, "%s%sOPTIONS", methods & BY_GET ? "GET, HEAD, " : "",
                          methods & BY_POST ? "POST, " : ""));
    return true;
}

static bool takes(const struct gate_http *h, const char *method)
{
    for (int i = 0; i < fhir_route_count; i++) {
        bool same = strcmp(fhir_routes[i].pattern, h->pattern) == 0;
        if (same && strcmp(fhir_routes[i].method, method) == 0)
            return true;
    }
    return false;
}

/* Of R5 there are two types, and one of them is not created. */
static bool allow_r5(struct gate_http *h, struct str type, struct err *e)
{
    bool study = str_is(type, "ImagingStudy");
    if (type.p && !study && !str_is(type, "ImagingSelection"))
        return err_set(e, ERR_NOT_FOUND, "FHIR R5 is answered here for ImagingStudy and ImagingSelection");
    if (study && takes(h, "GET"))
        http_set(h->response, "Allow", STR("GET, HEAD, OPTIONS"));
    return true;
}

/* The trail is read and searched; it does not change. */
static void allow_trail(struct gate_http *h)
{
    bool past = strstr(h->pattern, "_history") != NULL;
    http_set(h->response, "Allow",
             past              ? STR("OPTIONS")
             : takes(h, "GET") ? STR("GET, HEAD, OPTIONS")
                               : STR("POST, OPTIONS"));
}

bool fhir_options(struct gate_http *h, struct err *e)
{
    struct str type = gate_path(h, "type");
    if (strstr(h->pattern, "/r5/"))
        return allow_r5(h, type, e);
    if (type.p && !answer_type(h, &type, e))
        return false;
    if (gate_path(h, "op").p)
        return allow_operation(h, e);
    if (str_is(type, "AuditEvent")) {
        allow_trail(h);
        return true;
    }
    if (takes(h, "PATCH"))
        http_set(h->response, "Accept-Patch", STR(PATCH_TYPES));
    return true;
}
