#include "http_peer.h"

#include <errno.h>

static void answer(void *ctx, struct http_request *q, struct http_response *r)
{
    (void)ctx;
    if (str_is(q->path, "/long"))
        usleep(2500000);
    r->status = 200;
}

static int64_t limit(void *ctx, struct str method, struct str path)
{
    (void)ctx, (void)method, (void)path;
    return 100000;
}

/* What a client sends at first and then, a byte at a time, twice a second; when its connection must have
 * ended. */
static const struct {
    const char *what, *first;
    bool half_close;
    double ends_after, ends_before; /* seconds */
} rows[] = {
    {"silent", "", false, 0.5, 4},
    {"half a request line, dribbled", "GET /", false, 1.5, 5},
    {"half a header, dribbled", "GET / HTTP/1.1\r\nHost: ", false, 0.5, 4},
    {"a body, dribbled", "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n", false, 0.5, 4},
    {"half a header, then gone", "GET / HTTP/1.1\r\nHost: ", true, 0, 3.5},
    {"half a body, then gone", "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nab", true, 0, 3.5},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static bool ended(struct peer *p)
{
    char bytes[512];
    ssize_t n = recv(p->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    return n == 0 || (n < 0 && errno != EAGAIN);
}

static void test_dribblers(void)
{
    struct http_config config = {.handler = answer, .body_limit = limit, .idle_seconds = 1};
    struct http_server *s = serve(&config);
    struct peer p[ROWS], patient = dial(s);
    clock_us began = clock_monotonic();
    double when[ROWS] = {0};
    CLEANUP(reply_release) struct reply r = {0};
    ask(&patient, "GET", "/long",
        ""); /* waits longer than it may be idle: the handler's time is not the client's */
    for (int i = 0; i < ROWS; i++) {
        p[i] = dial(s);
        say(&p[i], rows[i].first);
        if (rows[i].half_close)
            shutdown(p[i].fd, SHUT_WR);
    }
    for (int tick = 0; tick < 60; tick++) {
        usleep(100000);
        for (int i = 0; i < ROWS; i++) {
            if (!when[i] && ended(&p[i]))
                when[i] = (double)(clock_monotonic() - began) / 1e6;
            else if (!when[i] && *rows[i].first && !rows[i].half_close && tick % 5 == 4)
                say(&p[i], "x");
        }
    }
    for (int i = 0; i < ROWS; i++) {
        bool right = when[i] > rows[i].ends_after && when[i] < rows[i].ends_before;
        if (!right)
            fprintf(stderr, "%s: ended after %.1f s\n", rows[i].what, when[i]);
        CU_ASSERT_TRUE(right);
        hang_up(&p[i]);
    }
    CU_ASSERT_TRUE(hear(&patient, &r) && r.status == 200);
    hang_up(&patient);
    struct http_stats stats;
    AWAIT((http_server_stats(s, &stats), stats.connections == 0));
    CU_ASSERT_TRUE(http_server_free(s, 1000));
}

static const struct unit_case cases[] = {{"clients that dribble or vanish", test_dribblers}};
UNIT_MAIN("http/watch", cases)
