#include <string.h>

#include "dicom/net/find.h"
#include "keys.h"

#define CT "1.2.840.10008.5.1.4.1.1.2"
#define WORKLIST "1.2.840.10008.5.1.4.31"
#define MPPS "1.2.840.10008.3.1.2.3.3"
#define STUDY_ROOT "1.2.840.10008.5.1.4.1.2.2.1"
#define STUDY_ROOT_MOVE "1.2.840.10008.5.1.4.1.2.2.2"

static void test_find(void)
{
    static const struct {
        const char *sop_class;
        int command;
        const char *request; /* NULL: no service */
        bool known;
    } cases[] = {
        {DICOM_VERIFICATION, DICOM_C_ECHO_RQ, "C-ECHO", false},
        {CT, DICOM_C_STORE_RQ, "C-STORE", true},
        {"1.2.840.10008.5.1.4.1.1.104.1", DICOM_C_STORE_RQ, "C-STORE", true}, /* encapsulated PDF */
        {WORKLIST, DICOM_C_FIND_RQ, "C-FIND MWL", false},
        {STUDY_ROOT, DICOM_C_FIND_RQ, "C-FIND STUDY", false},
        {STUDY_ROOT, 0, "C-FIND STUDY", false},
        {MPPS, DICOM_N_CREATE_RQ, "N-CREATE MPPS", false},
        {MPPS, DICOM_N_SET_RQ, "N-SET MPPS", false},
        {MPPS, DICOM_N_GET_RQ, NULL, false},
        {"1.2.840.10008.3.1.2.3.4", DICOM_N_GET_RQ, "N-GET MPPS", false},
        {"1.2.840.10008.1.20.1", DICOM_N_EVENT_REPORT_RQ, "N-EVENT-REPORT COMMITMENT", false},
        {"1.2.840.10008.5.1.4.33", DICOM_N_CREATE_RQ, "N-CREATE IAN", false},
        {"1.2.840.10008.1.20.1", DICOM_N_ACTION_RQ, "N-ACTION COMMITMENT", false},
        {"1.2.840.10008.5.1.4.34.6.1", DICOM_N_CREATE_RQ, "N-CREATE UPS", false},
        {"1.2.840.10008.5.1.4.34.6.1", DICOM_N_ACTION_RQ, "N-ACTION UPS PUSH", false},
        {"1.2.840.10008.5.1.4.34.6.1", DICOM_N_GET_RQ, "N-GET UPS PUSH", false},
        {"1.2.840.10008.5.1.4.34.6.1", DICOM_N_SET_RQ, NULL, false},
        {"1.2.840.10008.5.1.4.34.6.2", DICOM_N_ACTION_RQ, "N-ACTION UPS WATCH", false},
        {"1.2.840.10008.5.1.4.34.6.2", DICOM_N_GET_RQ, "N-GET UPS WATCH", false},
        {"1.2.840.10008.5.1.4.34.6.2", DICOM_C_FIND_RQ, "C-FIND UPS WATCH", false},
        {"1.2.840.10008.5.1.4.34.6.3", DICOM_N_ACTION_RQ, "N-ACTION UPS PULL", false},
        {"1.2.840.10008.5.1.4.34.6.3", DICOM_N_GET_RQ, "N-GET UPS PULL", false},
        {"1.2.840.10008.5.1.4.34.6.3", DICOM_N_SET_RQ, "N-SET UPS", false},
        {"1.2.840.10008.5.1.4.34.6.3", DICOM_C_FIND_RQ, "C-FIND UPS PULL", false},
        {"1.2.840.10008.5.1.4.34.6.5", DICOM_C_FIND_RQ, "C-FIND UPS QUERY", false},
        {STUDY_ROOT, DICOM_C_MOVE_RQ, NULL, false},
        {CT, DICOM_C_FIND_RQ, NULL, false},
        {STUDY_ROOT_MOVE, 0, "C-MOVE STUDY", false},
        {STUDY_ROOT_MOVE, DICOM_C_GET_RQ, NULL, false},
        {"1.2.840.10008.5.1.4.1.2.3.1", DICOM_C_FIND_RQ, "C-FIND PATIENT STUDY ONLY", false},
        {"1.2.840.10008.5.1.4.1.2.4.2", DICOM_C_MOVE_RQ, "C-MOVE INSTANCE", false},
        {"1.2.840.10008.5.1.4.1.2.3.2", DICOM_C_MOVE_RQ, "C-MOVE PATIENT STUDY ONLY", false},
        {"1.2.840.10008.5.1.4.1.2.5.3", DICOM_C_GET_RQ, "C-GET INSTANCE WITHOUT BULK", false},
        {"1.2.3", 0, NULL, false},
        {"", 0, NULL, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct service *s = service_find(cases[i].sop_class, cases[i].command);
        CU_ASSERT_EQUAL(s != NULL, cases[i].request != NULL);
        if (!s || !cases[i].request)
            continue;
        CU_ASSERT_STRING_EQUAL(s->act.request, cases[i].request);
        CU_ASSERT_EQUAL(s->known_syntaxes, cases[i].known);
        CU_ASSERT(s->act.audit != AUDIT_NONE);
    }
}

static void test_describe(void)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 1 << 16);
    dicom_services_describe(&b);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "| C-STORE | every storage SOP class | IMAGE_STORE | INSTANCE_STORE |"));
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "| C-FIND MWL | 1.2.840.10008.5.1.4.31 |"));
}

static void test_fields(void)
{
    static const struct {
        enum field field;
        const char *tags;
    } cases[] = {{FIELD_PATIENT_ID, "(0010,0020)"},
                 {FIELD_STEP_ID, "(0040,0100)>(0040,0009)"},
                 {FIELD_ORDER_TIME, "(0040,2004) (0040,2005)"},
                 {FIELD_SOP_UID, "(0008,0018)"},
                 {FIELD_REPORT_TEXT, ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CLEANUP(buf_release) struct buf b;
        buf_init(&b, 1 << 16);
        dicom_field_describe(cases[i].field, &b);
        CU_ASSERT(str_is(buf_view(&b), cases[i].tags));
    }
}

static void test_charset(void)
{
    static const struct {
        const char *request, *peer, *due;
    } cases[] = {{"ISO_IR 100", "", "ISO_IR 100"},
                 {"ISO_IR 100", "ISO_IR 144", "ISO_IR 100"},
                 {"", "ISO_IR 144", "ISO_IR 144"},
                 {"", "", "ISO_IR 192"},
                 {"", "NONSENSE", "ISO_IR 192"},
                 {"ISO_IR 192", "ISO_IR 100", "ISO_IR 192"},
                 {"\\ISO 2022 IR 87", "", "\\ISO 2022 IR 87"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct session s = {.config = NULL};
        arena_init(&s.arena);
        str_copy(s.who.character_set, sizeof s.who.character_set, str_of(cases[i].peer));
        struct dicom_dataset *ds = keys_new(cases[i].request, (const char *const[]){"00100020=", NULL});
        CU_ASSERT_STRING_EQUAL(session_charset(&s, dicom_dataset_root(ds)), cases[i].due);
        dicom_dataset_free(ds);
        arena_release(&s.arena);
    }
}

static void test_query_text(void)
{
    struct arena a;
    arena_init(&a);
    struct dicom_dataset *ds =
        keys_new("ISO_IR 192", (const char *const[]){"00100010=Doe*", "00100020=", "00400100>00080060=CT", NULL});
    CU_ASSERT(str_is(find_text(dicom_dataset_root(ds), &a), "PatientName=Doe* Modality=CT"));
    dicom_dataset_free(ds);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"the row of a class and command", test_find}, {"the printed table", test_describe},
    {"the tags of a field", test_fields},          {"the character set of answers", test_charset},
    {"a query in words", test_query_text},
};
UNIT_MAIN("dicom/net/services", cases)
