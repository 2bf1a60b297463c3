/* Searching the audit trail: the parameters of AuditEvent on the columns of audit_event. */
#include "fhir/search/search_priv.h"

#include <string.h>

#include "schema/queries.h"

static const struct {
    const char *name, *event_id, *type_code, *action;
} kinds[] = {
#define EVENT(name, event_id, type_code, action, object, meaning) {#name, event_id, type_code, action},
#include "audit/events.def"
#undef EVENT
};

typedef bool (*condition)(struct sql *s, const struct query_filter *f, struct str value, struct err *e);

/* The code of system|code. */
static struct str code_of(struct sql *s, struct str value)
{
    struct str system, code = value;
    value_next(&code, '|', &system);
    return value_plain(s->arena, code.p ? code : value);
}

/* Kinds of event with this code, whichever column of events.def it stands in. */
static bool put_kinds(struct sql *s, struct str value, size_t column)
{
    struct str names[sizeof kinds / sizeof kinds[0]], code = code_of(s, value);
    size_t n = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *const columns[] = {kinds[i].event_id, kinds[i].type_code, kinds[i].action};
        if (str_is(code, columns[column]))
            names[n++] = str_of(kinds[i].name);
    }
    int place = sql_texts(s, names, n);
    sql_put(s, &Q_audit_search_kinds, &place);
    return true;
}

static bool put_type(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    (void)f;
    (void)e;
    return put_kinds(s, value, 0);
}

static bool put_subtype(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    (void)f;
    (void)e;
    return put_kinds(s, value, 1);
}

static bool put_action(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    (void)f;
    (void)e;
    return put_kinds(s, value, 2);
}

static bool put_outcome(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    int64_t n;
    if (!str_int(code_of(s, value), &n) || n < 0 || n > 12)
        return condition_invalid(f, "an outcome is 0, 4, 8 or 12", e);
    int place = sql_int(s, n);
    sql_put(s, &Q_audit_search_outcome, &place);
    return true;
}

static bool put_id(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    int64_t n;
    (void)f;
    (void)e;
    int place = sql_int(s, str_int(value, &n) ? n : 0);
    sql_put(s, &Q_audit_search_id, &place);
    return true;
}

static bool put_text(struct sql *s, struct str value, const struct db_query *fragment)
{
    int place = sql_text(s, value_plain(s->arena, value));
    sql_put(s, fragment, &place);
    return true;
}

static bool put_altid(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    (void)f;
    (void)e;
    return put_text(s, code_of(s, value), &Q_audit_search_principal);
}

static bool put_name(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    (void)f;
    (void)e;
    return put_text(s, value, &Q_audit_search_principal_begins);
}

static bool put_address(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    (void)f;
    (void)e;
    return put_text(s, value, &Q_audit_search_address);
}

/* The trail keeps the patient's id alone. */
static bool put_patient(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct str type, id = value_plain(s->arena, value), bare;
    (void)f;
    (void)e;
    if (domain_split_reference(id, &type, &bare) && str_is(type, "Patient"))
        id = bare;
    return put_text(s, id, &Q_audit_search_patient);
}

static bool put_entity(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    struct str type, id, plain = value_plain(s->arena, value);
    if (!domain_split_reference(plain, &type, &id))
        return condition_invalid(f, "an entity is Type/id", e);
    if (str_is(type, "Patient"))
        put_patient(s, f, plain, e);
    else
        buf_puts(&s->text, " false");
    buf_puts(&s->text, " OR");
    return put_text(s, arena_printf(s->arena, "%.*s/%.*s", STR_ARG(type), STR_ARG(id)), &Q_audit_search_object);
}

static bool put_date(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    return condition_instant(s, f, value, &Q_audit_search_recorded, e);
}

/* TO ADD A PARAMETER OF AuditEvent: 1 a row here  2 its fragment in search.sql  3 a test */
static const struct {
    const char *name;
    condition put;
} rows[] = {
    {"_id", put_id},          {"_lastUpdated", put_date}, {"date", put_date},       {"action", put_action},
    {"address", put_address}, {"agent-name", put_name},   {"altid", put_altid},     {"entity", put_entity},
    {"outcome", put_outcome}, {"patient", put_patient},   {"subtype", put_subtype}, {"type", put_type},
};

bool search_events_by(const char *code)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].name, code) == 0)
            return true;
    return false;
}

static bool put_filter(struct sql *s, const struct query_filter *f, struct err *e)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!str_is(f->name, rows[i].name))
            continue;
        if (f->modifier.n)
            return condition_refuse_modifier(f, e);
        buf_puts(&s->text, " AND (");
        if (!condition_values(s, f, rows[i].put, e))
            return false;
        buf_puts(&s->text, ")");
        return true;
    }
    return err_set(e, ERR_UNSUPPORTED, "AuditEvent has no search parameter '%.*s' here",
                   STR_ARG(str_utf8_clip(f->name, 60)));
}

static bool compile(struct query *q, struct sql *s, struct err *e)
{
    for (size_t i = 0; i < q->filters; i++) {
        struct db_args before = s->args;
        size_t length = s->text.n;
        if (put_filter(s, &q->filter[i], e))
            continue;
        if (!query_forgive(q, q->filter[i].raw, e))
            return false;
        s->args = before;
        s->text.n = length;
    }
    return true;
}

/* Events come in the order of their numbers; "date" follows it. */
static bool read_way(const struct query *q, bool *ret_descending, struct err *e)
{
    struct str name = q->sort;
    *ret_descending = !name.n || name.p[0] == '-';
    if (name.n && name.p[0] == '-')
        name = str_sub(name, 1, name.n);
    if (name.n && !str_is(name, "date") && !str_is(name, "_lastUpdated") && !str_is(name, "_id"))
        return err_set(e, ERR_UNSUPPORTED, "_sort of AuditEvent is by date");
    if (q->includes)
        return err_set(e, ERR_UNSUPPORTED, "AuditEvent includes nothing");
    return true;
}

static bool put_page(struct sql *s, const struct query *q, bool descending, struct err *e)
{
    int64_t from;
    int place;
    if (q->cursor.n && (!str_int(q->cursor, &from) || from < 1))
        return err_set(e, ERR_INVALID, "_cursor is no page this server gave");
    if (q->cursor.n) {
        place = sql_int(s, from);
        buf_printf(&s->text, " AND r.id %s $%d::bigint", descending ? "<" : ">", place);
    }
    place = sql_int(s, q->count + 1);
    buf_printf(&s->text, " ORDER BY r.id%s LIMIT $%d::int", descending ? " DESC" : "", place);
    return true;
}

static bool count_events(struct op *op, const struct sql *where, int64_t *ret_total, struct err *e)
{
    struct sql s CLEANUP(sql_release);
    sql_start(&s, op->arena);
    s.args = where->args;
    sql_put(&s, &Q_audit_search_count, NULL);
    buf_str(&s.text, buf_view(&where->text));
    const struct db_rows *r = sql_run(&s, op->db, "audit_search_count", e);
    if (r)
        *ret_total = db_get_int(r, 0, 0);
    return r != NULL;
}

static void take_page(struct op *op, const struct query *q, const struct db_rows *rows, struct search_trail *f)
{
    bool more = db_count(rows) > q->count;
    f->rows = rows;
    f->n = more ? q->count : db_count(rows);
    if (more)
        f->next = arena_str(op->arena, db_get(rows, q->count - 1, 0));
}

bool search_events(struct op *op, struct query *q, struct search_trail *ret_found, struct err *e)
{
    struct sql where CLEANUP(sql_release), s CLEANUP(sql_release);
    struct search_trail f = {.next = STR(""), .total = -1};
    bool descending;
    sql_start(&where, op->arena);
    sql_start(&s, op->arena);
    if (!read_way(q, &descending, e) || !compile(q, &where, e))
        return false;
    if ((q->total || q->count_only) && !count_events(op, &where, &f.total, e))
        return false;
    if (!q->count_only) {
        s.args = where.args;
        sql_put(&s, &Q_audit_search_page, NULL);
        buf_str(&s.text, buf_view(&where.text));
        const struct db_rows *rows =
            put_page(&s, q, descending, e) ? sql_run(&s, op->db, "audit_search_page", e) : NULL;
        if (!rows)
            return false;
        take_page(op, q, rows, &f);
    }
    *ret_found = f;
    return true;
}
