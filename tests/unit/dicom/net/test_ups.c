#include "dicom/net/ups.h"
#include "keys.h"

static struct arena arena;

static const char *const item[] = {"00100010=Work^Wanda",
                                   "00100020=P1",
                                   "00404005=20261124101500.5+0100",
                                   "00404018>00080100=QC1",
                                   "00404018>00080102=99TEST",
                                   "00404041=READY",
                                   "00741000=SCHEDULED",
                                   "00741200=HIGH",
                                   "00741202=QC LIST",
                                   "00741204=Check [CT] 100%",
                                   "00080018=1.2.3",
                                   NULL};

static void test_match(void)
{
    static const struct {
        const char *key;
        bool fits;
    } cases[] = {
        {"00741204=", true},
        {"00741204=*", true},
        {"00741204=Check [CT] 100%", true},
        {"00741204=check*", false},
        {"00741204=*100?", true},
        {"00741204=*CT*%*", true},
        {"00741204=Check", false},
        {"00741204=?*?*?*?*?*?*?*?*?*x", false},
        {"00100010=work^w*", true},
        {"00080018=1.2.3", true},
        {"00080018=1.2.4\\1.2.3", true},
        {"00080018=1.2", false},
        {"00404005=20261124", true},
        {"00404005=2026112410", true},
        {"00404005=20261125", false},
        {"00404005=20261124-", true},
        {"00404005=-20261124", true},
        {"00404005=20261124101500-20261124101501", true},
        {"00404005=20261124101500-0500-20261124101501-0500", true},
        {"00404005=20261124101501-", false},
        {"00404005=-20261124101459-0500", false},
        {"00404018>00080100=QC?", true},
        {"00404018>00080100=", true},
        {"00404018>00080104=meaning", false},
        {"00404021>00081155=", true},
        {"00404021>00081155=1.2", false},
        {"00400400=x", false},
        {"00081195=1.2.3", true}, /* no key */
    };
    struct dicom_dataset *ds = keys_new("ISO_IR 192", item);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dicom_dataset *keys = keys_new("ISO_IR 192", (const char *const[]){cases[i].key, NULL});
        bool fits = ups_matches(dicom_dataset_root(keys), dicom_dataset_root(ds), &arena);
        if (fits != cases[i].fits)
            printf("%s\n", cases[i].key);
        CU_ASSERT_EQUAL(fits, cases[i].fits);
        dicom_dataset_free(keys);
    }
    dicom_dataset_free(ds);
}

static void test_read(void)
{
    struct dicom_dataset *ds = keys_new("ISO_IR 192", item);
    struct dicom_item *root = dicom_dataset_root(ds);
    struct workitem w;
    struct err e = {0};
    CU_ASSERT_FATAL(ups_read(root, &arena, &w, &e));
    CU_ASSERT(str_is(w.start, "2026-11-24T10:15:00+01:00"));
    CU_ASSERT(str_is(w.code, "QC1^99TEST^"));
    CU_ASSERT(str_is(w.patient_id, "P1") && str_is(w.worklist_label, "QC LIST") && str_is(w.readiness, "READY"));
    static const char *const bad[] = {"00741200=URGENT", "00404041=MAYBE", "00404005=20261399", "00404005=2026"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct dicom_dataset *other = keys_new("ISO_IR 192", item);
        CU_ASSERT(keys_put(dicom_dataset_root(other), bad[i]));
        err_clear(&e);
        CU_ASSERT_FALSE(ups_read(dicom_dataset_root(other), &arena, &w, &e));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
        dicom_dataset_free(other);
    }
    dicom_dataset_free(ds);
}

/* Only the keys, item by item; what is not held is empty. */
static void test_pick(void)
{
    struct err e = {0};
    struct dicom_dataset *ds = keys_new("ISO_IR 192", item), *to = dicom_dataset_new("", &e);
    struct dicom_dataset *keys = keys_new(
        "ISO_IR 192", (const char *const[]){"00404018>00080100=", "00741204=", "00400400=", "00404021>", NULL});
    struct dicom_item *root = dicom_dataset_root(to);
    CU_ASSERT(ups_pick(dicom_dataset_root(keys), dicom_dataset_root(ds), root, &e));
    keys_expect(root, "00404018>00080100", "QC1", &arena);
    keys_expect(root, "00404018>00080102", NULL, &arena);
    keys_expect(root, "00741204", "Check [CT] 100%", &arena);
    keys_expect(root, "00400400", "", &arena);
    CU_ASSERT(dicom_exists(root, DICOM_TAG(0x0040, 0x4021)));
    keys_expect(root, "00741200", NULL, &arena);
    dicom_dataset_free(keys);
    dicom_dataset_free(to);
    dicom_dataset_free(ds);
}

/* A canceled one says when and why it ended, whoever ended it. */
static void test_view(void)
{
    struct err e = {0};
    struct dicom_dataset *ds = keys_new("ISO_IR 192", item);
    struct workitem_row row = {.state = STR(WORKITEM_CANCELED), .ended = INT64_C(1800000000000000)};
    CU_ASSERT_FATAL(ups_keep(ds, &arena, &row.dataset, &e));
    struct dicom_dataset *view = ups_view(&row, &arena, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(view);
    keys_expect(dicom_dataset_root(view), "00741000", "CANCELED", &arena);
    keys_expect(dicom_dataset_root(view), "00741002>0074100E>00080100", "110513", &arena);
    const char *when = keys_get(dicom_dataset_root(view), "00741002>00404052", &arena);
    CU_ASSERT(when && strncmp(when, "20270115", 8) == 0);
    dicom_dataset_free(view);
    dicom_dataset_free(ds);
}

static const struct unit_case cases[] = {
    {"matching of every kind", test_match},
    {"each attribute reaches its member", test_read},
    {"an answer holds its keys", test_pick},
    {"how a canceled one is shown", test_view},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("dicom/net/ups", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
