#include <stddef.h>

#include "dicom/net/mpps.h"
#include "keys.h"

static struct arena arena;

static bool read_keys(const char *const *keys, struct performed *ret, struct err *e)
{
    struct dicom_dataset *ds = keys_new("ISO_IR 192", keys);
    bool ok = mpps_read(dicom_dataset_root(ds), &arena, ret, e);
    dicom_dataset_free(ds);
    return ok;
}

/* Each attribute reaches its member. */
static void test_members(void)
{
    static const struct {
        const char *key;
        size_t member;
        const char *value;
    } cases[] = {
        {"00100020=P1", offsetof(struct performed, patient_id), "P1"},
        {"00100021=CLINIC", offsetof(struct performed, patient_issuer), "CLINIC"},
        {"00100010=Doe^Jane", offsetof(struct performed, patient_name), "Doe^Jane"},
        {"00100030=19790412", offsetof(struct performed, patient_birth_date), "1979-04-12"},
        {"00100030=1979", offsetof(struct performed, patient_birth_date), ""},
        {"00100040=F", offsetof(struct performed, patient_sex), "F"},
        {"00400253=PPS1", offsetof(struct performed, id), "PPS1"},
        {"00400241=CT1", offsetof(struct performed, station_ae), "CT1"},
        {"00400254=CT head", offsetof(struct performed, description), "CT head"},
        {"00400340>00081050=Pat^P", offsetof(struct performed, performer), "Pat^P"},
        {"00081032>00080100=A", offsetof(struct performed, code), "A^^"},
        {"00081032>00080104=meaning", offsetof(struct performed, code), ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct performed p;
        struct err e = {0};
        CU_ASSERT_FATAL(read_keys((const char *const[]){"00400252=IN PROGRESS", cases[i].key, NULL}, &p, &e));
        const struct str *s = (const struct str *)(const void *)((const char *)&p + cases[i].member);
        CU_ASSERT(str_is(*s, cases[i].value));
    }
}

static void test_refused(void)
{
    char key[400] = "00100020=";
    struct performed p;
    struct err e = {0};
    CU_ASSERT_FALSE(read_keys((const char *const[]){"00400252=", NULL}, &p, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    CU_ASSERT_FALSE(read_keys((const char *const[]){"00400252=DONE", NULL}, &p, &e));
    CU_ASSERT_FALSE(read_keys((const char *const[]){"00100020=P1", NULL}, &p, &e));
    memset(key + 9, 'x', 300);
    err_clear(&e);
    CU_ASSERT_FALSE(read_keys((const char *const[]){"00400252=COMPLETED", key, NULL}, &p, &e));
    CU_ASSERT_EQUAL(e.code, ERR_LENGTH);
}

static void test_items(void)
{
    struct performed p;
    struct err e = {0};
    CU_ASSERT_FATAL(read_keys((const char *const[]){"00400252=COMPLETED", "00400270>00400009=S1",
                                                    "00400270>0020000D=1.2", "00400270>00080051>00400031=RAD", NULL},
                              &p, &e));
    CU_ASSERT_EQUAL_FATAL(p.item_count, 1);
    CU_ASSERT(str_is(p.items[0].step_id, "S1"));
    CU_ASSERT(str_is(p.items[0].study_uid, "1.2"));
    CU_ASSERT(str_is(p.items[0].accession_issuer, "RAD"));
    CU_ASSERT_EQUAL(p.series_count, 0);
    /* Without the sequence the root may say the study. */
    CU_ASSERT_FATAL(read_keys((const char *const[]){"00400252=COMPLETED", "0020000D=1.3", NULL}, &p, &e));
    CU_ASSERT_EQUAL_FATAL(p.item_count, 1);
    CU_ASSERT(str_is(p.items[0].study_uid, "1.3"));
}

static void test_fixed(void)
{
    CU_ASSERT(mpps_fixed(DICOM_TAG(0x0010, 0x0020)));
    CU_ASSERT(mpps_fixed(DICOM_TAG(0x0040, 0x0270)));
    CU_ASSERT(mpps_fixed(DICOM_TAG(0x0040, 0x0244)));
    CU_ASSERT_FALSE(mpps_fixed(DICOM_TAG(0x0040, 0x0252)));
    CU_ASSERT_FALSE(mpps_fixed(DICOM_TAG(0x0040, 0x0340)));
}

static const struct unit_case cases[] = {
    {"each attribute reaches its member", test_members},
    {"what is refused", test_refused},
    {"scheduled steps", test_items},
    {"what an N-SET does not change", test_fixed},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("dicom/net/mpps_read", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
