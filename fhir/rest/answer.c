/* Parts of an answer that several interactions need. */
#include "fhir/rest/rest_priv.h"

#include <stdio.h>
#include <string.h>

/* JSON in the order and spelling it is stored in, written again for people or as XML. */
static bool rewrite(struct op *op, struct answer_form form, struct str json, struct buf *out, struct err *e)
{
    struct fhir_node *n = fhir_parse_json(op->arena, json, e);
    if (!n)
        return err_wrap(e, "own answer");
    return form.format == FORMAT_XML ? fhir_write_xml(n, form.pretty, out, e)
                                     : fhir_write_json(n, form.pretty, out, e);
}

/* One resource has no count, and only elements that it has can be asked for. */
static bool part_fits(const struct summary *s, struct gate_http *h, struct err *e)
{
    struct str type = gate_path(h, "type");
    if (s->count)
        return err_set(e, ERR_INVALID, "_summary=count counts what a search finds");
    return !s->part.n || !fhir_is_resource(type) || summary_paths(s, type, e);
}

bool answer_json(struct op *op, struct gate_http *h, int status, struct str json, struct err *e)
{
    struct summary s;
    return summary_read(op, h->request, &s, e) && part_fits(&s, h, e) &&
           answer_part(op, h, status, json, &s.part, e);
}

bool answer_part(struct op *op, struct gate_http *h, int status, struct str json, const struct fhir_part *part,
                 struct err *e)
{
    struct answer_form form;
    struct buf b CLEANUP(buf_release);
    buf_init(&b, ANSWER_MAX);
    if (!negotiate_answer(h->request, &form, e))
        return false;
    http_set(h->response, "Vary", STR("Accept"));
    if (part->kind != FHIR_PART_ALL && !summary_cut(op, part, &json, e))
        return false;
    if (form.format == FORMAT_JSON && !form.pretty) {
        gate_http_body(h, status, negotiate_media_type(FORMAT_JSON), json);
        return true;
    }
    if (!rewrite(op, form, json, &b, e) || !buf_ok(&b, e))
        return false;
    gate_http_body(h, status, negotiate_media_type(form.format), buf_view(&b));
    return true;
}

struct str answer_etag(struct arena *a, int version)
{
    return arena_printf(a, "W/\"%d\"", version);
}

struct str answer_instant(struct arena *a, clock_us t)
{
    char text[CLOCK_TEXT];
    clock_text(t, text);
    return arena_printf(a, "%.23sZ", text);
}

/* RFC 9110 §5.6.7 */
struct str answer_http_date(struct arena *a, clock_us t)
{
    static const char days[] = "ThuFriSatSunMonTueWed", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char text[CLOCK_TEXT];
    clock_text(t, text);
    if (text[4] != '-') /* HTTP writes years in four digits */
        return STR_NONE;
    int month = (text[5] - '0') * 10 + text[6] - '0';
    int day = (int)(t / INT64_C(86400000000) % 7);
    return arena_printf(a, "%.3s, %.2s %.3s %.4s %.8s GMT", days + 3 * (day < 0 ? day + 7 : day), text + 8,
                        months + 3 * (month - 1), text, text + 11);
}

void answer_version(struct gate_http *h, const struct record_doc *doc)
{
    struct arena *a = &h->request->arena;
    http_set(h->response, "ETag", answer_etag(a, doc->version));
    http_set(h->response, "Last-Modified", answer_http_date(a, doc->updated));
}

/* One of the tags of a list is this version, or "*". Strong and weak forms compare alike. */
static bool names_version(struct str tags, int version)
{
    char text[16];
    struct str tag;
    snprintf(text, sizeof text, "%d", version);
    while (str_next(&tags, ',', &tag)) {
        tag = str_trim(tag);
        if (str_is(tag, "*"))
            return true;
        if (str_starts(tag, "W/"))
            tag = str_sub(tag, 2, tag.n);
        if (tag.n >= 2 && tag.p[0] == '"' && tag.p[tag.n - 1] == '"')
            tag = str_sub(tag, 1, tag.n - 2);
        if (str_is(tag, text))
            return true;
    }
    return false;
}

/* If-None-Match alone counts where both are given; a date that is none counts for nothing (RFC 9110 §13.1.3). */
bool answer_unchanged(const struct http_request *r, const struct record_doc *doc)
{
    clock_us since;
    struct str tags = http_header_list(r, "If-None-Match");
    if (tags.p)
        return names_version(tags, doc->version);
    return http_date_parse(http_header(r, "If-Modified-Since"), &since) &&
           doc->updated / 1000000 <= since / 1000000;
}

bool answer_if_none_match(struct str tags, int version, struct err *e)
{
    return !tags.p || !version || !names_version(tags, version) ||
           err_set(e, ERR_PRECONDITION, "If-None-Match names version %d, which is there", version);
}

bool answer_if_match(struct str tags, int version, struct err *e)
{
    if (!tags.p || (version && names_version(tags, version)))
        return true;
    if (!version)
        return err_set(e, ERR_PRECONDITION, "If-Match names a version of something that does not exist");
    return err_set(e, ERR_PRECONDITION, "the current version is %d, not the one If-Match names", version);
}

void answer_about(struct op *op, struct str type, struct str id)
{
    op->event->object_type = type;
    op->event->object_id = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(type), STR_ARG(id));
}

void answer_patient(struct op *op, const struct record_doc *doc)
{
    static const char *const paths[] = {"subject.reference", "patient.reference", "for.reference"};
    struct str type, id;
    if (str_is(doc->type, "Patient"))
        op->event->patient = doc->id;
    for (size_t i = 0; doc->node && !op->event->patient.n && i < sizeof paths / sizeof paths[0]; i++)
        if (domain_split_reference(fhir_text(doc->node, paths[i]), &type, &id) && str_is(type, "Patient"))
            op->event->patient = id;
}

bool answer_type(struct gate_http *h, struct str *ret_type, struct err *e)
{
    struct str type = gate_path(h, "type");
    if (!fhir_is_resource(type))
        return err_set(e, ERR_NOT_FOUND, "no resource type of that name in FHIR R4");
    *ret_type = type;
    return true;
}

bool answer_target(struct gate_http *h, struct str *ret_type, struct str *ret_id, struct err *e)
{
    struct str id = gate_path(h, "id");
    if (!answer_type(h, ret_type, e))
        return false;
    if (!fhir_is_id(id))
        return err_set(e, ERR_NOT_FOUND, "an id is 1 to 64 letters, digits, '-' or '.'");
    *ret_id = id;
    return true;
}
