/* Many events as one statement. */
#include "audit/audit_priv.h"

#include "schema/queries.h"

static void put_column(struct db_args *args, const struct audit_row *const *rows, size_t n, int column)
{
    struct str *items = ARENA_ARRAY(args->arena, struct str, n);
    for (size_t i = 0; i < n; i++) {
        struct str s = column == COLUMNS ? rows[i]->content : rows[i]->text[column];
        items[i] = s.n ? s : STR_NONE;
    }
    db_texts(args, items, n);
}

static void put_numbers(struct db_args *args, const struct audit_row *const *rows, size_t n, bool outcome)
{
    int64_t *items = ARENA_ARRAY(args->arena, int64_t, n);
    for (size_t i = 0; i < n; i++)
        items[i] = outcome ? rows[i]->outcome : rows[i]->recorded;
    db_ints(args, items, n);
}

void audit_rows_args(struct db_args *args, const struct audit_row *const *rows, size_t n)
{
    put_numbers(args, rows, n, false);
    put_column(args, rows, n, COLUMN_KIND);
    put_numbers(args, rows, n, true);
    for (int column = COLUMN_PRINCIPAL; column <= COLUMNS; column++)
        put_column(args, rows, n, column);
}

bool audit_write_all(struct db *db, const struct audit_event *ev, size_t n, struct err *e)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    if (!n)
        return true;
    const struct audit_row **rows = ARENA_ARRAY(&arena, const struct audit_row *, n);
    for (size_t i = 0; i < n; i++) {
        struct audit_row *row = ARENA_NEW(&arena, struct audit_row);
        if (!audit_row_make(&ev[i], &arena, row, e))
            return false;
        rows[i] = row;
    }
    struct db_args args = db_args(&arena);
    audit_rows_args(&args, rows, n);
    return db_send(db, &Q_audit_event_put_all, &args, e) ? true : err_wrap(e, "audit");
}
