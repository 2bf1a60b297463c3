/* Pixels of stored objects, one frame at a time: what a header says of them (struct image_format), where each frame
 * lies in a file (struct image_file), decoding and encoding a frame on plain bytes. transcode.h rewrites whole objects.
 * Plain pixels are little endian, samples interleaved, YBR_FULL_422 spread to YBR_FULL, one bit a pixel packed from the
 * lowest bit of the first byte. Owner: each struct says. Threads: any number, one at a time per struct. Cost: memory
 * for one frame (four times as much where JPEG 2000 is involved) and the header; never the object. */
#ifndef DICOM_IMAGE_IMAGE_H
#define DICOM_IMAGE_IMAGE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "dicom/shim/shim.h"

#define IMAGE_FRAME_MAX ((uint64_t)512 << 20) /* a plain frame over this is refused: TOO_LARGE */

enum image_photometric {
    IMAGE_PHOTOMETRIC_OTHER,
#define PHOTOMETRIC(name, term, samples) IMAGE_##name,
#include "dicom/image/photometrics.def"
#undef PHOTOMETRIC
};

struct image_format {
    uint32_t rows, columns;
    unsigned samples, allocated, stored, high_bit;
    bool is_signed, planar, floating;
    enum image_photometric photometric;
    uint64_t frames;
};

/* From a header; what is missing and can be derived is. REQUIRED, INVALID, TOO_LARGE: nothing reads pixels by it. */
bool image_format_read(const struct dicom_item *header, struct image_format *ret_format, struct err *e);
/* As image_format_read judges: for formats from elsewhere. */
bool image_format_check(const struct image_format *f, struct err *e);
/* Bits of one frame as uncompressed objects store it; bytes of one as it is plain. */
uint64_t image_native_bits(const struct image_format *f);
uint64_t image_frame_bytes(const struct image_format *f);
/* "YBR_FULL_422"; "" for IMAGE_PHOTOMETRIC_OTHER. */
const char *image_photometric_term(enum image_photometric p);

/* ---- one frame ---- */

struct image_frame {
    struct image_format format; /* of pixels: decoding may change photometric interpretation and planar configuration */
    struct buf pixels;
};
void image_frame_init(struct image_frame *f);
void image_frame_release(struct image_frame *f);

enum image_loss { IMAGE_LOSSLESS, IMAGE_MAY_LOSE, IMAGE_LOSES };

/* One row of codecs.def. */
struct image_codec {
    const char *uid, *name;
    enum image_loss loss;
    const char *method; /* (0028,2114) once something was lost; "" */
};
/* NULL for a syntax that is not decoded here. */
const struct image_codec *image_codec_find(const char *transfer_syntax);
const struct image_codec *image_codec(size_t i); /* NULL behind the last */
bool image_codec_encodes(const char *transfer_syntax);

/* Decode a frame: stream is its bytes, fragments joined; of uncompressed syntaxes, a frame in little endian that begins
 * on a byte. format is the header's. UNSUPPORTED: no decoder; STRUCTURE: the stream is damaged, ends early or
 * contradicts the header; TOO_LARGE. ret_frame must be initialised; it may be used again. */
bool image_decode(const char *transfer_syntax, const struct image_format *format, struct str stream,
                  struct image_frame *ret_frame, struct err *e);

/* How much may be lost; zeros are the defaults. Without lossy nothing is lost whatever the syntax allows. */
struct image_quality {
    bool lossy;
    int jpeg;     /* JPEG: 1 to 100; default 90 */
    int near;     /* JPEG-LS: most a sample may differ; default 2 */
    double ratio; /* JPEG 2000: original to compressed size; default 10 */
};
/* Encode a plain frame. Appends the stream (of even length); ret_format is what the header has to say of it.
 * UNSUPPORTED: this syntax does not take these pixels; PROCESSING: the syntax only loses and lossy is not set. */
bool image_encode(const char *transfer_syntax, const struct image_frame *frame, const struct image_quality *quality,
                  struct buf *ret_stream, struct image_format *ret_format, struct err *e);

/* Colour a viewer can show: YBR_FULL and palette colours become RGB; others stay. palette may be NULL. */
struct image_palette;
/* Of a PALETTE COLOR image's header, segmented tables too; belongs to the arena. STRUCTURE when a table is too short.
 */
struct image_palette *image_palette_read(const struct dicom_item *header, struct arena *a, struct err *e);
/* Values outside the tables take their first or last entry (PS3.3 C.7.6.3.1.5). */
bool image_to_rgb(const struct image_palette *palette, struct image_frame *frame, struct err *e);

/* ---- the frames of a stored object ---- */

struct image_file;
/* Read header and fragment table of a DICOM file; fd is borrowed and stays open. Objects without pixels open too, with
 * no frames. */
struct image_file *image_file_open(int fd, struct err *e);
void image_file_free(struct image_file *f);
const struct image_format *image_file_format(const struct image_file *f); /* frames is 0 without pixels */
const struct dicom_part10 *image_file_meta(const struct image_file *f);
/* The elements before the pixels; borrowed. */
struct dicom_dataset *image_file_header(struct image_file *f);
/* The frame (from 0) as stored, fragments joined, or as image_decode takes it: one pread unless its fragments lie
 * apart. Appends. NOT_FOUND: no such frame; STRUCTURE: the file ends before its end. */
bool image_file_read(struct image_file *f, uint64_t frame, struct buf *ret_stream, struct err *e);
bool image_file_decode(struct image_file *f, uint64_t frame, struct image_frame *ret_frame, struct err *e);

#endif
