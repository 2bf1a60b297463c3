#include "dicom/image/file_priv.h"

#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

enum { PIECE = 64 * 1024, PIXEL_DATA = 0x7FE00010, FLOAT_DATA = 0x7FE00008, DOUBLE_DATA = 0x7FE00009 };

static bool feed_guard(struct image_file *f, struct dicom_guard *g, char *piece, struct err *e)
{
    for (uint64_t at = 0; !dicom_guard_done(g);) {
        struct source plain = f->source; /* the guard inflates by itself */
        size_t got;
        plain.inflater = NULL;
        if (!source_read(&plain, at, piece, PIECE, &got, e))
            return false;
        if (got == 0)
            break;
        if (!dicom_guard_feed(g, piece, got, e))
            return false;
        at += got;
    }
    return dicom_guard_done(g) || dicom_guard_end(g, e);
}

static bool read_header(struct image_file *f, struct err *e)
{
    struct dicom_guard *g = dicom_guard_new(f->meta.transfer_syntax, NULL, e);
    char *piece = arena_alloc(&f->arena, PIECE);
    bool ok = g && feed_guard(f, g, piece, e);
    if (ok && dicom_guard_facts(g)->header_cut)
        ok = err_set(e, ERR_TOO_LARGE, "header before the pixels");
    if (ok) {
        f->bulk = *dicom_guard_facts(g);
        str_copy(f->header_syntax, sizeof f->header_syntax, str_of(dicom_guard_syntax(g)));
        f->header = dicom_dataset_parse(dicom_guard_header(g), dicom_guard_syntax(g), e);
        ok = f->header != NULL;
    }
    dicom_guard_free(g);
    return ok;
}

/* The VR stands before the length, where it is explicit; otherwise the tag tells. */
static bool read_bulk_vr(struct image_file *f, struct err *e)
{
    char vr[3] = "OW";
    if (f->bulk.bulk_tag == FLOAT_DATA)
        memcpy(vr, "OF", 2);
    if (f->bulk.bulk_tag == DOUBLE_DATA)
        memcpy(vr, "OD", 2);
    if (f->bulk.bulk_tag == 0x00420011)
        memcpy(vr, "OB", 2);
    if (strcmp(f->header_syntax, DICOM_IMPLICIT_LE) != 0 &&
        !source_read_all(&f->source, f->bulk.bulk_offset - 8, vr, 2, e))
        return false;
    memcpy(f->bulk_vr, vr, sizeof vr);
    return true;
}

static bool read_pixels(struct image_file *f, struct err *e)
{
    const struct dicom_item *root = dicom_dataset_root(f->header);
    uint32_t tag = f->bulk.bulk_tag;
    if (!tag || !read_bulk_vr(f, e))
        return !tag;
    f->encapsulated = f->bulk.bulk_length == 0xFFFFFFFF;
    if (!image_codec_find(f->meta.transfer_syntax)) /* video: no frames to be had, but the object can be copied */
        return true;
    f->pixels = tag == PIXEL_DATA || tag == FLOAT_DATA || tag == DOUBLE_DATA;
    if (!f->pixels)
        return !f->encapsulated || err_set(e, ERR_STRUCTURE, "a document in fragments");
    if (!image_format_read(root, &f->format, e))
        return false;
    f->format.floating = tag != PIXEL_DATA;
    if (strcmp(f->header_syntax, DICOM_IMPLICIT_LE) == 0 && tag == PIXEL_DATA && f->format.allocated <= 8)
        memcpy(f->bulk_vr, "OB", 2);
    f->index.frames = f->format.frames;
    if (f->encapsulated)
        return frame_index_read(&f->source, root, f->bulk.bulk_offset, &f->arena, &f->index, e);
    if (image_codec_find(f->meta.transfer_syntax) && dicom_transfer_syntax_encapsulated(f->meta.transfer_syntax))
        return err_set(e, ERR_STRUCTURE, "pixel data without fragments in an encapsulated transfer syntax");
    return true;
}

static bool open_file(struct image_file *f, int fd, struct err *e)
{
    struct stat st;
    char *beginning = arena_alloc(&f->arena, PIECE);
    size_t got;
    if (fstat(fd, &st) < 0)
        return err_errno(e, ERR_INTERNAL, "look at a stored file");
    source_init(&f->source, fd, 0, (uint64_t)st.st_size, false);
    if (!source_read(&f->source, 0, beginning, PIECE, &got, e) ||
        !dicom_part10_parse((struct str){beginning, got}, &f->meta, e))
        return false;
    uint64_t base = f->meta.dataset_offset, size = (uint64_t)st.st_size - base;
    source_init(&f->source, fd, base, size, strcmp(f->meta.transfer_syntax, DICOM_DEFLATED_LE) == 0);
    f->big_endian = strcmp(f->meta.transfer_syntax, DICOM_EXPLICIT_BE) == 0;
    return read_header(f, e) && read_pixels(f, e);
}

struct image_file *image_file_open(int fd, struct err *e)
{
    struct image_file *f = mem_zalloc(sizeof *f);
    arena_init(&f->arena);
    if (open_file(f, fd, e))
        return f;
    image_file_free(f);
    return NULL;
}

void image_file_free(struct image_file *f)
{
    if (!f)
        return;
    dicom_dataset_free(f->header);
    source_release(&f->source);
    arena_release(&f->arena);
    mem_free(f);
}

const struct image_format *image_file_format(const struct image_file *f)
{
    return &f->format;
}

const struct dicom_part10 *image_file_meta(const struct image_file *f)
{
    return &f->meta;
}

struct dicom_dataset *image_file_header(struct image_file *f)
{
    return f->header;
}

unsigned image_file_unit(const struct image_file *f)
{
    if (strcmp(f->bulk_vr, "OF") == 0 || strcmp(f->bulk_vr, "OL") == 0)
        return 4;
    if (strcmp(f->bulk_vr, "OD") == 0 || strcmp(f->bulk_vr, "OV") == 0)
        return 8;
    if (strcmp(f->bulk_vr, "OW") != 0)
        return 1;
    return f->pixels && f->format.allocated == 32 ? 4 : 2;
}

void image_swap(char *p, size_t n, unsigned unit)
{
    for (size_t at = 0; unit > 1 && at + unit <= n; at += unit)
        for (unsigned k = 0; k < unit / 2; k++) {
            char c = p[at + k];
            p[at + k] = p[at + unit - 1 - k];
            p[at + unit - 1 - k] = c;
        }
}

bool image_file_bulk_end(struct image_file *f, uint64_t *ret_end, struct err *e)
{
    if (f->encapsulated)
        return frame_index_end(&f->source, &f->index, f->bulk.bulk_offset, ret_end, e);
    *ret_end = f->bulk.bulk_offset + f->bulk.bulk_length;
    return true;
}

/* Frames of single bits begin anywhere in a byte. */
static void shift_down(char *p, size_t n, unsigned bits, uint64_t used)
{
    for (size_t i = 0; bits && i < n; i++) {
        unsigned high = i + 1 < n ? (unsigned char)p[i + 1] : 0;
        p[i] = (char)((unsigned char)p[i] >> bits | high << (8 - bits));
    }
    if (used % 8)
        p[used / 8] = (char)((unsigned char)p[used / 8] & ((1u << used % 8) - 1));
}

static bool read_native(struct image_file *f, uint64_t frame, struct buf *ret_stream, struct err *e)
{
    uint64_t bits = image_native_bits(&f->format), unit = f->big_endian ? image_file_unit(f) : 1;
    if (bits && frame > (UINT64_MAX / bits) / 2)
        return err_set(e, ERR_STRUCTURE, "the object ends before its pixels do");
    uint64_t first = frame * bits / 8, end = ((frame + 1) * bits + 7) / 8;
    if (end > f->bulk.bulk_length)
        return err_set(e, ERR_STRUCTURE, "pixel data is shorter than its header says");
    uint64_t from = first - first % unit, to = (end + unit - 1) / unit * unit;
    size_t n = (size_t)(to - from), start = ret_stream->n;
    if (!source_holds(&f->source, f->bulk.bulk_offset + from, n))
        return err_set(e, ERR_STRUCTURE, "the object ends before its pixels do");
    char *p = buf_reserve(ret_stream, n);
    if (!p)
        return buf_ok(ret_stream, e);
    if (!source_read_all(&f->source, f->bulk.bulk_offset + from, p, n, e))
        return false;
    image_swap(p, n, f->big_endian ? (unsigned)unit : 1);
    memmove(p, p + (first - from), (size_t)(end - first));
    shift_down(p, (size_t)(end - first), frame * bits % 8, bits % 8 ? bits : 0);
    ret_stream->n = start;
    buf_grew(ret_stream, (size_t)((bits + 7) / 8));
    return true;
}

/* The fragments of a frame lie one behind the other: read with the heads between them, which then go. */
static bool read_fragments(struct image_file *f, uint64_t frame, struct buf *ret_stream, struct err *e)
{
    size_t from, to;
    frame_index_span(&f->index, frame, &from, &to);
    const struct fragment *all = f->index.fragments;
    uint64_t first = all[from].offset, end = all[to - 1].offset + all[to - 1].length;
    if (!source_holds(&f->source, first, end - first))
        return err_set(e, ERR_STRUCTURE, "the object ends before its pixels do");
    size_t n = (size_t)(end - first), at = 0;
    char *p = buf_reserve(ret_stream, n);
    if (!p)
        return buf_ok(ret_stream, e);
    if (!source_read_all(&f->source, first, p, n, e))
        return false;
    for (size_t k = from; k < to; k++) {
        memmove(p + at, p + (all[k].offset - first), all[k].length);
        at += all[k].length;
    }
    buf_grew(ret_stream, at);
    return true;
}

bool image_file_read(struct image_file *f, uint64_t frame, struct buf *ret_stream, struct err *e)
{
    if (frame >= f->format.frames)
        return err_set(e, ERR_NOT_FOUND, "no frame %llu", (unsigned long long)frame + 1);
    return f->encapsulated ? read_fragments(f, frame, ret_stream, e) : read_native(f, frame, ret_stream, e);
}

bool image_file_decode(struct image_file *f, uint64_t frame, struct image_frame *ret_frame, struct err *e)
{
    struct buf stream CLEANUP(buf_release);
    buf_init(&stream, IMAGE_FRAME_MAX + 1024);
    return image_file_read(f, frame, &stream, e) &&
           image_decode(f->meta.transfer_syntax, &f->format, buf_view(&stream), ret_frame, e);
}
