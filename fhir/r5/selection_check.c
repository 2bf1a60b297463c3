/* An ImagingSelection against its R5 definition: the rows for elements, cardinality, codes and targets; the datatypes,
 * which R4 has too, by R4's own check of the Basic it becomes, whose complaints are told in R5's words. */
#include "fhir/r5/selection_priv.h"

#include "fhir/model/types.h"


static void complain(struct fhir_issues *to, const char *code, const char *where, const char *text,
                     const struct fhir_node *n)
{
    struct fhir_issue i = {.fatal = true, .code = code, .text = text, .line = n->line, .column = n->column};
    str_copy(i.expression, sizeof i.expression, str_of(where));
    const struct fhir_visit visit = {.node = n};
    fhir_issue_add(to, &visit, &i);
}

static bool listed(const char *list, struct str word)
{
    struct str rest = str_of(list), one;
    while (rest.n && str_next(&rest, ',', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

static bool target_fits(const struct r5_element *el, const struct fhir_node *v)
{
    struct str said = fhir_text(v, "type"), literal = fhir_reference_type(fhir_text(v, "reference"));
    struct str text = fhir_text(v, "reference");
    if (str_starts(text, "ImagingSelection/"))
        literal = STR("ImagingSelection");
    return (!said.n || listed(el->allow, said)) && (!literal.n || listed(el->allow, literal));
}

static void check_group(struct fhir_issues *to, struct str path, const struct fhir_node *n, const char *where);

static void check_value(struct fhir_issues *to, const struct r5_element *el, const struct fhir_node *v,
                        const char *where)
{
    bool primitive = !el->group && el->type[0] >= 'a' && el->type[0] <= 'z';
    bool object = v->kind == FHIR_OBJECT;
    if (object == primitive || v->kind == FHIR_ARRAY || v->kind == FHIR_NULL) {
        complain(to, "structure", where, primitive ? "a value is due here" : "an object is due here", v);
        return;
    }
    if (el->group)
        check_group(to, str_of(el->path), v, where);
    else if (primitive && el->allow[0] && !listed(el->allow, v->text))
        complain(to, "code-invalid", where, "the code is none of those R5 binds here", v);
    else if (!primitive && el->allow[0] && !target_fits(el, v))
        complain(to, "value", where, "the reference leads to a type it may not lead to", v);
}

static void check_element(struct fhir_issues *to, const struct r5_element *el, const struct fhir_node *m,
                          const char *where)
{
    int i = 0;
    if ((m->kind == FHIR_ARRAY) != el->many) {
        complain(to, "structure", where, el->many ? "an array is due here" : "no array is due here", m);
        return;
    }
    if (el->many && !m->first)
        complain(to, "structure", where, "an array is not empty", m);
    if (!el->many)
        check_value(to, el, m, where);
    for (const struct fhir_node *v = el->many ? m->first : NULL; v; v = v->next, i++)
        check_value(to, el, v, arena_printf(to->arena, "%s[%d]", where, i).p);
}

/* Members that are no rows: those of Element here, those of DomainResource at the top. */
static bool is_general(struct str path, struct str key)
{
    static const char *const top[] = {"resourceType", "meta", "language", "text"};
    if (str_is(key, "id") || str_is(key, "extension"))
        return true;
    for (size_t i = 0; !path.n && i < sizeof top / sizeof top[0]; i++)
        if (str_is(key, top[i]))
            return true;
    return false;
}

static const char *refusal(struct str key)
{
    static const char *const known[] = {"contained", "modifierExtension", "implicitRules"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_is(key, known[i]))
            return "this server does not keep this element of an ImagingSelection";
    return key.n && key.p[0] == '_' ? "this server does not keep extensions of primitive values here"
                                    : "R5 has no such element";
}

static void check_members(struct fhir_issues *to, struct str path, const struct fhir_node *n, const char *where)
{
    for (const struct fhir_node *m = n->first; m; m = m->next) {
        const struct r5_element *el = r5_element_find(path, m->key);
        if (!el && is_general(path, m->key))
            continue;
        const char *place = arena_printf(to->arena, "%s.%.*s", where, STR_ARG(str_utf8_clip(m->key, 64))).p;
        if (el)
            check_element(to, el, m, place);
        else
            complain(to, "structure", place, refusal(m->key), m);
    }
}

static void check_group(struct fhir_issues *to, struct str path, const struct fhir_node *n, const char *where)
{
    struct str name;
    if (!n->first)
        complain(to, "structure", where, "an object is not empty", n);
    check_members(to, path, n, where);
    for (int i = 0; r5_element_at(i); i++) {
        const struct r5_element *el = r5_element_at(i);
        if (!el->required || !r5_element_is_below(el, path, &name) || fhir_member(n, arena_cstr(to->arena, name)))
            continue;
        complain(to, "required", arena_printf(to->arena, "%s.%.*s", where, STR_ARG(name)).p, "the element is missing",
                 n);
    }
}

/* ---- R4's complaints in R5's words ---- */

/* "extension[3]." in front of rest: that extension, taken off. */
static const struct fhir_node *take_extension(const struct fhir_node *of, struct str *rest)
{
    int64_t index;
    size_t close = str_find(*rest, ']');
    if (!str_starts(*rest, "extension[") || close == rest->n || !str_int(str_sub(*rest, 10, close - 10), &index))
        return NULL;
    const struct fhir_node *list = fhir_member(of, "extension"), *x = list ? list->first : NULL;
    while (x && index-- > 0)
        x = x->next;
    *rest = str_sub(*rest, close + 1 < rest->n ? close + 2 : rest->n, rest->n);
    return x;
}

static int place_among(const struct fhir_node *of, const struct fhir_node *x)
{
    int n = 0;
    for (const struct fhir_node *y = fhir_member(of, "extension")->first; y && y != x; y = y->next)
        n += str_eq(fhir_text(y, "url"), fhir_text(x, "url"));
    return n;
}

static void skip_step(struct str *path)
{
    size_t dot = str_find(*path, '.');
    *path = dot < path->n ? str_sub(*path, dot + 1, path->n) : STR("");
}

static const char *translate(struct fhir_issues *to, const struct fhir_node *basic, const char *expression)
{
    struct str rest = str_of(expression), path = STR(""), out = STR("ImagingSelection");
    struct arena *a = to->arena;
    rest = str_starts(rest, "Basic.") ? str_sub(rest, 6, rest.n) : STR("");
    const struct fhir_node *at = basic, *x;
    while ((x = take_extension(at, &rest)) != NULL) {
        struct str url = fhir_text(x, "url"), name = url;
        if (!path.n)
            name = str_starts(url, R5_EXTENSION) ? str_sub(url, sizeof R5_EXTENSION - 1, url.n) : STR("");
        const struct r5_element *el = r5_element_find(path, name);
        if (!el) {
            out = arena_printf(a, "%.*s.extension", STR_ARG(out));
            break;
        }
        out = el->many ? arena_printf(a, "%.*s.%.*s[%d]", STR_ARG(out), STR_ARG(name), place_among(at, x))
                       : arena_printf(a, "%.*s.%.*s", STR_ARG(out), STR_ARG(name));
        path = str_of(el->path);
        at = x;
    }
    if (path.n && str_starts(rest, "value"))
        skip_step(&rest);
    if (path.n && str_starts(rest, "ofType("))
        skip_step(&rest);
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(out), rest.n ? "." : "", STR_ARG(rest)).p;
}

bool r5_selection_check(const struct fhir_node *selection, struct fhir_issues *ret_issues)
{
    struct fhir_issues of_basic = {.arena = ret_issues->arena};
    check_group(ret_issues, STR(""), selection, "ImagingSelection");
    if (ret_issues->fatal_count)
        return false;
    const struct fhir_node *basic = r5_selection_to_basic(ret_issues->arena, selection);
    if (fhir_check(basic, &of_basic))
        return true;
    for (const struct fhir_issue *i = of_basic.first; i; i = i->next) {
        if (!i->fatal)
            continue;
        const struct fhir_node where = {.line = i->line, .column = i->column};
        complain(ret_issues, i->code, translate(ret_issues, basic, i->expression), i->text, &where);
    }
    return ret_issues->fatal_count == 0;
}
