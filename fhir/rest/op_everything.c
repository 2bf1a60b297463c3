/* $everything: a patient's or an encounter's compartment, page by page in the order of row ids, each page with what
 * its documents refer to besides (people, places, devices …). */
#include "fhir/rest/operation_priv.h"

#include <string.h>

#include "fhir/rest/search_priv.h"
#include "schema/queries.h"

enum { PAGE = 500, PAGE_MAX = 1000, PARAMS_MAX = COMPARTMENT_PARAMS_MAX, TYPES_MAX = 150 };

/* The references by which a document belongs to the centre (CompartmentDefinition), and Task's, which we add. */
static const struct {
    const char *centre, *codes;
} centres[] = {
    {"Patient",
     ",patient,subject,actor,participant,performer,author,beneficiary,policy-holder,subscriber,payor,individual,"
     "member,sender,recipient,asserter,recorder,receiver,attester,source,link,"},
    {"Encounter", ",encounter,context,"},
};

static const char clinical_dates[] = ",date,period,started,authored,authored-on,authoredon,created,issued,onset-date,"
                                     "occurrence,effective,effective-time,whenhandedover,performed,";

/* What is told along with a page, whoever it belongs to. */
static bool is_support(struct str type)
{
    static const char *const types[] = {"Practitioner", "PractitionerRole", "Organization",
                                        "Location",     "Endpoint",         "Medication",
                                        "Device",       "Substance",        "HealthcareService"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_is(type, types[i]))
            return true;
    return false;
}

struct everything {
    struct operation *o;
    const char *centre; /* "Patient" */
    int64_t params[PARAMS_MAX], dates[PARAMS_MAX];
    size_t param_n, date_n;
    struct str types[TYPES_MAX];
    size_t type_n;
    int64_t start, end, since, cursor; /* INT64_MIN: not asked */
    int count;
};

static bool among(const char *list, const char *code)
{
    char text[80];
    snprintf(text, sizeof text, ",%s,", code);
    return strstr(list, text) != NULL;
}

static bool targets(const struct fhir_search_param *p, const char *centre)
{
    struct str rest = str_of(p->targets), one;
    while (rest.n && str_next(&rest, ',', &one))
        if (str_is(one, centre))
            return true;
    return false;
}

size_t operation_compartment(const char *centre, int64_t ret_params[COMPARTMENT_PARAMS_MAX])
{
    size_t n = 0;
    const char *codes = centres[strcmp(centre, "Patient") != 0].codes;
    for (int t = 0; fhir_resource_name(t); t++) {
        struct str type = str_of(fhir_resource_name(t));
        for (int i = 0; fhir_search_param_at(type, i); i++) {
            const struct fhir_search_param *p = fhir_search_param_at(type, i);
            bool leads = p->kind == FHIR_SEARCH_REFERENCE && among(codes, p->code) && targets(p, centre);
            if (leads && n < COMPARTMENT_PARAMS_MAX)
                ret_params[n++] = record_param(type, str_of(p->code));
        }
    }
    return n;
}

/* When care was given. */
static size_t clinical_params(int64_t ret_params[PARAMS_MAX])
{
    size_t n = 0;
    for (int t = 0; fhir_resource_name(t); t++) {
        struct str type = str_of(fhir_resource_name(t));
        for (int i = 0; fhir_search_param_at(type, i); i++) {
            const struct fhir_search_param *p = fhir_search_param_at(type, i);
            if (p->kind == FHIR_SEARCH_DATE && among(clinical_dates, p->code) && n < PARAMS_MAX)
                ret_params[n++] = record_param(type, str_of(p->code));
        }
    }
    return n;
}

/* ---- what was asked ---- */

static bool read_types(struct everything *x, struct err *e)
{
    const struct fhir_node *p;
    for (size_t i = 0; (p = operation_parameter(x->o->in, "_type", i)) != NULL; i++) {
        const struct fhir_node *value = fhir_member(p, "valueCode");
        struct str rest = value ? value->text : STR(""), one;
        while (str_next(&rest, ',', &one)) {
            if (!fhir_is_resource(one) || x->type_n == TYPES_MAX)
                return err_set(e, ERR_INVALID, "_type names resource types");
            x->types[x->type_n++] = one;
        }
    }
    return true;
}

static bool read_time(struct everything *x, const char *name, bool upper, int64_t *ret_time, struct err *e)
{
    struct bounds b;
    struct query_filter f = {.name = str_of(name), .modifier = STR("")};
    struct str text = operation_text(x->o, name);
    if (!text.n)
        return true;
    if (!condition_bounds(&f, text, &b, e))
        return false;
    *ret_time = upper ? b.to : b.from;
    return true;
}

static bool read_page(struct everything *x, struct err *e)
{
    int64_t count = operation_int(x->o, "_count", PAGE);
    struct str cursor = operation_text(x->o, "_cursor");
    if (count < 1)
        return err_set(e, ERR_INVALID, "_count is at least 1");
    x->count = count > PAGE_MAX ? PAGE_MAX : (int)count;
    if (cursor.n && (!str_int(cursor, &x->cursor) || x->cursor < 0))
        return err_set(e, ERR_INVALID, "_cursor is what a link gave");
    return true;
}

/* ---- the page ---- */

static void put_bound(struct db_args *args, int64_t t)
{
    if (t == INT64_MIN)
        db_null(args);
    else
        db_int(args, t);
}

/* What was a merged record's is its survivor's. */
static bool add_survivor(struct everything *x, struct str refs[4], size_t *n, struct err *e)
{
    struct op *op = x->o->op;
    struct db_args args = db_args(op->arena);
    if (!str_is(str_of(x->centre), "Patient") || !x->o->id.n)
        return true;
    db_texts(&args, &x->o->id, 1);
    const struct db_rows *r = db_run(op->db, &Q_patient_survivors, &args, e);
    if (r && db_count(r)) {
        refs[(*n)++] = arena_printf(op->arena, "Patient/%.*s", STR_ARG(db_get(r, 0, 1)));
        refs[(*n)++] = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(fhir_base(op)), STR_ARG(refs[2]));
    }
    return r != NULL;
}

static const struct db_rows *find_page(struct everything *x, struct err *e)
{
    struct op *op = x->o->op;
    struct db_args args = db_args(op->arena);
    struct str refs[4];
    size_t ref_n = 2;
    refs[0] = arena_printf(op->arena, "%s/%.*s", x->centre, STR_ARG(x->o->id));
    refs[1] = arena_printf(op->arena, "%.*s/%.*s", STR_ARG(fhir_base(op)), STR_ARG(refs[0]));
    if (!add_survivor(x, refs, &ref_n, e))
        return NULL;
    db_text_opt(&args, op->access);
    db_ints(&args, x->params, x->param_n);
    if (x->o->id.n)
        db_texts(&args, refs, ref_n);
    else
        db_null(&args);
    db_text(&args, str_of(x->centre));
    db_int(&args, x->cursor);
    if (x->type_n)
        db_texts(&args, x->types, x->type_n);
    else
        db_null(&args);
    put_bound(&args, x->since);
    put_bound(&args, x->start);
    put_bound(&args, x->end);
    db_ints(&args, x->dates, x->date_n);
    db_int(&args, x->count + 1);
    return db_run(op->db, &Q_operation_compartment, &args, e);
}

static bool asks_type(const struct everything *x, struct str type)
{
    for (size_t i = 0; i < x->type_n; i++)
        if (str_eq(x->types[i], type))
            return true;
    return !x->type_n;
}

static void put_link(struct everything *x, struct bundle *b, const char *relation, int64_t cursor)
{
    static const char *const names[] = {"start", "end", "_since", "_count"};
    struct arena *a = x->o->op->arena;
    struct str url = arena_printf(a, "%.*s/%s", STR_ARG(b->base), x->centre);
    if (x->o->id.n)
        url = arena_printf(a, "%.*s/%.*s", STR_ARG(url), STR_ARG(x->o->id));
    url = arena_printf(a, "%.*s/$everything", STR_ARG(url));
    char sign = '?';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct str value = operation_text(x->o, names[i]);
        if (!value.n)
            continue;
        url = arena_printf(a, "%.*s%c%s=%.*s", STR_ARG(url), sign, names[i], STR_ARG(query_escape(a, value)));
        sign = '&';
    }
    for (size_t i = 0; i < x->type_n; i++, sign = '&')
        url = i ? arena_printf(a, "%.*s,%.*s", STR_ARG(url), STR_ARG(x->types[i]))
                : arena_printf(a, "%.*s%c_type=%.*s", STR_ARG(url), sign, STR_ARG(x->types[i]));
    if (cursor)
        url = arena_printf(a, "%.*s%c_cursor=%lld", STR_ARG(url), sign, (long long)cursor);
    bundle_link(b, relation, url);
}

/* The centre comes first, on the first page; it is a member of its own compartment but not by reference. */
static bool take_members(struct everything *x, const struct record_doc *centre, const struct db_rows *rows,
                         struct gathered *g, struct err *e)
{
    struct op *op = x->o->op;
    int n = db_count(rows) > x->count ? x->count : db_count(rows);
    struct record_doc *docs = ARENA_ARRAY(op->arena, struct record_doc, (size_t)n + 1);
    for (int i = 0; i < n; i++)
        docs[i] = record_row(rows, i, op->arena);
    if (centre && !x->cursor && asks_type(x, centre->type) && !gather_put(g, centre, e))
        return false;
    for (int i = 0; i < n; i++)
        if ((!centre || docs[i].rid != centre->rid) && !gather_put(g, &docs[i], e))
            return false;
    return true;
}

static bool send_page(struct everything *x, const struct record_doc *centre, struct err *e)
{
    struct bundle b CLEANUP(bundle_release);
    struct gathered g;
    struct op *op = x->o->op;
    bundle_start(&b, op, "searchset");
    const struct db_rows *rows = find_page(x, e);
    if (!rows)
        return false;
    bool more = db_count(rows) > x->count;
    int64_t last = more ? db_get_int(rows, x->count - 1, 0) : 0;
    gather_start(&g, op, is_support);
    if (!take_members(x, centre, rows, &g, e))
        return false;
    size_t members = g.n;
    if (!gather_follow(&g, e))
        return false;
    put_link(x, &b, "self", x->cursor);
    if (more)
        put_link(x, &b, "next", last);
    for (size_t i = 0; i < g.n; i++)
        if (i < members || asks_type(x, g.docs[i].type))
            bundle_match(&b, &g.docs[i], i < members ? "match" : "include");
    op->event->count = (int64_t)members;
    return bundle_send(&b, op, x->o->h, e);
}

static bool find_centre(struct operation *o, struct record_doc *ret_doc, struct err *e)
{
    struct op *op = o->op;
    if (!operation_document(o, RECORD_READ, ret_doc, e) || !record_parse(op->arena, ret_doc, e))
        return false;
    answer_patient(op, ret_doc);
    return true;
}

bool op_everything(struct operation *o, struct err *e)
{
    struct record_doc centre;
    struct everything *x = ARENA_NEW(o->op->arena, struct everything);
    x->o = o;
    x->start = x->end = x->since = INT64_MIN;
    x->centre = str_is(o->type, "Patient") ? "Patient" : "Encounter";
    o->op->event->query = o->h->request->query_raw;
    if (!read_types(x, e) || !read_time(x, "start", false, &x->start, e) || !read_time(x, "end", true, &x->end, e) ||
        !read_time(x, "_since", false, &x->since, e) || !read_page(x, e))
        return false;
    if (o->id.n && !find_centre(o, &centre, e))
        return false;
    x->param_n = operation_compartment(x->centre, x->params);
    x->date_n = clinical_params(x->dates);
    return send_page(x, o->id.n ? &centre : NULL, e);
}
