#include "record/record.h"

#include <locale.h>
#include <stdlib.h>

#include "unit.h"

static int compare(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* A parameter, and what is indexed beside it. */
static size_t parts_of(struct str type, const struct fhir_search_param *p, int32_t *hash)
{
    static const struct {
        enum fhir_search_kind kind;
        const char *part;
    } parts[] = {
        {FHIR_SEARCH_TOKEN, RECORD_PART_TEXT},
        {FHIR_SEARCH_TOKEN, RECORD_PART_OF_TYPE},
        {FHIR_SEARCH_REFERENCE, RECORD_PART_TEXT},
        {FHIR_SEARCH_REFERENCE, RECORD_PART_IDENTIFIER},
        {FHIR_SEARCH_COMPOSITE, RECORD_PART_COMPONENT "1"},
        {FHIR_SEARCH_COMPOSITE, RECORD_PART_COMPONENT "2"},
        {FHIR_SEARCH_COMPOSITE, RECORD_PART_COMPONENT "3"},
        {FHIR_SEARCH_SPECIAL, RECORD_PART_COMPONENT "1"},
        {FHIR_SEARCH_SPECIAL, RECORD_PART_COMPONENT "2"},
    };
    size_t n = 0;
    hash[n++] = record_param(type, str_of(p->code));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].kind == p->kind)
            hash[n++] = record_param_part(type, str_of(p->code), str_of(parts[i].part));
    return n;
}

/* Four bytes name a search parameter in the index: no two may share them. */
static void no_collisions(void)
{
    static int32_t hash[16384];
    size_t n = 0;
    for (int t = 0; fhir_resource_name(t); t++) {
        struct str type = str_of(fhir_resource_name(t));
        const struct fhir_search_param *p;
        for (int i = 0; (p = fhir_search_param_at(type, i)) && n + 8 < 16384; i++)
            n += parts_of(type, p, hash + n);
    }
    CU_ASSERT(n > 5000 && n + 8 < 16384);
    qsort(hash, n, sizeof hash[0], compare);
    for (size_t i = 1; i < n; i++)
        CU_ASSERT_NOT_EQUAL(hash[i - 1], hash[i]);
}

static void folding(void)
{
    static const char *const cases[][2] = {{"Müller", "muller"},   {"  Ænne \n  ÇELIK ", "anne celik"},
                                           {"O'Brien", "o'brien"}, {"ŁÓDŹ", "lodz"},
                                           {"Straße", "strase"},   {"ПЕТРОВ", "петров"},
                                           {"山田", "山田"},       {"", ""}};
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str got = record_fold(&a, str_of(cases[i][0]));
        if (!str_is(got, cases[i][1]))
            printf("'%s' folds to '%.*s'\n", cases[i][0], STR_ARG(got));
        CU_ASSERT(str_is(got, cases[i][1]));
    }
    arena_release(&a);
}

static void ids(void)
{
    struct arena a;
    arena_init(&a);
    int64_t last = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t rid = record_rid_new();
        CU_ASSERT(rid > 0 && rid != last);
        last = rid;
    }
    CU_ASSERT_EQUAL(record_id_text(&a, last).n, 13);
    CU_ASSERT(str_is(record_id_text(&a, 0), "0000000000000"));
    arena_release(&a);
}

/* References to this server lose its address, and their version stands beside. */
static void references(void)
{
    static const char *const cases[][3] = {
        {"Patient/1", "Patient/1", ""},
        {"http://h/fhir/Patient/1", "Patient/1", ""},
        {"http://h/fhir/Patient/1/_history/3", "Patient/1", "3"},
        {"Patient/1/_history/3", "Patient/1", "3"},
        {"http://h/fhirx/Patient/1", "http://h/fhirx/Patient/1", ""},
        {"http://other/Patient/1/_history/3", "http://other/Patient/1/_history/3", ""},
        {"urn:uuid:1", "urn:uuid:1", ""},
        {"Nothing/1/_history/3", "Nothing/1/_history/3", ""},
    };
    record_own_base(STR("http://h/fhir"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str version, text = record_reference(str_of(cases[i][0]), &version);
        CU_ASSERT(str_is(text, cases[i][1]));
        CU_ASSERT(str_is(version, cases[i][2]));
    }
    record_own_base(STR(""));
}

int main(void)
{
    static const struct unit_case cases[] = {{"parameter hashes do not collide", no_collisions},
                                             {"folding", folding},
                                             {"row ids", ids},
                                             {"references", references}};
    setlocale(LC_CTYPE, "C.UTF-8");
    return unit_main("record index", cases, 4);
}
