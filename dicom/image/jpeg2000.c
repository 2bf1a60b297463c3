/* JPEG 2000 frames (ISO 15444-1, and -15: its high-throughput blocks) by OpenJPEG. The main header is read here first,
 * so that nothing is allocated or looped over for numbers that are not the header's. */
#include "dicom/image/image_priv.h"

#include <openjpeg.h>

#include <string.h>

enum { TILES_MAX = 4096, PACKETS_MAX = 4 << 20, SIZ = 0xFF51, COD = 0xFF52, SOT = 0xFF90 };

static unsigned be16(const char *p)
{
    return (unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static uint32_t be32(const char *p)
{
    return (uint32_t)be16(p) << 16 | be16(p + 2);
}

/* Some write the JP2 file format around the codestream: its boxes are passed over (PS3.5 A.4.4 forbids them). */
static struct str codestream_of(struct str s)
{
    size_t at = 0;
    if (s.n < 12 || memcmp(s.p + 4, "jP  ", 4) != 0)
        return s;
    while (at + 8 <= s.n) {
        uint64_t n = be32(s.p + at);
        if (memcmp(s.p + at + 4, "jp2c", 4) == 0)
            return str_sub(s, at + 8, n > 8 ? (size_t)n - 8 : s.n);
        if (n < 8 || n > s.n - at)
            break;
        at += (size_t)n;
    }
    return s;
}

static bool judge_size(const struct image_format *f, struct str body, struct err *e)
{
    if (body.n < 36 || body.n < 36 + 3 * (size_t)be16(body.p + 34))
        return err_set(e, ERR_STRUCTURE, "its size marker is damaged");
    uint64_t x1 = be32(body.p + 2), y1 = be32(body.p + 6), x0 = be32(body.p + 10), y0 = be32(body.p + 14);
    uint64_t tile_x = be32(body.p + 18), tile_y = be32(body.p + 22);
    if (x1 <= x0 || y1 <= y0 || !tile_x || !tile_y)
        return err_set(e, ERR_STRUCTURE, "its size marker is damaged");
    if (!stream_agrees(f, y1 - y0, x1 - x0, be16(body.p + 34), e))
        return false;
    if (((x1 + tile_x - 1) / tile_x) * ((y1 + tile_y - 1) / tile_y) > TILES_MAX)
        return err_set(e, ERR_TOO_COSTLY, "over %d tiles", TILES_MAX);
    for (unsigned c = 0; c < f->samples; c++)
        if (body.p[37 + 3 * c] != 1 || body.p[38 + 3 * c] != 1)
            return err_set(e, ERR_UNSUPPORTED, "components of different resolution");
    return true;
}

/* Packets are walked one by one, empty ones too: layers times precincts. */
static bool judge_coding(const struct image_format *f, struct str body, struct err *e)
{
    if (body.n < 10)
        return err_set(e, ERR_STRUCTURE, "its coding marker is damaged");
    unsigned layers = be16(body.p + 2), levels = (unsigned char)body.p[5];
    uint64_t packets = 0;
    for (unsigned r = 0; r <= levels && r <= 32; r++) {
        unsigned size = body.p[0] & 1 && 10 + r < body.n ? (unsigned char)body.p[10 + r] : 0xFF;
        unsigned down = levels - r < 31 ? levels - r : 31;
        uint64_t wide = (((uint64_t)f->columns >> down) >> (size & 15)) + 2;
        packets += wide * ((((uint64_t)f->rows >> down) >> (size >> 4)) + 2);
    }
    if (packets * layers * f->samples > PACKETS_MAX)
        return err_set(e, ERR_TOO_COSTLY, "over %d packets", PACKETS_MAX);
    return true;
}

static bool judge(const struct image_format *f, struct str s, struct err *e)
{
    bool sized = false, coded = false;
    size_t at = 2;
    if (s.n < 4 || be16(s.p) != 0xFF4F)
        return err_set(e, ERR_STRUCTURE, "no JPEG 2000 codestream");
    while (at + 4 <= s.n && be16(s.p + at) != SOT) {
        unsigned marker = be16(s.p + at), n = be16(s.p + at + 2);
        if (marker < 0xFF00 || n < 2 || n > s.n - at - 2)
            break;
        struct str body = str_sub(s, at + 4, n - 2);
        if (marker == SIZ && !judge_size(f, body, e))
            return false;
        if (marker == COD && !judge_coding(f, body, e))
            return false;
        sized = sized || marker == SIZ;
        coded = coded || marker == COD;
        at += 2 + n;
    }
    if (at + 2 > s.n || be16(s.p + at) != SOT || !sized || !coded)
        return err_set(e, ERR_STRUCTURE, "its main header is damaged or ends early");
    return true;
}

/* ---- memory as OpenJPEG's stream ---- */

struct reading {
    struct str s;
    size_t at;
};

static OPJ_SIZE_T read_some(void *to, OPJ_SIZE_T n, void *ctx)
{
    struct reading *r = ctx;
    size_t left = r->s.n - r->at, take = n < left ? n : left;
    if (take == 0)
        return (OPJ_SIZE_T)-1;
    memcpy(to, r->s.p + r->at, take);
    r->at += take;
    return take;
}

static OPJ_OFF_T skip_some(OPJ_OFF_T n, void *ctx)
{
    struct reading *r = ctx;
    OPJ_OFF_T left = (OPJ_OFF_T)(r->s.n - r->at);
    if (n < 0 || left == 0)
        return -1;
    OPJ_OFF_T take = n < left ? n : left;
    r->at += (size_t)take;
    return take;
}

static OPJ_BOOL seek_to(OPJ_OFF_T at, void *ctx)
{
    struct reading *r = ctx;
    if (at < 0 || (uint64_t)at > r->s.n)
        return OPJ_FALSE;
    r->at = (size_t)at;
    return OPJ_TRUE;
}

struct writing {
    struct buf *out;
    size_t start, at;
};

/* OpenJPEG goes back to fill in lengths. */
static OPJ_SIZE_T write_some(void *from, OPJ_SIZE_T n, void *ctx)
{
    struct writing *w = ctx;
    size_t have = w->out->n - w->start, over = w->at + n > have ? w->at + n - have : 0;
    if (over && !buf_reserve(w->out, over))
        return (OPJ_SIZE_T)-1;
    if (over)
        buf_grew(w->out, over);
    memcpy(w->out->p + w->start + w->at, from, n);
    w->at += n;
    return n;
}

static OPJ_BOOL write_seek(OPJ_OFF_T at, void *ctx)
{
    struct writing *w = ctx;
    if (at < 0 || (uint64_t)at > w->out->n - w->start)
        return OPJ_FALSE;
    w->at = (size_t)at;
    return OPJ_TRUE;
}

static OPJ_OFF_T write_skip(OPJ_OFF_T n, void *ctx)
{
    struct writing *w = ctx;
    return write_seek((OPJ_OFF_T)w->at + n, ctx) ? n : -1;
}

static void stream_free(opj_stream_t **s)
{
    if (*s)
        opj_stream_destroy(*s);
}

static void codec_free(opj_codec_t **c)
{
    if (*c)
        opj_destroy_codec(*c);
}

static void image_free(opj_image_t **i)
{
    if (*i)
        opj_image_destroy(*i);
}

/* ---- decoding ---- */

static bool take_components(const opj_image_t *image, struct image_frame *ret_frame, struct err *e)
{
    const struct image_format *f = &ret_frame->format;
    size_t pixels = (size_t)f->rows * f->columns;
    if (image->numcomps != f->samples)
        return err_set(e, ERR_STRUCTURE, "its components are not those of the header");
    for (unsigned c = 0; c < f->samples; c++) {
        const opj_image_comp_t *comp = &image->comps[c];
        if (!comp->data || comp->w != f->columns || comp->h != f->rows)
            return err_set(e, ERR_STRUCTURE, "its stream cannot be decoded");
        struct samples s = {comp->data, pixels, 4, comp->prec, c, f->samples};
        if (!samples_put(f, &s, ret_frame->pixels.p, e))
            return false;
    }
    return true;
}

static enum image_photometric outcome(enum image_photometric p)
{
    if (p == IMAGE_YBR_RCT || p == IMAGE_YBR_ICT)
        return IMAGE_RGB;
    return p == IMAGE_YBR_FULL_422 ? IMAGE_YBR_FULL : p;
}

static bool decode_here(const struct image_format *header, struct str stream, struct image_frame *ret_frame,
                        struct err *e)
{
    struct reading from = {stream, 0};
    opj_stream_t *s CLEANUP(stream_free) = opj_stream_create(from.s.n < 65536 ? from.s.n : 65536, OPJ_TRUE);
    opj_codec_t *codec CLEANUP(codec_free) = opj_create_decompress(OPJ_CODEC_J2K);
    opj_image_t *image CLEANUP(image_free) = NULL;
    opj_dparameters_t parameters;
    if (!s || !codec)
        return err_set(e, ERR_INTERNAL, "no decoder");
    opj_stream_set_read_function(s, read_some);
    opj_stream_set_skip_function(s, skip_some);
    opj_stream_set_seek_function(s, seek_to);
    opj_stream_set_user_data(s, &from, NULL);
    opj_stream_set_user_data_length(s, from.s.n);
    opj_set_default_decoder_parameters(&parameters);
    if (!opj_setup_decoder(codec, &parameters) || !opj_decoder_set_strict_mode(codec, OPJ_TRUE) ||
        !opj_read_header(s, codec, &image) || !opj_decode(codec, s, image))
        return err_set(e, ERR_STRUCTURE, "its stream is damaged or ends early");
    ret_frame->format.photometric = outcome(header->photometric);
    return take_components(image, ret_frame, e);
}

bool jpeg2000_decode(const struct image_format *header, struct str stream, struct image_frame *ret_frame, struct err *e)
{
    struct str codestream = codestream_of(stream);
    return judge(header, codestream, e) && decode_apart(&(struct apart){decode_here, header, codestream}, ret_frame, e);
}

/* ---- encoding ---- */

static int32_t cell_get(const struct image_format *f, const char *p)
{
    unsigned v = (unsigned char)p[0] | (f->allocated == 16 ? (unsigned)(unsigned char)p[1] << 8 : 0);
    if (!f->is_signed)
        return (int32_t)v;
    return f->allocated == 16 ? (int16_t)v : (int8_t)v;
}

static opj_image_t *image_of(const struct image_frame *frame)
{
    const struct image_format *f = &frame->format;
    opj_image_cmptparm_t parts[3] = {{0}};
    unsigned precision = samples_precision(frame);
    for (unsigned c = 0; c < f->samples; c++) {
        parts[c].dx = parts[c].dy = 1;
        parts[c].w = f->columns;
        parts[c].h = f->rows;
        parts[c].prec = precision;
        parts[c].sgnd = f->is_signed;
    }
    opj_image_t *image = opj_image_create(f->samples, parts, f->samples == 3 ? OPJ_CLRSPC_SRGB : OPJ_CLRSPC_GRAY);
    if (!image)
        return NULL;
    image->x1 = f->columns;
    image->y1 = f->rows;
    size_t pixels = (size_t)f->rows * f->columns, bytes = f->allocated / 8;
    for (unsigned c = 0; c < f->samples; c++)
        for (size_t i = 0; i < pixels; i++)
            image->comps[c].data[i] = cell_get(f, frame->pixels.p + (i * f->samples + c) * bytes);
    return image;
}

static void set_parameters(const struct encoding *x, bool lossy, opj_cparameters_t *ret)
{
    const struct image_format *f = &x->frame->format;
    uint32_t shortest = f->rows < f->columns ? f->rows : f->columns;
    opj_set_default_encoder_parameters(ret);
    while (ret->numresolution > 1 && (1u << (ret->numresolution - 1)) > shortest)
        ret->numresolution--;
    ret->tcp_numlayers = 1;
    ret->cp_disto_alloc = 1;
    ret->tcp_rates[0] = lossy ? (float)x->quality.ratio : 0;
    ret->irreversible = lossy;
    ret->tcp_mct = f->samples == 3 && f->photometric == IMAGE_RGB;
}

static bool compress(const struct encoding *x, bool lossy, struct writing *to)
{
    opj_stream_t *s CLEANUP(stream_free) = opj_stream_create(65536, OPJ_FALSE);
    opj_codec_t *codec CLEANUP(codec_free) = opj_create_compress(OPJ_CODEC_J2K);
    opj_image_t *image CLEANUP(image_free) = image_of(x->frame);
    opj_cparameters_t parameters;
    if (!s || !codec || !image)
        return false;
    set_parameters(x, lossy, &parameters);
    opj_stream_set_write_function(s, write_some);
    opj_stream_set_skip_function(s, write_skip);
    opj_stream_set_seek_function(s, write_seek);
    opj_stream_set_user_data(s, to, NULL);
    return opj_setup_encoder(codec, &parameters, image) && opj_start_compress(codec, image, s) &&
           opj_encode(codec, s) && opj_end_compress(codec, s);
}

bool jpeg2000_encode(const struct encoding *x, struct buf *ret_stream, struct image_format *ret_format, struct err *e)
{
    const struct image_format *f = &x->frame->format;
    bool lossy = x->codec->loss == IMAGE_MAY_LOSE && x->quality.lossy;
    struct writing to = {ret_stream, ret_stream->n, 0};
    if (!samples_encodable(x->frame, e))
        return false;
    if (lossy && f->photometric == IMAGE_PALETTE)
        return err_set(e, ERR_UNSUPPORTED, "lossy compression takes no palette colours");
    if (f->samples == 3 && f->photometric == IMAGE_RGB)
        ret_format->photometric = lossy ? IMAGE_YBR_ICT : IMAGE_YBR_RCT;
    return compress(x, lossy, &to) ? buf_ok(ret_stream, e) : err_set(e, ERR_PROCESSING, "the frame cannot be encoded");
}

/* Lengths of the tile parts, which is one, in the main header (PS3.5 10.18 asks for them, OpenJPH 0.9 writes none). */
static bool insert_tile_lengths(const struct buf *from, struct buf *out, struct err *e)
{
    size_t at = 2;
    while (at + 12 <= from->n && be16(from->p + at) != SOT)
        at += 2 + be16(from->p + at + 2);
    if (at + 12 > from->n)
        return err_set(e, ERR_INTERNAL, "the encoder wrote no tile");
    buf_put(out, from->p, at);
    buf_put(out, "\xFF\x55\x00\x09\x00\x50\x00", 7);
    buf_put(out, from->p + at + 6, 4);
    buf_put(out, from->p + at, from->n - at);
    return buf_ok(out, e);
}

bool htj2k_encode(const struct encoding *x, struct buf *ret_stream, struct image_format *ret_format, struct err *e)
{
    const struct image_format *f = &x->frame->format;
    if (!samples_encodable(x->frame, e))
        return false;
    struct dicom_htj2k h = {.rows = f->rows,
                            .columns = f->columns,
                            .samples = (int)f->samples,
                            .bytes = (int)f->allocated / 8,
                            .precision = (int)samples_precision(x->frame),
                            .is_signed = f->is_signed,
                            .colour_transform = f->samples == 3 && f->photometric == IMAGE_RGB};
    struct buf stream CLEANUP(buf_release);
    buf_init(&stream, ret_stream->ceiling);
    if (h.colour_transform)
        ret_format->photometric = IMAGE_YBR_RCT;
    return dicom_htj2k_encode(&h, x->frame->pixels.p, &stream, e) && insert_tile_lengths(&stream, ret_stream, e);
}
