/* A unit-test program: an array of named cases, one main. Built on CUnit. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <CUnit/Basic.h>
#include <CUnit/CUnit.h>

struct unit_case {
    const char *name;
    void (*run)(void);
};

static inline int unit_main(const char *suite_name, const struct unit_case *cases, int n)
{
    CU_initialize_registry();
    CU_pSuite suite = CU_add_suite(suite_name, NULL, NULL);
    for (int i = 0; i < n; i++)
        CU_add_test(suite, cases[i].name, cases[i].run);
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    unsigned failed = CU_get_number_of_tests_failed(), ran = CU_get_number_of_tests_run();
    CU_cleanup_registry();
    printf("unit %s: %u passed, %u failed\n", suite_name, ran - failed, failed);
    return failed || !ran ? 1 : 0;
}

#define UNIT_MAIN(suite, cases)                                                                                        \
    int main(void)                                                                                                     \
    {                                                                                                                  \
        return unit_main(suite, cases, (int)(sizeof cases / sizeof cases[0]));                                         \
    }

#endif
