#include "domain/authority.h"

#include <pthread.h>
#include <string.h>

#include "base/mem.h"
#include "schema/queries.h"

/* Strings of the copy live until the process ends or the table is read anew; it only grows, so readers copy out
 * under the lock. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct arena arena;
static struct authority *known;
static size_t known_count;

bool authorities_load(struct db *db, struct err *e)
{
    struct arena scratch;
    arena_init(&scratch);
    struct db_args args = db_args(&scratch);
    const struct db_rows *rows = db_run(db, &Q_authority_list, &args, e);
    if (rows) {
        pthread_mutex_lock(&lock);
        arena_release(&arena);
        known_count = (size_t)db_count(rows);
        known = ARENA_ARRAY(&arena, struct authority, known_count + 1);
        for (size_t i = 0; i < known_count; i++)
            known[i] = (struct authority){arena_str(&arena, db_get(rows, (int)i, 0)),
                                          arena_str(&arena, db_get(rows, (int)i, 1)),
                                          arena_str(&arena, db_get(rows, (int)i, 2))};
        pthread_mutex_unlock(&lock);
    }
    arena_release(&scratch);
    return rows || err_wrap(e, "read the authorities");
}

void authorities_release(void)
{
    pthread_mutex_lock(&lock);
    arena_release(&arena);
    known = NULL;
    known_count = 0;
    pthread_mutex_unlock(&lock);
}

static struct authority copy_out(struct arena *a, const struct authority *k)
{
    return (struct authority){arena_str(a, k->namespace_), arena_str(a, k->oid), arena_str(a, k->uri)};
}

/* Which part of an authority is asked for. */
enum part { BY_NAMESPACE, BY_OID, BY_URI };

static struct str part_of(const struct authority *k, enum part part)
{
    return part == BY_NAMESPACE ? k->namespace_ : part == BY_OID ? k->oid : k->uri;
}

static bool find(struct domain *d, enum part part, struct str text, struct authority *ret_authority)
{
    bool found = false;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < known_count && !found && text.n; i++) {
        found = str_eq(part_of(&known[i], part), text);
        if (found)
            *ret_authority = copy_out(d->arena, &known[i]);
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static bool add(struct domain *d, const struct authority *k, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_text(&args, k->namespace_);
    db_text_opt(&args, k->oid);
    db_text(&args, k->uri);
    db_text(&args, STR("any"));
    if (!db_send(d->db, &Q_authority_put, &args, e))
        return false;
    return authorities_load(d->db, e);
}

/* A sender's text may hold anything; a URI's last part may not. */
static struct str uri_safe(struct arena *a, struct str s)
{
    char *p = arena_cstr(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-", p[i]))
            p[i] = '-';
    return (struct str){p, s.n};
}

bool authority_resolve(struct domain *d, struct str namespace_, struct str oid, const char *if_none,
                       struct authority *ret_authority, struct err *e)
{
    if (!namespace_.n && !oid.n)
        namespace_ = str_of(if_none);
    if (find(d, BY_OID, oid, ret_authority) || find(d, BY_NAMESPACE, namespace_, ret_authority))
        return true;
    struct authority k = {.namespace_ = namespace_.n ? namespace_ : oid, .oid = oid};
    k.uri = oid.n ? arena_printf(d->arena, "urn:oid:%.*s", STR_ARG(oid))
                  : arena_printf(d->arena, "urn:isocentre:authority:%.*s", STR_ARG(uri_safe(d->arena, namespace_)));
    *ret_authority = k;
    return add(d, &k, e);
}

bool authority_of_uri(struct domain *d, struct str uri, struct authority *ret_authority, struct err *e)
{
    if (find(d, BY_URI, uri, ret_authority))
        return true;
    struct authority k = {.namespace_ = uri, .oid = STR_NONE, .uri = uri};
    if (str_starts(uri, "urn:oid:"))
        k.namespace_ = k.oid = str_sub(uri, 8, uri.n);
    *ret_authority = k;
    return add(d, &k, e);
}
