/* Patient/$match (IHE PDQm, ITI-119): who may this be? What the caller says of a patient is compared with what the
 * record says, field by field; the score is the agreeing part of the weight of what could be compared. "Certain" needs
 * an identifier in common: names and dates alone never make one person of two records. */
#include "fhir/rest/operation_priv.h"

#include <stdlib.h>

#include "fhir/rest/search_priv.h"
#include "schema/queries.h"

enum { NAMES_MAX = 20, IDS_MAX = 50, CERTAIN = 90, PROBABLE = 80, POSSIBLE = 50, COUNT = 50, COUNT_LIMIT = 500 };
enum { WEIGHT_IDENTIFIER = 10, WEIGHT_BIRTH = 5, WEIGHT_FAMILY = 4, WEIGHT_GIVEN = 3, WEIGHT_GENDER = 1 };

struct names {
    struct str name[NAMES_MAX];
    size_t n;
};
struct person { /* what is compared */
    struct str system[IDS_MAX], value[IDS_MAX];
    size_t ids;
    struct names family, given;
    struct str birth_date, gender;
};
struct scored {
    struct record_doc doc;
    int percent;
    bool identified;
};

static void add_name(struct arena *a, struct names *to, struct str text)
{
    if (text.n && to->n < NAMES_MAX)
        to->name[to->n++] = record_fold(a, text);
}

static void read_names(struct arena *a, const struct fhir_node *patient, struct person *p)
{
    const struct fhir_node *list = fhir_member(patient, "name");
    for (const struct fhir_node *n = list ? list->first : NULL; n; n = n->next) {
        const struct fhir_node *given = fhir_member(n, "given");
        add_name(a, &p->family, fhir_text(n, "family"));
        for (const struct fhir_node *g = given ? given->first : NULL; g; g = g->next)
            add_name(a, &p->given, g->text);
    }
}

static struct person *read_person(struct arena *a, const struct fhir_node *patient)
{
    struct person *p = ARENA_NEW(a, struct person);
    const struct fhir_node *list = fhir_member(patient, "identifier");
    *p = (struct person){.birth_date = fhir_text(patient, "birthDate"), .gender = fhir_text(patient, "gender")};
    for (const struct fhir_node *i = list ? list->first : NULL; i && p->ids < IDS_MAX; i = i->next) {
        struct str system = fhir_text(i, "system"), value = fhir_text(i, "value");
        if (!value.n)
            continue;
        p->system[p->ids] = system.p ? system : STR("");
        p->value[p->ids++] = value;
    }
    read_names(a, patient, p);
    return p;
}

/* ---- scoring: agreement in hundredths, -1 where nothing can be said ---- */

/* An identifier of the same authority with another value speaks against; of another authority, for nothing. */
static int compare_ids(const struct person *a, const struct person *b)
{
    int said = -1;
    for (size_t i = 0; i < a->ids; i++)
        for (size_t k = 0; k < b->ids; k++) {
            if (!str_eq(a->system[i], b->system[k]))
                continue;
            if (str_eq(a->value[i], b->value[k]))
                return 100;
            said = a->system[i].n ? 0 : said;
        }
    return said;
}

static int compare_names(const struct names *a, const struct names *b)
{
    int best = a->n && b->n ? 0 : -1;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++) {
            struct str x = a->name[i], y = b->name[k];
            bool initial = x.n && y.n && (x.n == 1 || y.n == 1) && x.p[0] == y.p[0];
            best = str_eq(x, y) ? 100 : initial && best < 50 ? 50 : best;
        }
    return best;
}

/* A year or month agrees with each day in it, but says less; swapped day and month are a slip of the pen. */
static int compare_dates(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    if (!n)
        return -1;
    if (str_eq(str_sub(a, 0, n), str_sub(b, 0, n)))
        return n == 10 ? 100 : n == 7 ? 80 : 60;
    bool days = a.n == 10 && b.n == 10 && str_eq(str_sub(a, 0, 4), str_sub(b, 0, 4));
    return days && str_eq(str_sub(a, 5, 2), str_sub(b, 8, 2)) && str_eq(str_sub(a, 8, 2), str_sub(b, 5, 2)) ? 50 : 0;
}

static int compare_genders(struct str a, struct str b)
{
    bool open = !a.n || !b.n || str_is(a, "unknown") || str_is(b, "unknown");
    return open ? -1 : str_eq(a, b) ? 100 : 0;
}

static int score(const struct person *a, const struct person *b, bool *ret_identified)
{
    const int ids = compare_ids(a, b);
    const int parts[][2] = {{ids, WEIGHT_IDENTIFIER},
                            {compare_dates(a->birth_date, b->birth_date), WEIGHT_BIRTH},
                            {compare_names(&a->family, &b->family), WEIGHT_FAMILY},
                            {compare_names(&a->given, &b->given), WEIGHT_GIVEN},
                            {compare_genders(a->gender, b->gender), WEIGHT_GENDER}};
    int agree = 0, weight = 0;
    *ret_identified = ids == 100;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i][0] >= 0) {
            agree += parts[i][0] * parts[i][1];
            weight += parts[i][1];
        }
    return weight ? agree / weight : 0;
}

static const char *grade(const struct scored *s)
{
    if (s->identified && s->percent >= CERTAIN)
        return "certain";
    return s->percent >= PROBABLE ? "probable" : "possible";
}

/* ---- candidates ---- */

static bool candidates(struct operation *o, const struct person *p, const struct db_rows **ret_rows, struct err *e)
{
    struct db_args args = db_args(o->op->arena);
    struct str type = STR("Patient");
    clock_us from = 0, to = 0;
    bool dated = p->birth_date.n && clock_range(p->birth_date, &from, &to);
    db_text_opt(&args, o->op->access);
    db_int(&args, record_param(type, STR("identifier")));
    db_texts(&args, p->system, p->ids);
    db_texts(&args, p->value, p->ids);
    db_int(&args, record_param(type, STR("family")));
    db_texts(&args, p->family.name, p->family.n);
    db_int(&args, record_param(type, STR("given")));
    db_texts(&args, p->given.name, p->given.n);
    db_int(&args, record_param(type, STR("birthdate")));
    db_int(&args, dated ? from : 0);
    db_int(&args, dated ? to : 0);
    *ret_rows = db_run(o->op->db, &Q_match_candidates, &args, e);
    return *ret_rows != NULL;
}

/* A record merged into another is nobody to find. */
static bool is_replaced(const struct fhir_node *patient)
{
    return fhir_at(patient, "link[type=replaced-by]") != NULL;
}

static int by_score(const void *left, const void *right)
{
    const struct scored *a = left, *b = right;
    if (a->percent != b->percent)
        return b->percent - a->percent;
    return a->doc.rid < b->doc.rid ? -1 : a->doc.rid > b->doc.rid;
}

static bool find(struct operation *o, const struct person *p, struct scored **ret_found, size_t *ret_n,
                 struct err *e)
{
    const struct db_rows *rows;
    if (!candidates(o, p, &rows, e))
        return false;
    size_t count = (size_t)db_count(rows), n = 0;
    struct scored *found = ARENA_ARRAY(o->op->arena, struct scored, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct scored s = {.doc = record_row(rows, (int)i, o->op->arena)};
        if (!record_parse(o->op->arena, &s.doc, e))
            return false;
        s.percent = score(p, read_person(o->op->arena, s.doc.node), &s.identified);
        if (s.percent >= POSSIBLE && !is_replaced(s.doc.node))
            found[n++] = s;
    }
    qsort(found, n, sizeof *found, by_score);
    *ret_found = found;
    *ret_n = n;
    return true;
}

/* Certain of two is certain of none. */
static size_t only_certain(struct scored *found, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (str_is(str_of(grade(&found[i])), "certain"))
            found[kept++] = found[i];
    return kept > 1 ? 0 : kept;
}

bool op_match(struct operation *o, struct err *e)
{
    struct bundle b CLEANUP(bundle_release);
    struct fhir_node *patient;
    struct scored *found;
    size_t n;
    int64_t count = operation_int(o, "count", COUNT);
    bundle_start(&b, o->op, "searchset");
    if (!operation_resource(o, "resource", &patient, e))
        return false;
    if (count < 1)
        return err_set(e, ERR_INVALID, "count is a number from 1");
    const struct person *p = read_person(o->op->arena, patient);
    if (!p->ids && !p->family.n && !p->given.n)
        return err_set(e, ERR_REQUIRED, "a match needs an identifier or a name");
    if (!find(o, p, &found, &n, e))
        return false;
    if (operation_bool(o, "onlyCertainMatches", false))
        n = only_certain(found, n);
    n = n > (size_t)count ? (size_t)count : n > COUNT_LIMIT ? COUNT_LIMIT : n;
    o->op->event->count = (int64_t)n;
    if (n == 1)
        o->op->event->patient = found[0].doc.id;
    bundle_total(&b, (int64_t)n);
    for (size_t i = 0; i < n; i++)
        bundle_scored(&b, &found[i].doc, grade(&found[i]), found[i].percent);
    return bundle_send(&b, o->op, o->h, e);
}
