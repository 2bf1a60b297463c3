/* Canonical values as HL7: each transform at its place, whole segments, a destination's own rows, forwarded messages.
 */
#include "hl7/out/out_priv.h"

#include "unit.h"

static struct arena a;
static struct domain domain_here = {.arena = &a};

/* ---- transforms ---- */

static void transforms(void)
{
    arena_init(&a);
    static const struct {
        const char *place, *transform, *text, *segment;
    } cases[] = {
        {"PID-5", "NAME", "Doe^Jane^Ann^Dr.^Jr.", "PID|||||Doe^Jane^Ann^Jr.^Dr.^^L\r"},
        {"PID-5", "NAME", "Yamada^Tarou=Y1^T1=Y2^T2", "PID|||||Yamada^Tarou^^^^^L^A~Y1^T1^^^^^L^I~Y2^T2^^^^^L^P\r"},
        {"PV1-8", "PERSON", "Weber^Clara^^Dr.", "PV1||||||||^Weber^Clara^^^Dr.\r"},
        {"OBR-32", "READER", "Okafor^Ben", "OBR||||||||||||||||||||||||||||||||&Okafor&Ben\r"},
        {"PID-7", "DATE", "1979-04-12", "PID|||||||19790412\r"},
        {"PID-7", "DATE", "1979", "PID|||||||1979\r"},
        {"ORC-7.4", "TIME", "2026-11-24T10:30:00+02:00", "ORC|||||||^^^20261124103000+0200\r"},
        {"ORC-9", "TIME", "no time at all", ""},
        {"OBR-4.4", "CODE", "CTHEAD^L^CT head", "OBR||||^^^CTHEAD^CT head^L\r"},
        {"OBR-4", "CODE", "24725-4", "OBR||||24725-4\r"},
        {"TQ1-9", "PRIORITY", "STAT", "TQ1|||||||||S\r"},
        {"TQ1-9", "PRIORITY", "HIGH", "TQ1|||||||||A\r"},
        {"TQ1-9", "PRIORITY", "NONSENSE", ""},
        {"PV1-15", "PREGNANT", "3", "PV1|||||||||||||||B6\r"},
        {"PV1-15", "PREGNANT", "1", ""},
        {"MSH-9", "PARTS", "ORM^O01^ORM_O01", "MSH|^~\\&|||||||ORM^O01^ORM_O01\r"},
        {"PID-3", "OTHER IDS", "A1\\B2", "PID|||~A1~B2\r"},
        {"OBX-5", "TEXT", "a|b^c\\d&e~f", "OBX|||||a\\F\\b\\S\\c\\E\\d\\T\\e\\R\\f\r"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CLEANUP(buf_release) struct buf b;
        struct hl7_location at;
        struct hl7_writer w;
        struct err e = {0};
        struct parts *p = ARENA_NEW(&a, struct parts);
        p->d = &domain_here;
        buf_init(&b, 10000);
        hl7_writer_init(&w, &b, NULL);
        CU_ASSERT_TRUE_FATAL(hl7_location_parse(cases[i].place, &at, &e));
        CU_ASSERT_TRUE(write_transform_find(str_of(cases[i].transform))(p, &at, str_of(cases[i].text), &e));
        parts_segment(p, at.segment, &w);
        CU_ASSERT_TRUE(hl7_writer_ok(&w, &e));
        if (!str_is(buf_view(&b), cases[i].segment))
            printf("%s %s: %.*s\n", cases[i].place, cases[i].transform, STR_ARG(buf_view(&b)));
        CU_ASSERT_TRUE(str_is(buf_view(&b), cases[i].segment));
    }
    CU_ASSERT_PTR_NULL(write_transform_find(STR("NONSENSE")));
    arena_release(&a);
}

/* A later text replaces an earlier one, and a place takes all below it. */
static void places(void)
{
    arena_init(&a);
    CLEANUP(buf_release) struct buf b;
    struct hl7_location whole, part;
    struct hl7_writer w;
    struct err e = {0};
    struct parts *p = ARENA_NEW(&a, struct parts);
    buf_init(&b, 10000);
    hl7_writer_init(&w, &b, NULL);
    CU_ASSERT_TRUE(hl7_location_parse("OBR-4", &whole, &e) && hl7_location_parse("OBR-4.2", &part, &e));
    part_put(p, &part, STR("two"));
    part_put(p, &whole, STR("one"));
    part_put(p, &part, STR("second"));
    CU_ASSERT_TRUE(parts_segment(p, "OBR", &w));
    CU_ASSERT_TRUE(str_is(buf_view(&b), "OBR||||one^second\r"));
    part_clear(p, &whole);
    CU_ASSERT_FALSE(parts_segment(p, "OBR", &w));
    arena_release(&a);
}

/* ---- whole messages ---- */

static struct hl7_destination destination_of(const char *own_rows, const char *set)
{
    return (struct hl7_destination){.sending_application = STR("ISOCENTRE"),
                                    .application = STR("PACS"),
                                    .processing = STR("P"),
                                    .version = STR("2.5.1"),
                                    .character_set = str_of(set),
                                    .templates = str_of(own_rows)};
}

static bool has(const struct composed *c, const char *segment)
{
    struct str rest = c->raw, one;
    while (str_next(&rest, '\r', &one))
        if (str_is(one, segment))
            return true;
    printf("%s is missing in %.*s\n", segment, STR_ARG(c->raw));
    return false;
}

static struct telling order(void)
{
    struct telling t = {.d = &domain_here, .event = HL7_STEP_NEW};
    t.value[FIELD_PATIENT_NAME] = STR("Gr\xc3\xb6ße^Jane");
    t.value[FIELD_ACCESSION_NUMBER] = STR("A1");
    t.value[FIELD_STUDY_UID] = STR("1.2.3");
    t.value[FIELD_PROCEDURE_COMMENTS] = STR("first\nsecond");
    t.value[FACT_ORDER_STATUS] = STR("SC");
    return t;
}

static void messages(void)
{
    arena_init(&a);
    static const struct message_row orm = {HL7_STEP_NEW, SEND_ORDER, STYLE_ORM, "ORM^O01^ORM_O01", "NW", SHAPE_ORM},
                                    omi = {HL7_STEP_NEW, SEND_ORDER, STYLE_OMI, "OMI^O23^OMI_O23", "NW", SHAPE_OMI};
    struct hl7_destination to = destination_of("[]", "UNICODE UTF-8");
    struct telling t = order();
    struct composed c, other;
    struct err e = {0};
    CU_ASSERT_TRUE_FATAL(compose(&t, &to, &orm, &c, &e));
    CU_ASSERT_TRUE(has(&c, "ORC|NW||||SC") && has(&c, "NTE|1||first") && has(&c, "NTE|2||second"));
    CU_ASSERT_TRUE(has(&c, "ZDS|1.2.3^ISOCENTRE^Application^DICOM"));
    CU_ASSERT_EQUAL(c.warnings, 0);
    CU_ASSERT_TRUE_FATAL(compose(&t, &to, &omi, &other, &e));
    CU_ASSERT_TRUE(has(&other, "IPC|A1||1.2.3^ISOCENTRE"));
    CU_ASSERT_FALSE(str_eq(c.control_id, other.control_id));
    to = destination_of("[{\"place\":\"ORC-1\",\"value\":\"SN\"},{\"place\":\"ZDS-1\",\"value\":\"\"}]", "ASCII");
    CU_ASSERT_TRUE_FATAL(compose(&t, &to, &orm, &c, &e));
    CU_ASSERT_TRUE(has(&c, "ORC|SN||||SC"));
    CU_ASSERT_EQUAL(str_find(c.raw, 'Z'), c.raw.n);
    CU_ASSERT_EQUAL(c.warnings, 1);
    arena_release(&a);
}

static void forwarded(void)
{
    arena_init(&a);
    struct hl7_destination to = destination_of("[]", "8859/1");
    struct composed c;
    struct err e = {0};
    struct came came = {
        .bytes = STR("MSH$%~\\&$RIS$CLINIC$X$Y$2026$$ADT%A08$ID7$P$2.3$$$$$$UNICODE UTF-8\rPID$1$$7$$Gr\xc3\xb6n\r"
                     "ZZZ$a%b\r")};
    CU_ASSERT_TRUE_FATAL(compose_forward(&domain_here, &to, &came, &c, &e));
    CU_ASSERT_TRUE(str_starts(c.raw, "MSH$%~\\&$ISOCENTRE$$PACS$$2026$$ADT%A08$"));
    CU_ASSERT_TRUE(str_ends(c.raw, "$P$2.3$$$$$$8859/1\rPID$1$$7$$Gr\xf6n\rZZZ$a%b\r"));
    came =
        (struct came){STR("MSH|^~\\&|RIS||||1||ADT^A08|8|P|2.3\rPID|1||7||Gr\xf6n\r"), hl7_charset_find(STR("8859/1"))};
    CU_ASSERT_TRUE_FATAL(compose_forward(&domain_here, &to, &came, &c, &e));
    CU_ASSERT_TRUE(str_ends(c.raw, "|Gr\xf6n\r"));
    came = (struct came){.bytes = STR("no message")};
    CU_ASSERT_FALSE(compose_forward(&domain_here, &to, &came, &c, &e));
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"transforms", transforms},
    {"places", places},
    {"messages in the style and set of their receiver", messages},
    {"forwarded messages", forwarded},
};

UNIT_MAIN("hl7/out/compose", cases)
