#include "dicom/shim/uid.h"

#include "unit.h"

static void test_check(void)
{
    static const struct {
        const char *uid;
        bool strict, lenient;
    } cases[] = {{"1.2.840.10008.1.2", true, true},
                 {"0", true, true},
                 {"1.0.2", true, true},
                 {"1.02.3", false, true},
                 {"", false, false},
                 {".", false, false},
                 {"..", false, false},
                 {"1..2", false, false},
                 {"1.2.", false, false},
                 {".1", false, false},
                 {"../../etc/passwd", false, false},
                 {"1.2/3", false, false},
                 {"1.2\\1.3", false, false},
                 {"1.2 ", false, false},
                 {"1.2.840.10008.1.2.1a", false, false},
                 {"1234567890.1234567890.1234567890.1234567890.1234567890.123456789", true, true},
                 {"1234567890.1234567890.1234567890.1234567890.1234567890.1234567890", false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err e = {0};
        CU_ASSERT_EQUAL(dicom_uid_check(str_of(cases[i].uid), false, &e), cases[i].strict);
        CU_ASSERT_EQUAL(dicom_uid_check(str_of(cases[i].uid), true, &e), cases[i].lenient);
    }
    CU_ASSERT_FALSE(dicom_uid_check((struct str){"1.2\0.3", 6}, true, NULL));
}

static void test_new(void)
{
    char a[DICOM_UID_SIZE], b[DICOM_UID_SIZE];
    struct err e = {0};
    for (int i = 0; i < 100; i++) {
        CU_ASSERT_TRUE(dicom_uid_new(a, &e) && dicom_uid_new(b, &e));
        CU_ASSERT_TRUE(dicom_uid_check(str_of(a), false, &e));
        CU_ASSERT_TRUE(str_starts(str_of(a), "2.25."));
        CU_ASSERT_STRING_NOT_EQUAL(a, b);
    }
    CU_ASSERT_TRUE(dicom_uid_check(str_of(DICOM_IMPLEMENTATION_UID), false, &e));
}

static void test_tables(void)
{
    CU_ASSERT_TRUE(dicom_uid_is_storage("1.2.840.10008.5.1.4.1.1.2"));
    CU_ASSERT_FALSE(dicom_uid_is_storage(DICOM_VERIFICATION));
    CU_ASSERT_STRING_EQUAL(dicom_uid_name("1.2.840.10008.5.1.4.1.1.2"), "CTImageStorage");
    CU_ASSERT_PTR_NULL(dicom_uid_name("1.2.3.4.5"));
    static const struct {
        const char *uid;
        bool known, encapsulated;
    } syntaxes[] = {{DICOM_IMPLICIT_LE, true, false},          {DICOM_EXPLICIT_BE, true, false},
                    {"1.2.840.10008.1.2.4.90", true, true},    {"1.2.840.10008.1.2.4.202", true, true},
                    {"1.2.840.10008.1.2.4.112", true, true},   {"1.2.840.10008.1.2.5", true, true},
                    {"1.2.840.10008.1.2.4.999", false, false}, {DICOM_DEFLATED_LE, true, false}};
    for (size_t i = 0; i < sizeof syntaxes / sizeof *syntaxes; i++) {
        CU_ASSERT_EQUAL(dicom_transfer_syntax_known(syntaxes[i].uid), syntaxes[i].known);
        CU_ASSERT_EQUAL(dicom_transfer_syntax_encapsulated(syntaxes[i].uid), syntaxes[i].encapsulated);
    }
    size_t n = 0;
    for (; dicom_transfer_syntax(n); n++)
        CU_ASSERT_TRUE(dicom_transfer_syntax_known(dicom_transfer_syntax(n)));
    CU_ASSERT_TRUE(n > 45);
    for (n = 0; dicom_storage_class(n); n++)
        CU_ASSERT_TRUE(dicom_uid_is_storage(dicom_storage_class(n)));
    CU_ASSERT_TRUE(n > 150);
}

static const struct unit_case cases[] = {
    {"form", test_check},
    {"new ones", test_new},
    {"tables", test_tables},
};
UNIT_MAIN("dicom/shim/uid", cases)
