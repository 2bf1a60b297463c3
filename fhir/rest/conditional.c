/* Conditional interactions: which documents do the criteria find, while nobody else does the same
 * (http.html#ccreate, #cond-update, #cond-delete). */
#include "fhir/rest/search_priv.h"

#include <stdlib.h>

#include "schema/queries.h"

/* Nothing but filters, and at least one: criteria that everything fulfils would change anything. */
static bool check_criteria(const struct query *q, struct err *e)
{
    if (str_is(q->type, "AuditEvent"))
        return err_set(e, ERR_METHOD, "the audit trail can not be changed");
    if (q->filters && q->filters == q->used_n)
        return true;
    return err_set(e, ERR_INVALID,
                   q->filters ? "criteria hold no parameters about the result" : "there are no criteria");
}

static bool read_criteria(struct op *op, struct str type, struct str criteria, struct query **ret_query,
                          struct err *e)
{
    struct query *q = ARENA_NEW(op->arena, struct query);
    size_t mark = str_find(criteria, '?');
    struct str before = str_sub(criteria, 0, mark);
    /* "?a=b" and "Type?a=b" say the same as "a=b" */
    if (mark < criteria.n && (!before.n || str_eq(before, type)))
        criteria = str_sub(criteria, mark + 1, criteria.n);
    *ret_query = q;
    return query_parse(op, type, criteria, q, e) && check_criteria(q, e);
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* "Type?a=1&b=2": the same for the same criteria, however they are escaped or ordered. */
static struct str normal_form(struct arena *a, const struct query *q)
{
    struct str part[PARAMETERS_MAX], text = arena_printf(a, "%.*s?", STR_ARG(q->type));
    for (size_t i = 0; i < q->used_n; i++)
        part[i] = arena_printf(a, "%.*s=%.*s", STR_ARG(query_escape(a, q->used[i].name)),
                               STR_ARG(query_escape(a, q->used[i].value)));
    qsort(part, q->used_n, sizeof *part, by_text);
    for (size_t i = 0; i < q->used_n; i++)
        text = arena_printf(a, "%.*s%s%.*s", STR_ARG(text), i ? "&" : "", STR_ARG(part[i]));
    return text;
}

bool search_matches(struct op *op, struct str type, struct str criteria, int limit, struct matches *ret,
                    struct err *e)
{
    struct query *q;
    return read_criteria(op, type, criteria, &q, e) && search_documents(op, q, limit, &ret->docs, &ret->n, e);
}

bool conditional_matches(struct op *op, struct str type, struct str criteria, int limit,
                         struct matches *ret, struct err *e)
{
    struct query *q;
    struct db_args args = db_args(op->arena);
    if (!read_criteria(op, type, criteria, &q, e))
        return false;
    db_text(&args, normal_form(op->arena, q));
    /* the search is a statement of its own: it sees what was committed while the lock was waited for */
    return db_send(op->db, &Q_conditional_lock, &args, e) && search_documents(op, q, limit, &ret->docs, &ret->n, e);
}

bool conditional_normal(struct op *op, struct str type, struct str criteria, struct str *ret_text, struct err *e)
{
    struct query *q;
    if (!read_criteria(op, type, criteria, &q, e))
        return false;
    *ret_text = normal_form(op->arena, q);
    return true;
}

bool conditional_id(struct op *op, struct str type, struct str criteria, struct str *ret_id, struct err *e)
{
    struct matches m;
    if (!conditional_matches(op, type, criteria, 2, &m, e))
        return false;
    if (m.n > 1)
        return err_set(e, ERR_PRECONDITION, "the criteria match several documents");
    *ret_id = m.n ? m.docs[0].id : STR("");
    return true;
}

bool conditional_target(struct op *op, struct str type, struct str criteria, struct str *ret_id, struct err *e)
{
    if (!conditional_id(op, type, criteria, ret_id, e))
        return false;
    return ret_id->n || err_set(e, ERR_NOT_FOUND, "the criteria match no %.*s", STR_ARG(type));
}

/* About the answer, whatever the interaction. */
static bool is_form(struct str parameter)
{
    struct str name = str_sub(parameter, 0, str_find(parameter, '='));
    return str_is(name, "_format") || str_is(name, "_pretty");
}

bool conditional_criteria(struct gate_http *h, struct str *ret_criteria, struct err *e)
{
    struct str rest = h->request->query_raw, one, text = STR("");
    while (rest.p && str_next(&rest, '&', &one))
        if (one.n && !is_form(one))
            text = arena_printf(&h->request->arena, "%.*s%s%.*s", STR_ARG(text), text.n ? "&" : "", STR_ARG(one));
    *ret_criteria = text;
    return text.n || err_set(e, ERR_INVALID, "this address needs an id or search criteria");
}
