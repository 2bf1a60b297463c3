/* Finding an operation's row, and running it. */
#include "fhir/rest/operation_priv.h"
#include "fhir/rest/search_priv.h"

#include <string.h>

const struct operation_row operation_rows[] = {
#define OPERATION(name, levels, types, methods, permission, audit, tx, body, in, out, official, handler) \
    {name, levels, types, methods, permission, audit, GATE_##tx, body, in, out, official, handler},
#include "fhir/rest/operations.def"
#undef OPERATION
};
const int operation_row_count = sizeof operation_rows / sizeof operation_rows[0];

static bool row_takes_type(const struct operation_row *row, unsigned level, struct str type)
{
    struct str rest = str_of(row->types), one;
    if (level == AT_SYSTEM || strcmp(row->types, "*") == 0)
        return true;
    while (str_next(&rest, ',', &one))
        if (str_eq(one, type))
            return true;
    return false;
}

static bool is_name(const struct operation_row *row, struct str name)
{
    if (name.n && name.p[0] == '$')
        name = str_sub(name, 1, name.n);
    return str_is(name, row->name + 1);
}

const struct operation_row *operation_find(struct str name, unsigned level, struct str type)
{
    for (int i = 0; i < operation_row_count; i++) {
        const struct operation_row *row = &operation_rows[i];
        if (is_name(row, name) && (row->levels & level) && row_takes_type(row, level, type))
            return row;
    }
    return NULL;
}

static unsigned level_of(const struct gate_http *h)
{
    if (gate_path(h, "vid").p)
        return AT_VERSION;
    if (gate_path(h, "id").p)
        return AT_INSTANCE;
    return gate_path(h, "type").p ? AT_TYPE : AT_SYSTEM;
}

static const struct operation_row *row_of(const struct gate_http *h)
{
    return operation_find(gate_path(h, "op"), level_of(h), gate_path(h, "type"));
}

static bool is_get(const struct gate_http *h)
{
    return !str_is(h->request->method, "POST");
}

unsigned operation_methods(const struct gate_http *h)
{
    const struct operation_row *row = row_of(h);
    return row ? row->methods & (BY_GET | BY_POST) : 0;
}

bool operation_may_wait(const struct gate_http *h)
{
    const struct operation_row *row = row_of(h);
    return row && !(row->methods & GET_STARTS);
}

/* "GET /fhir/{type}/{id}/$everything" */
static const char *act_name(struct gate_http *h, const struct operation_row *row)
{
    const char *pattern = h->route->pattern;
    struct str before = str_sub(str_of(pattern), 0, str_find(str_of(pattern), '$'));
    return arena_printf(&h->request->arena, "%s %.*s%s", h->route->method, STR_ARG(before), row->name).p;
}

void operation_prepare(struct gate_http *h, struct gate_act *act)
{
    const struct operation_row *row = row_of(h);
    if (!row)
        return; /* the handler says what is wrong */
    act->request = act_name(h, row);
    act->permission = row->permission;
    act->audit = row->audit;
    act->tx = is_get(h) && row->tx == GATE_WRITE && !(row->methods & GET_STARTS) ? GATE_READ : row->tx;
}

/* Why there is no row: nobody knows the name, or not here. */
static bool refuse(struct gate_http *h, struct err *e)
{
    struct str name = str_utf8_clip(gate_path(h, "op"), 60);
    for (int i = 0; i < operation_row_count; i++)
        if (is_name(&operation_rows[i], name))
            return err_set(e, ERR_NOT_FOUND, "the operation '$%.*s' is not offered at this address", STR_ARG(name));
    return err_set(e, ERR_NOT_FOUND, "this server has no operation '$%.*s'", STR_ARG(name));
}

static bool check_method(const struct operation *o, struct err *e)
{
    if (o->row->methods & (is_get(o->h) ? BY_GET : BY_POST))
        return true;
    bool get = o->row->methods & BY_GET;
    return err_set(e, ERR_METHOD, "the operation '%s' is called by %s", o->row->name, get ? "GET" : "POST");
}

static bool check_address(struct operation *o, struct err *e)
{
    int64_t version;
    if (o->level == AT_TYPE && !answer_type(o->h, &o->type, e))
        return false;
    if ((o->level & (AT_INSTANCE | AT_VERSION)) && !answer_target(o->h, &o->type, &o->id, e))
        return false;
    if (o->level == AT_VERSION && (!str_int(o->vid, &version) || version < 1 || version > INT32_MAX))
        return err_set(e, ERR_NOT_FOUND, "a version is a number from 1");
    if (o->id.p)
        answer_about(o->op, o->type, o->id);
    else if (o->type.p)
        o->op->event->object_type = o->type;
    return true;
}

/* A body that can not be read is what such an operation was asked about. */
static bool tell_fault(struct operation *o, struct err *e)
{
    struct fhir_issues issues = {.arena = o->op->arena};
    if (o->h->response->body.n)
        return false; /* faults of the parameters were told */
    operation_issue(&issues, NULL, e);
    err_clear(e);
    return operation_answer_issues(o, &issues, e);
}

bool fhir_operation(struct op *op, struct gate_http *h, struct err *e)
{
    struct answer_form form;
    struct operation o = {.op = op, .h = h, .row = row_of(h), .level = level_of(h), .vid = gate_path(h, "vid")};
    if (!negotiate_answer(h->request, &form, e))
        return false;
    if (!o.row)
        return refuse(h, e);
    if (!check_method(&o, e) || !check_address(&o, e))
        return false;
    if (!operation_read(&o, e))
        return (o.row->methods & TELLS_FAULTS) && e->code == ERR_STRUCTURE && tell_fault(&o, e);
    bool reads = op->tx == GATE_READ; /* within a transaction others wait for, its own time counts */
    if (reads && !patience_start(op, e))
        return false;
    return o.row->handler(&o, e) ||
           (reads && patience_told(op, arena_printf(op->arena, "'%s'", o.row->name).p, "ask about less, or later", e));
}
