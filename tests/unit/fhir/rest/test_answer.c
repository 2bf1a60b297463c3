#include "request.h"

static struct arena arena;

static void test_dates(void)
{
    static const struct {
        int64_t seconds;
        const char *http, *instant;
    } rows[] = {
        {784111777, "Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000Z"},
        {0, "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00.000Z"},
        {1709164800, "Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00.000Z"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TEST_STR(answer_http_date(&arena, rows[i].seconds * 1000000), rows[i].http);
        TEST_STR(answer_instant(&arena, rows[i].seconds * 1000000), rows[i].instant);
    }
    const int64_t year_226 = INT64_C(-55035331200), year_10000 = INT64_C(253402300800);
    TEST_STR(str_sub(answer_http_date(&arena, year_226 * 1000000), 7, 100), " Jan 0226 00:00:00 GMT");
    CU_ASSERT_PTR_NULL(answer_http_date(&arena, year_10000 * 1000000).p); /* HTTP has no such year */
}

static void test_ids(void)
{
    static const char *const good[] = {"1", "a.b-C",
                                       "0123456789012345678901234567890123456789012345678901234567890123"};
    static const char *const bad[] = {"",         "_history",
                                      "a/b",      "$validate",
                                      "\xC3\xA6", "01234567890123456789012345678901234567890123456789012345678901234"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CU_ASSERT_TRUE(fhir_is_id(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CU_ASSERT_FALSE(fhir_is_id(str_of(bad[i])));
}

/* Every error this server knows becomes an OperationOutcome with its status and issue type. */
static void test_outcomes(void)
{
    for (int code = 1; code < ERR_CODES; code++) {
        struct asked a;
        struct err why;
        err_clear(&why);
        err_set(&why, (enum err_code)code, "the text with \"quotes\"");
        err_at(&why, "Patient.name");
        asked_begin(&a, "GET", "_format=json");
        fhir_fail(&a.http, &why);
        CU_ASSERT_EQUAL(a.response.status, err_row((enum err_code)code)->http);
        const struct fhir_node *n = asked_document(&a);
        TEST_STR(fhir_text(n, "issue.code"), err_row((enum err_code)code)->fhir);
        TEST_STR(fhir_text(n, "issue.expression"), "Patient.name");
        /* what went wrong inside is the log's matter */
        CU_ASSERT_EQUAL(memmem(asked_body(&a).p, asked_body(&a).n, "quotes", 6) == NULL, code == ERR_INTERNAL);
        asked_end(&a);
    }
}

/* A failure in XML, and in JSON when the form asked for was the fault. */
static void test_outcome_forms(void)
{
    static const struct {
        const char *query, *begins;
    } rows[] = {{"_format=xml", "<"}, {"_format=pdf", "{"}, {"_format=json&_pretty=true", "{\n"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct asked a;
        struct err why;
        err_clear(&why);
        err_set(&why, ERR_NOT_FOUND, "nothing");
        asked_begin(&a, "GET", rows[i].query);
        fhir_fail(&a.http, &why);
        CU_ASSERT_TRUE(str_starts(asked_body(&a), rows[i].begins));
        asked_end(&a);
    }
}

/* What an earlier step promised does not stand beside a failure. */
static void test_forgotten_headers(void)
{
    struct asked a;
    struct err why;
    err_clear(&why);
    err_set(&why, ERR_INTERNAL, "commit");
    asked_begin(&a, "POST", "");
    http_set(&a.response, "Location", STR("http://h/fhir/Patient/1"));
    http_set(&a.response, "ETag", STR("W/\"1\""));
    http_set(&a.response, "X-Other", STR("stays"));
    fhir_fail(&a.http, &why);
    CU_ASSERT_PTR_NULL(asked_header(&a, "Location").p);
    CU_ASSERT_PTR_NULL(asked_header(&a, "ETag").p);
    TEST_STR(asked_header(&a, "X-Other"), "stays");
    asked_end(&a);
}

static const struct unit_case cases[] = {
    {"dates", test_dates},
    {"ids", test_ids},
    {"every error", test_outcomes},
    {"forms of an error", test_outcome_forms},
    {"no promises beside a failure", test_forgotten_headers},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("fhir/rest/answer", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    gate_end();
    return status;
}
