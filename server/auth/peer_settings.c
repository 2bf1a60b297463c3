/* What is set for one peer: read, checked and changed by the rows of peer_settings.def. */
#include "auth/auth_priv.h"

#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "hl7/codec/charset.h"
#include "schema/queries.h"

enum { AE = 1, HL7 = 2, ANY = AE | HL7 };

struct setting {
    const char *name;
    unsigned kinds;
    size_t offset;
    bool number;
    int64_t most; /* value of a number, bytes of a text */
};

static const struct setting rows[] = {
#define TEXT(name, kinds, most, meaning) {#name, kinds, offsetof(struct peer_settings, name), false, most},
#define NUMBER(name, kinds, most, meaning) {#name, kinds, offsetof(struct peer_settings, name), true, most},
#include "auth/peer_settings.def"
#undef TEXT
#undef NUMBER
};
enum { ROWS = sizeof rows / sizeof rows[0], DESTINATION_NAME_MAX = 64 };

static unsigned kind_bit(struct str kind)
{
    return str_is(kind, "AE") ? AE : HL7;
}

static char *text_of(struct peer_settings *s, const struct setting *row)
{
    return (char *)s + row->offset;
}

static int *number_of(struct peer_settings *s, const struct setting *row)
{
    return (int *)(void *)((char *)s + row->offset);
}

void peer_settings_read(const struct db_rows *r, int row, int first, struct peer_settings *ret_settings)
{
    struct peer_settings s = {.rate = 0};
    for (int i = 0; i < ROWS; i++)
        if (rows[i].number)
            *number_of(&s, &rows[i]) = (int)db_get_int(r, row, first + i);
        else
            str_copy(text_of(&s, &rows[i]), (size_t)rows[i].most + 1, db_get(r, row, first + i));
    *ret_settings = s;
}

void peer_settings_json(struct str kind, struct peer_settings *s, struct buf *b)
{
    buf_putc(b, '{');
    for (int i = 0; i < ROWS; i++)
        if (!(rows[i].kinds & kind_bit(kind)))
            continue;
        else if (rows[i].number)
            json_put_int(b, rows[i].name, *number_of(s, &rows[i]));
        else
            json_put_field(b, rows[i].name, str_of(text_of(s, &rows[i])));
    buf_putc(b, '}');
}

static bool text_valid(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20)
            return false;
    return str_utf8_valid(s);
}

/* A certificate that could never fit would lock its peer out. */
static bool certificate_valid(struct str s)
{
    if (str_starts(s, "sha256:"))
        return s.n == 7 + 2 * TLS_SHA256 && strspn(s.p + 7, "0123456789abcdef") == 2 * TLS_SHA256;
    return !s.n || (str_starts(s, "subject:") && s.n > 8) || (str_starts(s, "dns:") && s.n > 4);
}

/* An address, or a destination's name. */
static bool return_valid(struct str s)
{
    int64_t port;
    size_t colon = s.n;
    if (str_starts(s, AUTH_DESTINATION))
        return s.n > sizeof AUTH_DESTINATION - 1 && s.n < sizeof AUTH_DESTINATION + DESTINATION_NAME_MAX;
    while (colon > 0 && s.p[colon - 1] != ':')
        colon--;
    return !s.n || (colon > 1 && str_int(str_sub(s, colon, s.n), &port) && port > 0 && port < 65536);
}

static bool host_valid(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~')
            return false;
    return true;
}

static bool duplicates_valid(struct str s)
{
    static const char *const words[] = {"", "reject", "keep", "replace", "quarantine"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is(s, words[i]))
            return true;
    return false;
}

/* Texts that have a form. */
static const struct {
    const char *name;
    bool (*valid)(struct str s);
    const char *form;
} forms[] = {
    {"certificate", certificate_valid, "sha256:HEX (lower case), subject:NAME or dns:NAME"},
    {"ack_return", return_valid, "host:port, or destination:NAME"},
    {"host", host_valid, "a host name or address"},
    {"duplicates", duplicates_valid, "reject, keep, replace or quarantine"},
};

static bool form_valid(struct str kind, const struct setting *row, struct str value, struct err *e)
{
    if (str_is(kind, "HL7") && strcmp(row->name, "character_set") == 0 && value.n && !hl7_charset_find(value))
        return err_set(e, ERR_INVALID, "character_set is not known");
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (strcmp(forms[i].name, row->name) == 0 && !forms[i].valid(value))
            return err_set(e, ERR_INVALID, "%s is %s", row->name, forms[i].form);
    return true;
}

static bool assign(struct str kind, struct peer_settings *s, const struct setting *row, struct str value, struct err *e)
{
    int64_t n;
    if (row->number) {
        if (!str_int(value, &n) || n < 0 || n > row->most)
            return err_set(e, ERR_INVALID, "%s is a number from 0 to %lld", row->name, (long long)row->most);
        *number_of(s, row) = (int)n;
        return true;
    }
    if (!text_valid(value) || !str_copy(text_of(s, row), (size_t)row->most + 1, value))
        return err_set(e, ERR_INVALID, "%s has at most %lld printable bytes", row->name, (long long)row->most);
    return form_valid(kind, row, str_of(text_of(s, row)), e);
}

static bool take_pair(struct str kind, struct peer_settings *s, struct str pair, struct err *e)
{
    size_t cut = str_find(pair, '=');
    struct str name = str_sub(pair, 0, cut);
    for (size_t i = 0; cut < pair.n && i < ROWS; i++)
        if (str_is(name, rows[i].name) && (rows[i].kinds & kind_bit(kind)))
            return assign(kind, s, &rows[i], str_sub(pair, cut + 1, pair.n), e);
    return err_set(e, ERR_INVALID, "a peer of kind %.*s has no setting '%.*s'", STR_ARG(kind),
                   (int)(name.n < 40 ? name.n : 40), name.p);
}

static bool write_back(struct db *db, struct db_args *args, struct peer_settings *s, struct err *e)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].number)
            db_int(args, *number_of(s, &rows[i]));
        else
            db_text(args, str_of(text_of(s, &rows[i])));
    return db_send(db, &Q_peer_settings_put, args, e) && db_flush(db, e);
}

static bool key_args(const struct auth_peer_id *id, struct db_args *args, struct err *e)
{
    if (!network_valid(id->address))
        return err_set(e, ERR_INVALID, "the address of a peer is an IP address or network");
    db_text(args, id->kind);
    db_text(args, str_trim(id->name));
    db_text_opt(args, str_trim(id->address));
    return true;
}

/* args keep what names the peer, the first of a change. */
static bool load(struct db *db, const struct auth_peer_id *id, struct db_args *args, struct peer_settings *ret_settings,
                 struct err *e)
{
    if (!key_args(id, args, e))
        return false;
    const struct db_rows *r = db_run(db, &Q_peer_settings, args, e);
    if (!r)
        return err_wrap(e, "find the peer");
    if (!db_count(r))
        return err_set(e, ERR_NOT_FOUND, "no %.*s peer of this name and address", STR_ARG(id->kind));
    peer_settings_read(r, 0, 0, ret_settings);
    return true;
}

bool auth_peer_get(struct db *db, const struct auth_peer_id *id, struct peer_settings *ret_settings, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    return load(db, id, &args, ret_settings, e);
}

bool auth_peer_set(struct db *db, const struct auth_peer_id *id, const struct str *pairs, size_t n, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    struct peer_settings s;
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    if (!load(db, id, &args, &s, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!take_pair(id->kind, &s, pairs[i], e))
            return false;
    if (s.port && !s.host[0])
        return err_set(e, ERR_INVALID, "a peer with a port needs a host");
    return write_back(db, &args, &s, e) || err_wrap(e, "put the settings of a peer");
}

/* Run a query of one peer: $1 kind, $2 name, $3 address, $4 what enabled says. */
static bool change_one(struct db *db, const struct db_query *q, const struct auth_peer_id *id, const bool *enabled,
                       struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    if (!key_args(id, &args, e))
        return false;
    if (enabled)
        db_bool(&args, *enabled);
    const struct db_rows *r = db_run(db, q, &args, e);
    return r && (db_touched(r) > 0 || err_set(e, ERR_NOT_FOUND, "no peer of this name and address"));
}

bool auth_peer_enable(struct db *db, struct str kind, struct str name, struct str address, bool enabled, struct err *e)
{
    const struct auth_peer_id id = {kind, name, address};
    return change_one(db, &Q_peer_enable, &id, &enabled, e);
}

bool auth_peer_remove(struct db *db, const struct auth_peer_id *id, struct err *e)
{
    return change_one(db, &Q_peer_remove, id, NULL, e);
}

void auth_peers_changed(void *auth)
{
    struct auth *a = auth;
    atomic_fetch_add(&a->peers_age, 1);
}

unsigned auth_peers_age(const struct auth *a)
{
    return atomic_load(&a->peers_age);
}
