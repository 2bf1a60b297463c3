/* Which addresses this server may be sent to, in every spelling. */
#include "httpc/httpc.h"

#include <string.h>

#include "httpc/httpc_priv.h"
#include "unit.h"

static const struct {
    const char *url;
    bool fine;
} plain[] = {
    {"http://127.0.0.1/hook", false},
    {"http://127.9.9.9/", false},
    {"http://2130706433/", false},
    {"http://0x7f000001/", false},
    {"http://0x7f.1/", false},
    {"http://0177.0.0.1/", false},
    {"http://127.1/", false},
    {"http://localhost/", false},
    {"http://LOCALHOST:8042/", false},
    {"http://0.0.0.0/", false},
    {"http://0/", false},
    {"http://10.1.2.3/", false},
    {"http://172.16.0.1/", false},
    {"http://172.31.255.255/", false},
    {"http://172.32.0.1/", true},
    {"http://192.168.1.1/", false},
    {"http://169.254.169.254/latest/meta-data/", false},
    {"http://100.64.0.1/", false},
    {"http://224.0.0.1/", false},
    {"http://255.255.255.255/", false},
    {"http://[::1]/", false},
    {"http://[::]/", false},
    {"http://[::ffff:127.0.0.1]/", false},
    {"http://[::ffff:a9fe:a9fe]/", false},
    {"http://[::127.0.0.1]/", false},
    {"http://[64:ff9b::7f00:1]/", false},
    {"http://[2002:7f00:1::]/", false},
    {"http://[2002:808:808::]/", true},
    {"http://[fe80::1]/", false},
    {"http://[fd00::1]/", false},
    {"http://[ff02::1]/", false},
    {"http://[2606:4700::1111]/", true},
    {"https://8.8.8.8/hook?x=1", true},
    {"ftp://8.8.8.8/", false},
    {"file:///etc/passwd", false},
    {"gopher://8.8.8.8/", false},
    {"//8.8.8.8/", false},
    {"8.8.8.8", false},
    {"", false},
    {"http://user:secret@8.8.8.8/", false},
    {"http://user@8.8.8.8/", false},
    {"http://8.8.8.8/#part", false},
    {"http://8.8.8.8\\@127.0.0.1/", false},
    {"http://8.8.8.8/a b", false},
    {"http://8.8.8.8/a\r\nX: y", false},
};

static struct httpc *client(const char *allow)
{
    struct err e = {0};
    struct httpc_config config = {.allow = allow};
    struct httpc *c = httpc_new(&config, &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(c);
    return c;
}

static void test_plain(void)
{
    struct httpc *c = client("");
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        struct err e = {0};
        bool fine = httpc_check(c, str_of(plain[i].url), &e);
        CU_ASSERT_EQUAL(fine, plain[i].fine);
        if (fine != plain[i].fine)
            printf("\n%s: %s\n", plain[i].url, e.text);
        CU_ASSERT(fine || e.code == ERR_BUSINESS_RULE);
        CU_ASSERT_PTR_NULL(strstr(e.text, "secret"));
    }
    httpc_free(c);
}

/* What the check said holds where the socket is made too: the same spellings lead to no connection. */
static void test_send(void)
{
    struct httpc *c = client("");
    static const char *const urls[] = {"http://127.0.0.1:9/", "http://2130706433:9/", "http://localhost:9/",
                                       "http://[::ffff:127.0.0.1]:9/"};
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct err e = {0};
        struct httpc_request r = {.method = "POST", .url = str_of(urls[i]), .timeout_ms = 2000};
        CU_ASSERT_FALSE(httpc_send(c, &r, &e));
        CU_ASSERT_EQUAL(e.code, ERR_BUSINESS_RULE);
    }
    httpc_free(c);
}

static void test_allowed(void)
{
    struct httpc *c = client("127.0.0.0/8, ::1,10.2.0.0/16 , localhost");
    static const struct {
        const char *url;
        bool fine;
    } rows[] = {{"http://127.0.0.1/", true},  {"http://[::1]/", true},        {"http://[::ffff:127.0.0.1]/", true},
                {"http://10.2.3.4/", true},   {"http://10.3.0.1/", false},    {"http://192.168.0.1/", false},
                {"http://localhost/", true},  {"http://u:p@127.0.0.1/", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct err e = {0};
        CU_ASSERT_EQUAL(httpc_check(c, str_of(rows[i].url), &e), rows[i].fine);
    }
    struct err e = {0};
    struct httpc_request r = {.method = "POST", .url = STR("http://127.0.0.1:1/"), .timeout_ms = 2000};
    CU_ASSERT_FALSE(httpc_send(c, &r, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE); /* it tried */
    httpc_stop(c);
    err_clear(&e);
    CU_ASSERT_FALSE(httpc_send(c, &r, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    httpc_free(c);
}

static void test_bad_list(void)
{
    static const char *const lists[] = {"10.0.0.0/33", "10.0.0/8", "::1/129", "a b", "http://x"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct err e = {0};
        struct allow a;
        CU_ASSERT_FALSE(allow_parse(str_of(lists[i]), &a, &e));
        CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    }
}

static const struct unit_case cases[] = {
    {"an address of the house is refused in every spelling", test_plain},
    {"where the socket is made too", test_send},
    {"unless it is listed", test_allowed},
    {"a list that can not be read is refused", test_bad_list},
};

int main(void)
{
    return unit_main("httpc/address", cases, sizeof cases / sizeof cases[0]);
}
