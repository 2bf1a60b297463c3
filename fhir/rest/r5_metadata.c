/* The CapabilityStatement of /fhir/r5. */
#include "fhir/rest/rest_priv.h"

#include "base/json.h"
#include "fhir/r5/r5.h"

static void put_params(struct buf *b, const char *type)
{
    struct r5_param p;
    static const struct r5_param general[] = {
        {"_id", "", "token", "http://hl7.org/fhir/SearchParameter/Resource-id"},
        {"_lastUpdated", "", "date", "http://hl7.org/fhir/SearchParameter/Resource-lastUpdated"}};
    json_put_name(b, "searchParam");
    buf_putc(b, '[');
    for (int i = 0; i < 2 || r5_param_at(str_of(type), i - 2, &p); i++) {
        const struct r5_param *one = i < 2 ? &general[i] : &p;
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "name", str_of(one->code));
        json_put_field(b, "definition", str_of(one->url));
        json_put_field(b, "type", str_of(one->kind));
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
}

static void put_resource(struct buf *b, const char *type, const char *interactions)
{
    struct str rest = str_of(interactions), one;
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "type", str_of(type));
    json_put_name(b, "interaction");
    buf_putc(b, '[');
    while (rest.n && str_next(&rest, ',', &one)) {
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "code", one);
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
    json_put_field(b, "versioning", STR("versioned"));
    put_params(b, type);
    buf_putc(b, '}');
}

bool fhir_r5_metadata(struct op *op, struct gate_http *h, struct err *e)
{
    static const struct fhir_part whole = {.kind = FHIR_PART_ALL};
    struct answer_form form;
    struct buf b CLEANUP(buf_release);
    buf_init(&b, 1 << 20);
    if (!negotiate_answer(h->request, &form, e))
        return false;
    if (form.format != FORMAT_JSON)
        return err_set(e, ERR_NOT_ACCEPTABLE, "FHIR R5 is answered as application/fhir+json;fhirVersion=5.0");
    buf_puts(&b, "{\"resourceType\":\"CapabilityStatement\",\"status\":\"active\",\"date\":\"2026-11-24\","
                 "\"kind\":\"instance\",\"software\":{\"name\":\"isocentre\",\"version\":\"" ISOCENTRE_VERSION "\"},");
    buf_puts(&b, "\"implementation\":{\"description\":\"images of the record, as FHIR R5 has them; all else is R4\"");
    json_put_field(&b, "url", arena_printf(op->arena, "%.*s/r5", STR_ARG(fhir_base(op))));
    buf_puts(&b, "},\"fhirVersion\":\"5.0.0\",\"format\":[\"application/fhir+json\",\"json\"],\"rest\":[{"
                 "\"mode\":\"server\",\"security\":{\"cors\":false},\"resource\":[");
    put_resource(&b, "ImagingSelection", "read,vread,search-type,create");
    put_resource(&b, "ImagingStudy", "read,vread,search-type");
    buf_puts(&b, "]}]}");
    if (!buf_ok(&b, e) || !answer_part(op, h, 200, buf_view(&b), &whole, e))
        return false;
    http_set(h->response, "Content-Type", STR("application/fhir+json;fhirVersion=5.0;charset=utf-8"));
    return true;
}
