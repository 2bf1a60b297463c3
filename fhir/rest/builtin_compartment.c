/* CompartmentDefinition: which parameters put documents into whose compartment. */
#include "fhir/rest/builtin_priv.h"

#include "base/json.h"

static const struct centre {
    const char *id, *type;
} centres[] = {{"device", "Device"},
               {"encounter", "Encounter"},
               {"patient", "Patient"},
               {"practitioner", "Practitioner"},
               {"relatedPerson", "RelatedPerson"}};

bool builtin_compartment_at(struct arena *a, int i, struct str *ret_id, const void **ret_of)
{
    (void)a;
    if (i < 0 || (size_t)i >= sizeof centres / sizeof centres[0])
        return false;
    *ret_id = str_of(centres[i].id);
    *ret_of = &centres[i];
    return true;
}

static void put_type(struct buf *b, const char *type, const char *params)
{
    struct str rest = str_of(params), one;
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "code", str_of(type));
    if (rest.n) {
        json_put_name(b, "param");
        buf_putc(b, '[');
        while (str_next(&rest, ',', &one)) {
            json_put_comma(b);
            json_put_str(b, one);
        }
        buf_putc(b, ']');
    }
    buf_putc(b, '}');
}

void builtin_compartment_put(const struct op *op, const void *of, bool head, struct buf *b)
{
    const struct centre *c = of;
    (void)op;
    buf_puts(b, "{\"resourceType\":\"CompartmentDefinition\"");
    json_put_field(b, "id", str_of(c->id));
    json_put_name(b, "url");
    buf_printf(b, "\"http://hl7.org/fhir/CompartmentDefinition/%s\"", c->id);
    json_put_field(b, "version", STR("4.0.1"));
    json_put_field(b, "name", str_of(c->type));
    json_put_field(b, "status", STR("active"));
    json_put_field(b, "code", str_of(c->type));
    json_put_bool(b, "search", true);
    json_put_name(b, "resource");
    buf_putc(b, '[');
    for (int t = 0; fhir_resource_name(t); t++) {
        const char *type = fhir_resource_name(t), *params = fhir_compartment(str_of(c->type), str_of(type));
        if (params)
            put_type(b, type, head ? "" : params);
    }
    buf_puts(b, "]}");
}
