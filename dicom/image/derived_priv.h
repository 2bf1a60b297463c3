/* What a header says once its pixels were rewritten. Owner: nothing is kept. Threads: one at a time per data set. */
#ifndef DICOM_IMAGE_DERIVED_PRIV_H
#define DICOM_IMAGE_DERIVED_PRIV_H

#include "dicom/image/image.h"

/* The pixels are now of this format; tables of offsets, which no longer hold, go. */
bool derived_format(struct dicom_item *root, const struct image_format *now, struct err *e);
/* Values were lost at this ratio of sizes: attributes, derivation, a new SOP Instance UID with its source. */
bool derived_lossy(struct dicom_item *root, const struct image_codec *codec, double ratio, struct err *e);
/* The pixels come from a syntax that always loses, and the header does not say so. */
bool derived_from_lossy(struct dicom_item *root, const struct image_codec *codec, struct err *e);

#endif
