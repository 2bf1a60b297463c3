/* The inside of a stored object, for the file that opens it and the one that transcodes it. Owner: image_file_free.
 * Threads: one at a time. */
#ifndef DICOM_IMAGE_FILE_PRIV_H
#define DICOM_IMAGE_FILE_PRIV_H

#include "dicom/image/index_priv.h"

struct image_file {
    struct arena arena;
    struct source source; /* of the data set's bytes */
    struct dicom_part10 meta;
    struct dicom_dataset *header;
    char header_syntax[DICOM_UID_SIZE]; /* what the header's bytes are in */
    struct dicom_guard_facts bulk;      /* bulk_tag 0: nothing after the header */
    char bulk_vr[3];
    bool pixels, encapsulated, big_endian;
    struct image_format format;
    struct frame_index index; /* of encapsulated pixels */
};

/* Bytes that change places together in big endian: 1, 2, 4 or 8. */
unsigned image_file_unit(const struct image_file *f);
/* Turn n bytes, which begin on a unit, into little endian or back. */
void image_swap(char *p, size_t n, unsigned unit);
/* Where the bulk element ends. */
bool image_file_bulk_end(struct image_file *f, uint64_t *ret_end, struct err *e);

#endif
