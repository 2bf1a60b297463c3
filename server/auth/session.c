/* Sessions: a random id in the caller's cookie, its hash in the database, so that any node knows it. */
#include "auth/auth_priv.h"

#include <string.h>

#include "base/log.h"
#include "schema/queries.h"
#include "tls/tls.h"

enum { RECHECK_SECONDS = 300, SEEN_SECONDS = 60, HASH_TEXT = 65 };

static void hash_text(struct str id, unsigned char hash[CACHE_KEY], char ret_hash[HASH_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    tls_sha256(id.p, id.n, hash);
    for (int i = 0; i < 32; i++) {
        ret_hash[2 * i] = digits[hash[i] >> 4];
        ret_hash[2 * i + 1] = digits[hash[i] & 15];
    }
    ret_hash[64] = '\0';
}

static bool id_plausible(struct str id)
{
    if (id.n != AUTH_SESSION_ID - 1)
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", id.p[i]) || !id.p[i])
            return false;
    return true;
}

/* Last seen is written once a minute, or more often where sessions idle out quickly. */
static int seen_seconds(const struct auth *a)
{
    return a->idle_seconds / 4 < SEEN_SECONDS ? a->idle_seconds / 4 : SEEN_SECONDS;
}

bool auth_session_open(struct auth *a, struct db *db, const struct principal *who,
                       char ret_id[AUTH_SESSION_ID], struct err *e)
{
    unsigned char key[CACHE_KEY];
    char id[AUTH_SESSION_ID], hash[HASH_TEXT], roles[ROLES_TEXT];
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    if (who->kind != PRINCIPAL_PERSON)
        return err_set(e, ERR_FORBIDDEN, "sessions are for people");
    if (!tls_random_id(id, e))
        return false;
    hash_text(str_of(id), key, hash);
    roles_text(who->roles, roles);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(hash));
    db_text(&args, str_of(who->name));
    db_text(&args, str_of(who->display));
    db_text(&args, str_of(roles));
    db_text(&args, str_of(who->departments));
    db_int(&args, a->absolute_seconds);
    if (!db_send(db, &Q_session_put, &args, e) || !db_flush(db, e))
        return err_wrap(e, "open a session");
    memcpy(ret_id, id, sizeof id);
    return true;
}

static bool by_hash(struct db *db, const struct db_query *q, const char *hash, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(hash));
    return db_send(db, q, &args, e) && db_flush(db, e);
}

bool auth_session_close(struct db *db, struct str id, struct err *e)
{
    unsigned char key[CACHE_KEY];
    char hash[HASH_TEXT];
    if (!id_plausible(id))
        return true;
    hash_text(id, key, hash);
    cache_users_changed();
    return by_hash(db, &Q_session_delete, hash, e) ? true : err_wrap(e, "close a session");
}

bool auth_session_revoke(struct db *db, struct str login, struct err *e)
{
    char folded[LOGIN_MAX + 1];
    if (!login_fold(login, folded))
        return true;
    cache_users_changed();
    return by_hash(db, &Q_session_delete_login, folded, e) ? true : err_wrap(e, "revoke sessions");
}

bool auth_session_sweep(struct auth *a, struct db *db, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_int(&args, a->idle_seconds);
    return db_send(db, &Q_session_sweep, &args, e) && db_flush(db, e) ? true : err_wrap(e, "sweep sessions");
}

static const struct db_rows *session_row(struct auth *a, struct db *db, const char *hash, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(hash));
    db_int(&args, a->idle_seconds);
    db_int(&args, seen_seconds(a));
    db_int(&args, RECHECK_SECONDS);
    return db_run(db, &Q_session_find, &args, e);
}

static bool recheck_won(struct db *db, const char *hash, bool *ret_won, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(hash));
    db_int(&args, RECHECK_SECONDS);
    const struct db_rows *r = db_run(db, &Q_session_recheck, &args, e);
    if (r)
        *ret_won = db_count(r) > 0;
    return r != NULL;
}

static bool roles_store(struct db *db, const char *hash, uint32_t roles, struct err *e)
{
    char text[ROLES_TEXT];
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    roles_text(roles, text);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(hash));
    db_text(&args, str_of(text));
    return db_send(db, &Q_session_roles, &args, e) && db_flush(db, e);
}

/* Every five minutes the directory is asked again: who left a group loses the role, who left the house the
 * session. While the directory is down, sessions live on until they idle out. */
static bool recheck(struct auth *a, struct db *db, const char *hash, struct principal *p, struct err *e)
{
    struct person now;
    struct err why = {0};
    struct principal before = *p;
    bool won = false;
    if (!a->directory)
        return by_hash(db, &Q_session_delete, hash, e) &&
               auth_refuse(e, "", "a directory session without directory");
    if (!recheck_won(db, hash, &won, e))
        return false;
    if (!won)
        return true;
    if (directory_lookup(a->directory, str_of(p->name), &now, &why))
        return roles_store(db, hash, now.roles, e) &&
               principal_grant(p, now.roles, str_of(before.departments), e);
    log_warning("auth", "%s", why.text);
    if (why.code != ERR_UNAUTHENTICATED)
        return true;
    return by_hash(db, &Q_session_delete, hash, e) &&
           auth_refuse(e, "", "the directory no longer knows this person");
}

static bool principal_of(const struct db_rows *r, const char *hash, struct principal *ret, struct err *e)
{
    memset(ret, 0, sizeof *ret);
    ret->kind = PRINCIPAL_PERSON;
    str_copy(ret->name, sizeof ret->name, db_get(r, 0, 0));
    str_copy(ret->display, sizeof ret->display, db_get(r, 0, 1));
    str_copy(ret->session, sizeof ret->session, str_of(hash));
    return principal_grant(ret, roles_of(db_get(r, 0, 2)), db_get(r, 0, 3), e);
}

bool session_authenticate(struct auth *a, struct db *db, const struct credentials *c,
                          struct principal *ret_who, struct err *e)
{
    unsigned char key[CACHE_KEY];
    char hash[HASH_TEXT];
    struct principal who;
    unsigned generation = cache_generation();
    if (!id_plausible(c->cookie))
        return auth_refuse(e, c->address, "a cookie that is no session id");
    hash_text(c->cookie, key, hash);
    if (cache_find(a->cache, key, clock_monotonic(), ret_who))
        return true;
    const struct db_rows *r = session_row(a, db, hash, e);
    if (!r)
        return err_wrap(e, "find the session");
    if (!db_count(r))
        return auth_refuse(e, c->address, "an unknown or ended session");
    bool seen = db_get_bool(r, 0, 4), again = db_get_bool(r, 0, 5);
    if (!principal_of(r, hash, &who, e) || (seen && !by_hash(db, &Q_session_seen, hash, e)) ||
        (again && !recheck(a, db, hash, &who, e)))
        return false;
    cache_put(a->cache, key, cache_until(CACHE_SESSION_SECONDS), generation, &who);
    *ret_who = who;
    return true;
}
