/* Names of segments and fields. */
#include "hl7/codec/names.h"
#include "unit.h"

static void names(void)
{
    static const struct {
        const char *segment;
        size_t field;
        const char *title;
    } samples[] = {{"MSH", 1, "Field separator"},
                   {"MSH", 10, "Control id"},
                   {"MSH", 18, "Character set"},
                   {"PID", 3, "Patient identifiers"},
                   {"PID", 39, "Tribal citizenship"},
                   {"ORC", 1, "Order control"},
                   {"OBR", 25, "Result status"},
                   {"OBR", 44, "Procedure code"},
                   {"OBX", 11, "Result status"},
                   {"TXA", 17, "Completion"},
                   {"PV1", 44, "Admitted"},
                   {"ERR", 8, "Text for the user"},
                   {"SCH", 25, "Filler status"},
                   {"TQ1", 9, "Priority"},
                   {"IPC", 9, "Station AE title"},
                   {"PID", 40, ""},
                   {"PID", 0, ""},
                   {"ZZZ", 1, ""}};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct str title = hl7_field_title(str_of(samples[i].segment), samples[i].field);
        CU_ASSERT_TRUE(str_is(title, samples[i].title) || (!title.n && !samples[i].title[0]));
    }
    CU_ASSERT_TRUE(str_is(hl7_segment_title(STR("ZDS")), "Study"));
    CU_ASSERT_TRUE(hl7_segment_title(STR("ZZZ")).p == NULL);
}

static const struct unit_case cases[] = {{"names", names}};

UNIT_MAIN("hl7/codec/names", cases)
