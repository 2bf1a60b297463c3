#include "dicom/image/image_priv.h"

#include <string.h>

struct row {
    struct image_codec codec;
    decode_fn *decode;
    encode_fn *encode;
};

static const struct row rows[] = {
#define CODEC(uid, name, loss, method, decoder, encoder) {{uid, name, IMAGE_##loss, method}, decoder, encoder},
#include "dicom/image/codecs.def"
#undef CODEC
};
enum { ROWS = sizeof rows / sizeof *rows };

static const struct row *row_find(const char *uid)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].codec.uid, uid) == 0)
            return &rows[i];
    return NULL;
}

const struct image_codec *image_codec_find(const char *transfer_syntax)
{
    const struct row *r = row_find(transfer_syntax);
    return r ? &r->codec : NULL;
}

const struct image_codec *image_codec(size_t i)
{
    return i < ROWS ? &rows[i].codec : NULL;
}

bool image_codec_encodes(const char *transfer_syntax)
{
    const struct row *r = row_find(transfer_syntax);
    return r && r->encode;
}

void image_frame_init(struct image_frame *f)
{
    *f = (struct image_frame){0};
    buf_init(&f->pixels, IMAGE_FRAME_MAX);
}

void image_frame_release(struct image_frame *f)
{
    buf_release(&f->pixels);
}

/* A few bytes do not get memory for a large frame; no codec packs tighter than this. */
static bool stream_plausible(const struct image_format *f, struct str stream, struct err *e)
{
    if (stream.n < 2 || image_frame_bytes(f) / stream.n > 100000)
        return err_set(e, ERR_STRUCTURE, "frame: its stream is too short for %u x %u pixels", f->columns, f->rows);
    return true;
}

bool image_decode(const char *transfer_syntax, const struct image_format *format, struct str stream,
                  struct image_frame *ret_frame, struct err *e)
{
    const struct row *r = row_find(transfer_syntax);
    if (!r)
        return err_set(e, ERR_UNSUPPORTED, "frames in transfer syntax '%s' are not decoded", transfer_syntax);
    if (!image_format_check(format, e))
        return false;
    if (r->decode != native_decode && !stream_plausible(format, stream, e))
        return err_wrap(e, "%s", r->codec.name);
    ret_frame->format = *format;
    ret_frame->format.planar = false;
    buf_reset(&ret_frame->pixels);
    size_t n = (size_t)image_frame_bytes(format);
    if (!buf_reserve(&ret_frame->pixels, n))
        return buf_ok(&ret_frame->pixels, e);
    buf_grew(&ret_frame->pixels, n);
    return r->decode(format, stream, ret_frame, e) || err_wrap(e, "%s", r->codec.name);
}

static struct image_quality with_defaults(const struct image_quality *q)
{
    struct image_quality d = q ? *q : (struct image_quality){0};
    if (!d.jpeg)
        d.jpeg = 90;
    if (!d.near)
        d.near = 2;
    if (d.ratio < 1)
        d.ratio = 10;
    return d;
}

bool image_encode(const char *transfer_syntax, const struct image_frame *frame, const struct image_quality *quality,
                  struct buf *ret_stream, struct image_format *ret_format, struct err *e)
{
    const struct row *r = row_find(transfer_syntax);
    if (!r || !r->encode)
        return err_set(e, ERR_UNSUPPORTED, "frames are not encoded in transfer syntax '%s'", transfer_syntax);
    if (!image_format_check(&frame->format, e))
        return false;
    if (frame->pixels.n != image_frame_bytes(&frame->format))
        return err_set(e, ERR_INVALID, "frame: its pixels are not as many as its format says");
    struct encoding x = {&r->codec, frame, with_defaults(quality)};
    if (r->codec.loss == IMAGE_LOSES && !x.quality.lossy)
        return err_set(e, ERR_PROCESSING, "%s loses pixel values, which was not asked for", r->codec.name);
    struct image_format f = frame->format;
    if (!r->encode(&x, ret_stream, &f, e))
        return err_wrap(e, "%s", r->codec.name);
    if (r->decode != native_decode)
        stream_even(ret_stream);
    *ret_format = f;
    return buf_ok(ret_stream, e);
}
