/* What an operation answers: a resource, or Parameters. */
#include "fhir/rest/operation_priv.h"

struct fhir_node *operation_out(struct operation *o)
{
    return fhir_new(o->op->arena, "Parameters");
}

/* The list a parameter goes into: of the resource, or of the parts of another parameter. */
static struct fhir_node *list_of(struct operation *o, struct fhir_node *params)
{
    const char *key = fhir_text(params, "resourceType").n ? "parameter" : "part";
    for (struct fhir_node *m = params->first; m; m = m->next)
        if (str_is(m->key, key))
            return m;
    return fhir_add_array(o->op->arena, params, key);
}

struct fhir_node *operation_add(struct operation *o, struct fhir_node *params, const char *name)
{
    struct fhir_node *p = fhir_add_object(o->op->arena, list_of(o, params), NULL);
    fhir_add_string(o->op->arena, p, "name", str_of(name));
    return p;
}

void operation_add_text(struct operation *o, struct fhir_node *params, const char *name, const char *value_x,
                        struct str text)
{
    if (text.n)
        fhir_add_string(o->op->arena, operation_add(o, params, name), value_x, text);
}

void operation_add_bool(struct operation *o, struct fhir_node *params, const char *name, bool value)
{
    fhir_add_bool(o->op->arena, operation_add(o, params, name), "valueBoolean", value);
}

void operation_add_value(struct operation *o, struct fhir_node *params, const char *name, const char *value_x,
                         struct fhir_node *value)
{
    value->key = str_of(value_x);
    fhir_add_node(operation_add(o, params, name), value);
}

bool operation_answer(struct operation *o, int status, const struct fhir_node *resource, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, ANSWER_MAX);
    return fhir_write_json(resource, false, &b, e) && buf_ok(&b, e) &&
           answer_json(o->op, o->h, status, buf_view(&b), e);
}

void operation_issue(struct fhir_issues *issues, const struct fhir_node *document, const struct err *why)
{
    const struct fhir_node nowhere = {.line = 0};
    const struct fhir_visit visit = {.node = document ? document : &nowhere};
    struct body_place p = {str_of(why->path), why->line, why->column};
    if (document && why->path[0] && !why->line)
        p = body_place_in(issues->arena, document, why->path);
    struct fhir_issue issue = {.fatal = true,
                               .code = err_row(why->code)->fhir,
                               .rule = why->rule,
                               .text = err_said(why),
                               .line = p.line,
                               .column = p.column};
    str_copy(issue.expression, sizeof issue.expression, str_utf8_clip(p.expression, sizeof issue.expression - 1));
    fhir_issue_add(issues, &visit, &issue);
}

bool operation_answer_issues(struct operation *o, const struct fhir_issues *issues, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, ANSWER_MAX);
    outcome_put_issues(&b, issues);
    return buf_ok(&b, e) && answer_json(o->op, o->h, 200, buf_view(&b), e);
}
