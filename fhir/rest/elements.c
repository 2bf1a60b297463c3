/* _elements: a document cut down to what was asked for. */
#include "fhir/rest/search_priv.h"

#include <string.h>

static bool wanted(const struct query *q, struct str name)
{
    static const char *const always[] = {"resourceType", "id", "meta"};
    struct str rest = q->elements, one;
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        if (str_is(name, always[i]))
            return true;
    if (name.n && name.p[0] == '_') /* the extensions of a primitive go with it */
        name = str_sub(name, 1, name.n);
    while (str_next(&rest, ',', &one)) {
        size_t dot = str_find(one, '.'); /* Type.element is the same as element */
        if (str_eq(dot < one.n ? str_sub(one, dot + 1, one.n) : one, name))
            return true;
    }
    return false;
}

static void mark(struct arena *a, struct fhir_node *resource)
{
    struct err ignored;
    fhir_set(a, resource, "meta.tag[code=SUBSETTED].system",
             STR("http://terminology.hl7.org/CodeSystem/v3-ObservationValue"), &ignored);
}

bool elements_only(struct op *op, const struct query *q, struct record_doc *doc, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    buf_init(&b, ANSWER_MAX);
    doc->node = NULL; /* content is what counts: it may have been rendered */
    if (!record_parse(op->arena, doc, e))
        return false;
    struct fhir_node *less = fhir_new(op->arena, arena_cstr(op->arena, doc->type)), *next;
    for (struct fhir_node *m = doc->node->first; m; m = next) {
        next = m->next;
        m->next = NULL;
        if (wanted(q, m->key) && !str_is(m->key, "resourceType"))
            fhir_add_node(less, m);
    }
    mark(op->arena, less);
    if (!fhir_write_json(less, false, &b, e) || !buf_ok(&b, e))
        return false;
    doc->content = arena_str(op->arena, buf_view(&b));
    doc->node = less;
    return true;
}
