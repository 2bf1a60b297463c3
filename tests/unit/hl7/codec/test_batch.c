/* Files and batches cut into messages, and whether they are whole. */
#include "hl7/codec/batch.h"

#include "base/arena.h"
#include "hl7/codec/message.h"
#include "unit.h"

#define A "MSH|^~\\&|A|||||1||||ADT^A08|1\rPID|1\r"
#define B "MSH|^~\\&|B|||||1||||ADT^A08|2\rPID|2\r"
#define HEAD "FHS|^~\\&|X\rBHS|^~\\&|X\r"

static void pieces(void)
{
    static const struct {
        const char *bytes, *kinds, *first; /* F B M b f; first: the first message */
    } cases[] = {
        {A B, "MM", A},
        {HEAD A B "BTS|2\rFTS|1\r", "FBMMbf", A},
        {"\xEF\xBB\xBF" A B, "MM", A},
        {"\xEF\xBB\xBF" HEAD A "BTS|1\rFTS|1\r", "FBMbf", A},
        {"\x0b" A "\x1c\r\x0b" B "\x1c\r", "MM", A},
        {"  \r\n" A "\r\n\r\n" B, "MM", A},
        {"junk\r" A, "M", A},
        {"MSH|^~\\&|A\nPID|1\nBTS|1\n", "Mb", "MSH|^~\\&|A\nPID|1\n"},
        {"MSH|^~\\&|A\r\nPID|1\r\n", "M", "MSH|^~\\&|A\r\nPID|1\r\n"},
        {"BTSX|1\r", "", NULL},
        {"", "", NULL},
        {"\x0b\x1c\r", "", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char kinds[20] = "";
        struct str rest = str_of(cases[i].bytes), piece, first = STR_NONE;
        size_t n = 0;
        for (enum hl7_piece k; n < 19 && (k = hl7_batch_take(&rest, &piece)) != HL7_PIECE_END; kinds[n] = '\0') {
            kinds[n++] = " FBMbf"[k];
            if (k == HL7_PIECE_MSH && !first.p)
                first = piece;
        }
        CU_ASSERT_STRING_EQUAL(kinds, cases[i].kinds);
        CU_ASSERT_TRUE(cases[i].first ? str_is(first, cases[i].first) : !first.p);
    }
}

static void whole_or_not(void)
{
    static const struct {
        const char *bytes;
        enum err_code code;
    } cases[] = {
        {A B, ERR_NONE},
        {HEAD A B "BTS|2\rFTS|1\r", ERR_NONE},
        {HEAD A B "BTS\rFTS\r", ERR_NONE},
        {HEAD A "BTS|1\rBHS|^~\\&\r" B "BTS|1\rFTS|2\r", ERR_NONE},
        {"FHS#^~\\&\rBHS#^~\\&\r" A "BTS#1\rFTS#1\r", ERR_NONE},
        {HEAD A "BTS|2\rFTS|1\r", ERR_INVALID},
        {HEAD A "BTS|1\rFTS|2\r", ERR_INVALID},
        {HEAD A "BTS|one\rFTS|1\r", ERR_INVALID},
        {HEAD A "BTS|1\r", ERR_INVALID},
        {HEAD A, ERR_INVALID},
        {HEAD "BHS|^~\\&\r" A "BTS|1\rFTS|1\r", ERR_INVALID},
        {A B A, ERR_TOO_LARGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct err e = {.code = ERR_NONE};
        bool ok = hl7_batch_check(str_of(cases[i].bytes), 2, &e);
        CU_ASSERT_EQUAL(ok, cases[i].code == ERR_NONE);
        CU_ASSERT_EQUAL(e.code, cases[i].code);
    }
}

static void lines_as_people_write_them(void)
{
    static const struct {
        const char *text, *lines;
    } cases[] = {{"A\nB", "A\rB\r"}, {"A\r\nB\r\n", "A\rB\r"}, {"A\rB\nC\r", "A\rB\nC\r"}, {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena a;
        arena_init(&a);
        CU_ASSERT_TRUE(str_is(hl7_lines(&a, str_of(cases[i].text)), cases[i].lines));
        arena_release(&a);
    }
}

static const struct unit_case cases[] = {
    {"pieces", pieces}, {"whole or not", whole_or_not}, {"lines as people write them", lines_as_people_write_them}};

UNIT_MAIN("hl7/codec/batch", cases)
