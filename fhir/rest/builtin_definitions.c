/* What the built-in definitions are printed from. */
#include "fhir/rest/builtin_priv.h"

#include <string.h>

#include "base/json.h"
#include "fhir/model/structure.h"
#include "fhir/rest/operation_priv.h"

#define SPEC "http://hl7.org/fhir/SearchParameter/"

enum { PARAMETERS_ROOM = 2500, BASES_MAX = 160, ID_MAX = 64 };

/* ---- SearchParameter: one document an address, however many types have the parameter ---- */

struct parameter {
    const char *url, *code;
    enum fhir_search_kind kind;
    const struct fhir_search_param *row; /* of its first base; NULL for what the server itself looks at */
    const char *base[BASES_MAX];
    const struct fhir_search_param *rows[BASES_MAX];
    size_t bases;
};

static struct parameter *find(struct parameter **list, size_t n, const char *url)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i]->url, url) == 0)
            return list[i];
    return NULL;
}

static void take(struct arena *a, struct parameter **list, size_t *n, const char *type,
                 const struct fhir_search_param *p)
{
    struct parameter *known = find(list, *n, p->url);
    bool common = p->code[0] == '_';
    if (!known && *n < PARAMETERS_ROOM) {
        known = list[(*n)++] = ARENA_NEW(a, struct parameter);
        *known = (struct parameter){.url = p->url, .code = p->code, .kind = p->kind, .row = p};
    }
    if (!known || known->bases == BASES_MAX || (common && known->bases))
        return;
    known->rows[known->bases] = p;
    known->base[known->bases++] = common ? "Resource" : type;
}

static void take_own(struct arena *a, struct parameter **list, size_t *n, const struct parameter *own)
{
    struct parameter *p = list[(*n)++] = ARENA_NEW(a, struct parameter);
    *p = *own;
    p->bases = 1;
}

/* What metadata.c lists and no table holds. */
static const struct parameter own[] = {
    {.url = SPEC "Resource-id", .code = "_id", .kind = FHIR_SEARCH_TOKEN, .base = {"Resource"}},
    {.url = SPEC "Resource-lastUpdated", .code = "_lastUpdated", .kind = FHIR_SEARCH_DATE, .base = {"Resource"}},
    {.url = SPEC "DomainResource-text", .code = "_text", .kind = FHIR_SEARCH_STRING, .base = {"DomainResource"}},
    {.url = SPEC "Resource-content", .code = "_content", .kind = FHIR_SEARCH_STRING, .base = {"Resource"}},
};

static struct parameter **all_parameters(struct arena *a, size_t *ret_n)
{
    static struct parameter **list;
    static size_t n;
    if (!list) { /* under the lock of builtin.c, once */
        list = ARENA_ARRAY(a, struct parameter *, PARAMETERS_ROOM + sizeof own / sizeof own[0]);
        for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
            take_own(a, list, &n, &own[i]);
        for (int t = 0; fhir_resource_name(t); t++) {
            const struct fhir_search_param *p;
            const char *type = fhir_resource_name(t);
            for (int i = 0; (p = fhir_search_builtin_at(str_of(type), i)) != NULL; i++) /* the site's are documents */
                if (strcmp(type, "AuditEvent") != 0 || search_events_by(p->code))
                    take(a, list, &n, type, p);
        }
    }
    *ret_n = n;
    return list;
}

bool builtin_parameter_at(struct arena *a, int i, struct str *ret_id, const void **ret_of)
{
    size_t n;
    struct parameter **list = all_parameters(a, &n);
    if (i < 0 || (size_t)i >= n)
        return false;
    const char *slash = strrchr(list[i]->url, '/');
    *ret_id = str_utf8_clip(str_of(slash ? slash + 1 : list[i]->url), ID_MAX);
    *ret_of = list[i];
    return true;
}

static void put_list(struct buf *b, const char *name, struct str items)
{
    struct str one;
    if (!items.n)
        return;
    json_put_name(b, name);
    buf_putc(b, '[');
    while (str_next(&items, ',', &one)) {
        json_put_comma(b);
        json_put_str(b, one);
    }
    buf_putc(b, ']');
}

static void put_expression(struct buf *b, const struct parameter *p)
{
    const char *last = "";
    size_t n = 0;
    for (size_t i = 0; i < p->bases; i++) {
        const char *expression = p->rows[i] ? p->rows[i]->expression : "";
        if (!expression || !expression[0] || strcmp(expression, last) == 0)
            continue;
        buf_puts(b, n++ ? " | " : ",\"expression\":\"");
        for (const char *c = last = expression; *c; c++) {
            if (*c == '"' || *c == '\\')
                buf_putc(b, '\\');
            buf_putc(b, *c);
        }
    }
    if (n)
        buf_putc(b, '"');
}

void builtin_parameter_put(const struct op *op, const void *of, bool head, struct buf *b)
{
    static const char *const modifiers[] = {[FHIR_SEARCH_TOKEN] = "missing,text,not,in,not-in,below,above,ofType",
                                            [FHIR_SEARCH_STRING] = "missing,exact,contains",
                                            [FHIR_SEARCH_REFERENCE] = "missing,type,identifier,text",
                                            [FHIR_SEARCH_URI] = "missing,below,above",
                                            [FHIR_SEARCH_SPECIAL] = ""};
    static const char comparators[] = "eq,ne,gt,lt,ge,le,sa,eb,ap";
    const struct parameter *p = of;
    struct str id;
    const char *slash = strrchr(p->url, '/');
    bool ordered = p->kind == FHIR_SEARCH_DATE || p->kind == FHIR_SEARCH_NUMBER || p->kind == FHIR_SEARCH_QUANTITY;
    (void)op;
    (void)head;
    id = str_utf8_clip(str_of(slash ? slash + 1 : p->url), ID_MAX);
    buf_puts(b, "{\"resourceType\":\"SearchParameter\"");
    json_put_field(b, "id", id);
    json_put_field(b, "url", str_of(p->url));
    json_put_field(b, "name", str_of(p->code));
    json_put_field(b, "status", STR("active"));
    json_put_name(b, "description");
    buf_printf(b, "\"what this server searches by '%s'\"", p->code);
    json_put_field(b, "code", str_of(p->code));
    json_put_name(b, "base");
    buf_putc(b, '[');
    for (size_t i = 0; i < p->bases; i++) {
        json_put_comma(b);
        json_put_str(b, str_of(p->base[i]));
    }
    buf_putc(b, ']');
    json_put_field(b, "type", str_of(search_kind_name(p->kind)));
    put_expression(b, p);
    put_list(b, "target", str_of(p->row && p->row->targets ? p->row->targets : ""));
    json_put_bool(b, "multipleOr", true);
    json_put_bool(b, "multipleAnd", true);
    put_list(b, "comparator", str_of(ordered ? comparators : ""));
    const char *own = (size_t)p->kind < sizeof modifiers / sizeof modifiers[0] ? modifiers[p->kind] : NULL;
    put_list(b, "modifier", str_of(own ? own : ordered ? "missing" : ""));
    buf_putc(b, '}');
}

/* ---- OperationDefinition: rows of one id are one document ---- */

static bool is_first(struct arena *a, int i)
{
    for (int j = 0; j < i; j++)
        if (str_eq(operation_id(a, &operation_rows[j]), operation_id(a, &operation_rows[i])))
            return false;
    return true;
}

bool builtin_operation_at(struct arena *a, int i, struct str *ret_id, const void **ret_of)
{
    for (int row = 0; row < operation_row_count; row++) {
        if (!is_first(a, row) || i--)
            continue;
        *ret_id = operation_id(a, &operation_rows[row]);
        *ret_of = &operation_rows[row];
        return true;
    }
    return false;
}

void builtin_operation_put(const struct op *op, const void *of, bool head, struct buf *b)
{
    (void)head;
    operation_put_definition(b, op, of);
}

/* ---- StructureDefinition ---- */

bool builtin_structure_at(struct arena *a, int i, struct str *ret_id, const void **ret_of)
{
    struct str name = fhir_structure_name(i);
    if (!name.p)
        return false;
    *ret_id = name;
    *ret_of = arena_cstr(a, name);
    return true;
}

void builtin_structure_put(const struct op *op, const void *of, bool head, struct buf *b)
{
    (void)op;
    fhir_structure_put(str_of(of), head, b);
}
