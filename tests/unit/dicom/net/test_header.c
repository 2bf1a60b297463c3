#include "dicom/net/header.h"
#include "keys.h"

#define UIDS "00080016=1.2.840.10008.5.1.4.1.1.2", "00080018=1.2.3.4", "0020000D=1.2.3", "0020000E=1.2.3.1"
static struct arena arena;

static bool read_fields(const char *const *keys, struct fields *ret_fields, struct err *e)
{
    struct dicom_dataset *ds = keys_new("ISO_IR 192", keys);
    memset(ret_fields, 0, sizeof *ret_fields);
    err_clear(e);
    bool ok = dicom_header_read(dicom_dataset_root(ds), &arena, ret_fields, e);
    dicom_dataset_free(ds);
    return ok;
}

static void test_values(void)
{
    static const char *const keys[] = {UIDS,
                                       "00100010=Doe^Jane^Q",
                                       "00100020= P1 ",
                                       "00100021=CLINIC",
                                       "00100030=19790412",
                                       "00080050=A1",
                                       "00080051>00400031=RIS",
                                       "00080020=20261124",
                                       "00080201=+0200",
                                       "00080060=CT",
                                       "00200013=17",
                                       "00200010=ST1",
                                       "00200011=3",
                                       "0008103E=Axial",
                                       "00180015=HEAD",
                                       "00200060=L",
                                       "00080021=20261125",
                                       "00080031=093000.5",
                                       NULL};
    static const struct {
        enum field field;
        const char *value;
    } due[] = {{FIELD_PATIENT_NAME, "Doe^Jane^Q"},   {FIELD_PATIENT_ID, "P1"},
               {FIELD_PATIENT_ISSUER, "CLINIC"},     {FIELD_PATIENT_BIRTH_DATE, "1979-04-12"},
               {FIELD_ACCESSION_NUMBER, "A1"},       {FIELD_ACCESSION_ISSUER, "RIS"},
               {FIELD_STUDY_DATE, "20261124"},       {FIELD_TIME_ZONE, "+0200"},
               {FIELD_MODALITY, "CT"},               {FIELD_INSTANCE_NUMBER, "17"},
               {FIELD_STUDY_UID, "1.2.3"},           {FIELD_SERIES_UID, "1.2.3.1"},
               {FIELD_SOP_UID, "1.2.3.4"},           {FIELD_SOP_CLASS, "1.2.840.10008.5.1.4.1.1.2"},
               {FIELD_STUDY_ID, "ST1"},              {FIELD_SERIES_NUMBER, "3"},
               {FIELD_SERIES_DESCRIPTION, "Axial"},  {FIELD_BODY_PART, "HEAD"},
               {FIELD_LATERALITY, "L"},              {FIELD_SERIES_DATE, "20261125"},
               {FIELD_SERIES_TIME, "093000.5"},      {FIELD_STUDY_DESCRIPTION, ""}};
    struct fields f;
    struct err e;
    CU_ASSERT_FATAL(read_fields(keys, &f, &e));
    for (size_t i = 0; i < sizeof due / sizeof due[0]; i++)
        CU_ASSERT(str_is(fields_get(&f, due[i].field), due[i].value));
}

static void test_uids(void)
{
    static const struct {
        const char *const keys[5];
        bool ok;
    } cases[] = {
        {{UIDS, NULL}, true},
        {{"00080016=1.2", "00080018=1.2", "0020000D=1.2", "0020000E=1.02", NULL}, true}, /* leading zero: tolerated */
        {{"00080016=1.2", "00080018=1.2", "0020000D=1.2", NULL}, false},
        {{"00080016=1.2", "00080018=1.2", "0020000E=1.2", NULL}, false},
        {{"00080016=1.2", "00080018=1.2", "0020000D=", "0020000E=1.2", NULL}, false},
        {{"00080016=1.2", "00080018=1.2", "0020000D=../x", "0020000E=1.2", NULL}, false},
        /* 66 characters: a cut one would be another study's */
        {{"00080016=1.2", "00080018=1.2",
          "0020000D=1.2.345678901234567890123456789012345678901234567890123456789012345", "0020000E=1.2", NULL},
         false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fields f;
        struct err e;
        bool ok = read_fields(cases[i].keys, &f, &e);
        CU_ASSERT_EQUAL(ok, cases[i].ok);
        if (!ok)
            CU_ASSERT_EQUAL(err_row(e.code)->dimse, 0xA900);
    }
}

/* A number that is cut is another number. */
static void test_long_identifiers(void)
{
    static const char id[] = "123456789012345678901234567890123456789012345678901234567890123456";
    char patient[100], accession[100], endless[400];
    struct fields f;
    struct err e;
    snprintf(patient, sizeof patient, "00100020=%s", id);
    snprintf(accession, sizeof accession, "00080050=%s", id);
    CU_ASSERT_FATAL(read_fields((const char *const[]){UIDS, patient, accession, NULL}, &f, &e));
    CU_ASSERT(str_is(fields_get(&f, FIELD_PATIENT_ID), id));
    CU_ASSERT(str_is(fields_get(&f, FIELD_ACCESSION_NUMBER), id));
    snprintf(endless, sizeof endless, "00100020=%0300d", 7);
    CU_ASSERT_FALSE(read_fields((const char *const[]){UIDS, endless, NULL}, &f, &e));
    CU_ASSERT_EQUAL(err_row(e.code)->dimse, 0xA900);
}

static void test_old_forms(void)
{
    struct fields f;
    struct err e;
    CU_ASSERT_FATAL(
        read_fields((const char *const[]){UIDS, "00080020=1997.04.24", "00080030=14:38:03", NULL}, &f, &e));
    CU_ASSERT(str_is(fields_get(&f, FIELD_STUDY_DATE), "19970424"));
    CU_ASSERT(str_is(fields_get(&f, FIELD_STUDY_TIME), "143803"));
    CU_ASSERT_FATAL(read_fields((const char *const[]){UIDS, "00080020=19971399", NULL}, &f, &e));
    CU_ASSERT_EQUAL(fields_get(&f, FIELD_STUDY_DATE).n, 0);
}

static void test_dates(void)
{
    static const struct {
        const char *key, *value;
    } cases[] = {{"00100030=19790412", "1979-04-12"}, {"00100030=1979.04.12", "1979-04-12"}, {"00100030=19791399", ""},
                 {"00100030=1979", ""},               {"00100030=1979041X", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fields f;
        struct err e;
        CU_ASSERT_FATAL(read_fields((const char *const[]){UIDS, cases[i].key, NULL}, &f, &e));
        CU_ASSERT(str_is(fields_get(&f, FIELD_PATIENT_BIRTH_DATE), cases[i].value));
    }
}

/* Over-long text is cut by characters, in one pass whatever its length. */
static void test_long_text(void)
{
    enum { LONG = 1 << 20 };
    static char key[16 + 2 * LONG];
    struct fields f;
    struct err e;
    memcpy(key, "00081030=", 9);
    for (size_t i = 0; i < LONG / 2; i++)
        memcpy(key + 9 + 2 * i, "\xC3\xBC", 2);
    struct dicom_dataset *ds = keys_new("ISO_IR 192", (const char *const[]){UIDS, key, NULL});
    memset(&f, 0, sizeof f);
    err_clear(&e);
    CU_ASSERT_FATAL(dicom_header_read(dicom_dataset_root(ds), &arena, &f, &e));
    struct str s = fields_get(&f, FIELD_STUDY_DESCRIPTION);
    CU_ASSERT_EQUAL(str_utf8_count(s), 64);
    CU_ASSERT(str_utf8_valid(s));
    dicom_dataset_free(ds);
}

static const struct unit_case cases[] = {
    {"values of the index", test_values},
    {"UIDs that are needed", test_uids},
    {"identifiers over their length", test_long_identifiers},
    {"dates and times of ACR-NEMA", test_old_forms},
    {"dates", test_dates},
    {"text over its length", test_long_text},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("dicom/net/header", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
