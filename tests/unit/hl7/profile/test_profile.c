/* Profiles: read with the line of a fault, asked of messages, the built-in ones, and what the XML form becomes. */
#include <string.h>

#include "hl7/profile/profile.h"
#include "unit.h"

#define HEAD "{\"name\":\"p\",\n\"sender\":{\"application\":\"RIS\"},\n"

static const struct {
    const char *json;
    unsigned line;
    const char *says;
} wrong[] = {
    {"", 1, "not valid JSON"},
    {"{\n\"name\": \"p\",\n}", 3, "not valid JSON"},
    {"[]", 1, "no object"},
    {"{\"name\":\"p\"}", 1, "sender is no object"},
    {"{\"name\":\"a b\",\"sender\":{\"application\":\"RIS\"}}", 1, "letters"},
    {"{\"name\":\"p\",\n\"sender\":{\n\"application\":7}}", 3, "application is no text"},
    {HEAD "\"nonsense\":1}", 3, "no member 'nonsense'"},
    {HEAD "\"rules\":[\n{\"at\":\"OBR-18\"},\n{\"at\":\"OBR-\"}]}", 5, "at is no place"},
    {HEAD "\"rules\":[\n{\"at\":\"OBR-18\",\n\"usge\":\"R\"}]}", 5, "no member 'usge'"},
    {HEAD "\"rules\":[{\"at\":\"OBR-18\",\"usage\":\"Q\"}]}", 3, "usage is none"},
    {HEAD "\"rules\":[{\"at\":\"OBR-18\",\"usage\":\"C\"}]}", 3, "needs a when"},
    {HEAD "\"rules\":[{\"at\":\"OBR-18\",\n\"table\":\"0074\"}]}", 4, "no such table"},
    {HEAD "\"rules\":[{\"at\":\"OBR-18\",\n\n\"length\":-1}]}", 5, "length is no number"},
    {HEAD "\"rules\":[{\"at\":\"OBR-18\",\"vr\":\"XX\"}]}", 3, "vr is none"},
    {HEAD "\"rules\":[{\"at\":\"OBR-18\",\"severity\":\"loud\"}]}", 3, "severity"},
    {HEAD "\"rules\":[{\"at\":\"ZDS\",\"length\":3}]}", 3, "a segment has no length"},
    {HEAD "\"rules\":[{\"at\":\"PID-3\",\"min\":3,\"max\":2}]}", 3, "min is more"},
    {HEAD "\"rules\":{}}", 3, "rules is no list"},
    {HEAD "\"map\":[\n{\"field\":\"X\",\n\"from\":\"OBR[2]-3\"}]}", 5, "without numbers"},
    {HEAD "\"map\":[\n{\"from\":\"OBR-3\"}]}", 4, "field is no text"},
    {HEAD "\"tests\":[\n{\"name\":\"t\"}]}", 4, "message is no text"},
    {HEAD "\"tests\":[\n{\"name\":\"t\",\"message\":\"MSH|\",\n\"ack\":\"CA\"}]}", 5, "ack is none"},
    {HEAD "\"tests\":[\n{\"name\":\"t\",\"message\":\"MSH|\",\n\"fields\":{\n\"A#x\":\"\"}}]}", 6, "fields has names"},
    {HEAD "\"tables\":{\n\"a\":[\"x\",\n1]}}", 5, "an item that is no text"},
};

static void faults_have_their_line(void)
{
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct arena a;
        struct hl7_profile p;
        struct err e = {.code = ERR_NONE};
        arena_init(&a);
        CU_ASSERT_FALSE(hl7_profile_read(str_of(wrong[i].json), &a, &p, &e));
        if (e.line != wrong[i].line || !strstr(e.text, wrong[i].says))
            printf("\n  %s\n  gave line %u: %s\n", wrong[i].json, e.line, e.text);
        CU_ASSERT_EQUAL(e.line, wrong[i].line);
        CU_ASSERT_PTR_NOT_NULL(strstr(e.text, wrong[i].says));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
        arena_release(&a);
    }
}

static void read_whole(void)
{
    struct arena a;
    struct hl7_profile p;
    struct err e = {.code = ERR_NONE};
    arena_init(&a);
    bool ok =
        hl7_profile_read(STR(HEAD "\"text\":\"of the RIS\",\"tables\":{\"m\":[\"CT\",\"MR\"]},"
                                  "\"rules\":[{\"at\":\"OBR-24.1\",\"table\":\"m\",\"messages\":[\"ORM\"]}],"
                                  "\"map\":[{\"field\":\"ACCESSION_NUMBER\",\"from\":\"ZRX-3.1\",\"in\":[\"ORM\"],"
                                  "\"also\":true}],\n\"tests\":[{\"name\":\"t\",\"message\":[\"MSH|\",\"PID|\"],"
                                  "\"fields\":{\"A\":\"1\",\"A#2\":\"\"}}]}"),
                         &a, &p, &e);
    if (!ok)
        printf("\n  %s\n", e.text);
    CU_ASSERT_FATAL(ok);
    CU_ASSERT(str_is(p.application, "RIS") && p.facility.n == 0);
    CU_ASSERT(p.rules == 1 && p.rule[0].table == &p.table[0] && p.rule[0].at.component == 1);
    CU_ASSERT(p.moves == 1 && p.move[0].also && str_is(p.move[0].transform, "TEXT") && p.move[0].line == 3);
    CU_ASSERT(p.tests == 1 && str_is(p.test[0].message, "MSH|\rPID|\r") && str_is(p.test[0].ack, "AA"));
    CU_ASSERT(p.test[0].fields == 2 && p.test[0].field[1].group == 2 && p.test[0].line == 4);
    arena_release(&a);
}

/* ---- rules asked of a message ---- */

#define ORM "MSH|^~\\&|RIS|CLINIC|||20261124||ORM^O01|1|P|2.3.1\r"

static const struct {
    const char *rule, *segments;
    const char *found; /* place, condition and severity of each finding */
} asked[] = {
    {"\"at\":\"OBR-18\",\"usage\":\"R\"", "OBR|1|||X\r", "OBR^1^18 101 E; "},
    {"\"at\":\"OBR-18\",\"usage\":\"R\"", "OBR|1\rOBR|2||||||||||||||||A\rOBR|3\r",
     "OBR^1^18 101 E; OBR^2^18 101 E; OBR^3^18 101 E; "},
    {"\"at\":\"OBR-18\",\"usage\":\"R\"", "OBR|1|||||||||||||||||A\r", ""},
    {"\"at\":\"OBR-18\",\"usage\":\"R\",\"severity\":\"warning\"", "OBR|1\r", "OBR^1^18 101 W; "},
    {"\"at\":\"OBR-18\",\"usage\":\"R\"", "OBR|1|||||||||||||||||\"\"\r", "OBR^1^18 101 E; "},
    {"\"at\":\"OBR-18\",\"usage\":\"R\",\"messages\":[\"ORU\",\"ORM^O02\"]", "OBR|1\r", ""},
    {"\"at\":\"OBR-18\",\"usage\":\"R\",\"messages\":[\"ORU\",\"ORM^O01\"]", "OBR|1\r", "OBR^1^18 101 E; "},
    {"\"at\":\"OBR[2]-18\",\"usage\":\"R\"", "OBR|1\rOBR|2\r", "OBR^2^18 101 E; "},
    {"\"at\":\"OBR-19\",\"usage\":\"X\"", "OBR|1||||||||||||||||||X\r", "OBR^1^19 198 E; "},
    {"\"at\":\"PID-3.4\",\"usage\":\"R\"", "PID|1||7^^^A~8\r", "PID^1^3^2^4 101 E; "},
    {"\"at\":\"PID-3.4\",\"usage\":\"R\"", "PID|1\r", "PID^1^3^1^4 101 E; "},
    {"\"at\":\"PID-3.4\",\"usage\":\"C\",\"when\":{\"at\":\"PID-3\"}", "PID|1\r", ""},
    {"\"at\":\"PID-3.4\",\"usage\":\"C\",\"when\":{\"at\":\"PID-3.2\"}", "PID|1||7^x^^A~8^~9^x\r",
     "PID^1^3^3^4 101 E; "},
    {"\"at\":\"PID-3.4.2\",\"usage\":\"R\"", "PID|1||7^^^A&1.2\r", ""},
    {"\"at\":\"PID-3\",\"max\":1", "PID|1||7~8\r", "PID^1^3 198 E; "},
    {"\"at\":\"PID-3\",\"min\":2", "PID|1||7\r", "PID^1^3 198 E; "},
    {"\"at\":\"PID-5\",\"length\":4", "PID|1||1||\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\r", ""},
    {"\"at\":\"PID-5.1\",\"length\":3", "PID|1||1||\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC^x\r", "PID^1^5^1^1 104 E; "},
    {"\"at\":\"PID-5.1\",\"length\":3", "PID|1||1||a\\T\\b^x\r", ""},
    {"\"at\":\"OBR-24\",\"table\":\"t\"", "OBR|1|||||||||||||||||||||||XX\r", "OBR^1^24 103 E; "},
    {"\"at\":\"OBR-24\",\"table\":\"t\"", "OBR|1|||||||||||||||||||||||CT^Tomography\r", ""},
    {"\"at\":\"OBR-24\",\"table\":\"t\"", "OBR|1\r", ""},
    {"\"at\":\"MSH-11\",\"value\":\"T\"", "", "MSH^1^11 103 E; "},
    {"\"at\":\"MSH-11\",\"value\":\"P\"", "", ""},
    {"\"at\":\"MSH-2\",\"usage\":\"R\"", "", ""},
    {"\"at\":\"ZDS\",\"usage\":\"R\"", "OBR|1\r", "ZDS^1 101 E; "},
    {"\"at\":\"ZDS\",\"usage\":\"X\"", "OBR|1\rZDS|1\r", "ZDS^1 198 E; "},
    {"\"at\":\"ZDS\",\"max\":1", "ZDS|1\rZDS|2\r", "ZDS^1 198 E; "},
    {"\"at\":\"ZDS\",\"usage\":\"R\",\"in\":\"order\"", "ORC|NW\rOBR|1\rZDS|1\rORC|NW\rOBR|2\r", "ZDS^2 101 E; "},
    {"\"at\":\"ZDS\",\"usage\":\"C\",\"in\":\"order\",\"when\":{\"at\":\"ORC-1\",\"is\":[\"NW\"]}",
     "ORC|CA\rOBR|1\rORC|NW\rOBR|2\r", "ZDS^2 101 E; "},
    {"\"at\":\"OBR-18\",\"usage\":\"C\",\"when\":{\"at\":\"ORC-1\",\"is\":[\"NW\",\"XO\"]}",
     "ORC|CA\rOBR|1\rORC|XO\rOBR|2\r", "OBR^2^18 101 E; "},
    {"\"at\":\"ZDS-1.1\",\"vr\":\"UI\"", "ZDS|1.2.x^A\r", "ZDS^1^1^1^1 102 E; "},
    {"\"at\":\"OBR-18\",\"vr\":\"SH\"", "OBR|1|||||||||||||||||12345678901234567\r", "OBR^1^18 104 E; "},
    {"\"at\":\"OBR-18\",\"vr\":\"SH\"", "OBR|1|||||||||||||||||123456789012345\xC3\xBC\r", ""},
    {"\"at\":\"OBR-24\",\"vr\":\"CS\"", "OBR|1|||||||||||||||||||||||ct\r", "OBR^1^24 102 E; "},
    {"\"at\":\"ORC-18\",\"vr\":\"AE\"", "ORC|NW|||||||||||||||||A\\E\\B\r", "ORC^1^18 102 E; "},
};

static void put_found(struct buf *b, const struct hl7_findings *f)
{
    for (size_t i = 0; i < f->n; i++)
        buf_printf(b, "%s %d %c; ", f->item[i].place, err_row(f->item[i].code)->hl7, f->item[i].warning ? 'W' : 'E');
}

static void rules_asked(void)
{
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        CLEANUP(buf_release) struct buf found;
        struct arena a;
        struct hl7_profile p;
        struct hl7_message m;
        struct hl7_findings f;
        arena_init(&a);
        buf_init(&found, 4000);
        struct str json = arena_printf(&a, HEAD "\"tables\":{\"t\":[\"CT\",\"MR\"]},\"rules\":[{%s}]}", asked[i].rule);
        CU_ASSERT_FATAL(hl7_profile_read(json, &a, &p, NULL));
        CU_ASSERT_FATAL(hl7_parse(arena_printf(&a, ORM "%s", asked[i].segments), NULL, &a, &m, NULL));
        hl7_profile_check(&p, &m, &a, &f);
        put_found(&found, &f);
        if (!str_is(buf_view(&found), asked[i].found))
            printf("\n  %s of %s: %.*s\n", asked[i].rule, asked[i].segments, STR_ARG(buf_view(&found)));
        CU_ASSERT(str_is(buf_view(&found), asked[i].found));
        arena_release(&a);
    }
}

static void findings_are_bounded_and_hold_no_values(void)
{
    CLEANUP(buf_release) struct buf bytes;
    struct arena a;
    struct hl7_profile p;
    struct hl7_message m;
    struct hl7_findings f;
    arena_init(&a);
    buf_init(&bytes, 1 << 20);
    buf_puts(&bytes, ORM);
    for (int i = 0; i < 9000; i++)
        buf_puts(&bytes, "OBX|1|TX|||SECRET\r");
    CU_ASSERT_FATAL(
        hl7_profile_read(STR(HEAD "\"rules\":[{\"at\":\"OBX-5\",\"length\":1,\"text\":\"why\"}]}"), &a, &p, NULL));
    CU_ASSERT_FATAL(hl7_parse(buf_view(&bytes), NULL, &a, &m, NULL));
    hl7_profile_check(&p, &m, &a, &f);
    CU_ASSERT_EQUAL(f.n, HL7_FINDINGS_MAX);
    CU_ASSERT(str_is(f.item[0].text, "OBX-5 is longer than 1 characters: why"));
    arena_release(&a);
}

/* ---- built in ---- */

static const struct {
    const char *message, *profile, *found;
} linted[] = {
    {ORM "PID|1||7^^^A||Doe^Jane\rPV1|1|O\rORC|NW|P1|F1||SC||^^^20261124\rOBR|1|P1|F1|X^Head^L^Y^Head^L||||||||||||||"
         "A1|R1|S1|"
         "||||CT\rZDS|1.2.3^^Application^DICOM\r",
     "RAD-4", "OBR^1^24 101 E; "},
    {ORM "PID|1||7^^^A||Doe^Jane\rPV1|1|O\rORC|NW|P1|F1||SC||^^^20261124\rOBR|1|P1|F1|X^Head^L^Y^Head^L||||||||||||||"
         "A1|R1|S1|"
         "|||CT\rZDS|1.2.3^^Application^DICOM\r",
     "RAD-4", ""},
    {ORM "PID|1||7||Doe^Jane\rORC|CA|P1|F1||CA\rOBR|1|P1|F1|X^Head^L||||||||||||||A1234567890123456|R1|S1||||ct\r",
     "RAD-4", "PID^1^3^1^4 101 W; PV1^1 101 W; OBR^1^18 104 E; OBR^1^24 102 E; ZDS^1 101 E; "},
    {"MSH|^~\\&|RIS|CLINIC|||20261124||OMI^O23|1|P|2.5.1\rPID|1||7^^^A||Doe^Jane\rORC|NW|P1|F1||SC\rTQ1|1||||||"
     "20261124\r"
     "OBR|1|P1|F1|X^Head^L\rIPC|A1|R1|1.2.3|S1|CT\rORC|NW|P2|F2||SC\rTQ1|1||||||20261124\rOBR|1|P2|F2|X^Head^L\r",
     "RAD-4", "IPC^2 101 E; "},
    {"MSH|^~\\&|RIS|CLINIC|||20261124||ORU^R01|1|P|2.5.1\rPID|1||7^^^A||Doe^Jane\rOBR|1||F1|X^Head^L|||20261124\r",
     "RAD-128", "OBR^1^18 101 E; OBR^1^25 101 E; OBX^1 101 E; "},
};

static void built_in(void)
{
    for (size_t i = 0; i < sizeof linted / sizeof linted[0]; i++) {
        CLEANUP(buf_release) struct buf found;
        struct arena a;
        struct hl7_profile p;
        struct hl7_message m;
        struct hl7_findings f;
        arena_init(&a);
        buf_init(&found, 4000);
        CU_ASSERT_FATAL(hl7_parse(str_of(linted[i].message), NULL, &a, &m, NULL));
        CU_ASSERT_STRING_EQUAL(hl7_profile_builtin_for(&m, &a), linted[i].profile);
        CU_ASSERT_FATAL(hl7_profile_builtin(str_of(linted[i].profile), &a, &p));
        hl7_profile_check(&p, &m, &a, &f);
        put_found(&found, &f);
        if (!str_is(buf_view(&found), linted[i].found))
            printf("\n  %zu: %.*s\n", i, STR_ARG(buf_view(&found)));
        CU_ASSERT(str_is(buf_view(&found), linted[i].found));
        arena_release(&a);
    }
}

static void built_in_places_are_sound(void)
{
    static const char *const names[] = {"RAD-4", "RAD-128"};
    for (size_t i = 0; i < 2; i++) {
        struct arena a;
        struct hl7_profile p;
        arena_init(&a);
        CU_ASSERT_FATAL(hl7_profile_builtin(str_of(names[i]), &a, &p));
        for (size_t k = 0; k < p.rules; k++)
            CU_ASSERT(p.rule[k].at.segment[0] != 0 && (p.rule[k].at.field || p.rule[k].place.n == 3));
        arena_release(&a);
    }
    struct arena a;
    struct hl7_profile p;
    arena_init(&a);
    CU_ASSERT_FALSE(hl7_profile_builtin(STR("RAD-1"), &a, &p));
    arena_release(&a);
}

/* ---- XML ---- */

static const char xml[] =
    "<?xml version=\"1.0\"?>\n<HL7v2xConformanceProfile HL7Version=\"2.5\"><MetaData Name=\"x\"/>"
    "<HL7v2xStaticDef MsgType=\"ORM\" EventType=\"O01\" MsgStructID=\"ORM_O01\">"
    "<Segment Name=\"MSH\" Usage=\"R\" Min=\"1\" Max=\"1\"><Field Name=\"Sep\" Usage=\"R\" Min=\"1\" Max=\"1\" "
    "Length=\"1\"/>"
    "<Field Name=\"Enc\" Usage=\"R\" Min=\"1\" Max=\"1\"/><Field Name=\"App\" Usage=\"O\" Min=\"0\" Max=\"1\" "
    "Table=\"0361\">"
    "<Component Name=\"ns\" Usage=\"R\" Length=\"5\" ConstantValue=\"RIS\"/></Field></Segment>"
    "<SegGroup Name=\"P\" Usage=\"R\" Min=\"1\" Max=\"1\"><Segment Name=\"PID\" Usage=\"R\" Min=\"1\" Max=\"1\">"
    "<Field Name=\"id\" Usage=\"O\" Min=\"0\" Max=\"1\"/><Field Name=\"x\" Usage=\"X\" Min=\"0\" Max=\"0\"/>"
    "<Field Name=\"list\" Usage=\"R\" Min=\"1\" Max=\"*\"><Component Name=\"id\" Usage=\"R\"/><Component Name=\"c\" "
    "Usage=\"O\"/>"
    "<Component Name=\"s\" Usage=\"C\"/><Component Name=\"auth\" Usage=\"O\"><SubComponent Name=\"ns\" "
    "Usage=\"R\"/></Component>"
    "</Field></Segment></SegGroup>"
    "<SegGroup Name=\"O\" Usage=\"O\" Min=\"0\" Max=\"*\"><Segment Name=\"AL1\" Usage=\"R\" Min=\"1\" "
    "Max=\"1\"/></SegGroup>"
    "</HL7v2xStaticDef></HL7v2xConformanceProfile>";

static void imported(void)
{
    CLEANUP(buf_release) struct buf json, notes, found;
    struct arena a;
    struct hl7_profile p;
    struct hl7_message m;
    struct hl7_findings f;
    struct err e = {.code = ERR_NONE};
    arena_init(&a);
    buf_init(&json, 1 << 20);
    buf_init(&notes, 1 << 16);
    buf_init(&found, 1 << 16);
    CU_ASSERT_FATAL(hl7_profile_import(
        str_of(xml), &(struct hl7_profile){.name = STR("orm"), .application = STR("RIS"), .facility = STR("CLINIC")},
        &json, &notes, &e));
    bool ok = hl7_profile_read(buf_view(&json), &a, &p, &e);
    if (!ok)
        printf("\n  %s\n%s\n", e.text, json.p);
    CU_ASSERT_FATAL(ok);
    CU_ASSERT(str_is(p.name, "orm") && str_is(p.facility, "CLINIC"));
    CU_ASSERT_PTR_NOT_NULL(strstr(notes.p, "1 conditional parts"));
    CU_ASSERT_PTR_NOT_NULL(strstr(notes.p, "1 parts name a table"));
    CU_ASSERT_FATAL(
        hl7_parse(STR("MSH|^~\\&|LABSYS|C|||20261124||ORM^O01|1|P|2.5\rPID|1|2|^^^&1.2~7^^^A\r"), NULL, &a, &m, NULL));
    hl7_profile_check(&p, &m, &a, &f);
    put_found(&found, &f);
    static const char due[] = "MSH^1^3^1^1 104 W; MSH^1^3^1^1 103 E; PID^1^2 198 E; PID^1^3^1^1 101 E; "
                              "PID^1^3^1^4^1 101 E; ";
    if (strcmp(found.p, due) != 0)
        printf("\n  %s\n%s\n", found.p, json.p);
    CU_ASSERT_STRING_EQUAL(found.p, due);
    arena_release(&a);
}

static void what_is_no_message_profile(void)
{
    static const char *const bad[] = {"", "<a/>", "<HL7v2xConformanceProfile>",
                                      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                                      "{\"name\":\"p\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CLEANUP(buf_release) struct buf json, notes;
        struct err e = {.code = ERR_NONE};
        buf_init(&json, 1 << 20);
        buf_init(&notes, 1 << 16);
        CU_ASSERT_FALSE(hl7_profile_import(
            str_of(bad[i]), &(struct hl7_profile){.name = STR("x"), .application = STR("RIS")}, &json, &notes, &e));
        CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
    }
}

static const struct unit_case cases[] = {
    {"faults have their line", faults_have_their_line},
    {"read whole", read_whole},
    {"rules asked", rules_asked},
    {"findings are bounded and hold no values", findings_are_bounded_and_hold_no_values},
    {"built in", built_in},
    {"built-in places are sound", built_in_places_are_sound},
    {"imported", imported},
    {"what is no message profile", what_is_no_message_profile},
};

UNIT_MAIN("hl7/profile", cases)
