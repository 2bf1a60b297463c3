/* The rows of operations.def, printed: for people, for the CapabilityStatement, as OperationDefinitions. */
#include "fhir/rest/operation_priv.h"

#include <string.h>

#include "base/json.h"

static const struct {
    unsigned bit;
    const char *name;
} levels[] = {{AT_SYSTEM, "system"}, {AT_TYPE, "type"}, {AT_INSTANCE, "instance"}, {AT_VERSION, "version"}};

void fhir_operations_describe(struct buf *b)
{
    buf_puts(b, "| operation | levels | types | methods | permission | audit event | parameters | answer |\n"
                "|---|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < operation_row_count; i++) {
        const struct operation_row *r = &operation_rows[i];
        buf_printf(b, "| %s |", r->name);
        for (size_t l = 0; l < sizeof levels / sizeof levels[0]; l++)
            if (r->levels & levels[l].bit)
                buf_printf(b, " %s", levels[l].name);
        buf_printf(b, " | %s | %s%s | %s | %s | %s | %s |\n", r->types, r->methods & BY_GET ? "GET " : "",
                   r->methods & BY_POST ? "POST" : "", auth_permission_name(r->permission), audit_kind_name(r->audit),
                   r->in, r->out);
    }
}

struct str operation_id(struct arena *a, const struct operation_row *row)
{
    struct str types = str_of(row->types);
    if (row->official[0])
        return str_of(row->official);
    if (!types.n || str_is(types, "*"))
        return arena_printf(a, "isocentre-%s", row->name + 1);
    return arena_printf(a, "%.*s-%s", STR_ARG(str_sub(types, 0, str_find(types, ','))), row->name + 1);
}

static bool lists_type(const struct operation_row *row, struct str type)
{
    struct str rest = str_of(row->types), one;
    if (strcmp(row->types, "*") == 0)
        return true;
    while (str_next(&rest, ',', &one))
        if (str_eq(one, type))
            return true;
    return false;
}

static bool belongs(const struct operation_row *row, struct str type)
{
    if (!type.n)
        return row->levels & AT_SYSTEM;
    return (row->levels & ~(unsigned)AT_SYSTEM) && lists_type(row, type);
}

static struct str definition_url(const struct op *op, const struct operation_row *row)
{
    if (row->official[0])
        return arena_printf(op->arena, "http://hl7.org/fhir/OperationDefinition/%s", row->official);
    return arena_printf(op->arena, "%.*s/OperationDefinition/%.*s", STR_ARG(fhir_base(op)),
                        STR_ARG(operation_id(op->arena, row)));
}

void operation_put_list(struct buf *b, const struct op *op, struct str type)
{
    bool any = false;
    for (int i = 0; i < operation_row_count; i++) {
        const struct operation_row *row = &operation_rows[i];
        if (!belongs(row, type))
            continue;
        if (!any) {
            json_put_name(b, "operation");
            buf_putc(b, '[');
        }
        any = true;
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "name", str_of(row->name + 1));
        json_put_field(b, "definition", definition_url(op, row));
        buf_putc(b, '}');
    }
    if (any)
        buf_putc(b, ']');
}

/* ---- OperationDefinition ---- */

static void put_parameters(struct buf *b, const char *list, const char *use)
{
    struct str rest = str_of(list);
    struct operation_param p;
    while (operation_param_next(&rest, &p)) {
        json_put_comma(b);
        buf_putc(b, '{');
        json_put_field(b, "name", p.name);
        json_put_field(b, "use", str_of(use));
        json_put_int(b, "min", p.required);
        json_put_field(b, "max", p.repeats ? STR("*") : STR("1"));
        if (!str_is(p.type, "parts"))
            json_put_field(b, "type", str_is(p.type, "any") ? STR("Element") : p.type);
        else /* a parameter of parts names at least one */
            buf_puts(b, ",\"part\":[{\"name\":\"name\",\"use\":\"in\",\"min\":0,\"max\":\"*\",\"type\":\"Element\"}]");
        buf_putc(b, '}');
    }
}

static void put_types(struct buf *b, const char *types)
{
    struct str rest = strcmp(types, "*") == 0 ? STR("Resource") : str_of(types), one;
    if (!rest.n)
        return;
    json_put_name(b, "resource");
    buf_putc(b, '[');
    while (str_next(&rest, ',', &one)) {
        json_put_comma(b);
        json_put_str(b, one);
    }
    buf_putc(b, ']');
}

static void put_name(struct buf *b, const char *name)
{
    bool upper = true;
    json_put_name(b, "name");
    buf_putc(b, '"');
    for (const char *p = name + 1; *p; p++) {
        if (*p != '-')
            buf_putc(b, upper ? (char)(*p & ~0x20) : *p);
        upper = *p == '-';
    }
    buf_putc(b, '"');
}

/* Rows of one id are one definition: its levels are theirs, its parameters those of the row that has most. */
static unsigned levels_of(struct arena *a, const struct operation_row *row, const char **ret_in)
{
    unsigned all = 0;
    struct str id = operation_id(a, row);
    *ret_in = row->in;
    for (int i = 0; i < operation_row_count; i++) {
        if (!str_eq(operation_id(a, &operation_rows[i]), id))
            continue;
        all |= operation_rows[i].levels;
        if (strlen(operation_rows[i].in) > strlen(*ret_in))
            *ret_in = operation_rows[i].in;
    }
    return all;
}

void operation_put_definition(struct buf *b, const struct op *op, const struct operation_row *row)
{
    const char *in;
    unsigned at = levels_of(op->arena, row, &in);
    buf_puts(b, "{\"resourceType\":\"OperationDefinition\"");
    json_put_field(b, "id", operation_id(op->arena, row));
    json_put_field(b, "url", definition_url(op, row));
    put_name(b, row->name);
    json_put_field(b, "status", STR("active"));
    json_put_field(b, "kind", STR("operation"));
    json_put_bool(b, "affectsState", row->tx == GATE_WRITE && !(row->methods & BY_GET));
    json_put_field(b, "code", str_of(row->name + 1));
    put_types(b, row->types);
    json_put_bool(b, "system", at & AT_SYSTEM);
    json_put_bool(b, "type", at & AT_TYPE);
    json_put_bool(b, "instance", at & (AT_INSTANCE | AT_VERSION));
    if (in[0] || row->out[0]) {
        json_put_name(b, "parameter");
        buf_putc(b, '[');
        put_parameters(b, in, "in");
        put_parameters(b, row->out, "out");
        buf_putc(b, ']');
    }
    buf_putc(b, '}');
}
