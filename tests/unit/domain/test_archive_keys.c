#include "domain/archive.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

/* Each attribute stands once in its place, and is found there. */
static void test_tags(void)
{
    for (int i = 0; i < ARCHIVE_KEYS; i++) {
        const struct archive_row *r = archive_row((enum archive_key)i);
        if (r->tag)
            CU_ASSERT_EQUAL((int)archive_key_find(r->tag, r->in), i);
    }
    CU_ASSERT_EQUAL(archive_key_find(0, 0), ARCHIVE_KEYS);
    CU_ASSERT_EQUAL(archive_key_find(0x00100020, 0), ARCHIVE_PATIENT_ID);
    CU_ASSERT_EQUAL(archive_key_find(0x00100020, 0x00101002), ARCHIVE_PATIENT_OTHER_ID);
    CU_ASSERT_EQUAL(archive_key_find(0x00100020, 0x00400275), ARCHIVE_KEYS);
}

/* A time follows its date, or stands alone; what stands in `more` is joined values. */
static void test_rows(void)
{
    for (int i = 0; i < ARCHIVE_KEYS; i++) {
        const struct archive_row *r = archive_row((enum archive_key)i), *next = i + 1 < ARCHIVE_KEYS ? r + 1 : NULL;
        if (r->match == ARCHIVE_MATCH_DATE)
            CU_ASSERT(next && next->match == ARCHIVE_MATCH_TIME && next->level == r->level);
        CU_ASSERT_EQUAL(r->more, r->form == ARCHIVE_FORM_VALUES);
        CU_ASSERT(i == 0 || r->level >= (r - 1)->level);
    }
    for (int l = 0; l < ARCHIVE_LEVELS; l++)
        CU_ASSERT_EQUAL((int)archive_row(archive_unique((enum archive_level)l))->level, l);
}

static void test_members(void)
{
    char name[ARCHIVE_MEMBER];
    archive_member(ARCHIVE_INSTITUTION, name);
    CU_ASSERT_STRING_EQUAL(name, "00080080");
    archive_member(ARCHIVE_REQUEST_PROCEDURE, name);
    CU_ASSERT_STRING_EQUAL(name, "00400275.00401001");
}

static const struct unit_case cases[] = {
    {"tags lead to rows", test_tags},
    {"rows are of their form", test_rows},
    {"names in `more`", test_members},
};
UNIT_MAIN("domain/archive_keys", cases)
