#include "unit.h"

#include <string.h>

#include "audit/audit_priv.h"

static struct err e;

static struct audit_event event_of(const struct principal *who)
{
    return (struct audit_event){.kind = AUDIT_INSTANCE_READ,
                                .outcome = AUDIT_MINOR,
                                .who = who,
                                .door = "http",
                                .request = STR("GET /dicom-web/studies"),
                                .object_id = STR("1.2.3"),
                                .patient = STR("12"),
                                .study_uid = STR("1.2.3"),
                                .accession = STR("A\"1"),
                                .query = STR("date=today"),
                                .detail = STR("two of three"),
                                .count = 2};
}

/* The bytes are the format: what changes here breaks every trail there is. */
static void the_canonical_bytes(void)
{
    static const char *const tail =
        "\"kind\":\"INSTANCE_READ\",\"event\":\"110103\",\"action\":\"R\",\"outcome\":4,"
        "\"who\":{\"name\":\"ada\",\"kind\":\"person\",\"roles\":[\"RADIOLOGIST\",\"RIS\"],\"address\":\"10."
        "0.0.1\"},"
        "\"door\":\"http\",\"request\":\"GET "
        "/dicom-web/studies\",\"object\":{\"type\":\"Study\",\"id\":\"1.2.3\"},"
        "\"patient\":\"12\",\"study\":\"1.2.3\",\"accession\":\"A\\\"1\",\"query\":\"date=today\","
        "\"detail\":\"two of three\",\"count\":2}";
    struct principal who = {.kind = PRINCIPAL_PERSON,
                            .name = "ada",
                            .display = "Never Written",
                            .address = "10.0.0.1",
                            .roles = UINT32_C(1) << ROLE_RADIOLOGIST | UINT32_C(1) << ROLE_RIS};
    struct audit_event ev = event_of(&who);
    struct audit_row row;
    struct arena arena CLEANUP(arena_release);
    char time[CLOCK_TEXT], head[80];
    arena_init(&arena);
    CU_ASSERT_TRUE_FATAL(audit_row_make(&ev, &arena, &row, &e));
    clock_text(row.recorded, time);
    size_t n = (size_t)snprintf(head, sizeof head, "{\"v\":1,\"time\":\"%s\",", time);
    CU_ASSERT_TRUE(str_starts(row.content, head));
    CU_ASSERT_TRUE(str_is(str_sub(row.content, n, row.content.n), tail));
    CU_ASSERT_TRUE(audit_row_agrees(&row));
}

/* Whatever a peer sends becomes text that both the columns and the content hold. */
static void hostile_text_is_tamed(void)
{
    static const struct str texts[] = {
        {"\xff\xfe\x00z", 4},  {"a\0b", 3}, {"\xc3\xa4\xe2\x82\xac", 5},
        {"\\\"\n\x7f\x01", 5}, {"", 0},     {NULL, 0},
        {"\xed\xa0\x80", 3},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct audit_event ev = event_of(NULL);
        struct audit_row row;
        struct arena arena CLEANUP(arena_release);
        arena_init(&arena);
        ev.request = ev.object_id = ev.patient = ev.study_uid = ev.accession = ev.query = ev.detail =
            texts[i];
        CU_ASSERT_TRUE_FATAL(audit_row_make(&ev, &arena, &row, &e));
        CU_ASSERT_TRUE(str_utf8_valid(row.content));
        CU_ASSERT_TRUE(audit_row_agrees(&row));
    }
}

static void long_text_is_cut_at_a_character(void)
{
    static char many[100001];
    struct principal who = {.kind = PRINCIPAL_HL7};
    struct audit_event ev = event_of(&who);
    struct audit_row row;
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    for (size_t i = 0; i + 1 < sizeof many; i += 2)
        memcpy(many + i, "\xc3\xa4", 2);
    memset(who.name, 'n', sizeof who.name - 1);
    ev.request = ev.object_id = ev.patient = ev.query = ev.detail = (struct str){many, sizeof many - 1};
    CU_ASSERT_TRUE_FATAL(audit_row_make(&ev, &arena, &row, &e));
    CU_ASSERT_EQUAL(row.text[COLUMN_REQUEST].n, 200);
    CU_ASSERT_TRUE(row.content.n < 8000);
    CU_ASSERT_TRUE(audit_row_agrees(&row));
}

static void a_changed_column_disagrees(void)
{
    struct principal who = {.kind = PRINCIPAL_PERSON, .name = "ada", .address = "10.0.0.1"};
    struct audit_event ev = event_of(&who);
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    for (int i = 0; i < COLUMNS + 2; i++) {
        struct audit_row row;
        CU_ASSERT_TRUE_FATAL(audit_row_make(&ev, &arena, &row, &e));
        if (i < COLUMNS)
            row.text[i] = STR("x");
        else if (i == COLUMNS)
            row.recorded++;
        else
            row.outcome = 0;
        CU_ASSERT_FALSE(audit_row_agrees(&row));
        CU_ASSERT_TRUE(audit_row_make(&ev, &arena, &row, &e));
        if (i < COLUMNS)
            row.text[i] = STR_NONE;
        CU_ASSERT_EQUAL(audit_row_agrees(&row), i >= COLUMNS);
    }
    struct audit_row row = {.content = STR("not json")};
    CU_ASSERT_FALSE(audit_row_agrees(&row));
}

static void every_event_has_its_name(void)
{
    struct arena arena CLEANUP(arena_release);
    arena_init(&arena);
    for (int k = 0; k < AUDIT_KINDS; k++) {
        struct audit_event ev = {.kind = (enum audit_kind)k};
        struct audit_row row;
        bool made = audit_row_make(&ev, &arena, &row, &e);
        CU_ASSERT_EQUAL(made, k != AUDIT_NONE);
        if (made)
            CU_ASSERT_TRUE(str_is(row.text[COLUMN_KIND], audit_kind_name((enum audit_kind)k)));
    }
    CU_ASSERT_STRING_EQUAL(audit_kind_name(AUDIT_KINDS), "");
}

static const struct unit_case cases[] = {
    {"the canonical bytes", the_canonical_bytes},
    {"hostile text is tamed", hostile_text_is_tamed},
    {"long text is cut at a character", long_text_is_cut_at_a_character},
    {"a changed column disagrees", a_changed_column_disagrees},
    {"every event has its name", every_event_has_its_name},
};
UNIT_MAIN("audit/event", cases)
