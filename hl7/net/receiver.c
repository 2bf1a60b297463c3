/* `isocentre hl7 receive`: plays any receiver, to try senders with. One thread waits for all connections. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "hl7/net/net_priv.h"

enum { GUESTS = 64, READ_SIZE = 65536, ACK_MAX = 1 << 20 };

struct guest {
    int fd;
    struct hl7_mllp decoder;
};

struct receiver {
    const struct hl7_receiver *how;
    int fd;
    struct guest guest[GUESTS];
    int guests;
    long long received;
    struct arena arena;
    char bytes[READ_SIZE];
};

static bool listen_at(struct receiver *r, struct err *e)
{
    char port[8];
    const int on = 1;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *list;
    struct sockaddr_storage own;
    socklen_t n = sizeof own;
    snprintf(port, sizeof port, "%u", (unsigned)r->how->port & 0xFFFFu);
    int why = getaddrinfo(r->how->address, port, &hints, &list);
    if (why)
        return err_set(e, ERR_UNAVAILABLE, "address '%s': %s", r->how->address, gai_strerror(why));
    r->fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(r->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bool ok = r->fd >= 0 && bind(r->fd, list->ai_addr, list->ai_addrlen) == 0 && listen(r->fd, 16) == 0;
    freeaddrinfo(list);
    if (!ok || getsockname(r->fd, (struct sockaddr *)&own, &n) != 0)
        return err_errno(e, ERR_UNAVAILABLE, "listen on %s port %d", r->how->address, r->how->port);
    bool v6 = own.ss_family == AF_INET6;
    printf("listening %d\n", ntohs(v6 ? ((struct sockaddr_in6 *)(void *)&own)->sin6_port
                                      : ((struct sockaddr_in *)(void *)&own)->sin_port));
    fflush(stdout);
    return true;
}

static bool write_all(int fd, struct str bytes, struct err *e)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return err_errno(e, ERR_UNAVAILABLE, "send");
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return true;
}

static bool keep_message(const struct receiver *r, struct str message, struct err *e)
{
    char path[1200];
    if (!r->how->folder)
        return true;
    snprintf(path, sizeof path, "%s/%06lld.hl7", r->how->folder, r->received);
    FILE *f = fopen(path, "wbe");
    if (!f)
        return err_errno(e, ERR_UNAVAILABLE, "write '%s'", path);
    bool ok = fwrite(message.p, 1, message.n, f) == message.n;
    return (fclose(f) == 0 && ok) || err_set(e, ERR_UNAVAILABLE, "write '%s'", path);
}

static bool answer(struct receiver *r, int fd, const struct hl7_message *m, struct err *e)
{
    CLEANUP(buf_release) struct buf ack;
    CLEANUP(buf_release) struct buf frame;
    struct hl7_ack with = {.code = r->how->answer};
    const struct timespec pause = {r->how->delay_ms / 1000, r->how->delay_ms % 1000 * 1000000L};
    buf_init(&ack, ACK_MAX);
    buf_init(&frame, ACK_MAX);
    if (r->how->delay_ms)
        nanosleep(&pause, NULL);
    if (strcmp(r->how->answer, "none") == 0)
        return true;
    if (!hl7_ack_write(m, &with, &ack, NULL, e))
        return false;
    hl7_mllp_put(&frame, buf_view(&ack));
    return buf_ok(&frame, e) && write_all(fd, buf_view(&frame), e);
}

static bool take(struct receiver *r, int fd, struct str message, struct err *e)
{
    struct hl7_message m;
    struct hl7_header h = {.control_id = STR("-"), .type = STR("-"), .event = STR("-")};
    bool header = hl7_parse_header(message, NULL, &r->arena, &m, NULL);
    if (header)
        hl7_header(&m, &r->arena, &h);
    r->received++;
    printf("%.*s %.*s^%.*s %zu bytes, answered %s\n", STR_ARG(one_line(&r->arena, h.control_id)),
           STR_ARG(one_line(&r->arena, h.type)), STR_ARG(one_line(&r->arena, h.event)), message.n, r->how->answer);
    fflush(stdout);
    bool ok = keep_message(r, message, e);
    if (ok && !answer(r, fd, header ? &m : NULL, e))
        fprintf(stderr, "isocentre: %s\n", e->text); /* the sender has gone: others go on */
    arena_reset(&r->arena);
    return ok;
}

static void leave(struct receiver *r, int i)
{
    close(r->guest[i].fd);
    hl7_mllp_release(&r->guest[i].decoder);
    r->guest[i] = r->guest[--r->guests];
}

static void welcome(struct receiver *r)
{
    int fd = accept4(r->fd, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0)
        return;
    r->guest[r->guests].fd = fd;
    hl7_mllp_init(&r->guest[r->guests++].decoder, HL7_MLLP_CEILING);
}

static bool done(const struct receiver *r)
{
    return r->how->count && r->received >= r->how->count;
}

static bool hear(struct receiver *r, int i, struct err *e)
{
    struct guest *g = &r->guest[i];
    ssize_t n = recv(g->fd, r->bytes, sizeof r->bytes, 0);
    struct str in = {r->bytes, n > 0 ? (size_t)n : 0};
    if (n <= 0) {
        leave(r, i);
        return true;
    }
    enum hl7_mllp_event event;
    while ((event = hl7_mllp_feed(&g->decoder, &in)) != HL7_MLLP_MORE) {
        if (event == HL7_MLLP_FRAME && !done(r) && !take(r, g->fd, hl7_mllp_frame(&g->decoder), e))
            return false;
        hl7_mllp_next(&g->decoder);
    }
    return true;
}

static bool wait_and_hear(struct receiver *r, struct err *e)
{
    struct pollfd p[GUESTS + 1] = {{.fd = r->guests < GUESTS ? r->fd : -1, .events = POLLIN}};
    int n = r->guests;
    for (int i = 0; i < n; i++)
        p[i + 1] = (struct pollfd){.fd = r->guest[i].fd, .events = POLLIN};
    if (poll(p, (nfds_t)n + 1, -1) < 0)
        return errno == EINTR || err_errno(e, ERR_UNAVAILABLE, "poll");
    for (int i = n - 1; i >= 0; i--)
        if (p[i + 1].revents && !hear(r, i, e))
            return false;
    if (p[0].revents)
        welcome(r);
    return true;
}

bool hl7_receive_files(const struct hl7_receiver *how, struct err *e)
{
    struct receiver *r = mem_zalloc(sizeof *r);
    r->how = how;
    r->fd = -1;
    arena_init(&r->arena);
    bool ok = listen_at(r, e);
    while (ok && !done(r))
        ok = wait_and_hear(r, e);
    while (r->guests)
        leave(r, 0);
    if (r->fd >= 0)
        close(r->fd);
    arena_release(&r->arena);
    mem_free(r);
    return ok;
}
