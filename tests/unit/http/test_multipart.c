#include "http_peer.h"

#include "http/multipart.h"

#define TYPE "multipart/related; type=\"application/dicom\"; boundary=\"b1\""

static const struct {
    const char *what, *type, *body;
    const char *parts; /* bodies, each ended by '|'; NULL: refused */
    const char *says;
} rows[] = {
    {"two parts", TYPE,
     "--b1\r\nContent-Type: x/y\r\n\r\none\r\n--b1\r\ncontent-type:x/y\r\n\r\ntwo\r\n--b1--\r\n", "one|two|",
     NULL},
    {"text before and after", TYPE, "before\r\n--b1\r\n\r\none\r\n--b1--\r\nafter\r\n--b1\r\n\r\nthree",
     "one|", NULL},
    {"no headers, empty body", TYPE, "--b1\r\n\r\n\r\n--b1--", "|", NULL},
    {"blanks behind delimiters", TYPE, "--b1 \t\r\n\r\none\r\n--b1-- \r\n", "one|", NULL},
    {"a longer line is no delimiter", TYPE, "--b1\r\n\r\none\r\n--b12\r\n\r\n--b1--", "one\r\n--b12\r\n|",
     NULL},
    {"within a line is no delimiter", TYPE, "--b1\r\n\r\none --b1\r\n--b1--", "one --b1|", NULL},
    {"line breaks in the body", TYPE, "--b1\r\n\r\n\r\none\r\n\r\n\r\n--b1--", "\r\none\r\n\r\n|", NULL},
    {"no part at all", TYPE, "--b1--", "", NULL},
    {"unquoted boundary", "Multipart/Related;boundary=b1", "--b1\r\n\r\none\r\n--b1--", "one|", NULL},
    {"another type", "application/dicom", "--b1\r\n\r\none\r\n--b1--", NULL, "not multipart"},
    {"no boundary", "multipart/related", "--b1\r\n\r\none\r\n--b1--", NULL, "no usable boundary"},
    {"empty boundary", "multipart/related;boundary=\"\"", "----\r\n", NULL, "no usable boundary"},
    {"boundary too long",
     "multipart/related;boundary=a123456789a123456789a123456789a123456789a123456789a123456789a1234567890", "",
     NULL, "no usable boundary"},
    {"another boundary", TYPE, "--b2\r\n\r\none\r\n--b2--", NULL, "does not have the boundary"},
    {"empty body", TYPE, "", NULL, "does not have the boundary"},
    {"cut in the body", TYPE, "--b1\r\n\r\none", NULL, "cut short"},
    {"cut in the delimiter", TYPE, "--b1\r\n\r\none\r\n--b1", NULL, "cut short"},
    {"cut after a part", TYPE, "--b1\r\n\r\none\r\n--b1\r\n", NULL, "cut short"},
    {"delimiters side by side", TYPE, "--b1\r\n--b1--", NULL, "cut short"},
    {"headers without end", TYPE, "--b1\r\nA: b\r\n--b1--", NULL, "no end to its headers"},
};

static bool read_all(size_t i, struct buf *all, struct err *e)
{
    struct http_multipart m;
    struct http_body_part part;
    if (!http_multipart_init(&m, str_of(rows[i].type), str_of(rows[i].body), e))
        return false;
    while (http_multipart_next(&m, &part, e)) {
        if (!part.head.p)
            return true;
        buf_str(all, part.body);
        buf_putc(all, '|');
    }
    return false;
}

static void test_reading(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct err e = {0};
        CLEANUP(buf_release) struct buf all;
        buf_init(&all, 10000);
        bool read = read_all(i, &all, &e);
        bool right = read == (rows[i].parts != NULL) &&
                     (read ? str_is(buf_view(&all), rows[i].parts) : strstr(e.text, rows[i].says) != NULL);
        if (!right)
            fprintf(stderr, "%s: %.*s %s\n", rows[i].what, STR_ARG(buf_view(&all)), e.text);
        CU_ASSERT_TRUE(right);
        CU_ASSERT_EQUAL(e.code, read ? ERR_NONE : ERR_INVALID);
    }
}

static void test_headers(void)
{
    struct http_body_part part = {STR("Content-Type: application/dicom; x=1\r\ncontent-location:  /a:b \r\n"),
                                  STR("")};
    CU_ASSERT_TRUE(str_is(http_part_header(&part, "content-type"), "application/dicom; x=1"));
    CU_ASSERT_TRUE(str_is(http_part_header(&part, "Content-Location"), "/a:b"));
    CU_ASSERT_PTR_NULL(http_part_header(&part, "Content").p);
}

static void answer(void *ctx, struct http_request *q, struct http_response *r)
{
    struct http_multipart_writer w;
    (void)ctx;
    r->status = 200;
    http_multipart_begin(&w, r, STR("application/dicom"), STR("boundary-of-the-test"));
    if (!str_is(q->path, "/none")) {
        http_multipart_part(&w, STR("Content-Type: application/dicom\r\n"));
        http_part_bytes(r, STR("one"));
        http_multipart_part(&w, STR(""));
        http_part_bytes(r, STR("two\r\n"));
    }
    http_multipart_end(&w);
}

/* What is written can be read again. */
static void test_writing(void)
{
    struct http_config config = {.handler = answer};
    struct http_server *s = serve(&config);
    struct peer p = dial(s);
    struct err e = {0};
    struct http_multipart m;
    struct http_body_part part;
    CLEANUP(reply_release) struct reply r = {0};
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/", "") && hear(&p, &r));
    CU_ASSERT_TRUE_FATAL(http_multipart_init(&m, reply_header(&r, "Content-Type"), buf_view(&r.body), &e));
    CU_ASSERT_TRUE(http_multipart_next(&m, &part, &e) && str_is(part.body, "one"));
    CU_ASSERT_TRUE(str_is(http_part_header(&part, "Content-Type"), "application/dicom"));
    CU_ASSERT_TRUE(http_multipart_next(&m, &part, &e) && str_is(part.body, "two\r\n") && part.head.p);
    CU_ASSERT_TRUE(http_multipart_next(&m, &part, &e) && !part.head.p);
    CU_ASSERT_TRUE_FATAL(ask(&p, "GET", "/none", "") && hear(&p, &r));
    CU_ASSERT_TRUE_FATAL(http_multipart_init(&m, reply_header(&r, "Content-Type"), buf_view(&r.body), &e));
    CU_ASSERT_TRUE(http_multipart_next(&m, &part, &e) && !part.head.p);
    hang_up(&p);
    http_server_free(s, 1000);
}

static const struct unit_case cases[] = {
    {"bodies read and refused", test_reading},
    {"headers of a part", test_headers},
    {"written, then read", test_writing},
};
UNIT_MAIN("http/multipart", cases)
