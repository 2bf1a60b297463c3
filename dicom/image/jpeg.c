/* JPEG frames. The stream's markers are read here first: the library below takes their numbers for true, and the colour
 * space is a matter of several of them (PS3.5 8.2.1). */
#include "dicom/image/image_priv.h"

#include <string.h>

enum { SCANS_MAX = 100, SOF_LOSSLESS = 0xC3 };

struct jpeg_facts {
    unsigned sof, precision, rows, columns, components, scans;
    bool subsampled, jfif, rgb_ids, ended;
    int adobe; /* the transform its marker names; -1 without */
};

static unsigned be16(const char *p)
{
    return (unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static void take_frame_header(struct str body, struct jpeg_facts *ret)
{
    const unsigned char *u = (const unsigned char *)body.p;
    if (body.n < 6 || body.n < 6 + 3 * (size_t)u[5])
        return;
    ret->precision = u[0];
    ret->rows = be16(body.p + 1);
    ret->columns = be16(body.p + 3);
    ret->components = u[5];
    for (unsigned i = 0; i < u[5]; i++)
        ret->subsampled = ret->subsampled || u[6 + 3 * i + 1] != u[7];
    ret->rgb_ids = u[5] == 3 && u[6] == 'R' && u[9] == 'G' && u[12] == 'B';
}

static void take_segment(unsigned marker, struct str body, struct jpeg_facts *ret)
{
    bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame && !ret->sof) {
        ret->sof = marker;
        take_frame_header(body, ret);
    }
    if (marker == 0xE0 && body.n >= 5 && memcmp(body.p, "JFIF", 5) == 0)
        ret->jfif = true;
    if (marker == 0xEE && body.n >= 12 && memcmp(body.p, "Adobe", 5) == 0)
        ret->adobe = (unsigned char)body.p[11];
}

/* In entropy-coded bytes an FF is followed by 00 or a restart marker, so these are scans. */
static unsigned count_scans(struct str rest)
{
    unsigned n = 0;
    const char *p = rest.p, *end = rest.p + rest.n;
    while (n <= SCANS_MAX && p + 1 < end && (p = memchr(p, 0xFF, (size_t)(end - p - 1))) != NULL)
        n += (unsigned char)*++p == 0xDA;
    return n;
}

static bool ends_as_image(struct str s)
{
    while (s.n && (s.p[s.n - 1] == '\0' || (unsigned char)s.p[s.n - 1] == 0xFF))
        s.n--;
    return s.n >= 2 && (unsigned char)s.p[s.n - 1] == 0xD9 && (unsigned char)s.p[s.n - 2] == 0xFF;
}

/* The markers up to the first scan. */
static bool read_markers(struct str s, struct jpeg_facts *ret, struct err *e)
{
    *ret = (struct jpeg_facts){.adobe = -1, .ended = ends_as_image(s)};
    if (s.n < 4 || be16(s.p) != 0xFFD8)
        return err_set(e, ERR_STRUCTURE, "no JPEG stream");
    size_t at = 2;
    while (at + 4 <= s.n) {
        unsigned marker = (unsigned char)s.p[at + 1];
        if ((unsigned char)s.p[at] != 0xFF || marker == 0xFF || marker == 0) {
            at++;
            continue;
        }
        if (marker == 0xDA) {
            ret->scans = count_scans(str_sub(s, at, s.n - at));
            return true;
        }
        size_t n = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7) ? 0 : be16(s.p + at + 2);
        if (n > s.n - at - 2 || n == 1)
            break;
        if (n >= 2)
            take_segment(marker, str_sub(s, at + 4, n - 2), ret);
        at += 2 + n;
    }
    return err_set(e, ERR_STRUCTURE, "its stream has no scan");
}

static bool judge(const struct image_format *f, const struct jpeg_facts *j, struct err *e)
{
    if (!j->sof || !stream_agrees(f, j->rows, j->columns, j->components, e))
        return j->sof ? false : err_set(e, ERR_STRUCTURE, "its stream has no frame header");
    if (j->components != 1 && j->components != 3)
        return err_set(e, ERR_UNSUPPORTED, "%u components", j->components);
    if (j->precision < 2 || j->precision > 16 || (j->sof == SOF_LOSSLESS && j->subsampled))
        return err_set(e, ERR_STRUCTURE, "its frame header is damaged");
    if (j->scans > SCANS_MAX)
        return err_set(e, ERR_TOO_COSTLY, "over %d scans", SCANS_MAX);
    return j->ended || err_set(e, ERR_STRUCTURE, "its stream ends early");
}

/* Headers and streams disagree in practice: what the stream says of itself goes first. */
static bool is_ycbcr(const struct image_format *f, const struct jpeg_facts *j)
{
    if (j->components != 3 || j->sof == SOF_LOSSLESS)
        return false;
    if (j->adobe >= 0)
        return j->adobe == 1;
    if (j->rgb_ids)
        return false;
    return j->subsampled || j->jfif || f->photometric != IMAGE_RGB;
}

static enum image_photometric outcome(const struct image_format *f, const struct jpeg_facts *j)
{
    if (j->components != 3)
        return f->photometric;
    if (j->sof != SOF_LOSSLESS)
        return IMAGE_RGB;
    return f->photometric == IMAGE_YBR_FULL_422 ? IMAGE_YBR_FULL : f->photometric;
}

bool jpeg_decode(const struct image_format *header, struct str stream, struct image_frame *ret_frame, struct err *e)
{
    struct jpeg_facts facts;
    if (!read_markers(stream, &facts, e) || !judge(header, &facts, e))
        return false;
    struct dicom_jpeg j = {.rows = (uint16_t)facts.rows,
                           .columns = (uint16_t)facts.columns,
                           .samples = (int)facts.components,
                           .precision = (int)facts.precision,
                           .is_signed = header->is_signed,
                           .ybr = is_ycbcr(header, &facts)};
    unsigned bytes = facts.precision > 8 ? 2 : 1;
    size_t count = (size_t)facts.rows * facts.columns * facts.components;
    struct buf wide CLEANUP(buf_release);
    buf_init(&wide, 2 * IMAGE_FRAME_MAX);
    char *to = bytes * 8 == header->allocated ? ret_frame->pixels.p : buf_reserve(&wide, count * bytes);
    if (!to || !dicom_jpeg_decode(&j, stream, to, count * bytes, e))
        return to ? false : buf_ok(&wide, e);
    struct samples s = {to, count, bytes, facts.precision, 0, 1};
    ret_frame->format.photometric = outcome(header, &facts);
    return samples_put(header, &s, ret_frame->pixels.p, e);
}

static bool lossy_fits(const struct encoding *x, unsigned precision, bool extended, struct err *e)
{
    const struct image_format *f = &x->frame->format;
    if (f->is_signed)
        return err_set(e, ERR_UNSUPPORTED, "lossy JPEG takes no signed pixels");
    if (f->photometric == IMAGE_PALETTE)
        return err_set(e, ERR_UNSUPPORTED, "lossy compression takes no palette colours");
    if (f->allocated == 8 || (extended && precision <= 12 && f->samples == 1))
        return true;
    return err_set(e, ERR_UNSUPPORTED, "lossy JPEG takes %s", extended ? "12 bits at most" : "8 bits");
}

bool jpeg_encode(const struct encoding *x, struct buf *ret_stream, struct image_format *ret_format, struct err *e)
{
    const struct image_frame *frame = x->frame;
    const struct image_format *f = &frame->format;
    bool lossy = x->codec->loss == IMAGE_LOSES, extended = strcmp(x->codec->uid, "1.2.840.10008.1.2.4.51") == 0;
    if (!samples_encodable(frame, e) || (lossy && !lossy_fits(x, samples_precision(frame), extended, e)))
        return false;
    struct dicom_jpeg j = {.rows = (uint16_t)f->rows,
                           .columns = (uint16_t)f->columns,
                           .samples = (int)f->samples,
                           .precision = f->allocated == 8 ? 8
                                        : lossy           ? 12
                                                          : 16,
                           .is_signed = f->is_signed,
                           .ybr = f->photometric == IMAGE_YBR_FULL,
                           .process = !lossy     ? DICOM_JPEG_LOSSLESS
                                      : extended ? DICOM_JPEG_EXTENDED
                                                 : DICOM_JPEG_BASELINE,
                           .quality = x->quality.jpeg};
    if (lossy && f->samples == 3)
        ret_format->photometric = IMAGE_YBR_FULL_422;
    return dicom_jpeg_encode(&j, frame->pixels.p, ret_stream, e);
}
