#include "dicom/image/spool_priv.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MEMORY_MAX = 8 << 20, PIECE = 64 * 1024 };

void spool_init(struct spool *s)
{
    *s = (struct spool){.fd = -1};
    buf_init(&s->memory, MEMORY_MAX);
}

void spool_release(struct spool *s)
{
    buf_release(&s->memory);
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

int temporary_file(struct err *e)
{
    char name[512];
    const char *folder = getenv("TMPDIR");
    snprintf(name, sizeof name, "%s/isocentre-XXXXXX", folder && folder[0] ? folder : "/tmp");
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0)
        err_errno(e, ERR_INTERNAL, "make a temporary file");
    else
        unlink(name);
    return fd;
}

bool write_fully(int fd, const void *p, size_t n, struct err *e)
{
    for (size_t at = 0; at < n;) {
        ssize_t r = write(fd, (const char *)p + at, n - at);
        if (r <= 0)
            return err_errno(e, ERR_STORAGE_FULL, "write a temporary file");
        at += (size_t)r;
    }
    return true;
}

static bool spill(struct spool *s, struct err *e)
{
    s->fd = temporary_file(e);
    if (s->fd < 0 || !write_fully(s->fd, s->memory.p, s->memory.n, e))
        return false;
    buf_release(&s->memory);
    return true;
}

bool spool_put(struct spool *s, const void *p, size_t n, struct err *e)
{
    if (s->fd < 0 && n > MEMORY_MAX - s->memory.n && !spill(s, e))
        return false;
    s->n += n;
    if (s->fd >= 0)
        return write_fully(s->fd, p, n, e);
    buf_put(&s->memory, p, n);
    return buf_ok(&s->memory, e);
}

bool spool_copy(struct spool *s, dicom_sink_fn *sink, void *ctx, struct err *e)
{
    if (s->fd < 0)
        return !s->memory.n || sink(ctx, s->memory.p, s->memory.n, e);
    char piece[PIECE];
    for (uint64_t at = 0; at < s->n;) {
        ssize_t r = pread(s->fd, piece, sizeof piece, (off_t)at);
        if (r <= 0)
            return err_errno(e, ERR_INTERNAL, "read a temporary file");
        if (!sink(ctx, piece, (size_t)r, e))
            return false;
        at += (uint64_t)r;
    }
    return true;
}
