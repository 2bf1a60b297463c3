/* Which fragments make each frame of encapsulated pixel data (PS3.5 A.4). Owner: the arena given. Threads: one at a
 * time. Cost: one small read a fragment, none when there is an Extended Offset Table. */
#ifndef DICOM_IMAGE_INDEX_PRIV_H
#define DICOM_IMAGE_INDEX_PRIV_H

#include "dicom/image/image.h"
#include "dicom/image/source_priv.h"

enum { INDEX_FRAGMENTS_MAX = 4 << 20 };

struct fragment {
    uint64_t offset; /* of its bytes in the data set */
    uint32_t length;
};

struct frame_index {
    uint64_t frames;
    struct fragment *fragments;
    size_t count;
    uint32_t *first; /* the first fragment of each frame, and count behind the last; NULL: one each */
};

/* index->frames is set: what the header says. value: where the pixel data's value begins. STRUCTURE: fragments damaged,
 * or not to be told apart by frame. */
bool frame_index_read(struct source *s, const struct dicom_item *header, uint64_t value, struct arena *a,
                      struct frame_index *index, struct err *e);
/* The fragments of a frame; the end is past the last. */
void frame_index_span(const struct frame_index *i, uint64_t frame, size_t *ret_from, size_t *ret_to);
/* Where the element ends, its delimiter included. */
bool frame_index_end(struct source *s, const struct frame_index *i, uint64_t value, uint64_t *ret_end, struct err *e);

#endif
