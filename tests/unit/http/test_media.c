#include "unit.h"

#include "http/media.h"

#include <string.h>

static const char *const offers[] = {"application/fhir+json", "application/fhir+xml", "text/html"};

static const struct {
    const char *accept;
    int best;
} choices[] = {
    {NULL, 0},
    {"", 0},
    {"  ", 0},
    {"*/*", 0},
    {"*", 0},
    {"application/fhir+xml", 1},
    {"APPLICATION/FHIR+XML", 1},
    {"application/*", 0},
    {"text/*", 2},
    {"text/html;q=0.9, application/fhir+xml;q=0.8", 2},
    {"text/html;q=0.8, application/fhir+xml;q=0.9", 1},
    {"text/html; q=0.8 , application/fhir+xml ; q=0.801", 1},
    {"application/fhir+json;q=0, */*", 1}, /* the specific range counts, though the star covers it */
    {"*/*;q=0.5, text/html;q=0.1", 0},
    {"application/fhir+xml;fhirVersion=4.0", 1},
    {"text/html;p=\"a,b;q=0\", application/fhir+json;q=0.5", 2}, /* quoted separators separate nothing */
    {"image/png", -1},
    {"text/html;q=0", -1},
    {"text/html;q=0.000", -1},
    {"nonsense", -1},
    {",,,", -1},
    {"application/fhir+jsonx", -1},
    {"text/html;q=high", 2},
    {"text/html;q=7", 2},
};

static void test_accept(void)
{
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        int best = http_accept(str_of(choices[i].accept), offers, 3);
        if (best != choices[i].best)
            fprintf(stderr, "%s: %d\n", choices[i].accept, best);
        CU_ASSERT_EQUAL(best, choices[i].best);
    }
    CU_ASSERT_EQUAL(http_accept(STR_NONE, offers, 0), -1);
}

static const struct {
    const char *header, *name, *value; /* NULL: absent */
} parameters[] = {
    {"multipart/related; boundary=abc", "boundary", "abc"},
    {"multipart/related;BOUNDARY=abc;type=x", "boundary", "abc"},
    {"multipart/related; type=\"application/dicom; x\"; boundary=\"a;b\"", "boundary", "a;b"},
    {"multipart/related; type=\"application/dicom; x\"; boundary=\"a;b\"", "type", "application/dicom; x"},
    {"a/b; x=\"q\\\"uote\\\\d\"", "x", "q\"uote\\d"},
    {"a/b; x=", "x", ""},
    {"a/b; x=\"", "x", "\""},
    {"a/b", "x", NULL},
    {"a/b; xx=1", "x", NULL},
};

static void test_parameters(void)
{
    struct arena a;
    arena_init(&a);
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++) {
        struct str rest = str_of(parameters[i].header);
        struct http_media m = {0};
        CU_ASSERT_TRUE_FATAL(http_media_next(&rest, &m));
        struct str value = http_media_parameter(&m, parameters[i].name, &a);
        CU_ASSERT_EQUAL(value.p != NULL, parameters[i].value != NULL);
        CU_ASSERT_TRUE(str_eq(value, str_of(parameters[i].value)));
        CU_ASSERT_FALSE(http_media_next(&rest, &m));
    }
    arena_release(&a);
}

static const struct unit_case cases[] = {
    {"the best offer", test_accept},
    {"parameters", test_parameters},
};
UNIT_MAIN("http/media", cases)
