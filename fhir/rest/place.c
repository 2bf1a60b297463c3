/* Where in the body of a request a fault is: rules and references are checked by path, when the lines of the text are
 * long forgotten. */
#include "fhir/rest/rest_priv.h"

#include "fhir/fhirpath/fhirpath.h"

static const struct fhir_node *body_of(struct gate_http *h)
{
    enum format f;
    struct err ignored = {0};
    struct arena *a = &h->request->arena;
    struct str body = h->request->body;
    if (!body.n || body.n > BODY_MAX || !negotiate_body(http_header(h->request, "Content-Type"), &f, &ignored))
        return NULL;
    return f == FORMAT_XML ? fhir_parse_xml(a, body, &ignored) : fhir_parse_json(a, body, &ignored);
}

/* One step of a path: "name" or "name[2]" as in JSON or in FHIRPath, with a choice element's type left out or in. */
struct step {
    struct str name;
    int64_t index;
};

static struct step step_of(struct str text)
{
    size_t bracket = str_find(text, '[');
    struct step s = {str_sub(text, 0, bracket), -1};
    if (bracket < text.n && !str_int(str_sub(text, bracket + 1, text.n - bracket - 2), &s.index))
        s.index = -1;
    return s;
}

struct walk {
    struct arena *arena;
    const struct fhir_node *node;
    const struct fhir_type *type;
    struct str expression;
};

/* What the step is called in FHIRPath: a choice element by its stem and type. */
static struct str spelled(struct arena *a, const struct fhir_member *m, struct str name)
{
    if (name.n && name.p[0] == '_')
        name = str_sub(name, 1, name.n - 1);
    if (!m->choice)
        return name;
    struct str type = fhir_type_name(m->type), stem = str_sub(name, 0, name.n - type.n);
    return arena_printf(a, "%.*s.ofType(%.*s)", STR_ARG(stem), STR_ARG(type));
}

/* False where the document goes no further: what was reached so far is the place. */
static bool take(struct walk *w, struct step s)
{
    struct fhir_member m = {0};
    const struct fhir_node *n = w->node->first;
    if (w->node->kind != FHIR_OBJECT || !fhir_type_member(w->type, s.name, &m))
        return false;
    while (n && !str_eq(n->key, s.name))
        n = n->next;
    w->expression = arena_printf(w->arena, "%.*s.%.*s", STR_ARG(w->expression), STR_ARG(spelled(w->arena, &m, s.name)));
    if (!n)
        return false;
    if (n->kind == FHIR_ARRAY && n->first) {
        int64_t left = s.index < 0 ? 0 : s.index;
        for (n = n->first; left && n->next; left--)
            n = n->next;
        if (s.index >= 0)
            w->expression = arena_printf(w->arena, "%.*s[%lld]", STR_ARG(w->expression), (long long)s.index);
    }
    w->node = n;
    w->type = fhir_type_is_resource(m.type) ? fhir_resource_type(n) : m.type;
    return w->type != NULL;
}

struct body_place body_place(struct gate_http *h, const struct err *why)
{
    struct body_place p = {str_of(why->path), why->line, why->column};
    const struct fhir_node *body = why->line || !why->path[0] ? NULL : body_of(h);
    return body ? body_place_in(&h->request->arena, body, why->path) : p;
}

struct body_place body_place_in(struct arena *a, const struct fhir_node *body, const char *path)
{
    struct str rest = str_of(path), step;
    struct body_place p = {.expression = rest};
    const struct fhir_type *t = body->kind == FHIR_OBJECT ? fhir_resource_type(body) : NULL;
    if (!t)
        return p;
    struct walk w = {a, body, t, fhir_type_name(t)};
    bool on = true, first = true;
    while (on && rest.n && str_next(&rest, '.', &step)) {
        bool root = first && str_eq(step, w.expression);
        on = root || take(&w, step_of(step));
        first = false;
    }
    if (w.node == body && !on && !str_starts(str_of(path), w.expression.p))
        return p; /* a name of another language */
    return (struct body_place){w.expression, w.node->line, w.node->column};
}
