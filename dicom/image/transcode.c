#include "dicom/image/transcode.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/mem.h"
#include "dicom/image/derived_priv.h"
#include "dicom/image/file_priv.h"
#include "dicom/image/spool_priv.h"

enum { PIECE = 64 * 1024, TAIL_MAX = 16 << 20, HEADER_MAX = 64 << 20, PIXEL_DATA = 0x7FE00010 };
#define NATIVE_MAX 0xFFFFFFFEu

struct transcoding {
    struct image_file *file;
    const struct image_target *target;
    const struct image_codec *from, *to;
    const char *syntax; /* the target's elements are written in: the target, or what is deflated in it */
    dicom_sink_fn *sink;
    void *ctx;
    z_stream *z; /* of a deflated target, once its data set began */
    struct image_transcoded result;
    struct image_format format; /* of the pixels written */
};

/* ---- out ---- */

static bool emit(struct transcoding *t, const void *p, size_t n, struct err *e)
{
    t->result.bytes += n;
    return n == 0 || t->sink(t->ctx, p, n, e);
}

static bool deflate_some(struct transcoding *t, const void *p, size_t n, int flush, struct err *e)
{
    unsigned char out[PIECE];
    t->z->next_in = (unsigned char *)(uintptr_t)p;
    t->z->avail_in = (unsigned)n;
    do {
        t->z->next_out = out;
        t->z->avail_out = sizeof out;
        deflate(t->z, flush);
        if (!emit(t, out, sizeof out - t->z->avail_out, e))
            return false;
    } while (t->z->avail_out == 0);
    return true;
}

/* Bytes of the data set. */
static bool put(void *ctx, const void *p, size_t n, struct err *e)
{
    struct transcoding *t = ctx;
    const char *c = p;
    if (!t->z)
        return emit(t, p, n, e);
    for (size_t at = 0; at < n; at += 1 << 20)
        if (!deflate_some(t, c + at, n - at < 1 << 20 ? n - at : 1 << 20, Z_NO_FLUSH, e))
            return false;
    return true;
}

static bool put_buf(struct transcoding *t, const struct buf *b, struct err *e)
{
    return buf_ok(b, e) && put(t, b->p, b->n, e);
}

static void put_number(struct buf *b, uint64_t n, unsigned bytes, bool big_endian)
{
    for (unsigned k = 0; k < bytes; k++)
        buf_putc(b, (char)(n >> 8 * (big_endian ? bytes - 1 - k : k)));
}

static bool is_big(const struct transcoding *t)
{
    return strcmp(t->syntax, DICOM_EXPLICIT_BE) == 0;
}

/* The head of an element whose length takes four bytes. */
static void put_head(const struct transcoding *t, struct buf *b, uint32_t tag, const char *vr, uint32_t length)
{
    bool big = is_big(t);
    put_number(b, tag >> 16, 2, big);
    put_number(b, tag & 0xFFFF, 2, big);
    if (strcmp(t->syntax, DICOM_IMPLICIT_LE) != 0) {
        buf_put(b, vr, 2);
        put_number(b, 0, 2, big);
    }
    put_number(b, length, 4, big);
}

/* ---- what comes before the pixels, and behind ---- */

static bool put_meta(struct transcoding *t, struct err *e)
{
    struct arena a CLEANUP(arena_release);
    struct buf meta CLEANUP(buf_release);
    arena_init(&a);
    buf_init(&meta, DICOM_PART10_HEADER_MAX);
    const struct dicom_item *root = dicom_dataset_root(t->file->header);
    const char *sop_class = arena_cstr(&a, dicom_get_nth(root, 0x00080016, 0, &a));
    str_copy(t->result.sop_instance, sizeof t->result.sop_instance, dicom_get_nth(root, 0x00080018, 0, &a));
    if (t->target->dataset_only)
        return true;
    return dicom_part10_header(sop_class, t->result.sop_instance, t->target->transfer_syntax, t->file->meta.source_aet,
                               &meta, e) &&
           buf_ok(&meta, e) && emit(t, meta.p, meta.n, e);
}

static bool put_header(struct transcoding *t, struct err *e)
{
    struct buf header CLEANUP(buf_release);
    buf_init(&header, HEADER_MAX);
    return dicom_dataset_write(t->file->header, t->syntax, &header, e) && put_buf(t, &header, e);
}

static bool all_zero(const struct buf *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->p[i])
            return false;
    return true;
}

/* Elements behind the pixels are few and small, or none; padding goes. */
static bool put_tail(struct transcoding *t, struct err *e)
{
    struct buf tail CLEANUP(buf_release), out CLEANUP(buf_release);
    struct image_file *f = t->file;
    uint64_t at;
    size_t got = 1;
    buf_init(&tail, TAIL_MAX);
    buf_init(&out, 2 * TAIL_MAX);
    if (!image_file_bulk_end(f, &at, e))
        return false;
    for (; got > 0; at += got) {
        char *to = buf_reserve(&tail, PIECE);
        if (!to)
            return buf_ok(&tail, e) || err_wrap(e, "elements behind the pixels");
        if (!source_read(&f->source, at, to, PIECE, &got, e))
            return false;
        buf_grew(&tail, got);
    }
    if (all_zero(&tail))
        return true;
    struct dicom_dataset *ds = dicom_dataset_parse(buf_view(&tail), f->header_syntax, e);
    if (!ds)
        return err_wrap(e, "elements behind the pixels");
    dicom_remove(dicom_dataset_root(ds), 0xFFFCFFFC);
    bool ok = dicom_dataset_write(ds, t->syntax, &out, e) && put_buf(t, &out, e);
    dicom_dataset_free(ds);
    return ok;
}

/* ---- pixels and documents that stay as they are ---- */

/* n bytes from the object, changing places where one side is big endian. */
static bool copy_bytes(struct transcoding *t, uint64_t at, uint64_t n, unsigned unit, struct err *e)
{
    char piece[PIECE];
    while (n > 0) {
        size_t take = n < PIECE ? (size_t)n : PIECE;
        if (!source_read_all(&t->file->source, at, piece, take, e))
            return false;
        image_swap(piece, take, unit);
        if (!put(t, piece, take, e))
            return false;
        at += take;
        n -= take;
    }
    return true;
}

static bool copy_bulk(struct transcoding *t, struct err *e)
{
    struct image_file *f = t->file;
    struct buf head CLEANUP(buf_release);
    buf_init(&head, 64);
    bool swap = f->big_endian != is_big(t);
    put_head(t, &head, f->bulk.bulk_tag, f->bulk_vr, f->bulk.bulk_length);
    return put_header(t, e) && put_buf(t, &head, e) &&
           copy_bytes(t, f->bulk.bulk_offset, f->bulk.bulk_length, swap ? image_file_unit(f) : 1, e) && put_tail(t, e);
}

/* The whole data set, bytes untouched. */
static bool copy_all(struct transcoding *t, struct err *e)
{
    struct source plain = t->file->source;
    plain.inflater = NULL;
    char piece[PIECE];
    size_t got = 1;
    for (uint64_t at = 0; got > 0; at += got)
        if (!source_read(&plain, at, piece, sizeof piece, &got, e) || !emit(t, piece, got, e))
            return false;
    return true;
}

/* ---- to uncompressed pixels ---- */

static bool start_native(struct transcoding *t, const struct image_frame *first, struct err *e)
{
    struct buf head CLEANUP(buf_release);
    uint64_t n = image_frame_bytes(&first->format) * first->format.frames;
    buf_init(&head, 64);
    if (first->format.allocated == 1)
        n = (image_native_bits(&first->format) * first->format.frames + 7) / 8;
    if (n > NATIVE_MAX)
        return err_set(e, ERR_TOO_LARGE, "uncompressed pixels over 4 GiB");
    if (first->format.allocated == 1 && first->format.frames > 1 && image_native_bits(&first->format) % 8)
        return err_set(e, ERR_UNSUPPORTED, "compressed frames of single bits that end within a byte");
    put_head(t, &head, PIXEL_DATA, first->format.allocated > 8 ? "OW" : "OB", (uint32_t)(n + n % 2));
    return derived_format(dicom_dataset_root(t->file->header), &first->format, e) && put_meta(t, e) &&
           put_header(t, e) && put_buf(t, &head, e);
}

static bool same_format(const struct transcoding *t, const struct image_format *f, struct err *e)
{
    if (f->photometric == t->format.photometric && f->allocated == t->format.allocated)
        return true;
    return err_set(e, ERR_STRUCTURE, "frames of one object in different colour spaces");
}

static bool decode_all(struct transcoding *t, struct image_frame *frame, struct err *e)
{
    uint64_t n = 0;
    for (uint64_t i = 0; i < t->file->format.frames; i++) {
        if (!image_file_decode(t->file, i, frame, e))
            return err_wrap(e, "frame %llu", (unsigned long long)i + 1);
        if (i == 0) {
            t->format = frame->format;
            if (!start_native(t, frame, e))
                return false;
        }
        if (!same_format(t, &frame->format, e))
            return false;
        if (is_big(t) && frame->format.allocated > 8)
            image_swap(frame->pixels.p, frame->pixels.n, frame->format.allocated / 8);
        if (!put(t, frame->pixels.p, frame->pixels.n, e))
            return false;
        n += frame->pixels.n;
    }
    return (n % 2 == 0 || put(t, "", 1, e)) && put_tail(t, e);
}

/* ---- to compressed pixels ---- */

struct encoded {
    struct spool spool;
    struct arena arena;
    uint32_t *lengths; /* of each frame's fragment */
    uint64_t original; /* bytes of the plain frames */
};

static void fragment_head(struct buf *b, uint32_t tag, uint32_t length)
{
    put_number(b, tag >> 16, 2, false);
    put_number(b, tag & 0xFFFF, 2, false);
    put_number(b, length, 4, false);
}

static bool encode_frame(struct transcoding *t, uint64_t i, struct image_frame *frame, struct buf *stream,
                         struct encoded *x, struct err *e)
{
    struct image_format now;
    struct buf head CLEANUP(buf_release);
    buf_init(&head, 64);
    buf_reset(stream);
    if (!image_file_decode(t->file, i, frame, e) ||
        !image_encode(t->to->uid, frame, &t->target->quality, stream, &now, e))
        return err_wrap(e, "frame %llu", (unsigned long long)i + 1);
    if (i == 0)
        t->format = now;
    if (stream->n > NATIVE_MAX || !same_format(t, &now, e))
        return false;
    x->original += frame->pixels.n;
    x->lengths[i] = (uint32_t)stream->n;
    fragment_head(&head, 0xFFFEE000, (uint32_t)stream->n);
    return spool_put(&x->spool, head.p, head.n, e) && spool_put(&x->spool, stream->p, stream->n, e);
}

/* Element of VR OV: eight bytes a frame. */
static void put_long_table(struct transcoding *t, struct buf *b, uint32_t tag, const struct encoded *x, bool offsets)
{
    uint64_t at = 0;
    put_head(t, b, tag, "OV", (uint32_t)(8 * t->format.frames));
    for (uint64_t i = 0; i < t->format.frames; i++) {
        put_number(b, offsets ? at : x->lengths[i], 8, false);
        at += 8 + (uint64_t)x->lengths[i];
    }
}

/* The Basic Offset Table has four bytes a frame; what does not fit gets the Extended one. */
static bool put_tables(struct transcoding *t, const struct encoded *x, struct err *e)
{
    struct buf b CLEANUP(buf_release);
    bool extended = x->spool.n > UINT32_MAX;
    uint64_t at = 0, frames = t->format.frames;
    buf_init(&b, HEADER_MAX);
    if (extended) {
        put_long_table(t, &b, 0x7FE00001, x, true);
        put_long_table(t, &b, 0x7FE00002, x, false);
    }
    put_head(t, &b, PIXEL_DATA, "OB", 0xFFFFFFFF);
    fragment_head(&b, 0xFFFEE000, extended ? 0 : (uint32_t)(4 * frames));
    for (uint64_t i = 0; !extended && i < frames; i++) {
        put_number(&b, at, 4, false);
        at += 8 + (uint64_t)x->lengths[i];
    }
    return put_buf(t, &b, e);
}

static bool encode_all(struct transcoding *t, struct image_frame *frame, struct encoded *x, struct err *e)
{
    struct buf stream CLEANUP(buf_release), end CLEANUP(buf_release);
    struct dicom_item *root = dicom_dataset_root(t->file->header);
    buf_init(&stream, 2 * IMAGE_FRAME_MAX);
    buf_init(&end, 64);
    if (t->file->format.frames > INDEX_FRAGMENTS_MAX)
        return err_set(e, ERR_TOO_LARGE, "over %d frames", INDEX_FRAGMENTS_MAX);
    x->lengths = ARENA_ARRAY(&x->arena, uint32_t, (size_t)t->file->format.frames);
    for (uint64_t i = 0; i < t->file->format.frames; i++)
        if (!encode_frame(t, i, frame, &stream, x, e))
            return false;
    t->result.lost = t->to->loss != IMAGE_LOSSLESS && t->target->quality.lossy;
    if (!derived_format(root, &t->format, e) ||
        (t->result.lost && !derived_lossy(root, t->to, (double)x->original / (double)(x->spool.n + 1), e)))
        return false;
    fragment_head(&end, 0xFFFEE0DD, 0);
    return put_meta(t, e) && put_header(t, e) && put_tables(t, x, e) && spool_copy(&x->spool, put, t, e) &&
           put_buf(t, &end, e) && put_tail(t, e);
}

static bool rewrite_pixels(struct transcoding *t, struct err *e)
{
    struct image_frame frame CLEANUP(image_frame_release);
    image_frame_init(&frame);
    if (t->from->loss == IMAGE_LOSES && !derived_from_lossy(dicom_dataset_root(t->file->header), t->from, e))
        return false;
    if (!dicom_transfer_syntax_encapsulated(t->to->uid))
        return decode_all(t, &frame, e);
    struct encoded x = {.original = 0};
    spool_init(&x.spool);
    arena_init(&x.arena);
    bool ok = encode_all(t, &frame, &x, e);
    arena_release(&x.arena);
    spool_release(&x.spool);
    return ok;
}

/* ---- which way ---- */

static bool rewrite(struct transcoding *t, struct err *e)
{
    const struct image_file *f = t->file;
    bool compress = dicom_transfer_syntax_encapsulated(t->target->transfer_syntax);
    if (strcmp(f->meta.transfer_syntax, t->target->transfer_syntax) == 0) {
        t->z = NULL;
        return put_meta(t, e) && copy_all(t, e);
    }
    if (f->bulk.bulk_tag && (compress || f->encapsulated)) {
        if (!f->pixels || f->format.floating)
            return err_set(e, ERR_UNSUPPORTED, "what is no integer pixels is not compressed");
        return rewrite_pixels(t, e);
    }
    if (compress)
        return err_set(e, ERR_UNSUPPORTED, "an object without pixels is not compressed");
    return put_meta(t, e) && (f->bulk.bulk_tag ? copy_bulk(t, e) : put_header(t, e));
}

/* Everything behind the file meta information goes through deflate (PS3.5 A.5), and ends on an even byte. */
static bool rewrite_deflated(struct transcoding *t, struct err *e)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return err_set(e, ERR_INTERNAL, "deflate cannot start");
    t->z = &z;
    bool ok = rewrite(t, e) && (!t->z || deflate_some(t, NULL, 0, Z_FINISH, e));
    if (ok && t->z && z.total_out % 2)
        ok = emit(t, "", 1, e);
    deflateEnd(&z);
    return ok;
}

static bool transcode(struct transcoding *t, struct err *e)
{
    t->from = image_codec_find(t->file->meta.transfer_syntax);
    t->to = image_codec_find(t->target->transfer_syntax);
    bool same = strcmp(t->file->meta.transfer_syntax, t->target->transfer_syntax) == 0;
    if (!same && (!t->from || !t->to || !image_codec_encodes(t->to->uid)))
        return err_set(e, ERR_UNSUPPORTED, "nothing is transcoded from '%s' to '%s'", t->file->meta.transfer_syntax,
                       t->target->transfer_syntax);
    bool deflated = strcmp(t->target->transfer_syntax, DICOM_DEFLATED_LE) == 0;
    bool plain = same || !dicom_transfer_syntax_encapsulated(t->target->transfer_syntax);
    t->syntax = plain && !deflated ? t->target->transfer_syntax : DICOM_EXPLICIT_LE;
    return deflated ? rewrite_deflated(t, e) : rewrite(t, e);
}

bool dicom_transcode(int fd, const struct image_target *target, dicom_sink_fn *sink, void *ctx,
                     struct image_transcoded *ret_result, struct err *e)
{
    struct transcoding t = {.target = target, .sink = sink, .ctx = ctx};
    t.file = image_file_open(fd, e);
    bool ok = t.file && transcode(&t, e);
    image_file_free(t.file);
    if (ok)
        *ret_result = t.result;
    return ok;
}

static bool to_file(void *ctx, const void *p, size_t n, struct err *e)
{
    return write_fully(*(int *)ctx, p, n, e);
}

bool dicom_transcode_file(int fd, const struct image_target *target, int *ret_fd, struct image_transcoded *ret_result,
                          struct err *e)
{
    int out = temporary_file(e);
    if (out < 0)
        return false;
    if (!dicom_transcode(fd, target, to_file, &out, ret_result, e)) {
        close(out);
        return false;
    }
    *ret_fd = out;
    return true;
}
