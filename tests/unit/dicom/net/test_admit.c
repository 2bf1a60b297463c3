#include "dicom/net/net_priv.h"
#include "unit.h"

#define CT "1.2.840.10008.5.1.4.1.1.2"
#define MR "1.2.840.10008.5.1.4.1.1.4"

static void lists_name_uids_and_names(void)
{
    static const struct {
        const char *list, *uid;
        bool listed;
    } cases[] = {
        {"", CT, true},
        {"", "1.2.3", true},
        {CT, CT, true},
        {CT, CT ".1", false},
        {CT "*", CT ".1", true},
        {MR ", " CT, CT, true},
        {"CT*", CT, true},
        {"CT*", MR, false},
        {"*ImageStorage", MR, true},
        {"*", "1.2.3", true},
        {"1.2.*.4", "1.2.3.3.4", true},
        {"1.2.*.4", "1.2.3.3.5", false},
        {"LittleEndianExplicit", DICOM_EXPLICIT_LE, true},
        {"JPEG*", "1.2.840.10008.1.2.4.110", true},
        {",", CT, false},
        {"**C*T**", CT, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (admit_listed(cases[i].list, cases[i].uid) != cases[i].listed) {
            printf("case %zu: '%s' and %s\n", i, cases[i].list, cases[i].uid);
            CU_FAIL("listed");
        }
}

static void private_classes_are_by_option(void)
{
    struct dicom_server_config config = {.private_classes = false};
    struct session s = {.config = &config};
    CU_ASSERT_PTR_NULL(admit_service(&s, "1.2.3.4", DICOM_C_STORE_RQ));
    CU_ASSERT_PTR_NOT_NULL(admit_service(&s, CT, DICOM_C_STORE_RQ));
    s.who.peer.private_classes = 1;
    CU_ASSERT_PTR_NOT_NULL(admit_service(&s, "1.2.3.4", DICOM_C_STORE_RQ));
    CU_ASSERT_PTR_NULL(admit_service(&s, "1.2.3.4", DICOM_C_FIND_RQ));
    CU_ASSERT_PTR_NULL(admit_service(&s, "1.2.840.10008.5.1.4.99", DICOM_C_STORE_RQ));
    CU_ASSERT_PTR_NULL(admit_service(&s, "1.2.x", DICOM_C_STORE_RQ));
}

static void seats_are_counted_by_title(void)
{
    struct principal a = {.name = "A", .peer = {.connections = 2}}, b = {.name = "B", .peer = {.connections = 1}};
    const struct principal free = {.name = "C"};
    CU_ASSERT_TRUE(seats_take(&a) && seats_take(&a) && seats_take(&b));
    CU_ASSERT_FALSE(seats_take(&a));
    CU_ASSERT_FALSE(seats_take(&b));
    CU_ASSERT_TRUE(seats_take(&free) && seats_pace(&free));
    seats_leave(&a);
    CU_ASSERT_TRUE(seats_take(&a));
    seats_leave(&a);
    seats_leave(&a);
    seats_leave(&b);
    CU_ASSERT_TRUE(seats_take(&b));
    seats_leave(&b);
}

static const struct unit_case cases[] = {
    {"lists name UIDs and names", lists_name_uids_and_names},
    {"private classes are by option", private_classes_are_by_option},
    {"seats are counted by title", seats_are_counted_by_title},
};
UNIT_MAIN("dicom/net/admit", cases)
