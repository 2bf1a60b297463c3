/* Finding messages: one statement joined from what was asked for, newest first, a page at a time. */
#include "hl7/explain/explain_priv.h"

#include "base/json.h"
#include "record/record.h"
#include "schema/queries.h"

enum { SQL_MAX = 16 << 10, PAGE_DEFAULT = 100, PAGE_MAX = 500 };

struct search {
    struct arena *arena;
    struct buf sql;
    struct db_args args;
    int limit;
    bool out; /* messages that left, not those that came */
};

/* Join a fragment; {1} in it is the argument given last. */
static void put_sql(struct search *s, const struct db_query *fragment)
{
    struct str rest = str_of(fragment->sql);
    while (rest.n) {
        size_t i = str_find(rest, '{');
        buf_str(&s->sql, str_sub(rest, 0, i));
        rest = str_sub(rest, i, rest.n);
        bool place = str_starts(rest, "{1}");
        if (place)
            buf_printf(&s->sql, "$%d", s->args.n);
        else if (rest.n)
            buf_putc(&s->sql, rest.p[0]);
        rest = str_sub(rest, place ? 3 : 1, rest.n);
    }
    buf_putc(&s->sql, '\n');
}

/* ---- conditions ---- */

typedef bool condition(struct search *s, struct str value, const struct db_query *fragment, struct err *e);

static bool put_text(struct search *s, struct str value, const struct db_query *fragment, struct err *e)
{
    (void)e;
    db_text(&s->args, value);
    put_sql(s, fragment);
    return true;
}

/* Ids grow with time, so a time bounds the walk over them. */
static bool put_time(struct search *s, struct str value, const struct db_query *fragment, struct err *e)
{
    clock_us from, to;
    if (!clock_range(value, &from, &to))
        return err_set(e, ERR_INVALID, "from and to are dates or times");
    db_int(&s->args, record_rid_at(fragment == &Q_message_search_to ? to : from));
    put_sql(s, fragment);
    return true;
}

static bool put_outcome(struct search *s, struct str value, const struct db_query *fragment, struct err *e)
{
    static const struct {
        const char *name;
        const struct db_query *in, *out; /* NULL: none that came, or left, has it */
    } outcomes[] = {{"accepted", &Q_message_search_outcome, &Q_message_search_outcome},
                    {"refused", &Q_message_search_outcome, NULL},
                    {"queued", NULL, &Q_message_search_outcome},
                    {"dead", &Q_message_search_dead, &Q_message_search_outcome},
                    {"resubmitted", &Q_message_search_settled, &Q_message_search_outcome},
                    {"dismissed", &Q_message_search_settled, NULL},
                    {"discarded", NULL, &Q_message_search_outcome},
                    {"again", &Q_message_search_again, &Q_sent_search_again},
                    {"held", &Q_message_search_held, &Q_message_search_held}};
    (void)fragment;
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++) {
        const struct db_query *q = s->out ? outcomes[i].out : outcomes[i].in;
        if (!q || !str_is(value, outcomes[i].name))
            continue;
        if (q == &Q_message_search_outcome || q == &Q_message_search_settled)
            db_text(&s->args, value);
        put_sql(s, q);
        return true;
    }
    return err_set(e, ERR_INVALID, "outcome is %s",
                   s->out ? "accepted, queued, dead, resubmitted, discarded, again or held"
                          : "accepted, refused, dead, resubmitted, dismissed, again or held");
}

/* TO ADD A FILTER: 1 a row here  2 its fragment in message.sql  3 a case in 39_hl7_explain.py */
static const struct {
    const char *name;
    condition *put;
    const struct db_query *in, *out;
} filters[] = {
    {"patient", put_text, &Q_message_search_patient, &Q_sent_search_patient},
    {"accession", put_text, &Q_message_search_accession, &Q_sent_search_accession},
    {"order", put_text, &Q_message_search_order, &Q_sent_search_order},
    {"control", put_text, &Q_message_search_control, &Q_message_search_control},
    {"peer", put_text, &Q_message_search_peer, &Q_sent_search_peer},
    {"trigger", put_text, &Q_message_search_trigger, &Q_message_search_trigger},
    {"ack", put_text, &Q_message_search_ack, &Q_message_search_ack},
    {"outcome", put_outcome, NULL, NULL},
    {"from", put_time, &Q_message_search_from, &Q_message_search_from},
    {"to", put_time, &Q_message_search_to, &Q_message_search_to},
    {"text", put_text, &Q_message_search_text, &Q_sent_search_text},
};

static struct str parameter(const struct gate_http *h, const char *name)
{
    struct str s = http_query(h->request, name);
    return s.p ? str_trim(s) : STR("");
}

static bool read_page(struct search *s, const struct gate_http *h, struct err *e)
{
    struct str direction = parameter(h, "direction");
    s->out = str_is(direction, "out");
    if (direction.n && !s->out && !str_is(direction, "in"))
        return err_set(e, ERR_INVALID, "direction is in or out");
    struct str limit = parameter(h, "limit"), before = parameter(h, "before");
    int64_t n = PAGE_DEFAULT, b = 0;
    if ((limit.n && (!str_int(limit, &n) || n < 1 || n > PAGE_MAX)) || (before.n && !str_int(before, &b)) || b < 0)
        return err_set(e, ERR_INVALID, "limit is 1 to %d, before a cursor from the last page", PAGE_MAX);
    db_int(&s->args, b);
    db_int(&s->args, n);
    s->limit = (int)n;
    return true;
}

static const struct db_rows *find(struct op *op, struct search *s, const struct gate_http *h, struct err *e)
{
    put_sql(s, s->out ? &Q_sent_search : &Q_message_search);
    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        struct str value = parameter(h, filters[i].name);
        if (value.n && !filters[i].put(s, value, s->out ? filters[i].out : filters[i].in, e))
            return NULL;
    }
    put_sql(s, &Q_message_search_tail);
    if (!buf_ok(&s->sql, e))
        return NULL;
    struct db_query *q = ARENA_NEW(op->arena, struct db_query);
    *q = (struct db_query){s->out ? "sent_search" : "message_search", DB_SHAPE, s->args.n,
                           arena_cstr(op->arena, buf_view(&s->sql))};
    return db_run(op->db, q, &s->args, e);
}

/* ---- the page ---- */

/* What only those that left have. */
static void put_delivery(struct buf *b, const struct db_rows *r, int row)
{
    json_put_field(b, "event", db_get(r, row, 17));
    json_put_int(b, "attempts", db_get_int(r, row, 18));
    explain_put_time(b, "attempted", db_get_int(r, row, 19));
    explain_put_time(b, "answered", db_get_int(r, row, 20));
    json_put_field(b, "number", db_get(r, row, 21));
    json_put_field(b, "source", db_get(r, row, 22));
}

void explain_put_row(struct buf *b, const struct db_rows *r, int row, bool out)
{
    const char *const names[] = {"trigger",   "controlId", out ? "destination" : "sender", "ackCode", "outcome",
                                 "patientId", "accession"};
    json_put_field(b, "id", db_get(r, row, 0));
    json_put_field(b, "direction", out ? STR("out") : STR("in"));
    explain_put_time(b, out ? "created" : "received", db_get_int(r, row, 1));
    for (int c = 0; c < 7; c++)
        json_put_field(b, names[c], db_get(r, row, c + 2));
    if (out)
        put_delivery(b, r, row);
    json_put_int(b, "warningCount", db_get_int(r, row, 9));
    json_put_field(b, "settled", db_get(r, row, 10));
    json_put_bool(b, "held", db_get_bool(r, row, 11));
    if (db_get_int(r, row, 12)) {
        json_put_field(b, "original", db_get(r, row, 12));
        json_put_field(b, "resubmittedBy", db_get(r, row, 13));
    }
    json_put_name(b, "error");
    if (!db_get(r, row, 14).n) {
        buf_puts(b, "null");
        return;
    }
    buf_putc(b, '{');
    json_put_field(b, "code", db_get(r, row, 14));
    json_put_field(b, "text", db_get(r, row, 15));
    json_put_field(b, "location", db_get(r, row, 16));
    buf_putc(b, '}');
}

static void put_page(struct buf *b, const struct db_rows *r, const struct search *s)
{
    int n = db_count(r);
    buf_puts(b, "{\"items\":[");
    for (int i = 0; i < n; i++) {
        json_put_comma(b);
        buf_putc(b, '{');
        explain_put_row(b, r, i, s->out);
        buf_putc(b, '}');
    }
    buf_putc(b, ']');
    json_put_name(b, "next");
    if (n == s->limit)
        json_put_str(b, db_get(r, n - 1, 0));
    else
        buf_puts(b, "null");
    buf_putc(b, '}');
}

bool explain_messages(struct op *op, struct gate_http *h, struct err *e)
{
    struct search s = {.arena = op->arena, .args = db_args(op->arena)};
    struct buf b;
    buf_init(&s.sql, SQL_MAX);
    db_text_opt(&s.args, op->access);
    const struct db_rows *r = read_page(&s, h, e) ? find(op, &s, h, e) : NULL;
    buf_release(&s.sql);
    if (!r)
        return false;
    buf_init(&b, EXPLAIN_JSON_MAX);
    put_page(&b, r, &s);
    op->event->query = h->request->query_raw;
    op->event->count = db_count(r);
    return explain_json(h, &b, e);
}
