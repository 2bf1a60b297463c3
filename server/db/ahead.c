/* Questions asked before their answers are wanted: many of them cost one round trip. */
#include "db/db_priv.h"

#include <string.h>
#include <strings.h>

static struct str key_of(const struct db_args *a)
{
    size_t n = 0;
    for (int i = 0; i < a->n; i++)
        n += sizeof(int) + 1 + (size_t)a->length[i];
    if (!n)
        return STR("");
    char *key = arena_alloc(a->arena, n + 1), *to = key;
    for (int i = 0; i < a->n; i++) {
        memcpy(to, &a->length[i], sizeof(int));
        to += sizeof(int);
        *to++ = a->value[i] ? 'v' : 'n';
        if (a->length[i])
            memcpy(to, a->value[i], (size_t)a->length[i]);
        to += a->length[i];
    }
    return (struct str){key, n};
}

struct ahead *ahead_find(struct db *db, const struct db_query *q, const struct db_args *args)
{
    static const struct db_args none;
    struct str key = STR_NONE;
    args = args ? args : &none;
    for (int i = 0; db->in_transaction && i < db->aheads; i++) {
        if (db->ahead[i].q != q)
            continue;
        key = key.p ? key : key_of(args);
        if (str_eq(db->ahead[i].key, key))
            return &db->ahead[i];
    }
    return NULL;
}

void ahead_mind(struct db *db, const struct db_query *q)
{
    if (db->aheads && (strncasecmp(q->sql, "UPDATE", 6) == 0 || strncasecmp(q->sql, "DELETE", 6) == 0))
        db->aheads = 0;
}

void db_ahead_begin(struct db *db)
{
    db->aheads = 0;
}

bool db_ahead(struct db *db, const struct db_query *q, const struct db_args *args, struct err *e)
{
    if (!db->in_transaction || db->aheads == AHEAD_MAX || ahead_find(db, q, args))
        return true; /* it is asked when it is wanted */
    if (!query_keep(db, q, args, e))
        return false;
    db->ahead[db->aheads++] = (struct ahead){q, key_of(args), NULL};
    db->pending[db->pending_n - 1].ahead = db->aheads;
    return true;
}

bool db_asked(const struct db *db, const struct db_query *q, const struct db_args *args)
{
    return ahead_find((struct db *)db, q, args) != NULL;
}
