#include "dicom/net/answer.h"
#include "keys.h"

static struct arena arena;

static bool request(const char *const *keys, struct worklist_query *ret_query, bool *ret_misplaced)
{
    struct err e;
    err_clear(&e);
    struct dicom_dataset *ds = keys_new("ISO_IR 192", keys);
    bool ok = worklist_request(dicom_dataset_root(ds), &arena, ret_query, ret_misplaced, &e);
    dicom_dataset_free(ds);
    return ok;
}

/* Each key alone reaches its member of the query. */
static void test_single_keys(void)
{
    static const struct {
        const char *key;
        size_t member;
        const char *value;
    } keys[] = {
        {"00100010=Doe^J*", offsetof(struct worklist_query, patient_name), "Doe^J*"},
        {"00100020=P?1", offsetof(struct worklist_query, patient_id), "P?1"},
        {"00100021=CLINIC", offsetof(struct worklist_query, patient_issuer), "CLINIC"},
        {"00080050=A1", offsetof(struct worklist_query, accession_number), "A1"},
        {"00401001=RP1", offsetof(struct worklist_query, procedure_id), "RP1"},
        {"00380010=ADM", offsetof(struct worklist_query, admission_id), "ADM"},
        {"00400100>00080060=CT", offsetof(struct worklist_query, modality), "CT"},
        {"00400100>00400001=CT1", offsetof(struct worklist_query, station_ae), "CT1"},
        {"00400100>00400009=S1", offsetof(struct worklist_query, step_id), "S1"},
        {"00400100>00400006=Ray*", offsetof(struct worklist_query, performing_physician), "Ray*"},
        {"00400100>00400011=ROOM 1", offsetof(struct worklist_query, step_location), "ROOM 1"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct worklist_query q;
        bool misplaced = true;
        CU_ASSERT_FATAL(request((const char *const[]){keys[i].key, NULL}, &q, &misplaced));
        const struct str *s = (const struct str *)(const void *)((const char *)&q + keys[i].member);
        CU_ASSERT(str_is(*s, keys[i].value));
        CU_ASSERT_FALSE(misplaced);
    }
}

static void test_ranges(void)
{
    struct worklist_query q;
    bool misplaced;
    CU_ASSERT_FATAL(request(
        (const char *const[]){"00400100>00400002=20261124-20261130", "00400100>00400003=1000-", NULL}, &q, &misplaced));
    CU_ASSERT(str_is(q.from_date, "20261124"));
    CU_ASSERT(str_is(q.to_date, "20261130"));
    CU_ASSERT(str_is(q.from_time, "1000"));
    CU_ASSERT_EQUAL(q.to_time.n, 0);
}

static void test_universal(void)
{
    struct worklist_query q;
    bool misplaced;
    CU_ASSERT_FATAL(
        request((const char *const[]){"00100010=", "00100020=", "0020000D=", "00400100>", NULL}, &q, &misplaced));
    CU_ASSERT_EQUAL(q.patient_name.n + q.patient_id.n + q.study_uid_count + q.status_count, 0);
    CU_ASSERT_FATAL(request((const char *const[]){"00400100>00400002=", "00400100>00400020=*", NULL}, &q, &misplaced));
    CU_ASSERT_EQUAL(q.from_date.n + q.to_date.n + q.status_count, 0);
    CU_ASSERT_FATAL(request((const char *const[]){"00400100>00400003=*", "00400100>00400002=", NULL}, &q, &misplaced));
    CU_ASSERT_EQUAL(q.from_time.n + q.to_time.n, 0);
    CU_ASSERT(q.limit > WORKLIST_MAX);
}

static void test_lists(void)
{
    struct worklist_query q;
    bool misplaced;
    CU_ASSERT_FATAL(request((const char *const[]){"0020000D=1.2\\1.3\\1.4", "00400100>00400020=READY\\STARTED", NULL},
                            &q, &misplaced));
    CU_ASSERT_EQUAL_FATAL(q.study_uid_count, 3);
    CU_ASSERT(str_is(q.study_uids[2], "1.4"));
    CU_ASSERT_EQUAL_FATAL(q.status_count, 2);
    CU_ASSERT(str_is(q.statuses[1], "STARTED"));
}

static void test_misplaced(void)
{
    struct worklist_query q;
    bool misplaced = false;
    CU_ASSERT_FATAL(request((const char *const[]){"00080060=MR", "00400002=20261124", NULL}, &q, &misplaced));
    CU_ASSERT(misplaced);
    CU_ASSERT(str_is(q.modality, "MR"));
    CU_ASSERT(str_is(q.from_date, "20261124"));
    /* In its place the key counts, the one at the root does not. */
    CU_ASSERT_FATAL(request((const char *const[]){"00080060=MR", "00400100>00080060=CT", NULL}, &q, &misplaced));
    CU_ASSERT(str_is(q.modality, "CT"));
}

static void test_refused(void)
{
    struct worklist_query q;
    struct err e;
    bool misplaced;
    CU_ASSERT_FALSE(request((const char *const[]){"00400100>00400002=2026", NULL}, &q, &misplaced));
    CU_ASSERT_FALSE(request((const char *const[]){"00400100>00400003=25-x", NULL}, &q, &misplaced));
    struct dicom_dataset *ds = keys_new("", (const char *const[]){"00400100>00080060=CT", NULL});
    err_clear(&e);
    CU_ASSERT_PTR_NOT_NULL(dicom_put_item(dicom_dataset_root(ds), TAG_STEP_SEQUENCE, &e));
    CU_ASSERT_FALSE(worklist_request(dicom_dataset_root(ds), &arena, &q, &misplaced, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    dicom_dataset_free(ds);
}

/* Every row's tag is in the dictionary and stands only once in its place. */
static void test_table(void)
{
    size_t n = 0;
    for (; worklist_tag(n); n++) {
        const struct tag_row *r = worklist_tag(n);
        char vr[3];
        dicom_tag_vr(r->tag, vr);
        bool sequence = r->how == HOW_CODE || r->how == HOW_ISSUER || r->how == HOW_PERSON || r->how == HOW_IDS;
        CU_ASSERT_EQUAL(strcmp(vr, "SQ") == 0, sequence);
        CU_ASSERT(strcmp(vr, "UN") != 0);
        for (size_t i = 0; i < n; i++)
            CU_ASSERT(worklist_tag(i)->tag != r->tag || worklist_tag(i)->place != r->place);
    }
    CU_ASSERT(n > 50);
}

static const struct unit_case cases[] = {
    {"every key reaches its member", test_single_keys},
    {"date and time ranges", test_ranges},
    {"universal matching", test_universal},
    {"lists of UIDs and statuses", test_lists},
    {"step keys at the root", test_misplaced},
    {"what is refused", test_refused},
    {"the table", test_table},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("dicom/net/request", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
