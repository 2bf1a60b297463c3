/* Small vocabularies and odd forms of values, one message each. */
#include "mapping.h"

#define HEAD "MSH|^~\\&|RIS|CLINIC|||20261124||ORM^O01|C1|P|2.3.1\r"
#define REPORT_HEAD "MSH|^~\\&|RIS|CLINIC|||20261124||ORU^R01|C1|P|2.4\rPID|1||1^^^CLINIC\r"

struct sample {
    const char *message;
    enum field field;
    const char *expected; /* "": nothing said */
};

static void check(const struct sample *s, size_t n, const char *format)
{
    for (size_t i = 0; i < n; i++) {
        struct test_mapping t;
        char message[2000];
        snprintf(message, sizeof message, format, s[i].message);
        CU_ASSERT_TRUE(test_mapping_run(&t, message));
        struct str found = test_mapping_get(&t, s[i].field);
        if (!str_is(found, s[i].expected)) {
            printf("'%s' gives '%.*s', not '%s'\n", s[i].message, STR_ARG(found), s[i].expected);
            CU_FAIL("another value");
        }
        arena_release(&t.arena);
    }
}
#define CHECK(samples, format) check(samples, sizeof samples / sizeof samples[0], format)

static void modalities(void)
{
    static const struct sample s[] = {
        {"MRI", FIELD_MODALITY, "MR"},
        {"NMR", FIELD_MODALITY, "MR"},
        {"RUS", FIELD_MODALITY, "US"},
        {"VUS", FIELD_MODALITY, "US"},
        {"CUS", FIELD_MODALITY, "US"},
        {"OUS", FIELD_MODALITY, "US"},
        {"NMS", FIELD_MODALITY, "NM"},
        {"MAM", FIELD_MODALITY, "MG"},
        {"RX", FIELD_MODALITY, "DX"},
        {"XR", FIELD_MODALITY, "DX"},
        {"XRC", FIELD_MODALITY, "RF"},
        {"PET", FIELD_MODALITY, "PT"},
        {"OTH", FIELD_MODALITY, "OT"},
        {"RAD", FIELD_MODALITY, ""},
        {"IMG", FIELD_MODALITY, ""},
        {"ct", FIELD_MODALITY, "CT"},
        {"CT^x", FIELD_MODALITY, "CT"},
        {"C-T", FIELD_MODALITY, ""},
        {"SEVENTEENLETTERSX", FIELD_MODALITY, ""},
    };
    CHECK(s, HEAD "PID|1||1\rORC|NW\rOBR|1|||||||||||||||||||||||%s\r");
}

static void statuses(void)
{
    static const struct sample s[] = {
        {"O", FIELD_REPORT_STATUS, "registered"},
        {"I", FIELD_REPORT_STATUS, "registered"},
        {"S", FIELD_REPORT_STATUS, "registered"},
        {"P", FIELD_REPORT_STATUS, "preliminary"},
        {"A", FIELD_REPORT_STATUS, "partial"},
        {"R", FIELD_REPORT_STATUS, "partial"},
        {"F", FIELD_REPORT_STATUS, "final"},
        {"U", FIELD_REPORT_STATUS, "final"},
        {"C", FIELD_REPORT_STATUS, "corrected"},
        {"X", FIELD_REPORT_STATUS, "cancelled"},
        {"D", FIELD_REPORT_STATUS, "entered-in-error"},
        {"W", FIELD_REPORT_STATUS, "entered-in-error"},
    };
    CHECK(s, REPORT_HEAD "OBR|1||F-1||||||||||||||||||||||%s\r");
}

static void needs(void)
{
    static const struct sample s[] = {
        {"A1", FIELD_SPECIAL_NEEDS, "walks with a device"},
        {"A2", FIELD_SPECIAL_NEEDS, "wheelchair or stretcher"},
        {"A3", FIELD_SPECIAL_NEEDS, "does not respond"},
        {"A4", FIELD_SPECIAL_NEEDS, "disoriented"},
        {"A5", FIELD_SPECIAL_NEEDS, "impaired vision"},
        {"A6", FIELD_SPECIAL_NEEDS, "impaired hearing"},
        {"A7", FIELD_SPECIAL_NEEDS, "impaired speech"},
        {"A8", FIELD_SPECIAL_NEEDS, "needs an interpreter"},
        {"B1", FIELD_SPECIAL_NEEDS, "oxygen"},
        {"B2", FIELD_SPECIAL_NEEDS, "special equipment"},
        {"B3", FIELD_SPECIAL_NEEDS, "amputee"},
        {"B4", FIELD_SPECIAL_NEEDS, "mastectomy"},
        {"B5", FIELD_SPECIAL_NEEDS, "paraplegic"},
        {"B6", FIELD_SPECIAL_NEEDS, ""},
        {"A0", FIELD_SPECIAL_NEEDS, ""},
        {"B6", FIELD_PREGNANCY_STATUS, "3"},
        {"A2", FIELD_PREGNANCY_STATUS, ""},
        {"A2~B6", FIELD_PREGNANCY_STATUS, "3"},
    };
    CHECK(s, HEAD "PID|1||1\rPV1|1||||||||||||||%s\rORC|NW\r");
}

static void priorities(void)
{
    static const struct sample s[] = {
        {"S", FIELD_PRIORITY, "STAT"},    {"A", FIELD_PRIORITY, "HIGH"},    {"P", FIELD_PRIORITY, "HIGH"},
        {"C", FIELD_PRIORITY, "HIGH"},    {"R", FIELD_PRIORITY, "ROUTINE"}, {"T", FIELD_PRIORITY, "MEDIUM"},
        {"STAT", FIELD_PRIORITY, "STAT"}, {"asap", FIELD_PRIORITY, "HIGH"}, {"PRN", FIELD_PRIORITY, ""},
        {"", FIELD_PRIORITY, ""},
    };
    CHECK(s, HEAD "PID|1||1\rORC|NW||||||^^^^^%s\r");
}

static void sexes(void)
{
    static const struct sample s[] = {{"M", FIELD_PATIENT_SEX, "M"}, {"F", FIELD_PATIENT_SEX, "F"},
                                      {"O", FIELD_PATIENT_SEX, "O"}, {"A", FIELD_PATIENT_SEX, "O"},
                                      {"N", FIELD_PATIENT_SEX, "O"}, {"U", FIELD_PATIENT_SEX, ""},
                                      {"f", FIELD_PATIENT_SEX, "F"}, {"?", FIELD_PATIENT_SEX, ""}};
    CHECK(s, HEAD "PID|1||1|||||%s\rORC|NW\r");
}

static void names(void)
{
    static const struct sample s[] = {
        {"Berg^Anna^Lise^Jr^Dr", FIELD_PATIENT_NAME, "Berg^Anna^Lise^Dr^Jr"},
        {"Berg", FIELD_PATIENT_NAME, "Berg"},
        {"Berg^^Lise", FIELD_PATIENT_NAME, "Berg^Lise"},
        {"Berg^^^III^^PhD", FIELD_PATIENT_NAME, "Berg^^^^III PhD"},
        {"van Berg&van&Berg^Anna", FIELD_PATIENT_NAME, "van Berg^Anna"},
        {"Maiden^Anna^^^^^M~Berg^Anna^^^^^L", FIELD_PATIENT_NAME, "Berg^Anna"},
        {"Alias^A^^^^^A~Berg^Anna", FIELD_PATIENT_NAME, "Berg^Anna"},
        {"Kim^A^^^^^L^A~\\X41\\^B^^^^^L^I", FIELD_PATIENT_NAME, "Kim^A=A^B"},
        {"Kim\\S\\x^A=B", FIELD_PATIENT_NAME, "Kim x^A B"},
        {"^^^^", FIELD_PATIENT_NAME, ""},
    };
    CHECK(s, HEAD "PID|1||1||%s\rORC|NW\r");
}

static void identifiers(void)
{
    static const struct sample s[] = {
        {"1^^^A~2^^^CLINIC~3^^^B", FIELD_PATIENT_ID, "2"},
        {"1^^^A~2^^^CLINIC~3^^^B", FIELD_PATIENT_ISSUER, "CLINIC"},
        {"1^^^A~2^^^CLINIC~3^^^B", FIELD_PATIENT_OTHER_IDS, "1^A\\3^B"},
        {"1^^^A~3^^^B", FIELD_PATIENT_ID, "1"},
        {"^^^A~3^^^B", FIELD_PATIENT_ID, "3"},
        {"^^^A~3^^^B", FIELD_PATIENT_ISSUER, "B"},
        {"7", FIELD_PATIENT_ID, "7"},
        {"7", FIELD_PATIENT_ISSUER, ""},
        {"7^^^&host.example&DNS", FIELD_PATIENT_ISSUER, "host.example"},
        {"7^^^NS&host.example&DNS", FIELD_PATIENT_ISSUER, "NS"},
        {" 7 ^^^ CLINIC ", FIELD_PATIENT_ID, "7"},
    };
    CHECK(s, HEAD "PID|1||%s\rORC|NW\r");
}

static void measurements(void)
{
    static const struct sample s[] = {
        {"29463-7^Body weight^LN||70.50|kg", FIELD_PATIENT_WEIGHT, "70.50"},
        {"3141-9^x^LN||3500|g", FIELD_PATIENT_WEIGHT, "3.5"},
        {"^body weight||154|lb", FIELD_PATIENT_WEIGHT, "69.853"},
        {"29463-7||70|", FIELD_PATIENT_WEIGHT, ""},
        {"29463-7||70,5|kg", FIELD_PATIENT_WEIGHT, ""},
        {"29463-7||7000|kg", FIELD_PATIENT_WEIGHT, ""},
        {"29463-7||-7|kg", FIELD_PATIENT_WEIGHT, ""},
        {"29463-7||0|kg", FIELD_PATIENT_WEIGHT, ""},
        {"8867-4^Heart rate||70|kg", FIELD_PATIENT_WEIGHT, ""},
        {"8302-2^Body height^LN||171|cm", FIELD_PATIENT_SIZE, "1.71"},
        {"8302-2||1.8|m", FIELD_PATIENT_SIZE, "1.8"},
        {"8302-2||70|[in_i]", FIELD_PATIENT_SIZE, "1.778"},
        {"8302-2||171|m", FIELD_PATIENT_SIZE, ""},
    };
    CHECK(s, HEAD "PID|1||1\rORC|NW\rOBR|1\rOBX|1|NM|%s\r");
}

static void persons(void)
{
    static const struct sample s[] = {
        {"5&Okafor&Ben&&&Dr", FIELD_REPORT_INTERPRETER, "Okafor^Ben^^Dr"},
        {"&Okafor&Ben", FIELD_REPORT_INTERPRETER, "Okafor^Ben"},
        {"5^Okafor^Ben^^^Dr", FIELD_REPORT_INTERPRETER, "Okafor^Ben^^Dr"},
        {"5&Okafor&Ben^20261124", FIELD_REPORT_INTERPRETER, "Okafor^Ben"},
        {"Okafor, Ben", FIELD_REPORT_INTERPRETER, "Okafor  Ben"},
        {"DR5", FIELD_REPORT_INTERPRETER, ""},
        {"5^20261124", FIELD_REPORT_INTERPRETER, ""},
    };
    CHECK(s, REPORT_HEAD "OBR|1||F-1||||||||||||||||||||||F|||||||%s\r");
}

/* Line ends and control characters can not reach a single-line field; what a field may not hold is refused in
 * place. */
static void odd_texts(void)
{
    static const struct sample s[] = {
        {"CT\\.br\\head", FIELD_PROCEDURE_DESCRIPTION, "CT head"},
        {"a \\T\\ b", FIELD_PROCEDURE_DESCRIPTION, "a & b"},
        {"a&b", FIELD_PROCEDURE_DESCRIPTION, "a"},
        {"  x  ", FIELD_PROCEDURE_DESCRIPTION, "x"},
    };
    CHECK(s, HEAD "PID|1||1\rORC|NW\rOBR|1|||C^%s^L\r");
}

static void bad_times(void)
{
    static const char *const messages[] = {HEAD "PID|1||1||||20260230\rORC|NW\r",
                                           HEAD "PID|1||1||||2026-02-01\rORC|NW\r",
                                           HEAD "PID|1||1||||X\rORC|NW\r"};
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        struct test_mapping t;
        CU_ASSERT_FALSE(test_mapping_run(&t, messages[i]));
        CU_ASSERT_EQUAL(t.e.code, ERR_INVALID);
        CU_ASSERT_STRING_EQUAL(t.e.path, "PID^1^7");
        CU_ASSERT_PTR_NULL(strstr(t.e.text, "2026"));
        arena_release(&t.arena);
    }
}

static const struct unit_case cases[] = {{"modalities", modalities},
                                         {"statuses", statuses},
                                         {"needs", needs},
                                         {"priorities", priorities},
                                         {"sexes", sexes},
                                         {"names", names},
                                         {"identifiers", identifiers},
                                         {"measurements", measurements},
                                         {"persons", persons},
                                         {"odd texts", odd_texts},
                                         {"bad times", bad_times}};
UNIT_MAIN("hl7/net/transform", cases)
