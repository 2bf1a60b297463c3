#include "statement.h"

static struct arena arena;

static void test_cursor(void)
{
    struct query q = {.arena = &arena, .type = STR("Patient"), .sort = STR("_id,-family"), .count = 10};
    const struct str keys[] = {STR("key with \"signs\"\n"), STR_NONE};
    struct order o;
    struct sql s;
    struct err e;
    err_clear(&e);
    sql_start(&s, &arena);
    TEST_OK(order_read(&s, &q, &o, &e), &e);
    struct str good = q.cursor = order_cursor(&q, &o, 42, keys);
    TEST_OK(order_put_rest(&s, &o, &q, 11, &e), &e);
    CU_ASSERT_PTR_NOT_NULL(strstr(one_line(&s), "AND r.id >= $2 AND (( ( r.id > $2)) OR ( r.id = $2 AND false)"));
    CU_ASSERT_PTR_NOT_NULL(strstr(one_line(&s), "IS NULL AND r.rid < $3::bigint))"));
    CU_ASSERT_STRING_EQUAL(s.args.value[1], "key with \"signs\"\n");
    CU_ASSERT_STRING_EQUAL(s.args.value[2], "42");
    sql_release(&s);
    q.sort = STR("-_id,-family"); /* another query's place */
    sql_start(&s, &arena);
    CU_ASSERT_FALSE(order_put_rest(&s, &o, &q, 11, &e));
    sql_release(&s);
    q.sort = STR("_id,-family");
    CU_ASSERT_TRUE(good.n > 30);
    static const char *const broken[] = {"x", "!!", "MTIz", "eCB5", "/w=="};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        q.cursor = str_of(broken[i]);
        sql_start(&s, &arena);
        CU_ASSERT_FALSE(order_put_rest(&s, &o, &q, 11, &e));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
        sql_release(&s);
    }
}

static const struct unit_case cases[] = {
    {"cursors", test_cursor},
};

int main(void)
{
    arena_init(&arena);
    int status = unit_main("fhir/search/sort", cases, sizeof cases / sizeof cases[0]);
    arena_release(&arena);
    return status;
}
