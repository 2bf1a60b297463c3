/* Peers: who may come in as a DICOM node or an HL7 sender, and what is set for each. */
#include "admin/admin_priv.h"

#include <string.h>

#include "base/json.h"

enum { PAIRS_MAX = 64 };

bool admin_peers(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_puts(&b, "{\"items\":");
    bool ok = auth_peer_list(op->db, admin_parameter(h, "name"), &b, e);
    buf_putc(&b, '}');
    if (ok)
        return admin_json(h, &b, e);
    buf_release(&b);
    return false;
}

/* ---- changing one ---- */

static bool read_pair(struct op *op, const struct json *settings, const struct json *member, struct str *ret_pair,
                      struct err *e)
{
    int64_t n;
    struct str name = json_name(member);
    const char *key = arena_cstr(op->arena, name);
    if (json_kind(member) == JSON_STRING)
        *ret_pair = arena_printf(op->arena, "%s=%.*s", key, STR_ARG(json_text(member)));
    else if (json_kind(member) == JSON_NUMBER && json_int(settings, key, &n))
        *ret_pair = arena_printf(op->arena, "%s=%lld", key, (long long)n);
    else
        return err_set(e, ERR_INVALID, "a setting is a text or a whole number");
    return true;
}

static bool set(struct op *op, const struct json *j, struct err *e)
{
    const struct json *settings = json_find(j, "settings"), *member;
    struct str pairs[PAIRS_MAX];
    size_t n = 0;
    for (; settings && n < PAIRS_MAX && (member = json_member(settings, n)); n++)
        if (!read_pair(op, settings, member, &pairs[n], e))
            return false;
    const struct auth_peer_id id = {json_str(j, "kind"), json_str(j, "name"), json_str(j, "address")};
    return !n || auth_peer_set(op->db, &id, pairs, n, e);
}

static bool put(struct op *op, const struct json *j, struct err *e)
{
    struct str kind = json_str(j, "kind"), name = json_str(j, "name"), address = json_str(j, "address");
    if (!auth_peer_put(op->db, kind, name, address, json_str(j, "roles"), e) || !set(op, j, e))
        return false;
    op->event->object_type = STR("Peer");
    op->event->object_id = arena_str(op->arena, name);
    return json_bool(j, "enabled", true) || auth_peer_enable(op->db, kind, name, address, false, e);
}

/* {"kind":"HL7","name":"RIS|CLINIC","address":"","roles":"RIS","enabled":true,"settings":{"rate":20}} */
bool admin_peer_put(struct op *op, struct gate_http *h, struct err *e)
{
    struct json *j = json_parse(h->request->body, e);
    bool ok = j && put(op, j, e);
    json_free(j);
    if (ok)
        gate_http_body(h, 204, "application/json", STR(""));
    return ok;
}

/* DELETE /admin/api/peers?kind=AE&name=CT1&address=10.0.0.0/8 */
bool admin_peer_remove(struct op *op, struct gate_http *h, struct err *e)
{
    const struct auth_peer_id id = {admin_parameter(h, "kind"), admin_parameter(h, "name"),
                                    admin_parameter(h, "address")};
    op->event->object_type = STR("Peer");
    op->event->object_id = id.name;
    if (!auth_peer_remove(op->db, &id, e))
        return false;
    gate_http_body(h, 204, "application/json", STR(""));
    return true;
}
