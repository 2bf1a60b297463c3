/* Thousands of damaged messages: none crashes, none loses a byte, each has an acknowledgement. Always the
 * same ones, because the generator starts from a fixed number. */
#include <stdint.h>

#include "tests/fuzz/hl7/message_properties.h"
#include "unit.h"

enum { MUTATIONS = 16000, LARGEST = 4096 };

#define ORDER                                                                                         \
    "\x0bMSH|^~\\&|RIS|KLINIK|ISOCENTRE|RAD|20261124103000+0100||ORM^O01^ORM_O01|C0001|P|2.5.1||||||" \
    "UNICODE UTF-8\r"                                                                                 \
    "PID|1||4711^^^KLINIK&1.2.3&ISO^PI~99^^^^SS||Beispiel^Britta^^^Dr.||19700102|F|||\"\"\r"          \
    "ORC|NW|P1^RIS|F1^ISO||SC||1^^^202611250900^^R||20261124103000\r"                                 \
    "OBR|1|P1^RIS|F1^ISO|CTH^CT Sch\xC3\xA4"                                                          \
    "del^L^24725-4^CT Head^LN||||||||||||^Arzt^Adam||A1|RP1|SPS1||||CT\r"                             \
    "ZDS|1.2.826.0.1.3680043.8.498.1^ISO^Application^DICOM\r\x1c\r"
#define REPORT                                                                                              \
    "MSH|^~\\&|BEFUND|KLINIK|||20261124||ORU^R01|C2|P|2.3.1||||||8859/1\r\nPID|||4711\r\nOBR|1||F1|CTH\r\n" \
    "OBX|1|FT|GDT||Erste Zeile\\.br\\zweite \\T\\ dritte \\X41\\\\Zx\\ "                                    \
    "\xFC\\H\\!\\N\\~Wiederholung||||||F\r\n"
#define OTHER_DELIMITERS \
    "MSH!@*%$#!A!B!C!D!2026!!ADT@A08!7!P!2.8\nEVN!A08\nPID!1!!1@@@H$1.2$ISO*2!!N%F%X@V%S%\nPV1!1!I\n"
#define JAPANESE                                                    \
    "MSH|^~\\&|RIS|||||ISO|ORM^O01|9|P|2.5||||||~ISO "              \
    "IR87\rPID|1||1||\x1B$B;3ED\x1B(B^\x1B$B>|\x1B(B||19700101|M\r" \
    "NTE|1||\\M2442\\;3ED\\C2842\\ x\r"
#define BATCH                                                             \
    "FHS|^~\\&|X\rBHS|^~\\&|X\rMSH|^~\\&|X||||||ADT^A40|1|P|2.4||||||GB " \
    "18030-2000\rPID|1||1||\x81\x5C^\x81\x7C\r"                           \
    "MRG|2\rMSH|^~|X||||||OMI^O23|2|P|2.5\rIPC|A1^X|RP1|1.2.3|SPS1|CT\rBTS|2\rFTS|1\r"

static const char *const originals[] = {ORDER, REPORT, OTHER_DELIMITERS, JAPANESE, BATCH};

/* xorshift64*: deterministic, and good enough here. */
static uint64_t state = 0x9E3779B97F4A7C15u;

static size_t random_below(size_t n)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return n ? (size_t)((state * 0x2545F4914F6CDD1Du) >> 33) % n : 0;
}

static char random_byte(void)
{
    static const char telling[] = "|^~\\&#\r\n\x0b\x1c\x1b\"MSHXCZ.0\xEF\xFF\x80\xC3";
    return random_below(3) ? telling[random_below(sizeof telling)] : (char)random_below(256);
}

static void insert(char *p, size_t *n, size_t at, const char *what, size_t length)
{
    if (*n + length > LARGEST)
        return;
    memmove(p + at + length, p + at, *n - at);
    memcpy(p + at, what, length);
    *n += length;
}

static void mutate(char *p, size_t *n)
{
    char piece[64], byte = random_byte();
    size_t at = random_below(*n), length = random_below(sizeof piece);
    length = length < *n - at ? length : *n - at;
    memcpy(piece, p + at, length);
    switch (random_below(5)) {
    case 0: /* change a byte */
        if (*n)
            p[at] = byte;
        break;
    case 1:
        insert(p, n, at, &byte, 1);
        break;
    case 2: /* cut a piece out */
        memmove(p + at, p + at + length, *n - at - length);
        *n -= length;
        break;
    case 3: /* copy a piece elsewhere */
        insert(p, n, random_below(*n), piece, length);
        break;
    default: /* cut off the end, not too often */
        *n = random_below(8) ? *n : at;
    }
}

static void damaged_messages(void)
{
    size_t parsed = 0;
    for (size_t i = 0; i < MUTATIONS; i++) {
        struct str from = str_of(originals[i % (sizeof originals / sizeof originals[0])]);
        char *p = mem_alloc(LARGEST + 1);
        size_t n = from.n;
        memcpy(p, from.p, n);
        for (size_t k = 1 + random_below(8); k; k--)
            mutate(p, &n);
        char *exact = mem_alloc(n + !n); /* so that the address sanitizer sees a step too far */
        memcpy(exact, p, n);
        mem_free(p);
        check_bytes((struct str){exact, n});
        struct arena a;
        struct hl7_message m;
        arena_init(&a);
        parsed += hl7_parse((struct str){exact, n}, NULL, &a, &m, NULL);
        arena_release(&a);
        mem_free(exact);
    }
    printf("(%zu of %d still messages) ", parsed, MUTATIONS);
    CU_ASSERT(parsed > MUTATIONS / 10); /* else the damage is too great to test anything */
    CU_ASSERT(parsed < MUTATIONS);
}

static void whole_messages(void)
{
    for (size_t i = 0; i < sizeof originals / sizeof originals[0]; i++)
        check_bytes(str_of(originals[i]));
}

static const struct unit_case cases[] = {
    {"whole messages", whole_messages},
    {"damaged messages", damaged_messages},
};

UNIT_MAIN("hl7/codec/message mutation", cases)
