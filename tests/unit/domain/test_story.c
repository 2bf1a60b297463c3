/* Order, images and report meet in each order, on a real database. */
#include "domain/house.h"

#include <string.h>

#include "domain/fields.h"
#include "domain/link.h"
#include "domain/order.h"
#include "domain/patient.h"
#include "domain/report.h"
#include "domain/resource.h"
#include "domain/study.h"
#include "domain/worklist.h"

static void patient_fields(struct fields *f, const char *id)
{
    memset(f, 0, sizeof *f);
    fields_set(f, FIELD_PATIENT_ID, str_of(id));
    fields_set(f, FIELD_PATIENT_ISSUER, STR("HOSP"));
    fields_set(f, FIELD_PATIENT_NAME, STR("Müller^Änne^Maria^Dr"));
    fields_set(f, FIELD_PATIENT_BIRTH_DATE, STR("1970-02-03"));
    fields_set(f, FIELD_PATIENT_SEX, STR("F"));
}

static void order_fields(struct fields *f, const char *patient, const char *number, const char *uid)
{
    patient_fields(f, patient);
    fields_set(f, FIELD_PLACER_ORDER, str_of(number));
    fields_set(f, FIELD_FILLER_ORDER, str_of(number));
    fields_set(f, FIELD_ACCESSION_NUMBER, str_of(number));
    fields_set(f, FIELD_PROCEDURE_ID, str_of(number));
    fields_set(f, FIELD_STEP_ID, str_of(number));
    fields_set(f, FIELD_PROCEDURE_CODE, STR("CTHEAD^L^CT of the head"));
    fields_set(f, FIELD_PROCEDURE_DESCRIPTION, STR("CT of the head"));
    fields_set(f, FIELD_MODALITY, STR("CT"));
    fields_set(f, FIELD_STATION_AE, STR("CT1"));
    fields_set(f, FIELD_STEP_START, STR("2026-11-24T10:30:00+00:00"));
    fields_set(f, FIELD_REFERRING_PHYSICIAN, STR("Weiß^Willi"));
    fields_set(f, FIELD_PATIENT_WEIGHT, STR("72.50"));
    fields_set(f, FIELD_STUDY_UID, str_of(uid));
}

static bool place(struct domain *d, const char *patient, const char *number, const char *uid, struct err *e)
{
    struct fields *f = ARENA_NEW(d->arena, struct fields);
    struct order_request r = {.event = ORDER_PLACE, .fields = f};
    struct order_result o;
    order_fields(f, patient, number, uid);
    return order_apply(d, &r, &o, e);
}

static bool change(struct domain *d, const char *patient, const char *number, enum order_event event, struct str status,
                   struct err *e)
{
    struct fields *f = ARENA_NEW(d->arena, struct fields);
    struct order_request r = {.event = event, .fields = f, .step_status = status};
    struct order_result o;
    patient_fields(f, patient);
    fields_set(f, FIELD_PLACER_ORDER, str_of(number));
    fields_set(f, FIELD_FILLER_ORDER, str_of(number));
    return order_apply(d, &r, &o, e);
}

static bool store(struct domain *d, const char *patient, const char *uid, const char *sop, const char *accession,
                  struct err *e)
{
    struct fields *f = ARENA_NEW(d->arena, struct fields);
    const struct study_more more = {.study = STR("{}"), .series = STR("{}"), .instance = STR("{}")};
    struct study_instance i = {.fields = f,
                               .more = &more,
                               .transfer_syntax = STR("1.2.840.10008.1.2.1"),
                               .calling_ae = STR("CT1"),
                               .size = 100,
                               .header_size = 10,
                               .pixel_offset = 50};
    enum study_outcome outcome;
    patient_fields(f, patient);
    f->state[FIELD_PATIENT_ISSUER] = FIELD_ABSENT;
    i.file = arena_printf(d->arena, "aa/bb/%s", sop);
    memcpy(i.sha256, sop, strlen(sop) < 32 ? strlen(sop) : 32);
    fields_set(f, FIELD_STUDY_UID, str_of(uid));
    fields_set(f, FIELD_SERIES_UID, arena_printf(d->arena, "%s.1", uid));
    fields_set(f, FIELD_SOP_UID, str_of(sop));
    fields_set(f, FIELD_SOP_CLASS, STR("1.2.840.10008.5.1.4.1.1.2"));
    fields_set(f, FIELD_MODALITY, STR("CT"));
    fields_set(f, FIELD_STUDY_DATE, STR("20261124"));
    fields_set(f, FIELD_STUDY_TIME, STR("103100"));
    fields_set(f, FIELD_ACCESSION_NUMBER, str_of(accession));
    return study_store_start(d, &i, e) && study_store_finish(d, &i, &outcome, e);
}

static bool report(struct domain *d, const char *patient, const char *accession, struct report_result *ret,
                   struct err *e)
{
    struct fields *f = ARENA_NEW(d->arena, struct fields);
    struct report_request r = {.fields = f};
    patient_fields(f, patient);
    fields_set(f, FIELD_ACCESSION_NUMBER, str_of(accession));
    fields_set(f, FIELD_REPORT_CODE, STR("CTHEAD^L^CT of the head"));
    fields_set(f, FIELD_REPORT_STATUS, STR("final"));
    fields_set(f, FIELD_REPORT_TEXT, STR("No bleeding."));
    return report_apply(d, &r, ret, e);
}

static bool step_of(struct domain *d, const char *accession, struct worklist_step *ret_step, size_t *ret_n,
                    struct err *e)
{
    struct worklist_query q = {.accession_number = str_of(accession)};
    struct worklist_step *steps;
    if (!worklist_find(d, &q, &steps, ret_n, e))
        return false;
    if (*ret_n)
        *ret_step = steps[0];
    return true;
}

static bool imaging_study_of(struct domain *d, const char *uid, struct record_doc *ret_doc, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, record_param(STR("ImagingStudy"), STR("identifier")));
    db_text(&args, arena_printf(d->arena, "urn:oid:%s", uid));
    const struct db_rows *r = db_run(d->db, &Q_imaging_study_find, &args, e);
    if (!r || !db_count(r))
        return r && err_set(e, ERR_NOT_FOUND, "no ImagingStudy of '%s'", uid);
    *ret_doc = record_row(r, 0, d->arena);
    return resource_render(d, ret_doc, e);
}

static void order_shows_in_worklist(void)
{
    struct err e;
    struct worklist_step s;
    size_t n = 0;
    err_clear(&e);
    struct domain d = test_begin();
    TEST_OK(place(&d, "P1", "A1", "1.2.3.1", &e), &e);
    test_end(&d, true);
    d = test_begin();
    TEST_OK(step_of(&d, "A1", &s, &n, &e), &e);
    CU_ASSERT_EQUAL(n, 1);
    if (n == 1) {
        TEST_STR(s.value[FIELD_PATIENT_NAME], "Müller^Änne^Maria^Dr");
        TEST_STR(s.value[FIELD_PATIENT_ID], "P1");
        TEST_STR(s.value[FIELD_PATIENT_ISSUER], "HOSP");
        TEST_STR(s.value[FIELD_PATIENT_SEX], "F");
        TEST_STR(s.value[FIELD_PROCEDURE_CODE], "CTHEAD^L^CT of the head");
        TEST_STR(s.value[FIELD_REFERRING_PHYSICIAN], "Weiß^Willi");
        TEST_STR(s.value[FIELD_PATIENT_WEIGHT], "72.50");
        TEST_STR(s.value[FIELD_STATION_AE], "CT1");
        TEST_STR(s.value[FIELD_STUDY_UID], "1.2.3.1");
        TEST_STR(s.value[FIELD_STEP_STATUS], "SCHEDULED");
    }
    TEST_OK(change(&d, "P1", "A1", ORDER_CANCEL, STR_NONE, &e), &e);
    TEST_OK(step_of(&d, "A1", &s, &n, &e), &e);
    CU_ASSERT_EQUAL(n, 0);
    test_end(&d, true);
}

static void started_step_is_not_cancelled(void)
{
    struct err e;
    err_clear(&e);
    struct domain d = test_begin();
    TEST_OK(place(&d, "P1", "A2", "1.2.3.2", &e), &e);
    TEST_OK(change(&d, "P1", "A2", ORDER_STATUS, STR("STARTED"), &e), &e);
    CU_ASSERT_FALSE(change(&d, "P1", "A2", ORDER_CANCEL, STR_NONE, &e));
    CU_ASSERT_EQUAL(e.code, ERR_BUSINESS_RULE);
    TEST_OK(change(&d, "P1", "A2", ORDER_DISCONTINUE, STR_NONE, &e), &e);
    CU_ASSERT_FALSE(change(&d, "P2", "A2", ORDER_STATUS, STR("COMPLETED"), &e));
    test_end(&d, false);
}

static void images_answer_the_order(void)
{
    struct err e;
    struct record_doc doc;
    struct report_result r;
    err_clear(&e);
    struct domain d = test_begin();
    TEST_OK(place(&d, "P3", "A3", "1.2.3.3", &e), &e);
    TEST_OK(store(&d, "P3", "1.2.3.3", "1.2.3.3.1.1", "", &e), &e);
    TEST_OK(store(&d, "P3", "1.2.3.3", "1.2.3.3.1.2", "", &e), &e);
    TEST_OK(imaging_study_of(&d, "1.2.3.3", &doc, &e), &e);
    TEST_STR(fhir_text(doc.node, "status"), "available");
    TEST_STR(fhir_text(doc.node, "numberOfInstances"), "2");
    CU_ASSERT_PTR_NULL(fhir_at(doc.node, "series[0].instance"));
    struct study_view page = {.limit = 1};
    TEST_OK(study_render(&d, &doc, &page, &e), &e);
    TEST_STR(fhir_text(doc.node, "series[0].instance[0].uid"), "1.2.3.3.1.1");
    CU_ASSERT_PTR_NULL(fhir_at(doc.node, "series[0].instance[1]"));
    CU_ASSERT(page.more);
    TEST_OK(study_render(&d, &doc, &page, &e), &e);
    TEST_STR(fhir_text(doc.node, "series[0].instance[0].uid"), "1.2.3.3.1.2");
    CU_ASSERT_FALSE(page.more);
    CU_ASSERT(fhir_text(doc.node, "basedOn[1].reference").n > 0);
    TEST_OK(report(&d, "P3", "A3", &r, &e), &e);
    TEST_STR(r.link_state, "linked");
    TEST_STR(r.link_rung, "accession");
    test_end(&d, true);
}

static void order_finds_earlier_images_and_report(void)
{
    struct err e;
    struct record_doc doc;
    struct report_result r;
    err_clear(&e);
    struct domain d = test_begin();
    TEST_OK(report(&d, "P4", "A4", &r, &e), &e);
    TEST_STR(r.link_state, "waiting");
    TEST_OK(store(&d, "P4", "1.2.3.4", "1.2.3.4.1.1", "", &e), &e);
    TEST_OK(place(&d, "P4", "A4", "1.2.3.4", &e), &e);
    TEST_OK(imaging_study_of(&d, "1.2.3.4", &doc, &e), &e);
    TEST_STR(fhir_text(doc.node, "status"), "available");
    test_end(&d, true);
    d = test_begin();
    TEST_OK(report(&d, "P4", "A4", &r, &e), &e);
    TEST_STR(r.link_state, "linked");
    CU_ASSERT(fhir_text(r.report.node, "subject.reference").n > 0);
    test_end(&d, true);
}

static void another_patient_is_held(void)
{
    struct err e;
    struct report_result r;
    struct record_doc doc;
    err_clear(&e);
    struct domain d = test_begin();
    TEST_OK(place(&d, "P5", "A5", "1.2.3.5", &e), &e);
    TEST_OK(store(&d, "P6", "1.2.3.5", "1.2.3.5.1.1", "A5", &e), &e);
    TEST_OK(report(&d, "P6", "A5", &r, &e), &e);
    TEST_STR(r.link_state, "held");
    TEST_OK(imaging_study_of(&d, "1.2.3.5", &doc, &e), &e);
    TEST_STR(fhir_text(doc.node, "status"), "registered");
    test_end(&d, true);
}

/* As two transactions leave it that could not see each other: the report waits although its order is there. */
static bool put_waiting(struct domain *d, int64_t report, const char *accession, const char *evidence, struct err *e)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, report);
    const char *const before[] = {"DiagnosticReport/x", "", "waiting", "", evidence};
    for (size_t i = 0; i < 5; i++)
        db_text(&args, str_of(before[i]));
    db_int(&args, 0);
    db_int(&args, 0);
    const char *const after[] = {"", accession, "", "", "", "", accession};
    for (size_t i = 0; i < 7; i++)
        db_text(&args, str_of(after[i]));
    db_int(&args, 0);
    return db_run(d->db, &Q_report_link_put, &args, e) != NULL;
}

static struct str link_column(struct domain *d, int64_t report, int column)
{
    struct db_args args = db_args(d->arena);
    db_int(&args, report);
    const struct db_rows *r = db_run(d->db, &Q_report_link_get, &args, NULL);
    return r && db_count(r) ? arena_str(d->arena, db_get(r, 0, column)) : STR("none");
}

static void what_missed_each_other_is_mended(void)
{
    enum { STATE = 2, EVIDENCE = 4 };
    struct err e;
    struct report_result r, alone;
    err_clear(&e);
    struct domain d = test_begin();
    TEST_OK(place(&d, "P7", "A7", "1.2.3.7", &e), &e);
    TEST_OK(report(&d, "P7", "A7", &r, &e), &e);
    TEST_OK(report(&d, "P7", "A8", &alone, &e), &e);
    TEST_OK(put_waiting(&d, r.report.rid, "A7", "", &e), &e);
    TEST_OK(put_waiting(&d, alone.report.rid, "A8", "as it was", &e), &e);
    TEST_OK(link_waiting_reports(&d, &e), &e);
    TEST_STR(link_column(&d, r.report.rid, STATE), "held");
    TEST_STR(link_column(&d, alone.report.rid, STATE), "waiting");
    TEST_STR(link_column(&d, alone.report.rid, EVIDENCE), "as it was"); /* found nothing, so nothing was written */
    test_end(&d, false);
}

static const struct unit_case cases[] = {
    {"an order shows in the worklist and goes when cancelled", order_shows_in_worklist},
    {"a started step is not cancelled", started_step_is_not_cancelled},
    {"images answer the order, the report finds both", images_answer_the_order},
    {"an order finds images and report that came before", order_finds_earlier_images_and_report},
    {"another patient's images and report are held", another_patient_is_held},
    {"what missed each other is mended, and nothing else is written", what_missed_each_other_is_mended},
};

int main(int argc, char **argv)
{
    (void)argc;
    postgres_needed(argv);
    test_house_open();
    int status = unit_main("domain story", cases, (int)(sizeof cases / sizeof cases[0]));
    test_house_close();
    return status;
}
