/* JPEG-LS frames (ISO 14495-1) by CharLS. It knows no signed samples: the bits of a cell travel as they are. */
#include "dicom/image/image_priv.h"

#include <charls/charls.h>

#include <string.h>

static void decoder_free(charls_jpegls_decoder **d)
{
    charls_jpegls_decoder_destroy(*d);
}

static void encoder_free(charls_jpegls_encoder **x)
{
    charls_jpegls_encoder_destroy(*x);
}

static bool refuse(charls_jpegls_errc c, struct err *e)
{
    return err_set(e, ERR_STRUCTURE, "its stream cannot be decoded (CharLS error %d)", (int)c);
}

static bool read_header(charls_jpegls_decoder *d, struct str stream, charls_frame_info *ret_info,
                        charls_interleave_mode *ret_mode, struct err *e)
{
    charls_jpegls_errc c = charls_jpegls_decoder_set_source_buffer(d, stream.p, stream.n);
    if (!c)
        c = charls_jpegls_decoder_read_header(d);
    if (!c)
        c = charls_jpegls_decoder_get_frame_info(d, ret_info);
    if (!c)
        c = charls_jpegls_decoder_get_interleave_mode(d, ret_mode);
    return c ? refuse(c, e) : true;
}

/* Where the library puts its samples, and from there into the cells. */
static bool decode_samples(charls_jpegls_decoder *d, const charls_frame_info *info, bool planes,
                           struct image_frame *ret_frame, struct err *e)
{
    size_t pixels = (size_t)info->width * info->height, components = (size_t)info->component_count;
    unsigned bytes = info->bits_per_sample > 8 ? 2 : 1, precision = (unsigned)info->bits_per_sample;
    size_t n = 0, expected = pixels * components * bytes;
    struct buf room CLEANUP(buf_release);
    buf_init(&room, 2 * IMAGE_FRAME_MAX);
    bool direct = !planes && bytes * 8 == ret_frame->format.allocated;
    char *to = direct ? ret_frame->pixels.p : buf_reserve(&room, expected);
    if (!to)
        return buf_ok(&room, e);
    charls_jpegls_errc c = charls_jpegls_decoder_get_destination_size(d, 0, &n);
    if (!c && n != expected)
        return err_set(e, ERR_STRUCTURE, "its frame header is damaged");
    if (!c)
        c = charls_jpegls_decoder_decode_to_buffer(d, to, n, 0);
    if (c)
        return refuse(c, e);
    if (!planes)
        return samples_put(&ret_frame->format, &(struct samples){to, pixels * components, bytes, precision, 0, 1},
                           ret_frame->pixels.p, e);
    for (size_t k = 0; k < components; k++) {
        struct samples s = {to + k * pixels * bytes, pixels, bytes, precision, k, components};
        if (!samples_put(&ret_frame->format, &s, ret_frame->pixels.p, e))
            return false;
    }
    return true;
}

static bool decode_here(const struct image_format *header, struct str stream, struct image_frame *ret_frame,
                        struct err *e)
{
    charls_jpegls_decoder *d CLEANUP(decoder_free) = charls_jpegls_decoder_create();
    charls_frame_info info = {0};
    charls_interleave_mode mode = CHARLS_INTERLEAVE_MODE_NONE;
    if (!d)
        return err_set(e, ERR_INTERNAL, "no decoder");
    if (!read_header(d, stream, &info, &mode, e) ||
        !stream_agrees(header, info.height, info.width, (uint64_t)info.component_count, e))
        return false;
    if (header->photometric == IMAGE_YBR_FULL_422)
        ret_frame->format.photometric = IMAGE_YBR_FULL;
    bool planes = info.component_count > 1 && mode == CHARLS_INTERLEAVE_MODE_NONE;
    return decode_samples(d, &info, planes, ret_frame, e);
}

bool jpegls_decode(const struct image_format *header, struct str stream, struct image_frame *ret_frame, struct err *e)
{
    return decode_apart(&(struct apart){decode_here, header, stream}, ret_frame, e);
}

/* What may differ by near must not cross from the largest to the smallest signed value. */
static bool near_is_safe(const struct image_frame *frame, int near)
{
    const struct image_format *f = &frame->format;
    if (!f->is_signed)
        return true;
    int limit = (1 << (f->allocated - 1)) - near;
    for (size_t i = 0; i < frame->pixels.n; i += f->allocated / 8) {
        unsigned low = (unsigned char)frame->pixels.p[i];
        int v = f->allocated == 8 ? (int8_t)low : (int16_t)(low | (unsigned)(unsigned char)frame->pixels.p[i + 1] << 8);
        if (v >= limit || v < -limit)
            return false;
    }
    return true;
}

static charls_jpegls_errc run(charls_jpegls_encoder *c, const struct encoding *x, const charls_frame_info *info,
                              int near, struct buf *out)
{
    size_t room = 0, used = 0;
    charls_interleave_mode mode =
        info->component_count > 1 ? CHARLS_INTERLEAVE_MODE_SAMPLE : CHARLS_INTERLEAVE_MODE_NONE;
    charls_jpegls_errc r = charls_jpegls_encoder_set_frame_info(c, info);
    if (!r)
        r = charls_jpegls_encoder_set_near_lossless(c, near);
    if (!r)
        r = charls_jpegls_encoder_set_interleave_mode(c, mode);
    if (!r)
        r = charls_jpegls_encoder_get_estimated_destination_size(c, &room);
    room += room / 2; /* noise grows */
    char *to = r ? NULL : buf_reserve(out, room);
    if (!to)
        return r;
    r = charls_jpegls_encoder_set_destination_buffer(c, to, room);
    if (!r)
        r = charls_jpegls_encoder_encode_from_buffer(c, x->frame->pixels.p, x->frame->pixels.n, 0);
    if (!r)
        r = charls_jpegls_encoder_get_bytes_written(c, &used);
    if (!r)
        buf_grew(out, used);
    return r;
}

/* Cells of 16 bits with up to 8 in use are two bytes for us and one for the library: it gets 9. */
static int32_t bits_for(const struct image_frame *frame)
{
    unsigned precision = frame->format.is_signed ? frame->format.allocated : samples_precision(frame);
    if (frame->format.allocated == 16 && precision < 9)
        precision = 9;
    return (int32_t)(precision < 2 ? 2 : precision);
}

bool jpegls_encode(const struct encoding *x, struct buf *ret_stream, struct image_format *ret_format, struct err *e)
{
    const struct image_format *f = &x->frame->format;
    bool lossy = x->codec->loss == IMAGE_MAY_LOSE && x->quality.lossy;
    int near = lossy ? x->quality.near : 0;
    (void)ret_format;
    if (!samples_encodable(x->frame, e))
        return false;
    if (lossy && (f->photometric == IMAGE_PALETTE || !near_is_safe(x->frame, near)))
        return err_set(e, ERR_UNSUPPORTED, "these pixels must not change");
    charls_jpegls_encoder *c CLEANUP(encoder_free) = charls_jpegls_encoder_create();
    charls_frame_info info = {f->columns, f->rows, bits_for(x->frame), (int32_t)f->samples};
    charls_jpegls_errc r = c ? run(c, x, &info, near, ret_stream) : CHARLS_JPEGLS_ERRC_NOT_ENOUGH_MEMORY;
    if (r)
        return err_set(e, ERR_PROCESSING, "the frame cannot be encoded (CharLS error %d)", (int)r);
    return buf_ok(ret_stream, e);
}
