/* Inside of the admin API. Private to admin/. */
#ifndef ADMIN_ADMIN_PRIV_H
#define ADMIN_ADMIN_PRIV_H

#include "admin/admin.h"

#define ROUTE(method, pattern, permission, audit, tx, public_, body, handler) \
    bool handler(struct op *op, struct gate_http *h, struct err *e);
#include "admin/routes.def"
#undef ROUTE

enum { ADMIN_BODY_MAX = 16 << 20, ADMIN_LIMIT_MAX = 500 };

const struct admin_config *admin_settings(void);
/* Send what the buffer holds as application/json; releases it. */
bool admin_json(struct gate_http *h, struct buf *b, struct err *e);
/* A query parameter as text, "" when absent. */
struct str admin_parameter(const struct gate_http *h, const char *name);
/* limit (1…500, 100 when absent) and before (a cursor, 0 when absent); INVALID for anything else. */
bool admin_page(const struct gate_http *h, int *ret_limit, int64_t *ret_before, struct err *e);
/* A page of rows as {"items": […], "next": the cursor after a full page, or null}; column 0 is the cursor. */
typedef void admin_item(struct op *op, struct buf *b, const struct db_rows *r, int row);
bool admin_items(struct op *op, struct gate_http *h, const struct db_rows *r, int limit, admin_item *put,
                 struct err *e);
/* Such a page: the query takes the row filter, the cursor, what more() adds (NULL: nothing) and the limit. */
struct admin_list {
    const struct db_query *query;
    admin_item *put;
    void (*more)(const struct gate_http *h, struct db_args *args);
};
bool admin_list(struct op *op, struct gate_http *h, const struct admin_list *l, struct err *e);
/* "name": a time in the site's zone. */
void admin_time(struct buf *b, const char *name, clock_us t);

#endif
