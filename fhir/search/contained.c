/* _contained and _containedType: whether what resources contain is found too, and what is shown of it (search.html
 * #contained). A contained resource has a row id and index rows of its own, so the conditions are the same: all of one
 * contained resource. What only a document has (its history, its words, who refers to it) is refused by name. */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

bool contained_take(struct query *q, struct str value, struct err *e)
{
    static const char *const names[] = {
        [CONTAINED_NOT] = "false", [CONTAINED_ONLY] = "true", [CONTAINED_BOTH] = "both"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_is(value, names[i])) {
            q->contained = (enum query_contained)i;
            return true;
        }
    return err_set(e, ERR_INVALID, "_contained is true, false or both");
}

bool contained_take_type(struct query *q, struct str value, struct err *e)
{
    q->contained_alone = str_is(value, "contained");
    return q->contained_alone || str_is(value, "container") ||
           err_set(e, ERR_INVALID, "_containedType is container or contained");
}

/* Each key is one that what is shown has. */
static bool check_sort(const struct query *q, struct err *e)
{
    struct str rest = q->sort, name;
    while (rest.n && str_next(&rest, ',', &name)) {
        name = name.n && name.p[0] == '-' ? str_sub(name, 1, name.n) : name;
        bool updated = str_is(name, "_lastUpdated"), id = str_is(name, "_id");
        if (q->contained_alone ? updated : !updated && !id)
            return err_set(e, ERR_UNSUPPORTED, "_sort by '%.*s' is not of what _containedType=%s shows",
                           STR_ARG(str_utf8_clip(name, 60)), q->contained_alone ? "contained" : "container");
    }
    return true;
}

static bool check_includes(const struct query *q, struct err *e)
{
    for (size_t i = 0; i < q->includes; i++)
        if (!q->contained_alone || q->include[i].reverse)
            return err_set(e, ERR_UNSUPPORTED, "%s: not together with _contained%s",
                           q->include[i].reverse ? "_revinclude" : "_include",
                           q->include[i].reverse ? "" : " of containers");
    return true;
}

bool contained_settle(const struct query *q, struct err *e)
{
    if (!q->contained)
        return true;
    if (str_is(q->type, "AuditEvent"))
        return err_set(e, ERR_UNSUPPORTED, "_contained: nothing in the audit trail contains a resource");
    if (!q->contained_alone && q->summary.part.kind == FHIR_PART_ELEMENTS)
        return err_set(e, ERR_UNSUPPORTED, "_elements: containers are of several types");
    return check_sort(q, e) && check_includes(q, e);
}

bool contained_allows(const struct query *q, const struct query_filter *f, struct err *e)
{
    static const char *const outside[] = {"_has", "_list", "_text", "_content", "_lastUpdated"};
    for (size_t i = 0; q->contained && i < sizeof outside / sizeof outside[0]; i++)
        if (str_is(f->name, outside[i]))
            return err_set(e, ERR_UNSUPPORTED, "'%s' is not asked of contained resources", outside[i]);
    return true;
}

static void put_typed(struct sql *s, const struct query *q, const struct sql *where)
{
    sql_put(s, q->many ? &Q_search_type_many : &Q_search_type, NULL);
    buf_str(&s->text, buf_view(&where->text));
}

/* Documents of any type, once each, however many matches they contain. */
static void put_containers(struct sql *s, const struct query *q, const struct sql *where)
{
    sql_put(s, &Q_search_from, NULL);
    sql_put(s, &Q_search_seen, NULL);
    sql_put(s, &Q_search_containers, NULL);
    put_typed(s, q, where);
    if (q->contained == CONTAINED_BOTH) {
        sql_put(s, &Q_search_or_plain, NULL);
        put_typed(s, q, where);
    }
    buf_putc(&s->text, ')');
}

void contained_put_from(struct sql *s, const struct query *q, const struct sql *where)
{
    static const struct db_query *const from[] = {[CONTAINED_NOT] = &Q_search_from,
                                                  [CONTAINED_ONLY] = &Q_search_from_contained,
                                                  [CONTAINED_BOTH] = &Q_search_from_both};
    if (q->contained && !q->contained_alone) {
        put_containers(s, q, where);
        return;
    }
    sql_put(s, from[q->contained], NULL);
    sql_put(s, &Q_search_seen, NULL);
    buf_puts(&s->text, " AND");
    put_typed(s, q, where);
}
