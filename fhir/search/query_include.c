/* _include and _revinclude: "Type:parameter[:Target]", "Type:*" and "*", with ":iterate" (or, as it was called,
 * ":recurse"). */
#include "fhir/search/search_priv.h"

static bool refuse(bool reverse, const char *why, struct err *e)
{
    return err_set(e, ERR_UNSUPPORTED, "%s %s", reverse ? "_revinclude" : "_include", why);
}

static bool leads_to(const struct fhir_search_param *p, struct str type)
{
    struct str rest = str_of(p->targets), one;
    while (rest.n && str_next(&rest, ',', &one))
        if (str_eq(one, type))
            return true;
    return false;
}

/* A step that iterates may begin at what another brought. */
static bool check(const struct query *q, const struct query_include *i, struct err *e)
{
    if (str_is(i->type, "*"))
        return (str_is(i->param, "*") && !i->target.n) || refuse(i->reverse, "is Type:parameter:Target, or *", e);
    if (!fhir_is_resource(i->type) || str_is(i->type, "AuditEvent"))
        return refuse(i->reverse, "names no type that can be joined here", e);
    if (i->target.n && !fhir_is_resource(i->target))
        return refuse(i->reverse, "names no type to lead to", e);
    if (!i->reverse && !i->iterate && !q->many && !str_eq(i->type, q->type))
        return refuse(false, "names no type that leads from here", e);
    if (str_is(i->param, "*"))
        return true;
    const struct fhir_search_param *p = fhir_search_param_find(i->type, i->param);
    if (!p || p->kind != FHIR_SEARCH_REFERENCE)
        return refuse(i->reverse, "names no reference parameter", e);
    if (i->target.n && !leads_to(p, i->target))
        return refuse(i->reverse, "names a type its parameter does not lead to", e);
    return true;
}

bool query_take_include(struct query *q, struct http_pair p, bool *ret_done, struct err *e)
{
    struct str rest = p.name, name, step = p.value;
    struct query_include i = {.type = STR(""), .param = STR(""), .target = STR("")};
    str_next(&rest, ':', &name);
    i.reverse = str_is(name, "_revinclude");
    if (!i.reverse && !str_is(name, "_include"))
        return true;
    *ret_done = true;
    i.iterate = rest.p && (str_is(rest, "iterate") || str_is(rest, "recurse"));
    if (rest.p && !i.iterate)
        return refuse(i.reverse, "takes the modifier :iterate", e);
    if (q->includes == INCLUDE_MAX)
        return err_set(e, ERR_INVALID, "a search has at most %d _include and _revinclude", INCLUDE_MAX);
    if (str_is(step, "*"))
        i.type = i.param = step;
    else if (!str_next(&step, ':', &i.type) || !str_next(&step, ':', &i.param))
        return refuse(i.reverse, "is Type:parameter or Type:parameter:Target", e);
    else if (step.p)
        i.target = step;
    if (!check(q, &i, e))
        return false;
    q->include[q->includes++] = i;
    return true;
}
