/* Administration of local users. */
#include "auth/auth_priv.h"

#include "schema/queries.h"

/* NIST SP 800-63B §5.1.1.2: length counts, composition rules do not. */
static bool password_acceptable(struct str password, struct err *e)
{
    if (!str_utf8_valid(password) || str_utf8_count(password) < PASSWORD_MIN)
        return err_set(e, ERR_INVALID, "a password has at least %d characters", PASSWORD_MIN);
    if (password.n > PASSWORD_MAX)
        return err_set(e, ERR_INVALID, "a password has at most %d bytes", PASSWORD_MAX);
    return true;
}

static bool user_change(struct db *db, const char *login, struct str display, const char *roles,
                        struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(login));
    db_text(&args, display);
    db_text(&args, str_of(roles));
    const struct db_rows *r = db_run(db, &Q_user_change, &args, e);
    if (!r)
        return false;
    return db_touched(r) ? true : err_set(e, ERR_INVALID, "a new user needs a password");
}

static bool user_write(struct db *db, const char *login, struct str display, const char *hash,
                       const char *roles, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(login));
    db_text(&args, display);
    db_text(&args, str_of(hash));
    db_text(&args, str_of(roles));
    return db_send(db, &Q_user_put, &args, e) && db_flush(db, e);
}

bool auth_user_put(struct db *db, struct str login, struct str display, struct str password, struct str roles,
                   struct err *e)
{
    uint32_t set;
    char folded[LOGIN_MAX + 1], names[ROLES_TEXT], hash[PASSWORD_HASH];
    struct str shown = display.p ? display : STR("");
    if (!login_fold(login, folded))
        return err_set(e, ERR_INVALID, "a login has 1 to %d bytes, no control characters, no space around it",
                       LOGIN_MAX);
    if (str_find(login, ':') < login.n)
        return err_set(e, ERR_INVALID, "a login has no ':' (HTTP Basic ends the name there)");
    if (!str_utf8_valid(shown))
        return err_set(e, ERR_INVALID, "the display name is not UTF-8");
    if (!roles_parse(roles, &set, e))
        return err_wrap(e, "put a user");
    roles_text(set, names);
    bool ok;
    if (!password.n)
        ok = user_change(db, folded, shown, names, e);
    else
        ok = password_acceptable(password, e) && password_hash(password, hash, e) &&
             user_write(db, folded, shown, hash, names, e);
    cache_users_changed();
    return ok ? true : err_wrap(e, "put a user");
}

bool auth_user_disable(struct db *db, struct str login, struct err *e)
{
    char folded[LOGIN_MAX + 1];
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    if (!login_fold(login, folded))
        return err_set(e, ERR_NOT_FOUND, "disable a user: no such user");
    struct db_args args = db_args(&arena);
    db_text(&args, str_of(folded));
    const struct db_rows *r = db_run(db, &Q_user_disable, &args, e);
    if (!r || !auth_session_revoke(db, str_of(folded), e))
        return err_wrap(e, "disable a user");
    bool found = db_touched(r) > 0;
    cache_users_changed();
    return found ? true : err_set(e, ERR_NOT_FOUND, "disable a user: no such user");
}
