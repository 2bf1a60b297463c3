/* CodeSystem/$lookup and CodeSystem/$subsumes. */
#include "fhir/rest/operation_priv.h"

#include <string.h>

static bool read_code(struct operation *o, const char *code, const char *coding, struct str *ret_system,
                      struct str *ret_code, struct err *e)
{
    const struct fhir_node *c = operation_value(o->in, coding);
    *ret_system = c ? fhir_text(c, "system") : operation_text(o, "system");
    *ret_code = c ? fhir_text(c, "code") : operation_text(o, code);
    return (ret_system->n && ret_code->n) ||
           err_set(e, ERR_INVALID, "'%s' needs %s and system, or %s", o->row->name, code, coding);
}

static bool wants(struct operation *o, struct str name)
{
    const struct fhir_node *p;
    if (!operation_parameter(o->in, "property", 0))
        return true;
    for (size_t i = 0; (p = operation_parameter(o->in, "property", i)) != NULL; i++)
        for (const struct fhir_node *m = p->first; m; m = m->next)
            if (str_starts(m->key, "value") && str_eq(m->text, name))
                return true;
    return false;
}

static void put_property(struct operation *o, struct fhir_node *out, const struct fhir_node *property)
{
    struct fhir_node *p = operation_add(o, out, "property");
    operation_add_text(o, p, "code", "valueCode", fhir_text(property, "code"));
    for (const struct fhir_node *m = property->first; m; m = m->next)
        if (str_starts(m->key, "value")) {
            struct fhir_node *value = fhir_copy(o->op->arena, m);
            value->next = NULL;
            operation_add_value(o, p, "value", arena_cstr(o->op->arena, m->key), value);
        }
}

static void put_designation(struct operation *o, struct fhir_node *out, const struct fhir_node *designation)
{
    struct fhir_node *p = operation_add(o, out, "designation");
    const struct fhir_node *use = fhir_member(designation, "use");
    operation_add_text(o, p, "language", "valueCode", fhir_text(designation, "language"));
    if (use) {
        struct fhir_node *value = fhir_copy(o->op->arena, use);
        value->next = NULL;
        operation_add_value(o, p, "use", "valueCoding", value);
    }
    operation_add_text(o, p, "value", "valueString", fhir_text(designation, "value"));
}

static void put_concept(struct operation *o, struct fhir_node *out, const struct term_code *c)
{
    const struct fhir_node *properties = c->concept ? fhir_member(c->concept, "property") : NULL;
    const struct fhir_node *designations = c->concept ? fhir_member(c->concept, "designation") : NULL;
    if (c->concept && wants(o, STR("definition")))
        operation_add_text(o, out, "definition", "valueString", fhir_text(c->concept, "definition"));
    for (const struct fhir_node *d = designations ? designations->first : NULL; d; d = d->next)
        put_designation(o, out, d);
    for (const struct fhir_node *p = properties ? properties->first : NULL; p; p = p->next)
        if (wants(o, fhir_text(p, "code")))
            put_property(o, out, p);
}

bool op_lookup(struct operation *o, struct err *e)
{
    struct term t;
    struct term_codes codes;
    struct str system, code;
    bool known;
    const struct fhir_node *document;
    operation_term(o, &t);
    if (!read_code(o, "code", "coding", &system, &code, e) || !term_system(&t, system, &codes, &known, e) ||
        !term_document(&t, "CodeSystem", system, &document, e))
        return false;
    const struct term_code *found =
        known ? term_find(&codes, document ? fhir_text(document, "url") : system, code) : NULL;
    if (!found)
        return err_set(e, ERR_NOT_FOUND,
                       known ? "the code system has no such code" : "the code system is not known here");
    struct fhir_node *out = operation_out(o);
    struct str name = document ? fhir_text(document, "name") : STR_NONE;
    operation_add_text(o, out, "name", "valueString", name.n ? name : system);
    if (document)
        operation_add_text(o, out, "version", "valueString", fhir_text(document, "version"));
    operation_add_text(o, out, "display", "valueString", found->display.n ? found->display : found->code);
    put_concept(o, out, found);
    return operation_answer(o, 200, out, e);
}

bool op_subsumes(struct operation *o, struct err *e)
{
    struct term t;
    struct str system, other, a, b;
    const struct fhir_node *document;
    struct term_codes codes;
    bool known;
    operation_term(o, &t);
    if (!read_code(o, "codeA", "codingA", &system, &a, e) || !read_code(o, "codeB", "codingB", &other, &b, e))
        return false;
    if (!str_eq(system, other))
        return err_set(e, ERR_INVALID, "both codes are of one system");
    if (!term_system(&t, system, &codes, &known, e) || !term_document(&t, "CodeSystem", system, &document, e))
        return false;
    struct str own = document ? fhir_text(document, "url") : system;
    if (!known || !term_find(&codes, own, a) || !term_find(&codes, own, b))
        return err_set(e, ERR_NOT_FOUND, "the code system or one of the codes is not known here");
    const char *outcome = "not-subsumed";
    if (str_eq(a, b))
        outcome = "equivalent";
    else if (document && term_is_below(document, b, a))
        outcome = "subsumes";
    else if (document && term_is_below(document, a, b))
        outcome = "subsumed-by";
    struct fhir_node *out = operation_out(o);
    operation_add_text(o, out, "outcome", "valueCode", str_of(outcome));
    return operation_answer(o, 200, out, e);
}
