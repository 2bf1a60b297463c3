#include "base/clock.h"
#include "dicom/net/answer.h"
#include "keys.h"

static struct arena arena;
static struct worklist_step step;

static void fill_step(void)
{
    static const struct {
        enum field field;
        const char *value;
    } values[] = {
        {FIELD_PATIENT_ID, "P1"},
        {FIELD_PATIENT_ISSUER, "CLINIC"},
        {FIELD_PATIENT_NAME, "Müller^Jürgen"},
        {FIELD_PATIENT_BIRTH_DATE, "1979-04-12"},
        {FIELD_PATIENT_OTHER_IDS, "X1^OLD\\X2^NATIONAL"},
        {FIELD_ACCESSION_NUMBER, "A1"},
        {FIELD_ACCESSION_ISSUER, "RIS"},
        {FIELD_REFERRING_PHYSICIAN_ID, "1234"},
        {FIELD_PROCEDURE_ID, "RP1"},
        {FIELD_PROCEDURE_CODE, "CTHEAD^L^CT head"},
        {FIELD_REASON_CODE, "12345678901234567890^SCT^long"},
        {FIELD_PATIENT_LANGUAGE, "no"},
        {FIELD_MODALITY, "CT"},
        {FIELD_STATION_AE, "CT1"},
        {FIELD_STEP_START, "2026-11-24T09:30:00+02:00"},
        {FIELD_STEP_ID, "S1"},
        {FIELD_PROTOCOL_CODE, "P7"},
        {FIELD_STUDY_UID, "1.2.3"},
    };
    for (int f = 0; f < FIELD_WORKLIST_COUNT; f++)
        step.value[f] = STR("");
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        step.value[values[i].field] = str_of(values[i].value);
}

static struct dicom_dataset *answer(const char *charset, const char *const *keys)
{
    struct err e;
    err_clear(&e);
    struct dicom_dataset *request = keys_new("", keys), *to = dicom_dataset_new(charset, &e);
    bool ok = worklist_answer(dicom_dataset_root(to), dicom_dataset_root(request), &step, &arena, &e);
    if (!ok)
        printf("answer: %s\n", e.text);
    CU_ASSERT(ok);
    dicom_dataset_free(request);
    return to;
}

/* One key asked, what stands where in the answer. */
static const struct {
    const char *key, *path, *value;
} keys[] = {
    {"00100020=", "00100020", "P1"},
    {"00100010=doe*", "00100010", "Müller^Jürgen"},
    {"00100030=", "00100030", "19790412"},
    {"00100040=", "00100040", ""},
    {"00080050=", "00080050", "A1"},
    {"00100020=", "00080050", NULL},
    {"00080051>", "00080051>00400031", "RIS"},
    {"00080096>", "00080096>00401101>00080100", "1234"},
    {"00101002>", "00101002>00100020", "X1"},
    {"00101002>", "00101002>00100021", "OLD"},
    {"00101002>00100020=", "00101002>00100021", NULL},
    {"00321064>", "00321064>00080102", "L"},
    {"00321064>", "00321064>00080104", "CT head"},
    {"00321064>00080100=", "00321064>00080100", "CTHEAD"},
    {"00321064>00080100=", "00321064>00080104", NULL},
    {"00321064>00080103=", "00321064>00080103", ""},
    {"0040100A>", "0040100A>00080119", "12345678901234567890"},
    {"0040100A>", "0040100A>00080100", NULL},
    {"00100101>", "00100101>00080100", "no"},
    {"00081110>", "00081110>", NULL},
    {"00104000=", "00104000", ""},
    {"00080052=STUDY", "00080052", NULL},
    {"0020000D=", "0020000D", "1.2.3"},
    {"00400100>00080060=", "00400100>00080060", "CT"},
    {"00400100>00080060=", "00400100>00400009", NULL},
    {"00400100>00400002=", "00400100>00400002", "20261124"},
    {"00400100>00400003=", "00400100>00400003", "093000"},
    {"00400100>00400008>", "00400100>00400008>00080102", "99LOCAL"},
    {"00400100>00400008>", "00400100>00400008>00080104", "P7"},
    {"00400100>00400020=", "00400100>00400020", ""},
    {"00080060=", "00080060", "CT"}, /* misplaced, and answered there */
};

static void test_keys(void)
{
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct dicom_dataset *ds = answer("ISO_IR 192", (const char *const[]){keys[i].key, NULL});
        keys_expect(dicom_dataset_root(ds), keys[i].path, keys[i].value, &arena);
        dicom_dataset_free(ds);
    }
}

/* An empty step sequence asks for all type 1 and 2 keys of the module, and for no type 3 key. */
static void test_whole_module(void)
{
    struct dicom_dataset *ds = answer("ISO_IR 192", (const char *const[]){"00400100>", NULL});
    const struct dicom_item *root = dicom_dataset_root(ds), *item = dicom_item_find(root, TAG_STEP_SEQUENCE, 0);
    CU_ASSERT_EQUAL(dicom_count(root, TAG_STEP_SEQUENCE), 1);
    for (size_t i = 0; worklist_tag(i); i++) {
        const struct tag_row *r = worklist_tag(i);
        bool step = r->place == PLACE_STEP;
        CU_ASSERT_EQUAL(dicom_exists(step ? item : root, r->tag), step && r->type <= 2);
    }
    dicom_dataset_free(ds);
}

static void test_other_ids(void)
{
    struct dicom_dataset *ds = answer("ISO_IR 192", (const char *const[]){"00101002>", NULL});
    const struct dicom_item *second = dicom_item_find(dicom_dataset_root(ds), DICOM_TAG(0x0010, 0x1002), 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(second);
    keys_expect(second, "00100020", "X2", &arena);
    keys_expect(second, "00100021", "NATIONAL", &arena);
    dicom_dataset_free(ds);
}

static void test_character_sets(void)
{
    static const struct {
        const char *charset, *bytes;
        bool lossy;
    } cases[] = {{"ISO_IR 192", "M\xC3\xBCller^J\xC3\xBCrgen", false},
                 {"ISO_IR 100", "M\xFCller^J\xFCrgen", false},
                 {"ISO_IR 144", "ller^J", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err e;
        CLEANUP(buf_release) struct buf b;
        err_clear(&e);
        buf_init(&b, 4096);
        struct dicom_dataset *ds = answer(cases[i].charset, (const char *const[]){"00100010=", NULL});
        CU_ASSERT(dicom_dataset_write(ds, DICOM_EXPLICIT_LE, &b, &e));
        CU_ASSERT_PTR_NOT_NULL(memmem(b.p, b.n, cases[i].bytes, strlen(cases[i].bytes)));
        CU_ASSERT_PTR_NOT_NULL(memmem(b.p, b.n, cases[i].charset, strlen(cases[i].charset)));
        CU_ASSERT_EQUAL(dicom_dataset_lossy(ds), cases[i].lossy);
        dicom_dataset_free(ds);
    }
}

static const struct unit_case cases[] = {
    {"what was asked comes back, and nothing else", test_keys},
    {"an empty step sequence", test_whole_module},
    {"several other patient ids", test_other_ids},
    {"the requester's character set", test_character_sets},
};

int main(void)
{
    struct err e;
    err_clear(&e);
    arena_init(&arena);
    if (!clock_set_site("Africa/Johannesburg", &e))
        return 1;
    fill_step();
    int status = unit_main("dicom/net/answer", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
