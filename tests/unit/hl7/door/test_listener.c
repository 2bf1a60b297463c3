/* Real sockets: framing as peers write it, deadlines and bounds, stopping, and our own sender. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>

#include "../net/gate_house.h"
#include "hl7/door/door.h"
#include "hl7/out/client.h"
#include "hl7/out/out.h"
#include "metrics/metrics.h"

enum { FRAME_MAX = 20000 };

static struct hl7_listener *open_listener(int connections, int frame_seconds, int idle_seconds)
{
    struct hl7_listener_config c = {.gate = gate_house_open()->gate,
                                    .address = "127.0.0.1",
                                    .connections_max = connections,
                                    .frame_max = FRAME_MAX,
                                    .frame_seconds = frame_seconds,
                                    .idle_seconds = idle_seconds,
                                    .character_set = "WINDOWS-1252"};
    struct hl7_listener *l = hl7_listener_new(&c, &e);
    gate_house_need(l != NULL, "listener");
    return l;
}

static int dial(const struct hl7_listener *l)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)hl7_listener_port(l))};
    const struct timeval patience = {20, 0};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    CU_ASSERT_EQUAL_FATAL(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void say(int fd, const char *text, size_t n)
{
    for (ssize_t done; n > 0; text += done, n -= (size_t)done) {
        done = send(fd, text, n, MSG_NOSIGNAL);
        CU_ASSERT_TRUE_FATAL(done > 0);
    }
}
#define SAY(fd, text) say(fd, "" text, sizeof(text) - 1)

/* What comes until n ends of frames have come, or the peer closes; the number of frames. */
static int hear(int fd, int n, struct buf *ret_text)
{
    int ends = 0;
    char c;
    while (ends < n && recv(fd, &c, 1, 0) == 1) {
        buf_putc(ret_text, c == '\r' ? '\n' : c);
        ends += c == 0x1C;
    }
    return ends;
}

static bool closed_by_peer(int fd)
{
    char c;
    ssize_t n;
    while ((n = recv(fd, &c, 1, 0)) == 1)
        ;
    return n == 0;
}

#define ADT(id) "MSH|^~\\&|RIS|CLINIC|ISO|RAD|20261124||ADT^A08|" id "|P|2.5.1\rPID|1||L" id "^^^CLINIC||Berg^Anna\r"
#define FRAMED(message) "\x0b" message "\x1c\r"

static void several_on_one_connection(void)
{
    CLEANUP(buf_release) struct buf b;
    struct hl7_listener *l = open_listener(4, 5, 30);
    int fd = dial(l);
    buf_init(&b, 100000);
    SAY(fd, FRAMED(ADT("1")));
    CU_ASSERT_EQUAL(hear(fd, 1, &b), 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "\x0bMSH|"));
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "MSA|AA|1\n"));
    buf_reset(&b);
    SAY(fd, FRAMED(ADT("2")) FRAMED(ADT("3")) "\r\n" FRAMED("") FRAMED(ADT("4")));
    CU_ASSERT_EQUAL(hear(fd, 3, &b), 3);
    const char *second = strstr(b.p, "MSA|AA|2\n"), *third = strstr(b.p, "MSA|AA|3\n"),
               *fourth = strstr(b.p, "MSA|AA|4\n");
    CU_ASSERT_TRUE(second && third && fourth && second < third && third < fourth);
    close(fd);
    hl7_listener_free(l);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id in ('1', '2', '3', '4')"), 4);
}

static void odd_framing(void)
{
    CLEANUP(buf_release) struct buf b;
    struct hl7_listener *l = open_listener(4, 5, 30);
    int64_t junk = metrics_value(METRIC_HL7_QUIRKS, "junk_bytes"), lone = metrics_value(METRIC_HL7_QUIRKS, "lone_ends");
    int fd = dial(l);
    buf_init(&b, 100000);
    SAY(fd, "junk\x0bMSH|^~\\&|RI");
    usleep(20000);
    SAY(fd, "S|CLINIC|ISO|RAD|20261124||ADT^A08|5|P|2.5.1\nPID|1||L5^^^CLINIC\n\x1c");
    CU_ASSERT_EQUAL(hear(fd, 1, &b), 1); /* the 0DH never comes */
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "MSA|AA|5\n"));
    buf_reset(&b);
    SAY(fd, "\x0b" ADT("6") "\x1c");
    shutdown(fd, SHUT_WR);
    CU_ASSERT_EQUAL(hear(fd, 1, &b), 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "MSA|AA|6\n"));
    CU_ASSERT_TRUE(closed_by_peer(fd));
    close(fd);
    hl7_listener_free(l);
    CU_ASSERT_EQUAL(metrics_value(METRIC_HL7_QUIRKS, "junk_bytes"), junk + 4);
    CU_ASSERT_EQUAL(metrics_value(METRIC_HL7_QUIRKS, "lone_ends"), lone + 2);
}

static void too_large(void)
{
    CLEANUP(buf_release) struct buf b, big;
    struct hl7_listener *l = open_listener(4, 5, 30);
    int fd = dial(l);
    buf_init(&b, 100000);
    buf_init(&big, 1 << 20);
    buf_puts(&big, "\x0b" ADT("7"));
    for (int i = 0; i < 500000; i++)
        buf_putc(&big, 'x');
    say(fd, big.p, big.n);
    CU_ASSERT_EQUAL(hear(fd, 1, &b), 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "MSA|AR|7|"));
    CU_ASSERT_TRUE(closed_by_peer(fd));
    close(fd);
    fd = dial(l);
    SAY(fd, FRAMED(ADT("8")));
    CU_ASSERT_EQUAL(hear(fd, 1, &b), 1);
    close(fd);
    hl7_listener_free(l);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = '7'"), 0);
}

/* A message that is begun must end in time, however slowly bytes drip in; a silent connection is closed. */
static void deadlines(void)
{
    CLEANUP(buf_release) struct buf b;
    struct hl7_listener *l = open_listener(4, 1, 1);
    int slow = dial(l), silent = dial(l);
    clock_us began = clock_monotonic();
    buf_init(&b, 100000);
    SAY(slow, "\x0b" ADT("9"));
    for (int i = 0; i < 12; i++) {
        usleep(100000);
        send(slow, "x", 1, MSG_NOSIGNAL);
    }
    CU_ASSERT_EQUAL(hear(slow, 1, &b), 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(b.p, "MSA|AR|9|"));
    shutdown(slow, SHUT_WR);
    CU_ASSERT_TRUE(closed_by_peer(slow));
    CU_ASSERT_TRUE(closed_by_peer(silent));
    CU_ASSERT_TRUE(clock_monotonic() - began < 6000000);
    close(slow);
    close(silent);
    hl7_listener_free(l);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = '9'"), 0);
}

static void too_many(void)
{
    CLEANUP(buf_release) struct buf b;
    struct hl7_listener *l = open_listener(2, 5, 30);
    int a = dial(l), c = dial(l);
    int64_t over = metrics_value(METRIC_HL7_QUIRKS, "connections_over_limit");
    buf_init(&b, 100000);
    SAY(a, FRAMED(ADT("10")));
    SAY(c, FRAMED(ADT("11")));
    CU_ASSERT_EQUAL(hear(a, 1, &b) + hear(c, 1, &b), 2); /* both are seated */
    int third = dial(l);
    CU_ASSERT_TRUE(closed_by_peer(third));
    CU_ASSERT_EQUAL(metrics_value(METRIC_HL7_QUIRKS, "connections_over_limit"), over + 1);
    close(third);
    close(a);
    for (int i = 0; i < 100 && metrics_value(METRIC_MLLP_CONNECTIONS_OPEN, NULL) > 1; i++)
        usleep(20000);
    usleep(20000);
    int fourth = dial(l);
    SAY(fourth, FRAMED(ADT("12")));
    CU_ASSERT_EQUAL(hear(fourth, 1, &b), 1);
    close(fourth);
    close(c);
    hl7_listener_free(l);
    CU_ASSERT_EQUAL(metrics_value(METRIC_MLLP_CONNECTIONS_OPEN, NULL), 0);
}

/* Stopping closes who is silent or in the middle of a message, at once. */
static void stopping(void)
{
    struct hl7_listener *l = open_listener(4, 30, 30);
    int silent = dial(l), begun = dial(l);
    SAY(begun, "\x0bMSH|^~\\&|RIS");
    usleep(100000);
    clock_us began = clock_monotonic();
    hl7_listener_free(l);
    CU_ASSERT_TRUE(clock_monotonic() - began < 3000000);
    CU_ASSERT_TRUE(closed_by_peer(silent));
    CU_ASSERT_TRUE(closed_by_peer(begun));
    close(silent);
    close(begun);
    hl7_listener_free(NULL);
}

static void bad_configurations(void)
{
    struct hl7_listener *l = open_listener(1, 1, 1);
    struct hl7_listener_config c = {
        .gate = gate_house_open()->gate, .address = "127.0.0.1", .port = hl7_listener_port(l)};
    err_clear(&e);
    CU_ASSERT_PTR_NULL(hl7_listener_new(&c, &e));
    CU_ASSERT_EQUAL(e.code, ERR_UNAVAILABLE);
    c.port = 0;
    c.character_set = "KLINGON";
    err_clear(&e);
    CU_ASSERT_PTR_NULL(hl7_listener_new(&c, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    hl7_listener_free(l);
}

/* ---- the sender ---- */

static bool send_bytes(int port, const char *text, bool wait)
{
    const struct hl7_client_config to = {
        .host = "127.0.0.1", .port = port, .release = 1, .connect_seconds = 60, .answer_seconds = 60, .stop_fd = -1};
    CLEANUP(buf_release) struct buf bytes;
    buf_init(&bytes, 1 << 20);
    buf_puts(&bytes, text);
    err_clear(&e);
    struct hl7_sending *s = hl7_sending_open(&to, wait, &e);
    bool sent = s && hl7_sending_put(s, &bytes, &e);
    struct err refused;
    err_clear(&refused);
    return hl7_sending_close(s, &refused) && sent;
}

static bool send_text(const struct hl7_listener *l, const char *text, bool wait)
{
    return send_bytes(hl7_listener_port(l), text, wait);
}

static void sender(void)
{
    static const struct {
        const char *text;
        bool accepted;
        const char *count;
        int64_t expected;
    } cases[] = {
        {ADT("20"), true, "select count(*) from message where control_id = '20'", 1},
        {"MSH|^~\\&|RIS|CLINIC|||20261124||ADT^A08|21|P|2.5.1\nPID|1||L21^^^CLINIC||Berg^Anna\n", true,
         "select count(*) from patient_identifier where value = 'L21'", 1},
        {"FHS|^~\\&\r\nBHS|^~\\&\r\nMSH|^~\\&|RIS|CLINIC|||20261124||ADT^A08|22|P|2.5.1\r\nPID|1||L22^^^"
         "CLINIC\r\n"
         "MSH|^~\\&|RIS|CLINIC|||20261124||ADT^A08|23|P|2.5.1\r\nPID|1||L23^^^CLINIC\r\nBTS|2\r\nFTS|1\r\n",
         true, "select count(*) from message where control_id in ('22', '23') and outcome = 'accepted'", 2},
        {FRAMED(ADT("24")) FRAMED(ADT("25")), true, "select count(*) from message where control_id in ('24', '25')", 2},
        {"MSH|^~\\&|RIS|CLINIC|||20261124||ADT^A99|26|P|2.5.1\r" ADT("27"), false,
         "select count(*) from message where control_id in ('26', '27')", 2},
        {"no message at all", false, "select 0", 0},
    };
    struct hl7_listener *l = open_listener(4, 5, 30);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CU_ASSERT_EQUAL(send_text(l, cases[i].text, true), cases[i].accepted);
        CU_ASSERT_EQUAL(COUNT(cases[i].count), cases[i].expected);
    }
    CU_ASSERT_TRUE(send_text(l, ADT("28"), false));
    for (int i = 0; i < 100 && COUNT("select count(*) from message where control_id = '28'") == 0; i++)
        usleep(20000);
    CU_ASSERT_EQUAL(COUNT("select count(*) from message where control_id = '28'"), 1);
    hl7_listener_free(l);
}

/* A peer whose answer is for another message is not believed. */
static void *wrong_answer(void *arg)
{
    static const char answer[] = FRAMED("MSH|^~\\&|||||||ACK|X|P|2.5.1\rMSA|AA|OTHER\r");
    char bytes[1000];
    int fd = accept(*(int *)arg, NULL, NULL);
    if (recv(fd, bytes, sizeof bytes, 0) > 0)
        send(fd, answer, sizeof answer - 1, MSG_NOSIGNAL);
    close(fd);
    return NULL;
}

static void answer_for_another(void)
{
    struct sockaddr_in own = {.sin_family = AF_INET};
    socklen_t n = sizeof own;
    pthread_t thread;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CU_ASSERT_EQUAL_FATAL(bind(fd, (struct sockaddr *)&own, sizeof own), 0);
    CU_ASSERT_EQUAL_FATAL(listen(fd, 1), 0);
    getsockname(fd, (struct sockaddr *)&own, &n);
    pthread_create(&thread, NULL, wrong_answer, &fd);
    CU_ASSERT_FALSE(send_bytes(ntohs(own.sin_port), ADT("30"), true));
    CU_ASSERT_EQUAL(e.code, ERR_CONFLICT);
    pthread_join(thread, NULL);
    close(fd);
}

int main(int argc, char **argv)
{
    static const struct unit_case cases[] = {{"several on one connection", several_on_one_connection},
                                             {"odd framing", odd_framing},
                                             {"too large", too_large},
                                             {"deadlines", deadlines},
                                             {"too many", too_many},
                                             {"stopping", stopping},
                                             {"bad configurations", bad_configurations},
                                             {"sender", sender},
                                             {"answer for another", answer_for_another}};
    (void)argc;
    postgres_needed(argv);
    log_set_level(LOG_ERROR);
    gate_house_open();
    int status = unit_main("hl7/door/listener", cases, sizeof cases / sizeof cases[0]);
    gate_house_close();
    return status;
}
