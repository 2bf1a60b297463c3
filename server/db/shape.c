/* Statements joined from fragments (searches) come in few shapes, for values are never in their text. A connection
 * keeps the shapes it saw last: one that comes a second time is prepared, so that PostgreSQL reads its text once. */
#include "db/db_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { SHAPES = 32, SHAPE_NAME = 24, SHAPE_TEXT_MAX = 8192 };

struct shape {
    uint64_t hash; /* of the text; 0: an empty place */
    uint64_t used; /* when, in statements */
    char *text;    /* NULL: seen once, not prepared */
    char name[SHAPE_NAME];
};

struct shapes {
    struct shape shape[SHAPES];
    uint64_t now, named;
};

static uint64_t hash_of(const char *text)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (const char *p = text; *p; p++)
        h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
    return h ? h : 1;
}

static struct shape *find(struct shapes *s, uint64_t hash)
{
    struct shape *oldest = &s->shape[0];
    for (int i = 0; i < SHAPES; i++) {
        if (s->shape[i].hash == hash)
            return &s->shape[i];
        if (s->shape[i].used < oldest->used)
            oldest = &s->shape[i];
    }
    return oldest;
}

/* PostgreSQL forgets it with the next that is sent. */
static bool forget(struct db *db, struct shape *one, const struct db_query *q)
{
    char text[SHAPE_NAME + 16];
    if (!one->text)
        return true;
    snprintf(text, sizeof text, "DEALLOCATE %s", one->name);
    mem_free(one->text);
    one->text = NULL;
    return PQsendQueryParams(db->c, text, 0, NULL, NULL, NULL, NULL, 0) ? wire_push(db, PENDING_CONTROL, q, false)
                                                                        : wire_lost(db, q->name);
}

static bool prepare(struct db *db, struct shape *one, const struct db_query *q)
{
    snprintf(one->name, sizeof one->name, "shape_%llu", (unsigned long long)++db->shapes->named);
    one->text = mem_cstr(q->sql);
    return PQsendPrepare(db->c, one->name, q->sql, 0, NULL) ? wire_push(db, PENDING_PREPARE, q, false)
                                                            : wire_lost(db, q->name);
}

bool shape_ready(struct db *db, const struct db_query *q, const char **ret_name)
{
    *ret_name = NULL;
    if (strlen(q->sql) > SHAPE_TEXT_MAX)
        return true;
    if (!db->shapes)
        db->shapes = mem_zalloc(sizeof *db->shapes);
    uint64_t hash = hash_of(q->sql);
    struct shape *one = find(db->shapes, hash);
    bool known = one->hash == hash;
    one->used = ++db->shapes->now;
    one->hash = hash;
    if (known && one->text && strcmp(one->text, q->sql) != 0)
        return true; /* two texts of one hash: the later one runs unnamed */
    if (!known)
        return forget(db, one, q); /* seen once: unnamed */
    if (!one->text && !prepare(db, one, q))
        return false;
    *ret_name = one->name;
    return true;
}

void shape_lost(struct db *db, const struct db_query *q)
{
    struct shape *one = db->shapes ? find(db->shapes, hash_of(q->sql)) : NULL;
    if (!one || !one->text || strcmp(one->text, q->sql) != 0)
        return;
    mem_free(one->text);
    *one = (struct shape){.hash = 0};
}

void shapes_free(struct db *db)
{
    for (int i = 0; db->shapes && i < SHAPES; i++)
        mem_free(db->shapes->shape[i].text);
    mem_free(db->shapes);
    db->shapes = NULL;
}
