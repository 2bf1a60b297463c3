/* The parameters of an operation: a Parameters body, a bare resource, the query of the address; all become one
 * Parameters resource, checked against what the row declares. */
#include "fhir/rest/operation_priv.h"

#include <stdio.h>
#include <string.h>

bool operation_param_next(struct str *rest, struct operation_param *ret_param)
{
    struct str one;
    do
        if (!rest->n || !str_next(rest, ' ', &one))
            return false;
    while (!one.n);
    char last = one.p[one.n - 1];
    bool marked = last == '?' || last == '*' || last == '+';
    size_t colon = str_find(one, ':');
    *ret_param = (struct operation_param){.name = str_sub(one, 0, colon),
                                          .type = str_sub(one, colon + 1, one.n - colon - 1 - marked),
                                          .required = !marked || last == '+',
                                          .repeats = last == '*' || last == '+'};
    return true;
}

static bool find_param(const struct operation_row *row, struct str name, struct operation_param *ret_param)
{
    struct str rest = str_of(row->in);
    while (operation_param_next(&rest, ret_param))
        if (str_eq(ret_param->name, name))
            return true;
    return false;
}

static bool is_resource_type(struct str type)
{
    return str_is(type, "Resource") || fhir_is_resource(type);
}

/* ---- types: what goes for what ---- */

/* Text is text, a day is a time; which of them a client names is not what an operation should fail for. */
static const char *const families[] = {",string,code,uri,url,canonical,id,markdown,oid,uuid,",
                                       ",date,dateTime,instant,", ",integer,positiveInt,unsignedInt,decimal,"};

static const char *family_of(struct str type)
{
    char text[40];
    if (type.n > sizeof text - 3)
        return NULL;
    snprintf(text, sizeof text, ",%.*s,", STR_ARG(type));
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (strstr(families[i], text))
            return families[i];
    return NULL;
}

static bool same_type(struct str a, struct str b)
{
    const char *family = family_of(a);
    return str_eq(a, b) || (family && family == family_of(b));
}

/* The data type of a member "valueDateTime": primitive names begin with a small letter. */
static struct str type_of_member(struct arena *a, struct str key)
{
    char *name = arena_cstr(a, str_sub(key, 5, key.n));
    struct str small = str_of(name);
    char first = name[0];
    name[0] = (char)(first | 0x20);
    if (family_of(small) || str_is(small, "boolean") || str_is(small, "time") || str_is(small, "base64Binary"))
        return small;
    name[0] = first;
    return small;
}

static bool type_fits(struct arena *a, struct str want, const struct fhir_node *parameter)
{
    const struct fhir_node *resource = fhir_member(parameter, "resource");
    if (str_is(want, "any"))
        return true;
    if (str_is(want, "parts"))
        return fhir_member(parameter, "part") != NULL;
    if (is_resource_type(want))
        return resource && resource->kind == FHIR_OBJECT &&
               (str_is(want, "Resource") || str_eq(fhir_text(resource, "resourceType"), want));
    for (const struct fhir_node *m = parameter->first; m; m = m->next)
        if (str_starts(m->key, "value"))
            return same_type(want, type_of_member(a, m->key));
    return false;
}

/* ---- the address ---- */

static bool put_number(struct arena *a, struct fhir_node *p, const char *key, struct str text)
{
    int64_t n;
    if (!str_int(text, &n) || n < INT32_MIN || n > INT32_MAX)
        return false;
    fhir_add_number(a, p, key, arena_printf(a, "%lld", (long long)n));
    return true;
}

static bool put_query_value(struct arena *a, struct fhir_node *p, struct str type, struct str text)
{
    char *key = arena_cstr(a, arena_printf(a, "value%.*s", STR_ARG(type)));
    key[5] = (char)(key[5] & ~0x20);
    if (str_is(type, "boolean")) {
        fhir_add_bool(a, p, key, str_is(text, "true"));
        return str_is(text, "true") || str_is(text, "false");
    }
    if (family_of(type) == families[2] && !str_is(type, "decimal"))
        return put_number(a, p, key, text);
    fhir_add_string(a, p, key, text);
    return text.n && family_of(type);
}

static bool is_general(struct str name)
{
    return str_is(name, "_format") || str_is(name, "_pretty");
}

static bool read_query(struct operation *o, struct err *e)
{
    struct arena *a = o->op->arena;
    const struct http_request *r = o->h->request;
    struct operation_param p;
    for (size_t i = 0; i < r->query_count; i++) {
        struct http_pair pair = r->query[i];
        if (is_general(pair.name))
            continue;
        struct fhir_node *parameter = operation_add(o, o->in, arena_cstr(a, pair.name));
        bool known = find_param(o->row, pair.name, &p);
        if (known && !put_query_value(a, parameter, str_is(p.type, "any") ? STR("string") : p.type, pair.value))
            return err_set(e, ERR_INVALID, "the parameter '%.*s' is a %.*s", STR_ARG(str_utf8_clip(pair.name, 60)),
                           STR_ARG(p.type));
    }
    return true;
}

/* ---- the body ---- */

/* A resource by itself stands for the parameter that takes one of its type. */
static bool take_bare(struct operation *o, struct fhir_node *body, struct str type, struct err *e)
{
    struct str rest = str_of(o->row->in);
    struct operation_param p;
    while (operation_param_next(&rest, &p)) {
        if (!is_resource_type(p.type) || (!str_is(p.type, "Resource") && !str_eq(p.type, type)))
            continue;
        operation_add_value(o, o->in, arena_cstr(o->op->arena, p.name), "resource", body);
        return true;
    }
    return err_set(e, ERR_INVALID, "the body of '%s' is a Parameters resource", o->row->name);
}

static bool take_parameters(struct operation *o, struct fhir_node *body, struct err *e)
{
    const struct fhir_node *list = fhir_member(body, "parameter");
    if (list && list->kind != FHIR_ARRAY)
        return err_set(e, ERR_STRUCTURE, "Parameters.parameter is an array");
    for (const struct fhir_node *p = list ? list->first : NULL; p; p = p->next)
        if (p->kind != FHIR_OBJECT || !fhir_text(p, "name").n)
            return err_set(e, ERR_STRUCTURE, "a parameter is an object with a name");
    o->in = body;
    return true;
}

static bool read_body(struct operation *o, struct err *e)
{
    enum format f;
    struct arena *a = o->op->arena;
    struct str body = body_text(o->h->request->body);
    if (!body.n || str_is(o->h->request->method, "GET") || str_is(o->h->request->method, "HEAD"))
        return true;
    if ((int64_t)body.n > o->row->body_max)
        return err_set(e, ERR_TOO_LARGE, "a body of '%s' has at most %lld bytes", o->row->name,
                       (long long)o->row->body_max);
    if (!negotiate_body(http_header(o->h->request, "Content-Type"), &f, e))
        return false;
    struct fhir_node *n = f == FORMAT_XML                  ? fhir_parse_xml(a, body, e)
                          : o->row->methods & TELLS_FAULTS ? fhir_parse_json_all(a, body, e)
                                                           : fhir_parse_json(a, body, e);
    if (!n)
        return false;
    struct str type = n->kind == FHIR_OBJECT ? fhir_text(n, "resourceType") : STR_NONE;
    if (!fhir_is_resource(type))
        return err_set(e, ERR_STRUCTURE, "the body is no FHIR resource");
    return str_is(type, "Parameters") ? take_parameters(o, n, e) : take_bare(o, n, type, e);
}

/* ---- against the row ---- */

static bool check_declared(struct operation *o, const struct fhir_node *parameter, struct err *e)
{
    struct operation_param p;
    struct str name = fhir_text(parameter, "name");
    if (!find_param(o->row, name, &p)) {
        if (str_is(negotiate_prefer(o->h->request, "handling"), "lenient"))
            return true;
        return err_set(e, ERR_UNSUPPORTED, "'%s' has no parameter '%.*s'", o->row->name,
                       STR_ARG(str_utf8_clip(name, 60)));
    }
    if (!type_fits(o->op->arena, p.type, parameter))
        return err_set(e, ERR_INVALID, "the parameter '%.*s' is a %.*s", STR_ARG(p.name), STR_ARG(p.type));
    return true;
}

static size_t count(const struct operation *o, struct str name)
{
    const struct fhir_node *list = fhir_member(o->in, "parameter");
    size_t n = 0;
    for (const struct fhir_node *p = list ? list->first : NULL; p; p = p->next)
        n += str_eq(fhir_text(p, "name"), name);
    return n;
}

static bool check_counts(const struct operation *o, struct err *e)
{
    struct str rest = str_of(o->row->in);
    struct operation_param p;
    while (operation_param_next(&rest, &p)) {
        size_t n = count(o, p.name);
        if (!n && p.required)
            return err_set(e, ERR_INVALID, "'%s' needs the parameter '%.*s'", o->row->name, STR_ARG(p.name));
        if (n > 1 && !p.repeats)
            return err_set(e, ERR_INVALID, "the parameter '%.*s' is given once", STR_ARG(p.name));
    }
    return true;
}

/* What is no resource is checked as a Parameters body is; resources are their handlers' matter ($validate wants
 * faulty ones). */
static bool check_values(struct operation *o, struct err *e)
{
    struct arena *a = o->op->arena;
    struct fhir_issues issues = {.arena = a};
    struct fhir_node *copy = fhir_new(a, "Parameters"), *list = NULL;
    const struct fhir_node *given = fhir_member(o->in, "parameter");
    for (const struct fhir_node *p = given ? given->first : NULL; p; p = p->next) {
        if (fhir_member(p, "resource"))
            continue;
        list = list ? list : fhir_add_array(a, copy, "parameter");
        fhir_add_node(list, fhir_copy(a, p));
    }
    return fhir_check(copy, &issues) || outcome_refuse(o->h, &issues, e);
}

bool operation_read(struct operation *o, struct err *e)
{
    o->in = fhir_new(o->op->arena, "Parameters");
    if (!read_body(o, e) || !read_query(o, e))
        return false;
    const struct fhir_node *list = fhir_member(o->in, "parameter");
    for (const struct fhir_node *p = list ? list->first : NULL; p; p = p->next)
        if (!check_declared(o, p, e))
            return false;
    return check_counts(o, e) && check_values(o, e);
}

/* ---- looking into them ---- */

const struct fhir_node *operation_parameter(const struct fhir_node *params, const char *name, size_t i)
{
    const struct fhir_node *list = fhir_member(params, "parameter");
    if (!list)
        list = fhir_member(params, "part");
    for (const struct fhir_node *p = list ? list->first : NULL; p; p = p->next)
        if (str_is(fhir_text(p, "name"), name) && !i--)
            return p;
    return NULL;
}

const struct fhir_node *operation_value(const struct fhir_node *params, const char *name)
{
    const struct fhir_node *p = operation_parameter(params, name, 0);
    for (const struct fhir_node *m = p ? p->first : NULL; m; m = m->next)
        if (str_starts(m->key, "value") || str_is(m->key, "resource"))
            return m;
    return NULL;
}

struct str operation_text(const struct operation *o, const char *name)
{
    const struct fhir_node *v = operation_value(o->in, name);
    return v && v->kind != FHIR_OBJECT ? v->text : STR_NONE;
}

bool operation_bool(const struct operation *o, const char *name, bool if_absent)
{
    struct str text = operation_text(o, name);
    return text.n ? str_is(text, "true") : if_absent;
}

int64_t operation_int(const struct operation *o, const char *name, int64_t if_absent)
{
    int64_t n;
    return str_int(operation_text(o, name), &n) ? n : if_absent;
}

bool operation_resource(struct operation *o, const char *name, struct fhir_node **ret_node, struct err *e)
{
    const struct fhir_node *p = operation_parameter(o->in, name, 0);
    struct fhir_issues issues = {.arena = o->op->arena};
    *ret_node = NULL;
    for (struct fhir_node *m = p ? p->first : NULL; m; m = m->next) {
        if (!str_is(m->key, "resource"))
            continue;
        if (!fhir_check(m, &issues))
            return outcome_refuse(o->h, &issues, e);
        *ret_node = m;
    }
    return true;
}
