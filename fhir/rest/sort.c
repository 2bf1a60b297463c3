/* The order of a result and the place where its next page begins. The place is the key and row id of the last
 * match, so that writes in between neither repeat nor hide another match. */
#include "fhir/rest/search_priv.h"

#include "base/codec.h"
#include "schema/queries.h"

/* TO ADD A SORT KEY: a row here and its fragments in search.sql. kind: of the parameter, for keys of the
 * index. */
static const struct {
    enum fhir_search_kind kind;
    const struct db_query *up, *down;
    bool number;
} index_keys[] = {
    {FHIR_SEARCH_TOKEN, &Q_search_sort_token, &Q_search_sort_token_down, false},
    {FHIR_SEARCH_REFERENCE, &Q_search_sort_token, &Q_search_sort_token_down, false},
    {FHIR_SEARCH_STRING, &Q_search_sort_string, &Q_search_sort_string_down, false},
    {FHIR_SEARCH_DATE, &Q_search_sort_date, &Q_search_sort_date_down, true},
};

static bool read_key(struct sql *s, const struct query *q, struct str name, struct order *o, struct err *e)
{
    if (str_is(name, "_id")) {
        o->key = &Q_search_sort_id;
        return true;
    }
    if (str_is(name, "_lastUpdated")) {
        o->key = str_is(q->type, "ImagingStudy") ? &Q_search_updated_study : &Q_search_updated;
        o->time = true;
        return true;
    }
    const struct fhir_search_param *p = fhir_search_param_find(q->type, name);
    for (size_t i = 0; p && i < sizeof index_keys / sizeof index_keys[0]; i++)
        if (index_keys[i].kind == p->kind) {
            o->key = o->descending ? index_keys[i].down : index_keys[i].up;
            o->number = index_keys[i].number;
            o->key_place[0] = sql_int(s, record_param(q->type, name));
            return true;
        }
    return err_set(e, ERR_UNSUPPORTED, "_sort by '%.*s'", STR_ARG(str_utf8_clip(name, 60)));
}

/* Without _sort: newest first. */
bool order_read(struct sql *s, const struct query *q, struct order *ret_order, struct err *e)
{
    struct str name = q->sort;
    *ret_order = (struct order){.descending = true};
    if (!name.n)
        return true;
    ret_order->descending = name.p[0] == '-';
    if (ret_order->descending)
        name = str_sub(name, 1, name.n);
    if (str_find(name, ',') < name.n)
        return err_set(e, ERR_UNSUPPORTED, "_sort by more than one parameter");
    return read_key(s, q, name, ret_order, e);
}

void order_put_key(struct sql *s, const struct order *o)
{
    if (o->key && o->time) {
        sql_put(s, &Q_search_micros_open, NULL);
        sql_put(s, o->key, o->key_place);
        sql_put(s, &Q_search_micros_close, NULL);
    } else if (o->key) {
        sql_put(s, o->key, o->key_place);
    } else {
        buf_puts(&s->text, " ''");
    }
}

struct str order_cursor(struct arena *a, struct str key, int64_t rid)
{
    struct buf b CLEANUP(buf_release);
    struct str plain = arena_printf(a, "%lld %.*s", (long long)rid, STR_ARG(key));
    buf_init(&b, 64 * 1024);
    base64_put(&b, plain);
    return arena_str(a, buf_view(&b));
}

static bool read_cursor(struct arena *a, struct str cursor, int64_t *ret_rid, struct str *ret_key,
                        struct err *e)
{
    struct buf b CLEANUP(buf_release);
    struct err ignored;
    struct str rid;
    buf_init(&b, 64 * 1024);
    bool ok = base64_decode(cursor, &b, &ignored) && buf_ok(&b, &ignored);
    struct str plain = arena_str(a, buf_view(&b));
    ok = ok && str_utf8_valid(plain) && str_next(&plain, ' ', &rid) && plain.p && str_int(rid, ret_rid);
    *ret_key = plain;
    return ok || err_set(e, ERR_INVALID, "_cursor is no page this server gave");
}

/* A key's value: its place, or 0 when the text can not be one. */
static int put_key_value(struct sql *s, const struct order *o, struct str key)
{
    int64_t n;
    if (!o->time && !o->number)
        return sql_text(s, key);
    if (!str_int(key, &n))
        return 0;
    return o->time ? sql_time(s, n) : sql_int(s, n);
}

static bool put_place(struct sql *s, const struct order *o, struct str cursor, struct err *e)
{
    int64_t rid;
    struct str key;
    int place[1];
    if (!read_cursor(s->arena, cursor, &rid, &key, e))
        return false;
    const char *compare = o->descending ? "<" : ">";
    if (!o->key) {
        place[0] = sql_int(s, rid);
        buf_printf(&s->text, " AND r.rid %s $%d::bigint", compare, place[0]);
        return true;
    }
    int value = put_key_value(s, o, key);
    if (!value)
        return err_set(e, ERR_INVALID, "_cursor is no page of this order");
    place[0] = sql_int(s, rid);
    buf_puts(&s->text, " AND (");
    sql_put(s, o->key, o->key_place);
    buf_printf(&s->text, ", r.rid) %s ($%d, $%d::bigint)", compare, value, place[0]);
    return true;
}

bool order_put_rest(struct sql *s, const struct order *o, const struct query *q, int limit, struct err *e)
{
    const char *way = o->descending ? " DESC" : "";
    int place;
    if (q->cursor.n && !put_place(s, o, q->cursor, e))
        return false;
    buf_puts(&s->text, " ORDER BY");
    if (o->key) {
        sql_put(s, o->key, o->key_place);
        buf_printf(&s->text, "%s,", way);
    }
    place = sql_int(s, limit);
    buf_printf(&s->text, " r.rid%s LIMIT $%d::int", way, place);
    return true;
}
