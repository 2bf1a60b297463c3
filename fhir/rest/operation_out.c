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
