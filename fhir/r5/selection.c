/* ImagingSelection as an R4 Basic: each element is R5's own cross-version extension of that name, a group's children
 * are extensions within it. identifier and subject are Basic's own, so that R4 searches and merges see them. */
#include "fhir/r5/selection_priv.h"

#define ONE false
#define MANY true
#define GROUP ""
#define CONCEPT_OR_REFERENCE ""
static const struct r5_element rows[] = {
#define ELEMENT(path, type, min, max, allow) {path, type, sizeof(type) == 1, (min) > 0, max, allow},
#include "fhir/r5/selection.def"
#undef ELEMENT
};
enum { ROWS = sizeof rows / sizeof rows[0] };

const struct r5_element *r5_element_at(int i)
{
    return i >= 0 && i < ROWS ? &rows[i] : NULL;
}

bool r5_element_is_below(const struct r5_element *el, struct str prefix, struct str *ret_name)
{
    struct str path = str_of(el->path);
    if (prefix.n) {
        if (path.n <= prefix.n + 1 || !str_eq(str_sub(path, 0, prefix.n), prefix) || path.p[prefix.n] != '.')
            return false;
        path = str_sub(path, prefix.n + 1, path.n);
    }
    *ret_name = path;
    return str_find(path, '.') == path.n;
}

const struct r5_element *r5_element_find(struct str prefix, struct str name)
{
    struct str own;
    for (int i = 0; i < ROWS; i++)
        if (r5_element_is_below(&rows[i], prefix, &own) && str_eq(own, name))
            return &rows[i];
    return NULL;
}

bool r5_element_is_basic(const struct r5_element *el)
{
    struct str path = str_of(el->path);
    return str_is(path, "identifier") || str_is(path, "subject");
}

static struct fhir_node *as(struct arena *a, const struct fhir_node *n, struct str key)
{
    struct fhir_node *copy = ARENA_NEW(a, struct fhir_node);
    *copy = *n;
    copy->key = key;
    copy->next = NULL;
    return copy;
}

/* ---- Basic and ImagingSelection refer to each other by their own names ---- */

static struct fhir_node *renamed(struct arena *a, const struct fhir_node *reference, const char *from, const char *to,
                                 struct str key)
{
    struct fhir_node *out = fhir_copy(a, reference);
    out->key = key;
    out->next = NULL;
    for (struct fhir_node *m = out->first; m; m = m->next) {
        bool whole = str_is(m->key, "type") && str_is(m->text, from);
        if (whole || (str_is(m->key, "reference") && str_starts(m->text, from) && m->text.p[str_of(from).n] == '/'))
            m->text = arena_printf(a, "%s%.*s", to, STR_ARG(str_sub(m->text, str_of(from).n, m->text.n)));
    }
    return out;
}

static struct fhir_node *value_to(struct arena *a, const struct r5_element *el, const struct fhir_node *v,
                                  struct str key)
{
    bool focus = str_is(str_of(el->path), "focus");
    return focus ? renamed(a, v, "ImagingSelection", "Basic", key) : as(a, v, key);
}

static struct fhir_node *value_from(struct arena *a, const struct r5_element *el, const struct fhir_node *v,
                                    struct str key)
{
    bool focus = str_is(str_of(el->path), "focus");
    return focus ? renamed(a, v, "Basic", "ImagingSelection", key) : as(a, v, key);
}

/* ---- to Basic ---- */

static struct str value_key(struct arena *a, const char *type)
{
    char *key = arena_cstr(a, arena_printf(a, "value%s", type));
    key[5] = (char)(key[5] & ~0x20);
    return str_of(key);
}

static void put_group(struct arena *a, struct fhir_node *extension, struct str path, const struct fhir_node *group);

static void put_value(struct arena *a, struct fhir_node *list, const struct r5_element *el, struct str url,
                      const struct fhir_node *v)
{
    struct fhir_node *x = fhir_add_object(a, list, NULL);
    if (el->group && fhir_text(v, "id").n)
        fhir_add_string(a, x, "id", fhir_text(v, "id"));
    struct fhir_node *children = el->group ? fhir_add_array(a, x, "extension") : NULL;
    fhir_add_string(a, x, "url", url);
    if (children)
        put_group(a, children, str_of(el->path), v);
    else
        fhir_add_node(x, value_to(a, el, v, value_key(a, el->type)));
}

static void put_element(struct arena *a, struct fhir_node *list, const struct r5_element *el, struct str url,
                        const struct fhir_node *m)
{
    if (m->kind != FHIR_ARRAY)
        put_value(a, list, el, url, m);
    for (const struct fhir_node *v = m->kind == FHIR_ARRAY ? m->first : NULL; v; v = v->next)
        put_value(a, list, el, url, v);
}

static void put_group(struct arena *a, struct fhir_node *list, struct str path, const struct fhir_node *group)
{
    for (const struct fhir_node *m = group->first; m; m = m->next) {
        const struct r5_element *el = r5_element_find(path, m->key);
        if (el)
            put_element(a, list, el, m->key, m);
        for (const struct fhir_node *v = str_is(m->key, "extension") ? m->first : NULL; v; v = v->next)
            fhir_add_node(list, as(a, v, STR("")));
    }
}

/* What every R4 resource has, too. */
static bool is_common(struct str key)
{
    return str_is(key, "id") || str_is(key, "meta") || str_is(key, "language") || str_is(key, "text");
}

struct fhir_node *r5_selection_to_basic(struct arena *a, const struct fhir_node *selection)
{
    struct fhir_node *basic = fhir_new(a, "Basic");
    for (const struct fhir_node *m = selection->first; m; m = m->next)
        if (is_common(m->key))
            fhir_add_node(basic, as(a, m, m->key));
    struct fhir_node *list = fhir_add_array(a, basic, "extension");
    for (const struct fhir_node *m = selection->first; m; m = m->next) {
        const struct r5_element *el = r5_element_find(STR(""), m->key);
        if (el && !r5_element_is_basic(el))
            put_element(a, list, el, arena_printf(a, R5_EXTENSION "%s", el->path), m);
        for (const struct fhir_node *v = str_is(m->key, "extension") ? m->first : NULL; v; v = v->next)
            fhir_add_node(list, as(a, v, STR("")));
    }
    const struct fhir_node *identifier = fhir_member(selection, "identifier"),
                           *subject = fhir_member(selection, "subject");
    if (identifier)
        fhir_add_node(basic, as(a, identifier, STR("identifier")));
    struct fhir_node *coding = fhir_add_object(
        a, fhir_add_array(a, fhir_add_object(a, basic, "code"), "coding"), NULL);
    fhir_add_string(a, coding, "system", STR("http://hl7.org/fhir/fhir-types"));
    fhir_add_string(a, coding, "code", STR("ImagingSelection"));
    if (subject)
        fhir_add_node(basic, as(a, subject, STR("subject")));
    return basic;
}

bool r5_is_selection(const struct fhir_node *basic)
{
    return str_is(fhir_text(basic, "resourceType"), "Basic") &&
           str_is(fhir_text(basic, "code.coding[system=http://hl7.org/fhir/fhir-types].code"), "ImagingSelection");
}

/* ---- from Basic ---- */

static void take_group(struct arena *a, struct fhir_node *to, struct str path, const char *base,
                       const struct fhir_node *list);

static void take_value(struct arena *a, struct fhir_node *to, const struct r5_element *el, struct str key,
                       const struct fhir_node *x)
{
    if (el->group) {
        struct fhir_node *group = fhir_add_object(a, to, key.n ? arena_cstr(a, key) : NULL);
        const struct fhir_node *children = fhir_member(x, "extension");
        if (fhir_text(x, "id").n)
            fhir_add_string(a, group, "id", fhir_text(x, "id"));
        if (children)
            take_group(a, group, str_of(el->path), "", children);
        return;
    }
    for (const struct fhir_node *m = x->first; m; m = m->next)
        if (str_eq(m->key, value_key(a, el->type)))
            fhir_add_node(to, value_from(a, el, m, key));
}

static bool is_url(const struct fhir_node *x, const char *base, struct str name)
{
    struct str url = fhir_text(x, "url"), head = str_of(base);
    return url.n == head.n + name.n && str_starts(url, base) && str_eq(str_sub(url, head.n, url.n), name);
}

/* In the order of the rows, not of the extensions. */
static void take_rows(struct arena *a, struct fhir_node *to, struct str path, const char *base,
                      const struct fhir_node *list)
{
    struct str name;
    for (int i = 0; i < ROWS; i++) {
        struct fhir_node *into = NULL;
        if (!r5_element_is_below(&rows[i], path, &name))
            continue;
        for (const struct fhir_node *x = list->first; x; x = x->next) {
            if (!is_url(x, base, name))
                continue;
            if (rows[i].many && !into)
                into = fhir_add_array(a, to, arena_cstr(a, name));
            take_value(a, rows[i].many ? into : to, &rows[i], rows[i].many ? STR("") : name, x);
        }
    }
}

/* Extensions that are no elements stay extensions. */
static void take_others(struct arena *a, struct fhir_node *to, struct str path, const char *base,
                        const struct fhir_node *list)
{
    struct fhir_node *into = NULL;
    size_t skip = str_of(base).n;
    for (const struct fhir_node *x = list->first; x; x = x->next) {
        struct str url = fhir_text(x, "url");
        bool element =
            url.n > skip && str_starts(url, base) && r5_element_find(path, str_sub(url, skip, url.n)) != NULL;
        if (element)
            continue;
        into = into ? into : fhir_add_array(a, to, "extension");
        fhir_add_node(into, as(a, x, STR("")));
    }
}

static void take_group(struct arena *a, struct fhir_node *to, struct str path, const char *base,
                       const struct fhir_node *list)
{
    take_others(a, to, path, base, list);
    take_rows(a, to, path, base, list);
}

struct fhir_node *r5_selection_of_basic(struct arena *a, const struct fhir_node *basic)
{
    struct fhir_node *out = fhir_new(a, "ImagingSelection");
    const struct fhir_node *list = fhir_member(basic, "extension");
    for (const struct fhir_node *m = basic->first; m; m = m->next)
        if (is_common(m->key))
            fhir_add_node(out, as(a, m, m->key));
    for (const struct fhir_node *m = basic->first; m; m = m->next)
        if (str_is(m->key, "identifier") || str_is(m->key, "subject"))
            fhir_add_node(out, as(a, m, m->key));
    if (list)
        take_group(a, out, STR(""), R5_EXTENSION, list);
    return out;
}
