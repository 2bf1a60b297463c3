/* Groups of a message: where they begin and end, and what is found in them. */
#include "hl7/codec/message.h"
#include "unit.h"

#define MSH "MSH|^~\\&|RIS||||||ORM^O01|7|P|2.5.1\r"

struct sample {
    const char *name, *segments, *starts;
    const char *head, *groups; /* names of the segments; groups end in '/' */
};

static const struct sample samples[] = {
    {"one order", "PID|1\rORC|a\rOBR|a\rNTE|1\r", "ORC OBR", "MSH PID ", "ORC OBR NTE /"},
    {"two orders", "PID|1\rPV1|1\rORC|a\rOBR|a\rZDS|1\rORC|b\rOBR|b\rZDS|2\r", "ORC OBR", "MSH PID PV1 ",
     "ORC OBR ZDS /ORC OBR ZDS /"},
    {"results without ORC", "PID|1\rOBR|a\rOBX|1\rOBR|b\rOBX|1\r", "ORC OBR", "MSH PID ", "OBR OBX /OBR OBX /"},
    {"ORC for the first only", "PID|1\rORC|a\rOBR|a\rOBX|1\rOBR|b\rOBX|1\r", "ORC OBR", "MSH PID ",
     "ORC OBR OBX /OBR OBX /"},
    {"OBR first, then ORC", "OBR|a\rORC|b\rOBR|b\r", "ORC OBR", "MSH ", "OBR /ORC OBR /"},
    {"ORC alone", "ORC|a\rORC|b\r", "ORC OBR", "MSH ", "ORC /ORC /"},
    {"steps of an order", "ORC|a\rOBR|a\rIPC|1\rIPC|2\r", "IPC", "MSH ORC OBR ", "IPC /IPC /"},
    {"none", "PID|1\r", "ORC OBR", "MSH PID ", ""},
};

static void put_names(struct buf *seen, const struct hl7_group *g)
{
    const struct hl7_segment *s = NULL;
    while ((s = hl7_segment_next(g, s, NULL)))
        buf_printf(seen, "%.*s ", STR_ARG(s->name));
}

static void check_sample(const struct sample *s)
{
    struct arena a;
    struct hl7_message m;
    CLEANUP(buf_release) struct buf seen;
    arena_init(&a);
    buf_init(&seen, 1000);
    CU_ASSERT_FATAL(hl7_parse(arena_printf(&a, MSH "%s", s->segments), NULL, &a, &m, NULL));
    struct hl7_group all = hl7_all(&m), head = hl7_group_head(&all, s->starts), g = {NULL, 0, 0};
    put_names(&seen, &head);
    CU_ASSERT(str_is(buf_view(&seen), s->head));
    buf_reset(&seen);
    while (hl7_group_next(&all, s->starts, &g)) {
        put_names(&seen, &g);
        buf_putc(&seen, '/');
    }
    if (!str_is(buf_view(&seen), s->groups))
        printf("\n  %s: '%.*s'\n", s->name, STR_ARG(buf_view(&seen)));
    CU_ASSERT(str_is(buf_view(&seen), s->groups));
    arena_release(&a);
}

static void cut_at_their_first_segments(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        check_sample(&samples[i]);
}

static void looked_up_inside_a_group(void)
{
    struct arena a;
    struct hl7_message m;
    struct str text;
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(STR(MSH "NTE|0||head\rORC|NW|P1\rOBR|1|P1\rNTE|1||x\rNTE|2||y\rORC|NW|P2\rOBR|2|P2\r"),
                              NULL, &a, &m, NULL));
    struct hl7_group all = hl7_all(&m), g = {NULL, 0, 0}, steps = {NULL, 0, 0};
    CU_ASSERT_FATAL(hl7_group_next(&all, "ORC OBR", &g));
    CU_ASSERT(str_is(hl7_group_get(&g, &a, "ORC-2"), "P1"));
    CU_ASSERT(str_is(hl7_group_get(&g, &a, "NTE[2]-3"), "y"));
    CU_ASSERT_EQUAL(hl7_group_find(&g, &a, "MSH-3", &text), HL7_ABSENT);
    CU_ASSERT_EQUAL(hl7_segment_find(&g, "NTE", 1)->occurrence, 2); /* counted in the message, for ERR-2 */
    CU_ASSERT_PTR_NULL(hl7_segment_find(&g, "NTE", 3));
    CU_ASSERT_PTR_NULL(hl7_segment_find(&g, "NTE", 0));
    CU_ASSERT(hl7_group_next(&g, "NTE", &steps)); /* groups within a group stay within it */
    CU_ASSERT(hl7_group_next(&g, "NTE", &steps));
    CU_ASSERT_EQUAL(steps.to, g.to);
    CU_ASSERT_FALSE(hl7_group_next(&g, "NTE", &steps));
    CU_ASSERT_FATAL(hl7_group_next(&all, "ORC OBR", &g));
    CU_ASSERT(str_is(hl7_group_get(&g, &a, "ORC-2"), "P2"));
    CU_ASSERT_PTR_NULL(hl7_segment_find(&g, "NTE", 1));
    CU_ASSERT_FALSE(hl7_group_next(&all, "ORC OBR", &g));
    CU_ASSERT(str_is(hl7_get(&m, &a, "ORC[2]-2"), "P2"));
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"cut at their first segments", cut_at_their_first_segments},
    {"looked up inside a group", looked_up_inside_a_group},
};

UNIT_MAIN("hl7/codec/group", cases)
