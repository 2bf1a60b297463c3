/* Composition/$document: the composition and all it refers to, as one Bundle that can be signed, sent and kept. */
#include "fhir/rest/operation_priv.h"

#include "domain/resource.h"
#include "tls/tls.h"

enum { UUID_TEXT = 37 };

static bool put_head(struct operation *o, struct fhir_node *bundle, struct err *e)
{
    char uuid[UUID_TEXT];
    struct arena *a = o->op->arena;
    if (!tls_uuid(uuid, e))
        return false;
    return fhir_set(a, bundle, "identifier.system", STR("urn:ietf:rfc:3986"), e) &&
           fhir_set(a, bundle, "identifier.value", arena_printf(a, "urn:uuid:%s", uuid), e) &&
           fhir_set(a, bundle, "type", STR("document"), e) &&
           fhir_set(a, bundle, "timestamp", answer_instant(a, clock_now()), e);
}

/* The composition was put first, so it is the first entry. */
static struct fhir_node *bundle_of(struct operation *o, struct gathered *g, struct err *e)
{
    struct arena *a = o->op->arena;
    struct fhir_node *bundle = fhir_new(a, "Bundle");
    if (!put_head(o, bundle, e))
        return NULL;
    struct fhir_node *entries = fhir_add_array(a, bundle, "entry");
    for (size_t i = 0; i < g->n; i++) {
        struct record_doc *doc = &g->docs[i];
        struct fhir_node *entry = fhir_add_object(a, entries, NULL);
        fhir_add_string(
            a, entry, "fullUrl",
            arena_printf(a, "%.*s/%.*s/%.*s", STR_ARG(fhir_base(o->op)), STR_ARG(doc->type), STR_ARG(doc->id)));
        doc->node->key = STR("resource");
        fhir_add_node(entry, doc->node);
    }
    return bundle;
}

/* Keeping it is a write: asked for by POST, by those who may. */
static bool may_persist(struct operation *o, struct err *e)
{
    if (!str_is(o->h->request->method, "POST"))
        return err_set(e, ERR_INVALID, "persist=true is asked for by POST");
    return auth_authorise(o->op->who, PERM_FHIR_WRITE, e);
}

static bool persist(struct operation *o, struct fhir_node *bundle, struct err *e)
{
    struct domain d = gate_domain(o->op);
    struct record_doc *doc = record_new(o->op->arena, "Bundle");
    doc->node = bundle;
    if (!resource_put(&d, doc, e))
        return false;
    o->op->event->kind = AUDIT_RESOURCE_CREATE;
    answer_about(o->op, doc->type, doc->id);
    http_set(o->h->response, "Location",
             arena_printf(o->op->arena, "%.*s/Bundle/%.*s/_history/%d", STR_ARG(fhir_base(o->op)), STR_ARG(doc->id),
                          doc->version));
    return true;
}

bool op_document(struct operation *o, struct err *e)
{
    struct gathered g;
    struct record_doc composition;
    bool keep = operation_bool(o, "persist", false);
    if ((keep && !may_persist(o, e)) || !operation_document(o, RECORD_READ, &composition, e))
        return false;
    gather_start(&g, o->op, NULL);
    if (!gather_put(&g, &composition, e) || !gather_follow(&g, e))
        return false;
    answer_patient(o->op, &g.docs[0]);
    o->op->event->count = (int64_t)g.n;
    struct fhir_node *bundle = bundle_of(o, &g, e);
    return bundle && (!keep || persist(o, bundle, e)) && operation_answer(o, 200, bundle, e);
}
