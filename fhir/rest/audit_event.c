/* AuditEvent of FHIR R4, from the rows of the audit trail. */
#include "fhir/rest/rest_priv.h"

#include "base/codec.h"
#include "base/json.h"
#include "schema/queries.h"

static const char dcm[] = "http://dicom.nema.org/resources/ontology/DCM";

static const struct {
    const char *name, *event_id, *type_code, *action, *meaning;
} kinds[] = {
#define EVENT(name, event_id, type_code, action, object, meaning) {#name, event_id, type_code, action, meaning},
#include "audit/events.def"
#undef EVENT
};

/* What the stored content of an event says, read once. */
struct trail_row {
    int64_t id;
    clock_us recorded;
    size_t kind;
    int outcome;
    struct str principal, principal_kind, address, request, object_type, object_id, patient, study, accession;
    struct str query, detail;
};

static size_t kind_of(struct str name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_is(name, kinds[i].name))
            return i;
    return 0;
}

static struct trail_row read_row(struct op *op, const struct db_rows *rows, int i)
{
    struct arena *a = op->arena;
    struct err ignored;
    struct trail_row t = {.id = db_get_int(rows, i, 0),
                          .recorded = db_get_int(rows, i, 1),
                          .kind = kind_of(db_get(rows, i, 2)),
                          .outcome = (int)db_get_int(rows, i, 3)};
    struct str *const texts[] = {&t.principal, &t.principal_kind, &t.address, &t.request,  &t.object_type,
                                 &t.object_id, &t.patient,        &t.study,   &t.accession};
    for (size_t c = 0; c < sizeof texts / sizeof texts[0]; c++)
        *texts[c] = arena_str(a, db_get(rows, i, (int)c + 4));
    struct json *content = json_parse(db_get(rows, i, 13), &ignored);
    if (content) {
        t.query = arena_str(a, json_str(content, "query"));
        t.detail = arena_str(a, json_str(content, "detail"));
    }
    json_free(content);
    return t;
}

static void put_coding(struct buf *b, const char *system, struct str code, struct str display)
{
    buf_putc(b, '{');
    json_put_field(b, "system", str_of(system));
    json_put_field(b, "code", code);
    json_put_field_opt(b, "display", display);
    buf_putc(b, '}');
}

static void put_what(struct buf *b, const struct trail_row *t)
{
    const char *action = kinds[t->kind].action;
    char outcome[12];
    json_put_name(b, "type");
    put_coding(b, dcm, str_of(kinds[t->kind].event_id), str_of(kinds[t->kind].meaning));
    if (kinds[t->kind].type_code[0]) {
        buf_puts(b, ",\"subtype\":[");
        put_coding(b, dcm, str_of(kinds[t->kind].type_code), STR_NONE);
        buf_putc(b, ']');
    }
    json_put_field_opt(b, "action", str_of(action));
    outcome[0] = '\0';
    str_copy(outcome, sizeof outcome,
             t->outcome == 0   ? STR("0")
             : t->outcome == 4 ? STR("4")
             : t->outcome == 8 ? STR("8")
                               : STR("12"));
    json_put_field(b, "outcome", str_of(outcome));
    json_put_field_opt(b, "outcomeDesc", t->detail);
}

static void put_who(struct buf *b, const struct trail_row *t)
{
    buf_puts(b, ",\"agent\":[{\"type\":{\"coding\":[");
    put_coding(b, dcm, STR("110153"), STR("Source Role ID"));
    buf_puts(b, "]}");
    json_put_field_opt(b, "altId", t->principal);
    json_put_field_opt(b, "name", t->principal);
    json_put_bool(b, "requestor", true);
    if (t->address.n) {
        json_put_name(b, "network");
        buf_putc(b, '{');
        json_put_field(b, "address", t->address);
        json_put_field(b, "type", STR("2"));
        buf_putc(b, '}');
    }
    buf_puts(b, "}],\"source\":{\"observer\":{\"display\":\"isocentre\"},\"type\":[");
    put_coding(b, "http://terminology.hl7.org/CodeSystem/security-source-type", STR("4"), STR("Application Server"));
    buf_puts(b, "]}");
}

/* What an object id is: a reference when it is "Type/id" of a resource, else a name. */
static void put_reference(struct buf *b, struct str object_id)
{
    struct str type, id = object_id;
    bool reference = str_next(&id, '/', &type) && id.p && fhir_is_resource(type);
    json_put_name(b, "what");
    buf_putc(b, '{');
    json_put_field(b, reference ? "reference" : "display", object_id);
    buf_putc(b, '}');
}

static void open_entity(struct buf *b, const char *type, const char *role)
{
    json_put_comma(b);
    buf_puts(b, "{");
    json_put_name(b, "type");
    put_coding(b, "http://terminology.hl7.org/CodeSystem/audit-entity-type", str_of(type), STR_NONE);
    json_put_name(b, "role");
    put_coding(b, "http://terminology.hl7.org/CodeSystem/object-role", str_of(role), STR_NONE);
}

static void put_query(struct buf *b, const struct trail_row *t)
{
    open_entity(b, "2", "24");
    json_put_field_opt(b, "description", t->request);
    json_put_name(b, "query");
    buf_putc(b, '"');
    base64_put(b, t->query);
    buf_puts(b, "\"}");
}

static void put_study(struct buf *b, const struct trail_row *t)
{
    open_entity(b, "2", "3");
    buf_puts(b, ",\"what\":{\"identifier\":{\"system\":\"urn:dicom:uid\",\"value\":\"urn:oid:");
    buf_str(b, t->study); /* digits and dots: checked below */
    buf_puts(b, "\"}}}");
}

static bool is_uid(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '.' && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    return s.n > 0;
}

static void put_entities(struct op *op, struct buf *b, const struct trail_row *t)
{
    static const char open[] = ",\"entity\":[";
    buf_puts(b, open);
    if (t->patient.n) {
        struct str reference =
            fhir_is_id(t->patient) ? arena_printf(op->arena, "Patient/%.*s", STR_ARG(t->patient)) : t->patient;
        open_entity(b, "1", "1");
        put_reference(b, reference);
        buf_putc(b, '}');
    }
    if (t->object_id.n) {
        open_entity(b, "2", "4");
        put_reference(b, t->object_id);
        json_put_field_opt(b, "name", t->object_type);
        buf_putc(b, '}');
    }
    if (is_uid(t->study))
        put_study(b, t);
    if (t->query.n)
        put_query(b, t);
    if (buf_view(b).p[b->n - 1] == '[')
        b->n -= sizeof open - 1; /* an empty array is no FHIR */
    else
        buf_putc(b, ']');
}

static struct record_doc event_doc(struct op *op, const struct db_rows *rows, int row)
{
    struct trail_row t = read_row(op, rows, row);
    struct buf b CLEANUP(buf_release);
    struct record_doc doc = {.type = STR("AuditEvent"), .version = 1, .rid = t.id, .updated = t.recorded};
    struct str when = answer_instant(op->arena, t.recorded);
    doc.id = arena_printf(op->arena, "%lld", (long long)t.id);
    buf_init(&b, 256 * 1024);
    buf_puts(&b, "{\"resourceType\":\"AuditEvent\"");
    json_put_field(&b, "id", doc.id);
    buf_puts(&b, ",\"meta\":{\"versionId\":\"1\"");
    json_put_field(&b, "lastUpdated", when);
    buf_putc(&b, '}');
    put_what(&b, &t);
    json_put_field(&b, "recorded", when);
    put_who(&b, &t);
    put_entities(op, &b, &t);
    buf_putc(&b, '}');
    doc.content = arena_str(op->arena, buf_view(&b));
    return doc;
}

bool audit_event_read(struct op *op, struct gate_http *h, struct str id, struct err *e)
{
    int64_t n;
    struct db_args args = db_args(op->arena);
    if (!str_int(id, &n) || n < 1)
        return err_set(e, ERR_NOT_FOUND, "no 'AuditEvent/%.*s'", STR_ARG(id));
    db_int(&args, n);
    const struct db_rows *rows = db_run(op->db, &Q_audit_event_read, &args, e);
    if (!rows)
        return false;
    if (!db_count(rows))
        return err_set(e, ERR_NOT_FOUND, "no 'AuditEvent/%.*s'", STR_ARG(id));
    struct record_doc doc = event_doc(op, rows, 0);
    answer_version(h, &doc);
    if (answer_unchanged(h->request, &doc)) {
        h->response->status = 304;
        return true;
    }
    return answer_json(op, h, 200, doc.content, e);
}

static bool answer(struct op *op, struct gate_http *h, const struct query *q, const struct search_trail *f,
                   struct err *e)
{
    struct bundle b CLEANUP(bundle_release);
    bundle_start(&b, op, "searchset");
    b.part = &q->summary.part;
    if (f->total >= 0)
        bundle_total(&b, f->total);
    bundle_link(&b, "self", query_url(q, b.base, q->cursor));
    if (f->next.n)
        bundle_link(&b, "next", query_url(q, b.base, f->next));
    for (int i = 0; i < f->n; i++) {
        struct record_doc doc = event_doc(op, f->rows, i);
        bundle_match(&b, &doc, "match");
    }
    if (q->ignored.n)
        bundle_outcome(&b, arena_printf(op->arena, "left out of this search: %.*s", STR_ARG(q->ignored)));
    return bundle_send(&b, op, h, e);
}

bool audit_event_search(struct op *op, struct gate_http *h, struct query *q, struct err *e)
{
    struct search_trail found;
    if (!search_events(op, q, &found, e))
        return false;
    if (found.rows)
        op->event->count = found.n;
    return answer(op, h, q, &found, e);
}
