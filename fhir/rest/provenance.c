/* What HL7 messages wrote, as FHIR Provenance: rendered from the journal when somebody asks, never stored. One message
 * is one Provenance: its entity is the message, its agent the sender, its targets the versions it made. */
#include "fhir/rest/rest_priv.h"

#include "base/json.h"
#include "domain/fields.h"
#include "schema/queries.h"

enum { DOCUMENT_MAX = 4 << 20 };

/* ---- one message ---- */

static void put_coding(struct buf *b, const char *system, const char *code)
{
    buf_puts(b, "{\"coding\":[{");
    json_put_field(b, "system", str_of(system));
    json_put_field(b, "code", str_of(code));
    buf_puts(b, "}]}");
}

static void put_targets(struct buf *b, struct str wrote)
{
    struct str one;
    json_put_name(b, "target");
    buf_putc(b, '[');
    while (wrote.n && str_next(&wrote, '\n', &one)) {
        size_t cut = one.n;
        while (cut && one.p[cut - 1] != '/')
            cut--;
        if (!cut)
            continue;
        json_put_comma(b);
        buf_printf(b, "{\"reference\":\"%.*s/_history/%.*s\"}", (int)cut - 1, one.p, STR_ARG(str_sub(one, cut, one.n)));
    }
    buf_putc(b, ']');
}

static void put_agent(struct buf *b, const char *type, const char *system, struct str who)
{
    json_put_comma(b);
    buf_puts(b, "{\"type\":");
    put_coding(b, "http://terminology.hl7.org/CodeSystem/provenance-participant-type", type);
    json_put_name(b, "who");
    buf_puts(b, "{\"identifier\":{");
    json_put_field(b, "system", str_of(system));
    json_put_field(b, "value", who);
    buf_putc(b, '}');
    json_put_field(b, "display", who);
    buf_puts(b, "}}");
}

static void put_agents(struct buf *b, struct str sender, struct str person)
{
    json_put_name(b, "agent");
    buf_putc(b, '[');
    put_agent(b, "author", "urn:isocentre:hl7-sender", sender);
    if (person.n)
        put_agent(b, "enterer", "urn:isocentre:user", person);
    buf_putc(b, ']');
}

static void put_entity(struct buf *b, struct str id, struct str trigger, struct str control)
{
    json_put_name(b, "entity");
    buf_puts(b, "[{\"role\":\"source\",\"what\":{\"identifier\":{\"system\":\"urn:isocentre:message\"");
    json_put_field(b, "value", id);
    buf_puts(b, "}");
    json_put_field(b, "type", STR("Binary"));
    CLEANUP(buf_release) struct buf said;
    buf_init(&said, 1024);
    buf_printf(&said, "HL7 %.*s %.*s", STR_ARG(trigger), STR_ARG(control));
    json_put_field(b, "display", buf_view(&said));
    buf_puts(b, "}}]");
}

static void put_part(struct buf *b, const char *url, struct str value)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "url", str_of(url));
    json_put_field(b, "valueString", value);
    buf_putc(b, '}');
}

/* A line of the journal, "group FIELD place location transform": where one element came from, and by which row. */
static void put_origin(struct buf *b, struct str line)
{
    struct str group, name, place;
    if (!str_next(&line, ' ', &group) || !line.p || !str_next(&line, ' ', &name) || !line.p ||
        !str_next(&line, ' ', &place) || !line.p)
        return;
    name = str_sub(name, str_starts(name, "-"), name.n);
    enum field f = field_find(name);
    json_put_comma(b);
    buf_puts(b, "{\"url\":\"urn:isocentre:field-origin\",\"extension\":[");
    put_part(b, "field", name);
    if (f < FIELDS) {
        const struct field_row *row = field_row(f);
        CLEANUP(buf_release) struct buf element;
        buf_init(&element, 512);
        buf_printf(&element, "%s.%s", field_entity_name(row->entity), row->path);
        put_part(b, "element", buf_view(&element));
    }
    put_part(b, "place", place);
    put_part(b, "rule", line);
    buf_puts(b, "]}");
}

static void put_origins(struct buf *b, struct str lines)
{
    struct str one;
    if (!lines.n)
        return;
    json_put_name(b, "extension");
    buf_putc(b, '[');
    while (str_next(&lines, '\n', &one))
        if (one.n)
            put_origin(b, one);
    buf_putc(b, ']');
}

static void put_document(struct buf *b, struct str id, const struct db_rows *r, int row)
{
    char when[CLOCK_TEXT];
    clock_text(db_get_int(r, row, 1), when);
    buf_puts(b, "{\"resourceType\":\"Provenance\"");
    json_put_field(b, "id", id);
    json_put_name(b, "meta");
    buf_puts(b, "{\"versionId\":\"1\"");
    json_put_field(b, "lastUpdated", str_of(when));
    buf_putc(b, '}');
    put_origins(b, db_get(r, row, 7));
    put_targets(b, db_get(r, row, 6));
    json_put_field(b, "recorded", str_of(when));
    put_agents(b, db_get(r, row, 4), db_get(r, row, 5));
    put_entity(b, db_get(r, row, 0), db_get(r, row, 2), db_get(r, row, 3));
    buf_putc(b, '}');
}

static bool render(struct op *op, const struct db_rows *r, int row, struct record_doc *ret_doc, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, DOCUMENT_MAX);
    *ret_doc = (struct record_doc){.rid = db_get_int(r, row, 0),
                                   .type = STR("Provenance"),
                                   .id = record_id_text(op->arena, db_get_int(r, row, 0)),
                                   .version = 1,
                                   .updated = db_get_int(r, row, 1),
                                   .department = STR("")};
    put_document(&b, ret_doc->id, r, row);
    if (!buf_ok(&b, e))
        return false;
    ret_doc->content = arena_str(op->arena, buf_view(&b));
    return true;
}

bool provenance_of_message(struct op *op, struct str id, struct record_doc *ret_doc, bool *ret_found, struct err *e)
{
    int64_t message;
    struct db_args args = db_args(op->arena);
    *ret_found = false;
    if (!record_id_parse(id, &message))
        return true;
    db_text_opt(&args, op->access);
    db_int(&args, message);
    const struct db_rows *r = db_run(op->db, &Q_message_provenance, &args, e);
    *ret_found = r && db_count(r) > 0;
    return r && (!*ret_found || render(op, r, 0, ret_doc, e));
}

/* ---- those that wrote a document ---- */

static bool add(struct op *op, struct search_found *f, const struct db_rows *r, struct err *e)
{
    size_t more = (size_t)db_count(r);
    struct record_doc *docs = ARENA_ARRAY(op->arena, struct record_doc, f->n + more + 1);
    for (size_t i = 0; i < f->n; i++)
        docs[i] = f->docs[i];
    for (size_t i = 0; i < more; i++)
        if (!render(op, r, (int)i, &docs[f->n + i], e))
            return false;
    f->docs = docs;
    f->n += more;
    if (f->total >= 0)
        f->total += (int64_t)more;
    return true;
}

static bool add_of(struct op *op, struct str type, struct str id, struct search_found *f, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_text(&args, type);
    db_text(&args, id);
    const struct db_rows *r = db_run(op->db, &Q_message_wrote, &args, e);
    return r && add(op, f, r, e);
}

/* Stored ones come first; these follow on the last page, newest first, at most a hundred for each target. */
bool provenance_join(struct op *op, const struct query *q, struct search_found *f, struct err *e)
{
    struct str rest, one, type, id, version;
    if (!str_is(q->type, "Provenance") || q->filters != 1 || !str_is(q->filter[0].name, "target") || f->next.n ||
        q->filter[0].chain.p)
        return true;
    rest = q->filter[0].value;
    while (str_next(&rest, ',', &one)) {
        if (q->filter[0].modifier.n && str_find(one, '/') == one.n)
            one = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(q->filter[0].modifier), STR_ARG(one));
        if (domain_split_reference(record_reference(one, &version), &type, &id) && !add_of(op, type, id, f, e))
            return false;
    }
    return true;
}
