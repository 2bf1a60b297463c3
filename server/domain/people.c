#include "domain/people.h"

#include "schema/queries.h"

/* A folded LIKE pattern: * stands for anything. */
static struct str pattern(struct arena *a, struct str text)
{
    struct str s = record_fold(a, text);
    char *out = arena_alloc(a, s.n * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%' || s.p[i] == '_' || s.p[i] == '\\')
            out[n++] = '\\';
        out[n++] = s.p[i] == '*' ? '%' : s.p[i];
    }
    return n ? (struct str){out, n} : STR("");
}

static void put_name(struct domain *d, struct db_args *args, struct str text, const char *parameter)
{
    db_text(args, text.n ? pattern(d->arena, text) : STR(""));
    db_int(args, record_param(STR("Patient"), str_of(parameter)));
}

static bool put_birth(struct db_args *args, struct str date, struct err *e)
{
    clock_us from = 0, to = 0;
    if (date.n && !clock_range(date, &from, &to))
        return err_set(e, ERR_INVALID, "the birth date is no date");
    db_int(args, from);
    db_int(args, record_param(STR("Patient"), STR("birthdate")));
    db_int(args, to);
    return true;
}

bool people_find(struct domain *d, const struct people_query *q, struct record_doc **ret_people, size_t *ret_count,
                 bool *ret_more, struct err *e)
{
    struct db_args args = db_args(d->arena);
    int limit = q->limit > 0 && q->limit <= PEOPLE_MAX ? q->limit : PEOPLE_MAX;
    db_text_opt(&args, d->access);
    db_int(&args, q->after);
    db_text(&args, q->id.n ? q->id : STR(""));
    db_text(&args, q->issuer.n ? q->issuer : STR(""));
    put_name(d, &args, q->family, "family");
    put_name(d, &args, q->given, "given");
    if (!put_birth(&args, q->birth_date, e))
        return false;
    db_text(&args, q->sex.n ? q->sex : STR(""));
    db_int(&args, record_param(STR("Patient"), STR("gender")));
    db_int(&args, limit + 1);
    const struct db_rows *rows = db_run(d->db, &Q_people_find, &args, e);
    int n = rows ? db_count(rows) : 0;
    *ret_more = n > limit;
    *ret_count = (size_t)(n > limit ? limit : n);
    *ret_people = ARENA_ARRAY(d->arena, struct record_doc, *ret_count + 1);
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_people)[i] = record_row(rows, (int)i, d->arena);
    for (size_t i = 0; i < *ret_count; i++)
        if (!record_parse(d->arena, &(*ret_people)[i], e))
            return false;
    return rows != NULL;
}

bool people_authority(struct domain *d, struct str namespace_, struct str oid, struct str *ret_namespace,
                      bool *ret_known, struct err *e)
{
    struct db_args args = db_args(d->arena);
    const struct db_rows *rows = db_run(d->db, &Q_authority_list, &args, e);
    *ret_known = false;
    for (int i = 0; rows && i < db_count(rows) && !*ret_known; i++) {
        *ret_known =
            (namespace_.n && str_eq(db_get(rows, i, 0), namespace_)) || (oid.n && str_eq(db_get(rows, i, 1), oid));
        *ret_namespace = arena_str(d->arena, db_get(rows, i, 0));
    }
    return rows != NULL;
}
