/* The order of a result and the place where its next page begins. The place is the keys and row id of the last
 * match, so that writes in between neither repeat nor hide another match; documents without a key come last, up and
 * down. A cursor carries a check of itself and its query: another query's, or one changed by hand, is refused. */
#include "fhir/search/search_priv.h"

#include <inttypes.h>

#include "base/codec.h"
#include "schema/queries.h"

/* TO ADD A SORT KEY: a row here and its fragments in search.sql. kind: of the parameter. */
static const struct {
    enum fhir_search_kind kind;
    const struct db_query *up, *down;
    enum order_form form;
} index_keys[] = {
    {FHIR_SEARCH_TOKEN, &Q_search_sort_token, &Q_search_sort_token_down, ORDER_TEXT},
    {FHIR_SEARCH_REFERENCE, &Q_search_sort_token, &Q_search_sort_token_down, ORDER_TEXT},
    {FHIR_SEARCH_URI, &Q_search_sort_token, &Q_search_sort_token_down, ORDER_TEXT},
    {FHIR_SEARCH_STRING, &Q_search_sort_string, &Q_search_sort_string_down, ORDER_TEXT},
    {FHIR_SEARCH_DATE, &Q_search_sort_date, &Q_search_sort_date_down, ORDER_INT},
    {FHIR_SEARCH_NUMBER, &Q_search_sort_number, &Q_search_sort_number_down, ORDER_NUMBER},
    {FHIR_SEARCH_QUANTITY, &Q_search_sort_number, &Q_search_sort_number_down, ORDER_NUMBER},
};

static bool read_key(struct sql *s, const struct query *q, struct str name, struct order_key *k, struct err *e)
{
    k->always = str_is(name, "_id") || str_is(name, "_lastUpdated");
    if (str_is(name, "_id")) {
        k->expression = &Q_search_sort_id;
        return true;
    }
    if (k->always) {
        k->expression = q->many                           ? &Q_search_updated_any
                        : str_is(q->type, "ImagingStudy") ? &Q_search_updated_study
                                                          : &Q_search_updated;
        k->form = ORDER_TIME;
        return true;
    }
    const struct fhir_search_param *p = search_param_find(q->arena, q->type, name);
    for (size_t i = 0; p && i < sizeof index_keys / sizeof index_keys[0]; i++)
        if (index_keys[i].kind == p->kind) {
            k->expression = k->descending ? index_keys[i].down : index_keys[i].up;
            k->form = index_keys[i].form;
            k->place[0] = sql_int(s, record_param(q->type, name));
            return true;
        }
    return err_set(e, ERR_UNSUPPORTED, "_sort by '%.*s'", STR_ARG(str_utf8_clip(name, 60)));
}

static bool read_keys(struct sql *s, const struct query *q, struct order *o, struct err *e)
{
    struct str rest = q->sort, name;
    while (rest.n && str_next(&rest, ',', &name)) {
        if (o->n == SORT_MAX)
            return err_set(e, ERR_INVALID, "_sort by more than %d parameters", SORT_MAX);
        struct order_key *k = &o->key[o->n++];
        k->descending = name.n && name.p[0] == '-';
        if (!read_key(s, q, k->descending ? str_sub(name, 1, name.n) : name, k, e))
            return false;
        o->descending = k->descending;
    }
    return true;
}

/* Without _sort: newest first. */
bool order_read(struct sql *s, struct query *q, struct order *ret_order, struct err *e)
{
    *ret_order = (struct order){.descending = !q->sort.n};
    if (read_keys(s, q, ret_order, e))
        return true;
    if (!query_forgive(q, STR("_sort"), e))
        return false;
    *ret_order = (struct order){.descending = true};
    q->sort = STR("");
    return true;
}

static void put_key(struct sql *s, const struct order_key *k)
{
    sql_put(s, k->expression, k->place);
}

void order_put_keys(struct sql *s, const struct order *o)
{
    for (size_t i = 0; i < o->n; i++) {
        if (i)
            buf_putc(&s->text, ',');
        if (o->key[i].form == ORDER_TIME)
            sql_put(s, &Q_search_micros_open, NULL);
        put_key(s, &o->key[i]);
        if (o->key[i].form == ORDER_TIME)
            sql_put(s, &Q_search_micros_close, NULL);
    }
    if (!o->n)
        buf_puts(&s->text, " ''");
}

/* ---- the cursor: check, row id and the keys, each "+text", or "-" for one that is not there ---- */

enum { PART = 1 }; /* parts them: no document has this character in a text */

static uint64_t mix(uint64_t h, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
    return (h ^ 0xff) * UINT64_C(1099511628211);
}

/* Of what is found in which order, and of the cursor itself. */
static uint64_t check_of(const struct query *q, struct str body)
{
    uint64_t h = mix(mix(mix(UINT64_C(14695981039346656037), q->path), q->sort), body);
    for (size_t i = 0; i < q->filters; i++)
        h = mix(mix(h, q->filter[i].raw), q->filter[i].value);
    for (size_t i = 0; i < q->type_count; i++)
        h = mix(h, q->types[i]);
    return (h ^ (uint64_t)(2 * q->contained + q->contained_alone)) * UINT64_C(1099511628211);
}

struct str order_cursor(const struct query *q, const struct order *o, int64_t rid, const struct str *keys)
{
    struct buf b CLEANUP(buf_release), body CLEANUP(buf_release);
    buf_init(&b, 64 * 1024);
    buf_init(&body, 32 * 1024);
    buf_printf(&body, "%" PRId64, rid);
    for (size_t i = 0; i < o->n; i++) {
        buf_printf(&body, "%c%c", PART, keys[i].p ? '+' : '-');
        buf_str(&body, keys[i]);
    }
    base64_put(&b, arena_printf(q->arena, "%016" PRIx64 "%c%.*s", check_of(q, buf_view(&body)), PART,
                                STR_ARG(buf_view(&body))));
    return arena_str(q->arena, buf_view(&b));
}

struct place { /* where to go on */
    int64_t rid;
    struct str key[SORT_MAX]; /* p is NULL: it had none */
};

static bool read_place(const struct query *q, const struct order *o, struct str plain, struct place *ret_place)
{
    struct str check, one;
    char want[20];
    if (!str_utf8_valid(plain) || !str_next(&plain, PART, &check) || !plain.p)
        return false;
    snprintf(want, sizeof want, "%016" PRIx64, check_of(q, plain));
    if (!str_is(check, want) || !str_next(&plain, PART, &one) || !str_int(one, &ret_place->rid))
        return false;
    for (size_t i = 0; i < o->n; i++) {
        if (!str_next(&plain, PART, &one) || !one.n)
            return false;
        ret_place->key[i] = one.p[0] == '+' ? str_sub(one, 1, one.n) : STR_NONE;
    }
    return !plain.p;
}

static bool read_cursor(const struct query *q, const struct order *o, struct place *ret_place, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    struct err ignored;
    buf_init(&b, 64 * 1024);
    bool ok = base64_decode(q->cursor, &b, &ignored) && buf_ok(&b, &ignored) &&
              read_place(q, o, arena_str(q->arena, buf_view(&b)), ret_place);
    return ok || err_set(e, ERR_INVALID, "_cursor is no page this server gave for this search");
}

bool order_before(const struct query *q, const struct order *o, int64_t *ret_rid, struct err *e)
{
    struct place p = {.rid = RECORD_CONTAINED_RID};
    if (q->cursor.n && !read_cursor(q, o, &p, e))
        return false;
    *ret_rid = p.rid < RECORD_CONTAINED_RID ? p.rid : RECORD_CONTAINED_RID;
    return true;
}

/* A key's value: "$n" of its type; the check has shown that it is one this server gave. */
static bool put_value(struct sql *s, const struct order_key *k, struct str text, struct err *e)
{
    static const char *const casts[] = {
        [ORDER_TEXT] = "", [ORDER_INT] = "::bigint", [ORDER_NUMBER] = "::numeric", [ORDER_TIME] = ""};
    int64_t n = 0;
    struct str number, half;
    if ((k->form == ORDER_INT || k->form == ORDER_TIME) && !str_int(text, &n))
        return err_set(e, ERR_INVALID, "_cursor is no page of this order");
    if (k->form == ORDER_NUMBER && !value_number(s->arena, text, &number, &half) && !str_is(text, "Infinity") &&
        !str_is(text, "-Infinity"))
        return err_set(e, ERR_INVALID, "_cursor is no page of this order");
    int place = k->form == ORDER_TIME ? sql_time(s, n) : k->form == ORDER_INT ? sql_int(s, n) : sql_text(s, text);
    buf_printf(&s->text, " $%d%s", place, casts[k->form]);
    return true;
}

/* The key is the same as at the place. */
static bool put_same(struct sql *s, const struct order_key *k, struct str value, struct err *e)
{
    put_key(s, k);
    if (!value.p) {
        buf_puts(&s->text, " IS NULL");
        return true;
    }
    buf_puts(&s->text, " =");
    return put_value(s, k, value, e);
}

/* The key is behind the place's, or missing. */
static bool put_behind(struct sql *s, const struct order_key *k, struct str value, struct err *e)
{
    if (!value.p) {
        buf_puts(&s->text, " false");
        return true;
    }
    buf_puts(&s->text, " (");
    put_key(s, k);
    buf_puts(&s->text, k->descending ? " <" : " >");
    if (!put_value(s, k, value, e))
        return false;
    if (!k->always) {
        buf_puts(&s->text, " OR");
        put_key(s, k);
        buf_puts(&s->text, " IS NULL");
    }
    buf_puts(&s->text, ")");
    return true;
}

/* Where the first key is a column, a bound of it lets an index begin there. */
static bool put_bound(struct sql *s, const struct order *o, const struct place *p, struct err *e)
{
    if (!o->n || !o->key[0].always || !p->key[0].p)
        return true;
    buf_puts(&s->text, " AND");
    put_key(s, &o->key[0]);
    buf_puts(&s->text, o->key[0].descending ? " <=" : " >=");
    return put_value(s, &o->key[0], p->key[0], e);
}

/* One key behind while all before it are the same; at last the row ids decide. */
static bool put_place(struct sql *s, const struct order *o, const struct query *q, struct err *e)
{
    struct place p;
    if (!read_cursor(q, o, &p, e) || !put_bound(s, o, &p, e))
        return false;
    buf_puts(&s->text, " AND (");
    for (size_t i = 0; i <= o->n; i++) {
        buf_puts(&s->text, i ? " OR (" : "(");
        for (size_t k = 0; k < i; k++) {
            if (!put_same(s, &o->key[k], p.key[k], e))
                return false;
            buf_puts(&s->text, " AND");
        }
        if (i < o->n && !put_behind(s, &o->key[i], p.key[i], e))
            return false;
        if (i == o->n)
            buf_printf(&s->text, " r.rid %s $%d::bigint", o->descending ? "<" : ">", sql_int(s, p.rid));
        buf_puts(&s->text, ")");
    }
    buf_puts(&s->text, ")");
    return true;
}

bool order_put_rest(struct sql *s, const struct order *o, const struct query *q, int limit, struct err *e)
{
    if (q->cursor.n && !put_place(s, o, q, e))
        return false;
    buf_puts(&s->text, " ORDER BY");
    for (size_t i = 0; i < o->n; i++) {
        put_key(s, &o->key[i]);
        buf_printf(&s->text, "%s%s,", o->key[i].descending ? " DESC" : "", o->key[i].always ? "" : " NULLS LAST");
    }
    buf_printf(&s->text, " r.rid%s LIMIT $%d::int", o->descending ? " DESC" : "", sql_int(s, limit));
    return true;
}
