/* $convert: the resource posted, in the form the client accepts. */
#include "fhir/rest/operation_priv.h"

bool op_convert(struct operation *o, struct err *e)
{
    struct fhir_node *node;
    if (!operation_resource(o, "input", &node, e))
        return false;
    o->op->event->object_type = arena_str(o->op->arena, fhir_text(node, "resourceType"));
    node->key = STR("");
    return operation_answer(o, 200, node, e);
}
