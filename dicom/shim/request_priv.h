/* The guard of association requests: the structure of an A-ASSOCIATE-RQ (PS3.8 9.3.2, annex D) is checked
 * before DCMTK parses it, because DCMTK 3.6.7 leaks what it has built when it finds an item malformed.
 * Threads: any. Cost: one pass. */
#ifndef DICOM_SHIM_REQUEST_PRIV_H
#define DICOM_SHIM_REQUEST_PRIV_H

#include "base/err.h"
#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { PDU_HEAD = 6, REQUEST_MAX = 512 * 1024 };

/* The length of the PDU's body, from its first six bytes. STRUCTURE unless it is an A-ASSOCIATE-RQ of at most
 * REQUEST_MAX bytes; UNAVAILABLE when it is an A-ABORT. */
bool request_length(const unsigned char head[PDU_HEAD], size_t *ret_n, struct err *e);
/* The body: every item and sub-item whole, of its right form and within its parent. */
bool request_check(struct str body, struct err *e);

#ifdef __cplusplus
}
#endif
#endif
