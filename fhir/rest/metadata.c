/* The CapabilityStatement, printed from the tables the code runs on. */
#include "fhir/rest/operation_priv.h"
#include "fhir/rest/search_priv.h"

#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "fhir/subscription/subscription.h"
#include "record/custom.h"

static const char *const kind_names[] = {
    [FHIR_SEARCH_TOKEN] = "token",     [FHIR_SEARCH_STRING] = "string",
    [FHIR_SEARCH_DATE] = "date",       [FHIR_SEARCH_REFERENCE] = "reference",
    [FHIR_SEARCH_NUMBER] = "number",   [FHIR_SEARCH_QUANTITY] = "quantity",
    [FHIR_SEARCH_URI] = "uri",         [FHIR_SEARCH_COMPOSITE] = "composite",
    [FHIR_SEARCH_SPECIAL] = "special",
};

const char *search_kind_name(enum fhir_search_kind kind)
{
    return (size_t)kind < sizeof kind_names / sizeof kind_names[0] ? kind_names[kind] : NULL;
}

static void put_param(struct buf *b, const char *name, const char *url, const char *type)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "name", str_of(name));
    json_put_field_opt(b, "definition", str_of(url));
    json_put_field(b, "type", str_of(type));
    buf_putc(b, '}');
}

static void put_params(struct buf *b, struct str type)
{
    json_put_name(b, "searchParam");
    buf_putc(b, '[');
    put_param(b, "_id", "http://hl7.org/fhir/SearchParameter/Resource-id", "token");
    put_param(b, "_lastUpdated", "http://hl7.org/fhir/SearchParameter/Resource-lastUpdated", "date");
    if (!str_is(type, "AuditEvent")) {
        put_param(b, "_text", "http://hl7.org/fhir/SearchParameter/DomainResource-text", "string");
        put_param(b, "_content", "http://hl7.org/fhir/SearchParameter/Resource-content", "string");
        put_param(b, "_list", NULL, "special");
    }
    if (str_is(type, "Resource")) { /* of every search */
        put_param(b, "_contained", NULL, "special");
        put_param(b, "_containedType", NULL, "special");
    }
    for (int i = 0;; i++) {
        bool system = str_is(type, "Resource"); /* a search of all types */
        const struct fhir_search_param *p = system ? fhir_search_common_at(i) : fhir_search_param_at(type, i);
        if (!p)
            break;
        const char *kind = search_kind_name(p->kind);
        if (str_is(type, "AuditEvent") ? search_events_by(p->code) : kind != NULL)
            put_param(b, p->code, p->url, kind);
    }
    buf_putc(b, ']');
}

/* Interactions of no type in particular: of an address without one. */
static bool is_system(int route)
{
    return !strstr(fhir_routes[route].pattern, "{type}");
}

/* The audit trail is read and searched only. */
static bool offers(struct str type, int route)
{
    const char *interaction = fhir_route_interaction(route);
    if (!interaction[0] || is_system(route))
        return false;
    return !str_is(type, "AuditEvent") || strcmp(interaction, "read") == 0 || strcmp(interaction, "vread") == 0 ||
           strcmp(interaction, "search-type") == 0;
}

static void put_interactions(struct buf *b, struct str type)
{
    const char *last = "";
    json_put_name(b, "interaction");
    buf_putc(b, '[');
    for (int i = 0; fhir_route_interaction(i); i++) {
        const char *name = fhir_route_interaction(i);
        if (!offers(type, i) || strcmp(name, last) == 0)
            continue;
        last = name; /* an interaction of two routes, which stand together, is one */
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "code", str_of(name));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
}

/* ,"interaction":[…] of the whole system. */
static void put_system_interactions(struct buf *b)
{
    const char *last = "";
    json_put_name(b, "interaction");
    buf_putc(b, '[');
    for (int i = 0; fhir_route_interaction(i); i++) {
        const char *name = fhir_route_interaction(i);
        if (!name[0] || !is_system(i) || strcmp(name, "capabilities") == 0 || strcmp(name, last) == 0)
            continue;
        last = name;
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "code", str_of(name));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
}

/* What can be subscribed to (Subscriptions R5 Backport, CapabilityStatement of an R4 server). */
static void put_topics(struct buf *b)
{
    buf_puts(b, ",\"extension\":[");
    for (int i = 0; subscription_topic(i); i++) {
        json_put_comma(b);
        buf_puts(b, "{\"url\":\"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
                    "capabilitystatement-subscriptiontopic-canonical\"");
        json_put_field(b, "valueCanonical", str_of(subscription_topic(i)));
        buf_putc(b, '}');
    }
    buf_puts(b, "],\"supportedProfile\":[\"http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
                "backport-subscription\"]");
}

static void put_resource(struct buf *b, const struct op *op, const char *type)
{
    bool audit = strcmp(type, "AuditEvent") == 0;
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "type", str_of(type));
    json_put_name(b, "profile");
    buf_printf(b, "\"http://hl7.org/fhir/StructureDefinition/%s\"", type);
    if (strcmp(type, "Subscription") == 0)
        put_topics(b);
    put_interactions(b, str_of(type));
    json_put_field(b, "versioning", str_of(audit ? "no-version" : "versioned-update"));
    if (!audit) {
        json_put_bool(b, "readHistory", true);
        json_put_bool(b, "updateCreate", true);
        json_put_bool(b, "conditionalCreate", true);
        json_put_field(b, "conditionalRead", STR("full-support"));
        json_put_bool(b, "conditionalUpdate", true);
        json_put_field(b, "conditionalDelete",
                       fhir_settings()->delete_multiple ? STR("multiple") : STR("single"));
        buf_puts(b, ",\"referencePolicy\":[\"literal\",\"logical\"");
        buf_puts(b, fhir_settings()->reference_integrity ? ",\"enforced\"]" : "]");
    }
    put_params(b, str_of(type));
    operation_put_list(b, op, str_of(type));
    buf_putc(b, '}');
}

/* What can be the centre of a compartment. */
static void put_compartments(struct buf *b)
{
    static const char *const centres[] = {"device", "encounter", "patient", "practitioner", "relatedPerson"};
    buf_puts(b, ",\"compartment\":[");
    for (size_t i = 0; i < sizeof centres / sizeof centres[0]; i++)
        buf_printf(b, "%s\"http://hl7.org/fhir/CompartmentDefinition/%s\"", i ? "," : "", centres[i]);
    buf_putc(b, ']');
}

static void put_head(struct buf *b, struct op *op)
{
    buf_puts(b, "{\"resourceType\":\"CapabilityStatement\"");
    json_put_field(b, "status", STR("active"));
    json_put_field(b, "date", STR("2026-11-24"));
    json_put_field(b, "kind", STR("instance"));
    json_put_name(b, "software");
    buf_putc(b, '{');
    json_put_field(b, "name", STR("isocentre"));
    json_put_field(b, "version", STR(ISOCENTRE_VERSION));
    buf_putc(b, '}');
    json_put_name(b, "implementation");
    buf_putc(b, '{');
    json_put_field(b, "description", STR("isocentre: radiology orders, images and reports as one record"));
    json_put_field(b, "url", fhir_base(op));
    buf_putc(b, '}');
    json_put_field(b, "fhirVersion", STR("4.0.1"));
    buf_puts(b, ",\"patchFormat\":[\"application/fhir+json\",\"application/fhir+xml\","
                "\"application/json-patch+json\",\"application/xml-patch+xml\"]");
    buf_puts(b, ",\"format\":[\"application/fhir+json\",\"application/fhir+xml\",\"json\",\"xml\"]");
}

/* Parameters of the site that became ready since anybody asked. Without a database they are those known so far. */
static void look_for_parameters(struct op *op)
{
    struct err unheard = {0};
    struct db *db = op->gate && gate_pool(op->gate) ? db_borrow(gate_pool(op->gate), 1000, &unheard) : NULL;
    if (db && !record_custom_fresh(db, true, &unheard))
        log_err("metadata", &unheard);
    db_return(db);
}

bool fhir_metadata(struct op *op, struct gate_http *h, struct err *e)
{
    look_for_parameters(op);
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 8 << 20);
    put_head(&b, op);
    buf_puts(&b, ",\"rest\":[{\"mode\":\"server\",\"security\":{\"cors\":false,\"service\":[{\"text\":\"HTTP Basic, "
                 "or a session cookie\"}]},\"resource\":[");
    for (int i = 0; fhir_resource_name(i); i++)
        put_resource(&b, op, fhir_resource_name(i));
    buf_putc(&b, ']');
    put_system_interactions(&b);
    put_params(&b, STR("Resource"));
    operation_put_list(&b, op, STR(""));
    put_compartments(&b);
    buf_puts(&b, "}]}");
    return buf_ok(&b, e) && answer_json(op, h, 200, buf_view(&b), e);
}
