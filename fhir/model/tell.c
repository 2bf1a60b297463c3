/* How values of a datatype are told for a kind of parameter. */
#include "fhir/model/extract_priv.h"
#include "fhir/model/tables_priv.h"

#include <stdio.h>
#include <stdlib.h>

typedef bool (*teller)(struct extraction *x, const struct fhir_node *n);

static bool tell_value(struct extraction *x, struct fhir_value v)
{
    v.kind = x->kind;
    v.component = x->component;
    v.element = x->element;
    return x->found(x->ctx, x->param, &v, x->e);
}

static bool tell(struct extraction *x, struct str system, struct str text, struct str text2)
{
    return tell_value(x, (struct fhir_value){.system = system, .text = text, .text2 = text2});
}

/* Values of modifiers; components of composites take none. */
static bool tell_use(struct extraction *x, enum fhir_value_use use, struct str system, struct str text)
{
    return x->component || !text.n ||
           tell_value(
               x, (struct fhir_value){.system = system, .text = text, .use = use, .brief = use == FHIR_VALUE_OF_TYPE});
}

/* A text, or nothing when there is none. */
static bool tell_text(struct extraction *x, struct str text)
{
    return !text.n || tell(x, STR_NONE, text, STR_NONE);
}

static bool tell_primitive(struct extraction *x, const struct fhir_node *n)
{
    bool primitive = n->kind == FHIR_STRING || n->kind == FHIR_NUMBER || n->kind == FHIR_BOOL;
    return !primitive || tell_text(x, n->text);
}

static bool tell_nothing(struct extraction *x, const struct fhir_node *n)
{
    (void)x;
    (void)n;
    return true;
}

/* ---- token ---- */
static bool tell_coding(struct extraction *x, const struct fhir_node *n)
{
    struct str code = fhir_text(n, "code");
    return tell_use(x, FHIR_VALUE_TEXT, STR_NONE, fhir_text(n, "display")) &&
           (!code.n || tell(x, fhir_text(n, "system"), code, STR_NONE));
}

static bool tell_concept(struct extraction *x, const struct fhir_node *n)
{
    const struct fhir_node *codings = fhir_member(n, "coding");
    for (const struct fhir_node *coding = codings ? codings->first : NULL; coding; coding = coding->next)
        if (!tell_coding(x, coding))
            return false;
    return tell_use(x, FHIR_VALUE_TEXT, STR_NONE, fhir_text(n, "text"));
}

/* An identifier once more for each coding of its type. */
static bool tell_of_type(struct extraction *x, const struct fhir_node *n, struct str value)
{
    const struct fhir_node *codings = fhir_at(n, "type.coding");
    const struct fhir_node *coding = codings && codings->kind == FHIR_ARRAY ? codings->first : codings;
    for (; coding; coding = coding->next) {
        char type[512];
        struct str system = fhir_text(coding, "system"), code = fhir_text(coding, "code");
        int length = snprintf(type, sizeof type, "%.*s|%.*s", STR_ARG(system), STR_ARG(code));
        if (code.n && length < (int)sizeof type && !tell_use(x, FHIR_VALUE_OF_TYPE, str_of(type), value))
            return false;
    }
    return true;
}

static bool tell_identifier(struct extraction *x, const struct fhir_node *n)
{
    struct str value = fhir_text(n, "value");
    return !value.n || (tell(x, fhir_text(n, "system"), value, STR_NONE) && tell_of_type(x, n, value) &&
                        tell_use(x, FHIR_VALUE_TEXT, STR_NONE, fhir_text(n, "type.text")));
}

static bool tell_contact(struct extraction *x, const struct fhir_node *n)
{
    return tell_text(x, fhir_text(n, "value"));
}

/* ---- string ---- */
static bool tell_parts(struct extraction *x, const struct fhir_node *n, const char *const *parts)
{
    for (; *parts; parts++) {
        const struct fhir_node *m = fhir_member(n, *parts);
        bool array = m && m->kind == FHIR_ARRAY;
        for (const struct fhir_node *item = array ? m->first : m; item; item = array ? item->next : NULL)
            if (!tell_primitive(x, item))
                return false;
    }
    return true;
}

static bool tell_name(struct extraction *x, const struct fhir_node *n)
{
    static const char *const parts[] = {"text", "family", "given", "prefix", "suffix", NULL};
    return tell_parts(x, n, parts);
}

static bool tell_address(struct extraction *x, const struct fhir_node *n)
{
    static const char *const parts[] = {"text", "line", "city", "district", "state", "postalCode", "country", NULL};
    return tell_parts(x, n, parts);
}

/* ---- date: a Period gives its end even when it is open (empty, not NULL), a single date gives none ---- */
static bool tell_date(struct extraction *x, const struct fhir_node *n)
{
    return n->kind != FHIR_STRING || tell_text(x, n->text);
}

static bool tell_period(struct extraction *x, const struct fhir_node *n)
{
    struct str start = fhir_text(n, "start"), end = fhir_text(n, "end");
    return (!start.n && !end.n) || tell(x, STR_NONE, start, end.p ? end : STR(""));
}

static bool tell_timing(struct extraction *x, const struct fhir_node *n)
{
    const struct fhir_node *events = fhir_member(n, "event"), *bounds = fhir_at(n, "repeat.boundsPeriod");
    for (const struct fhir_node *event = events ? events->first : NULL; event; event = event->next)
        if (!tell_date(x, event))
            return false;
    return !bounds || tell_period(x, bounds);
}

/* ---- quantity, number ---- */
static struct str unit_of(const struct fhir_node *quantity)
{
    struct str code = fhir_text(quantity, "code");
    return code.n ? code : fhir_text(quantity, "unit");
}

/* "<5" is everything below. */
static bool tell_quantity(struct extraction *x, const struct fhir_node *n)
{
    struct str value = fhir_text(n, "value"), comparator = fhir_text(n, "comparator");
    struct fhir_value v = {.system = fhir_text(n, "system"), .text = value, .text2 = unit_of(n)};
    if (comparator.n && comparator.p[0] == '<') {
        v.text = STR("");
        v.high = value;
    } else if (comparator.n) {
        v.high = STR("");
    }
    return !value.n || tell_value(x, v);
}

static bool tell_money(struct extraction *x, const struct fhir_node *n)
{
    struct str value = fhir_text(n, "value");
    return !value.n || tell(x, STR("urn:iso:std:iso:4217"), value, fhir_text(n, "currency"));
}

static bool tell_range(struct extraction *x, const struct fhir_node *n)
{
    struct str low = fhir_text(n, "low.value"), high = fhir_text(n, "high.value");
    const struct fhir_node *unit = fhir_at(n, low.n ? "low" : "high");
    if (!low.n && !high.n)
        return true;
    return tell_value(x, (struct fhir_value){.system = fhir_text(unit, "system"),
                                             .text = low,
                                             .text2 = unit_of(unit),
                                             .high = high.n ? high : STR("")});
}

/* The numbers of SampledData.data; other words ("E", "U", "L") are none. */
static bool sample_bounds(struct str data, double *ret_low, double *ret_high)
{
    struct str one;
    bool any = false;
    while (data.n && str_next(&data, ' ', &one)) {
        char text[40], *end;
        str_copy(text, sizeof text, one);
        double value = strtod(text, &end);
        if (end == text || *end || one.n >= sizeof text || !(value > -1e300 && value < 1e300))
            continue;
        *ret_low = any && *ret_low < value ? *ret_low : value;
        *ret_high = any && *ret_high > value ? *ret_high : value;
        any = true;
    }
    return any;
}

static double number_or(const struct fhir_node *n, const char *path, double otherwise)
{
    char text[40];
    struct str s = fhir_text(n, path);
    str_copy(text, sizeof text, s);
    return s.n && s.n < sizeof text ? strtod(text, NULL) : otherwise;
}

/* Samples are a range from the lowest to the highest of them, in the unit of the origin. */
static bool tell_samples(struct extraction *x, const struct fhir_node *n)
{
    double low = 0, high = 0, factor = number_or(n, "factor", 1), origin = number_or(n, "origin.value", 0);
    char from[40], to[40];
    const struct fhir_node *unit = fhir_at(n, "origin");
    if (!unit || !sample_bounds(fhir_text(n, "data"), &low, &high))
        return true;
    snprintf(from, sizeof from, "%.12g", origin + factor * (factor < 0 ? high : low));
    snprintf(to, sizeof to, "%.12g", origin + factor * (factor < 0 ? low : high));
    return tell_value(x, (struct fhir_value){.system = fhir_text(unit, "system"),
                                             .text = str_of(from),
                                             .text2 = unit_of(unit),
                                             .high = str_of(to),
                                             .brief = true});
}

/* ---- reference ---- */
static bool tell_reference(struct extraction *x, const struct fhir_node *n)
{
    struct str text = fhir_text(n, "reference");
    const struct fhir_node *identifier = fhir_member(n, "identifier");
    return (!text.n || text.p[0] == '#' || tell(x, STR_NONE, text, STR_NONE)) &&
           (!identifier ||
            tell_use(x, FHIR_VALUE_IDENTIFIER, fhir_text(identifier, "system"), fhir_text(identifier, "value"))) &&
           tell_use(x, FHIR_VALUE_TEXT, STR_NONE, fhir_text(n, "display"));
}

/* "http://x|1.0": the address, and the version beside it. */
static bool tell_canonical(struct extraction *x, const struct fhir_node *n)
{
    struct str text = n->text;
    size_t bar = str_find(text, '|');
    if (n->kind != FHIR_STRING || !text.n || text.p[0] == '#')
        return true;
    return tell(x, bar < text.n ? str_sub(text, bar + 1, text.n) : STR_NONE, str_sub(text, 0, bar), STR_NONE);
}

/* ---- special: where a Location is ---- */
static bool tell_position(struct extraction *x, const struct fhir_node *n)
{
    static const char *const paths[] = {"latitude", "longitude"};
    struct extraction part = *x;
    part.kind = FHIR_SEARCH_NUMBER;
    for (part.component = 1; part.component <= 2; part.component++)
        if (!tell_text(&part, fhir_text(n, paths[part.component - 1])))
            return false;
    return true;
}

/* TO ADD A TYPE TO A KIND: a row here. Types without a row are told as primitives, or not at all where that
 * would be wrong (a string is no date). */
static const struct {
    enum fhir_search_kind kind;
    unsigned type;
    teller tell;
} tellers[] = {
    {FHIR_SEARCH_TOKEN, FHIR_T_Coding, tell_coding},
    {FHIR_SEARCH_TOKEN, FHIR_T_CodeableConcept, tell_concept},
    {FHIR_SEARCH_TOKEN, FHIR_T_Identifier, tell_identifier},
    {FHIR_SEARCH_TOKEN, FHIR_T_ContactPoint, tell_contact},
    {FHIR_SEARCH_STRING, FHIR_T_HumanName, tell_name},
    {FHIR_SEARCH_STRING, FHIR_T_Address, tell_address},
    {FHIR_SEARCH_DATE, FHIR_T_date, tell_date},
    {FHIR_SEARCH_DATE, FHIR_T_dateTime, tell_date},
    {FHIR_SEARCH_DATE, FHIR_T_instant, tell_date},
    {FHIR_SEARCH_DATE, FHIR_T_Period, tell_period},
    {FHIR_SEARCH_DATE, FHIR_T_Timing, tell_timing},
    {FHIR_SEARCH_DATE, FHIR_T_string, tell_nothing},
    {FHIR_SEARCH_QUANTITY, FHIR_T_Quantity, tell_quantity},
    {FHIR_SEARCH_QUANTITY, FHIR_T_Age, tell_quantity},
    {FHIR_SEARCH_QUANTITY, FHIR_T_Duration, tell_quantity},
    {FHIR_SEARCH_QUANTITY, FHIR_T_Count, tell_quantity},
    {FHIR_SEARCH_QUANTITY, FHIR_T_Distance, tell_quantity},
    {FHIR_SEARCH_QUANTITY, FHIR_T_Money, tell_money},
    {FHIR_SEARCH_QUANTITY, FHIR_T_Range, tell_range},
    {FHIR_SEARCH_QUANTITY, FHIR_T_SampledData, tell_samples},
    {FHIR_SEARCH_REFERENCE, FHIR_T_Reference, tell_reference},
    {FHIR_SEARCH_REFERENCE, FHIR_T_canonical, tell_canonical},
    {FHIR_SEARCH_REFERENCE, FHIR_T_uri, tell_canonical},
    {FHIR_SEARCH_URI, FHIR_T_canonical, tell_canonical},
    {FHIR_SEARCH_NUMBER, FHIR_T_Range, tell_range},
};

bool fhir_tell(struct extraction *x, const struct fhir_node *n, unsigned type)
{
    if (x->kind == FHIR_SEARCH_SPECIAL)
        return tell_position(x, n);
    for (size_t i = 0; i < sizeof tellers / sizeof tellers[0]; i++)
        if (tellers[i].kind == x->kind && tellers[i].type == type)
            return tellers[i].tell(x, n);
    return tell_primitive(x, n);
}

bool fhir_extract_node(const struct fhir_search_param *p, const struct fhir_node *n, const char *type,
                       fhir_value_found found, void *ctx, struct err *e)
{
    struct extraction x = {.param = p, .root = n, .kind = p->kind, .found = found, .ctx = ctx, .e = e};
    const struct fhir_type *t = fhir_type_find(str_of(type));
    return !t || fhir_tell(&x, n, (unsigned)(t - fhir_types));
}
