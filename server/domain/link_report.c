/* The link ladder of reports: Study UID, accession and issuer, filler order, placer order, patient and procedure id. */
#include "domain/document.h"
#include "domain/fields.h"
#include "domain/link.h"
#include "domain/link_also.h"
#include "domain/study.h"

#include "metrics/metrics.h"
#include "schema/queries.h"

struct row { /* report_link */
    struct str state, rung, uid, accession, accession_issuer, filler, placer, procedure, key, report;
    int64_t patient, order, time;
};

struct answer {
    const char *state;
    struct str rung, imaging_study;
    int64_t order;
};

static bool get_row(struct domain *d, int64_t rid, struct row *ret_row, bool *ret_found, struct err *e)
{
    struct db_args args = db_args(d->arena);
    struct arena *a = d->arena;
    db_int(&args, rid);
    const struct db_rows *r = db_run(d->db, &Q_report_link_get, &args, e);
    *ret_found = r && db_count(r) > 0;
    if (*ret_found)
        *ret_row = (struct row){.report = arena_str(a, db_get(r, 0, 1)),
                                .state = arena_str(a, db_get(r, 0, 2)),
                                .rung = arena_str(a, db_get(r, 0, 3)),
                                .patient = db_get_int(r, 0, 5),
                                .order = db_get_int(r, 0, 6),
                                .uid = arena_str(a, db_get(r, 0, 7)),
                                .accession = arena_str(a, db_get(r, 0, 8)),
                                .accession_issuer = arena_str(a, db_get(r, 0, 9)),
                                .filler = arena_str(a, db_get(r, 0, 10)),
                                .placer = arena_str(a, db_get(r, 0, 11)),
                                .procedure = arena_str(a, db_get(r, 0, 12)),
                                .key = arena_str(a, db_get(r, 0, 13)),
                                .time = db_get_int(r, 0, 14)};
    return r != NULL;
}

/* The best rung with a hit decides. Several hits on it are fine when one of them is the report's patient; a hit of
 * other patients only is held. */
static bool climb(struct domain *d, const struct row *w, struct answer *ret_answer, struct err *e)
{
    struct db_args args = db_args(d->arena);
    const struct str key[] = {w->uid, w->accession, w->accession_issuer, w->filler, w->placer, w->procedure};
    for (size_t i = 0; i < 6; i++)
        db_text(&args, key[i]);
    db_int(&args, w->patient);
    const struct db_rows *r = db_run(d->db, &Q_report_ladder, &args, e);
    *ret_answer = (struct answer){.state = "waiting", .rung = STR(""), .imaging_study = STR("")};
    if (!r)
        return false;
    for (int i = 0; i < db_count(r); i++) {
        struct str rung = db_get(r, i, 1);
        if (i && !str_eq(rung, ret_answer->rung))
            break;
        bool same = db_get_int(r, i, 3) == w->patient && w->patient;
        *ret_answer = (struct answer){.state = same ? "linked" : "held",
                                      .rung = arena_str(d->arena, rung),
                                      .imaging_study = arena_str(d->arena, db_get(r, i, 4)),
                                      .order = db_get_int(r, i, 2)};
        if (same)
            break;
    }
    return true;
}

static struct str evidence(struct domain *d, const struct row *w, const struct answer *x)
{
    struct str on = str_is(x->rung, "study-uid")   ? w->uid
                    : str_is(x->rung, "accession") ? w->accession
                    : str_is(x->rung, "filler")    ? w->filler
                    : str_is(x->rung, "placer")    ? w->placer
                                                   : w->procedure;
    if (!x->rung.n)
        return STR("");
    if (str_is(x->rung, "person"))
        return STR("tied by a person");
    return arena_printf(d->arena, "%.*s %.*s%s", STR_ARG(x->rung), STR_ARG(on),
                        x->state[0] == 'h' ? ", but another patient" : "");
}

static bool write_row(struct domain *d, int64_t rid, const struct row *w, const struct answer *x, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    db_text(&args, w->report);
    db_text(&args, STR("")); /* the department of an existing row stays */
    db_text(&args, str_of(x->state));
    db_text(&args, x->rung);
    db_text(&args, evidence(d, w, x));
    db_int(&args, w->patient);
    db_int(&args, x->order);
    const struct str tail[] = {w->uid, w->accession, w->accession_issuer, w->filler, w->placer, w->procedure, w->key};
    for (size_t i = 0; i < 7; i++)
        db_text(&args, tail[i]);
    db_int(&args, w->time);
    return db_send(d->db, &Q_report_link_put, &args, e);
}

/* A reader of the report finds its images with one click (IHE IID). */
static bool put_viewer(struct domain *d, struct record_doc *report, const struct answer *x, struct err *e)
{
    static const char form[] = "presentedForm[title=" DOCUMENT_VIEWER "]";
    struct arena *a = d->arena;
    struct record_doc study;
    bool found = false;
    if (!d->policy->viewer_url || !d->policy->viewer_url[0] || !x->imaging_study.n)
        return true;
    if (!domain_follow(d, x->imaging_study, &study, &found, e) || !found)
        return !found && e->code == ERR_NONE;
    struct str uid = field_read(a, FIELD_STUDY_UID, study.node);
    struct str accession = field_read(a, FIELD_ACCESSION_NUMBER, report->node);
    if (!uid.n)
        return true;
    return fhir_set(a, report->node, arena_printf(a, "%s.contentType", form).p, STR("text/html"), e) &&
           fhir_set(a, report->node, arena_printf(a, "%s.url", form).p, study_viewer(d, uid, accession, STR("")), e);
}

/* Reference in a list, behind those that are there. */
static bool name_also(struct domain *d, struct record_doc *report, const char *list, struct str reference,
                      struct err *e)
{
    int n = 0;
    const struct fhir_node *all = fhir_member(report->node, list);
    for (const struct fhir_node *i = all ? all->first : NULL; i; i = i->next, n++)
        if (str_eq(fhir_text(i, "reference"), reference))
            return true;
    return !reference.n ||
           fhir_set(d->arena, report->node, arena_printf(d->arena, "%s[%d].reference", list, n).p, reference, e);
}

static bool name_others(struct domain *d, struct record_doc *report, int64_t patient, struct err *e)
{
    struct link_also_hit hit[LINK_ALSO_MAX];
    size_t n;
    if (!link_also_climb(d, report->rid, patient, hit, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct record_doc order;
        if (!record_get_rid(d->db, d->arena, hit[i].order, RECORD_READ, &order, e) ||
            !name_also(d, report, "basedOn", domain_reference(d, &order), e) ||
            !name_also(d, report, "imagingStudy", hit[i].imaging_study, e))
            return false;
    }
    return true;
}

static bool write_document(struct domain *d, int64_t rid, int64_t patient, const struct answer *x, struct err *e)
{
    struct record_doc report = {.rid = 0}, order;
    struct arena *a = d->arena;
    if (!record_get_rid(d->db, a, rid, RECORD_UPDATE, &report, e) || report.deleted || !record_parse(a, &report, e))
        return report.deleted;
    if (x->imaging_study.n && !fhir_set(a, report.node, "imagingStudy[0].reference", x->imaging_study, e))
        return false;
    if (x->order && (!record_get_rid(d->db, a, x->order, RECORD_READ, &order, e) ||
                     !fhir_set(a, report.node, "basedOn[0].reference", domain_reference(d, &order), e)))
        return false;
    return name_others(d, &report, patient, e) && put_viewer(d, &report, x, e) && record_put(d->db, a, &report, e);
}

/* What a person decided stands, whatever the ladder would say. */
static bool decided(struct domain *d, int64_t rid, struct answer *ret_answer, bool *ret_decided, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, rid);
    const struct db_rows *r = db_run(d->db, &Q_report_decided, &args, e);
    *ret_decided = r && db_count(r) && db_get(r, 0, 0).n;
    if (*ret_decided && str_is(db_get(r, 0, 0), "unlinked"))
        *ret_answer = (struct answer){.state = "unlinked", .rung = STR("person"), .imaging_study = STR("")};
    else if (*ret_decided)
        *ret_answer = (struct answer){.state = "linked",
                                      .rung = STR("person"),
                                      .order = db_get_int(r, 0, 1),
                                      .imaging_study = arena_str(d->arena, db_get(r, 0, 2))};
    return r != NULL;
}

/* A report's row id tells when it arrived. */
static void count_link(struct domain *d, int64_t report_rid, struct str rung)
{
    const char *label = arena_cstr(d->arena, rung);
    metrics_add(METRIC_REPORTS_LINKED, label, 1);
    metrics_observe(METRIC_REPORT_TO_LINK, label, (double)(clock_now() - record_rid_time(report_rid)) / 1e6);
}

static bool finds_nothing_new(const struct row *w, const struct answer *x)
{
    return x->state[0] != 'l' && str_is(w->state, x->state) && str_eq(w->rung, x->rung) && w->order == x->order;
}

static bool link_one(struct domain *d, int64_t report_rid, bool again, struct err *e)
{
    struct row w;
    struct answer x;
    bool found, by_person;
    if (!get_row(d, report_rid, &w, &found, e))
        return false;
    if (!found)
        return true;
    if (!decided(d, report_rid, &x, &by_person, e) || (!by_person && !climb(d, &w, &x, e)))
        return err_wrap(e, "link '%.*s'", STR_ARG(w.report));
    if (again && finds_nothing_new(&w, &x))
        return true;
    if (!write_row(d, report_rid, &w, &x, e))
        return err_wrap(e, "link '%.*s'", STR_ARG(w.report));
    if (x.state[0] != 'l')
        return document_of_report(d, report_rid, e);
    if (!write_document(d, report_rid, w.patient, &x, e))
        return false;
    if (!str_is(w.state, "linked"))
        count_link(d, report_rid, x.rung);
    return document_of_report(d, report_rid, e);
}

bool link_report(struct domain *d, int64_t report_rid, struct err *e)
{
    return link_one(d, report_rid, false, e);
}

bool link_report_again(struct domain *d, int64_t report_rid, struct err *e)
{
    return link_one(d, report_rid, true, e);
}
