#include "live.h"

#include <arpa/inet.h>
#include <sys/socket.h>

static const char CT[] = "1.2.840.10008.5.1.4.1.1.2";
static char dir[] = "/tmp/test_association_XXXXXX";

/* ---- files to send ---- */

static void file_path(char ret_path[96], const char *sop_instance)
{
    snprintf(ret_path, 96, "%s/%s.dcm", dir, sop_instance);
}

/* A CT image of n pixel bytes in a Part 10 file; its data set's bytes come out. */
static void make_file(const char *sop_instance, enum craft_form form, size_t n, struct buf *ret_dataset)
{
    char path[96];
    struct err e = {0};
    CRAFT(head);
    craft(ret_dataset, form, 0x00080016, "UI", CT);
    craft(ret_dataset, form, 0x00080018, "UI", sop_instance);
    craft(ret_dataset, form, 0x00080060, "CS", "CT");
    craft(ret_dataset, form, 0x00100010, "PN", "Doe^John");
    craft(ret_dataset, form, 0x0020000D, "UI", "1.2.3.1");
    craft(ret_dataset, form, 0x0020000E, "UI", "1.2.3.2");
    craft_head(ret_dataset, form, 0x7FE00010, "OW", (unsigned)n);
    for (size_t i = 0; i < n; i++)
        buf_putc(ret_dataset, (char)(i * 7 + i / 251));
    file_path(path, sop_instance);
    CU_ASSERT_TRUE(dicom_part10_header(CT, sop_instance, craft_syntax(form), "TEST", &head, &e));
    CU_ASSERT_TRUE(tool_write(path, buf_view(&head), buf_view(ret_dataset)));
}

static int client(struct live *l, struct buf *output, const char *program, const char *const *options)
{
    char port[12], *argv[24] = {(char *)(uintptr_t)program, "127.0.0.1", port};
    snprintf(port, sizeof port, "%d", l->port);
    for (int i = 0; i < 20 && options[i]; i++)
        argv[3 + i] = (char *)(uintptr_t)options[i];
    return tool_run(argv, output);
}
#define OPTIONS(...)      \
    (const char *const[]) \
    {                     \
        __VA_ARGS__, NULL \
    }

static struct dicom_association *live_connect(const struct live *l, const char *calling, const char *called,
                                              struct err *e)
{
    static const char *const any[] = {DICOM_EXPLICIT_LE,       DICOM_IMPLICIT_LE,         DICOM_EXPLICIT_BE,
                                      DICOM_DEFLATED_LE,       "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.112",
                                      "1.2.840.10008.1.2.4.90"};
    static const char ct[] = "1.2.840.10008.5.1.4.1.1.2";
    struct dicom_proposal p[] = {{.abstract_syntax = DICOM_VERIFICATION},
                                 {.abstract_syntax = "1.2.840.10008.5.1.4.31"},
                                 {.abstract_syntax = ct, .transfer_syntaxes = any, .transfer_syntax_count = 1},
                                 {.abstract_syntax = ct, .transfer_syntaxes = any + 1, .transfer_syntax_count = 1},
                                 {.abstract_syntax = ct, .transfer_syntaxes = any + 2, .transfer_syntax_count = 1},
                                 {.abstract_syntax = ct, .transfer_syntaxes = any + 3, .transfer_syntax_count = 1},
                                 {.abstract_syntax = ct, .transfer_syntaxes = any + 4, .transfer_syntax_count = 1},
                                 {.abstract_syntax = ct, .transfer_syntaxes = any + 5, .transfer_syntax_count = 1},
                                 {.abstract_syntax = ct, .transfer_syntaxes = any + 6, .transfer_syntax_count = 1},
                                 {.abstract_syntax = "1.2.3.4"}};
    struct dicom_target t = {.host = "127.0.0.1",
                             .port = l->port,
                             .calling_aet = calling,
                             .called_aet = called,
                             .timeouts = {.acse = 5, .dimse = 5, .idle = 5}};
    return dicom_connect(&t, p, sizeof p / sizeof *p, e);
}

/* ---- echo and negotiation ---- */

static void test_echo(void)
{
    struct live l;
    live_start(&l);
    CRAFT(output);
    CU_ASSERT_EQUAL(client(&l, &output, "echoscu", OPTIONS("-v", "--repeat", "3", "-aet", "MOD1", "-aec", "HUB")), 0);
    struct err e = {0};
    struct dicom_association *a = live_connect(&l, "SCU", "HUB", &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    CU_ASSERT_TRUE(dicom_echo(a, &e) && dicom_echo(a, &e));
    size_t n = 0;
    const struct dicom_context *c = dicom_association_contexts(a, &n);
    CU_ASSERT_EQUAL(n, 10);
    CU_ASSERT_EQUAL(c[9].result, DICOM_CONTEXT_ABSTRACT_SYNTAX);
    CU_ASSERT_PTR_NULL(c[9].accepted);
    CU_ASSERT_PTR_NOT_NULL(dicom_context_for(a, CT, "1.2.840.10008.1.2.4.202"));
    CU_ASSERT_PTR_NOT_NULL(dicom_context_for(a, CT, "1.2.840.10008.1.2.4.112"));
    CU_ASSERT_PTR_NULL(dicom_context_for(a, CT, "1.2.840.10008.1.2.4.50"));
    CU_ASSERT_TRUE(dicom_release(a, &e));
    dicom_association_free(a);
    live_stop(&l);
    CU_ASSERT_EQUAL(l.released, 2);
    CU_ASSERT_STRING_EQUAL(l.last_peer.calling_aet, "SCU");
    CU_ASSERT_STRING_EQUAL(l.last_peer.called_aet, "HUB");
    CU_ASSERT_STRING_EQUAL(l.last_peer.address, "127.0.0.1");
    CU_ASSERT_STRING_EQUAL(l.last_peer.application_context, "1.2.840.10008.3.1.1.1");
    CU_ASSERT_STRING_EQUAL(l.last_peer.implementation_uid, DICOM_IMPLEMENTATION_UID);
}

static void test_rejected(void)
{
    struct live l;
    live_start(&l);
    CRAFT(output);
    CU_ASSERT_NOT_EQUAL(client(&l, &output, "echoscu", OPTIONS("-aet", "BAD")), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(output.p, "Calling AE Title Not Recognized"));
    buf_reset(&output);
    CU_ASSERT_NOT_EQUAL(client(&l, &output, "echoscu", OPTIONS("-aec", "BUSY")), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(output.p, "Temporary Congestion"));
    struct err e = {0};
    CU_ASSERT_PTR_NULL(live_connect(&l, "BAD", "HUB", &e));
    CU_ASSERT_EQUAL(e.code, ERR_FORBIDDEN);
    live_stop(&l);
}

static void test_identity(void)
{
    struct live l;
    live_start(&l);
    char path[96];
    CRAFT(ds);
    make_file("1.2.9.1", EXPLICIT, 100, &ds);
    file_path(path, "1.2.9.1");
    CU_ASSERT_EQUAL(client(&l, NULL, "storescu", OPTIONS("-usr", "joe", "-pwd", "sesame", path)), 0);
    live_stop(&l);
    CU_ASSERT_EQUAL(l.last_peer.identity, DICOM_IDENTITY_PASSCODE);
    CU_ASSERT_STRING_EQUAL(l.last_user, "joe");
    CU_ASSERT_STRING_EQUAL(l.last_passcode, "sesame");
}

/* ---- store ---- */

static void test_store(void)
{
    static const struct {
        const char *uid, *option;
        enum craft_form form;
        size_t pixels;
    } cases[] = {{"1.2.10.1", "-xi", IMPLICIT, 300000}, {"1.2.10.2", "-xe", EXPLICIT, 131072},
                 {"1.2.10.3", "-xb", BIG, 524288},      {"1.2.10.4", "-xe", EXPLICIT, 2},
                 {"1.2.10.5", NULL, EXPLICIT, 3000000}, {"1.2.10.6", NULL, IMPLICIT, 131054}};
    struct live l;
    live_start(&l);
    struct err e = {0};
    struct dicom_association *a = live_connect(&l, "SCU", "HUB", &e);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[96];
        uint16_t status = 0xffff;
        CRAFT(ds);
        make_file(cases[i].uid, cases[i].form, cases[i].pixels, &ds);
        file_path(path, cases[i].uid);
        bool sent = cases[i].option ? client(&l, NULL, "storescu", OPTIONS(cases[i].option, path)) == 0
                                    : dicom_store_file(a, path, &status, &e) && status == 0;
        CU_ASSERT_TRUE(sent);
        const struct live_object *o = live_object(&l, cases[i].uid);
        CU_ASSERT_PTR_NOT_NULL_FATAL(o);
        CU_ASSERT_STRING_EQUAL(o->transfer_syntax, craft_syntax(cases[i].form));
        CU_ASSERT_TRUE(str_eq(buf_view(&o->bytes), buf_view(&ds)));
    }
    CU_ASSERT_TRUE(dicom_release(a, &e));
    dicom_association_free(a);
    live_stop(&l);
}

/* Many at once from several unmodified clients. */
static void *store_many(void *p)
{
    struct live *l = p;
    struct err e = {0};
    uint16_t status = 0xffff;
    char path[96];
    file_path(path, "1.2.11.1");
    struct dicom_association *a = live_connect(l, "SCU", "HUB", &e);
    for (int i = 0; a && i < 20; i++)
        if (!dicom_store_file(a, path, &status, &e) || status != 0)
            return "failed";
    bool ok = a && dicom_release(a, &e);
    dicom_association_free(a);
    return ok ? NULL : "failed";
}

static void test_parallel(void)
{
    struct live l;
    live_start(&l);
    CRAFT(ds);
    make_file("1.2.11.1", EXPLICIT, 200000, &ds);
    pthread_t t[8];
    for (int i = 0; i < 8; i++)
        pthread_create(&t[i], NULL, store_many, &l);
    for (int i = 0; i < 8; i++) {
        void *failed = NULL;
        pthread_join(t[i], &failed);
        CU_ASSERT_PTR_NULL(failed);
    }
    pthread_mutex_lock(&l.lock);
    CU_ASSERT_EQUAL(l.object_count, 160);
    for (int i = 0; i < l.object_count; i++)
        CU_ASSERT_TRUE(str_eq(buf_view(&l.objects[i].bytes), buf_view(&ds)));
    pthread_mutex_unlock(&l.lock);
    live_stop(&l);
}

/* A sink that fails in the middle: the rest is drained, a status is sent, the association lives. */
static void test_sink_fails(void)
{
    struct live l;
    live_start(&l);
    l.fail_sink_after = 200000;
    CRAFT(ds);
    make_file("1.2.12.1", EXPLICIT, 1000000, &ds);
    char path[96];
    file_path(path, "1.2.12.1");
    struct err e = {0};
    uint16_t status = 0;
    struct dicom_association *a = live_connect(&l, "SCU", "HUB", &e);
    CU_ASSERT_TRUE(dicom_store_file(a, path, &status, &e));
    CU_ASSERT_EQUAL(status, 0xA700);
    CU_ASSERT_PTR_NULL(live_object(&l, "1.2.12.1"));
    l.fail_sink_after = 0;
    CU_ASSERT_TRUE(dicom_store_file(a, path, &status, &e));
    CU_ASSERT_EQUAL(status, 0);
    CU_ASSERT_TRUE(dicom_release(a, &e));
    dicom_association_free(a);
    CU_ASSERT_PTR_NOT_NULL(live_object(&l, "1.2.12.1"));
    live_stop(&l);
}

/* The sender goes away in the middle of an object. */
static bool short_source(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e)
{
    int *left = ctx;
    if (--*left < 0)
        return err_set(e, ERR_UNAVAILABLE, "the file ended");
    memset(bytes, 0, n);
    *ret_n = n;
    return true;
}

static void test_aborted_store(void)
{
    struct live l;
    live_start(&l);
    struct err e = {0};
    int pieces = 3;
    struct dicom_association *a = live_connect(&l, "SCU", "HUB", &e);
    struct dicom_command rq = {.kind = DICOM_C_STORE_RQ, .sop_instance_uid = "1.2.13.1"};
    str_copy(rq.sop_class_uid, sizeof rq.sop_class_uid, str_of(CT));
    CU_ASSERT_FALSE(dicom_request_stream(a, &rq, short_source, &pieces, &e));
    dicom_association_free(a);
    live_stop(&l);
    CU_ASSERT_EQUAL(l.object_count, 0);
    CU_ASSERT_EQUAL(l.last.code, ERR_UNAVAILABLE);
    CU_ASSERT_PTR_NOT_NULL(strstr(l.last.text, "abort"));
}

/* ---- find ---- */

static void test_find(void)
{
    struct live l;
    live_start(&l);
    l.answers = 3;
    CRAFT(output);
    CU_ASSERT_EQUAL(client(&l, &output, "findscu",
                           OPTIONS("-W", "-v", "-k", "PatientName=M*", "-k", "PatientID", "-k",
                                   "ScheduledProcedureStepSequence[0].ScheduledStationAETitle=")),
                    0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(output.p);
    CU_ASSERT_PTR_NOT_NULL(strstr(output.p, "Müller^Jürgen"));
    CU_ASSERT_PTR_NOT_NULL(strstr(output.p, "LO [3 ]"));
    CU_ASSERT_PTR_NOT_NULL(strstr(output.p, "AE [CT1 ]"));
    CU_ASSERT_PTR_NULL(strstr(output.p, "LO [4 ]"));
    live_stop(&l);
    CU_ASSERT_STRING_EQUAL(l.last_find_name, "M*");
    CU_ASSERT_EQUAL(l.released, 1);
}

static void test_cancel(void)
{
    struct live l;
    live_start(&l);
    l.answers = 200;
    l.slow_answers = true;
    CU_ASSERT_EQUAL(client(&l, NULL, "findscu", OPTIONS("-W", "--cancel", "2", "-k", "PatientName=M*")), 0);
    live_stop(&l);
    CU_ASSERT_EQUAL(l.last_status, 0xFE00);
    CU_ASSERT_EQUAL(l.released, 1);
}

static bool enough(void *ctx, struct dicom_dataset *answer)
{
    struct arena a CLEANUP(arena_release);
    arena_init(&a);
    CU_ASSERT_TRUE(str_is(dicom_get(dicom_dataset_root(answer), 0x00100010, &a), "Müller^Jürgen"));
    return ++*(int *)ctx < 5;
}

static void test_find_scu(void)
{
    struct live l;
    live_start(&l);
    l.answers = 100;
    l.slow_answers = true;
    struct err e = {0};
    int seen = 0;
    struct dicom_finding finding = {.take = enough, .ctx = &seen};
    struct dicom_association *a = live_connect(&l, "SCU", "HUB", &e);
    struct dicom_dataset *keys = dicom_dataset_new("ISO_IR 192", &e);
    CU_ASSERT_TRUE(dicom_put(dicom_dataset_root(keys), 0x00100010, STR("Mü*"), &e));
    CU_ASSERT_TRUE(dicom_find(a, "1.2.840.10008.5.1.4.31", keys, &finding, &e));
    CU_ASSERT_EQUAL(finding.status, 0xFE00);
    CU_ASSERT_EQUAL(seen, 5);
    CU_ASSERT_TRUE(dicom_echo(a, &e));
    dicom_dataset_free(keys);
    CU_ASSERT_TRUE(dicom_release(a, &e));
    dicom_association_free(a);
    live_stop(&l);
    CU_ASSERT_STRING_EQUAL(l.last_find_name, "Mü*");
}

static bool memory_source(void *ctx, void *bytes, size_t n, size_t *ret_n, struct err *e)
{
    struct str *s = ctx;
    (void)e;
    *ret_n = n < s->n ? n : s->n;
    memcpy(bytes, s->p, *ret_n);
    *s = str_sub(*s, *ret_n, s->n - *ret_n);
    return true;
}

/* A deep or an oversized identifier is refused with a status, and the next request works. */
static void test_bad_identifier(void)
{
    struct live l;
    live_start(&l);
    struct err e = {0};
    struct dicom_association *a = live_connect(&l, "SCU", "HUB", &e);
    for (int i = 0; i < 2; i++) {
        CRAFT(ds);
        for (int k = 0; k < (i ? 100000 : 3000); k++) {
            craft_head(&ds, EXPLICIT, 0x00081115, "SQ", CRAFT_UNDEFINED);
            craft_head(&ds, EXPLICIT, 0xFFFEE000, NULL, CRAFT_UNDEFINED);
        }
        struct str rest = buf_view(&ds);
        struct dicom_command rq = {.kind = DICOM_C_FIND_RQ}, rsp;
        str_copy(rq.sop_class_uid, sizeof rq.sop_class_uid, STR("1.2.840.10008.5.1.4.31"));
        CU_ASSERT_TRUE(dicom_request_stream(a, &rq, memory_source, &rest, &e));
        CU_ASSERT_TRUE(dicom_next_command(a, 5, &rsp, &e));
        CU_ASSERT_EQUAL(rsp.status, 0xC000);
        CU_ASSERT_NOT_EQUAL(rsp.error_comment[0], '\0');
        CU_ASSERT_TRUE(dicom_echo(a, &e));
    }
    CU_ASSERT_TRUE(dicom_release(a, &e));
    dicom_association_free(a);
    live_stop(&l);
}

/* ---- peers that do not behave ---- */

static int raw_connect(const struct live *l)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)l->port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CU_ASSERT_EQUAL_FATAL(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void test_bad_peers(void)
{
    static const struct {
        const char *name, *bytes;
        size_t n;
        bool wait; /* keep the connection open until the server gives up */
        enum err_code code;
    } cases[] = {{"closes at once", "", 0, false, ERR_UNAVAILABLE},
                 {"says nothing", "", 0, true, ERR_TIMEOUT},
                 {"sends half a header", "\x01\x00\x00", 3, false, ERR_UNAVAILABLE},
                 {"sends half a request", "\x01\x00\x00\x00\x01\x00\x00\x01\x00\x00", 10, true, ERR_TIMEOUT},
                 {"speaks HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 27, false, ERR_STRUCTURE},
                 {"announces 2 GiB", "\x01\x00\x7f\xff\xff\xff\x00\x01", 8, false, ERR_STRUCTURE},
                 {"sends data first", "\x04\x00\x00\x00\x00\x06\x00\x00\x00\x02\x01\x03", 12, false, ERR_STRUCTURE},
                 {"aborts", "\x07\x00\x00\x00\x00\x04\x00\x00\x00\x00", 10, false, ERR_UNAVAILABLE}};
    struct live l;
    live_start(&l);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int fd = raw_connect(&l);
        char c;
        CU_ASSERT_EQUAL(write(fd, cases[i].bytes, cases[i].n), (ssize_t)cases[i].n);
        if (!cases[i].wait)
            shutdown(fd, SHUT_WR);
        while (read(fd, &c, 1) > 0)
            continue;
        close(fd);
        for (int k = 0; k < 100 && live_last(&l) == ERR_NONE; k++)
            live_sleep(20);
        pthread_mutex_lock(&l.lock);
        if (l.last.code != cases[i].code)
            printf("peer that %s: %s\n", cases[i].name, l.last.text);
        CU_ASSERT_EQUAL(l.last.code, cases[i].code);
        err_clear(&l.last);
        pthread_mutex_unlock(&l.lock);
    }
    CU_ASSERT_EQUAL(client(&l, NULL, "echoscu", OPTIONS("-v")), 0);
    live_stop(&l);
}

/* A byte now and then does not keep a thread longer than the time for the request. */
static void test_dripping_peer(void)
{
    struct live l;
    live_start(&l);
    int fd = raw_connect(&l);
    static const char request[200] = {1, 0, 0, 0, 0, (char)190};
    int sent = 0;
    while (sent < 60 && send(fd, request + sent, 1, MSG_NOSIGNAL) == 1 && live_last(&l) == ERR_NONE) {
        sent++;
        live_sleep(50);
    }
    CU_ASSERT_TRUE(sent < 60);
    close(fd);
    live_stop(&l);
    CU_ASSERT_EQUAL(l.last.code, ERR_TIMEOUT);
}

static void test_interrupt(void)
{
    struct live l;
    live_start(&l);
    struct err e = {0};
    struct dicom_association *a = live_connect(&l, "SCU", "HUB", &e);
    CU_ASSERT_TRUE(dicom_echo(a, &e));
    pthread_mutex_lock(&l.lock);
    CU_ASSERT_PTR_NOT_NULL(l.open);
    if (l.open)
        dicom_association_interrupt(l.open);
    pthread_mutex_unlock(&l.lock);
    live_stop(&l);
    CU_ASSERT_EQUAL(l.last.code, ERR_UNAVAILABLE);
    CU_ASSERT_FALSE(dicom_echo(a, &e));
    dicom_association_free(a);
}

static void test_many_aborts(void)
{
    struct live l;
    live_start(&l);
    for (int i = 0; i < 150; i++) {
        struct err e = {0};
        struct dicom_association *a = live_connect(&l, i % 3 ? "SCU" : "BAD", "HUB", &e);
        CU_ASSERT_TRUE((a != NULL) == (i % 3 != 0));
        if (a && i % 2)
            dicom_association_abort(a);
        dicom_association_free(a);
    }
    CU_ASSERT_EQUAL(client(&l, NULL, "echoscu", OPTIONS("-v")), 0);
    live_stop(&l);
    CU_ASSERT_EQUAL(l.released, 1);
}

static void test_port_taken(void)
{
    struct live l;
    struct err e = {0};
    struct dicom_timeouts t = {1, 1, 1};
    live_start(&l);
    CU_ASSERT_PTR_NULL(dicom_listener_new("127.0.0.1", l.port, &t, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    CU_ASSERT_PTR_NULL(dicom_listener_new("no address", 0, &t, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    live_stop(&l);
    CU_ASSERT_PTR_NULL(live_connect(&l, "SCU", "HUB", &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    struct dicom_proposal no_uid = {.abstract_syntax = ""};
    struct dicom_target target = {
        .host = "127.0.0.1", .port = l.port, .calling_aet = "SCU", .called_aet = "HUB", .timeouts = t};
    CU_ASSERT_PTR_NULL(dicom_connect(&target, &no_uid, 1, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
}

static const struct unit_case cases[] = {
    {"echo from echoscu and from here", test_echo},
    {"rejections", test_rejected},
    {"user identity", test_identity},
    {"bytes arrive as they were sent", test_store},
    {"eight associations at once", test_parallel},
    {"a sink that fails", test_sink_fails},
    {"abort in the middle of an object", test_aborted_store},
    {"findscu", test_find},
    {"findscu cancels", test_cancel},
    {"find from here, cancelled", test_find_scu},
    {"identifiers refused", test_bad_identifier},
    {"peers that do not behave", test_bad_peers},
    {"a peer that drips", test_dripping_peer},
    {"interruption", test_interrupt},
    {"many aborts", test_many_aborts},
    {"port taken", test_port_taken},
};

int main(void)
{
    if (!mkdtemp(dir))
        return 1;
    int failed = unit_main("dicom/shim/association", cases, (int)(sizeof cases / sizeof *cases));
    char *argv[] = {"rm", "-rf", dir, NULL};
    tool_run(argv, NULL);
    return failed;
}
