#include "dicom/image/source_priv.h"

#include "base/mem.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { PIECE = 64 * 1024, INFLATE_MOST = 1100 }; /* deflate packs no tighter */

struct inflater {
    z_stream z;
    bool open, ended;
    uint64_t from, at; /* of the next deflated byte, of the next inflated one */
    unsigned char in[PIECE], passed[PIECE];
};

static void *z_alloc(void *unused, unsigned n, unsigned size)
{
    (void)unused;
    return mem_zalloc((size_t)n * size);
}

static void z_free(void *unused, void *p)
{
    (void)unused;
    mem_free(p);
}

void source_init(struct source *s, int fd, uint64_t base, uint64_t size, bool deflated)
{
    *s = (struct source){fd, base, size, deflated ? mem_zalloc(sizeof(struct inflater)) : NULL};
}

static void inflater_close(struct inflater *i)
{
    if (i->open)
        inflateEnd(&i->z);
    i->open = i->ended = false;
    i->from = i->at = 0;
}

void source_release(struct source *s)
{
    if (s->inflater)
        inflater_close(s->inflater);
    mem_free(s->inflater);
    s->inflater = NULL;
}

static bool file_read(struct source *s, uint64_t offset, void *to, size_t n, size_t *ret_got, struct err *e)
{
    size_t got = 0, left = offset < s->size ? (s->size - offset < n ? (size_t)(s->size - offset) : n) : 0;
    while (got < left) {
        ssize_t r = pread(s->fd, (char *)to + got, left - got, (off_t)(s->base + offset + got));
        if (r < 0)
            return err_errno(e, ERR_INTERNAL, "read a stored file");
        if (r == 0)
            break;
        got += (size_t)r;
    }
    *ret_got = got;
    return true;
}

static bool inflater_refill(struct source *s, struct err *e)
{
    struct inflater *i = s->inflater;
    size_t got;
    if (i->z.avail_in)
        return true;
    if (!file_read(s, i->from, i->in, sizeof i->in, &got, e))
        return false;
    i->from += got;
    i->z.next_in = i->in;
    i->z.avail_in = (unsigned)got;
    if (i->open)
        return true;
    i->z.zalloc = z_alloc;
    i->z.zfree = z_free;
    /* a raw stream, or one in the zlib wrapper, as the guard reads them */
    if (inflateInit2(&i->z, got && i->in[0] == 0x78 ? 15 : -15) != Z_OK)
        return err_set(e, ERR_INTERNAL, "inflate cannot start");
    i->open = true;
    return true;
}

static bool inflate_some(struct source *s, void *to, size_t n, size_t *ret_got, struct err *e)
{
    struct inflater *i = s->inflater;
    size_t got = 0;
    while (got < n && !i->ended) {
        if (!inflater_refill(s, e))
            return false;
        size_t want = n - got < PIECE ? n - got : PIECE;
        i->z.next_out = (unsigned char *)to + got;
        i->z.avail_out = (unsigned)want;
        int r = inflate(&i->z, Z_NO_FLUSH);
        if (r != Z_OK && r != Z_STREAM_END && r != Z_BUF_ERROR)
            return err_set(e, ERR_STRUCTURE, "deflated data set is damaged");
        size_t grew = want - i->z.avail_out;
        got += grew;
        i->ended = r == Z_STREAM_END || (grew == 0 && i->z.avail_in == 0);
    }
    i->at += got;
    *ret_got = got;
    return true;
}

static bool inflate_read(struct source *s, uint64_t offset, void *to, size_t n, size_t *ret_got, struct err *e)
{
    struct inflater *i = s->inflater;
    size_t got = 1;
    if (offset < i->at || !i->open) {
        inflater_close(i);
        memset(&i->z, 0, sizeof i->z);
    }
    while (i->at < offset && got > 0) {
        uint64_t left = offset - i->at;
        if (!inflate_some(s, i->passed, left < PIECE ? (size_t)left : PIECE, &got, e))
            return false;
    }
    *ret_got = 0;
    return i->at == offset ? inflate_some(s, to, n, ret_got, e) : true;
}

bool source_read(struct source *s, uint64_t offset, void *to, size_t n, size_t *ret_got, struct err *e)
{
    return s->inflater ? inflate_read(s, offset, to, n, ret_got, e) : file_read(s, offset, to, n, ret_got, e);
}

bool source_read_all(struct source *s, uint64_t offset, void *to, size_t n, struct err *e)
{
    size_t got;
    if (!source_read(s, offset, to, n, &got, e))
        return false;
    return got == n || err_set(e, ERR_STRUCTURE, "the object ends before its pixels do");
}

bool source_holds(const struct source *s, uint64_t offset, uint64_t n)
{
    if (s->inflater)
        return offset <= INT64_MAX && n <= INT64_MAX && offset + n <= (s->size + 1) * INFLATE_MOST;
    return offset <= s->size && n <= s->size - offset;
}
