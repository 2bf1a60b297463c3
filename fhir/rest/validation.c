#include "fhir/rest/validation_priv.h"

/* By its canonical url, as terminology finds it: loaded once an operation. */
static bool known(void *ctx, const char *type, struct str url, bool *ret_known, struct err *e)
{
    struct validation *v = ctx;
    const struct fhir_node *document = NULL;
    *ret_known = false;
    if (!term_document(&v->term, type, url, &document, e))
        return false;
    *ret_known = document != NULL;
    return true;
}

void validation_start(struct validation *v, struct op *op)
{
    *v = (struct validation){.o = {.op = op}};
    operation_term(&v->o, &v->term);
    v->source = (struct validate_source){.ctx = v, .known = known};
}
