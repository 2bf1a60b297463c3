#include "request.h"

static bool parse(struct asked *a, const char *query, struct query *q)
{
    asked_begin(a, "GET", query);
    return query_read(&a->op, &a->http, STR("Patient"), q, &a->e);
}

static void test_good(void)
{
    struct asked a;
    struct query q;
    CU_ASSERT_TRUE_FATAL(
        parse(&a, "name:exact=Doe&_count=2000&_sort=-birthdate&gender=male,female&_total=accurate", &q));
    CU_ASSERT_EQUAL(q.count, COUNT_MAX);
    CU_ASSERT_TRUE(q.total);
    CU_ASSERT_EQUAL_FATAL(q.filters, 2);
    TEST_STR(q.filter[0].name, "name");
    TEST_STR(q.filter[0].modifier, "exact");
    TEST_STR(q.filter[1].value, "male,female");
    TEST_STR(q.sort, "-birthdate");
    asked_end(&a);
}

static void test_count(void)
{
    struct asked a;
    struct query q;
    CU_ASSERT_TRUE(parse(&a, "_count=0", &q));
    CU_ASSERT_TRUE(q.count_only);
    asked_end(&a);
    CU_ASSERT_TRUE(parse(&a, "_summary=count", &q));
    CU_ASSERT_TRUE(q.count_only);
    asked_end(&a);
    CU_ASSERT_TRUE(parse(&a, "", &q));
    CU_ASSERT_EQUAL(q.count, COUNT_DEFAULT);
    asked_end(&a);
}

static void test_bad(void)
{
    static const char *const rows[] = {
        "_count=-1",
        "_count=x",
        "_count=99999999999999999999",
        "_count=",
        "_total=maybe",
        "_summary=maybe",
        "_summary=text&_include=Patient:organization",
        "_summary=true&_elements=name",
        "_elements=name&_summary=count",
        "_summary=true&_summary=true",
        "_elements=nothing",
        "_elements=name.nothing",
        "_count=1&_count=2",
        "_elements=Observation",
        "_sort=",
        "_sort=a&_sort=b",
        "gender=",
        "_elements=",
        "_include=Patient",
        "_include=Nothing:x",
        "_include=Patient:gender",
        "_include=Observation:subject",
        "_include=Patient:organization:Nothing",
        "_revinclude=Patient",
        "_include:once=*",
        "_cursor=",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct asked a;
        struct query q;
        bool ok = parse(&a, rows[i], &q);
        if (ok)
            printf("%s was taken\n", rows[i]);
        CU_ASSERT_FALSE(ok);
        CU_ASSERT_EQUAL(err_row(a.e.code)->http, 400);
        asked_end(&a);
    }
}

static void test_too_many(void)
{
    struct asked a;
    struct query q;
    char text[2000] = "";
    for (size_t i = 0, n = 0; i <= PARAMETERS_MAX; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%sgender=a%zu", i ? "&" : "", i);
    CU_ASSERT_FALSE(parse(&a, text, &q));
    asked_end(&a);
}

/* The self link says what was used, and only that. */
static void test_url(void)
{
    struct asked a;
    struct query q;
    CU_ASSERT_TRUE_FATAL(parse(&a,
                               "nothing=x&name=D \xC3\xB8"
                               "e&_cursor=abc",
                               &q));
    TEST_STR(query_url(&q, STR("http://h/fhir"), STR("")), "http://h/fhir/Patient?nothing=x&name=D%20%C3%B8e");
    TEST_STR(query_url(&q, STR("http://h/fhir"), STR("a+b=")),
             "http://h/fhir/Patient?nothing=x&name=D%20%C3%B8e&_cursor=a%2Bb%3D");
    err_set(&a.e, ERR_UNSUPPORTED, "no such parameter");
    CU_ASSERT_FALSE(query_forgive(&q, STR("nothing"), &a.e));
    q.lenient = true;
    CU_ASSERT_TRUE(query_forgive(&q, STR("nothing"), &a.e));
    TEST_STR(q.ignored, "nothing");
    TEST_STR(query_url(&q, STR("http://h/fhir"), STR("")), "http://h/fhir/Patient?name=D%20%C3%B8e");
    err_set(&a.e, ERR_INVALID, "a bad value is not forgiven");
    CU_ASSERT_FALSE(query_forgive(&q, STR("name"), &a.e));
    asked_end(&a);
}

static const struct unit_case cases[] = {
    {"parameters", test_good},   {"_count and _summary", test_count}, {"bad ones", test_bad},
    {"too many", test_too_many}, {"the self link", test_url},
};

int main(void)
{
    int status = unit_main("fhir/rest/query", cases, sizeof cases / sizeof cases[0]);
    gate_end();
    return status;
}
