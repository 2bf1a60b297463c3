#include "base/json.h"

#include "base/codec.h"
#include "unit.h"

static void reading(void)
{
    struct err e;
    int64_t n = 0;
    err_clear(&e);
    struct json *j = json_parse(STR("{\"a\":\"x\\u00fc\",\"n\":12,\"b\":true,\"l\":[\"p\",\"q\"]}"), &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(j);
    CU_ASSERT(str_is(json_str(j, "a"), "xü"));
    CU_ASSERT(json_int(j, "n", &n) && n == 12);
    CU_ASSERT(json_bool(j, "b", false));
    CU_ASSERT_EQUAL(json_count(json_find(j, "l")), 2);
    CU_ASSERT(str_is(json_text(json_at(json_find(j, "l"), 1)), "q"));
    CU_ASSERT(json_str(j, "none").p == NULL);
    json_free(j);
}

static void refusing(void)
{
    static const char *const bad[] = {"", "{", "{} x", "[1,]", "nul", "{\"a\":1 \"b\":2}"};
    struct err e;
    struct buf b;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        err_clear(&e);
        CU_ASSERT_PTR_NULL(json_parse(str_of(bad[i]), &e));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    }
    buf_init(&b, 1 << 20);
    for (int i = 0; i < 100000; i++)
        buf_putc(&b, '[');
    CU_ASSERT_PTR_NULL(json_parse(buf_view(&b), &e));
    buf_release(&b);
}

static void writing(void)
{
    struct buf b;
    struct err e;
    err_clear(&e);
    buf_init(&b, 1024);
    buf_putc(&b, '{');
    json_put_field(&b, "a", STR("q\"\\\n\x01ü"));
    json_put_field_opt(&b, "none", STR(""));
    json_put_parts(&b, "parts", STR("a\\b"), '\\');
    json_put_parts(&b, "no", STR(""), ',');
    json_put_int(&b, "n", -3);
    json_put_bool(&b, "t", true);
    json_put_field(&b, "bad", STR("\xFFz"));
    buf_putc(&b, '}');
    CU_ASSERT(str_is(buf_view(&b), "{\"a\":\"q\\\"\\\\\\n\\u0001ü\",\"parts\":[\"a\",\"b\"],\"no\":[],\"n\":-3,\"t\":"
                                   "true,\"bad\":\"\xEF\xBF\xBDz\"}"));
    buf_release(&b);
    buf_init(&b, 4);
    buf_puts(&b, "12345");
    buf_puts(&b, "6");
    CU_ASSERT_FALSE(buf_ok(&b, &e));
    CU_ASSERT_EQUAL(e.code, ERR_TOO_LARGE);
    buf_release(&b);
}

static void base64(void)
{
    static const char *const pairs[][2] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};
    struct buf b;
    struct err e;
    unsigned char bytes[2];
    err_clear(&e);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        buf_init(&b, 100);
        base64_put(&b, str_of(pairs[i][0]));
        CU_ASSERT(str_is(buf_view(&b), pairs[i][1]));
        buf_reset(&b);
        CU_ASSERT(base64_decode(str_of(pairs[i][1]), &b, &e));
        CU_ASSERT(str_is(buf_view(&b), pairs[i][0]));
        buf_release(&b);
    }
    buf_init(&b, 100);
    CU_ASSERT_FALSE(base64_decode(STR("Zg*="), &b, &e));
    CU_ASSERT_FALSE(base64_decode(STR("Z"), &b, &e));
    buf_release(&b);
    CU_ASSERT(hex_decode(STR("0aFF"), bytes, 2, &e) && bytes[0] == 10 && bytes[1] == 255);
    CU_ASSERT_FALSE(hex_decode(STR("0aF"), bytes, 2, &e));
    CU_ASSERT_FALSE(hex_decode(STR("0aFg"), bytes, 2, &e));
}

static const struct unit_case cases[] = {
    {"reading", reading}, {"refusing", refusing}, {"writing", writing}, {"base64 and hex", base64}};
UNIT_MAIN("base json", cases)
