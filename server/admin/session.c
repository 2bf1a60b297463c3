#include "admin/admin_priv.h"

#include "base/json.h"

static void put_names(struct buf *b, const char *name, uint64_t bits, int n, const char *(*name_of)(int))
{
    json_put_name(b, name);
    buf_putc(b, '[');
    for (int i = 0; i < n; i++)
        if (bits >> i & 1) {
            json_put_comma(b);
            json_put_str(b, str_of(name_of(i)));
        }
    buf_putc(b, ']');
}

static const char *role_name(int i)
{
    return auth_role_name((enum role)i);
}

static const char *permission_name(int i)
{
    return auth_permission_name((enum permission)i);
}

static bool answer(struct gate_http *h, const struct principal *who, struct err *e)
{
    struct buf b;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_putc(&b, '{');
    json_put_field(&b, "name", str_of(who->name));
    json_put_field(&b, "display", str_of(who->display));
    put_names(&b, "roles", who->roles, ROLES, role_name);
    put_names(&b, "permissions", who->permissions, PERMISSIONS, permission_name);
    buf_putc(&b, '}');
    return admin_json(h, &b, e);
}

static bool read_credentials(struct gate_http *h, struct credentials *c, struct err *e)
{
    struct http_request *r = h->request;
    struct json *j = json_parse(r->body, e);
    if (!j)
        return false;
    *c = (struct credentials){.kind = CREDENTIALS_BASIC,
                              .user = arena_str(&r->arena, json_str(j, "user")),
                              .password = arena_str(&r->arena, json_str(j, "password")),
                              .address = r->address,
                              .loopback = r->loopback,
                              .encrypted = r->tls};
    json_free(j);
    return true;
}

/* A foreign page can not set this header, so it can not sign its visitor in as somebody else. */
static bool own_page(const struct gate_http *h, struct err *e)
{
    if (str_is(http_header(h->request, "X-Requested-With"), "isocentre"))
        return true;
    return err_set(e, ERR_FORBIDDEN, "signing in needs the header X-Requested-With");
}

bool admin_sign_in(struct op *op, struct gate_http *h, struct err *e)
{
    struct credentials c;
    char id[AUTH_SESSION_ID];
    struct principal *who = ARENA_NEW(op->arena, struct principal);
    if (!own_page(h, e) || !read_credentials(h, &c, e))
        return false;
    *who = *op->who;
    str_copy(who->name, sizeof who->name, str_utf8_clip(c.user, sizeof who->name - 1)); /* who is tried, so far */
    op->event->who = who;
    if (!gate_authenticate(op->gate, "http", &c, who, e) || !auth_authorise(who, PERM_SESSION, e) ||
        !auth_session_open(gate_auth(op->gate), op->db, who, id, e))
        return false;
    http_add(h->response, "Set-Cookie",
             arena_printf(op->arena, "isocentre_session=%s; Path=/; HttpOnly; SameSite=Strict%s", id,
                          h->request->tls ? "; Secure" : ""));
    return answer(h, who, e);
}

bool admin_session(struct op *op, struct gate_http *h, struct err *e)
{
    return answer(h, op->who, e);
}

bool admin_sign_out(struct op *op, struct gate_http *h, struct err *e)
{
    struct str cookie = http_cookie(h->request, "isocentre_session");
    if (cookie.n && !auth_session_close(op->db, cookie, e))
        return false;
    http_add(h->response, "Set-Cookie",
             STR("isocentre_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"));
    gate_http_body(h, 204, "text/plain; charset=utf-8", STR(""));
    return true;
}
