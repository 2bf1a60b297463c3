#include "record/record.h"

#include <locale.h>
#include <stdlib.h>

#include "unit.h"

static int compare(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* Four bytes name a search parameter in the index: no two may share them. */
static void no_collisions(void)
{
    static int32_t hash[8192];
    size_t n = 0;
    for (int t = 0; fhir_resource_name(t); t++)
        for (int p = 0; fhir_search_param_at(str_of(fhir_resource_name(t)), p) && n < 8192; p++)
            hash[n++] = record_param(str_of(fhir_resource_name(t)),
                                     str_of(fhir_search_param_at(str_of(fhir_resource_name(t)), p)->code));
    CU_ASSERT(n > 1000 && n < 8192);
    qsort(hash, n, sizeof hash[0], compare);
    for (size_t i = 1; i < n; i++)
        CU_ASSERT_NOT_EQUAL(hash[i - 1], hash[i]);
}

static void folding(void)
{
    static const char *const cases[][2] = {{"Müller", "muller"},       {"  Ænne \n  ÇELIK ", "anne celik"},
                                           {"O'Brien", "o'brien"},     {"ŁÓDŹ", "lodz"},
                                           {"Straße", "strase"},       {"ПЕТРОВ", "петров"},
                                           {"山田", "山田"},           {"", ""}};
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

int main(void)
{
    static const struct unit_case cases[] = {
        {"parameter hashes do not collide", no_collisions}, {"folding", folding}, {"row ids", ids}};
    setlocale(LC_CTYPE, "C.UTF-8");
    return unit_main("record index", cases, 3);
}
