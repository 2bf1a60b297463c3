/* Acknowledgements: addressed back, in the form of the asker's version, readable by the asker. */
#include "hl7/codec/ack.h"

#include <string.h>

#include "base/clock.h"
#include "hl7/codec/writer.h"
#include "unit.h"

struct sample {
    const char *name, *message; /* NULL: nothing readable came */
    const char *expected;       /* TIME and ID stand for MSH-7 and MSH-10 */
};

#define HEAD "MSH|^~\\&|RIS|KLINIK^1.2.3^ISO|ISO|RAD|20261124||"

static const struct sample accepted[] = {
    {"2.5.1", HEAD "ORM^O01^ORM_O01|C1|P|2.5.1||||||UNICODE UTF-8\rPID|1\r",
     "MSH|^~\\&|ISO|RAD|RIS|KLINIK^1.2.3^ISO|TIME||ACK^O01^ACK|ID|P|2.5.1||||||UNICODE "
     "UTF-8\rMSA|AA|C1|done\r"},
    {"2.4", HEAD "ORU^R01|C1|T^T|2.4^DEU\r",
     "MSH|^~\\&|ISO|RAD|RIS|KLINIK^1.2.3^ISO|TIME||ACK^R01^ACK|ID|T^T|2.4^DEU\rMSA|AA|C1|done\r"},
    {"2.3.1", HEAD "ORM^O01|C1|P|2.3.1\r",
     "MSH|^~\\&|ISO|RAD|RIS|KLINIK^1.2.3^ISO|TIME||ACK|ID|P|2.3.1\rMSA|AA|C1|done\r"},
    {"2.2", HEAD "ORM|C1|P|2.2\r", "MSH|^~\\&|ISO|RAD|RIS|KLINIK^1.2.3^ISO|TIME||ACK|ID|P|2.2\rMSA|AA|C1|done\r"},
    {"no version, no event", HEAD "ORM|C1\r",
     "MSH|^~\\&|ISO|RAD|RIS|KLINIK^1.2.3^ISO|TIME||ACK|ID|P|2.5.1\rMSA|AA|C1|done\r"},
    {"names nobody", "MSH|^~\\&|||||||ADT^A01|C1|P|2.5\r",
     "MSH|^~\\&|ISOCENTRE||||TIME||ACK^A01^ACK|ID|P|2.5\rMSA|AA|C1|done\r"},
    {"removal quotes are not echoed", "MSH|^~\\&|\"\"|\"\"|\"\"||||ADT^A01|C1|P|2.5\r",
     "MSH|^~\\&|ISOCENTRE||||TIME||ACK^A01^ACK|ID|P|2.5\rMSA|AA|C1|done\r"},
    {"own delimiters", "MSH!@*%$!RIS!K@1!ISO!!!!ADT@A01!C%F%1!P!2.5\r",
     "MSH!@*%$!ISO!!RIS!K@1!TIME!!ACK@A01@ACK!ID!P!2.5\rMSA!AA!C%F%1!done\r"},
    {"delimiters that cannot be used", "MSH!@*!RIS!K@1!ISO|x!!!!ADT@A01!C1!P!2.5\r",
     "MSH|^~\\&|ISO\\F\\x||RIS|K|TIME||ACK^A01^ACK|ID|P|2.5\rMSA|AA|C1|done\r"},
    {"nothing readable", NULL, "MSH|^~\\&|ISOCENTRE||||TIME||ACK|ID|P|2.5.1\rMSA|AA||done\r"},
};

/* The acknowledgement with TIME and ID put in place of what differs each time. */
static struct str steady(struct arena *a, struct str text)
{
    struct hl7_message m;
    CU_ASSERT_FATAL(hl7_parse(text, NULL, a, &m, NULL));
    struct str time = hl7_field(&m.segments[0], 7), id = hl7_field(&m.segments[0], 10);
    CU_ASSERT(time.n == 19);
    CU_ASSERT(id.n > 0 && id.n <= 20);
    size_t before = (size_t)(time.p - m.text.p), after = (size_t)(id.p - m.text.p);
    return arena_printf(a, "%.*sTIME%.*sID%.*s", STR_ARG(str_sub(m.text, 0, before)),
                        STR_ARG(str_sub(m.text, before + time.n, after - before - time.n)),
                        STR_ARG(str_sub(m.text, after + id.n, m.text.n)));
}

static void check(const struct sample *s, const struct hl7_ack *ack)
{
    struct arena a;
    struct hl7_message m;
    CLEANUP(buf_release) struct buf out;
    arena_init(&a);
    buf_init(&out, 10000);
    if (s->message)
        CU_ASSERT_FATAL(hl7_parse(str_of(s->message), NULL, &a, &m, NULL));
    CU_ASSERT_FATAL(hl7_ack_write(s->message ? &m : NULL, ack, &out, NULL, NULL));
    struct str text = steady(&a, buf_view(&out));
    if (!str_is(text, s->expected))
        printf("\n  %s: '%.*s'\n", s->name, STR_ARG(text));
    CU_ASSERT(str_is(text, s->expected));
    arena_release(&a);
}

static void accepting(void)
{
    const struct hl7_ack ack = {.code = "AA", .text = STR("done")};
    CU_ASSERT(clock_set_site("Europe/Berlin", NULL));
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++)
        check(&accepted[i], &ack);
}

static const struct sample refused[] = {
    {"2.5.1", "MSH|^~\\&|RIS||ISO||||ORM^O01|C1|P|2.5.1\r",
     "MSH|^~\\&|ISO||RIS||TIME||ACK^O01^ACK|ID|P|2.5.1\rMSA|AE|C1|two faults\r"
     "ERR||OBR^2^4^1^3|101^Required field missing^HL70357|E|a-rule|||no code\r"
     "ERR|||207^Application internal error^HL70357|W||||a\\F\\b\r"},
    {"2.3.1", "MSH|^~\\&|RIS||ISO||||ORM^O01|C1|P|2.3.1\r",
     "MSH|^~\\&|ISO||RIS||TIME||ACK|ID|P|2.3.1\rMSA|AE|C1|two faults\r"
     "ERR|OBR^2^4^101&Required field missing&HL70357~^^^207&Application internal error&HL70357"
     "|OBR^2^4^1^3|101^Required field missing^HL70357|E|a-rule|||no code\r"},
};

static void refusing(void)
{
    const struct hl7_fault faults[] = {{STR("OBR^2^4^1^3"), 101, 'E', STR("no code"), STR("a-rule"), STR("")},
                                       {STR(""), 207, 'W', STR("a|b"), STR(""), STR("")}};
    const struct hl7_ack ack = {.code = "AE", .text = STR("two faults"), .faults = faults, .n_faults = 2};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        check(&refused[i], &ack);
}

static void an_error_becomes_an_acknowledgement(void)
{
    struct arena a;
    struct hl7_message m, answer;
    struct hl7_reply reply;
    struct hl7_fault fault;
    struct hl7_ack ack;
    struct err e = {.code = ERR_NONE};
    CLEANUP(buf_release) struct buf out;
    arena_init(&a);
    buf_init(&out, 10000);
    CU_ASSERT_FATAL(hl7_parse(STR("MSH|^~\\&|RIS||ISO||||ORM^O01|C1|P|2.5.1\r"), NULL, &a, &m, NULL));
    err_set(&e, ERR_REQUIRED, "PID-3 is missing");
    err_at(&e, "PID^1^3");
    hl7_ack_of_err(&e, &fault, &ack);
    CU_ASSERT_FATAL(hl7_ack_write(&m, &ack, &out, NULL, NULL));
    CU_ASSERT_FATAL(hl7_parse(buf_view(&out), NULL, &a, &answer, NULL));
    CU_ASSERT_FATAL(hl7_ack_parse(&answer, &a, &reply, NULL));
    CU_ASSERT_STRING_EQUAL(reply.code, "AE");
    CU_ASSERT_FALSE(reply.accepted);
    CU_ASSERT(str_is(reply.control_id, "C1"));
    CU_ASSERT(str_is(reply.text, "PID-3 is missing"));
    CU_ASSERT(str_is(reply.condition, "101"));
    CU_ASSERT(str_is(reply.location, "PID^1^3"));
    arena_release(&a);
}

static void only_hl7_places_go_into_err_2(void)
{
    static const struct {
        const char *path, *location;
    } paths[] = {{"PID^1^3", "PID^1^3"}, {"ZDS", "ZDS"}, {"Z01^1", "Z01^1"}, {"Patient.identifier", ""}, {"PIDX^1", ""},
                 {"(0010,0020)", ""},    {"", ""}};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct err e = {.code = ERR_NONE};
        struct hl7_fault fault;
        struct hl7_ack ack;
        err_set(&e, ERR_STRUCTURE, "x");
        err_at(&e, "%s", paths[i].path);
        hl7_ack_of_err(&e, &fault, &ack);
        CU_ASSERT(str_is(fault.location, paths[i].location));
        CU_ASSERT_STRING_EQUAL(ack.code, "AR");
        CU_ASSERT_EQUAL(fault.condition, 100);
    }
}

static void a_long_text_is_cut_at_a_character(void)
{
    struct arena a;
    struct hl7_message m;
    CLEANUP(buf_release) struct buf out, text;
    arena_init(&a);
    buf_init(&out, 10000);
    buf_init(&text, 10000);
    for (int i = 0; i < 200; i++)
        buf_puts(&text, "\xC3\xBC");
    const struct hl7_ack ack = {.code = "AE", .text = buf_view(&text)};
    CU_ASSERT_FATAL(hl7_parse(STR("MSH|^~\\&|RIS||||||ORM^O01|C1|P|2.5.1||||||UTF-8\r"), NULL, &a, &m, NULL));
    CU_ASSERT_FATAL(hl7_ack_write(&m, &ack, &out, NULL, NULL));
    CU_ASSERT_FATAL(hl7_parse(buf_view(&out), NULL, &a, &m, NULL));
    CU_ASSERT_EQUAL(hl7_get(&m, &a, "MSA-3").n, 2 * HL7_MSA_TEXT_MAX);
    CU_ASSERT_EQUAL(hl7_quirks_total(&m.quirks), 0);
    arena_release(&a);
}

static void fields_out_of_all_proportion_are_not_echoed(void)
{
    struct arena a;
    struct hl7_message m;
    CLEANUP(buf_release) struct buf in, out;
    const struct hl7_ack ack = {.code = "AR"};
    arena_init(&a);
    buf_init(&in, 10000000);
    buf_init(&out, 10000);
    buf_puts(&in, "MSH|^~\\&|");
    for (int i = 0; i < 18; i++) {
        for (int k = 0; k < 2000; k++)
            buf_putc(&in, i == 7 && k == 1000 ? '^' : 'X');
        buf_putc(&in, '|');
    }
    CU_ASSERT_FATAL(hl7_parse(buf_view(&in), NULL, &a, &m, NULL));
    CU_ASSERT_FATAL(hl7_ack_write(&m, &ack, &out, NULL, NULL));
    CU_ASSERT_FATAL(hl7_parse(buf_view(&out), NULL, &a, &m, NULL));
    CU_ASSERT(str_is(hl7_get(&m, &a, "MSH-3"), "ISOCENTRE"));
    CU_ASSERT(str_is(hl7_raw(&m, "MSA-1"), "AR"));
    arena_release(&a);
}

static void written_in_the_set_of_the_asker(void)
{
    static const struct {
        const char *msh18, *bytes;
        size_t replaced;
    } sets[] = {{"8859/1", "MSA|AE|1|\xFC ?\r", 1},
                {"UNICODE UTF-8", "MSA|AE|1|\xC3\xBC \xE5\xB1\xB1\r", 0},
                {"~ISO IR87", "MSA|AE|1|u \\M2442\\;3\\C2842\\\r", 1},
                {"", "MSA|AE|1|u ?\r", 2},
                {"KLINGON", "MSA|AE|1|u ?\r", 2}};
    const struct hl7_ack ack = {.code = "AE", .text = STR("\xC3\xBC \xE5\xB1\xB1")};
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        struct arena a;
        struct hl7_message m;
        size_t replaced = 99;
        CLEANUP(buf_release) struct buf out;
        arena_init(&a);
        buf_init(&out, 10000);
        struct str bytes = arena_printf(&a, "MSH|^~\\&|||||||ORM^O01|1|P|2.5||||||%s\r", sets[i].msh18);
        CU_ASSERT_FATAL(hl7_parse(bytes, NULL, &a, &m, NULL));
        CU_ASSERT_FATAL(hl7_ack_write(&m, &ack, &out, &replaced, NULL));
        if (!str_ends(buf_view(&out), sets[i].bytes))
            printf("\n  %s: '%.*s'\n", sets[i].msh18, STR_ARG(buf_view(&out)));
        CU_ASSERT(str_ends(buf_view(&out), sets[i].bytes));
        CU_ASSERT_EQUAL(replaced, sets[i].replaced);
        arena_release(&a);
    }
}

struct answer {
    const char *segments;
    enum err_code fails; /* ERR_NONE: it is read */
    const char *code, *control_id, *text, *condition;
};

static const struct answer answers[] = {
    {"MSA|AA|42\r", ERR_NONE, "AA", "42", "", ""},
    {"MSA|CA|42\r", ERR_NONE, "CA", "42", "", ""},
    {"MSA| AR |42|no thanks\r", ERR_NONE, "AR", "42", "no thanks", ""},
    {"MSA|AE|42\rERR||PID^1^3|101^missing^HL70357|E||||give an id\r", ERR_NONE, "AE", "42", "give an id", "101"},
    {"MSA|AE|42\rERR|PID^1^3^101&missing&HL70357\r", ERR_NONE, "AE", "42", "missing", "101"},
    {"MSA|AE|42||||207^internal^HL70357\r", ERR_NONE, "AE", "42", "internal", "207"},
    {"MSA|OK|42\r", ERR_CODE_INVALID, NULL, NULL, NULL, NULL},
    {"MSA\r", ERR_CODE_INVALID, NULL, NULL, NULL, NULL},
    {"PID|1\r", ERR_STRUCTURE, NULL, NULL, NULL, NULL},
};

static void check_answer(const struct answer *s)
{
    struct arena a;
    struct hl7_message m;
    struct hl7_reply r = {.code = "??"};
    struct err e = {.code = ERR_NONE};
    arena_init(&a);
    CU_ASSERT_FATAL(hl7_parse(arena_printf(&a, "MSH|^~\\&|X||||||ACK|9|P|2.4\r%s", s->segments), NULL, &a, &m, NULL));
    CU_ASSERT_EQUAL(hl7_ack_parse(&m, &a, &r, &e), s->fails == ERR_NONE);
    CU_ASSERT_EQUAL(e.code, s->fails);
    CU_ASSERT_STRING_EQUAL(r.code, s->fails ? "??" : s->code);
    if (!s->fails) {
        CU_ASSERT(str_is(r.control_id, s->control_id));
        CU_ASSERT(str_is(r.text, s->text));
        CU_ASSERT(str_is(r.condition, s->condition));
        CU_ASSERT_EQUAL(r.accepted, s->code[1] == 'A');
        CU_ASSERT_EQUAL(r.commit, s->code[0] == 'C');
    }
    arena_release(&a);
}

static void answers_are_read(void)
{
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        check_answer(&answers[i]);
}

static void control_ids_differ(void)
{
    char ids[1000][HL7_CONTROL_ID_TEXT];
    for (int i = 0; i < 1000; i++) {
        hl7_control_id(ids[i]);
        for (int k = 0; k < i; k++)
            CU_ASSERT_STRING_NOT_EQUAL(ids[i], ids[k]);
    }
}

static void small_tables(void)
{
    CU_ASSERT_STRING_EQUAL(hl7_ack_commit_code("AA"), "CA");
    CU_ASSERT_STRING_EQUAL(hl7_ack_commit_code("AR"), "CR");
    CU_ASSERT_STRING_EQUAL(hl7_condition_text(204), "Unknown key identifier");
    CU_ASSERT_STRING_EQUAL(hl7_condition_text(4711), hl7_condition_text(207));
    for (int code = ERR_NONE; code < ERR_CODES; code++) /* each error of the server has words of its own number */
        CU_ASSERT(err_row((enum err_code)code)->hl7 == 207 ||
                  strcmp(hl7_condition_text(err_row((enum err_code)code)->hl7), hl7_condition_text(207)) != 0);
}

static const struct unit_case cases[] = {
    {"accepting", accepting},
    {"refusing", refusing},
    {"an error becomes an acknowledgement", an_error_becomes_an_acknowledgement},
    {"only HL7 places go into ERR-2", only_hl7_places_go_into_err_2},
    {"a long text is cut at a character", a_long_text_is_cut_at_a_character},
    {"fields out of all proportion are not echoed", fields_out_of_all_proportion_are_not_echoed},
    {"written in the set of the asker", written_in_the_set_of_the_asker},
    {"answers are read", answers_are_read},
    {"control ids differ", control_ids_differ},
    {"small tables", small_tables},
};

UNIT_MAIN("hl7/codec/ack", cases)
