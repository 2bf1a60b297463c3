/* What the codecs share: the form of their functions, and how samples become cells of the format.
 * Threads: any, values only. */
#ifndef DICOM_IMAGE_IMAGE_PRIV_H
#define DICOM_IMAGE_IMAGE_PRIV_H

#include "dicom/image/image.h"

/* A decoder finds in ret_frame the header's format, with planar false, and room for image_frame_bytes of it in pixels
 * (n is set already); it fills the room and corrects the format. */
typedef bool decode_fn(const struct image_format *header, struct str stream, struct image_frame *ret_frame,
                       struct err *e);

/* Run a decoder in a child process with limited processor time: Debian's OpenJPEG is built with assertions that damaged
 * high-throughput streams reach, and CharLS counts bits that are not there for seconds. STRUCTURE when it did not
 * survive. Costs a fork and a copy of the pixels. */
struct apart {
    decode_fn *decode;
    const struct image_format *header;
    struct str stream;
};
bool decode_apart(const struct apart *x, struct image_frame *ret_frame, struct err *e);

struct encoding {
    const struct image_codec *codec;
    const struct image_frame *frame;
    struct image_quality quality; /* defaults filled in */
};
/* An encoder appends its stream; ret_format is the frame's and may be corrected. */
typedef bool encode_fn(const struct encoding *x, struct buf *ret_stream, struct image_format *ret_format,
                       struct err *e);

#define CODEC(uid, name, loss, method, decoder, encoder) decode_fn decoder;
#include "dicom/image/codecs.def"
#undef CODEC
encode_fn native_encode, rle_encode, jpeg_encode, jpegls_encode, jpeg2000_encode, htj2k_encode;

/* Samples as a library hands them out. */
struct samples {
    const void *p; /* may be the cells themselves where the sizes agree */
    size_t count;
    unsigned bytes;     /* 1, 2 or 4 each, in the machine's order */
    unsigned precision; /* significant bits */
    size_t first, step; /* the cell of the first one, and how many cells on the next one is; 0, 1 when interleaved */
};
/* Put samples into cells of allocated bits, extended by their sign where the format says signed. STRUCTURE when the
 * precision does not fit. */
bool samples_put(const struct image_format *f, const struct samples *s, char *cells, struct err *e);
/* Bits of each sample an encoder has to keep: stored if everything above is clear (or repeats the sign), else all. */
unsigned samples_precision(const struct image_frame *f);
/* The pixels of a frame are whole cells of 8 or 16 bits with one or three samples. */
bool samples_encodable(const struct image_frame *f, struct err *e);
/* Colour-by-plane to colour-by-pixel; bytes is the cell's size. */
void samples_interleave(const char *planes, size_t pixels, unsigned samples, unsigned bytes, char *ret_cells);
/* Make a stream's length even. */
void stream_even(struct buf *b);
/* The stream's numbers are the header's: rows, columns, samples. */
bool stream_agrees(const struct image_format *f, uint64_t rows, uint64_t columns, uint64_t samples, struct err *e);

#endif
