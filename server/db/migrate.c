#include "db/db_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/queries.h"

static bool call(PGconn *c, const struct db_query *q, const char *const *values, struct err *e)
{
    PGresult *r = connection_call(c, q, values, e);
    PQclear(r);
    return r != NULL;
}

static const struct db_migration *find(const struct db_migration *m, int count, int number)
{
    for (int i = 0; i < count; i++)
        if (m[i].number == number)
            return &m[i];
    return NULL;
}

/* Every migration the database remembers must be one of ours, unchanged. */
static bool check_applied(const PGresult *applied, const struct db_migration *m, int count, struct err *e)
{
    for (int row = 0; row < PQntuples(applied); row++) {
        int number = (int)strtol(PQgetvalue(applied, row, 0), NULL, 10);
        const struct db_migration *ours = find(m, count, number);
        if (!ours)
            return err_set(e, ERR_PRECONDITION,
                           "the database is newer than this program: it has migration %04d '%s'", number,
                           PQgetvalue(applied, row, 1));
        if (strcmp(ours->sha256, PQgetvalue(applied, row, 2)) != 0)
            return err_set(e, ERR_PRECONDITION, "migration %04d '%s' was changed after it was applied",
                           number, ours->name);
    }
    return true;
}

static bool is_applied(const PGresult *applied, int number)
{
    for (int row = 0; row < PQntuples(applied); row++)
        if (strtol(PQgetvalue(applied, row, 0), NULL, 10) == number)
            return true;
    return false;
}

/* A file holds many statements, so it goes by the simple protocol. */
static bool run_file(PGconn *c, const struct db_migration *m, struct err *e)
{
    PGresult *r = PQexec(c, m->sql);
    bool fine = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK ||
                PQresultStatus(r) == PGRES_EMPTY_QUERY;
    if (!fine)
        error_set(e, PQresultErrorField(r, PG_DIAG_SQLSTATE) ? r : NULL, c, m->name);
    PQclear(r);
    return fine;
}

static bool apply(PGconn *c, const struct db_migration *m, struct err *e)
{
    char number[16];
    snprintf(number, sizeof number, "%d", m->number);
    const char *const note[] = {number, m->name, m->sha256};
    if (call(c, &Q_db_begin_write, NULL, e) && run_file(c, m, e) && call(c, &Q_db_migration_note, note, e) &&
        call(c, &Q_db_commit, NULL, e))
        return true;
    call(c, &Q_db_rollback, NULL, NULL);
    return err_wrap(e, "migration %04d", m->number);
}

static bool apply_missing(PGconn *c, const struct db_migration *m, int count, int *ret_applied, struct err *e)
{
    PGresult *applied = connection_call(c, &Q_db_migrations_applied, NULL, e);
    bool ok = applied && check_applied(applied, m, count, e);
    int n = 0;
    for (int i = 0; ok && i < count; i++) {
        if (is_applied(applied, m[i].number))
            continue;
        ok = apply(c, &m[i], e);
        n += ok;
    }
    PQclear(applied);
    if (ok && ret_applied)
        *ret_applied = n;
    return ok;
}

bool db_migrate(const char *owner_url, const struct db_migration *m, int count, int *ret_applied,
                struct err *e)
{
    PGconn *c = connection_open(owner_url, 0, e);
    if (!c)
        return false;
    bool ok = call(c, &Q_db_migration_lock, NULL, e) && call(c, &Q_db_migration_table, NULL, e) &&
              apply_missing(c, m, count, ret_applied, e);
    PQfinish(c); /* and with it the lock */
    return ok;
}
