/* ValueSet/$validate-code and CodeSystem/$validate-code: whether a code is one of theirs. A code that is not is an
 * answer (result false), not an error. */
#include "fhir/rest/operation_priv.h"

struct asked_code {
    struct str system, code, display;
};

static struct asked_code of_coding(const struct fhir_node *coding)
{
    return (struct asked_code){fhir_text(coding, "system"), fhir_text(coding, "code"), fhir_text(coding, "display")};
}

/* Answers for the first code that is in, else for the last one asked about. */
static bool answer(struct operation *o, const struct asked_code *asked, const struct term_code *found, struct err *e)
{
    struct fhir_node *out = operation_out(o);
    bool display_fits = !found || !asked->display.n || !found->display.n || str_eq(asked->display, found->display);
    operation_add_bool(o, out, "result", found && display_fits);
    if (!found)
        operation_add_text(o, out, "message", "valueString", STR("the code is not one of them"));
    else if (!display_fits)
        operation_add_text(o, out, "message", "valueString", STR("the display is not the code's"));
    if (found)
        operation_add_text(o, out, "display", "valueString", found->display.n ? found->display : found->code);
    return operation_answer(o, 200, out, e);
}

static bool judge(struct operation *o, const struct term_codes *codes, struct str own_system, struct err *e)
{
    struct asked_code asked = {operation_text(o, "system"), operation_text(o, "code"), operation_text(o, "display")};
    const struct fhir_node *coding = operation_value(o->in, "coding");
    const struct fhir_node *concept = operation_value(o->in, "codeableConcept");
    const struct fhir_node *list = concept ? fhir_member(concept, "coding") : NULL;
    if (!!asked.code.n + !!coding + !!concept != 1)
        return err_set(e, ERR_INVALID, "'%s' takes one of code, coding and codeableConcept", o->row->name);
    if (asked.code.n && !asked.system.n)
        asked.system = own_system;
    if (coding)
        asked = of_coding(coding);
    const struct term_code *found = concept ? NULL : term_find(codes, asked.system, asked.code);
    for (const struct fhir_node *c = list ? list->first : NULL; c && !found; c = c->next) {
        asked = of_coding(c);
        found = term_find(codes, asked.system, asked.code);
    }
    return answer(o, &asked, found, e);
}

bool op_validate_code(struct operation *o, struct err *e)
{
    struct term t;
    struct term_codes codes;
    struct str url;
    bool known = true, set = str_is(o->type, "ValueSet");
    const struct fhir_node *document;
    operation_term(o, &t);
    if (!operation_term_document(o, &t, set ? "valueSet" : "codeSystem", &document, &url, e))
        return false;
    if (set) {
        bool ok = document ? term_expand(&t, document, &codes, e) : term_expand_url(&t, url, &codes, e);
        return ok && judge(o, &codes, STR(""), e);
    }
    if (!(document ? term_concepts(&t, document, &codes, e) : term_system(&t, url, &codes, &known, e)))
        return false;
    if (!known)
        return err_set(e, ERR_NOT_FOUND, "the code system is not known here");
    return judge(o, &codes, document ? fhir_text(document, "url") : url, e);
}
