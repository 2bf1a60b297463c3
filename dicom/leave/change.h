/* An object as the index tells it: attributes that were corrected since it was stored, or told otherwise when it came,
 * with their former values in its Original Attributes Sequence (PS3.3 C.12.1.1.9). What is told differently comes from
 * the index as one JSON text, made by leave_view() of schema/; no text: nothing is, and nothing is done here.
 * Owner: the caller closes what it gets. Threads: any. Cost: the header in memory; pixels pass through in pieces. */
#ifndef DICOM_LEAVE_CHANGE_H
#define DICOM_LEAVE_CHANGE_H

#include <stdint.h>

#include "dicom/shim/shim.h"

/* A JSON array of layers, applied in their order:
 *   {"reason": "CORRECT" or "COERCE", "at": microseconds since 1970, "told": true, "set": {"00100010": "New^Name"}}
 * A value of null removes the attribute; "00080051.00400031" stands in the first item of a sequence. told: the values
 * are an index column's, which says the same as an attribute that it holds cut or in another form. Change a data set in
 * memory; its character set becomes Unicode when a value cannot be said in it. INVALID: no such text; PROCESSING: its
 * texts cannot be told in Unicode. */
bool leave_change_dataset(struct dicom_dataset *ds, struct str view, bool *ret_changed, struct err *e);

struct leave_changed {
    int fd;          /* an unlinked file; -1: the object is told as it is stored */
    int header_size; /* before its data set */
    int64_t size;
};
/* The same for the DICOM file in fd, which stays as and where it is. */
bool leave_change(int fd, struct str view, struct leave_changed *ret_changed, struct err *e);

/* May this attribute be told differently, and be this (p NULL: be without)? in: the sequence it stands in, or 0.
 * FORBIDDEN: what names the object or describes its pixels; UNSUPPORTED: private, a sequence or binary; INVALID. */
bool leave_may_change(uint32_t in, uint32_t tag, struct str value, struct err *e);
/* "00100010" or "00080051.00400031", as in the text. */
enum { LEAVE_NAME = 20 };
void leave_name(uint32_t in, uint32_t tag, char ret_name[LEAVE_NAME]);
/* The same by keyword: "PatientName", "IssuerOfAccessionNumberSequence.LocalNamespaceEntityID", "0010,0010". False: no
 * such attribute. */
bool leave_attribute(struct str word, uint32_t *ret_in, uint32_t *ret_tag);

#endif
