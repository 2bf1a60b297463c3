#include "support.h"
#include "unit.h"

/* Many references into many contained resources: looked up, not compared all with all. */
static void looks_up_contained(void)
{
    enum { MANY = 20000 };
    struct arena a;
    struct err e = {0};
    struct buf b;
    arena_init(&a);
    buf_init(&b, FILE_MAX);
    buf_puts(&b, "{'resourceType':'List','status':'current','mode':'working','contained':[");
    for (int i = 0; i < MANY; i++)
        buf_printf(&b, "%s{'resourceType':'Basic','id':'r%d','code':{'text':'x'}}", i ? "," : "", i);
    buf_puts(&b, "],'entry':[");
    for (int i = 0; i < MANY; i++)
        buf_printf(&b, "%s{'item':{'reference':'#r%d'}}", i ? "," : "", MANY - 1 - i);
    buf_puts(&b, "]}");
    struct fhir_issues issues = {.arena = &a};
    const struct fhir_node *n = fhir_parse_json(&a, quoted(&a, b.p), &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(n);
    CU_ASSERT_TRUE(fhir_check(n, &issues));
    CU_ASSERT_EQUAL(issues.count, 0);
    buf_release(&b);
    arena_release(&a);
}

/* "#" names the resource around a contained one. */
static void knows_the_container(void)
{
    static const struct {
        const char *json;
        bool ok;
    } rows[] = {
        {"{'resourceType':'Patient','contained':[{'resourceType':'Condition','id':'c','subject':{'reference':"
         "'#'}}]}",
         true},
        {"{'resourceType':'Organization','contained':[{'resourceType':'Condition','id':'c','subject':{'"
         "reference':'#'}}]}",
         false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a;
        struct err e = {0};
        arena_init(&a);
        struct fhir_issues issues = {.arena = &a};
        CU_ASSERT_EQUAL(fhir_check(fhir_parse_json(&a, quoted(&a, rows[i].json), &e), &issues), rows[i].ok);
        arena_release(&a);
    }
}

static const struct unit_case cases[] = {
    {"looks up contained resources", looks_up_contained},
    {"knows the container", knows_the_container},
};
UNIT_MAIN("fhir check_meaning", cases)
