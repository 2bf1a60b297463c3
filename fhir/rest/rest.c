#include "fhir/rest/operation_priv.h"

/* AuditEvent is read from the trail: by those who may see the trail, as an act of looking at it. */
static void audit_rows(struct gate_http *h, struct gate_act *act)
{
    if (act->public_ || !str_is(gate_path(h, "type"), "AuditEvent"))
        return;
    act->permission = PERM_AUDIT_READ;
    act->audit = AUDIT_AUDIT_READ;
}

/* What the row of routes.def leaves to the address. */
static void prepare(struct gate_http *h, struct gate_act *act)
{
    if (gate_path(h, "op").p)
        operation_prepare(h, act);
    else
        audit_rows(h, act);
    async_prepare(h, act);
}

const struct gate_route fhir_routes[] = {
#define ROUTE(interaction, method, pattern, permission, audit, tx, public_, body, handler)             \
    {method,    pattern,   {method " " pattern, permission, audit, GATE_##tx, public_}, body, handler, \
     fhir_fail, fhir_options, prepare},
#include "fhir/rest/routes.def"
#undef ROUTE
};
const int fhir_route_count = sizeof fhir_routes / sizeof fhir_routes[0];

static const char *const interactions[] = {
#define ROUTE(interaction, method, pattern, permission, audit, tx, public_, body, handler) interaction,
#include "fhir/rest/routes.def"
#undef ROUTE
};

const char *fhir_route_interaction(int i)
{
    return i >= 0 && i < fhir_route_count ? interactions[i] : NULL;
}

static struct fhir_settings settings = {.reference_integrity = true};

void fhir_settings_set(const struct fhir_settings *s)
{
    settings = *s;
}

const struct fhir_settings *fhir_settings(void)
{
    return &settings;
}
