/* Bodies made of memory and file ranges. Memory alone goes out by reference; one file range goes out with
 * sendfile (libmicrohttpd's own way); a mixture is read piece by piece as the client takes it. */
#include "http/http_priv.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

enum { BLOCK = 64 * 1024 };

struct reader {
    struct http_response *response;
    size_t part;  /* the part that holds position */
    int64_t from; /* its first byte's position in the body */
};

static int64_t total(const struct http_response *r)
{
    int64_t n = 0;
    for (size_t i = 0; i < r->part_count; i++)
        n += r->parts[i].length;
    return n;
}

static ssize_t read_part(const struct http_part *part, int64_t at, char *to, size_t n)
{
    if (part->fd < 0) {
        memcpy(to, part->bytes.p + at, n);
        return (ssize_t)n;
    }
    ssize_t got;
    do
        got = pread(part->fd, to, n, part->offset + at);
    while (got < 0 && errno == EINTR);
    if (got == 0)
        errno = ENODATA; /* the file is shorter than announced */
    return got > 0 ? got : -1;
}

/* MHD asks in order. Fills as much as fits, over several small parts. */
static ssize_t on_read(void *ctx, uint64_t position, char *to, size_t room)
{
    struct reader *rd = ctx;
    const struct http_response *r = rd->response;
    size_t filled = 0;
    while (filled < room && rd->part < r->part_count) {
        const struct http_part *part = &r->parts[rd->part];
        int64_t at = (int64_t)(position + filled) - rd->from, left = part->length - at;
        if (left <= 0) {
            rd->from += part->length;
            rd->part++;
            continue;
        }
        size_t want = (uint64_t)left < room - filled ? (size_t)left : room - filled;
        ssize_t got = read_part(part, at, to + filled, want);
        if (got < 0 && filled)
            break; /* what there is goes out first */
        if (got < 0) {
            log_error("http", "file part: %s", strerror(errno));
            return MHD_CONTENT_READER_END_WITH_ERROR; /* cuts the connection: the client sees a short body */
        }
        filled += (size_t)got;
    }
    return filled ? (ssize_t)filled : MHD_CONTENT_READER_END_OF_STREAM;
}

static struct MHD_Response *from_memory(struct http_exchange *x)
{
    const struct http_response *r = &x->response;
    struct MHD_IoVec *pieces = ARENA_ARRAY(&x->request.arena, struct MHD_IoVec, r->part_count);
    for (size_t i = 0; i < r->part_count; i++)
        pieces[i] = (struct MHD_IoVec){r->parts[i].bytes.p, r->parts[i].bytes.n};
    return MHD_create_response_from_iovec(pieces, (unsigned)r->part_count, NULL, NULL);
}

struct MHD_Response *http_parts_response(struct http_exchange *x)
{
    struct http_response *r = &x->response;
    size_t files = 0;
    for (size_t i = 0; i < r->part_count; i++)
        files += r->parts[i].fd >= 0;
    if (!files)
        return from_memory(x);
    struct http_part *first = &r->parts[0];
    if (r->part_count == 1 && first->length > 0) {
        struct MHD_Response *whole = MHD_create_response_from_fd_at_offset64(
            (uint64_t)first->length, first->fd, (uint64_t)first->offset);
        if (whole)
            first->fd = -1; /* MHD closes it */
        return whole;
    }
    struct reader *rd = ARENA_NEW(&x->request.arena, struct reader);
    rd->response = r;
    return MHD_create_response_from_callback((uint64_t)total(r), BLOCK, on_read, rd, NULL);
}
