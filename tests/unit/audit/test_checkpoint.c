#include "unit.h"

#include <string.h>

#include "audit/audit_priv.h"

#define HASH "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define SIGNATURE "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHw=="
#define TIME "2026-11-24T05:00:00.000000Z"

static void lines_are_parsed_exactly(void)
{
    static const struct {
        const char *line;
        bool ok;
    } cases[] = {
        {"isocentre checkpoint 1 42 " HASH " " TIME " 0123456789abcdef " SIGNATURE, true},
        {"isocentre checkpoint 2 42 " HASH " " TIME " 0123456789abcdef " SIGNATURE, false},
        {"isocentre checkpoint 1 x " HASH " " TIME " 0123456789abcdef " SIGNATURE, false},
        {"isocentre checkpoint 1 42 00" HASH " " TIME " 0123456789abcdef " SIGNATURE, false},
        {"isocentre checkpoint 1 42 " HASH " " TIME " 0123456789abcdef0 " SIGNATURE, false},
        {"isocentre checkpoint 1 42 " HASH " " TIME " 0123456789abcdef AAEC", false},
        {"isocentre checkpoint 1 42 " HASH " " TIME " 0123456789abcdef", false},
        {"isocentre checkpoint 1 42  " HASH " " TIME " 0123456789abcdef " SIGNATURE, false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct checkpoint c = {.seq = -1};
        CU_ASSERT_EQUAL(checkpoint_parse((struct str){cases[i].line, strlen(cases[i].line)}, &c),
                        cases[i].ok);
        CU_ASSERT_EQUAL(c.seq, cases[i].ok ? 42 : -1);
        if (!cases[i].ok)
            continue;
        CU_ASSERT_EQUAL(c.hash[31], 0x1f);
        CU_ASSERT_EQUAL(c.signature[63], 0x1f);
        CU_ASSERT_STRING_EQUAL(c.time, TIME);
        CU_ASSERT_STRING_EQUAL(c.key_id, "0123456789abcdef");
    }
}

static const struct unit_case cases[] = {
    {"lines are parsed exactly", lines_are_parsed_exactly},
};
UNIT_MAIN("audit/checkpoint", cases)
