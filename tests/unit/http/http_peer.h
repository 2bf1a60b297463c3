/* A raw HTTP client for the tests of server/http, and a server under test on a free port. */
#ifndef TESTS_UNIT_HTTP_PEER_H
#define TESTS_UNIT_HTTP_PEER_H

#include "unit.h"

#include "base/clock.h"
#include "base/log.h"
#include "http/http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE_SECONDS = 10 };

struct peer {
    int fd;
    struct buf in; /* received and not yet taken */
};

struct reply {
    int status;
    char head[4096];
    struct buf body;
};

static inline struct http_server *serve(const struct http_config *config)
{
    struct err e = {0};
    signal(SIGPIPE, SIG_IGN);
    struct http_server *s = http_server_new(config, &e);
    if (!s)
        fprintf(stderr, "%s\n", e.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    return s;
}

static inline struct peer dial(struct http_server *s)
{
    struct peer p = {.fd = socket(AF_INET, SOCK_STREAM, 0)};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_server_port(s))};
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(p.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(p.fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    CU_ASSERT_EQUAL_FATAL(connect(p.fd, (struct sockaddr *)&to, sizeof to), 0);
    buf_init(&p.in, 64 * 1024 * 1024);
    return p;
}

static inline void hang_up(struct peer *p)
{
    close(p->fd);
    buf_release(&p->in);
}

/* With a reset instead of an orderly end. */
static inline void slam(struct peer *p)
{
    struct linger now = {.l_onoff = 1};
    setsockopt(p->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    hang_up(p);
}

static inline bool say_bytes(struct peer *p, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n) {
        ssize_t sent = send(p->fd, at, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += sent;
        n -= (size_t)sent;
    }
    return true;
}

static inline bool say(struct peer *p, const char *text)
{
    return say_bytes(p, text, strlen(text));
}

static inline bool ask(struct peer *p, const char *method, const char *target, const char *more_headers)
{
    char text[8192];
    int n =
        snprintf(text, sizeof text, "%s %s HTTP/1.1\r\nHost: test\r\n%s\r\n", method, target, more_headers);
    return n < (int)sizeof text && say_bytes(p, text, (size_t)n);
}

static inline bool more(struct peer *p)
{
    char *to = buf_reserve(&p->in, 65536);
    ssize_t got = to ? recv(p->fd, to, 65536, 0) : -1;
    if (got > 0)
        buf_grew(&p->in, (size_t)got);
    return got > 0;
}

static inline void drop_front(struct buf *b, size_t n)
{
    memmove(b->p, b->p + n, b->n - n);
    b->n -= n;
}

static inline bool hear_head(struct peer *p, struct reply *r)
{
    const char *end;
    while (!p->in.n || !(end = memmem(p->in.p, p->in.n, "\r\n\r\n", 4)))
        if (!more(p))
            return false;
    size_t n = (size_t)(end - p->in.p) + 2;
    r->status = 0;
    if (!str_copy(r->head, sizeof r->head, (struct str){p->in.p, n}) ||
        sscanf(r->head, "HTTP/1.1 %d", &r->status) != 1)
        return false;
    drop_front(&p->in, n + 2);
    return true;
}

static inline struct str reply_header(const struct reply *r, const char *name)
{
    struct str rest = str_of(r->head), line;
    size_t n = strlen(name);
    while (str_next(&rest, '\n', &line))
        if (line.n > n && line.p[n] == ':' && str_is_nocase(str_sub(line, 0, n), name))
            return str_trim(str_sub(line, n + 1, line.n));
    return STR_NONE;
}

static inline void reply_release(struct reply *r)
{
    buf_release(&r->body);
}

/* The next whole response; r is zeroed, or one heard before. HEAD responses have no body. */
static inline bool hear_after(struct peer *p, struct reply *r, bool was_head)
{
    int64_t length = 0;
    buf_release(&r->body);
    buf_init(&r->body, 64 * 1024 * 1024);
    if (!hear_head(p, r))
        return false;
    if (was_head || r->status == 204 || r->status == 304)
        return true;
    if (!str_int(reply_header(r, "Content-Length"), &length))
        return false;
    while (p->in.n < (size_t)length)
        if (!more(p))
            return false;
    buf_put(&r->body, p->in.p, (size_t)length);
    drop_front(&p->in, (size_t)length);
    return true;
}

static inline bool hear(struct peer *p, struct reply *r)
{
    return hear_after(p, r, false);
}

/* The server closed the connection and sent nothing more. */
static inline bool hears_end(struct peer *p)
{
    char c;
    return !p->in.n && recv(p->fd, &c, 1, 0) <= 0;
}

/* One request on a connection of its own: its status, 0 when no response came. */
static inline int status_of(struct http_server *s, const char *method, const char *target)
{
    struct peer p = dial(s);
    CLEANUP(reply_release) struct reply r = {0};
    int status =
        ask(&p, method, target, "") && hear_after(&p, &r, strcmp(method, "HEAD") == 0) ? r.status : 0;
    hang_up(&p);
    return status;
}

/* Wait until the condition holds, at most PATIENCE_SECONDS. */
#define AWAIT(condition)                                                            \
    do {                                                                            \
        clock_us until_ = clock_monotonic() + (clock_us)PATIENCE_SECONDS * 1000000; \
        while (!(condition) && clock_monotonic() < until_)                          \
            usleep(1000);                                                           \
        CU_ASSERT_TRUE(condition);                                                  \
    } while (0)

#endif
