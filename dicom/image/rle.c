/* RLE (PS3.5 G): a segment for each byte of each sample, the highest byte first, packed as PackBits. */
#include "dicom/image/image_priv.h"

#include <string.h>

enum { HEADER = 64, SEGMENTS_MAX = 15 };

static uint32_t le32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

/* Where a segment's bytes go: every step-th byte from p on. */
struct plane {
    char *p;
    size_t n, step;
};

static bool unpack(struct str s, const struct plane *to)
{
    size_t at = 0, out = 0;
    while (out < to->n && at < s.n) {
        int code = (signed char)s.p[at++];
        if (code == -128)
            continue;
        size_t run = code < 0 ? (size_t)(1 - code) : (size_t)(code + 1);
        bool same = code < 0;
        if (at + (same ? 1 : run) > s.n)
            return false;
        if (run > to->n - out)
            run = to->n - out;
        for (size_t k = 0; k < run; k++)
            to->p[(out + k) * to->step] = s.p[at + (same ? 0 : k)];
        at += same ? 1 : (size_t)(code + 1);
        out += run;
    }
    return out == to->n;
}

/* The bytes of a segment: up to the next one's beginning. */
static bool segment_of(struct str stream, uint32_t i, uint32_t count, struct str *ret)
{
    size_t from = le32(stream.p + 4 + 4 * (size_t)i);
    size_t to = i + 1 < count ? le32(stream.p + 8 + 4 * (size_t)i) : stream.n;
    if (from < HEADER || from > to || to > stream.n)
        return false;
    *ret = (struct str){stream.p + from, to - from};
    return true;
}

bool rle_decode(const struct image_format *header, struct str stream, struct image_frame *ret_frame, struct err *e)
{
    unsigned bytes = header->allocated == 1 ? 1 : header->allocated / 8;
    uint32_t count = stream.n >= HEADER ? le32(stream.p) : 0;
    if (count != header->samples * bytes || count > SEGMENTS_MAX)
        return err_set(e, ERR_STRUCTURE, "its number of segments is not that of the bytes of a pixel");
    size_t n = header->allocated == 1 ? ret_frame->pixels.n : (size_t)header->rows * header->columns;
    for (uint32_t i = 0; i < count; i++) {
        struct str segment;
        size_t place = (size_t)(i / bytes) * bytes + (bytes - 1 - i % bytes);
        struct plane to = {ret_frame->pixels.p + place, n, count};
        if (!segment_of(stream, i, count, &segment) || !unpack(segment, &to))
            return err_set(e, ERR_STRUCTURE, "segment %u is damaged or ends early", i + 1);
    }
    if (ret_frame->format.photometric == IMAGE_YBR_FULL_422)
        ret_frame->format.photometric = IMAGE_YBR_FULL;
    return true;
}

static size_t run_at(const char *row, size_t at, size_t n, size_t step)
{
    size_t k = 1;
    while (k < 128 && at + k < n && row[(at + k) * step] == row[at * step])
        k++;
    return k;
}

/* One row of a plane, which no run crosses. */
static void pack_row(const char *row, size_t n, size_t step, struct buf *out)
{
    for (size_t at = 0; at < n;) {
        size_t run = run_at(row, at, n, step);
        if (run > 1) {
            buf_putc(out, (char)(1 - (int)run));
            buf_putc(out, row[at * step]);
            at += run;
            continue;
        }
        size_t literal = 1;
        while (literal < 128 && at + literal < n && run_at(row, at + literal, n, step) < 3)
            literal++;
        buf_putc(out, (char)(literal - 1));
        for (size_t k = 0; k < literal; k++)
            buf_putc(out, row[(at + k) * step]);
        at += literal;
    }
}

static void header_put(char *header, unsigned i, size_t value)
{
    for (unsigned k = 0; k < 4; k++)
        header[4 * i + k] = (char)(value >> 8 * k);
}

bool rle_encode(const struct encoding *x, struct buf *ret_stream, struct image_format *ret_format, struct err *e)
{
    const struct image_format *f = ret_format;
    unsigned bytes = f->allocated == 1 ? 1 : f->allocated / 8, count = f->samples * bytes;
    if (count > SEGMENTS_MAX)
        return err_set(e, ERR_UNSUPPORTED, "over 15 bytes a pixel");
    size_t columns = f->allocated == 1 ? x->frame->pixels.n : f->columns, rows = f->allocated == 1 ? 1 : f->rows;
    size_t start = ret_stream->n;
    char header[HEADER] = {0};
    header_put(header, 0, count);
    buf_put(ret_stream, header, sizeof header);
    for (unsigned i = 0; i < count && !ret_stream->failed; i++) {
        size_t place = (size_t)(i / bytes) * bytes + (bytes - 1 - i % bytes);
        header_put(header, 1 + i, ret_stream->n - start);
        for (size_t row = 0; row < rows; row++)
            pack_row(x->frame->pixels.p + row * columns * count + place, columns, count, ret_stream);
        stream_even(ret_stream);
    }
    if (!buf_ok(ret_stream, e))
        return false;
    memcpy(ret_stream->p + start, header, sizeof header);
    return true;
}
