/* ImagingSelection: the R5 shape, and the way to Basic and back. */
#include "fhir/r5/r5.h"

#include <string.h>

#include "domain/house.h"

static const char full[] =
    "{\"resourceType\":\"ImagingSelection\",\"id\":\"s1\",\"meta\":{\"tag\":[{\"code\":\"t\"}]},\"language\":\"en\","
    "\"extension\":[{\"url\":\"http://example.org/x\",\"valueString\":\"kept\"}],"
    "\"identifier\":[{\"system\":\"urn:s\",\"value\":\"1\"}],\"status\":\"available\","
    "\"subject\":{\"reference\":\"Patient/p\"},\"issued\":\"2026-11-24T10:00:00Z\","
    "\"performer\":[{\"function\":{\"text\":\"f\"},\"actor\":{\"reference\":\"Device/d\"}}],"
    "\"basedOn\":[{\"reference\":\"ServiceRequest/r\"}],\"category\":[{\"text\":\"c\"}],\"code\":{\"text\":\"key\"},"
    "\"studyUid\":\"1.2.3\",\"derivedFrom\":[{\"reference\":\"ImagingStudy/i\"}],"
    "\"endpoint\":[{\"reference\":\"Endpoint/e\"}],\"seriesUid\":\"1.2.3.4\",\"seriesNumber\":2,"
    "\"frameOfReferenceUid\":\"1.2.9\",\"bodySite\":{\"concept\":{\"text\":\"head\"}},"
    "\"focus\":[{\"reference\":\"ImagingSelection/other\"}],"
    "\"instance\":[{\"id\":\"a\",\"uid\":\"1.2.3.4.5\",\"number\":7,"
    "\"sopClass\":{\"system\":\"urn:ietf:rfc:3986\",\"code\":\"urn:oid:1.2\"},\"subset\":[\"1\",\"2\"],"
    "\"imageRegion2D\":[{\"regionType\":\"circle\",\"coordinate\":[1.50,2,3,4]}],"
    "\"imageRegion3D\":[{\"regionType\":\"point\",\"coordinate\":[1,2,3]}]},{\"uid\":\"1.2.3.4.6\"}]}";

static struct fhir_node *parse(struct arena *a, const char *text)
{
    struct err e;
    err_clear(&e);
    struct fhir_node *n = fhir_parse_json(a, str_of(text), &e);
    TEST_OK(n != NULL, &e);
    return n;
}

static struct str written(struct arena *a, const struct fhir_node *n)
{
    struct err e;
    struct buf b;
    err_clear(&e);
    buf_init(&b, 1 << 20);
    TEST_OK(fhir_write_json(n, false, &b, &e), &e);
    struct str s = arena_str(a, buf_view(&b));
    buf_release(&b);
    return s;
}

static void there_and_back(void)
{
    struct arena a;
    arena_init(&a);
    struct fhir_node *n = parse(&a, full);
    struct fhir_issues issues = {.arena = &a}, of_basic = {.arena = &a};
    CU_ASSERT(r5_selection_check(n, &issues));
    struct fhir_node *basic = r5_selection_to_basic(&a, n);
    CU_ASSERT(r5_is_selection(basic));
    CU_ASSERT_FALSE(r5_is_selection(n));
    CU_ASSERT(fhir_check(basic, &of_basic));
    TEST_STR(fhir_text(basic, "subject.reference"), "Patient/p");
    struct str text = written(&a, basic);
    CU_ASSERT_PTR_NOT_NULL(strstr(arena_cstr(&a, text), "\"reference\":\"Basic/other\""));
    /* stored and read again, it is the same but for the order of elements, which is R5's */
    struct fhir_node *back = r5_selection_of_basic(&a, parse(&a, arena_cstr(&a, text)));
    struct str again = written(&a, r5_selection_of_basic(&a, r5_selection_to_basic(&a, back)));
    TEST_STR(again, arena_cstr(&a, written(&a, back)));
    static const struct {
        const char *path, *value;
    } values[] = {{"id", "s1"},
                  {"status", "available"},
                  {"extension[0].valueString", "kept"},
                  {"performer[0].actor.reference", "Device/d"},
                  {"seriesNumber", "2"},
                  {"bodySite.concept.text", "head"},
                  {"focus[0].reference", "ImagingSelection/other"},
                  {"instance[0].id", "a"},
                  {"instance[0].subset[1]", "2"},
                  {"instance[0].imageRegion2D[0].coordinate[0]", "1.50"},
                  {"instance[0].imageRegion3D[0].regionType", "point"},
                  {"instance[1].uid", "1.2.3.4.6"}};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        TEST_STR(fhir_text(back, values[i].path), values[i].value);
    arena_release(&a);
}

static void shape(void)
{
#define HEAD "{\"resourceType\":\"ImagingSelection\",\"status\":\"available\",\"code\":{\"text\":\"c\"}"
    static const struct {
        const char *text, *expression;
    } cases[] = {
        {"{\"resourceType\":\"ImagingSelection\",\"code\":{\"text\":\"c\"}}", "ImagingSelection.status"},
        {"{\"resourceType\":\"ImagingSelection\",\"status\":\"available\"}", "ImagingSelection.code"},
        {"{\"resourceType\":\"ImagingSelection\",\"status\":\"final\",\"code\":{\"text\":\"c\"}}",
         "ImagingSelection.status"},
        {HEAD ",\"nonsense\":1}", "ImagingSelection.nonsense"},
        {HEAD ",\"instance\":[{\"number\":1}]}", "ImagingSelection.instance[0].uid"},
        {HEAD ",\"instance\":{\"uid\":\"1.2\"}}", "ImagingSelection.instance"},
        {HEAD ",\"instance\":[]}", "ImagingSelection.instance"},
        {HEAD ",\"instance\":[{}]}", "ImagingSelection.instance[0]"},
        {HEAD ",\"studyUid\":\"not an id\"}", "ImagingSelection.studyUid"},
        {HEAD ",\"studyUid\":[\"1\"]}", "ImagingSelection.studyUid"},
        {HEAD ",\"seriesNumber\":-1}", "ImagingSelection.seriesNumber"},
        {HEAD ",\"issued\":\"2026\"}", "ImagingSelection.issued"},
        {HEAD ",\"derivedFrom\":[{\"reference\":\"Patient/1\"}]}", "ImagingSelection.derivedFrom[0]"},
        {HEAD ",\"focus\":[{\"reference\":\"Basic/1\"}]}", "ImagingSelection.focus[0]"},
        {HEAD ",\"bodySite\":{\"text\":\"x\"}}", "ImagingSelection.bodySite.text"},
        {HEAD ",\"category\":[{\"nonsense\":1}]}", "ImagingSelection.category[0]"},
        {HEAD ",\"contained\":[]}", "ImagingSelection.contained"},
        {HEAD ",\"_status\":{\"id\":\"x\"}}", "ImagingSelection._status"},
        {HEAD ",\"instance\":[{\"uid\":\"1\"},{\"uid\":\"2\",\"imageRegion2D\":[{\"regionType\":\"cube\","
              "\"coordinate\":[1]}]}]}",
         "ImagingSelection.instance[1].imageRegion2D[0].regionType"},
        {HEAD ",\"instance\":[{\"uid\":\"1\",\"imageRegion2D\":[{\"regionType\":\"point\","
              "\"coordinate\":[1,\"2\"]}]}]}",
         "ImagingSelection.instance[0].imageRegion2D[0].coordinate[1]"},
        {HEAD ",\"instance\":[{\"uid\":\"1\",\"sopClass\":{\"system\":7}}]}",
         "ImagingSelection.instance[0].sopClass.system"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena a;
        arena_init(&a);
        struct fhir_issues issues = {.arena = &a};
        CU_ASSERT_FALSE(r5_selection_check(parse(&a, cases[i].text), &issues));
        CU_ASSERT_PTR_NOT_NULL(issues.first);
        if (issues.first && strcmp(issues.first->expression, cases[i].expression) != 0) {
            printf("\n%s: %s", cases[i].text, issues.first->expression);
            CU_FAIL("wrong place");
        }
        arena_release(&a);
    }
}

static void parameters(void)
{
    struct arena a;
    struct r5_param p;
    arena_init(&a);
    CU_ASSERT(r5_param_find(STR("ImagingStudy"), STR("based-on"), &p));
    CU_ASSERT_STRING_EQUAL(p.r4, "basedon");
    CU_ASSERT_FALSE(r5_param_find(STR("ImagingStudy"), STR("basedon"), &p));
    CU_ASSERT_FALSE(r5_param_find(STR("ImagingStudy"), STR("interpreter"), &p));
    CU_ASSERT_PTR_NULL(r5_selection_param(&a, STR("nonsense")));
    struct fhir_node *n = parse(&a, full);
    int i = 0;
    for (; r5_param_at(STR("ImagingSelection"), i, &p); i++) {
        const struct fhir_node *node[10];
        const char *type;
        CU_ASSERT_PTR_NOT_NULL(r5_selection_param(&a, str_of(p.code)));
        size_t values = r5_selection_values(n, i, node, 10, &type);
        CU_ASSERT_EQUAL(values, strcmp(p.code, "body-structure") != 0);
    }
    CU_ASSERT_EQUAL(i, 11);
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"a selection becomes a Basic and comes back", there_and_back},
    {"what R5 does not have is refused where it stands", shape},
    {"each search parameter finds its values", parameters},
};

int main(void)
{
    return unit_main("r5 selection", cases, (int)(sizeof cases / sizeof cases[0]));
}
