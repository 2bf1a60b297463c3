#include "dicom/out/secure.h"

#include <fcntl.h>
#include <string.h>

#include "base/clock.h"

static ptrdiff_t read_stream(void *ctx, void *to, size_t n, int64_t until_ms, bool *ret_late)
{
    const struct tls_wait wait = {until_ms * 1000, -1};
    struct err e;
    err_clear(&e);
    ptrdiff_t got = tls_read(ctx, to, n, &wait, &e);
    *ret_late = got < 0 && e.code == ERR_TIMEOUT;
    return got;
}

static bool write_stream(void *ctx, const void *bytes, size_t n, int64_t until_ms, bool *ret_late)
{
    const struct tls_wait wait = {until_ms * 1000, -1};
    struct err e;
    err_clear(&e);
    bool ok = tls_write(ctx, bytes, n, &wait, &e);
    *ret_late = !ok && e.code == ERR_TIMEOUT;
    return ok;
}

static bool pending(void *ctx)
{
    return tls_pending(ctx);
}

static void free_stream(void *ctx)
{
    tls_stream_free(ctx);
}

static struct dicom_stream stream_of(struct tls_stream *s)
{
    return (struct dicom_stream){s, read_stream, write_stream, pending, free_stream};
}

/* Waits with an end need a socket that does not block. */
static bool unblock(int fd, struct err *e)
{
    int flags = fcntl(fd, F_GETFL);
    return (flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0) ||
           err_errno(e, ERR_UNAVAILABLE, "prepare a socket for TLS");
}

static bool look_at_peer(struct tls_stream *s, struct tls_peer *ret_peer, struct err *e)
{
    struct err why;
    err_clear(&why);
    *ret_peer = (struct tls_peer){.fingerprint = ""};
    if (tls_peer_read(s, ret_peer, &why) || why.code == ERR_NOT_FOUND)
        return true;
    *e = why;
    return false;
}

bool dicom_secure_accept(struct dicom_association *a, struct tls_context *c, int seconds, struct tls_peer *ret_peer,
                         struct err *e)
{
    const struct tls_wait wait = {clock_monotonic() + (clock_us)seconds * 1000000, -1};
    int fd = dicom_association_fd(a);
    struct tls_stream *s = unblock(fd, e) ? tls_accept(c, fd, &wait, e) : NULL;
    if (!s)
        return false;
    if (!look_at_peer(s, ret_peer, e)) {
        tls_stream_free(s);
        return false;
    }
    const struct dicom_stream stream = stream_of(s);
    dicom_association_secure(a, &stream);
    return true;
}

/* Does the certificate say this word of itself? */
static bool says(const struct tls_peer *p, struct str word)
{
    struct str name, rest = str_of(p->names);
    if (str_starts(word, "sha256:"))
        return str_is(str_sub(word, 7, word.n), p->fingerprint);
    if (str_starts(word, "subject:"))
        return str_is(str_sub(word, 8, word.n), p->subject);
    while (rest.n && str_next(&rest, '\n', &name))
        if (name.n && str_eq(name, word))
            return true;
    return false;
}

bool dicom_secure_connect(void *ctx, int fd, const char *host, int64_t until_ms, struct dicom_stream *ret_stream,
                          struct err *e)
{
    const struct dicom_secure_call *call = ctx;
    const struct tls_wait wait = {until_ms * 1000, -1};
    struct tls_peer peer;
    struct tls_stream *s = unblock(fd, e) ? tls_connect(call->context, fd, host, &wait, e) : NULL;
    if (!s)
        return false;
    bool ok = !call->certificate[0] || (look_at_peer(s, &peer, e) && says(&peer, str_of(call->certificate))) ||
              err_set(e, ERR_UNAUTHENTICATED, "the called shows another certificate than the one it is known by");
    if (!ok) {
        tls_stream_free(s);
        return false;
    }
    *ret_stream = stream_of(s);
    return true;
}
