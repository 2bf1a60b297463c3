#include "dicom/shim/command_priv.h"

#include "craft.h"

static void round_trip(const struct dicom_command *c)
{
    CRAFT(b);
    command_write(c, &b);
    struct dicom_command back = {.context_id = c->context_id};
    struct err e = {0};
    CU_ASSERT_TRUE_FATAL(command_parse(buf_view(&b), &back, &e));
    CU_ASSERT_EQUAL(back.kind, c->kind);
    CU_ASSERT_EQUAL(back.message_id, c->message_id);
    CU_ASSERT_EQUAL(back.status, c->status);
    CU_ASSERT_EQUAL(back.dataset_type, c->dataset_type);
    CU_ASSERT_STRING_EQUAL(back.sop_class_uid, c->sop_class_uid);
    CU_ASSERT_STRING_EQUAL(back.sop_instance_uid, c->sop_instance_uid);
    CU_ASSERT_STRING_EQUAL(back.move_destination, c->move_destination);
    CU_ASSERT_STRING_EQUAL(back.error_comment, c->error_comment);
    CU_ASSERT_EQUAL(back.error_id, c->error_id);
    CU_ASSERT_EQUAL(back.attribute_count, c->attribute_count);
    CU_ASSERT_EQUAL(back.attributes[0], c->attributes[0]);
    CU_ASSERT_EQUAL(back.remaining, c->has_counts && c->status == 0xff00 ? c->remaining : 0);
    CU_ASSERT_EQUAL(back.failed, c->failed);
    CU_ASSERT_EQUAL(back.action_type, c->action_type);
}

static void test_round_trip(void)
{
    static const struct dicom_command all[] = {
        {.kind = DICOM_C_ECHO_RQ, .message_id = 7, .dataset_type = 0x0101, .sop_class_uid = "1.2.840.10008.1.1"},
        {.kind = DICOM_C_STORE_RQ,
         .message_id = 65535,
         .dataset_type = 1,
         .sop_class_uid = "1.2.3",
         .sop_instance_uid = "1.2.3.4",
         .move_originator = "PEER",
         .move_originator_message_id = 3},
        {.kind = DICOM_C_STORE_RQ | DICOM_RESPONSE,
         .message_id = 2,
         .dataset_type = 0x0101,
         .status = 0xA700,
         .sop_class_uid = "1.2",
         .sop_instance_uid = "1.2.3",
         .error_comment = "the volume is full"},
        {.kind = DICOM_N_SET_RQ | DICOM_RESPONSE,
         .message_id = 2,
         .dataset_type = 0x0101,
         .status = 0x0110,
         .sop_class_uid = "1.2",
         .sop_instance_uid = "1.2.3",
         .error_comment = "it has ended",
         .error_id = 0xA710},
        {.kind = DICOM_C_MOVE_RQ, .message_id = 2, .dataset_type = 1, .move_destination = "WORKSTATION"},
        {.kind = DICOM_C_MOVE_RQ | DICOM_RESPONSE,
         .dataset_type = 0x0101,
         .status = 0xff00,
         .has_counts = true,
         .remaining = 5,
         .completed = 4,
         .failed = 3,
         .warning = 2},
        {.kind = DICOM_C_GET_RQ | DICOM_RESPONSE,
         .dataset_type = 0x0101,
         .status = 0xb000,
         .has_counts = true,
         .completed = 4,
         .failed = 3},
        {.kind = DICOM_N_GET_RQ,
         .message_id = 9,
         .dataset_type = 0x0101,
         .sop_class_uid = "1.2",
         .sop_instance_uid = "1.3",
         .attributes = {0x00400252, 0x00100020},
         .attribute_count = 2},
        {.kind = DICOM_N_ACTION_RQ,
         .message_id = 9,
         .dataset_type = 1,
         .action_type = 1,
         .sop_class_uid = "1.2",
         .sop_instance_uid = "1.3"},
        {.kind = DICOM_C_CANCEL_RQ, .message_id = 4, .dataset_type = 0x0101},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        round_trip(&all[i]);
}

/* Requests of the N services on what exists say "requested", create and the C services "affected". */
static void test_requested(void)
{
    static const struct {
        uint16_t kind;
        const char *first; /* tag in front of the UID */
    } cases[] = {{DICOM_N_SET_RQ, "\x00\x00\x03\x00"},
                 {DICOM_N_CREATE_RQ, "\x00\x00\x02\x00"},
                 {DICOM_C_FIND_RQ, "\x00\x00\x02\x00"},
                 {DICOM_N_SET_RQ | 0x8000, "\x00\x00\x02\x00"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dicom_command c = {.kind = cases[i].kind, .sop_class_uid = "1.2.3"};
        CRAFT(b);
        command_write(&c, &b);
        CU_ASSERT_EQUAL(memcmp(b.p + 12, cases[i].first, 4), 0);
    }
}

static void test_malformed(void)
{
    CRAFT(nested);
    craft_head(&nested, IMPLICIT, 0x00000100, NULL, CRAFT_UNDEFINED);
    CRAFT(other_group);
    craft(&other_group, IMPLICIT, 0x00080018, "UI", "1.2");
    CRAFT(short_value);
    craft_head(&short_value, IMPLICIT, 0x00000100, NULL, 1);
    buf_putc(&short_value, 1);
    CRAFT(no_kind);
    craft(&no_kind, IMPLICIT, 0x00000002, "UI", "1.2");
    CRAFT(long_uid);
    craft(&long_uid, IMPLICIT, 0x00000002, "UI", "1234567890.1234567890.1234567890.1234567890.1234567890.1234567890.1");
    CRAFT(tail);
    buf_puts(&tail, "1234567");
    const struct buf *all[] = {&nested, &other_group, &short_value, &no_kind, &long_uid, &tail};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct dicom_command c = {0};
        struct err e = {0};
        CU_ASSERT_FALSE(command_parse(buf_view(all[i]), &c, &e));
        CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
    }
}

static const struct unit_case cases[] = {
    {"each kind there and back", test_round_trip},
    {"affected and requested", test_requested},
    {"malformed command sets", test_malformed},
};
UNIT_MAIN("dicom/shim/command", cases)
