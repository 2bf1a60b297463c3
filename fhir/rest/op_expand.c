/* ValueSet/$expand */
#include "fhir/rest/operation_priv.h"

#include <string.h>

#include "tls/tls.h"

struct expansion {
    struct operation *o;
    struct term_codes codes;
    struct str filter; /* folded */
    bool active_only, designations;
    int64_t offset, count, total;
};

static bool shows(const struct expansion *x, const struct term_code *c)
{
    struct arena *a = x->o->op->arena;
    if (c->removed || (x->active_only && c->inactive))
        return false;
    if (!x->filter.n)
        return true;
    const char *display = arena_cstr(a, record_fold(a, c->display)), *code = arena_cstr(a, record_fold(a, c->code));
    return strstr(display, x->filter.p) || strstr(code, x->filter.p);
}

static void put_code(const struct expansion *x, struct fhir_node *list, const struct term_code *c)
{
    struct arena *a = x->o->op->arena;
    struct fhir_node *item = fhir_add_object(a, list, NULL);
    const struct fhir_node *designation = c->concept ? fhir_member(c->concept, "designation") : NULL;
    if (c->system.n)
        fhir_add_string(a, item, "system", c->system);
    if (c->inactive)
        fhir_add_bool(a, item, "inactive", true);
    fhir_add_string(a, item, "code", c->code);
    if (c->display.n)
        fhir_add_string(a, item, "display", c->display);
    if (x->designations && designation)
        fhir_add_node(item, fhir_copy(a, designation));
}

static void put_page(struct expansion *x, struct fhir_node *expansion)
{
    struct fhir_node *list = NULL;
    for (size_t i = 0; i < x->codes.n; i++) {
        if (!shows(x, &x->codes.item[i]))
            continue;
        int64_t place = x->total++;
        if (place < x->offset || (x->count >= 0 && place >= x->offset + x->count))
            continue;
        list = list ? list : fhir_add_array(x->o->op->arena, expansion, "contains");
        put_code(x, list, &x->codes.item[i]);
    }
}

/* What was asked, as the parameters of the expansion. */
static void put_parameters(struct expansion *x, struct fhir_node *expansion)
{
    static const char *const names[] = {"url", "filter", "offset", "count", "includeDesignations", "activeOnly"};
    struct arena *a = x->o->op->arena;
    struct fhir_node *list = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct fhir_node *v = operation_value(x->o->in, names[i]);
        if (!v)
            continue;
        list = list ? list : fhir_add_array(a, expansion, "parameter");
        struct fhir_node *p = fhir_add_object(a, list, NULL), *value = fhir_copy(a, v);
        fhir_add_string(a, p, "name", str_of(names[i]));
        value->next = NULL;
        if (str_is(v->key, "valueCanonical"))
            value->key = STR("valueUri");
        fhir_add_node(p, value);
    }
}

static struct fhir_node *answer_of(struct expansion *x, const struct fhir_node *value_set, struct str url,
                                   struct err *e)
{
    static const char *const kept[] = {"id", "url", "version", "name", "title", "status", "publisher"};
    char uuid[TLS_UUID_TEXT];
    struct arena *a = x->o->op->arena;
    struct fhir_node *out = fhir_new(a, "ValueSet");
    if (!tls_uuid(uuid, e))
        return NULL;
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        struct str text = value_set ? fhir_text(value_set, kept[i]) : STR_NONE;
        if (!value_set && strcmp(kept[i], "url") == 0)
            text = url;
        if (!value_set && strcmp(kept[i], "status") == 0)
            text = STR("active");
        if (text.n)
            fhir_add_string(a, out, kept[i], text);
    }
    struct fhir_node *expansion = fhir_add_object(a, out, "expansion");
    struct fhir_node body = {.kind = FHIR_OBJECT};
    put_page(x, &body);
    fhir_add_string(a, expansion, "identifier", arena_printf(a, "urn:uuid:%s", uuid));
    fhir_add_string(a, expansion, "timestamp", answer_instant(a, clock_now()));
    fhir_add_number(a, expansion, "total", arena_printf(a, "%lld", (long long)x->total));
    if (x->offset)
        fhir_add_number(a, expansion, "offset", arena_printf(a, "%lld", (long long)x->offset));
    put_parameters(x, expansion);
    if (body.first)
        fhir_add_node(expansion, body.first);
    return out;
}

bool op_expand(struct operation *o, struct err *e)
{
    struct term t;
    struct str url;
    const struct fhir_node *value_set;
    struct expansion x = {.o = o,
                          .active_only = operation_bool(o, "activeOnly", false),
                          .designations = operation_bool(o, "includeDesignations", false),
                          .offset = operation_int(o, "offset", 0),
                          .count = operation_int(o, "count", -1)};
    struct str filter = operation_text(o, "filter");
    x.filter = filter.n ? str_of(arena_cstr(o->op->arena, record_fold(o->op->arena, filter))) : STR("");
    if (x.offset < 0 || (x.count < 0 && operation_value(o->in, "count")))
        return err_set(e, ERR_INVALID, "offset and count are not negative");
    operation_term(o, &t);
    if (!operation_term_document(o, &t, "valueSet", &value_set, &url, e))
        return false;
    if (!(value_set ? term_expand(&t, value_set, &x.codes, e) : term_expand_url(&t, url, &x.codes, e)))
        return false;
    struct fhir_node *out = answer_of(&x, value_set, url, e);
    return out && operation_answer(o, 200, out, e);
}
