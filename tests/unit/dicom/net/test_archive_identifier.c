#include "dicom/net/archive.h"
#include "keys.h"

#define PATIENT_FIND "1.2.840.10008.5.1.4.1.2.1.1"
#define STUDY_FIND "1.2.840.10008.5.1.4.1.2.2.1"
#define STUDY_MOVE "1.2.840.10008.5.1.4.1.2.2.2"
#define ONLY_FIND "1.2.840.10008.5.1.4.1.2.3.1"
#define INSTANCE_GET "1.2.840.10008.5.1.4.1.2.4.3"

static struct session session; /* its arena holds what is read */

static bool read_all(const char *sop_class, const char *const *keys, enum archive_use use,
                     struct archive_query *ret_query, struct err *e)
{
    struct dicom_dataset *ds = keys_new("ISO_IR 192", keys);
    err_clear(e);
    bool ok = archive_identifier(&session, service_find(sop_class, 0), dicom_dataset_root(ds), use, ret_query, e);
    dicom_dataset_free(ds);
    return ok;
}

static void expect(const struct archive_query *q, enum archive_key k, const char *const *values)
{
    size_t n = 0;
    for (; values[n]; n++)
        CU_ASSERT(n < q->key[k].n && str_is(q->key[k].v[n], values[n]));
    CU_ASSERT_EQUAL(q->key[k].n, n);
}

static void test_values(void)
{
    struct archive_query q;
    struct err e;
    static const char *const keys[] = {"00080052=STUDY",
                                       "00080020=20260101-",
                                       "00080030=-1015",
                                       "00080050=",
                                       "00080061=CT\\MR\\",
                                       "00100010= Doe^J* ",
                                       "00100020=A\\*",
                                       "0020000D=1.2\\1.3",
                                       "00081032>00080100=X",
                                       "00081032>00080104=",
                                       NULL};
    CU_ASSERT_FATAL(read_all(STUDY_FIND, keys, USE_FIND, &q, &e));
    CU_ASSERT_EQUAL(q.level, AT_STUDY);
    expect(&q, ARCHIVE_STUDY_DATE, (const char *const[]){"20260101", "", NULL});
    expect(&q, ARCHIVE_STUDY_TIME, (const char *const[]){"", "101559.999999", NULL});
    expect(&q, ARCHIVE_ACCESSION, (const char *const[]){NULL});
    expect(&q, ARCHIVE_MODALITIES, (const char *const[]){"CT", "MR", NULL});
    expect(&q, ARCHIVE_PATIENT_NAME, (const char *const[]){"Doe^J*", NULL});
    expect(&q, ARCHIVE_PATIENT_ID, (const char *const[]){NULL}); /* one of them fits everything */
    expect(&q, ARCHIVE_STUDY_UID, (const char *const[]){"1.2", "1.3", NULL});
    expect(&q, ARCHIVE_PROCEDURE_CODE, (const char *const[]){"X", NULL});
    CU_ASSERT(q.asked[ARCHIVE_ACCESSION] && q.asked[ARCHIVE_PROCEDURE_MEANING] && !q.asked[ARCHIVE_PROCEDURE_SCHEME]);
    CU_ASSERT_FATAL(read_all(STUDY_FIND, (const char *const[]){"00080052=STUDY", "00081032>", NULL}, USE_FIND, &q, &e));
    CU_ASSERT(q.asked[ARCHIVE_PROCEDURE_SCHEME]); /* an empty sequence asks for all of it */
}

static void test_rules(void)
{
    static const struct {
        const char *sop_class;
        const char *keys[6];
        enum archive_use use;
        unsigned status; /* 0: fine */
    } cases[] = {
        {STUDY_FIND, {"00080052=STUDY"}, USE_FIND, 0},
        {STUDY_FIND, {"00080052=PATIENT"}, USE_FIND, 0xA900},
        {STUDY_FIND, {"00100020=P"}, USE_FIND, 0xA900},
        {ONLY_FIND, {"00080052=PATIENT"}, USE_FIND, 0},
        {ONLY_FIND, {"00080052=SERIES", "00100020=P", "0020000D=1.2"}, USE_FIND, 0xA900},
        {PATIENT_FIND, {"00080052=STUDY", "00100020=P"}, USE_FIND, 0},
        {PATIENT_FIND, {"00080052=STUDY", "00100020=P*"}, USE_FIND, 0xA900},
        {PATIENT_FIND, {"00080052=IMAGE", "00100020=P", "0020000D=1.2", "0020000E=1.3"}, USE_FIND, 0},
        {PATIENT_FIND, {"00080052=IMAGE", "0020000D=1.2", "0020000E=1.3"}, USE_FIND, 0xA900},
        {STUDY_FIND, {"00080052=STUDY", "00080020=2026"}, USE_FIND, 0xC000},
        {STUDY_MOVE, {"00080052=STUDY", "0020000D=1.2\\1.3"}, USE_RETRIEVE, 0},
        {STUDY_MOVE, {"00080052=STUDY"}, USE_RETRIEVE, 0xA900},
        {STUDY_MOVE, {"00080052=STUDY", "0020000D=1.2*"}, USE_RETRIEVE, 0xA900},
        {STUDY_MOVE, {"00080052=SERIES", "0020000D=1.2\\1.3", "0020000E=1.4"}, USE_RETRIEVE, 0xA900},
        {INSTANCE_GET, {"00080018=1.2.3"}, USE_RETRIEVE, 0},
        {INSTANCE_GET, {"00080052=IMAGE", "00080018=1.2.3\\1.2.4"}, USE_RETRIEVE, 0},
        {INSTANCE_GET, {"00080052=STUDY", "0020000D=1.2.3"}, USE_RETRIEVE, 0xA900},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct archive_query q;
        struct err e;
        bool ok = read_all(cases[i].sop_class, cases[i].keys, cases[i].use, &q, &e);
        CU_ASSERT_EQUAL(ok, cases[i].status == 0);
        if (!ok)
            CU_ASSERT_EQUAL(err_row(e.code)->dimse, cases[i].status);
    }
}

/* What is retrieved does not depend on other keys, which clients leave in from a query. */
static void test_retrieval_is_by_unique_keys(void)
{
    struct archive_query q;
    struct err e;
    static const char *const keys[] = {"00080052=STUDY", "0020000D=1.2", "00100010=Doe*", "00080060=CT", NULL};
    CU_ASSERT_FATAL(read_all(STUDY_MOVE, keys, USE_RETRIEVE, &q, &e));
    expect(&q, ARCHIVE_STUDY_UID, (const char *const[]){"1.2", NULL});
    CU_ASSERT_EQUAL(q.key[ARCHIVE_PATIENT_NAME].n + q.key[ARCHIVE_MODALITY].n, 0);
}

static void test_models(void)
{
    CU_ASSERT_PTR_NULL(archive_model("1.2.840.10008.5.1.4.31"));
    CU_ASSERT_PTR_NULL(archive_model("1.2.840.10008.5.1.4.1.2.1"));
    CU_ASSERT_PTR_NULL(archive_model("1.2.840.10008.5.1.4.1.2.1.11"));
    CU_ASSERT_PTR_NOT_NULL_FATAL(archive_model(ONLY_FIND));
    CU_ASSERT_EQUAL(archive_model(ONLY_FIND)->bottom, AT_STUDY);
    CU_ASSERT_FALSE(archive_negotiated(&session, service_find(STUDY_FIND, 0), EXTENSION_RELATIONAL));
}

static const struct unit_case cases[] = {
    {"values of keys", test_values},
    {"levels and unique keys", test_rules},
    {"retrieval by unique keys", test_retrieval_is_by_unique_keys},
    {"information models", test_models},
};

int main(void)
{
    arena_init(&session.arena);
    int status = unit_main("dicom/net/archive_identifier", cases, sizeof cases / sizeof cases[0]);
    arena_release(&session.arena);
    return status;
}
