/* ImagingStudy from R4 to R5: elements are renamed or wrapped; what R5 dropped becomes R4's cross-version extension. */
#include "fhir/r5/r5.h"

static struct fhir_node *as(struct arena *a, const struct fhir_node *n, const char *key)
{
    struct fhir_node *copy = ARENA_NEW(a, struct fhir_node);
    *copy = *n;
    copy->key = str_of(key);
    copy->next = NULL;
    return copy;
}

/* ---- forms an element takes ---- */

/* A Coding as CodeableConcept. */
static void wrap_coding(struct arena *a, struct fhir_node *to, const char *key, const struct fhir_node *coding)
{
    struct fhir_node *concept = fhir_add_object(a, to, key);
    fhir_add_node(fhir_add_array(a, concept, "coding"), as(a, coding, ""));
}

/* A Coding as CodeableReference. */
static void wrap_site(struct arena *a, struct fhir_node *to, const char *key, const struct fhir_node *coding)
{
    wrap_coding(a, fhir_add_object(a, to, key), "concept", coding);
}

static void wrap_concept(struct arena *a, struct fhir_node *to, const char *key, const struct fhir_node *concept)
{
    fhir_add_node(fhir_add_object(a, to, key), as(a, concept, "concept"));
}

static void wrap_reference(struct arena *a, struct fhir_node *to, const char *key, const struct fhir_node *reference)
{
    fhir_add_node(fhir_add_object(a, to, key), as(a, reference, "reference"));
}

static void keep(struct arena *a, struct fhir_node *to, const char *key, const struct fhir_node *value)
{
    fhir_add_node(to, as(a, value, key ? key : ""));
}

/* ImagingStudy.interpreter is not in R5. */
static void extend(struct arena *a, struct fhir_node *to, const char *key, const struct fhir_node *reference)
{
    struct fhir_node *x = fhir_add_object(a, to, key);
    fhir_add_string(a, x, "url", STR("http://hl7.org/fhir/4.0/StructureDefinition/extension-ImagingStudy.interpreter"));
    fhir_add_node(x, as(a, reference, "valueReference"));
}

struct change { /* an element of R4, its name in R5, and how each value is written; list: R5 has several */
    const char *r4, *r5;
    bool list;
    void (*put)(struct arena *a, struct fhir_node *to, const char *key, const struct fhir_node *value);
};

static const struct change of_study[] = {
    {"modality", "modality", true, wrap_coding},        {"interpreter", "extension", true, extend},
    {"procedureReference", "partOf", true, keep},       {"procedureCode", "procedure", true, wrap_concept},
    {"reasonCode", "reason", true, wrap_concept},       {"reasonReference", "reason", true, wrap_reference},
    {NULL, NULL, false, NULL},
};
static const struct change of_series[] = {
    {"modality", "modality", false, wrap_coding},
    {"bodySite", "bodySite", false, wrap_site},
    {"laterality", "laterality", false, wrap_coding},
    {NULL, NULL, false, NULL},
};
static const struct change of_endpoint[] = {
    {"connectionType", "connectionType", true, wrap_coding},
    {NULL, NULL, false, NULL},
};

static const struct change *find(const struct change *rows, struct str key)
{
    for (; rows->r4; rows++)
        if (str_is(key, rows->r4))
            return rows;
    return NULL;
}

static struct fhir_node *list_of(struct arena *a, struct fhir_node *to, const char *key)
{
    for (struct fhir_node *m = to->first; m; m = m->next)
        if (str_is(m->key, key))
            return m;
    return fhir_add_array(a, to, key);
}

static void change(struct arena *a, struct fhir_node *to, const struct change *c, const struct fhir_node *m)
{
    struct fhir_node *into = c->list ? list_of(a, to, c->r5) : to;
    const char *key = c->list ? NULL : c->r5;
    if (m->kind != FHIR_ARRAY)
        c->put(a, into, key, m);
    for (const struct fhir_node *v = m->kind == FHIR_ARRAY ? m->first : NULL; v; v = v->next)
        c->put(a, into, key, v);
}

static struct fhir_node *rewrite(struct arena *a, const struct fhir_node *n, const struct change *rows)
{
    struct fhir_node *out = ARENA_NEW(a, struct fhir_node);
    *out = (struct fhir_node){.kind = FHIR_OBJECT, .key = n->key, .line = n->line, .column = n->column};
    for (const struct fhir_node *m = n->first; m; m = m->next) {
        const struct change *c = find(rows, m->key);
        struct fhir_node *list = !c && str_is(m->key, "extension") ? list_of(a, out, "extension") : NULL;
        if (c)
            change(a, out, c, m);
        else if (!list)
            fhir_add_node(out, as(a, m, arena_cstr(a, m->key)));
        for (const struct fhir_node *v = list ? m->first : NULL; v; v = v->next)
            fhir_add_node(list, as(a, v, ""));
    }
    return out;
}

static void rewrite_items(struct arena *a, struct fhir_node *object, const char *key,
                          struct fhir_node *(*each)(struct arena *a, const struct fhir_node *n))
{
    for (struct fhir_node *m = object->first; m; m = m->next) {
        if (!str_is(m->key, key) || m->kind != FHIR_ARRAY)
            continue;
        const struct fhir_node *old = m->first;
        m->first = m->last = NULL;
        for (; old; old = old->next)
            fhir_add_node(m, each(a, old));
    }
}

static struct fhir_node *series(struct arena *a, const struct fhir_node *n)
{
    return rewrite(a, n, of_series);
}

/* payloadType and payloadMimeType became one group. Other contained resources stay as they are. */
static struct fhir_node *contained(struct arena *a, const struct fhir_node *n)
{
    if (!str_is(fhir_text(n, "resourceType"), "Endpoint"))
        return as(a, n, "");
    struct fhir_node *out = rewrite(a, n, of_endpoint), *payload = NULL;
    const struct fhir_node *type = fhir_member(out, "payloadType"), *mime = fhir_member(out, "payloadMimeType");
    if (type || mime)
        payload = fhir_add_object(a, fhir_add_array(a, out, "payload"), NULL);
    if (type)
        fhir_add_node(payload, as(a, type, "type"));
    if (mime)
        fhir_add_node(payload, as(a, mime, "mimeType"));
    fhir_remove(out, "payloadType");
    fhir_remove(out, "payloadMimeType");
    return out;
}

struct fhir_node *r5_study(struct arena *a, struct fhir_node *r4)
{
    struct fhir_node *out = rewrite(a, r4, of_study);
    rewrite_items(a, out, "series", series);
    rewrite_items(a, out, "contained", contained);
    return out;
}
