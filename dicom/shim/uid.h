/* UIDs: their form, making new ones, and what DCMTK's tables and ours know about them.
 * Threads: any. Cost: a table walk. */
#ifndef DICOM_SHIM_UID_H
#define DICOM_SHIM_UID_H

#include "base/err.h"
#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DICOM_UID_SIZE = 65 }; /* 64 characters and the NUL */

#define DICOM_IMPLICIT_LE "1.2.840.10008.1.2"
#define DICOM_EXPLICIT_LE "1.2.840.10008.1.2.1"
#define DICOM_DEFLATED_LE "1.2.840.10008.1.2.1.99"
#define DICOM_EXPLICIT_BE "1.2.840.10008.1.2.2"
#define DICOM_VERIFICATION "1.2.840.10008.1.1"
/* This implementation (PS3.7 D.3.3.2): a UUID-derived UID, so no root had to be bought. */
#define DICOM_IMPLEMENTATION_UID "2.25.259715151140605578953878139489158076303"
#define DICOM_IMPLEMENTATION_VERSION "ISOCENTRE_" ISOCENTRE_VERSION

/* PS3.5 9.1: 1..64 characters, digits and single dots, no empty component. Leading zeros in a component are
 * wrong too, but real scanners write them: allowed with lenient. INVALID otherwise; the text never repeats
 * the value when it holds anything but digits and dots. */
bool dicom_uid_check(struct str uid, bool lenient, struct err *e);
/* "2.25." and a random UUID as a decimal number (PS3.5 B.2). */
bool dicom_uid_new(char ret_uid[DICOM_UID_SIZE], struct err *e);
/* The standard's name without spaces ("CTImageStorage"), or NULL. */
const char *dicom_uid_name(const char *uid);
/* A storage SOP class of PS3.4 B.5, retired ones too. */
bool dicom_uid_is_storage(const char *uid);
/* A transfer syntax this server can store: DCMTK's, HTJ2K and JPEG XL. */
bool dicom_transfer_syntax_known(const char *uid);
/* Pixel data in it is encapsulated in fragments. False for syntaxes not known. */
bool dicom_transfer_syntax_encapsulated(const char *uid);
/* The i-th storage SOP class or known transfer syntax, for tables and statements; NULL behind the last. */
const char *dicom_storage_class(size_t i);
/* The i-th of those that most nodes have (at most 64). */
const char *dicom_usual_storage_class(size_t i);
const char *dicom_transfer_syntax(size_t i);

#ifdef __cplusplus
}
#endif
#endif
