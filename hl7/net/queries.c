/* QBP^Q22 (who is it: IHE PDQ) and QBP^Q23 (which numbers has the patient: IHE PIX), answered with RSP^K22 and RSP^K23:
 * QAK says how it went, QPD is the question, PID a patient each, DSC where to go on. */
#include <string.h>

#include "domain/patient.h"
#include "domain/people.h"
#include "hl7/net/net_priv.h"

enum { ANSWER_MAX = 900 * 1024, DOMAINS_MAX = 20, LIMIT_USUAL = 50 };

struct asking {
    struct op *op;
    struct receipt *r;
    struct mapping x; /* for part_text */
    const struct hl7_segment *qpd;
    struct str domain[DOMAINS_MAX]; /* namespaces asked for; none: all */
    size_t domains;
    struct buf text;
    struct hl7_writer w;
};

static struct str part(const struct asking *q, unsigned field, size_t n, unsigned component, unsigned subcomponent)
{
    return part_text(&q->x, hl7_repetition(q->r->m, hl7_field(q->qpd, field), n), component, subcomponent);
}

/* ---- the question ---- */

/* ^^^NAMESPACE&OID&ISO, repeated. */
static bool read_domains(struct asking *q, unsigned field, struct err *e)
{
    size_t n = hl7_repetitions(q->r->m, hl7_field(q->qpd, field));
    for (size_t i = 1; i <= n && q->domains < DOMAINS_MAX; i++) {
        bool known;
        struct str namespace_ = part(q, field, i, 4, 1), oid = part(q, field, i, 4, 2);
        if (!namespace_.n && !oid.n)
            continue;
        if (!people_authority(q->r->d, namespace_, oid, &q->domain[q->domains], &known, e))
            return false;
        if (!known) {
            err_set(e, ERR_TARGET_UNKNOWN, "domain %zu asked for is not known", i);
            return err_at(e, "QPD^1^%u^%zu^4", field, i);
        }
        q->domains++;
    }
    return true;
}

/* QPD-3 of Q22: "@PID.5.1.1^SMITH", a parameter each. */
static void read_parameter(struct asking *q, struct str name, struct str value, struct people_query *to)
{
    static const char *const genders[][2] = {{"M", "male"}, {"F", "female"}, {"O", "other"}, {"U", "unknown"}};
    if (str_is(name, "@PID.3.1") || str_is(name, "@PID.3") || str_is(name, "@PID.3.1.1"))
        to->id = value;
    else if (str_is(name, "@PID.3.4.1") || str_is(name, "@PID.3.4"))
        to->issuer = value;
    else if (str_is(name, "@PID.5.1.1") || str_is(name, "@PID.5.1") || str_is(name, "@PID.5"))
        to->family = value;
    else if (str_is(name, "@PID.5.2"))
        to->given = value;
    else if (str_is(name, "@PID.7.1") || str_is(name, "@PID.7"))
        to->birth_date =
            value.n >= 8 ? arena_printf(q->r->d->arena, "%.4s-%.2s-%.2s", value.p, value.p + 4, value.p + 6) : value;
    else if (str_is(name, "@PID.8"))
        for (size_t i = 0; i < 4; i++)
            to->sex = str_is_nocase(value, genders[i][0]) ? str_of(genders[i][1]) : to->sex;
    else
        domain_warn(q->r->d, "a parameter of the query is not one that is searched by: passed over");
}

static bool read_page(struct asking *q, struct people_query *to, struct err *e)
{
    struct domain *d = q->r->d;
    int64_t limit = LIMIT_USUAL;
    struct str pointer = hl7_get(q->r->m, d->arena, "DSC-1"), quantity = hl7_get(q->r->m, d->arena, "RCP-2.1");
    if (quantity.n && (!str_int(quantity, &limit) || limit < 1)) {
        err_set(e, ERR_INVALID, "the quantity is no number");
        return err_at(e, "RCP^1^2");
    }
    if (pointer.n && !str_int(pointer, &to->after)) {
        err_set(e, ERR_INVALID, "the continuation pointer is none of this server's");
        return err_at(e, "DSC^1^1");
    }
    to->limit = limit > PEOPLE_MAX ? PEOPLE_MAX : (int)limit;
    return true;
}

static bool read_demographics(struct asking *q, struct people_query *to, struct err *e)
{
    size_t n = hl7_repetitions(q->r->m, hl7_field(q->qpd, 3));
    for (size_t i = 1; i <= n; i++)
        if (part(q, 3, i, 2, 0).n)
            read_parameter(q, part(q, 3, i, 1, 0), part(q, 3, i, 2, 0), to);
    if (!to->id.n && !to->family.n && !to->given.n && !to->birth_date.n) {
        err_set(e, ERR_REQUIRED, "the query names no patient id, name or birth date");
        return err_at(e, "QPD^1^3");
    }
    return read_domains(q, 8, e) && read_page(q, to, e);
}

static bool read_identity(struct asking *q, struct people_query *to, struct err *e)
{
    bool known = true;
    struct str namespace_ = part(q, 3, 1, 4, 1), oid = part(q, 3, 1, 4, 2);
    to->id = part(q, 3, 1, 1, 0);
    to->limit = 1;
    if (!to->id.n) {
        err_set(e, ERR_REQUIRED, "the query names no patient id");
        return err_at(e, "QPD^1^3^1^1");
    }
    if ((namespace_.n || oid.n) && !people_authority(q->r->d, namespace_, oid, &to->issuer, &known, e))
        return false;
    if (!known) {
        err_set(e, ERR_DOMAIN_UNKNOWN, "the patient id's domain is not known");
        return err_at(e, "QPD^1^3^1^4");
    }
    return read_domains(q, 4, e);
}

/* ---- the answer ---- */

static bool wanted(const struct asking *q, struct str namespace_)
{
    for (size_t i = 0; i < q->domains; i++)
        if (str_eq(q->domain[i], namespace_))
            return true;
    return q->domains == 0;
}

/* PID-3: the numbers in use, of the domains asked for. */
static unsigned put_numbers(struct asking *q, const struct fhir_node *patient)
{
    unsigned n = 0;
    const struct fhir_node *list = fhir_member(patient, "identifier");
    for (const struct fhir_node *i = list ? list->first : NULL; i; i = i->next) {
        struct str namespace_, system = fhir_text(i, "system");
        if (str_is(fhir_text(i, "use"), "old") || !fhir_text(i, "value").n ||
            !patient_issuer_of(q->r->d, i, &namespace_, NULL) || !wanted(q, namespace_))
            continue;
        hl7_put_part(&q->w, 3, ++n, 1, 1, fhir_text(i, "value"));
        hl7_put_part(&q->w, 3, n, 4, 1, namespace_);
        if (str_starts(system, "urn:oid:")) {
            hl7_put_part(&q->w, 3, n, 4, 2, str_sub(system, 8, system.n));
            hl7_put_part(&q->w, 3, n, 4, 3, STR("ISO"));
        }
    }
    return n;
}

static void put_person(struct asking *q, const struct fhir_node *patient)
{
    struct arena *a = q->r->d->arena;
    struct name_parts name = name_split(field_read(a, FIELD_PATIENT_NAME, patient));
    const struct str part_of[] = {name.family, name.given, name.middle, name.suffix, name.prefix};
    struct str birth = field_read(a, FIELD_PATIENT_BIRTH_DATE, patient),
               phone = field_read(a, FIELD_PATIENT_PHONE, patient);
    for (unsigned i = 0; i < 5; i++)
        hl7_put_component(&q->w, 5, i + 1, part_of[i]);
    if (birth.n >= 10)
        hl7_put(&q->w, 7, arena_printf(a, "%.4s%.2s%.2s", birth.p, birth.p + 5, birth.p + 8));
    hl7_put(&q->w, 8, field_read(a, FIELD_PATIENT_SEX, patient));
    hl7_put(&q->w, 11, field_read(a, FIELD_PATIENT_ADDRESS, patient));
    hl7_put(&q->w, 13, phone);
}

static void put_head(struct asking *q, const char *status, size_t hits, bool all)
{
    struct arena *a = q->r->d->arena;
    hl7_begin(&q->w, "QAK");
    hl7_put(&q->w, 1, part(q, 2, 1, 1, 0));
    hl7_put(&q->w, 2, str_of(status));
    hl7_put_raw(&q->w, 3, hl7_field(q->qpd, 1));
    if (all)
        hl7_put(&q->w, 4, arena_printf(a, "%zu", hits));
    hl7_end(&q->w);
    buf_str(&q->text, q->qpd->text);
    buf_putc(&q->text, '\r');
}

static void finish(struct asking *q, const char *type, bool refused)
{
    q->r->answer.type = type;
    q->r->answer.segments = arena_str(q->r->d->arena, buf_view(&q->text));
    q->r->answer.refused = refused;
}

static void put_people(struct asking *q, const struct record_doc *people, size_t n, bool more)
{
    struct arena *a = q->r->d->arena;
    put_head(q, n ? "OK" : "NF", n, !more);
    for (size_t i = 0; i < n; i++) {
        hl7_begin(&q->w, "PID");
        hl7_put(&q->w, 1, arena_printf(a, "%zu", i + 1));
        put_numbers(q, people[i].node);
        put_person(q, people[i].node);
        hl7_end(&q->w);
    }
    if (!more)
        return;
    hl7_begin(&q->w, "DSC");
    hl7_put(&q->w, 1, arena_printf(a, "%lld", (long long)people[n - 1].rid));
    hl7_put(&q->w, 2, STR("I"));
    hl7_end(&q->w);
}

/* Numbers only; PID-5 is empty but there, as IHE wants it. */
static bool put_cross_reference(struct asking *q, const struct record_doc *people, size_t n, struct err *e)
{
    struct buf *b = &q->text;
    if (!n) {
        err_set(e, ERR_NOT_FOUND, "no patient has this id");
        return err_at(e, "QPD^1^3^1^1");
    }
    size_t before = b->n;
    put_head(q, "OK", 1, true);
    hl7_begin(&q->w, "PID");
    unsigned numbers = put_numbers(q, people[0].node);
    hl7_put(&q->w, 5, STR(" "));
    hl7_end(&q->w);
    if (numbers)
        return true;
    b->n = before;
    put_head(q, "NF", 0, true);
    return true;
}

static bool answer(struct asking *q, bool identity, struct err *e)
{
    struct people_query wanted_people = {.after = 0};
    struct record_doc *people;
    size_t n;
    bool more;
    if (!(identity ? read_identity(q, &wanted_people, e) : read_demographics(q, &wanted_people, e)) ||
        !people_find(q->r->d, &wanted_people, &people, &n, &more, e))
        return false;
    q->op->event->count = (int64_t)n;
    if (identity)
        return put_cross_reference(q, people, n, e);
    put_people(q, people, n, more);
    return true;
}

bool queries_receive(struct op *op, struct receipt *r, struct err *e)
{
    struct hl7_group all = hl7_all(r->m);
    bool identity = strcmp(r->trigger->name, "QBP^Q23") == 0;
    const char *type = identity ? "RSP^K23^RSP_K23" : "RSP^K22^RSP_K21";
    struct asking q = {.op = op, .r = r, .x = {.d = r->d, .m = r->m}, .qpd = hl7_segment_find(&all, "QPD", 1)};
    if (!q.qpd) {
        err_set(e, ERR_REQUIRED, "the query has no QPD segment");
        return err_at(e, "QPD^1");
    }
    buf_init(&q.text, ANSWER_MAX);
    hl7_writer_init(&q.w, &q.text, &r->m->delims);
    op->event->object_type = STR("Patient");
    op->event->query = str_of(r->trigger->name);
    bool ok = answer(&q, identity, e) && hl7_writer_ok(&q.w, e);
    if (!ok) {
        q.text.n = 0;
        put_head(&q, "AE", 0, false);
    }
    finish(&q, type, !ok);
    buf_release(&q.text);
    return ok;
}
