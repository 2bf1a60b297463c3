/* Parameters that are not in the search index: the document's own columns, and what the archive's tables
 * know. */
#include "fhir/search/search_priv.h"

#include <string.h>

#include "schema/queries.h"

static bool put_id(struct sql *s, struct str type, const struct query_filter *f, struct err *e)
{
    struct str rest = f->value, one;
    struct str *ids = ARENA_ARRAY(s->arena, struct str, VALUES_MAX);
    size_t n = 0;
    (void)type;
    while (value_next(&rest, ',', &one)) {
        if (n == VALUES_MAX)
            return condition_invalid(f, "more than 50 values", e);
        ids[n++] = value_plain(s->arena, one);
    }
    int place = sql_texts(s, ids, n);
    s->narrow = true;
    sql_put(s, &Q_search_id, &place);
    return true;
}

/* ---- _lastUpdated ---- */

static const struct {
    const char *compare[2]; /* with the start, with the end; NULL: not with it */
    const char *join;
} updated[] = {
    [PREFIX_EQ] = {{">=", "<"}, " AND"}, [PREFIX_NE] = {{"<", ">="}, " OR"}, [PREFIX_GT] = {{NULL, ">="}, ""},
    [PREFIX_LT] = {{"<", NULL}, ""},     [PREFIX_GE] = {{">=", NULL}, ""},   [PREFIX_LE] = {{NULL, "<"}, ""},
    [PREFIX_SA] = {{NULL, ">="}, ""},    [PREFIX_EB] = {{"<", NULL}, ""},    [PREFIX_AP] = {{">=", "<"}, " AND"}};

bool condition_instant(struct sql *s, const struct query_filter *f, struct str value, const struct db_query *column,
                       struct err *e)
{
    struct bounds b;
    if (!condition_bounds(f, value_plain(s->arena, value), &b, e))
        return false;
    const clock_us instant[2] = {b.from, b.to};
    for (int i = 0; i < 2; i++) {
        if (!updated[b.prefix].compare[i])
            continue;
        if (i == 1)
            buf_puts(&s->text, updated[b.prefix].join);
        sql_put(s, column, NULL);
        int place = sql_time(s, instant[i]);
        buf_printf(&s->text, " %s $%d", updated[b.prefix].compare[i], place);
    }
    return true;
}

static bool put_updated_study(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    return condition_instant(s, f, value, &Q_search_updated_study, e);
}

static bool put_updated_any(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    return condition_instant(s, f, value, &Q_search_updated_any, e);
}

static bool put_updated_plain(struct sql *s, const struct query_filter *f, struct str value, struct err *e)
{
    return condition_instant(s, f, value, &Q_search_updated, e);
}

static bool put_updated(struct sql *s, struct str type, const struct query_filter *f, struct err *e)
{
    condition_value put = s->many                        ? put_updated_any
                          : str_is(type, "ImagingStudy") ? put_updated_study
                                                         : put_updated_plain;
    buf_puts(&s->text, " (");
    if (!condition_values(s, f, put, e))
        return false;
    buf_puts(&s->text, ")");
    return true;
}

/* ---- instances of the archive are rows of their own ---- */

/* The bare UID of "1.2.3", "urn:oid:1.2.3" and "urn:ietf:rfc:3986|urn:oid:1.2.3"; of another system none. */
static struct str uid_of(struct sql *s, struct str value)
{
    struct str system, code = value;
    value_next(&code, '|', &system);
    if (code.p && system.n && !str_is(system, "urn:ietf:rfc:3986") && !str_is(system, "urn:dicom:uid"))
        return STR("");
    code = value_plain(s->arena, code.p ? code : value);
    return str_starts(code, "urn:oid:") ? str_sub(code, 8, code.n) : code;
}

/* Rows of the archive, or the index for studies that are somewhere else. */
static bool put_uids(struct sql *s, struct str type, const struct query_filter *f, const struct db_query *archive,
                     struct err *e)
{
    struct str rest = f->value, one;
    struct str *uids = ARENA_ARRAY(s->arena, struct str, 2 * VALUES_MAX);
    size_t n = 0;
    int place[2];
    while (value_next(&rest, ',', &one)) {
        if (n == 2 * VALUES_MAX)
            return condition_invalid(f, "more than 50 values", e);
        struct str uid = uid_of(s, one);
        uids[n++] = uid;
        uids[n++] = arena_printf(s->arena, "urn:oid:%.*s", STR_ARG(uid));
    }
    place[0] = sql_texts(s, uids, n);
    place[1] = sql_int(s, record_param(type, f->name));
    sql_put(s, archive, place);
    return true;
}

static bool put_instance(struct sql *s, struct str type, const struct query_filter *f, struct err *e)
{
    return put_uids(s, type, f, &Q_search_study_instance, e);
}

static bool put_class(struct sql *s, struct str type, const struct query_filter *f, struct err *e)
{
    return put_uids(s, type, f, &Q_search_study_class, e);
}

/* TO ADD A PARAMETER OUTSIDE THE INDEX: 1 a row here  2 its fragment in search.sql  3 a test */
static const struct {
    const char *type, *name; /* type NULL: every type */
    bool (*put)(struct sql *s, struct str type, const struct query_filter *f, struct err *e);
} rows[] = {
    {NULL, "_id", put_id},
    {NULL, "_lastUpdated", put_updated},
    {NULL, "_text", condition_words},
    {NULL, "_content", condition_words},
    {NULL, "_list", condition_list},
    {"ImagingStudy", "instance", put_instance},
    {"ImagingStudy", "dicom-class", put_class},
};

bool condition_is_own(struct str type, struct str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(name, rows[i].name) && (!rows[i].type || str_is(type, rows[i].type)))
            return true;
    return false;
}

bool condition_own(struct sql *s, struct str type, const struct query_filter *f, bool *ret_done, struct err *e)
{
    *ret_done = false;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!str_is(f->name, rows[i].name) || (rows[i].type && !str_is(type, rows[i].type)))
            continue;
        if (f->modifier.n)
            return condition_refuse_modifier(f, e);
        *ret_done = rows[i].put(s, type, f, e);
        return *ret_done;
    }
    return true;
}
