/* Chains: "subject:Patient.organization.name" asks what a reference leads to, "_has:Observation:patient:code" what
 * refers here. Each link is a sub-select of documents the caller may see: what is hidden can not be inferred. */
#include "fhir/search/search_priv.h"

#include "schema/queries.h"

enum { DEPTH_MAX = 8, SELECTS_MAX = 48, TARGETS_MAX = 16 };

/* One link more. A chain is bounded in length, and in what it branches into where types are not named. */
static bool enter(struct condition *c, struct err *e)
{
    if (c->sql->depth >= DEPTH_MAX)
        return condition_invalid(c->filter, "a chain has at most 8 links", e);
    if (c->sql->selects >= SELECTS_MAX)
        return condition_invalid(c->filter, "the chain branches too often: name the types, as in subject:Patient.name",
                                 e);
    c->sql->depth++;
    c->sql->selects++;
    return true;
}

/* "AND" what the documents of this type must be, as a filter of their own. */
static bool put_inner(struct condition *c, struct str type, struct str raw, struct err *e)
{
    const struct query_filter inner = query_filter(raw, c->filter->value);
    if (!enter(c, e))
        return false;
    bool ok = condition_put(c->sql, type, &inner, c->base, e);
    c->sql->depth--;
    return ok;
}

static bool has_parameter(struct str type, struct str raw)
{
    const struct query_filter first = query_filter(raw, STR(""));
    return !str_is(type, "AuditEvent") && (str_is(first.name, "_has") || condition_is_own(type, first.name) ||
                                           fhir_search_param_find(type, first.name));
}

static bool put_target(struct condition *c, struct str type, bool first, struct err *e)
{
    int place;
    if (!first)
        buf_puts(&c->sql->text, " UNION ALL");
    place = sql_text(c->sql, type);
    sql_put(c->sql, &Q_search_chain_target, &place);
    return put_inner(c, type, c->filter->chain, e);
}

/* A type on which the rest of the chain makes no sense is no target; one must make sense. */
static bool try_target(struct condition *c, struct str type, int *count, struct err *e)
{
    struct db_args before = c->sql->args;
    size_t length = c->sql->text.n;
    if (*count == TARGETS_MAX)
        return condition_invalid(c->filter, "leads to too many types: name one, as in subject:Patient.name", e);
    if (put_target(c, type, *count == 0, e)) {
        ++*count;
        return true;
    }
    if (e->code != ERR_UNSUPPORTED)
        return false;
    c->sql->args = before;
    c->sql->text.n = length;
    return true;
}

static bool put_targets(struct condition *c, int *count, struct err *e)
{
    struct str rest = str_of(c->param->targets), type, only = c->filter->modifier;
    while (rest.n && str_next(&rest, ',', &type)) {
        if ((only.n && !str_eq(only, type)) || !has_parameter(type, c->filter->chain))
            continue;
        if (!try_target(c, type, count, e))
            return false;
    }
    return true;
}

/* The type a link leads to, when there is but one. */
static struct str link_type(const struct condition *c)
{
    return c->filter->modifier.n ? c->filter->modifier : str_of(c->param->targets);
}

bool condition_chain(struct condition *c, struct err *e)
{
    int count = 0;
    bool narrow = c->sql->narrow;
    if (c->param->kind != FHIR_SEARCH_REFERENCE || !c->param->targets)
        return err_set(e, ERR_UNSUPPORTED, "'%.*s': nothing can be chained to what is no reference",
                       STR_ARG(str_utf8_clip(c->filter->raw, 60)));
    if (c->filter->modifier.n && !fhir_is_resource(c->filter->modifier))
        return condition_refuse_modifier(c->filter, e);
    c->sql->narrow = false;
    sql_put(c->sql, &Q_search_chain_open, condition_hash(c));
    if (!put_targets(c, &count, e))
        return false;
    buf_puts(&c->sql->text, "))");
    /* what few documents of one person are referred to by is little, too */
    c->sql->narrow = narrow || (c->sql->narrow && condition_is_personal(link_type(c)));
    if (count)
        err_clear(e);
    else if (e->code != ERR_UNSUPPORTED)
        err_set(e, ERR_UNSUPPORTED, "'%.*s': nothing that is led to has this parameter here",
                STR_ARG(str_utf8_clip(c->filter->raw, 60)));
    return count > 0;
}

/* ---- _has:Type:parameter:rest ---- */

static bool leads_here(const struct fhir_search_param *p, struct str type)
{
    struct str rest = p && p->kind == FHIR_SEARCH_REFERENCE ? str_of(p->targets) : STR(""), one;
    while (rest.n && str_next(&rest, ',', &one))
        if (str_eq(one, type))
            return true;
    return false;
}

bool condition_has(struct condition *c, struct err *e)
{
    struct str rest = c->filter->modifier, type, name;
    int place[2];
    if (!str_next(&rest, ':', &type) || !str_next(&rest, ':', &name) || !rest.n || !fhir_is_resource(type))
        return condition_invalid(c->filter, "is _has:Type:reference:parameter", e);
    if (str_is(type, "AuditEvent"))
        return err_set(e, ERR_UNSUPPORTED, "'%.*s': the audit trail is not joined with documents",
                       STR_ARG(str_utf8_clip(c->filter->raw, 60)));
    if (!leads_here(fhir_search_param_find(type, name), c->type))
        return err_set(e, ERR_UNSUPPORTED, "'%.*s': %.*s has no such reference to %.*s",
                       STR_ARG(str_utf8_clip(c->filter->raw, 60)), STR_ARG(type), STR_ARG(c->type));
    place[0] = sql_int(c->sql, record_param(type, name));
    place[1] = sql_text(c->sql, type);
    sql_put(c->sql, &Q_search_has_open, place);
    if (!put_inner(c, type, rest, e))
        return false;
    buf_puts(&c->sql->text, "))");
    return true;
}
