#include "admin/admin_priv.h"

#include "base/json.h"

const struct gate_route admin_routes[] = {
#define ROUTE(method, pattern, permission, audit, tx, public_, body, handler) \
    {method, pattern, {method " " pattern, permission, audit, GATE_##tx, public_}, body, handler, NULL, NULL, NULL},
#include "admin/routes.def"
#undef ROUTE
};
const int admin_route_count = sizeof admin_routes / sizeof admin_routes[0];

static struct admin_config settings;

void admin_init(const struct admin_config *config)
{
    settings = *config;
}

const struct admin_config *admin_settings(void)
{
    return &settings;
}

bool admin_json(struct gate_http *h, struct buf *b, struct err *e)
{
    bool ok = buf_ok(b, e);
    if (ok)
        gate_http_body(h, 200, "application/json", buf_view(b));
    buf_release(b);
    return ok;
}

struct str admin_parameter(const struct gate_http *h, const char *name)
{
    struct str s = http_query(h->request, name);
    return s.p ? s : STR("");
}

bool admin_page(const struct gate_http *h, int *ret_limit, int64_t *ret_before, struct err *e)
{
    struct str limit = admin_parameter(h, "limit"), before = admin_parameter(h, "before");
    int64_t n = 100, b = 0;
    if ((limit.n && (!str_int(limit, &n) || n < 1 || n > ADMIN_LIMIT_MAX)) || (before.n && !str_int(before, &b)) ||
        b < 0)
        return err_set(e, ERR_INVALID, "limit is 1 to %d, before a cursor from the last page", ADMIN_LIMIT_MAX);
    *ret_limit = (int)n;
    *ret_before = b;
    return true;
}

static void put_next(struct buf *b, int count, int limit, int64_t last)
{
    json_put_name(b, "next");
    if (count == limit)
        buf_printf(b, "\"%lld\"", (long long)last);
    else
        buf_puts(b, "null");
}

bool admin_items(struct op *op, struct gate_http *h, const struct db_rows *r, int limit, admin_item *put, struct err *e)
{
    struct buf b;
    int n = db_count(r);
    buf_init(&b, ADMIN_BODY_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; i < n; i++) {
        json_put_comma(&b);
        put(op, &b, r, i);
    }
    buf_putc(&b, ']');
    put_next(&b, n, limit, n ? db_get_int(r, n - 1, 0) : 0);
    buf_putc(&b, '}');
    op->event->count = n;
    return admin_json(h, &b, e);
}

void admin_time(struct buf *b, const char *name, clock_us t)
{
    char text[CLOCK_TEXT];
    clock_site_text(t, text);
    json_put_field(b, name, str_of(text));
}

bool admin_list(struct op *op, struct gate_http *h, const struct admin_list *l, struct err *e)
{
    int limit;
    int64_t before;
    struct db_args args = db_args(op->arena);
    if (!admin_page(h, &limit, &before, e))
        return false;
    db_text_opt(&args, op->access);
    db_int(&args, before);
    if (l->more)
        l->more(h, &args);
    db_int(&args, limit);
    const struct db_rows *r = db_run(op->db, l->query, &args, e);
    return r && admin_items(op, h, r, limit, l->put, e);
}
