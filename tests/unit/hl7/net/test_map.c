/* The HL7 column of the Rosetta table, by messages with the fields they give beside them (tests/golden/hl7).
 * With ISOCENTRE_ACCEPT set, the expectations are written anew. */
#include <dirent.h>
#include <stdlib.h>

#include "mapping.h"

enum { FILE_MAX = 1 << 20 };

static const char *golden_dir(void)
{
    static char path[1024];
    const char *end = strstr(__FILE__, "tests/unit/");
    snprintf(path, sizeof path, "%.*stests/golden/hl7", end ? (int)(end - __FILE__) : 0, __FILE__);
    return path;
}

static bool read_file(const char *path, struct buf *b)
{
    char bytes[4096];
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        buf_put(b, bytes, n);
    fclose(f);
    return true;
}

static void put_value(struct buf *b, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n')
            buf_puts(b, "\\n");
        else
            buf_putc(b, text.p[i]);
    buf_putc(b, '\n');
}

static void put_fields(struct buf *b, const struct mapping *x)
{
    buf_printf(b, "group %zu\n", x->number);
    for (size_t i = 0; i < x->traces; i++) {
        const struct hl7_trace *t = &x->trace[i];
        buf_printf(b, "  %s (%s) %s", field_row(t->field)->name, t->row->location,
                   t->deleted ? "deleted" : "= ");
        put_value(b, fields_get(&x->fields, t->field));
    }
}

static void put_content(struct buf *b, const struct report_content *c)
{
    buf_puts(b, "  text = ");
    put_value(b, c->text);
    buf_puts(b, "  conclusion = ");
    put_value(b, c->conclusion);
    for (size_t i = 0; i < c->document_count; i++)
        buf_printf(b, "  document %.*s of %zu bytes%.*s\n", STR_ARG(c->document[i].type), c->document[i].bytes.n,
                   STR_ARG(c->document[i].url));
    buf_printf(b, "  study '%.*s' flag '%.*s'%s%s%s%s\n", STR_ARG(c->study_uid), STR_ARG(c->flag),
               c->withdrawn ? ", withdrawn" : "", c->addendum ? ", addendum" : c->amends ? ", amends" : "",
               c->corrected ? ", corrected" : "", c->preliminary ? ", preliminary" : "");
}

/* Everything the maps make of a message. */
static void dump(struct str bytes, struct buf *b)
{
    struct test_mapping t;
    struct report_content c;
    if (!test_mapping_open(&t, bytes))
        buf_puts(b, "not understood\n");
    while (t.x.m && map_next(&t.x)) {
        if (!map_run(&t.x, &t.e) || (t.x.structure == HL7_MAP_REPORT && !report_content(&t.x, &c, &t.e))) {
            buf_printf(b, "refused at %s: %s\n", t.e.path, t.e.text);
            break;
        }
        put_fields(b, &t.x);
        if (t.x.structure == HL7_MAP_REPORT)
            put_content(b, &c);
    }
    for (size_t i = 0; i < t.domain.warning_count; i++)
        buf_printf(b, "warning: %.*s\n", STR_ARG(t.domain.warning[i]));
    arena_release(&t.arena);
}

static void compare(const char *name)
{
    CLEANUP(buf_release) struct buf message, expected, found;
    char path[1200];
    buf_init(&message, FILE_MAX);
    buf_init(&expected, FILE_MAX);
    buf_init(&found, FILE_MAX);
    snprintf(path, sizeof path, "%s/%s", golden_dir(), name);
    CU_ASSERT_TRUE_FATAL(read_file(path, &message));
    dump(buf_view(&message), &found);
    snprintf(path + strlen(path) - 4, 12, ".fields");
    if (getenv("ISOCENTRE_ACCEPT")) {
        FILE *f = fopen(path, "wb");
        CU_ASSERT_PTR_NOT_NULL_FATAL(f);
        fwrite(found.p, 1, found.n, f);
        fclose(f);
    }
    CU_ASSERT_TRUE(read_file(path, &expected));
    if (!str_eq(buf_view(&found), buf_view(&expected))) {
        printf("%s gives\n%s", name, found.p);
        CU_FAIL("the fields differ from the expected ones");
    }
}

static void golden(void)
{
    int count = 0;
    DIR *d = opendir(golden_dir());
    CU_ASSERT_PTR_NOT_NULL_FATAL(d);
    for (struct dirent *entry; (entry = readdir(d));)
        if (str_ends(str_of(entry->d_name), ".hl7")) {
            compare(entry->d_name);
            count++;
        }
    closedir(d);
    CU_ASSERT_TRUE(count >= 11);
}

/* Damaged messages: nothing may crash, whatever becomes of the values. The walk is the same each time. */
static void mutate(struct buf *message, unsigned *seed)
{
    static const char bits[] = "|^~\\&\r\"0\xc3";
    for (int i = 0; i < 8; i++) {
        *seed = *seed * 1103515245u + 12345u;
        size_t at = (*seed >> 8) % message->n;
        message->p[at] = *seed & 4u ? bits[(*seed >> 3) % (sizeof bits - 1)] : (char)(*seed >> 16);
    }
}

static void damaged(void)
{
    static const char *const names[] = {"orm_full", "omi_ipc", "adt_names",
                                        "oru_text", "oru_pdf", "oru_several"};
    unsigned seed = 1;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (int k = 0; k < 200; k++) {
            CLEANUP(buf_release) struct buf message, found;
            char path[1200];
            buf_init(&message, FILE_MAX);
            buf_init(&found, FILE_MAX);
            snprintf(path, sizeof path, "%s/%s.hl7", golden_dir(), names[i]);
            CU_ASSERT_TRUE_FATAL(read_file(path, &message));
            mutate(&message, &seed);
            dump(buf_view(&message), &found);
            CU_ASSERT_FALSE(found.failed);
        }
}

/* Each row must be one that can run, and some golden file must show that it gives a value. */
static void rows_are_sound(void)
{
    size_t n;
    const struct hl7_map_row *rows = hl7_map_rows(&n);
    for (size_t i = 0; i < n; i++) {
        struct hl7_location at;
        CU_ASSERT_PTR_NOT_NULL(map_transform_find(rows[i].transform));
        CU_ASSERT_TRUE(hl7_location_parse(rows[i].location, &at, NULL));
        CU_ASSERT_TRUE(rows[i].structures != 0);
    }
}

static void described(void)
{
    CLEANUP(buf_release) struct buf b;
    buf_init(&b, 10000);
    /* VISIT_START, VISIT_END, ATTENDING_PHYSICIAN: adt_visit.hl7 */
    hl7_map_describe(FIELD_ACCESSION_NUMBER, &b);
    CU_ASSERT_STRING_EQUAL(b.p, "ORM OMG ORU MDM: OBR-18 TEXT; OMI: IPC-1 TEXT");
    buf_reset(&b);
    hl7_map_describe(FIELD_VISIT_CLASS, &b);
    CU_ASSERT_STRING_EQUAL(b.p, "ORM OMG OMI ADT: PV1-2 CLASS");
    buf_reset(&b);
    hl7_map_describe(FIELD_SERIES_UID, &b);
    CU_ASSERT_EQUAL(b.n, 0);
    hl7_triggers_describe(&b);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "| ORM^O01 | HL7_SEND | ORDER_UPDATE | orders are placed"));
}

/* A domain error's field becomes the place in the group it was about. */
static void located(void)
{
    static const char message[] = "MSH|^~\\&|RIS|CLINIC|||20261124||ORM^O01|C1|P|2.3.1\rPID|1||1^^^CLINIC\r"
                                  "ORC|NW|P-1|F-1\rOBR|1|||A^First^L||||||||||||||A-1\r"
                                  "ORC|NW|P-2|F-2\rOBR|2|||B^Second^L||||||||||||||A-2\rORC|CA|P-3|F-3\r";
    static const struct {
        size_t group;
        const char *path, *expected;
    } cases[] = {
        {1, "ACCESSION_NUMBER", "OBR^1^18"},
        {2, "ACCESSION_NUMBER", "OBR^2^18"},
        {3, "ACCESSION_NUMBER", "OBR^3^18"},
        {2, "PATIENT_ID", "PID^1^3"},
        {2, "STUDY_UID", "ZDS^2^1"},
        {1, "STEP_STATUS", "ORC^1^5"},
        {3, "ORC-5", "ORC^3^5"},
        {2, "PROCEDURE_DESCRIPTION", "OBR^2^4^1^2"},
        {1, "SERIES_UID", ""},
        {1, "OBX^3^5", "OBX^3^5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct test_mapping t;
        CU_ASSERT_TRUE_FATAL(test_mapping_open(&t, str_of(message)));
        while (t.x.number < cases[i].group)
            CU_ASSERT_TRUE_FATAL(map_next(&t.x) && map_run(&t.x, &t.e));
        err_set(&t.e, ERR_INVALID, "wrong");
        err_at(&t.e, "%s", cases[i].path);
        map_locate(&t.x, &t.e);
        CU_ASSERT_STRING_EQUAL(t.e.path, cases[i].expected);
        arena_release(&t.arena);
    }
}

int main(void)
{
    static const struct unit_case cases[] = {{"golden messages", golden},
                                             {"damaged messages", damaged},
                                             {"rows are sound", rows_are_sound},
                                             {"described", described},
                                             {"located", located}};
    clock_set_site("Europe/Oslo", NULL);
    return unit_main("hl7/net/map", cases, sizeof cases / sizeof cases[0]);
}
