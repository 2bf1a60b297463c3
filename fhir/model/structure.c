#include "fhir/model/structure.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "fhir/model/tables_priv.h"

#define PROFILE "http://hl7.org/fhir/StructureDefinition/"

enum { PATH_MAX_CHARS = 256 };

struct str fhir_structure_name(int i)
{
    for (int t = 0; t < FHIR_TYPES; t++)
        if (fhir_types[t].sort != FHIR_SORT_BACKBONE && !i--)
            return fhir_type_name(&fhir_types[t]);
    return STR_NONE;
}

/* ---- elements ---- */

struct path {
    char text[PATH_MAX_CHARS];
    size_t n;
};

static struct path path_of(struct str first, struct str name, bool choice)
{
    struct path p = {.n = 0};
    const struct str parts[] = {first, STR("."), name, choice ? STR("[x]") : STR("")};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t n = parts[i].n < sizeof p.text - p.n ? parts[i].n : sizeof p.text - p.n;
        memcpy(p.text + p.n, parts[i].p, n);
        p.n += n;
    }
    return p;
}

static struct str view(const struct path *p)
{
    return (struct str){p->text, p->n};
}

/* Where the element was defined first: Resource.id of Patient.id. */
static struct path base_of(const struct fhir_type *t, const struct fhir_elem *el, struct str own)
{
    struct path p = {.n = 0};
    for (const struct fhir_type *b = t; b != &fhir_types[b->base];) {
        b = &fhir_types[b->base];
        if (fhir_elem_find(b, fhir_elem_name(el)))
            p = path_of(fhir_type_name(b), fhir_elem_name(el), false);
    }
    if (!p.n) {
        p.n = own.n < sizeof p.text ? own.n : sizeof p.text;
        memcpy(p.text, own.p, p.n);
    }
    return p;
}

static void open_element(struct buf *b, struct str path)
{
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "id", path);
    json_put_field(b, "path", path);
    json_put_name(b, "definition");
    buf_printf(b, "\"%.*s, as FHIR R4 defines it\"", STR_ARG(path));
}

static void put_cardinality(struct buf *b, int min, bool array, struct str base)
{
    struct str max = array ? STR("*") : STR("1");
    json_put_int(b, "min", min);
    json_put_field(b, "max", max);
    json_put_name(b, "base");
    buf_putc(b, '{');
    json_put_field(b, "path", base);
    json_put_int(b, "min", min);
    json_put_field(b, "max", max);
    buf_putc(b, '}');
}

static void put_type(struct buf *b, const struct fhir_elem *el)
{
    const struct fhir_type *t = fhir_elem_type(el);
    if (t->sort == FHIR_SORT_BACKBONE)
        t = &fhir_types[t->base];
    json_put_comma(b);
    buf_putc(b, '{');
    json_put_field(b, "code", fhir_type_name(t));
    if (el->targets) {
        json_put_name(b, "targetProfile");
        buf_putc(b, '[');
        for (const uint16_t *p = &fhir_target_lists[el->targets]; *p; p++) {
            json_put_comma(b);
            buf_printf(b, "\"" PROFILE "%.*s\"", STR_ARG(fhir_type_name(&fhir_types[*p - 1])));
        }
        buf_putc(b, ']');
    }
    buf_putc(b, '}');
}

static void put_binding(struct buf *b, const struct fhir_elem *el)
{
    if (!el->binding || (el->flags & FHIR_ELEM_EXTENSIBLE))
        return;
    json_put_name(b, "binding");
    buf_putc(b, '{');
    json_put_field(b, "strength", STR("required"));
    json_put_field(b, "valueSet", fhir_pooled(fhir_value_set_pool, fhir_code_sets[el->binding - 1].url));
    buf_putc(b, '}');
}

static void put_flags(struct buf *b, const struct fhir_elem *el)
{
    if (el->flags & FHIR_ELEM_MODIFIER) {
        json_put_bool(b, "isModifier", true);
        json_put_field(b, "isModifierReason", STR("it changes what the rest of the resource means"));
    }
    if (el->flags & FHIR_ELEM_SUMMARY)
        json_put_bool(b, "isSummary", true);
}

static int by_order(const void *a, const void *b)
{
    const struct fhir_elem *x = *(const struct fhir_elem *const *)a, *y = *(const struct fhir_elem *const *)b;
    return x->order != y->order ? (x->order < y->order ? -1 : 1) : (x < y ? -1 : 1);
}

static void put_elements(struct buf *b, const struct fhir_type *t, struct str path);

/* One element: a plain one, or all forms of a choice. */
static void put_element(struct buf *b, const struct fhir_type *t, const struct fhir_elem *const *forms, size_t n,
                        struct str parent)
{
    const struct fhir_elem *el = forms[0];
    const struct fhir_type *type = fhir_elem_type(el);
    struct str name = fhir_elem_name(el);
    if (el->choice)
        name = str_sub(name, 0, name.n - fhir_type_name(type).n);
    struct path path = path_of(parent, name, el->choice != 0);
    struct path base = base_of(t, el, view(&path));
    bool own = type->sort == FHIR_SORT_BACKBONE && str_eq(fhir_type_name(type), view(&path));
    open_element(b, view(&path));
    put_cardinality(b, el->min, el->flags & FHIR_ELEM_ARRAY, view(&base));
    if (type->sort == FHIR_SORT_BACKBONE && !own) {
        json_put_name(b, "contentReference");
        buf_printf(b, "\"#%.*s\"", STR_ARG(fhir_type_name(type)));
    } else {
        json_put_name(b, "type");
        buf_putc(b, '[');
        for (size_t i = 0; i < n; i++)
            put_type(b, forms[i]);
        buf_putc(b, ']');
    }
    put_flags(b, el);
    put_binding(b, el);
    buf_putc(b, '}');
    if (own)
        put_elements(b, type, view(&path));
}

static void put_elements(struct buf *b, const struct fhir_type *t, struct str path)
{
    const struct fhir_elem *rows[FHIR_TYPE_ROWS_MAX];
    for (size_t i = 0; i < t->count; i++)
        rows[i] = &fhir_elems[t->first + i];
    qsort(rows, t->count, sizeof rows[0], by_order);
    for (size_t i = 0, n; i < t->count; i += n) {
        for (n = 1; rows[i]->choice && i + n < t->count && rows[i + n]->choice == rows[i]->choice; n++)
            ;
        put_element(b, t, &rows[i], n, path);
    }
}

/* ---- primitives: the tables have their formats, not their elements ---- */

static const char *system_type(enum fhir_format f)
{
    static const struct {
        enum fhir_format format;
        const char *name;
    } rows[] = {
        {FHIR_FORMAT_boolean, "Boolean"},     {FHIR_FORMAT_date, "Date"},           {FHIR_FORMAT_dateTime, "DateTime"},
        {FHIR_FORMAT_instant, "DateTime"},    {FHIR_FORMAT_decimal, "Decimal"},     {FHIR_FORMAT_integer, "Integer"},
        {FHIR_FORMAT_positiveInt, "Integer"}, {FHIR_FORMAT_unsignedInt, "Integer"}, {FHIR_FORMAT_time, "Time"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].format == f)
            return rows[i].name;
    return "String";
}

static void put_plain(struct buf *b, struct str type, const char *name, const char *code, bool array)
{
    struct path path = path_of(type, str_of(name), false), base = path;
    if (strcmp(name, "value") != 0)
        base = path_of(STR("Element"), str_of(name), false);
    open_element(b, view(&path));
    put_cardinality(b, 0, array, view(&base));
    buf_printf(b, ",\"type\":[{\"code\":\"%s\"}]}", code);
}

static void put_primitive(struct buf *b, const struct fhir_type *t)
{
    char code[64] = "http://hl7.org/fhirpath/System.";
    str_copy(code + strlen(code), sizeof code - strlen(code), str_of(system_type((enum fhir_format)t->format)));
    put_plain(b, fhir_type_name(t), "id", "string", false);
    put_plain(b, fhir_type_name(t), "extension", "Extension", true);
    put_plain(b, fhir_type_name(t), "value", code, false);
}

/* ---- the whole ---- */

static void put_snapshot(struct buf *b, const struct fhir_type *t)
{
    struct str name = fhir_type_name(t);
    json_put_name(b, "snapshot");
    buf_puts(b, "{\"element\":[");
    open_element(b, name);
    put_cardinality(b, 0, true, name);
    buf_putc(b, '}');
    if (t->sort == FHIR_SORT_PRIMITIVE)
        put_primitive(b, t);
    else
        put_elements(b, t, name);
    buf_puts(b, "]}");
}

void fhir_structure_put(struct str type, bool head, struct buf *b)
{
    const struct fhir_type *t = fhir_type_find(type);
    if (!t)
        return;
    bool resource = fhir_type_is_resource(t), root = t == &fhir_types[t->base];
    buf_puts(b, "{\"resourceType\":\"StructureDefinition\"");
    json_put_field(b, "id", type);
    json_put_name(b, "url");
    buf_printf(b, "\"" PROFILE "%.*s\"", STR_ARG(type));
    json_put_field(b, "version", STR("4.0.1"));
    json_put_field(b, "name", type);
    json_put_field(b, "status", STR("active"));
    json_put_field(b, "fhirVersion", STR("4.0.1"));
    json_put_field(b, "kind",
                   resource                         ? STR("resource")
                   : t->sort == FHIR_SORT_PRIMITIVE ? STR("primitive-type")
                                                    : STR("complex-type"));
    json_put_bool(b, "abstract", t->sort == FHIR_SORT_ABSTRACT);
    json_put_field(b, "type", type);
    if (!root) {
        json_put_name(b, "baseDefinition");
        buf_printf(b, "\"" PROFILE "%.*s\"", STR_ARG(fhir_type_name(&fhir_types[t->base])));
        json_put_field(b, "derivation", STR("specialization"));
    }
    if (!head)
        put_snapshot(b, t);
    buf_putc(b, '}');
}
