#include <stdio.h>
#include <string.h>

#include "domain/house.h"
#include "fhir/search/search.h"

struct asked {
    struct arena arena;
    struct op op;
    struct err e;
};

/* "a=1&b=2"; nothing is escaped in it. */
static bool parse(struct asked *a, const char *query, struct query *q)
{
    struct str rest = str_of(query), one;
    arena_init(&a->arena);
    a->op = (struct op){.arena = &a->arena};
    err_clear(&a->e);
    query_start(&a->op, STR("Patient"), q);
    while (rest.n && str_next(&rest, '&', &one)) {
        size_t eq = str_find(one, '=');
        struct http_pair p = {str_sub(one, 0, eq), eq < one.n ? str_sub(one, eq + 1, one.n) : STR("")};
        if (!query_take(q, p, &a->e))
            return false;
    }
    return query_settle(q, &a->e);
}

static void asked_end(struct asked *a)
{
    arena_release(&a->arena);
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
    return unit_main("fhir/search/query", cases, sizeof cases / sizeof cases[0]);
}
