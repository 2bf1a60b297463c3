/* Peers: who may come in as a DICOM node or an HL7 sender, and what is set for each. */
#include "admin/admin_priv.h"

#include <string.h>

#include "base/json.h"
#include "schema/queries.h"

enum { SETTINGS_AT = 7, PAIRS_MAX = 64 }; /* the column of peer_list the settings begin with */

static void put_list(struct buf *b, const char *name, struct str joined)
{
    struct str one;
    json_put_name(b, name);
    buf_putc(b, '[');
    while (joined.n && str_next(&joined, ',', &one)) {
        json_put_comma(b);
        json_put_str(b, one);
    }
    buf_putc(b, ']');
}

static void put_settings(struct buf *b, const struct db_rows *r, int row)
{
    json_put_name(b, "settings");
    buf_putc(b, '{');
    for (size_t i = 0; i < auth_peer_settings_count(); i++) {
        int column = SETTINGS_AT + (int)i;
        if (auth_peer_setting_is_number(i))
            json_put_int(b, auth_peer_setting_name(i), db_get_int(r, row, column));
        else
            json_put_field(b, auth_peer_setting_name(i), db_get(r, row, column));
    }
    buf_putc(b, '}');
}

static void put_peer(struct buf *b, const struct db_rows *r, int row)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "kind", db_get(r, row, 0));
    json_put_field(b, "name", db_get(r, row, 1));
    json_put_field(b, "address", db_get(r, row, 2));
    put_list(b, "roles", db_get(r, row, 3));
    put_list(b, "departments", db_get(r, row, 4));
    json_put_field(b, "characterSet", db_get(r, row, 5));
    json_put_bool(b, "enabled", db_get_bool(r, row, 6));
    if (str_is(db_get(r, row, 0), "HL7"))
        put_settings(b, r, row);
    buf_putc(b, '}');
}

bool admin_peers(struct op *op, struct gate_http *h, struct err *e)
{
    struct buf b;
    struct db_args args = db_args(op->arena);
    const struct db_rows *r = db_run(op->db, &Q_peer_list, &args, e);
    if (!r)
        return false;
    buf_init(&b, ADMIN_BODY_MAX);
    buf_puts(&b, "{\"items\":[");
    for (int i = 0; i < db_count(r); i++)
        put_peer(&b, r, i);
    buf_puts(&b, "]}");
    op->event->count = db_count(r);
    return admin_json(h, &b, e);
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
    return !n || auth_peer_set(op->db, json_str(j, "name"), json_str(j, "address"), pairs, n, e);
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
