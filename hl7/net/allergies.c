/* ADT^A60: each IAM adds, changes or ends an allergy. AL1 of other messages tells one that stands. */
#include "domain/allergy.h"

#include "domain/patient.h"
#include "hl7/net/net_priv.h"

struct pair {
    const char *code, *means;
};
/* Tables 0127, 0128 and 0206. */
static const struct pair categories[] = {{"DA", "medication"},  {"FA", "food"},        {"EA", "environment"},
                                         {"AA", "environment"}, {"PA", "environment"}, {"LA", "environment"}};
static const struct pair severities[] = {{"SV", "severe"}, {"MO", "moderate"}, {"MI", "mild"}};

static struct str means(const struct pair *p, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_is_nocase(code, p[i].code))
            return str_of(p[i].means);
    return STR_NONE;
}
#define MEANS(table, code) means(table, sizeof table / sizeof table[0], code)

static struct str part(const struct mapping *x, const struct hl7_segment *s, unsigned field, unsigned component)
{
    return part_text(x, hl7_repetition(x->m, hl7_field(s, field), 1), component, 0);
}

/* AL1 and IAM agree up to field 5. */
bool allergy_read(struct mapping *x, const struct hl7_segment *s, struct allergy *ret_allergy)
{
    struct arena *a = x->d->arena;
    struct str code = part(x, s, 3, 1), words = part(x, s, 3, 2), scheme = part(x, s, 3, 3);
    *ret_allergy = (struct allergy){.action = ALLERGY_ADD,
                                    .words = words.n ? words : code,
                                    .category = MEANS(categories, part(x, s, 2, 1)),
                                    .severity = MEANS(severities, part(x, s, 4, 1)),
                                    .reaction = part(x, s, 5, 1)};
    if (code.n)
        ret_allergy->code = arena_printf(a, "%.*s^%.*s^%.*s", STR_ARG(code), STR_ARG(scheme), STR_ARG(words));
    return ret_allergy->words.n > 0;
}

static bool read_iam(struct mapping *x, const struct hl7_segment *s, struct allergy *ret_allergy, struct err *e)
{
    static const struct pair actions[] = {{"A", "a"}, {"U", "u"}, {"D", "d"}, {"X", "x"}};
    struct str action = part(x, s, 6, 1);
    struct str known = MEANS(actions, action);
    if (action.n && !known.n) {
        err_set(e, ERR_CODE_INVALID, "this action on an allergy is not known");
        return err_at(e, "IAM^%u^6", s->occurrence);
    }
    if (!allergy_read(x, s, ret_allergy)) {
        err_set(e, ERR_REQUIRED, "the allergy has no allergen");
        return err_at(e, "IAM^%u^3", s->occurrence);
    }
    ret_allergy->number = part(x, s, 7, 1);
    ret_allergy->action = str_is(known, "d") ? ALLERGY_END : str_is(known, "u") ? ALLERGY_CHANGE : ALLERGY_ADD;
    struct map_source onset = {.segment = s, .at = {.segment = "IAM", .field = 11}, .raw = hl7_field(s, 11)};
    return hl7_presence(onset.raw) != HL7_VALUE || transform_date(x, &onset, &ret_allergy->onset, e);
}

static bool apply_all(struct receipt *r, struct mapping *x, const struct record_doc *patient, size_t *ret_n,
                      struct err *e)
{
    for (const struct hl7_segment *s = scan_next(x, NULL, "IAM"); s; s = scan_next(x, s, "IAM")) {
        struct allergy one;
        if (!read_iam(x, s, &one, e) || !allergy_apply(r->d, patient, &one, e))
            return false;
        ++*ret_n;
    }
    return allergy_shown(r->d, patient, e);
}

bool allergies_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct record_doc patient;
    size_t n = 0;
    struct mapping *x = ARENA_NEW(op->arena, struct mapping);
    *x = (struct mapping){.d = r->d, .m = r->m, .structure = r->trigger->map};
    if (!map_next(x)) {
        err_set(e, ERR_REQUIRED, "the message has no PID segment");
        return err_at(e, "PID^1");
    }
    if (!map_run(x, e) || !patient_apply(r->d, &x->fields, PATIENT_CREATE_ONLY, &patient, NULL, e) ||
        !apply_all(r, x, &patient, &n, e))
        return map_locate(x, e);
    if (!n) {
        err_set(e, ERR_REQUIRED, "the message has no IAM segment");
        return err_at(e, "IAM^1");
    }
    r->patient_id = fields_get(&x->fields, FIELD_PATIENT_ID);
    op->event->object_type = STR("Patient");
    op->event->object_id = domain_reference(r->d, &patient);
    op->event->patient = patient.id;
    op->event->count = (int64_t)n;
    return true;
}
