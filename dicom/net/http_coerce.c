/* For people: rules for objects as they arrive, and what they would make of one. */
#include <unistd.h>

#include "base/json.h"
#include "dicom/leave/change.h"
#include "dicom/net/coerce.h"
#include "dicom/net/header.h"
#include "dicom/net/http.h"
#include "schema/queries.h"

enum { BODY_MAX = 4 << 20, NAME_BYTES = 64, JSON_MAX = 256 * 1024 };

/* ---- a rule as it is put ---- */

static void write_json(struct buf *b, const struct json *j)
{
    const struct json *m;
    enum json_kind kind = json_kind(j);
    buf_putc(b, kind == JSON_ARRAY ? '[' : '{');
    for (size_t i = 0; kind == JSON_ARRAY && i < json_count(j); i++) {
        json_put_comma(b);
        write_json(b, json_at(j, i));
    }
    for (size_t i = 0; kind == JSON_OBJECT && (m = json_member(j, i)); i++) {
        json_put_comma(b);
        json_put_str(b, json_name(m));
        buf_putc(b, ':');
        if (json_kind(m) == JSON_STRING)
            json_put_str(b, json_text(m));
        else
            write_json(b, m);
    }
    buf_putc(b, kind == JSON_ARRAY ? ']' : '}');
}

static struct str part(struct op *op, const struct json *j, const char *name, const char *if_absent)
{
    CLEANUP(buf_release) struct buf b;
    const struct json *m = json_find(j, name);
    buf_init(&b, JSON_MAX);
    if (m)
        write_json(&b, m);
    return m && !b.failed ? arena_str(op->arena, buf_view(&b)) : str_of(if_absent);
}

struct put { /* the columns of a rule */
    struct str calling_ae, department, attributes, acts;
    bool enabled;
    struct coerce_rule rule;
};

static struct str text(struct op *op, const struct json *j, const char *name)
{
    struct str s = json_str(j, name);
    return s.p ? arena_str(op->arena, s) : STR("");
}

static bool read_put(struct op *op, const struct json *j, struct put *ret, struct err *e)
{
    static const char *const known[] = {"callingAE", "department", "attributes", "acts", "enabled"};
    const struct json *m;
    for (size_t i = 0, k; (m = json_member(j, i)); i++) {
        for (k = 0; k < sizeof known / sizeof known[0] && !str_is(json_name(m), known[k]); k++)
            ;
        if (k == sizeof known / sizeof known[0])
            return err_set(e, ERR_INVALID, "a rule has no '%.*s'", STR_ARG(str_utf8_clip(json_name(m), 40)));
    }
    *ret = (struct put){text(op, j, "callingAE"), text(op, j, "department"), part(op, j, "attributes", "{}"),
                        part(op, j, "acts", "[]"), json_bool(j, "enabled", true), {.name = STR("")}};
    if (ret->calling_ae.n > 500 || ret->department.n > 500)
        return err_set(e, ERR_INVALID, "a condition has at most 500 bytes of text");
    if (!coerce_rule_read(ret->attributes, ret->acts, &ret->rule, e))
        return false;
    ret->rule.calling_ae = ret->calling_ae;
    ret->rule.department = ret->department;
    return true;
}

static bool name_valid(struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] <= ' ' || name.p[i] > '~' || name.p[i] == '/' || name.p[i] == ',')
            return false;
    return name.n > 0 && name.n <= NAME_BYTES;
}

static void tell_rule(struct op *op, struct gate_http *h)
{
    op->event->object_type = STR("CoercionRule");
    op->event->object_id = gate_path(h, "name");
}

bool dicom_http_coercion_put(struct op *op, struct gate_http *h, struct err *e)
{
    struct put p;
    struct db_args args = db_args(op->arena);
    struct json *j = json_parse(h->request->body, e);
    tell_rule(op, h);
    bool ok = j && (name_valid(gate_path(h, "name")) ||
                    err_set(e, ERR_INVALID, "a rule's name is 1 to %d printable ASCII characters without / and ,",
                            (int)NAME_BYTES));
    ok = ok && read_put(op, j, &p, e);
    json_free(j);
    if (!ok)
        return false;
    coerce_rule_free(&p.rule);
    db_text(&args, gate_path(h, "name"));
    db_int(&args, p.enabled);
    db_text(&args, p.calling_ae);
    db_text(&args, p.department);
    db_text(&args, p.attributes);
    db_text(&args, p.acts);
    gate_http_body(h, 204, "application/json", STR(""));
    return db_send(op->db, &Q_coercion_rule_put, &args, e);
}

bool dicom_http_coercion_remove(struct op *op, struct gate_http *h, struct err *e)
{
    struct db_args args = db_args(op->arena);
    tell_rule(op, h);
    db_text(&args, gate_path(h, "name"));
    const struct db_rows *r = db_run(op->db, &Q_coercion_rule_remove, &args, e);
    if (!r || !db_count(r))
        return r ? err_set(e, ERR_NOT_FOUND, "no rule of this name") : false;
    gate_http_body(h, 204, "application/json", STR(""));
    return true;
}

bool dicom_http_coercions(struct op *op, struct gate_http *h, struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    const struct db_rows *r = db_run(op->db, &Q_coercion_rule_list, NULL, e);
    buf_init(&b, BODY_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; r && i < db_count(r); i++) {
        json_put_comma(&b);
        buf_putc(&b, '{');
        json_put_field(&b, "name", db_get(r, i, 0));
        json_put_int(&b, "version", db_get_int(r, i, 1));
        json_put_bool(&b, "enabled", db_get_int(r, i, 2) == 1);
        json_put_field_opt(&b, "callingAE", db_get(r, i, 3));
        json_put_field_opt(&b, "department", db_get(r, i, 4));
        json_put_name(&b, "attributes");
        buf_str(&b, db_get(r, i, 5));
        json_put_name(&b, "acts");
        buf_str(&b, db_get(r, i, 6));
        buf_putc(&b, '}');
    }
    buf_puts(&b, "]}");
    return r && dicom_http_answer(h, &b, e);
}

/* ---- a dry run ---- */

static struct dicom_dataset *stored_header(struct op *op, struct str instance, struct coerced_by *by, struct err *e)
{
    struct db_args args = db_args(op->arena);
    db_text_opt(&args, op->access);
    db_text(&args, instance);
    const struct db_rows *r = db_run(op->db, &Q_coercion_instance, &args, e);
    if (!r || !db_count(r)) {
        if (r)
            err_set(e, ERR_NOT_FOUND, "no such instance");
        return NULL;
    }
    if (!by->calling_ae.n)
        by->calling_ae = arena_str(op->arena, db_get(r, 0, 1));
    by->department = arena_str(op->arena, db_get(r, 0, 2));
    op->event->study_uid = arena_str(op->arena, db_get(r, 0, 3));
    int fd = files_read_fd(op->files, arena_cstr(op->arena, db_get(r, 0, 0)), e);
    struct dicom_dataset *ds = fd < 0 ? NULL : dicom_file_header(fd, e);
    if (fd >= 0)
        close(fd);
    return ds;
}

/* The beginning of a DICOM file, as far as it was sent. */
static struct dicom_dataset *sent_header(struct str body, struct err *e)
{
    struct dicom_part10 meta;
    struct dicom_dataset *ds = NULL;
    if (!dicom_part10_parse(body, &meta, e))
        return NULL;
    struct dicom_guard *g = dicom_guard_new(meta.transfer_syntax, NULL, e);
    if (g && dicom_guard_feed(g, body.p + meta.dataset_offset, body.n - meta.dataset_offset, e))
        ds = dicom_dataset_parse(dicom_guard_header(g), dicom_guard_syntax(g), e);
    dicom_guard_free(g);
    return ds;
}

static void put_change(struct op *op, struct buf *b, const struct dicom_item *root, const struct json *m)
{
    uint32_t in, tag;
    if (!leave_attribute(json_name(m), &in, &tag))
        return;
    const struct dicom_item *at = in ? dicom_item_find(root, in, 0) : root;
    const char *keyword = dicom_tag_keyword(tag, op->arena);
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "attribute", str_of(keyword ? keyword : ""));
    if (at && dicom_exists(at, tag))
        json_put_field(b, "from", dicom_get(at, tag, op->arena));
    if (json_kind(m) == JSON_STRING)
        json_put_field(b, "to", json_text(m));
    buf_putc(b, '}');
}

static bool answer(struct op *op, struct gate_http *h, const struct dicom_item *root, const struct coercion *c,
                   struct err *e)
{
    CLEANUP(buf_release) struct buf b;
    const struct json *m;
    struct json *changes = json_parse(c->changes.n ? c->changes : STR("{}"), e);
    buf_init(&b, BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "rules", c->rules);
    json_put_name(&b, "changes");
    buf_putc(&b, '[');
    for (size_t i = 0; (m = json_member(changes, i)); i++)
        put_change(op, &b, root, m);
    buf_puts(&b, "]}");
    json_free(changes);
    return dicom_http_answer(h, &b, e);
}

static bool try_rules(struct op *op, const struct json *rule, const struct coerced_by *by,
                      const struct dicom_item *root, struct coercion *ret, struct err *e)
{
    struct put p;
    if (!rule)
        return coerce(op->db, by, root, op->arena, ret, e);
    if (!read_put(op, rule, &p, e))
        return false;
    p.rule.name = STR("tried");
    bool ok = coerce_try(&p.rule, by, root, op->arena, ret, e);
    coerce_rule_free(&p.rule);
    return ok;
}

/* {"instance": "1.2.3", "callingAE": "CT1", "rule": {…}}: an object that is here, by the rules there are or by one that
 * is not kept; or the beginning of a file as application/dicom, ?callingAE=CT1. */
bool dicom_http_coercion_try(struct op *op, struct gate_http *h, struct err *e)
{
    struct coerced_by by = {.calling_ae = STR(""), .department = gate_domain(op).department};
    struct coercion c;
    struct json *j = NULL;
    struct dicom_dataset *ds = NULL;
    bool file = str_starts(http_header(h->request, "Content-Type"), "application/dicom");
    if (file && http_query(h->request, "callingAE").p)
        by.calling_ae = http_query(h->request, "callingAE");
    if (file)
        ds = sent_header(h->request->body, e);
    else if ((j = json_parse(h->request->body, e))) {
        by.calling_ae = text(op, j, "callingAE");
        ds = stored_header(op, text(op, j, "instance"), &by, e);
    }
    bool ok = ds && try_rules(op, json_find(j, "rule"), &by, dicom_dataset_root(ds), &c, e) &&
              answer(op, h, dicom_dataset_root(ds), &c, e);
    dicom_dataset_free(ds);
    json_free(j);
    return ok;
}
