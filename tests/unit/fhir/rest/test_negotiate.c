#include "request.h"

static const struct {
    const char *format;
    int ok, form;
} formats[] = {
    {"json", 1, FORMAT_JSON},
    {"xml", 1, FORMAT_XML},
    {"application/fhir+json", 1, FORMAT_JSON},
    {"application/fhir json", 1, FORMAT_JSON}, /* an unescaped + */
    {"application/fhir xml", 1, FORMAT_XML},
    {"application/xml", 1, FORMAT_XML},
    {"text/xml", 1, FORMAT_XML},
    {"text/json", 1, FORMAT_JSON},
    {"application/fhir+xml;charset=utf-8", 1, FORMAT_XML},
    {"application/fhir+json;fhirVersion=4.0", 1, FORMAT_JSON},
    {"application/fhir+json;fhirVersion=3.0", 0, 0},
    {"application/fhir+json;charset=latin1", 0, 0},
    {"ttl", 0, 0},
    {"html", 0, 0},
};

static void test_format(void)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct asked a;
        struct answer_form form;
        char query[100];
        snprintf(query, sizeof query, "_format=%s", formats[i].format);
        asked_begin(&a, "GET", NULL);
        asked_query(&a, "");
        a.request.query[0] = (struct http_pair){STR("_format"), str_of(formats[i].format)};
        a.request.query_count = 1;
        bool ok = negotiate_answer(&a.request, &form, &a.e);
        if (ok != (formats[i].ok == 1))
            printf("%s\n", formats[i].format);
        CU_ASSERT_EQUAL(ok, formats[i].ok == 1);
        CU_ASSERT_EQUAL(ok ? (int)form.format : (int)a.e.code, ok ? formats[i].form : (int)ERR_NOT_ACCEPTABLE);
        asked_end(&a);
    }
}

static const struct {
    const char *type;
    int ok, form;
} bodies[] = {
    {"application/fhir+json", 1, FORMAT_JSON}, {"application/json; charset=UTF-8", 1, FORMAT_JSON},
    {"application/fhir+xml", 1, FORMAT_XML},   {"APPLICATION/XML", 1, FORMAT_XML},
    {"application/json; charset=\"utf-8\"", 1, FORMAT_JSON},
    {"application/json; charset=iso-8859-1", 0, 0},
    {"text/plain", 0, 0},                      {"", 0, 0},
    {"*/*", 0, 0},                             {"application/json-patch+json", 0, 0},
};

static void test_body(void)
{
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct err e;
        enum format f;
        err_clear(&e);
        bool ok = negotiate_body(str_of(bodies[i].type), &f, &e);
        if (ok != (bodies[i].ok == 1))
            printf("'%s'\n", bodies[i].type);
        CU_ASSERT_EQUAL(ok, bodies[i].ok == 1);
        CU_ASSERT_EQUAL(ok ? (int)f : (int)e.code, ok ? bodies[i].form : (int)ERR_MEDIA_TYPE);
    }
}

static const struct unit_case cases[] = {
    {"_format", test_format},
    {"the type of a body", test_body},
};

int main(void)
{
    int status = unit_main("fhir/rest/negotiate", cases, sizeof cases / sizeof cases[0]);
    gate_end();
    return status;
}
