/* Bytes on a non-blocking socket, plain or over TLS. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "hl7/door/door_priv.h"

enum { WRITE_US = 30 * 1000000, DRAIN_US = 2000000, MS = 1000 };

/* 1: ready, 0: too late, -1: stop or trouble. */
static int wait_for(const struct wire *w, short events, clock_us until, bool stops)
{
    struct pollfd p[2] = {{.fd = w->fd, .events = events}, {.fd = stops ? w->stop_fd : -1, .events = POLLIN}};
    for (;;) {
        int64_t left = until - clock_monotonic();
        if (left <= 0)
            return 0;
        int n = poll(p, 2, (int)(left / MS < 60000 ? left / MS + 1 : 60000));
        if (p[1].revents || (n < 0 && errno != EINTR))
            return -1;
        if (n > 0)
            return 1;
    }
}

static ptrdiff_t read_tls(struct wire *w, char *to, size_t n, clock_us until)
{
    struct err e;
    const struct tls_wait wait = {until, w->stop_fd};
    err_clear(&e);
    ptrdiff_t got = tls_read(w->tls, to, n, &wait, &e);
    if (got >= 0)
        return got > 0 ? got : WIRE_END;
    return e.code == ERR_TIMEOUT ? WIRE_LATE : WIRE_BROKEN;
}

ptrdiff_t wire_read(struct wire *w, char *to, size_t n, clock_us until)
{
    bool waiting = w->tls && tls_pending(w->tls);
    int ready = waiting ? 1 : wait_for(w, POLLIN, until, true);
    if (ready <= 0)
        return ready == 0 ? WIRE_LATE : WIRE_BROKEN;
    if (w->tls)
        return read_tls(w, to, n, until);
    ssize_t got = recv(w->fd, to, n, 0);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN ? WIRE_LATE : WIRE_BROKEN;
    return got > 0 ? got : WIRE_END;
}

static bool write_plain(struct wire *w, struct str bytes, clock_us until, struct err *e)
{
    while (bytes.n) {
        ssize_t n = send(w->fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n > 0)
            bytes = str_sub(bytes, (size_t)n, bytes.n);
        else if (n == 0 || (errno != EINTR && errno != EAGAIN))
            return err_errno(e, ERR_UNAVAILABLE, "send");
        else if (wait_for(w, POLLOUT, until, false) <= 0)
            return err_set(e, ERR_TIMEOUT, "send: the peer does not read");
    }
    return true;
}

bool wire_write(struct wire *w, struct str bytes, struct err *e)
{
    const struct tls_wait wait = {clock_monotonic() + WRITE_US, -1};
    return w->tls ? tls_write(w->tls, bytes.p, bytes.n, &wait, e) : write_plain(w, bytes, wait.until, e);
}

/* Closing a socket with bytes unread resets the connection. */
void wire_drain(struct wire *w, char *space, size_t n)
{
    clock_us end = clock_monotonic() + DRAIN_US;
    tls_stream_free(w->tls);
    w->tls = NULL;
    shutdown(w->fd, SHUT_WR);
    while (wait_for(w, POLLIN, end, true) > 0)
        if (recv(w->fd, space, n, 0) <= 0)
            return;
}
