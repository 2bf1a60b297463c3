/* Messages through the gate into a real database: what each trigger changes, what is refused and kept, what
 * is known again. */
#include <pthread.h>

#include "gate_house.h"

enum { ACK_MAX = 1 << 20 };

struct answer {
    struct arena arena;
    struct buf ack;
    struct hl7_message m;
    struct hl7_reply reply;
};

static struct hl7_peer peer_of(bool loopback)
{
    return (struct hl7_peer){.gate = gate_house_open()->gate,
                             .address = loopback ? "127.0.0.1" : "192.0.2.9",
                             .loopback = loopback};
}

static void receive_from(struct hl7_peer *peer, const char *message, struct answer *a)
{
    struct err why = {0};
    arena_init(&a->arena);
    buf_init(&a->ack, ACK_MAX);
    hl7_receive(peer, str_of(message), &a->arena, &a->ack);
    CU_ASSERT_TRUE_FATAL(a->ack.n > 0);
    CU_ASSERT_TRUE_FATAL(hl7_parse(buf_view(&a->ack), NULL, &a->arena, &a->m, &why));
    CU_ASSERT_TRUE_FATAL(hl7_ack_parse(&a->m, &a->arena, &a->reply, &why));
}

static void answer_release(struct answer *a)
{
    buf_release(&a->ack);
    arena_release(&a->arena);
}

/* The code, and for a refusal the place and condition, must be these. */
static void expect(const char *message, const char *code, const char *location, const char *condition)
{
    struct hl7_peer peer = peer_of(true);
    struct answer a;
    receive_from(&peer, message, &a);
    bool placed = str_is(a.reply.location, location) && str_is(a.reply.condition, condition);
    /* what an AA notes is told by tests of its own */
    bool as_expected = strcmp(a.reply.code, code) == 0 && (placed || a.reply.accepted);
    if (!as_expected) {
        printf("%.60s… gives %s at '%.*s' (%.*s): %.*s\n", message, a.reply.code, STR_ARG(a.reply.location),
               STR_ARG(a.reply.condition), STR_ARG(a.reply.text));
        CU_FAIL("another answer");
    }
    answer_release(&a);
}
#define ACCEPTED(message) expect(message, "AA", "", "")

#define MSH(trigger, id) "MSH|^~\\&|RIS|CLINIC|ISO|RAD|20261124101500||" trigger "|" id "|P|2.5.1\r"
#define PID(id) "PID|1||" id "^^^CLINIC||Berg^Anna||19790412|F\r"
#define GROUP(control, status, number)                                                       \
    "ORC|" control "|P-" number "^RIS|F-" number "^FILL||" status "||^^^20261125083000^^R\r" \
    "OBR|1|||CTHEAD^CT head^L||||||||||||||A-" number "|RP-" number "|S-" number "||||CT\r"

static int64_t steps(const char *accession)
{
    char text[200];
    snprintf(text, sizeof text, "select count(*) from worklist where accession_number = '%s'", accession);
    return COUNT(text);
}

static int64_t in_state(const char *accession, const char *status)
{
    char text[200];
    snprintf(text, sizeof text,
             "select count(*) from worklist where accession_number = '%s' and step_status = '%s'", accession,
             status);
    return COUNT(text);
}

static void order_is_placed(void)
{
    ACCEPTED(MSH("ORM^O01", "R1") PID("1")
                 GROUP("NW", "SC", "1") "ZDS|1.2.826.0.1.1^RIS^Application^DICOM\r");
    CU_ASSERT_EQUAL(steps("A-1"), 1);
    CU_ASSERT_EQUAL(
        COUNT(
            "select count(*) from worklist where study_uid = '1.2.826.0.1.1' and patient_name = 'Berg^Anna'"),
        1);
    CU_ASSERT_EQUAL(
        COUNT("select count(*) from message where control_id = 'R1' and outcome = 'accepted' and accession = "
              "'A-1'"
              " and patient_id = '1' and ack_code = 'AA' and convert_from(raw, 'UTF8') like 'MSH|%ZDS|%'"),
        1);
    CU_ASSERT_EQUAL(COUNT("select count(*) from audit_event where kind = 'ORDER_CREATE' and accession = "
                          "'A-1' and outcome = 0"),
                    1);
}

/* The same message again, even with another MSH-7, gets the same bytes and changes nothing. */
static void repeated_message(void)
{
    static const char first[] = MSH("ORM^O01", "R2") PID("2") GROUP("NW", "SC", "2");
    static const char again[] =
        "MSH|^~\\&|RIS|CLINIC|ISO|RAD|20261124101759||ORM^O01|R2|P|2.5.1\r" PID("2") GROUP("NW", "SC", "2");
    struct hl7_peer peer = peer_of(true);
    struct answer a, b;
    receive_from(&peer, first, &a);
    receive_from(&peer, again, &b);
    CU_ASSERT_STRING_EQUAL(a.reply.code, "AA");
    CU_ASSERT_TRUE(str_eq(buf_view(&a.ack), buf_view(&b.ack)));
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = 'R2'"), 1);
    CU_ASSERT_EQUAL(
        COUNT("select count(*) from audit_event where kind = 'MESSAGE_REPLAY' and object_id = 'R2'"), 1);
    CU_ASSERT_EQUAL(steps("A-2"), 1);
    answer_release(&a);
    answer_release(&b);
}

static void reused_control_id(void)
{
    ACCEPTED(MSH("ORM^O01", "R3") PID("3") GROUP("NW", "SC", "3"));
    expect(MSH("ORM^O01", "R3") PID("3") GROUP("NW", "SC", "3B"), "AA", "", "0"); /* with a warning */
    CU_ASSERT_EQUAL(steps("A-3B"), 1);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = 'R3'"), 2);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = 'R3' and "
                          "array_to_string(warnings, ' ') like '%used before%'"),
                    1);
    /* another sender's ids are its own */
    ACCEPTED("MSH|^~\\&|EHR|CLINIC|ISO|RAD|20261124101500||ORM^O01|R3|P|2.5.1\r" PID("3")
                 GROUP("NW", "SC", "3C"));
    CU_ASSERT_EQUAL(
        COUNT("select count(*) from message where control_id = 'R3' and sending_application = 'EHR' and "
              "array_to_string(warnings, ' ') not like '%used before%'"),
        1);
}

/* A message whose second group is bad leaves nothing but itself. */
static void all_or_nothing(void)
{
    static const char message[] = MSH("ORM^O01", "R4") PID("4") GROUP("NW", "SC", "4")
        GROUP("NW", "SC", "THIS-NUMBER-IS-TOO-LONG-FOR-ONE");
    struct hl7_peer peer = peer_of(true);
    struct answer a;
    receive_from(&peer, message, &a);
    CU_ASSERT_STRING_EQUAL(a.reply.code, "AE");
    CU_ASSERT_TRUE(str_is(a.reply.location, "OBR^2^18"));
    CU_ASSERT_TRUE(str_is(a.reply.condition, "102"));
    CU_ASSERT_TRUE(str_is(hl7_get(&a.m, &a.arena, "ERR-4"), "E"));
    CU_ASSERT_TRUE(hl7_get(&a.m, &a.arena, "ERR-8").n > 0);
    CU_ASSERT_EQUAL(steps("A-4"), 0);
    CU_ASSERT_EQUAL(COUNT("select count(*) from patient_identifier where value = '4'"), 0);
    CU_ASSERT_EQUAL(
        COUNT(
            "select count(*) from message where control_id = 'R4' and outcome = 'refused' and ack_code = 'AE'"
            " and error_location = 'OBR^2^18' and error_code = '102'"),
        1);
    CU_ASSERT_EQUAL(COUNT("select count(*) from audit_event where kind = 'ORDER_UPDATE' and outcome = 4"), 1);
    char sent[2000], text[2200];
    str_copy(sent, sizeof sent, buf_view(&a.ack));
    snprintf(text, sizeof text,
             "select count(*) from message where control_id = 'R4' and ack = convert_to($x$%s$x$, 'UTF8')",
             sent);
    CU_ASSERT_EQUAL(COUNT(text), 1);
    answer_release(&a);
}

/* What was refused is worked on anew when it comes again. */
static void refused_then_accepted(void)
{
    static const char hold[] = MSH("ORM^O01", "R5H") PID("5") GROUP("HD", "HD", "5");
    expect(hold, "AE", "ORC^1^2", "204");
    ACCEPTED(MSH("ORM^O01", "R5") PID("5") GROUP("NW", "SC", "5"));
    ACCEPTED(hold);
    CU_ASSERT_EQUAL(in_state("A-5", "HELD"), 1);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = 'R5H'"), 2);
}

static void refusals(void)
{
    static const struct {
        const char *message, *code, *location, *condition;
    } cases[] = {
        {MSH("ZZZ^Z12", "N1") PID("6"), "AR", "MSH^1^9", "201"},
        {MSH("ORM^O01", "") PID("6") GROUP("NW", "SC", "6"), "AE", "MSH^1^10", "101"},
        {MSH("ORM^O01", "N2") GROUP("NW", "SC", "6"), "AE", "PID^1", "101"},
        {MSH("ORM^O01", "N3") PID("6"), "AE", "ORC^1", "101"},
        {MSH("ORM^O01", "N4") PID("") GROUP("NW", "SC", "6"), "AE", "PID^1^3", "101"},
        {MSH("ORM^O01", "N5") PID("6") GROUP("SS", "", "6"), "AR", "ORC^1^1", "200"},
        {MSH("ORM^O01", "N6") PID("6") GROUP("SC", "", "6"), "AE", "ORC^1^5", "101"},
        {MSH("ORM^O01", "N7") PID("6") PID("7") GROUP("NW", "", "6"), "AR", "PID^2", "200"},
        {MSH("ORM^O01", "N8") PID("6") GROUP("NW", "SC", "6") "ZDS|1.2.x\r", "AE", "ZDS^1^1", "102"},
        {MSH("ORM^O01", "N9") PID("6") "OBR|1|P-6||CTHEAD^CT head^L\r", "AE", "ORC^1^1", "101"},
        {MSH("ORM^O01", "N13") PID("6") "ORC|NW|P-6\r", "AE", "OBR^1^4", "101"},
        {MSH("ORU^R01", "N10") PID("6"), "AE", "OBR^1", "101"},
        {MSH("ORU^R01", "N11") PID("6") "OBR|1||F-6|X^y^L\r", "AE", "OBR^1^25", "101"},
        {MSH("ADT^A08", "N12"), "AE", "PID^1", "101"},
        {"MSH|^~\\&|RIS|CLINIC\rMSH|^~\\&|RIS|CLINIC\r", "AR", "MSH^2", "100"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(cases[i].message, cases[i].code, cases[i].location, cases[i].condition);
    CU_ASSERT_EQUAL(steps("A-6"), 0);
    CU_ASSERT_EQUAL(COUNT("select count(*) from patient_identifier where value = '6'"), 0);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where trigger = 'ZZZ^Z12' and ack_code = 'AR'"), 1);
    CU_ASSERT_TRUE(COUNT("select count(*) from audit_event where kind = 'BAD_INPUT'") >= 2);
}

static void not_hl7_at_all(void)
{
    struct hl7_peer peer = peer_of(true);
    struct answer a;
    int64_t before = COUNT("select count(*) from audit_event where kind = 'BAD_INPUT'");
    receive_from(&peer, "GET / HTTP/1.1\r\n\r\n", &a);
    CU_ASSERT_STRING_EQUAL(a.reply.code, "AR");
    CU_ASSERT_EQUAL(COUNT("select count(*) from audit_event where kind = 'BAD_INPUT'"), before + 1);
    answer_release(&a);
}

/* Not from loopback and not registered: refused, audited, nothing kept. */
static void stranger(void)
{
    struct hl7_peer peer = peer_of(false);
    struct answer a;
    receive_from(&peer, MSH("ORM^O01", "STRANGE") PID("8") GROUP("NW", "SC", "8"), &a);
    CU_ASSERT_STRING_EQUAL(a.reply.code, "AR");
    CU_ASSERT_TRUE(str_is(a.reply.control_id, "STRANGE"));
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = 'STRANGE'"), 0);
    CU_ASSERT_EQUAL(
        COUNT("select count(*) from audit_event where kind = 'REFUSED' and address = '192.0.2.9'"), 1);
    answer_release(&a);
}

/* A connection may carry several senders: the second is not taken for the first. */
static void senders_on_one_connection(void)
{
    struct hl7_peer peer = peer_of(false);
    struct answer a;
    struct db *db = db_borrow(house_pool(), 5000, &e);
    CU_ASSERT_TRUE_FATAL(auth_peer_put(db, STR("HL7"), STR("RIS|CLINIC"), STR("192.0.2.9"), STR("RIS"), &e));
    db_return(db);
    receive_from(&peer, MSH("ORM^O01", "K1") PID("9") GROUP("NW", "SC", "9"), &a);
    CU_ASSERT_STRING_EQUAL(a.reply.code, "AA");
    answer_release(&a);
    receive_from(
        &peer,
        "MSH|^~\\&|OTHER|CLINIC|ISO|RAD|20261124||ORM^O01|K2|P|2.5.1\r" PID("9") GROUP("NW", "SC", "9B"), &a);
    CU_ASSERT_STRING_EQUAL(a.reply.code, "AR");
    answer_release(&a);
    receive_from(&peer, MSH("ORM^O01", "K3") PID("9") GROUP("NW", "SC", "9C"), &a);
    CU_ASSERT_STRING_EQUAL(a.reply.code, "AA");
    answer_release(&a);
    CU_ASSERT_EQUAL(steps("A-9") + steps("A-9C"), 2);
    CU_ASSERT_EQUAL(steps("A-9B"), 0);
}

static void states(void)
{
    ACCEPTED(MSH("OMG^O19", "S1") PID("10") GROUP("NW", "SC", "10"));
    ACCEPTED(MSH("OMG^O19", "S2") PID("10") GROUP("XO", "SC", "10") "NTE|1||changed\r");
    CU_ASSERT_EQUAL(COUNT("select count(*) from worklist where accession_number = 'A-10' and "
                          "procedure_comments = 'changed'"),
                    1);
    ACCEPTED(MSH("OMG^O19", "S3") PID("10") GROUP("SC", "IP", "10"));
    CU_ASSERT_EQUAL(in_state("A-10", "STARTED"), 1);
    expect(MSH("OMG^O19", "S4") PID("10") GROUP("CA", "CA", "10"), "AE", "ORC^1^5", "207");
    CU_ASSERT_EQUAL(in_state("A-10", "STARTED"), 1);
    ACCEPTED(MSH("OMG^O19", "S5") PID("10") GROUP("XO", "SC", "10"));
    CU_ASSERT_EQUAL(in_state("A-10", "STARTED"), 1);
    ACCEPTED(MSH("OMG^O19", "S6") PID("10") GROUP("SC", "CM", "10"));
    ACCEPTED(MSH("OMG^O19", "S7") PID("10") GROUP("XO", "CM", "10"));
    CU_ASSERT_EQUAL(in_state("A-10", "COMPLETED"), 1);
    ACCEPTED(MSH("OMG^O19", "S8") PID("10") GROUP("NW", "SC", "11"));
    ACCEPTED(MSH("OMG^O19", "S9") PID("10") GROUP("DC", "CA", "11"));
    CU_ASSERT_EQUAL(in_state("A-11", "DISCONTINUED"), 1);
}

/* What this server gave is said in the answer, and an order that asks for its number gets one. */
static void given(void)
{
    struct hl7_peer peer = peer_of(true);
    struct answer a;
    receive_from(&peer,
                 MSH("OMI^O23", "G1") PID("17") "ORC|SN|P-17^RIS\rOBR|1|P-17^RIS||US^Neck^L\rIPC||||S-17|US\r",
                 &a);
    CU_ASSERT_STRING_EQUAL(a.reply.code, "AA");
    CU_ASSERT_TRUE(str_is(hl7_get(&a.m, &a.arena, "MSH-9.1"), "ORI"));
    CU_ASSERT_TRUE(str_is(hl7_get(&a.m, &a.arena, "ORC-1"), "NA"));
    CU_ASSERT_TRUE(str_starts(hl7_get(&a.m, &a.arena, "ORC-3"), "F"));
    CU_ASSERT_TRUE(str_is(hl7_get(&a.m, &a.arena, "IPC-4"), "S-17"));
    CU_ASSERT_TRUE(hl7_get(&a.m, &a.arena, "IPC-3").n > 0);
    answer_release(&a);
    receive_from(&peer,
                 MSH("OMI^O23", "G2")
                     PID("17") "ORC|NW|P-18^RIS\rOBR|1|P-18^RIS||US^Neck^L\rIPC|A-18|||S-18|US\r",
                 &a);
    CU_ASSERT_TRUE(str_is(hl7_raw(&a.m, "ERR-2"), "IPC^1^3"));
    CU_ASSERT_TRUE(str_is(hl7_get(&a.m, &a.arena, "ERR-4"), "I"));
    CU_ASSERT_TRUE(str_is(hl7_get(&a.m, &a.arena, "ERR-5"), "assigned"));
    CU_ASSERT_TRUE(hl7_get(&a.m, &a.arena, "ERR-6").n > 4);
    answer_release(&a);
}

static void imaging_order(void)
{
    ACCEPTED(MSH("OMI^O23", "I1") PID(
        "12") "ORC|NW|P-12^RIS|F-12^FILL||SC\rTQ1|1||||||20261125083000||S\r"
              "OBR|1|||PETCT^PET and CT^L\rIPC|A-12|RP-12|1.2.826.0.1.12|S-12A|CT|L^Low^99|||CT1\r"
              "IPC|A-12|RP-12|1.2.826.0.1.12|S-12B|PT|W^Whole^99|||PT1\r");
    CU_ASSERT_EQUAL(steps("A-12"), 2);
    CU_ASSERT_EQUAL(COUNT("select count(distinct order_rid) from worklist where accession_number = 'A-12' "
                          "and study_uid = '1.2.826.0.1.12'"),
                    1);
    CU_ASSERT_EQUAL(COUNT("select count(*) from worklist where accession_number = 'A-12' and modality = 'PT' "
                          "and station_ae = 'PT1' and priority = 'STAT'"),
                    1);
}

static void person_messages(void)
{
    static const char *const triggers[] = {MSH("ADT^A01", "D1"), MSH("ADT^A04", "D2"), MSH("ADT^A08", "D3"),
                                           MSH("ADT^A28", "D4"), MSH("ADT^A31", "D5")};
    ACCEPTED(MSH("ORM^O01", "D0") PID("13") GROUP("NW", "SC", "13"));
    for (size_t i = 0; i < sizeof triggers / sizeof triggers[0]; i++) {
        char message[500];
        snprintf(message, sizeof message,
                 "%sEVN|x\rPID|1||13^^^CLINIC~N%zu^^^&1.2.3.4.%zu&ISO||Changed^Nr%zu\rPV1|1|O\r", triggers[i],
                 i, i, i);
        ACCEPTED(message);
        snprintf(message, sizeof message,
                 "select count(*) from worklist where accession_number = 'A-13' and patient_name = "
                 "'Changed^Nr%zu'",
                 i);
        CU_ASSERT_EQUAL(COUNT(message), 1);
    }
    CU_ASSERT_EQUAL(
        COUNT("select count(*) from authority where oid = '1.2.3.4.4' and uri = 'urn:oid:1.2.3.4.4'"), 1);
    CU_ASSERT_EQUAL(
        COUNT("select count(*) from patient_identifier where value = 'N4' and namespace = '1.2.3.4.4'"), 1);
    ACCEPTED(MSH("ADT^A28", "D6") "PID|1||14^^^CLINIC||New^Person\r");
    CU_ASSERT_EQUAL(COUNT("select count(*) from audit_event where kind = 'PATIENT_CREATE'"), 1);
    CU_ASSERT_EQUAL(COUNT("select count(*) from audit_event where kind = 'PATIENT_UPDATE' and outcome = 0"),
                    5);
}

#define REPORT(number, status) \
    "OBR|1||F-" number "^FILL|CTHEAD^CT head^L||||||||||||||A-" number "|||||||" status "\r"

static void report_messages(void)
{
    ACCEPTED(MSH("ORM^O01", "O1") PID("15") GROUP("NW", "SC", "15"));
    ACCEPTED(MSH("ORU^R01", "O2") PID("15") REPORT("15", "P") "OBX|1|TX|T^Text^L||Preliminary.\r");
    ACCEPTED(MSH("ORU^R01", "O3") PID("15")
                 REPORT("15", "F") "OBX|1|TX|T^Text^L||Final.\r"
                                   "OBX|2|ED|PDF^Report^L||^Application^PDF^Base64^JVBERi0xLjQK\r");
    CU_ASSERT_EQUAL(
        COUNT("select count(*) from report_link where accession_number = 'A-15' and state = 'linked'"), 1);
    CU_ASSERT_EQUAL(COUNT("select r.version from resource r join report_link l on l.report_rid = r.rid where "
                          "l.accession_number = 'A-15' and r.content like '%\"status\":\"final\"%'") > 1,
                    1);
    CU_ASSERT_EQUAL(COUNT("select count(*) from resource where type = 'Binary'"), 1); /* REPORT_PDF */
    /* REPORT_CONCLUSION: the impression, beside the whole text */
    ACCEPTED(MSH("ORU^R01", "O6") PID("15")
                 REPORT("15", "C") "OBX|1|TX|T&GDT^Text^L||Two lungs.\rOBX|2|TX|T&IMP^Text^L||All well.\r");
    CU_ASSERT_EQUAL(COUNT("select count(*) from resource where type = 'DiagnosticReport' and content like "
                          "'%\"conclusion\":\"All well.\"%'"),
                    1);
    /* of another patient: held */
    ACCEPTED(MSH("ORU^R01", "O4") PID(
        "16") "OBR|1||F-15B^FILL|CTHEAD^CT head^L||||||||||||||A-15|||||||F\rOBX|1|TX|T||Wrong patient.\r");
    CU_ASSERT_EQUAL(COUNT("select count(*) from report_link where filler_order = 'F-15B' and state = 'held'"),
                    1);
    CU_ASSERT_TRUE(COUNT("select count(*) from audit_event where kind = 'REPORT_CREATE' and accession = "
                         "'A-15' and outcome = 0") >= 3);
    /* nothing of a message whose second report is bad */
    expect(MSH("ORU^R01", "O5") PID("15") REPORT("17", "F") "OBR|2||F-18|X^y^L|||||||||||||||||||||Q\r", "AE",
           "OBR^2^25", "103");
    CU_ASSERT_EQUAL(COUNT("select count(*) from report_link where accession_number = 'A-17'"), 0);
}

/* ---- at once ---- */

static void *same_message(void *arg)
{
    struct hl7_peer peer = peer_of(true);
    struct answer a;
    receive_from(&peer, MSH("ORM^O01", "TWIN") PID("20") GROUP("NW", "SC", "20"), &a);
    *(int *)arg = a.reply.accepted;
    answer_release(&a);
    return NULL;
}

static void resent_at_once(void)
{
    enum { TIMES = 8 };
    pthread_t thread[TIMES];
    int accepted[TIMES] = {0}, sum = 0;
    for (int i = 0; i < TIMES; i++)
        pthread_create(&thread[i], NULL, same_message, &accepted[i]);
    for (int i = 0; i < TIMES; i++) {
        pthread_join(thread[i], NULL);
        sum += accepted[i];
    }
    CU_ASSERT_EQUAL(sum, TIMES);
    CU_ASSERT_EQUAL(steps("A-20"), 1);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = 'TWIN'"), 1);
    CU_ASSERT_EQUAL(
        COUNT("select count(*) from audit_event where kind = 'MESSAGE_REPLAY' and object_id = 'TWIN'"),
        TIMES - 1);
}

static void character_sets(void)
{
    ACCEPTED("MSH|^~\\&|RIS|CLINIC|ISO|RAD|20261124||ADT^A08|U1|P|2.5.1||||||8859/"
             "1\rPID|1||21^^^CLINIC||\xC5s^Bj\xF8rn\r");
    CU_ASSERT_EQUAL(COUNT("select count(*) from resource where type = 'Patient' and content like "
                          "'%\"family\":\"Ås\"%' and content like '%Bjørn%'"),
                    1);
    /* bytes that fit nothing declared: read as Windows-1252, with a warning kept */
    ACCEPTED("MSH|^~\\&|RIS|CLINIC|ISO|RAD|20261124||ADT^A08|U2|P|2.5.1\rPID|1||22^^^CLINIC||\xC5s^B\x96x\r");
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = 'U2' and "
                          "array_to_string(warnings, ' ') like '%charset_invalid%'"),
                    1);
}

int main(int argc, char **argv)
{
    static const struct unit_case cases[] = {{"order is placed", order_is_placed},
                                             {"repeated message", repeated_message},
                                             {"reused control id", reused_control_id},
                                             {"all or nothing", all_or_nothing},
                                             {"refused, then accepted", refused_then_accepted},
                                             {"refusals", refusals},
                                             {"not HL7 at all", not_hl7_at_all},
                                             {"stranger", stranger},
                                             {"senders on one connection", senders_on_one_connection},
                                             {"states", states},
                                             {"imaging order", imaging_order},
                                             {"given", given},
                                             {"person messages", person_messages},
                                             {"report messages", report_messages},
                                             {"resent at once", resent_at_once},
                                             {"character sets", character_sets}};
    (void)argc;
    postgres_needed(argv);
    log_set_level(LOG_ERROR);
    gate_house_open();
    int status = unit_main("hl7/net/receive", cases, sizeof cases / sizeof cases[0]);
    gate_house_close();
    return status;
}
