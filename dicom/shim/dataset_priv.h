/* The inside of a data set, shared by the files that read, build and print it.
 * Threads: one at a time per dataset. */
#ifndef DICOM_SHIM_DATASET_PRIV_H
#define DICOM_SHIM_DATASET_PRIV_H

#include <vector>

#include "shim_priv.h"

#include "dcmtk/dcmdata/dctk.h"

/* A sequence item's root is its data set, which is how text put anywhere can say that it lost something. */
struct dicom_dataset final : public DcmDataset {
    bool lossy = false;
};

inline DcmItem *item_of(const dicom_item *i)
{
    return reinterpret_cast<DcmItem *>(const_cast<dicom_item *>(i));
}

inline dicom_item *handle_of(DcmItem *i)
{
    return reinterpret_cast<dicom_item *>(i);
}

inline DcmTagKey key_of(uint32_t tag)
{
    return DcmTagKey(Uint16(tag >> 16), Uint16(tag & 0xffff));
}

/* NULL when absent. */
DcmElement *element_find(DcmItem *i, uint32_t tag);
/* Every element in order; safe against lookups meanwhile. */
std::vector<DcmElement *> elements_of(DcmItem *i);
/* A string VR; of those, one that Specific Character Set governs; of those, one whose backslash is text. */
bool vr_is_string(DcmEVR vr);
bool vr_is_text(DcmEVR vr);
bool vr_is_single(DcmEVR vr);
bool vr_is_binary(DcmEVR vr);
/* The two letters written for an element. */
const char *vr_name(DcmElement *el);
/* The character set in force for an item. */
std::string charset_of(DcmItem *i);
/* The whole value as UTF-8; p NULL for sequences and binary values. */
struct str element_value(DcmItem *i, DcmElement *el, struct arena *a);
/* The bytes of a binary value in the machine's order; p NULL for others. */
struct str element_bytes(DcmElement *el);
/* Part n of a value; false behind the last. */
bool value_part(DcmEVR vr, struct str value, size_t n, struct str *ret_part);

#endif
