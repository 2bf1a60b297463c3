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
    double ends_after, ends_before; /* seconds */
} dribblers[] = {
    {"silent", "", 0.5, 4},
    {"half a request line", "GET /", 1.5, 5},
    {"half a header", "GET / HTTP/1.1\r\nHost: ", 0.5, 4},
    {"a body", "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n", 0.5, 4},
};

enum { DRIBBLERS = sizeof dribblers / sizeof dribblers[0], TICKS = 60 };

static bool ended(struct peer *p)
{
    char bytes[512];
    ssize_t n = recv(p->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    return n == 0 || (n < 0 && errno != EAGAIN);
}

static void tick(struct peer *p, int i, double *when, bool feed, double now)
{
    if (*when > 0)
        return;
    if (ended(p))
        *when = now;
    else if (feed && *dribblers[i].first)
        say(p, "x");
}

static void test_dribblers(void)
{
    struct http_config config = {.handler = answer, .body_limit = limit, .idle_seconds = 1};
    struct http_server *s = serve(&config);
    struct peer p[DRIBBLERS], patient = dial(s);
    clock_us began = clock_monotonic();
    double when[DRIBBLERS] = {0};
    CLEANUP(reply_release) struct reply r = {0};
    ask(&patient, "GET", "/long",
        ""); /* longer than it may be idle: the handler's time is not the client's */
    for (int i = 0; i < DRIBBLERS; i++) {
        p[i] = dial(s);
        say(&p[i], dribblers[i].first);
    }
    for (int t = 0; t < TICKS; t++) {
        usleep(100000);
        for (int i = 0; i < DRIBBLERS; i++)
            tick(&p[i], i, &when[i], t % 5 == 4, (double)(clock_monotonic() - began) / 1e6);
    }
    for (int i = 0; i < DRIBBLERS; i++) {
        bool right = when[i] > dribblers[i].ends_after && when[i] < dribblers[i].ends_before;
        if (!right)
            fprintf(stderr, "%s: ended after %.1f s\n", dribblers[i].what, when[i]);
        CU_ASSERT_TRUE(right);
        hang_up(&p[i]);
    }
    CU_ASSERT_TRUE(hear(&patient, &r) && r.status == 200);
    hang_up(&patient);
    CU_ASSERT_TRUE(http_server_free(s, 1000));
}

/* The last bytes and the end of the stream arrive together, long before any time-out. */
static void test_vanished(void)
{
    static const char *const firsts[] = {
        "GET /", "GET / HTTP/1.1\r\nHost: ", "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nab"};
    enum { COPIES = 20 };
    struct http_config config = {.handler = answer, .body_limit = limit, .idle_seconds = 600};
    struct http_server *s = serve(&config);
    struct http_stats stats;
    for (int i = 0; i < 3 * COPIES; i++) {
        struct peer p = dial(s);
        say(&p, firsts[i % 3]);
        hang_up(&p);
    }
    AWAIT((http_server_stats(s, &stats), stats.connections == 0));
    CU_ASSERT_TRUE(http_server_free(s, 1000));
}

static const struct unit_case cases[] = {
    {"clients that dribble", test_dribblers},
    {"clients that vanish", test_vanished},
};
UNIT_MAIN("http/watch", cases)
