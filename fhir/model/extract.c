/* Running search programs (see tables_priv.h) over a resource. */
#include "fhir/model/path_priv.h"
#include "fhir/model/reference_priv.h"
#include "fhir/model/tables_priv.h"

#include <string.h>

struct extraction {
    const struct fhir_search_param *param;
    fhir_value_found found;
    void *ctx;
    struct err *e;
};

/* How values of one type are told for one kind of parameter. */
typedef bool (*teller)(struct extraction *x, const struct fhir_node *n);

static bool tell(struct extraction *x, struct str system, struct str text, struct str text2)
{
    struct fhir_value v = {system, text, text2};
    return x->found(x->ctx, x->param, &v, x->e);
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
    return !code.n || tell(x, fhir_text(n, "system"), code, STR_NONE);
}

static bool tell_concept(struct extraction *x, const struct fhir_node *n)
{
    const struct fhir_node *codings = fhir_member(n, "coding");
    for (const struct fhir_node *coding = codings ? codings->first : NULL; coding; coding = coding->next)
        if (!tell_coding(x, coding))
            return false;
    return true;
}

static bool tell_identifier(struct extraction *x, const struct fhir_node *n)
{
    struct str value = fhir_text(n, "value");
    return !value.n || tell(x, fhir_text(n, "system"), value, STR_NONE);
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
    static const char *const parts[] = {"text",  "line",       "city",    "district",
                                        "state", "postalCode", "country", NULL};
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
static bool tell_quantity(struct extraction *x, const struct fhir_node *n)
{
    struct str value = fhir_text(n, "value"), unit = fhir_text(n, "code");
    return !value.n || tell(x, fhir_text(n, "system"), value, unit.n ? unit : fhir_text(n, "unit"));
}

static bool tell_money(struct extraction *x, const struct fhir_node *n)
{
    struct str value = fhir_text(n, "value");
    return !value.n || tell(x, STR("urn:iso:std:iso:4217"), value, fhir_text(n, "currency"));
}

/* ---- reference ---- */
static bool tell_reference(struct extraction *x, const struct fhir_node *n)
{
    struct str text = n->kind == FHIR_STRING ? n->text : fhir_text(n, "reference");
    return !text.n || text.p[0] == '#' || tell(x, STR_NONE, text, STR_NONE);
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
    {FHIR_SEARCH_QUANTITY, FHIR_T_Money, tell_money},
    {FHIR_SEARCH_REFERENCE, FHIR_T_Reference, tell_reference},
    {FHIR_SEARCH_REFERENCE, FHIR_T_canonical, tell_reference},
    {FHIR_SEARCH_REFERENCE, FHIR_T_uri, tell_reference},
};

static bool tell_leaf(struct extraction *x, const struct fhir_node *n, unsigned type)
{
    for (size_t i = 0; i < sizeof tellers / sizeof tellers[0]; i++)
        if (tellers[i].kind == x->param->kind && tellers[i].type == type)
            return tellers[i].tell(x, n);
    return tell_primitive(x, n);
}

/* ---- the machine ---- */
static struct str word_text(uint16_t word)
{
    return fhir_pooled(fhir_search_pool, word);
}

static bool has_extension(const struct fhir_node *n, struct str url)
{
    const struct fhir_node *all = fhir_member(n, "extension");
    for (const struct fhir_node *ext = all ? all->first : NULL; ext; ext = ext->next)
        if (str_eq(fhir_text(ext, "url"), url))
            return true;
    return false;
}

static bool refers_to(const struct fhir_node *n, struct str type)
{
    struct str named = fhir_reference_type(fhir_text(n, "reference"));
    return str_eq(named.n ? named : fhir_text(n, "type"), type);
}

static bool tell_not_false(struct extraction *x, const struct fhir_node *n, const uint16_t *w)
{
    bool yes = false;
    for (unsigned i = 0; i < w[1]; i++) {
        const struct fhir_node *m = fhir_member_of(n, word_text(w[2 + i]));
        yes = yes || (m && !(m->kind == FHIR_BOOL && str_is(m->text, "false")));
    }
    return tell_text(x, yes ? STR("true") : STR("false"));
}

static bool run(struct extraction *x, const struct fhir_node *n, const uint16_t *w);

static bool run_step(struct extraction *x, const struct fhir_node *n, const uint16_t *w)
{
    const struct fhir_node *m = fhir_member_of(n, word_text(w[1]));
    const uint16_t *next = w + 2;
    int wanted = -1, at = 0;
    if (*next == FHIR_OP_INDEX) {
        wanted = next[1];
        next += 2;
    }
    if (!m || m->kind != FHIR_ARRAY)
        return !m || wanted > 0 || run(x, m, next);
    for (const struct fhir_node *item = m->first; item; item = item->next, at++)
        if ((wanted < 0 || wanted == at) && !run(x, item, next))
            return false;
    return true;
}

/* One alternative, from the word w on, at the node n. */
static bool run(struct extraction *x, const struct fhir_node *n, const uint16_t *w)
{
    for (;;) {
        switch (*w) {
        case FHIR_OP_STEP:
            return run_step(x, n, w);
        case FHIR_OP_EQUALS: {
            const struct fhir_node *m = fhir_member_of(n, word_text(w[1]));
            if (!m || !str_eq(m->text, word_text(w[2])))
                return true;
            w += 3;
            break;
        }
        case FHIR_OP_RESOLVE:
            if (!refers_to(n, word_text(w[1])))
                return true;
            w += 2;
            break;
        case FHIR_OP_HAS_EXTENSION:
            if (!has_extension(n, word_text(w[1])))
                return true;
            w += 2;
            break;
        case FHIR_OP_NOT_FALSE:
            return tell_not_false(x, n, w);
        default:
            return tell_leaf(x, n, w[1]);
        }
    }
}

static const uint16_t *next_alternative(const uint16_t *w)
{
    for (;;) {
        switch (*w) {
        case FHIR_OP_EQUALS:
            w += 3;
            break;
        case FHIR_OP_NOT_FALSE:
            return w + 2 + w[1];
        case FHIR_OP_LEAF:
            return w + 2;
        default:
            w += 2;
        }
    }
}

bool fhir_extract(const struct fhir_node *resource, fhir_value_found found, void *ctx, struct err *e)
{
    struct str type = fhir_text(resource, "resourceType");
    const struct fhir_search_param *p = NULL;
    for (int i = 0; (p = fhir_search_param_at(type, i)); i++) {
        struct extraction x = {p, found, ctx, e};
        for (const uint16_t *w = p->program; *w != FHIR_OP_END; w = next_alternative(w))
            if (!run(&x, resource, w))
                return false;
    }
    return true;
}
