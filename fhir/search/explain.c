/* __explain=true, for administrators: the SQL of a search and PostgreSQL's plan for it. */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

/* A plan quotes the values of the search, which may be about a person: they are left out. */
static struct str without_values(struct arena *a, struct str line)
{
    char *to = arena_alloc(a, line.n + 1);
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < line.n; i++) {
        bool quote = line.p[i] == '\'';
        if (!inside || quote)
            to[n++] = line.p[i];
        inside = inside != quote;
    }
    return (struct str){to, n};
}

static void add(struct arena *a, struct fhir_node *list, const char *name, struct str text)
{
    struct fhir_node *p = fhir_add_object(a, list, NULL);
    fhir_add_string(a, p, "name", str_of(name));
    fhir_add_string(a, p, "valueString", text);
}

static const struct db_rows *plan_of(struct op *op, const struct sql *s, struct err *e)
{
    struct sql plan CLEANUP(sql_release);
    sql_start(&plan, op->arena);
    plan.args = s->args;
    sql_put(&plan, &Q_search_explain, NULL);
    buf_str(&plan.text, buf_view(&s->text));
    return sql_run(&plan, op->db, "search_explain", e);
}

bool explain_find(struct op *op, const struct sql *s, struct fhir_node **ret_parameters, struct err *e)
{
    struct arena *a = op->arena;
    struct fhir_node *doc = fhir_new(a, "Parameters"), *list = fhir_add_array(a, doc, "parameter");
    if (!auth_authorise(op->who, PERM_ADMIN, e))
        return false;
    const struct db_rows *rows = plan_of(op, s, e);
    if (!rows)
        return false;
    add(a, list, "sql", str_trim(arena_str(a, buf_view(&s->text))));
    for (int i = 0; i < db_count(rows); i++)
        add(a, list, "plan", without_values(a, db_get(rows, i, 0)));
    *ret_parameters = doc;
    return true;
}
