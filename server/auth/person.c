/* People with a user name and a password: local users first (so that the house's own account works when the
 * directory does not), then the directory. */
#include "auth/auth_priv.h"

#include <ctype.h>
#include <string.h>

#include "base/log.h"
#include "schema/queries.h"
#include "tls/tls.h"

struct attempt {
    char login[LOGIN_MAX + 1];
    const struct credentials *shown;
    unsigned char cache_key[CACHE_KEY];
    struct throttle_key pair, address;
};

enum finding { FOUND_NOBODY, FOUND_RIGHT, FOUND_WRONG, FOUND_FAULT };

bool login_fold(struct str typed, char ret_login[LOGIN_MAX + 1])
{
    if (!typed.n || typed.n > LOGIN_MAX || !str_utf8_valid(typed) || str_trim(typed).n != typed.n)
        return false;
    for (size_t i = 0; i < typed.n; i++)
        if ((unsigned char)typed.p[i] < 0x20 || typed.p[i] == 0x7f)
            return false;
    for (size_t i = 0; i < typed.n; i++)
        ret_login[i] = (char)tolower((unsigned char)typed.p[i]);
    ret_login[typed.n] = '\0';
    return true;
}

/* HMAC(key, purpose || a || 0 || b); a never holds a zero byte. */
static void keyed(const struct auth *a, char purpose, struct str x, struct str y, unsigned char ret_tag[32])
{
    char text[2 + LOGIN_MAX + PASSWORD_MAX + 64];
    size_t n = 0;
    text[n++] = purpose;
    memcpy(text + n, x.p, x.n);
    n += x.n;
    text[n++] = '\0';
    memcpy(text + n, y.p, y.n);
    n += y.n;
    tls_hmac((struct str){(const char *)a->key, sizeof a->key}, (struct str){text, n}, ret_tag);
    explicit_bzero(text, n);
}

static void throttle_key(const struct auth *a, char purpose, struct str x, struct str address, int free,
                         struct throttle_key *ret_key)
{
    unsigned char tag[32];
    keyed(a, purpose, x, str_sub(address, 0, 63), tag);
    memcpy(ret_key->tag, tag, sizeof ret_key->tag);
    ret_key->free = free;
}

static bool attempt_read(const struct auth *a, const struct credentials *c, struct attempt *ret)
{
    struct str login = c->user, address = str_of(c->address ? c->address : "");
    if (!login_fold(login, ret->login) || !c->password.n || c->password.n > PASSWORD_MAX ||
        memchr(c->password.p, 0, c->password.n))
        return false;
    ret->shown = c;
    login = str_of(ret->login);
    address.p = address.p ? address.p : "";
    keyed(a, 'c', login, c->password, ret->cache_key);
    throttle_key(a, 'p', login, address, THROTTLE_PAIR_FREE, &ret->pair);
    throttle_key(a, 'a', STR(""), address, THROTTLE_ADDRESS_FREE, &ret->address);
    return true;
}

static bool principal_fill(struct principal *p, struct str login, struct str display, uint32_t roles,
                           struct str departments, struct err *e)
{
    memset(p, 0, sizeof *p);
    p->kind = PRINCIPAL_PERSON;
    str_copy(p->name, sizeof p->name, login);
    str_copy(p->display, sizeof p->display, str_utf8_clip(display, sizeof p->display - 1));
    return principal_grant(p, roles, departments, e);
}

static bool row_note(struct db *db, const struct db_query *q, const char *login, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(login));
    return db_send(db, q, &args, e) && db_flush(db, e);
}

static const struct db_rows *row_find(struct db *db, const char *login, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(login));
    return db_run(db, &Q_user_find, &args, e);
}

/* The password is checked even when the answer is no already, so that time tells nothing. */
static enum finding local_check(struct db *db, const struct attempt *t, const struct db_rows *r,
                                struct principal *who, struct err *e)
{
    char encoded[PASSWORD_HASH];
    bool locked = db_get_bool(r, 0, 5) && !t->shown->loopback;
    bool right =
        str_copy(encoded, sizeof encoded, db_get(r, 0, 1)) && password_matches(encoded, t->shown->password);
    if (!right)
        return row_note(db, &Q_user_failed, t->login, e) ? FOUND_WRONG : FOUND_FAULT;
    if (db_get_bool(r, 0, 4) || locked)
        return FOUND_WRONG;
    if (!principal_fill(who, str_of(t->login), db_get(r, 0, 0), roles_of(db_get(r, 0, 2)), db_get(r, 0, 3),
                        e))
        return FOUND_FAULT;
    if (db_get_bool(r, 0, 7) && !row_note(db, &Q_user_passed, t->login, e))
        return FOUND_FAULT;
    return FOUND_RIGHT;
}

/* Two people must not share one name in the audit trail: a directory person whose name is a local user's
 * stays out. */
static enum finding name_check(struct db *db, const struct attempt *t, const struct person *p, struct err *e)
{
    if (strcmp(p->name, t->login) == 0)
        return FOUND_RIGHT; /* no local row of that name: that is why the directory was asked */
    const struct db_rows *r = row_find(db, p->name, e);
    return !r ? FOUND_FAULT : db_count(r) ? FOUND_WRONG : FOUND_RIGHT;
}

static enum finding directory_check(struct auth *a, struct db *db, const struct attempt *t,
                                    struct principal *who, struct err *e)
{
    struct person p;
    struct err why = {0};
    if (!a->directory) {
        password_matches(a->dummy_hash, t->shown->password);
        return FOUND_NOBODY;
    }
    if (!directory_login(a->directory, str_of(t->login), t->shown->password, &p, &why)) {
        log_warning("auth", "%s", why.text);
        if (why.code == ERR_UNAUTHENTICATED)
            password_matches(a->dummy_hash, t->shown->password);
        else
            err_set(e, why.code, "the directory does not answer"); /* how it is set up is no caller's business */
        return why.code == ERR_UNAUTHENTICATED ? FOUND_WRONG : FOUND_FAULT;
    }
    enum finding name = name_check(db, t, &p, e);
    if (name == FOUND_RIGHT && !principal_fill(who, str_of(p.name), str_of(p.display), p.roles, STR(""), e))
        return FOUND_FAULT;
    return name;
}

static enum finding check(struct auth *a, struct db *db, const struct attempt *t, struct principal *who,
                          struct err *e)
{
    const struct db_rows *r = row_find(db, t->login, e);
    if (!r)
        return FOUND_FAULT;
    return db_count(r) ? local_check(db, t, r, who, e) : directory_check(a, db, t, who, e);
}

/* Everybody behind a proxy on this machine shares its address, so the count by address leaves loopback out.
 */
static bool throttled(struct auth *a, const struct attempt *t)
{
    clock_us now = clock_monotonic();
    return !throttle_allows(a->throttle, &t->pair, now) ||
           (!t->shown->loopback && !throttle_allows(a->throttle, &t->address, now));
}

static void count_failure(struct auth *a, const struct attempt *t)
{
    clock_us now = clock_monotonic();
    throttle_failed(a->throttle, &t->pair, now);
    if (!t->shown->loopback)
        throttle_failed(a->throttle, &t->address, now);
}

static bool login_in_turn(struct auth *a, struct db *db, const struct attempt *t, struct principal *who,
                          struct err *e)
{
    unsigned generation = cache_generation();
    if (cache_find(a->cache, t->cache_key, clock_monotonic(), who))
        return true;
    if (throttled(a, t))
        return auth_refuse(e, t->shown->address, "too many failures; not tried");
    switch (check(a, db, t, who, e)) {
    case FOUND_RIGHT:
        throttle_passed(a->throttle, &t->pair);
        cache_put(a->cache, t->cache_key, cache_until(CACHE_SECONDS), generation, who);
        return true;
    case FOUND_FAULT:
        return err_wrap(e, "sign in");
    case FOUND_NOBODY:
        count_failure(a, t);
        return auth_refuse(e, t->shown->address, "no such user");
    case FOUND_WRONG:
        break;
    }
    count_failure(a, t);
    return auth_refuse(e, t->shown->address, "wrong password, or the account may not be used");
}

bool person_authenticate(struct auth *a, struct db *db, const struct credentials *c,
                         struct principal *ret_who, struct err *e)
{
    struct attempt t;
    struct principal who;
    if (!c->loopback && !c->encrypted)
        return auth_refuse(e, c->address, "a password over an unencrypted connection");
    if (!attempt_read(a, c, &t))
        return auth_refuse(e, c->address, "no usable user name or password");
    bool ok = cache_find(a->cache, t.cache_key, clock_monotonic(), &who);
    if (!ok) {
        int turn = throttle_enter(a->throttle, &t.pair);
        ok = login_in_turn(a, db, &t, &who, e);
        throttle_leave(a->throttle, turn);
    }
    if (ok)
        *ret_who = who;
    return ok;
}
