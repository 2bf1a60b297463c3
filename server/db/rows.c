#include "db/db_priv.h"

#include <string.h>

#include "base/codec.h"
#include "base/mem.h"

void rows_release(struct db *db)
{
    while (db->rows) {
        struct db_rows *r = db->rows;
        db->rows = r->next;
        PQclear(r->result);
        mem_free(r);
    }
    db->wanted = NULL;
}

int db_count(const struct db_rows *r)
{
    return PQntuples(r->result);
}

bool db_is_null(const struct db_rows *r, int row, int column)
{
    return PQgetisnull(r->result, row, column);
}

struct str db_get(const struct db_rows *r, int row, int column)
{
    if (PQgetisnull(r->result, row, column))
        return STR_NONE;
    return (struct str){PQgetvalue(r->result, row, column), (size_t)PQgetlength(r->result, row, column)};
}

int64_t db_get_int(const struct db_rows *r, int row, int column)
{
    int64_t n = 0;
    struct str s = db_get(r, row, column);
    return s.p && str_int(s, &n) ? n : 0;
}

bool db_get_bool(const struct db_rows *r, int row, int column)
{
    struct str s = db_get(r, row, column);
    return s.n == 1 && s.p[0] == 't';
}

struct str db_get_bytes(const struct db_rows *r, int row, int column, struct arena *a)
{
    struct str s = db_get(r, row, column);
    if (!str_starts(s, "\\x"))
        return STR_NONE;
    size_t n = (s.n - 2) / 2;
    unsigned char *bytes = arena_alloc(a, n + 1);
    if (!hex_decode(str_sub(s, 2, s.n - 2), bytes, n, NULL))
        return STR_NONE;
    return (struct str){(const char *)bytes, n};
}

int64_t db_touched(const struct db_rows *r)
{
    int64_t n = 0;
    return str_int(str_of(PQcmdTuples(r->result)), &n) ? n : 0;
}
