/* Messages built by the writer read back as they were meant. */
#include "hl7/codec/writer.h"

#include "unit.h"

static void check(const struct buf *out, const char *expected)
{
    if (!str_is(buf_view(out), expected))
        printf("\n  '%.*s'\n", STR_ARG(buf_view(out)));
    CU_ASSERT(str_is(buf_view(out), expected));
}

static void separators_come_by_themselves(void)
{
    CLEANUP(buf_release) struct buf out;
    struct hl7_writer w;
    buf_init(&out, 1000);
    hl7_writer_init(&w, &out, NULL);
    hl7_begin(&w, "MSH");
    hl7_put(&w, 3, STR("ISOCENTRE"));
    hl7_put(&w, 6, STR("")); /* nothing: leaves no separators at the end */
    hl7_put(&w, 9, STR("ORM"));
    hl7_put_component(&w, 9, 2, STR("O01"));
    hl7_end(&w);
    hl7_begin(&w, "PID");
    hl7_put_part(&w, 3, 1, 1, 1, STR("12"));
    hl7_put_part(&w, 3, 1, 4, 1, STR("HOSP"));
    hl7_put_part(&w, 3, 1, 4, 3, STR("ISO"));
    hl7_put_part(&w, 3, 2, 1, 1, STR("34"));
    hl7_put_part(&w, 3, 2, 5, 1, STR("SS"));
    hl7_put_component(&w, 5, 2, STR("ANNA"));
    hl7_put_null(&w, 8);
    hl7_put_raw(&w, 11, STR("a^b~c"));
    hl7_end(&w);
    hl7_begin(&w, "ZZZ");
    hl7_end(&w);
    CU_ASSERT(hl7_writer_ok(&w, NULL));
    check(&out, "MSH|^~\\&|ISOCENTRE||||||ORM^O01\r"
                "PID|||12^^^HOSP&&ISO~34^^^^SS||^ANNA|||\"\"|||a^b~c\rZZZ\r");
}

static void other_delimiters(void)
{
    CLEANUP(buf_release) struct buf out;
    struct hl7_writer w;
    const struct hl7_delims odd = {'!', '@', '*', '%', '$', '#'}, short_of_escape = {'!', '@', '*', 0, 0, 0};
    buf_init(&out, 1000);
    hl7_writer_init(&w, &out, &odd);
    hl7_begin(&w, "MSH");
    hl7_put_part(&w, 3, 2, 2, 2, STR("a!@*%$#|^"));
    hl7_end(&w);
    check(&out, "MSH!@*%$#!*@$a%F%%S%%R%%E%%T%%P%|^\r");
    buf_reset(&out);
    hl7_writer_init(&w, &out, &short_of_escape);
    hl7_begin(&w, "MSH");
    hl7_end(&w);
    check(&out, "MSH|^~\\&\r");
}

static void two_quotes_as_text_do_not_delete(void)
{
    CLEANUP(buf_release) struct buf out;
    struct arena a;
    struct hl7_message m;
    struct hl7_writer w;
    struct str text;
    buf_init(&out, 1000);
    arena_init(&a);
    hl7_writer_init(&w, &out, NULL);
    hl7_begin(&w, "MSH");
    hl7_put(&w, 3, STR("\"\""));
    hl7_put_null(&w, 4);
    hl7_end(&w);
    CU_ASSERT_FATAL(hl7_parse(buf_view(&out), NULL, &a, &m, NULL));
    CU_ASSERT_EQUAL(hl7_find(&m, &a, "MSH-3", &text), HL7_VALUE);
    CU_ASSERT(str_is(text, "\"\""));
    CU_ASSERT_EQUAL(hl7_find(&m, &a, "MSH-4", &text), HL7_NULL);
    arena_release(&a);
}

static void out_of_order_is_told(void)
{
    static const unsigned steps[][2][4] = {
        {{5, 1, 1, 1}, {4, 1, 1, 1}},
        {{5, 2, 1, 1}, {5, 1, 1, 1}},
        {{5, 1, 3, 1}, {5, 1, 2, 1}},
        {{5, 1, 1, 2}, {5, 1, 1, 1}},
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        CLEANUP(buf_release) struct buf out;
        struct hl7_writer w;
        struct err e = {.code = ERR_NONE};
        buf_init(&out, 1000);
        hl7_writer_init(&w, &out, NULL);
        hl7_begin(&w, "PID");
        for (int k = 0; k < 2; k++)
            hl7_put_part(&w, steps[i][k][0], steps[i][k][1], steps[i][k][2], steps[i][k][3], STR("x"));
        CU_ASSERT_FALSE(hl7_writer_ok(&w, &e));
        CU_ASSERT_EQUAL(e.code, ERR_INTERNAL);
    }
}

static void a_full_buffer_is_told_once_at_the_end(void)
{
    CLEANUP(buf_release) struct buf out;
    struct hl7_writer w;
    struct err e = {.code = ERR_NONE};
    buf_init(&out, 10);
    hl7_writer_init(&w, &out, NULL);
    hl7_begin(&w, "PID");
    hl7_put(&w, 60000, STR("x"));
    hl7_end(&w);
    CU_ASSERT_FALSE(hl7_writer_ok(&w, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TOO_LARGE);
}

static const struct unit_case cases[] = {
    {"separators come by themselves", separators_come_by_themselves},
    {"other delimiters", other_delimiters},
    {"two quotes as text do not delete", two_quotes_as_text_do_not_delete},
    {"out of order is told", out_of_order_is_told},
    {"a full buffer is told once, at the end", a_full_buffer_is_told_once_at_the_end},
};

UNIT_MAIN("hl7/codec/writer", cases)
